"""A rule at points: its variables are replaced by numbers and by concrete functions, and both sides are evaluated.

The loops that evaluate know nothing of rules, and their enclosures are rigorous. A function stands for a table of
random numbers or, under an integral, for a polynomial beside a point mass, the only integrals that they know.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from sympy import Integer, Rational, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.balls import Balls
from deltasift.check.compare import refutes
from deltasift.check.evaluate import NoValue
from deltasift.check.world import World
from deltasift.inert import postorder, substitute
from deltasift.line.scope import Scope
from deltasift.match.pattern import Binding, instantiate
from deltasift.rule import Bound, End, Fn, Int, Real, Rule, Statement
from deltasift.use import Abstraction

WIDEST = 30  # indices for which tables have entries
NUMBERS = [Fraction(n, d) for n in range(-6, 7) for d in (1, 2, 3)] + [Fraction(10**6), Fraction(1, 10**6)]


class Values(Mapping[tuple[int, ...], Fraction]):
    """The values of a function of integers, each computed when it is asked for."""

    def __init__(self, function: Any) -> None:
        self._function = function
        self._known: dict[tuple[int, ...], Fraction | None] = {}

    def __getitem__(self, place: tuple[int, ...]) -> Fraction:
        if place not in self._known:
            found = self._function(*place) if all(abs(i) <= WIDEST for i in place) else None
            self._known[place] = None if found is None else Fraction(found)
        value = self._known[place]
        if value is None:
            raise KeyError(place)
        return value

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        return (place for place, value in self._known.items() if value is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Instance:
    """A statement with its variables filled in."""

    def __init__(self, rule: Rule, statement: Statement, values: Mapping[str, Any]) -> None:
        self.rule = rule
        self.statement = statement
        self.tables: dict[Basic, Values] = {}
        bound: dict[Basic, Any] = {}
        for name, value in values.items():
            symbol = Symbol(name)
            bound[symbol] = self.function(symbol, value) if rule.variables[name] is Fn else number(value)
        for name, kind in rule.variables.items():
            if kind is Bound:
                bound[Symbol(name)] = Symbol(name)
        self.binding = Binding(bound)
        laws = (f"table_{name}" for name, _, _ in weights(statement, exactly=True))
        self.scope = Scope(distributions=frozenset(map(Symbol, laws)))

    def function(self, symbol: Symbol, value: Any) -> Abstraction:
        """Return what stands for a function variable."""
        names = arguments(self.statement, symbol)
        if isinstance(value, Basic):
            return Abstraction(names, value)
        if is_real(self.statement, symbol):
            x = names[0]
            defined = value(Fraction(0)) is not None
            body = number(value(Fraction(1)))
            return Abstraction(names, body if defined else ex.Piecewise((body, ex.Unequal(x, 0))))
        name = Symbol(f"table_{symbol.name}")
        self.tables[name] = Values(value)
        return Abstraction(names, ex.Entry(name, *names))

    def _balls(self) -> Balls:
        return Balls(World({}, self.tables, {}), self.scope)

    def condition(self, which: int) -> bool:
        """Tell whether a condition holds; one without a value does not."""
        return self.holds(instantiate(self.statement.conditions[which][0], self.binding, self.rule))

    def conditions(self) -> list[bool]:
        """Tell of each condition whether it holds."""
        return [self.condition(i) for i in range(len(self.statement.conditions))]

    def holds(self, condition: Basic) -> bool:
        """Tell whether a statement holds."""
        if isinstance(condition, ex.ForAll):
            body, name, lo, hi = condition.args
            return all(self.holds(substitute(body, {name: Integer(i)})) for i in range(int(lo), int(hi) + 1))
        if isinstance(condition, ex.Continuous):
            return not any(isinstance(e, ex.Piecewise) for e in postorder(condition))
        if isinstance(condition, ex.Integrable):
            return self.value(condition.args[0]) is not None
        try:
            return self._balls().holds(condition, {})
        except NoValue:
            return False

    def sides(self) -> tuple[Any, Any]:
        """Return both values, None for a side without one."""
        return self.value(self.statement.lhs), self.value(self.statement.rhs)

    def value(self, side: Basic) -> Any:
        """Return the value of an expression in the variables, None where it has none."""
        try:
            return self._balls().value(instantiate(side, self.binding, self.rule), {})
        except NoValue:
            return None

    def agrees(self) -> bool:
        """Tell whether both sides have a value, and as far as the enclosures tell the relation is true of them."""
        a, b = self.sides()
        return a is not None and b is not None and not refutes(self._balls(), self.relation, ("value", a), ("value", b))

    @property
    def relation(self) -> str:
        return str(self.statement.relation.sign)


def number(value: Any) -> Basic:
    """Return a number as an expression."""
    if isinstance(value, Basic):
        return value
    exact = Fraction(value)
    return Integer(exact.numerator) if exact.denominator == 1 else Rational(exact.numerator, exact.denominator)


def arguments(statement: Statement, symbol: Symbol) -> tuple[Symbol, ...]:
    """Return the bound names that a function is applied to."""
    for e in postorder(statement.relation):
        if e.args and e.args[0] == symbol and all(isinstance(a, Symbol) for a in e.args[1:]):
            return tuple(a for a in e.args[1:] if isinstance(a, Symbol))
    return (Symbol("i"),)


def is_real(statement: Statement, symbol: Symbol) -> bool:
    """Tell whether a function is integrated, so that its argument is real."""
    return any(
        isinstance(e, ex.Integral)
        and any(a == symbol for a in postorder(e))
        and e.args[1] in arguments(statement, symbol)
        for e in postorder(statement.relation)
    )


def sample(rule: Rule, statement: Statement, rng: random.Random, whole: tuple[int, ...] = ()) -> Instance:
    """Return a statement at random values of its variables, integers being some of `whole` as often as not."""
    values: dict[str, Any] = {}
    for name, kind in rule.variables.items():
        if kind in (Int, End):
            values[name] = rng.choice(whole) if whole and rng.random() < 0.5 else rng.randint(-4, 7)
        elif kind is Real:
            values[name] = rng.choice(NUMBERS) if not whole or rng.random() < 0.7 else Fraction(rng.choice(whole))
        elif kind is Fn:
            values[name] = random_function(statement, Symbol(name), rng)
    for name, lo, hi in weights(statement):
        values[name] = random_weights(int(values[lo]), int(values[hi]), rng)
    return Instance(rule, statement, values)


def weights(statement: Statement, *, exactly: bool = False) -> Iterator[tuple[str, str, str]]:
    """Yield the functions whose sum is to be 1, or at most 1, with the names of the ends of that sum."""
    relations = (ex.Equality,) if exactly else (ex.Equality, ex.LessEqual)
    for condition, _ in statement.conditions:
        whole = condition.args[0]
        if not (isinstance(condition, relations) and isinstance(whole, ex.Sum) and condition.args[1] == 1):
            continue
        if isinstance(whole.body, ex.Apply) and whole.lo.is_Symbol and whole.hi.is_Symbol:
            yield str(whole.body.function), str(whole.lo), str(whole.hi)


def random_weights(lo: int, hi: int, rng: random.Random) -> Any:
    """Return a function whose values from one integer to another are not negative and add up to 1."""
    drawn = {i: Fraction(rng.choice((0, 1, 1, 2, 3, 7))) for i in range(lo, hi + 1)}
    total = sum(drawn.values())
    return lambda i: drawn[i] / total if i in drawn and total else Fraction(1)


def random_function(statement: Statement, symbol: Symbol, rng: random.Random) -> Any:
    """Return a random function: of integers any, of a real one that can be integrated."""
    if is_real(statement, symbol):
        names = arguments(statement, symbol)
        x = names[0]
        lines = [Integer(rng.randint(-3, 3)), ex.Mul(rng.randint(1, 3), x), ex.Mul(rng.randint(-2, 2), ex.Pow(x, 2))]
        smooth = ex.Add(*lines)
        if any(isinstance(e, ex.Dirac) for e in postorder(statement.lhs)):
            return smooth
        # what is integrated needs point masses, the only integrals that the evaluator knows
        shift = Rational(rng.randint(-9, 9), 7)
        point = ex.Add(x, shift) if len(names) == 1 else ex.Add(x, shift, names[1])
        return ex.Mul(ex.Dirac(point), smooth)
    positive = rng.random() < 0.5
    seed = rng.random()

    def value(*place: int) -> Fraction:
        local = random.Random(hash((seed, place)))
        found = local.choice(NUMBERS)
        return abs(found) + 1 if positive else found

    return value
