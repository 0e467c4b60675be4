"""How an inert expression shows itself to SymPy, to its printers and to notebooks."""

from __future__ import annotations

from typing import Any

from sympy.printing.pretty.stringpict import prettyForm


class Facing:
    """What SymPy and notebooks ask of an expression."""

    __slots__ = ()

    # --- the bridge ---------------------------------------------------------------------------------------------

    def to_sympy(self) -> Any:
        """Return the ordinary SymPy object; sums and integrals stay unevaluated."""
        from deltasift.inert.bridge import to_sympy

        return to_sympy(self)

    def doit(self, **hints: Any) -> Any:
        """Return `to_sympy().doit()`."""
        from deltasift.inert.bridge import evaluated

        return evaluated(self, **hints)

    # --- printing -----------------------------------------------------------------------------------------------

    def _latex(self, printer: Any) -> str:
        from deltasift.inert.printing import latex

        return latex(self)

    def _sympystr(self, printer: Any) -> str:
        from deltasift.inert.source import source

        return source(self)

    _sympyrepr = _sympystr

    def _pretty(self, printer: Any) -> Any:
        from deltasift.inert.source import source

        return prettyForm(source(self), binding=prettyForm.OPEN)

    def _code(self, printer: Any) -> str:
        return str(printer._print(self.to_sympy()))

    _lambdacode = _mpmathcode = _numpycode = _pythoncode = _code

    def __str__(self) -> str:
        return self._sympystr(None)

    def __repr__(self) -> str:
        return self._sympystr(None)

    def _repr_latex_(self) -> str:
        return "$\\displaystyle " + self._latex(None) + "$"
