"""The command that checks pages: one after the other, over processes, or on a cluster."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from deltasift.catalogue import page_names
from deltasift.check import Report
from deltasift.cli.shared import Json, Seed, Strict, is_ascii, progress, put, say, say_json
from deltasift.errors import PageError, one_line
from deltasift.pages import pages_of


def check_pages(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]...", help="Pages, files or folders.")] = None,
    seed: Seed = "",
    thorough: Annotated[
        bool, typer.Option("--thorough", help="1,000 random points a line instead of 100, and larger ones.")
    ] = False,
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", help="Write what `python -m deltasift.judge` judges again, of one page."),
    ] = None,
    strict: Strict = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Over so many processes.")] = 1,
    scheduler: Annotated[
        str, typer.Option("--scheduler", metavar="ADDRESS", help="On the workers of a Dask cluster.")
    ] = "",
    cache: Annotated[
        bool, typer.Option("--cache/--no-cache", help="Take the verdicts of earlier runs where nothing has changed.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Check pages; exit with 0 if all are right, 1 if a line is wrong or not decided, 2 if the input is unusable."""
    from deltasift.many import Asked, exit_code, in_words

    pages = [page for path in paths or [] for page in pages_of(path)] if paths else page_names()
    width = max((len(one_line(name)) for name in pages), default=0)
    if certificate is not None and len(pages) != 1:
        raise PageError(f"a certificate is of one page, not of {len(pages)}")
    if scheduler and (certificate is not None or jobs > 1):
        raise PageError("--scheduler leaves the pages to a cluster: no --jobs and no --certificate goes with it")
    asked = Asked(seed, thorough, strict, cache and certificate is None)
    found: list[Any] = []
    for verdict in _with_progress(_verdicts(pages, asked, jobs, scheduler, certificate), len(pages)):
        found.append(verdict)
        if not as_json:
            problems = "".join(f"  {p}\n" for p in _told(verdict.get("problems", ())))
            say(f"{verdict['page']:{width}}  {in_words(verdict)}\n{problems}")
    codes = {0, *map(exit_code, found)}
    if as_json:
        say_json({"version": 1, "ok": codes == {0}, "pages": found})
    raise typer.Exit(max(codes))


def _verdicts(pages: list[str], asked: Any, jobs: int, scheduler: str, certificate: Path | None) -> Iterator[Any]:
    from deltasift.many import looked_at, over_processes

    if scheduler:
        from deltasift.cluster import over_cluster

        yield from over_cluster(pages, scheduler, asked)
    elif jobs > 1 and len(pages) > 1:
        yield from over_processes(pages, min(jobs, len(pages)), asked)
    else:
        for page in pages:
            verdict, report = looked_at(page, asked, progress() if len(pages) == 1 else None)
            if certificate is not None and report is not None and report.ok:
                put(_certified(report), certificate)
            yield verdict


def _with_progress(verdicts: Iterator[Any], count: int) -> Iterator[Any]:
    """Yield verdicts, and show on a terminal how many of the pages are done."""
    if count < 2 or not sys.stderr.isatty():
        yield from verdicts
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as shown:
        task = shown.add_task("checked", total=count)
        for verdict in verdicts:
            yield verdict
            shown.advance(task)


def _told(problems: Sequence[str]) -> list[str]:
    """Return problems as they are told in a terminal, with formulas as on a board."""
    from deltasift.render.board import board, in_prose
    from deltasift.said import set_words

    def shown(e: Any) -> str:
        return board(e, ascii_only=is_ascii())

    return [set_words(p, shown, lambda words: in_prose(words, is_ascii())) for p in problems]


def _certified(report: Report) -> str:
    from deltasift.check.certify import certificate

    return json.dumps(certificate(report), ensure_ascii=False) + "\n"
