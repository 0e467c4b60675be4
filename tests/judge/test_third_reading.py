"""Falsehoods that a third reading of the judge alone found it to accept, each with the true line beside it."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import I, S, Symbol

from deltasift import Integral, define, density, dirac, index, iverson, log, pmf, real
from deltasift.inert import At, Continuous, Delta, Equality, Less, LessEqual, Piecewise, Pow, Unequal
from deltasift.judge import ACCEPT, REJECT
from deltasift.judge.term import INFINITY, ONE, make, number, write
from deltasift.judge.verify.parts import alike
from deltasift.judge.verify.rational import equal
from deltasift.rules import delta_ne
from judge.attacking import part, said, term, use

x, y, c = (real(name) for name in "xyc")
above = real("a", above=0)
i, j = (Symbol(name, integer=True) for name in "ij")
DELTA = Delta(i, j)
SAME = iverson(Equality(i, j))  # the delta once more, in other words
COPY = define("w", DELTA)


# --- a factor that is 0 makes its term 0 -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "rule", "path", "after", "status"),
    [
        (DELTA / SAME, "bracket_delta", (1,), DELTA / DELTA, REJECT),
        (DELTA / (1 + SAME), "bracket_delta", (1, 1), DELTA / (1 + DELTA), ACCEPT),
        (DELTA * Pow(SAME, -1), "bracket_delta", (1, 0), DELTA * Pow(DELTA, -1), REJECT),
        (DELTA / COPY, "definition", (1,), DELTA / DELTA, REJECT),
        (DELTA / x * SAME, "bracket_delta", (1,), DELTA / x * DELTA, ACCEPT),
        (x / (1 + SAME), "bracket_delta", (1, 1), x / (1 + DELTA), ACCEPT),
    ],
)
def test_what_is_divided_by_does_not_become_what_excuses_it(
    before: Any, rule: str, path: tuple[int, ...], after: Any, status: str
) -> None:
    """0 = d/[i = j] = d/d = 1 where i is not j."""
    assert said(before, after, [use(rule, path, part(after, path))], (x, COPY), Unequal(x, 0)).last == status


@pytest.mark.parametrize(("valued", "status"), [(x, REJECT), (above, ACCEPT)])
def test_a_factor_excuses_others_only_where_it_has_a_value_itself(valued: Any, status: str) -> None:
    """Where x is 1 it is not 0, which the first delta needs; the second, which says so, needs something now."""
    first = Delta(i, 1 / valued - 1 / valued)
    before, after = (first * Delta(valued, 1 + t) for t in (S(0), log(above) - log(above)))
    made = use("arithmetic", (1, 1), part(after, (1, 1)))
    assert said(before, after, [made], (x, above)).last == status


@pytest.mark.parametrize(("weight", "status"), [(Pow(DELTA, 2), REJECT), (x, ACCEPT)])
def test_what_is_known_beside_a_guard_is_what_the_product_needs(weight: Any, status: str) -> None:
    """d*d**2*t needs a value of t wherever d is 0, as d may be divided by in it."""
    before, after = (DELTA * weight * (y + t) for t in (0, log(i - j + 1) - log(i - j + 1)))
    made = use("arithmetic", (2, 1), part(after, (2, 1)))
    assert said(before, after, [made], (x, y)).last == status


# --- coded rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("again", "status"), [(iverson(Less(0, x)), REJECT), (iverson(Less(0, y)), ACCEPT)])
def test_what_is_said_twice_stands_for_nothing_else(again: Any, status: str) -> None:
    """[p][r]u - [p][p][i = j]u is no term: where r is false it is -u if i is j."""
    both = iverson(Less(0, x)) * iverson(Less(0, y))
    before = both * iverson(Unequal(i, j)) * x + both * iverson(Unequal(i, j)) * y
    after = both * (x + y) - iverson(Less(0, x)) * again * DELTA * (x + y)
    assert said(before, after, [use("bracket_add", (), term(after))], (x, y)).last == status


@pytest.mark.parametrize(
    ("known", "new", "status"),
    [
        (LessEqual(S(0), S(0)), Less(x, -5), REJECT),
        (LessEqual(0, c), Less(x, iverson(Less(0, c))), REJECT),
        (LessEqual(c * x, c * x), Less(x, -5), REJECT),
        (LessEqual(0, x), Less(0, x), ACCEPT),
        (LessEqual(2 * x, 1), Less(x, 3), ACCEPT),
    ],
)
def test_an_order_is_strict_at_almost_every_point_where_it_varies(known: Any, new: Any, status: str) -> None:
    """The integral of [0 <= 0] over 0 to 1 was that of [0 <= 0]*[x < -5], which is 0."""
    before, after = (Integral(iverson(known) * f, (x, 0, 1)) for f in (S(1), iverson(new)))
    assert said(before, after, [use("integral_bracket", (), term(after))], (x, c)).last == status


# --- statements about how something is written -----------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "quotient"), [("norm_num", x / x), ("eq_of_given", 1 + 1 / x - 1 / x)])
def test_arithmetic_does_not_look_into_a_statement_of_continuity(rule: str, quotient: Any) -> None:
    """x/x is not continuous at 0, where it has no value, and 1 is."""
    before, after = (iverson(Continuous(e, x.symbol, S.Zero)) for e in (quotient, S.One))
    assert said(before, after, [use(rule, (), term(after))], (x,)).last == REJECT
    doubled, twice = before + before, 2 * before
    assert said(doubled, twice, [use(rule, (), term(twice))], (x,)).last == ACCEPT


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["Entry", "Apply"])
def test_names_of_equal_numbers_are_no_names_of_equal_tables(head: str) -> None:
    """Where the numbers f and g are equal, f[1] and g[1] need not be."""
    f, g = (term(Symbol(name)) for name in "fg")
    before, after, other = (
        write(make("Mul", (make("Delta", (f, g)), t))) for t in (make(head, (f, ONE)), make(head, (g, ONE)), g)
    )
    assert said(before, after, [use("delta_subst", (), term(after))], ()).last == REJECT
    plain = write(make("Mul", (make("Delta", (f, g)), f)))
    assert said(plain, other, [use("delta_subst", (), term(other))], ()).last == ACCEPT


@pytest.mark.parametrize("declared", [pmf("p", index("k", 1, 3)), density("p")])
def test_a_table_and_a_function_are_no_numbers(declared: Any) -> None:
    assert said(declared.symbol + 1, declared.symbol + 1, [], (declared,)).first == REJECT
    assert said(x + 1, x + 1, [], (x, declared)).first == ACCEPT


def test_a_definition_is_continuous_where_what_it_stands_for_is() -> None:
    """x*delta(x)*w with w for 1/x, and 0 at 0, is [x != 0]*delta(x), which is no 0."""
    inverse = define("w", Piecewise((1 / x, Unequal(x, 0)), (0, True)))
    square = define("w", x**2)
    for w, status in ((inverse, REJECT), (square, ACCEPT)):
        assert said(x * dirac(x) * w, S(0), [use("mul_dirac_zero", (), term(0))], (x, w)).last == status


# --- what is not real, or not finite ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("point", "status"), [(I, REJECT), (c, ACCEPT)])
def test_a_value_is_taken_at_a_real_point(point: Any, status: str) -> None:
    """The square of the name is not -1, whatever real number it is; at the imaginary unit it is."""
    line = At(Delta(x * x, -1), x, point)
    square = part(line, (0, 0))
    found = said(line, At(S(0), x, point), [use(delta_ne, (0,), term(0), 0, i=square, j=term(-1))], (x, c))
    assert (found.first, found.last) == (status, ACCEPT)


def test_nothing_is_calculated_with_an_infinite_end() -> None:
    """Twice it is it, and once it is not 0."""
    twice = make("Mul", (number(2), INFINITY))
    less = make("Add", (twice, make("Neg", (INFINITY,))))
    assert not equal(less, INFINITY)
    assert not alike(less, INFINITY)
    assert equal(INFINITY, INFINITY)
    two, one = (make("Iverson", (make("Unequal", (t, s)),)) for t, s in ((twice, INFINITY), (INFINITY, number(0))))
    assert not alike(two, one)
