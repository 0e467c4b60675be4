"""Arrays from a file, and from the words of a command line."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from tokenize import TokenError
from typing import Any
from zipfile import BadZipFile

from deltasift.calc import Page
from deltasift.check.checker import page_scope
from deltasift.domain import Index, Labels
from deltasift.emit.library import NEEDED
from deltasift.emit.names import identifier
from deltasift.errors import DataError

# what zipfile and numpy raise where a file is damaged, encrypted or of a later version
DAMAGED = (ValueError, TypeError, SyntaxError, TokenError, EOFError, OSError, RuntimeError, BadZipFile, zlib.error)

UNFOLDED = 2**32  # bytes to which a compressed file may unfold


def read_npz(path: Path, page: Page) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Return the arrays of an `.npz` file that a page has names for, and the names of the others.

    Nothing in the file is run: arrays of Python objects are refused.

    Raises
    ------
    DataError
        If the file is no `.npz` file, or one of its arrays is none of numbers.
    OSError
    """
    try:
        import numpy as np
    except ImportError:
        raise DataError(NEEDED) from None
    known = {form for s in page_scope(page).domains for form in (s.name, identifier(s.name))}
    with path.open("rb") as file:
        try:
            loaded = np.load(file, allow_pickle=False)
        except DAMAGED:
            raise DataError(f"{path} is no .npz file of numbers") from None
        if not isinstance(loaded, np.lib.npyio.NpzFile):
            raise DataError(f"{path} holds one array without a name: save it with numpy.savez(FILE, y=..., q=...)")
        with loaded:
            _refuse_unfolding(loaded, path)
            arrays = {name: _array(loaded, name, path) for name in loaded.files if name in known}
            return arrays, tuple(name for name in loaded.files if name not in known)


def _refuse_unfolding(loaded: Any, path: Path) -> None:
    """Refuse a compressed file whose arrays are far larger than it is."""
    packed = [info for info in loaded.zip.infolist() if info.compress_size < info.file_size]
    size = sum(info.file_size for info in packed)
    if size > UNFOLDED:
        raise DataError(
            f"{path} is compressed and unfolds to {size / 2**30:,.1f} GiB, and {UNFOLDED / 2**30:.0f} GiB are "
            "read: save it by numpy.savez, without compression"
        )


def _array(loaded: Mapping[str, Any], name: str, path: Path) -> Any:
    try:
        return loaded[name]
    except DAMAGED:
        raise DataError(f"{name} in {path} is no array of numbers") from None
    except MemoryError:
        raise DataError(f"{name} in {path} is larger than memory") from None


def read_settings(settings: Sequence[str]) -> dict[str, Any]:
    """Return the values of settings such as `y=1,3,3,2`, `q=.2,.3,.5`, `q=.2,.8;.5,.5` and `N=4`.

    Raises
    ------
    DataError
        If one names nothing, is given twice, or holds what is no number.
    """
    found: dict[str, Any] = {}
    for words in settings:
        name, equals, value = (part.strip() for part in words.partition("="))
        if not equals or not name:
            raise DataError(f"{words!r} sets nothing: write 'y=1,3,3,2', 'q=.2,.3,.5' or, for rows, 'q=.2,.8;.5,.5'")
        if name in found:
            raise DataError(f"{name} is set twice")
        rows = [[_number(name, n) for n in row.strip().strip(",").split(",")] for row in value.strip(";").split(";")]
        single = "," not in value and ";" not in value
        found[name] = rows[0][0] if single else rows if ";" in value else rows[0]
    return found


def read_example(page: Page) -> dict[str, Any]:
    """Return the numbers that a page gives as an example, fractions as the nearest double, labels counted from 1."""
    domains = page_scope(page).domains.values()
    first = {d.name: d.lo for d in domains if isinstance(d, Index) or (isinstance(d, Labels) and not d.counted)}
    return {name: _doubles(name, _shifted(value, 1 - int(first.get(name, 1)))) for name, value in page.example}


def _shifted(value: Any, by: int) -> Any:
    if isinstance(value, tuple):
        return tuple(_shifted(v, by) for v in value)
    return value + by if by else value


def _doubles(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return [_doubles(name, v) for v in value]
    return _double(name, value) if isinstance(value, Fraction) else value


def _number(name: str, text: str) -> int | float:
    try:
        exact = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        raise DataError(f"{name}: {text.strip()!r} is no number") from None
    return int(exact) if re.fullmatch(r"\s*[-+]?\d+\s*", text) else _double(name, exact)


def _double(name: str, exact: Fraction) -> float:
    try:
        return float(exact)
    except OverflowError:
        raise DataError(f"{name}: {exact} is too large for a double") from None


def line_numbers(words: str | None) -> tuple[int, ...] | None:
    """Return the numbers that words such as `1,3-5` mean, None where there are no words.

    Raises
    ------
    DataError
    """
    if words is None:
        return None
    found: list[int] = []
    for part in words.split(","):
        match = re.fullmatch(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?", part)
        if match is None:
            raise DataError(f"{part.strip()!r} is no number of a line: write such as 1,3-5")
        found += range(int(match[1]), int(match[2] or match[1]) + 1)
    return tuple(found)
