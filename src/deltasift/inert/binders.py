"""Sums, products, integrals, derivatives and values at a point: the nodes about a name in their body."""

from __future__ import annotations

from typing import Any, ClassVar

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.errors import ExpressionError
from deltasift.inert.node import Given, Node, build, given_of, inert, join
from deltasift.inert.tables import Apply, Entry

Limit = tuple[Symbol, Basic, Basic, Given]


def read_limit(limit: Any) -> Limit:
    """Read `(k, lo, hi)` or an index handle, which knows its range."""
    if not isinstance(limit, Basic) and hasattr(limit, "limit"):
        var, lo, hi = limit.limit
        return var, lo, hi, given_of(limit)
    try:
        name, lo, hi = limit
    except (TypeError, ValueError):
        raise ExpressionError(
            f"{limit!r} is not a range: write (k, lo, hi), or an index that knows its range"
        ) from None
    var = inert(name)
    if not isinstance(var, Symbol):
        raise ExpressionError(f"{name} cannot be bound: only a name can")
    given = join(given_of(name), join(given_of(lo), given_of(hi)))
    return var, inert(lo), inert(hi), given


class Binder(Node):
    """A node over a range: `args` is (body, name, lower bound, upper bound).

    Several limits nest as in SymPy, the last one outermost.
    """

    __slots__ = ()
    binds: ClassVar[bool] = True
    precedence: ClassVar[int] = 45

    def __new__(cls, body: Any, *limits: Any) -> Node:
        if not limits:
            raise ExpressionError(f"{cls.__name__} needs a range")
        expr, given = inert(body), given_of(body)
        for limit in limits:
            var, lo, hi, more = read_limit(limit)
            given = join(given, more)
            expr = cls.make((expr, var, lo, hi), given)
        assert isinstance(expr, Node)
        return expr

    @property
    def body(self) -> Basic:
        return self.args[0]

    @property
    def var(self) -> Symbol:
        return self.args[1]

    @property
    def lo(self) -> Basic:
        return self.args[2]

    @property
    def hi(self) -> Basic:
        return self.args[3]


class Fold(Binder):
    """A binder that takes the values at all integers of a range together.

    Attributes
    ----------
    unit : number or None
        The value over an empty or reversed range; None where there is none.
    sign : str
        What alphabets print it by.
    called : str
        Python's function of the values.
    """

    __slots__ = ()
    unit: ClassVar[Basic | None]
    sign: ClassVar[str]
    called: ClassVar[str]


class Sum(Fold):
    """A finite or infinite sum over integers; over an empty or reversed range it is 0."""

    __slots__ = ()
    unit, sign, called = S.Zero, "sum", "sum"


class Product(Fold):
    """A finite or infinite product over integers; over an empty or reversed range it is 1."""

    __slots__ = ()
    unit, sign, called = S.One, "product", "prod"


class Maximum(Fold):
    """The largest value over a finite range of integers; over an empty one there is none."""

    __slots__ = ()
    unit, sign, called = None, "max", "max"


class Minimum(Fold):
    """The smallest value over a finite range of integers; over an empty one there is none."""

    __slots__ = ()
    unit, sign, called = None, "min", "min"


FOLDS: tuple[type[Fold], ...] = (Sum, Product, Maximum, Minimum)


class Integral(Binder):
    """An integral over an interval; `Integral(f, x)` with a declared real x is over the whole line."""

    __slots__ = ()

    def __new__(cls, body: Any, *limits: Any) -> Node:
        whole = [
            (x, S.NegativeInfinity, S.Infinity) if isinstance(x, Symbol) or not isinstance(x, tuple) else x
            for x in limits
        ]
        return super().__new__(cls, body, *whole)


class Derivative(Node):
    """The derivative of an expression with respect to a name or an entry of a table, `count` times.

    Nothing is bound: a derivative is taken where the names and the entries have the values they have.
    """

    __slots__ = ()
    precedence: ClassVar[int] = 50

    def __new__(cls, body: Any, name: Any, count: Any = 1) -> Node:
        if not isinstance(inert(name), (Symbol, Entry, Apply)):
            raise ExpressionError(f"{name} is neither a name nor an entry of a table to differentiate by")
        return build(cls, (body, name, count))

    @property
    def varied(self) -> Symbol:
        """The name that is differentiated by, or that of the table."""
        by = self.args[1]
        return by.args[0] if isinstance(by, Node) else by


class At(Node):
    """The value of an expression, as a function of a name, at a point: `At(Derivative(f(x), x), x, a)` is f'(a)."""

    __slots__ = ()
    binds: ClassVar[bool] = True

    def __new__(cls, body: Any, name: Any, point: Any) -> Node:
        if not isinstance(inert(name), Symbol):
            raise ExpressionError(f"{name} is not a name that could have a value")
        return build(cls, (body, name, point))
