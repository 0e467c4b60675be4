"""A page as slides: what is given, and each proof with one step an overlay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deltasift.check.report import Report
from deltasift.inert.printing import TextbookLatex
from deltasift.render.bibliography import entry, keys_of
from deltasift.render.breadth import breadth
from deltasift.render.coverage import coverage
from deltasift.render.pen import Pen
from deltasift.render.setting import Setting
from deltasift.render.tex import parts
from deltasift.render.tex.pen import TexPen
from deltasift.render.tex.steps import bare, row
from deltasift.render.theorems import Row, Theorem, theorems
from deltasift.render.wording import needed_before

FULL = 11.0  # of a slide: what its rows may be high, in lines of text
TALL = (r"\sum", r"\prod", r"\int")
FRACTION = re.compile(r"\\frac\{|\}\{|\{|\}")
NARROW = 24.0  # letters of a formula that has its reason beside it
ROW = 44.0  # letters of a formula that a slide is broad


def slides(report: Report, pen: TexPen) -> Iterator[str]:
    """Yield the slides."""
    title = pen.words(parts.title_of(report))
    yield _frame(title, "\n\\par\\smallskip\n".join(parts.paragraphs(report, pen)) or title)
    if not report.is_proved:
        yield from (_frame("Not proved", part, r"\small") for part in _wrong(report, pen))
    yield from _given(report, pen)
    for t in theorems(report):
        yield from _theorem(t, pen, is_proved=report.is_proved)
    yield _frame("Checked", coverage(report, pen))
    yield from _references(report, pen)


def _frame(title: str, inside: str, size: str = "") -> str:
    return r"\begin{frame}[shrink]" + f"\n\\frametitle{{{title}}}\n{size}\n{inside}\n" + r"\end{frame}"


def _wrong(report: Report, pen: TexPen) -> Iterator[str]:
    found = list(parts.not_proved(report, pen))
    problems: list[list[str]] = []
    for part in found:
        if part.startswith(r"\["):
            problems[-1].append(rf"\fit{{{part.removeprefix(chr(92) + '[').removesuffix(chr(92) + ']').strip()}}}")
        else:
            problems.append([part])
    yield from ("\n".join(p) for p in problems)


def _given(report: Report, pen: TexPen) -> Iterator[str]:
    found = Setting(report, pen)
    yield _frame("Setting", "\n".join(found.sentences()))
    definitions = found.definitions()
    for n in range(0, len(definitions), 4):
        yield _frame("Definitions", pen.display(definitions[n : n + 4]))


def _theorem(t: Theorem, pen: TexPen, *, is_proved: bool) -> Iterator[str]:
    mark = "" if is_proved else " (not proved)"
    title = f"Theorem {t.number}" if is_proved else f"Claim {t.number}{mark}"
    assumed = [pen.show(a.statement) for a in t.assumed]
    before = f"It is assumed that {pen.listed(assumed)}. Then\n" if assumed else ""
    claim = rf"\begin{{center}}\fit{{{pen.whole(t.claim, ROW)}}}\end{{center}}" if t.claim is not None else ""
    yield _frame(title, f"{before}{claim}\n{needed_before(t, pen)}")
    groups = list(_groups(t.rows, pen))
    for n, group in enumerate(groups):
        start = t.start if n == 0 else groups[n - 1][-1].line
        left = bare(pen.whole(start.expr, ROW))
        end = r"\ \qedsymbol" if is_proved else ""
        shown = [row(r, pen, end if r is t.rows[-1] else "") for r in group]
        rows = [rf"\uncover<{k}->{{{x}}}" for k, x in enumerate(shown, 1)]
        heading = ("Proof" if is_proved else "Lines") + (f" ({n + 1} of {len(groups)})" if len(groups) > 1 else "")
        yield _frame(heading, "\n".join([rf"\begin{{steps}}{{{left}}}", *rows, r"\end{steps}"]))


def _groups(rows: Sequence[Row], pen: Pen) -> Iterator[list[Row]]:
    """Yield the rows of one slide after the other."""
    group: list[Row] = []
    height = 0.0
    for r in rows:
        more = _height(r, pen)
        if group and height + more > FULL:
            yield group
            group, height = [], 0.0
        group.append(r)
        height += more
    if group:
        yield group


def _height(r: Row, pen: Pen) -> float:
    """Estimate how high a row is, in lines of text: with its fractions in fractions, and with a reason below it."""
    tex = TextbookLatex(notation=pen.notation).layout.text(r.line.expr)
    tall = 1.4 if any(sign in tex for sign in TALL) else 0.0
    return 1.0 + max(tall, 0.9 * _nested(tex)) + (1.4 if breadth(tex) > NARROW else 0.3)


def _nested(tex: str) -> int:
    """Return how many fractions stand in each other."""
    deepest, opened, depth = 0, [0], 0
    for m in FRACTION.finditer(tex):
        if m[0] == "}":
            depth -= opened.pop() if len(opened) > 1 else 0
            continue
        starts = int(m[0].startswith("\\frac") or m[0] == "}{")
        if m[0] == "}{":
            depth -= opened.pop() if len(opened) > 1 else 0
        opened.append(starts)
        depth += starts
        deepest = max(deepest, depth)
    return deepest


def _references(report: Report, pen: TexPen) -> Iterator[str]:
    keys = keys_of(report)
    if keys:
        rows = [rf"\bibitem{{{k}}} {pen.words(', '.join(entry(k)))}." for k in keys]
        inside = "\n".join([r"\begin{thebibliography}{9}", *rows, r"\end{thebibliography}"])
        yield _frame("References", inside, r"\footnotesize")
