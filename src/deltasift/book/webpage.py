"""A page of the site: setting, theorems, proofs, what was checked; all of it HTML that needs no script."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.check.counterexample import Value
from deltasift.check.report import Report
from deltasift.inert.notation import Notation
from deltasift.render.bibliography import entry, keys_of, printed
from deltasift.render.counterexample import problems, table
from deltasift.render.coverage import coverage
from deltasift.render.latex import notation_of
from deltasift.render.setting import Setting
from deltasift.render.tex.parts import title_of
from deltasift.render.theorems import Theorem, left_over, theorems
from deltasift.render.webpen import SIGNS, WebPen
from deltasift.render.wording import needed_before, why
from deltasift.said import set_words


def article(report: Report, notation: Notation | None, pages: frozenset[str]) -> str:
    """Return what stands on the page of a report."""
    pen = WebPen(notation_of(report, notation), keys_of(report), pages)
    return "\n".join(_parts(report, pen))


def _parts(report: Report, pen: WebPen) -> Iterator[str]:
    yield f"<h1>{pen.words(title_of(report))}</h1>"
    yield from (f"<p>{pen.words(' '.join(p.split()))}</p>" for p in report.page.text.split("\n\n") if p.strip())
    yield from (f"<p>{pen.words(f'See {printed(ref)}.')}</p>" for ref in report.page.references)
    yield from _not_proved(report, pen)
    setting = Setting(report, pen)
    definitions = setting.definitions()
    sentences = [*setting.sentences(), *(["Write"] if definitions else [])]
    if sentences:
        yield f"<p><strong>Setting.</strong> {' '.join(sentences)}</p>{pen.display(definitions)}"
    for t in theorems(report):
        yield from _theorem(t, pen, is_proved=report.is_proved)
    yield from (f"<p><strong>Claim (not proved).</strong> {pen.show(c)}</p>" for c in left_over(report))
    if report.refusals:
        rows = [f"<li>{pen.show(r.expr)}: {pen.words(r.found or 'not refused')}</li>" for r in report.refusals]
        yield f"<h2>Without a value</h2><ul>{''.join(rows)}</ul>"
    yield f'<p class="checked"><strong>Checked.</strong> {coverage(report, pen)}</p>'
    if pen.numbers:
        yield f"<h2>References</h2><ol>{''.join(_reference(key, pen) for key in pen.numbers)}</ol>"


def _reference(key: str, pen: WebPen) -> str:
    author, title, rest = entry(key)
    return f'<li id="ref-{key}">{pen.words(author)}, {pen.emphasis(title)}, {pen.words(rest)}.</li>'


def _not_proved(report: Report, pen: WebPen) -> Iterator[str]:
    for p in problems(report) if not report.is_proved else ():
        yield f'<p class="wrong"><strong>Not proved:</strong> {set_words(p.words, pen.show, pen.words)}</p>'
        if p.counterexample is not None:
            rows = table(p.counterexample, p.line)
            yield "<table>" + "".join(f"<tr>{_cells((r.head, *r.cells), pen)}</tr>" for r in rows) + "</table>"


def _cells(cells: tuple[object, ...], pen: WebPen) -> str:
    return "".join(f"<td>{_cell(c, pen)}</td>" for c in cells)


def _cell(cell: object, pen: WebPen) -> str:
    if isinstance(cell, int):
        return pen.words(f"line {cell}")
    if isinstance(cell, Value):
        return pen.words(str(cell)) if cell.exact is None else pen.show(cell.exact)
    return pen.show(cell)


def _theorem(t: Theorem, pen: WebPen, *, is_proved: bool) -> Iterator[str]:
    heading = f"Theorem {t.number}." if is_proved else f"Claim {t.number} (not proved)."
    assumed = [pen.show(a.statement) for a in t.assumed]
    before = f"It is assumed that {pen.listed(assumed)}. Then " if assumed else ""
    claim = pen.show(t.claim) if t.claim is not None else ""
    yield f'<section class="theorem" id="theorem-{t.number}"><p><strong>{heading}</strong> {before}{claim}</p>'
    proof = "<em>Proof.</em>" if is_proved else "<strong>Lines.</strong>"
    yield f'<p>{proof} {needed_before(t, pen)}</p><table class="steps">'
    for n, r in enumerate(t.rows):
        x = r.line
        left = pen.whole(t.start.expr) if n == 0 else ""
        formula = pen.whole(x.expr, SIGNS[x.relation])
        number = f"({x.number})" + " □" * (is_proved and r is t.rows[-1])
        cells = f'<td class="left">{left}</td><td>{formula}</td><td class="why">{why(r, pen)}</td><td>{number}</td>'
        yield f'<tr id="line-{x.number}">{cells}</tr>'
    yield "</table></section>"
