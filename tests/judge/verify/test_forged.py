"""Uses of coded rules that are wrong in one way each, which their verifiers reject; beside each a right one, accepted.

The ways are those in which a verifier can be too easily content: a zero outside of the range taken for the one inside,
no zeros for all of them, an order for a strict one, what is so for one variable for what is so for another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sympy import Integer, Rational, S, Symbol, oo

from deltasift import rules
from deltasift.check.witness import witness_holds
from deltasift.conditions.prove import Prover
from deltasift.domain import closure, define, density, index, pmf, real
from deltasift.inert import (
    And,
    Apply,
    Delta,
    Derivative,
    Dirac,
    Divides,
    Entry,
    Equality,
    Exp,
    Func,
    Integral,
    Iverson,
    Less,
    LessEqual,
    Log,
    Not,
    Or,
    Piecewise,
    Product,
    Sum,
    Unequal,
    inert,
    sqrt,
)
from deltasift.line.scope import Scope
from deltasift.match.application import Application

i, j, k, n = (Symbol(name, integer=True) for name in "ijkn")
x, y, a, b = (Symbol(name) for name in "xyab")
f, g, t, u = (Symbol(name) for name in "fgtu")
X, Y, A, B = (real(name) for name in "xyab")  # with the operators of a page, which only build
C, ROW = index("c", 1, 9), index("r", 1, 4)
P, Q, D = pmf("p", C), pmf("q", C, given=ROW), density("d")
SMOOTH, KINKED = define("s", C, Exp(X)), define("g", C, Func("Abs", X))
HALF = Rational(1, 2)
BELL = Integral(X**2 * Exp(-((X - A) ** 2) / 2), (x, -oo, oo))
OF_SCALE = Integral(X * Exp(-((X - A) ** 2) / (2 * B**2)), (x, -oo, oo))
LINE = ((x, -oo, oo),)


@dataclass(frozen=True)
class Use:
    """A use: the rule, before and after, ranges of reals around it, what is given, the witness."""

    rule: str
    before: Any
    after: Any
    ranges: tuple[tuple[Any, Any, Any], ...] = ()
    given: tuple[Any, ...] = ()
    witness: Any = None
    domains: tuple[Any, ...] = ()

    def is_accepted(self) -> bool:
        scope = Scope(closure(self.domains), assumed=tuple(inert(s) for s in self.given))
        for name, lo, hi in self.ranges:
            scope = scope.within(name, inert(lo), inert(hi), integer=False)
        sides = (inert(self.before), inert(self.after))
        witness = None if self.witness is None else inert(self.witness)
        rule = rules.METHODS[self.rule]
        return witness_holds(Application(rule, (), *sides, (), scope, witness=witness), Prover())


def roots(before: Any, after: Any, *ranges: Any, **more: Any) -> Use:
    return Use("dirac_roots", Dirac(before), after, ranges or LINE, **more)


def at(point: Any, weight: Any = 1) -> Any:
    return Dirac(x - inert(point)) * weight if weight != 1 else Dirac(x - inert(point))


N = inert(n)
EVERY, HALVED = (Sum(at(inert(S.Pi) * inert(i), weight), (i, -oo, oo)) for weight in (1, HALF))


def telescoped(term: Any, whole: Any, value: Any, lo: Any = 1, least: int = 1) -> Use:
    given = (LessEqual(least, n),)
    return Use("sum_telescope", Sum(term, (i, lo, n)), value, given=given, witness=Sum(whole, (i, lo, n)))


RIGHT = {
    "zeros": roots(X * X - 4, at(2) / 4 + at(-2) / 4),
    "a zero inside": roots(X * X - 4, at(2) / 4, (x, 0, oo)),
    "a zero of what grows": roots(Exp(x) - 2, at(Log(2)) / 2),
    "a zero if there is one": roots(
        Y - X * X,
        Iverson(Less(0, y)) * (Dirac(x - sqrt(y)) / (2 * sqrt(y)))
        + Iverson(Less(0, y)) * (Dirac(x + sqrt(y)) / (2 * sqrt(y))),
    ),
    "zeros of a sine": roots(Func("sin", x), at(3 * inert(S.Pi)), (x, 9, 10)),
    "the zeros of a sine with a factor": roots(-2 * Func("sin", x), HALVED),
    "a range": Use("sum_bracket", Sum(Iverson(LessEqual(i, 3)) * Entry(t, i), (i, 1, 9)), Sum(Entry(t, i), (i, 1, 3))),
    "an interval": Use("integral_bracket", Integral(Iverson(Less(x, 1)) * X**2, (x, 0, 3)), Integral(X**2, (x, 0, 1))),
    "a power": Use("integral_pow", Integral(X**2, (x, a, 3)), 9 - A**3 / 3),
    "an exponential": Use(
        "integral_exp", Integral(Exp(-2 * X), (x, 0, oo)), HALF, witness=Integral(-Exp(-2 * X) / 2, (x, 0, oo))
    ),
    "a bell": Use("integral_gauss", Integral(X**2 * Exp(-(X**2) / 2), (x, -oo, oo)), sqrt(2 * inert(S.Pi))),
    "a bell about a mean": Use("integral_gauss", BELL, sqrt(2 * inert(S.Pi)) * (A**2 + 1)),
    "a bell of a scale": Use("integral_gauss", OF_SCALE, B * sqrt(2 * inert(S.Pi)) * A, given=(Less(0, b),), witness=B),
    "what is given": Use("eq_of_given", X, 2, given=(Equality(x, 2),)),
    "a sum that telescopes": telescoped(1 / (i * (i + Integer(1))), -1 / inert(i), 1 - 1 / (N + 1)),
    "a derivative at a point": Use("integral_dirac_derivative", Integral(X**3 * Dirac(x - 2, 1), (x, 0, 3)), -12),
    "a total": Use("sum_pmf", Sum(P[C], C), 1, domains=(P,)),
    "the total of a row": Use("sum_pmf", Sum(Q[3, C], C), 1, domains=(Q,)),
    "the mass of a density": Use("integral_density", Integral(D(X), (x, -oo, oo)), 1, domains=(D,)),
    "a sign inside of a quotient": Use("deriv_add", Derivative((-(X**2)) / 3 - Y, x), -Derivative(X**2 / 3, x)),
    "a sign before a sum": Use("deriv_add", Derivative(-(X + Y), x), -Derivative(X + Y, x)),
    "a product with what is defined": Use(
        "deriv_mul",
        Derivative(SMOOTH[2] * X, x),
        Derivative(SMOOTH[2], x) * X + SMOOTH[2] * Derivative(x, x),
        domains=(SMOOTH,),
    ),
    "a remainder": Use("bracket_add", Iverson(Divides(2, n)) * X + Iverson(Divides(2, n + Integer(1))) * X, X),
}
WRONG = {
    "a zero is left out": roots(X * X - 4, at(2) / 4),
    "a zero outside stands for the one inside": roots(X * X - 4, at(-2) / 4, (x, 0, oo)),
    "no zero for the only one": roots(Exp(x) - 2, 0),
    "zeros of a sine without its factor": roots(-2 * Func("sin", x), EVERY),
    "no zero for all": roots(Func("sin", x), 0, (x, 9, 10)),
    "another sign of a term": roots(X * X - 4, at(2) / 4 - at(-2) / 4),
    "another slope": roots(X * X - 4, at(2) / 2 + at(-2) / 4),
    "a negative weight": roots(Exp(x) - 2, at(Log(2)) / (-2)),
    "what is no zero": roots(X * X - 4, at(2) / 4 + at(-3) / 4),
    "a double zero": roots(X**2, at(0)),
    "one zero twice": roots(X * X - 4, at(2) / 4 + at(2) / 4),
    "zeros in another case": roots(
        Y - X * X,
        Iverson(Less(1, y)) * (Dirac(x - sqrt(y)) / (2 * sqrt(y)))
        + Iverson(Less(1, y)) * (Dirac(x + sqrt(y)) / (2 * sqrt(y))),
    ),
    "a zero where there may be none": roots(Y - Exp(X), 0),
    "a derivative without the chain rule": Use(
        "dirac_roots", Dirac(X**2 - 4, 1), Dirac(x - 2, 1) / 16 - Dirac(x + 2, 1) / 16, LINE
    ),
    "an end that is no integer": Use(
        "sum_bracket",
        Sum(Iverson(LessEqual(i, 3)) * Entry(t, i), (i, 1, 9)),
        Sum(Entry(t, i), (i, 1, inert(Rational(7, 2)))),
    ),
    "a range one too long": Use(
        "sum_bracket", Sum(Iverson(Less(i, 3)) * Entry(t, i), (i, 1, 9)), Sum(Entry(t, i), (i, 1, 3))
    ),
    "a range that may be empty": Use(
        "sum_bracket", Sum(Iverson(LessEqual(i, n)) * Entry(t, i), (i, 1, 9)), Sum(Entry(t, i), (i, 1, n))
    ),
    "an interval that may be reversed": Use(
        "integral_bracket",
        Integral(Iverson(Less(x, a)) * X**2, (x, 0, 3)),
        Integral(X**2, (x, 0, a)),
        given=(LessEqual(a, 3),),
    ),
    "a bracket that does not vary": Use(
        "integral_bracket",
        Integral(Iverson(Less(a, 1)) * X**2, (x, 0, 3)),
        Integral(X**2, (x, 0, 3)),
        given=(LessEqual(a, 1),),
    ),
    "another power": Use("integral_pow", Integral(X**2, (x, a, 3)), 9 - A**3 / 2),
    "another end": Use("integral_pow", Integral(X**2, (x, a, 3)), 9 + A**3 / 3),
    "what has a pole": Use("integral_pow", Integral(1 / X**2, (x, -1, 1)), -2),
    "another antiderivative": Use(
        "integral_exp", Integral(Exp(-2 * X), (x, 0, oo)), 1, witness=Integral(-Exp(-2 * X), (x, 0, oo))
    ),
    "an antiderivative that grows": Use(
        "integral_exp", Integral(Exp(2 * X), (x, 0, oo)), -HALF, witness=Integral(Exp(2 * X) / 2, (x, 0, oo))
    ),
    "a part that does not go to 0": Use(
        "integral_exp", Integral(Exp(-X) + 1, (x, 0, oo)), 1, witness=Integral(X - Exp(-X), (x, 0, oo))
    ),
    "another moment": Use("integral_gauss", Integral(X**2 * Exp(-(X**2) / 2), (x, -oo, oo)), 2 * sqrt(2 * inert(S.Pi))),
    "what is no bell": Use("integral_gauss", Integral(Exp(a * X**2), (x, -oo, oo)), sqrt(inert(S.Pi) / (-A))),
    "a moment about 0 for one about the mean": Use("integral_gauss", BELL, sqrt(2 * inert(S.Pi))),
    "the variance without the mean": Use("integral_gauss", BELL, sqrt(2 * inert(S.Pi)) * A**2),
    "half of a bell": Use(
        "integral_gauss", BELL.rebuild((*BELL.args[:2], S.Zero, oo)), sqrt(2 * inert(S.Pi)) * (A**2 + 1)
    ),
    "a bell of unknown scale": Use("integral_gauss", OF_SCALE, B * sqrt(2 * inert(S.Pi)) * A, witness=B),
    "a negative scale": Use("integral_gauss", OF_SCALE, B * sqrt(2 * inert(S.Pi)) * A, given=(Less(b, 0),), witness=B),
    "the variance for the scale": Use(
        "integral_gauss", OF_SCALE, B**2 * sqrt(2 * inert(S.Pi)) * A, given=(Less(0, b),), witness=B**2
    ),
    "a bell that is turned over": Use(
        "integral_gauss", Integral(Exp(X**2 / 2 - A * X), (x, -oo, oo)), sqrt(-2 * inert(S.Pi)) * Exp(-(A**2) / 2)
    ),
    "a factor that is no polynomial": Use(
        "integral_gauss", Integral(Func("Abs", x) * Exp(-(X**2) / 2), (x, -oo, oo)), 0
    ),
    "a height of a shifted bell": Use(
        "integral_gauss", Integral(Exp(A * X - X**2 / 2), (x, -oo, oo)), sqrt(2 * inert(S.Pi)) * Exp(A**2)
    ),
    "a function with another difference": telescoped(1 / (i * (i + Integer(1))), 1 / inert(i), 1 / (N + 1) - 1),
    "one term too few": telescoped(1 / (i * (i + Integer(1))), -1 / inert(i), 1 - 1 / N),
    "a pole in the range": telescoped(1 / (i * (i + Integer(1))), -1 / inert(i), -1 / (N + 1) - 1 / N, lo=-n),
    "a range that may run backwards": telescoped(Integer(1), inert(i), N, least=-9),
    "nothing handed over": Use("sum_telescope", Sum(1, (i, 1, n)), n, given=(LessEqual(1, n),)),
    "a function outside of the sum": Use(
        "sum_telescope", Sum(1, (i, 1, n)), n, given=(LessEqual(1, n),), witness=inert(i)
    ),
    "what is not given": Use("eq_of_given", X, 2, given=(Equality(y, 2),)),
    "no even function": Use("integral_even", Integral(X * Func("Abs", x), (x, -1, 1)), 2 * Integral(X * x, (x, 0, 1))),
    "a point outside": Use("integral_dirac_derivative", Integral(X**3 * Dirac(x - 5, 1), (x, 0, 3)), -75),
    "another sign of a derivative": Use("integral_dirac_derivative", Integral(X**3 * Dirac(x - 2, 1), (x, 0, 3)), 12),
    "a corner": Use("integral_dirac_derivative", Integral(Func("Abs", x) * Dirac(x, 1), (x, -1, 3)), -1),
    "a jump": Use("integral_dirac_sides", Integral(Func("Heaviside", x) * Dirac(x), (x, -1, 3)), 1),
    "a pole at a mass": Use("mul_dirac_zero", X * (1 / X) * Dirac(x), 0, LINE),
    "a pole in the variable of the integral": Use("mul_dirac_zero", (x - A) * (1 / (X * 2)) * Dirac(x - A), 0, LINE),
    "a delta that is not scaled": Use("dirac_linear", Dirac(2 * X - 1), Dirac(X - HALF), LINE),
    "a scale of unknown sign": Use("dirac_linear", Dirac(a * X), Dirac(x) / a, LINE),
    "a scale that varies": Use("dirac_linear", Dirac(x * X), Dirac(x) / Func("Abs", x), LINE),
    "a mass at 0": Use("dirac_ne", Dirac(A - 1), 0),
    "a mass of what varies": Use("dirac_ne", Dirac(X - 1), 0, LINE),
    "another equation": Use("delta_arith", Delta(2 * inert(i), j), Delta(i, j)),
    "another power of a number": Use("delta_power", Delta(2 ** inert(i), 8), Delta(i, 4)),
    "a power that there is": Use("delta_power", Delta(2 ** inert(i), 8), 0),
    "an integer zero is left out": Use("delta_roots", Delta(inert(i) ** 2, 9), Delta(i, 3)),
    "a name that is no integer": Use("delta_roots", Delta(X**2, 9), Delta(x, 3) + Delta(x, -3)),
    "a case is another": Use("delta_cases", 2 ** Delta(i, j), 1 + 2 * Delta(i, j), witness=Delta(i, j)),
    "beside another delta": Use("delta_subst", Delta(i, j) * Entry(t, i), Delta(i, j) * Entry(t, k)),
    "a name that is differentiated by": Use(
        "delta_subst", Delta(a, x) * Derivative(A * X, x), Delta(a, x) * Derivative(X * X, x)
    ),
    "a delta that is differentiated": Use(
        "delta_cases", Derivative(Delta(a, x) * X, x), Delta(a, x) * Derivative(1 * X, x), witness=Delta(a, x)
    ),
    "a statement that is not known": Use("bracket_true", Iverson(And(Less(i, j), Less(j, k))), Iverson(Less(i, j))),
    "a statement that nobody made": Use("bracket_false", Iverson(Less(i, j)), 0, witness=Less(j, i)),
    "a statement that may be true": Use("bracket_false", Iverson(Less(i, j)), 0, witness=Less(i, j)),
    "brackets that may both hold": Use("bracket_add", Iverson(LessEqual(i, j)) + Iverson(LessEqual(j, i)), 1),
    "brackets that may both fail": Use("bracket_add", Iverson(Less(i, j)) + Iverson(Less(j, i)), 1),
    "a remainder is left out": Use("bracket_add", Iverson(Divides(3, n)) + Iverson(Divides(3, n + Integer(1))), 1),
    "an order of reals": Use("bracket_le", Iverson(LessEqual(x, y)), Delta(x, y), given=(LessEqual(y, x),)),
    "no contrary": Use("bracket_not", Iverson(Not(Less(i, j))), Iverson(Less(j, i))),
    "cases that are no cases": Use(
        "bracket_or", Iverson(Or(Less(i, j), Less(j, k))), Iverson(Less(i, j)) + Iverson(Less(j, k))
    ),
    "cases exchanged": Use(
        "piecewise_bracket",
        Piecewise((X, Less(x, 0)), (Y, True)),
        Iverson(Less(x, 0)) * Y + Iverson(Not(Less(x, 0))) * X,
    ),
    "no last case": Use("piecewise_bracket", Piecewise((X, Less(x, 0))), Iverson(Less(x, 0)) * X),
    "a term is left out": Use("sum_write_out", Sum(Entry(t, i), (i, 1, 3)), Entry(t, 1) + Entry(t, 3)),
    "an index that is no integer": Use("sum_write_out", Sum(Entry(t, i), (i, y, y)), Entry(t, y)),
    "a factor twice": Use("prod_write_out", Product(Entry(t, i), (i, 1, 2)), Entry(t, 1) * Entry(t, 2) * Entry(t, 2)),
    "a series that may not exist": Use(
        "series_add",
        Sum(Entry(t, i) + Entry(u, i), (i, 1, oo)),
        Sum(Entry(t, i), (i, 1, oo)) + Sum(Entry(u, i), (i, 1, oo)),
    ),
    "two series": Use(
        "series_comm",
        Sum(Sum(Entry(t, i, j), (j, 1, oo)), (i, 1, oo)),
        Sum(Sum(Entry(t, i, j), (i, 1, oo)), (j, 1, oo)),
        witness=1,
    ),
    "indices exchanged": Use(
        "series_comm",
        Sum(Sum(Entry(t, i, j), (j, 1, oo)), (i, 1, n)),
        Sum(Sum(Entry(t, j, i), (i, 1, n)), (j, 1, oo)),
        witness=1,
    ),
    "a magnitude has no derivative": Use(
        "deriv_sum", Derivative(Sum(Func("Abs", x), (i, 1, n)), x), Sum(Derivative(Func("Abs", x), x), (i, 1, n))
    ),
    "a range that varies": Use(
        "deriv_sum",
        Derivative(Sum(Entry(t, i), (i, 1, Func("floor", x))), x),
        Sum(Derivative(Entry(t, i), x), (i, 1, Func("floor", x))),
    ),
    "a constant that varies": Use("deriv_const", Derivative(Entry(t, i), Entry(t, j)), 0),
    "a product term by term": Use("deriv_mul", Derivative(X * Exp(x), x), Derivative(x, x) * Derivative(Exp(x), x)),
    "a root of what may be negative": Use("deriv_pow", Derivative(A**B, a), B * A ** (B - 1) * Derivative(a, a)),
    "a function of which nothing is known": Use(
        "deriv_exp", Derivative(Exp(Apply(f, x)), x), Exp(Apply(f, x)) * Derivative(Apply(f, x), x)
    ),
    "not all of the classes": Use("sum_pmf", Sum(P[C], (C, 2, 9)), 1, domains=(P,)),
    "a total of two": Use("sum_pmf", Sum(P[C], C), 2, domains=(P,)),
    "a table that is no pmf": Use("sum_pmf", Sum(Entry(t, i), (i, 1, 9)), 1),
    "a row that may not be there": Use("sum_pmf", Sum(Entry(Q, i, C), C), 1, domains=(Q,)),
    "half of the line": Use("integral_density", Integral(D(X), (x, 0, oo)), 1, domains=(D,)),
    "a function that is no density": Use("integral_density", Integral(Apply(f, x), (x, -oo, oo)), 1),
    "a density at another place": Use("integral_density", Integral(D(2 * X), (x, -oo, oo)), 1, domains=(D,)),
    "a sign of a quotient that is lost": Use("deriv_add", Derivative((-(X**2)) / 3 - Y, x), Derivative(X**2 / 3, x)),
    "a sign before a sum that is lost": Use("deriv_add", Derivative(-(X + Y), x), Derivative(X + Y, x)),
    "a sign before another sum": Use("deriv_add", Derivative(-(X + Y), x), -Derivative(X - Y, x)),
    "a product with what is defined and has a kink": Use(
        "deriv_mul",
        Derivative(KINKED[2] * X, x),
        Derivative(KINKED[2], x) * X + KINKED[2] * Derivative(x, x),
        domains=(KINKED,),
    ),
    "another entry": Use("deriv_entry", Derivative(Entry(t, i), Entry(t, j)), Delta(i, k)),
    "a step that is too high": Use("derivative_step", Derivative(Func("Heaviside", 2 * X), x), Dirac(2 * X)),
    "masses that are not apart": Use(
        "integral_add_dirac",
        Integral(X + Exp(x) + Dirac(x), (x, 0, 1)),
        Integral(X, (x, 0, 1)) + Integral(Exp(x), (x, 0, 1)) + Integral(Dirac(x), (x, 0, 1)),
    ),
    "a series of what is no measure": Use(
        "integral_series",
        Integral(X * Sum(Dirac(x - i, 1), (i, 1, oo)), (x, 0, n)),
        Sum(Integral(X * Dirac(x - i, 1), (x, 0, n)), (i, 1, oo)),
    ),
    "a step of what is not linear": Use(
        "integral_step",
        Integral(Func("Heaviside", 0 * X) * X, (x, 0, 1)),
        Integral(Iverson(Less(0, 0 * X)) * X, (x, 0, 1)),
    ),
    "an interval read forwards": Use("integral_flip", Integral(X, (x, a, b)), -Integral(X, (x, a, b))),
    "numbers that are others": Use("norm_num", Func("Max", 2, 3), 2),
    "a delta taken out of one term": Use("add_mul_dirac", Dirac(x) * A + Dirac(x - B) * B, Dirac(x) * (A + B)),
    "the pole of an arcsine": Use("integral_arcsine", Integral(1 / sqrt(1 - X**2), (x, -1, 1)), 2 * inert(S.Pi)),
    "bound by another name": Use(
        "bracket_zero", Iverson(LessEqual(1, i)) * Entry(t, i), Entry(t, i), witness=Equality(i, 0)
    ),
    "one minus another": Use("bracket_compl", 1 - Iverson(Less(i, j)), Iverson(Less(j, i))),
    "an inequality is no delta": Use("bracket_delta", Iverson(Unequal(i, j)), Delta(i, j)),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_accepted(name: str) -> None:
    assert RIGHT[name].is_accepted()


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_rejected(name: str) -> None:
    assert not WRONG[name].is_accepted()
