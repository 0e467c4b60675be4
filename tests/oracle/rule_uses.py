"""Uses of the rules of the table, made from the table itself: each statement with something for its variables.

Three ways: with names, of which the conditions are given; the same beside a table under a sum; and with numbers and
small functions, an integer being the index of a sum around it. What is made shares nothing with the search: the place
and what each variable stands for are known, since the line was built of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sympy import Integer, Rational, S, Symbol
from sympy.core.basic import Basic

from deltasift.calc import Derivation, Page, Step
from deltasift.inert import (
    Add,
    Apply,
    Delta,
    Dirac,
    Entry,
    Equality,
    ForAll,
    Integral,
    IsInteger,
    Less,
    LessEqual,
    Log,
    Mul,
    Piecewise,
    Pow,
    Sum,
    Unequal,
    free,
    postorder,
    substitute,
)
from deltasift.match.pattern import Binding, instantiate
from deltasift.rule import Bound, End, Fn, Int, Real, Rule, Statement, Table, Variable
from deltasift.use import Abstraction, Run, Use

from .lines import Given, holds, value
from .values import NotCovered, Undefined

OUTER, WEIGHT = Symbol("o"), Symbol("weight")
POSITIVE = ForAll(Less(0, Entry(WEIGHT, OUTER)), (OUTER, 1, 3))  # weights beside an inequality
TRIES = 4_000  # numbers drawn until the conditions hold
NUMBERS = [Rational(x) for x in ("-2", "-1", "0", "1/2", "1", "2", "3", "5/3")]
WIDTH = 2  # how far the index around runs


@dataclass(frozen=True)
class Filled:
    """Something for each variable of a statement.

    Attributes
    ----------
    way : str
        "names", "under a sum", or "numbers".
    values : mapping
        What each variable stands for.
    facts : tuple of Basic
        What is given of the names.
    around : Basic or None
        What the instance stands in, at the place of the name `HOLE`.
    """

    way: str
    values: Mapping[Basic, Any]
    facts: tuple[Basic, ...] = ()
    around: Basic | None = None

    def of(self, rule: Rule, e: Basic) -> Basic:
        """Return a part of a statement with the variables filled in."""
        return instantiate(e, Binding(self.values), rule)

    def use(self, rule: Rule, number: int) -> RuleUse:
        """Return the use of a statement, which may be altered; its left side is what stands in the line."""
        s = rule.statements[number]
        left, right = self.of(rule, s.lhs), self.of(rule, s.rhs)
        if self.around is None:
            return RuleUse(rule, number, self, left, right, (), ())
        (path, names) = _hole(self.around)
        before, after = (_put(self.around, path, e) for e in (left, right))
        return RuleUse(rule, number, self, before, after, path, names)


HOLE = Symbol("hole")


@dataclass(frozen=True)
class RuleUse:
    """A step by one use of a statement."""

    rule: Rule
    number: int
    filled: Filled
    before: Basic
    after: Basic
    path: tuple[int, ...]
    names: tuple[Symbol, ...]

    @property
    def facts(self) -> tuple[Basic, ...]:
        return self.filled.facts

    @property
    def relation(self) -> str:
        """How the line stands to the one before."""
        return self.rule.statements[self.number].relation.sign

    def page(self, by: Rule | None = None) -> Page:
        """Return a page with this step."""
        relation = self.rule.statements[self.number].relation
        proof = Derivation(self.before, (Step(self.after, (by or self.rule,), relation.sign),), frozenset())
        claim = type(relation).make((self.before, self.after))
        return Page("generated", "", "", (), (claim,), (proof,), assumptions=self.facts)

    def run(self, rule: Rule) -> Run:
        """Return the record of it, as a use of a rule of the same variables."""
        bound = tuple((str(n), v) for n, v in self.filled.values.items() if self.rule.kind(n) is not Bound)
        here = [self.before, self.after]
        for i in self.path:
            here = [e.args[i] for e in here]
        use = Use(rule, self.number, self.path, self.names, *here, bound)
        return Run(self.before, self.after, False, (use,))


def uses(rule: Rule, number: int) -> Iterator[RuleUse]:
    """Yield the uses of a statement."""
    for filled in fillings(rule, number):
        yield filled.use(rule, number)


def fillings(rule: Rule, number: int) -> Iterator[Filled]:
    """Yield what the variables of a statement may stand for, in each of the ways."""
    yield from named_fillings(rule, number)
    yield from numbered_fillings(rule, number)


def named_fillings(rule: Rule, number: int) -> Iterator[Filled]:
    """Yield the ways with names."""
    named = with_names(rule, number)
    yield named
    weighted = Mul.make((Entry(WEIGHT, OUTER), HOLE))
    given = () if isinstance(rule.statements[number].relation, Equality) else (POSITIVE,)
    facts = (*named.facts, *given)
    yield replace(named, way="under a sum", facts=facts, around=Add.make((Sum(weighted, (OUTER, 1, 3)), S.One)))


def numbered_fillings(rule: Rule, number: int) -> Iterator[Filled]:
    """Yield the ways with numbers, where some were drawn: they are looked for as far as they are asked for."""
    rng = random.Random(f"{rule.name} {number}")
    for outer in (False, True):
        numbers = with_numbers(rule, number, rng, outer=outer)
        if numbers is not None:
            yield numbers


# --- names ------------------------------------------------------------------------------------------------------------


def with_names(rule: Rule, number: int) -> Filled:
    """Return a name for each variable, the conditions of the statement being given."""
    s = rule.statements[number]
    values = {Symbol(n): _name(rule, s, Symbol(n), kind) for n, kind in rule.variables.items()}
    named = Filled("names", values)
    return replace(named, facts=tuple(named.of(rule, c) for c, _ in s.conditions))


def _name(rule: Rule, s: Statement, symbol: Symbol, kind: type[Variable]) -> Any:
    if kind is Fn:
        names = arguments(s, symbol)
        return Abstraction(names, (Apply if is_integrated(s, symbol) else Entry)(symbol, *names))
    if kind in (Int, End) or (kind is Real and _is_compared(s, symbol)):
        return Symbol(symbol.name, integer=True)
    if kind is Real:
        given = any(symbol in free(c) for c, _ in s.conditions)
        logs = any(isinstance(e, Log) for e in postorder(s.lhs))
        return Symbol(symbol.name, positive=True) if logs and not given else Symbol(symbol.name, real=True)
    return symbol


def _is_compared(s: Statement, symbol: Symbol) -> bool:
    """Tell whether a real is an argument of a delta, so that it matters where it is an integer."""
    return any(isinstance(e, (Delta, IsInteger)) and symbol in free(e) for e in postorder(s.relation))


def arguments(statement: Statement, symbol: Symbol) -> tuple[Symbol, ...]:
    """Return the bound names that a function is applied to."""
    for e in postorder(statement.relation):
        if e.args and e.args[0] == symbol and all(isinstance(a, Symbol) for a in e.args[1:]):
            return tuple(a for a in e.args[1:] if isinstance(a, Symbol))
    return (Symbol("i"),)


def is_integrated(statement: Statement, symbol: Symbol) -> bool:
    """Tell whether a function is integrated, so that its argument is a real."""
    names = arguments(statement, symbol)
    found = [e for e in postorder(statement.relation) if isinstance(e, Integral) and e.args[1] in names]
    return any(symbol in postorder(e) for e in found)


# --- numbers ----------------------------------------------------------------------------------------------------------


def with_numbers(rule: Rule, number: int, rng: random.Random, *, outer: bool = False) -> Filled | None:
    """Return numbers and small functions that meet the conditions, None where none were drawn.

    With `outer` one of the integers is the index of a sum around it, in the range of which they are met.
    """
    s = rule.statements[number]
    fixed = {str(end) for _, *ends in totals(s, Equality) for end in ends}  # of a sum that is one there is no index
    loose = [n for n, kind in rule.variables.items() if kind in (Int, Real) and n not in fixed]
    if outer and not loose:
        return None
    for _ in range(TRIES):
        values = {Symbol(n): _drawn(s, Symbol(n), kind, rng) for n, kind in rule.variables.items()}
        values |= _with_totals(s, values)
        if not outer:
            found = Filled("numbers", values)
            if _are_met(rule, s, found, [{}]):
                return found
            continue
        at = rng.randint(-1, 2)
        values[Symbol(rng.choice(loose))] = OUTER
        around = Sum(HOLE, (OUTER, at, at + WIDTH))
        found = Filled("numbers under a sum", values, around=around)
        if _are_met(rule, s, found, [{OUTER: Fraction(at + i)} for i in range(WIDTH + 1)]):
            return found
    return None


def _drawn(s: Statement, symbol: Symbol, kind: type[Variable], rng: random.Random) -> Any:
    if kind in (Int, End):
        return Integer(rng.randint(-2, 5))
    if kind is Real:
        return rng.choice(NUMBERS)
    if kind is Fn:
        return drawn_function(s, symbol, rng)
    return symbol


def _with_totals(s: Statement, values: Mapping[Basic, Any]) -> dict[Basic, Any]:
    """Return the functions that are to sum to one, or to one at most, divided by their totals."""
    found: dict[Basic, Any] = {}
    for function, lo, hi in totals(s):
        first, last, f = (values[x] for x in (lo, hi, function))
        if not (isinstance(first, Integer) and isinstance(last, Integer) and first <= last):
            continue
        places = [substitute(f.body, {f.names[0]: Integer(i)}) for i in range(int(first), int(last) + 1)]
        total = sum(value(p, Given({}, {}, {}, {}), {}) for p in places)
        if total > 0:
            found[function] = Abstraction(f.names, Mul(Rational(1) / total, f.body))
    return found


def totals(s: Statement, *said: type[Basic]) -> Iterator[tuple[Basic, Basic, Basic]]:
    """Yield the functions of which a condition bounds or tells the sum, with the ends of it."""
    for condition, _ in s.conditions:
        if isinstance(condition, said or (Equality, LessEqual)) and isinstance(condition.args[0], Sum):
            body, name, lo, hi = condition.args[0].args
            if condition.args[1] == S.One and isinstance(body, Apply) and body.args[1:] == (name,):
                yield body.args[0], lo, hi


def drawn_function(s: Statement, symbol: Symbol, rng: random.Random) -> Abstraction:
    """Return a small function of integers, or one that can be integrated."""
    names = arguments(s, symbol)
    i, rest = names[0], names[1:]
    if is_integrated(s, symbol):
        smooth = rng.choice([Integer(2), Add(1, Pow(i, 2)), Mul(3, i)])
        dirac = any(isinstance(e, Dirac) for e in postorder(s.lhs))
        return Abstraction(names, smooth if dirac else Mul(Dirac(Add(i, Rational(rng.randint(-9, 9), 7))), smooth))
    bodies: list[Any] = [Integer(2), Add(1, Pow(i, 2)), Add(i, 5), Mul(2, i), *(Mul(i, j) for j in rest)]
    return Abstraction(names, rng.choice(bodies))


def at_point(rule: Rule, statement: Statement, which: int) -> Filled:
    """Return the point of the table at which one condition fails and the others hold."""
    values: dict[Basic, Any] = {}
    for name, at in statement.conditions[which][1].items():
        if rule.variables[name] is Fn:
            values[Symbol(name)] = function_of_point(statement, Symbol(name), at)
        else:
            values[Symbol(name)] = at if isinstance(at, Basic) else Rational(at)
    bound = {Symbol(n): Symbol(n) for n, kind in rule.variables.items() if kind in (Bound, Table)}
    return Filled("numbers", bound | values)


def function_of_point(statement: Statement, symbol: Symbol, value: Any) -> Abstraction:
    """Return the function of a point of the table as an expression."""
    names = arguments(statement, symbol)
    if isinstance(value, Basic):
        return Abstraction(names, value)
    places = [value(*(at for _ in names)) for at in (0, 1)]
    constant = Integer(next(p for p in reversed(places) if p is not None))
    return Abstraction(names, constant if None not in places else Piecewise((constant, Unequal(names[0], 0))))


def _are_met(rule: Rule, s: Statement, filled: Filled, places: Sequence[Mapping[Any, Any]]) -> bool:
    world = Given({}, {}, {}, {})
    try:
        for condition, _ in s.conditions:
            stated = filled.of(rule, condition)
            if type(stated).__name__ in ("Integrable", "Continuous", "Summable"):
                continue  # of polynomials and point masses
            if not all(holds(stated, world, dict(env)) for env in places):
                return False
        sides = filled.of(rule, s.lhs)
        return all(_has_value(sides, world, env) for env in places)
    except (Undefined, NotCovered):
        return False


def _has_value(e: Basic, world: Given, env: Mapping[Any, Any]) -> bool:
    try:
        value(e, world, dict(env))
    except NotCovered:
        return True  # an integral
    return True


# --- what is around ---------------------------------------------------------------------------------------------------


def _hole(e: Basic) -> tuple[tuple[int, ...], tuple[Symbol, ...]]:
    """Return the place of the hole, and the names that are bound there."""
    todo: list[tuple[Basic, tuple[int, ...], tuple[Symbol, ...]]] = [(e, (), ())]
    while todo:
        here, path, names = todo.pop()
        if here == HOLE:
            return path, names
        binds = getattr(here, "binds", False)
        for i, a in enumerate(here.args):
            inside = (*names, here.args[1]) if binds and i == 0 else names
            todo.append((a, (*path, i), inside))
    raise AssertionError("there is no hole")


def _put(e: Basic, path: tuple[int, ...], new: Basic) -> Basic:
    if not path:
        return new
    i, *rest = path
    return e.rebuild((*e.args[:i], _put(e.args[i], tuple(rest), new), *e.args[i + 1 :]))
