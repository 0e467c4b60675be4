"""Checking many pages, one after the other or over several processes, each page in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from deltasift.check import Report, check
from deltasift.collector import collect_seldom
from deltasift.errors import DeltasiftError, one_line
from deltasift.pages import checked, file_of, files_used, load_file
from deltasift.verdicts import is_pure, slot

Verdict = dict[str, Any]  # of a page, as `deltasift check --json` prints it
Progress = Callable[[str], None] | None


@dataclass(frozen=True)
class Asked:
    """How pages are checked: at which points, how many of them, and whether each line has to be seen by two.

    Attributes
    ----------
    seed : str
    thorough, strict : bool
    kept : bool
        Whether a verdict of an earlier run is taken where nothing has changed, and new ones are kept.
    """

    seed: str = ""
    thorough: bool = False
    strict: bool = False
    kept: bool = False

    @property
    def points(self) -> dict[str, Any]:
        """What a verdict depends on."""
        return {"seed": self.seed, "thorough": self.thorough, "strict": self.strict}


def looked_at(page: str, asked: Asked, progress: Progress = None) -> tuple[Verdict, Report | None]:
    """Return the verdict on a page, with its report; without one where it cannot be used, or its verdict was kept."""
    name = one_line(page)
    try:
        path = file_of(page)
        place = slot(path.resolve(), asked.points) if asked.kept else None
        known = place.found() if place is not None else None
        if known is not None:
            return {"page": name, **known}, None
        with files_used() as files:
            report = _report(path, asked, progress)
            report = _hinted(report)
        files.pop(path.resolve(), None)
    except DeltasiftError as error:
        return {"page": name, "ok": False, "unusable": one_line(str(error))}, None
    verdict = {"page": name, **_counted(report)}
    if place is not None:
        place.keep(files, verdict)
    return verdict, report


def _report(path: Path, asked: Asked, progress: Progress) -> Report:
    """Return the report on a page; one page may have been looked at since another one uses it."""
    if asked.seed or asked.thorough or not is_pure(path):
        return check(load_file(path), seed=asked.seed, thorough=asked.thorough, strict=asked.strict, progress=progress)
    report = checked(path, progress)
    return report.strictly() if asked.strict else report


def _hinted(report: Report) -> Report:
    if report.ok:
        return report
    from deltasift.finishing import hinted  # here, since only what is wrong needs the search

    return hinted(report)


def _counted(report: Report) -> Verdict:
    assumed = [{"statement": str(a.statement), "where": a.where} for a in report.ledger]
    counted: Verdict = {"lines": len(report.lines), "assumed": assumed, "problems": list(report.problems)}
    counted["grades"] = {grade.name.lower(): count for grade, count in report.grades.items()}
    return {"ok": report.ok, "undecided": report.is_undecided, **counted}


def kept_verdict(page: str, asked: Asked) -> Verdict | None:
    """Return the verdict of an earlier run on a page of which nothing has changed, None where there is none."""
    if not asked.kept:
        return None
    try:
        known = slot(file_of(page).resolve(), asked.points).found()
    except (DeltasiftError, OSError, ValueError):
        return None
    return None if known is None else {"page": one_line(page), **known}


def in_words(verdict: Verdict) -> str:
    """Return a verdict in a few words."""
    if "unusable" in verdict:
        return f"unusable: {verdict['unusable']}"
    assumed = len(verdict["assumed"])
    under = f", {assumed} assumption{'s' * (assumed != 1)}" if assumed else ""
    word = "ok" if verdict["ok"] else "not decided" if verdict.get("undecided") else "wrong"
    return f"{word}, {verdict['lines']} lines{under}"


def exit_code(verdict: Verdict) -> int:
    """Return 0 of a page that is right, 1 of one that is wrong or not decided, 2 of what cannot be used."""
    return 2 if "unusable" in verdict else int(not verdict["ok"])


def over_processes(pages: Sequence[str], jobs: int, asked: Asked) -> Iterator[Verdict]:
    """Yield the verdicts on pages in their order, from so many processes.

    A process that ends in the middle takes no other page's verdict with it: what is left is looked at once more, each
    page in a process of its own. Of verdicts that were kept there is nothing to look at.
    """
    known = {page: kept_verdict(page, asked) for page in pages}
    asked_for = [page for page, verdict in known.items() if verdict is None]
    found = _from_pool(asked_for, min(jobs, len(asked_for)), partial(_alone, asked)) if asked_for else iter(())
    for page in pages:
        verdict = known[page]
        if verdict is None:
            verdict = known[page] = next(found)
        yield verdict


def _from_pool(pages: Sequence[str], jobs: int, look: Callable[[str], Verdict]) -> Iterator[Verdict]:
    left = list(pages)
    try:
        with _pool(jobs) as pool:
            futures: list[Future[Verdict]] = [pool.submit(look, page) for page in pages]
            for future in futures:
                found = future.result()
                left.pop(0)
                yield found
    except BrokenProcessPool:
        for page in left:
            yield _apart(page, look)


def apart(page: str, asked: Asked) -> Verdict:
    """Return the verdict on a page from a process of its own."""
    return _apart(page, partial(_alone, asked))


def _alone(asked: Asked, page: str) -> Verdict:
    return looked_at(page, asked)[0]


def _apart(page: str, look: Callable[[str], Verdict]) -> Verdict:
    try:
        with _pool(1) as pool:
            return pool.submit(look, page).result()
    except BrokenProcessPool:
        return {"page": one_line(page), "ok": False, "unusable": "the process that looked at it ended"}


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=collect_seldom)
