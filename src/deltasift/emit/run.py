"""Generated code, run: the one place where text becomes a function."""

from __future__ import annotations

import linecache
from collections.abc import Callable
from typing import Any

Functions = dict[str, Callable[..., Any]]


def load(source: str, name: str = "lines") -> Functions:
    """Run source that this package has written, and return the functions in it.

    Parameters
    ----------
    source : str
        Never text of a user: names and numbers in it come from `emit.writer` alone.
    name : str
        What tracebacks and `inspect` call it.
    """
    filename = f"<deltasift {name}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace: dict[str, Any] = {"__name__": f"deltasift_{name}"}
    exec(compile(source, filename, "exec", dont_inherit=True), namespace)
    return {k: v for k, v in namespace.items() if callable(v) and getattr(v, "__module__", "") == namespace["__name__"]}
