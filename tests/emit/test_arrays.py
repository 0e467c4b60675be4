"""Every line of every page, run on whole arrays, against the line's own value by exact evaluation."""

from __future__ import annotations

import importlib
import itertools
import math
import random
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import S, Symbol

from deltasift import Integral, Piecewise, Product, Sum, delta, exp, iverson, log, real, sigma
from deltasift.check.checker import page_scope
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.domain import Density, Index, Labels, Size, closure
from deltasift.emit.arrays import ArrayFunction, ArrayProgram
from deltasift.emit.library import Library, library_of, quiet
from deltasift.emit.run import load
from deltasift.errors import EmitError
from deltasift.inert import Func, Less, LessEqual, Unequal, free, inert, postorder
from deltasift.line.scope import Scope
from deltasift.pages import load as load_page
from expressions import EXPRESSIONS, K, N, b, c, k, n, q, r, scope, t, y
from founding import FOUNDING
from worlds import argument, exact, worlds

LIBRARIES = ["torch", "jax", "dask"]
# the pages that between them need every function of the libraries
SHOWN = ["classification_loss_is_average_nll", "cross_entropy_is_average_nll", "logistic_posterior"]


@cache
def library(name: str) -> Library:
    """Return a library of arrays, or skip the test where it is not installed."""
    if name == "numpy":
        return library_of([])
    pytest.importorskip(name, reason=f"{name} is not installed")
    if name == "torch":
        return library_of([importlib.import_module("torch").zeros(1)])
    if name == "jax":
        importlib.import_module("jax").config.update("jax_enable_x64", True)
        return library_of([importlib.import_module("jax.numpy").zeros(1)])
    return library_of([pytest.importorskip("dask.array", reason="dask is not installed").zeros(1)])


def data_for(symbol: Symbol, world: Any, scope: Scope, lib: Library, labels_from: int = 0) -> Any:
    domain = scope.domains[symbol]
    value = argument(symbol, world, scope, labels_from)
    if isinstance(domain, (Size, Index)):
        return value
    if isinstance(domain, Density):
        return lib.function(value)
    return lib.whole(np.asarray(value)) if isinstance(domain, Labels) else lib.real(np.asarray(value))


def run(program: ArrayProgram, f: ArrayFunction) -> Any:
    return load("\n\n".join([program.prelude(), f.source]))[f.name]


CASES = [*((page, "numpy") for page in FOUNDING), *((page, name) for name in LIBRARIES for page in SHOWN)]


@pytest.mark.parametrize(("page", "name"), CASES)
def test_each_line_computes_its_own_value(page: str, name: str) -> None:
    lib = library(name)
    found = load_page(page)
    scope = page_scope(found)
    lines = [e for proof in found.proofs for e in proof.lines]
    compared = 0
    for number, e in enumerate(lines):
        labels_from = number % 2
        program = ArrayProgram(scope, labels_from)
        try:
            f = program.function("line", e)
        except EmitError:
            assert any(isinstance(x, Integral) for x in postorder(scope.unfold_all(e)))
            continue
        function = run(program, f)
        drawn = list(worlds(scope, found.assumptions, page))
        for world in drawn if name == "numpy" else [drawn[0], drawn[-1]]:
            with quiet():
                values = (data_for(p, world, scope, lib, labels_from) for p in f.parameters)
                value = lib.number(function(*values, xp=lib.xp))
            assert value == pytest.approx(exact(e, world, scope), rel=1e-9, abs=1e-12), f.source
            compared += 1
    assert compared >= 2


@pytest.mark.parametrize("e", EXPRESSIONS, ids=str)
def test_an_expression_computes_its_value_or_is_refused(e: Any) -> None:
    program = ArrayProgram(scope)
    try:
        f = program.function("value", e)
    except EmitError:
        assert is_left_to_loops(e)
        return
    assert not is_left_to_loops(e)
    function, lib = run(program, f), library("numpy")
    for world in worlds(scope, (), str(e)):
        with quiet():
            value = lib.number(function(*(data_for(p, world, scope, lib) for p in f.parameters), xp=lib.xp))
        assert value == pytest.approx(exact(e, world, scope), rel=1e-9, abs=1e-12), f.source


def is_left_to_loops(e: Any) -> bool:
    """Tell whether an expression has an integral, or a sum whose length is not one number."""
    return any(isinstance(x, Integral) or (isinstance(x, Sum) and n.symbol in free(x.hi)) for x in postorder(e))


def test_the_logarithm_is_taken_of_the_table_and_then_entries_are_picked() -> None:
    assert "xp.sum(xp.log(q)[y])" in ArrayProgram(scope).function("f", Sum(log(q[y[n]]), n)).source


x, w = real("x", n), real("w", n, k)
own = Scope(closure([*scope.domains.values(), x, w]))


def value_on(e: Any, data: dict[str, Any]) -> float:
    """Return the value of an expression on data, by the array code."""
    program, lib = ArrayProgram(own), library("numpy")
    f = program.function("value", e)
    arrays = {name: np.asarray(v) if isinstance(v, list) else v for name, v in data.items()}
    with quiet():
        return lib.number(run(program, f)(*(arrays[p.name] for p in f.parameters), xp=lib.xp))


NO_VALUE = [
    exp(log(x[1])),
    1 / log(x[1]),
    1 / (1 / x[1]),
    sigma(-log(x[1])),
    Sum(1 / (1 + 1 / x[n] ** 2), n),
    Func("Max", log(x[1]), 1),
    Func("tanh", 1 / x[1]),
    Piecewise((1, log(x[1]) < 0), (2, True)),
    (1 / x[1]) ** 0,
    Product(2 ** log(x[n]), n),
    Sum(x[n - 1], n),
    Sum(x[n + 1] - x[n], n),
]


@pytest.mark.parametrize("e", NO_VALUE, ids=str)
def test_what_has_no_value_never_becomes_a_number(e: Any) -> None:
    try:
        value = value_on(e, {"N": 3, "x": [0.0, 1.0, 2.0]})
    except EmitError:
        return
    assert not math.isfinite(value)


def test_what_a_bracket_makes_zero_may_have_no_value() -> None:
    data = {"N": 3, "x": [0.0, 1.0, 4.0]}
    assert value_on(Sum(iverson(n >= 2) * (x[n] - x[n - 1]), n), data) == 4.0
    assert value_on(Sum(iverson(x[n] > 0) * log(x[n]), n), data) == math.log(4)


class Maker:
    """Makes random expressions whose sums nest, share names and pick entries of tables."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def make(self, depth: int, loops: tuple[Any, ...]) -> Any:
        rng = self.rng
        if depth == 0 or rng.random() < 0.15:
            return self.leaf(loops)
        kind = rng.randrange(9)
        if kind < 3:
            i = rng.choice((n, k))
            e = self.make(depth - 1, (*loops, i))
            return (Sum if kind < 2 or depth > 2 else Product)(e, i)
        one, other = self.make(depth - 1, loops), self.make(depth - 1, loops)
        if kind == 3:
            return one + other
        if kind == 4:
            return one * other
        if kind == 5:
            return one - other
        if kind == 6:
            return iverson(self.statement(loops)) * one
        if kind == 7:
            return delta(self.index(loops), self.index(loops)) * one
        return rng.choice((lambda: log(one), lambda: exp(-one), lambda: one / other, lambda: sigma(one)))()

    def index(self, loops: tuple[Any, ...]) -> Any:
        places = [i for i in (n, k) if i in loops]
        options = [*places, *(y[i] for i in places if i is n), S(1), *(i + 1 for i in places), K]
        return self.rng.choice(options)

    def statement(self, loops: tuple[Any, ...]) -> Any:
        return self.rng.choice((LessEqual, Less, Unequal))(self.index(loops), self.index(loops))

    def leaf(self, loops: tuple[Any, ...]) -> Any:
        options = [S(2), N, b[1], c[1], q[1]]
        if n in loops:
            options += [b[n], n, y[n], q[y[n]], c[y[n]], x[n], w[n, y[1]], r[n, 1]]
        if k in loops:
            options += [q[k], c[k], k, t[k - 1], r[1, k], c[k - 1]]
        if n in loops and k in loops:
            options += [r[n, k], w[n, k], w[n, y[n]], r[n, y[n]], delta(k, y[n])] * 2
        return self.rng.choice(options)


@settings(max_examples=150)
@given(st.integers(0, 10**9))
def test_random_expressions_have_their_value_or_none(seed: int) -> None:
    e = inert(Maker(seed).make(4, ()))
    program, lib = ArrayProgram(own), library("numpy")
    try:
        f = program.function("value", e)
    except EmitError:
        return
    function = run(program, f)
    for world in itertools.islice(worlds(own, (), str(seed)), 2, 8, 2):
        try:
            with quiet():
                found = lib.number(function(*(data_for(p, world, own, lib) for p in f.parameters), xp=lib.xp))
        except (ValueError, ZeroDivisionError):  # of numbers that are no arrays
            found = math.nan
        try:
            expected = exact(e, world, own)
        except NoValue:
            assert not math.isfinite(found), f.source
        except NotCovered:
            continue
        else:
            if 1e-9 < abs(expected) < 1e9:
                assert found == pytest.approx(expected, rel=1e-6), f.source
