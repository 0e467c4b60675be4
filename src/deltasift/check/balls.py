"""Numbers that are exact rationals or rigorous enclosures."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial
from typing import TYPE_CHECKING, Any

from sympy import E, pi
from sympy.core.basic import Basic

from deltasift.check.evaluate import Env, Evaluator, NotCovered, NoValue
from deltasift.check.machine import Frame, Run
from deltasift.check.program import Programs
from deltasift.check.unity import enclosed, order_and_power
from deltasift.check.world import RationalDensity, Tent, World
from deltasift.enclosing import BITS, is_set, precision
from deltasift.inert.functions import ROOT, enclosed_by
from deltasift.line.scope import Scope

if TYPE_CHECKING:
    from deltasift.check.changes import Changes

HIGHEST = 4096  # exponent up to which a power is taken exactly
MOST_BITS = 20_000  # of a number that stays exact; a longer one becomes a ball

PLAIN = enclosed_by("balls")
Number = Any  # flint.fmpq or flint.arb, of roots of unity flint.acb


class Balls(Evaluator[Number]):
    """Evaluates with flint: exact where the value is rational, else a ball that contains it."""

    may_differentiate = True

    def __init__(self, world: World, scope: Scope, programs: Programs | None = None) -> None:
        import flint

        self.flint = flint
        self.bits = BITS
        super().__init__(world, scope, programs)
        self._logs: dict[Any, Number] = {}
        self.integrands = 0  # how many values of integrands were computed

    def _run(self, program: Callable[[Basic], Run], e: Basic, env: Env) -> Any:
        if self._depth or is_set(self.bits):
            return super()._run(program, e, env)
        with precision(self.bits):
            return super()._run(program, e, env)

    def exact(self, value: Fraction) -> Number:
        return self.flint.fmpq(value.numerator, value.denominator)

    def constant(self, name: Basic) -> Number:
        return {pi: self.flint.arb.pi, E: self.flint.arb.const_e}[name]()

    def add(self, a: Number, b: Number) -> Number:
        return a + b

    def multiply(self, a: Number, b: Number) -> Number:
        if isinstance(a, self.flint.fmpq) and a == 0:
            return a
        if isinstance(b, self.flint.fmpq) and b == 0:
            return b
        return a * b

    def divide(self, a: Number, b: Number) -> Number:
        if b == 0:
            raise NoValue("a division by 0")
        if not isinstance(b, self.flint.fmpq) and b.contains(0):
            raise NotCovered("a divisor that is not told from 0")
        if isinstance(a, self.flint.fmpq) and a == 0:
            return a
        return a / b

    def summed(self, term: Run, frame: Frame, slot: int, values: range) -> Number:
        fmpq = self.flint.fmpq
        total = zero = self.zero
        for frame[slot] in values:
            value = term(self, frame)
            if value is not zero:
                total = total + value
                if type(total) is fmpq and total.height_bits() > MOST_BITS:
                    total = self.flint.arb(total)
        return total

    def bounded(self, a: Number, times: int = 1) -> Number:
        """Return a number as it is or, where `times` its length is more than is kept exactly, as a ball."""
        if isinstance(a, self.flint.fmpq) and a.height_bits() * times > MOST_BITS:
            return self.flint.arb(a)
        return a

    def _require_real(self, *numbers: Number) -> None:
        """Refuse orders and functions of what is not real, or not known to be."""
        if any(isinstance(a, self.flint.acb) for a in numbers):
            raise NotCovered("an order or a function of what may be no real number")

    def log(self, a: Number) -> Number:
        self._require_real(a)
        if isinstance(a, self.flint.fmpq):
            if a <= 0:
                raise NoValue(f"log({a})")
            if a == 1:
                return self.flint.fmpq(0)
            key = (int(a.p), int(a.q))
            if key not in self._logs:
                self._logs[key] = self.flint.arb(a).log()
            return self._logs[key]
        if a <= 0:
            raise NoValue("the logarithm of a negative number")
        if not a > 0:
            raise NotCovered("a logarithm of what is not told from 0")
        return a.log()

    def exp(self, a: Number) -> Number:
        self._require_real(a)
        if a == 0:
            return self.flint.fmpq(1)
        return self.flint.arb(a).exp()

    def power(self, a: Number, b: Number) -> Number:
        k = self.as_integer(b)
        if k is not None and abs(k) <= HIGHEST:
            if k == 0:
                return self.flint.fmpq(1)
            if k < 0:
                return self.divide(self.flint.fmpq(1), self.power(a, self.flint.fmpq(-k)))
            return self.bounded(a, k) ** k
        self._require_real(a, b)
        if a == 0:
            if self.sign(b) > 0:
                return self.flint.fmpq(0)
            raise NoValue("a negative power of 0")
        if not a > 0:
            if a < 0:
                raise NoValue("a power of a negative number")
            raise NotCovered("a power of what is not told from 0")
        if self.as_fraction(b) == Fraction(1, 2):
            return self.flint.arb(a).sqrt()
        return (self.flint.arb(a).log() * self.flint.arb(b)).exp()

    def function(self, name: str, args: list[Number]) -> Number:
        if name == ROOT:
            return enclosed(*order_and_power([self.as_fraction(a) for a in args]))
        self._require_real(*args)
        if name == "Abs":
            return abs(args[0])
        if name in ("Max", "Min") and all(isinstance(a, self.flint.fmpq) for a in args):
            return (max if name == "Max" else min)(args)
        exact = [self.as_fraction(a) for a in args]
        if name in ("floor", "ceiling") and exact[0] is not None:
            down = exact[0].numerator // exact[0].denominator
            return self.flint.fmpq(down if name == "floor" or exact[0].denominator == 1 else down + 1)
        if name in ("floor", "ceiling"):
            whole = (args[0].floor() if name == "floor" else args[0].ceil()).unique_fmpz()
            if whole is not None:
                return self.flint.fmpq(whole)
        if name == "Mod":
            a, b = exact
            if a is not None and b is not None:
                if b == 0:
                    raise NoValue("a remainder of a division by 0")
                return self.exact(a % b)
        if name == "sign":
            return self.exact(Fraction(self.sign(args[0])))
        if name in ("Max", "Min") and args:
            largest = self.flint.arb(args[0])
            for other in args[1:]:
                largest = getattr(largest, name.lower())(self.flint.arb(other))
            return largest
        if name in ("conjugate", "re"):
            return args[0]  # a real number
        if name == "Heaviside":
            sign = self.sign(args[0])
            if sign == 0:
                return args[1] if len(args) > 1 else self.exact(Fraction(1, 2))
            return self.one if sign > 0 else self.zero
        if name == "binomial" and all(x is not None and x.denominator == 1 for x in exact):
            n, k = (int(x) for x in exact if x is not None)
            if n >= 0 and max(n, k) <= HIGHEST:
                return self.exact(Fraction(comb(n, k) if k >= 0 else 0))
        if name == "loggamma":
            if args[0] <= 0:
                raise NoValue("the logarithm of the gamma function at or below 0")
            if not args[0] > 0:
                raise NotCovered("loggamma of what is not told from 0")
            return self.flint.arb(args[0]).lgamma()
        if name == "factorial" and exact[0] is not None and exact[0].denominator == 1 and exact[0] <= HIGHEST:
            if exact[0] < 0:
                raise NoValue("the factorial of a negative integer")
            return self.exact(Fraction(factorial(int(exact[0]))))
        if name in PLAIN:
            return getattr(self.flint.arb(args[0]), name)()
        raise NotCovered(f"the function {name}")

    def density(self, name: Basic, x: Number) -> Number:
        shape = self.world.functions.get(name)
        if not isinstance(shape, (RationalDensity, Tent)):
            raise NotCovered(f"{name} has no values")
        point = self.as_fraction(x)
        if point is not None:
            return self.exact(shape.at(point))
        scale = self.exact(shape.scale)
        away = self.multiply(scale, self.function("Abs", [self.add(x, -self.exact(shape.centre))]))
        if isinstance(shape, Tent):
            inside = self.add(self.one, self.multiply(self.minus, away))
            return self.multiply(scale, self.function("Max", [self.zero, inside]))
        return self.divide(scale, self.multiply(self.whole(2), self.power(self.add(self.one, away), self.whole(2))))

    # --- far out ---------------------------------------------------------------------------------------------------

    def tail(
        self, inner: Run, frame: Frame, slot: int, start: int, sign: int, *, integral: bool = False
    ) -> Number | None:
        from deltasift.check.far import beyond, far_out

        try:
            return beyond(self, far_out(self, inner, frame, slot, start, sign), start, integral=integral)
        except (NoValue, NotCovered):
            return None

    def ones(self, inner: Run, frame: Frame, slot: int, start: int, sign: int) -> bool:
        from deltasift.check.far import far_out

        try:
            found = far_out(self, inner, frame, slot, start, sign)
        except (NoValue, NotCovered):
            return False
        return isinstance(found, self.flint.fmpq) and bool(found == 1)

    def keeps_sign(self, inner: Run, frame: Frame, slot: int, start: int, sign: int, wanted: int) -> bool:
        """Tell whether all values from there on are positive, or with `wanted` -1 negative."""
        from deltasift.check.bounds import Envelope
        from deltasift.check.far import far_out

        try:
            found = far_out(self, inner, frame, slot, start, sign)
        except (NoValue, NotCovered):
            return False
        if isinstance(found, Envelope):
            return bool(found.lo > 0 if wanted > 0 else found.hi < 0)
        return bool(found * wanted > 0)

    def derivative(self, inner: Run, frame: Frame, slot: int, at: Number, order: int) -> Number:
        from deltasift.check.jets import derivative

        return derivative(self, inner, frame, slot, at, order)

    def by_entry(self, inner: Run, frame: Frame, table: Basic, indices: tuple[int, ...], order: int) -> Number:
        from deltasift.check.jets import by_entry

        return by_entry(self, inner, frame, (table, indices), order)

    def integral(self, inner: Run, frame: Frame, slot: int, lo: Number, hi: Number, where: Changes = ()) -> Number:
        from deltasift.check.discs import integral

        return integral(self, inner, frame, slot, lo, hi, where)

    def masses(
        self, place: Run, weight: Run, frame: Frame, slot: int, order: int, highest: int | None, lo: Number, hi: Number
    ) -> Number:
        from deltasift.check.points import masses

        return masses(self, place, weight, frame, slot, order, highest, lo, hi)

    def always(self, holds: Run, frame: Frame, slot: int, start: int, sign: int) -> bool:
        from deltasift.check.far import far_out

        return bool(far_out(self, holds, frame, slot, start, sign))

    def widened(self, a: Number, by: Number) -> Number:
        self._require_real(a)
        return a if by == 0 else self.flint.arb(a) + self.flint.arb(0, 1) * by

    def as_fraction(self, a: Number) -> Fraction | None:
        if isinstance(a, self.flint.fmpq):
            return Fraction(int(a.p), int(a.q))
        return None

    def as_integer(self, a: Number) -> int | None:
        """Return the exact value where it is a whole number."""
        return int(a.p) if isinstance(a, self.flint.fmpq) and a.q == 1 else None

    def is_nonnegative(self, a: Number) -> bool:
        return not isinstance(a, self.flint.acb) and bool(a >= 0)

    def sign(self, a: Number) -> int:
        if isinstance(a, self.flint.fmpq):
            return int(a > 0) - int(a < 0)
        self._require_real(a)
        if a > 0:
            return 1
        if a < 0:
            return -1
        raise NotCovered("a comparison of values that are not told apart")

    def differ(self, a: Number, b: Number) -> bool:
        """Tell whether two values are certainly different."""
        if isinstance(a, self.flint.fmpq) and isinstance(b, self.flint.fmpq):
            return bool(a != b)
        return not self.flint.acb(a).overlaps(self.flint.acb(b))

    def exceeds(self, a: Number, b: Number) -> bool:
        """Tell whether one value is certainly greater than another."""
        if isinstance(a, self.flint.fmpq) and isinstance(b, self.flint.fmpq):
            return bool(a > b)
        self._require_real(a, b)
        return bool(self.flint.arb(a) > self.flint.arb(b))

    def equal(self, a: Number, b: Number) -> bool:
        """Tell whether two values are certainly the same, which is known of rational numbers alone."""
        return isinstance(a, self.flint.fmpq) and isinstance(b, self.flint.fmpq) and bool(a == b)

    def show(self, a: Number) -> str:
        """Return a value as text: exact, or rounded to six digits."""
        if isinstance(a, self.flint.fmpq):
            return str(a)
        return "0" if a.contains(0) else str(a.str(6, radius=False))
