"""The command line: list, search, map, ask, rules, show, play, book, check, collapse, derive, evaluate, read, why."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Annotated, NoReturn

import typer

from deltasift.cli import catalogue, checking, expressions, finding, pages
from deltasift.cli.shared import say
from deltasift.collector import collect_seldom
from deltasift.errors import DeltasiftError, one_line

INTERRUPTED = 130  # the exit code of what Ctrl-C stops, here as in typer
UNREAD = 141  # that of a program whose reader has gone, as in `yes | head`: no verdict, and no mistake of the user's
NEGATIVE = re.compile(r"-+(?!-)(?!h$|o\w*$|[a-z]+(-[a-z]+)*(=|$))")  # an expression, and no option
VALUED = frozenset(
    ("--fact", "--declare", "--undecided", "--format", "--notation", "--output", "-o", "--seed", "--quantity", "--rule")
)
COMMANDS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("list", catalogue.list_pages),
    ("search", finding.search_pages),
    ("map", finding.map_pages),
    ("ask", catalogue.ask),
    ("rules", catalogue.list_rules),
    ("show", pages.show),
    ("play", pages.play_page),
    ("book", catalogue.write_whole_book),
    ("check", checking.check_pages),
    ("collapse", expressions.collapse_text),
    ("read", expressions.read_function),
    ("derive", pages.derive_page),
    ("evaluate", pages.evaluate_page),
    ("why", pages.why),
)

app = typer.Typer(
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name, _command in COMMANDS:
    app.command(_name)(_command)


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Symbolic derivations, checked line by line."""
    if version:
        say(f"deltasift {metadata.version('deltasift')}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        say(context.get_help() + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what a user did wrong is said in one line, and ends with exit code 2."""
    if arguments is None:
        collect_seldom()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except DeltasiftError as error:
        _fail(str(error))
    except typer.TyperException as error:
        _fail(getattr(error, "format_message", error.__str__)())
    except BrokenPipeError:
        _close()
        raise SystemExit(UNREAD) from None
    except OSError as error:
        _fail(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))
    except (RecursionError, MemoryError):
        _fail("this is larger or nested more deeply than can be followed")
    except (KeyboardInterrupt, typer.Abort):
        _fail("stopped", INTERRUPTED)
    raise SystemExit(code)


def _run(arguments: Sequence[str] | None) -> int:
    """Run a command and return its exit code; what typer would end without a word is raised."""
    given = _in_place(_expression_last(list(sys.argv[1:] if arguments is None else arguments)))
    try:
        code = app(args=given, prog_name="deltasift", standalone_mode=False)
    except SystemExit:  # typer's answer to a broken pipe
        raise BrokenPipeError from None
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _expression_last(arguments: list[str]) -> list[str]:
    """Move an expression that begins with a minus behind `--`, where it is not taken for options."""
    if arguments[:1] not in (["collapse"], ["search"]) or "--" in arguments:
        return arguments
    rest = iter(arguments[1:])
    options: list[str] = []
    for a in rest:
        if NEGATIVE.match(a):
            return [arguments[0], *options, *rest, "--", a]
        options.append(a)
        if a in VALUED:
            options += [value for value in [next(rest, None)] if value is not None]
    return arguments


def _in_place(arguments: list[str]) -> list[str]:
    """Give `derive --write` without a file the empty name, which stands for the page's own file."""
    if arguments[:1] != ["derive"] or "--write" not in arguments:
        return arguments
    at = arguments.index("--write")
    others = [a for n, a in enumerate(arguments[1:], 1) if n not in (at, at + 1) and arguments[n - 1] not in VALUED]
    names_a_page = any(not a.startswith("-") for a in others)
    value = arguments[at + 1 : at + 2]
    is_a_file = bool(value) and not value[0].startswith("-") and names_a_page
    return arguments if is_a_file else [*arguments[: at + 1], "", *arguments[at + 1 :]]


def _close() -> None:
    """Let what is still to be written go nowhere: whoever read it has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _fail(message: str, code: int = 2) -> NoReturn:
    sys.stderr.write(f"deltasift: {one_line(message)}\n")
    raise SystemExit(code)
