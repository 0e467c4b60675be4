"""A world: one concrete value for everything that a page is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sympy import Rational, Symbol
from sympy.core.basic import Basic

from deltasift.check.arithmetic import Arithmetic
from deltasift.check.reasons import NotCovered
from deltasift.inert import Add, Div, Exp, Func, Mul, Neg, Pow

NAMES = "xyzuvw"  # of the arguments of a function, as it is shown

Indices = tuple[int, ...]


@dataclass(frozen=True)
class RationalDensity:
    """The density `s / (2 (1 + s |x - m|)**2)`: positive, continuous, and rational at rational points."""

    centre: Fraction
    scale: Fraction

    def at(self, x: Fraction) -> Fraction:
        """Return the exact value at a rational point."""
        return self.scale / (2 * (1 + self.scale * abs(x - self.centre)) ** 2)

    @property
    def corners(self) -> tuple[Fraction, ...]:
        """Where it changes its form."""
        return (self.centre,)

    def body(self, x: Symbol) -> Basic:
        """Return the density as an expression in x."""
        scale = Rational(self.scale.numerator, self.scale.denominator)
        return Div(scale, Mul(2, Pow(Add(1, _distance(x, self)), 2)))

    def __str__(self) -> str:
        return str(self.body(Symbol("x")))


@dataclass(frozen=True)
class Tent:
    """The density `s max(0, 1 - s |x - m|)`: continuous, 0 further out than 1/s, and rational at rational points."""

    centre: Fraction
    scale: Fraction

    def at(self, x: Fraction) -> Fraction:
        """Return the exact value at a rational point."""
        return self.scale * max(Fraction(0), 1 - self.scale * abs(x - self.centre))

    @property
    def corners(self) -> tuple[Fraction, ...]:
        """Where it changes its form."""
        return self.centre - 1 / self.scale, self.centre, self.centre + 1 / self.scale

    def body(self, x: Symbol) -> Basic:
        """Return the density as an expression in x."""
        inside = Add(1, Neg(_distance(x, self)))
        return _scaled(self.scale, Func("Max", 0, inside))

    def __str__(self) -> str:
        return str(self.body(Symbol("x")))


@dataclass(frozen=True)
class Smooth:
    """A polynomial of several variables, multiplied with `exp(-(x**2 + y**2 + ..))` where it is damped.

    Attributes
    ----------
    terms : tuple of (coefficient, exponents)
    damped : bool
        Whether it has integrals and sums over everything.
    """

    terms: tuple[tuple[Fraction, tuple[int, ...]], ...]
    damped: bool = False

    def value(self, ev: Arithmetic, at: list[Any]) -> Any:
        """Return the value at a point, in whatever numbers an evaluator computes."""
        total = ev.zero
        for c, exponents in self.terms:
            if len(exponents) != len(at):
                raise NotCovered(f"a function of {len(exponents)} variables at {len(at)}")
            term = ev.exact(c)
            for x, n in zip(at, exponents, strict=True):
                if n:
                    term = ev.multiply(term, x if n == 1 else ev.power(x, ev.whole(n)))
            total = ev.add(total, term)
        if not self.damped:
            return total
        square = ev.zero
        for x in at:
            square = ev.add(square, ev.power(x, ev.whole(2)))
        return ev.multiply(total, ev.exp(ev.multiply(ev.minus, square)))

    def names(self) -> tuple[Symbol, ...]:
        """Return names for its variables."""
        count = len(self.terms[0][1])
        return (
            tuple(map(Symbol, NAMES[:count])) if count <= len(NAMES) else tuple(Symbol(f"x{i}") for i in range(count))
        )

    def body(self, *names: Symbol) -> Basic:
        """Return it as an expression."""
        terms = [_monomial(c, names, exponents) for c, exponents in self.terms]
        whole = Add(*terms) if len(terms) > 1 else terms[0]
        squares = [Pow(x, 2) for x in names]
        damp = Exp(Neg(Add(*squares) if len(squares) > 1 else squares[0]))
        return Mul(whole, damp) if self.damped else whole

    def __str__(self) -> str:
        return str(self.body(*self.names()))


Shape = RationalDensity | Tent | Smooth


def arguments(shape: Shape) -> tuple[Symbol, ...]:
    """Return names for the variables of a shape, as it is shown."""
    return shape.names() if isinstance(shape, Smooth) else (Symbol("x"),)


def _monomial(c: Fraction, names: tuple[Symbol, ...], exponents: tuple[int, ...]) -> Basic:
    powers = [x if n == 1 else Pow(x, n) for x, n in zip(names, exponents, strict=True) if n]
    factors = powers if powers and c == 1 else [Rational(c.numerator, c.denominator), *powers]
    return Mul(*factors) if len(factors) > 1 else factors[0]


def _distance(x: Symbol, shape: RationalDensity | Tent) -> Basic:
    centre = Rational(shape.centre.numerator, shape.centre.denominator)
    return _scaled(shape.scale, Func("Abs", x if centre == 0 else Add(x, Neg(centre))))


def _scaled(scale: Fraction, e: Basic) -> Basic:
    return e if scale == 1 else Mul(Rational(scale.numerator, scale.denominator), e)


@dataclass(frozen=True)
class World:
    """Exact values: numbers by symbol, entries by symbol and indices, densities by symbol."""

    numbers: Mapping[Basic, Fraction] = field(default_factory=dict)
    tables: Mapping[Basic, Mapping[Indices, Fraction]] = field(default_factory=dict)
    functions: Mapping[Basic, Shape] = field(default_factory=dict)

    def describe(self) -> dict[str, str]:
        """Return the values as text, sizes and numbers first."""
        return dict(self._described())

    def _described(self) -> Iterator[tuple[str, str]]:
        for symbol, value in self.numbers.items():
            yield _name(symbol), str(value)
        for symbol, table in self.tables.items():
            for indices, value in table.items():
                yield f"{_name(symbol)}[{', '.join(map(str, indices))}]", str(value)
        for symbol, function in self.functions.items():
            yield f"{_name(symbol)}({', '.join(map(str, arguments(function)))})", str(function)


def _name(symbol: Basic) -> str:
    assert isinstance(symbol, Symbol)
    return str(symbol.name)
