"""Generated code typeset by latexify, so that a formula and the code that computes it stand beside each other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from deltasift.emit.python import PythonFunction, line_functions
from deltasift.emit.run import load
from deltasift.inert.printing import in_math

if TYPE_CHECKING:
    from deltasift.check import Report

FIRST_WITHOUT = (3, 14)
ABSENT = "The column with the typeset code is absent: latexify-py does not run on Python 3.14 and later."


def can_typeset() -> bool:
    """Tell whether this Python has a latexify."""
    return sys.version_info < FIRST_WITHOUT


def typeset(report: Report) -> dict[int, str]:
    """Return the code of each line as LaTeX mathematics, by the line's number.

    A line without an executable form, or one that latexify cannot read, is not in it.
    """
    import latexify
    from latexify.exceptions import LatexifyError

    program, found = line_functions(report)
    shown: dict[int, str] = {}
    for number, function in found.items():
        if not isinstance(function, PythonFunction):
            continue
        # one module a line, since latexify reads a function's source from its file
        code = program.prelude() + "\n\n" + function.source
        try:
            run = load(code, f"{report.page.name} {number}")[function.name]
            shown[number] = in_math(latexify.get_latex(run, use_math_symbols=True, use_signature=False))
        except LatexifyError:
            continue
    return shown
