"""Integer and real arithmetic by an SMT solver, bounded by a count of its steps so that verdicts repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Rational
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

import deltasift.inert as ex
from deltasift.conditions.signs import NEGATIVE, NONNEGATIVE, POSITIVE, Signs, facts_of, in_range, instance, instances
from deltasift.conditions.totals import in_its_rows
from deltasift.domain import Pmf
from deltasift.inert import free
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.line.statements import given_as
from deltasift.said import Said

STEPS = 2_000_000  # the solver's own unit
ROUNDS = 4  # facts about terms of facts about terms ...


ROUNDED = frozenset(("Abs", "Mod", "ceiling", "floor"))


class Untranslatable(Exception):
    """A statement has no counterpart in the solver."""


class Solver:
    """Decides a statement from the facts of a scope."""

    def __init__(self, scope: Scope, canon: Canon, signs: Callable[[Basic], Signs]) -> None:
        import z3

        self.z3 = z3
        self.scope = scope
        self.canon = canon
        self.signs = signs
        self.solver = z3.Solver()
        self.solver.set("rlimit", STEPS)
        self.solver.set("random_seed", 0)
        self.solver.set("core.minimize", True)
        self.atoms: dict[int, tuple[Basic, Any]] = {}
        self.sources: dict[str, str] = {}
        self.known: set[tuple[str, str]] = set()

    def entails(self, statement: Basic) -> tuple[str, ...] | None:
        """Return the sources of the facts from which the statement follows, None where it does not follow."""
        try:
            goal = self.statement(statement)
        except Untranslatable:
            return None
        self._gather()
        self.solver.push()
        self.solver.add(self.z3.Not(goal))
        try:
            answer = self.solver.check()
            if answer != self.z3.unsat:
                return None
            return self._core() or ("arithmetic",)
        finally:
            self.solver.pop()

    def contradiction(self, statements: list[Basic]) -> tuple[str, ...] | None:
        """Return sources of facts that cannot all hold, None where the solver finds no contradiction."""
        for s in statements:
            try:
                self._assert(self.statement(s), given_as(s))
            except Untranslatable:
                continue
        self._gather()
        if self.solver.check() == self.z3.unsat:
            return self._core()
        return None

    def _core(self) -> tuple[str, ...]:
        """Return the sources of the facts that were used, in the order in which they were stated."""
        used = {str(c) for c in self.solver.unsat_core()}
        return tuple(dict.fromkeys(source for name, source in self.sources.items() if name in used))

    # --- facts -----------------------------------------------------------------------------------------------------

    def _assert(self, formula: Any, source: str) -> None:
        key = (formula.sexpr(), source)
        if key not in self.known:
            self.known.add(key)
            name = f"fact{len(self.sources)}"
            self.sources[name] = source
            self.solver.assert_and_track(formula, name)

    def _gather(self) -> None:
        for s in self.scope.assumed:
            if not isinstance(s, ex.ForAll):
                try:
                    self._assert(self.statement(s), given_as(s))
                except Untranslatable:
                    continue
        for r in self.scope.ranges:
            for lhs, rhs, source in (
                (r.known[0], r.name, Said(r.name, " runs from ", r.lo)),
                (r.name, r.known[1], Said(r.name, " runs to ", r.hi)),
            ):
                if not (lhs.is_infinite or rhs.is_infinite):
                    try:
                        self._assert(self.term(lhs) <= self.term(rhs), source)
                    except Untranslatable:
                        continue
        done: set[int] = set()
        for _ in range(ROUNDS):
            waiting = [key for key in self.atoms if key not in done]
            if not waiting:
                return
            for key in waiting:
                done.add(key)
                self._facts_of(*self.atoms[key])

    def _facts_of(self, e: Basic, name: Any) -> None:
        domain = self.scope.domain(e.args[0] if isinstance(e, (ex.Entry, ex.Apply)) else e)
        for fact in facts_of(domain, self.scope) if domain is not None else ():
            said = instance(fact, e)
            if said is not None:
                guards = [self.statement(c) for c in in_range(fact, e)]
                self._assert(self.z3.Implies(self.z3.And(*guards), self.statement(said)), fact.source)
        for s in self.scope.assumed:
            self._instance_of(s, e)
        if isinstance(e, (ex.Exp, ex.Sum, ex.Func)) or e.is_number or (isinstance(e, Symbol) and domain is None):
            known = self.signs(e)
            if known <= POSITIVE:
                self._assert(name > 0, Said(ex.Less.make((S.Zero, e))))
            elif known <= NONNEGATIVE:
                self._assert(name >= 0, Said(ex.LessEqual.make((S.Zero, e))))
            elif known <= NEGATIVE:
                self._assert(name < 0, Said(ex.Less.make((e, S.Zero))))
        pmf = self._pmf_of(e) if isinstance(e, ex.Sum) else None
        if pmf is not None:
            rows = [self.statement(s) for s in in_its_rows(e.body, pmf)]
            self._assert(self.z3.Implies(self.z3.And(*rows), name == 1), f"{e.body.args[0]} is a pmf")

    def _instance_of(self, s: Basic, e: Basic) -> None:
        """Use a statement for all entries of a table at the entry `e`."""
        if not isinstance(e, (ex.Entry, ex.Apply)):
            return
        for said, needs in instances(s, e, parts=True):
            try:
                guards = [self.statement(need) for need in needs]
                self._assert(self.z3.Implies(self.z3.And(*guards), self.statement(said)), given_as(s))
            except Untranslatable:
                continue

    def _pmf_of(self, e: ex.Sum) -> Pmf | None:
        """Return the pmf of whose entries a sum over all classes is, a row of it where it has others."""
        body = e.body
        domain = self.scope.domain(body.table) if isinstance(body, ex.Entry) else None
        if not isinstance(domain, Pmf) or body.indices[-1] != e.var or len(body.indices) != len(domain.over):
            return None
        same = self.canon.same(e.lo, domain.classes.lo) and self.canon.same(e.hi, domain.classes.hi)
        return domain if same else None

    # --- translation -----------------------------------------------------------------------------------------------

    def statement(self, s: Basic) -> Any:
        """Translate a statement."""
        z3 = self.z3
        if isinstance(s, (BooleanTrue, BooleanFalse)):
            return z3.BoolVal(bool(s))
        if isinstance(s, ex.And):
            return z3.And(*(self.statement(a) for a in s.args))
        if isinstance(s, ex.Or):
            return z3.Or(*(self.statement(a) for a in s.args))
        if isinstance(s, ex.Not):
            return z3.Not(self.statement(s.args[0]))
        if isinstance(s, (ex.LessEqual, ex.Less)):
            lhs, rhs = s.args
            if lhs is S.NegativeInfinity or rhs is S.Infinity:
                return z3.BoolVal(True)
            if lhs is S.Infinity or rhs is S.NegativeInfinity:
                return z3.BoolVal(False)
            a, b = self.term(lhs), self.term(rhs)
            return a <= b if isinstance(s, ex.LessEqual) else a < b
        if isinstance(s, ex.Equality):
            return self.term(s.args[0]) == self.term(s.args[1])
        if isinstance(s, ex.Unequal):
            return self.term(s.args[0]) != self.term(s.args[1])
        if isinstance(s, ex.Divides):
            a, b = s.args
            if a.is_Integer and a != 0 and self.scope.is_integer(b):
                return self.term(b) % int(abs(a)) == 0
            raise Untranslatable
        if isinstance(s, ex.IsInteger):
            if self.scope.is_integer(s.args[0]):
                return z3.BoolVal(True)
            return z3.IsInt(self._real(self.term(s.args[0])))
        raise Untranslatable

    def _real(self, t: Any) -> Any:
        return self.z3.ToReal(t) if t.sort() == self.z3.IntSort() else t

    def term(self, e: Basic) -> Any:
        """Translate an expression; what is not arithmetic becomes a name."""
        z3 = self.z3
        if isinstance(e, Rational):
            return z3.IntVal(int(e)) if e.is_Integer else z3.Q(int(e.p), int(e.q))
        if isinstance(e, (ex.Add, ex.Mul)):
            parts = [self.term(a) for a in e.args]
            if len({str(p.sort()) for p in parts}) > 1:
                parts = [self._real(p) for p in parts]
            total = parts[0]
            for p in parts[1:]:
                total = total + p if isinstance(e, ex.Add) else total * p
            return total
        if isinstance(e, ex.Neg):
            return -self.term(e.args[0])
        if isinstance(e, ex.Div):
            below = self.term(e.args[1])
            return self._real(self.term(e.args[0])) / self._real(below)
        if isinstance(e, ex.Pow) and e.args[1].is_Integer and 0 <= e.args[1] <= 4:
            base = self.term(e.args[0])
            power = z3.IntVal(1) if base.sort() == z3.IntSort() else z3.RealVal(1)
            for _ in range(int(e.args[1])):
                power = power * base
            return power
        if isinstance(e, ex.Delta):
            a, b = self.term(e.args[0]), self.term(e.args[1])
            return z3.If(a == b, z3.IntVal(1), z3.IntVal(0))
        if isinstance(e, ex.Iverson):
            return z3.If(self.statement(e.args[0]), z3.IntVal(1), z3.IntVal(0))
        if isinstance(e, ex.Func) and e.name in ("Min", "Max") and self.scope.is_integer(e):
            parts = [self.term(a) for a in e.arguments]
            total = parts[0]
            for p in parts[1:]:
                total = z3.If(total <= p if e.name == "Min" else total >= p, total, p)
            return total
        if isinstance(e, ex.Func) and e.name in ROUNDED:
            return self._rounded(e)
        if e in (S.Infinity, S.NegativeInfinity):
            raise Untranslatable
        return self._atom(e)

    def _rounded(self, e: ex.Func) -> Any:
        """Translate a remainder, a number rounded down or up, or a magnitude."""
        parts = [self.term(a) for a in e.arguments]
        if e.name == "Mod":
            by = e.arguments[1]
            whole = by.is_Integer and by > 0 and parts[0].sort() == self.z3.IntSort()
            return parts[0] % int(by) if whole else self._atom(e)
        if e.name == "Abs":
            return self.z3.If(parts[0] < 0, -parts[0], parts[0])
        if parts[0].sort() == self.z3.IntSort():
            return parts[0]
        return self.z3.ToInt(parts[0]) if e.name == "floor" else -self.z3.ToInt(-parts[0])

    def _atom(self, e: Basic) -> Any:
        key = self.canon.key(e)
        if key not in self.atoms:
            name = f"a{len(self.atoms)}"  # not the key, which depends on what was asked before
            constant = self.z3.Int(name) if self.scope.is_integer(e) else self.z3.Real(name)
            self.atoms[key] = (e, constant)
        return self.atoms[key][1]


def _entries(e: Basic) -> list[Basic]:
    found: list[Basic] = []
    stack = [e]
    while stack:
        x = stack.pop()
        if isinstance(x, (ex.Entry, ex.Apply)):
            found.append(x)
        stack.extend(x.args)
    return found


def generalise(statement: Basic, names: frozenset[Basic]) -> Basic:
    """Read a fact about `y[i]` whose index occurs nowhere else as one about every entry of y."""
    for name in sorted(free(statement) - names, key=str):
        inside = [x for x in _entries(statement) if isinstance(x, ex.Entry) and name in x.indices]
        if inside and isinstance(statement, ex.Node):
            statement = ex.ForAll.make((statement, name, S.NegativeInfinity, S.Infinity))
    return statement
