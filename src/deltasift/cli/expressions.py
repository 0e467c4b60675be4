"""The commands about an expression of the user's: collapse, read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from sympy import sstr
from sympy.concrete.expr_with_limits import ExprWithLimits

from deltasift.check import check
from deltasift.cli.shared import FORMATS, Seed, Strict, is_ascii, known_format, progress, put, rendered, say
from deltasift.inert import Node
from deltasift.inert.magnitude import refuse_large
from deltasift.inert.notation import Notation


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

    known_format(format)
    chosen = Notation.parse(notation)
    problem = read(text, fact or (), declare or ())
    for expr in (problem.expr, *(f for f in problem.facts if isinstance(f, Node))):
        refuse_large(expr)
    derivation = collapse(problem.expr, facts=problem.facts, undecided=undecided)
    report = check(derivation, seed=seed, strict=strict, progress=progress())
    shown = rendered(report, format, chosen, to_file=output is not None)
    if format == "text":
        names = "Names\n" + "".join(f"  {board_name(t.name, is_ascii())}: {t.kind} ({t.why})\n" for t in problem.types)
        parts = [names, shown] if report.is_proved else [shown, names]
        mark = "" if report.is_proved else " (not proved)"
        note = "" if derivation.steps else "  as it was: no rule takes it further\n"
        shown = "\n".join([*parts, f"Result{mark}\n  {_plain(derivation.result)}\n{note}"])
    put(shown, output)
    raise typer.Exit(0 if report.ok else 1)


def _plain(result: Any) -> str:
    """Return a result in SymPy's spelling; a constant sum is not put into order, for which SymPy would compute it."""
    constant = any(not e.free_symbols for e in result.atoms(ExprWithLimits))
    return str(sstr(result, order="none" if constant else None))


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

    known_format(format, ("text", "latex", "source"))
    chosen = Notation.parse(notation)
    found = read_named(place, declare or (), labels_from)
    line = found.derivation.lines[-1]
    if format == "text":
        notes = "".join(f"  {note}\n" for note in remarks(found))
        say(f"{board(line, notation=chosen, ascii_only=is_ascii())}\n{notes}")
    else:
        say(f"{latex(line, chosen) if format == 'latex' else line}\n")
