"""The functions that a program may call, by where they are found, and what each means."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import E, pi

import deltasift.inert as ex
from deltasift.inert import sigma, sqrt
from deltasift.inert.algebra import minus, plus


@dataclass(frozen=True)
class Call:
    """What a call of a function means, and how many arguments it takes."""

    build: Callable[..., Any]
    least: int = 1
    most: int = 1


def _log(x: Any, base: Any = None) -> ex.Node:
    return ex.Log(x) if base is None else ex.Div(ex.Log(x), ex.Log(base))


def _named(name: str, least: int = 1, most: int = 1) -> Call:
    return Call(lambda *args: ex.Func(name, *args), least, most)


def _extreme(name: str) -> Call:
    return _named(name, 2, 1000)


ELEMENTARY = {
    "exp": Call(ex.Exp),
    "log2": Call(lambda x: ex.Div(ex.Log(x), ex.Log(2))),
    "log10": Call(lambda x: ex.Div(ex.Log(x), ex.Log(10))),
    "log1p": Call(lambda x: ex.Log(plus(1, x))),
    "expm1": Call(lambda x: minus(ex.Exp(x), 1)),
    "exp2": Call(lambda x: ex.Pow(2, x)),
    "sqrt": Call(sqrt),
    "fabs": _named("Abs"),
    "floor": _named("floor"),
    "ceil": _named("ceiling"),
    **{name: _named(name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
}
INVERSES = ("asin", "acos", "atan", "asinh", "acosh", "atanh")

MEANING: dict[str, dict[str, Call]] = {
    "builtins": {
        "abs": _named("Abs"),
        "pow": Call(ex.Pow, 2, 2),
    },
    "math": {
        **ELEMENTARY,
        **{name: _named(name) for name in INVERSES},
        "log": Call(_log, 1, 2),
        "pow": Call(ex.Pow, 2, 2),
        "atan2": _named("atan2", 2, 2),
        "comb": _named("binomial", 2, 2),
        "factorial": _named("factorial"),
        "gamma": _named("gamma"),
        "lgamma": _named("loggamma"),
        "erf": _named("erf"),
        "erfc": _named("erfc"),
    },
    "numpy": {
        **ELEMENTARY,
        **{"arc" + name[1:]: _named(name) for name in INVERSES},
        "log": Call(ex.Log),
        "abs": _named("Abs"),
        "absolute": _named("Abs"),
        "square": Call(lambda x: ex.Pow(x, 2)),
        "power": Call(ex.Pow, 2, 2),
        "maximum": _named("Max", 2, 2),
        "minimum": _named("Min", 2, 2),
        "add": Call(plus, 2, 2),
        "subtract": Call(minus, 2, 2),
        "multiply": Call(ex.Mul, 2, 2),
        "divide": Call(ex.Div, 2, 2),
        "negative": Call(ex.Neg),
    },
    "scipy.special": {
        "expit": Call(sigma),
        "gammaln": _named("loggamma"),
        "log1p": ELEMENTARY["log1p"],
        "expm1": ELEMENTARY["expm1"],
    },
}
# Functions of iterables and of Python's own values: read by name, in `deltasift.read.expressions`.
SPECIAL: dict[str, dict[str, str]] = {
    "builtins": {
        **{name: name for name in ("sum", "max", "min", "len", "range", "enumerate", "zip", "all", "any")},
        "list": "same",
        "tuple": "same",
        "float": "real",
        "int": "integer",
        "bool": "truth",
    },
    "math": {"fsum": "total", "prod": "prod"},
    "numpy": {"sum": "total", "prod": "product"},
    "scipy.special": {"xlogy": "xlogy", "rel_entr": "rel_entr"},
    "fractions": {"Fraction": "ratio"},
}
CONSTANTS = {"pi": pi, "e": E, "tau": ex.Mul(2, pi)}


def meaning(value: Any) -> Call | str | None:
    """Return what a function that is found in a library means, None for any other."""
    tables: list[dict[str, dict[str, Any]]] = [MEANING, SPECIAL]
    for table in tables:
        for module, names in table.items():
            loaded = vars(sys.modules[module]) if module in sys.modules else {}
            found: list[Call | str] = [c for name, c in names.items() if name in loaded and loaded[name] is value]
            if found:
                return found[0]
    return None


def library_constant(value: Any) -> Any:
    """Return the constant that a float of a library stands for, None for any other."""
    for module in ("math", "numpy"):
        loaded = vars(sys.modules[module]) if module in sys.modules else {}
        for name, exact in CONSTANTS.items():
            if loaded.get(name) is value:
                return exact
    return None


def ratio(a: Any, b: Any = None) -> Any:
    """Return `Fraction(a, b)`."""
    return a if b is None else ex.Div(a, b)
