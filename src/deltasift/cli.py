"""The command line: list, show, check, collapse, derive, evaluate, read, why."""

from __future__ import annotations

import difflib
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from sympy import sstr
from sympy.concrete.expr_with_limits import ExprWithLimits

from deltasift.calc import Page
from deltasift.catalogue import page_names
from deltasift.check import Line, Report, check
from deltasift.errors import DeltasiftError, NotProved, PageError, one_line
from deltasift.inert import Node
from deltasift.inert.magnitude import refuse_large
from deltasift.inert.notation import Notation
from deltasift.pages import file_of, load, pages_of

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
FORMATS = ("text", "latex", "document", "python", "numpy", "json")
INTERRUPTED = 130  # the exit code of what Ctrl-C stops, here as in typer
SLOW = 1.0  # seconds after which progress is shown

Seed = Annotated[str, typer.Option("--seed", help="Draw other random points; a failure prints its seed.")]
PageName = Annotated[str, typer.Argument(metavar="PAGE", help="A page of the catalogue, or a path to your own.")]


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Symbolic derivations, checked line by line."""
    if version:
        _write(f"deltasift {metadata.version('deltasift')}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        _write(context.get_help() + "\n")


@app.command("list")
def list_pages() -> None:
    """List the pages of the catalogue with their claims."""
    from deltasift.render import board

    names = page_names()
    width = max(map(len, names), default=0)
    for name in names:
        claims = "; ".join(board(c, ascii_only=_ascii()) for c in load(name).claims)
        _write(f"{name:{width}}  {claims}\n")


@app.command()
def show(
    page: PageName,
    format: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "text",
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file.")] = None,
    seed: Seed = "",
) -> None:
    """Show a page in one of several formats; exit with 0 if it is right, 1 if a line is wrong."""
    _known_format(format)
    chosen = Notation.parse(notation)
    report = _checked(load(page), seed)
    _put(_shown(report, format, chosen, to_file=output is not None), output)
    raise typer.Exit(0 if report.ok else 1)


def _known_format(format: str, formats: Sequence[str] = FORMATS) -> None:
    if format not in formats:
        near = difflib.get_close_matches(format, formats, n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(formats)}"
        raise PageError(f"there is no format {format}{hint}")


def _put(shown: str, output: Path | None) -> None:
    """Print a text, or write it to a file and say so."""
    if output is None:
        _write(shown)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(shown, encoding="utf-8", newline="\n")
        sys.stderr.write(f"deltasift: wrote {one_line(str(output))}\n")


def _shown(report: Report, format: str, notation: Notation, *, to_file: bool) -> str:
    from deltasift.render import document, latex, text

    if format == "json":
        return report.to_json() + "\n"
    if format == "python":
        from deltasift.emit import python_source

        return python_source(report)
    if format == "numpy":
        from deltasift.emit import ArrayProgram, python_source

        return python_source(report, form=ArrayProgram)
    if format == "text":
        width = shutil.get_terminal_size((80, 24)).columns
        terminal = not to_file and sys.stdout.isatty()
        color = terminal and not os.environ.get("NO_COLOR")
        ascii_only = not to_file and _ascii()
        return text(report, notation=notation, width=width, ascii_only=ascii_only, terminal=terminal, color=color)
    return (latex if format == "latex" else document)(report, notation)


@app.command("check")
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
) -> None:
    """Check pages; exit with 0 if all are right, 1 if a line is wrong, 2 if the input is unusable."""
    wrong = unusable = False
    pages = [page for path in paths or [] for page in pages_of(path)] if paths else page_names()
    width = max((len(one_line(name)) for name in pages), default=0)
    if certificate is not None and len(pages) != 1:
        raise PageError(f"a certificate is of one page, not of {len(pages)}")
    for page in pages:
        name = one_line(page)
        try:
            report = _checked(load(page), seed, thorough=thorough)
        except DeltasiftError as error:
            unusable = True
            _write(f"{name:{width}}  unusable: {one_line(str(error))}\n")
            continue
        wrong = wrong or not report.ok
        _write(f"{name:{width}}  {_verdict(report)}\n")
        for problem in report.problems:
            _write(f"  {problem}\n")
        if certificate is not None and report.ok:
            _put(_certified(report), certificate)
    raise typer.Exit(2 if unusable else 1 if wrong else 0)


def _certified(report: Report) -> str:
    import json

    from deltasift.check.certify import certificate

    return json.dumps(certificate(report), ensure_ascii=False) + "\n"


@app.command("collapse")
def collapse_text(
    text: Annotated[str, typer.Argument(metavar="EXPRESSION", help="In the spelling of SymPy or of a page.")],
    fact: Annotated[list[str] | None, typer.Option("--fact", help="What is known, such as '1 <= y[n]'.")] = None,
    declare: Annotated[list[str] | None, typer.Option("--declare", help="'NAME: KIND', such as 'N: size'.")] = None,
    undecided: Annotated[str, typer.Option("--undecided", help="guard, assume or refuse.")] = "guard",
    format: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "text",
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file.")] = None,
    seed: Seed = "",
) -> None:
    """Collapse the deltas in an expression, step by step."""
    from deltasift.derive import collapse
    from deltasift.derive.text import read
    from deltasift.render.board import board_name

    _known_format(format)
    chosen = Notation.parse(notation)
    problem = read(text, fact or (), declare or ())
    for expr in (problem.expr, *(f for f in problem.facts if isinstance(f, Node))):
        refuse_large(expr)
    derivation = collapse(problem.expr, facts=problem.facts, undecided=undecided)
    report = check(derivation, seed=seed, progress=_progress())
    shown = _shown(report, format, chosen, to_file=output is not None)
    if format == "text":
        names = "Names\n" + "".join(f"  {board_name(t.name, _ascii())}: {t.kind} ({t.why})\n" for t in problem.types)
        parts = [names, shown] if report.is_proved else [shown, names]
        mark = "" if report.is_proved else " (not proved)"
        shown = "\n".join([*parts, f"Result{mark}\n  {_plain(derivation.result)}\n"])
    _put(shown, output)
    raise typer.Exit(0 if report.ok else 1)


@app.command("read")
def read_function(
    place: Annotated[str, typer.Argument(metavar="FILE.py:FUNCTION", help="A function of a file of yours.")],
    declare: Annotated[list[str] | None, typer.Option("--declare", help="'z: real[n, k]', 'n: 1..N', ...")] = None,
    labels_from: Annotated[int | None, typer.Option("--labels-from", help="What it calls the first label.")] = None,
    format: Annotated[str, typer.Option("--format", help="text, latex or source.")] = "text",
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
) -> None:
    """Print the formula that a Python function computes."""
    from deltasift.inert.printing import latex
    from deltasift.read.command import read_named, remarks
    from deltasift.render import board

    _known_format(format, ("text", "latex", "source"))
    chosen = Notation.parse(notation)
    found = read_named(place, declare or (), labels_from)
    line = found.derivation.lines[-1]
    if format == "text":
        notes = "".join(f"  {note}\n" for note in remarks(found))
        _write(f"{board(line, notation=chosen, ascii_only=_ascii())}\n{notes}")
    else:
        _write(f"{latex(line, chosen) if format == 'latex' else line}\n")


def _verdict(report: Report) -> str:
    assumed = len(report.ledger)
    under = f", {assumed} assumption{'s' * (assumed != 1)}" if assumed else ""
    return f"{'ok' if report.ok else 'wrong'}, {len(report.lines)} lines{under}"


def _plain(result: Any) -> str:
    """Return a result in SymPy's spelling; a constant sum is not put into order, for which SymPy would compute it."""
    constant = any(not e.free_symbols for e in result.atoms(ExprWithLimits))
    return str(sstr(result, order="none" if constant else None))


@app.command("derive")
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

    _known_format(format)
    chosen = Notation.parse(notation)
    try:
        found = proved_page(page)
    except NotProved as why:
        _write(f"{why}\n")
        raise typer.Exit(1) from None
    report = _checked(found, seed)
    if write is None:
        _write(_shown(report, format, chosen, to_file=False))
    else:
        _put(page_source(found, file_of(page), write.name), write)
        _write(f"{write}  {_verdict(report)}\n")
    raise typer.Exit(0 if report.ok else 1)


@app.command("evaluate")
def evaluate_page(
    page: PageName,
    data: Annotated[Path, typer.Option("--data", metavar="FILE.npz", help="Arrays under the names of the page.")],
    labels_from: Annotated[int, typer.Option("--labels-from", help="What the data call the first label: 0 or 1.")] = 0,
    format: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file.")] = None,
) -> None:
    """Evaluate every line of a page on arrays: its value, the time and the memory that it takes."""
    from deltasift.emit.evaluate import measure
    from deltasift.emit.files import read_npz
    from deltasift.render.values import values_json, values_text

    _known_format(format, ("text", "json"))
    known = load(page)
    arrays, unused = read_npz(data, known)
    if unused:
        sys.stderr.write(f"deltasift: {known.name} has no {', '.join(unused)}, which {data} has\n")
    found = measure(known, arrays, labels_from=labels_from)
    width = shutil.get_terminal_size((80, 24)).columns
    ascii_only = output is None and _ascii()
    _put(values_json(found) if format == "json" else values_text(found, width=width, ascii_only=ascii_only), output)
    problems = [x.problem for x in found.lines if x.value is None]
    for problem in problems:
        sys.stderr.write(f"deltasift: {problem}\n")
    raise typer.Exit(2 if problems else 0)


@app.command()
def why(
    place: Annotated[str, typer.Argument(metavar="PAGE:LINE", help="Such as average_or_sum:3.")],
    seed: Seed = "",
) -> None:
    """Say why a line holds: rule, binding, conditions with what proved each, checks with what they cover.

    Exit with 0 if it is right, 1 if it is wrong: then what is wrong comes first.
    """
    page, _, number = place.rpartition(":")
    if not page:
        raise PageError(f"{place} names no line: write PAGE:LINE")
    report = _checked(load(page), seed)
    line = _line(report, number)
    _write("\n".join(_why(report, line, number)) + "\n")
    raise typer.Exit(1 if line.problems else 0)


def _line(report: Report, number: str) -> Line:
    for line in report.lines:
        if number == str(line.number) or any(s.number == number for s in line.substeps):
            return line
    raise PageError(f"{report.page.name} has lines 1 to {len(report.lines)}, and no line {number}")


def _why(report: Report, line: Line, number: str) -> list[str]:
    from deltasift.render import board
    from deltasift.render.counterexample import problems_of, text_rows

    def shown(e: Any) -> str:
        return board(e, ascii_only=_ascii())

    out = [f"line {line.number} of {report.page.name}", f"  {shown(line.expr)}"]
    for wrong in problems_of(line):
        table = [] if wrong.counterexample is None else text_rows(wrong.counterexample, wrong.line)
        out += ["", f"not proved, {wrong.words}", *(f"  {row}" for row in table)]
    if not line.relation:
        out.append("  where the proof starts")
    for s in line.substeps:
        if number not in (str(line.number), s.number):
            continue
        out += ["", f"{s.number} by {s.rule}: {s.reason}", f"  {shown(s.before)}", f"  becomes {shown(s.after)}"]
        if s.ref:
            out.append(f"  see {s.ref}")
        out += [f"  {name} is {shown(value)}" for name, value in s.binding]
        for p in s.proofs:
            because = "; ".join(p.because) or "nothing decided it"
            rests = ", under the assumptions" if p.assumed else ""
            rests += ", by the solver alone" if p.by_solver else ""
            out.append(f"  {p.verdict.value}{rests}: {shown(p.condition)} ({because})")
    if line.checks:
        out += ["", "checked"]
        out += [f"  {c.kind}: {c.status}, {c.covers}" for c in line.checks]
    return out


def _checked(page: Page, seed: str, *, thorough: bool = False) -> Report:
    return check(page, seed=seed, progress=_progress(), thorough=thorough)


def _progress() -> Callable[[str], None] | None:
    """Return what shows progress on a terminal once a second has passed, None where nobody looks."""
    if not sys.stderr.isatty():
        return None
    start = time.monotonic()

    def tell(what: str) -> None:
        if time.monotonic() - start > SLOW:
            sys.stderr.write(f"\r\033[K... {what}\r")
            sys.stderr.flush()

    return tell


def _ascii() -> bool:
    encoding = sys.stdout.encoding or "ascii"
    try:
        "∑δ≤‖p̂ℓ✓".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def _write(words: str) -> None:
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(words.encode(encoding, "replace").decode(encoding))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what a user did wrong is said in one line, and ends with exit code 2."""
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except DeltasiftError as error:
        _fail(str(error))
    except typer.TyperException as error:
        _fail(getattr(error, "format_message", error.__str__)())
    except BrokenPipeError:
        _close()
        raise SystemExit(2) from None
    except OSError as error:
        _fail(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
    except (RecursionError, MemoryError):
        _fail("this is larger or nested more deeply than can be followed")
    except (KeyboardInterrupt, typer.Abort):
        _fail("stopped", INTERRUPTED)
    raise SystemExit(code)


def _run(arguments: Sequence[str] | None) -> int:
    """Run a command and return its exit code; what typer would end without a word is raised."""
    given = list(arguments) if arguments is not None else None
    try:
        code = app(args=given, prog_name="deltasift", standalone_mode=False)
    except SystemExit:  # typer's answer to a broken pipe
        raise BrokenPipeError from None
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _close() -> None:
    """Let what is still to be written go nowhere: whoever read it has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _fail(message: str, code: int = 2) -> NoReturn:
    sys.stderr.write(f"deltasift: {one_line(message)}\n")
    raise SystemExit(code)
