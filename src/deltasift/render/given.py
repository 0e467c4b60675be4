"""What a page is given, in words."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Density, Domain, Family, Index, Labels, Pmf, Reals, Size
from deltasift.domain.base import Show, Word
from deltasift.domain.tables import said_range

FIRST = (Index, Labels)
LATER = (Reals, Pmf, Density, Family, DefinedFunction)


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
    plain = [d for d in domains if isinstance(d, Reals) and not d.over and d.above is None and d.below is None]
    lines = [_several(sizes, " is a size, at least 1", " are sizes, at least 1", show, word)] if sizes else []
    lines += _indices([d for d in domains if isinstance(d, Index)], show, word)
    lines += [d.says(show, word) for d in domains if isinstance(d, Labels)]
    lines += [_several(plain, " is real", " are real", show, word)] if plain else []
    others = [d for d in domains if not isinstance(d, (Size, *FIRST)) and d not in plain]
    lines += [d.says(show, word) for d in sorted(others, key=_turn)]
    return lines


def _turn(d: Domain) -> int:
    """Return where a domain stands among those that come after the numbers; one of a new kind is the last."""
    return next((n for n, kind in enumerate(LATER) if isinstance(d, kind)), len(LATER))


def _indices(indices: Sequence[Index], show: Show, word: Word) -> list[str]:
    """Return which indices there are, those of one range in a line."""
    ranges: dict[tuple[Basic, Basic], list[Index]] = {}
    for i in indices:
        ranges.setdefault((i.lo, i.hi), []).append(i)
    lines = []
    for (lo, hi), those in ranges.items():
        names = word(", ").join(show(i.symbol) for i in those)
        several = names + word(" are each one of ") + said_range(lo, hi, show, word)
        lines.append(several if len(those) > 1 else those[0].says(show, word))
    return lines


def _several(domains: Sequence[Domain], one: str, many: str, show: Show, word: Word) -> str:
    return word(", ").join(show(d.symbol) for d in domains) + word(one if len(domains) == 1 else many)
