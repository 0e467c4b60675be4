"""The value of an expression in a world, by loops: independent of rules, matching and SymPy's own evaluation.

Conventions: a sum over an empty range is 0 and a product 1; a factor that a Kronecker delta or an Iverson bracket
makes 0 makes its term 0; 0**0 = 1; 0 log 0 = 0 in `x*log(x)` and in `x*log(x/y)` with
y > 0 and, where x is an entry of a pmf, in `x*log(y)` and `x*log(x/y)` with y >= 0. Whatever else has no value has
none here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Generic, TypeVar

from sympy import E, S, Symbol, pi
from sympy.core.basic import Basic
from sympy.core.numbers import Rational
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from deltasift.check.world import World
from deltasift.domain import DefinedFunction, Family
from deltasift.inert import (
    Add,
    And,
    Apply,
    Continuous,
    Delta,
    Dirac,
    Div,
    Divides,
    Entry,
    Equality,
    Exp,
    Expectation,
    ForAll,
    Func,
    Integrable,
    Integral,
    IsInteger,
    Iverson,
    Less,
    LessEqual,
    Log,
    Mul,
    Named,
    Neg,
    Node,
    Not,
    Or,
    Piecewise,
    Pow,
    Product,
    Sum,
    Summable,
    Unequal,
)
from deltasift.match.scope import Scope

V = TypeVar("V")
Env = Mapping[Basic, Any]  # exact fractions, or numbers of the evaluator
DEEPEST = 400  # nesting that the evaluator follows
LONGEST = 100_000  # terms of one sum
MOST_STEPS = 300_000  # subexpressions evaluated for one value


class NoValue(Exception):
    """The expression has no value here, and the message says why."""


class NotCovered(Exception):
    """This way of checking says nothing about such an expression."""


class TooLong(NotCovered):
    """A value would take more steps than are gone; at other points it would take as many."""


class Evaluator(ABC, Generic[V]):
    """Evaluates expressions; subclasses say what a number is."""

    def __init__(self, world: World, scope: Scope) -> None:
        self.world = world
        self.scope = scope
        self._depth = 0
        self._steps = 0

    # --- numbers: what a subclass provides -------------------------------------------------------------------------

    @abstractmethod
    def exact(self, value: Fraction) -> V:
        """Return a rational as a number."""

    @abstractmethod
    def constant(self, name: Basic) -> V:
        """Return pi or e."""

    @abstractmethod
    def add(self, a: V, b: V) -> V:
        """Return a + b."""

    @abstractmethod
    def multiply(self, a: V, b: V) -> V:
        """Return a * b."""

    @abstractmethod
    def divide(self, a: V, b: V) -> V:
        """Return a / b."""

    @abstractmethod
    def log(self, a: V) -> V:
        """Return the natural logarithm."""

    @abstractmethod
    def exp(self, a: V) -> V:
        """Return the exponential."""

    @abstractmethod
    def power(self, a: V, b: V) -> V:
        """Return a**b."""

    def function(self, name: str, args: list[V]) -> V:
        raise NotCovered(f"the function {name}")

    @abstractmethod
    def density(self, name: Basic, x: V) -> V:
        """Return the value of a declared density."""

    @abstractmethod
    def as_fraction(self, a: V) -> Fraction | None:
        """Return the exact rational value where there is one."""

    @abstractmethod
    def is_nonnegative(self, a: V) -> bool:
        """Tell whether a value is certainly at least 0."""

    def bounded(self, a: V) -> V:
        """Return a number that may be used further; one that grows with every step must stop somewhere."""
        return a

    def entry(self, table: Basic, indices: tuple[int, ...]) -> V:
        found = self.world.tables.get(table)
        if found is None:
            raise NotCovered(f"{table} has no values")
        if indices not in found:
            raise NoValue(f"{table}[{', '.join(map(str, indices))}] does not exist")
        return self.exact(found[indices])

    # --- expressions -----------------------------------------------------------------------------------------------

    def value(self, e: Basic, env: Env) -> V:
        """Return the value of an expression; `env` has the bound names.

        Raises
        ------
        NoValue, NotCovered
        """
        if not self._depth:
            self._steps = 0
        self._depth += 1
        self._steps += 1
        try:
            if self._depth > DEEPEST:
                raise NotCovered(f"nesting of more than {DEEPEST}")
            if self._steps > MOST_STEPS:
                raise TooLong(f"more than {MOST_STEPS} steps")
            return self._value(e, env)
        finally:
            self._depth -= 1

    def _value(self, e: Basic, env: Env) -> V:
        if not isinstance(e, Node):
            return self._leaf(e, env)
        if isinstance(e, Add):
            total = self.value(e.args[0], env)
            for a in e.args[1:]:
                total = self.add(total, self.value(a, env))
            return total
        if isinstance(e, (Mul, Neg, Div)):
            return self._product(e, env)
        if isinstance(e, (Delta, Iverson)):
            return self.exact(Fraction(self._bracket(e, env)))
        if isinstance(e, Entry):
            return self._entry(e, env)
        if isinstance(e, Log):
            return self.log(self.value(e.args[0], env))
        if isinstance(e, Exp):
            return self.exp(self.value(e.args[0], env))
        if isinstance(e, Pow):
            return self.power(self.value(e.args[0], env), self.value(e.args[1], env))
        if isinstance(e, (Sum, Product)):
            return self._loop(e, env)
        if isinstance(e, (Named, Expectation)):
            return self.value(e.definition, env)
        if isinstance(e, Apply):
            return self._apply(e, env)
        if isinstance(e, Func):
            return self._function(e, env)
        if isinstance(e, Piecewise):
            for case, condition in e.cases:
                if self.holds(condition, env):
                    return self.value(case, env)
            raise NoValue("no case of the case distinction holds")
        if isinstance(e, Integral):
            from deltasift.check.masses import integral

            return integral(self, e, env)
        if isinstance(e, Dirac):
            raise NotCovered("a Dirac delta outside of an integral")
        raise NotCovered(type(e).__name__)

    def _leaf(self, e: Basic, env: Env) -> V:
        if isinstance(e, Rational):
            return self.exact(Fraction(int(e.p), int(e.q)))
        if e in env:
            bound = env[e]
            return self.exact(bound) if isinstance(bound, Fraction) else bound
        if e in self.world.numbers:
            return self.number(e)
        domain = self.scope.domains.get(e) if isinstance(e, Symbol) else None
        if isinstance(domain, Family) and not domain.over:
            return self.value(domain.body, {})
        if e in (pi, E):
            return self.constant(e)
        if e in (S.Infinity, S.NegativeInfinity):
            raise NotCovered("infinity")
        raise NotCovered(f"{e} has no value")

    def number(self, symbol: Basic) -> V:
        return self.exact(self.world.numbers[symbol])

    def integer(self, e: Basic, env: Env) -> int:
        """Return the value of what counts or labels."""
        value = self.as_fraction(self.value(e, env))
        if value is None:
            raise NotCovered(f"whether {e} is an integer")
        if value.denominator != 1:
            raise NoValue(f"{e} is not an integer")
        return int(value)

    def _entry(self, e: Entry, env: Env) -> V:
        indices = tuple(self.integer(i, env) for i in e.indices)
        domain = self.scope.domains.get(e.table)
        if isinstance(domain, Family):
            names = tuple(i.symbol for i in domain.over)
            return self.value(domain.body, dict(zip(names, map(Fraction, indices), strict=True)))
        return self.entry(e.table, indices)

    def _apply(self, e: Apply, env: Env) -> V:
        domain = self.scope.domains.get(e.function)
        if isinstance(domain, DefinedFunction):
            return self.value(domain.body, {domain.variable.symbol: self.value(e.arguments[0], env)})
        return self.density(e.function, self.value(e.arguments[0], env))

    def _function(self, e: Func, env: Env) -> V:
        args = [self.value(a, env) for a in e.arguments]
        if e.name == "sigma":
            one = self.exact(Fraction(1))
            return self.divide(one, self.add(one, self.exp(self.multiply(self.exact(Fraction(-1)), args[0]))))
        return self.function(e.name, args)

    def _loop(self, e: Node, env: Env) -> V:
        body, name, lo, hi = e.args
        if S.Infinity in (lo, hi) or S.NegativeInfinity in (lo, hi):
            raise NotCovered("an infinite range")
        first, last = self.integer(lo, env), self.integer(hi, env)
        if last - first >= LONGEST:
            raise TooLong(f"more than {LONGEST} terms")
        total = self.exact(Fraction(0 if isinstance(e, Sum) else 1))
        combine = self.add if isinstance(e, Sum) else self.multiply
        for i in range(first, last + 1):
            total = self.bounded(combine(total, self.value(body, {**env, name: Fraction(i)})))
        return total

    # --- products and their conventions ----------------------------------------------------------------------------

    def _product(self, e: Node, env: Env) -> V:
        parts: list[tuple[Basic, bool]] = []
        sign = self._flatten(e, False, parts)
        for part, inverse in parts:
            if not inverse and self._is_bracket(part) and self._bracket_value(part, env) == 0:
                return self.exact(Fraction(0))
        total = self.exact(Fraction(sign))
        for part, inverse in parts:
            try:
                value = self.value(part, env)
                total = self.divide(total, value) if inverse else self.multiply(total, value)
            except NoValue:
                if inverse or not isinstance(part, Log) or not self._is_zero_log_zero(part, parts, env):
                    raise
                return self.exact(Fraction(0))
        return total

    def _flatten(self, e: Basic, inverse: bool, parts: list[tuple[Basic, bool]]) -> int:
        if isinstance(e, Neg):
            return -self._flatten(e.args[0], inverse, parts)
        if isinstance(e, Mul) and not inverse:
            sign = 1
            for a in e.args:
                sign *= self._flatten(a, inverse, parts)
            return sign
        if isinstance(e, Div) and not inverse:
            sign = self._flatten(e.args[0], False, parts)
            parts.append((e.args[1], True))
            return sign
        parts.append((e, inverse))
        return 1

    def _is_bracket(self, e: Basic) -> bool:
        if isinstance(e, (Delta, Iverson)):
            return True
        body = self.scope.unfold(e) if isinstance(e, Entry) else None
        return body is not None and self._is_bracket(body)

    def _bracket_value(self, e: Basic, env: Env) -> Fraction | None:
        return self.as_fraction(self.value(e, env))

    def _is_zero_log_zero(self, log: Log, parts: list[tuple[Basic, bool]], env: Env) -> bool:
        argument = log.args[0]
        for x, inverse in parts:
            if inverse or x is log or isinstance(x, Log):
                continue
            if self.as_fraction(self.value(x, env)) != 0:
                continue
            if x == argument:
                return True
            inner: list[tuple[Basic, bool]] = []
            if self._flatten(argument, False, inner) == 1 and len(inner) == 2 and (x, False) in inner:
                below = next((self.value(p, env) for p, inverse in inner if inverse), None)
                if below is None or not self.is_nonnegative(below):
                    return False
                return self.scope.is_probability(x) or self.as_fraction(below) != 0
            if self.scope.is_probability(x):
                return self.is_nonnegative(self.value(argument, env))
        return False

    def _bracket(self, e: Node, env: Env) -> int:
        if isinstance(e, Iverson):
            return int(self.holds(e.args[0], env))
        return int(self._compare(e.args[0], e.args[1], env) == 0)

    # --- statements ------------------------------------------------------------------------------------------------

    def holds(self, s: Basic, env: Env) -> bool:
        """Decide a statement.

        Raises
        ------
        NoValue, NotCovered
        """
        if isinstance(s, (BooleanTrue, BooleanFalse)):
            return bool(s)
        if isinstance(s, And):
            return all(self.holds(a, env) for a in s.args)
        if isinstance(s, Or):
            return any(self.holds(a, env) for a in s.args)
        if isinstance(s, Not):
            return not self.holds(s.args[0], env)
        if isinstance(s, ForAll):
            body, name, lo, hi = s.args
            if S.Infinity in (lo, hi) or S.NegativeInfinity in (lo, hi):
                raise NotCovered("an infinite range")
            values = range(self.integer(lo, env), self.integer(hi, env) + 1)
            if len(values) > LONGEST:
                raise TooLong(f"more than {LONGEST} cases")
            return all(self.holds(body, {**env, name: Fraction(i)}) for i in values)
        if isinstance(s, Divides):
            a, b = (self.integer(x, env) for x in s.args)
            return b % a == 0 if a else b == 0
        if isinstance(s, IsInteger):
            value = self.as_fraction(self.value(s.args[0], env))
            return value is not None and value.denominator == 1
        if isinstance(s, (Continuous, Integrable, Summable)):
            raise NotCovered(type(s).__name__)
        if S.NegativeInfinity == s.args[0] or S.Infinity == s.args[1]:
            return isinstance(s, (Less, LessEqual, Unequal))
        order = self._compare(s.args[0], s.args[1], env)
        table: dict[type[Any], bool] = {
            LessEqual: order <= 0,
            Less: order < 0,
            Equality: order == 0,
            Unequal: order != 0,
        }
        return table[type(s)]

    def _compare(self, a: Basic, b: Basic, env: Env) -> int:
        """Return the sign of a - b."""
        return self.sign(self.add(self.value(a, env), self.multiply(self.exact(Fraction(-1)), self.value(b, env))))

    def sign(self, a: V) -> int:
        value = self.as_fraction(a)
        if value is None:
            raise NotCovered("a comparison that is not decided exactly")
        return (value > 0) - (value < 0)
