"""Finding the lines of an inequality: one or two uses of rules that state one, and equal lines around them.

A side is brought into a few forms; in each, every rule that states an inequality is used at every place. What that
makes has to have the value of the other side at random points before anybody looks for the lines between the two; or to
lie between the sides there before a second inequality is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sympy.core.basic import Basic

from deltasift.calc import Derivation, Reason, Step
from deltasift.check.balls import Balls
from deltasift.check.compare import Outcome, left_open, outcome, refutes
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.sampling import Sampler, generator
from deltasift.check.structure import StepChecker
from deltasift.conditions.certified import CertifiedProver
from deltasift.conditions.prove import Prover
from deltasift.derive.prove import Forms, Impasse, Means, found, missing
from deltasift.derive.question import Question
from deltasift.derive.trace import Steps
from deltasift.derive.trails import Trail, back
from deltasift.enclosing import precision
from deltasift.inert import Expectation, Less, Named, free
from deltasift.line.same import Canon
from deltasift.line.views import Path, put
from deltasift.match.application import Application
from deltasift.match.given import OF_GIVEN
from deltasift.match.search import Search
from deltasift.rules import INEQUALITIES, arithmetic, le_of_given, lt_of_given

POINTS = 6
LARGEST = 4  # size at a point
MOST = 300  # uses of rules looked at on one side
MOST_BETWEEN = 3  # lines between two inequalities


@dataclass(frozen=True)
class Candidate:
    """A line that an inequality leads to from a form of a side."""

    form: Trail
    rule: Reason
    line: Basic


def found_bound(question: Question, means: Means, relation: str) -> Derivation | Impasse:
    """Return a derivation of `lhs <= rhs`, or of `lhs < rhs`, or where the search ended.

    Parameters
    ----------
    question : Question
    means : Means
    relation : {"<=", "<"}
    """
    return _Finder(question, means, relation).result()


class _Finder:
    def __init__(
        self, question: Question, means: Means, relation: str, *, is_second: bool = False, is_below: bool = False
    ) -> None:
        self.question = question
        self.means = means
        self.relation = relation
        self.scope = question.scope
        self.canon = Canon()
        self.prover = Prover()
        self.points = Points(question)
        self.ended_early = False
        self.is_second = is_second  # whether another inequality was used
        self.is_below = is_below  # whether it was used below the right side, so that what is given was asked already

    def result(self) -> Derivation | Impasse:
        ends = self.question.lhs, self.question.rhs
        need = missing(self.question, self.prover)
        if need is not None:
            return Impasse(*ends, f"needs {need}")
        if self.points.refuted(*ends, self.relation):
            return Impasse(*ends, "is false at a point")
        for steps in self._ways():
            if self._accepted(steps):
                given = frozenset(self.question.domains)
                return Derivation(self.question.lhs, steps, given, self.question.statements)
        return Impasse(*ends, "", self.ended_early)

    def _accepted(self, steps: Sequence[Step]) -> bool:
        """Tell whether the checker finds nothing wrong with the steps, and each line has a value."""
        names = frozenset[Basic](free(self.question.lhs)).union(*(free(step.expr) for step in steps))
        checker = StepChecker(self.scope, CertifiedProver(), self.canon, names)
        before = self.question.lhs
        for number, step in enumerate(steps, 2):
            if checker.check(str(number), before, step).problems:
                return False
            before = step.expr
        lines = (replace(self.question, lhs=step.expr) for step in steps)
        is_strict = self.relation == "<=" or any(s.relation == "<" for s in steps)
        return is_strict and all(missing(q, self.prover) is None for q in lines)

    def _ways(self) -> Iterator[tuple[Step, ...]]:
        lhs, rhs = self.question.lhs, self.question.rhs
        given = lt_of_given if self.relation == "<" else le_of_given
        if self.means.allows(given) and not self.is_below:
            yield (Step(rhs, (given,), self.relation),)
        if self.relation == "<=" and self.points.are_equal(lhs, rhs):
            yield from self._equal(lhs, rhs)
        forms = Forms(self.question, self.means)
        yield from self._among(*forms.plain)
        if not self.is_second:
            yield from self._among(*forms.worked_out())
            yield from self._by_two(*forms.plain)

    def _among(self, lefts: Sequence[Trail], rights: Sequence[Trail]) -> Iterator[tuple[Step, ...]]:
        """Yield the steps by one inequality that is used in forms of a side."""
        lhs, rhs = self.question.lhs, self.question.rhs
        for c in self._candidates(lefts, rhs, rises=True):
            yield from self._rising(c)
        for c in self._candidates(rights, lhs, rises=False):
            yield from self._falling(c)

    def _by_two(self, lefts: Sequence[Trail], rights: Sequence[Trail]) -> Iterator[tuple[Step, ...]]:
        """Yield the steps by two inequalities: by one from a form of a side to a line between, by one from there."""
        for c in self._few(self._between(lefts, rises=True)):
            rest = self._rest(c, lhs=c.line)
            if rest is not None:
                there = Steps(c.form.start, c.form.moves, c.form.last)
                yield (*there, Step(c.line, (c.rule,), self._sign(c.rule)), *rest)
        for c in self._few(self._between(rights, rises=False)):
            rest = self._rest(c, rhs=c.line)
            if rest is not None:
                yield (*rest, Step(c.form.last, (c.rule.reversed,), self._sign(c.rule)), *back(c.form))

    def _few(self, found: Iterator[Candidate]) -> Iterator[Candidate]:
        """Yield as many of the lines between as are tried, and remember whether there are more."""
        yield from islice(found, MOST_BETWEEN)
        self.ended_early = self.ended_early or next(found, None) is not None

    def _rest(self, c: Candidate, **end: Basic) -> Sequence[Step] | None:
        """Return the steps of the other inequality, which need not be strict where the first is."""
        relation = "<=" if self._sign(c.rule) == "<" else self.relation
        question = replace(self.question, **end)
        made = _Finder(question, self.means, relation, is_second=True, is_below="rhs" in end).result()
        return None if isinstance(made, Impasse) else made.steps

    def _between(self, sides: Sequence[Trail], *, rises: bool) -> Iterator[Candidate]:
        """Yield the lines that a rule makes of a form of a side and that lie between the sides at points."""
        seen: set[int] = set()
        other = self.question.rhs if rises else self.question.lhs
        for form in sorted(sides, key=lambda t: len(t.moves)):
            for x in self._used(form.last):
                line = put(form.last, x.path, x.after) if x.path else x.after
                key = self.canon.key(line)
                ends = (form.last, other) if rises else (other, form.last)
                if key in seen or not self.points.are_between(ends[0], line, ends[1]):
                    continue
                if all(self.prover.holds(c, x.scope) for c in x.conditions):
                    seen.add(key)
                    yield Candidate(form, x.rule, line)

    def _rising(self, c: Candidate) -> Iterator[tuple[Step, ...]]:
        """Yield the steps to a form of the left side, up to a candidate, and to the right side."""
        rhs, sign = self.question.rhs, self._sign(c.rule)
        there = Steps(c.form.start, c.form.moves, c.form.last)
        if self._is_arithmetic(c.line, rhs):
            yield (*there, Step(rhs, (c.rule, arithmetic), sign))
        line = rhs if self.canon.same(c.line, rhs) else c.line  # as it is written there
        for rest in self._equal(line, rhs):
            yield (*there, Step(line, (c.rule,), sign), *rest)

    def _falling(self, c: Candidate) -> Iterator[tuple[Step, ...]]:
        """Yield the steps to a candidate, up to a form of the right side, and from there to that side."""
        lhs, rule, sign = self.question.lhs, c.rule.reversed, self._sign(c.rule)
        if self._is_arithmetic(lhs, c.line):
            yield (Step(c.form.last, (arithmetic, rule), sign), *back(c.form))
        for start in self._equal(lhs, c.line):
            yield (*start, Step(c.form.last, (rule,), sign), *back(c.form))

    def _is_arithmetic(self, a: Basic, b: Basic) -> bool:
        """Tell whether two lines that are not the same differ by arithmetic alone."""
        if self.canon.same(a, b) or not self.means.allows(arithmetic):
            return False
        return Search(self.canon).reach(a, b, arithmetic, self.scope) is not None

    def _sign(self, rule: Reason) -> str:
        is_strict = isinstance(INEQUALITIES[rule.name].statements[0].relation, Less)
        return "<" if is_strict and self.relation == "<" else "<="

    def _equal(self, a: Basic, b: Basic) -> Iterator[tuple[Step, ...]]:
        """Yield the steps between two lines that are equal."""
        if self.canon.same(a, b):
            yield ()
            return
        made = found(replace(self.question, lhs=a, rhs=b), self.means)
        if isinstance(made, Impasse):
            self.ended_early = self.ended_early or made.ended_early
        else:
            yield tuple(made.steps)

    def _candidates(self, sides: Sequence[Trail], other: Basic, *, rises: bool) -> Iterator[Candidate]:
        """Yield the lines that a rule makes of a form of a side and that have the value of the other one at points."""
        seen: set[tuple[int, str]] = set()
        for form in sorted(sides, key=lambda t: len(t.moves)):
            for x in self._used(form.last):
                line = put(form.last, x.path, x.after) if x.path else x.after
                key = self.canon.key(line), str(x.rule)
                ends = (form.last, line) if rises else (line, form.last)
                if key in seen or not self.points.are_equal(line, other) or self.points.refuted(*ends, "<="):
                    continue
                seen.add(key)
                if all(self.prover.holds(c, x.scope) for c in x.conditions):
                    yield Candidate(form, x.rule, line)

    def _used(self, line: Basic) -> Iterator[Application]:
        """Yield the uses of the rules that state inequalities, but for what stands in a quantity's definition."""
        count = 0
        for rule in reversed(INEQUALITIES.values()):  # what says most comes last in the table
            if rule.name in OF_GIVEN or not self.means.allows(rule):
                continue
            for way in (rule, rule.reversed):
                for x in Search(self.canon).everywhere(way, line, self.scope):
                    if not _is_in_a_name(line, x.path):
                        yield x
                    count += 1
                    if count > MOST:
                        self.ended_early = True
                        return


def _is_in_a_name(line: Basic, path: Path) -> bool:
    """Tell whether there is a named quantity on the way to a place."""
    for i in path:
        if isinstance(line, (Named, Expectation)):
            return True
        line = line.args[i]
    return False


class Points:
    """Values of lines at a few random points, each computed once."""

    def __init__(self, question: Question) -> None:
        sampler = Sampler(question.scope, question.statements)
        rng = generator("bounds", str(question.lhs))
        self.balls: list[Balls] = []
        for i in range(4 * POINTS):
            sizes = {s.symbol: rng.randint(1 if i % 3 == 0 else 2, LARGEST) for s in sampler.sizes}
            try:
                world = sampler.draw(rng, sizes)
            except (NoValue, NotCovered):
                continue
            if world is not None and len(self.balls) < POINTS:
                self.balls.append(Balls(world, question.scope, sampler.programs))
        self._known: dict[Basic, list[Outcome]] = {}

    @precision()
    def values(self, line: Basic) -> list[Outcome]:
        if line not in self._known:
            self._known[line] = [outcome(b, line) for b in self.balls]
        return self._known[line]

    def refuted(self, a: Basic, b: Basic, relation: str) -> bool:
        """Tell whether a point refutes a relation."""
        every = zip(self.balls, self.values(a), self.values(b), strict=True)
        return any(refutes(ball, relation, x, y) for ball, x, y in every if left_open(ball, relation, x, y) is None)

    def are_between(self, low: Basic, line: Basic, high: Basic) -> bool:
        """Tell whether a line lies between two others at all points, and is neither of them."""
        if any(x[0] != "value" for e in (low, line, high) for x in self.values(e)):
            return False
        if self.refuted(low, line, "<=") or self.refuted(line, high, "<="):
            return False
        return self.refuted(low, line, "=") and self.refuted(line, high, "=")

    def are_equal(self, a: Basic, b: Basic) -> bool:
        """Tell whether two lines have one value at all points, of which there are some."""
        every = [*self.values(a), *self.values(b)]
        return all(x[0] == "value" for x in every) and not self.refuted(a, b, "=")
