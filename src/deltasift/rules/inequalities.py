"""Inequalities: of logarithms, exponentials, squares and maxima, and of sums with weights.

References
----------
Hardy, Littlewood and Polya (1952), Inequalities. Cover and Thomas (2006), Elements of Information Theory, chapter 2.
Boyd and Vandenberghe (2004), Convex Optimization, section 3.1. Blanchard, Higham and Higham (2021), Accurately
computing the log-sum-exp and softmax functions.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from deltasift.inert import (
    Equality,
    Exp,
    ForAll,
    Less,
    LessEqual,
    Log,
    Max,
    Maximum,
    Min,
    Node,
    Not,
    Or,
    Relation,
    Sum,
    Unequal,
)
from deltasift.rule import Bound, Fn, Int, Real, rule

# --- of one or two numbers ------------------------------------------------------------------------------------------


@rule(ref="cover2006, section 2.6")
def log_le_sub_one(x: Real) -> Relation:
    """The logarithm lies below its tangent at 1."""
    return LessEqual(Log(x), x - 1, when={Less(0, x): {"x": -1}})


@rule(ref="cover2006, section 2.6")
def log_lt_sub_one(x: Real) -> Relation:
    """The logarithm lies below its tangent at 1, and meets it there alone."""
    return Less(Log(x), x - 1, when={Less(0, x): {"x": -1}, Unequal(x, 1): {"x": 1}})


@rule(ref="cover2006, section 2.6")
def sub_le_mul_log_div(x: Real, y: Real) -> Relation:
    """By the tangent of the logarithm at 1, at the quotient of the two."""
    return LessEqual(x - y, x * Log(x / y), when={LessEqual(0, x): {"x": -1, "y": 1}, Less(0, y): {"x": 1, "y": -1}})


@rule(ref="boyd2004, section 3.1")
def one_add_lt_exp(x: Real) -> Relation:
    """The exponential lies above its tangent at 0, and meets it there alone."""
    return Less(1 + x, Exp(x), when={Unequal(x, 0): {"x": 0}})


@rule(ref="boyd2004, section 3.1")
def one_add_le_exp(x: Real) -> Relation:
    """The exponential lies above its tangent at 0."""
    return LessEqual(1 + x, Exp(x))


@rule(ref="hardy1952, section 2.2")
def sq_nonneg(x: Real) -> Relation:
    """A square is not negative."""
    return LessEqual(0, x**2)


@rule(ref="hardy1952, section 2.2")
def sq_pos(x: Real) -> Relation:
    """A square is positive, but that of 0."""
    return Less(0, x**2, when={Unequal(x, 0): {"x": 0}})


@rule(ref="hardy1952, section 2.2")
def two_mul_le_add_sq(x: Real, y: Real) -> Relation:
    """The square of the difference is not negative."""
    return LessEqual(2 * x * y, x**2 + y**2)


@rule(ref="hardy1952, section 1.1")
def le_add_nonneg(x: Real, y: Real) -> Relation:
    """A term that is not negative is left out."""
    return LessEqual(x, x + y, when={LessEqual(0, y): {"x": 0, "y": -1}})


@rule(ref="hardy1952, section 1.1")
def lt_add_pos(x: Real, y: Real) -> Relation:
    """A positive term is left out."""
    return Less(x, x + y, when={Less(0, y): {"x": 0, "y": 0}})


@rule(ref="boyd2004, section 3.1")
def exp_pos(x: Real) -> Relation:
    """An exponential is positive."""
    return Less(0, Exp(x))


@rule(ref="hardy1952, section 1.1")
def le_of_given(x: Real, y: Real) -> Relation:
    """By an order that is given."""
    return LessEqual(x, y, when={LessEqual(x, y): {"x": 1, "y": 0}})


@rule(ref="hardy1952, section 1.1")
def lt_of_given(x: Real, y: Real) -> Relation:
    """By a strict order that is given."""
    return Less(x, y, when={Less(x, y): {"x": 0, "y": 0}})


@rule(ref="hardy1952, section 1.1")
def le_max(x: Real, y: Real) -> list[Relation]:
    """The larger of two is at least each of them."""
    return [LessEqual(x, Max(x, y)), LessEqual(y, Max(x, y))]


@rule(ref="hardy1952, section 1.1")
def min_le(x: Real, y: Real) -> list[Relation]:
    """The smaller of two is at most each of them."""
    return [LessEqual(Min(x, y), x), LessEqual(Min(x, y), y)]


@rule(ref="blanchard2021, section 2")
def max_le_log_exp_add_exp(x: Real, y: Real) -> Relation:
    """The logarithm of the sum of two exponentials is at least the larger exponent."""
    return LessEqual(Max(x, y), Log(Exp(x) + Exp(y)))


@rule(ref="blanchard2021, section 2")
def log_exp_add_exp_le_max(x: Real, y: Real) -> Relation:
    """The logarithm of the sum of two exponentials exceeds the larger exponent by at most the logarithm of 2."""
    return LessEqual(Log(Exp(x) + Exp(y)), Max(x, y) + Log(2))


@rule(ref="cover2006, section 2.7")
def log_sum_two(a: Real, b: Real, x: Real, y: Real) -> Relation:
    """By the log-sum inequality, of two terms."""
    return LessEqual(
        (a + b) * Log((a + b) / (x + y)),
        a * Log(a / x) + b * Log(b / y),
        when={
            LessEqual(0, a): {"a": -1, "b": 2, "x": 1, "y": 1},
            LessEqual(0, b): {"a": 2, "b": -1, "x": 1, "y": 1},
            Less(0, x): {"a": 1, "b": 1, "x": -1, "y": 2},
            Less(0, y): {"a": 1, "b": 1, "x": 2, "y": -1},
        },
    )


# --- of sums --------------------------------------------------------------------------------------------------------


@rule(ref="hardy1952, section 2.2")
def sum_nonneg(f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """A sum of terms that are not negative is not negative."""
    return LessEqual(
        0,
        Sum(f(i), (i, lo, hi)),
        when={ForAll(LessEqual(0, f(i)), (i, lo, hi)): {"f": lambda i: -1, "lo": 1, "hi": 2}},
    )


@rule(ref="hardy1952, section 2.4")
def cauchy_schwarz(f: Fn, g: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """By the inequality of Cauchy and Schwarz."""
    left = Sum(f(i) * g(i), (i, lo, hi)) ** 2
    return LessEqual(left, Sum(f(i) ** 2, (i, lo, hi)) * Sum(g(i) ** 2, (i, lo, hi)))


@rule(ref="blanchard2021, section 2")
def maximum_le_log_sum_exp(f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """The logarithm of a sum of exponentials is at least the largest exponent."""
    return LessEqual(
        Maximum(f(i), (i, lo, hi)),
        Log(Sum(Exp(f(i)), (i, lo, hi))),
        when={LessEqual(lo, hi): {"f": lambda i: 0, "lo": 1, "hi": 0}},
    )


@rule(ref="blanchard2021, section 2")
def log_sum_exp_le_maximum(f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """The logarithm of a sum of exponentials exceeds the largest exponent by at most that of how many there are."""
    return LessEqual(
        Log(Sum(Exp(f(i)), (i, lo, hi))),
        Maximum(f(i), (i, lo, hi)) + Log(hi - lo + 1),
        when={LessEqual(lo, hi): {"f": lambda i: 0, "lo": 1, "hi": 0}},
    )


# --- of sums with weights -------------------------------------------------------------------------------------------


def _half(i: int) -> Fraction:
    return Fraction(1, 2)


@rule(ref="boyd2004, section 3.1.8")
def jensen_log(w: Fn, f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """By Jensen's inequality, as the logarithm is concave."""
    over = (i, lo, hi)
    return LessEqual(
        Sum(w(i) * Log(f(i)), over),
        Log(Sum(w(i) * f(i), over)),
        when={
            ForAll(LessEqual(0, w(i)), over): {"w": lambda i: 5 - 3 * i, "f": lambda i: 3 - i, "lo": 1, "hi": 2},
            Equality(Sum(w(i), over), 1): {"w": lambda i: 1, "f": lambda i: 4, "lo": 1, "hi": 2},
            ForAll(Less(0, f(i)), over): {"w": _half, "f": lambda i: -1, "lo": 1, "hi": 2},
        },
    )


@rule(ref="boyd2004, section 3.1.8")
def jensen_log_strict(w: Fn, f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """By Jensen's inequality, as the logarithm is strictly concave and not all arguments are their mean."""
    over = (i, lo, hi)
    mean = Sum(w(i) * f(i), over)
    return Less(
        Sum(w(i) * Log(f(i)), over),
        Log(mean),
        when={
            ForAll(Less(0, w(i)), over): {"w": lambda i: 2 - i, "f": lambda i: i, "lo": 1, "hi": 2},
            Equality(Sum(w(i), over), 1): {"w": lambda i: 4 - i, "f": lambda i: 3 + i, "lo": 1, "hi": 2},
            ForAll(Less(0, f(i)), over): {"w": _half, "f": lambda i: 2 * i - 3, "lo": 1, "hi": 2},
            Not(ForAll(Equality(f(i), mean), over)): {"w": _half, "f": lambda i: 1, "lo": 1, "hi": 2},
        },
    )


@rule(ref="boyd2004, section 3.1.8")
def jensen_exp(w: Fn, f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """By Jensen's inequality, as the exponential is convex."""
    over = (i, lo, hi)
    return LessEqual(
        Exp(Sum(w(i) * f(i), over)),
        Sum(w(i) * Exp(f(i)), over),
        when={
            ForAll(LessEqual(0, w(i)), over): {"w": lambda i: 5 - 3 * i, "f": lambda i: i, "lo": 1, "hi": 2},
            Equality(Sum(w(i), over), 1): {"w": lambda i: 1, "f": lambda i: 4, "lo": 1, "hi": 2},
        },
    )


@rule(ref="boyd2004, section 3.1.8")
def jensen_sq(w: Fn, f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """By Jensen's inequality, as the square is convex."""
    over = (i, lo, hi)
    return LessEqual(
        Sum(w(i) * f(i), over) ** 2,
        Sum(w(i) * f(i) ** 2, over),
        when={
            ForAll(LessEqual(0, w(i)), over): {"w": lambda i: 5 - 3 * i, "f": lambda i: i, "lo": 1, "hi": 2},
            Equality(Sum(w(i), over), 1): {"w": lambda i: 1, "f": lambda i: 4, "lo": 1, "hi": 2},
        },
    )


@rule(ref="cover2006, section 2.1")
def sum_mul_log_nonpos(p: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """An entropy is not negative, as no probability exceeds 1."""
    over = (i, lo, hi)
    return LessEqual(
        Sum(p(i) * Log(p(i)), over),
        0,
        when={
            ForAll(LessEqual(0, p(i)), over): {"p": lambda i: 5 - 3 * i, "lo": 1, "hi": 2},
            Equality(Sum(p(i), over), 1): {"p": lambda i: 2, "lo": 1, "hi": 2},
        },
    )


@rule(ref="cover2006, section 2.6")
def neg_log_le_sum_mul_log(p: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """An entropy is at most the logarithm of how many classes there are."""
    over = (i, lo, hi)
    return LessEqual(
        -Log(hi - lo + 1),
        Sum(p(i) * Log(p(i)), over),
        when={
            ForAll(LessEqual(0, p(i)), over): {"p": lambda i: 5 - 3 * i, "lo": 1, "hi": 2},
            Equality(Sum(p(i), over), 1): {"p": lambda i: Fraction(1, 4), "lo": 1, "hi": 1},
        },
    )


@rule(ref="cover2006, section 2.7")
def log_sum(a: Fn, b: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """By the log-sum inequality."""
    over = (i, lo, hi)
    return LessEqual(
        Sum(a(i), over) * Log(Sum(a(i), over) / Sum(b(i), over)),
        Sum(a(i) * Log(a(i) / b(i)), over),
        when={
            LessEqual(lo, hi): {"a": lambda i: 1, "b": lambda i: 1, "lo": 1, "hi": 0},
            ForAll(LessEqual(0, a(i)), over): {"a": lambda i: -1, "b": lambda i: 1, "lo": 1, "hi": 2},
            ForAll(Less(0, b(i)), over): {"a": lambda i: 1, "b": lambda i: -1, "lo": 1, "hi": 2},
        },
    )


def _of_gibbs(p: Any, q: Any, i: Any, lo: Any, hi: Any) -> dict[Node, dict[str, Any]]:
    """Return the conditions of the inequality of Gibbs; q may be 0 where p is."""
    over = (i, lo, hi)
    supported = Or(Equality(p(i), 0), Less(0, q(i)))
    return {
        ForAll(LessEqual(0, p(i)), over): {"p": lambda i: 5 - 3 * i, "q": _third, "lo": 1, "hi": 2},
        ForAll(LessEqual(0, q(i)), over): {"p": lambda i: 2 - i, "q": lambda i: 5 - 3 * i, "lo": 1, "hi": 2},
        ForAll(supported, over): {"p": _half, "q": lambda i: (2 - i) * Fraction(1, 2), "lo": 1, "hi": 2},
        Equality(Sum(p(i), over), 1): {"p": lambda i: Fraction(1, 4), "q": _half, "lo": 1, "hi": 2},
        LessEqual(Sum(q(i), over), 1): {"p": _half, "q": lambda i: i, "lo": 1, "hi": 2},
    }


def _third(i: int) -> Fraction:
    return Fraction(1, 3) * i


@rule(ref="cover2006, section 2.6")
def sum_mul_log_le_shares(a: Fn, b: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """By the inequality of Gibbs: no probabilities do better than the shares of the weights."""
    over = (i, lo, hi)
    return LessEqual(
        Sum(a(i) * Log(b(i)), over),
        Sum(a(i) * Log(a(i) / Sum(a(i), over)), over),
        when={
            ForAll(LessEqual(0, a(i)), over): {"a": lambda i: 5 - 3 * i, "b": _third, "lo": 1, "hi": 2},
            Less(0, Sum(a(i), over)): {"a": lambda i: 0, "b": _third, "lo": 1, "hi": 2},
            ForAll(Less(0, b(i)), over): {"a": lambda i: 1, "b": lambda i: 3 - 2 * i, "lo": 1, "hi": 2},
            LessEqual(Sum(b(i), over), 1): {"a": lambda i: 1, "b": lambda i: i, "lo": 1, "hi": 2},
        },
    )


@rule(ref="cover2006, section 2.6")
def gibbs(p: Fn, q: Fn, i: Bound, lo: Int, hi: Int) -> list[Relation]:
    """By the inequality of Gibbs: a divergence is not negative."""
    over = (i, lo, hi)
    when = _of_gibbs(p, q, i, lo, hi)
    return [
        LessEqual(0, Sum(p(i) * Log(p(i) / q(i)), over), when=when),
        LessEqual(Sum(p(i) * Log(q(i)), over), Sum(p(i) * Log(p(i)), over), when=when),
    ]


@rule(ref="cover2006, section 2.6")
def gibbs_strict(p: Fn, q: Fn, i: Bound, lo: Int, hi: Int) -> list[Relation]:
    """By the inequality of Gibbs: a divergence of what differs is positive."""
    over = (i, lo, hi)
    differs = Not(ForAll(Equality(q(i), p(i)), over))
    alike = {"p": lambda i: 2 - i, "q": lambda i: 2 - i, "lo": 1, "hi": 2}
    when = {**_of_gibbs(p, q, i, lo, hi), differs: alike}
    return [
        Less(0, Sum(p(i) * Log(p(i) / q(i)), over), when=when),
        Less(Sum(p(i) * Log(q(i)), over), Sum(p(i) * Log(p(i)), over), when=when),
    ]
