"""The same line written otherwise: other order and grouping, signs and fractions elsewhere, other bound names.

These are the ways that make no difference between two lines (`deltasift.line.same`), written down a second time:
nothing here knows how the matcher compares lines.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from sympy import Integer, Rational, S, Symbol

from deltasift.inert import Add, Div, Integral, Mul, Neg, Node, Product, Sum, free, substitute

Path = tuple[int, ...]
Way = Callable[[Any, random.Random], Any]
NAMES = [Symbol(s) for s in ("i", "j", "l", "r", "k", "n", "c'")]


def parts(e: Any, path: Path = ()) -> Iterator[tuple[Any, Path]]:
    """Yield the subexpressions of a line with their places, but nothing inside of a named quantity."""
    yield e, path
    if isinstance(e, Node) and type(e).__name__ not in ("Named", "Expectation"):
        for i, a in enumerate(e.args):
            if not (e.binds and i == 1):
                yield from parts(a, (*path, i))


def put(e: Any, path: Path, new: Any) -> Any:
    """Return an expression with a part replaced."""
    if not path:
        return new
    args = [put(a, path[1:], new) if i == path[0] else a for i, a in enumerate(e.args)]
    return type(e).make(tuple(args))


def shuffled(e: Any, rng: random.Random) -> Any:
    """Return a sum or product in another order."""
    if not isinstance(e, (Add, Mul)):
        return None
    args = list(e.args)
    rng.shuffle(args)
    return type(e).make(tuple(args))


def grouped(e: Any, rng: random.Random) -> Any:
    """Return a sum or product with brackets around some neighbours."""
    if not isinstance(e, (Add, Mul)) or len(e.args) < 3:
        return None
    first = rng.randrange(len(e.args) - 1)
    last = rng.randrange(first + 2, len(e.args) + 1)
    if last - first == len(e.args):
        return None
    inner = type(e).make(e.args[first:last])
    return type(e).make((*e.args[:first], inner, *e.args[last:]))


def flattened(e: Any, rng: random.Random) -> Any:
    """Return a sum or product without the brackets around one of its parts."""
    inner = [i for i, a in enumerate(e.args) if type(a) is type(e)] if isinstance(e, (Add, Mul)) else []
    if not inner:
        return None
    i = rng.choice(inner)
    return type(e).make((*e.args[:i], *e.args[i].args, *e.args[i + 1 :]))


def sign_moved_in(e: Any, rng: random.Random) -> Any:
    """Return `-(a*b)` as `a*(-b)`, `-(a/b)` as `(-a)/b` or `a/(-b)`."""
    if not isinstance(e, Neg) or not isinstance(e.args[0], (Mul, Div)):
        return None
    inner = e.args[0]
    i = rng.randrange(len(inner.args))
    if inner.args[i] in (1, -1):
        return None  # the 1 of -1 is no factor, but that of -(-1) is
    return type(inner).make((*inner.args[:i], Neg.make((inner.args[i],)), *inner.args[i + 1 :]))


def sign_moved_out(e: Any, rng: random.Random) -> Any:
    """Return `a*(-b)` as `-(a*b)`."""
    signed = [i for i, a in enumerate(e.args) if isinstance(a, Neg)] if isinstance(e, (Mul, Div)) else []
    if not signed:
        return None
    i = rng.choice(signed)
    return Neg.make((type(e).make((*e.args[:i], e.args[i].args[0], *e.args[i + 1 :])),))


def sign_as_factor(e: Any, rng: random.Random) -> Any:
    """Return `-a` as `(-1)*a`."""
    return Mul.make((S.NegativeOne, e.args[0])) if isinstance(e, Neg) and e.args[0] != 1 else None


def sign_of_number(e: Any, rng: random.Random) -> Any:
    """Return a negative number as the negative of a positive one, or the other way about; the 1 of -1 is no factor."""
    if isinstance(e, Rational) and e < 0 and e != -1:
        return Neg.make((-e,))
    return -e.args[0] if isinstance(e, Neg) and isinstance(e.args[0], Integer) and e.args[0] > 1 else None


def double_sign(e: Any, rng: random.Random) -> Any:
    """Return a value with two signs before it."""
    return Neg.make((Neg.make((e,)),)) if isinstance(e, (Add, Mul, Div, Neg, Sum, Product)) else None


def divided(e: Any, rng: random.Random) -> Any:
    """Return `a/b` as `a*(1/b)` or `(1/b)*a`."""
    if not isinstance(e, Div) or e.args[0] == 1:
        return None
    inverse = Div.make((S.One, e.args[1]))
    return Mul.make((e.args[0], inverse) if rng.random() < 0.5 else (inverse, e.args[0]))


def over_one_bar(e: Any, rng: random.Random) -> Any:
    """Return `a*(b/c)*d` as `a*b*d/c`."""
    quotients = [i for i, a in enumerate(e.args) if isinstance(a, Div)] if isinstance(e, Mul) else []
    if not quotients:
        return None
    i = rng.choice(quotients)
    one = e.args[i].args[0] == 1
    above = (*e.args[:i], *(() if one else e.args[i].args[:1]), *e.args[i + 1 :])
    return Div.make((Mul.make(above) if len(above) > 1 else above[0], e.args[i].args[1]))


def from_under_the_bar(e: Any, rng: random.Random) -> Any:
    """Return `a*b/c` as `a*(b/c)`."""
    if not isinstance(e, Div) or not isinstance(e.args[0], Mul):
        return None
    above, below = e.args[0].args, e.args[1]
    i = rng.randrange(len(above))
    return Mul.make((*above[:i], Div.make((above[i], below)), *above[i + 1 :]))


def fraction(e: Any, rng: random.Random) -> Any:
    """Return a fraction as a quotient of integers, or the other way about."""
    if isinstance(e, Rational) and e.q != 1:
        return Div.make((Integer(e.p), Integer(e.q)))
    numbers = isinstance(e, Div) and all(isinstance(a, Integer) for a in e.args) and e.args[1] > 1
    return Rational(e.args[0], e.args[1]) if numbers and Rational(*e.args).q == e.args[1] else None


def renamed(e: Any, rng: random.Random) -> Any:
    """Return a sum, product or integral with another bound name, which may be that of something outside."""
    if not isinstance(e, (Sum, Product, Integral)):
        return None
    names = [name for name in NAMES if name not in free(e.args[0])]
    name = rng.choice(names)
    return type(e).make((substitute(e.args[0], {e.args[1]: name}), name, *e.args[2:]))


WAYS: tuple[Way, ...] = (
    shuffled,
    grouped,
    flattened,
    sign_moved_in,
    sign_moved_out,
    sign_as_factor,
    sign_of_number,
    double_sign,
    divided,
    over_one_bar,
    from_under_the_bar,
    fraction,
    renamed,
)


def dressed(line: Any, rng: random.Random, changes: int) -> tuple[Any, list[str]]:
    """Return a line written otherwise by a number of changes, with the names of the ways that were used."""
    used: list[str] = []
    for _ in range(changes):
        found = []
        for way in WAYS:
            places = [(e, path) for e, path in parts(line) if way(e, random.Random(0)) is not None]
            if places:
                found.append((way, places))
        if not found:
            return line, used
        way, places = rng.choice(found)
        e, path = rng.choice(places)
        new = way(e, rng)
        if new is not None:
            line = put(line, path, new)
            used.append(way.__name__)
    return line, used


def shifted(e: Any, by: int) -> Any:
    """Return a sum with its index shifted: `Sum(f(k), (k, 1, K))` as `Sum(f(k + 1), (k, 0, K - 1))`."""
    body, name, lo, hi = e.args
    return Sum.make((substitute(body, {name: _plus(name, by)}), name, _plus(lo, -by), _plus(hi, -by)))


def _plus(e: Any, by: int) -> Any:
    if isinstance(e, Integer):
        return Integer(e + by)
    return Add.make((e, Integer(by))) if by > 0 else Add.make((e, Neg.make((Integer(-by),))))
