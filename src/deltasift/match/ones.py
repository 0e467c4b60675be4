"""The 1 of a factor -1 or 1/x, which is no factor of its own where lines are compared, but may be left out as one.

What becomes 1 is written as a factor or not, depending on where the signs and fraction bars of the line before stand:
`a*(Sum(p)/b)` becomes `a/b`, and `a*Sum(p)/b` becomes `a*1/b`. These lines before are the same, so that either may
become either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sympy import S
from sympy.core.basic import Basic

from deltasift.inert import Derivative, Div, Mul, Neg, Node
from deltasift.inert.algebra import is_number
from deltasift.line.scope import Scope
from deltasift.line.views import Path, at, factors, product, put
from deltasift.match.application import AnyRule, Application, Chain
from deltasift.rule import Rule


def one_left_out(rule: AnyRule, a: Basic, b: Basic | None, scope: Scope) -> Chain | None:
    """Return the use of `one_mul` that leaves `a` the same line: `a*(-1)` is written `-a`, with fewer of such factors.

    That is where another rule leads to under a sign, as `a*(-Sum(p))` to `a*(-1)`, or above a fraction bar, as
    `a*(Sum(p)/b)` to `a*(1/b)`, which is written `a/b`. What is 1 there is that of `1*(-1) = -1`, of which each product
    has as many as one likes. Where other rules follow, `b` is not known.
    """
    if not isinstance(rule, Rule) or str(rule) != "one_mul":
        return None
    places = _with_hidden_one(a, scope)
    if len(places) <= (0 if b is None else len(_with_hidden_one(b, scope))):
        return None
    e, path, here = places[0]
    sign, found = factors(e)
    values = (("a", S.NegativeOne),)
    after = product(sign, [(f.expr, f.inverse) for f in found])
    return [Application(rule, path, e, after, (), here, values, statement=0, values=values)]


def _with_hidden_one(line: Basic, scope: Scope) -> list[tuple[Basic, Path, Scope]]:
    """Return the products with a factor that is written as -1 or 1/x, with their places and what is open there."""
    found = []
    stack: list[tuple[Basic, Path, Scope]] = [(line, (), scope)]
    while stack:
        e, path, here = stack.pop()
        if isinstance(e, Mul) and any(map(_has_hidden_one, e.args)):
            found.append((e, path, here))
        for i, a in reversed(list(enumerate(e.args if isinstance(e, Node) else ()))):
            if not (i == 1 and (e.binds or isinstance(e, Derivative))):
                stack.append((a, (*path, i), here.enter(e) if i == 0 else here))
    return found


def _has_hidden_one(e: Basic) -> bool:
    inside = e
    while isinstance(inside, Neg):
        inside = inside.args[0]
    return _is_one(inside.args[0], (1, -1)) if isinstance(inside, Div) else _is_one(e, (-1,))


def _is_one(e: Basic, signs: tuple[int, ...]) -> bool:
    sign, found = factors(e)
    return sign in signs and all(is_number(f.expr, 1) and not f.inverse for f in found)


Becoming = Callable[[Basic, Scope], bool]


def other_dresses(line: Basic, becomes_one: Becoming, scope: Scope) -> Iterator[Basic]:
    """Yield a line written so that nothing is left of the factors that become 1, and so that a 1 is left of each."""
    places = list(_becoming_one(line, becomes_one, scope))
    if places:
        yield _rewritten(line, places, _leaving_nothing)
        yield _rewritten(line, places, _leaving_one)


def _rewritten(
    line: Basic, places: Sequence[tuple[Path, list[Path]]], change: Callable[[Basic, list[Path]], Basic]
) -> Basic:
    for path, within in sorted(places, key=lambda place: -len(place[0])):
        line = put(line, path, change(at(line, path), within))
    return line


def _leaving_nothing(whole: Basic, places: list[Path]) -> Basic:
    """Return a product with a sign to each of some factors, since the 1 of -1 is no factor."""
    sign, found = factors(whole)
    parts = [(Neg.make((f.expr,)) if f.path in places and not f.inverse else f.expr, f.inverse) for f in found]
    return product(-sign if len(places) % 2 else sign, parts)


def _leaving_one(whole: Basic, places: list[Path]) -> Basic:
    """Return a product with its signs in front, and above one bar."""
    sign, found = factors(whole)
    return product(sign, [(f.expr, f.inverse) for f in found])


def _becoming_one(line: Basic, becomes_one: Becoming, scope: Scope) -> Iterator[tuple[Path, list[Path]]]:
    """Yield the products with factors that become 1, and the places of these in them."""
    stack: list[tuple[Basic, Path, Scope]] = [(line, (), scope)]
    while stack:
        e, path, here = stack.pop()
        whole = isinstance(e, (Mul, Div, Neg))
        found = factors(e)[1] if whole else []
        ones = [f.path for f in found if f.in_place and not f.inverse and becomes_one(f.expr, here)]
        if ones and len(found) > 1:
            yield path, ones
        parts = [(f.expr, f.path) for f in found if f.in_place] if whole else list(_arguments(e))
        for part, inner in reversed(parts):
            if part is not e:
                stack.append((part, (*path, *inner), here if whole or inner != (0,) else here.enter(e)))


def _arguments(e: Basic) -> Iterator[tuple[Basic, Path]]:
    for i, a in enumerate(e.args if isinstance(e, Node) else ()):
        if not (i == 1 and (e.binds or isinstance(e, Derivative))):
            yield a, (i,)
