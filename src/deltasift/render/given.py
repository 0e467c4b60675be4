"""What a page is given, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
from deltasift.inert import Apply, Definition, Equality, Less, LessEqual, Sum

Show = Callable[[Basic], str]
Word = Callable[[str], str]


def given_lines(domains: tuple[Domain, ...], show: Show, word: Word) -> list[str]:
    """Return what a page is given, a line each, in the order of a page.

    Parameters
    ----------
    domains : tuple of Domain
    show : callable
        Prints an expression.
    word : callable
        Sets plain text.
    """
    sizes = [d for d in domains if isinstance(d, Size)]
    plain = [d for d in domains if isinstance(d, Real) and not d.over and d.above is None and d.below is None]
    lines = [_several(sizes, " is a size, at least 1", " are sizes, at least 1", show, word)] if sizes else []
    for kind in (Index, Labels):
        lines += [_sentence(d, show, word) for d in domains if isinstance(d, kind)]
    lines += [_several(plain, " is real", " are real", show, word)] if plain else []
    for later in (Real, Pmf, Density, Family, DefinedFunction):
        lines += [_sentence(d, show, word) for d in domains if isinstance(d, later) and d not in plain]
    return lines


def _several(domains: Sequence[Domain], one: str, many: str, show: Show, word: Word) -> str:
    return word(", ").join(show(d.symbol) for d in domains) + word(one if len(domains) == 1 else many)


def _range(lo: Basic, hi: Basic, show: Show, word: Word) -> str:
    if lo.is_Integer and hi.is_Integer and hi - lo == 1:
        return show(lo) + word(" or ") + show(hi)
    return show(lo) + word(", ..., ") + show(hi)


def _sentence(d: Domain, show: Show, word: Word) -> str:
    if isinstance(d, Index):
        return show(d.symbol) + word(" is one of ") + _range(d.lo, d.hi, show, word)
    if isinstance(d, Labels):
        return (
            show(d.entry)
            + word(" is a count in " if d.counted else " is a label, one of ")
            + _range(d.lo, d.hi, show, word)
        )
    if isinstance(d, Real):
        bounds = [show(Less(d.above, d.entry))] if d.above is not None else []
        bounds += [show(Less(d.entry, d.below))] if d.below is not None else []
        return show(d.entry) + word(" is real") + (word(", ") + word(" and ").join(bounds) if bounds else "")
    if isinstance(d, Pmf):
        low = Less(0, d.entry) if d.positive else LessEqual(0, d.entry)
        total = Equality(Sum(d.entry, d.classes), 1)
        return show(d.symbol) + word(" is a pmf: ") + show(low) + word(" and ") + show(total)
    if isinstance(d, Density):
        kind = " is a continuous density" if d.continuous else " is a density"
        return show(d.symbol) + word(kind + (" and positive" if d.positive else ""))
    if isinstance(d, Family):
        return show(Definition(d.entry, d.body))
    assert isinstance(d, DefinedFunction)
    return show(Definition(Apply(d.symbol, d.variable.symbol), d.body))
