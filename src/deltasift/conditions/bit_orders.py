"""Finds certificates of orders in which a label in {0, 1} stands: in each of its two cases it is a number."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.conditions.asking import Find
from deltasift.conditions.refuter import Refuter
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate
from deltasift.judge.context import Context
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import Monomial, Polynomial, added
from deltasift.judge.proof import Checker
from deltasift.judge.statement import at_most
from deltasift.judge.term import ONE, ZERO, Term, make
from deltasift.judge.verify.parts import replaced

MOST = 3  # labels in one order


def by_bits(goal: Term, place: Context, checker: Checker, find: Find, refuter: Refuter) -> Certificate | None:
    """Show an order by what it says where a label is 1, and by what it says where it is 0."""
    if goal.head not in ("Less", "LessEqual"):
        return None
    bits = list(_bits(goal, place, checker, find))
    if not 0 < len(bits) <= MOST:
        return None
    bit = bits[0]
    is_one = at_most(ONE, bit)
    cases = []
    for value, statements in zip((ONE, ZERO), checker.cases_of(is_one, place), strict=True):
        there = place.assuming(*statements)
        case = _where(bit, value, goal, there, checker, find, refuter)
        if case is None:
            return None
        cases.append(case)
    return kinds.Split(is_one, tuple(cases))


def _where(
    bit: Term, value: Term, goal: Term, place: Context, checker: Checker, find: Find, refuter: Refuter
) -> Certificate | None:
    """Show an order where a label is a number: it differs from that of the number by a multiple of what is 0."""
    equal, plain = make("Equality", (bit, value)), replaced(goal, bit, value)
    proof, known = None if plain is None else find(plain, place), find(equal, place)
    if plain is None or proof is None or known is None:
        return None
    polynomials = checker.polynomials
    [atom] = (a for m in polynomials.of(bit) for a, _ in m)
    by = _quotient(polynomials.difference(goal.args[1], goal.args[0]), atom, value is ONE)
    zero = kinds.Times(kinds.Lemma(equal, known), polynomials.written(by))
    return refuter.by_facts(goal, [kinds.Lemma(plain, proof), zero], place)


def _quotient(p: Polynomial, atom: int, at_one: bool) -> Polynomial:
    """Return what `p` less its value at 1, or at 0, of an atom is divided by the atom less that number."""
    parts = []
    for m, c in p.items():
        power = dict(m).get(atom, 0)
        rest: Monomial = tuple(x for x in m if x[0] != atom)
        lower = range(power) if at_one else range(power - 1, power)
        parts += [(1, {tuple(sorted((*rest, (atom, k)))) if k else rest: c}) for k in lower if power]
    return added(parts)


def _bits(goal: Term, place: Context, checker: Checker, find: Find) -> Iterator[Term]:
    """Yield the entries beside something else in an order that are shown to be 0 or 1."""
    polynomials = checker.polynomials
    monomials = polynomials.difference(goal.args[1], goal.args[0])
    beside = dict.fromkeys(a for m in monomials if sum(n for _, n in m) > 1 for a, n in m if n > 0)
    for a in beside:
        t = polynomials.atoms[a]
        if (
            t.head == "Entry"
            and is_integer(t, place)
            and all(find(s, place) for s in (at_most(ZERO, t), at_most(t, ONE)))
        ):
            yield t
