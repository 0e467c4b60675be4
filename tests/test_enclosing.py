"""Flint's precision is one number for a whole process: what sets it puts it back."""

from __future__ import annotations

from pathlib import Path

import flint
import pytest
from sympy import sqrt

from deltasift import check
from deltasift.asserting.reference import double
from deltasift.catalogue import page_names
from deltasift.check.balls import Balls
from deltasift.check.world import World
from deltasift.enclosing import BITS, precision
from deltasift.inert import Exp, inert
from deltasift.line.scope import Scope
from deltasift.pages import load

SRC = Path(__file__).resolve().parents[1] / "src"


def test_nothing_else_sets_it() -> None:
    setting = [p.name for p in SRC.rglob("*.py") if "ctx.prec" in p.read_text(encoding="utf-8")]
    assert setting == ["enclosing.py"]


@pytest.mark.parametrize("before", [53, 200])
def test_it_is_as_before_whatever_was_computed(before: int) -> None:
    with precision(before):
        value = Balls(World(), Scope()).value(inert(Exp(1)), {})
        double(inert(sqrt(2)), World(), Scope())
        assert check(load(page_names()[0])).ok
        assert flint.ctx.prec == before
    assert value.rel_accuracy_bits() > BITS - 20


def test_it_is_as_before_where_something_is_raised() -> None:
    before = flint.ctx.prec
    with pytest.raises(ZeroDivisionError), precision(1000):
        raise ZeroDivisionError
    assert flint.ctx.prec == before
