"""Finds certificates of what numbers show as they are: enclosures, remainders, infinite ends, what is never 0."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.conditions.asking import All
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate
from deltasift.judge.context import Context
from deltasift.judge.facts import never_zero
from deltasift.judge.linear import CONSTANT
from deltasift.judge.proof import Checker
from deltasift.judge.statement import less
from deltasift.judge.term import ZERO, Term, make, number
from deltasift.judge.verify.statements.number import UnenclosedError, enclosure

PRECISIONS = (64, 200)


def enclosed(goal: Term, checker: Checker) -> Certificate | None:
    """Compare two numbers by enclosures of them."""
    if goal.head == "Equality" or goal.args[0].loose or goal.args[1].loose:
        return None
    if all(checker.polynomials.of(a).keys() <= {CONSTANT} for a in goal.args):
        return None  # rational numbers are compared as they are
    for bits in PRECISIONS:
        try:
            a, b = (enclosure(side, bits) for side in goal.args)
        except UnenclosedError:
            return None
        if a[1] < b[0] or (goal.head == "Unequal" and b[1] < a[0]):
            return kinds.Number(bits)
    return None


def not_zero(goal: Term, place: Context, checker: Checker) -> Certificate | None:
    """Show that an exponential or a root of unity, which may be no real number, is not 0."""
    if goal.head != "Unequal" or ZERO not in goal.args:
        return None
    term = goal.args[goal.args[0] is ZERO]
    found = kinds.Stated(kinds.Form(term, 0))
    return found if never_zero(term) and checker.accepts_again(goal, found, place) else None


def divided(goal: Term, place: Context, checker: Checker) -> Certificate | None:
    """Show that something is, or is not, a multiple, by its quotient and remainder."""
    polynomials = checker.polynomials
    denied = goal.head == "Not"
    a, b = (goal.args[0] if denied else goal).args
    by, of = polynomials.of(a), polynomials.of(b)
    if by.keys() <= {CONSTANT} and by:
        whole = {m: c // by[CONSTANT] for m, c in of.items()}
        quotient = {m: c for m, c in whole.items() if c}
        rest = of.get(CONSTANT, 0) - by[CONSTANT] * quotient.get(CONSTANT, 0)
        found = kinds.Divided(polynomials.written(quotient), int(rest))
        return found if checker.accepts_again(goal, found, place) else None
    if not denied and a.head not in ("number",):
        for part in _without_factor(b, a):
            found = kinds.Divided(part, 0)
            if checker.accepts_again(goal, found, place):
                return found
    return None


def infinite(
    goal: Term,
    place: Context,
    checker: Checker,
    every: All,
) -> Certificate | None:
    """Compare with an infinite end; `every` shows the signs of its factors."""
    if goal.head not in ("LessEqual", "Less"):
        return None
    for side in goal.args:
        factors = side.args if side.head == "Mul" else (side,)
        if sum(f.head == "infinity" for f in factors) == 1:
            proofs = every(tuple(less(ZERO, f) for f in factors if f.head != "infinity"), place)
            found = None if proofs is None else kinds.Infinite(proofs)
            if found is not None and checker.accepts_again(goal, found, place):
                return found
    return None


def _without_factor(b: Term, a: Term) -> Iterator[Term]:
    """Yield what is left of a product without a factor."""
    if b is a:
        yield number(1)
    if b.head == "Mul" and a in b.args:
        n = b.args.index(a)
        rest = b.args[:n] + b.args[n + 1 :]
        yield rest[0] if len(rest) == 1 else make("Mul", rest)
