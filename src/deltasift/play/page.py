"""The lines of a page in HTML, to be read without a script and in print; the player takes its formulas from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.counterexample import Counterexample, Value
from deltasift.check.report import Line, Report, Substep
from deltasift.conditions import Proof
from deltasift.domain import Index
from deltasift.emit import line_functions
from deltasift.emit.python import PythonFunction
from deltasift.inert.mathml import visible
from deltasift.inert.notation import Notation
from deltasift.inert.printing import latex
from deltasift.play.asked import asked
from deltasift.play.code import between
from deltasift.play.formulas import PageLayout, light
from deltasift.play.marks import Marks, marks
from deltasift.play.orders import also_follows
from deltasift.play.questions import questions
from deltasift.play.source import lines_of_code, listing
from deltasift.play.symbols import definitions
from deltasift.render.bibliography import printed
from deltasift.render.board import in_prose
from deltasift.render.counterexample import problems, table
from deltasift.render.given import given_lines
from deltasift.render.grades import grades
from deltasift.render.latex import notation_of
from deltasift.render.parts import change, change_of_use
from deltasift.render.reasons import instance, reason, since
from deltasift.render.spoken import spoken
from deltasift.render.text import MARKS, VERDICTS, said_by, said_of_several
from deltasift.render.webpen import worded
from deltasift.said import set_words, without

LINE = re.compile(
    r'(<li id="line-([\d.]+)"[^>]*>\n<div class="row">[^\n]*\n<div class="formula">)(<math\b.*?</math>)', re.DOTALL
)
SIGNS = {"": "", "=": "=", "<=": "≤", "<": "&lt;", ">=": "≥", ">": "&gt;", "same order": "∼", "opposite order": "≁"}


class Document:
    """The parts of the file that are text, and the steps that the player goes through.

    Attributes
    ----------
    steps : list of dict
        One for each line and each substep, in their order.
    written : dict of str to int
        The lines of the Python of all steps, each with its number in that.
    unfolds : bool
        Whether the substeps of a line are there, to be unfolded.
    """

    def __init__(self, report: Report, notation: Notation | None = None, *, unfolds: bool = True) -> None:
        self.report = report
        self.unfolds = unfolds
        self.notation = notation_of(report, notation)
        colours = {d.name: i for i, d in enumerate(d for d in report.page.domains if isinstance(d, Index))}
        self.layout = PageLayout(self.notation, colours)
        self.shared = said_of_several(report)
        self.python = line_functions(report)[1]
        self.code = lines_of_code(report.page)
        self.asked = [*asked(report.page)] if report.is_proved else []
        self.also = also_follows(report)
        self.steps: list[dict[str, Any]] = []
        self.written: dict[str, int] = {}

    def math(self, e: Basic, before: str = "", block: bool = False) -> str:
        """Return a formula with words for who does not see it."""
        return self.layout.math(e, words=spoken(e, self.notation), before=before, block=block)

    def told(self, text: str) -> str:
        """Return words, with the formulas in them set as formulas."""
        return set_words(text, self.math, words)

    def body(self) -> str:
        """Return everything between the head and the script."""
        page = self.report.page
        title = words(page.heading)
        parts = [
            "<header>",
            f"<h1><bdi>{title}</bdi></h1>",
            *(f"<p>{worded(' '.join(p.split()))}</p>" for p in page.text.split("\n\n") if p),
            *(f'<p class="see">See {words(printed(ref))}.</p>' for ref in page.references),
            *(['<p><a href="#asked">Questions that this page answers</a></p>'] if self.asked else []),
            *self.wrong(),
            "</header>",
            '<main><section id="stage" aria-label="Step by step" hidden></section>',
            *self.given(),
            *self.claims(),
            *self.lines(),
            *self.asked,
            *listing(page),
            *self.checked(),
            *self.refused(),
            *questions(self.report, self.layout, self.table),
            f'<p class="verdict">{words(self.verdict())}</p>',
        ]
        above = LINE.sub(self.lighter, "\n".join(parts))
        return "\n".join([above, *definitions(self.report, self.layout, above), "</main>"])

    def lighter(self, line: re.Match[str]) -> str:
        """Return the formula of a line with the places alone by which the steps to it and from it find their parts."""
        here = next(n for n, s in enumerate(self.steps) if s["id"] == line[2])
        step, *after = self.steps[here:]
        if step.get("inner"):
            after = after[:1] if after[0].get("inner") else after[1:]  # after the last one comes the next line
        places = {step.get("now", ""), *(b for _, b in step.get("kept", ()))}
        for s in after:
            places |= {s.get("was", ""), *(a for a, _ in s.get("kept", ()))}
            if not s.get("inner"):
                break
        return f"{line[1]}{light(line[3], places)}"

    def wrong(self) -> Iterator[str]:
        """Say first what is wrong, with the values that show it."""
        if self.report.is_proved:
            return
        yield '<section class="wrong"><h2>Not proved</h2><ul>'
        for p in problems(self.report):
            yield f"<li>{self.told(p.words)}"
            if p.counterexample is not None:
                yield self.table(p.counterexample, p.line)
            yield "</li>"
        yield "</ul></section>"

    def table(self, c: Counterexample, line: int) -> str:
        """Return a counterexample to a line as a table."""
        rows = []
        for r in table(c, line):
            head = f"line {r.head}" if isinstance(r.head, int) else self.math(r.head)
            rows.append(f"<tr><th>{head}</th>{''.join(f'<td>{self.cell(c)}</td>' for c in r.cells)}</tr>")
        return f"<table>{''.join(rows)}</table>"

    def cell(self, cell: Any) -> str:
        if not isinstance(cell, Value):
            return self.math(cell)
        if cell.exact is None:
            return words(f"≈ {cell.about}" if cell.about else str(cell))
        about = f" ≈ {cell.about}" if not cell.exact.is_Rational else ""
        return self.math(cell.exact) + words(about)

    def given(self) -> Iterator[str]:
        page = self.report.page
        lines = given_lines(page.domains, self.math, words)
        if lines:
            yield f'<section class="given"><h2>Given</h2><ul>{"".join(f"<li>{x}</li>" for x in lines)}</ul></section>'
        if page.assumptions:
            items = "".join(f"<li>{self.math(a)}</li>" for a in page.assumptions)
            yield f'<section class="given"><h2>Assumed</h2><ul>{items}</ul></section>'

    def claims(self) -> Iterator[str]:
        claims = self.report.page.claims
        if claims:
            proved = "" if self.report.is_proved else " (not proved)"
            items = "".join(f"<li>{self.math(c)}</li>" for c in claims)
            yield f'<section class="given"><h2>Claim{"s" * (len(claims) > 1)}{proved}</h2><ul>{items}</ul></section>'

    # --- lines -----------------------------------------------------------------------------------------------------

    def lines(self) -> Iterator[str]:
        heading = "Proof" if self.report.is_proved else "Lines"
        many = len(self.report.page.proofs) > 1
        for i, _ in enumerate(self.report.page.proofs):
            yield f'<section class="proof"><h2>{heading}{f" {i + 1}" if many else ""}</h2><ol class="lines">'
            for x in self.report.lines:
                if x.proof == i:
                    yield from self.line(x)
            yield "</ol></section>"

    def line(self, x: Line) -> Iterator[str]:
        inner = [*between(x)] if self.unfolds else []
        self.steps += [self.substep_data(x, s, e, b) for s, e, b in inner] + [self.step(x)]
        wrong = ' class="bad"' if x.problems else ""
        yield f'<li id="line-{x.number}"{wrong} data-line="{x.number}">'
        yield f'<div class="row"><a class="no" href="#line-{x.number}">{x.number}</a>'
        yield f'<div class="formula">{self.math(x.expr, SIGNS[x.relation], block=True)}</div>{self.to_code(x)}</div>'
        yield from self.about(x)
        if len(x.substeps) > 1 and self.unfolds:
            yield f'<details class="substeps"><summary>{len(x.substeps)} steps</summary><ol>'
            proofs = [*dict.fromkeys(p for s in x.substeps for p in s.proofs)]
            for s, e, _ in inner:
                yield f'<li id="line-{s.number}" data-line="{s.number}">'
                yield f'<div class="row"><span class="no">{s.number}</span>'
                yield f'<div class="formula">{self.math(e, "=", block=True)}</div>{self.to_code(x)}</div>'
                said = self.reason(instance(s, self.math, words), (s.named,))
                asked = " ".join(str(proofs.index(p)) for p in dict.fromkeys(s.proofs))
                asks = f' data-asks="{asked}"' if asked else ""
                yield f'<p class="reason"{asks}>{said}{_numbered(asked)}</p></li>'
            yield "</ol></details>"
        yield "</li>"

    def to_code(self, x: Line) -> str:
        """Return a link to where the line is written."""
        if x.number not in self.code:
            return ""
        said = f'aria-label="line {x.number} in Python"'
        return f'<a class="to-code" href="#code-{self.code[x.number]}" {said}>code</a>'

    def about(self, x: Line) -> Iterator[str]:
        if x.reason:
            yield f'<p class="reason">{self.reason(reason(x, self.math, words), x.by)}</p>'
        yield from (f'<p class="problem">✗ {self.told(without(p, f"line {x.number}: "))}</p>' for p in x.problems)
        yield from (f"<p>assuming {self.math(a)}</p>" for a in x.assumptions)
        yield self.conditions([p for s in x.substeps for p in s.proofs])
        own = [c for c in x.checks if said_by(c) not in self.shared and c.kind not in ("structure", "conditions")]
        yield from (f'<p class="check">{MARKS[c.status]} {self.told(c.covers)}</p>' for c in own)

    @staticmethod
    def reason(said: str, by: Sequence[str]) -> str:
        return f"{said} <code>{visible(', '.join(by))}</code>"

    def conditions(self, proofs: Sequence[Proof]) -> str:
        """Return each condition once with what proved it."""
        items = []
        for p in dict.fromkeys(proofs):
            because = since(p, self.math, words)
            items.append(f"<li>{MARKS[VERDICTS[p.verdict]]} {self.math(p.condition)}{because}</li>")
        return f'<ol class="conditions">{"".join(items)}</ol>' if items else ""

    # --- steps of the player ---------------------------------------------------------------------------------------

    def step(self, x: Line) -> dict[str, Any]:
        code = self.python[x.number]
        found = {"id": str(x.number), "line": x.number, "proof": x.proof, "latex": latex(x.expr, self.notation)}
        found |= {"code": self.code[x.number]} if x.number in self.code else {}
        found |= {"after": list(map(str, self.also[x.number]))} if x.number in self.also else {}
        source = code.source if isinstance(code, PythonFunction) else f"# {code}\n"
        found["python"] = [self.written.setdefault(row, len(self.written)) for row in source.split("\n")]
        if x.before is None:
            return found
        return found | {"sub": len(x.substeps), **placed(marks(x.before, x.expr, change(x.before, x.expr, x.runs)))}

    def substep_data(self, x: Line, s: Substep, e: Basic, before: Basic) -> dict[str, Any]:
        found = {"id": s.number, "line": x.number, "proof": x.proof, "latex": latex(e, self.notation)}
        return found | {"inner": True, **placed(marks(before, e, change_of_use(before, e, x, s)))}

    # --- the end ---------------------------------------------------------------------------------------------------

    def checked(self) -> Iterator[str]:
        if not self.shared:
            return
        found = {said_by(c): c for x in self.report.lines for c in x.checks}
        yield '<section class="given"><h2>Checked</h2><ul>'
        for key, numbers in self.shared.items():
            c = found[key]
            listed = ", ".join(map(str, numbers))
            yield f"<li>{MARKS[c.status]} lines {listed}: {self.told(c.covers)}</li>"
        yield "</ul></section>"

    def refused(self) -> Iterator[str]:
        if self.report.refusals:
            yield '<section class="given"><h2>Refused</h2><ul>'
            for r in self.report.refusals:
                yield f"<li>{self.math(r.expr)}: {words(r.found or 'not refused by the engine')}</li>"
            yield "</ul></section>"
        if self.report.ledger:
            items = "".join(f"<li>{self.math(a.statement)} ({words(a.where)})</li>" for a in self.report.ledger)
            yield f'<section class="given"><h2>Assumptions of this page</h2><ul>{items}</ul></section>'

    def verdict(self) -> str:
        count = len(self.report.lines)
        if self.report.is_proved:
            rests = f": {found}" if (found := grades(self.report)) else ""
            return f"✓ {count} line{'' if count == 1 else 's'} checked{rests}"
        return "✗ not proved"


def words(text: str) -> str:
    """Return a text as HTML; names that are written as in LaTeX stand as they do in a formula."""
    return visible(in_prose(text, ascii_only=False).replace("<=", "≤"))


def _numbered(asked: str) -> str:
    """Return which of the conditions of its line a step asks for."""
    numbers = [str(int(n) + 1) for n in asked.split()]
    return f" (condition{'s' * (len(numbers) > 1)} {', '.join(numbers)})" if numbers else ""


def placed(m: Marks) -> dict[str, Any]:
    """Return places as text, as they stand in the formulas."""
    return {"was": dotted(m.was), "now": dotted(m.now), "kept": [[dotted(a), dotted(b)] for a, b in m.kept]}


def dotted(path: Sequence[int]) -> str:
    """Return a place as text."""
    return ".".join(map(str, path))
