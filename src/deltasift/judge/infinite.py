"""What it takes that a sum of weighted logarithms is infinite: one term that is, and none that is minus infinity.

`Infinite(f, j)` says of `f`, which is `c * sum_k w(k) log(u(k)/v(k))` or `-c * sum_k w(k) log v(k)` over finitely many
k with c > 0, that each term is a number or infinite, `x log(x/0)` being infinite for x > 0 and 0 for x = 0, and that
the term at j is infinite. So its chain leads from 0 to `w(j)`, which it shows to be positive; beside it v is 0 at j,
and weights and arguments are nowhere negative. Where u may be 0 it is a factor of w, since `log 0` is minus infinity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.inert import (
    Div,
    Equality,
    ForAll,
    Infinite,
    IsInteger,
    Less,
    LessEqual,
    Log,
    Mul,
    Named,
    Neg,
    Sum,
    free,
    postorder,
    substitute,
)
from deltasift.inert.algebra import INFINITE
from deltasift.judge.context import Context, World
from deltasift.judge.meaning import may_be_complex
from deltasift.judge.need import needs
from deltasift.judge.optimum import Reduced
from deltasift.judge.record import RejectedError
from deltasift.judge.term import read, same


@dataclass(frozen=True)
class Product:
    """A sign, factors above a fraction bar, and factors below one."""

    sign: int
    above: tuple[Basic, ...]
    below: tuple[Basic, ...]

    def without(self, factor: Basic) -> Product:
        """Return the product without one of its factors above, the same object."""
        return Product(self.sign, tuple(e for e in self.above if e is not factor), self.below)

    def positives(self) -> Iterator[Basic]:
        """Yield that each factor is positive."""
        for e in (*self.above, *self.below):
            yield Less(0, e)


def infinite(claim: Infinite, world: World) -> Reduced:
    """Return what it comes to that a sum is infinite.

    Raises
    ------
    RejectedError
        If nothing on the page could show it.
    """
    f, j = claim.args
    world = replace(world, names=world.names | {e for e in free(claim) if isinstance(e, Symbol)})  # no line speaks of f
    outside, whole = _sum_in(f)
    inside = _product(whole.body)
    logs = [e for e in inside.above if isinstance(e, Log)]
    if len(logs) != 1:
        raise RejectedError(f"the terms of {whole} are no weighted logarithms")
    weight = inside.without(logs[0])
    ratio = _product(logs[0].args[0])
    above, below = _written(ratio.above), _written(ratio.below)
    if ratio.sign < 0:
        raise RejectedError(f"{logs[0].args[0]} has a sign, which is to be worked out")
    is_quotient = bool(ratio.below)
    if outside.sign * inside.sign != (1 if is_quotient else -1):
        raise RejectedError(f"{f} is not positive where a term of it is infinite")
    if any(may_be_complex(read(e), world) for e in (f, j)):
        raise RejectedError(f"{f} may be no real number")
    if not INFINITE.isdisjoint(postorder(f)):
        raise RejectedError(f"{f} is made of infinite ends")
    w = _quotient(weight)
    zero = below if is_quotient else above
    everywhere = [LessEqual(0, w), LessEqual(0, zero)]
    if is_quotient:
        is_in_weight = any(same(read(e), read(above)) for e in weight.above)
        everywhere.append(LessEqual(0, above) if is_in_weight else Less(0, above))
    limit = whole.args[1:]
    stated = (
        IsInteger(j),
        LessEqual(whole.lo, j),
        LessEqual(j, whole.hi),
        Equality(substitute(zero, {whole.var: j}), 0),
        *(ForAll.make((s, *limit)) for s in everywhere),
        *outside.positives(),
    )
    needed = tuple(need for s in stated for need in needs(read(s), Context(world)))
    return Reduced(Less(0, substitute(w, {whole.var: j})), stated, needed, world)


def _sum_in(f: Basic) -> tuple[Product, Sum]:
    """Return by what a sum over an index is multiplied, and the sum, quantities being what they stand for."""
    sign, above, below = 1, list[Basic](), list[Basic]()
    todo = f
    while not isinstance(todo, Sum):
        if isinstance(todo, Named):
            todo = todo.definition
            continue
        parts = _product(todo)
        inner = [e for e in parts.above if isinstance(e, (Sum, Named))]
        if len(inner) != 1 or inner[0] is todo:
            raise RejectedError(f"{f} is no sum of terms of which one could be infinite")
        sign *= parts.sign
        above += parts.without(inner[0]).above
        below += parts.below
        todo = inner[0]
    if todo.var in free(Mul.make((S.One, *above, *below))):
        raise RejectedError(f"{todo.var} is a name inside of {todo} and outside of it")
    return Product(sign, tuple(above), tuple(below)), todo


def _product(e: Basic) -> Product:
    """Return the factors of an expression, signs and fraction bars taken apart."""
    if isinstance(e, Neg):
        inner = _product(e.args[0])
        return Product(-inner.sign, inner.above, inner.below)
    if isinstance(e, Mul):
        parts = [_product(a) for a in e.args]
        sign = -1 if sum(p.sign < 0 for p in parts) % 2 else 1
        return Product(sign, tuple(x for p in parts for x in p.above), tuple(x for p in parts for x in p.below))
    if isinstance(e, Div):
        over, under = map(_product, e.args)
        return Product(over.sign * under.sign, over.above + under.below, over.below + under.above)
    if e.is_Rational and e < 0:
        return Product(-1, (-e,), ())
    return Product(1, (e,), ())


def _written(factors: Sequence[Basic]) -> Basic:
    return Mul.make(tuple(factors)) if len(factors) > 1 else factors[0] if factors else S.One


def _quotient(p: Product) -> Basic:
    above = _written(p.above)
    return Div.make((above, _written(p.below))) if p.below else above
