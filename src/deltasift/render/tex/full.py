"""A page in full: the proof, then each condition with what proved it, what was checked of each line, and the code."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.check.report import Report
from deltasift.conditions import Proof, Verdict
from deltasift.emit import python_source
from deltasift.render.board import in_prose
from deltasift.render.pen import numbered
from deltasift.render.reasons import since
from deltasift.render.tex.pen import TexPen
from deltasift.said import set_words

CODE = "One function a line; arrays count from 0 there, and so do the labels."
END = r"\end{lstlisting}"


def conditions(report: Report, pen: TexPen) -> Iterator[str]:
    """Yield each condition once, with the lines that need it and what decided it."""
    where: dict[tuple[Proof, str], list[int]] = {}
    for x in report.lines:
        for s in x.substeps:
            for p in s.proofs:
                numbers = where.setdefault((p, decided_by(p, pen)), [])
                numbers += [x.number] * (x.number not in numbers)
    if where:
        yield r"\subsection*{Conditions}"
        yield from items(f"Line{'s' * (len(n) > 1)} {numbered(n)}: {said}" for (_, said), n in where.items())


def decided_by(p: Proof, pen: TexPen) -> str:
    """Return a condition with what decided it."""
    state = " (unknown)" if p.verdict is Verdict.UNKNOWN else ""
    rests = "; by the solver alone" if p.by_solver else ""
    return f"{pen.show(p.condition)}{pen.words(state)}{since(p, pen.show, pen.words)}{pen.words(rests)}"


def checks(report: Report, pen: TexPen) -> Iterator[str]:
    """Yield what each way of checking covered, once for all lines of which it is the same."""
    said: dict[str, list[int]] = {}
    for x in report.lines:
        for c in x.checks:
            kind = f"{c.kind} {c.status}: " if c.status != "passed" else ""
            said.setdefault(pen.words(kind) + set_words(c.covers, pen.show, pen.words), []).append(x.number)
    if said:
        yield r"\subsection*{What was checked}"
        yield from items(f"Line{'s' * (len(n) > 1)} {numbered(n)}: {words}" for words, n in said.items())


def code(report: Report) -> Iterator[str]:
    """Yield the code of the lines as a listing."""
    yield r"\subsection*{The lines as code}" + "\n" + CODE
    text = "".join(c if c.isascii() else f"[U+{ord(c):04X}]" for c in in_prose(python_source(report), ascii_only=True))
    yield r"\begin{lstlisting}" + "\n" + text.replace(END, r"\end {lstlisting}").rstrip("\n") + "\n" + END


def items(rows: Iterator[str]) -> Iterator[str]:
    """Yield an itemized list."""
    yield r"{\small\begin{itemize}\itemsep=0pt\parskip=0pt\raggedright"
    yield from (rf"\item {row}" for row in rows)
    yield r"\end{itemize}}"
