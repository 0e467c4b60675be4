"""Finds certificates of equalities of sums: what totals come to by laws of sums, and by what a pmf is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from deltasift.conditions.asking import All, Find
from deltasift.conditions.farkas import multipliers
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate, Fact
from deltasift.judge.context import Context
from deltasift.judge.linear import LinearFact
from deltasift.judge.proof import Checker, contraries
from deltasift.judge.term import ONE, ZERO, Term, make
from deltasift.judge.verify.question import RejectedError
from deltasift.judge.verify.statements.sums import NoLawError, law


class Totals:
    """Finds the values of sums; `find` and `all` are those of the finder that asks.

    A sum of sums is looked at with the values of the inner ones, or first in the other order.
    """

    def __init__(self, checker: Checker, find: Find, every: All, *, other_order: bool = False) -> None:
        self.checker = checker
        self.find = find
        self.all = every
        self.other_order = other_order

    def totals(self, goal: Term, place: Context) -> Certificate | None:
        """Show an equality, or an order, by the values of the sums in it, as far as laws of sums give them."""
        if goal.head not in ("Equality", "LessEqual"):
            return None
        found = self._totals(goal, place)
        if found is None and any(t.head == "Sum" and t.args[0].head == "Sum" for t in self._atoms(goal)):
            other = Totals(self.checker, self.find, self.all, other_order=True)
            found = other._totals(goal, place)
        return found

    def _atoms(self, goal: Term) -> Iterator[Term]:
        polynomials = self.checker.polynomials
        return (polynomials.atoms[atom] for side in goal.args for m in polynomials.of(side) for atom, _ in m)

    def _totals(self, goal: Term, place: Context) -> Certificate | None:
        polynomials = self.checker.polynomials
        found: list[Fact] = []
        for side in goal.args:
            for m in polynomials.of(side):
                atoms = [polynomials.atoms[atom] for atom, _ in m]
                sums = [(n, t) for n, t in enumerate(atoms) if t.head == "Sum"]
                value = self._value(sums[0][1], place) if len(sums) == 1 else None
                if value is not None:
                    lemma = kinds.Lemma(make("Equality", (sums[0][1], value[0])), value[1])
                    others = [t for n, t in enumerate(atoms) if n != sums[0][0]]
                    found.append(kinds.Times(lemma, make("Mul", others)) if others else lemma)
        return self._by_equalities(goal, found, place) if found else None

    def _by_equalities(self, goal: Term, facts: list[Fact], place: Context) -> Certificate | None:
        """Add up equalities, and that what is not 0 times its inverse is 1."""
        bounds = [self.checker.bound(f, place) for f in facts]
        atoms = {a for b in bounds for m in b.value for a, _ in m}
        for t in [self.checker.polynomials.atoms[a] for a in sorted(atoms)]:
            if t.head == "Div":
                proof = self.find(make("Unequal", (t.args[1], ZERO)), place)
                if proof is not None:
                    inverse = kinds.Inverse(t.args[1], proof)
                    facts = [*facts, inverse, *(kinds.Times(inverse, rest) for rest in self._beside(t, bounds))]
        bounds += [self.checker.bound(f, place) for f in facts[len(bounds) :]]
        cases = []
        for statements in contraries(goal):
            own = [(kinds.Contrary(n), self.checker.bound_of(s, place)) for n, s in enumerate(statements)]
            listed: list[tuple[Fact, LinearFact]] = [*zip(facts, bounds, strict=True), *own]
            by = multipliers([b for _, b in listed], len(own))
            if by is None:
                return None
            cases.append(tuple((c, fact) for c, (fact, _) in zip(by, listed, strict=True) if c))
        return kinds.Linear(tuple(cases))

    def _beside(self, t: Term, bounds: list[LinearFact]) -> Iterator[Term]:
        """Yield what stands in the products of some equalities beside a number and its inverse, which is given."""
        polynomials = self.checker.polynomials
        pair = [m for a in (t, t.args[1]) for m in polynomials.of(a)]
        if len(pair) != 2:
            return
        wanted = Counter(dict(pair[0])) + Counter(dict(pair[1]))
        for m in dict.fromkeys(m for b in bounds for m in b.value):
            powers = Counter(dict(m))
            if powers > wanted:
                rest = tuple(sorted((powers - wanted).items()))
                yield polynomials.written({rest: Fraction(1)})

    def _value(self, t: Term, place: Context, exchanges: int = 1) -> tuple[Term, Certificate] | None:
        """Return what laws make of a sum, with a certificate that it is that."""
        total = self._total(t, place)
        if total is not None:
            return ONE, total
        for name in ("sifted", "counted", "taken out", "added", "exchanged"):
            if name == "exchanged" and not self.other_order:
                inner = self._value_inside(t, place, exchanges)
                if inner is not None:
                    return inner
            if name == "exchanged" and not exchanges:
                break
            try:
                said, needed = law(name, t)
            except NoLawError:
                continue
            proofs = self.all(needed, place)
            if proofs is None:
                continue
            fact, other = kinds.SumLaw(name, t, proofs), said.args[1]
            if name in ("sifted", "counted"):
                return other, kinds.Stated(fact)
            if name == "added":
                return self._value_of_terms(t, fact, other, place, exchanges)
            rest = other.args[1] if name == "taken out" else other
            value = self._value(rest, place, exchanges - (name == "exchanged"))
            if value is None:
                if name == "taken out":
                    return other, kinds.Stated(fact)
                continue
            lemma: Fact = kinds.Lemma(make("Equality", (rest, value[0])), value[1])
            found = value[0]
            if name == "taken out":
                lemma, found = kinds.Times(lemma, other.args[0]), make("Mul", (other.args[0], value[0]))
            proof = self._by_equalities(make("Equality", (t, found)), [fact, lemma], place)
            if proof is not None:
                return found, proof
        return self._value_inside(t, place, exchanges) if self.other_order else None

    def _total(self, t: Term, place: Context) -> Certificate | None:
        """Return that the entries of a pmf sum to one, where a sum is that."""
        try:
            proofs = self.all(tuple(self.checker.orders_of_total(t, place)), place)
        except RejectedError:
            return None
        return None if proofs is None else kinds.Stated(kinds.Total(t, proofs))

    def _value_of_terms(
        self, t: Term, fact: Fact, added: Term, place: Context, exchanges: int
    ) -> tuple[Term, Certificate] | None:
        """Return the sum of the values of the sums of the terms; a sum without one stays."""
        facts, values = [fact], []
        for s in added.args:
            value = self._value(s, place, exchanges)
            values.append(s if value is None else value[0])
            facts += [] if value is None else [kinds.Lemma(make("Equality", (s, value[0])), value[1])]
        found = make("Add", values)
        proof = self._by_equalities(make("Equality", (t, found)), facts, place)
        return None if proof is None else (found, proof)

    def _value_inside(self, t: Term, place: Context, exchanges: int) -> tuple[Term, Certificate] | None:
        """Return the same by the values of sums under a sum."""
        inner = self._value(t.args[0], place.enter(t), 0) if t.args[0].head == "Sum" else None
        if inner is None:
            return None
        fact = kinds.Inside(t, *inner)
        outer = make("Sum", (inner[0], *t.args[1:]))
        value = self._value(outer, place, exchanges)
        if value is None:
            return outer, kinds.Stated(fact)
        lemma = kinds.Lemma(make("Equality", (outer, value[0])), value[1])
        proof = self._by_equalities(make("Equality", (t, value[0])), [fact, lemma], place)
        return None if proof is None else (value[0], proof)
