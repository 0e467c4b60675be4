"""The commands about a page: show, play, check, derive, evaluate, why."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from deltasift.catalogue import page_names
from deltasift.check import Line, Report
from deltasift.cli.shared import (
    FORMATS,
    Json,
    PageName,
    Seed,
    Strict,
    checked,
    is_ascii,
    known_format,
    known_style,
    progress,
    put,
    rendered,
    say,
    say_json,
    verdict_of,
)
from deltasift.errors import DataError, NotProved, PageError, one_line
from deltasift.inert.notation import Notation
from deltasift.pages import file_of, load, pages_of


def show(
    page: PageName,
    format: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}, pdf.")] = "text",
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file.")] = None,
    style: Annotated[str, typer.Option("--style", help="Of a document: proof, full, fragment or slides.")] = "proof",
    flavour: Annotated[str, typer.Option("--flavour", help="Of Markdown: github, myst, crossvalidated.")] = "github",
    prefix: Annotated[str, typer.Option("--prefix", help="What the labels of a document begin with.")] = "",
    numbers: Annotated[bool, typer.Option(help="Whether the lines of a fragment have numbers.")] = True,
    seed: Seed = "",
) -> None:
    """Show a page in one of several formats; exit with 0 if it is right, 1 if a line is wrong."""
    from deltasift.render.formats import Choice
    from deltasift.render.pdf import pdf

    known_format(format, (*FORMATS, "pdf"))
    known_style(style, flavour)
    chosen = Choice(Notation.parse(notation), style, flavour, prefix, numbers)
    report = checked(load(page), seed)
    if format == "pdf":
        put(pdf(report, chosen.notation, style), output or Path(f"{report.page.name}.pdf"))
    else:
        put(rendered(report, format, chosen, to_file=output is not None), output)
    raise typer.Exit(0 if report.ok else 1)


def play_page(
    page: PageName,
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.html", help="The file; PAGE.html without it.")
    ] = None,
    seed: Seed = "",
) -> None:
    """Write a page as one HTML file that is gone through step by step; exit with 0 if it is right, 1 if not."""
    from deltasift.play import play

    chosen = Notation.parse(notation)
    report = checked(load(page), seed)
    file = output or Path(f"{report.page.name}.html")
    put(play(report, chosen), file)
    say(f"{file}  {verdict_of(report)}\n")
    raise typer.Exit(0 if report.ok else 1)


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
    as_json: Json = False,
) -> None:
    """Check pages; exit with 0 if all are right, 1 if a line is wrong, 2 if the input is unusable."""
    from deltasift.many import Asked, Verdict, exit_code, in_words, looked_at, over_processes

    pages = [page for path in paths or [] for page in pages_of(path)] if paths else page_names()
    width = max((len(one_line(name)) for name in pages), default=0)
    if certificate is not None and len(pages) != 1:
        raise PageError(f"a certificate is of one page, not of {len(pages)}")
    asked = Asked(seed, thorough, strict)

    def here() -> Iterator[Verdict]:
        for page in pages:
            verdict, report = looked_at(page, asked, progress())
            if certificate is not None and report is not None and report.ok:
                put(_certified(report), certificate)
            yield verdict

    many = jobs > 1 and len(pages) > 1
    found: list[Verdict] = []
    for verdict in over_processes(pages, min(jobs, len(pages)), asked) if many else here():
        found.append(verdict)
        if not as_json:
            problems = "".join(f"  {p}\n" for p in _told(verdict.get("problems", ())))
            say(f"{verdict['page']:{width}}  {in_words(verdict)}\n{problems}")
    codes = {0, *map(exit_code, found)}
    if as_json:
        say_json({"version": 1, "ok": codes == {0}, "pages": found})
    raise typer.Exit(max(codes))


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


def why(
    place: Annotated[str, typer.Argument(metavar="PAGE:LINE", help="Such as average_or_sum:3.")],
    seed: Seed = "",
) -> None:
    """Say why a line holds: rule, binding, conditions with what proved each, checks with what they cover.

    Exit with 0 if it is right, 1 if it is wrong: then what is wrong comes first.
    """
    from deltasift.render.why import why_text

    page, _, number = place.rpartition(":")
    if not page:
        raise PageError(f"{place} names no line: write PAGE:LINE")
    report = checked(load(page), seed)
    line = _line(report, number)
    say(why_text(report, line, number, ascii_only=is_ascii()))
    raise typer.Exit(1 if line.problems else 0)


def _line(report: Report, number: str) -> Line:
    for line in report.lines:
        if number == str(line.number) or any(s.number == number for s in line.substeps):
            return line
    raise PageError(f"{report.page.name} has lines 1 to {len(report.lines)}, and no line {number}")


def derive_page(
    page: PageName,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Write the page with its proofs.")
    ] = None,
    format: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "text",
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
    seed: Seed = "",
) -> None:
    """Find the proofs of a page's equalities; exit with 0 if all were found, 1 if one was not."""
    from deltasift.proving import proved_page
    from deltasift.render.page import page_source

    known_format(format)
    chosen = Notation.parse(notation)
    try:
        found = proved_page(page)
    except NotProved as why:
        say(f"{why}\n")
        raise typer.Exit(1) from None
    report = checked(found, seed)
    if write is None:
        say(rendered(report, format, chosen, to_file=False))
    else:
        put(page_source(found, file_of(page), write.name), write)
        say(f"{write}  {verdict_of(report)}\n")
    raise typer.Exit(0 if report.ok else 1)


def evaluate_page(
    page: PageName,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="FILE.npz", help="Arrays under the names of the page.")
    ] = None,
    setting: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=NUMBERS", help="Such as 'y=1,3,3,2'; rows by ';'.")
    ] = None,
    labels_from: Annotated[
        int | None,
        typer.Option("--labels-from", help="The first label, 0 or 1: 0 in a file, 1 with --set, by default."),
    ] = None,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file.")] = None,
) -> None:
    """Evaluate every line of a page on arrays: its value, the time and the memory that it takes.

    Without data the page's own example is taken, where it has one.
    """
    from deltasift.emit.evaluate import measure
    from deltasift.emit.files import read_example, read_npz, read_settings
    from deltasift.render.onehot import one_hot_text
    from deltasift.render.values import values_json, values_text

    known_format(format, ("text", "json"))
    known = load(page)
    if not data and not setting and not known.example:
        raise DataError("there are no data: name a file, --data FILE.npz, or set them, --set 'y=1,3,3,2'")
    arrays, unused = read_npz(data, known) if data else ({}, ())
    if unused:
        sys.stderr.write(f"deltasift: {known.name} has no {', '.join(unused)}, which {data} has\n")
    typed = read_settings(setting or ()) if data or setting else read_example(known)
    first = labels_from if labels_from is not None else 0 if data else 1
    found = measure(known, {**arrays, **typed}, labels_from=first)
    width = shutil.get_terminal_size((80, 24)).columns
    ascii_only = output is None and is_ascii()
    table = one_hot_text(known, typed, first)
    text = (f"{table}\n" if table else "") + values_text(found, width=width, ascii_only=ascii_only)
    put(values_json(found) if format == "json" else text, output)
    problems = [x.problem for x in found.lines if x.value is None]
    for problem in problems:
        sys.stderr.write(f"deltasift: {problem}\n")
    raise typer.Exit(2 if problems else 0)
