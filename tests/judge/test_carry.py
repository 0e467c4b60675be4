"""What a use of a rule is asked suffices: where it holds and the line before has a value, the line after has one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from sympy import IndexedBase, KroneckerDelta, S, Symbol, symbols
from sympy.core.basic import Basic

from deltasift import Derivation, Product, Sum, calc, iverson, log, step
from deltasift.check import check
from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.world import World
from deltasift.derive import collapse
from deltasift.inert import (
    Add,
    And,
    Delta,
    Div,
    Entry,
    Equality,
    Func,
    Iverson,
    Log,
    Mul,
    Neg,
    Node,
    Not,
    Or,
    Pow,
    Unequal,
)
from deltasift.inert.named import Named
from deltasift.judge.carry import asked
from deltasift.judge.place import Place
from deltasift.judge.term import read
from deltasift.judge.tree import BINDERS
from deltasift.line.scope import Scope
from deltasift.line.views import put
from deltasift.rules import delta_roots
from judge.test_need import PLACE, SCOPE, Writer, drawn, is_met

HOLE = Symbol("HOLE")


def pairs(w: Writer) -> list[tuple[Basic, Basic]]:
    """Return pairs of expressions with one value where both have one."""
    x, y, u = (w.value(w.rng.randint(0, 1)) for _ in range(3))
    d, other = Delta.make((x, y)), Iverson.make((w.statement(0),))
    p = w.statement(0)
    one = S.One
    return [
        (x, Add.make((x, S.Zero))),
        (x, Mul.make((one, x))),
        (x, Named("H", x)),
        (S.Zero, Mul.make((S.Zero, x))),
        (S.Zero, Mul.make((d, Iverson.make((Unequal.make((x, y)),))))),
        (d, Iverson.make((Equality.make((x, y)),))),
        (d, Add.make((one, Neg.make((Iverson.make((Unequal.make((x, y)),)),))))),
        (d, Pow.make((d, S(2)))),
        (d, Add.make((d, S.Zero))),
        (Mul.make((d, x)), Mul.make((d, y))),
        (Mul.make((d, u)), Mul.make((u, d))),
        (Iverson.make((Not.make((p,)),)), Add.make((one, Neg.make((Iverson.make((p,)),))))),
        (Iverson.make((And.make((p, Equality.make((x, y)))),)), Mul.make((Iverson.make((p,)), d))),
        (
            Iverson.make((Or.make((p, Equality.make((x, y)))),)),
            Add.make((Iverson.make((p,)), d, Neg.make((Mul.make((Iverson.make((p,)), d)),)))),
        ),
        (Mul.make((x, Add.make((y, d)))), Add.make((Mul.make((x, y)), Mul.make((x, d))))),
        (Mul.make((other, Add.make((y, d)))), Add.make((Mul.make((other, y)), Mul.make((other, d))))),
        (Log.make((Mul.make((one, x)),)), Log.make((x,))),
        (Div.make((Symbol("x"), Symbol("x"))), one),  # of a delta it is 0 where the delta is
        (Pow.make((x, d)), Add.make((Mul.make((d, x)), Add.make((one, Neg.make((d,))))))),
        (Sum.make((x, Symbol("l"), one, y)), Mul.make((x, Sum.make((one, Symbol("l"), one, y))))),
    ]


def context(w: Writer, depth: int) -> Basic:
    """Return an expression in which `HOLE` stands somewhere."""
    if depth == 0:
        return HOLE
    inner = context(w, depth - 1)
    r = w.rng
    choice = r.randrange(8)
    if choice == 0:
        name = r.choice([Symbol("i"), Symbol("j")])
        return Sum.make((inner, name, w.value(0), w.value(0)))
    if choice == 1:
        return Add.make((inner, w.value(1)))
    if choice == 2:
        return Log.make((inner,))
    if choice == 3:
        return Div.make((w.value(1), inner) if r.random() < 0.5 else (inner, w.value(1)))
    if choice == 4:  # beside its own logarithm
        return Mul.make((inner, Log.make((inner,)))) if r.random() < 0.5 else Mul.make((w.value(1), Log.make((inner,))))
    if choice == 5:
        return Neg.make((inner,))
    return Mul.make(tuple(r.sample([inner, w.value(1)], 2)))


def hole(line: Basic, depth: int = 0) -> tuple[int, ...] | None:
    """Return the first place of the hole."""
    if line == HOLE:
        return ()
    for i, a in enumerate(line.args):
        found = hole(a)
        if found is not None:
            return (i, *found)
    return None


def value(line: Basic, balls: Balls) -> bool:
    try:
        balls.value(line, {})
    except NoValue:
        return False
    return True


@pytest.mark.parametrize("seed", range(40))
def test_what_is_asked_is_enough_for_the_line_after_to_have_a_value(seed: int) -> None:
    w = Writer(seed)
    compared = 0
    for _ in range(60):
        outline = context(w, w.rng.randint(0, 3))
        first, second = w.rng.choice(pairs(w))
        before, after = (first, second) if w.rng.random() < 0.5 else (second, first)
        path = hole(outline)
        assert path is not None
        other = w.rng.choice((before, after))  # what stands at further holes
        rest = put(outline, path, Symbol("ONE"))
        lines = [
            put(rest.xreplace({HOLE: other}) if isinstance(rest, Node) else rest, path, e) for e in (before, after)
        ]
        names = _open(lines[0], path)
        place = Place(read(lines[0]), PLACE)
        place.go(path)
        levels: dict[Basic, int] = {n: level for level, n in enumerate(names)}
        terms = [read(e, levels, len(names)) for e in (before, after)]
        new, _ = asked(place, *terms)
        for _ in range(3):
            balls = Balls(drawn(w.rng), SCOPE)
            try:
                if value(lines[0], balls) and all(is_met(need, balls) for need in new):
                    assert value(lines[1], balls), (lines, balls.world)
                    compared += 1
            except NotCovered:
                continue
    assert compared > 20


def _open(line: Basic, path: tuple[int, ...]) -> list[Basic]:
    names = []
    for i in path:
        if type(line).__name__ in BINDERS and i == 0:
            names.append(line.args[1])
        line = line.args[i]
    return names


# --- what loses a value is refused, or is not done -----------------------------------------------------------------

i, j, m, K = symbols("i j m K", integer=True)
k = Symbol("k", integer=True)
a = IndexedBase("a")
LOSING: dict[str, Callable[[], Any]] = {
    "delta_roots": lambda: KroneckerDelta(4, m**2, evaluate=False) / a[K - m],
    "delta_sq": lambda: KroneckerDelta(i**2, j**2, evaluate=False) / (i - a[j]),
    "delta_abs": lambda: KroneckerDelta(abs(m), 3, evaluate=False) / a[m],
    "delta_mul_zero": lambda: KroneckerDelta(i * j, 0, evaluate=False) / a[i],
    "delta_max": lambda: Delta(Func("Max", i, j), 2) / a[i],
    "delta_cases": lambda: Delta(Delta(i, j), 0) / (a[i] - 1),
    "bracket_not": lambda: iverson(Not(Equality(i, j))) / a[i],
    "prod_add_delta": lambda: Product(m ** Delta(k, 3) / (K - 2), (k, 1, 1 - K)),
    "sum_mul_left": lambda: Sum(k / (K - 2), (k, 1, 1 - K)),
    "sum_const": lambda: Sum(1 / (K - 2), (k, 1, 1 - K)),
    "sum_delta": lambda: Sum(Delta(k, 1) * log(m - 1), (k, 1, 1 - K)),
    "under a sum": lambda: Sum(Delta(4, k**2) / a[k], (k, 0, K)),
}


@pytest.mark.parametrize("name", LOSING)
def test_a_collapsed_line_has_a_value_wherever_the_given_one_has_one(name: str) -> None:
    """At i = 1, say, where the delta is 0 and what stands beside it is a division by 0."""
    derivation = collapse(LOSING[name]())
    assert derivation.report.ok, derivation.report.problems
    lines = derivation.lines
    scope = Scope()
    for values in product(range(-3, 4), repeat=4):
        numbers = dict(zip((i, j, m, K), map(Fraction, values), strict=True))
        tables = {Symbol("a"): {(n,): Fraction(0 if n != 2 else 1) for n in range(-20, 21)}}
        balls = Balls(World(numbers, tables, {}), scope)
        try:
            if value(lines[0], balls):
                assert value(lines[-1], balls), (lines[-1], values)
        except NotCovered:
            continue


def test_a_use_that_loses_a_guard_is_refused() -> None:
    """A partial derivation: the lines are equal where the first has a value, and the second has fewer of them."""
    start, end = Delta(4, m**2) / Entry(Symbol("a"), m), (Delta(m, -2) + Delta(m, 2)) / Entry(Symbol("a"), m)
    written = calc(start, step(end, by=delta_roots))
    partial = Derivation(written.start, written.steps, written.given, written.facts, partial=True)
    assert check(partial, layers=("structure",)).problems == ("line 2: needs a[m] != 0 (delta_roots)",)
    known = Derivation(written.start, written.steps, written.given, (Unequal(Entry(Symbol("a"), m), 0),), partial=True)
    assert known.report.ok, known.report.problems
