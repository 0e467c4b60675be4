"""A page for the terminal: every line, its reason, its conditions and what was checked."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sympy import S
from sympy.core.basic import Basic

from deltasift.check.report import CheckResult, Line, Report, Substep
from deltasift.conditions import Proof, Verdict
from deltasift.domain import DefinedFunction, Family
from deltasift.domain.base import Show
from deltasift.inert import Less, LessEqual
from deltasift.inert.notation import Notation
from deltasift.render.bibliography import printed
from deltasift.render.board import board, in_prose
from deltasift.render.changed import changed
from deltasift.render.counterexample import problems, shown_counterexamples, text_rows
from deltasift.render.defined import quantities, sign_lines
from deltasift.render.formulas import FIXED, FURTHER_LEFT, NARROW, Formulas, Rows, columns
from deltasift.render.given import given_lines
from deltasift.render.grades import grades
from deltasift.render.latex import notation_of
from deltasift.render.reasons import reason as reason_of
from deltasift.render.reasons import since
from deltasift.render.setting import definition
from deltasift.render.wording import OF_NO_RULE
from deltasift.said import set_words, without

MARKS = {"passed": "✓", "failed": "✗", "unknown": "?", "skipped": "-"}
PLAIN_MARKS = {"passed": "ok", "failed": "WRONG", "unknown": "?", "skipped": "-"}
VERDICTS = {Verdict.PROVED: "passed", Verdict.REFUTED: "failed", Verdict.UNKNOWN: "unknown"}
RELATIONS = {"": " ", "=": "=", "<=": "≤", "<": "<", ">=": "≥", ">": ">", "same order": "~", "opposite order": "⇄"}
PLAIN_RELATIONS = {**RELATIONS, "<=": "<=", ">=": ">=", "opposite order": "~op"}
MANY = 12  # substeps of one line, above which not all are shown
WIDE = 100  # columns from which on reasons stand at the right
GAP = 2  # columns between a formula and its reason
SHOWN_ITSELF = ("structure", "conditions")  # the rule and the conditions stand there themselves
FIRST = 2  # substeps of very many that are shown at the beginning
SHORT = re.compile(r"(?<!\S)(\S{1,8}) (≤|<=|<|=|≥|>=)\s(?=\S{1,8}(?!\S))")  # a relation of atoms, which no row cuts
LOG = re.compile(r"(?<=\blog) (?=\S)")
SPELLED = str.maketrans({"≤": "<=", "‖": "||", "…": "..."})


def text(
    report: Report,
    *,
    notation: Notation | None = None,
    width: int = 80,
    ascii_only: bool = False,
    terminal: bool = False,
    color: bool = False,
) -> str:
    """Return a report as text.

    Parameters
    ----------
    report : Report
    notation : Notation, optional
    width : int
        Columns of the terminal.
    ascii_only : bool
        Whether to use ASCII letters alone.
    terminal : bool
        Whether lines stand in two dimensions where they fit, and what changed in a line is marked.
    color : bool
        Whether to mark it by colour, and to colour what is said of a line.

    Returns
    -------
    str
        Lines of at most `width` columns where an expression can be broken, ending in a newline.
    """
    formulas = Formulas(notation_of(report, notation), ascii_only, terminal, color)
    return _Text(formulas, max(width, 40)).page(report)


def brackets_of(notation: Notation, ascii_only: bool) -> Show:
    """Return what prints an expression with brackets in the place of deltas."""
    chosen = replace(notation, delta="iverson")
    return lambda e: board(e, chosen, ascii_only=ascii_only)


class _Text:
    def __init__(self, formulas: Formulas, width: int) -> None:
        self.formulas = formulas
        ascii_only = formulas.ascii
        self.width = width
        self.indent = " " * (10 if width >= NARROW else FURTHER_LEFT)
        self.ascii = ascii_only
        self.marks = PLAIN_MARKS if ascii_only else MARKS
        self.relations = PLAIN_RELATIONS if ascii_only else RELATIONS

    def page(self, report: Report) -> str:
        page = report.page
        self.shared = said_of_several(report)
        out: list[str] = []
        if page.title:
            out += [*self.wrapped(page.title, ""), ""]
        for paragraph in filter(None, page.text.split("\n\n")):
            out += [*self.wrapped(" ".join(paragraph.split()), ""), ""]
        if page.references:
            out += [*(row for ref in page.references for row in self.wrapped(f"See {printed(ref)}.", "", "    ")), ""]
        if not report.is_proved:
            out += ["Not proved", *self.unproved(report), ""]
        out += self.known(report)
        if page.assumptions:
            out += ["Assumed", *(line for a in page.assumptions for line in self.wrapped(self.show(a), "  ")), ""]
        if page.claims:
            out += [f"Claim{'s' * (len(page.claims) > 1)}{'' if report.is_proved else ' (not proved)'}"]
        out += [line for c in page.claims for line in self.formulas.rows(c, "  ", self.width).rows]
        last = -1
        before: Line | None = None
        for line in report.lines:
            if line.proof != last:
                before = None
                many = len(page.proofs) > 1
                heading = "Proof" if report.is_proved else "Lines"
                out += ["", f"{heading} {line.proof + 1}" if many else heading]
                last = line.proof
            out += list(self.line(line, before))
            before = line
        out += self.checked(report)
        if report.refusals:
            out += ["", "Refused"]
            for r in report.refusals:
                out += self.wrapped(self.show(r.expr), "  ")
                out += self.wrapped(r.found or "not refused by the engine", "      ")
        if report.assumptions:
            out += ["", "Assumptions of this page"]
            out += [
                r for a in report.ledger for r in self.wrapped(f"{self.show(a.statement)} ({a.where})", "  ", "    ")
            ]
        out += ["", *self.verdict(report)]
        return "\n".join(self.formulas.accented(line.rstrip()) for line in out).lstrip("\n") + "\n"

    def known(self, report: Report) -> list[str]:
        """Return what is given, and what names and signs stand for: definitions are set like lines."""
        domains = report.page.domains
        own = [d for kind in (Family, DefinedFunction) for d in domains if isinstance(d, kind)]
        said = given_lines(tuple(d for d in domains if not isinstance(d, (Family, DefinedFunction))), self.show, str)
        given = [*self.sentences(said), *self.definitions(map(definition, own))]
        brackets = brackets_of(self.formulas.notation, self.ascii)
        signs = sign_lines(report, self.formulas.notation, self.show, brackets, str, self.relations)
        where = [*self.definitions(quantities(report)), *self.sentences(signs)]
        return [row for name, rows in (("Given", given), ("Where", where)) if rows for row in (name, *rows, "")]

    def sentences(self, said: Iterable[str]) -> list[str]:
        return [row for line in said for row in self.wrapped(line, "  ", "    ")]

    def definitions(self, stated: Iterable[Basic]) -> list[str]:
        return [row for e in stated for row in self.formulas.in_rows(e, "  ", self.width).rows]

    def verdict(self, report: Report) -> list[str]:
        count = len(report.lines)
        if report.is_proved:
            solved = report.by_solver
            word = f", {solved} condition{'' if solved == 1 else 's'} by the solver alone" if solved else ""
            if report.declined:
                word += f", {report.declined} use{'' if report.declined == 1 else 's'} not judged"
            rests = f": {found}" if (found := grades(report)) else ""
            words = f"{count} line{'' if count == 1 else 's'} checked{rests}{word}"
            return self.wrapped(f"{self.marks['passed']} {words}", "", "  ")
        wrong = [str(x.number) for x in report.lines if x.problems]
        where = f": line{'s' * (len(wrong) > 1)} {', '.join(wrong)}" if wrong else ""
        word, mark = ("not decided", "unknown") if report.is_undecided else ("not proved", "failed")
        return self.wrapped(f"{self.marks[mark]} {word}{where}", "", "  ")

    def unproved(self, report: Report) -> Iterator[str]:
        """Say why the page is not proved, with the counterexamples."""
        for p in problems(report):
            yield from self.wrapped(f"{self.marks['failed']} {self.said(p.words)}", "  ", "    ")
            if p.counterexample is not None:
                yield from (f"      {row}" for row in text_rows(p.counterexample, p.line))

    def line(self, x: Line, before: Line | None) -> Iterator[str]:
        head = f"{x.number:4}  {self.relations[x.relation]} "
        seen = changed(before.expr, x.expr) if before is not None and self.formulas.terminal else ()
        shown = self.formulas.rows(x.expr, head, self.width, seen)
        indent = self.indent
        why = reason_of(x, self.show, self.plain) if x.reason else ""
        reason = f"{why} [{', '.join(x.by)}]" if x.reason else ""
        if reason and self.width >= WIDE and (beside := self.beside(shown, reason)):
            yield from beside
        else:
            yield from shown.rows
            if reason:
                yield from self.wrapped(reason, indent)
        yield from self.substeps(x)
        for a in x.assumptions:
            yield from self.wrapped(f"assuming {self.show(a)}", indent)
        told = [f"line {x.number}: {c}" for c in shown_counterexamples(x)]
        for p in x.problems:
            if not any(p.startswith(t) for t in told):  # the way of checking that found it says so
                words = self.said(without(p, f"line {x.number}: "))
                mark = self.marks["unknown" if p.kind == "search" else "failed"]
                yield from self.wrapped(f"{mark} {words}", indent, indent + "  ")
        yield from self.checks(x)
        if x.grade is not None and not x.grade.is_seconded and not x.problems:
            yield from self.wrapped(f"{self.marks['unknown']} {x.grade.value}", indent, indent + "  ")

    def beside(self, shown: Rows, reason: str) -> list[str]:
        """Return a formula with the reason at its right, beginning in its line; empty where there is no room."""
        column = self.width * 3 // 5
        if max(map(columns, shown.rows)) + GAP > column:
            return []
        words = self.wrapped(reason, "", width=self.width - column)
        if max(map(columns, words)) > self.width - column:
            return []
        rows = [*shown.rows, *[""] * (shown.line + len(words) - len(shown.rows))]
        for n, part in enumerate(words, shown.line):
            rows[n] += " " * (column - columns(rows[n])) + part
        return rows

    def checks(self, x: Line) -> Iterator[str]:
        indent = self.indent
        for c in x.checks:
            if said_by(c) not in self.shared and c.kind not in SHOWN_ITSELF:
                yield from self.check(c, indent)

    def check(self, c: CheckResult, indent: str, where: str = "") -> list[str]:
        kind = f"{c.kind}: " if c.status != "passed" else ""
        return self.wrapped(f"{self.marks[c.status]} {where}{kind}{self.said(c.covers)}", indent, indent + "  ")

    def checked(self, report: Report) -> list[str]:
        """Say what was checked of several lines, which is not said under each of them."""
        found = {said_by(c): c for x in report.lines for c in x.checks}
        every = [x.number for x in report.lines if x.checks]
        said = [
            row
            for key, numbers in self.shared.items()
            for row in self.check(found[key], "  ", "every line: " if numbers == every else f"{_lines(numbers)}: ")
        ]
        return ["", "Checked", *said] if said else []

    def substeps(self, x: Line) -> Iterator[str]:
        """Show the substeps of a line; of very many the first, the last and those that are not proved."""
        left_out: list[Substep] = []
        for n, (s, after) in enumerate(zip(x.substeps, x.between(), strict=True)):
            is_proved = all(p.verdict is Verdict.PROVED and not p.assumed and not p.by_solver for p in s.proofs)
            if len(x.substeps) > MANY and FIRST <= n < len(x.substeps) - 1 and is_proved:
                left_out.append(s)
                continue
            yield from self.not_shown(left_out)
            left_out = []
            yield from self.substep(s, after if len(x.substeps) > 1 and s.rule not in OF_NO_RULE else None)

    def not_shown(self, substeps: Sequence[Substep]) -> Iterator[str]:
        """Say which substeps are not shown."""
        if not substeps:
            return
        first, last = substeps[0].number, substeps[-1].number
        which = f"{first} to {last} are" if first != last else f"{first} is"
        rules = ", ".join(dict.fromkeys(s.named for s in substeps))
        count = sum(len(s.proofs) for s in substeps)
        proved = f", {count} condition{'s' * (count != 1)} proved" if count else ""
        yield from self.wrapped(self.plain(f"… {which} not shown [{rules}]{proved}"), self.indent)

    def substep(self, s: Substep, after: Basic | None) -> Iterator[str]:
        """Show a substep, with the whole line after it where the step has several."""
        indent = self.indent
        if after is not None:
            yield from self.formulas.in_rows(after, f"{indent}{s.number} ", self.width).rows
            yield from self.wrapped(f"[{s.named}]", indent + "    ")
        for p in s.proofs:
            if not _is_without_end(p):
                yield from self.proof(p, indent + ("    " if after is not None else ""))

    def proof(self, p: Proof, indent: str) -> Iterator[str]:
        why = since(p, self.show, self.plain)
        why += "; by the solver alone" if p.by_solver else ""
        mark = self.marks[VERDICTS[p.verdict]]
        yield from self.wrapped(f"{mark} {self.show(p.condition)}{why}", indent, indent + "  ")

    def show(self, e: Basic) -> str:
        return self.formulas.inline(e, self.width - 16)

    def said(self, words: str) -> str:
        return set_words(words, self.show, self.plain)

    def plain(self, words: str) -> str:
        return words.translate(SPELLED) if self.formulas.ascii else words.replace("<=", "≤")

    def wrapped(self, words: str, first: str, later: str | None = None, width: int = 0) -> list[str]:
        later = " " * len(first) if later is None else later
        lines = textwrap.wrap(
            LOG.sub(FIXED, SHORT.sub(rf"\1{FIXED}\2{FIXED}", in_prose(words, self.formulas.ascii))),
            width or self.width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
        rows = [row.replace(FIXED, " ") for row in lines] or [first.rstrip()]
        return [part for row in rows for part in _cut(row, width or self.width, later)]


def _cut(row: str, width: int, later: str) -> Iterator[str]:
    """Yield a row in parts where a name in it is too long: it ends after a part of the name."""
    while (
        len(row) > width
        and (at := max(row.rfind("_", len(later) + 1, width), row.rfind(".", len(later) + 1, width))) > 0
    ):
        yield row[:at]
        row = later + row[at:]
    yield row


def _is_without_end(p: Proof) -> bool:
    """Whether what is proved is that something is less than infinity, which nobody doubts."""
    ends = p.condition.args if isinstance(p.condition, (Less, LessEqual)) else ()
    return p.verdict is Verdict.PROVED and any(e in (S.Infinity, S.NegativeInfinity) for e in ends)


def said_by(c: CheckResult) -> tuple[str, str, str]:
    """Return what a check says of a line."""
    return c.kind, c.status, c.covers


def said_of_several(report: Report) -> dict[tuple[str, str, str], list[int]]:
    """Return what the checks say of several lines, with the numbers of these."""
    said: dict[tuple[str, str, str], list[int]] = {}
    for x in report.lines:
        for c in x.checks:
            if c.kind not in SHOWN_ITSELF and c.status != "failed":
                said.setdefault(said_by(c), []).append(x.number)
    return {key: numbers for key, numbers in said.items() if len(numbers) > 1}


def _lines(numbers: list[int]) -> str:
    """Return the numbers of lines, `2 to 5, 7`."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    shown = (f"{r[0]} to {r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)
    return f"lines {', '.join(shown)}"
