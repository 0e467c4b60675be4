"""A world: one concrete value for everything that a page is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sympy import Rational, Symbol
from sympy.core.basic import Basic

from deltasift.inert import Add, Div, Func, Mul, Neg, Pow

Indices = tuple[int, ...]


@dataclass(frozen=True)
class RationalDensity:
    """The density `s / (2 (1 + s |x - m|)**2)`: positive, continuous, and rational at rational points."""

    centre: Fraction
    scale: Fraction

    def at(self, x: Fraction) -> Fraction:
        """Return the exact value at a rational point."""
        return self.scale / (2 * (1 + self.scale * abs(x - self.centre)) ** 2)

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

    def body(self, x: Symbol) -> Basic:
        """Return the density as an expression in x."""
        inside = Add(1, Neg(_distance(x, self)))
        return _scaled(self.scale, Func("Max", 0, inside))

    def __str__(self) -> str:
        return str(self.body(Symbol("x")))


Shape = RationalDensity | Tent


def _distance(x: Symbol, shape: Shape) -> Basic:
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
            yield f"{_name(symbol)}(x)", str(function)


def _name(symbol: Basic) -> str:
    assert isinstance(symbol, Symbol)
    return str(symbol.name)
