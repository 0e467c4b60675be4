"""One walk over the table of rules: each holds where its conditions hold, and needs each of them.

The variables are replaced by numbers and by concrete functions, and both sides are evaluated by loops with rigorous
enclosures. A new rule is tested without a new line here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import pytest
from sympy import Integer, Rational, Symbol, oo
from sympy.core.basic import Basic

from deltasift import rules
from deltasift.check.balls import Balls
from deltasift.check.evaluate import NoValue
from deltasift.check.sampling import generator
from deltasift.check.world import World
from deltasift.errors import RuleError
from deltasift.inert import (
    Add,
    Continuous,
    Dirac,
    Entry,
    ForAll,
    Integrable,
    Integral,
    Mul,
    Piecewise,
    Pow,
    Unequal,
    postorder,
    substitute,
)
from deltasift.line.scope import Scope
from deltasift.match.pattern import Abstraction, Binding, instantiate
from deltasift.rule import Bound, End, Fn, Int, Real, Rule, Statement, rule

RULES = list(rules.RULES.values())
POINTS = 200  # at which each statement is tried
TRIES = 200_000
WIDEST = 30  # indices for which tables have entries
NUMBERS = [Fraction(n, d) for n in range(-6, 7) for d in (1, 2, 3)] + [Fraction(10**6), Fraction(1, 10**6)]


class Instance:
    """A statement with its variables filled in."""

    def __init__(self, rule: Rule, statement: Statement, values: Mapping[str, Any]) -> None:
        self.rule = rule
        self.statement = statement
        self.tables: dict[Basic, dict[tuple[int, ...], Fraction]] = {}
        bound: dict[Basic, Any] = {}
        for name, value in values.items():
            symbol = Symbol(name)
            bound[symbol] = self.function(symbol, value) if rule.variables[name] is Fn else number(value)
        for name, kind in rule.variables.items():
            if kind is Bound:
                bound[Symbol(name)] = Symbol(name)
        self.binding = Binding(bound)

    def function(self, symbol: Symbol, value: Any) -> Abstraction:
        names = arguments(self.statement, symbol)
        if isinstance(value, Basic):
            return Abstraction(names, value)
        if is_real(self.statement, symbol):
            x = names[0]
            defined = value(Fraction(0)) is not None
            body = number(value(Fraction(1)))
            return Abstraction(names, body if defined else Piecewise((body, Unequal(x, 0))))
        table: dict[tuple[int, ...], Fraction] = {}
        span = range(-WIDEST, WIDEST + 1)
        places = [(i,) for i in span] if len(names) == 1 else [(i, j) for i in span for j in span]
        for place in places:
            found = value(*place)
            if found is not None:
                table[place] = Fraction(found)
        name = Symbol(f"table_{symbol.name}")
        self.tables[name] = table
        return Abstraction(names, Entry(name, *names))

    def _balls(self) -> Balls:
        return Balls(World({}, self.tables, {}), Scope())

    def condition(self, which: int) -> bool:
        """Tell whether a condition holds; one without a value does not."""
        return self.holds(instantiate(self.statement.conditions[which][0], self.binding, self.rule))

    def holds(self, condition: Basic) -> bool:
        if isinstance(condition, ForAll):
            body, name, lo, hi = condition.args
            return all(self.holds(substitute(body, {name: Integer(i)})) for i in range(int(lo), int(hi) + 1))
        if isinstance(condition, Continuous):
            return not any(isinstance(e, Piecewise) for e in postorder(condition))
        if isinstance(condition, Integrable):
            return self.value(condition.args[0]) is not None
        try:
            return self._balls().holds(condition, {})
        except NoValue:
            return False

    def sides(self) -> tuple[Any, Any]:
        """Return both values, None for a side without one."""
        return self.value(self.statement.lhs), self.value(self.statement.rhs)

    def value(self, side: Basic) -> Any:
        try:
            return self._balls().value(instantiate(side, self.binding, self.rule), {})
        except NoValue:
            return None

    def agrees(self) -> bool:
        a, b = self.sides()
        return a is not None and b is not None and not self._balls().differ(a, b)


def number(value: Any) -> Basic:
    if isinstance(value, Basic):
        return value
    exact = Fraction(value)
    return Integer(exact.numerator) if exact.denominator == 1 else Rational(exact.numerator, exact.denominator)


def arguments(statement: Statement, symbol: Symbol) -> tuple[Symbol, ...]:
    """Return the bound names that a function is applied to."""
    for e in postorder(statement.relation):
        if e.args and e.args[0] == symbol and all(isinstance(a, Symbol) for a in e.args[1:]):
            return tuple(e.args[1:])
    return (Symbol("i"),)


def is_real(statement: Statement, symbol: Symbol) -> bool:
    """Tell whether a function is integrated, so that its argument is real."""
    return any(
        isinstance(e, Integral) and any(a == symbol for a in postorder(e)) and e.args[1] in arguments(statement, symbol)
        for e in postorder(statement.relation)
    )


def sample(rule: Rule, statement: Statement, rng: random.Random) -> Instance:
    values: dict[str, Any] = {}
    for name, kind in rule.variables.items():
        if kind in (Int, End):
            values[name] = rng.randint(-4, 7)
        elif kind is Real:
            values[name] = rng.choice(NUMBERS)
        elif kind is Fn:
            values[name] = random_function(statement, Symbol(name), rng)
    return Instance(rule, statement, values)


def random_function(statement: Statement, symbol: Symbol, rng: random.Random) -> Any:
    if is_real(statement, symbol):
        names = arguments(statement, symbol)
        x = names[0]
        lines = [Integer(rng.randint(-3, 3)), Mul(rng.randint(1, 3), x), Mul(rng.randint(-2, 2), Pow(x, 2))]
        smooth = Add(*lines)
        if any(isinstance(e, Dirac) for e in postorder(statement.lhs)):
            return smooth
        # what is integrated needs point masses, the only integrals that the evaluator knows
        shift = Rational(rng.randint(-9, 9), 7)
        point = Add(x, shift) if len(names) == 1 else Add(x, shift, names[1])
        return Mul(Dirac(point), smooth)
    positive = rng.random() < 0.5
    seed = rng.random()

    def value(*place: int) -> Fraction:
        local = random.Random(hash((seed, place)))
        found = local.choice(NUMBERS)
        return abs(found) + 1 if positive else found

    return value


def statements() -> Iterator[Any]:
    for r in RULES:
        for i, s in enumerate(r.statements):
            yield pytest.param(r, s, id=r.name if len(r.statements) == 1 else f"{r.name}-{i + 1}")


def conditions() -> Iterator[Any]:
    for r in RULES:
        for i, s in enumerate(r.statements):
            for j, (condition, _) in enumerate(s.conditions):
                yield pytest.param(r, s, j, id=f"{r.name}-{i + 1}-{condition}")


@pytest.mark.parametrize(("rule", "statement"), list(statements()))
def test_rule_holds_where_its_conditions_hold(rule: Rule, statement: Statement) -> None:
    rng = generator("rules", rule.name, rule.statements.index(statement))
    seen = 0
    wanted = POINTS if rule.variables else 1
    for _ in range(TRIES):
        instance = sample(rule, statement, rng)
        if not all(instance.condition(i) for i in range(len(statement.conditions))):
            continue
        a, b = instance.sides()
        if a is None and b is None:
            continue
        assert instance.agrees(), (instance.binding.values, a, b)
        seen += 1
        if seen == wanted:
            return
    pytest.fail(f"only {seen} points of {wanted} were found")


@pytest.mark.parametrize(("rule", "statement", "which"), list(conditions()))
def test_condition_is_needed(rule: Rule, statement: Statement, which: int) -> None:
    instance = Instance(rule, statement, statement.conditions[which][1])
    holding = [instance.condition(i) for i in range(len(statement.conditions))]
    assert holding == [i != which for i in range(len(holding))]
    assert not instance.agrees()


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_says_why_and_where(rule: Rule) -> None:
    assert rule.reason.endswith(".")
    assert rule.reason[0].isupper()
    key, _, place = rule.ref.partition(", ")
    assert key
    assert place


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_repr_finds_the_rule_again(rule: Rule) -> None:
    assert rules.RULES[repr(rule)] is rule
    assert repr(rule.reversed) == f"{rule.name}.reversed"
    assert rule.reversed.reversed == rule
    assert rule.reversed != rule


def test_a_wrong_rule_is_caught() -> None:
    from deltasift import Equality, Sum

    @rule(ref="nobody, nowhere")
    def sum_square(f: Fn, i: Bound, lo: Int, hi: Int) -> Any:
        """The square of a sum is not the sum of the squares."""
        return Equality(Sum(f(i), (i, lo, hi)) ** 2, Sum(f(i) ** 2, (i, lo, hi)))

    with pytest.raises(AssertionError):
        test_rule_holds_where_its_conditions_hold(sum_square, sum_square.statements[0])


def test_a_rule_without_a_reason_is_refused() -> None:
    def silent(a: Real) -> Any:
        from deltasift import Equality

        return Equality(a + a, 2 * a)

    with pytest.raises(RuleError, match="has no reason"):
        rule(ref="nobody, nowhere")(silent)


def test_a_name_that_the_left_side_does_not_bind_is_refused() -> None:
    def loose(a: Real, b: Real) -> Any:
        """Out of nowhere."""
        from deltasift import Equality

        return Equality(a + a, a + b)

    with pytest.raises(RuleError, match="b of the right side is not on the left side"):
        rule(ref="nobody, nowhere")(loose)


def test_infinite_ends_are_no_integers() -> None:
    """A rule with `Int` ends, such as the exchange of sums, does not apply to infinite sums."""
    from deltasift.inert import Sum
    from deltasift.match.search import Search

    i, j, f = Symbol("i"), Symbol("j"), Symbol("f")
    line = Sum(Sum(Entry(f, i, j), (j, 1, oo)), (i, 1, oo))
    assert list(Search().everywhere(rules.sum_comm, line, Scope())) == []
