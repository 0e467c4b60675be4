"""A derivation or a page in, a frozen report out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from deltasift.calc import Derivation, Page, page_of
from deltasift.check.counterexample import Counterexample, Value
from deltasift.check.grade import Grade
from deltasift.check.report import Assumed, CheckResult, Line, Refusal, Report, Substep

if TYPE_CHECKING:
    from deltasift.finishing import Filled

__all__ = [
    "LAYERS",
    "Assumed",
    "CheckResult",
    "Counterexample",
    "Grade",
    "Line",
    "Refusal",
    "Report",
    "Substep",
    "Value",
    "check",
]

LAYERS = ("structure", "models", "numbers")


def check(
    page: Page | Derivation,
    *,
    layers: Sequence[str] = LAYERS,
    lines: Collection[int] | None = None,
    points: int | None = None,
    thorough: bool = False,
    strict: bool = False,
    seed: str = "",
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Check every line of a page in independent ways.

    Parameters
    ----------
    page : Page or Derivation
    layers : sequence of str
        Which ways: "structure" (with conditions), "models", "numbers".
    lines : collection of int, optional
        Numbers of the lines that are looked at, all by default; of the others nothing is said.
    points : int, optional
        Random points per line; 100, or 1,000 where the check is thorough.
    thorough : bool
        Whether to draw more and larger random points, with N up to 50 and K up to 10 instead of 8 and 5.
    strict : bool
        Whether a line that rests on its rule alone, or on a solver, is not right: one that neither models nor numbers,
        which know no rules, have seen.
    seed : str
        Added to the seed of the random points, which is the page's name.
    progress : callable, optional
        Called with what is being done.

    Raises
    ------
    DomainError
        If the facts contradict each other.
    """
    from deltasift.check.checker import checked  # here, since it takes a third of the import time of the package

    filled: tuple[Filled, ...] = ()
    if page.is_open and "structure" in layers:
        from deltasift.finishing import finished

        page, filled = finished(page_of(page) if isinstance(page, Derivation) else page, lines, progress)
    report = checked(page, layers, lines, points, seed, progress, thorough=thorough)
    if filled:
        from deltasift.finishing import told

        report = told(report, filled)
    return report.strictly() if strict else report
