"""The command line: list, ask, rules, show, play, book, check, collapse, derive, evaluate, read, why."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from sympy import sstr
from sympy.concrete.expr_with_limits import ExprWithLimits

from deltasift.calc import Page
from deltasift.catalogue import fields, page_names
from deltasift.check import Line, Report, check
from deltasift.errors import DataError, DeltasiftError, NotProved, PageError, one_line
from deltasift.inert import Node
from deltasift.inert.magnitude import refuse_large
from deltasift.inert.notation import Notation
from deltasift.pages import file_of, load, pages_of
from deltasift.questions import questions_about

app = typer.Typer(
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
FORMATS = ("text", "latex", "document", "markdown", "typst", "python", "numpy", "json")
INTERRUPTED = 130  # the exit code of what Ctrl-C stops, here as in typer
NEGATIVE = re.compile(r"-+(?!-)(?!h$|o\w*$|[a-z]+(-[a-z]+)*(=|$))")  # an expression, and no option
VALUED = frozenset(("--fact", "--declare", "--undecided", "--format", "--notation", "--output", "-o", "--seed"))
SLOW = 1.0  # seconds after which progress is shown

Seed = Annotated[str, typer.Option("--seed", help="Draw other random points; a failure prints its seed.")]
Strict = Annotated[bool, typer.Option("--strict", help="Fail lines that rest on their rule alone, or on a solver.")]


def _pages_from(incomplete: str) -> list[str]:
    """Return the pages of the catalogue that a word may become, for the completion of a shell."""
    return [name for name in page_names() if name.startswith(incomplete)]


PageName = Annotated[
    str,
    typer.Argument(metavar="PAGE", help="A page of the catalogue, or a path to your own.", autocompletion=_pages_from),
]


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


Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


@app.command("list")
def list_pages(as_json: Json = False) -> None:
    """List the pages of the catalogue by field, with their titles and their claims; none is checked."""
    from deltasift.pages import listed
    from deltasift.render import board

    pages = {field: [listed(name) for name in names] for field, names in fields().items()}
    if as_json:
        _write_json(
            [
                {"page": p.name, "field": field, "title": p.title, "claims": [str(c) for c in p.claims]}
                for field, found in pages.items()
                for p in found
            ]
        )
        return
    width = max((len(p.name) for found in pages.values() for p in found), default=0)
    for n, (field, found) in enumerate(pages.items()):
        _write(f"{chr(10) * bool(n)}{field}\n")
        for p in found:
            _write(f"  {p.name:{width}}  {p.title}\n")
            for claim in p.claims:
                _write(f"  {'':{width}}    {board(claim, ascii_only=_ascii())}\n")


@app.command()
def ask(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS]...", help="What it is about; all without.")
    ] = None,
) -> None:
    """Lead from a question about cross entropy and likelihood to the lines that answer it."""
    from deltasift.render import board

    for n, q in enumerate(questions_about(" ".join(words or ()))):
        _write(f"{chr(10) * (n > 0)}{q.asked}\n  {q.answer}\n")
        for name, number in q.places:
            lines = [(line, i) for proof in load(name).proofs for i, line in enumerate(proof.lines)]
            line, i = lines[number - 1]
            _write(f"  {name}:{number}\n")
            for sign, e in ([("  ", lines[number - 2][0])] if i else []) + [("= " if i else "  ", line)]:
                _write(f"      {sign}{board(e, ascii_only=_ascii())}\n")


@app.command("rules")
def list_rules(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD]...", help="A rule, or what it is about; all without.")
    ] = None,
) -> None:
    """List the rules with their reasons; say of one what it states, when, and which pages use it."""
    from deltasift.render import board
    from deltasift.rulebook import rules_text

    _write(rules_text(words or (), lambda e: board(e, ascii_only=_ascii())))


@app.command()
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

    _known_format(format, (*FORMATS, "pdf"))
    _known_style(style, flavour)
    chosen = Choice(Notation.parse(notation), style, flavour, prefix, numbers)
    report = _checked(load(page), seed)
    if format == "pdf":
        _put(pdf(report, chosen.notation, style), output or Path(f"{report.page.name}.pdf"))
    else:
        _put(_shown(report, format, chosen, to_file=output is not None), output)
    raise typer.Exit(0 if report.ok else 1)


@app.command("play")
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
    report = _checked(load(page), seed)
    file = output or Path(f"{report.page.name}.html")
    _put(play(report, chosen), file)
    _write(f"{file}  {_verdict(report)}\n")
    raise typer.Exit(0 if report.ok else 1)


@app.command("book")
def write_whole_book(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder.")] = Path("book"),
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
    seed: Seed = "",
) -> None:
    """Write the whole catalogue as one document and one site; exit with 0 if all of it is right, 1 if not."""
    from deltasift.book import contents
    from deltasift.book.write import write_book

    chosen = Notation.parse(notation)
    book = contents(page_names(), lambda name: _checked(load(name), seed))
    for file in write_book(book, output, chosen):
        _write(f"{file}\n")
    raise typer.Exit(0 if book.is_proved else 1)


def _known_format(format: str, formats: Sequence[str] = FORMATS) -> None:
    if format not in formats:
        near = difflib.get_close_matches(format, formats, n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(formats)}"
        raise PageError(f"there is no format {format}{hint}")


def _known_style(style: str, flavour: str) -> None:
    from deltasift.render.markdown import FLAVOURS
    from deltasift.render.tex import STYLES

    for kind, name, known in (("style", style, STYLES), ("flavour", flavour, FLAVOURS)):
        if name not in known:
            raise PageError(f"there is no {kind} {name}; there are {', '.join(known)}")


def _put(shown: str | bytes, output: Path | None) -> None:
    """Print a text, or write it to a file and say so."""
    if output is None:
        _write(shown if isinstance(shown, str) else shown.decode("utf-8", "replace"))
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(shown.encode("utf-8") if isinstance(shown, str) else shown)
        sys.stderr.write(f"deltasift: wrote {one_line(str(output))}\n")


def _shown(report: Report, format: str, choice: Any, *, to_file: bool) -> str:
    from deltasift.render import text
    from deltasift.render.formats import WRITERS, Choice

    chosen = choice if isinstance(choice, Choice) else Choice(choice)
    if format != "text":
        return WRITERS[format](report, chosen)
    width = shutil.get_terminal_size((80, 24)).columns
    terminal = not to_file and sys.stdout.isatty()
    color = terminal and not os.environ.get("NO_COLOR")
    ascii_only = not to_file and _ascii()
    return text(report, notation=chosen.notation, width=width, ascii_only=ascii_only, terminal=terminal, color=color)


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
            verdict, report = looked_at(page, asked, _progress())
            if certificate is not None and report is not None and report.ok:
                _put(_certified(report), certificate)
            yield verdict

    many = jobs > 1 and len(pages) > 1
    found: list[Verdict] = []
    for verdict in over_processes(pages, min(jobs, len(pages)), asked) if many else here():
        found.append(verdict)
        if not as_json:
            problems = "".join(f"  {p}\n" for p in _told(verdict.get("problems", ())))
            _write(f"{verdict['page']:{width}}  {in_words(verdict)}\n{problems}")
    codes = {0, *map(exit_code, found)}
    if as_json:
        _write_json({"version": 1, "ok": codes == {0}, "pages": found})
    raise typer.Exit(max(codes))


def _told(problems: Sequence[str]) -> list[str]:
    """Return problems as they are told in a terminal, with formulas as on a board."""
    from deltasift.render.board import board, in_prose
    from deltasift.said import set_words

    def shown(e: Any) -> str:
        return board(e, ascii_only=_ascii())

    return [set_words(p, shown, lambda words: in_prose(words, _ascii())) for p in problems]


def _certified(report: Report) -> str:
    import json

    from deltasift.check.certify import certificate

    return json.dumps(certificate(report), ensure_ascii=False) + "\n"


@app.command("collapse")
def collapse_text(
    text: Annotated[str, typer.Argument(metavar="EXPRESSION", help="In the spelling of SymPy or of a page.")],
    fact: Annotated[list[str] | None, typer.Option("--fact", help="What is known, such as '1 <= y[n]'.")] = None,
    declare: Annotated[
        list[str] | None, typer.Option("--declare", help="'N: size', 'm in 1..K'; kinds: see the README.")
    ] = None,
    undecided: Annotated[str, typer.Option("--undecided", help="guard, assume or refuse.")] = "guard",
    format: Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")] = "text",
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to a file.")] = None,
    seed: Seed = "",
    strict: Strict = False,
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
    report = check(derivation, seed=seed, strict=strict, progress=_progress())
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

    _known_format(format, ("text", "json"))
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
    ascii_only = output is None and _ascii()
    table = one_hot_text(known, typed, first)
    text = (f"{table}\n" if table else "") + values_text(found, width=width, ascii_only=ascii_only)
    _put(values_json(found) if format == "json" else text, output)
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
    from deltasift.render.why import why_text

    page, _, number = place.rpartition(":")
    if not page:
        raise PageError(f"{place} names no line: write PAGE:LINE")
    report = _checked(load(page), seed)
    line = _line(report, number)
    _write(why_text(report, line, number, ascii_only=_ascii()))
    raise typer.Exit(1 if line.problems else 0)


def _line(report: Report, number: str) -> Line:
    for line in report.lines:
        if number == str(line.number) or any(s.number == number for s in line.substeps):
            return line
    raise PageError(f"{report.page.name} has lines 1 to {len(report.lines)}, and no line {number}")


def _checked(page: Page, seed: str, *, thorough: bool = False, strict: bool = False) -> Report:
    return check(page, seed=seed, progress=_progress(), thorough=thorough, strict=strict)


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


def _write_json(data: Any) -> None:
    _write(json.dumps(data, indent=2, ensure_ascii=_ascii()) + "\n")


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
    given = _expression_last(list(sys.argv[1:] if arguments is None else arguments))
    try:
        code = app(args=given, prog_name="deltasift", standalone_mode=False)
    except SystemExit:  # typer's answer to a broken pipe
        raise BrokenPipeError from None
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _expression_last(arguments: list[str]) -> list[str]:
    """Move an expression that begins with a minus behind `--`, where it is not taken for options."""
    if arguments[:1] != ["collapse"] or "--" in arguments:
        return arguments
    rest = iter(arguments[1:])
    options: list[str] = []
    for a in rest:
        if NEGATIVE.match(a):
            return ["collapse", *options, *rest, "--", a]
        options.append(a)
        if a in VALUED:
            options += [value for value in [next(rest, None)] if value is not None]
    return arguments


def _close() -> None:
    """Let what is still to be written go nowhere: whoever read it has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _fail(message: str, code: int = 2) -> NoReturn:
    sys.stderr.write(f"deltasift: {one_line(message)}\n")
    raise SystemExit(code)
