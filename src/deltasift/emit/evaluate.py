"""The value of every line on a user's data, by the generated code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from deltasift.calc import Derivation, Page, page_of
from deltasift.check.checker import page_scope
from deltasift.emit.data import read
from deltasift.emit.python import Program
from deltasift.emit.run import load
from deltasift.errors import DataError

if TYPE_CHECKING:
    from sympy import Symbol


def evaluate(page: Page | Derivation, arrays: Mapping[str, Any], *, labels_from: int = 0) -> dict[int, float]:
    """Return the value of every line, by its number.

    Parameters
    ----------
    page : Page or Derivation
    arrays : mapping from names to arrays
        Shapes are those of the page's tables: a pmf q over K classes has shape (K,), `q[n, k]` has (N, K), labels
        have (N,); a density is a function of one number. Sizes follow from the shapes.
    labels_from : int
        What the data call the first label: 0 as in NumPy and PyTorch, or 1.

    Raises
    ------
    DataError
        If the data do not fit, or a line has no value on them.
    EmitError
        If a line has no executable form.
    """
    if isinstance(page, Derivation):
        page = page_of(page)
    if labels_from not in (0, 1):
        raise DataError(f"labels start from 0 or from 1, not from {labels_from!r}")
    scope = page_scope(page)
    program = Program(scope, labels_from)
    lines = [line for proof in page.proofs for line in proof.lines]
    written = [program.function(program.names.fresh(f"line_{i}"), e) for i, e in enumerate(lines, 1)]
    wanted: dict[Symbol, None] = dict.fromkeys(p for f in written for p in f.parameters)
    values = read(arrays, tuple(wanted), scope, labels_from)
    functions = load("\n\n".join([program.prelude(), *(f.source for f in written)]), page.name)
    found: dict[int, float] = {}
    for number, f in enumerate(written, 1):
        try:
            found[number] = float(functions[f.name](*(values[p] for p in f.parameters)))
        except (ArithmeticError, ValueError, TypeError) as why:
            raise DataError(f"line {number} has no value on these data: {why}") from None
        except IndexError:
            raise DataError(f"line {number} reaches outside of an array") from None
    return found
