"""What SymPy would write out without end is refused in one line, and whatever is of ordinary size goes through."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from sympy import Integer, Rational, Symbol, pi

from deltasift.errors import SizeError
from deltasift.inert import Dirac, Exp, Func, Mul, Pow
from deltasift.inert.bridge import to_polynomial, to_sympy
from deltasift.inert.magnitude import degree

x, y = Symbol("x"), Symbol("y")
TOWER = Pow(10, Pow(10, 10))

HUGE: dict[str, Any] = {
    "a tower": TOWER,
    "a tower inside": Mul(x, Exp(TOWER)),
    "a product of long numbers": Mul(Pow(10, 4000), Pow(10, 4000), x),
    "a long denominator": Pow(Rational(1, 3), 10**6),
    "a root of a long number": Pow(10**3999 + 7, Rational(1, 2)),
    "an exponential of an exponential": Exp(Exp(9000)),
    "a tower of what is irrational": Pow(pi, Pow(pi, Pow(pi, pi))),
    "a factorial": Func("factorial", 10**9),
    "a binomial coefficient": Func("binomial", 10**9, 10**8),
    "a Bernoulli number": Func("zeta", -(10**6)),
    "all digits of an exponential": Func("floor", Pow(Exp(5000), 2000)),
    "a power whose real part is asked for": Func("re", Pow(x + 1, 10**5)),
    "a power whose zeros are asked for": Dirac(Pow(Pow(x + 1, 60), 60)),
}


@pytest.mark.parametrize("expr", HUGE.values(), ids=HUGE)
def test_what_is_huge_is_refused_in_one_line(expr: Any) -> None:
    with pytest.raises(SizeError) as error:
        to_sympy(expr)
    assert len(str(error.value)) < 120


ORDINARY: dict[str, tuple[Any, Any]] = {
    "a number of 4,000 digits": (Pow(10, 3999), Integer(10) ** 3999),
    "a power of one": (Pow(1, TOWER.args[1]), Integer(1)),
    "a root": (Pow(8, Rational(1, 3)), Integer(2)),
    "a high power of a name": (Pow(x, 10**6), x ** (10**6)),
    "a factorial that is written out": (Func("factorial", 1000), sympy.factorial(1000)),
    "a binomial of a long number": (Func("binomial", 10**9, 2), sympy.binomial(10**9, 2)),
    "a factorial of a name": (Func("factorial", x), sympy.factorial(x)),
    "a floor": (Func("floor", Exp(10)), Integer(22026)),
}


@pytest.mark.parametrize(("expr", "expected"), ORDINARY.values(), ids=ORDINARY)
def test_what_is_of_ordinary_size_is_kept(expr: Any, expected: Any) -> None:
    assert to_sympy(expr) == expected


def test_a_polynomial_of_high_degree_is_none() -> None:
    assert to_polynomial(Pow(x + 1, 100_000), x) is None
    assert to_polynomial(Pow(x + 1, 2), x) == sympy.Poly(x**2 + 2 * x + 1, x, domain="QQ")


def test_the_degree_is_a_bound() -> None:
    assert degree(Mul(Pow(x + y, 3), x) + 1) == 4
    assert degree(Integer(3)) == 0
    assert degree(x) == 1
