"""Values of inert expressions: exact fractions where it goes, else 40 digits.

A sum over an empty range is 0 and a product 1; a factor that a Kronecker delta or an Iverson bracket makes 0 makes
its term 0, unless something in that term divides by it; 0**0 is 1. A term x*log(y) is 0 where x is 0 and y is x, or
x/z with z > 0; or where x is a probability and y is not negative, if it has a value at all apart from a division by
0. An integral of Dirac deltas is the integral of narrow bell curves, so it is known to three digits only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sympy import E, S, Symbol, pi
from sympy.logic.boolalg import BooleanAtom

from deltasift.domain import DefinedFunction, Family

from .functions import FOLDS, FUNCTIONS
from .given import Env, Given
from .slopes import slope
from .values import ARITHMETIC, ONE, ZERO, NotCovered, Number, Undefined, add, inexact, mul, power

EXACT, ROUGH = ARITHMETIC.mpf(10) ** -25, ARITHMETIC.mpf(10) ** -3
WIDTH = Fraction(1, 10_000)  # of the bell curve for a Dirac delta
STEPS = 40  # of the integral over one bell curve
REACH = 7  # widths


def sign(x: Number, tolerance: Any = EXACT) -> int:
    """Return the sign of a number; what is nearly 0 is 0."""
    if not isinstance(x, Fraction) and abs(x) <= tolerance:
        return 0
    return int(x > 0) - int(x < 0)


def value(e: Any, w: Given, env: Env | None = None) -> Number:
    """Return the value of an expression.

    Raises
    ------
    Undefined, NotCovered
    """
    return _value(e, w, env or {})


def _value(e: Any, w: Given, env: Env) -> Number:
    name = type(e).__name__
    if name in HEADS:
        return HEADS[name](e, w, env)
    if getattr(e, "is_Rational", False):
        return Fraction(int(e.p), int(e.q))
    if isinstance(e, Symbol):
        return _symbol(e, w, env)
    if e is pi or e is E:
        return ARITHMETIC.pi() if e is pi else ARITHMETIC.e()
    raise NotCovered(name)


def _symbol(e: Symbol, w: Given, env: Env) -> Number:
    if e in env:
        return env[e]
    if e.name in w.numbers:
        return w.numbers[e.name]
    domain = w.domains.get(e)
    if isinstance(domain, Family) and not domain.over:
        return _value(domain.body, w, {})
    raise NotCovered(f"{e} has no value")


def integer(e: Any, w: Given, env: Env) -> int:
    x = _value(e, w, env)
    if not isinstance(x, Fraction) and sign(x - ARITHMETIC.nint(x)) == 0:
        return int(ARITHMETIC.nint(x))
    if not isinstance(x, Fraction) or x.denominator != 1:
        raise Undefined(f"{e} is no integer")
    return int(x)


def _sum_of(e: Any, w: Given, env: Env) -> Number:
    total: Number = ZERO
    for a in e.args:
        total = add(total, _value(a, w, env))
    return total


def _entry(e: Any, w: Given, env: Env) -> Number:
    table, *indices = e.args
    place = tuple(integer(i, w, env) for i in indices)
    domain = w.domains.get(table)
    if isinstance(domain, Family):
        return _value(domain.body, w, {i.symbol: Fraction(p) for i, p in zip(domain.over, place, strict=True)})
    entries = w.tables.get(table.name)
    if entries is None:
        raise NotCovered(f"{table} has no entries")
    if place not in entries:
        raise Undefined(f"{table}{list(place)} does not exist")
    return entries[place]


def _apply(e: Any, w: Given, env: Env) -> Number:
    function, x = e.args[0], _value(e.args[1], w, env)
    domain = w.domains.get(function)
    if isinstance(domain, DefinedFunction):
        return _value(domain.body, w, {domain.variable.symbol: x})
    if function.name not in w.functions:
        raise NotCovered(f"{function} has no values")
    return w.functions[function.name](x)


# --- products and the conventions -----------------------------------------------------------------------------------


def _parts(e: Any, inverse: bool = False) -> Iterator[tuple[Any, bool]]:
    """Yield the factors of a product, each with whether it divides; a sign is the factor -1."""
    name = type(e).__name__
    if name == "Neg":
        yield S.NegativeOne, False
        yield from _parts(e.args[0], inverse)
    elif name == "Mul" and not inverse:
        for a in e.args:
            yield from _parts(a)
    elif name == "Div" and not inverse:
        yield from _parts(e.args[0])
        yield e.args[1], True
    else:
        yield e, inverse


def _is_bracket(e: Any, w: Given) -> bool:
    if type(e).__name__ == "Entry" and isinstance(w.domains.get(e.args[0]), Family):
        return _is_bracket(w.domains[e.args[0]].body, w)
    return type(e).__name__ in ("Delta", "Iverson")


def _is_nought(e: Any, w: Given, env: Env) -> bool:
    try:
        return bool(_value(e, w, env) == 0)
    except Undefined:
        return False


def _divided_by(e: Any, below: bool) -> Iterator[str]:
    """Yield in words what is divided by in a factor, with all that stands in it."""
    if below:
        yield _words(e)
    name = type(e).__name__
    for i, a in enumerate(getattr(e, "args", ())):
        raised = name == "Pow" and i == 0 and not (e.args[1].is_Integer and e.args[1] >= 0)
        yield from _divided_by(a, below or raised or (name == "Div" and i == 1))


def _words(e: Any) -> str:
    words = [_words(a) for a in getattr(e, "args", ())]
    name = type(e).__name__
    return f"{name}({', '.join(sorted(words) if name == 'Delta' else words)})" if words else str(e)


def _product(e: Any, w: Given, env: Env) -> Number:
    parts = list(_parts(e))
    nought = [p for p, inverse in parts if not inverse and _is_bracket(p, w) and _is_nought(p, w, env)]
    if nought:
        below = {words for part in parts for words in _divided_by(*part)}
        if any(_words(p) not in below for p in nought):
            return ZERO  # whatever the others are, brackets without a value among them
    total: Number = ONE
    missing: Undefined | None = None
    for p, inverse in parts:
        try:
            x = _value(p, w, env)
        except Undefined as why:
            if inverse or type(p).__name__ != "Log" or not _vanishes(p, parts, w, env):
                raise
            missing = why
            continue
        total = mul(total, power(x, -ONE) if inverse else x)
    return total if missing is None else ZERO


def _vanishes(log: Any, parts: list[tuple[Any, bool]], w: Given, env: Env) -> bool:
    """Tell whether 0 log 0 = 0 makes the product of a logarithm without a value 0."""
    argument = log.args[0]
    for x, inverse in parts:
        if inverse or type(x).__name__ == "Log" or _value(x, w, env) != 0:
            continue
        if x == argument:
            return True
        likely = type(x).__name__ == "Entry" and x.args[0].name in w.pmfs
        if type(argument).__name__ == "Div" and argument.args[0] == x:
            below = _value(argument.args[1], w, env)
            return bool(below > 0 or (likely and below == 0))
        if likely:
            return bool(_value(argument, w, env) >= 0)
    return False


def _power(e: Any, w: Given, env: Env) -> Number:
    base, exponent = (_value(a, w, env) for a in e.args)
    if not (isinstance(exponent, Fraction) and exponent.denominator == 1) and base < 0:
        raise Undefined("a power of a negative number")
    return power(base, exponent)


# --- functions --------------------------------------------------------------------------------------------------------


def _log(e: Any, w: Given, env: Env) -> Number:
    x = _value(e.args[0], w, env)
    if x <= 0:
        raise Undefined("the logarithm of what is not positive")
    return ZERO if x == 1 else ARITHMETIC.log(inexact(x))


def _exp(e: Any, w: Given, env: Env) -> Number:
    x = inexact(_value(e.args[0], w, env))
    if abs(x) > 10**7:
        raise NotCovered("a huge exponential")
    return ONE if x == 0 else ARITHMETIC.exp(x)


def _function(e: Any, w: Given, env: Env) -> Number:
    if e.name in FUNCTIONS:
        x = FUNCTIONS[e.name](*(_value(a, w, env) for a in e.args[1:]))
        if e.name == "root_of_unity":
            return x
        if not isinstance(x, Fraction) and ARITHMETIC.im(x) != 0:
            raise Undefined(f"{e.name} where it is not real")
        return x if isinstance(x, Fraction) else ARITHMETIC.re(x)
    if e.name != "sigma":
        raise NotCovered(e.name)
    return 1 / (1 + ARITHMETIC.exp(-inexact(_value(e.args[1], w, env))))


def _delta(e: Any, w: Given, env: Env) -> Number:
    a, b = (_value(x, w, env) for x in e.args)
    return Fraction(int(sign(add(a, -b)) == 0))


def _iverson(e: Any, w: Given, env: Env) -> Number:
    return Fraction(int(holds(e.args[0], w, env)))


def _cases(e: Any, w: Given, env: Env) -> Number:
    for case, condition in zip(e.args[::2], e.args[1::2], strict=True):
        if holds(condition, w, env):
            return _value(case, w, env)
    raise Undefined("no case holds")


def holds(s: Any, w: Given, env: Env | None = None) -> bool:
    """Decide a statement."""
    env = env or {}
    name = type(s).__name__
    if isinstance(s, BooleanAtom):
        return bool(s)
    if name in ("And", "Or"):
        return (all if name == "And" else any)(holds(a, w, env) for a in s.args)
    if name == "Not":
        return not holds(s.args[0], w, env)
    if name == "ForAll":
        lo, hi = integer(s.args[2], w, env), integer(s.args[3], w, env)
        return all(holds(s.args[0], w, {**env, s.args[1]: Fraction(i)}) for i in range(lo, hi + 1))
    if name == "Divides":
        a, b = (integer(x, w, env) for x in s.args)
        return b % a == 0 if a else b == 0
    if name == "IsInteger":
        x = _value(s.args[0], w, env)
        return isinstance(x, Fraction) and x.denominator == 1
    if name in ("Less", "LessEqual", "Equality", "Unequal"):
        a, b = (_value(x, w, env) for x in s.args[:2])
        order = sign(add(a, -b))
        return {"Less": order < 0, "LessEqual": order <= 0, "Equality": order == 0, "Unequal": order != 0}[name]
    raise NotCovered(name)


def _loop(e: Any, w: Given, env: Env) -> Number:
    body, name, lo, hi = e.args
    if lo in (S.Infinity, S.NegativeInfinity) or hi in (S.Infinity, S.NegativeInfinity):
        raise NotCovered("an infinite range")
    places = range(integer(lo, w, env), integer(hi, w, env) + 1)
    return FOLDS[type(e).__name__](*(_value(body, w, {**env, name: Fraction(i)}) for i in places))


# --- integrals ------------------------------------------------------------------------------------------------------


def _dirac(e: Any, w: Given, env: Env) -> Number:
    """Return the height of a narrow bell curve."""
    if not w.inside:
        raise NotCovered("a Dirac delta outside of an integral")
    order = int(e.args[1])
    if order > 1:
        raise NotCovered("a higher derivative of a Dirac delta")
    z = inexact(_value(e.args[0], w, env)) / inexact(WIDTH)
    bell = ARITHMETIC.exp(-z * z / 2) / (ARITHMETIC.sqrt(2 * ARITHMETIC.pi()) * inexact(WIDTH))
    return -z / inexact(WIDTH) * bell if order else bell


def _smooth_integral(e: Any, w: Given, env: Env) -> Number:
    """Return the integral of a smooth function over a finite interval, from the larger end to the smaller one, too."""
    body, name, *ends = e.args
    a, b = (inexact(_value(end, w, env)) for end in ends)
    w.rough = True
    return ARITHMETIC.quad(lambda x: inexact(_value(body, w, {**env, name: x})), [a, b], maxdegree=4)


def _integral(e: Any, w: Given, env: Env) -> Number:
    body, name, lo, hi = e.args
    if w.smooth and not _has_mass(body):
        if lo.is_infinite or hi.is_infinite:
            raise NotCovered("an integral over an infinite range")
        return _smooth_integral(e, w, env)
    ends = [None if end.is_infinite else _value(end, w, env) for end in (lo, hi)]
    if None not in ends and ends[0] > ends[1]:
        raise NotCovered("an integral from a greater to a lesser end")
    if lo is S.Infinity or hi is S.NegativeInfinity:
        raise NotCovered("an integral from a greater to a lesser end")
    if not _is_weighted(body, w):
        raise NotCovered("an integral of which a part has no Dirac delta")
    w.rough = True
    total: Number = ARITHMETIC.mpf(0)
    windows = sorted(_windows(body, name, w, env).items())
    if any(b - a <= r + s for (a, r), (b, s) in pairwise(windows)):
        raise NotCovered("Dirac deltas close to each other")
    for point, half in windows:
        if any(end is not None and abs(end - point) <= half for end in ends):
            raise Undefined("a Dirac delta on an end")
        if (ends[0] is not None and point < ends[0]) or (ends[1] is not None and point > ends[1]):
            continue
        step = 2 * half / STEPS
        w.inside += 1
        try:
            for i in range(STEPS + 1):
                total += inexact(_value(body, w, {**env, name: point - half + i * step})) * inexact(step)
        finally:
            w.inside -= 1
    return total


def _windows(body: Any, name: Any, w: Given, env: Env) -> dict[Number, Number]:
    """Return the points at which a Dirac delta of an integrand has its mass, with half the width of its bell curve."""
    found: dict[Number, Number] = {}
    three = zip(*(_arguments(body, w, {**env, name: Fraction(u)}) for u in range(3)), strict=True)
    for a, b, c in three:
        if not all(isinstance(v, Fraction) for v in (a, b, c)):
            raise NotCovered("a Dirac delta at a point that is no fraction")
        if b - a != c - b:
            raise NotCovered("a Dirac delta of what is not linear")
        if a == b:
            raise Undefined("a Dirac delta whose argument does not vary")
        point, half = -a / (b - a), REACH * WIDTH / abs(b - a)
        found[point] = max(half, found.get(point, half))
    return found


def _arguments(e: Any, w: Given, env: Env) -> Iterator[Number]:
    """Yield the values of the arguments of all Dirac deltas, a sum being taken term by term."""
    kind = type(e).__name__
    if kind == "Dirac":
        yield _value(e.args[0], w, env)
    elif kind in ("Sum", "Product"):
        for i in range(integer(e.args[2], w, env), integer(e.args[3], w, env) + 1):
            yield from _arguments(e.args[0], w, {**env, e.args[1]: Fraction(i)})
    elif kind == "Apply":
        domain = w.domains.get(e.args[0])
        if isinstance(domain, DefinedFunction):
            yield from _arguments(domain.body, w, {domain.variable.symbol: _value(e.args[1], w, env)})
    elif kind not in ("Integral", "Entry"):
        for a in e.args:
            yield from _arguments(a, w, env)


def _has_mass(e: Any) -> bool:
    return type(e).__name__ == "Dirac" or any(map(_has_mass, e.args))


def _is_weighted(e: Any, w: Given) -> bool:
    """Tell whether every term of an integrand has a Dirac delta as a factor, read off the tree."""
    kind = type(e).__name__
    if kind in ("Mul", "Div"):
        return any(_is_weighted(a, w) for a in (e.args if kind == "Mul" else e.args[:1]))
    if kind in ("Add", "Neg", "Sum"):
        return all(_is_weighted(a, w) for a in (e.args if kind == "Add" else e.args[:1]))
    if kind == "Apply":
        domain = w.domains.get(e.args[0])
        return isinstance(domain, DefinedFunction) and _is_weighted(domain.body, w)
    return kind == "Dirac"


def _definition(e: Any, w: Given, env: Env) -> Number:
    return _value(e.args[1 if type(e).__name__ == "Named" else 2], w, env)


HEADS: dict[str, Callable[[Any, Given, Env], Number]] = {
    "Add": _sum_of,
    "Mul": _product,
    "Neg": _product,
    "Div": _product,
    "Pow": _power,
    "Log": _log,
    "Exp": _exp,
    "Func": _function,
    "Delta": _delta,
    "Iverson": _iverson,
    "Piecewise": _cases,
    "Sum": _loop,
    "Product": _loop,
    "Maximum": _loop,
    "Minimum": _loop,
    "Derivative": lambda e, w, env: slope(_value, e, w, env),
    "At": lambda e, w, env: _value(e.args[0], w, {**env, e.args[1]: _value(e.args[2], w, env)}),
    "Integral": _integral,
    "Dirac": _dirac,
    "Entry": _entry,
    "Apply": _apply,
    "Named": _definition,
    "Expectation": _definition,
}
