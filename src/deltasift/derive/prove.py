"""Finding the lines between two expressions.

Both sides are brought towards a normal form, by known theorems, by definitions, and by the tables of `normal` from the
weakest to the strongest, until they meet in the same line or in one that differs by arithmetic. As little is unfolded
as possible: what occurs on both sides alike stays as it is at first.

What was found is given to the checker before it is handed on, so nothing rests on the search: each use of a rule is
matched anew, and each line has a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sympy.core.basic import Basic
from sympy.core.numbers import Number

from deltasift.calc import Derivation, Reason, Step
from deltasift.check import check
from deltasift.check.needed import Decider
from deltasift.check.structure import StepChecker, distribution_conditions
from deltasift.conditions.certified import CertifiedProver
from deltasift.conditions.prove import Prover
from deltasift.derive.normal import APART, DELTAS, KNOWN_TERMS, LOGS, NESTED, ORDERED, PLAIN, SELDOM, TABLES, TERMS
from deltasift.derive.question import Question
from deltasift.derive.ranges import towards
from deltasift.derive.special import IN_ONE_ORDER, SPECIAL, known_forms
from deltasift.derive.trace import Move
from deltasift.derive.trails import Trail, joined_steps, meeting
from deltasift.derive.unfold import different_terms, shared_names, unfolded, unfolded_at
from deltasift.derive.walk import Here, Problem, Reducer, Table, walk
from deltasift.errors import DeltasiftError, LimitError, SizeError
from deltasift.inert import Derivative, Equality, Node, free, postorder
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.line.views import Path
from deltasift.match.search import Search
from deltasift.rule import Theorem
from deltasift.rules import arithmetic, definition, eq_of_given

MOST_MOVES = 2_000  # on one side
MOST_WORKED_OUT = 1  # forms of a side that tables are used on where an inequality is looked for
MOST_INSTANCES = 8  # uses of theorems on one side


Pair = tuple[Trail, Trail]


@dataclass(frozen=True)
class Means:
    """What may be used: rules by their names, None for all of them, and theorems; and so many moves on one side."""

    names: frozenset[str] | None = None
    theorems: tuple[Theorem, ...] = ()
    most: int = MOST_MOVES

    def allows(self, rule: Reason) -> bool:
        """Tell whether a rule may be used."""
        return self.names is None or rule.name in self.names

    def only(self, table: Table) -> Table:
        """Return a table that makes no other moves."""
        return table if self.names is None else {head: self._only(reduce) for head, reduce in table.items()}

    def _only(self, reduce: Reducer) -> Reducer:
        def allowed(e: Node, here: Here) -> Move | tuple[Move, ...] | None:
            found = reduce(e, here)
            moves = (found,) if isinstance(found, Move) else found or ()
            return found if all(self.allows(m.rule) for m in moves) else None

        return allowed


@dataclass(frozen=True)
class Impasse:
    """Where no derivation was found.

    Attributes
    ----------
    left, right : Basic
        The forms in which the sides still differ.
    why : str
        What is missing, in words; empty where nothing is known to be.
    ended_early : bool
        Whether the search ended at a limit of its work: then more of it might have found one.
    """

    left: Basic
    right: Basic
    why: str
    ended_early: bool = False

    @property
    def words(self) -> str:
        """What is said of it: a search that ended at its limit is told apart from one that was through."""
        found = "the search ended at its limit before it found a proof" if self.ended_early else "no proof was found"
        return f"{found}: it {self.why}" if self.why else found


def found(question: Question, means: Means) -> Derivation | Impasse:
    """Return a derivation of the right side from the left one, or where the search ended."""
    return _Finder(question, means).result()


def undone(question: Question, prover: Prover) -> Basic | None:
    """Return what is not proved of a family that a quantity uses as a distribution, None where it is one."""
    scope = question.scope
    return next((need for _, need in distribution_conditions(scope) if not prover.holds(need, scope)), None)


def missing(question: Question, prover: Prover) -> str | None:
    """Return something that the sides need, to have a value and to be what they say, and that is not proved."""
    duty = undone(question, prover)
    if duty is not None:
        return str(duty)
    decider = Decider(question.scope, free(question.lhs) | free(question.rhs))
    return next((need for e in (question.lhs, question.rhs) for need in decider.open(e)), None)


def _holds_at_points(made: Derivation) -> bool:
    """Tell whether all lines have one value at all points that are tried.

    It is asked where a line is not proved to have a value everywhere, such as an integral that a Dirac delta decides at
    its point alone.
    """
    report = check(made)
    return report.ok and all(c.status == "passed" for line in report.lines for c in line.checks)


class _Finder:
    def __init__(self, question: Question, means: Means) -> None:
        self.question = question
        self.means = means
        self.scope = question.scope
        self.prover = Prover()
        self.certified = CertifiedProver()
        self.canon = Canon()
        self.problem = Problem(self.scope, self.prover)
        self.why = ""
        self.ended_early = False
        self.ends: tuple[Basic, Basic] = (question.lhs, question.rhs)

    def result(self) -> Derivation | Impasse:
        question = self.question
        for name, condition in distribution_conditions(self.scope):
            if not self.prover.holds(condition, self.scope):
                return Impasse(*self.ends, f"needs {condition}, since {name} is used as a pmf")
        for steps in self._ways():
            if not self._accepted(steps):
                continue
            made = Derivation(question.lhs, steps, frozenset(question.domains), question.statements)
            need = self._needed(question.lhs)
            if need is None or _holds_at_points(made):
                return made
            self.why = self.why or f"needs {need}"
            if check(Derivation(question.lhs, (), made.given, made.facts), layers=("structure",)).problems:
                break  # no other way from this line is better
        return Impasse(*self.ends, self.why, self.ended_early or bool(self.problem.left))

    def _holds(self, condition: Basic, scope: Scope) -> bool:
        """Tell whether a condition is proved; of sums the judge's laws may know what the prover does not."""
        return self.prover.holds(condition, scope) or self.certified.holds(condition, scope)

    def _needed(self, line: Basic) -> Basic | None:
        """Return something that the first line needs to have a value, and that the judge is not shown; or None.

        What it needs the others need, or a step that was accepted says it.
        """
        return next(Decider(self.scope, free(line)).open(line), None)

    def _accepted(self, steps: Sequence[Step]) -> bool:
        """Tell whether the checker finds nothing wrong with the steps."""
        names = frozenset[Basic](free(self.question.lhs)).union(*(free(step.expr) for step in steps))
        checker = StepChecker(self.scope, self.certified, self.canon, names)
        before = self.question.lhs
        for number, step in enumerate(steps, 2):
            problems = checker.check(str(number), before, step).problems
            if problems:
                if "needs" in problems[0]:
                    self.why = self.why or problems[0].partition(": ")[2]
                return False
            before = step.expr
        return self.canon.same(before, self.question.rhs)

    # --- ways ------------------------------------------------------------------------------------------------------

    def _ways(self) -> Iterator[tuple[Step, ...]]:
        """Yield chains of steps from one side to the other, those with less means first."""
        sparing, everything = self._prepared()
        for table in TABLES:
            for left, right in sparing:
                yield from self._by_table(left, right, table)
        for table in (TERMS, NESTED, LOGS, DELTAS):
            for left, right in sparing:
                yield from self._by_table(left, right, table, unfolding=True)
        for left, right in self._over_ranges(sparing):
            for table in (PLAIN, LOGS, TERMS, NESTED):
                yield from self._by_table(left, right, table)
        for left, right in self._in_known_forms(sparing[0], IN_ONE_ORDER):
            for table in (PLAIN, ORDERED):
                yield from self._by_table(left, right, table)
        for left, right in self._in_known_forms(sparing[0]):
            for table in (PLAIN, LOGS, TERMS, KNOWN_TERMS, APART):
                yield from self._by_table(left, right, table)
        for table in TABLES:
            for left, right in everything:
                yield from self._by_table(left, right, table)
        for left, right in (*self._in_known_forms(sparing[0]), *sparing, *everything):
            for table in SELDOM:
                yield from self._by_table(left, right, table)
        for left, right in (sparing[-1], *everything[-1:]):
            yield from self._one_after_the_other(left, right, (LOGS, TERMS, NESTED))

    def _one_after_the_other(self, left: Trail, right: Trail, tables: Sequence[Table]) -> Iterator[tuple[Step, ...]]:
        """Go as far as each of some tables leads: a stronger one may spoil what a weaker one would do first."""
        for table in tables:
            try:
                left, right = (self._walked(side, self.means.only(table)) for side in (left, right))
            except DeltasiftError as why:
                self._note(why)
                return
        yield from self._joined(left, right)

    def _over_ranges(self, pairs: Sequence[Pair]) -> Iterator[Pair]:
        """Yield the sides with sums over the ranges that the other side has, where any of them changes."""
        for left, right in pairs:
            first = towards(left.last, right.last, self.problem)
            new = left.then(first) if all(self.means.allows(m.rule) for m in first) else left
            second = towards(right.last, new.last, self.problem)
            other = right.then(second) if all(self.means.allows(m.rule) for m in second) else right
            if (new, other) != (left, right):
                yield new, other

    def _in_known_forms(self, sides: Pair, forms: Table = SPECIAL) -> Iterator[Pair]:
        """Yield the sides with logistic functions, maxima and cases in their known forms, where there are any."""
        allowed = [
            [m for m in known_forms(side.last, self.problem, forms) if self.means.allows(m.rule)] for side in sides
        ]
        if any(allowed):
            yield sides[0].then(allowed[0]), sides[1].then(allowed[1])

    def _by_table(
        self, left: Trail, right: Trail, table: Table, *, unfolding: bool = False
    ) -> Iterator[tuple[Step, ...]]:
        """Go as far as a table leads; then, if so asked, put in definitions in the terms that differ, and go on."""
        table = self.means.only(table)
        try:
            left, right = (self._walked(side, table) for side in (left, right))
            while unfolding and self.means.allows(definition):
                places = different_terms(left.last, right.last, self.canon)
                new = [unfolded_at(side, self.scope, at) for side, at in zip((left, right), places, strict=True)]
                if new == [left, right]:
                    return
                left, right = (self._walked(side, table) for side in new)
                yield from self._joined(left, right)
        except DeltasiftError as why:
            self._note(why)
            return  # too long, or without a value: another table may do
        if not unfolding:
            yield from self._joined(left, right)

    def _note(self, why: DeltasiftError) -> None:
        """Remember that a way was left since it is too long."""
        self.ended_early = self.ended_early or isinstance(why, (LimitError, SizeError))

    def _walked(self, side: Trail, table: Table) -> Trail:
        return side.then(walk(side.last, self.problem, table, self.means.most)[1])

    def _joined(self, left: Trail, right: Trail) -> Iterator[tuple[Step, ...]]:
        met = meeting(left, right, self.canon)
        if met is not None:
            yield joined_steps(*met)
            return
        self.ends = (left.last, right.last)
        if not self.means.allows(arithmetic):
            return
        search = Search(self.canon)
        chain = search.reach(left.last, right.last, arithmetic, self.scope)
        self.ended_early = self.ended_early or search.ended_early
        open_ones = [c for x in chain or () for c in x.conditions if not self._holds(c, x.scope)]
        if open_ones:
            self.why = self.why or f"needs {open_ones[0]} ({arithmetic.name})"
        elif chain:
            yield joined_steps(left, right, Step(right.last, (arithmetic,)))

    def _prepared(self) -> tuple[list[Pair], list[Pair]]:
        """Return the sides as they are, by theorems, with few definitions put in; and with all of them put in."""
        plain = (Trail(self.question.lhs), Trail(self.question.rhs))
        known = tuple(self._by_facts(self._by_theorems(side)) for side in plain)
        pairs: list[Pair] = [plain, (known[0], known[1])] if known != plain else [plain]
        if not self.means.allows(definition):
            return pairs, []
        few = [self._unfolded(*pair) for pair in reversed(pairs)]
        every = [(self._laid_open(left), self._laid_open(right)) for left, right in reversed(pairs)]
        return [*pairs, *few], every

    def _laid_open(self, side: Trail) -> Trail:
        return unfolded(side, self.scope, frozenset())

    def _unfolded(self, left: Trail, right: Trail) -> tuple[Trail, Trail]:
        """Put in the definitions of what does not stand on both sides, again and again."""
        plain = self.means.only(PLAIN)
        while True:
            left, right = (self._walked(side, plain) for side in (left, right))
            shared = shared_names(left.last, right.last, self.scope)
            first, second = (unfolded(side, self.scope, shared, once=True) for side in (left, right))
            if (first, second) == (left, right):
                return left, right
            left, right = first, second

    def _by_theorems(self, side: Trail) -> Trail:
        """Use the theorems where their conditions are proved."""
        for _ in range(MOST_INSTANCES):
            use = next((m for t in self.means.theorems for m in self._instances(t, side.last)), None)
            if use is None:
                break
            side = side.then((use,))
        return side

    def _by_facts(self, side: Trail) -> Trail:
        """Put the right side of each equality that is given for its left side, wherever that stands."""
        given = [s for s in self.scope.assumed if isinstance(s, Equality) and self.means.allows(eq_of_given)]
        for fact in given:
            old, new = fact.args
            if isinstance(old, Number) or any(self.canon.same(e, old) for e in postorder(new)):
                continue
            places = list(self._places(side.last, old))
            side = side.then([Move(eq_of_given, e, new, path) for path, e in places])
        return side

    def _places(self, line: Basic, part: Basic) -> Iterator[tuple[Path, Basic]]:
        """Yield where a part stands in a line, all of its names being free there."""
        stack: list[tuple[Basic, Path]] = [(line, ())]
        while stack:
            e, path = stack.pop()
            if self.canon.same(e, part):
                yield path, e
            elif isinstance(e, Node) and not isinstance(e, Derivative):
                hidden = e.binds and e.args[1] in free(part)
                stack += [
                    (a, (*path, i))
                    for i, a in enumerate(e.args)
                    if not (e.binds and i == 1) and not (hidden and i == 0)
                ]

    def _instances(self, theorem: Theorem, line: Basic) -> Iterator[Move]:
        search = Search(self.canon)
        for x in search.everywhere(theorem, line, self.scope):
            if self._says_it_all(x.before, x.after):
                continue
            if all(self.prover.holds(c, x.scope) for c in x.conditions):
                yield Move(theorem, x.before, x.after, x.path)

    def _says_it_all(self, before: Basic, after: Basic) -> bool:
        """Tell whether the instance of a theorem is the claim itself, which is then not what is to be found."""
        sides = {self.canon.key(self.question.lhs), self.canon.key(self.question.rhs)}
        return {self.canon.key(before), self.canon.key(after)} == sides


class Forms:
    """The forms of both sides in which an inequality is looked for, with how they come about."""

    def __init__(self, question: Question, means: Means) -> None:
        self._finder = _Finder(question, means)
        sparing, everything = self._finder._prepared()
        self.plain = self._apart([*sparing, *everything])

    def worked_out(self) -> tuple[list[Trail], list[Trail]]:
        """Return the forms to which tables lead from these, but for these themselves."""
        sides = tuple(list(self._worked_out(side)) for side in self.plain)
        made = self._apart(list(zip_longest(*(a + b for a, b in zip(self.plain, sides, strict=True)))))
        return made[0][len(self.plain[0]) :], made[1][len(self.plain[1]) :]

    def _apart(self, pairs: Sequence[tuple[Trail | None, ...]]) -> tuple[list[Trail], list[Trail]]:
        """Return the forms of each side, each once."""
        sides: tuple[list[Trail], list[Trail]] = ([], [])
        for pair in pairs:
            for kept, side in zip(sides, pair, strict=True):
                if side is not None and all(not self._finder.canon.same(side.last, other.last) for other in kept):
                    kept.append(side)
        return sides

    def _worked_out(self, forms: Sequence[Trail]) -> Iterator[Trail]:
        for side in forms[-MOST_WORKED_OUT:]:  # in the last of them most definitions are put in
            for tables in ((LOGS, TERMS), (TERMS,), (NESTED,), (NESTED, TERMS)):
                try:
                    made = side
                    for table in tables:
                        made = self._finder._walked(made, self._finder.means.only(table))
                        yield made
                except DeltasiftError:
                    continue
