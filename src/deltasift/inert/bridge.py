"""The bridge between inert nodes and ordinary SymPy; there is no other.

`from_sympy` reads SymPy's objects (`reading.py`); `to_sympy`, here, builds them with SymPy's own evaluation, but
evaluates no sum, product, integral or derivative.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import sympy
from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.errors import BridgeError, DepthError, SizeError
from deltasift.inert.algebra import Add, Exp, Func, Log, Pow
from deltasift.inert.binders import At, Derivative, Integral, Product, Sum
from deltasift.inert.deltas import Delta, Dirac, Iverson, Piecewise
from deltasift.inert.functions import FUNCTIONS, Function
from deltasift.inert.magnitude import (
    DEGREE,
    PARTS,
    degree,
    refuse_high_degree,
    refuse_huge,
    refuse_huge_exponential,
    refuse_huge_function,
    refuse_huge_power,
)
from deltasift.inert.named import Expectation, Named
from deltasift.inert.node import Node, inert
from deltasift.inert.plan import MULTIPLICATIVE, Plan, factors_of
from deltasift.inert.reading import from_sympy
from deltasift.inert.relations import (
    And,
    Definition,
    Divides,
    Equality,
    IsInteger,
    Less,
    LessEqual,
    Not,
    Or,
    Unequal,
)
from deltasift.inert.tables import Apply, Entry

__all__ = ["DEEPEST", "FUNCTIONS", "from_sympy", "to_sympy"]

# With CPython's recursion limit of 1,000, SymPy 1.14 builds 200 nested heads of any kind and prints 150; a level that
# SymPy flattens (a sum in a sum, a factor, a sign) does not count.
DEEPEST = 150


class Scaled(NamedTuple):
    """A product while it is being built: SymPy would multiply `2*(x + y)` out before `1/z` has joined it."""

    number: Any
    rest: Any


Value = Any  # a SymPy object or a Scaled


def to_sympy(expr: Any, guard: bool = False, forward: Container[int] = ()) -> Any:
    """Return the ordinary SymPy object; sums, products and integrals stay unevaluated.

    Parameters
    ----------
    expr : expression
    guard : bool
        Where a range may be reversed, let it end at `Max(b, a - 1)`, so that a sum over it is 0 (a product 1): SymPy
        follows Karr's convention, by which `Sum(f, (k, a, b))` is minus the sum from b + 1 to a - 1.
    forward : container of int
        The `id` of each sum and product in the expression whose range is known not to be reversed, and needs no guard.

    Raises
    ------
    DepthError
        Where SymPy or CPython cannot go as deep as the expression.
    BridgeError
        For a statement that SymPy cannot make.
    SizeError
        Where SymPy would write out a number of thousands of digits.
    """
    root = inert(expr)
    plan = Plan(root)
    if plan.depth > DEEPEST:
        raise _too_deep(plan.depth)
    try:
        return _build(plan, guard, forward)
    except RecursionError:
        pass
    raise _too_deep(plan.depth)


def evaluated(expr: Any, **hints: Any) -> Any:
    """Return the ordinary SymPy object, evaluated by SymPy: its own conventions and its own mistakes included."""
    return to_sympy(expr).doit(**hints)


def _too_deep(depth: int) -> DepthError:
    return DepthError(f"the expression is nested {depth} deep; SymPy can follow about {DEEPEST}")


# --- the order of building ----------------------------------------------------------------------------------------


# --- building -----------------------------------------------------------------------------------------------------


def _build(plan: Plan, guard: bool, forward: Container[int]) -> Any:
    values: dict[int, Value] = {}
    for e in plan.order:
        operands = plan.operands[id(e)]
        if isinstance(e, MULTIPLICATIVE):
            factors, sign = factors_of(e, plan)
            values[id(e)] = _scaled([(values.get(id(a), a), below) for a, below in factors], sign)
            continue
        parts = [_whole(values.get(id(a), a)) for a in operands]
        try:
            values[id(e)] = _binder(e, parts, plan, guard, forward) if type(e) in RANGED else _write(e, parts)
        except (TypeError, ValueError, ZeroDivisionError) as refusal:
            raise BridgeError(f"SymPy refuses {type(e).__name__}: {refusal}") from refusal
    return _whole(values.get(id(plan.root), plan.root))


def _whole(value: Value) -> Any:
    return sympy.Mul(value.number, value.rest) if isinstance(value, Scaled) else value


def _scaled(factors: list[tuple[Value, bool]], sign: int) -> Scaled:
    number: Any = sympy.Integer(sign)
    rest: list[Any] = []
    for value, below in factors:
        n, r = value if isinstance(value, Scaled) else value.as_coeff_Mul(rational=True)
        if not below:
            number *= n
            rest.append(r)
        else:
            if n.is_zero:
                rest.append(S.ComplexInfinity)
            else:
                number /= n
            rest.extend(_power(f, S.NegativeOne) for f in (r.args if r.is_Mul else (r,)))
    n, r = sympy.Mul(*rest).as_coeff_Mul(rational=True)
    refuse_huge(number * n)
    return Scaled(number * n, r)


def _binder(e: Node, parts: Sequence[Any], plan: Plan, guard: bool, forward: Container[int]) -> Any:
    body, *rest = parts
    limits = [tuple(rest[i : i + 3]) for i in range(0, len(rest), 3)]
    if guard and not isinstance(e, Integral):
        limits = [
            (name, lo, hi if id(binder) in forward else _guarded(lo, hi))
            for (name, lo, hi), binder in zip(limits, _nested(e, plan), strict=True)
        ]
    if not _loses_cases(body, [name for name, _, _ in limits]):
        return RANGED[type(e)](body, *limits)
    whole = sympy.Expr.__new__(RANGED[type(e)])
    whole._args = (body, *(sympy.Tuple(*limit) for limit in limits))
    whole.is_commutative = True
    return whole


def _loses_cases(body: Any, names: list[Any]) -> bool:
    """Tell whether SymPy would take case distinctions out of binders inside, whose names their conditions speak of.

    It takes those that mention one of `names` out of all that is in the body, and multiplies out the sums and products
    of case distinctions, which is put off where they are many.
    """
    if not body.has(sympy.Piecewise) or not body.has(*RANGED.values()):
        return False
    if sum(p.has(*names) for p in body.atoms(sympy.Piecewise)) > MOST_CASES:
        return True
    return any(
        p.has(*names) and any(c.has(*inner.variables) for _, c in p.args)
        for inner in body.atoms(*RANGED.values())
        for p in inner.function.atoms(sympy.Piecewise)
    )


def _nested(e: Node, plan: Plan) -> list[Node]:
    """Return the binders that are written as one, innermost first."""
    found = [e]
    while plan.joins(found[-1].args[0], found[-1]):
        found.append(found[-1].args[0])
    return found[::-1]


def _guarded(lo: Any, hi: Any) -> Any:
    """Return an end at which a reversed range is empty; SymPy would move a Piecewise out of the binders around it."""
    return hi if (hi - lo + 1).is_extended_nonnegative else sympy.Max(hi, lo - 1)


def _write(e: Node, parts: list[Any]) -> Any:
    write = WRITERS.get(type(e))
    if write is None:
        raise BridgeError(f"{type(e).__name__} has no counterpart in SymPy")
    return write(e, parts)


def _pow(e: Any, parts: list[Any]) -> Any:
    refuse_huge_power(*parts)
    return _power(*parts)


def _power(base: Any, exponent: Any) -> Any:
    """Return a power; of a case distinction it has no case where it has no value, such as one over 0."""
    if base is S.Zero and exponent.as_coeff_Mul()[0].is_negative and not (exponent.is_number or exponent.is_negative):
        # SymPy makes `zoo**k` of `0**(-k)`, which is no number by its form; where -k < 0 there is no value to keep
        exponent = sympy.Max(0, exponent)
    made = sympy.Pow(base, exponent)
    if not isinstance(made, sympy.Piecewise) or not made.has(S.ComplexInfinity, S.NaN):
        return made
    cases = []
    for value, condition in base.args:
        if value.is_zero:
            cases.append((S.Zero, sympy.And(condition, sympy.Gt(exponent, 0))))
            cases.append((S.One, sympy.And(condition, sympy.Eq(exponent, 0))))
        cases.append((S.NaN if value.is_zero else sympy.Pow(value, exponent), condition))
    return sympy.Piecewise(*_valued(cases))


def _valued(cases: Sequence[Any]) -> list[Any]:
    """Return the cases that have a value, each where no case before it holds that has none."""
    kept, excluded = [], []
    for value, condition in cases:
        if value.has(S.NaN, S.ComplexInfinity):
            excluded.append(sympy.Not(condition))
        else:
            kept.append((value, sympy.And(condition, *excluded)))
    return kept


def _cases(e: Any, parts: list[Any]) -> Any:
    cases = list(zip(parts[::2], parts[1::2], strict=True))
    if any(value.has(S.NaN, S.ComplexInfinity) for value, _ in cases):
        cases = _valued(cases) or cases
    return sympy.Piecewise(*cases)


def _exp(e: Any, parts: list[Any]) -> Any:
    refuse_huge_exponential(*parts)
    return sympy.exp(*parts)


def _dirac(e: Any, parts: list[Any]) -> Any:
    refuse_high_degree("a Dirac delta", e.args[0])
    return sympy.DiracDelta(*(parts[:1] if parts[1] == 0 else parts))


def _func(e: Any, parts: list[Any]) -> Any:
    if e.name not in FUNCTIONS:
        raise BridgeError(f"SymPy has no function named {e.name}")
    known = FUNCTIONS[e.name]
    if known.definition is not None:
        if len(parts) != known.arity:
            raise BridgeError(f"{e.name} takes {known.arity} argument, and not {len(parts)}")
        names, definition = _defined(known)
        return definition.xreplace(dict(zip(names, parts, strict=True)))
    refuse_huge_function(e.name, parts)
    if e.name in PARTS:
        refuse_high_degree(e.name, e.args[1])
    value = known.in_sympy(*parts)
    refuse_huge(value)
    return value


@lru_cache(maxsize=256)
def _defined(known: Function) -> tuple[Sequence[Any], Any]:
    """Return what a function is by definition, of names that stand for nothing else."""
    names = [sympy.Dummy() for _ in range(known.arity)]
    return names, to_sympy(known.defined([inert(name) for name in names]))


@lru_cache(maxsize=256)
def _table(name: Symbol) -> Any:
    """Return the table of a name, the same object for all of its entries."""
    return sympy.IndexedBase(name)


def _apply(e: Any, parts: list[Any]) -> Any:
    label = e.function
    return sympy.Function(label.name, **label._assumptions_orig)(*parts)


def _plain(head: Any) -> Callable[[Node, list[Any]], Any]:
    return lambda e, parts: head(*parts)


MOST_CASES = 4  # case distinctions that SymPy may multiply out
RANGED: dict[type, Any] = {Sum: sympy.Sum, Product: sympy.Product, Integral: sympy.Integral}
WRITERS: dict[type[Node], Callable[[Any, list[Any]], Any]] = {
    Add: _plain(sympy.Add),
    Pow: _pow,
    Log: _plain(sympy.log),
    Exp: _exp,
    Func: _func,
    Derivative: lambda e, p: sympy.Derivative(p[0], (p[1], p[2])),
    At: _plain(sympy.Subs),
    Delta: _plain(sympy.KroneckerDelta),
    Dirac: _dirac,
    Iverson: lambda e, p: sympy.Piecewise((1, p[0]), (0, True)),
    Piecewise: _cases,
    Entry: lambda e, p: sympy.Indexed(_table(e.table), *p),
    Apply: _apply,
    Named: lambda e, p: p[0],
    Expectation: lambda e, p: p[0],
    Equality: _plain(sympy.Eq),
    Definition: _plain(sympy.Eq),
    LessEqual: _plain(sympy.Le),
    Less: _plain(sympy.Lt),
    Unequal: _plain(sympy.Ne),
    And: _plain(sympy.And),
    Or: _plain(sympy.Or),
    Not: _plain(sympy.Not),
    Divides: lambda e, p: sympy.Eq(sympy.Mod(p[1], p[0]), 0),
    IsInteger: lambda e, p: sympy.Eq(sympy.floor(p[0]), p[0]),
}


def to_polynomial(expr: Basic, name: Basic) -> sympy.Poly | None:
    """Return an expression as a polynomial in a name with rational coefficients, None where it is none."""
    if degree(expr) > DEGREE:
        return None
    try:
        return sympy.Poly(to_sympy(expr) if isinstance(expr, Node) else expr, name, domain="QQ")
    except (sympy.PolynomialError, sympy.CoercionFailed, BridgeError, DepthError, SizeError):
        return None
