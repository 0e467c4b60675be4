"""Finds certificates of orders of sums: sums over one range as one sum, and a term that is at most the whole.

Both rest on the laws of sums alone: the sum of `f` less that of `g` is the sum of `f - g`, and a sum of terms that are
not negative, less its term at `a`, is the sum of `f(k) (1 - delta(k, a))`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from deltasift.conditions.asking import All, Find
from deltasift.conditions.farkas import multipliers
from deltasift.conditions.gather import Gathered, unified
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate, Fact, Known, Signs
from deltasift.judge.context import Context
from deltasift.judge.linear import LinearFact, TooLargeError
from deltasift.judge.proof import Checker, contraries
from deltasift.judge.saying import quotient
from deltasift.judge.statement import at_most, less
from deltasift.judge.term import ONE, ZERO, Term, UnreadableError, bound, has, make, number, shift
from deltasift.judge.verify.question import RejectedError
from deltasift.judge.verify.statements.sums import NoLawError, law

MOST = 6  # sums and terms that are looked at


class SumOrders:
    """Finds orders of sums; `find` and `every` are those of the finder that asks, `facts` what it gathers."""

    def __init__(
        self,
        checker: Checker,
        find: Find,
        every: All,
        facts: Callable[[tuple[Term, ...], Context], Gathered],
    ) -> None:
        self.checker = checker
        self.find = find
        self.every = every
        self.facts = facts

    def orders(self, goal: Term, place: Context) -> Certificate | None:
        """Show a relation by what is known of the sums in it."""
        try:
            found = [*self._of_one_sum(goal, place), *self._of_terms(goal, place), *self._of_quotients(goal, place)]
            return self._by_facts(goal, found, place) if found else None
        except (RejectedError, TooLargeError, UnreadableError):
            return None

    def _by_facts(self, goal: Term, found: list[Fact], place: Context) -> Certificate | None:
        bounds = [(fact, self.checker.bound(fact, place)) for fact in found]
        cases = []
        for statements in contraries(goal):
            own = [(kinds.Contrary(n), self.checker.bound_of(s, place)) for n, s in enumerate(statements)]
            listed: list[tuple[Fact, LinearFact]] = [*self.facts(statements, place).facts, *bounds, *own]
            by = multipliers([b for _, b in listed], len(own))
            if by is None:
                return None
            cases.append(tuple((c, fact) for c, (fact, _) in zip(by, listed, strict=True) if c))
        return kinds.Linear(tuple(cases))

    # --- sums over one range ---------------------------------------------------------------------------------------

    def _of_one_sum(self, goal: Term, place: Context) -> Iterator[Fact]:
        """Yield that the sums of a goal that have one range are together not negative, and what they are as one."""
        ranges: dict[tuple[Term, ...], list[tuple[Fraction, Term]]] = {}
        for m, c in self.checker.polynomials.difference(goal.args[1], goal.args[0]).items():
            [(atom, power)] = m if len(m) == 1 else [(-1, 0)]
            t = self.checker.polynomials.atoms[atom] if power == 1 else ZERO
            if t.head == "Sum" and not any(has(end, "infinity") for end in t.args[2:]):
                ranges.setdefault(t.args[2:], []).append((Fraction(c), t))
        for parts in ranges.values():
            if len(parts) == 1:
                yield from self._alone(parts[0][1], place)
            elif len(parts) <= MOST:
                for sign in (1, -1):
                    yield from self._together([(sign * c, t) for c, t in parts], place)

    def _alone(self, t: Term, place: Context) -> Iterator[Fact]:
        proof = self._not_negative(t, place)
        if proof is not None:
            yield kinds.Lemma(at_most(ZERO, t), proof)

    def _together(self, parts: list[tuple[Fraction, Term]], place: Context) -> Iterator[Fact]:
        first = parts[0][1]
        bodies = [t.args[0] if c == 1 else make("Mul", (number(c), t.args[0])) for c, t in parts]
        whole = make("Sum", (make("Add", bodies), *first.args[1:]))
        order = at_most(ZERO, whole)
        proof = self._not_negative(whole, place)
        if proof is None:
            return
        yield kinds.Lemma(order, proof)
        yield kinds.SumLaw("added", whole, ())
        for (c, _), body in zip(parts, bodies, strict=True):
            if c != 1:
                yield kinds.SumLaw("taken out", make("Sum", (body, *first.args[1:])), ())

    def _not_negative(self, whole: Term, place: Context) -> Certificate | None:
        """Show that no term of a sum is negative, by all that is known inside of its range."""
        found = self.find(at_most(ZERO, whole), place)
        if found is not None:
            return found
        inside = self.find(at_most(ZERO, whole.args[0]), place.enter(whole))
        return None if inside is None else kinds.Sign(Signs((Signs((), (Known("<=", inside),)),)))

    # --- quotients -------------------------------------------------------------------------------------------------

    def _of_quotients(self, goal: Term, place: Context) -> Iterator[Fact]:
        """Yield that what is at most a positive divisor is at most 1 over it; an exponential may be such a quotient."""
        pairs: dict[tuple[Term, Term], None] = {}
        polynomials = self.checker.polynomials
        for m in polynomials.difference(goal.args[1], goal.args[0]):
            parts = [polynomials.atoms[atom] for atom, power in m if power == 1]
            for t in parts:
                if t.head == "Exp" and t.args[0].head == "Add":
                    for n, term in enumerate(t.args[0].args):
                        if term.head == "Neg" and term.args[0].head == "Log":
                            rest, divisor = quotient(t, n)
                            proof = self.find(less(ZERO, divisor), place)
                            if proof is not None:
                                pairs[make("Exp", (rest,)), divisor] = None
                                yield kinds.Quotient(t, n, proof)
            if len(m) == len(parts) == 2 and "Div" in (parts[0].head, parts[1].head):
                below, above = parts if parts[0].head == "Div" else parts[::-1]
                pairs[above, below.args[1]] = None
        for above, divisor in list(pairs)[:MOST]:
            yield from self._at_most_one(above, divisor, place)

    def _at_most_one(self, above: Term, divisor: Term, place: Context) -> Iterator[Fact]:
        orders = at_most(above, divisor), less(ZERO, make("Div", (ONE, divisor)))
        proofs = self.every((*orders, make("Unequal", (divisor, ZERO))), place)
        if proofs is not None:
            yield kinds.Times(*(kinds.Lemma(s, proof) for s, proof in zip(orders, proofs, strict=False)))
            yield kinds.Inverse(divisor, proofs[2])

    # --- terms of a sum --------------------------------------------------------------------------------------------

    def _of_terms(self, goal: Term, place: Context) -> Iterator[Fact]:
        """Yield that terms in a goal are at most the sum whose terms they are."""
        polynomials = self.checker.polynomials
        read = (polynomials.of(side) for side in goal.args)
        atoms = list(dict.fromkeys(polynomials.atoms[a] for p in read for m in p for a, _ in m))
        sums = [t for t in atoms if t.head == "Sum" and not any(has(end, "infinity") for end in t.args[2:])]
        for t in sums[:MOST]:
            for other in atoms[: 2 * MOST]:
                at = None if other is t else unified(t.args[0], shift(other, 1), 1)
                if at is not None:
                    yield from self._term(t, shift(at[0], -1), place)

    def _term(self, t: Term, at: Term, place: Context) -> Iterator[Fact]:
        body, name, *ends = t.args
        delta = make("Delta", (bound(0), shift(at, 1)))
        rest = make("Sum", (make("Mul", (body, make("Add", (ONE, make("Neg", (delta,)))))), name, *ends))
        gone = make("Mul", (number(-1), delta, body))
        apart = make("Sum", (make("Add", (body, gone)), name, *ends))
        order = at_most(ZERO, rest)
        proof = self._not_negative(rest, place)
        if proof is None or not self.checker.polynomials.equal(rest, apart):
            return
        less = make("Sum", (gone, name, *ends))
        sifted = law("taken out", less)[0].args[1].args[1]
        try:
            needed = law("sifted", sifted)[1]
        except NoLawError:
            return
        proofs = self.every(needed, place)
        if proofs is not None:
            yield kinds.Lemma(order, proof)
            yield kinds.SumLaw("added", apart, ())
            yield kinds.SumLaw("taken out", less, ())
            yield kinds.SumLaw("sifted", sifted, proofs)
