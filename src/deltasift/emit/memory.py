"""How much memory a line takes: told from the lengths of its arrays, before anything is computed."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from deltasift.emit.blocks import ENTRIES, lengths_of_blocks
from deltasift.errors import DataError

NUMBER = 8  # bytes
AT_ONCE = 3  # arrays of the largest size that a line holds at one time
SMALLEST = 2**12  # numbers of a block, below which cutting helps nobody
UNITS = {"": 1, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40, "KB": 10**3, "MB": 10**6, "GB": 10**9}


@dataclass(frozen=True)
class Forecast:
    """What a line will take.

    Attributes
    ----------
    number : int
        Of the line.
    form : str
        "arrays", "blocks" for arrays that are cut to fit, "loops", "none" for a line without an executable form, or
        "refused" where it takes more than may be taken.
    needed : int
        Bytes that its arrays take at one time, the data not counted; 0 without arrays.
    largest : tuple of str
        The lengths of the axes of the largest array, as the page writes them.
    entries : int
        The number of entries of that array, before it is cut.
    problem : str
        Why it is refused, in one line.
    """

    number: int
    form: str
    needed: int
    largest: tuple[str, ...] = ()
    entries: int = 0
    problem: str = ""


def threads() -> int:
    """Return how many blocks are computed at one time on this machine."""
    return os.cpu_count() or 1


def whole(entries: int) -> int:
    """Return how many bytes a line takes whose arrays are whole."""
    return NUMBER * AT_ONCE * entries


def blocks_within(lengths: Sequence[int], room: int | None) -> dict[int, int] | None:
    """Return how long blocks are so that those of all threads fit into some bytes, None where none are so small."""
    most = ENTRIES if room is None else min(ENTRIES, room // (NUMBER * AT_ONCE * threads()))
    return None if most < min(SMALLEST, prod(lengths)) else lengths_of_blocks(lengths, most)


def of_blocks(lengths: Sequence[int], blocks: dict[int, int]) -> int:
    """Return how many bytes a line takes whose arrays are cut, all threads at work."""
    return whole(prod(blocks[n] for n in lengths)) * threads()


def refused(number: int, largest: tuple[str, ...], entries: int, given: str, *, cut: bool) -> Forecast:
    """Return that a line takes more than is given; `cut` tells whether blocks of it would fit."""
    size = f"{'*'.join(largest)} = {entries:,} numbers ({shown_bytes(whole(entries))}; {given})"
    how = ": with Dask they are cut into blocks, pip install 'deltasift[dask]'"
    problem = f"line {number} makes arrays of {size}{how if cut else ', which is less than blocks take'}"
    return Forecast(number, "refused", whole(entries), largest, entries, problem)


def bytes_of(words: str) -> int:
    """Return how many bytes words such as `2GiB`, `500 MB` and `1000000` mean.

    Raises
    ------
    DataError
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*", words)
    unit = UNITS.get(match[2].upper()) if match else None
    if match is None or unit is None or float(match[1]) == 0:
        raise DataError(f"{words!r} is no amount of memory: write such as 2GiB or 500MB")
    return int(float(match[1]) * unit)


def shown_bytes(n: int) -> str:
    """Return a number of bytes as text."""
    size = float(n)
    for unit in ("B", "KiB", "MiB"):
        if size < 1024:
            return f"{size:.3g} {unit}" if size < 1000 else f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.3g} GiB" if size < 1000 else f"{size:,.0f} GiB"
