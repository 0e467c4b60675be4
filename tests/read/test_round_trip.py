"""Every line of every page, written as Python and read again, is that line."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sympy.core.basic import Basic

from deltasift import derivation_of
from deltasift.calc import Page
from deltasift.check.balls import Balls
from deltasift.check.checker import page_scope
from deltasift.check.sampling import Sampler, generator, size_choices
from deltasift.emit.names import identifier
from deltasift.line.same import same
from deltasift.line.scope import Scope
from deltasift.pages import load
from founding import FOUNDING

GOLDEN = Path(__file__).parents[1] / "golden"


@cache
def functions(page: str) -> dict[str, Callable[..., Any]]:
    """Return the functions of the golden module of a page."""
    spec = importlib.util.spec_from_file_location(f"golden_{page}", GOLDEN / f"{page}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


@cache
def page_of(name: str) -> tuple[Page, Scope]:
    page = load(name)
    return page, page_scope(page)


def lines() -> list[tuple[str, int]]:
    found = []
    for name in FOUNDING:
        count = sum(len(proof.lines) for proof in page_of(name)[0].proofs)
        found += [(name, i) for i in range(1, count + 1) if f"line_{i}" in functions(name)]
    return found


@cache
def read_back(name: str, number: int) -> tuple[Basic, Basic]:
    """Return a line, and what its code is read as."""
    page, scope = page_of(name)
    function = functions(name)[f"line_{number}"]
    named = {identifier(s.name): d for s, d in scope.domains.items()}
    given = {p: named[p] for p in inspect.signature(function).parameters}
    found = derivation_of(function, given=given, labels_from=0)
    assert found.steps == ()  # the code has the page's own loops
    line = [e for proof in page.proofs for e in proof.lines][number - 1]
    return line, found.lines[-1]


def are_same(line: Basic, back: Basic, scope: Scope) -> bool:
    """Tell whether two lines are the same with all definitions unfolded."""
    return same(scope.unfold_all(line), scope.unfold_all(back))


@pytest.mark.parametrize(("name", "number"), lines())
def test_a_line_is_read_back_from_its_code(name: str, number: int) -> None:
    """It is the same line or, where its code is another way to write it, has the same value."""
    line, back = read_back(name, number)
    page, scope = page_of(name)
    if not are_same(line, back, scope):
        sampler, rng, compared = Sampler(scope, page.assumptions), generator("read", page.name), 0
        for sizes in size_choices(sampler, 3):
            world = sampler.draw(rng, sizes)
            if world is not None:
                balls = Balls(world, scope)
                assert not balls.differ(balls.value(line, {}), balls.value(back, {}))
                compared += 1
        assert compared


def test_most_lines_are_read_back_as_they_are() -> None:
    """All but integrals of point masses, a logistic function with a branch, and relative entropies of a quotient."""
    as_they_are = [are_same(*read_back(*x), page_of(x[0])[1]) for x in lines()]
    assert sum(as_they_are) > 0.9 * len(as_they_are)
