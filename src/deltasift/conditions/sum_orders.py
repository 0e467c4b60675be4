"""Finds certificates of orders of sums: sums over one range as one sum, and a term that is at most the whole.

They rest on the laws of sums alone: the sum of `f` less that of `g` is the sum of `f - g`, and a sum of terms that are
not negative, less its term at `a`, is the sum of `f(k) (1 - delta(k, a))`. So a sum is positive that has a positive
term at an end of its range; where a bracket or a delta may make that 0, the case in which it does is looked at apart,
and the other end may do there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias

from deltasift.conditions.asking import All, Find
from deltasift.conditions.gather import unified, within
from deltasift.conditions.refuter import Refuter
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate, Fact, Known, Signs
from deltasift.judge.context import Context
from deltasift.judge.linear import CONSTANT, TooLargeError
from deltasift.judge.proof import Checker
from deltasift.judge.saying import quotient
from deltasift.judge.statement import at_most, less
from deltasift.judge.term import BINDERS, ONE, ZERO, Term, UnreadableError, bound, has, instantiate, make, number, shift
from deltasift.judge.verify.question import RejectedError
from deltasift.judge.verify.statements.sums import NoLawError, law

Relation: TypeAlias = Callable[[Term, Term], Term]
MOST = 6  # sums and terms that are looked at


class SumOrders:
    """Finds orders of sums; `find` and `every` are those of the finder that asks, `facts` what it gathers."""

    def __init__(
        self,
        checker: Checker,
        find: Find,
        every: All,
        refuter: Refuter,
    ) -> None:
        self.checker = checker
        self.find = find
        self.every = every
        self.refuter = refuter

    def orders(self, goal: Term, place: Context) -> Certificate | None:
        """Show a relation by what is known of the sums in it."""
        try:
            ways = (self._of_sums, self._of_larger_sums) if goal.head == "Less" else (self._of_sums,)
            for way in ways:
                found = [*way(goal, place)]
                shown = self.refuter.by_facts(goal, found, place) if found else None
                if shown is not None:
                    return shown
            return self._positive(goal, place)
        except (RejectedError, TooLargeError, UnreadableError):
            return None

    def _of_sums(self, goal: Term, place: Context) -> Iterator[Fact]:
        yield from self._of_one_sum(goal, place)
        yield from self._of_terms(goal, place, strict=False)
        yield from self._of_quotients(goal, place, strict=False)
        yield from self._of_fractions(goal, place, at_most)
        yield from self._of_summands(goal, place)

    def _of_larger_sums(self, goal: Term, place: Context) -> Iterator[Fact]:
        """Yield what is true where a sum has a second positive term."""
        yield from self._of_terms(goal, place, strict=True)
        yield from self._of_quotients(goal, place, strict=True)
        yield from self._of_fractions(goal, place, less)

    # --- sums over one range ---------------------------------------------------------------------------------------

    def _of_one_sum(self, goal: Term, place: Context) -> Iterator[Fact]:
        """Yield that the sums of a goal that have one range are together not negative, and what they are as one."""
        ranges: dict[tuple[Term, ...], list[tuple[Fraction, Term]]] = {}
        for m, c in self.checker.polynomials.difference(goal.args[1], goal.args[0]).items():
            [(atom, power)] = m if len(m) == 1 else [(-1, 0)]
            t = self.checker.polynomials.atoms[atom] if power == 1 else ZERO
            if _is_finite(t):
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

    def _of_quotients(self, goal: Term, place: Context, *, strict: bool) -> Iterator[Fact]:
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
            yield from self._at_most_one(above, divisor, place, less if strict else at_most)

    def _at_most_one(self, above: Term, divisor: Term, place: Context, relation: Relation) -> Iterator[Fact]:
        orders = relation(above, divisor), less(ZERO, make("Div", (ONE, divisor)))
        proofs = self.every((*orders, make("Unequal", (divisor, ZERO))), place)
        if proofs is not None:
            yield kinds.Times(*(kinds.Lemma(s, proof) for s, proof in zip(orders, proofs, strict=False)))
            yield kinds.Inverse(divisor, proofs[2])

    def _of_fractions(self, goal: Term, place: Context, relation: Relation) -> Iterator[Fact]:
        """Yield an order of fractions with one positive divisor as one of what is above the bar."""
        polynomials = self.checker.polynomials
        whole = polynomials.difference(goal.args[1], goal.args[0])
        fractions = {a for m in whole for a, power in m if power == 1 and polynomials.atoms[a].head == "Div"}
        for atom in sorted(fractions)[:MOST]:
            above = {tuple(p for p in m if p[0] != atom): -c for m, c in whole.items() if (atom, 1) in m}
            rest = {m: c for m, c in whole.items() if (atom, 1) not in m}
            if rest.keys() != {CONSTANT} or rest[CONSTANT] < 0:
                continue
            divisor = polynomials.atoms[atom].args[1]
            scaled = {m: Fraction(c) / Fraction(rest[CONSTANT]) for m, c in above.items()}
            yield from self._at_most_one(polynomials.written(scaled), divisor, place, relation)

    def _of_summands(self, goal: Term, place: Context) -> Iterator[Fact]:
        """Yield that what one side has more than the other has no wrong sign, each of its terms by itself."""
        if goal.head not in ("LessEqual", "Less"):
            return
        left, right = (_summands(side) for side in goal.args)
        equal = self.checker.polynomials.equal
        for term in list(left):
            same = next((other for other in right if equal(term, other)), None)
            if same is not None:
                left.remove(term)
                right.remove(same)
        orders = [*(at_most(t, ZERO) for t in left), *(at_most(ZERO, t) for t in right)]
        if goal in orders or len(orders) > MOST:
            return
        for order in orders:
            proof = self.find(order, place)
            if proof is not None:
                yield kinds.Lemma(order, proof)

    # --- terms of a sum --------------------------------------------------------------------------------------------

    def _of_terms(self, goal: Term, place: Context, *, strict: bool) -> Iterator[Fact]:
        """Yield that terms in a goal are at most the sum whose terms they are, or less."""
        polynomials = self.checker.polynomials
        read = (polynomials.of(side) for side in goal.args)
        atoms = list(dict.fromkeys(polynomials.atoms[a] for p in read for m in p for a, _ in m))
        for t in [t for t in atoms if _is_finite(t)][:MOST]:
            for other in atoms[: 2 * MOST]:
                at = None if other is t else self._index(t, other)
                if at is not None:
                    yield from self._term(t, at, place, strict=strict)

    def _index(self, t: Term, other: Term) -> Term | None:
        """Return where the term of a sum is another one."""
        at = unified(t.args[0], shift(other, 1), 1)
        if at is not None:
            return shift(at[0], -1)
        if other.head != t.args[0].head:
            return None
        equal = self.checker.polynomials.equal
        entries = (x for x, inside in within(other) if x.head == "Entry" and not inside)
        indices = dict.fromkeys(a for x in entries for a in x.args[1:])
        return next((a for a in indices if equal(instantiate(t.args[0], [a]), other)), None)

    def _term(self, t: Term, at: Term, place: Context, *, strict: bool) -> Iterator[Fact]:
        """Yield that a sum is at least its term somewhere, or more."""
        body, name, *ends = t.args
        delta = make("Delta", (bound(0), shift(at, 1)))
        rest = make("Sum", (make("Mul", (body, make("Add", (ONE, make("Neg", (delta,)))))), name, *ends))
        gone = make("Mul", (number(-1), delta, body))
        apart = make("Sum", (make("Add", (body, gone)), name, *ends))
        order = (less if strict else at_most)(ZERO, rest)
        proof = self._positive(order, place) if strict else self._not_negative(rest, place)
        if proof is None or not self.checker.polynomials.equal(rest, apart):
            return
        lost = make("Sum", (gone, name, *ends))
        sifted = law("taken out", lost)[0].args[1].args[1]
        try:
            needed = law("sifted", sifted)[1]
        except NoLawError:
            return
        proofs = self.every(needed, place)
        if proofs is not None:
            yield kinds.Lemma(order, proof)
            yield kinds.SumLaw("added", apart, ())
            yield kinds.SumLaw("taken out", lost, ())
            yield kinds.SumLaw("sifted", sifted, proofs)

    # --- a positive term -------------------------------------------------------------------------------------------

    def _positive(self, goal: Term, place: Context) -> Certificate | None:
        """Show that a sum is positive by a term at an end of its range, and by that at the other end where it is 0."""
        if goal.head != "Less" or goal.args[0] is not ZERO or not _is_finite(goal.args[1]):
            return None
        body, _, *ends = goal.args[1].args
        switches = list(_switches(instantiate(body, [ends[0]])))
        if not switches:
            return self._by_ends(goal, place)
        for of in switches:
            found = self._by_case(goal, of, place)
            if found is not None:
                return found
        return None

    def _by_ends(self, goal: Term, place: Context) -> Certificate | None:
        first, last = goal.args[1].args[2:]
        return self._by_term(goal, first, place) or self._by_term(goal, last, place)

    def _by_term(self, goal: Term, at: Term, place: Context) -> Certificate | None:
        positive = less(ZERO, instantiate(goal.args[1].args[0], [at]))
        proof = self.find(positive, place)
        known = [] if proof is None else [*self._term(goal.args[1], at, place, strict=False)]
        return self.refuter.by_facts(goal, [*known, kinds.Lemma(positive, proof)], place) if known and proof else None

    def _by_case(self, goal: Term, of: Term, place: Context) -> Certificate | None:
        """Look at the cases of a bracket or a delta in the first term: where that is 0, the last term may not be."""
        proofs = []
        for statements in self.checker.cases_of(of, place):
            proof = self._by_ends(goal, place.assuming(*statements))
            if proof is None:
                return None
            proofs.append(proof)
        return kinds.Split(of, tuple(proofs))


def _summands(t: Term) -> list[Term]:
    """Return the terms of a sum, brackets left out."""
    return [b for a in t.args for b in _summands(a)] if t.head == "Add" else [] if t is ZERO else [t]


def _is_finite(t: Term) -> bool:
    """Tell whether a term is a sum over a range with ends."""
    return t.head == "Sum" and not any(has(end, "infinity") for end in t.args[2:])


def _switches(t: Term) -> Iterator[Term]:
    """Yield the brackets and deltas in a term that are under no binder of its own."""
    if t.head in ("Iverson", "Delta"):
        yield t
    for i, a in enumerate(t.args):
        if not (i == 0 and t.head in BINDERS):
            yield from _switches(a)
