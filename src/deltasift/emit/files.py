"""Arrays from a file."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path
from tokenize import TokenError
from typing import Any
from zipfile import BadZipFile

from deltasift.calc import Page
from deltasift.check.checker import page_scope
from deltasift.emit.library import NEEDED
from deltasift.emit.names import identifier
from deltasift.errors import DataError

# what zipfile and numpy raise where a file is damaged, encrypted or of a later version
DAMAGED = (ValueError, TypeError, SyntaxError, TokenError, EOFError, OSError, RuntimeError, BadZipFile, zlib.error)


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
            arrays = {name: _array(loaded, name, path) for name in loaded.files if name in known}
            return arrays, tuple(name for name in loaded.files if name not in known)


def _array(loaded: Mapping[str, Any], name: str, path: Path) -> Any:
    try:
        return loaded[name]
    except DAMAGED:
        raise DataError(f"{name} in {path} is no array of numbers") from None
    except MemoryError:
        raise DataError(f"{name} in {path} is larger than memory") from None
