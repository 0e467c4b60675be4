"""Sums, products, quotients, powers, logarithms and exponentials of a line, as written."""

from __future__ import annotations

from typing import Any, ClassVar

from sympy import Integer, S
from sympy.core.basic import Basic
from sympy.core.numbers import Number
from sympy.core.symbol import Str

from deltasift.errors import ExpressionError
from deltasift.inert.node import NOTHING, Node, build, given_of, inert, join

INFINITE = frozenset((S.Infinity, S.NegativeInfinity))  # ends of ranges, and no numbers


class Add(Node):
    """A sum of two or more terms, `a + b - c` being `Add(a, b, Neg(c))`."""

    __slots__ = ()
    precedence: ClassVar[int] = 40

    def __new__(cls, *terms: Any) -> Node:
        return build(cls, _at_least_two("a sum", terms))


class Mul(Node):
    """A product of two or more factors, in the order in which they were written."""

    __slots__ = ()
    precedence: ClassVar[int] = 50

    def __new__(cls, *factors: Any) -> Node:
        return build(cls, _at_least_two("a product", factors))


class Neg(Node):
    """The negative `-a`."""

    __slots__ = ()
    precedence: ClassVar[int] = 40

    def __new__(cls, operand: Any) -> Node:
        return build(cls, (operand,))


class Div(Node):
    """The quotient `a / b`."""

    __slots__ = ()
    precedence: ClassVar[int] = 50

    def __new__(cls, numerator: Any, denominator: Any) -> Node:
        return build(cls, (numerator, denominator))


class Pow(Node):
    """The power `a**b`."""

    __slots__ = ()
    precedence: ClassVar[int] = 60

    def __new__(cls, base: Any, exponent: Any) -> Node:
        return build(cls, (base, exponent))


class Log(Node):
    """The natural logarithm."""

    __slots__ = ()
    precedence: ClassVar[int] = 70

    def __new__(cls, argument: Any) -> Node:
        return build(cls, (argument,))


class Exp(Node):
    """The exponential function."""

    __slots__ = ()
    precedence: ClassVar[int] = 70

    def __new__(cls, argument: Any) -> Node:
        return build(cls, (argument,))


log = Log
exp = Exp


def sqrt(argument: Any) -> Node:
    """Return the square root, a power of one half."""
    return Pow(argument, Div(1, 2))


def sigma(z: Any) -> Node:
    """Return the logistic function `1 / (1 + exp(-z))`."""
    return Func("sigma", z)


def root_of_unity(order: Any, power: Any) -> Node:
    """Return `exp(2*pi*i*power/order)` of two integers, which beside `I` alone is not real."""
    return Func("root_of_unity", order, power)


def Abs(argument: Any) -> Node:
    """Return the absolute value."""
    return Func("Abs", argument)


def Max(*arguments: Any) -> Node:
    """Return the largest of several numbers; `Maximum` is that over an index."""
    return Func("Max", *_at_least_two("a maximum", arguments))


def Min(*arguments: Any) -> Node:
    """Return the smallest of several numbers; `Minimum` is that over an index."""
    return Func("Min", *_at_least_two("a minimum", arguments))


class Func(Node):
    """A known function of SymPy that this project has no rule for (cos, Abs, floor, ...), or `sigma`.

    `args[0]` is the function's name; `deltasift.inert.bridge.FUNCTIONS` lists the names.
    """

    __slots__ = ()
    precedence: ClassVar[int] = 70

    def __new__(cls, name: str, *arguments: Any) -> Node:
        given = NOTHING
        for argument in arguments:
            given = join(given, given_of(argument))
        return cls.make((Str(name), *(inert(a) for a in arguments)), given)

    @property
    def name(self) -> str:
        return str(self.args[0].name)

    @property
    def arguments(self) -> tuple[Basic, ...]:
        return self.args[1:]  # type: ignore[no-any-return]


def plus(a: Any, b: Any) -> Node:
    """Return `a + b`; a sum on the left goes on, since Python reads `a + b + c` from the left."""
    return _extend(Add, a, b, b)


def minus(a: Any, b: Any) -> Node:
    """Return `a - b`."""
    return _extend(Add, a, b, Neg(b))


def times(a: Any, b: Any) -> Node:
    """Return `a * b`; a product on the left goes on."""
    return _extend(Mul, a, b, b)


def first_factor(e: Basic) -> Basic:
    """Return what a product begins with, another expression as it is."""
    while isinstance(e, Mul):
        e = e.args[0]
    return e


def _extend(cls: type[Node], a: Any, b: Any, last: Any) -> Node:
    left = inert(a)
    head = left.args if type(left) is cls else (left,)
    return cls.make((*head, inert(last)), join(given_of(a), given_of(b)))


def _at_least_two(what: str, operands: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(operands) < 2:
        raise ExpressionError(f"{what} needs at least two operands, not {len(operands)}")
    return operands


def is_number(expr: Basic, value: int) -> bool:
    """Tell whether `expr` is the numeral `value`."""
    return isinstance(expr, Number) and bool(expr == Integer(value))
