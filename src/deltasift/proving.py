"""Finding a derivation: of one expression from another, or of an equality that is claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sympy.core.basic import Basic

from deltasift.calc import Derivation, Page
from deltasift.domain import Table
from deltasift.errors import DepthError, ExpressionError, NotProved, PageError
from deltasift.inert import Equality, Infinite, Named, Optimum, Relation, free, inert, postorder, substitute
from deltasift.inert.node import given_of
from deltasift.judge.optimum import difference
from deltasift.judge.record import RejectedError
from deltasift.line.unlike import unlike
from deltasift.pages import known
from deltasift.rule import STATED, Method, Rule, Theorem, Under

if TYPE_CHECKING:
    from deltasift.check.report import CheckResult
    from deltasift.derive.prove import Impasse, Means
    from deltasift.derive.question import Question

__all__ = ["derive", "prove"]

WRONG = {"=": "not equal", "<=": "not at most", "<": "not less"}
# Pages whose first claim says what a quantity of that name is in terms of others.
KNOWN = {"KL": "kl_splits_into_entropies", "H": "cross_entropy_is_average_nll"}


def derive(start: Any, goal: Any, *, facts: Any = (), using: Iterable[Any] | None = None) -> Derivation:
    """Find the lines between two expressions.

    Both are brought to a normal form by rules whose conditions are proved; where they meet, one trace is followed there
    and the other one back.

    Parameters
    ----------
    start, goal : expressions
        SymPy's or those of a page.
    facts : domain, statement, `assuming(...)`, or iterable of these
        What the names are and what is known of them, beside what the handles in the expressions bring along.
    using : iterable of rules and theorems, optional
        What may be used. By default all rules, and the theorems of the catalogue about the quantities that occur.

    Returns
    -------
    Derivation
        From `start` to `goal`; the checker accepts its structure and its conditions.

    Raises
    ------
    NotProved
        If no derivation is found, with the forms to which the sides come and, if there is one, a counterexample.
    DeltasiftError
        If the question makes no sense, such as facts that contradict each other.
    """
    from deltasift.derive.prove import Means  # here, since only who proves needs the engine

    return _found(start, goal, facts, None if using is None else Means(*_sorted(using)))


def _found(start: Any, goal: Any, facts: Any, means: Means | None, relation: str = "=") -> Derivation:
    from deltasift.derive.bounds import found_bound
    from deltasift.derive.prove import Impasse, Means, found
    from deltasift.derive.question import ask

    question = ask(start, goal, facts)
    means = means or Means(theorems=theorems_about(question.lhs, question.rhs))
    try:
        made = found(question, means) if relation == "=" else found_bound(question, means, relation)
    except RecursionError:
        raise DepthError("the question is nested more deeply than is followed") from None
    if isinstance(made, Impasse):
        raise _not_proved(question, made, relation)
    return made


def prove(claim: Any, *, facts: Any = (), using: Iterable[Any] | None = None) -> Derivation:
    """Find a derivation of an equality or an inequality, from its left side to its right side.

    Parameters
    ----------
    claim : Equality, LessEqual, Less, an optimum such as Minimiser, or Infinite
        That of a page, or SymPy's. Of an inequality one step is looked for that is one, among equal lines. Of an
        optimum it is the inequality between its value and any other one that is derived; that it is among what is
        compared is proved beside it; of what is infinite it is that the weight of the infinite term is positive.
    facts, using
        As for `derive`.

    Returns
    -------
    Derivation

    Raises
    ------
    NotProved
        As for `derive`.
    ExpressionError
        If the claim is no equality and no inequality.
    """
    given = given_of(claim)
    if isinstance(claim, Basic):
        claim = inert(claim)
    from deltasift.derive.prove import Means

    means = None if using is None else Means(*_sorted(using))
    if isinstance(claim, Optimum):
        return _best(claim, [*given, *_each(facts)], means)
    if isinstance(claim, Infinite):
        return _weighed(claim, [*given, *_each(facts)], means)
    if not isinstance(claim, STATED):
        raise ExpressionError(f"{claim} is no equality and no inequality, so it is not proved")
    return _found(claim.lhs, claim.rhs, [*given, *_each(facts)], means, claim.sign)


def _best(claim: Optimum, facts: Sequence[Any], means: Means | None) -> Derivation:
    """Return the derivation of the inequality that an optimum comes to."""
    from deltasift.derive.question import ask

    f, q, p = claim.args
    domain = ask(f, f, facts).scope.domains.get(q)
    if claim.only and isinstance(domain, Table):
        facts = [*facts, difference(domain, p)]
    there = substitute(f, {q: p})
    sides = (there, f) if claim.least else (f, there)
    _require_beside(claim, ask(*sides, facts), f"{p} is none of what is compared")
    return _found(*sides, facts, means, "<" if claim.only else "<=")


def _weighed(claim: Infinite, facts: Sequence[Any], means: Means | None) -> Derivation:
    """Return the derivation that the weight of a term is positive, which makes a sum infinite."""
    from deltasift.check.optima import comes_to
    from deltasift.derive.question import ask

    f, j = claim.args
    question = ask(j, j, [*given_of(f), *facts])
    _require_beside(claim, question, f"the term at {j} is a number")
    zero, weight = comes_to(claim, question.scope).args
    return _found(zero, weight, facts, means, "<")


def _require_beside(claim: Relation, question: Question, otherwise: str) -> None:
    """Require what a claim needs beside the relation that it comes to."""
    from deltasift.check.optima import conditions
    from deltasift.conditions.certified import CertifiedProver

    try:
        _, missing = conditions(claim, question.scope, free(claim), CertifiedProver())
    except RejectedError as why:
        raise ExpressionError(f"{claim}: {why}") from None
    if missing:
        words = f"no proof was found: it needs {missing[0]}, or {otherwise}"
        raise NotProved(words, question.lhs, question.rhs, None)


def _not_proved(question: Question, impasse: Impasse, relation: str) -> NotProved:
    from deltasift.check.models import check_models
    from deltasift.check.numbers import check_numbers

    pairs = [(question.lhs, question.rhs, relation, None)]
    [models] = check_models(pairs, question.scope, question.statements)
    failed = [models] if models.status == "failed" else []
    failed += check_numbers(pairs, question.scope, question.statements, seed="prove") if not failed else []
    against = next((c.counterexample for c in failed if c.status == "failed"), None)
    words = impasse.words
    if against is not None:
        wrong = "not defined" if against.before.missing or against.after.missing else WRONG[relation]
        words = f"{wrong}{against.where()}: {against.before} on the left, {against.after} on the right"
    forms = f"  left comes to   {impasse.left}\n  right comes to  {impasse.right}"
    if against is None:
        forms += "".join(f"\n  {line}" for line in _left_open([models, *failed], impasse))
    early = impasse.ended_early and against is None
    return NotProved(f"{words}\n{forms}", impasse.left, impasse.right, against, ended_early=early)


def _left_open(tried: Sequence[CheckResult], impasse: Impasse) -> Iterator[str]:
    """Yield in which parts the forms still differ, where that is not the whole, and where the sides are equal."""
    left, right = unlike(impasse.left, impasse.right)
    if left is not impasse.left:
        yield f"still apart     {left}\n  from            {right}"
    holding = [str(r.covers) for r in tried if r.status == "passed"]
    if holding:
        yield f"it holds in     {'; '.join(holding)}"


def proved_page(page: Page) -> Page:
    """Return a page with proofs that were found in place of those of its equalities; those of its orders stay.

    Nothing is taken from the page itself: its own claims are no theorems for it.

    Parameters
    ----------
    page : Page
        It may be a page without a proof.

    Raises
    ------
    NotProved
        If a proof is not found.
    PageError
        If a claim of an order has no proof.
    """
    from deltasift.derive.prove import Means

    proofs: list[Derivation] = []
    for i, claim in enumerate(page.claims):
        if isinstance(claim, STATED):
            means = Means(theorems=theorems_about(*claim.args, without=(page.name,)))
            facts = [*page.domains, *claim.given, *page.assumptions]
            proofs.append(_found(claim.lhs, claim.rhs, facts, means, claim.sign))
        elif i < len(page.proofs):
            proofs.append(page.proofs[i])
        else:
            raise PageError(f"{page.name}.py: claim {i + 1} is an order, whose proof is not found but written")
    return replace(page, proofs=tuple(proofs))


def theorems_about(*sides: Basic, without: Sequence[str] = ()) -> tuple[Theorem, ...]:
    """Return the theorems of the catalogue about the quantities in some expressions, but for those of some pages."""
    heads = {e.head for side in sides for e in postorder(side) if isinstance(e, Named)}
    names = [name for head, name in KNOWN.items() if head in heads or "KL" in heads]
    return tuple(known(name) for name in names if name not in without)


def _each(facts: Any) -> tuple[Any, ...]:
    return tuple(facts) if isinstance(facts, (list, tuple, set, frozenset)) else (facts,)


def _sorted(using: Iterable[Any]) -> tuple[frozenset[str], tuple[Theorem, ...]]:
    """Return the names of the rules, and the theorems."""
    names: set[str] = set()
    theorems: list[Theorem] = []
    for rule in using:
        if isinstance(rule, Theorem) and not isinstance(rule.relation, Equality):
            raise ExpressionError(f"{rule.name} is an inequality, and what is sought are equal lines")
        if isinstance(rule, Theorem):
            theorems.append(rule)
        elif isinstance(rule, (Rule, Method, Under)):
            names.add(rule.rule.name if isinstance(rule, Under) else rule.name)
        else:
            raise ExpressionError(f"{rule!r} is not a rule")
    return frozenset(names), tuple(theorems)
