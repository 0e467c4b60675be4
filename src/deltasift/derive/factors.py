"""The factors of a product under a sum, and where among them a name occurs."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.derive.forms import NOT_FACTORS, Part, joined, split
from deltasift.inert import Div, Mul, Node, free, mentions
from deltasift.inert.node import is_flat

FEW = 8  # factors that are looked through one by one
NONE: frozenset[int] = frozenset()


class Factors:
    """The factors of a product, each with a number that it keeps while others come and go.

    Where there are many, a table says for each name in which of them it may occur. It goes over from a product to the
    one that a sift makes of it, so that a chain of deltas is not looked through from its start for every one of them.
    """

    __slots__ = ("_below", "_exprs", "_where", "sign")

    def __init__(self, body: Basic) -> None:
        self.sign = 1
        self._below = NONE
        self._where: dict[Basic, list[int]] | None = None
        if type(body) is Mul and NOT_FACTORS.isdisjoint(map(type, body._args)):
            self._exprs = dict(enumerate(body._args))
            return
        self.sign, parts = split(body)
        self._exprs = {n: f for n, (f, _) in enumerate(parts)}
        self._below = frozenset(n for n, (_, below) in enumerate(parts) if below)

    def __len__(self) -> int:
        return len(self._exprs)

    def __getitem__(self, n: int) -> Basic:
        return self._exprs[n]

    @property
    def parts(self) -> list[Part]:
        """The factors in their order, each with whether it divides."""
        return [(f, n in self._below) for n, f in self._exprs.items()]

    def divides(self, n: int) -> bool:
        """Tell whether a factor stands below the fraction bar."""
        return n in self._below

    def is_of(self, heads: frozenset[type[Basic]]) -> bool:
        """Tell whether this is a product without sign and fraction of one or more factors with these heads alone."""
        exprs = self._exprs
        return self.sign == 1 and not self._below and bool(exprs) and heads.issuperset(map(type, exprs.values()))

    def mentioning(self, name: Basic) -> list[int]:
        """Return the numbers of the factors in which a name is free, in their order."""
        if len(self._exprs) <= FEW:
            return [n for n, f in self._exprs.items() if mentions(f, name)]
        if self._where is None:
            self._where = {}
            for n, f in self._exprs.items():
                self._enter(n, f)
        candidates = sorted(set(self._where.get(name, ())))
        return [n for n in candidates if n in self._exprs and mentions(self._exprs[n], name)]

    def _enter(self, n: int, f: Basic) -> None:
        assert self._where is not None
        flat = isinstance(f, Node) and is_flat(f)
        for name in (a for a in f.args if isinstance(a, Symbol)) if flat else free(f):
            self._where.setdefault(name, []).append(n)

    def take_out(self, n: int, changed: Mapping[int, Basic]) -> None:
        """Leave a factor out, and put new ones in the places of others."""
        del self._exprs[n]
        self._exprs.update(changed)
        if self._where is not None:
            for m, f in changed.items():
                self._enter(m, f)

    def value(self) -> Basic:
        """Return the product."""
        if self.sign == 1 and not self._below and len(self._exprs) > 1:
            return Mul.make(tuple(self._exprs.values()))
        return joined(self.sign, self.parts)

    def times(self, first: Basic) -> Basic:
        """Return the product with one more factor, before the others; a product among these is taken apart."""
        exprs = self._exprs
        if exprs and self.sign == 1 and not self._below and NOT_FACTORS.isdisjoint(map(type, exprs.values())):
            return Mul.make((first, *exprs.values()))
        value = self.value()
        kept = value.args if isinstance(value, Mul) else value.args[1:] if isinstance(value, Div) else ()
        if S.One in kept:  # as a rule does
            return Mul.make((first, value))
        sign, every = split(value)
        return joined(sign, [(first, False), *every])


class Products:
    """The factors of the products with many of them, by the product."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Basic, Factors]] = {}  # the product is kept, so that its id stays its own

    def factors(self, body: Basic) -> Factors:
        """Return the factors of a product, which the caller may change."""
        known = self._known.pop(id(body), None)
        return Factors(body) if known is None else known[1]

    def remember(self, body: Basic, factors: Factors) -> None:
        """Let it be known that these are the factors of a product."""
        if len(factors) > FEW:
            self._known[id(body)] = (body, factors)
