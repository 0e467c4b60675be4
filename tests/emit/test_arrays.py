"""Every line of every page, run on whole arrays, against the line's own value by exact evaluation."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import numpy as np
import pytest
from expressions import EXPRESSIONS, a, b, c, k, n, q, scope, u, y, z
from sympy import S, Symbol
from worlds import argument, exact, worlds

from deltasift import Integral, Product, Sum, delta, exp, index, iverson, labels, log, pmf, real, sizes
from deltasift.catalogue import page_names
from deltasift.check.checker import page_scope
from deltasift.domain import Density, Index, Labels, Size, closure
from deltasift.emit.arrays import ArrayFunction, ArrayProgram
from deltasift.emit.library import Library, library_of, quiet
from deltasift.emit.run import load
from deltasift.errors import EmitError
from deltasift.inert import free, postorder
from deltasift.match.scope import Scope
from deltasift.pages import load as load_page

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


def given(symbol: Symbol, world: Any, scope: Scope, lib: Library, labels_from: int = 0) -> Any:
    domain = scope.domains[symbol]
    value = argument(symbol, world, scope, labels_from)
    if isinstance(domain, (Size, Index)):
        return value
    if isinstance(domain, Density):
        return lib.function(value)
    return lib.whole(np.asarray(value)) if isinstance(domain, Labels) else lib.real(np.asarray(value))


def run(program: ArrayProgram, f: ArrayFunction) -> Any:
    return load("\n\n".join([program.prelude(), f.source]))[f.name]


CASES = [*((page, "numpy") for page in page_names()), *((page, name) for name in LIBRARIES for page in SHOWN)]


@pytest.mark.parametrize(("page", "name"), CASES)
def test_each_line_computes_its_own_value(page: str, name: str) -> None:
    lib = library(name)
    found = load_page(page)
    own = page_scope(found)
    lines = [e for proof in found.proofs for e in proof.lines]
    compared = 0
    for number, e in enumerate(lines):
        labels_from = number % 2
        program = ArrayProgram(own, labels_from)
        try:
            f = program.function("line", e)
        except EmitError:
            assert any(isinstance(x, Integral) for x in postorder(own.unfold_all(e)))
            continue
        function = run(program, f)
        drawn = list(worlds(own, found.assumptions, page))
        for world in drawn if name == "numpy" else [drawn[0], drawn[-1]]:
            with quiet():
                values = (given(p, world, own, lib, labels_from) for p in f.parameters)
                value = lib.number(function(*values, xp=lib.xp))
            assert value == pytest.approx(exact(e, world, own), rel=1e-9, abs=1e-12), f.source
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
            value = lib.number(function(*(given(p, world, scope, lib) for p in f.parameters), xp=lib.xp))
        assert value == pytest.approx(exact(e, world, scope), rel=1e-9, abs=1e-12), f.source


def is_left_to_loops(e: Any) -> bool:
    """Tell whether an expression has an integral, or a sum whose length is not one number."""
    return any(isinstance(x, Integral) or (isinstance(x, Sum) and n.symbol in free(x.hi)) for x in postorder(e))


def test_the_logarithm_is_taken_of_the_table_and_then_entries_are_picked() -> None:
    assert "xp.sum(xp.log(q)[y])" in ArrayProgram(scope).function("f", Sum(log(q[y[n]]), n)).source
