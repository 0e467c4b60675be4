"""The line of a program that an expression was read from: provenance, as the domains that it was written with are."""

from __future__ import annotations

import linecache
from dataclasses import dataclass
from pathlib import Path

from sympy.core.basic import Basic

from deltasift.inert.node import Node


@dataclass(frozen=True)
class CodeLine:
    """A line of a program.

    Attributes
    ----------
    file : str
    number : int
    """

    file: str
    number: int

    @property
    def text(self) -> str:
        """What stands there, empty where the file is not to be had."""
        return linecache.getline(self.file, self.number).strip()

    def __str__(self) -> str:
        return f"line {self.number} of {Path(self.file).name}"


def remember(e: Basic, *lines: CodeLine | None) -> Basic:
    """Note through which lines an expression was read, the one that made it first; a leaf remembers nothing."""
    if isinstance(e, Node):
        e._lines = (*e._lines, *(x for x in lines if x is not None and x not in e._lines))
    return e


def lines_of(e: Basic) -> tuple[CodeLine, ...]:
    """Return the lines through which an expression was read, the one that made it first."""
    return e._lines if isinstance(e, Node) else ()
