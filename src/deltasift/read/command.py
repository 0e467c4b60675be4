"""A function that is named on the command line, and what is said of what was read of it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from deltasift.domain import Table
from deltasift.errors import ReadError
from deltasift.parse.domains import domains
from deltasift.read.arrays.bind import called
from deltasift.read.reading import Reading, reading


def named_function(place: str) -> Callable[..., Any]:
    """Return the function that `FILE.py:NAME` names; the file is run, as by an import.

    Raises
    ------
    ReadError
    """
    file, colon, name = place.rpartition(":")
    path = Path(file)
    if not colon or not name or path.suffix != ".py":
        raise ReadError(f"{place} names no function: write FILE.py:NAME")
    if not path.is_file():
        raise ReadError(f"there is no file {file}")
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(path.stem, module)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as why:  # the file is the user's
        raise ReadError(f"{file} cannot be imported: {type(why).__name__}: {why}") from None
    value: Any = module
    for part in name.split("."):
        if not hasattr(value, part):
            raise ReadError(f"{file} has no {name}")
        value = getattr(value, part)
    if not callable(value):
        raise ReadError(f"{name} of {file} is no function")
    return value  # type: ignore[no-any-return]


def read_named(place: str, declare: Iterable[str], labels_from: int | None) -> Reading:
    """Return what is read of a function that is named on the command line, its parameters bound to declared names."""
    from inspect import signature

    function = named_function(place)
    declared = domains(declare)
    try:
        parameters = signature(called(function)).parameters
    except (TypeError, ValueError):
        return reading(function, declared, labels_from)
    given = {n: d for n, d in declared.items() if n in parameters}
    for name, d in declared.items():
        is_used = any(name in map(str, of.depends()) for of in given.values())
        if name not in parameters and isinstance(d, Table) and not is_used and not isinstance(function, type):
            raise ReadError(f"{name} is declared, and {place} has no parameter of that name: {', '.join(parameters)}")
    return reading(function, given, labels_from)


def remarks(found: Reading) -> Iterator[str]:
    """Yield how a function was read, and what else a reader of the formula should know."""
    yield "run once, on stand-ins for its arrays" if found.ran else "read from its source, which was not run"
    yield from found.notes
