"""Why a line holds: rule, binding, conditions with what proved each, and checks with what they cover."""

from __future__ import annotations

from typing import Any

from deltasift.check.report import Line, Report
from deltasift.render.board import board
from deltasift.render.counterexample import problems_of, text_rows
from deltasift.render.reasons import decided
from deltasift.said import set_words


def why_text(report: Report, line: Line, number: str, *, ascii_only: bool = False) -> str:
    """Return why a line holds or, of one that is wrong, what is wrong and then the same.

    Parameters
    ----------
    report : Report
    line : Line
    number : str
        Of the line or of one of its substeps.
    ascii_only : bool
        Whether to use ASCII letters alone.
    """

    def shown(e: Any) -> str:
        return board(e, ascii_only=ascii_only)

    out = [f"line {line.number} of {report.page.name}", f"  {shown(line.expr)}"]
    for wrong in problems_of(line):
        table = [] if wrong.counterexample is None else text_rows(wrong.counterexample, wrong.line)
        out += ["", f"not proved, {set_words(wrong.words, shown, str)}", *(f"  {row}" for row in table)]
    if not line.relation:
        out.append("  where the proof starts")
    for s in line.substeps:
        if number not in (str(line.number), s.number):
            continue
        out += ["", f"{s.number} by {s.named}: {s.reason}", f"  {shown(s.before)}", f"  becomes {shown(s.after)}"]
        if s.ref:
            out.append(f"  see {s.ref}")
        out += [f"  {name} is {shown(value)}" for name, value in s.binding]
        for p in s.proofs:
            because = decided(p.because, shown, str) or "nothing decided it"
            rests = ", under the assumptions" if p.assumed else ""
            rests += ", by the solver alone" if p.by_solver else ""
            out.append(f"  {p.verdict.value}{rests}: {shown(p.condition)} ({because})")
    if line.grade is not None:
        out += ["", f"right {line.grade.value}"]
    if line.checks:
        out += ["", "checked"]
        out += [f"  {c.kind}: {c.status}, {set_words(c.covers, shown, str)}" for c in line.checks]
    return "\n".join(out) + "\n"
