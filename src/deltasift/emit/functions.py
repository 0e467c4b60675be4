"""The functions that generated code may call: Python's own, those of mpmath, and three with a convention in them."""

from __future__ import annotations

# SymPy's name of a function, where Python's is another.
IN_MATH = {
    "Abs": "fabs",
    "asin": "asin",
    "acos": "acos",
    "atan": "atan",
    "atan2": "atan2",
    "asinh": "asinh",
    "acosh": "acosh",
    "atanh": "atanh",
    "cos": "cos",
    "sin": "sin",
    "tan": "tan",
    "cosh": "cosh",
    "sinh": "sinh",
    "tanh": "tanh",
    "floor": "floor",
    "ceiling": "ceil",
    "factorial": "factorial",
    "binomial": "comb",
    "gamma": "gamma",
    "loggamma": "lgamma",
    "erf": "erf",
    "erfc": "erfc",
}
BUILT_IN = {"Max": "max", "Min": "min"}
IN_MPMATH = {
    "cot",
    "sec",
    "csc",
    "acot",
    "asec",
    "acsc",
    "sinc",
    "coth",
    "sech",
    "csch",
    "acoth",
    "asech",
    "acsch",
    "digamma",
    "beta",
    "zeta",
    "harmonic",
    "erfi",
    "erfinv",
    "expint",
    "ei",
    "li",
    "si",
    "ci",
    "lambertw",
    "besselj",
    "bessely",
    "besseli",
    "besselk",
}

CONVENTIONS = {
    "xlogy": '''\
def xlogy(x, y):
    """x log(y), with 0 log 0 = 0."""
    return 0.0 if x == 0 and y >= 0 else x * log(y)
''',
    "rel_entr": '''\
def rel_entr(x, y):
    """x log(x / y), with 0 log 0 = 0."""
    return 0.0 if x == 0 and y >= 0 else x * log(x / y)
''',
    "sigma": '''\
def sigma(z):
    """The logistic function 1 / (1 + exp(-z)), without overflow."""
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))
''',
}
CALLED_BY = {"xlogy": ("log",), "rel_entr": ("log",), "sigma": ("exp",)}

RESERVED = frozenset(
    (
        *IN_MATH.values(),
        *("exp", "log", "prod", "sqrt", "pi", "inf", "nan"),
        *CONVENTIONS,
        *BUILT_IN.values(),
        *IN_MPMATH,
        *("sum", "range", "all", "abs", "float", "quad", "nsum", "diff"),
    )
)
