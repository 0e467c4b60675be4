"""Statements of the judge evaluated in small models, with exact numbers: what the tests compare its answers with.

A model gives each free name a number and each table an entry for each index that is asked for; every function has a
value everywhere, `1/0` being 0.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from deltasift.domain import Family, Labels, Pmf, Reals, Size
from deltasift.judge.context import COUNTED, Context
from deltasift.judge.term import Term, instantiate, leaves, number

ENOUGH = 30  # models
MOST = 5  # largest size of a number
WIDEST = 40  # terms of a sum


class UnknownError(Exception):
    """A term that this evaluation does not know, or an infinite range."""


@dataclass
class Model:
    """Values of names, drawn when they are asked for."""

    draw: random.Random
    place: Context
    values: dict[Any, Fraction] = field(default_factory=dict)

    def value(self, symbol: Any, indices: tuple[Fraction, ...] = ()) -> Fraction:
        at = (symbol, indices)
        if at not in self.values:
            self.values[at] = self._drawn(symbol)
        return self.values[at]

    def _drawn(self, symbol: Any) -> Fraction:
        domain = self.place.world.domain(symbol)
        if isinstance(domain, Pmf):
            return Fraction(self.draw.randint(int(domain.positive), 4), 4)
        if isinstance(domain, Reals) and domain.above == 0:
            return Fraction(self.draw.randint(1, 5), 6 if domain.below == 1 else 2)
        whole = symbol.is_integer if domain is None else domain.integer
        least = 1 if symbol.is_positive or isinstance(domain, Size | Labels) else -MOST
        value = Fraction(self.draw.randint(least, MOST))
        return value if whole else value / self.draw.choice((1, 1, 2, 3))


def evaluate(t: Term, model: Model, bound: tuple[Fraction, ...] = ()) -> Any:
    """Return the value of a term; `bound` has those of the binders around, the outermost first."""
    h, args = t.head, t.args
    if h == "number":
        return t.value
    if h == "truth":
        return t.value
    if h == "bound":
        return bound[-1 - t.value]
    if h == "free":
        domain = model.place.world.domain(t.value)
        return evaluate(_body(domain, ()), model) if isinstance(domain, Family) else model.value(t.value)
    if h == "Entry":
        indices = tuple(evaluate(a, model, bound) for a in args[1:])
        domain = model.place.world.domain(args[0].value)
        return (
            evaluate(_body(domain, indices), model)
            if isinstance(domain, Family)
            else model.value(args[0].value, indices)
        )
    if h in ("Sum", "Product", "ForAll"):
        return _over(t, model, bound)
    if h in ("And", "Or"):
        return (all if h == "And" else any)(evaluate(a, model, bound) for a in args)
    if h == "Func":
        return _function(args[0].value, [evaluate(a, model, bound) for a in args[1:]])
    if h not in OPERATIONS:
        raise UnknownError(h)
    return OPERATIONS[h](*(evaluate(a, model, bound) for a in args))


def _body(domain: Any, indices: tuple[Fraction, ...]) -> Term:
    from deltasift.judge.term import read

    names = {i.symbol: n for n, i in enumerate(domain.over)}
    return instantiate(read(domain.body, names, len(names)), [number(i) for i in indices])


def _over(t: Term, model: Model, bound: tuple[Fraction, ...]) -> Any:
    if any(a.head == "infinity" for a in t.args[2:]):
        raise UnknownError("an infinite range")
    body = t.args[0]
    if body.head == "Entry" and isinstance(model.place.world.domain(body.args[0].value), Pmf):
        raise UnknownError("a total, which is drawn with its entries")
    lo, hi = (evaluate(a, model, bound) for a in t.args[2:])
    if hi - lo > WIDEST or lo.denominator != 1:
        raise UnknownError("a wide range")
    values = []
    while lo <= hi:
        values.append(evaluate(t.args[0], model, (*bound, lo)))
        lo += 1
    if t.head == "ForAll":
        return all(values)
    total = Fraction(t.head == "Product")
    for v in values:
        total = total + v if t.head == "Sum" else total * v
    return total


def _function(name: str, args: list[Fraction]) -> Fraction:
    if name in ("Max", "Min"):
        return max(args) if name == "Max" else min(args)
    if name == "Abs":
        return abs(args[0])
    if name in ("floor", "ceiling"):
        return Fraction(args[0].__floor__() if name == "floor" else args[0].__ceil__())
    if name == "Mod" and args[1] > 0:
        return args[0] % args[1]
    raise UnknownError(name)


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > 20:
        raise UnknownError("a power")
    return base**exponent if base or exponent >= 0 else Fraction(0)


OPERATIONS: Mapping[str, Any] = {
    "Add": lambda *a: sum(a, Fraction(0)),
    "Mul": lambda *a: _product(a),
    "Neg": lambda a: -a,
    "Div": lambda a, b: a / b if b else Fraction(0),
    "Pow": _power,
    "Delta": lambda a, b: Fraction(a == b),
    "Iverson": Fraction,
    "LessEqual": lambda a, b: a <= b,
    "Less": lambda a, b: a < b,
    "Equality": lambda a, b: a == b,
    "Unequal": lambda a, b: a != b,
    "Not": lambda a: not a,
    "Divides": lambda a, b: b == 0 if a == 0 else (b / a).denominator == 1,
    "IsInteger": lambda a: a.denominator == 1,
}


def _product(values: Any) -> Fraction:
    result = Fraction(1)
    for v in values:
        result *= v
    return result


def counterexample(goal: Term, place: Context, draw: random.Random, tries: int = 400) -> Model | None:
    """Return a model that meets what is given at a place, and in which a statement is false; None where none is drawn.

    Raises
    ------
    UnknownError
        If it cannot be evaluated, or no model was drawn that meets what is given.
    """
    met = 0
    for _ in range(tries):
        model = Model(draw, place)
        bound = _indices(model, draw)
        if bound is None:
            continue
        if all(evaluate(g, model, bound) for g in place.guards) and _meets(model, bound, goal):
            met += 1
            if met > ENOUGH:
                break
            if not evaluate(goal, model, bound) and _meets(model, bound, goal):
                return model
    if not met:
        raise UnknownError("nothing meets what is given")
    return None


def _indices(model: Model, draw: random.Random) -> tuple[Fraction, ...] | None:
    """Return values of the open binders, None where a range is empty."""
    bound: tuple[Fraction, ...] = ()
    for b in model.place.binders:
        ends = [evaluate(a, model, bound) if a.head != "infinity" else Fraction(a.value * MOST) for a in b.args[2:]]
        lo, hi = ends if len(ends) == 2 else (Fraction(-MOST), Fraction(MOST))
        if b.head in COUNTED:
            if lo > hi or hi - lo > WIDEST:
                return None
            bound = (*bound, lo + draw.randint(0, int(hi - lo)))
        elif b.head == "Integral":
            bound = (*bound, lo + (hi - lo) * Fraction(draw.randint(0, 4), 4))
        else:
            bound = (*bound, Fraction(draw.randint(-MOST, MOST), draw.choice((1, 2))))
    return bound


def _meets(model: Model, bound: tuple[Fraction, ...], goal: Term) -> bool:
    """Tell whether the given statements hold, those about every entry of a table at the entries that were drawn."""
    evaluate(goal, model, bound)  # draws what the goal speaks of
    for s in model.place.world.given:
        body, limits = s, []
        while body.head == "ForAll":
            limits.append(body.args[2:])
            body = body.args[0]
        names = len(limits)
        speaks_of = {leaf.value for leaf, _ in leaves(body) if leaf.head == "free"}
        if not names:
            if speaks_of <= {symbol for symbol, _ in model.values} and not evaluate(s, model):
                return False
            continue
        for symbol, indices in list(model.values):
            if len(indices) != names or symbol not in speaks_of:
                continue
            here: tuple[Fraction, ...] = ()
            inside = True
            for i, (lo, hi) in zip(indices, limits, strict=True):
                inside &= lo.head == "infinity" or evaluate(lo, model, here) <= i
                inside &= hi.head == "infinity" or i <= evaluate(hi, model, here)
                here = (*here, i)
            if inside and not evaluate(body, model, here):
                return False
    return True
