"""Laws of finite sums, each an equality of a sum with what it is by that law: what totals are shown by.

A factor that does not change is taken out, two sums are exchanged, a Kronecker delta leaves one term, equal terms are
counted. A law gives the equality, and the statements from which it follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from deltasift.judge.tree import ONE, Term, bound, has, instantiate, make, occurs, shift
from deltasift.judge.verify.question import RejectedError

Law: TypeAlias = tuple[Term, tuple[Term, ...]]  # what a sum is equal to, and what that needs


class NoLawError(RejectedError):
    """A term has not the form that a law is about."""


def law(name: str, t: Term) -> Law:
    """Return the equality that a law gives for a sum, and the statements that it needs.

    Raises
    ------
    NoLawError
        If it says nothing of such a term.
    """
    if name not in LAWS or t.head != "Sum":
        raise NoLawError(f"there is no law {name!r} of {t.head}")
    other, needed = LAWS[name](t)
    return make("Equality", (t, other)), needed


def _taken_out(t: Term) -> Law:
    """A factor in which the index does not occur stands before the sum."""
    body, name, *ends = t.args
    fixed: list[tuple[Term, bool]] = []
    others: list[tuple[Term, bool]] = []
    for factor, below in _factors(body):
        (others if occurs(bound(0), factor) else fixed).append((factor, below))
    if not fixed:
        raise NoLawError("each factor changes")
    rest = make("Sum", (_product(others), name, *ends))
    return make("Mul", (shift(_product(fixed), -1), rest)), ()


def _added(t: Term) -> Law:
    """The sum of terms is the sum of their sums, over a finite range."""
    body, name, *ends = t.args
    if body.head != "Add" or any(has(e, "infinity") for e in ends):
        raise NoLawError("no finite sum of terms")
    return make("Add", [make("Sum", (a, name, *ends)) for a in body.args]), ()


def _exchanged(t: Term) -> Law:
    """Two finite sums, the ends of the inner one fixed."""
    inner, name, *ends = t.args
    if inner.head != "Sum":
        raise NoLawError("no sum of sums")
    body, _, *own = inner.args
    if any(has(e, "infinity") for e in (*ends, *own)) or any(occurs(bound(0), e) for e in own):
        raise NoLawError("the sums depend on each other")
    swapped = instantiate(shift(body, 2, 2), [bound(0), bound(1)])
    first = make("Sum", (swapped, name, *(shift(e, 1) for e in ends)))
    return make("Sum", (first, name, *(shift(e, -1) for e in own))), ()


def _sifted(t: Term) -> Law:
    """Of a sum over a Kronecker delta of its index the one term is left where that is an integer in its range."""
    body, _, lo, hi = t.args
    for n, (delta, below) in enumerate(every := _factors(body)):
        if delta.head == "Delta" and not below and bound(0) in delta.args:
            a = delta.args[1] if delta.args[0] is bound(0) else delta.args[0]
            if not occurs(bound(0), a):
                value = shift(a, -1)
                rest = _product([f for i, f in enumerate(every) if i != n])
                needed = (make("IsInteger", (value,)), make("LessEqual", (lo, value)), make("LessEqual", (value, hi)))
                return instantiate(rest, [value]), needed
    raise NoLawError("no delta of the index")


def _counted(t: Term) -> Law:
    """As many equal terms as there are integers in the range."""
    body, _, lo, hi = t.args
    if occurs(bound(0), body):
        raise NoLawError("the terms change")
    after = make("Add", (hi, ONE))
    count = make("Add", (after, make("Neg", (lo,))))
    needed = (make("IsInteger", (lo,)), make("IsInteger", (hi,)), make("LessEqual", (lo, after)))
    return make("Mul", (shift(body, -1), count)), needed


LAWS: Mapping[str, Callable[[Term], Law]] = {
    "taken out": _taken_out,
    "added": _added,
    "exchanged": _exchanged,
    "sifted": _sifted,
    "counted": _counted,
}


def _factors(t: Term, below: bool = False) -> list[tuple[Term, bool]]:
    """Return the factors of a product, and whether each is below a fraction bar; a sign is the factor -1."""
    if t.head == "Neg" and not below:
        return [(make("Neg", (ONE,)), False), *_factors(t.args[0])]
    if t.head == "Mul" and not below:
        return [f for a in t.args for f in _factors(a)]
    if t.head == "Div" and not below:
        return [*_factors(t.args[0]), (t.args[1], True)]
    return [(t, below)]


def _product(parts: list[tuple[Term, bool]]) -> Term:
    """Return the product of factors, those below a fraction bar as one over them."""
    each = [make("Div", (ONE, f)) if below else f for f, below in parts]
    return each[0] if len(each) == 1 else make("Mul", each) if each else ONE
