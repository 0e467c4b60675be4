"""What the library hands out, as a notebook and a terminal show it: HTML with mathematics, LaTeX, text, one short line.

A derivation or a page is checked before it is shown, and shown as its report: one that is wrong begins with what is
wrong and the counterexample.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any

from deltasift.calc import TURNED, Assumptions, Derivation, Page, Step
from deltasift.check import check
from deltasift.check.report import Assumed, CheckResult, Line, Refusal, Report, Substep
from deltasift.conditions import Proof
from deltasift.domain import Domain
from deltasift.errors import DeltasiftError
from deltasift.inert.notation import Notation
from deltasift.inert.printing import TextbookLatex
from deltasift.parse import Parsed
from deltasift.render.bibliography import printed
from deltasift.render.board import board
from deltasift.render.counterexample import latex_table, problems
from deltasift.render.given import given_lines
from deltasift.render.grades import grades
from deltasift.render.latex import SIGNS, defined, in_rows, indent, notation_of
from deltasift.render.portable import LETTERS, portable, proofs, words
from deltasift.render.reasons import reason, since
from deltasift.render.text import text
from deltasift.rule import Method, Rule, Theorem, Under
from deltasift.said import set_words

RELATIONS = {"": " ", "=": "=", "<=": "≤", "<": "<", ">=": "≥", ">": ">", "same order": "~", "opposite order": "⇄"}
Show = Callable[[Any], str]


def html(x: Any) -> str:
    """Return an object as HTML in which `$...$` is mathematics."""
    report = _report(x)
    if report is not None:
        return _wrapped(_page(report))
    shown = mathematics(x)
    return _wrapped([f"<p>{escape(shown)}</p>", *(f"<p>{escape(row)}</p>" for row in _notes(x))])


def mathematics(x: Any) -> str:
    """Return an object as LaTeX that MathJax and KaTeX know, with its dollars."""
    report = _report(x)
    if report is not None:
        return proofs(report)
    return "$\\displaystyle " + portable(_formula(x)) + "$"


def plain(x: Any) -> str:
    """Return an object as text, over several lines where it has several."""
    try:
        report = _report(x)
    except DeltasiftError as why:
        return f"{short(x)}\n{why}"
    if report is not None:
        return text(report).rstrip("\n")
    return "\n".join([short(x), *_notes(x)])


def short(x: Any) -> str:
    """Return an object in one line."""
    if isinstance(x, Domain):
        return "; ".join(given_lines((x,), board, str)) or x.name
    if isinstance(x, (Rule, Method, Theorem)):
        return x.name + ".reversed" * x.is_reversed
    if isinstance(x, Line):
        return f"{x.number}  {RELATIONS[x.relation]} {board(x.expr)}" + (f"  [{', '.join(x.by)}]" if x.by else "")
    if isinstance(x, Report):
        return f"Report of {_named(x.page)}, {'proved' if x.is_proved else 'not proved'}: {_claims(x.page)}"
    if isinstance(x, Page):
        return f"Page {_named(x)}: {_claims(x)}"
    if isinstance(x, Derivation):
        return f"Derivation, {_lines(len(x.lines))}: {board(x.relation)}"
    return _small(x)


def _small(x: Any) -> str:
    if isinstance(x, Parsed):
        return board(x.expr)
    if isinstance(x, Step):
        return f"{RELATIONS[x.relation]} {board(x.expr)}  [{', '.join(map(str, x.by))}]"
    if isinstance(x, Assumptions):
        return "assuming " + ", ".join(map(board, x.statements))
    if isinstance(x, Substep):
        return f"{x.number}  {board(x.before)} becomes {board(x.after)}  [{x.named}]"
    if isinstance(x, CheckResult):
        return f"{x.kind} {x.status}: {set_words(x.covers, board, str)}"
    if isinstance(x, Assumed):
        return f"{board(x.statement)} ({x.where})"
    if isinstance(x, Refusal):
        return f"{board(x.expr)}: {x.found or 'not refused'}"
    if isinstance(x, Proof):
        return f"{x.verdict.value}: {board(x.condition)}{since(x, board, str)}"
    return type(x).__name__


def _report(x: Any) -> Report | None:
    """Return the report as which something is shown, None for what is shown as it is."""
    if isinstance(x, Report):
        return x
    if isinstance(x, Derivation):
        return x.report
    return check(x) if isinstance(x, Page) else None


def _formula(x: Any) -> str:
    show = TextbookLatex(notation=Notation()).layout.text
    if isinstance(x, Domain):
        return portable("".join(given_lines((x,), show, words))) or words(x.name)
    if isinstance(x, Rule):
        rows = [f"&{_turned(s.relation, x.is_reversed, show)}{_where(s.conditions, show)}" for s in x.statements]
        return r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}"
    if isinstance(x, Theorem):
        return _turned(x.relation, x.is_reversed, show)
    if isinstance(x, Line):
        return f"{SIGNS[x.relation]} {show(x.expr)} {words('  ' + x.reason) if x.reason else ''}"
    if isinstance(x, Substep):
        return f"{show(x.before)} {words(' becomes ')} {show(x.after)} {words(f' ({x.named})')}"
    if isinstance(x, (Parsed, Step, Refusal)):
        return show(x.expr)
    if isinstance(x, Proof):
        return f"{show(x.condition)} {words(f' ({x.verdict.value})')}"
    if isinstance(x, Assumed):
        return f"{show(x.statement)} {words(f' ({x.where})')}"
    if isinstance(x, Assumptions):
        return r",\quad ".join(map(show, x.statements))
    return words(x.reason if isinstance(x, (Method, Under)) else short(x))


def _turned(relation: Any, is_reversed: bool, show: Show) -> str:
    left, right = relation.args[:2]
    return f"{show(right)} {SIGNS[TURNED[relation.sign]]} {show(left)}" if is_reversed else show(relation)


def _where(conditions: Iterable[tuple[Any, Any]], show: Show) -> str:
    shown = [show(c) for c, _ in conditions]
    return rf" \quad \text{{if }} {', '.join(shown)}" if shown else ""


def _notes(x: Any) -> list[str]:
    """Return what is said of an object below its formula."""
    if isinstance(x, Parsed):
        return [*map(str, x.types), *map(short, x.domains)]
    if isinstance(x, (Rule, Method, Theorem)):
        return [*([] if isinstance(x, Method) else [x.reason]), *([f"See {x.ref}."] if x.ref else [])]
    return []


# --- a report as HTML ------------------------------------------------------------------------------------------------


def _page(report: Report) -> Iterator[str]:
    page, notation = report.page, notation_of(report)
    show = TextbookLatex(notation=notation).layout.text
    if page.title:
        yield f"<p><b>{escape(page.title)}</b></p>"
    for ref in page.references:
        yield f"<p>See {escape(printed(ref))}.</p>"
    for p in problems(report):
        yield f"<p><b>Not proved:</b> {set_words(p.words, lambda e: _math(show(e)), escape)}</p>"
        if p.counterexample is not None:
            yield f"<p>{_math(latex_table(p.counterexample, p.line, show))}</p>"
    given = given_lines(page.domains, lambda e: _math(show(e)), escape)
    given += defined(report, notation, lambda e: _math(show(e)), escape, _math)
    if given:
        yield "<p>Given</p><ul>" + "".join(f"<li>{line}</li>" for line in given) + "</ul>"
    mark = "" if report.is_proved else " (not proved)"
    yield f"<p>Claim{'s' * (len(page.claims) > 1)}{mark}: {', '.join(_math(show(c)) for c in page.claims)}</p>"
    yield "<table>" + "".join(_row(x, notation) for x in report.lines) + "</table>"
    for a in report.ledger:
        yield f"<p>Assumed: {_math(show(a.statement))} ({escape(a.where)})</p>"
    rests = f": {found}" if (found := grades(report)) else ""
    yield f"<p>{f'✓ {_lines(len(report.lines))} checked{rests}' if report.is_proved else '✗ not proved'}</p>"


def _row(x: Line, notation: Notation) -> str:
    sign = SIGNS[x.relation]
    rows = in_rows(x.expr, notation, LETTERS)
    formula = rf"{sign} {rows[0][1]}"
    if len(rows) > 1:
        parts = [rf"&{indent(level, sign)} {part}" for level, part in rows]
        formula = r"\begin{aligned}" + r" \\ ".join(parts) + r"\end{aligned}"
    show = TextbookLatex(notation=notation).layout.text
    why = reason(x, lambda e: _math(show(e)), escape) if x.relation else ""
    why += " <b>Not proved.</b>" if x.problems else ""
    left = 'style="text-align: left"'
    return f"<tr><td>({x.number})</td><td {left}>{_math(formula)}</td><td {left}>{why}</td></tr>"


def _math(tex: str) -> str:
    return escape(rf"$\displaystyle {portable(tex)}$", quote=False)


def _wrapped(parts: Iterator[str] | list[str]) -> str:
    return '<div class="deltasift">\n' + "\n".join(parts) + "\n</div>"


def _named(page: Page) -> str:
    return f"{page.name}, {_lines(sum(len(p.lines) for p in page.proofs))}"


def _claims(page: Page) -> str:
    return "; ".join(map(board, page.claims))


def _lines(count: int) -> str:
    return f"{count} line{'s' * (count != 1)}"
