"""Brute force of inert lines: what a delta that is 0 excuses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Symbol

from deltasift.inert import Delta, Pow
from oracle.given import Given
from oracle.lines import value
from oracle.values import Undefined

i, j = (Symbol(name, integer=True) for name in "ij")
D = Delta(i, j)
APART = Given({"i": Fraction(1), "j": Fraction(2)}, {}, {}, {})


def test_a_delta_excuses_what_stands_beside_it() -> None:
    assert value(D / (i + i - j), APART) == 0
    far = Given({"i": Fraction(1), "j": Fraction(3)}, {}, {}, {})
    assert value(D * Delta(j, i + 1) * Pow(D, -1), far) == 0


@pytest.mark.parametrize("e", [D / D, D / Delta(j, i), D * Pow(D, -1), Pow(D, 2) / D])
def test_a_delta_that_is_divided_by_excuses_nothing(e: Any) -> None:
    with pytest.raises(Undefined):
        value(e, APART)
