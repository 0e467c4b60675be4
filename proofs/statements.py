"""The statements of the pattern rules, written for Coq from the rule table.

Run as `python -m proofs.statements FILE`. An integer is a `Z`, a real an `R`, an end of a range an `ext` (an integer or
infinite), a function of a bound name a Coq function. Each statement of a rule becomes two propositions: `NAME_1` says
that both sides are equal under the conditions, `NAME_1_value` that the right side has a value where the left side has
one and the conditions hold; for the latter each real and each function carries a predicate of where it has a value.
What the translation does not know (integrals, point masses) is left out and listed at the end of the file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift import inert, rules
from deltasift.line.views import factors
from deltasift.rule import Bound, End, Fn, Int, Real, Rule, Statement

HEADER = """(* Made from the rule table by proofs/statements.py; not to be edited. *)
From Coq Require Import Reals ZArith Bool.
From Deltasift Require Import Base.
Local Open Scope R_scope.

"""


# What a function is called in `Base.v` and in Coq's standard library.
NAMES = {"Max": "Rmax", "Min": "Rmin", "Abs": "Rabs", **{name: name for name in ("cosh", "sigma", "sinh", "tanh")}}


class Unknown(Exception):
    """Something that is not translated."""


def pattern_rules() -> dict[str, Rule]:
    """Return the pattern rules by name."""
    found = {name: value for name in rules.__all__ if isinstance(value := getattr(rules, name), Rule)}
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Proposition:
    """One statement of a rule as two propositions of Coq."""

    name: str
    equal: str
    value: str


class Writer:
    """Writes one statement."""

    def __init__(self, rule: Rule, statement: Statement) -> None:
        self.rule = rule
        self.statement = statement
        self.kinds: Mapping[str, type] = rule.variables
        self.arities: dict[str, tuple[str, ...]] = {}
        self.bound: dict[Basic, str] = {}

    # --- propositions ----------------------------------------------------------------------------------------------

    def equal(self) -> str:
        left, right = self.statement.lhs, self.statement.rhs
        ends = (left.lo, left.hi) if isinstance(left, (inert.Sum, inert.Product)) else ()
        if any(self._is_end(e) or e.is_infinite for e in ends):
            head = "is_sum" if isinstance(left, inert.Sum) else "is_prod"
            ends = f"{self.ext(left.lo)} {self.ext(left.hi)}"
            stated = f"{head} {ends} ({self._function(left)}) ({self.real(right)})"
        else:
            stated = f"{self.real(left)} {self.statement.relation.sign} {self.real(right)}"
        conditions = [self.prop(c) for c, _ in self.statement.conditions]
        return self._quantified(" -> ".join([*map(_enclosed, conditions), stated]), partial=False)

    def value(self) -> str:
        stated = [c for c, _ in self.statement.conditions]  # what holds has a value
        conditions = [*map(self.prop, stated), *(n for c in stated if (n := self._need_of_condition(c)) != "True")]
        needs = [self.need(self.statement.lhs), self.need(self.statement.rhs)]
        return self._quantified(" -> ".join(map(_enclosed, [*conditions, *needs])), partial=True)

    def _quantified(self, body: str, *, partial: bool) -> str:
        names = {s.name for e in self._parts() for s in inert.free(e) if isinstance(s, Symbol)}
        binders = []
        for name, kind in self.kinds.items():
            if name not in names or kind is Bound:
                continue
            if kind is Fn:
                args = self.arities[name]
                binders.append(f"({name} : {' -> '.join([*args, 'R'])})")
                if partial:
                    binders.append(f"({name}_ok : {' -> '.join([*args, 'Prop'])})")
            else:
                binders.append(f"({name} : {'Z' if kind is Int else 'ext' if kind is End else 'R'})")
                if partial and kind is Real:
                    binders.append(f"({name}_ok : Prop)")
        return f"forall {' '.join(binders)}, {body}" if binders else body

    def _parts(self) -> Iterator[Basic]:
        yield from (self.statement.lhs, self.statement.rhs)
        yield from (c for c, _ in self.statement.conditions)

    # --- integers --------------------------------------------------------------------------------------------------

    def _is_end(self, e: Basic) -> bool:
        return isinstance(e, Symbol) and self.kinds.get(e.name) is End

    def is_integer(self, e: Basic) -> bool:
        """Tell whether an expression is built of integers, so that it is written as a `Z`."""
        if isinstance(e, Symbol):
            return self.bound.get(e) == "Z" or self.kinds.get(e.name) is Int
        if isinstance(e, inert.Func):
            if e.name in ("floor", "ceiling"):
                return isinstance(e.arguments[0], inert.Div) and all(map(self.is_integer, e.arguments[0].args))
            return e.name in ("Max", "Min", "Abs", "Mod") and all(map(self.is_integer, e.arguments))
        if isinstance(e, inert.Pow):
            natural = e.args[1].is_Integer and e.args[1] >= 0
            return self.is_integer(e.args[0]) and bool(natural or self.is_integer(e.args[1]))
        if isinstance(e, (inert.Add, inert.Mul, inert.Neg)):
            return all(map(self.is_integer, e.args))
        return bool(e.is_Integer)

    def integer(self, e: Basic) -> str:
        """Write an expression as a `Z`; a quotient, which is one where its conditions hold, is rounded down."""
        if isinstance(e, inert.Div) and all(map(self.is_integer, e.args)):
            return f"({self.integer(e.args[0])} / {self.integer(e.args[1])})%Z"
        if isinstance(e, (inert.Add, inert.Mul, inert.Neg)) and not self.is_integer(e) and self._has_quotient(e):
            return f"({self._joined(e, self.integer)})%Z"
        if not self.is_integer(e):
            return f"(Int_part {self.real(e)})"
        if isinstance(e, Symbol):
            return str(e.name)
        if isinstance(e, inert.Func):
            a, *rest = e.arguments
            if e.name == "Abs":
                return f"(Z.abs {self.integer(a)})"
            if e.name == "floor":
                return self.integer(a)
            if e.name == "ceiling":
                return f"(- ((- {self.integer(a.args[0])}) / {self.integer(a.args[1])}))%Z"
            if e.name == "Mod":
                return f"({self.integer(a)} mod {self.integer(rest[0])})%Z"
            return f"(Z.{e.name.lower()} {self.integer(a)} {self.integer(rest[0])})"
        if isinstance(e, inert.Pow):
            return f"({self.integer(e.args[0])} ^ {self.integer(e.args[1])})%Z"
        if isinstance(e, inert.Node):
            return f"({self._joined(e, self.integer)})%Z"
        return f"({int(e)})%Z"

    def _has_quotient(self, e: Basic) -> bool:
        return all(
            isinstance(x, (inert.Add, inert.Mul, inert.Neg))
            or x.is_Integer
            or self.is_integer(x)
            or isinstance(x, inert.Div)
            for x in e.args
        ) and all(self.is_integer(p) for x in e.args if isinstance(x, inert.Div) for p in x.args)

    @staticmethod
    def _joined(e: Basic, write: object) -> str:
        assert callable(write)
        if isinstance(e, inert.Neg):
            return f"- {write(e.args[0])}"
        return (" + " if isinstance(e, inert.Add) else " * ").join(write(a) for a in e.args)

    def ext(self, e: Basic) -> str:
        """Write an expression in ends of ranges as an `ext`."""
        if self._is_end(e):
            return str(e)
        if e.is_infinite:
            return "PosInf" if e.is_extended_positive else "NegInf"
        if isinstance(e, inert.Mul) and len(e.args) == 2 and self._is_end(e.args[1]):
            return f"(times {self.integer(e.args[0])} {e.args[1]})"
        return f"(Fin {self.integer(e)})"

    def _has_end(self, e: Basic) -> bool:
        return any(self._is_end(s) for s in inert.free(e))

    # --- reals -----------------------------------------------------------------------------------------------------

    def real(self, e: Basic) -> str:
        """Write an expression as an `R`."""
        if self.is_integer(e):
            return f"(IZR {self.integer(e)})"
        if isinstance(e, Symbol):
            if self.kinds.get(e.name) is Real or self.bound.get(e) == "R":
                return str(e.name)
            raise Unknown(f"{e}")
        if e.is_Rational:
            return f"(IZR ({e.p})%Z / IZR ({e.q})%Z)"
        if not isinstance(e, inert.Node):
            raise Unknown(f"{e}")
        if isinstance(e, inert.Apply):
            return self._applied(e, "")
        if isinstance(e, (inert.Add, inert.Mul, inert.Neg)):
            return f"({self._joined(e, self.real)})"
        if isinstance(e, inert.Div):
            return f"({self.real(e.args[0])} / {self.real(e.args[1])})"
        if isinstance(e, inert.Log):
            return f"(ln {self.real(e.args[0])})"
        if isinstance(e, inert.Exp):
            return f"(exp {self.real(e.args[0])})"
        if isinstance(e, inert.Pow):
            return f"(pw {self.real(e.args[0])} {self.real(e.args[1])})"
        if isinstance(e, inert.Delta):
            if all(map(self.is_integer, e.args)):
                return f"(delta {self.integer(e.args[0])} {self.integer(e.args[1])})"
            return f"(deltaR {self.real(e.args[0])} {self.real(e.args[1])})"
        if isinstance(e, inert.Iverson):
            return f"(iv {self.boolean(e.args[0])})"
        if isinstance(e, inert.Piecewise):
            return self._cases(list(e.cases))
        if isinstance(e, (inert.Sum, inert.Product)):
            head = "zsum" if isinstance(e, inert.Sum) else "zprod"
            if self._has_end(e.lo) or self._has_end(e.hi):
                raise Unknown("a series inside of a statement")
            return f"({head} {self.integer(e.lo)} {self.integer(e.hi)} ({self._function(e)}))"
        if isinstance(e, inert.Func):
            return self._named(e)
        raise Unknown(type(e).__name__)

    def _named(self, e: inert.Func) -> str:
        args = " ".join(map(self.real, e.arguments))
        if e.name not in NAMES:
            raise Unknown(e.name)
        return f"({NAMES[e.name]} {args})"

    def _cases(self, cases: list[tuple[Basic, Basic]]) -> str:
        (value, statement), *rest = cases
        if statement == True:  # noqa: E712
            return self.real(value)
        return f"(if {self.boolean(statement)} then {self.real(value)} else {self._cases(rest)})"

    def _function(self, e: inert.Sum | inert.Product) -> str:
        self.bound[e.var] = "Z"
        return f"fun {e.var} : Z => {self.real(e.body)}"

    def _applied(self, e: inert.Apply, suffix: str) -> str:
        name = str(e.function)
        types = tuple("R" if self.bound.get(a) == "R" else "Z" for a in e.arguments)
        if self.arities.setdefault(name, types) != types:
            raise Unknown(f"{name} of integers and of reals")
        return f"({name}{suffix} {' '.join(map(self.integer, e.arguments))})"

    # --- statements ------------------------------------------------------------------------------------------------

    def _pair(self, e: Basic) -> tuple[str, str, str]:
        """Write what is compared, and say as what: `Z`, `R` or `ext`."""
        if any(map(self._has_end, e.args)):
            if not all(self._has_end(a) or self.is_integer(a) for a in e.args):
                return "extR", self._as_real_end(e.args[0]), self._as_real_end(e.args[1])
            return "ext", self.ext(e.args[0]), self.ext(e.args[1])
        if all(map(self.is_integer, e.args)):
            return "Z", self.integer(e.args[0]), self.integer(e.args[1])
        return "R", self.real(e.args[0]), self.real(e.args[1])

    def _as_real_end(self, e: Basic) -> str:
        return f"(of_ext {self.ext(e)})" if self._has_end(e) else f"(RFin {self.real(e)})"

    def prop(self, e: Basic) -> str:
        """Write a condition."""
        if isinstance(e, inert.ForAll):
            self.bound[e.args[1]] = "Z"
            lo, hi = map(self.integer, e.args[2:])
            return f"forall {e.args[1]} : Z, ({lo} <= {e.args[1]} <= {hi})%Z -> {_enclosed(self.prop(e.args[0]))}"
        if isinstance(e, (inert.Less, inert.LessEqual)):
            sort, a, b = self._pair(e)
            if sort in ("ext", "extR"):
                return f"{sort}_{'lt' if isinstance(e, inert.Less) else 'le'} {a} {b}"
            sign = "<" if isinstance(e, inert.Less) else "<="
            return f"({a} {sign} {b})%{sort}" if sort == "Z" else f"{a} {sign} {b}"
        if isinstance(e, (inert.Equality, inert.Unequal)):
            _, a, b = self._pair(e)
            return f"{a} {'=' if isinstance(e, inert.Equality) else '<>'} {b}"
        if isinstance(e, inert.Or):
            return " \\/ ".join(_enclosed(self.prop(a)) for a in e.args)
        if isinstance(e, inert.Not):
            return f"~ {_enclosed(self.prop(e.args[0]))}"
        if isinstance(e, inert.Divides):
            return f"({self.integer(e.args[0])} | {self.integer(e.args[1])})%Z"
        if isinstance(e, inert.IsInteger):
            return f"is_integer {self.real(e.args[0])}"
        raise Unknown(f"the condition {type(e).__name__}")

    def boolean(self, e: Basic) -> str:
        """Write a statement inside of a bracket."""
        if isinstance(e, (inert.And, inert.Or)):
            sign = " && " if isinstance(e, inert.And) else " || "
            return f"({sign.join(map(self.boolean, e.args))})%bool"
        if isinstance(e, (inert.Less, inert.LessEqual, inert.Equality, inert.Unequal)):
            sort, a, b = self._pair(e)
            name = {inert.Less: "ltb", inert.LessEqual: "leb", inert.Equality: "eqb", inert.Unequal: "neb"}[type(e)]
            return f"({sort}_{name} {a} {b})"
        if isinstance(e, inert.Divides):
            return f"(dividesb {self.integer(e.args[0])} {self.integer(e.args[1])})"
        if isinstance(e, inert.IsInteger):
            return f"(integerb {self.real(e.args[0])})"
        raise Unknown(f"the statement {type(e).__name__}")

    # --- where there is a value ------------------------------------------------------------------------------------

    def need(self, e: Basic) -> str:
        """Write what must hold so that an expression has a value."""
        return _conjunction(self._needs(e))

    def _need_of_condition(self, e: Basic) -> str:
        if isinstance(e, inert.ForAll):
            self.bound[e.args[1]] = "Z"
            lo, hi = map(self.integer, e.args[2:])
            inner = self._need_of_condition(e.args[0])
            return (
                "True" if inner == "True" else f"forall {e.args[1]} : Z, ({lo} <= {e.args[1]} <= {hi})%Z -> ({inner})"
            )
        if isinstance(e, (inert.Or, inert.Not)):
            return _conjunction(n for a in e.args if (n := self._need_of_condition(a)) != "True")
        return _conjunction(n for a in e.args for n in self._needs(a))

    def _needs(self, e: Basic) -> Iterator[str]:
        if isinstance(e, Symbol):
            if self.kinds.get(e.name) is Real:
                yield f"{e.name}_ok"
        elif isinstance(e, inert.Apply):
            yield self._applied(e, "_ok")
        elif isinstance(e, (inert.Mul, inert.Div, inert.Neg)):
            yield from self._needs_of_product(e)
        elif isinstance(e, inert.Log):
            yield from self._needs(e.args[0])
            yield f"0 < {self.real(e.args[0])}"
        elif isinstance(e, inert.Pow):
            yield from self._needs_of_power(*e.args)
        elif isinstance(e, (inert.Sum, inert.Product)):
            self.bound[e.var] = "Z"
            body = self.need(e.body)
            if body != "True":
                inside = f"inside {self.ext(e.lo)} {self.ext(e.hi)} {e.var}"
                yield f"forall {e.var} : Z, {inside} -> {_enclosed(body)}"
        elif isinstance(e, inert.Piecewise):
            yield from self._needs_of_cases(list(e.cases))
        elif isinstance(e, inert.Node):
            for a in e.args[1:] if isinstance(e, inert.Func) else e.args:
                yield from self._needs(a)

    def _needs_of_product(self, e: Basic) -> Iterator[str]:
        parts = factors(e)[1]
        guards = [f.expr for f in parts if isinstance(f.expr, (inert.Delta, inert.Iverson)) and not f.inverse]
        behind = " -> ".join(f"{self.real(g)} <> 0" for g in guards)
        for f in parts:
            if f.expr in guards:
                yield from self._needs(f.expr)
                continue
            needs = list(self._needs_of_factor(f.expr, [p.expr for p in parts if p is not f and not p.inverse]))
            if f.inverse and not (f.expr.is_Rational and f.expr != 0):
                needs.append(f"{self.real(f.expr)} <> 0")
            if needs:
                need = _conjunction(iter(needs))
                yield f"({behind} -> {_enclosed(need)})" if behind else need

    def _needs_of_factor(self, e: Basic, others: list[Basic]) -> Iterator[str]:
        """Write the needs of a factor; 0 log 0 is 0, also that of a part of what is 0."""
        if isinstance(e, inert.Log):
            a = e.args[0]
            share, by = a.args if isinstance(a, inert.Div) else (a, None)
            if a in others or share in others:
                yield from self._needs(share)
                yield f"0 <= {self.real(share)}"
                if a not in others and by is not None:
                    yield from self._needs(by)
                    yield f"0 < {self.real(by)}"
                return
        yield from self._needs(e)

    def _needs_of_power(self, base: Basic, exponent: Basic) -> Iterator[str]:
        guards = [f.expr for f in factors(exponent)[1] if isinstance(f.expr, (inert.Delta, inert.Iverson))]
        yield from self._needs(exponent)
        if guards and len(guards) == len(factors(exponent)[1]):
            behind = " -> ".join(f"{self.real(g)} <> 0" for g in guards)
            need = self.need(base)
            if need != "True":
                yield f"({behind} -> {_enclosed(need)})"
            return
        yield from self._needs(base)
        if exponent.is_Integer and exponent >= 0:
            return
        if self.is_integer(exponent):
            yield f"({self.real(base)} <> 0 \\/ (0 <= {self.integer(exponent)})%Z)"
        elif not isinstance(exponent, inert.Sum):
            yield f"0 < {self.real(base)}"

    def _needs_of_cases(self, cases: list[tuple[Basic, Basic]]) -> Iterator[str]:
        (value, statement), *rest = cases
        own = self.need(value)
        if statement == True:  # noqa: E712
            yield own
            return
        other = _conjunction(self._needs_of_cases(rest)) if rest else "False"
        yield f"(if {self.boolean(statement)} then {own} else {other})"


def _enclosed(text: str) -> str:
    return f"({text})"


def _conjunction(needs: Iterator[str]) -> str:
    kept = list(dict.fromkeys(n for n in needs if n != "True"))
    return " /\\ ".join(_enclosed(n) for n in kept) if kept else "True"


def propositions() -> tuple[list[Proposition], dict[str, str]]:
    """Return all statements that are translated, and why the others are not."""
    found, left = [], {}
    for name, rule in pattern_rules().items():
        for number, statement in enumerate(rule.statements, 1):
            try:
                equal = Writer(rule, statement).equal()
                value = Writer(rule, statement).value()
            except Unknown as why:
                left[f"{name}_{number}"] = str(why)
                continue
            found.append(Proposition(f"{name}_{number}", equal, value))
    return found, left


def text() -> str:
    """Return the whole file."""
    found, left = propositions()
    parts = [HEADER]
    for p in found:
        parts.append(f"Definition {p.name} : Prop :=\n  {p.equal}.\n")
        parts.append(f"Definition {p.name}_value : Prop :=\n  {p.value}.\n\n")
    parts.extend(f"(* {name}: {why} *)\n" for name, why in left.items())
    return "".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
