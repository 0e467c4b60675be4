"""A report made into the structure of plain data."""

from __future__ import annotations

from collections.abc import Iterator

from sympy.core.basic import Basic

from deltasift.check.report import CheckResult, Line, Report
from deltasift.conditions import Proof
from deltasift.inert.mathml import MathmlLayout
from deltasift.inert.notation import Notation
from deltasift.inert.printing import TextbookLatex
from deltasift.line.views import at
from deltasift.render import structure as data
from deltasift.render.board import board
from deltasift.render.given import given_lines
from deltasift.render.latex import notation_of
from deltasift.render.parts import Change, change, change_of_use, run_of
from deltasift.render.spoken import spoken
from deltasift.rule import Rule, Theorem
from deltasift.use import Run


def structured(report: Report, notation: Notation | None = None) -> data.Structure:
    """Return a report as plain data.

    Parameters
    ----------
    report : Report
    notation : Notation, optional
    """
    return _Writer(report, notation_of(report, notation)).structure()


class _Writer:
    def __init__(self, report: Report, notation: Notation) -> None:
        self.report = report
        self.notation = notation
        self.layouts = MathmlLayout(notation), TextbookLatex(notation=notation).layout
        self.known: dict[Basic, data.Formula] = {}

    def structure(self) -> data.Structure:
        report, page = self.report, self.report.page
        return data.Structure(
            version=data.VERSION,
            page=page.name,
            title=page.title,
            text=page.text,
            ok=report.ok,
            proved=report.is_proved,
            problems=tuple(map(str, report.problems)),
            grades={grade.name.lower(): count for grade, count in report.grades.items()},
            domains=tuple(self.given()),
            claims=tuple(map(self.formula, page.claims)),
            assumptions=tuple(map(self.formula, report.assumptions)),
            ledger=tuple(data.Assumption(self.formula(a.statement), a.where) for a in report.ledger),
            model=dict(report.model),
            lines=tuple(map(self.line, report.lines)),
            refusals=tuple(data.Refused(self.formula(r.expr), r.stated, r.found) for r in report.refusals),
        )

    def formula(self, e: Basic) -> data.Formula:
        """Return an expression in every form; the same one for what is written alike."""
        if e not in self.known:
            mathml, latex = self.layouts
            words = spoken(e, self.notation)
            shown = board(e, self.notation)
            self.known[e] = data.Formula(str(e), shown, latex.text(e), mathml.math(e, words=words), words)
        return self.known[e]

    def given(self) -> Iterator[data.Given]:
        for d in self.report.page.domains:
            sentence = "; ".join(given_lines((d,), lambda e: board(e, self.notation), str))
            yield data.Given(d.name, type(d).__name__.lower(), self.formula(d.symbol), sentence)

    def line(self, x: Line) -> data.Row:
        return data.Row(
            number=x.number,
            proof=x.proof + 1,
            expr=self.formula(x.expr),
            relation=x.relation,
            by=x.by,
            reason=x.reason,
            grade=None if x.grade is None else x.grade.name.lower(),
            substeps=tuple(self.uses(x)),
            change=None if x.before is None else changed(x.before, x.expr, change(x.before, x.expr, x.runs)),
            assumptions=tuple(map(self.formula, x.assumptions)),
            checks=tuple(map(_checked, x.checks)),
            problems=tuple(map(str, x.problems)),
        )

    def uses(self, x: Line) -> Iterator[data.Use]:
        before = x.expr if x.before is None else x.before
        for s, after in zip(x.substeps, x.between(), strict=True):
            yield data.Use(
                number=s.number,
                rule=s.rule,
                reversed=s.is_reversed,
                statements=tuple(self.statements(run_of(x, s))),
                reason=s.reason,
                ref=s.ref,
                path=s.path,
                before=str(s.before),
                after=str(s.after),
                binding={name: str(value) for name, value in s.binding},
                expr=self.formula(after),
                conditions=tuple(map(self.condition, s.proofs)),
                change=changed(before, after, change_of_use(before, after, x, s)),
            )
            before = after

    def statements(self, run: Run | None) -> Iterator[data.StatedRule]:
        use = None if run is None else run.uses[0]
        rule = None if use is None else use.rule
        if isinstance(rule, Theorem):
            yield data.StatedRule(self.formula(rule.relation), ())
        for i, s in enumerate(rule.statements if isinstance(rule, Rule) else ()):
            if use is not None and use.statement in (None, i):
                yield data.StatedRule(self.formula(s.relation), tuple(self.formula(c) for c, _ in s.conditions))

    def condition(self, p: Proof) -> data.Condition:
        because = tuple(map(str, p.because))
        return data.Condition(self.formula(p.condition), p.verdict.value, because, p.assumed, p.by_solver)


def changed(before: Basic, after: Basic, c: Change) -> data.Changed:
    """Return a change as plain data."""
    parts = (data.Part(a, b, at(before, a) == at(after, b)) for a, b in c.parts)
    return data.Changed(c.was, c.now, tuple(parts))


def _checked(c: CheckResult) -> data.Checked:
    return data.Checked(
        c.kind,
        c.status,
        str(c.covers),
        None if c.counterexample is None else c.counterexample.to_dict(),
        None if c.all_sizes is None else c.all_sizes.to_dict(),
    )
