"""The functions that generated code may call: Python's own, those of mpmath, and three with a convention in them."""

from __future__ import annotations

from deltasift.inert.functions import FUNCTIONS

IN_MATH = {f.name: f.in_math for f in FUNCTIONS.values() if f.in_math}
IN_MPMATH = {f.name: f.in_mpmath for f in FUNCTIONS.values() if f.in_mpmath}
OF_INTEGERS = frozenset(("factorial", "binomial"))  # Python takes integers alone
BUILT_IN = {"Max": "max", "Min": "min"}

CONVENTIONS = {
    "entry": '''\
def entry(table, *places):
    """The entry of a table; there is none before its first, where a list would count from its end."""
    for i in places:
        if not 0 <= i < len(table):
            raise IndexError(f"entry {i} of an array of {len(table)}, counted from 0")
        table = table[i]
    return table
''',
    "whole": '''\
def whole(x):
    """x as an integer, which an index and the end of a range are."""
    if x != int(x):
        raise IndexError(f"{x} is no integer")
    return int(x)
''',
    "pieces": '''\
def pieces(lo, hi, *jumps):
    """The ends of an integral and the jumps between them, at which a quadrature is to stop."""
    between = {x for x in jumps if min(lo, hi) < x < max(lo, hi)}
    return [lo, *sorted(between, reverse=hi < lo), hi]
''',
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

# The same conventions for whole arrays, in the functions of the array API.
CONVENTIONS_OF_ARRAYS = {
    "finite": '''\
def finite(x, xp):
    """x, with nan for its infinities: they are no numbers, and must not become numbers again."""
    return xp.where(xp.isfinite(x), x, xp.nan)
''',
    "at": '''\
def at(table, i, xp):
    """The entries at i, with nan where the table has none."""
    inside = (i >= 0) & (i < table.shape[0])
    return xp.where(inside, table[xp.where(inside, i, 0)], xp.nan)
''',
    "xlogy": '''\
def xlogy(x, y, xp):
    """x log(y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(y))
''',
    "rel_entr": '''\
def rel_entr(x, y, xp):
    """x log(x / y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(x / y))
''',
    "sigma": '''\
def sigma(z, xp):
    """The logistic function 1 / (1 + exp(-z)), without overflow."""
    e = xp.exp(-xp.abs(z))
    return xp.where(z >= 0, 1.0, e) / (1 + e)
''',
}

# Functions of the array API, by the name that Python's `math` has for them.
IN_ARRAY_API = {
    **{name: name for name in ("exp", "log", "sqrt")},
    **{f.in_math: f.in_arrays for f in FUNCTIONS.values() if f.in_arrays},
    "max": "maximum",
    "min": "minimum",
}
# Those that are finite at an infinity.
FINITE_AT_INFINITY = frozenset(("exp", "atan", "tanh", "max", "min"))
# Those that have no value, or an infinity, at some real numbers; the conventions with a logarithm in them too.
PARTIAL = frozenset(("log", "sqrt", "asin", "acos", "acosh", "atanh", "xlogy", "rel_entr", "at", "nan"))

RESERVED = frozenset(
    (
        *IN_MATH.values(),
        *("exp", "log", "prod", "sqrt", "pi", "inf", "nan"),
        *CONVENTIONS,
        *BUILT_IN.values(),
        *IN_MPMATH.values(),
        *("sum", "range", "all", "abs", "float", "quad", "nsum", "diff"),
        *("np", "xp", *CONVENTIONS_OF_ARRAYS),
    )
)
