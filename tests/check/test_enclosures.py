"""Derivatives, series, ordinary integrals and point masses by enclosures, against values known in closed form."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import flint
import pytest
from sympy import E, Integer, Rational, S, Symbol, oo, pi

from deltasift import Iverson, Product, Sum, delta, dirac, log
from deltasift.check.balls import Balls
from deltasift.check.bounds import Envelope
from deltasift.check.discs import Discs, integral
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.everywhere import Entries
from deltasift.check.far import beyond, far_out
from deltasift.check.near import beside
from deltasift.check.program import Programs
from deltasift.check.world import RationalDensity, Smooth, Tent, World
from deltasift.enclosing import precision
from deltasift.inert import Apply, At, Derivative, Entry, Exp, ForAll, Func, Integral, Less, LessEqual, inert
from deltasift.line.scope import Scope

x, y, z, f, g, t, s, p, q = (Symbol(name) for name in "xyzfgtspq")
i, j, n = (Symbol(name) for name in "ijn")

CUBIC = Smooth(tuple((Fraction(c), (k,)) for k, c in enumerate((2, -1, 3, 1))))  # 2 - x + 3 x^2 + x^3
DAMPED = Smooth(((Fraction(1), (0,)), (Fraction(2), (1,))), True)  # (1 + 2 x) exp(-x^2)
PLANE = Smooth(((Fraction(1), (1, 0)), (Fraction(3), (1, 2))))  # x + 3 x y^2
VALUES = {
    "x": Fraction(1, 3),
    "y": Fraction(3, 2),
    "z": Fraction(2),
}


def value(e: Any, **functions: Any) -> Any:
    world = World(
        {Symbol(name): v for name, v in VALUES.items()},
        {t: Entries(5, False, reach=3), s: Entries(5, True, Fraction(1), Fraction(4))},
        {f: CUBIC, g: DAMPED, **{Symbol(name): shape for name, shape in functions.items()}},
    )
    return Balls(world, Scope()).value(inert(e), {})


def close(found: Any, wanted: Any) -> bool:
    """Tell whether an enclosure is narrow and contains a value."""
    ball = flint.arb(found)
    wanted = flint.arb(wanted) if not isinstance(wanted, flint.arb) else wanted
    return bool(ball.overlaps(wanted)) and bool(ball.rad() < 1e-6)


@pytest.mark.parametrize(
    ("e", "wanted"),
    [
        (Derivative(Apply(f, x), x), flint.fmpq(-1) + 6 * flint.fmpq(1, 3) + 3 * flint.fmpq(1, 9)),
        (Derivative(Apply(f, x), x, 3), 6),
        (Derivative(Derivative(Apply(f, x), x), x, 2), 6),
        (At(Derivative(Apply(f, x), x, 2), x, Integer(2)), 18),
        (Derivative(x**3 * log(y), y), flint.fmpq(2, 81)),
        (Derivative(inert(x) / y, y), flint.fmpq(-4, 27)),
        (Derivative(Func("Abs", x), x), 1),
        (Derivative(y, x), 0),
        (Derivative(Iverson(LessEqual(x, 1)) * x, x), 1),
        (Derivative(Sum(Entry(t, n) ** 2, (n, 1, 3)), Entry(t, 2)), None),
    ],
)
def test_a_derivative_is_a_coefficient_of_a_power_series(e: Any, wanted: Any) -> None:
    if wanted is None:
        wanted = value(2 * Entry(t, 2))
    assert close(value(e), wanted)


@pytest.mark.parametrize(
    "e",
    [
        Derivative(Func("Abs", inert(x) - S(1) / 3), x),  # a corner
        Derivative(Derivative(x * y, x), y),  # by two names
        Derivative(Integral(Exp(x * z), (z, 0, 1)), x),
    ],
)
def test_what_has_no_series_there_is_not_covered(e: Any) -> None:
    with pytest.raises(NotCovered):
        value(e)


def test_what_is_zero_by_convention_has_no_derivative_by_it() -> None:
    zero = Symbol("p")
    world = World({zero: Fraction(0), x: Fraction(1)})
    balls = Balls(world, Scope())
    assert balls.value(inert(zero) * log(zero), {}) == 0
    with pytest.raises(NotCovered):
        balls.value(Derivative(inert(zero) * log(zero) + x, x), {})


@pytest.mark.parametrize(
    ("e", "wanted"),
    [
        (Sum(delta(n, 3) * x**n, (n, 0, oo)), flint.fmpq(1, 27)),
        (Sum(delta(n**2, 4) * n, (n, -oo, oo)), 0),
        (Sum(Iverson(LessEqual(n, 5)) * n, (n, 2, oo)), 14),
        (Sum(Iverson(LessEqual(-2, n)) * n, (n, -oo, 1)), -2),
        (Product(1 + delta(n, 2) * y, (n, 1, oo)), flint.fmpq(5, 2)),
        (Sum(x**n, (n, 0, oo)), flint.fmpq(3, 2)),
        (Sum(n * x**n, (n, 1, oo)), flint.fmpq(3, 4)),
        (Sum(y**n / Func("factorial", n), (n, 0, oo)), flint.arb(1.5).exp()),
        (Sum((-x) ** n, (n, 0, oo)), flint.fmpq(3, 4)),
        (Sum(Exp(-(n**2)), (n, -oo, oo)), flint.arb("1.77263720482665215372986937")),
    ],
)
def test_a_series_is_a_finite_sum_and_a_bound_of_the_rest(e: Any, wanted: Any) -> None:
    assert close(value(e), wanted)


def test_a_series_of_entries_that_end_is_exact() -> None:
    assert value(Sum(Entry(t, n), (n, -oo, oo))) == value(Sum(Entry(t, n), (n, -3, 3)))


@pytest.mark.parametrize(
    "e",
    [
        Sum(S.One, (n, 1, oo)),
        Sum(inert(1) / n, (n, 1, oo)),  # diverges
        Sum(y**n, (n, 0, oo)),
        Sum((-1) ** n, (n, 0, oo)),
        Sum(Entry(s, n), (n, 1, oo)),
        Product(x, (n, 1, oo)),
        Sum(delta(n, n), (n, 1, oo)),
        Sum(Apply(f, n), (n, 0, oo)),
    ],
)
def test_what_does_not_converge_for_sure_has_no_value(e: Any) -> None:
    with pytest.raises(NotCovered):
        value(e)


def test_a_statement_about_all_integers_is_decided_far_out_too() -> None:
    balls = Balls(World({}, {s: Entries(5, True, Fraction(1), Fraction(4))}), Scope())
    for least, holds in ((1, True), (2, False)):
        assert balls.holds(ForAll.make((LessEqual.make((Integer(least), Entry(s, n))), n, -oo, oo)), {}) is holds
    with pytest.raises(NotCovered):
        balls.holds(ForAll.make((LessEqual.make((Integer(-7), Entry(t, n))), n, -oo, oo)), {})


@pytest.mark.parametrize(
    "body", [1 / (1 + n**2), n**3 * Exp(-n), 2 ** (-n) * (n**2 - 5 * n), Func("sin", n) * Exp(-2 * n)]
)
@pytest.mark.parametrize("start", [16, 64])
@precision()
def test_bounds_far_out_hold_at_every_integer_that_is_tried(body: Any, start: int) -> None:
    e = inert(body)
    programs = Programs(Scope())
    balls = Balls(World(), Scope(), programs)
    inner, slot = programs.number(e), programs.slot(n)
    far = far_out(balls, inner, programs.frame({}), slot, start, 1)
    assert isinstance(far, Envelope)
    total = flint.arb(0)
    for k in range(start, start + 60):
        at = flint.arb(balls.value(e, {n: Fraction(k)}))
        assert far.lo <= at <= far.hi
        assert far.above is not None
        speed = far.above
        most = speed.size * flint.arb(k) ** balls.exact(speed.power) * (-speed.rate * k).exp()
        assert abs(at) <= most * (1 + flint.arb("1e-30"))
        total = total + abs(at)
    left = beyond(balls, far, start)
    assert left is not None
    assert total <= left


@pytest.mark.parametrize(
    ("e", "wanted"),
    [
        (Integral(z**2, (z, 0, 3)), 9),
        (Integral(z**2, (z, 3, 0)), -9),
        (Integral(Func("sin", z), (z, 0, pi)), 2),
        (Integral(Exp(-(z**2)), (z, -oo, oo)), flint.arb.pi().sqrt()),
        (Integral(Exp(-(z**2)), (z, oo, -oo)), -flint.arb.pi().sqrt()),
        (Integral(Exp(-2 * z), (z, 0, oo)), flint.fmpq(1, 2)),
        (Integral(Func("Abs", inert(z) - 1), (z, 0, 3)), flint.fmpq(5, 2)),
        (Integral(Iverson(LessEqual(z, 1)) * z, (z, 0, 3)), flint.fmpq(1, 2)),
        (Integral(Apply(g, z), (z, -oo, oo)), flint.arb.pi().sqrt()),
        (Integral(Integral(z * y, (z, 0, 1)), (y, 0, 2)), 1),
        (Integral(1 / z, (z, 1, E)), 1),
        (Integral(Apply(Symbol("q"), z), (z, 0, 1)), flint.fmpq(1, 4)),
    ],
)
def test_an_ordinary_integral_is_enclosed(e: Any, wanted: Any) -> None:
    assert close(value(e, q=RationalDensity(Fraction(0), Fraction(1))), wanted)


@pytest.mark.parametrize(
    ("e", "wanted"),
    [
        (Integral(1 / (1 + x**2), (x, -oo, oo)), flint.arb.pi()),
        (Integral(1 / (1 + x) ** 2, (x, 40, oo)), flint.fmpq(1, 41)),
        (Integral(x / (1 + x**2) ** 2, (x, -oo, -1)), flint.fmpq(-1, 4)),
        (Integral(Apply(q, x), (x, -oo, oo)), 1),
        (Integral(Apply(q, x), (x, S.Half, oo)), flint.fmpq(1, 2)),
        (Integral(Apply(q, 2 * x + 1), (x, -oo, oo)), flint.fmpq(1, 2)),
        (Integral(Apply(p, x), (x, -oo, oo)), 1),
        (Integral(Apply(p, x), (x, 0, Rational(1, 3))), flint.fmpq(4, 9)),
    ],
    ids=str,
)
def test_what_falls_slowly_and_what_has_corners_is_integrated_over_an_infinite_range(e: Any, wanted: Any) -> None:
    shapes = {"q": RationalDensity(Fraction(1, 2), Fraction(3)), "p": Tent(Fraction(1, 3), Fraction(2))}
    assert close(value(e, **shapes), wanted)


@pytest.mark.parametrize("e", [1 / (1 + Func("Abs", x)), x / (1 + x**2), S.One], ids=str)
def test_what_does_not_fall_fast_enough_is_not_integrated(e: Any) -> None:
    with pytest.raises((NotCovered, NoValue)):
        value(Integral(e, (x, -oo, oo)))


@pytest.mark.parametrize(
    "e",
    [
        Integral(1 / inert(z), (z, 0, 1)),
        Integral(S.One, (z, 0, oo)),
        Integral(Func("sin", z), (z, 0, oo)),
        Integral(1 / inert(z), (z, -1, 1)),
        Integral(inert(z) ** (-Rational(3, 2)), (z, 0, 1)),
        Integral((inert(1) - z**2) ** (-1), (z, -1, 1)),
    ],
)
def test_an_integral_that_does_not_exist_has_no_value(e: Any) -> None:
    with pytest.raises(NotCovered):
        value(e)


HALF = Rational(1, 2)
PI, LOG_2 = flint.arb.pi(), flint.arb(2).log()
INSIDE = Iverson(Less(0, inert(1) - z**2))


@pytest.mark.parametrize(
    ("e", "wanted"),
    [
        (Integral((inert(4) - z**2) ** (-HALF), (z, -2, 2)), PI),
        (Integral(inert(1) / (inert(z) * (inert(1) - z)) ** HALF, (z, 0, 1)), PI),
        (Integral(inert(z) ** (-HALF), (z, 0, 1)), 2),
        (Integral(inert(z) ** (-Rational(3, 4)), (z, 0, 1)), 4),
        (Integral(log(z), (z, 0, 1)), -1),
        (Integral(log(z) ** 2, (z, 1, 0)), -2),
        (Integral(inert(z) ** (-HALF) * Exp(-z), (z, 0, oo)), PI.sqrt()),
        (
            Integral((inert(1) + inert(z) ** (-HALF)) / (inert(1) + z), (z, 0, 1)),
            LOG_2 + PI / 2,
        ),
        (Integral(inert(1) / Func("Abs", z) ** HALF, (z, -1, 4)), 6),
        (
            Integral(INSIDE / Func("Abs", (inert(1) - z**2) ** HALF), (z, -oo, oo)),
            PI,
        ),
        (Integral(inert(x) ** 0 * (inert(y) ** 2 - z**2) ** (-HALF), (z, -inert(y), y)), PI),
    ],
)
def test_an_integrand_without_bounds_at_its_ends_or_where_it_changes_is_integrated(e: Any, wanted: Any) -> None:
    found = flint.arb(value(e))
    assert found.overlaps(flint.arb(wanted))
    assert found.rad() < 1e-4


@pytest.mark.parametrize(("top", "power"), [(1, 0), (3, 1), (-2, 5), (1, 6)])
def test_what_lies_beside_an_end_is_enclosed(top: int, power: int) -> None:
    exponent = Rational(power, 7)
    e = inert(top) * (inert(z) - 1) ** (-exponent) * (inert(2) + Func("sin", inert(z) - 1))
    with precision():
        balls = Balls(World({}, {}, {}), Scope())
        run, slot = balls.programs.number(e), balls.programs.slot(z)
        frame = balls.programs.frame({})
        start = 1000
        found = beside(balls, run, frame, slot, balls.one, 1, start)
        # twice the power, and the sine between nothing and its argument
        share = flint.arb(1) - flint.arb(power) / 7
        least = abs(top) * 2 * (flint.arb(1) / start) ** share / share
        assert least <= abs(found).upper()
        assert found.rad() <= 1e-3 * least
        assert beside(balls, balls.programs.number(inert(1) / (inert(z) - 1)), frame, slot, balls.one, 1, start) is None


def test_what_an_integrand_raises_is_not_lost_on_the_way_through_flint() -> None:
    balls = Balls(World(), Scope())

    def broken(ev: Any, frame: Any) -> Any:
        raise KeyError("broken")

    with pytest.raises(KeyError, match="broken"):
        integral(balls, broken, [None, None], 1, balls.whole(0), balls.whole(1))
    assert issubclass(Discs, Balls)


@pytest.mark.parametrize(
    ("e", "wanted"),
    [
        (Integral(dirac(z - pi / 6) * Func("sin", z), (z, -oo, oo)), flint.fmpq(1, 2)),
        (Integral(dirac(3 - 2 * inert(z)) * Apply(f, z), (z, 0, 2)), None),
        (Integral(dirac(z**2 - 4) * z**2, (z, -oo, oo)), 2),
        (Integral(dirac(z**2 - 4) * z**2, (z, 0, oo)), 1),
        (Integral(dirac(z**2 - 2), (z, 0, oo)), 1 / (2 * flint.arb(2).sqrt())),
        (Integral(dirac(Exp(z) - 2) * z, (z, -oo, oo)), flint.arb(2).log() / 2),
        (Integral(dirac(Func("cos", z)), (z, 0, 2 * pi)), 2),
        (Integral(dirac(z**2 + 1), (z, -oo, oo)), 0),
        (Integral(dirac(z, 1) * Apply(f, z), (z, -1, 1)), 1),
        (Integral(dirac(2 * inert(z), 2) * Apply(f, z), (z, -1, 1)), flint.fmpq(3, 4)),
        (Integral(dirac(z**2 - 1, 1) * z**3, (z, 0, oo)), flint.fmpq(-1, 2)),
        (Integral(Derivative(dirac(2 * inert(z) - 2), z) * z**2, (z, -oo, oo)), -1),
        (Integral((dirac(z) + 1) * z, (z, -1, 2)), flint.fmpq(3, 2)),
        (
            Integral(Sum(dirac(z - n), (n, -oo, oo)) * Exp(-(z**2)), (z, -oo, oo)),
            flint.arb("1.77263720482665215372986937"),
        ),
        (Integral(Iverson(LessEqual(4, x)) * dirac(z - log(-x)), (z, -oo, oo)), 0),
    ],
)
def test_point_masses_stand_at_the_zeros_of_their_arguments(e: Any, wanted: Any) -> None:
    if wanted is None:
        wanted = value(Apply(f, S(3) / 2) / 2)
    assert close(value(e), wanted)


@pytest.mark.parametrize(
    ("e", "error"),
    [
        (Integral(dirac(z**2), (z, -1, 1)), NoValue),  # a double zero
        (Integral(dirac(z**2 - 1), (z, 1, 3)), NoValue),  # on an end
        (Integral(dirac(z) * dirac(z - 1), (z, -1, 2)), NoValue),
        (Integral(dirac(Func("sin", z)), (z, 0, 5)), NotCovered),  # perhaps on an end
        (Integral(dirac(Func("sin", z)), (z, 1, oo)), NotCovered),  # zeros without end
        (Integral(dirac(z, 1) * Func("Abs", z), (z, -1, 1)), NotCovered),  # a corner
    ],
)
def test_a_mass_without_a_value_has_none(e: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        value(e)


def test_a_double_zero_outside_of_the_range_does_not_matter() -> None:
    assert close(value(Integral(dirac(z**2 * (z - 3)), (z, 1, 4))), flint.fmpq(1, 9))


def test_a_function_of_two_variables_has_values_and_says_what_it_is() -> None:
    assert value(Apply(Symbol("h"), x, y), h=PLANE) == flint.fmpq(1, 3) * (1 + 3 * flint.fmpq(9, 4))
    assert str(PLANE) == "x + 3*x*y**2"
    assert World(functions={f: PLANE}).describe() == {"f(x, y)": "x + 3*x*y**2"}
    with pytest.raises(NotCovered):
        value(Apply(Symbol("h"), x), h=PLANE)
