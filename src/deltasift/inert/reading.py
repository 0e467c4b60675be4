"""From ordinary SymPy to inert nodes: one walk, in which nothing is evaluated, sorted or sympified.

Each head of SymPy has a reader: what is built over its parts, once they are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import factorial, prod
from typing import Any

import sympy
from sympy import Integer, Rational, S, Symbol
from sympy.core.basic import Basic
from sympy.core.function import AppliedUndef
from sympy.core.numbers import Half, NegativeOne, NumberSymbol, One, Zero
from sympy.core.symbol import Str
from sympy.logic.boolalg import BooleanAtom
from sympy.tensor.indexed import Idx

from deltasift.errors import BridgeError, ExpressionError
from deltasift.inert import algebra, binders, deltas, relations, tables
from deltasift.inert.functions import FUNCTIONS
from deltasift.inert.node import Node, free, given_of, join
from deltasift.inert.visit import postorder
from deltasift.inert.walk import Parts, Reader, Walk

MOST_INDICES = 4  # of a Levi-Civita symbol
NUMBERS = frozenset((Integer, Rational, Half, NegativeOne, One, Zero))  # the types of SymPy's exact numbers
CONSTANTS = (S.Infinity, S.NegativeInfinity, S.ImaginaryUnit)
SHAPED = NUMBERS | {sympy.Pow}  # factors that may stand before a product, or below its fraction bar


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
    walk = Walk(READERS, _other)
    result = walk.result(expr)
    if any(node._given for node in walk.kept):
        _bring(result, walk.kept)
    return result


def _bring(expr: Basic, kept: list[Node]) -> None:
    """Let what was built around our own nodes know the domains with which these were written."""
    own = {id(e) for node in kept for e in postorder(node)}
    for e in postorder(expr):
        if isinstance(e, Node) and id(e) not in own:
            for a in e._args:
                e._given = join(e._given, given_of(a))


# --- leaves, and what has no reader -------------------------------------------------------------------------------


def _symbol(e: Any, walk: Walk) -> Basic:
    if not e.is_commutative:
        raise BridgeError(f"{e} does not commute: only numbers and names of numbers can be read")
    return e


def _number(e: Any, walk: Walk) -> Basic:
    return e


def _other(e: Any, walk: Walk) -> Basic:
    if isinstance(e, Node):
        walk.kept.append(e)
        return e
    if isinstance(e, AppliedUndef) and e.args:
        return tables.Apply.make((walk.name(type(e), _function_name), *walk.parts(e._args)))
    if isinstance(e, Symbol):
        return _symbol(e, walk)
    if isinstance(e, (Rational, NumberSymbol, BooleanAtom, Str)) or e in CONSTANTS:
        return e
    if e.is_Float:
        raise ExpressionError(f"the float {e} is not exact: write a fraction, S(1)/2")
    if isinstance(e, Idx):
        return e.label
    if e.args:
        raise BridgeError(f"{type(e).__name__} has no inert counterpart")
    raise BridgeError(f"{e} has no value that could stand on a page ({type(e).__name__})")


# --- algebra ------------------------------------------------------------------------------------------------------


def _add(e: Any, walk: Walk) -> Basic:
    terms = walk.parts(e._args)
    if not NUMBERS.isdisjoint(map(type, terms)):
        terms = tuple(algebra.Neg.make((-a,)) if type(a) in NUMBERS and a.p < 0 else a for a in terms)
    return algebra.Add.make(terms)


def _mul(e: Any, walk: Walk) -> Basic:
    if SHAPED.isdisjoint(map(type, e._args)):
        return _times(walk.parts(e._args))
    number, above, below = S.One, [], []
    parts = walk.parts(a.base if _is_below(a) else a for a in e._args)
    for a, part in zip(e._args, parts, strict=True):
        if type(a) in NUMBERS:
            number *= a
        elif _is_below(a):
            below.append(_power(part, -a.exp))
        else:
            above.append(part)
    if abs(number.p) != 1:
        above.insert(0, Integer(abs(number.p)))
    if number.q != 1:
        below.insert(0, Integer(number.q))
    product = _times(tuple(above))
    if below:
        product = algebra.Div.make((product, _times(tuple(below))))
    return algebra.Neg.make((product,)) if number.p < 0 else product


def _times(factors: Parts) -> Basic:
    if not factors:
        return S.One
    return factors[0] if len(factors) == 1 else algebra.Mul.make(factors)


def _is_below(e: Basic) -> bool:
    """Tell whether a factor belongs below the fraction bar."""
    return type(e) is sympy.Pow and type(e.exp) in NUMBERS and e.exp.p < 0


def _power(base: Basic, exponent: Basic) -> Basic:
    return base if exponent is S.One else algebra.Pow.make((base, exponent))


def _pow(e: Any, walk: Walk) -> Basic:
    if _is_below(e):
        (base,) = walk.parts((e.base,))
        return algebra.Div.make((S.One, _power(base, -e.exp)))
    return algebra.Pow.make(walk.parts(e._args))


# --- binders ------------------------------------------------------------------------------------------------------


def _binder(head: type[Node]) -> Reader:
    def read(e: Any, walk: Walk) -> Basic:
        for limit in e.args[1:]:
            if len(limit) != 3:
                raise BridgeError(f"{head.__name__} over {limit[0]} needs a lower and an upper bound")
        expr, *limits = walk.parts(_flat_args(e))
        for i in range(0, len(limits), 3):
            if not isinstance(limits[i], Symbol):
                raise BridgeError(f"{head.__name__} over {limits[i]}: only a name can be bound")
            expr = head.make((expr, *limits[i : i + 3]))
        return expr

    return read


def _flat_args(e: Any) -> Iterable[Basic]:
    """Return what comes first and then what the limits, pairs or counts are made of."""
    return [part for a in e._args for part in (a.args if isinstance(a, sympy.Tuple) else (a,))]


def _derivative(e: Any, walk: Walk) -> Basic:
    expr, *counts = walk.parts(_flat_args(e))
    for name, count in zip(counts[::2], counts[1::2], strict=True):
        if not isinstance(name, (Symbol, tables.Entry, tables.Apply)):
            raise BridgeError(f"a derivative by {name}: only one by a name or an entry of a table can be read")
        expr = binders.Derivative.make((expr, name, count))
    return expr


def _subs(e: Any, walk: Walk) -> Basic:
    expr, *parts = walk.parts((e.expr, *e.variables, *e.point))
    count = len(parts) // 2
    if count > 1 and any(name in free(point) for name in parts[:count] for point in parts[count:]):
        raise BridgeError("values at several names at once, which occur in the points")
    for name, point in zip(parts[:count], parts[count:], strict=True):
        expr = binders.At.make((expr, name, point))
    return expr


# --- deltas, tables, relations ------------------------------------------------------------------------------------


def _levi_civita(e: Any, walk: Walk) -> Basic:
    return levi_civita(*walk.parts(e._args))


def levi_civita(*parts: Basic) -> Basic:
    """Return the Levi-Civita symbol as what SymPy says that it is for all integers: a product of differences."""
    if len(parts) > MOST_INDICES:
        raise BridgeError(f"LeviCivita of more than {MOST_INDICES} indices is not read")
    differences = [
        algebra.Add.make((parts[n], algebra.Neg.make((parts[m],)))) for n in range(len(parts)) for m in range(n)
    ]
    below = Integer(prod(factorial(n) for n in range(len(parts))))
    above = algebra.Mul.make(tuple(differences)) if len(differences) > 1 else differences[0]
    return above if below == 1 else algebra.Div.make((above, below))


def _kronecker(e: Any, walk: Walk) -> Basic:
    if len(e._args) == 2:
        return deltas.Delta.make(walk.parts(e._args))
    i, j, lo, hi = walk.parts(_flat_args(e))
    inside = relations.And.make((relations.LessEqual.make((lo, i)), relations.LessEqual.make((i, hi))))
    return algebra.Mul.make((deltas.Delta.make((i, j)), deltas.Iverson.make((inside,))))


def _dirac(e: Any, walk: Walk) -> Basic:
    return deltas.Dirac.make(walk.parts(e._args if len(e._args) == 2 else (*e._args, S.Zero)))


def _piecewise(e: Any, walk: Walk) -> Basic:
    return deltas.Piecewise.make(walk.parts(_flat_args(e)))


def _indexed(e: Any, walk: Walk) -> Basic:
    return tables.Entry.make((walk.name(e._args[0], _table), *walk.parts(e._args[1:])))


def _table(base: Any) -> Symbol:
    label = base.label if hasattr(base, "label") else base
    if not isinstance(label, Symbol):
        raise BridgeError(f"entries of {type(label).__name__}: only a name has entries")
    if label.assumptions0 != base.assumptions0:
        label = Symbol(label.name, **base.assumptions0)
    return label


def _function_name(head: Any) -> Symbol:
    return Symbol(head.__name__, **head._kwargs)


def _function(name: str) -> Reader:
    label = Str(name)
    return lambda e, walk: algebra.Func.make((label, *walk.parts(e._args)))


def _step(e: Any, walk: Walk) -> Basic:
    """Read the Heaviside function; its value 1/2 at 0 is what SymPy means by one argument."""
    argument, at_zero = walk.parts(e._args)
    return algebra.Func.make((Str("Heaviside"), argument, *(() if at_zero == S.Half else (at_zero,))))


def _node(head: type[Node]) -> Reader:
    return lambda e, walk: head.make(walk.parts(e._args))


def _reversed(head: type[Node]) -> Reader:
    return lambda e, walk: head.make(walk.parts(e._args)[::-1])


READERS: dict[Any, Reader] = {
    **{f.in_sympy: _function(name) for name, f in FUNCTIONS.items() if f.definition is None},
    **dict.fromkeys(NUMBERS, _number),
    sympy.Symbol: _symbol,
    sympy.Heaviside: _step,
    sympy.Add: _add,
    sympy.Mul: _mul,
    sympy.Pow: _pow,
    sympy.log: _node(algebra.Log),
    sympy.exp: _node(algebra.Exp),
    sympy.Sum: _binder(binders.Sum),
    sympy.Product: _binder(binders.Product),
    sympy.Integral: _binder(binders.Integral),
    sympy.Derivative: _derivative,
    sympy.Subs: _subs,
    sympy.KroneckerDelta: _kronecker,
    sympy.LeviCivita: _levi_civita,
    sympy.DiracDelta: _dirac,
    sympy.Piecewise: _piecewise,
    sympy.Indexed: _indexed,
    sympy.Eq: _node(relations.Equality),
    sympy.Ne: _node(relations.Unequal),
    sympy.Le: _node(relations.LessEqual),
    sympy.Lt: _node(relations.Less),
    sympy.Ge: _reversed(relations.LessEqual),
    sympy.Gt: _reversed(relations.Less),
    sympy.And: _node(relations.And),
    sympy.Or: _node(relations.Or),
    sympy.Not: _node(relations.Not),
}
