"""A page for the terminal: every line, its reason, its conditions and what was checked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from sympy.core.basic import Basic

from deltasift.check.report import Line, Report, Substep
from deltasift.conditions import Proof, Verdict
from deltasift.domain import Family, Pmf
from deltasift.inert.notation import Notation
from deltasift.render.board import board
from deltasift.render.counterexample import problems, shown_counterexamples, text_rows
from deltasift.render.given import given_lines

MARKS = {"passed": "✓", "failed": "✗", "unknown": "?", "skipped": "-"}
PLAIN_MARKS = {"passed": "ok", "failed": "WRONG", "unknown": "?", "skipped": "-"}
VERDICTS = {Verdict.PROVED: "passed", Verdict.REFUTED: "failed", Verdict.UNKNOWN: "unknown"}
RELATIONS = {"": " ", "=": "=", "same order": "~", "opposite order": "≁"}
PLAIN_RELATIONS = {"": " ", "=": "=", "same order": "~", "opposite order": "!~"}
MANY = 12  # substeps of one line, above which not all are shown
FIRST = 2  # substeps of very many that are shown at the beginning
SPELLED = str.maketrans({"≤": "<=", "‖": "||", "…": "..."})


def text(report: Report, *, notation: Notation | None = None, width: int = 80, ascii_only: bool = False) -> str:
    """Return a report as text.

    Parameters
    ----------
    report : Report
    notation : Notation, optional
    width : int
        Columns of the terminal.
    ascii_only : bool
        Whether to use ASCII letters alone.

    Returns
    -------
    str
        Lines of at most `width` columns where an expression can be broken, ending in a newline.
    """
    names = frozenset(d.name for d in report.page.domains if isinstance(d, (Pmf, Family)))
    return _Text((notation or Notation()).about(names), max(width, 40), ascii_only).page(report)


class _Text:
    def __init__(self, notation: Notation, width: int, ascii_only: bool) -> None:
        self.notation = notation
        self.width = width
        self.ascii = ascii_only
        self.marks = PLAIN_MARKS if ascii_only else MARKS
        self.relations = PLAIN_RELATIONS if ascii_only else RELATIONS

    def page(self, report: Report) -> str:
        page = report.page
        out: list[str] = []
        if page.title:
            out += [*self.wrapped(page.title, ""), ""]
        for paragraph in filter(None, page.text.split("\n\n")):
            out += [*self.wrapped(" ".join(paragraph.split()), ""), ""]
        if not report.is_proved:
            out += ["Not proved", *self.unproved(report), ""]
        given = given_lines(page.domains, self.show, str)
        if given:
            out += ["Given", *(row for line in given for row in self.wrapped(line, "  ")), ""]
        if page.assumptions:
            out += ["Assumed", *(line for a in page.assumptions for line in self.wrapped(self.show(a), "  ")), ""]
        out += [f"Claim{'s' * (len(page.claims) > 1)}{'' if report.is_proved else ' (not proved)'}"]
        out += [line for c in page.claims for line in self.wrapped(self.show(c), "  ")]
        last = -1
        for line in report.lines:
            if line.proof != last:
                many = len(page.proofs) > 1
                heading = "Proof" if report.is_proved else "Lines"
                out += ["", f"{heading} {line.proof + 1}" if many else heading]
                last = line.proof
            out += list(self.line(line))
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
        return "\n".join(line.rstrip() for line in out) + "\n"

    def verdict(self, report: Report) -> list[str]:
        count = len(report.lines)
        if report.is_proved:
            return [f"{self.marks['passed']} {count} line{'' if count == 1 else 's'} checked"]
        wrong = [str(x.number) for x in report.lines if x.problems]
        where = f": line{'s' * (len(wrong) > 1)} {', '.join(wrong)}" if wrong else ""
        return self.wrapped(f"{self.marks['failed']} not proved{where}", "", "  ")

    def unproved(self, report: Report) -> Iterator[str]:
        """Say why the page is not proved, with the counterexamples."""
        for p in problems(report):
            yield from self.wrapped(f"{self.marks['failed']} {p.words}", "  ", "    ")
            if p.counterexample is not None:
                yield from (f"      {row}" for row in text_rows(p.counterexample, p.line))

    def line(self, x: Line) -> Iterator[str]:
        head = f"{x.number:4}  {self.relations[x.relation]} "
        yield from self.wrapped(self.show(x.expr), head, " " * (len(head) + 2))
        indent = " " * 10
        if x.reason:
            yield from self.wrapped(f"{self.plain(x.reason)} [{', '.join(x.by)}]", indent)
        yield from self.substeps(x)
        for a in x.assumptions:
            yield from self.wrapped(f"assuming {self.show(a)}", indent)
        told = [f"line {x.number}: {c}" for c in shown_counterexamples(x)]
        for p in x.problems:
            if not any(p.startswith(t) for t in told):  # the way of checking that found it says so
                words = p.removeprefix(f"line {x.number}: ")
                yield from self.wrapped(f"{self.marks['failed']} {words}", indent, indent + "  ")
        yield from self.checks(x)

    def checks(self, x: Line) -> Iterator[str]:
        indent = " " * 10
        for c in x.checks:
            if c.kind in ("structure", "conditions"):
                continue  # the rule and the conditions stand there themselves
            kind = f"{c.kind}: " if c.status != "passed" else ""
            yield from self.wrapped(f"{self.marks[c.status]} {kind}{self.plain(c.covers)}", indent, indent + "  ")

    def substeps(self, x: Line) -> Iterator[str]:
        """Show the substeps of a line; of very many the first, the last and those that are not proved."""
        left_out: list[Substep] = []
        for n, (s, after) in enumerate(zip(x.substeps, x.between(), strict=True)):
            is_proved = all(p.verdict is Verdict.PROVED and not p.assumed for p in s.proofs)
            if len(x.substeps) > MANY and FIRST <= n < len(x.substeps) - 1 and is_proved:
                left_out.append(s)
                continue
            yield from self.not_shown(left_out)
            left_out = []
            yield from self.substep(s, after if len(x.substeps) > 1 and s.rule != "distribution" else None)

    def not_shown(self, substeps: Sequence[Substep]) -> Iterator[str]:
        """Say which substeps are not shown."""
        if not substeps:
            return
        first, last = substeps[0].number, substeps[-1].number
        which = f"{first} to {last} are" if first != last else f"{first} is"
        rules = ", ".join(dict.fromkeys(s.rule for s in substeps))
        count = sum(len(s.proofs) for s in substeps)
        proved = f", {count} condition{'s' * (count != 1)} proved" if count else ""
        yield from self.wrapped(self.plain(f"… {which} not shown [{rules}]{proved}"), " " * 10)

    def substep(self, s: Substep, after: Basic | None) -> Iterator[str]:
        """Show a substep, with the whole line after it where the step has several."""
        indent = " " * 10
        if after is not None:
            yield from self.wrapped(self.show(after), f"{indent}{s.number} ", indent + "    ")
            yield from self.wrapped(f"[{s.rule}]", indent + "    ")
        for p in s.proofs:
            yield from self.proof(p, indent + ("    " if after is not None else ""))

    def proof(self, p: Proof, indent: str) -> Iterator[str]:
        because = f" since {self.plain('; '.join(p.because))}" if p.because else ""
        because += "; under the assumptions" if p.assumed else ""
        mark = self.marks[VERDICTS[p.verdict]]
        yield from self.wrapped(f"{mark} {self.show(p.condition)}{because}", indent, indent + "  ")

    def show(self, e: Basic) -> str:
        return board(e, self.notation, ascii_only=self.ascii)

    def plain(self, words: str) -> str:
        return words.translate(SPELLED) if self.ascii else words.replace("<=", "≤")

    def wrapped(self, words: str, first: str, later: str | None = None) -> list[str]:
        later = " " * len(first) if later is None else later
        lines = textwrap.wrap(
            words,
            self.width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return lines or [first.rstrip()]
