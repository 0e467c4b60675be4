"""Ranges of finite sums: a term taken off, read backwards, every second term, a square cut along its diagonal.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, sections 2.3 and 2.4.
"""

from __future__ import annotations

from deltasift.inert import Equality, LessEqual, Relation, Sum
from deltasift.rule import Bound, Fn, Int, rule


@rule(ref="graham1994, section 2.3")
def sum_first(f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """The first term of a sum is taken off."""
    return Equality(
        Sum(f(i), (i, lo, hi)),
        f(lo) + Sum(f(i), (i, lo + 1, hi)),
        when={LessEqual(lo, hi): {"f": lambda i: 1, "lo": 3, "hi": 1}},
    )


@rule(ref="graham1994, section 2.3")
def sum_last(f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """The last term of a sum is taken off."""
    return Equality(
        Sum(f(i), (i, lo, hi)),
        Sum(f(i), (i, lo, hi - 1)) + f(hi),
        when={LessEqual(lo, hi): {"f": lambda i: 1, "lo": 3, "hi": 1}},
    )


@rule(ref="graham1994, section 2.3")
def sum_reverse(f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """A sum may be read backwards."""
    return Equality(Sum(f(i), (i, lo, hi)), Sum(f(lo + hi - i), (i, lo, hi)))


@rule(ref="graham1994, section 2.4")
def sum_even_odd(f: Fn, i: Bound, hi: Int) -> Relation:
    """The terms with an even index, and those with an odd one."""
    return Equality(
        Sum(f(i), (i, 1, 2 * hi)),
        Sum(f(2 * i), (i, 1, hi)) + Sum(f(2 * i - 1), (i, 1, hi)),
    )


@rule(ref="graham1994, section 2.4")
def sum_diagonal(f: Fn, i: Bound, j: Bound, lo: Int, hi: Int) -> Relation:
    """A square of terms is what lies below its diagonal, on it and above it."""
    return Equality(
        Sum(Sum(f(i, j), (j, lo, hi)), (i, lo, hi)),
        Sum(Sum(f(i, j), (j, lo, i - 1)), (i, lo, hi))
        + Sum(f(i, i), (i, lo, hi))
        + Sum(Sum(f(i, j), (j, i + 1, hi)), (i, lo, hi)),
    )
