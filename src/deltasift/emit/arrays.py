"""Every line as a function of whole arrays, for NumPy and for every library that follows the array API standard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.emit import functions
from deltasift.emit.array_writer import ArrayWriter, Range
from deltasift.emit.python import Program, PythonFunction
from deltasift.emit.writer import Writer


@dataclass(frozen=True)
class ArrayFunction(PythonFunction):
    """A function of arrays as source text; its last parameter `xp` is the library of the arrays.

    Attributes
    ----------
    axes : tuple of tuple of (Basic, Basic)
        For each array that it makes on its way, the ranges of its axes.
    """

    axes: tuple[tuple[Range, ...], ...]


class ArrayProgram(Program):
    """Functions of arrays that share their names and their imports."""

    what = "form for arrays"
    header = "import numpy as np\n"
    writer: type[Writer] = ArrayWriter
    conventions: Mapping[str, str] = functions.CONVENTIONS_OF_ARRAYS
    called_by: Mapping[str, tuple[str, ...]] = {}

    def function(self, name: str, expr: Basic, doc: str = "") -> ArrayFunction:
        """Return an expression as a function of arrays.

        Raises
        ------
        EmitError
            If it has no form for arrays; it may have one with loops.
        DepthError
            If it is nested more deeply than CPython compiles.
        """
        found, writer = self.written(name, expr, doc)
        assert isinstance(writer, ArrayWriter)
        return ArrayFunction(found.name, found.parameters, found.source, tuple(writer.axes))

    def signature(self, parameters: Sequence[Symbol]) -> list[str]:
        return [*super().signature(parameters), "xp=np"]
