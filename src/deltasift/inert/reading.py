"""From ordinary SymPy to inert nodes: one walk, in which nothing is evaluated, sorted or sympified.

Each head of SymPy has a reader: which parts it is made of, and what is built over them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy
from sympy import Integer, Rational, S, Symbol
from sympy.core.basic import Basic
from sympy.core.function import AppliedUndef
from sympy.core.numbers import NumberSymbol
from sympy.core.symbol import Str
from sympy.logic.boolalg import BooleanAtom
from sympy.tensor.indexed import Idx

from deltasift.errors import BridgeError, ExpressionError
from deltasift.inert import algebra, binders, deltas, relations, tables
from deltasift.inert.functions import FUNCTIONS
from deltasift.inert.node import NOTHING, Node, given_of, join

Parts = Sequence[Basic]
Reader = tuple[Callable[[Basic], Parts], Callable[[Basic, Parts], Basic]]


def from_sympy(expr: Any) -> Basic:
    """Return an ordinary SymPy object as an inert expression.

    Quotients and differences take their textbook shape, `a*b**-1` being `a/b`; otherwise the order is SymPy's. Our own
    nodes inside are kept as they are. An `Idx` becomes its label, and the shape of an `IndexedBase` is not kept.

    Raises
    ------
    BridgeError
        For an object without an inert counterpart: an indefinite integral, a matrix, `nan`.
    ExpressionError
        For a float.
    """
    read: dict[int, Basic] = {}
    stack: list[tuple[Basic, Parts | None]] = [(expr, None)]
    while stack:
        e, parts = stack.pop()
        if id(e) in read:
            continue
        if parts is None:
            if not e.args or isinstance(e, (Node, Idx)):
                read[id(e)] = _leaf(e)
                continue
            parts = _reader(e)[0](e)
            waiting = [part for part in parts if id(part) not in read]
            if waiting:
                stack.append((e, parts))
                stack.extend((part, None) for part in waiting)
                continue
        read[id(e)] = _reader(e)[1](e, [read[id(part)] for part in parts])
    return read[id(expr)]


def _leaf(e: Basic) -> Basic:
    if isinstance(e, (Node, Rational, NumberSymbol, BooleanAtom, Str)):
        return e
    if e in (S.Infinity, S.NegativeInfinity, S.ImaginaryUnit):
        return e
    if isinstance(e, Symbol):
        if not e.is_commutative:
            raise BridgeError(f"{e} does not commute: only numbers and names of numbers can be read")
        return e
    if e.is_Float:
        raise ExpressionError(f"the float {e} is not exact: write a fraction, S(1)/2")
    if isinstance(e, Idx):
        return e.label
    raise BridgeError(f"{e} has no value that could stand on a page ({type(e).__name__})")


def _reader(e: Basic) -> Reader:
    reader = READERS.get(type(e))
    if reader is None:
        if not isinstance(e, AppliedUndef):
            raise BridgeError(f"{type(e).__name__} has no inert counterpart")
        reader = (_args, _apply)
    return reader


def _make(head: type[Node], *args: Basic) -> Node:
    given = NOTHING
    for a in args:
        given = join(given, given_of(a))
    return head.make(args, given)


# --- parts --------------------------------------------------------------------------------------------------------


def _args(e: Basic) -> Parts:
    return e.args  # type: ignore[no-any-return]


def _flat_args(e: Basic) -> Parts:
    """Return the function and then what its limits, pairs or counts are made of."""
    return [part for a in e.args for part in (a.args if isinstance(a, sympy.Tuple) else (a,))]


def _factors(e: Basic) -> Parts:
    return [a.base if _is_below(a) else a for a in e.args]


def _is_below(e: Basic) -> bool:
    """Tell whether a factor belongs below the fraction bar."""
    return type(e) is sympy.Pow and e.exp.is_Rational and e.exp.is_negative


# --- algebra ------------------------------------------------------------------------------------------------------


def _add(e: Basic, parts: Parts) -> Basic:
    return _make(algebra.Add, *(_make(algebra.Neg, -p) if _is_negative(p) else p for p in parts))


def _is_negative(e: Basic) -> bool:
    return isinstance(e, Rational) and e.p < 0


def _mul(e: Basic, parts: Parts) -> Basic:
    number, above, below = S.One, [], []
    for a, part in zip(e.args, parts, strict=True):
        if isinstance(a, Rational):
            number *= a
        elif _is_below(a):
            below.append(_power(part, -a.exp))
        else:
            above.append(part)
    if abs(number.p) != 1:
        above.insert(0, Integer(abs(number.p)))
    if number.q != 1:
        below.insert(0, Integer(number.q))
    product = _times(above)
    if below:
        product = _make(algebra.Div, product, _times(below))
    return _make(algebra.Neg, product) if number.p < 0 else product


def _times(factors: Parts) -> Basic:
    if not factors:
        return S.One
    return factors[0] if len(factors) == 1 else _make(algebra.Mul, *factors)


def _power(base: Basic, exponent: Basic) -> Basic:
    return base if exponent is S.One else _make(algebra.Pow, base, exponent)


def _pow(e: Basic, parts: Parts) -> Basic:
    if _is_below(e):
        return _make(algebra.Div, S.One, _power(parts[0], -e.exp))
    return _make(algebra.Pow, *parts)


# --- binders ------------------------------------------------------------------------------------------------------


def _binder(head: type[Node]) -> Callable[[Basic, Parts], Basic]:
    def build(e: Basic, parts: Parts) -> Basic:
        for limit in e.args[1:]:
            if len(limit) != 3:
                raise BridgeError(f"{head.__name__} over {limit[0]} needs a lower and an upper bound")
        expr = parts[0]
        for i in range(1, len(parts), 3):
            if not isinstance(parts[i], Symbol):
                raise BridgeError(f"{head.__name__} over {parts[i]}: only a name can be bound")
            expr = _make(head, expr, *parts[i : i + 3])
        return expr

    return build


def _derivative(e: Basic, parts: Parts) -> Basic:
    expr = parts[0]
    for name, count in zip(parts[1::2], parts[2::2], strict=True):
        if not isinstance(name, Symbol):
            raise BridgeError(f"a derivative by {name}: only a derivative by a name can be read")
        expr = _make(binders.Derivative, expr, name, count)
    return expr


# --- deltas, tables, relations ------------------------------------------------------------------------------------


def _kronecker(e: Basic, parts: Parts) -> Basic:
    i, j, *bounds = parts
    delta = _make(deltas.Delta, i, j)
    if not bounds:
        return delta
    inside = (_make(relations.LessEqual, bounds[0], i), _make(relations.LessEqual, i, bounds[1]))
    return _make(algebra.Mul, delta, _make(deltas.Iverson, _make(relations.And, *inside)))


def _dirac(e: Basic, parts: Parts) -> Basic:
    return _make(deltas.Dirac, *parts) if len(parts) == 2 else _make(deltas.Dirac, *parts, S.Zero)


def _indexed_parts(e: Basic) -> Parts:
    return e.args[1:]  # type: ignore[no-any-return]


def _indexed(e: Basic, parts: Parts) -> Basic:
    label = e.base.label if hasattr(e.base, "label") else e.base
    if not isinstance(label, Symbol):
        raise BridgeError(f"entries of {type(label).__name__}: only a name has entries")
    if label.assumptions0 != e.base.assumptions0:
        label = Symbol(label.name, **e.base.assumptions0)
    return _make(tables.Entry, label, *parts)


def _apply(e: Basic, parts: Parts) -> Basic:
    return _make(tables.Apply, Symbol(e.func.__name__, **e.func._kwargs), *parts)


def _function(name: str) -> Callable[[Basic, Parts], Basic]:
    label = Str(name)
    return lambda e, parts: _make(algebra.Func, label, *parts)


def _step(e: Basic, parts: Parts) -> Basic:
    """Read the Heaviside function; its value 1/2 at 0 is what SymPy means by one argument."""
    return _make(algebra.Func, Str("Heaviside"), *(parts[:1] if parts[1] == S.Half else parts))


def _node(head: type[Node]) -> Callable[[Basic, Parts], Basic]:
    return lambda e, parts: _make(head, *parts)


def _reversed(head: type[Node]) -> Callable[[Basic, Parts], Basic]:
    return lambda e, parts: _make(head, *reversed(parts))


READERS: dict[Any, Reader] = {
    **{head: (_args, _function(name)) for name, head in FUNCTIONS.items()},
    sympy.Heaviside: (_args, _step),
    sympy.Add: (_args, _add),
    sympy.Mul: (_factors, _mul),
    sympy.Pow: (lambda e: e.args[:1] if _is_below(e) else e.args, _pow),
    sympy.log: (_args, _node(algebra.Log)),
    sympy.exp: (_args, _node(algebra.Exp)),
    sympy.Sum: (_flat_args, _binder(binders.Sum)),
    sympy.Product: (_flat_args, _binder(binders.Product)),
    sympy.Integral: (_flat_args, _binder(binders.Integral)),
    sympy.Derivative: (_flat_args, _derivative),
    sympy.KroneckerDelta: (_flat_args, _kronecker),
    sympy.DiracDelta: (_args, _dirac),
    sympy.Piecewise: (_flat_args, _node(deltas.Piecewise)),
    sympy.Indexed: (_indexed_parts, _indexed),
    sympy.Eq: (_args, _node(relations.Equality)),
    sympy.Ne: (_args, _node(relations.Unequal)),
    sympy.Le: (_args, _node(relations.LessEqual)),
    sympy.Lt: (_args, _node(relations.Less)),
    sympy.Ge: (_args, _reversed(relations.LessEqual)),
    sympy.Gt: (_args, _reversed(relations.Less)),
    sympy.And: (_args, _node(relations.And)),
    sympy.Or: (_args, _node(relations.Or)),
    sympy.Not: (_args, _node(relations.Not)),
}
