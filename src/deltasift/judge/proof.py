"""Checks certificates: `Checker.accepts(goal, certificate, place)`.

Each kind of certificate has one function, which says what it shows and refuses whatever else it is put to. Nothing here
looks for anything: what is needed stands in the certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate, Fact
from deltasift.judge.context import Context
from deltasift.judge.facts import cases
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import CONSTANT, TooLargeError, contradict
from deltasift.judge.meaning import unfolded
from deltasift.judge.same import same
from deltasift.judge.saying import Stating, require_here
from deltasift.judge.statement import OF_EXISTENCE, at_most, contrary, less
from deltasift.judge.term import (
    FALSE,
    TRUE,
    ZERO,
    Term,
    UnreadableError,
    bound,
    has,
    make,
)
from deltasift.judge.verify.parts import replaced
from deltasift.judge.verify.question import RejectedError, require
from deltasift.judge.verify.statements.existence import needs
from deltasift.judge.verify.statements.number import enclosure
from deltasift.judge.verify.statements.signs import check_sign

DEEPEST = 60  # certificates inside of certificates
MOST_CASES = 64  # of a contrary

REFUSALS = (RejectedError, UnreadableError, TooLargeError)
ILL_FORMED = (AttributeError, TypeError, ValueError, LookupError, RecursionError)  # a part that is something else


class Checker(Stating):
    """Checks certificates, and remembers how it read the terms in them."""

    def __init__(self) -> None:
        super().__init__()
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
        require_here(goal, place)
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
        require_here(goal, place)
        self._depth += 1
        CHECKS[type(certificate)](self, goal, certificate, place)
        self._depth -= 1

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
            require_here(of, place)
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
        require_here(c.quotient, place)
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
