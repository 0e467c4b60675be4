"""The commands about a page: show, play, derive, evaluate, why."""

from __future__ import annotations

import difflib
import shutil
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from deltasift.calc import Page
from deltasift.check import Line, Report
from deltasift.cli.shared import (
    FORMATS,
    PageName,
    Seed,
    checked,
    is_ascii,
    known_format,
    known_style,
    progress,
    put,
    rendered,
    say,
    verdict_of,
)
from deltasift.errors import DataError, NotProved, PageError
from deltasift.inert.notation import Notation
from deltasift.pages import file_of, load, page_of_module, run_file


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
    serve: Annotated[
        bool, typer.Option("--serve", help="Serve it to this machine, to judge lines of your own.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of --serve; a free one without it.")] = 0,
) -> None:
    """Write a page as one HTML file that is gone through step by step; exit with 0 if it is right, 1 if not.

    With --serve it is written nowhere but handed out at an address of this machine, until Ctrl-C.
    """
    from deltasift.play import play

    if serve and output is not None:
        raise PageError("--serve writes no file: leave out --output")
    chosen = Notation.parse(notation)
    report = checked(load(page), seed)
    if serve:
        _serve(page, report, chosen, port)
    file = output or Path(f"{report.page.name}.html")
    put(play(report, chosen), file)
    say(f"{file}  {verdict_of(report)}\n")
    raise typer.Exit(0 if report.ok else 1)


def _serve(page: str, report: Report, notation: Notation, port: int) -> NoReturn:
    """Serve a page until it is stopped."""
    from deltasift.play.serve import server

    served = server(page, report, notation, port)
    try:
        say(f"{report.page.name}  {verdict_of(report)}\n{served.address}\n")
        say("Open this address in a browser; Ctrl-C stops it.\n")
        sys.stdout.flush()
        served.serve_forever()
    finally:
        served.server_close()
        served.worker.close()
    raise typer.Exit(0)


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
        str | None,
        typer.Option(
            "--write", metavar="[FILE]", help="Write the page with what was found; without FILE in its place."
        ),
    ] = None,
    format: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "text",
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
    seed: Seed = "",
) -> None:
    """Find the proofs of a page's equalities, or the reasons of its lines that say by=auto.

    Of such lines it shows what would change in the file, or with --write changes it. Exit with 0 if all were found,
    1 if one was not.
    """
    from deltasift.proving import proved_page
    from deltasift.render.page import page_source

    known_format(format)
    chosen = Notation.parse(notation)
    path = file_of(page)
    known = page_of_module(run_file(path), path, needs_proof=False)
    target = None if write is None else Path(write) if write else path
    if known.is_open:
        _finish(known, path, target, seed)
    if write == "" and known.proofs:
        raise PageError(f"{path.name} has a proof, and no line that says by=auto: name a file for what is found")
    try:
        found = proved_page(known)
    except NotProved as why:
        say(f"{why}\n")
        raise typer.Exit(1) from None
    report = checked(found, seed)
    if target is None:
        say(rendered(report, format, chosen, to_file=False))
    else:
        put(page_source(found, path, target.name), target)
        say(f"{target}  {verdict_of(report)}\n")
    raise typer.Exit(0 if report.ok else 1)


def _finish(page: Page, path: Path, target: Path | None, seed: str) -> NoReturn:
    """Put the reasons that are found for a page's open lines into its file, or show what would change in it."""
    from deltasift.finishing import finished
    from deltasift.render.filled import with_reasons

    whole, filled = finished(page, progress=progress())
    new = with_reasons(page, filled, path)
    if target is None:
        before, after = (text.splitlines(keepends=True) for text in (new.before, new.after))
        say("".join(difflib.unified_diff(before, after, str(path), str(path))))
    else:
        put(new.to_bytes(), target)
    for f in filled:
        if not f.steps:
            say(f"line {f.number}: {f.said}\n")
    report = checked(whole, seed)
    say(f"{target or path}  {verdict_of(report)}\n")
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
    lines: Annotated[str | None, typer.Option("--lines", help="Which lines, such as 1,3-5; all by default.")] = None,
    memory: Annotated[
        str | None,
        typer.Option("--memory", help="What the arrays of a line may take, such as 2GiB; by default all that is free."),
    ] = None,
    foretell: Annotated[
        bool, typer.Option("--forecast", help="Only say how much memory each line would take.")
    ] = False,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file.")] = None,
) -> None:
    """Evaluate every line of a page on arrays: its value, the time and the memory that it takes.

    Without data the page's own example is taken, where it has one.
    """
    from deltasift.emit.evaluate import forecast, measure
    from deltasift.emit.files import line_numbers, read_example, read_npz, read_settings
    from deltasift.emit.memory import bytes_of
    from deltasift.render.onehot import one_hot_text
    from deltasift.render.values import forecast_text, values_json, values_text

    known_format(format, ("text", "json"))
    known = load(page)
    if not data and not setting and not known.example:
        raise DataError("there are no data: name a file, --data FILE.npz, or set them, --set 'y=1,3,3,2'")
    arrays, unused = read_npz(data, known) if data else ({}, ())
    if unused:
        sys.stderr.write(f"deltasift: {known.name} has no {', '.join(unused)}, which {data} has\n")
    typed = read_settings(setting or ()) if data or setting else read_example(known)
    first = labels_from if labels_from is not None else 0 if data else 1
    values = {**arrays, **typed}
    room = None if memory is None else bytes_of(memory)
    if foretell:
        planned = forecast(known, values, labels_from=first, lines=line_numbers(lines), memory=room)
        put(forecast_text(planned), output)
        raise typer.Exit(2 if any(x.problem for x in planned) else 0)
    found = measure(known, values, labels_from=first, lines=line_numbers(lines), memory=room, progress=progress())
    width = shutil.get_terminal_size((80, 24)).columns
    ascii_only = output is None and is_ascii()
    table = one_hot_text(known, typed, first)
    text = (f"{table}\n" if table else "") + values_text(found, width=width, ascii_only=ascii_only)
    put(values_json(found) if format == "json" else text, output)
    problems = [x.problem for x in found.lines if x.value is None]
    for problem in problems:
        sys.stderr.write(f"deltasift: {problem}\n")
    raise typer.Exit(2 if problems else 0)
