"""The natural logarithm, on positive arguments; and the convention 0 log 0 = 0, by its own name.

References
----------
Cover and Thomas (2006), Elements of Information Theory, section 2.1. Graham, Knuth and Patashnik (1994), Concrete
Mathematics, section 5.1.
"""

from __future__ import annotations

from sympy import S

from deltasift.inert import Equality, ForAll, Func, Less, LessEqual, Log, Product, Relation, Sum, Unequal
from deltasift.rule import Bound, Fn, Int, Real, rule


@rule(ref="lang1997, chapter 6")
def log_mul(x: Real, y: Real) -> Relation:
    """The logarithm of a product is the sum of the logarithms."""
    return Equality(
        Log(x * y),
        Log(x) + Log(y),
        when={Less(0, x): {"x": -1, "y": 2}, Less(0, y): {"x": 2, "y": -1}},
    )


@rule(ref="lang1997, chapter 6")
def log_div(x: Real, y: Real) -> Relation:
    """The logarithm of a quotient is the difference of the logarithms."""
    return Equality(
        Log(x / y),
        Log(x) - Log(y),
        when={Less(0, x): {"x": -1, "y": 2}, Less(0, y): {"x": 2, "y": -1}},
    )


@rule(ref="lang1997, chapter 6", backwards="A factor before the logarithm becomes an exponent.")
def log_pow(x: Real, a: Real) -> Relation:
    """An exponent comes before the logarithm."""
    return Equality(Log(x**a), a * Log(x), when={Less(0, x): {"x": -2, "a": 2}})


@rule(ref="lang1997, chapter 6")
def log_prod(f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """The logarithm of a product is the sum of the logarithms."""
    return Equality(
        Log(Product(f(i), (i, lo, hi))),
        Sum(Log(f(i)), (i, lo, hi)),
        when={ForAll(Less(0, f(i)), (i, lo, hi)): {"f": lambda i: -1, "lo": 1, "hi": 2}},
    )


@rule(ref="lang1997, chapter 6")
def log_one() -> Relation:
    """The logarithm of 1 is 0."""
    return Equality(Log(1), 0)


@rule(ref="graham1994, section 5.1")
def log_factorial(n: Int) -> Relation:
    """The logarithm of a factorial is that of the gamma function one further."""
    return Equality(Log(Func("factorial", n)), Func("loggamma", n + 1), when={LessEqual(0, n): {"n": -2}})


@rule(ref="graham1994, section 5.1")
def log_gamma(x: Real) -> Relation:
    """The logarithm of the gamma function has a name of its own."""
    return Equality(Log(Func("gamma", x)), Func("loggamma", x), when={Less(0, x): {"x": -S.Half}})


@rule(ref="cover2006, section 2.1")
def mul_log_div(p: Real, q: Real) -> Relation:
    """The logarithm of a quotient splits, and 0 log 0 = 0 where p = 0."""
    return Equality(
        p * Log(p / q),
        p * Log(p) - p * Log(q),
        when={LessEqual(0, p): {"p": -1, "q": 2}, Less(0, q): {"p": 1, "q": 0}},
    )


@rule(ref="cover2006, section 2.1")
def zero_mul_log(x: Real) -> Relation:
    """By the convention 0 log 0 = 0."""
    return Equality(x * Log(x), 0, when={Equality(x, 0): {"x": 2}})


@rule(ref="lang1997, chapter 6")
def div_self(x: Real) -> Relation:
    """A number divided by itself is 1."""
    return Equality(x / x, 1, when={Unequal(x, 0): {"x": 0}})
