"""Checks certificates: `Checker.accepts(goal, certificate, place)`.

Each kind of certificate has one function, which says what it shows and refuses whatever else it is put to. Nothing here
looks for anything: what is needed stands in the certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate, Fact
from deltasift.judge.context import COUNTED, Context, in_force
from deltasift.judge.facts import cases, forms, holds_nearby, varies
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import CONSTANT, Bound, Polynomials, TooLargeError, contradict, multiplied, tightened
from deltasift.judge.meaning import unfolded
from deltasift.judge.same import same
from deltasift.judge.statement import OF_EXISTENCE, at_most, contrary, less
from deltasift.judge.term import (
    FALSE,
    ONE,
    TRUE,
    ZERO,
    Term,
    UnreadableError,
    bound,
    has,
    instantiate,
    make,
    occurs,
    shift,
)
from deltasift.judge.verify.parts import replaced
from deltasift.judge.verify.question import RejectedError, require
from deltasift.judge.verify.statements.existence import needs
from deltasift.judge.verify.statements.number import enclosure
from deltasift.judge.verify.statements.signs import check_sign
from deltasift.judge.verify.statements.sums import law

DEEPEST = 60  # certificates inside of certificates
MOST_CASES = 64  # of a contrary

REFUSALS = (RejectedError, UnreadableError, TooLargeError)
ILL_FORMED = (AttributeError, TypeError, ValueError, LookupError, RecursionError)  # a part that is something else


def _require_here(t: Term, place: Context) -> None:
    """Refuse a term that speaks of binders which are not open."""
    require(isinstance(t, Term) and t.loose <= place.depth, "a term that speaks of no open binder")


class Checker:
    """Checks certificates, and remembers how it read the terms in them."""

    def __init__(self) -> None:
        self.polynomials = Polynomials()
        self._depth = 0
        self._base = 0  # how many binders are open where the whole goal stands

    def accepts(self, goal: Term, certificate: Certificate, place: Context) -> bool:
        """Tell whether a certificate shows that a statement is true at a place."""
        self._depth, self._base = 0, place.depth
        try:
            if isinstance(certificate, kinds.Instead):
                self._instead(certificate, place)
            elif isinstance(certificate, kinds.AlmostEverywhere):
                self._in_integral(goal, certificate, place)
            else:
                self.check(goal, certificate, place)
        except (*REFUSALS, *ILL_FORMED):
            return False
        return True

    def _instead(self, c: kinds.Instead, place: Context) -> None:
        wanted = place.had.instead
        require(0 < len(wanted) == len(c.proofs), "nothing else is needed, or not all of it is shown")
        for need, proof in zip(wanted, c.proofs, strict=True):
            self.check(need.statement, proof, need.context)

    def _in_integral(self, goal: Term, c: kinds.AlmostEverywhere, place: Context) -> None:
        """Of what is integrated, without point masses and not by its value at a point, a null set does not matter."""
        around = place.had.almost
        require(around is not None and not place.varied, "in no integral of which a null set does not matter")
        assert around is not None
        require(c.distance < place.depth - around, "the variable is not one of that integral")
        _require_here(goal, place)
        self._almost_everywhere(goal, c, place)

    def accepts_again(self, goal: Term, certificate: Certificate, place: Context) -> bool:
        """Tell the same while another certificate is being looked at."""
        depth = self._depth
        try:
            self.check(goal, certificate, place)
        except REFUSALS:
            return False
        finally:
            self._depth = depth
        return True

    def check(self, goal: Term, certificate: Certificate, place: Context) -> None:
        """Refuse a certificate that does not show a statement.

        Raises
        ------
        RejectedError
            With what is wrong.
        """
        if type(certificate) not in CHECKS:
            raise RejectedError(f"{certificate!r} is no certificate")
        require(self._depth < DEEPEST, "a certificate that is too deep")
        _require_here(goal, place)
        self._depth += 1
        CHECKS[type(certificate)](self, goal, certificate, place)
        self._depth -= 1

    # --- facts -----------------------------------------------------------------------------------------------------

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
            _require_here(fact.term, place)
            require(self.polynomials.is_real(self.polynomials.of(fact.term), place.world), "what may be no real number")
            found = forms(fact.term, place)
            require(0 <= fact.number < len(found), "its form says no such thing")
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
            _require_here(value, place)
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
            _require_here(value, place)
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
        _require_here(fact.term, place)
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
        _require_here(fact.term, place)
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

    def bound(self, fact: Fact, place: Context, case: Sequence[Term] = ()) -> Bound:
        """Return a fact as `0 <= value`, of integers in its tightest form; `case` is that of the contrary."""
        if isinstance(fact, kinds.Times):
            return self._times(fact, place, case)
        if isinstance(fact, kinds.Contrary):
            require(0 <= fact.number < len(case), "the contrary says no such thing")
            return self.bound_of(case[fact.number], place)
        return self.bound_of(self.stated(fact, place), place)

    def bound_of(self, s: Term, place: Context) -> Bound:
        """Return an order or an equality of finite numbers as `0 <= value`."""
        s = contrary(s.args[0]) if s.head == "Not" else s
        require(s.head in ("LessEqual", "Less", "Equality"), f"{s.head} is no order")
        value = self.polynomials.difference(s.args[1], s.args[0])
        require(self.polynomials.is_real(value, place.world), "an infinite end")
        found = Bound(value, s.head == "Less", s.head == "Equality")
        if self.polynomials.is_whole(value, lambda t: is_integer(t, place)):
            return tightened(found)
        return found

    def _times(self, fact: kinds.Times, place: Context, case: Sequence[Term]) -> Bound:
        left = self.bound(fact.left, place, case)
        if isinstance(fact.right, Term):
            require(left.equal, "an order times what may be negative")
            _require_here(fact.right, place)
            by = self.polynomials.of(fact.right)
            require(self.polynomials.is_real(by, place.world), "an infinite factor")
            return Bound(multiplied([left.value, by]), equal=True)
        right = self.bound(fact.right, place, case)
        value = multiplied([left.value, right.value])
        return Bound(value, left.strict and right.strict, left.equal or right.equal)

    # --- certificates ----------------------------------------------------------------------------------------------

    def _stated(self, goal: Term, c: kinds.Stated, place: Context) -> None:
        said = self.stated(c.fact, place)
        is_it = same(said, goal) if has(said, *OF_EXISTENCE) else self.polynomials.equal(said, goal)
        require(is_it, "the fact says something else")

    def _every(self, goal: Term, c: kinds.Every, place: Context) -> None:
        wanted = () if goal is TRUE else goal.args
        require(goal is TRUE or goal.head == "And", "no conjunction")
        require(len(wanted) == len(c.proofs), "not each statement has a proof")
        for statement, proof in zip(wanted, c.proofs, strict=True):
            self.check(statement, proof, place)

    def _some(self, goal: Term, c: kinds.Some, place: Context) -> None:
        require(goal.head == "Or" and 0 <= c.number < len(goal.args), "no such alternative")
        others = [contrary(a) for i, a in enumerate(goal.args) if i != c.number]
        self.check(goal.args[c.number], c.proof, place.assuming(*others))

    def _each(self, goal: Term, c: kinds.Each, place: Context) -> None:
        require(goal.head == "ForAll", "no statement about every integer of a range")
        self.check(goal.args[0], c.proof, place.enter(goal))

    def _denied(self, goal: Term, c: kinds.Denied, place: Context) -> None:
        require(goal.head == "Not", "no denial")
        said = contrary(goal.args[0])
        require(said.head != "Not", "the denial is no other statement")
        self.check(said, c.proof, place)

    def _absurd(self, goal: Term, c: kinds.Absurd, place: Context) -> None:
        self.check(FALSE, c.proof, place)

    def _using(self, goal: Term, c: kinds.Using, place: Context) -> None:
        self.check(goal, c.proof, place.assuming(*(self.stated(fact, place) for fact in c.facts)))

    def _replaced(self, goal: Term, c: kinds.Replaced, place: Context) -> None:
        said = self.stated(c.equality, place)
        require(said.head == "Equality" and said.args[0].head in ("bound", "free"), "no equality of a name")
        there = replaced(goal, *said.args)
        if there is None:
            raise RejectedError("what is said of a name at a point is not said of what varies")
        self.check(there, c.proof, place)

    def _unfolded(self, goal: Term, c: kinds.Unfolded, place: Context) -> None:
        self.check(unfolded(goal, place.world), c.proof, place)

    def _whole_number(self, goal: Term, c: kinds.Whole, place: Context) -> None:
        require(goal.head == "IsInteger" and is_integer(goal.args[0], place), "it may be no integer")

    def _linear(self, goal: Term, c: kinds.Linear, place: Context) -> None:
        against = contraries(goal)
        require(len(against) == len(c.cases), "not each case of the contrary is refuted")
        for statements, weighted in zip(against, c.cases, strict=True):
            bounds = [(by, self.bound(fact, place, statements)) for by, fact in weighted]
            require(all(type(by) is Fraction for by, _ in bounds), "a multiplier that is no number")
            require(contradict(bounds), "the facts do not add up to a contradiction")

    def _number(self, goal: Term, c: kinds.Number, place: Context) -> None:
        require(goal.head in ("LessEqual", "Less", "Unequal"), "no order of numbers")
        a, b = (enclosure(side, c.bits) for side in goal.args)
        apart = a[1] < b[0] or (goal.head == "LessEqual" and a[1] == b[0])
        require(apart or (goal.head == "Unequal" and b[1] < a[0]), "the numbers are not told apart")

    def _split(self, goal: Term, c: kinds.Split, place: Context) -> None:
        groups = self.cases_of(c.of, place)
        require(groups, "what has no cases")
        require(len(groups) == len(c.cases), "not each case is looked at")
        for statements, proof in zip(groups, c.cases, strict=True):
            self.check(goal, proof, place.assuming(*statements))

    def cases_of(self, of: Term | Fact, place: Context) -> Sequence[tuple[Term, ...]]:
        """Return groups of statements of which all of one group are true."""
        if isinstance(of, Term):
            _require_here(of, place)
            found = cases(of)
            return found if found is not None else ((of,), (contrary(of),)) if of.head in STATEMENTS else ()
        said = self.stated(of, place)
        if said.head == "Unequal":
            return (less(*said.args),), (less(*said.args[::-1]),)
        require(said.head == "Or", "the fact has no cases")
        return [(s,) for s in said.args]

    def _divided(self, goal: Term, c: kinds.Divided, place: Context) -> None:
        """b = a*q + r, all of them integers: a divides b where r is 0, and does not where 0 < r < abs(a)."""
        denied = goal.head == "Not"
        inner = goal.args[0] if denied else goal
        _require_here(c.quotient, place)
        require(inner.head == "Divides", "no statement about divisors")
        a, b = inner.args
        require(type(c.remainder) is int and is_integer(c.quotient, place), "a quotient that is no integer")
        require(all(is_integer(x, place) for x in (a, b)), "what divides or is divided may be no integer")
        there = make("Add", (make("Mul", (a, c.quotient)), make("number", (), Fraction(c.remainder))))
        require(self.polynomials.equal(b, there), "the division is wrong")
        if denied:
            by = self.polynomials.of(a)
            size = abs(Fraction(by.get(CONSTANT, 0)))
            require(by.keys() <= {CONSTANT} and 0 < c.remainder < size, "the remainder is no remainder")
        else:
            require(c.remainder == 0, "there is a remainder")

    def _infinite(self, goal: Term, c: kinds.Infinite, place: Context) -> None:
        require(goal.head in ("LessEqual", "Less"), "no order")
        lhs, rhs = goal.args
        for side, sign, other in ((rhs, 1, lhs), (lhs, -1, rhs)):
            factors = side.args if side.head == "Mul" else (side,)
            ends = [f for f in factors if f.head == "infinity"]
            if [f.value for f in ends] == [sign] and len(factors) - 1 == len(c.positive):
                strict = goal.head == "LessEqual" or self.polynomials.is_real(self.polynomials.of(other), place.world)
                require(strict, "the other end is infinite, too")
                for f, proof in zip([f for f in factors if f.head != "infinity"], c.positive, strict=True):
                    self.check(less(ZERO, f), proof, place)
                return
        raise RejectedError("no end is infinite")

    def _closure(self, goal: Term, c: kinds.Closure, place: Context) -> None:
        wanted = list(needs(goal, place, self.polynomials))
        require(len(wanted) == len(c.proofs), "not everything that is needed has a proof")
        for (statement, there), proof in zip(wanted, c.proofs, strict=True):
            if isinstance(proof, kinds.AlmostEverywhere):
                around = self._base if place.had.almost is None or place.varied else place.had.almost
                require(proof.distance >= there.depth - place.depth, "not everywhere in the variable itself")
                require(proof.distance < there.depth - around, "in an integral of which a null set may matter")
                self._almost_everywhere(statement, proof, there)
            else:
                self.check(statement, proof, there)

    def _rest(self, goal: Term, c: kinds.Rest, place: Context) -> None:
        said = self.stated(c.whole, place)
        require(said.head == goal.head == "Integrable", "nothing is said to be integrable")
        (body, *ends), (part, *own) = said.args[0].args, goal.args[0].args
        require(body.head == "Add" and all(map(same, ends, own)), "no integral of a sum over the same range")
        require(0 <= c.number < len(body.args) and same(body.args[c.number], part), "no such term")
        others = [e for n, e in enumerate(body.args) if n != c.number]
        require(len(others) == len(c.proofs), "not each of the other terms is shown")
        for e, proof in zip(others, c.proofs, strict=True):
            self.check(make("Integrable", (make("Integral", (e, *own)),)), proof, place)

    def _almost_everywhere(self, goal: Term, c: kinds.AlmostEverywhere, place: Context) -> None:
        """The difference is linear in the variable of an integral, so 0 on a null set of that alone."""
        require(0 <= c.distance < place.depth and place.binder(c.distance).head == "Integral", "no such integral")
        require(goal.head in ("Unequal", "Less"), "neither an order nor a difference")
        split = self.polynomials.linear_in(self.polynomials.difference(*goal.args), bound(c.distance))
        require(split is not None and split[0].keys() == {CONSTANT}, "the sides may be equal on more than a null set")
        if goal.head == "Less":
            require(c.proof is not None, "the order is not shown")
            assert c.proof is not None
            self.check(at_most(*goal.args), c.proof, place)

    def _solver(self, goal: Term, c: kinds.Solver, place: Context) -> None:
        """Nothing is checked: whoever accepts it says so."""


STATEMENTS = frozenset(("LessEqual", "Less", "Equality", "Unequal", "Divides", "IsInteger"))


def contraries(goal: Term) -> list[tuple[Term, ...]]:
    """Return the cases of the contrary of a statement, each as orders and equalities that are true together."""
    if goal.head == "truth":
        return [] if goal.value else [()]
    if goal.head in ("LessEqual", "Less"):
        return [(contrary(goal),)]
    if goal.head == "Equality":
        return [(less(*goal.args),), (less(*goal.args[::-1]),)]
    if goal.head == "Unequal":
        return [(make("Equality", goal.args),)]
    if goal.head == "And":
        return [case for a in goal.args for case in contraries(a)]
    if goal.head == "Or":
        found: list[tuple[Term, ...]] = [()]
        for a in goal.args:
            found = [(*x, *y) for x in found for y in contraries(a)]
            require(len(found) <= MOST_CASES, "too many cases")
        return found
    inner = goal.args[0] if goal.head == "Not" else None
    if inner is not None and inner.head in ("LessEqual", "Less", "Equality"):
        return [(inner,)]
    raise RejectedError(f"{goal.head} is not linear")


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


CHECKS: Mapping[Any, Callable[..., None]] = {
    kinds.Stated: Checker._stated,
    kinds.Every: Checker._every,
    kinds.Some: Checker._some,
    kinds.Each: Checker._each,
    kinds.Denied: Checker._denied,
    kinds.Absurd: Checker._absurd,
    kinds.Using: Checker._using,
    kinds.Replaced: Checker._replaced,
    kinds.Unfolded: Checker._unfolded,
    kinds.Whole: Checker._whole_number,
    kinds.Linear: Checker._linear,
    kinds.Number: Checker._number,
    kinds.Sign: lambda checker, goal, c, place: check_sign(checker, goal, c.signs, place),
    kinds.Split: Checker._split,
    kinds.Divided: Checker._divided,
    kinds.Infinite: Checker._infinite,
    kinds.Closure: Checker._closure,
    kinds.Rest: Checker._rest,
    kinds.Solver: Checker._solver,
}
