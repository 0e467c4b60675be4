"""The theorems of a page: each claim with what it assumes, its proof, and what its steps need.

A row is a line with its reason; the left side of a chain stands in the first row, before the relation. A condition is
said once: short ones beside the step that first needs them, longer ones before the rows. What the setting says of the
page's own names is not said again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sympy import S
from sympy.core.basic import Basic

from deltasift.check.report import Assumed, Line, Report, Substep
from deltasift.conditions import Proof, Verdict
from deltasift.domain import Index, Labels
from deltasift.inert import And, Entry, Equality, ForAll, Less, LessEqual, Or, Unequal, free, postorder
from deltasift.inert.printing import latex
from deltasift.line.same import Canon
from deltasift.render.breadth import breadth
from deltasift.render.reasons import DEFINITION
from deltasift.render.setting import given_facts

DISTRIBUTION = "distribution"  # the rule of what a quantity asks of its operands
PAGE = "page "  # what the reference of a result of the catalogue begins with
BY_FORM = ("its form",)  # what proves that a square is not negative
SHORT = 24.0  # letters of conditions that stand beside their step


@dataclass(frozen=True)
class Row:
    """A line after the first of its proof.

    Attributes
    ----------
    line : Line
    needs : tuple of Basic
        Conditions that stand beside the reason.
    """

    line: Line
    needs: tuple[Basic, ...] = ()


@dataclass(frozen=True)
class Theorem:
    """A claim and its proof.

    Attributes
    ----------
    number : int
        From 1.
    claim : Basic or None
        None where the page has a proof alone.
    assumed : tuple of Assumed
        What is assumed for this proof.
    start : Line
        The left side.
    rows : tuple of Row
    before : tuple of (Line, tuple of Basic)
        Conditions that stand before the rows, with the lines that need them.
    problems : tuple of str
    """

    number: int
    claim: Basic | None
    assumed: tuple[Assumed, ...]
    start: Line
    rows: tuple[Row, ...]
    before: tuple[tuple[Line, tuple[Basic, ...]], ...] = field(default=())

    @property
    def lines(self) -> list[Line]:
        """All of its lines."""
        return [self.start, *(r.line for r in self.rows)]

    @property
    def varying(self) -> Basic | None:
        """The name that varies in an order, None where the proof is a chain of equalities."""
        return next((r.line.varying for r in self.rows if r.line.varying is not None), None)


class _Known:
    """What a page has said; a statement in other bound names is the same one."""

    def __init__(self, statements: Iterable[Basic]) -> None:
        self.canon = Canon()
        self.keys = set(map(self.canon.key, statements))

    def add(self, statements: Iterable[Basic]) -> None:
        """Take in statements, and what they say of each value."""
        self.keys.update(self.canon.key(s) for c in statements for s in (c, _within(c)))

    def has_any(self, statements: Iterable[Basic]) -> bool:
        """Tell whether one of some statements has been made."""
        return any(self.canon.key(s) in self.keys for s in statements)


def theorems(report: Report) -> list[Theorem]:
    """Return the theorems of a page, in its order."""
    of_labels = {f.statement for d in report.page.domains if isinstance(d, Labels) for f in d.facts()}
    said = _Known(set(given_facts(report.page.domains)) - of_labels)
    claims: Sequence[Basic | None] = report.page.claims or [None] * len(report.page.proofs)
    made = []
    for i, lines in enumerate(_proofs(report)):
        claim = _for_all(claims[i], report) if i < len(claims) else None
        made.append(_theorem(i + 1, claim, lines, report, said))
    return made


def _proofs(report: Report) -> Iterator[list[Line]]:
    """Yield the lines of each proof; that something is a distribution is needed in the first that speaks of it."""
    waiting = [s for x in report.lines[:1] for s in x.substeps if s.rule == DISTRIBUTION]
    for i, _ in enumerate(report.page.proofs):
        lines = [x for x in report.lines if x.proof == i]
        names = {n for x in lines for n in free(x.expr)}
        mine = [s for s in waiting if any(_tables(p.condition) <= names for p in s.proofs)]
        waiting = [s for s in waiting if s not in mine]
        others = [s for s in lines[0].substeps if s.rule != DISTRIBUTION]
        yield [replace(lines[0], substeps=(*mine, *others)), *lines[1:]]


def _tables(c: Basic) -> set[Basic]:
    return {e.args[0] for e in postorder(c) if isinstance(e, Entry)}


def left_over(report: Report) -> tuple[Basic, ...]:
    """Return the claims of a page that have no proof."""
    return report.page.claims[len(report.page.proofs) :]


def _theorem(number: int, claim: Basic | None, lines: list[Line], report: Report, said: _Known) -> Theorem:
    assumed = [a for a in report.ledger if a.where == "the page" or any(_is_at(a, x) for x in lines)]
    rows: list[Row] = []
    before: list[tuple[Line, tuple[Basic, ...]]] = []
    of_labels = {f.statement for d in report.page.domains if isinstance(d, Labels) for f in d.facts()}
    said.add(a.statement for a in assumed)
    for x in lines:
        needs = _needs(x, said, of_labels)
        said.add(part for c in needs for part in (c.args if isinstance(c, And) else (c,)))
        beside = x.relation != "" and sum(breadth(latex(c)) for c in needs) <= SHORT
        if needs and not beside:
            before.append((x, needs))
        if x.relation:
            rows.append(Row(x, needs if beside else ()))
    return Theorem(number, claim, tuple(assumed), lines[0], tuple(rows), tuple(before))


def _is_at(a: Assumed, x: Line) -> bool:
    """Whether an assumption is made at a line."""
    where = a.where.partition(",")[0]
    return where == f"line {x.number}"


def _for_all(claim: Basic | None, report: Report) -> Basic | None:
    """Return a claim for every value of the indices that are free in it."""
    for d in report.page.domains if claim is not None else ():
        if isinstance(d, Index) and d.symbol in free(claim):
            claim = ForAll(claim, d)
    return claim


def _needs(x: Line, said: _Known, of_labels: set[Basic]) -> tuple[Basic, ...]:
    """Return the conditions of a line that nothing on the page has said before, proved ones alone."""
    found: dict[Basic, None] = {}
    for s in x.substeps:
        for p in s.proofs:
            c = _possible(p.condition, said)
            if p.verdict is Verdict.PROVED and p.because != BY_FORM and not _is_said(c, s, said, of_labels):
                found[c] = None
    return tuple(_joined([c for c in found if not _stronger(_within(c)) & set(map(_within, found))]))


def _within(c: Basic) -> Basic:
    """Return what a statement says of every value."""
    while isinstance(c, ForAll):
        c = c.args[0]
    return c


def _possible(c: Basic, said: _Known) -> Basic:
    """Return a statement without its cases that cannot be, by what has been said: `p[k] = 0` where 0 < p[k]."""
    inner = _within(c)
    cases = inner.args if isinstance(inner, Or) else (inner,)
    left = [a for a in cases if not (isinstance(a, Equality) and said.has_any(_stronger(Unequal(*a.args))))]
    if len(left) == len(cases) or not left:
        return c
    return _in_place(c, Or(*left) if len(left) > 1 else left[0])


def _in_place(c: Basic, inner: Basic) -> Basic:
    """Return a statement that says something else of every value."""
    return ForAll.make((_in_place(c.args[0], inner), *c.args[1:])) if isinstance(c, ForAll) else inner


def _is_said(c: Basic, s: Substep, said: _Known, of_labels: set[Basic]) -> bool:
    if _is_without_end(c) or (isinstance(c, (Less, LessEqual, Unequal)) and not free(c)):  # of numbers alone it is seen
        return True
    inner = _within(c)
    if s.ref.startswith(PAGE) and inner in of_labels:  # what makes a sum of deltas collapse is worth saying once
        return True
    if isinstance(inner, Or) and any(_is_said(a, s, said, of_labels) for a in inner.args):
        return True
    return said.has_any({c, inner, *_stronger(inner)})


def _stronger(c: Basic) -> set[Basic]:
    """Return statements from which an order or an inequality follows at once."""
    if isinstance(c, Less) and c.args[0] == 0:
        return {LessEqual(1, c.args[1])}
    if isinstance(c, LessEqual):
        zero = {LessEqual(1, c.args[1])} if c.args[0] == 0 else set()
        return {Less(*c.args), Equality(*c.args), *zero}
    if isinstance(c, Unequal) and c.args[1] == 0:
        return {Less(0, c.args[0]), Less(c.args[0], 0), LessEqual(1, c.args[0])}
    return set()


def _is_without_end(c: Basic) -> bool:
    """Whether a condition says that something is less than infinity, which nobody doubts."""
    ends = c.args if isinstance(c, (Less, LessEqual)) else ()
    return any(e in (S.Infinity, S.NegativeInfinity) for e in ends)


def _joined(conditions: list[Basic]) -> Iterator[Basic]:
    """Yield conditions, an order that goes on from the one before joined to it: `1 <= y[n] <= K`."""
    waiting: list[Basic] = []
    for c in conditions:
        if waiting and _goes_on(waiting[-1], c):
            waiting.append(c)
            continue
        if waiting:
            yield And(*waiting) if len(waiting) > 1 else waiting[0]
        waiting = [c]
    if waiting:
        yield And(*waiting) if len(waiting) > 1 else waiting[0]


def _goes_on(c: Basic, after: Basic) -> bool:
    return all(isinstance(x, (Less, LessEqual)) for x in (c, after)) and c.args[1] == after.args[0]


def open_conditions(x: Line) -> list[Proof]:
    """Return the conditions of a line that are not proved."""
    return [p for s in x.substeps for p in s.proofs if p.verdict is not Verdict.PROVED]


def references_of(x: Line) -> list[str]:
    """Return what the reason of a line refers to, each once; the quantities have their references in the setting."""
    return list(dict.fromkeys(s.ref for s in x.substeps if s.reason != DEFINITION and s.ref))
