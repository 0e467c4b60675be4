"""A page as a document of Typst, which makes a tagged PDF of it without TeX."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.check.counterexample import Value
from deltasift.check.report import Report
from deltasift.inert.notation import Notation
from deltasift.render.bibliography import entry, keys_of, split
from deltasift.render.board import in_prose
from deltasift.render.counterexample import problems, table
from deltasift.render.coverage import coverage
from deltasift.render.latex import notation_of
from deltasift.render.setting import Setting
from deltasift.render.theorems import Row, Theorem, left_over, theorems
from deltasift.render.typst.pen import SIGNS, TypstPen, string
from deltasift.render.typst.preamble import HEAD
from deltasift.render.wording import needed_before, why
from deltasift.said import set_words


def typst(report: Report, notation: Notation | None = None) -> str:
    """Return a report as the source of a document of Typst: a setting, a theorem for each claim with its proof.

    Parameters
    ----------
    report : Report
    notation : Notation, optional
    """
    pen = TypstPen(notation_of(report, notation), "", keys_of(report))
    title = in_prose(report.page.heading)
    return "\n".join([f"#set document(title: {string(title)})", HEAD, *body(report, pen, title)]) + "\n"


def body(report: Report, pen: TypstPen, title: str) -> Iterator[str]:
    """Yield all that stands on the pages."""
    yield f"= {pen.words(title)}\n"
    text = [pen.words(" ".join(p.split())) for p in report.page.text.split("\n\n") if p.strip()]
    yield from (f"{p}\n" for p in text[:-1])
    yield " ".join([*text[-1:], *_cited(report, pen)]) + "\n"
    yield from _not_proved(report, pen)
    setting = Setting(report, pen)
    definitions = setting.definitions()
    sentences = [*setting.sentences(), *([pen.words("Write")] if definitions else [])]
    if sentences:
        yield f"{pen.strong('Setting.')} {' '.join(sentences)}" + (pen.display(definitions) if definitions else "\n")
    proofs = theorems(report)
    for t in proofs:
        yield from _theorem(t, pen, is_proved=report.is_proved, is_last=t is proofs[-1])
    for claim in left_over(report):
        yield f"{pen.strong('Claim (not proved).')} {pen.show(claim)}\n"
    if report.refusals:
        found = [pen.show(r.expr) + pen.words(f": {r.found or 'not refused'}") for r in report.refusals]
        yield f"{pen.strong('Without a value.')} {pen.words('; ').join(found)}{pen.words('.')}\n"
    yield "#block(breakable: false)[#set text(size: 9pt)"
    yield f"{pen.strong('Checked.')} {coverage(report, pen)}\n"
    yield from _references(pen)
    yield "]"


def _cited(report: Report, pen: TypstPen) -> Iterator[str]:
    """Yield where else the result is found."""
    cited = [pen.cite(*split(ref)) if split(ref)[0] else pen.words(ref) for ref in report.page.references]
    if cited:
        yield f"{pen.words('See ')}{pen.words(', ').join(cited)}{pen.words('.')}"


def _not_proved(report: Report, pen: TypstPen) -> Iterator[str]:
    if report.is_proved:
        return
    for p in problems(report):
        yield f"{pen.strong('Not proved:')} {set_words(p.words, pen.show, pen.words)}\n"
        if p.counterexample is not None:
            rows = table(p.counterexample, p.line)
            cells = [c for r in rows for c in (r.head, *r.cells)]
            shown = ", ".join(f"[{_cell(c, pen)}]" for c in cells)
            yield f"#table(columns: {1 + len(rows[0].cells)}, stroke: none, {shown})\n"


def _cell(cell: object, pen: TypstPen) -> str:
    if isinstance(cell, int):
        return pen.words(f"line {cell}")
    if not isinstance(cell, Value):
        return pen.show(cell)
    if cell.exact is None:
        return pen.words(str(cell))
    about = "" if cell.exact.is_Rational else pen.words(f" ≈ {cell.about}")
    return f"{pen.show(cell.exact)}{about}"


def _theorem(t: Theorem, pen: TypstPen, *, is_proved: bool, is_last: bool) -> Iterator[str]:
    heading = f"Theorem {t.number}." if is_proved else f"Claim {t.number} (not proved)."
    assumed = pen.listed([pen.show(a.statement) for a in t.assumed]) if t.assumed else ""
    before = f"{pen.words('It is assumed that ')}{assumed}{pen.words('. Then')}" if assumed else ""
    claim = pen.whole(t.claim, end=".") if t.claim is not None else "[]"
    yield f"#statement([{pen.strong(heading)}], [{before}], {claim})\n"
    proof = pen.emphasis("Proof.") if is_proved else pen.strong("Lines.")
    yield f"#block(sticky: true)[{proof} {needed_before(t, pen)}]\n"
    rows = [_row(r, pen, is_last=is_proved and r is t.rows[-1]) for r in t.rows]
    yield f"#steps({pen.whole(t.start.expr)}, keep: {str(is_last).lower()}, {', '.join(rows)})\n"


def _row(r: Row, pen: TypstPen, *, is_last: bool) -> str:
    x = r.line
    number = f"[#box[({x.number})]#label({string(f'{pen.prefix}{x.number}')})" + "#sym.space.nobreak;□" * is_last + "]"
    return f"(formula: {pen.whole(x.expr, SIGNS[x.relation])}, why: [{why(r, pen)}], number: {number})"


def _references(pen: TypstPen) -> Iterator[str]:
    if pen.numbers:
        yield f"{pen.strong('References')}\n"
    for key, n in pen.numbers.items():
        author, title, rest = entry(key)
        shown = f"{pen.words(author + ', ')}{pen.emphasis(title)}{pen.words(f', {rest}.')}"
        number = f"#box[#{string(f'[{n}]')};]#label({string(f'{pen.prefix}{key}')})"
        yield f"#grid(columns: (2em, 1fr), [{number}], [{shown}])"
