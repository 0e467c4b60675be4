"""Proving a side condition from the facts of the domains and of the enclosing binders."""

from __future__ import annotations

from sympy import S, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Rational
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

import deltasift.inert as ex
from deltasift.conditions.constants import holds_of_numbers
from deltasift.conditions.differences import Differences, is_open
from deltasift.conditions.properties import continuous, integrable, summable
from deltasift.conditions.signs import NEGATIVE, NONNEGATIVE, POSITIVE, ZERO, SignReader, Signs, instances
from deltasift.conditions.smt import Solver
from deltasift.conditions.totals import total_is
from deltasift.conditions.verdict import Proof, Verdict
from deltasift.inert import free, substitute
from deltasift.inert.substitution import fresh
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.line.statements import contrary, given_as
from deltasift.said import Said

Because = tuple[str, ...]
DEEPEST = 6  # proofs inside proofs


class Prover:
    """Proves statements in scopes, and remembers what it proved."""

    def __init__(self, *, solves: bool = True) -> None:
        self.solves = solves  # whether a solver may be asked
        self.canon = Canon()
        self._memo: dict[tuple[Basic, Scope], Because | None] = {}
        self._verdicts: dict[tuple[int, int], tuple[Verdict, Basic, Scope]] = {}
        self._depth = 0
        self.differences = Differences(self.entailed)

    def prove(self, condition: Basic, scope: Scope) -> Proof:
        """Return PROVED, REFUTED or UNKNOWN with what decided it."""
        because = self.entailed(condition, scope)
        if because is not None:
            return Proof(condition, Verdict.PROVED, because)
        against = self.entailed(contrary(condition), scope)
        if against is not None:
            return Proof(condition, Verdict.REFUTED, against)
        return Proof(condition, Verdict.UNKNOWN)

    def verdict(self, condition: Basic, scope: Scope) -> Verdict:
        """Return PROVED, REFUTED or UNKNOWN."""
        if is_stated(condition, scope):
            return Verdict.PROVED
        if _is_open(condition, scope):
            return Verdict.UNKNOWN
        key = (id(condition), id(scope))
        known = self._verdicts.get(key)
        if known is None:
            # both are kept, so that their ids stay theirs
            known = self._verdicts[key] = (self._verdict(condition, scope), condition, scope)
        return known[0]

    def _verdict(self, condition: Basic, scope: Scope) -> Verdict:
        if self.entailed(condition, scope) is not None:
            return Verdict.PROVED
        return Verdict.REFUTED if self.entailed(contrary(condition), scope) is not None else Verdict.UNKNOWN

    def holds(self, condition: Basic, scope: Scope) -> bool:
        """Tell whether a condition is proved."""
        if is_stated(condition, scope):
            return True
        return not _is_open(condition, scope) and self.entailed(condition, scope) is not None

    def entailed(self, condition: Basic, scope: Scope) -> Because | None:
        """Return the facts from which the condition follows, None where that is not known."""
        key = (condition, scope)
        if key not in self._memo:
            if self._depth >= DEEPEST:
                return None
            self._depth += 1
            self._memo[key] = None  # a proof may not use itself
            try:
                self._memo[key] = self._entailed(condition, scope)
            finally:
                self._depth -= 1
        return self._memo[key]

    def _entailed(self, c: Basic, scope: Scope) -> Because | None:
        if isinstance(c, BooleanTrue):
            return ()
        if isinstance(c, BooleanFalse):
            return None
        if any(type(s) is type(c) and self.canon.same(c, s) for s in scope.assumed):
            return (given_as(c),)
        if isinstance(c, ex.And):
            return self._all(c.args, scope)
        if isinstance(c, ex.Or):
            return self._any(c, scope)
        if isinstance(c, ex.Not):
            inner = c.args[0]
            turned = contrary(inner)
            return self._solve(c, scope) if isinstance(turned, ex.Not) else self.entailed(turned, scope)
        if isinstance(c, ex.ForAll):
            return self._for_all(c, scope)
        if isinstance(c, ex.Continuous):
            return continuous(c, scope, self.holds)
        if isinstance(c, ex.Integrable):
            return integrable(c, scope, self.holds)
        if isinstance(c, ex.Summable):
            return summable(c, scope)
        return self._relation(c, scope)

    def _all(self, parts: tuple[Basic, ...], scope: Scope) -> Because | None:
        found: dict[str, None] = {}
        for p in parts:
            because = self.entailed(p, scope)
            if because is None:
                return None
            found.update(dict.fromkeys(because))
        return tuple(found)

    def _any(self, c: ex.Or, scope: Scope) -> Because | None:
        for i, p in enumerate(c.args):
            others = [contrary(q) for j, q in enumerate(c.args) if j != i]
            because = self.entailed(p, scope.assuming(*others))
            if because is not None:
                return because
        return self._solve(c, scope)

    def _for_all(self, c: ex.ForAll, scope: Scope) -> Because | None:
        body, name, lo, hi = c.args
        clash = {r.name for r in scope.ranges} | free(lo) | free(hi)
        clash = clash.union(*map(free, scope.assumed), *(free(r.lo) | free(r.hi) for r in scope.ranges))
        if name in clash:
            new = fresh(name, clash | free(body))
            body, name = substitute(body, {name: new}), new
        assert isinstance(name, Symbol)
        return self.entailed(body, scope.within(name, lo, hi, integer=True))

    def _relation(self, c: Basic, scope: Scope) -> Because | None:
        whole = scope.unfold_all(c) if scope.domains or any(isinstance(a, ex.Node) for a in c.args) else c
        if whole is not c and any(not free(s).isdisjoint(free(c) - free(whole)) for s in scope.assumed):
            found = self._of_values(c, scope)  # an assumption speaks of what is defined by its name
            if found is not None:
                return found
        return self._of_values(whole, scope)

    def _of_values(self, c: Basic, scope: Scope) -> Because | None:
        if isinstance(c, (ex.LessEqual, ex.Less)):
            lhs, rhs = c.args
            if self._is_infinite(lhs, S.NegativeInfinity, scope) or self._is_infinite(rhs, S.Infinity, scope):
                return ("an infinite range",)
            stated = self._stated(lhs, rhs, isinstance(c, ex.Less), scope)
            if stated is not None:
                return stated
            if isinstance(c, ex.LessEqual) and (lhs == rhs or (isinstance(lhs, ex.Node) and self.canon.same(lhs, rhs))):
                return ("reflexivity",)
        if isinstance(c, (ex.LessEqual, ex.Less, ex.Equality, ex.Unequal)):
            by_signs = (
                not isinstance(c, ex.Equality) and S.Zero in c.args and not any(isinstance(a, ex.Add) for a in c.args)
            )
            found = self._by_signs(c, scope) if by_signs else None
            if found is not None:
                return found
            if holds_of_numbers(c):
                return ("arithmetic",)
            answer = self.differences.entails(c, scope)
            if answer.because is not None or answer.complete:
                return answer.because
            found = None if by_signs else self._by_signs(c, scope)
            found = found or self._by_choice(c, scope)
            if found is not None:
                return found
        found = self._by_fact(c, scope)
        if found is not None:
            return found
        if isinstance(c, ex.Divides) and c.args[0] in (S.One, S.NegativeOne) and scope.is_integer(c.args[1]):
            return ("1 divides every integer",)
        if isinstance(c, ex.IsInteger) and scope.is_integer(c.args[0]):
            return (Said(c.args[0], " is an integer"),)
        if isinstance(c, ex.Equality):
            if self.canon.same(*c.args):
                return ("reflexivity",)
            found = total_is(c, scope, self)
            if found is not None:
                return found
        if isinstance(c, ex.LessEqual) and isinstance(c.lhs, ex.Sum):  # a total that is at most what it is
            found = total_is(ex.Equality(*c.args), scope, self)
            if found is not None:
                return found
        return self._solve(c, scope)

    def _is_infinite(self, e: Basic, end: Basic, scope: Scope) -> bool:
        """Tell whether an end of a range is infinite, as it stands or times what is positive."""
        if not isinstance(e, ex.Mul):
            return e is end
        others = [a for a in e.args if a is not end]
        return len(others) == len(e.args) - 1 and all(self.holds(ex.Less.make((S.Zero, a)), scope) for a in others)

    def _stated(self, lhs: Basic, rhs: Basic, strict: bool, scope: Scope) -> Because | None:
        """Return what states an order as it stands: two numbers, the range of a name, a fact about every entry."""
        if isinstance(lhs, Rational) and isinstance(rhs, Rational):
            return ("arithmetic",) if (lhs < rhs if strict else lhs <= rhs) else None
        if not strict:
            below, above = scope.bound.get(rhs), scope.bound.get(lhs)
            if below is not None and below.known[0] == lhs:
                return (Said(rhs, " runs from ", lhs),)
            if above is not None and above.known[1] == rhs:
                return (Said(lhs, " runs to ", rhs),)
        for s in scope.assumed:
            said = _everywhere(s)
            if said is None:
                continue
            body, names = said
            if strict and not isinstance(body, ex.Less):
                continue
            if not names:
                if body.args == (lhs, rhs):
                    return (given_as(s),)
                continue
            for _, needs in instances(s, type(body).make((lhs, rhs))):
                if all(self.holds(n, scope) for n in needs):
                    return (given_as(s),)
        return None

    def _by_fact(self, c: Basic, scope: Scope) -> Because | None:
        """Return the fact about every integer of a range that says this of one of them."""
        for s in scope.assumed:
            for _, needs in instances(s, c):
                if all(self.holds(need, scope) for need in needs):
                    return (given_as(s),)
        return None

    def _by_signs(self, c: ex.Node, scope: Scope) -> Because | None:
        lhs, rhs = c.args
        reader = SignReader(scope, self.holds)
        if lhs == 0:
            signs = reader.signs(rhs)
        elif rhs == 0:
            signs = frozenset(-s for s in reader.signs(lhs))
        else:
            signs = reader.signs(ex.Add.make((rhs, ex.Neg.make((lhs,)))))
        wanted = {ex.LessEqual: NONNEGATIVE, ex.Less: POSITIVE, ex.Equality: ZERO, ex.Unequal: POSITIVE}[type(c)]
        if signs <= wanted or (isinstance(c, ex.Unequal) and (signs <= NEGATIVE or 0 not in signs)):
            return tuple(reader.because) or ("its form",)
        return None

    def _by_choice(self, c: ex.Node, scope: Scope) -> Because | None:
        """Prove an order of a maximum or a minimum for each of those of which it is one."""
        chosen = next(filter(None, map(_choice, c.args)), None)
        if chosen is None or isinstance(c, ex.Equality):
            return None
        return self._all(tuple(c.xreplace({chosen: a}) for a in chosen.arguments), scope)

    def _solve(self, c: Basic, scope: Scope) -> Because | None:
        def signs(e: Basic) -> Signs:
            return SignReader(scope, self.holds).signs(e)

        return Solver(scope, self.canon, signs).entails(c) if self.solves else None


def is_stated(c: Basic, scope: Scope) -> bool:
    """Tell whether an order is an end of the range of a name, as it stands."""
    if not scope.ranges or not isinstance(c, ex.LessEqual):
        return False
    lhs, rhs = c.args
    below, above = scope.bound.get(rhs), scope.bound.get(lhs)
    return (below is not None and below.known[0] == lhs) or (above is not None and above.known[1] == rhs)


def _is_open(c: Basic, scope: Scope) -> bool:
    return is_open(c, scope) and not any(type(a) is ex.Mul for a in c.args)


def _choice(e: Basic) -> ex.Func | None:
    """Return a maximum or a minimum among the terms and factors of an expression."""
    if isinstance(e, ex.Func) and e.name in ("Max", "Min"):
        return e
    parts = e.args if isinstance(e, (ex.Add, ex.Mul, ex.Neg, ex.Div)) else ()
    return next(filter(None, map(_choice, parts)), None)


def _everywhere(s: Basic) -> tuple[Basic, frozenset[Basic]] | None:
    """Return the body of a statement about all integers, and the names that stand for these."""
    names: set[Basic] = set()
    while isinstance(s, ex.ForAll) and s.args[2] is S.NegativeInfinity and s.args[3] is S.Infinity:
        names.add(s.args[1])
        s = s.args[0]
    return (s, frozenset(names)) if isinstance(s, (ex.Less, ex.LessEqual)) else None


def prove(condition: Basic, scope: Scope) -> Proof:
    """Return what is known of a condition in a scope."""
    return Prover().prove(condition, scope)
