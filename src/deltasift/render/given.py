"""What a page is given, in words."""

from __future__ import annotations

from collections.abc import Callable

from sympy.core.basic import Basic

from deltasift.domain import (
    DefinedFunction,
    Density,
    Domain,
    Family,
    Index,
    Labels,
    Pmf,
    Real,
    Size,
)
from deltasift.inert import Apply, Definition, Less, LessEqual

Show = Callable[[Basic], str]


def notable(domains: tuple[Domain, ...]) -> tuple[Domain, ...]:
    """Return the domains in the order of a page: sizes, indices, labels, numbers, distributions, definitions."""
    order = (Size, Index, Labels, Real, Pmf, Density, Family, DefinedFunction)
    return tuple(d for kind in order for d in domains if isinstance(d, kind))


def sentence(d: Domain, show: Show, word: Callable[[str], str]) -> str:
    """Return one line about a domain; `show` prints expressions, `word` sets plain text."""
    if isinstance(d, Size):
        return show(LessEqual(1, d)) + word(", a size")
    if isinstance(d, Index):
        return show(d.symbol) + word(" runs through ") + f"{show(d.lo)}, ..., {show(d.hi)}"
    if isinstance(d, Labels):
        ends = f"{show(d.lo)}, ..., {show(d.hi)}"
        return show(d.entry) + word(" is a label, one of ") + ends
    if isinstance(d, Real):
        bounds = [show(Less(d.above, d.entry))] if d.above is not None else []
        bounds += [show(Less(d.entry, d.below))] if d.below is not None else []
        return show(d.entry) + word(" is real") + (word(" with ") + word(" and ").join(bounds) if bounds else "")
    if isinstance(d, Pmf):
        low = Less(0, d.entry) if d.positive else LessEqual(0, d.entry)
        return show(d.symbol) + word(" is a pmf with ") + show(low)
    if isinstance(d, Density):
        kind = " is a continuous density" if d.continuous else " is a density"
        return show(d.symbol) + word(kind + (" and positive" if d.positive else ""))
    if isinstance(d, Family):
        return show(Definition(d.entry, d.body))
    assert isinstance(d, DefinedFunction)
    return show(Definition(Apply(d.symbol, d.variable.symbol), d.body))
