"""What the commands share: their common options, and how a terminal is written to."""

from __future__ import annotations

import difflib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from deltasift.calc import Page
from deltasift.catalogue import page_names
from deltasift.check import Report, check
from deltasift.errors import PageError, one_line

FORMATS = ("text", "latex", "document", "markdown", "typst", "python", "numpy", "json")
SLOW = 1.0  # seconds after which progress is shown

Seed = Annotated[str, typer.Option("--seed", help="Draw other random points; a failure prints its seed.")]
Strict = Annotated[bool, typer.Option("--strict", help="Fail lines that rest on their rule alone, or on a solver.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def pages_from(incomplete: str) -> list[str]:
    """Return the pages of the catalogue that a word may become, for the completion of a shell."""
    return [name for name in page_names() if name.startswith(incomplete)]


PageName = Annotated[
    str,
    typer.Argument(metavar="PAGE", help="A page of the catalogue, or a path to your own.", autocompletion=pages_from),
]


def known_format(format: str, formats: Sequence[str] = FORMATS) -> None:
    """Raise an error that names the nearest format where there is none of that name."""
    if format not in formats:
        near = difflib.get_close_matches(format, formats, n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(formats)}"
        raise PageError(f"there is no format {format}{hint}")


def known_style(style: str, flavour: str) -> None:
    """Raise an error that names what there is where there is no such style or flavour."""
    from deltasift.render.markdown import FLAVOURS
    from deltasift.render.tex import STYLES

    for kind, name, known in (("style", style, STYLES), ("flavour", flavour, FLAVOURS)):
        if name not in known:
            raise PageError(f"there is no {kind} {name}; there are {', '.join(known)}")


def put(shown: str | bytes, output: Path | None) -> None:
    """Print a text, or write it to a file and say so."""
    if output is None:
        say(shown if isinstance(shown, str) else shown.decode("utf-8", "replace"))
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(shown.encode("utf-8") if isinstance(shown, str) else shown)
        sys.stderr.write(f"deltasift: wrote {one_line(str(output))}\n")


def rendered(report: Report, format: str, choice: Any, *, to_file: bool) -> str:
    """Return a report in a format; as text, in the width, the characters and the colours of this terminal."""
    from deltasift.render import text
    from deltasift.render.formats import WRITERS, Choice

    chosen = choice if isinstance(choice, Choice) else Choice(choice)
    if format != "text":
        return WRITERS[format](report, chosen)
    width = shutil.get_terminal_size((80, 24)).columns
    terminal = not to_file and sys.stdout.isatty()
    color = terminal and not os.environ.get("NO_COLOR")
    ascii_only = not to_file and is_ascii()
    return text(report, notation=chosen.notation, width=width, ascii_only=ascii_only, terminal=terminal, color=color)


def verdict_of(report: Report) -> str:
    """Return the verdict on a page in a few words."""
    assumed = len(report.ledger)
    under = f", {assumed} assumption{'s' * (assumed != 1)}" if assumed else ""
    return f"{report.verdict}, {len(report.lines)} lines{under}"


def checked(page: Page, seed: str, *, thorough: bool = False, strict: bool = False) -> Report:
    """Check a page, with progress on a terminal; true lines with wrong reasons are told right ones."""
    report = check(page, seed=seed, progress=progress(), thorough=thorough, strict=strict)
    if report.ok:
        return report
    from deltasift.finishing import hinted

    return hinted(report)


def progress() -> Callable[[str], None] | None:
    """Return what shows progress on a terminal once a second has passed, None where nobody looks."""
    if not sys.stderr.isatty():
        return None
    start = time.monotonic()

    def tell(what: str) -> None:
        if time.monotonic() - start > SLOW:
            sys.stderr.write(f"\r\033[K... {what}\r")
            sys.stderr.flush()

    return tell


def is_ascii() -> bool:
    """Tell whether the terminal lacks the signs of formulas."""
    encoding = sys.stdout.encoding or "ascii"
    try:
        "∑δ≤‖p̂ℓ✓".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def say_json(data: Any) -> None:
    """Print data as JSON."""
    say(json.dumps(data, indent=2, ensure_ascii=is_ascii()) + "\n")


def say(words: str) -> None:
    """Print; what the terminal has no sign for becomes a question mark."""
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(words.encode(encoding, "replace").decode(encoding))
