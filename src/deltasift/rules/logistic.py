"""Logarithms of the logistic function and of `1 + exp(x)`, in the spellings that do not overflow.

References
----------
Blanchard, Higham and Higham (2021), Accurately computing the log-sum-exp and softmax functions. Murphy (2022),
Probabilistic Machine Learning, section 10.2.
"""

from __future__ import annotations

from deltasift.inert import Abs, Equality, Exp, Less, Log, Max, Relation, sigma
from deltasift.rule import Real, rule


@rule(ref="murphy2022, section 10.2")
def log_sigma(x: Real) -> Relation:
    """The logarithm of the logistic function, by its definition."""
    return Equality(Log(sigma(x)), -Log(1 + Exp(-x)))


@rule(ref="blanchard2021, section 2")
def log_exp_add_exp(x: Real, y: Real) -> Relation:
    """An exponential is taken out of the logarithm of a sum of two."""
    return Equality(Log(Exp(x) + Exp(y)), x + Log(1 + Exp(y - x)))


@rule(ref="blanchard2021, section 2")
def log_one_add_exp_neg(x: Real) -> Relation:
    """An exponential is taken out of the logarithm, and leaves 1 plus its reciprocal."""
    return Equality(Log(1 + Exp(-x)), Log(1 + Exp(x)) - x)


@rule(ref="blanchard2021, section 2")
def log_one_add_exp_abs(x: Real) -> list[Relation]:
    """With the larger of x and 0 taken out, the exponential never overflows."""
    return [
        Equality(Log(1 + Exp(-Abs(x))), Log(1 + Exp(x)) - Max(x, 0)),
        Equality(Log(1 + Exp(-(2 * Max(x, 0) - x))), Log(1 + Exp(x)) - Max(x, 0)),
        Equality(Log(1 + Exp(x - 2 * Max(x, 0))), Log(1 + Exp(x)) - Max(x, 0)),
    ]


@rule(ref="lang1997, chapter 6")
def exp_mul_log(a: Real, x: Real) -> Relation:
    """A power is the exponential of its exponent times the logarithm of its base."""
    return Equality(Exp(a * Log(x)), x**a, when={Less(0, x): {"a": 2, "x": -1}})
