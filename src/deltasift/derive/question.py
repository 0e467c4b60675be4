"""Two expressions and what is given, read into one scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from deltasift.calc import Assumptions, Derivation, Page, Step
from deltasift.check.checker import DEEPEST, page_scope
from deltasift.check.undeclared import by_assumptions
from deltasift.conditions.consistency import contradiction
from deltasift.conditions.smt import generalise
from deltasift.domain import Domain, closure
from deltasift.errors import DepthError, DomainError, ExpressionError
from deltasift.inert import Node, Proposition, free, inert, substitute
from deltasift.inert.node import given_of
from deltasift.inert.plain import plain_names
from deltasift.inert.visit import depth
from deltasift.line.scope import Scope
from deltasift.parse.use import typed
from deltasift.rules import arithmetic


@dataclass(frozen=True)
class Question:
    """What is asked of two expressions.

    Attributes
    ----------
    lhs, rhs : Basic
        With one symbol for each name.
    domains : tuple of Domain
    statements : tuple of Basic
        What is given beside the domains.
    undeclared : tuple of str
        Names without a domain, to which no point gives a value.
    """

    lhs: Basic
    rhs: Basic
    domains: tuple[Domain, ...]
    statements: tuple[Basic, ...]
    undeclared: tuple[str, ...]

    @property
    def scope(self) -> Scope:
        """What the names mean."""
        return page_scope(self.page(Step(self.rhs, (arithmetic,))))

    def page(self, *steps: Step) -> Page:
        """Return the page that goes from the left side to the right one by some steps."""
        proof = Derivation(self.lhs, steps, frozenset(self.domains))
        return Page("assertion", "", "", self.domains, (proof.relation,), (proof,), assumptions=self.statements)


def ask(lhs: Any, rhs: Any, given: Any) -> Question:
    """Read a question.

    Raises
    ------
    DeltasiftError
        If the facts contradict each other, a name is declared in two ways, or an operand is no expression.
    """
    items = list(_flat(given))
    sides = [_expression(e) for e in (lhs, rhs)]
    statements = [s for item in items if not isinstance(item, Domain) for s in _statement(item)]
    given_here = {d for operand in (lhs, rhs, *items, *statements) for d in given_of(operand)}
    domains = closure(given_here)
    names = {s for e in (*sides, *statements) for s in free(e) if isinstance(s, Symbol)}
    declared = {s.name: s for s in domains}
    for name in sorted({s.name for s in names} - set(declared)):
        if sum(s.name == name for s in names) > 1:
            raise DomainError(f"{name} is the name of several symbols, with different assumptions")
    for symbol in sorted(names & _numbers(*sides, *statements), key=str):
        if symbol.name not in declared and (found := by_assumptions(symbol)) is not None:
            domain, facts = found
            domains[domain.symbol] = domain
            statements.extend(facts)
            declared[symbol.name] = domain.symbol
    # a name is one thing, whatever its symbol says: Symbol("K", integer=True) is the size K
    one = {s: declared[s.name] for s in names if s.name in declared and s != declared[s.name]}
    left, right, *rest = (_renamed(e, one) for e in (*sides, *statements))
    known = free(left) | free(right) | frozenset(domains)
    question = Question(
        left,
        right,
        tuple(sorted(domains.values(), key=lambda d: d.name)),
        tuple(dict.fromkeys(generalise(s, known) for s in rest)),
        tuple(sorted({s.name for s in free(left) | free(right) if isinstance(s, Symbol)} - set(declared))),
    )
    against = contradiction(question.scope)
    if against is not None:
        raise DomainError("these facts contradict each other: " + "; ".join(against))
    return question


def _flat(given: Any) -> Iterator[Any]:
    """Yield the domains and statements of what a caller gives."""
    if isinstance(given, Assumptions):
        yield from given.statements
    elif isinstance(given, (Domain, Basic)):
        yield given
    elif isinstance(given, Iterable) and not isinstance(given, str):
        for item in given:
            yield from _flat(item)
    else:
        raise ExpressionError(f"{given!r} is neither a domain nor a statement, so it cannot be given")


def _expression(value: Any) -> Basic:
    e = plain_names(inert(value))
    if isinstance(e, (Proposition, BooleanTrue, BooleanFalse)):
        raise ExpressionError(f"{e} is a statement, and not an expression with a value")
    if e.is_infinite:
        raise ExpressionError(f"{e} is no number")
    return _shallow(e)


def _shallow(e: Basic) -> Basic:
    if depth(e) > DEEPEST:
        raise DepthError(f"an expression is nested {depth(e)} deep, and the checker follows {DEEPEST}")
    return e


def _statement(item: Any) -> Iterator[Basic]:
    s = plain_names(inert(item))
    if isinstance(s, BooleanFalse):
        raise DomainError("what is given contains a statement that is false as it stands")
    if isinstance(s, Proposition):
        yield _shallow(s)
    elif not isinstance(s, BooleanTrue):
        raise ExpressionError(f"{s} is neither a domain nor a statement, so it cannot be given")


def _numbers(*expressions: Basic) -> set[Symbol]:
    """Return the names that stand for numbers, apart from integers that SymPy does not know to be such."""
    uses = [pair for e in expressions for pair in typed(e, {}, {})[1].items()]
    others = {s for s, use in uses if use.table or use.function or (use.integer and not s.is_integer)}
    return {s for s, _ in uses} - others


def _renamed(e: Basic, names: dict[Basic, Basic]) -> Basic:
    if not names:
        return e
    return substitute(e, names) if isinstance(e, Node) else names.get(e, e)
