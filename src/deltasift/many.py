"""Checking many pages, one after the other or over several processes, each page in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

from deltasift.check import Report, check
from deltasift.errors import DeltasiftError, one_line
from deltasift.pages import load

Verdict = dict[str, Any]  # of a page, as `deltasift check --json` prints it
Progress = Callable[[str], None] | None


@dataclass(frozen=True)
class Asked:
    """How pages are checked: at which points, how many of them, and whether each line has to be seen by two."""

    seed: str = ""
    thorough: bool = False
    strict: bool = False


def looked_at(page: str, asked: Asked, progress: Progress = None) -> tuple[Verdict, Report | None]:
    """Return the verdict on a page, with its report; without one where it cannot be used."""
    name = one_line(page)
    try:
        report = check(load(page), seed=asked.seed, thorough=asked.thorough, strict=asked.strict, progress=progress)
    except DeltasiftError as error:
        return {"page": name, "ok": False, "unusable": one_line(str(error))}, None
    assumed = [{"statement": str(a.statement), "where": a.where} for a in report.ledger]
    counted: Verdict = {"lines": len(report.lines), "assumed": assumed, "problems": list(report.problems)}
    counted["grades"] = {grade.name.lower(): count for grade, count in report.grades.items()}
    return {"page": name, "ok": report.ok, **counted}, report


def in_words(verdict: Verdict) -> str:
    """Return a verdict in a few words."""
    if "unusable" in verdict:
        return f"unusable: {verdict['unusable']}"
    assumed = len(verdict["assumed"])
    under = f", {assumed} assumption{'s' * (assumed != 1)}" if assumed else ""
    return f"{'ok' if verdict['ok'] else 'wrong'}, {verdict['lines']} lines{under}"


def exit_code(verdict: Verdict) -> int:
    """Return 0 of a page that is right, 1 of one that is wrong, 2 of what cannot be used."""
    return 2 if "unusable" in verdict else int(not verdict["ok"])


def over_processes(pages: Sequence[str], jobs: int, asked: Asked) -> Iterator[Verdict]:
    """Yield the verdicts on pages in their order, from so many processes.

    A process that ends in the middle takes no other page's verdict with it: what is left is looked at once more, each
    page in a process of its own.
    """
    look = partial(_alone, asked)
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


def _alone(asked: Asked, page: str) -> Verdict:
    return looked_at(page, asked)[0]


def _apart(page: str, look: Callable[[str], Verdict]) -> Verdict:
    try:
        with _pool(1) as pool:
            return pool.submit(look, page).result()
    except BrokenProcessPool:
        return {"page": one_line(page), "ok": False, "unusable": "the process that looked at it ended"}


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
