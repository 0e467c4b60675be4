"""Pages as tests: one item a line, whose failure is what the checker says and no traceback.

A page is run when it is collected, since its lines are what its code writes, and checked once, when its first item
runs. Which files are pages is decided by `_deltasift_pytest`, outside of the package.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from deltasift.calc import Page, Step
from deltasift.check import Line, Report, check
from deltasift.errors import DeltasiftError
from deltasift.pages import load_file


class PageFile(pytest.File):
    """A page, collected as its lines, its claims and its refusals."""

    def collect(self) -> Iterator[pytest.Item]:
        try:
            page = load_file(self.path)
        except DeltasiftError as error:
            raise self.CollectError(str(error)) from None
        self._page = page
        for number, step in enumerate(_steps(page), 1):
            rules = " ".join(r.name for r in step.by) if step is not None else ""
            yield LineItem.from_parent(self, name=f"line {number} {rules}".strip(), number=number)
        yield ClaimsItem.from_parent(self, name="claims")
        if page.refused:
            yield RefusedItem.from_parent(self, name="refused")

    @cached_property
    def outcome(self) -> Report | str:
        """The report of the page, made when it is first asked for, or why there is none."""
        try:
            return check(self._page, seed=self._option, strict=self._is_strict)
        except DeltasiftError as error:
            return str(error)

    @property
    def _option(self) -> str:
        return str(self.config.getoption("--deltasift-seed"))

    @property
    def _is_strict(self) -> bool:
        return bool(self.config.getoption("--deltasift-strict") or self.config.getini("deltasift_strict"))

    @property
    def seed(self) -> str:
        """Where the random points come from, and what changes them."""
        return self._page.name + (f", --deltasift-seed {self._option}" if self._option else "")


def _steps(page: Page) -> Iterator[Step | None]:
    """Yield the step of each line, None where a proof starts."""
    for proof in page.proofs:
        yield None
        yield from proof.steps


class PageItem(pytest.Item):
    """Something of a page that is right or wrong."""

    parent: PageFile

    def runtest(self) -> None:
        outcome = self.parent.outcome
        problem = outcome if isinstance(outcome, str) else self.problem(outcome)
        if problem:
            pytest.fail(problem, pytrace=False)

    def problem(self, report: Report) -> str:
        """Return what is wrong, empty where nothing is."""
        raise NotImplementedError

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, f"{self.path.stem}: {self.name}"


class LineItem(PageItem):
    """One line of a page."""

    def __init__(self, *, number: int, **rest: Any) -> None:
        super().__init__(**rest)
        self.number = number

    def problem(self, report: Report) -> str:
        line = report.lines[self.number - 1]
        if not line.problems:
            return ""
        shown = [*line.problems, "", *_lines(line)]
        if any(c.kind == "numbers" and c.status == "failed" for c in line.checks):
            shown.append(f"  seed of the points: {self.parent.seed}")
        return "\n".join(shown)


def _lines(line: Line) -> Iterator[str]:
    """Yield the line before and the line itself, as a page writes them."""
    if line.before is not None:
        yield f"  line {line.number - 1}  {'':{len(line.relation)}}  {line.before}"
    by = f"  [{', '.join(line.by)}]" if line.by else ""
    yield f"  line {line.number}  {line.relation}  {line.expr}{by}"


class ClaimsItem(PageItem):
    """That the proofs end in the claims, and whatever else is wrong and belongs to nothing else."""

    def problem(self, report: Report) -> str:
        elsewhere = {p for line in report.lines for p in line.problems} | {r.problem for r in report.refusals}
        return "\n".join(p for p in report.problems if p not in elsewhere)


class RefusedItem(PageItem):
    """That what the page says to have no value is refused."""

    def problem(self, report: Report) -> str:
        return "\n".join(r.problem for r in report.refusals if r.problem)
