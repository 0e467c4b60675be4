"""Terms: what is one line, what a bound name is, and that nothing is captured."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
import sympy
from sympy import Symbol

from deltasift import real
from deltasift.inert import (
    Add,
    Apply,
    Derivative,
    Div,
    Entry,
    ForAll,
    Func,
    Integral,
    LessEqual,
    Mul,
    Named,
    Neg,
    Node,
    Product,
    Sum,
    delta,
    inert,
    substitute,
)
from deltasift.judge import tree
from deltasift.judge.term import (
    NAME,
    ONE,
    Term,
    UnreadableError,
    bound,
    instantiate,
    key,
    make,
    number,
    read,
    same,
    shift,
    write,
)
from deltasift.line.same import same as same_line

PRIME = 1_000_003
x, y, z, u = (Symbol(n) for n in "xyzu")
k, m = Symbol("k"), Symbol("m")
N = Symbol("N")
f, g = Symbol("f"), Symbol("g")
a, b, c = (real(n) for n in "abc")  # with operators that only build


# --- random lines and what they are worth in a prime field -----------------------------------------------------------


def random_line(rng: random.Random, size: int, names: tuple[Symbol, ...] = (x, y)) -> Any:
    """Return an expression of sums, products, quotients, signs and short sums over few names, so that many agree."""
    if size <= 1:
        return rng.choice([*names, sympy.Integer(1), sympy.Integer(2), sympy.Integer(-1), sympy.Rational(1, 2)])
    left = rng.randint(1, size - 1)
    parts = random_line(rng, left, names), random_line(rng, size - left, names)
    head = rng.choice(["add", "add", "mul", "mul", "neg", "div", "sum", "delta"])
    if head == "add":
        return Add.make(parts)
    if head == "mul":
        return Mul.make(parts)
    if head == "neg":
        return Neg.make(parts[:1])
    if head == "div":
        return Div.make(parts)
    if head == "delta":
        return delta(*parts)
    name = rng.choice([k, m, x])
    body = random_line(rng, size - 1, (*names, name))
    return rng.choice([Sum, Product]).make((body, name, sympy.Integer(1), sympy.Integer(2)))


def worth(e: Any, at: dict[Symbol, int]) -> int:
    """Return the value of a line in the field, over names rather than distances; a quotient by 0 is an error."""
    if isinstance(e, Symbol):
        return at[e]
    if isinstance(e, sympy.Rational):
        return int(e.p) * pow(int(e.q), -1, PRIME) % PRIME
    if isinstance(e, Sum | Product):
        values = [worth(e.args[0], {**at, e.args[1]: i}) for i in (1, 2)]
        return (sum(values) if isinstance(e, Sum) else values[0] * values[1]) % PRIME
    values = [worth(a, at) for a in e.args]
    if isinstance(e, Add):
        return sum(values) % PRIME
    if isinstance(e, Mul):
        return values[0] * values[1] % PRIME
    if isinstance(e, Neg):
        return -values[0] % PRIME
    if isinstance(e, Div):
        return values[0] * pow(values[1], -1, PRIME) % PRIME
    return int(values[0] == values[1])


def shuffled(e: Any, rng: random.Random) -> Any:
    """Return the same line written otherwise: operands turned, signs moved, bound names renamed."""
    if not isinstance(e, Node):
        return e
    args = [a if e.binds and i == 1 else shuffled(a, rng) for i, a in enumerate(e.args)]
    if isinstance(e, Add | Mul):
        rng.shuffle(args)
    if args[0].is_number and not e.binds:  # 1*x is not x
        return e.rebuild(tuple(args))
    if isinstance(e, Mul) and rng.random() < 0.3:
        return Neg.make((Mul.make((Neg.make((args[0],)), *args[1:])),))
    if isinstance(e, Div) and rng.random() < 0.3:
        return Mul.make((args[0], Div.make((sympy.Integer(1), args[1]))))
    if e.binds and rng.random() < 0.5:
        new = rng.choice([Symbol("k'"), u])
        args[0], args[1] = substitute(args[0], {args[1]: new}), new
    return e.rebuild(tuple(args))


def test_what_is_one_line_has_one_value() -> None:
    rng = random.Random(11)
    lines = [random_line(rng, rng.randint(1, 6)) for _ in range(3000)]
    read_ = [read(e) for e in lines]
    classes: dict[Term, list[Any]] = {}
    for e, t in zip(lines, read_, strict=True):
        classes.setdefault(key(t), []).append(e)
    assert 200 < len(classes) < 2500
    for members in classes.values():
        for at in ({x: 12345, y: 678}, {x: 1, y: 1}, {x: 2, y: 1}):
            values = set()
            for e in members:
                try:
                    values.add(worth(e, at))
                except ValueError:
                    values.add(None)
            assert len(values) == 1, members


def test_it_is_the_same_line_as_elsewhere_but_for_unordered_pairs() -> None:
    rng = random.Random(12)
    lines = [random_line(rng, rng.randint(1, 5)) for _ in range(300)]
    pairs = [(e, d) for e in lines for d in rng.sample(lines, 10)]
    agreed = [same(read(e), read(d)) for e, d in pairs]
    assert sum(agreed) > 30
    for (e, d), found in zip(pairs, agreed, strict=True):
        alike = same_line(e, d)
        assert found == alike or (found and e.has(delta) and d.has(delta)), (e, d)


def test_a_line_written_otherwise_is_the_same() -> None:
    rng = random.Random(13)
    for _ in range(1000):
        e = random_line(rng, rng.randint(2, 8))
        assert same(read(e), read(shuffled(e, rng))), e


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (a * (b + c), a * b + a * c),
        (a + a, 2 * a),
        (1 * a, a),
        (2 * a * 3, 6 * a),
        (Neg(Add(a, b)), Add(Neg(a), Neg(b))),
        (a / Mul(b, c), a / b / c),
        (a / Div(b, c), Mul(a, c) / b),
        (delta(a, b), delta(a, c)),
        (LessEqual(a, b), LessEqual(b, a)),
        (a + 0, a),
        (Mul(0, a), sympy.Integer(0)),
    ],
)
def test_numbers_are_not_folded_and_products_not_expanded(left: Any, right: Any) -> None:
    assert not same(read(inert(left)), read(inert(right)))


# --- bound names -----------------------------------------------------------------------------------------------------


def test_lines_that_differ_in_bound_names_are_one_term() -> None:
    assert same(read(Sum(Sum(Mul(k, m), (k, 1, m)), (m, 1, N))), read(Sum(Sum(Mul(m, k), (m, 1, k)), (k, 1, N))))
    assert read(Sum(k, (k, 1, N))) is read(Sum(m, (m, 1, N)))
    assert read(Sum(k, (k, 1, k))) is read(Sum(m, (m, 1, k)))  # the end lies outside
    assert read(Sum(k, (k, 1, N))) is not read(Sum(m, (k, 1, N)))
    assert read(Sum(Sum(k, (k, 1, 2)), (k, 1, 3))) is read(Sum(Sum(m, (m, 1, 2)), (k, 1, 3)))


def test_positions_are_those_of_the_inert_nodes() -> None:
    e = Sum(Mul(x, k), (k, y, N))
    t = read(e)
    assert t.args[1] is NAME
    assert [write(a) for i, a in enumerate(t.args) if i > 1] == [y, N]
    assert write(t.args[0], (k,)) == e.args[0]


@pytest.mark.parametrize("seed", range(40))
def test_putting_values_is_substitution_without_capture(seed: int) -> None:
    rng = random.Random(seed)
    e = random_line(rng, 7, (x, y, k))
    value = random_line(rng, 3, (x, k, m))
    body = read(e, {k: 0}, 1)
    expected = substitute(e, {k: value})
    assert instantiate(body, [read(value)]) is read(expected)


@pytest.mark.parametrize("seed", range(20))
def test_several_values_are_put_at_once(seed: int) -> None:
    rng = random.Random(100 + seed)
    e = random_line(rng, 7, (x, k, m))
    first, second = random_line(rng, 3, (x, k, m)), random_line(rng, 2, (x, k, m))
    expected = read(substitute(e, {k: first, m: second}))
    assert instantiate(read(e, {k: 0, m: 1}, 2), [read(first), read(second)]) is expected


def test_a_value_under_a_binder_keeps_its_own_binders() -> None:
    inner = read(Sum(Mul(x, k, y), (k, 1, N)), {x: 0}, 1)  # x is one binder away
    outer = instantiate(inner, [bound(0)])
    assert outer is read(Sum(Mul(x, k, y), (k, 1, N)), {x: 0}, 1)
    assert shift(inner, 2) is read(Sum(Mul(x, k, y), (k, 1, N)), {x: 0, u: 1, z: 2}, 3)
    assert shift(read(Sum(k, (k, 1, N))), 5) is read(Sum(k, (k, 1, N)))


def test_a_derivative_is_by_the_name_that_was_written() -> None:
    body = read(Derivative(Apply(f, k, y), k), {k: 0}, 1)
    assert instantiate(body, [read(z)]) is read(Derivative(Apply(f, z, y), z))
    for value in (y, sympy.Integer(2), Add(x, 1), Apply(g, x)):
        with pytest.raises(UnreadableError):
            instantiate(body, [read(value)])
    by_entry = read(Derivative(Sum(Mul(Entry(f, m), k), (m, 1, N)), Entry(f, k)), {k: 0}, 1)
    assert instantiate(by_entry, [read(u)]) is read(Derivative(Sum(Mul(Entry(f, m), u), (m, 1, N)), Entry(f, u)))
    with pytest.raises(UnreadableError):
        instantiate(by_entry, [read(Entry(f, sympy.Integer(1)))])


# --- reading and writing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_what_is_written_reads_as_the_same_term(seed: int) -> None:
    t = read(random_line(random.Random(seed), 9))
    assert read(write(t)) is t


def test_every_kind_of_leaf_and_head_is_written() -> None:
    e = Integral(Div(Mul(Func("cos", Mul(sympy.pi, k)), Named("H", x, y)), sympy.E), (k, -sympy.oo, sympy.oo))
    assert read(write(read(e))) is read(e)
    said = ForAll(LessEqual(0, Entry(f, k)), (k, 1, N))
    assert read(write(read(said))) is read(said)


@pytest.mark.parametrize(
    "e",
    [
        sympy.Add(x, 1),
        Add.make((sympy.Add(x, 1), y)),
        sympy.Float(0.5),
        sympy.zoo,
        sympy.nan,
        sympy.KroneckerDelta(x, y),
        sympy.Tuple(x),
    ],
    ids=str,
)
def test_what_the_judge_does_not_know_is_an_error(e: Any) -> None:
    with pytest.raises(UnreadableError):
        read(e)


def test_a_class_of_the_same_name_is_not_taken_for_the_node() -> None:
    class Add(Node):
        __slots__ = ()

    with pytest.raises(UnreadableError):
        read(Add.make((x, y)))


MALFORMED: list[tuple[str, Callable[[], Term]]] = [
    ("head", lambda: make("Limit", (read(x),))),
    ("arity", lambda: make("Div", (read(x),))),
    ("no name", lambda: make("Sum", (read(x), read(x), read(x), read(x)))),
    ("name", lambda: make("Add", (read(x), NAME))),
    ("index", lambda: bound(-1)),
    ("float", lambda: make("number", (), 0.5)),
    ("digits", lambda: make("number", (), "1")),
    ("infinity", lambda: make("infinity", (), 2)),
    ("constant", lambda: make("constant", (), "tau")),
    ("table", lambda: make("Entry", (number(1), number(2)))),
    ("function", lambda: make("Func", (read(x), number(2)))),
    ("value", lambda: make("Neg", (number(1),), 3)),
    ("cases", lambda: make("Piecewise", (number(1), number(2), number(3)))),
]


@pytest.mark.parametrize("build", [b for _, b in MALFORMED], ids=[n for n, _ in MALFORMED])
def test_what_no_line_is_made_of_is_an_error(build: Callable[[], Term]) -> None:
    with pytest.raises(UnreadableError):
        build()


# --- size ------------------------------------------------------------------------------------------------------------


def nested(depth: int) -> Any:
    e: Any = x
    for name in (Symbol(f"k{i}") for i in range(depth)):
        e = Sum(Mul(e, name), (name, 1, N))
    return e


def seconds(depth: int) -> float:
    e = nested(depth)
    best = 1.0
    for _ in range(3):
        begun = perf_counter()
        t = read(e)
        key(t)
        assert read(write(t)) is t
        best = min(best, perf_counter() - begun)
    return best


def test_nested_sums_are_read_in_time_that_grows_with_their_number() -> None:
    assert seconds(1200) < 12 * seconds(300)


def test_a_line_that_shares_its_parts_is_read_once() -> None:
    e: Any = x
    for _ in range(60):
        e = Add.make((e, e))
    assert same(read(e).args[0].args[0].args[0], read(e).args[1].args[1].args[1])


def test_a_term_is_forgotten_when_nobody_holds_it() -> None:
    gc.collect()
    before = len(tree._POOL)
    t = read(nested(50))
    key(t)
    assert len(tree._POOL) > before + 100
    del t
    gc.collect()
    assert len(tree._POOL) <= before + 2


def test_values_are_filled_in_where_as_many_binders_are_around_as_there_are_names() -> None:
    one, two = make("Add", (bound(0), ONE)), make("Div", (bound(1), bound(0)))
    assert instantiate(one, [number(5)], outside=1) is make("Add", (number(5), ONE))
    assert instantiate(one, [bound(0)], outside=1) is one
    assert instantiate(two, [bound(1), bound(0)], outside=2) is two
    assert instantiate(two, [bound(0), bound(1)], outside=2) is make("Div", (bound(0), bound(1)))
