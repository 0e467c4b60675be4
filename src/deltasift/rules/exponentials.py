"""The exponential function and the logistic function.

References
----------
Lang (1997), Undergraduate Analysis, chapter 4. Jordan (1995), Why the logistic function?
"""

from __future__ import annotations

from deltasift.inert import Equality, Exp, Func, Less, Log, Relation, sigma
from deltasift.rule import Real, rule


@rule(ref="lang1997, chapter 4")
def exp_add(x: Real, y: Real) -> Relation:
    """The exponential of a sum is the product of the exponentials."""
    return Equality(Exp(x + y), Exp(x) * Exp(y))


@rule(ref="lang1997, chapter 4")
def exp_neg(x: Real) -> Relation:
    """The exponential of a negative is the reciprocal."""
    return Equality(Exp(-x), 1 / Exp(x))


@rule(ref="lang1997, chapter 4")
def exp_pow(x: Real, a: Real) -> Relation:
    """The power of an exponential is the exponential of a multiple."""
    return Equality(Exp(x) ** a, Exp(a * x))


@rule(ref="lang1997, chapter 4")
def exp_zero() -> Relation:
    """The exponential of 0 is 1."""
    return Equality(Exp(0), 1)


@rule(ref="lang1997, chapter 4")
def exp_log_of_pos(x: Real) -> Relation:
    """The exponential undoes the logarithm of a positive number."""
    return Equality(Exp(Log(x)), x, when={Less(0, x): {"x": -1}})


@rule(ref="lang1997, chapter 4")
def log_exp(x: Real) -> Relation:
    """The logarithm undoes the exponential."""
    return Equality(Log(Exp(x)), x)


@rule(ref="jordan1995, section 2")
def one_sub_sigma(z: Real) -> Relation:
    """The logistic function is symmetric about 1/2."""
    return Equality(1 - sigma(z), sigma(-z))


@rule(ref="lang1997, chapter 4")
def cosh_exp(x: Real) -> Relation:
    """The hyperbolic cosine, by its definition."""
    return Equality(Func("cosh", x), (Exp(x) + Exp(-x)) / 2)


@rule(ref="lang1997, chapter 4")
def sinh_exp(x: Real) -> Relation:
    """The hyperbolic sine, by its definition."""
    return Equality(Func("sinh", x), (Exp(x) - Exp(-x)) / 2)


@rule(ref="jordan1995, section 2")
def tanh_sigma(x: Real) -> Relation:
    """The hyperbolic tangent is a logistic function, stretched and shifted."""
    return Equality(Func("tanh", x), 2 * sigma(2 * x) - 1)
