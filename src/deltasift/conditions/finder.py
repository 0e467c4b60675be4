"""Finds certificates: why a statement is true at a place, from the facts that are in force there.

It may look where it likes and be wrong: what it returns is checked by the judge, which shares nothing with it but the
reading of terms.
"""

from __future__ import annotations

from collections.abc import Mapping

from deltasift.conditions.bit_orders import by_bits
from deltasift.conditions.gather import Gathered
from deltasift.conditions.known import bare, known, rest, using
from deltasift.conditions.outright import divided, enclosed, infinite, not_zero
from deltasift.conditions.refuter import Refuter
from deltasift.conditions.sum_orders import SumOrders
from deltasift.conditions.sum_totals import Totals
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import TRIVIAL, Certificate, Known, Signs
from deltasift.judge.context import Context
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import CONSTANT, TooLargeError
from deltasift.judge.meaning import unfolded
from deltasift.judge.proof import Checker
from deltasift.judge.statement import at_most, contrary
from deltasift.judge.term import FALSE, TRUE, ZERO, Term, UnreadableError, bound, make
from deltasift.judge.tree import COUNTED
from deltasift.judge.verify.parts import replaced
from deltasift.judge.verify.question import NotByFormError, RejectedError
from deltasift.judge.verify.statements.existence import needs
from deltasift.judge.verify.statements.signs import RELATIONS, parts_with_signs, signs_of, to_zero

DEEPEST = 5  # proofs inside of proofs, those of the parts of a statement not counted
SPLITS = 2  # cases inside of cases
SUMS, ROOM = 2, 2  # sums inside of sums, and how much deeper proofs about them may go
LOOKS = 16  # relations of which the sums are looked at for one decision
MOST_REMEMBERED = 4000
RELATION_HEADS = frozenset(("LessEqual", "Less", "Equality", "Unequal"))
ANY = frozenset((-1, 0, 1))
COMPOUND = frozenset(("And", "Or", "ForAll"))
CLOSURES = frozenset(("Continuous", "Integrable", "Summable", "HasValue"))


class _Trusting(Checker):
    """Takes the parts of a certificate that its finder has found before for what they are; the whole is judged anew."""

    def __init__(self, found: Mapping[tuple[Term, Context], Certificate | None]) -> None:
        super().__init__()
        self._found = found

    def check(self, goal: Term, certificate: Certificate, place: Context) -> None:
        if self._found.get((goal, place)) is not certificate:
            super().check(goal, certificate, place)


class Finder:
    """Finds certificates, and remembers them."""

    def __init__(self) -> None:
        self._memo: dict[tuple[Term, Context], Certificate | None] = {}
        self.checker: Checker = _Trusting(self._memo)
        self._refuter = Refuter(self.checker, self.find)
        self._empty: dict[Context, Certificate | None] = {}
        self._splits = 0
        self._sums = 0
        self._looks = 0
        self._depth = 0
        self._base = 0  # how many binders are open where the whole goal stands

    def decide(self, goal: Term, place: Context) -> Certificate | None:
        """Return a certificate of a statement, None where none is found."""
        self._depth = self._splits = self._sums = self._looks = 0
        self._base = place.depth
        if len(self._memo) + len(self._refuter) > MOST_REMEMBERED:
            self._memo.clear()
            self._empty.clear()
            self._refuter.clear()
        try:
            return self.find(goal, place) or self._instead(place) or self._in_integral(goal, place)
        except (UnreadableError, RecursionError):
            return None

    def _in_integral(self, goal: Term, place: Context) -> Certificate | None:
        """Show what is needed in an integral without point masses almost everywhere."""
        around = place.had.almost
        if around is None or place.varied:
            return None
        return self._almost_everywhere(goal, place, 0, around)

    def _instead(self, place: Context) -> Certificate | None:
        proofs = [self.find(need.statement, need.context) for need in place.had.instead]
        found = tuple(proof for proof in proofs if proof is not None)
        return kinds.Instead(found) if proofs and len(found) == len(proofs) else None

    def find(self, goal: Term, place: Context) -> Certificate | None:
        key = (goal, place)
        if key in self._memo:
            return self._memo[key]
        if self._depth >= DEEPEST:
            return None
        self._memo[key] = None  # a proof may not use itself
        deeper = goal.head not in COMPOUND
        self._depth += deeper
        try:
            found = self._find(goal, place)
        except (TooLargeError, RejectedError):
            found = None
        finally:
            self._depth -= deeper
        if found is None and self._depth:
            del self._memo[key]  # nearer to the top there is more room
        else:
            self._memo[key] = found
        return found

    def _find(self, goal: Term, place: Context) -> Certificate | None:
        if not place.had.needs:
            return self._alone(goal, place) or known(goal, place, self.find)
        found = known(goal, place, self.find) or self._without(goal, place)
        if found is None and (goal.head in CLOSURES or goal.head in COMPOUND):
            found = self._alone(goal, place) or rest(goal, place, self.find)
        if found is None:
            facts, said = using(place, self.find)
            proof = self.find(goal, bare(place).assuming(*said)) if facts else None
            found = None if proof is None else kinds.Using(facts, proof)
        return found

    def _without(self, goal: Term, place: Context) -> Certificate | None:
        """Look at the same without what is known because a line has a value, no deeper than it is."""
        self._depth -= 1
        try:
            return self.find(goal, bare(place))
        finally:
            self._depth += 1

    def _alone(self, goal: Term, place: Context) -> Certificate | None:
        stated = self._stated(goal, place)
        if stated is not None or goal is FALSE:
            return stated
        if goal is TRUE:
            return TRIVIAL
        if goal.head == "And":
            proofs = self._all(goal.args, place)
            return None if proofs is None else kinds.Every(proofs)
        if goal.head == "Or":
            return self._alternative(goal, place)
        if goal.head == "Not" and contrary(goal.args[0]).head != "Not":
            proof = self.find(contrary(goal.args[0]), place)
            return None if proof is None else kinds.Denied(proof)
        if goal.head == "ForAll":
            proof = self.find(goal.args[0], place.enter(goal))
            return None if proof is None else kinds.Each(proof)
        if goal.head in CLOSURES:
            return self._closure(goal, place)
        if goal.head == "IsInteger":
            return self._whole(goal, place)
        if goal.head == "Divides" or (goal.head == "Not" and goal.args[0].head == "Divides"):
            return divided(goal, place, self.checker)
        return self._relation(goal, place) if goal.head in RELATION_HEADS else None

    def _whole(self, goal: Term, place: Context) -> Certificate | None:
        """Show that something is an integer by its form, a quotient by the remainder that it leaves, too."""
        t = goal.args[0]
        if is_integer(t, place):
            return kinds.Whole()
        divides = make("Divides", t.args[::-1]) if t.head == "Div" else None
        proof = None if divides is None else self.find(divides, place)
        return None if proof is None or divides is None else kinds.Using((kinds.Lemma(divides, proof),), kinds.Whole())

    def _all(self, goals: tuple[Term, ...], place: Context) -> tuple[Certificate, ...] | None:
        proofs: list[Certificate] = []
        for g in goals:
            proof = self.find(g, place)
            if proof is None:
                return None
            proofs.append(proof)
        return tuple(proofs)

    def _stated(self, goal: Term, place: Context) -> Certificate | None:
        for n, guard in enumerate(place.guards):
            if guard is goal:
                return kinds.Stated(kinds.Guard(n))
        if goal.loose == 0:
            for n, given in enumerate(place.world.given):
                if given is goal:
                    return kinds.Stated(kinds.Given(n))
        if goal.head in ("LessEqual", "Less", "Equality", "Unequal"):
            return None
        for n, guard in enumerate(place.guards):
            if self.checker.polynomials.equal(guard, goal):
                return kinds.Stated(kinds.Guard(n))
        return None

    def _alternative(self, goal: Term, place: Context) -> Certificate | None:
        for n, part in enumerate(goal.args):
            others = [contrary(a) for i, a in enumerate(goal.args) if i != n]
            proof = self.find(part, place.assuming(*others))
            if proof is not None:
                return kinds.Some(n, proof)
        try:
            return self._refuter.linear(goal, place) or self._in_cases(goal, place)
        except RejectedError:
            return None

    # --- relations -------------------------------------------------------------------------------------------------

    def _relation(self, goal: Term, place: Context) -> Certificate | None:
        return (
            infinite(goal, place, self.checker, self._all)
            or enclosed(goal, self.checker)
            or not_zero(goal, place, self.checker)
            or self._refuter.linear(goal, place, thorough=False)
            or self._sign(goal, place)
            or self._unfolded(goal, place)
            or self._refuter.linear(goal, place)
            or by_bits(goal, place, self.checker, self.find, self._refuter)
            or self._in_cases(goal, place)
            or self._refuter.products(goal, place)
            or Totals(self.checker, self.find, self._all).totals(goal, place)
            or self._of_sums(goal, place)
            or self._refuter.vanishing(goal, place)
            or self._replaced(goal, place)
            or self._nowhere(place)
        )

    def _of_sums(self, goal: Term, place: Context) -> Certificate | None:
        """Look at the sums in a relation, with more room, since their terms have ranges of their own to be shown."""
        if self._sums >= SUMS or self._looks >= LOOKS:
            return None
        self._looks += 1
        self._sums += 1
        self._depth -= ROOM
        try:
            return SumOrders(self.checker, self.find, self._all, self._refuter).orders(goal, place)
        finally:
            self._depth += ROOM
            self._sums -= 1

    def _nowhere(self, place: Context) -> Certificate | None:
        """Show that a place is inside of an empty range, where everything is true."""
        counted = [bound(n) for n in range(place.depth) if place.binder(n).head in COUNTED]
        if not counted:
            return None
        if place not in self._empty:
            self._empty[place] = None  # a proof may not use itself
            known = Gathered(self.checker, place, self.find)
            for index in counted:
                known.about(index)
            case = self._refuter.refuted((), known, place, thorough=False)
            self._empty[place] = None if case is None else kinds.Absurd(kinds.Linear((case,)))
        return self._empty[place]

    def _replaced(self, goal: Term, place: Context) -> Certificate | None:
        """Look at a statement with the value of a name that is known."""
        for n, guard in enumerate(place.guards):
            if guard.head == "Equality" and guard.args[0].head in ("bound", "free"):
                there = replaced(goal, *guard.args)
                proof = self.find(there, place) if there is not None and there is not goal else None
                if proof is not None:
                    return kinds.Replaced(kinds.Guard(n), proof)
        return None

    def _unfolded(self, goal: Term, place: Context) -> Certificate | None:
        plain = unfolded(goal, place.world)
        proof = None if plain is goal else self.find(plain, place)
        return None if proof is None else kinds.Unfolded(proof)

    # --- signs -----------------------------------------------------------------------------------------------------

    def _sign(self, goal: Term, place: Context) -> Certificate | None:
        lhs, rhs = goal.args
        term = lhs if rhs is ZERO else rhs if lhs is ZERO else make("Add", (rhs, make("Neg", (lhs,))))
        tree, _ = self._signs(term, place)
        found = kinds.Sign(tree)
        return found if self.checker.accepts_again(goal, found, place) else None

    def _signs(self, t: Term, place: Context) -> tuple[Signs, frozenset[int]]:
        """Return what is found of the sign of a term: by its parts, then by what is known of itself."""
        args = parts_with_signs(t)
        parts: tuple[Signs, ...] = ()
        nonempty = None
        if args:
            inner = place.enter(t) if t.head in ("Sum", "Product", "Integral") else place
            looked = [self._signs(a, inner) for a in args]
            parts = tuple(tree for tree, _ in looked)
            if t.head in ("Sum", "Integral") and looked[0][1] != ANY and len(looked[0][1]) < 3:
                nonempty = self.find(at_most(*t.args[2:]), place)
        tree = Signs(parts, (), nonempty)
        try:
            signs = signs_of(self.checker, t, tree, place)
        except RejectedError:
            tree, signs = Signs(), ANY
        if len(signs) == 1 or t.head == "number" or (args and t.head not in ("Add", "Sum", "Product")):
            return tree, signs
        known = self._known(t, signs, place)
        for k in known:
            signs &= RELATIONS[k.relation]
        return Signs(parts, known, nonempty), signs

    def _known(self, t: Term, signs: frozenset[int], place: Context) -> tuple[Known, ...]:
        """Return the relations of a term to 0 that facts show, those of its parts left out."""
        if self._depth >= DEEPEST:
            return ()
        self._depth += 1
        found: list[Known] = []
        try:
            for relation in ("<", ">", "<=", ">=", "!="):
                if signs <= RELATIONS[relation] or not signs & RELATIONS[relation]:
                    continue
                proof = self._quickly(to_zero(relation, t), place)
                if proof is not None:
                    found.append(Known(relation, proof))
                    signs &= RELATIONS[relation]
        except (RejectedError, TooLargeError):
            pass
        finally:
            self._depth -= 1
        return tuple(found)

    def _quickly(self, goal: Term, place: Context) -> Certificate | None:
        """Look for what shows a relation of a part to 0, but not for its sign once more."""
        return (
            self._stated(goal, place)
            or enclosed(goal, self.checker)
            or self._refuter.linear(goal, place, thorough=False)
            or self._true_bracket(goal, place)
        )

    def _true_bracket(self, goal: Term, place: Context) -> Certificate | None:
        """Show that a bracket is positive where what stands in it is true."""
        lhs, rhs = goal.args
        if goal.head != "Less" or lhs is not ZERO or rhs.head != "Iverson" or self.find(rhs.args[0], place) is None:
            return None
        return self._in_cases(goal, place)

    # --- cases and products ----------------------------------------------------------------------------------------

    def _in_cases(self, goal: Term, place: Context) -> Certificate | None:
        if self._splits >= SPLITS:
            return None
        self._splits += 1
        try:
            for of in self._refuter.to_split(goal, place):
                groups = self.checker.cases_of(of, place)
                proofs = []
                for statements in groups:
                    proof = self._in_case(goal, place.assuming(*statements))
                    if proof is None:
                        break
                    proofs.append(proof)
                if len(proofs) == len(groups):
                    return kinds.Split(of, tuple(proofs))
        finally:
            self._splits -= 1
        return None

    def _in_case(self, goal: Term, place: Context) -> Certificate | None:
        try:
            if goal in place.guards:
                return self._stated(goal, place)
            absurd = self._refuter.linear(FALSE, place) if place.guards else None
            if absurd is not None:
                return kinds.Absurd(absurd)
        except RejectedError:
            pass
        return self.find(goal, place)

    # --- existence -------------------------------------------------------------------------------------------------

    def _closure(self, goal: Term, place: Context) -> Certificate | None:
        try:
            wanted = list(needs(goal, place, self.checker.polynomials))
        except NotByFormError:
            return None
        proofs: list[Certificate] = []
        for statement, there in wanted:
            around = self._base if place.had.almost is None or place.varied else place.had.almost
            inner = there.depth - place.depth
            proof = self.find(statement, there) or self._almost_everywhere(statement, there, inner, around)
            if proof is None:
                return None
            proofs.append(proof)
        return kinds.Closure(tuple(proofs))

    def _almost_everywhere(self, goal: Term, place: Context, least: int, around: int) -> kinds.AlmostEverywhere | None:
        """Look for the variable of an integral, not one of the innermost nor one of those that are `around`."""
        if goal.head not in ("Unequal", "Less"):
            return None
        order = self.find(at_most(*goal.args), place) if goal.head == "Less" else None
        if goal.head == "Less" and order is None:
            return None
        difference = self.checker.polynomials.difference(*goal.args)
        for distance in range(least, place.depth - around):
            split = self.checker.polynomials.linear_in(difference, bound(distance))
            if place.binder(distance).head == "Integral" and split is not None and split[0].keys() == {CONSTANT}:
                return kinds.AlmostEverywhere(distance, order)
        return None
