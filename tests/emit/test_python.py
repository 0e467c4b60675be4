"""Every line of every page, run as Python on random data, against the line's own value by exact evaluation."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from sympy import Symbol, pi

from deltasift import (
    Integral,
    Piecewise,
    Product,
    Sum,
    calc,
    define,
    delta,
    density,
    dirac,
    exp,
    index,
    iverson,
    labels,
    log,
    pmf,
    positive,
    real,
    sigma,
    sizes,
    sqrt,
    step,
)
from deltasift.catalogue import page_names
from deltasift.check import Report, check
from deltasift.check.balls import Balls
from deltasift.check.checker import page_scope
from deltasift.check.sampling import Sampler, generator, size_choices
from deltasift.check.world import World
from deltasift.domain import Index, Labels, Table, closure
from deltasift.emit import Program, PythonFunction, line_functions, python_source
from deltasift.emit.run import load
from deltasift.errors import DepthError, EmitError
from deltasift.inert import And, Divides, Equality, Func, Not, Or
from deltasift.match.scope import Scope
from deltasift.pages import load as load_page
from deltasift.rules import arithmetic, definition

TINY = Fraction(1, 10**6)  # a width at which floats leave their range, which is no fault of the code


@cache
def report(page: str) -> Report:
    return check(load_page(page), layers=("structure",))


def worlds(scope: Scope, assumptions: tuple[Any, ...], seed: str) -> Iterator[World]:
    """Yield a world for each choice of small sizes, and a few larger ones."""
    sampler = Sampler(scope, assumptions)
    rng = generator("python", seed)
    choices = [*size_choices(sampler, 3), *({s.symbol: 7 for s in sampler.sizes} for _ in range(3))]
    for sizes_ in choices:
        world = sampler.draw(rng, sizes_)
        if world is not None and not any(0 < value < TINY for value in world.numbers.values()):
            yield world


def argument(symbol: Symbol, world: World, scope: Scope, labels_from: int = 0) -> Any:
    """Return what a world has for a name, as the data of a user: 0-based lists, floats."""
    if symbol in world.functions:
        function = world.functions[symbol]
        return lambda x: float(function.at(Fraction(x)))
    if symbol in world.numbers:
        value = world.numbers[symbol]
        domain = scope.domains[symbol]
        return int(value) if domain.integer or isinstance(domain, Index) else float(value)
    domain = scope.domains[symbol]
    assert isinstance(domain, Table)
    entries = world.tables[symbol]
    first = 0
    if isinstance(domain, Labels):
        first = Balls(world, scope).integer(domain.lo, {}) - labels_from
    nested: Any = {}
    for where, value in entries.items():
        row = nested
        for i in where[:-1]:
            row = row.setdefault(i, {})
        row[where[-1]] = int(value) - first if domain.integer else float(value)
    return _lists(nested)


def _lists(nested: Any) -> Any:
    return [_lists(nested[i]) for i in sorted(nested)] if isinstance(nested, dict) else nested


def exact(e: Any, world: World, scope: Scope) -> float:
    balls = Balls(world, scope)
    value = balls.value(e, {})
    known = balls.as_fraction(value)
    return float(value) if known is None else float(known)


@pytest.mark.parametrize("page", page_names())
@pytest.mark.parametrize("labels_from", [0, 1])
def test_each_line_computes_its_own_value(page: str, labels_from: int) -> None:
    found = report(page)
    scope = page_scope(found.page)
    program, functions = line_functions(found, labels_from=labels_from)
    assert all(isinstance(f, PythonFunction) for f in functions.values())
    source = "\n\n".join([program.prelude(), *(f.source for f in functions.values())])
    run = load(source, page)
    compared = 0
    for world in worlds(scope, found.assumptions, page):
        for line in found.lines:
            f = functions[line.number]
            value = run[f.name](*(argument(p, world, scope, labels_from) for p in f.parameters))
            assert value == pytest.approx(exact(line.expr, world, scope), rel=1e-9, abs=1e-12), f.source
            compared += 1
    assert compared >= 3 * len(found.lines)


@pytest.mark.parametrize("page", page_names())
def test_a_page_is_one_module_that_runs(page: str) -> None:
    source = python_source(report(page))
    names = set(load(source, page))
    assert {f"line_{x.number}" for x in report(page).lines} <= names
    assert max(map(len, source.splitlines())) <= 120


@pytest.mark.parametrize("page", page_names())
def test_the_text_says_what_the_tree_says(page: str) -> None:
    """Python's own unparser of the same source gives the same tree: no parenthesis is missing."""
    source = python_source(report(page))
    tree = ast.parse(source)
    assert ast.dump(ast.parse(ast.unparse(tree))) == ast.dump(tree)


N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
i = index("i", 0, K - 1)
y, z = labels("y", n, k), labels("z", n, 0, 1)
q, r = pmf("q", k), pmf("r", k, given=n)
a, b, u = real("a"), positive("b", n), real("u")
f = density("f")
c = define("c", k, Sum(delta(k, y[n]), n) / N)
t = real("t", i)
handles = [N, K, n, k, i, y, z, q, r, a, b, u, f, c, t]
scope = Scope(closure(handles))

EXPRESSIONS = [
    -(a**2),
    (-a) ** 2,
    (a - 1) - (a - 2),
    a / (b[1] / (a**2 + 1)),
    -(a + 1) * -(a + 2),
    2 ** -(a**2),
    exp(-a) + sigma(a) + sqrt(b[1]) + 2 * pi,
    Sum(Sum(n * k, (k, 1, n)), n),
    Sum(k, (k, 3, 2)) + Product(k, (k, 3, -5)),
    Sum(t[i], i) + Sum(t[k - 1], k),
    Sum(delta(z[n], 0) * z[n] + delta(1, z[n]), n),
    Sum(q[k] * log(q[k]), k),
    Sum(q[k] * log(q[k] / c[k]) * iverson(c[k] > 0), k),
    Sum(delta(k, y[1]) * log(q[k]) * iverson(q[k] > 0), k),
    Sum(Sum(r[n, k] * delta(k, y[n]), k), n),
    Sum(Sum(iverson(And(k <= y[n], Or(y[n] < k + 1, Not(Divides(2, k))))), k), n),
    Sum(iverson(Or(And(k <= 2, Not(Equality(k, 1))), Divides(2, k))), k),
    Product(q[k] ** delta(k, y[1]), k),
    Piecewise((a, a > 0), (-a, True)),
    Integral(dirac(u - a) * u**2, u),
    Integral(dirac(2 * u - a) * u, u),
    Integral(dirac(a - 2 * u) * (u + 1), (u, a / 2 - 1, a / 2 + 1)),
    Integral(Sum(dirac(u - b[n]) * n, n) * u, u),
    Integral(dirac(u - b[1]) * u, (u, a, a + 2)),
    Integral(dirac(u - b[1]) * u, (u, a + 2, a)),
    Integral(dirac(u - b[1]) * u, (u, a, 4 * a + 1 / (1 + a**2) / 7)),
    Integral(Sum(dirac(u - b[n]), n) * Sum(b[n] * u, n), u),
    Func("Abs", a) + Func("Max", a, 1),
    f(a) * f(b[1]),
]


@pytest.mark.parametrize("e", EXPRESSIONS, ids=str)
def test_an_expression_computes_its_value(e: Any) -> None:
    program = Program(scope)
    written = program.function("value", e)
    value = load(program.prelude() + "\n\n" + written.source)["value"]
    for world in worlds(scope, (), str(e)):
        found = value(*(argument(p, world, scope) for p in written.parameters))
        assert found == pytest.approx(exact(e, world, scope), rel=1e-9, abs=1e-12), written.source


def test_an_ordinary_integral_is_computed_by_quadrature() -> None:
    program = Program(scope)
    written = program.function("value", Integral(exp(-(u**2)), u))
    value = load(program.prelude() + "\n\n" + written.source)["value"]
    assert value() == pytest.approx(math.sqrt(math.pi), rel=1e-9)


def test_the_shift_of_the_labels_is_visible() -> None:
    assert "k == y[n - 1] + 1" in Program(scope).function("f", Sum(delta(k, y[n]), n)).source
    assert "k == y[n - 1] " in Program(scope, labels_from=1).function("f", Sum(delta(k, y[n]), n)).source


def test_what_a_delta_makes_zero_is_not_computed() -> None:
    e = Sum(delta(k, y[1]) * log(q[k]), k)
    program = Program(scope)
    written = program.function("value", e)
    value = load(program.prelude() + "\n\n" + written.source)["value"]
    data = {Symbol("K"): 2, Symbol("q"): [1.0, 0.0], Symbol("y"): [0]}
    assert value(*(data[p] for p in written.parameters)) == 0.0


@pytest.mark.parametrize("e", [dirac(u), Integral(dirac(u) * dirac(u), u), Integral(log(dirac(u)), u)], ids=str)
def test_what_has_no_executable_form_is_refused(e: Any) -> None:
    with pytest.raises(EmitError):
        Program(scope).function("value", e)


def test_a_line_that_is_nested_too_deeply_gives_one_clear_error() -> None:
    e = a + 1
    for _ in range(5000):
        e = log(e)
    with pytest.raises(DepthError):
        Program(scope).function("value", e)


def test_names_of_python_are_not_overwritten() -> None:
    lambda_, sum_, log_ = real("lambda"), real("sum"), real("log")
    own = Scope(closure([lambda_, sum_, log_, K, k]))
    written = Program(own).function("value", Sum(log(lambda_) * sum_ * log_, k))
    assert [p.name for p in written.parameters] == ["K", "lambda", "log", "sum"]
    value = load(Program(own).prelude() + "from math import log\n\n" + written.source)["value"]
    assert value(2, math.e, 3.0, 5.0) == pytest.approx(30.0)


def test_a_line_without_executable_form_is_named_in_the_module() -> None:
    g = define("g", u, dirac(u))
    page = calc(g(u), step(dirac(u), by=definition), step(dirac(u) + 0, by=arithmetic))
    source = python_source(check(page, layers=()))
    assert "# line 1 has no executable form" in source
