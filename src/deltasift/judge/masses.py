"""Infinite sums of point masses: an integral of one is the series of the integrals, by definition."""

from __future__ import annotations

from collections.abc import Sequence

from deltasift.judge.context import Context
from deltasift.judge.products import Factor, factors
from deltasift.judge.tree import Term, bound, has, instantiate, make, occurs, shift


def is_infinite(t: Term) -> bool:
    """Tell whether a term is infinite by its form, such as `2*oo`, where the other factors are not 0."""
    return any(e.head == "infinity" for e, _ in factors(t))


def has_masses(t: Term, context: Context) -> bool:
    """Tell whether a sum is one of point masses in the variable of an integral around it."""
    if not has(t.args[0], "Dirac"):
        return False
    variables = (d for d, b in enumerate(reversed(context.binders)) if b.head == "Integral")
    return any(occurs(bound(d), t) for d in variables)


def exchanged(e: Term, weight: Sequence[Factor], over: Term) -> Term:
    """Return the sum of integrals that an integral of a sum times a weight is, its index the outer one."""
    body, name, lo, hi = e.args
    t = instantiate(shift(body, 2, 2), [bound(0), bound(1)])
    above = [shift(w, 1, 1) for w, below in weight if not below]
    t = make("Mul", (*above, t)) if above else t
    for w in (w for w, below in weight if below):
        t = make("Div", (t, shift(w, 1, 1)))
    integral = make("Integral", (t, over.args[1], *(shift(end, 1) for end in over.args[2:])))
    return make("Sum", (integral, name, shift(lo, -1), shift(hi, -1)))


def series_of_masses(over: Term) -> Term | None:
    """Return the series that an integral of an infinite sum of point masses is by definition, None of another one."""
    parts = factors(over.args[0])
    for n, (f, below) in enumerate(parts):
        is_series = f.head == "Sum" and not below and any(map(is_infinite, f.args[2:]))
        if is_series and has(f.args[0], "Dirac") and not any(occurs(bound(0), end) for end in f.args[2:]):
            return exchanged(f, [*parts[:n], *parts[n + 1 :]], over)
    return None
