"""The value of an expression in a world, by loops: independent of rules, matching and SymPy's own evaluation.

Conventions: a sum over an empty range is 0 and a product 1; a factor that a Kronecker delta or an Iverson bracket
makes 0 makes its term 0; 0**0 = 1; 0 log 0 = 0 in `x*log(x)` and in `x*log(x/y)` with
y > 0 and, where x is an entry of a pmf, in `x*log(y)` and `x*log(x/y)` with y >= 0. Whatever else has no value has
none here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from sympy.core.basic import Basic

from deltasift.check.machine import Frame, Run
from deltasift.check.program import DEEPEST, Programs
from deltasift.check.reasons import NotCovered, NoValue, TooLong
from deltasift.check.world import Smooth, World
from deltasift.line.scope import Scope

if TYPE_CHECKING:
    from deltasift.check.changes import Changes

__all__ = ["Env", "Evaluator", "NoValue", "NotCovered", "TooLong"]

V = TypeVar("V")
Env = Mapping[Basic, Any]  # exact fractions, or numbers of the evaluator
LONGEST = 100_000  # terms of one sum
MOST_STEPS = 300_000  # terms added up for one value
MOST_WHOLES = 1_000  # whole numbers that are kept


class Evaluator(ABC, Generic[V]):
    """Evaluates expressions in a world; subclasses say what a number is.

    Parameters
    ----------
    world : World
    scope : Scope
    programs : Programs, optional
        Those of the scope, to be shared by the evaluators of many worlds.
    """

    conventions = True  # whether what is 0 by convention counts as 0
    _wholes: ClassVar[dict[int, Any]]  # small whole numbers, the same in all worlds

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls._wholes = {}

    def __init__(self, world: World, scope: Scope, programs: Programs | None = None) -> None:
        self.world = world
        self.scope = scope
        self.programs = Programs(scope) if programs is None else programs
        self._depth = 0
        self._steps = 0
        # what was found in this world: values of names, of entries and loops, and labels and sizes as whole numbers
        self.numbers: dict[int, V] = {}
        self.entries: dict[tuple[Any, ...], V] = {}
        self.labels: dict[tuple[int, ...], int] = {}
        self.wholes: dict[int, int] = {}
        self.zero, self.one, self.minus = self.whole(0), self.whole(1), self.whole(-1)

    # --- numbers: what a subclass provides -------------------------------------------------------------------------

    @abstractmethod
    def exact(self, value: Fraction) -> V:
        """Return a rational as a number."""

    @abstractmethod
    def constant(self, name: Basic) -> V:
        """Return pi or e."""

    @abstractmethod
    def add(self, a: V, b: V) -> V:
        """Return a + b."""

    @abstractmethod
    def multiply(self, a: V, b: V) -> V:
        """Return a * b."""

    @abstractmethod
    def divide(self, a: V, b: V) -> V:
        """Return a / b."""

    @abstractmethod
    def log(self, a: V) -> V:
        """Return the natural logarithm."""

    @abstractmethod
    def exp(self, a: V) -> V:
        """Return the exponential."""

    @abstractmethod
    def power(self, a: V, b: V) -> V:
        """Return a**b."""

    def function(self, name: str, args: list[V]) -> V:
        raise NotCovered(f"the function {name}")

    def applied(self, name: Basic, args: list[V]) -> V:
        """Return the value of a function that is no definition."""
        shape = self.world.functions.get(name)
        if isinstance(shape, Smooth):
            found: V = shape.value(self, args)
            return found
        if len(args) != 1:
            raise NotCovered(f"{name} of {len(args)} arguments")
        return self.density(name, args[0])

    @abstractmethod
    def density(self, name: Basic, x: V) -> V:
        """Return the value of a declared density."""

    @abstractmethod
    def as_fraction(self, a: V) -> Fraction | None:
        """Return the exact rational value where there is one."""

    @abstractmethod
    def is_nonnegative(self, a: V) -> bool:
        """Tell whether a value is certainly at least 0."""

    def bounded(self, a: V) -> V:
        """Return a number that may be used further; one that grows with every step must stop somewhere."""
        return a

    def keeps(self, a: V) -> bool:
        """Tell whether a value is the same wherever the names on which it depends are."""
        return True

    def entry(self, table: Basic, indices: tuple[int, ...]) -> V:
        """Return the entry of a table as a number."""
        return self.exact(self.written(table, indices))

    def entry_at(self, table: Basic, indices: list[V]) -> V:
        """Return an entry of which an index is no rational number."""
        raise NotCovered(f"an entry of {table} at what is not known to be an integer")

    def tail(self, inner: Run, frame: Frame, slot: int, start: int, sign: int, *, integral: bool = False) -> V | None:
        """Return how large the sum of all terms from `start` on is at most; with sign -1 from `-start` down.

        None where that is not known; 0 where they are all 0.
        """
        raise NotCovered("an infinite range")

    def ones(self, inner: Run, frame: Frame, slot: int, start: int, sign: int) -> bool:
        """Tell whether all factors from there on are 1."""
        raise NotCovered("an infinite range")

    def always(self, holds: Run, frame: Frame, slot: int, start: int, sign: int) -> bool:
        """Tell whether a statement holds from there on."""
        raise NotCovered("an infinite range")

    def derivative(self, inner: Run, frame: Frame, slot: int, at: V, order: int) -> V:
        """Return the derivative of a program by the name in a slot."""
        raise NotCovered("a derivative")

    def by_entry(self, inner: Run, frame: Frame, table: Basic, indices: tuple[int, ...], order: int) -> V:
        """Return the derivative of a program by an entry."""
        raise NotCovered("a derivative")

    def integral(self, inner: Run, frame: Frame, slot: int, lo: V | None, hi: V | None, where: Changes = ()) -> V:
        """Return an ordinary integral; an end is None where it is infinite.

        It may change its form at the zeros of some polynomials, which are given with their degrees.
        """
        raise NotCovered("an integral")

    def masses(
        self,
        place: Run,
        weight: Run,
        frame: Frame,
        slot: int,
        order: int,
        highest: int | None,
        lo: V | None,
        hi: V | None,
    ) -> V:
        """Return what the point masses at the zeros of an argument count for, times a weight."""
        raise NotCovered("a Dirac delta whose zeros have to be found")

    def widened(self, a: V, by: V) -> V:
        """Return what lies that near to a number."""
        raise NotCovered("an infinite range")

    def written(self, table: Basic, indices: tuple[int, ...]) -> Fraction:
        """Return the entry of a table as it stands in the world.

        Raises
        ------
        NoValue, NotCovered
        """
        found = self.world.tables.get(table)
        if found is None:
            raise NotCovered(f"{table} has no values")
        if indices not in found:
            raise NoValue(f"{table}[{', '.join(map(str, indices))}] does not exist")
        return found[indices]

    # --- expressions -----------------------------------------------------------------------------------------------

    def value(self, e: Basic, env: Env) -> V:
        """Return the value of an expression; `env` has the bound names.

        Raises
        ------
        NoValue, NotCovered
        """
        found: V = self._run(self.programs.number, e, env)
        return found

    def integer(self, e: Basic, env: Env) -> int:
        """Return the value of what counts or labels."""
        found: int = self._run(self.programs.integer, e, env)
        return found

    def holds(self, s: Basic, env: Env) -> bool:
        """Decide a statement.

        Raises
        ------
        NoValue, NotCovered
        """
        return bool(self._run(self.programs.truth, s, env))

    def _run(self, program: Callable[[Basic], Run], e: Basic, env: Env) -> Any:
        levels = self.programs.depth(e) + 1
        run = program(e)
        outermost = not self._depth
        if outermost:
            self._steps = 0
        if self._depth + levels > DEEPEST:
            raise NotCovered(f"nesting of more than {DEEPEST}")
        self._depth += levels
        try:
            return run(self, self.programs.frame(env))
        except RecursionError:
            if not outermost:
                raise
        finally:
            self._depth -= levels
        raise NotCovered("a nesting that is deeper than Python follows")

    def spend(self, count: int, what: str) -> None:
        """Count the terms or cases that are about to be gone through.

        Raises
        ------
        TooLong
        """
        if count > LONGEST:
            raise TooLong(f"more than {LONGEST} {what}")
        self._steps += max(count, 0)
        if self._steps > MOST_STEPS:
            raise TooLong(f"more than {MOST_STEPS} steps")

    # --- what programs are made of ---------------------------------------------------------------------------------

    def whole(self, i: int) -> V:
        """Return a whole number as a number."""
        found: V | None = self._wholes.get(i)
        if found is None:
            found = self.exact(Fraction(i))
            if abs(i) <= MOST_WHOLES:
                self._wholes[i] = found
        return found

    def number(self, symbol: Basic) -> V:
        """Return the value of a name."""
        return self.exact(self.world.numbers[symbol])

    def summed(self, term: Run, frame: Frame, slot: int, values: range) -> V:
        """Return the sum of a term over the values of a name."""
        total, zero = self.zero, self.zero
        for frame[slot] in values:
            value = term(self, frame)
            if value is not zero:
                total = self.bounded(self.add(total, value))
        return total

    def multiplied(self, factor: Run, frame: Frame, slot: int, values: range) -> V:
        """Return the product of a factor over the values of a name."""
        total = self.one
        for frame[slot] in values:
            total = self.bounded(self.multiply(total, factor(self, frame)))
        return total

    def compare(self, a: V, b: V) -> int:
        """Return the sign of a - b."""
        return self.sign(self.add(a, self.multiply(self.minus, b)))

    def related(self, a: V, b: V, signs: tuple[int, ...]) -> bool:
        """Tell whether the sign of a - b is one of some."""
        return self.compare(a, b) in signs

    def sign(self, a: V) -> int:
        """Return the sign of a number that is known well enough."""
        value = self.as_fraction(a)
        if value is None:
            raise NotCovered("a comparison that is not decided exactly")
        return (value > 0) - (value < 0)
