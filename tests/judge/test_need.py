"""Exactly where all that an expression needs holds it has a value, as loops say that know no rules."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from sympy import I, Integer, Rational, S, Symbol, oo, true
from sympy.core.basic import Basic

import deltasift.inert as inert
from deltasift import (
    CrossEntropy,
    Derivative,
    Entropy,
    Equality,
    ForAll,
    Integral,
    Maximum,
    Piecewise,
    Product,
    Sum,
    assert_equal,
    assuming,
    calc,
    define,
    delta,
    exp,
    index,
    iverson,
    log,
    pmf,
    positive,
    real,
    sizes,
    step,
)
from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.needed import Decider
from deltasift.check.world import World
from deltasift.domain import closure
from deltasift.inert import (
    Add,
    And,
    At,
    Delta,
    Div,
    Divides,
    Entry,
    Func,
    IsInteger,
    Iverson,
    Less,
    LessEqual,
    Log,
    Mul,
    Neg,
    Node,
    Not,
    Or,
    Pow,
    Unequal,
)
from deltasift.inert.functions import FUNCTIONS
from deltasift.judge import functions
from deltasift.judge.context import Context, Need
from deltasift.judge.context import World as Given
from deltasift.judge.meaning import TOTAL, is_total
from deltasift.judge.need import HEADS, needs
from deltasift.judge.products import factors, guard, guards_among
from deltasift.judge.term import Term, parts, read, write
from deltasift.judge.tree import HEADS as KNOWN
from deltasift.judge.tree import UnreadableError, leaves, make
from deltasift.line.scope import Scope
from deltasift.rules import arithmetic, sum_mul_left

# --- the tables ----------------------------------------------------------------------------------------------------

NO_VALUE = {"name", "RowName", "a sum", "a product", "an inverse", "Definition", "HasValue"}
NO_VALUE |= {"SameOrder", "OppositeOrder", "Minimiser", "Maximiser", "OnlyMinimiser", "OnlyMaximiser", "Infinite"}


def test_every_head_that_may_have_a_value_is_in_the_table() -> None:
    assert set(KNOWN) - NO_VALUE == set(HEADS)


def test_every_function_is_in_the_table() -> None:
    assert set(functions.FUNCTIONS) | set(functions.DEFINITIONS) == set(FUNCTIONS)
    assert set(functions.ENOUGH) <= {name for name, domain in functions.FUNCTIONS.items() if domain is None}


@pytest.mark.parametrize("name", [name for name, f in FUNCTIONS.items() if f.definition is not None])
def test_a_function_is_defined_alike_in_both_tables(name: str) -> None:
    x = inert.inert(Symbol("x"))
    assert functions.by_definition(read(Func(name, x))) == read(FUNCTIONS[name].defined([x]))


def test_an_unknown_function_is_an_error_that_names_it() -> None:
    strange = make("Func", (make("text", (), "strange"), read(Symbol("a"))))
    with pytest.raises(UnreadableError, match="strange"):
        list(needs(strange, Context(Given())))


# --- brute force ---------------------------------------------------------------------------------------------------

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
a, p, c = real("a", n), pmf("p", k), define("c", k, Sum(delta(k, n), n))
hot = define("hot", n, k, delta(k, n))
x, z = real("x"), real("z")
SCOPE = Scope(closure((N, K, n, k, a, p, c, hot, x, z)))
NAMES = [Symbol("i"), Symbol("j"), n.symbol]
LEAVES: list[Basic] = [
    *map(Integer, (-1, 0, 0, 1, 2, 3)),
    Rational(1, 2),
    *(s for s in (x.symbol, z.symbol, N.symbol, K.symbol)),
]


def drawn(rng: random.Random) -> World:
    values = [Fraction(v) for v in (-1, 0, 0, 1, 2)] + [Fraction(1, 2)]
    numbers = {x.symbol: rng.choice(values), z.symbol: rng.choice(values)}
    numbers |= {N.symbol: Fraction(rng.randint(1, 3)), K.symbol: Fraction(2)}
    tables = {a.symbol: {(i,): rng.choice(values) for i in range(1, int(numbers[N.symbol]) + 1)}}
    tables[p.symbol] = rng.choice(
        [{(1,): Fraction(0), (2,): Fraction(1)}, {(1,): Fraction(1, 3), (2,): Fraction(2, 3)}]
    )
    return World(numbers, tables, {})


class Writer:
    """Writes random expressions that may have no value."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.names: list[Basic] = []

    def value(self, depth: int) -> Basic:
        r = self.rng
        if depth == 0:
            return r.choice([*LEAVES, *self.names, *self.names])
        head = r.choice(HEADS_TRIED)
        sub = depth - 1
        if head in (Sum, Product):
            name = r.choice(NAMES)
            lo, hi = self.value(0), self.value(r.randint(0, 1))
            self.names.append(name)
            body = self.value(sub)
            self.names.pop()
            return head.make((body, name, lo, hi))
        if head is Piecewise:
            last: tuple[Basic, ...] = (self.value(sub), true) if r.random() < 0.5 else ()
            return Piecewise.make((self.value(sub), self.statement(sub), *last))
        if head is Iverson:
            return Iverson.make((self.statement(sub),))
        if head is Entry:
            table = r.choice((a, p, c))
            # a loop does not ask whether a defined entry is in its range, so it is
            at = self.value(0) if table is not c else Integer(r.randint(1, 2))
            return Entry.make((table.symbol, at))
        if head is Func:
            name = r.choice(("Mod", "Max", "floor", "Abs"))
            count = 2 if name in ("Mod", "Max") else 1
            return Func(name, *(self.value(sub) for _ in range(count)))
        if head is Log and r.random() < 0.6:
            y = self.value(sub)
            argument = r.choice((y, Div.make((y, self.value(0))), self.value(0)))
            return Mul.make(tuple(r.sample([y, Log.make((argument,))], 2)))
        if head is Mul and r.random() < 0.3:
            return Mul.make((Entry.make((hot.symbol, S.One, Integer(r.randint(1, 2)))), self.value(sub)))
        count = 1 if head in (Neg, Log) else 2
        return head.make(tuple(self.value(sub) for _ in range(count)))

    def statement(self, depth: int) -> Basic:
        r = self.rng
        head = r.choice((LessEqual, Less, Equality, Unequal, And, Or, Not, Divides, IsInteger))
        if depth <= 0 or head not in (And, Or, Not, IsInteger):
            head = head if head not in (And, Or, Not, IsInteger) else LessEqual
            return head.make((self.value(max(depth, 0)), self.value(0)))
        if head is IsInteger:
            return IsInteger.make((self.value(depth - 1),))
        return head.make(tuple(self.statement(depth - 1) for _ in range(1 if head is Not else 2)))


HEADS_TRIED = (
    Add,
    Mul,
    Mul,
    Mul,
    Div,
    Neg,
    Pow,
    Log,
    Log,
    Delta,
    Iverson,
    Sum,
    Sum,
    Product,
    Piecewise,
    Entry,
    Entry,
    Func,
)


def places(context: Context, balls: Balls) -> Iterator[dict[Basic, Fraction]]:
    """Yield the values of the bound names at which something is needed; a guard is asked as soon as it can be."""
    names = [Symbol(f"({level})") for level in range(context.depth)]
    asked: list[list[Basic]] = [[] for _ in range(context.depth + 1)]
    for g in context.guards:
        distances = [leaf.value - inside for leaf, inside in leaves(g) if leaf.head == "bound" and leaf.value >= inside]
        asked[context.depth - min(distances, default=context.depth)].append(write(g, names, SCOPE.domains))

    def inside(level: int, env: dict[Basic, Fraction]) -> Iterator[dict[Basic, Fraction]]:
        for g in asked[level]:
            try:
                if not balls.holds(g, env):
                    return
            except NoValue:  # it may be a guard inside of an empty range
                if level == context.depth:
                    raise
                asked[-1].append(g)
        if level == context.depth:
            yield env
            return
        lo, hi = (write(e, names[:level], SCOPE.domains) for e in context.binders[level].args[2:])
        for i in range(balls.integer(lo, env), balls.integer(hi, env) + 1):
            yield from inside(level + 1, {**env, names[level]: Fraction(i)})

    return inside(0, {})


def is_met(need: Need, balls: Balls) -> bool:
    names = [Symbol(f"({level})") for level in range(need.context.depth)]
    statement = write(need.statement, names, SCOPE.domains)
    try:
        return all(balls.holds(statement, env) for env in places(need.context, balls))
    except NoValue:
        return False


PLACE = Context(Given(SCOPE.domains))


@pytest.mark.parametrize("seed", range(40))
def test_there_is_a_value_exactly_where_all_needs_are_met(seed: int) -> None:
    writer = Writer(seed)
    compared = 0
    for _ in range(60):
        e = writer.value(writer.rng.randint(1, 4))
        if not isinstance(e, Node):
            continue
        every = list(needs(read(e), PLACE))
        for _ in range(3):
            balls = Balls(drawn(writer.rng), SCOPE)
            try:
                balls.value(e, {})
                has_value = True
            except NoValue:
                has_value = False
            except NotCovered:
                continue
            try:
                met = all(is_met(need, balls) for need in every)
            except NotCovered:
                continue
            assert met == has_value or (has_value and excuses_itself(read(e))), (
                e,
                balls.world,
                [str(write_all(x)) for x in every if not is_met(x, balls)],
            )
            compared += 1
    assert compared > 50


def excuses_itself(t: Term) -> bool:
    """Tell whether a delta stands in what is divided by beside it: to loops its term is 0, to arithmetic it cancels."""
    products = (factors(e) for e in parts(t) if e.head in ("Mul", "Neg", "Div"))
    return any(
        [below or guard(e, PLACE) is None for e, below in each] != [g is None for g in guards_among(each, PLACE)]
        for each in products
    )


def write_all(need: Need) -> Basic:
    return write(need.statement, [Symbol(f"({level})") for level in range(need.context.depth)], SCOPE.domains)


# --- what is proved of both sides ----------------------------------------------------------------------------------

late = iverson(LessEqual(12, K))
q, b, w = pmf("q", k), real("b"), positive("w")
WITHOUT = {
    "a magnitude at its corner": Derivative(Func("Abs", b), b),
    "a magnitude of a power": Derivative(Func("Abs", b**3 - b), b),
    "a tangent": Func("tan", b),
    "a gamma function": Func("gamma", 20 - N),
    "a log gamma function": Func("loggamma", N - 5),
    "an arc cosine": Func("acos", N - 6),
    "an area tangent": Func("atanh", b),
    "a remainder": Func("Mod", N, N - 20),
    "a binomial": Func("binomial", N - 9, b),
    "a factorial": Func("factorial", N - 9),
    "an entry beyond the last": q[1 + K * late],
    "an entry before the first": q[K - 9],
    "an entry at no integer": q[K / 2],
    "an entry in an entry": a[Sum(delta(k, 1), k) + late],
    "a statement in a bracket": iverson(Less(0, 1 / (N - 20))),
    "the second of two statements": iverson(And(LessEqual(1, N), Less(0, 1 / (N - 20)))),
    "a statement of a case": Piecewise((1, Less(0, 1 / (N - 20))), (0, True)),
    "a case distinction without a last case": Piecewise((1, LessEqual(N, 19))),
    "a value of a case": Piecewise((1 / (N - 20), LessEqual(N, 30)), (0, True)),
    "a sum that ends at no integer": Sum(k, (k.symbol, 1, K - late / 2)),
    "a product that begins at no integer": Product(k, (k.symbol, K / 2, K)),
    "a sum in a sum": Sum(Sum(1 / (n - 7), n), (k.symbol, 1, K)),
    "a power of a negative number": Pow(N - 20, S.Half),
    "a power that may be 0**-1": Pow(N - 20, 10 - N),
    "a delta of what has no value": delta(1 / (N - 20), 1),
    "a Bessel function": Func("besselk", 1, b),
    "a number by definition": define("third", 1 / (N - 20)),
    "an entry by definition": define("t", k, 1 / (k - 7))[k],
    "a value by definition": define("g", real("u"), log(real("u")))(b),
    "a value at a point": At(1 / x, x.symbol, b),
    "a cross entropy": CrossEntropy(q, p),
    "the largest of no values": Maximum(q[k], (k.symbol, 2, K)),
    "a divisor of no integer": iverson(Divides(2, b)),
    "a power of any number": Pow(b, w),
    "an end that is infinite or not": Sum(1 / (b - 7) * delta(k, 1), (k.symbol, 1, K)),
}


@pytest.mark.parametrize("u", WITHOUT.values(), ids=WITHOUT)
def test_a_difference_of_what_may_have_no_value_is_not_proved_to_be_zero(u: Any) -> None:
    with pytest.raises(AssertionError):
        assert_equal(u - u, 0)


@pytest.mark.parametrize("u", WITHOUT.values(), ids=WITHOUT)
def test_a_page_whose_first_line_may_have_no_value_says_what_it_needs(u: Any) -> None:
    problems = calc(u - u, step(0, by=arithmetic)).report.problems
    assert any(problem.startswith("line 1: needs ") for problem in problems), problems


WITH = {
    "a polynomial": Derivative(b**3 - b, b),
    "a logarithm of what is positive": Derivative(log(w) + exp(b) / w, w),
    "a magnitude away from its corner": Derivative(Func("Abs", w + 1), w),
    "a tangent of 0 in a case that excludes others": iverson(Equality(b, 0)) * Func("cos", b),
    "an entry under a bracket": iverson(And(LessEqual(1, N - 3), LessEqual(N - 3, K))) * q[N - 3],
    "a divisor under a delta": delta(N, 3) / (N - 2),
    "a divisor under a case": Piecewise((1 / (N - 20), Unequal(N, 20)), (0, True)),
    "the second of two statements": iverson(And(Unequal(N, 20), Less(0, 1 / (N - 20)))),
    "0 log 0": Sum(q[k] * log(q[k]), k),
    "0 log 0 of counts": Sum(c[k] * log(c[k]), k),
    "nothing of an empty range": Sum(1 / (N - 20), (k.symbol, 1, 0)),
    "a gamma function": Func("gamma", N) + Func("loggamma", N + 1),
    "a factorial": Func("factorial", N) + Func("binomial", N, 2),
    "an arc cosine": Func("acos", q[k]),
    "a remainder": Func("Mod", N, K),
    "a natural power": Pow(b, N),
    "a root": Pow(q[k], S.Half),
}


@pytest.mark.parametrize("u", WITH.values(), ids=WITH)
def test_what_has_a_value_is_proved_to_have_one(u: Any) -> None:
    proof = calc(u - u, step(0, by=arithmetic))
    decider = Decider(Scope(closure(proof.given)), inert.free(u))
    assert list(decider.open(inert.inert(u))) == []


def needed(line: Any, *facts: Any) -> list[str]:
    """Return what a line needs, and what is not proved, where some facts are assumed."""
    line = inert.inert(line)
    given = closure(calc(line, step(line, by=arithmetic)).given)
    return [str(said) for said in Decider(Scope(given, assumed=facts), inert.free(line)).open(line)]


# --- pages ---------------------------------------------------------------------------------------------------------


def test_an_assumption_gives_the_first_line_its_value() -> None:
    line = log(b) - log(b)
    assert calc(line, step(0, by=arithmetic)).report.problems[0] == "line 1: needs 0 < b"
    assert calc(line, step(0, by=[arithmetic, assuming(b > 0)])).report.ok


def test_what_is_needed_of_each_entry_is_named_as_the_page_names_it() -> None:
    problems = calc(Sum(log(q[k]), k), step(Sum(log(q[k]), k) + 0, by=arithmetic)).report.problems
    assert problems[0] == "line 1: needs ForAll(0 < q[k], (k, 1, K))"


def test_a_name_that_is_free_is_not_that_of_a_need() -> None:
    """The page's own index is free here, and another index runs over the same range."""
    i = Symbol("i")
    line = Sum(log(q[i]) + q[k], (i, 1, K))
    assert calc(line, step(line + 0, by=arithmetic)).report.problems[0] == "line 1: needs ForAll(0 < q[i], (i, 1, K))"


def test_a_line_between_two_rules_has_a_value() -> None:
    i = Symbol("i")
    start, end = Sum(i / (N - 20), (i, 1, 19 - N)), 1 / (N - 20) * Sum(i, (i, 1, 19 - N))
    problems = calc(start, step(end, by=sum_mul_left)).report.problems
    differs = "line 2: differs from the line before at N = 20: 0 before, no value (a division by 0) after"
    assert [p.startswith(differs) for p in problems] == [True], problems
    assert needed(end) == ["N - 20 != 0"]  # this is asked where no point is at hand
    there_and_back = step(start, by=[sum_mul_left, sum_mul_left.reversed])
    assert not calc(start + 0, step(start, by=arithmetic), there_and_back).report.ok


def test_a_need_of_a_sum_is_no_fact_outside_of_it() -> None:
    """What each index of a range needs says nothing where the range is empty."""
    i = Symbol("i")
    start = Sum(log(b) * i, (i, 1, 19 - N))
    end, fact = log(b) * Sum(i, (i, 1, 19 - N)), ForAll(Less(0, b), (i, 1, 19 - N))
    assert needed(start, inert.inert(fact)) == []
    assert needed(end, inert.inert(fact)) == ["0 < b"]  # this is asked where no point is at hand
    problems = calc(start, step(end, by=[sum_mul_left, assuming(fact)])).report.problems
    differs = "line 2: differs from the line before at N = 19, b = 0: 0 before, no value (log(0)) after"
    assert [p.startswith(differs) for p in problems] == [True], problems
    outside = calc(start, step(end, by=sum_mul_left)).report.problems
    assert outside[0] == "line 1: needs ForAll(0 < b, (i, 1, 19 - N))"


def test_an_integral_asks_for_its_ends() -> None:
    line = Integral(x, (x.symbol, 0, 1 / (N - 20)))
    assert "line 1: needs N - 20 != 0" in calc(line).report.problems


def test_entropy_of_a_pmf_with_zeros_has_a_value() -> None:
    assert calc(Entropy(q)).report.problems == ()


# --- what has a value by its form ------------------------------------------------------------------------------------

LEAF = {"number": Fraction(2), "constant": "pi", "bound": 0, "truth": True, "free": Symbol("a")}


@pytest.mark.parametrize("head", sorted(TOTAL))
def test_what_has_a_value_by_its_form_needs_nothing(head: str) -> None:
    """The quick answer is that of the table: each head that is total asks for its arguments at most."""
    part = read(inert.Mul(Symbol("a"), 2))
    least = max(KNOWN[head][0], 1)
    t = make(head, (), LEAF[head]) if head in LEAF else make(head, (part,) * least)
    place = Context(Given()).enter(read(Integral(0, (Symbol("x"), 0, 1))))
    assert is_total(t, place.world)
    assert not any(isinstance(found, Need) for found in HEADS[head](t, place))


@pytest.mark.parametrize("e", [I, Symbol("z", complex=True), oo, Symbol("w"), Symbol("y", infinite=True)])
def test_what_may_have_no_value_is_not_taken_for_what_has_one(e: Any) -> None:
    world = Given(closure((define("w", log(a[n])),)))
    assert is_total(read(inert.inert(Symbol("v"))), world)
    for t in (inert.inert(e), inert.Add(e, 1), iverson(Less(0, e))):
        assert not is_total(read(t), world)
