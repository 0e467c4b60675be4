"""The value of a SymPy expression on arrays of floats: what is under an integral, where deltas are narrow Gaussians.

What has no value is nan. A factor that is exactly 0 by a delta makes its term 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import sympy
from sympy.logic.boolalg import BooleanAtom

from .values import NotCovered, Undefined
from .world import World

Array = Any  # of floats, complex numbers or truth values, or one of these
Values = dict[Any, Array]

CONSTANTS = {sympy.pi: math.pi, sympy.E: math.e, sympy.I: 1j, sympy.oo: math.inf, -sympy.oo: -math.inf}
NEAR = 1e-9  # two floats are the same number if they differ by less


@dataclass
class Arrays:
    """Evaluates; `width` and `shift` are those of the Gaussian, `integrate` does the integrals."""

    world: World
    width: float
    shift: float
    integrate: Callable[[Arrays, Any, Values], complex]
    tolerance: float = 1e-10

    def __call__(self, expr: Any, values: Values) -> Array:
        """Return the value of an expression."""
        for kind in type(expr).__mro__:
            if kind in HEADS:
                return HEADS[kind](self, expr, values)
        args = [self(a, values) for a in expr.args]
        function = FUNCTIONS.get(type(expr).__name__)
        return function(*args) if function else _by_sympy(expr.func, args)

    def delta(self, u: Array, order: int) -> Array:
        """Return the derivative of that order of a Gaussian of the present width."""
        z = (np.asarray(u) - self.shift * self.width) / self.width
        g = np.exp(-np.minimum(z * z / 2, 800.0)) / (self.width * math.sqrt(2 * math.pi))
        before, hermite = np.zeros_like(z), np.ones_like(z)
        for n in range(order):
            before, hermite = hermite, z * hermite - n * before
        value = (-1) ** order * hermite * g / self.width**order
        return np.where(z * z / 2 > 745, 0.0, value)


def _by_sympy(function: Any, args: list[Array]) -> Array:
    """Return a special function of numbers, one by one."""

    def one(*xs: Any) -> complex:
        value = function(*(sympy.Float(x) if not isinstance(x, complex) else sympy.sympify(x) for x in xs)).evalf()
        if not value.is_number:
            raise NotCovered(f"no rule for {function}")
        return complex(value)

    return np.real_if_close(np.vectorize(one, otypes=[complex])(*args))


def _number(a: Arrays, e: Any, values: Values) -> Array:
    if e in CONSTANTS:
        return CONSTANTS[e]
    return float("nan") if e in (sympy.nan, sympy.zoo) else float(e)


def _symbol(a: Arrays, e: Any, values: Values) -> Array:
    if e not in values:
        raise NotCovered(f"{e} has no value")
    return values[e]


def _entry(a: Arrays, e: Any, values: Values) -> Array:
    indices = []
    for i in e.indices:
        x = float(a(i, values))
        indices.append(Fraction(round(x)) if abs(x - round(x)) < NEAR else Fraction(x))
    return float(a.world.entry(str(e.base.label), tuple(indices)))


def _add(a: Arrays, e: Any, values: Values) -> Array:
    return sum((a(x, values) for x in e.args), 0.0)


def _mul(a: Arrays, e: Any, values: Values) -> Array:
    parts = [a(x, values) for x in e.args]
    total: Array = 1.0
    for part in parts:
        total = total * part
    for part, x in zip(parts, e.args, strict=True):
        if x.has(sympy.KroneckerDelta, sympy.DiracDelta):
            total = np.where(np.asarray(part) == 0, 0.0, total)
    return total


def _pow(a: Arrays, e: Any, values: Values) -> Array:
    base, exponent = np.asarray(a(e.base, values)), a(e.exp, values)
    if e.exp.is_Integer:
        return base ** int(e.exp) if e.exp >= 0 else 1.0 / (base ** int(-e.exp))
    return np.emath.power(base * 1.0, exponent)


def _relation(a: Arrays, e: Any, values: Values) -> Array:
    left, right = np.asarray(a(e.lhs, values)), np.asarray(a(e.rhs, values))
    if e.rel_op in ("==", "!="):
        with np.errstate(invalid="ignore"):
            same = (left == right) | (np.abs(left - right) < NEAR)
        return same if e.rel_op == "==" else ~same
    return {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[e.rel_op](left, right)


def _piecewise(a: Arrays, e: Any, values: Values) -> Array:
    total: Array = float("nan")
    for branch, condition in reversed(e.args):
        total = np.where(a(condition, values), a(branch, values), total)
    return total


def _kronecker(a: Arrays, e: Any, values: Values) -> Array:
    holds = np.abs(np.asarray(a(e.args[0], values)) - a(e.args[1], values)) < NEAR
    if len(e.args) > 2:
        x = a(e.args[0], values)
        holds &= (a(e.args[2][0], values) <= x) & (x <= a(e.args[2][1], values))
    return np.where(holds, 1.0, 0.0)


def _dirac(a: Arrays, e: Any, values: Values) -> Array:
    return a.delta(a(e.args[0], values), int(e.args[1]) if len(e.args) > 1 else 0)


def _loop(a: Arrays, e: Any, values: Values) -> Array:
    total: Array = 0.0 if isinstance(e, sympy.Sum) else 1.0
    name, low, high = e.limits[-1]
    inner = type(e)(e.function, *e.limits[:-1]) if len(e.limits) > 1 else e.function
    bounds = [float(a(low, values)), float(a(high, values))]
    window = a.world.window
    first, last = (max(bounds[0], -window), min(bounds[1], window))
    if first != round(first) or last != round(last):
        raise Undefined(f"a limit of {name} is no integer")
    for i in range(round(first), round(last) + 1):
        term = a(inner, values | {name: float(i)})
        total = total + term if isinstance(e, sympy.Sum) else total * term
    return total


def _integral(a: Arrays, e: Any, values: Values) -> Array:
    """Return the integral for each element of the arrays that it depends on."""
    arrays = {s: v for s, v in values.items() if np.ndim(v) and e.has(s)}
    if not arrays:
        return np.real_if_close(a.integrate(a, e, values))
    shape = np.broadcast_shapes(*(np.shape(v) for v in arrays.values()))
    spread = {s: np.broadcast_to(v, shape).ravel() for s, v in arrays.items()}
    each = [a.integrate(a, e, values | {s: v[n] for s, v in spread.items()}) for n in range(math.prod(shape))]
    return np.real_if_close(np.array(each).reshape(shape))


def _levi_civita(*xs: Array) -> Array:
    return math.prod(np.sign(y - x) for place, x in enumerate(xs) for y in xs[place + 1 :])


FUNCTIONS: dict[str, Callable[..., Array]] = {
    **{f: getattr(np, f) for f in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp", "floor", "sign", "conjugate")},
    "log": np.emath.log,
    "asin": np.emath.arcsin,
    "acos": np.emath.arccos,
    "atan": np.arctan,
    "asinh": np.arcsinh,
    "Abs": np.abs,
    "ceiling": np.ceil,
    "re": np.real,
    "im": np.imag,
    "Mod": np.mod,
    "coth": lambda x: 1 / np.tanh(x),
    "sech": lambda x: 1 / np.cosh(x),
    "Min": lambda *xs: np.minimum.reduce(np.broadcast_arrays(*xs)),
    "Max": lambda *xs: np.maximum.reduce(np.broadcast_arrays(*xs)),
    "Heaviside": lambda x, at_zero: np.where(np.asarray(x) == 0, at_zero, np.where(np.asarray(x) > 0, 1.0, 0.0)),
    "LeviCivita": _levi_civita,
}

HEADS: dict[type, Callable[[Arrays, Any, Values], Array]] = {
    sympy.Number: _number,
    sympy.NumberSymbol: _number,
    type(sympy.I): _number,
    type(sympy.zoo): _number,
    sympy.Symbol: _symbol,
    sympy.Indexed: _entry,
    sympy.Add: _add,
    sympy.Mul: _mul,
    sympy.Pow: _pow,
    BooleanAtom: lambda a, e, values: bool(e),
    sympy.And: lambda a, e, values: np.logical_and.reduce(np.broadcast_arrays(*(a(x, values) for x in e.args))),
    sympy.Or: lambda a, e, values: np.logical_or.reduce(np.broadcast_arrays(*(a(x, values) for x in e.args))),
    sympy.Not: lambda a, e, values: np.logical_not(a(e.args[0], values)),
    sympy.core.relational.Relational: _relation,
    sympy.Piecewise: _piecewise,
    sympy.KroneckerDelta: _kronecker,
    sympy.DiracDelta: _dirac,
    sympy.Sum: _loop,
    sympy.Product: _loop,
    sympy.Integral: _integral,
}
