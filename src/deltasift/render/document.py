"""A page as a complete LaTeX document: theorem, given, proof, conditions, assumptions, references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from deltasift.catalogue import folder
from deltasift.check.report import Assumed, Line, Report
from deltasift.conditions import Verdict
from deltasift.emit.typeset import ABSENT, can_typeset, typeset
from deltasift.inert.notation import Notation
from deltasift.inert.printing import TextbookLatex, escape
from deltasift.render.defined import sources
from deltasift.render.given import given_lines
from deltasift.render.latex import aligned, defined, inline, notation_of, wrong
from deltasift.render.reasons import DEFINITION, because

PREAMBLE = r"""\documentclass[a4paper,11pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\usepackage[margin=25mm]{geometry}
\usepackage{amsmath,amssymb,amsthm,mathtools}
\usepackage{graphicx}
\newtheorem*{claim}{Claim}
\allowdisplaybreaks
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt plus 2pt}
\emergencystretch=3em
\newsavebox{\formula}
\newcommand{\fit}[2]{\sbox{\formula}{$\displaystyle #2$}%
  \ifdim\wd\formula>#1\resizebox{#1}{!}{\usebox{\formula}}\else\usebox{\formula}\fi}
\begin{document}
"""
CODE = "Each line beside the Python function that computes it: arrays count from 0 there, and so do the labels."
FIELDS = ("author", "title", "publisher", "note", "year")


def document(report: Report, notation: Notation | None = None) -> str:
    """Return a report as a complete document that pdflatex compiles without a warning.

    Parameters
    ----------
    report : Report
    notation : Notation, optional
    """
    chosen = notation_of(report, notation)
    parts = [PREAMBLE, *_body(report, chosen), "\\end{document}\n"]
    return "\n".join(parts)


def _body(report: Report, notation: Notation) -> Iterator[str]:
    page = report.page
    yield rf"\section*{{{escape(page.title or page.name)}}}"
    for paragraph in filter(None, page.text.split("\n\n")):
        yield escape(" ".join(paragraph.split())) + "\n"
    if not report.is_proved:
        yield r"\subsection*{Not proved}"
        yield from wrong(report, TextbookLatex(notation=notation).layout.text)
    given = given_lines(page.domains, lambda e: inline(e, notation), escape)
    given += defined(report, notation, lambda e: inline(e, notation), escape, lambda tex: f"${tex}$")
    if given:
        yield r"\subsection*{Given}"
        yield from _items(given)
    defining = [_cite(key, place) for key, place in sources(report).items() if key in references()]
    if defining:
        yield f"The quantities are those of {', '.join(defining)}." + "\n"
    yield rf"\begin{{claim}}{'' if report.is_proved else '[not proved]'}\upshape\leavevmode"
    yield from _items(inline(c, notation) for c in page.claims)
    if report.ledger:
        assumed = ", ".join(inline(a.statement, notation) + _where(a) for a in report.ledger)
        yield f"It is assumed that {assumed}."
    yield r"\end{claim}"
    if report.is_proved:
        yield r"\begin{proof}\leavevmode"
        yield aligned(report, notation, _cited) + "\n" + r"\end{proof}"
    else:
        yield r"\subsection*{Lines}"
        yield aligned(report, notation, _cited)
    conditions = list(_conditions(report, notation))
    if conditions:
        yield r"\subsection*{Conditions}"
        yield from _items(conditions)
    checked = list(_checked(report))
    if checked:
        yield r"\subsection*{What was checked}"
        yield from _items(checked)
    if report.refusals:
        yield r"\subsection*{Without a value}"
        yield from _items(f"{inline(r.expr, notation)}: {escape(r.found or 'not refused')}" for r in report.refusals)
    yield from _code(report, notation)
    yield from _bibliography(report)


def _code(report: Report, notation: Notation) -> Iterator[str]:
    """Set each line beside the code that computes it, made narrower where it would not fit."""
    yield r"\subsection*{The lines as code}"
    if not can_typeset():
        yield escape(ABSENT)
        return
    yield escape(CODE) + r"\par\medskip"
    code = typeset(report)
    printer = TextbookLatex(notation=notation).layout
    for x in report.lines:
        shown = code.get(x.number)
        right = rf"\fit{{0.53\linewidth}}{{{shown}}}" if shown else "no executable form"
        left = rf"\fit{{0.38\linewidth}}{{{printer.text(x.expr)}}}"
        yield rf"\makebox[0.05\linewidth][l]{{{x.number}}}\makebox[0.41\linewidth][l]{{{left}}}{right}\par\medskip"


def _items(items: Iterator[str] | list[str]) -> Iterator[str]:
    yield r"\begin{itemize}\setlength{\itemsep}{0pt}"
    for item in items:
        yield rf"  \item {item}"
    yield r"\end{itemize}"


def _conditions(report: Report, notation: Notation) -> Iterator[str]:
    for line in report.lines:
        for s in line.substeps:
            for p in s.proofs:
                state = "" if p.verdict is Verdict.PROVED else f" ({p.verdict.value})"
                since = f", since {because('; '.join(p.because))}" if p.because else ""
                rests = "; under the assumptions" if p.assumed else ""
                rests += "; by the solver alone" if p.by_solver else ""
                yield f"Line {line.number}: {inline(p.condition, notation)}{escape(state + since + rests)}"


def _checked(report: Report) -> Iterator[str]:
    """Yield what each way of checking covered of each line."""
    for line in report.lines:
        found = [f"{c.kind} {c.status}: {c.covers}" if c.status != "passed" else c.covers for c in line.checks]
        if found:
            yield escape(f"Line {line.number}: {'; '.join(found)}").replace("<=", r"$\le$")


# --- references ------------------------------------------------------------------------------------------------------


def _where(a: Assumed) -> str:
    """Return where an assumption is made, nothing for one of the whole page."""
    return "" if a.where == "the page" else f" ({escape(a.where)})"


def _cited(x: Line) -> str:
    """Return the references of a reason, each where it is used."""
    uses = [s for s in x.substeps if s.reason != DEFINITION]  # the quantities have their references
    found = dict.fromkeys((_key(s.ref), s.ref.partition(", ")[2]) for s in uses)
    return "".join(f" {_cite(key, place)}" for key, place in found if key)


def _cite(key: str, place: str) -> str:
    return rf"\cite[{escape(place)}]{{{key}}}" if place else rf"\cite{{{key}}}"


def _key(ref: str) -> str:
    """Return the key of the bibliography that a reference begins with, nothing where it is none."""
    key = ref.partition(", ")[0]
    return key if key in references() else ""


def _bibliography(report: Report) -> Iterator[str]:
    uses = [s for line in report.lines if line.reason for s in line.substeps if s.reason != DEFINITION]
    used = [key for s in uses if (key := _key(s.ref))]
    keys = {*used, *(key for key in sources(report) if key in references())}
    if not keys:
        return
    yield r"\begin{thebibliography}{9}"
    for key in sorted(keys):
        entry = references()[key]
        yield rf"  \bibitem{{{key}}} {escape(', '.join(entry[f] for f in FIELDS if f in entry))}."
    yield r"\end{thebibliography}"


@cache
def references() -> dict[str, dict[str, str]]:
    """Return the entries of the catalogue's bibliography by key."""
    return read_bibliography(folder() / "references.bib")


def read_bibliography(path: Path) -> dict[str, dict[str, str]]:
    """Read the simple BibTeX that the catalogue uses: one field a line, in braces."""
    entries: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for row in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        head = re.match(r"@\w+\{(\w+),", row)
        field = re.match(r"\s*(\w+)\s*=\s*\{(.*)\},?\s*$", row)
        if head:
            current = entries.setdefault(head[1], {})
        elif field:
            current[field[1]] = field[2].replace("{", "").replace("}", "").replace("--", "-")
    return entries
