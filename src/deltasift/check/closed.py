"""The value of a line at an exact point in closed form: a rational number, or one with logarithms of integers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm, prod

from sympy import Integer, Rational
from sympy.core.basic import Basic

from deltasift.check.evaluate import Evaluator, NotCovered, NoValue
from deltasift.check.fractions import Atoms, Monomial, Rat, TooLarge, coefficients
from deltasift.check.model import Model
from deltasift.check.program import Programs
from deltasift.check.world import Indices, Smooth, World
from deltasift.inert import Add, Div, Log, Mul, Neg, Node, Pow

LARGEST = 10**6  # argument of a logarithm up to which several are put into one
LONGEST = 72  # letters


class Exact(Model):
    """Evaluates at a point; what is open are the logarithms of primes alone."""

    def __init__(self, world: World, programs: Programs) -> None:
        super().__init__(world, programs.scope, {}, programs)

    def number(self, symbol: Basic) -> Rat:
        return self.exact(self.world.numbers[symbol])

    def entry(self, table: Basic, indices: Indices) -> Rat:
        return Evaluator.entry(self, table, indices)

    def applied(self, name: Basic, args: list[Rat]) -> Rat:
        return Evaluator.applied(self, name, args)

    def density(self, name: Basic, x: Rat) -> Rat:
        function, point = self.world.functions.get(name), self.as_fraction(x)
        if function is None or isinstance(function, Smooth) or point is None:
            raise NotCovered(f"{name} at this point")
        return self.exact(function.at(point))

    def function(self, name: str, args: list[Rat]) -> Rat:
        raise NotCovered(f"the function {name}")


def closed_form(expr: Basic, world: World, programs: Programs) -> Basic | None:
    """Return the value of an expression at a point in closed form, None where there is none that is short."""
    evaluator = Exact(world, programs)
    try:
        value = evaluator.value(expr, {})
        above, below = coefficients(value.top), coefficients(value.bottom)
        top, bottom = _polynomial(above, evaluator.atoms), _polynomial(below, evaluator.atoms)
    except (NoValue, NotCovered, TooLarge):
        return None
    found = top if bottom == 1 else Div(top, bottom)
    return found if len(str(found)) <= LONGEST else None


def _polynomial(p: Mapping[Monomial, Fraction], atoms: Atoms) -> Basic:
    """Return a polynomial in logarithms of integers, its linear part with as few logarithms as can be."""
    logs: dict[int, Fraction] = {}
    parts: list[Basic] = []
    for m, c in sorted(p.items()):
        arguments = [_argument(atoms, a) for a, _ in m]
        if not m:
            parts.append(Rational(c.numerator, c.denominator))
        elif len(m) == 1 and m[0][1] == 1:
            logs[arguments[0]] = c
        else:
            powers = [
                Log(Integer(n)) if k == 1 else Pow(Log(Integer(n)), k) for n, (_, k) in zip(arguments, m, strict=True)
            ]
            parts.append(_scaled(c, powers))
    parts += _logarithms(logs)
    if not parts:
        return Integer(0)
    return parts[0] if len(parts) == 1 else Add(*parts)


def _argument(atoms: Atoms, number: int) -> int:
    name = atoms.names[number]
    if isinstance(name, tuple) and name[0] == "log" and isinstance(name[1], int):
        return name[1]
    raise NotCovered("what is no logarithm of an integer")


def _logarithms(logs: Mapping[int, Fraction]) -> list[Basic]:
    """Return sum c_i log n_i as one logarithm where its argument stays short: log 2 + log 3 - log 5 is log(6/5)."""
    if not logs:
        return []
    common = Fraction(gcd(*(c.numerator for c in logs.values())), lcm(*(c.denominator for c in logs.values())))
    exponents = {n: int(c / common) for n, c in logs.items()}
    if max(map(abs, exponents.values())) <= LARGEST.bit_length():
        above = prod(n**k for n, k in exponents.items() if k > 0)
        below = prod(n**-k for n, k in exponents.items() if k < 0)
        if max(above, below) <= LARGEST:
            if above < below:
                above, below, common = below, above, -common
            return [_scaled(common, [Log(Integer(above) if below == 1 else Div(above, below))])]
    return [_scaled(c, [Log(Integer(n))]) for n, c in logs.items()]


def _scaled(c: Fraction, factors: list[Node]) -> Basic:
    """Return c times a product, as it is written by hand: -2*log(3)/5."""
    number, product = c.numerator, factors[0] if len(factors) == 1 else Mul(*factors)
    if number == -1:
        product = Neg(product)
    elif number != 1:
        product = Mul(Integer(number), *factors)
    return product if c.denominator == 1 else Div(product, c.denominator)
