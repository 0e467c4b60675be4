"""Finds facts that, with the contrary of a goal, add up to a contradiction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

from deltasift.conditions.asking import Find
from deltasift.conditions.farkas import multipliers
from deltasift.conditions.gather import Gathered
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate, Fact
from deltasift.judge.context import Context
from deltasift.judge.facts import cases
from deltasift.judge.linear import LinearFact
from deltasift.judge.proof import Checker, contraries
from deltasift.judge.term import Term
from deltasift.judge.verify.question import RejectedError

FEW = 10  # orders of which products are tried


class Refuter:
    """Refutes the contrary of a goal by linear facts and products of them; `find` is that of the finder that asks.

    It remembers the facts of each place.
    """

    def __init__(self, checker: Checker, find: Find) -> None:
        self.checker = checker
        self.find = find
        self._gathered: dict[tuple[Context, tuple[int, ...]], Gathered] = {}

    def __len__(self) -> int:
        return len(self._gathered)

    def clear(self) -> None:
        """Forget the facts of all places."""
        self._gathered.clear()

    def linear(self, goal: Term, place: Context, *, thorough: bool = True) -> Certificate | None:
        """Refute each case of the contrary by facts that add up to a contradiction."""
        found = []
        for statements in contraries(goal):
            case = None
            if not thorough:
                case = self.refuted(statements, self.facts(statements, place, nearest=True), place, thorough)
            if case is None:
                case = self.refuted(statements, self.facts(statements, place), place, thorough)
            if case is None:
                return None
            found.append(case)
        return kinds.Linear(tuple(found))

    def refuted(
        self,
        statements: tuple[Term, ...],
        facts: Gathered,
        place: Context,
        thorough: bool,
        more: Sequence[tuple[Fact, LinearFact]] = (),
    ) -> tuple[tuple[Fraction, Fact], ...] | None:
        """Return facts with multipliers that contradict some statements, `more` being facts beside those gathered."""
        own = [(kinds.Contrary(n), self.checker.bound_of(s, place)) for n, s in enumerate(statements)]
        listed: list[tuple[Fact, LinearFact]] = [*facts.facts, *more, *own]
        by = multipliers([b for _, b in listed], len(own), thorough=thorough)
        return None if by is None else tuple((c, fact) for c, (fact, _) in zip(by, listed, strict=True) if c)

    def facts(self, statements: tuple[Term, ...], place: Context, *, nearest: bool = False) -> Gathered:
        """Return the facts at a place about what is in some statements; the nearest are enough for most."""
        polynomials = self.checker.polynomials
        read = (polynomials.of(side) for s in statements for side in s.args)
        wanted = tuple(dict.fromkeys(atom for p in read for m in p for atom, _ in m))
        known = None if nearest else self._gathered.get((place, wanted))
        if known is None:
            known = Gathered(self.checker, place, self.find)
            for atom in wanted:
                (known.alone if nearest else known.about)(polynomials.atoms[atom])
            if not nearest:
                self._gathered[place, wanted] = known
        return known

    def by_facts(self, goal: Term, found: list[Fact], place: Context) -> Certificate | None:
        """Refute each case of the contrary by facts that were found, beside those at the place."""
        more = [(fact, self.checker.bound(fact, place)) for fact in found]
        refuted = []
        for statements in contraries(goal):
            case = self.refuted(statements, self.facts(statements, place), place, True, more)
            if case is None:
                return None
            refuted.append(case)
        return kinds.Linear(tuple(refuted))

    def to_split(self, goal: Term, place: Context) -> Iterator[Term | Fact]:
        """Yield what a goal may be looked at by the cases of: parts of it, and alternatives that are given."""
        seen: set[Term] = set()
        todo = [goal]
        while todo:
            t = todo.pop(0)
            if t in seen:
                continue
            seen.add(t)
            if cases(t) is not None:
                yield t
            todo += [a for i, a in enumerate(t.args) if not (i == 0 and t.head in ("Sum", "Product", "Integral", "At"))]
        try:
            statements = contraries(goal)
        except RejectedError:
            return
        if statements:
            yield from self.facts(statements[0], place).alternatives

    def vanishing(self, goal: Term, place: Context) -> Certificate | None:
        """Show that something is not 0 since a product with it, of which something is known, would be."""
        if goal.head != "Unequal":
            return None
        polynomials = self.checker.polynomials
        (statements,) = contraries(goal)
        own = {a for m in polynomials.difference(*goal.args) for a, _ in m}
        listed: list[tuple[Fact, LinearFact]] = list(self.facts(statements, place).facts)
        others = {tuple((a, n) for a, n in m if a not in own) for _, b in listed for m in b.value}
        for m in sorted(others - {()}):
            by = polynomials.written({m: 1})
            try:
                fact = kinds.Times(kinds.Contrary(0), by)
                listed.append((fact, self.checker.bound(fact, place, statements)))
            except RejectedError:
                continue
        found = multipliers([b for _, b in listed], 0)
        if found is None:
            return None
        return kinds.Linear((tuple((c, fact) for c, (fact, _) in zip(found, listed, strict=True) if c),))

    def products(self, goal: Term, place: Context) -> Certificate | None:
        """Try products of two facts where something in the goal is a product of names."""
        if not any(sum(n for _, n in m) > 1 for a in goal.args for m in self.checker.polynomials.of(a)):
            return None
        found = []
        for statements in contraries(goal):
            own: list[tuple[Fact, LinearFact]] = [
                (kinds.Contrary(n), self.checker.bound_of(s, place)) for n, s in enumerate(statements)
            ]
            known: list[tuple[Fact, LinearFact]] = list(self.facts(statements, place).facts)
            times = [kinds.Times(f, g) for (f, _), (g, _) in combinations_with_replacement([*known, *own][-FEW:], 2)]
            for t in times:
                about = own if isinstance(t.right, kinds.Contrary) else known
                about.append((t, self.checker.bound(t, place, statements)))
            listed = [*known, *own]  # a contradiction has something of the contrary in it
            by = multipliers([b for _, b in listed], len(own))
            if by is None:
                return None
            found.append(tuple((c, fact) for c, (fact, _) in zip(by, listed, strict=True) if c))
        return kinds.Linear(tuple(found))
