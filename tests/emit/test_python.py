"""Every line of every page, run as Python on random data, against the line's own value by exact evaluation."""

from __future__ import annotations

import ast
import math
from functools import cache
from typing import Any

import pytest
from sympy import Symbol

from deltasift import Integral, Sum, calc, define, delta, dirac, exp, log, real, step
from deltasift.check import Report, check
from deltasift.check.checker import page_scope
from deltasift.domain import closure
from deltasift.emit import Program, PythonFunction, line_functions, python_source
from deltasift.emit.run import load
from deltasift.errors import DepthError, EmitError
from deltasift.line.scope import Scope
from deltasift.pages import load as load_page
from deltasift.rules import arithmetic, definition
from expressions import EXPRESSIONS, K, a, k, n, q, scope, u, y
from founding import FOUNDING
from worlds import argument, exact, worlds


@cache
def report(page: str) -> Report:
    return check(load_page(page), layers=("structure",))


@pytest.mark.parametrize("page", FOUNDING)
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


@pytest.mark.parametrize("page", FOUNDING)
def test_a_page_is_one_module_that_runs(page: str) -> None:
    source = python_source(report(page))
    names = set(load(source, page))
    assert {f"line_{x.number}" for x in report(page).lines} <= names
    assert max(map(len, source.splitlines())) <= 120


@pytest.mark.parametrize("page", FOUNDING)
def test_the_text_says_what_the_tree_says(page: str) -> None:
    """Python's own unparser of the same source gives the same tree: no parenthesis is missing."""
    source = python_source(report(page))
    tree = ast.parse(source)
    assert ast.dump(ast.parse(ast.unparse(tree))) == ast.dump(tree)


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
