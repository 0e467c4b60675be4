"""What a page proves, as a theorem for other pages: with every hypothesis that its proof may have used.

What the proof speaks of and the claim does not must exist wherever the theorem is used. Most of it exists by
construction, as a size does and an index that runs to one; else that it does is a hypothesis.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.calc import Derivation
from deltasift.check.report import Report
from deltasift.conditions.prove import Prover
from deltasift.domain import Domain, Index, Labels, Pmf, Reals, Table, closure
from deltasift.errors import PageError
from deltasift.inert import ForAll, Less, LessEqual, Node, Relation, free
from deltasift.inert.substitution import anonymous
from deltasift.line.scope import Scope
from deltasift.rule import STATED, Theorem

_PROVED: set[Theorem] = set()


def theorem_of(report: Report, claim: int) -> Theorem:
    """Return a claim of a page, counted from 1, as a rule.

    Raises
    ------
    PageError
        If there is no such claim, it is no equality and no inequality, or it says nothing of what its proof assumes
        something of.
    """
    page = report.page
    if not 1 <= claim <= len(page.claims):
        raise PageError(f"page {page.name} has {len(page.claims)} claims, not {claim}")
    relation = page.claims[claim - 1]
    if not isinstance(relation, STATED):
        raise PageError(f"claim {claim} of page {page.name} is no equality and no inequality")
    proof = page.proofs[claim - 1]
    every = closure({*page.domains, *proof.given, *relation.given})
    used = _spoken_of(relation, proof, report.assumptions, every)
    domains = tuple(d for s, d in sorted(every.items(), key=lambda pair: pair[1].name) if s in used)
    said = _determined(relation, every)
    for a in report.assumptions:
        if not isinstance(a, Node):  # a rule of the page's own
            continue
        for name in sorted(free(a) - said, key=str):
            raise PageError(f"claim {claim} of page {page.name} says nothing of {name}, of which it assumes {a}")
    hypotheses = tuple(_hypotheses([d for d in domains if d.symbol not in said], every))
    for h in hypotheses:
        for name in sorted((free(h) & every.keys()) - said, key=str):
            raise PageError(f"claim {claim} of page {page.name} says nothing of {name}, and needs {h}")
    own = [anonymous(e) for e in (relation, *report.assumptions)]  # whoever uses it says what the names are
    reason = page.title if len(page.claims) == 1 else f'Claim {claim} of "{page.title.rstrip(".")}".'
    made = Theorem(page.name, own[0], domains, tuple(own[1:]), reason, hypotheses=hypotheses)
    _PROVED.add(made)
    return made


def is_proved(theorem: Theorem) -> bool:
    """Tell whether a theorem was made of a page that was checked, and not by hand."""
    return replace(theorem, is_reversed=False) in _PROVED


def _spoken_of(
    relation: Relation, proof: Derivation, assumptions: tuple[Basic, ...], every: dict[Symbol, Domain]
) -> frozenset[Basic]:
    """Return the names that the lines of a proof mention, in the end through the domains of these."""
    found: set[Basic] = set()
    waiting: list[Basic] = [s for e in (relation, *proof.lines, *assumptions) for s in free(e)]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        domain = every.get(name) if isinstance(name, Symbol) else None
        if domain is not None:
            waiting.extend(domain.depends())
            body = getattr(domain, "body", None)
            waiting.extend(free(body) if body is not None else ())
    return frozenset(found)


def _determined(relation: Relation, every: dict[Symbol, Domain]) -> frozenset[Basic]:
    """Return the names that are known where the claim is used: its own, and those of its definitions."""
    found: set[Basic] = set()
    waiting = list(free(relation.lhs) | free(relation.rhs))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            body = getattr(every.get(name), "body", None) if isinstance(name, Symbol) else None
            waiting.extend(free(body) if body is not None else ())
    return frozenset(found)


def _hypotheses(dropped: list[Domain], every: dict[Symbol, Domain]) -> Iterator[Node]:
    """Yield that there is something of each domain, where that is not so by construction."""
    prover = Prover()
    for domain in dropped:
        before = closure({every[s] for s in domain.depends() if isinstance(s, Symbol) and s in every})
        before.pop(domain.symbol, None)
        for need in _existence(domain):
            if not prover.holds(need, Scope(before)):
                yield need


def _existence(domain: Domain) -> Iterator[Node]:
    """Yield when there is something of a domain."""
    need: Node | None = None
    if isinstance(domain, Index):
        need = LessEqual(domain.lo, domain.hi)
    elif isinstance(domain, Reals) and domain.above is not None and domain.below is not None:
        need = Less(domain.above, domain.below)
    elif isinstance(domain, Labels):
        need = LessEqual(domain.lo, domain.hi)
    elif isinstance(domain, Pmf):
        need = LessEqual(domain.classes.lo, domain.classes.hi)
    if need is None:
        return
    ranges = domain.ranges if isinstance(domain, Table) else ()
    for limit in reversed(ranges[:-1] if isinstance(domain, Pmf) else ranges):
        need = ForAll(need, limit)
    yield need
