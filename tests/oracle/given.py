"""Plain values for the names of a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Symbol

from .values import Number

Env = Mapping[Any, Number]


@dataclass
class Given:
    """Plain values: numbers by name, entries by name and indices, functions by name.

    Attributes
    ----------
    domains : mapping
        Definitions are read from here, and nothing else.
    pmfs : set of names
        Tables, given or defined, whose entries are probabilities.
    inside : int
        How many integrals are being taken.
    rough : bool
        Whether one was taken, so that values are known to three digits only.
    smooth : bool
        Whether integrals without a point mass are taken, too, as those of smooth functions.
    """

    numbers: dict[str, Number]
    tables: dict[str, dict[tuple[int, ...], Number]]
    functions: dict[str, Callable[[Number], Number]]
    domains: Mapping[Symbol, Any]
    pmfs: frozenset[str] = frozenset()
    inside: int = 0
    rough: bool = False
    smooth: bool = False
