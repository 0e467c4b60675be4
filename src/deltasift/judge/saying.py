"""What a fact of a certificate says at a place, once its own proofs are checked, also as a bound `0 <= value`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate, Fact
from deltasift.judge.context import Context, in_force
from deltasift.judge.facts import forms, holds_nearby, never_zero, varies
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import LinearFact, Polynomials, multiplied, tightened
from deltasift.judge.statement import at_most, contrary, less
from deltasift.judge.term import ONE, ZERO, Term, bound, instantiate, make, occurs, shift
from deltasift.judge.tree import COUNTED
from deltasift.judge.verify.question import RejectedError, require
from deltasift.judge.verify.statements.sums import law


def require_here(t: Term, place: Context) -> None:
    """Refuse a term that speaks of binders which are not open."""
    require(isinstance(t, Term) and t.loose <= place.depth, "a term that speaks of no open binder")


class Stating(ABC):
    """Says what facts say, and remembers how it read the terms in them."""

    def __init__(self) -> None:
        self.polynomials = Polynomials()

    @abstractmethod
    def check(self, goal: Term, certificate: Certificate, place: Context) -> None:
        """Refuse a certificate that does not show a statement."""

    def stated(self, fact: Fact, place: Context) -> Term:
        """Return what a fact says at a place, its own proofs checked."""
        if isinstance(fact, kinds.Lemma):
            self.check(fact.statement, fact.proof, place)
            return fact.statement
        if isinstance(fact, kinds.Part):
            whole = self.stated(fact.fact, place)
            require(whole.head == "And" and 0 <= fact.number < len(whole.args), "there is no such part")
            return whole.args[fact.number]
        if isinstance(fact, kinds.Instance):
            return self._instance(fact, place)
        if isinstance(fact, kinds.Had):
            return self._had(fact, place)
        if isinstance(fact, kinds.Range):
            return self._range(fact, place)
        if isinstance(fact, kinds.Total):
            return self._total(fact, place)
        if isinstance(fact, kinds.SumLaw | kinds.Inside | kinds.Inverse | kinds.Quotient):
            return self._equality(fact, place)
        if isinstance(fact, kinds.Form):
            require_here(fact.term, place)
            is_real = self.polynomials.is_real(self.polynomials.of(fact.term), place.world)
            found = forms(fact.term, place) if is_real else never_zero(fact.term)
            require(0 <= fact.number < len(found), "its form says no such thing, or it may be no real number")
            named = fact.term.head in ("free", "Entry")
            return self._open(found[fact.number], place) if named else found[fact.number]
        if not isinstance(fact, kinds.Guard | kinds.Given):
            raise RejectedError(f"{fact!r} states nothing")
        listed = place.guards if isinstance(fact, kinds.Guard) else place.world.given
        require(0 <= fact.number < len(listed), "there is no such fact")
        return self._open(listed[fact.number], place)

    def _open(self, statement: Term, place: Context) -> Term:
        """Refuse what pins down a name by which a derivative is taken: it says nothing of values nearby."""
        require(holds_nearby(statement, place), "a derivative needs what holds nearby, too")
        return statement

    def _instance(self, fact: kinds.Instance, place: Context) -> Term:
        statement = self.stated(fact.fact, place)
        for value in fact.values:
            require_here(value, place)
        wanted = range_orders(statement, fact.values)
        require(len(wanted) == len(fact.within), "a range is not shown")
        for order, proof in zip(wanted, fact.within, strict=True):
            self.check(order, proof, place)
        for value in fact.values:
            if not is_integer(value, place):
                raise RejectedError(f"{value} may be no integer")
            statement = instantiate(statement.args[0], [value])
        return statement

    def _had(self, fact: kinds.Had, place: Context) -> Term:
        require(0 <= fact.number < len(place.had.needs), "there is no such need")
        need = place.had.needs[fact.number]
        for value in fact.values:
            require_here(value, place)
        wanted = within(need.context, fact.values, place)
        require(len(wanted) == len(fact.within), "a range or a guard is not shown")
        for statement, proof in zip(wanted, fact.within, strict=True):
            self.check(statement, proof, place)
        return self._open(instantiate(need.statement, fact.values), place)

    def _range(self, fact: kinds.Range, place: Context) -> Term:
        require(0 <= fact.distance < place.depth, "there is no such binder")
        head = place.binder(fact.distance).head
        name, lo, hi = bound(fact.distance), place.end(fact.distance, 0), place.end(fact.distance, 1)
        if head == "Integral":
            if fact.is_reversed:
                lo, hi = hi, lo
            require(fact.order is not None, "the ends of the integral may be in reversed order")
            assert fact.order is not None
            self.check(at_most(lo, hi), fact.order, place)
        else:
            require(head in COUNTED and not fact.is_reversed, "the name has no range")
            require(not varies(name, place), "a derivative needs what holds nearby, too")
        return at_most(name, hi) if fact.upper else at_most(lo, name)

    def _total(self, fact: kinds.Total, place: Context) -> Term:
        require_here(fact.term, place)
        wanted = self.orders_of_total(fact.term, place)
        require(len(wanted) == len(fact.within), "a range is not shown")
        for order, proof in zip(wanted, fact.within, strict=True):
            self.check(order, proof, place)
        return make("Equality", (fact.term, ONE))

    def orders_of_total(self, t: Term, place: Context) -> list[Term]:
        """Return what has to hold for a sum to be that of the entries of a pmf over all of its classes."""
        require(t.head == "Sum" and t.args[0].head == "Entry", "no sum of entries")
        body, _, lo, hi = t.args
        table, *indices = body.args
        ranges = place.world.ends(table.value)
        if ranges is None or not place.world.is_pmf(table.value) or table.value in place.varied:
            raise RejectedError("no pmf")
        require(table.value in place.world.spoken_of, "a pmf that need not exist")
        require(len(indices) == len(ranges) and indices[-1] is bound(0), "not over its classes")
        require(not any(occurs(bound(0), i) for i in indices[:-1]), "its other indices are not fixed")
        values = [*(shift(i, -1) for i in indices[:-1]), ZERO]  # no end speaks of the class itself
        spots = [tuple(instantiate(end, values) for end in pair) for pair in ranges]
        same = self.polynomials.equal
        require(same(lo, spots[-1][0]) and same(hi, spots[-1][1]), "not over all of its classes")
        require(all(is_integer(v, place) for v in values), "an index may be no integer")
        pairs = zip(values[:-1], spots, strict=False)
        return [order for v, (least, most) in pairs for order in (at_most(least, v), at_most(v, most))]

    def _equality(self, fact: kinds.SumLaw | kinds.Inside | kinds.Inverse | kinds.Quotient, place: Context) -> Term:
        require_here(fact.term, place)
        if isinstance(fact, kinds.SumLaw):
            said, needed = law(fact.name, fact.term)
            require(len(needed) == len(fact.proofs), "not everything that a law needs has a proof")
            for statement, proof in zip(needed, fact.proofs, strict=True):
                self.check(statement, proof, place)
            return said
        if isinstance(fact, kinds.Inside):
            require(fact.term.head == "Sum", "no sum")
            self.check(make("Equality", (fact.term.args[0], fact.value)), fact.proof, place.enter(fact.term))
            return make("Equality", (fact.term, make("Sum", (fact.value, *fact.term.args[1:]))))
        if isinstance(fact, kinds.Quotient):
            rest, divisor = quotient(fact.term, fact.number)
            self.check(less(ZERO, divisor), fact.proof, place)
            return make("Equality", (fact.term, make("Div", (make("Exp", (rest,)), divisor))))
        self.check(make("Unequal", (fact.term, ZERO)), fact.proof, place)
        return make("Equality", (make("Mul", (fact.term, make("Div", (ONE, fact.term)))), ONE))

    # --- orders as bounds ------------------------------------------------------------------------------------------

    def bound(self, fact: Fact, place: Context, case: Sequence[Term] = ()) -> LinearFact:
        """Return a fact as `0 <= value`, of integers in its tightest form; `case` is that of the contrary."""
        if isinstance(fact, kinds.Times):
            return self._times(fact, place, case)
        if isinstance(fact, kinds.Contrary):
            require(0 <= fact.number < len(case), "the contrary says no such thing")
            return self.bound_of(case[fact.number], place)
        return self.bound_of(self.stated(fact, place), place)

    def bound_of(self, s: Term, place: Context) -> LinearFact:
        """Return an order or an equality of finite numbers as `0 <= value`."""
        s = contrary(s.args[0]) if s.head == "Not" else s
        require(s.head in ("LessEqual", "Less", "Equality"), f"{s.head} is no order")
        value = self.polynomials.difference(s.args[1], s.args[0])
        require(self.polynomials.is_real(value, place.world), "an infinite end")
        found = LinearFact(value, s.head == "Less", s.head == "Equality")
        if self.polynomials.is_whole(value, lambda t: is_integer(t, place)):
            return tightened(found)
        return found

    def _times(self, fact: kinds.Times, place: Context, case: Sequence[Term]) -> LinearFact:
        left = self.bound(fact.left, place, case)
        if isinstance(fact.right, Term):
            require(left.equal, "an order times what may be negative")
            require_here(fact.right, place)
            by = self.polynomials.of(fact.right)
            require(self.polynomials.is_real(by, place.world), "an infinite factor")
            return LinearFact(multiplied([left.value, by]), equal=True)
        right = self.bound(fact.right, place, case)
        value = multiplied([left.value, right.value])
        return LinearFact(value, left.strict and right.strict, left.equal or right.equal)


def quotient(t: Term, number: int) -> tuple[Term, Term]:
    """Return of the exponential of a sum what is left without one of its terms, `-log(s)`, and s."""
    require(t.head == "Exp" and t.args[0].head == "Add", "no exponential of a sum")
    terms = t.args[0].args
    require(0 <= number < len(terms) and terms[number].head == "Neg", "there is no such term")
    [log] = terms[number].args
    require(log.head == "Log", "no logarithm")
    others = [a for i, a in enumerate(terms) if i != number]
    return (others[0] if len(others) == 1 else make("Add", others) if others else ZERO), log.args[0]


def range_orders(statement: Term, values: Sequence[Term]) -> list[Term]:
    """Return the orders which say that values are in the ranges of a statement about every integer of them."""
    found = []
    for value in values:
        require(statement.head == "ForAll", "the fact is about fewer names")
        body, _, lo, hi = statement.args
        found += [order for order in (at_most(lo, value), at_most(value, hi)) if not _is_free(order)]
        statement = instantiate(body, [value])
    return found


def within(inner: Context, values: Sequence[Term], place: Context) -> list[Term]:
    """Return what makes something that is known inside of binders true of values: ranges, integers, guards."""
    require(len(values) == inner.depth, "not so many binders")
    found: list[Term] = []
    for level, b in enumerate(inner.binders):
        value, ends = values[level], [instantiate(e, values[:level]) for e in b.args[2:]]
        if b.head in COUNTED:
            found += [order for order in (at_most(ends[0], value), at_most(value, ends[1])) if not _is_free(order)]
            found.append(make("IsInteger", (value,)))
        elif b.head != "At":  # almost everywhere, so of no value but the variable of the same integral
            require(value.head == "bound", "a value of what varies")
            binder, distance = place.binder(value.value), value.value
            require(distance >= place.depth - place.had.opened, "the variable of an integral that is opened here")
            there = [shift(e, distance + 1) for e in binder.args[2:]]
            require(binder.head == b.head and there == ends, "the variable of another integral")
            require(values.count(value) == 1, "one variable for two")
    require(not _is_at_a_point(inner, values, place), "a point, where it need not be known")
    return found + [instantiate(g, values) for g in inner.guards]


def _is_at_a_point(inner: Context, values: Sequence[Term], place: Context) -> bool:
    """Tell whether a place is at a point of an integral, where something is known almost everywhere in it."""
    pairs = zip(inner.binders, values, strict=True)
    variables = [v for b, v in pairs if b.head == "Integral"]
    said = in_force(replace(place, guards=tuple(instantiate(g, values) for g in inner.guards)))
    points = (g for g in in_force(place) - said if g.head == "Equality")
    return any(occurs(v, g) for g in points for v in variables)


def _is_free(order: Term) -> bool:
    """Tell whether an order says nothing: an end is infinite."""
    lhs, rhs = order.args
    return (lhs.head == "infinity" and lhs.value == -1) or (rhs.head == "infinity" and rhs.value == 1)
