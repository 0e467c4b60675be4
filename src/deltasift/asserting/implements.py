"""A function of Python, NumPy or PyTorch against the expression that it is to compute."""

from __future__ import annotations

import functools
import reprlib
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from itertools import product
from math import inf, isfinite
from numbers import Integral
from typing import Any

from sympy.core.basic import Basic

from deltasift.asserting.handed import Arrays, drawn_values, hand, unclear_integers
from deltasift.asserting.recompute import shown_world
from deltasift.asserting.reference import double
from deltasift.asserting.returned import compiles, no_number, numbers, raised, shown_type, type_of, wrong_shape
from deltasift.asserting.returned import tolerance as tolerance_by_type
from deltasift.asserting.samples import DRAWN, DataSampler, constants_of
from deltasift.asserting.smaller import made_smaller
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.sampling import generator
from deltasift.check.world import World
from deltasift.derive.question import ask
from deltasift.domain import DefinedFunction, Domain, Family, Index
from deltasift.errors import DataError
from deltasift.inert import free

COMPILED = 6  # larger sizes that are tried where each is compiled
UNDEFINED = ("skip", "nan", "refuse")  # what is done where the expression has no value


def failing(
    function: Callable[..., Any],
    expression: Any,
    *,
    given: Any,
    data: Mapping[str, Any],
    over: Index | Sequence[Index],
    arrays: Arrays | None,
    labels_from: int,
    tolerance: tuple[float | None, float | None],
    examples: int,
    seed: str,
    undefined: str = "skip",
    sizes: Iterable[int] = (),
    dtype: str | None = None,
) -> str | None:
    """Return what is to be said of a function that does not compute an expression, None where it does.

    Parameters are those of `assert_implements`; `tolerance` is absolute and relative.
    """
    if find_spec("numpy") is None:
        raise DataError("assert_implements needs NumPy: pip install 'deltasift[numpy]'")
    _check(data, arrays, tolerance, examples)
    _check_words(undefined, sizes, dtype)
    comparison = _Comparison(
        function, expression, given, data, over, arrays, labels_from, tolerance, undefined, sizes, dtype
    )
    return comparison.run(examples, seed)


def _check(data: Any, arrays: Any, tolerance: tuple[Any, Any], examples: Any) -> None:
    if not isinstance(data, Mapping):
        raise DataError(f"data is a mapping from parameters to what they get, not {reprlib.repr(data)}")
    if arrays is not None and not callable(arrays):
        raise DataError(f"arrays makes an array of one of NumPy, and {reprlib.repr(arrays)} is no function")
    for name, bound in zip(("atol", "rtol"), tolerance, strict=True):
        if bound is not None and (not isinstance(bound, (int, float)) or not 0 <= bound < inf):
            raise DataError(f"{name} is a number from 0 on, not {reprlib.repr(bound)}")
    if not isinstance(examples, Integral) or examples < 1:
        raise DataError(f"examples is a number from 1 on, not {reprlib.repr(examples)}")


def _check_words(undefined: Any, sizes: Any, dtype: Any) -> None:
    if undefined not in UNDEFINED:
        raise DataError(f"undefined is one of {', '.join(UNDEFINED)}, not {reprlib.repr(undefined)}")
    if not all(type(n) is int and n >= 1 for n in sizes):
        raise DataError(f"sizes are numbers from 1 on, not {reprlib.repr(sizes)}")
    if dtype is not None and dtype not in DRAWN:
        raise DataError(f"dtype is one of {', '.join(DRAWN)}, not {reprlib.repr(dtype)}")


@dataclass(frozen=True)
class Failure:
    """Data on which a function fails.

    Attributes
    ----------
    world : World
    what : str
        What the function does, and what the expression is.
    """

    world: World
    what: str


class _Comparison:
    def __init__(
        self,
        function: Callable[..., Any],
        expression: Any,
        given: Any,
        data: Mapping[str, Any],
        over: Index | Sequence[Index],
        arrays: Arrays | None,
        labels_from: int,
        tolerance: tuple[float | None, float | None],
        undefined: str,
        sizes: Iterable[int],
        dtype: str | None,
    ) -> None:
        if not callable(function):
            raise DataError(f"{function!r} is no function")
        if type(labels_from) is not int or labels_from not in (0, 1):
            raise DataError(f"labels start from 0 or from 1, not from {labels_from!r}")
        self.function = function
        self.over = _indices(over)
        more = [*self.over, *(source for source in data.values() if isinstance(source, Domain))]
        question = ask(expression, expression, (given, more))
        self.expr, self.scope = question.lhs, question.scope
        for name in question.undeclared:
            raise DataError(f"{name} is not declared: say what it is, as in given=real({name!r})")
        self.arrays: Arrays = arrays or (lambda array: array)
        self.labels_from = labels_from
        self.atol, self.rtol = tolerance
        self.undefined = undefined
        self.dtype = dtype or type_of(self.arrays)
        around = (*sizes, *constants_of(function))
        few = COMPILED if compiles(self.arrays) else 0
        self.sampler = DataSampler(self.scope, self.scope.assumed, around, self.dtype, few)
        self.returned: Counter[str] = Counter()  # where the expression has no value
        self.handed = hand(function, data, self.scope)
        self.wanted = self.handed.wanted(self.scope)
        for said in unclear_integers(self.expr, self.wanted, self.scope, labels_from):
            warnings.warn(said, stacklevel=4)  # at the line of the assertion
        self._shown = self.wanted | free(self.scope.unfold_all(self.expr)) - {i.symbol for i in self.over}
        self.passed_over = ""
        self.allowed = tolerance_by_type(self.dtype, self.dtype, self.atol, self.rtol)

    def run(self, examples: int, seed: str) -> str | None:
        """Return what is to be said of a failure, None where there is none."""
        name = _name(self.function)
        rng = generator("implements", name, str(self.expr), seed)
        compared = number = 0
        try:
            for number, world in enumerate(self.sampler.worlds(rng, examples), 1):
                failure, counted = self.compare(world)
                compared += counted
                if failure is not None:
                    return self._said(failure, number, name, seed)
        except NotCovered as why:
            raise DataError(f"no data can be drawn: {why}") from None
        if not compared:
            raise DataError(f"{name} was compared on no data: {self.passed_over or 'no data meet what is given'}")
        if 2 * compared < number:
            there = ", ".join(f"{what} on {times}" for what, times in self.returned.most_common())
            said = f"{name} was compared on only {compared} of {number} data: {self.passed_over}"
            said += f"; there it returns {there}" if there else ""
            warnings.warn(said, stacklevel=4)  # at the line of the assertion
        return None

    def compare(self, world: World) -> tuple[Failure | None, bool]:
        """Return how the function fails on some data, and whether it could be compared at all."""
        try:
            drawn = drawn_values(self.wanted, world, self.scope, self.labels_from, self.arrays, self.dtype)
            expected = self._expected(world)
        except NotCovered as why:
            self.passed_over = f"the expression has no value that can be found ({why})"
            return None, False
        except NoValue as why:
            self.passed_over = f"the expression has no value ({why})"
            return self._where_undefined(world, str(why))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = self.handed.call(self.function, drawn)
        except (Exception, SystemExit) as why:  # the function is the user's, and whatever it raises is its failure
            return Failure(world, f"it raises {raised(why)}"), True
        return self._judged(world, value, expected), True

    def _where_undefined(self, world: World, why: str) -> tuple[Failure | None, bool]:
        """Return what is to be said of data on which the expression has no value."""
        if self.undefined == "refuse":
            return Failure(world, f"the expression has no value ({why})"), True
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                drawn = drawn_values(self.wanted, world, self.scope, self.labels_from, self.arrays, self.dtype)
                array, _ = numbers(self.handed.call(self.function, drawn))
            finite = array.dtype.kind in "biuf" and all(map(isfinite, array.astype(float).ravel().tolist()))
            value = f"{float(array.ravel()[0])!r}" if finite and array.size == 1 else "numbers" if finite else "nan"
        except (NoValue, NotCovered):
            return None, False
        except (Exception, SystemExit) as raised:  # the function is the user's
            finite, value = False, f"an error ({type(raised).__name__})"
        self.returned[value if not finite else "a number"] += 1
        if self.undefined == "nan" and finite:
            return Failure(world, f"it returns {value}, and the expression has no value ({why})"), True
        return None, self.undefined == "nan"

    def _expected(self, world: World) -> dict[tuple[int, ...], float]:
        """Return the value of the expression at each value of the indices `over`, counted from 0."""
        ranges = [self.sampler.label_range(world, i) for i in self.over]
        found = {}
        for where in product(*(range(lo, hi + 1) for lo, hi in ranges)):
            at: dict[Basic, Fraction] = {i.symbol: Fraction(v) for i, v in zip(self.over, where, strict=True)}
            position = tuple(v - lo for v, (lo, _) in zip(where, ranges, strict=True))
            found[position] = double(self.expr, world, self.scope, at) + 0.0  # no -0.0
        return found

    def _judged(self, world: World, value: Any, expected: Mapping[tuple[int, ...], float]) -> Failure | None:
        array, name = numbers(value)
        if array.dtype.kind not in "biuf":
            return Failure(world, no_number(value))
        shape = tuple(1 + max(where[i] for where in expected) for i in range(len(self.over)))
        if array.shape != shape:
            return Failure(world, wrong_shape(array.shape, shape, bool(self.over), value))
        self.allowed = tolerance_by_type(name, self.dtype, self.atol, self.rtol)
        atol, rtol = self.allowed
        for where, right in expected.items():
            got = float(array[where])
            if not abs(got - right) <= atol + rtol * abs(right):
                place = f" at [{', '.join(map(str, where))}]" if where else ""
                said = f"it returns {got!r}{place}, and the expression is {right!r}{shown_type(name, self.dtype)}"
                return Failure(world, said)
        return None

    def _said(self, failure: Failure, number: int, name: str, seed: str) -> str:
        smallest, moves = made_smaller(failure.world, self.sampler, lambda w: self.compare(w)[0] is not None)
        last = self.compare(smallest)[0] or failure
        smaller = f", made smaller in {moves} move{'s' * (moves > 1)}" if moves else ""
        absolute, relative = self.allowed
        return "\n".join(
            [
                f"{name}({self.handed}) does not compute {self.expr}",
                *self._definitions(),
                last.what,
                "",
                *shown_world(last.world, self.scope, self._shown, self.labels_from),
                "",
                f"allowed is {absolute:g} + {relative:g} * |value|; example {number} of seed={seed!r}{smaller}",
            ]
        )

    def _definitions(self) -> Iterator[str]:
        for d in self.scope.domains.values():
            if isinstance(d, (Family, DefinedFunction)):
                entry = f"{d.name}({d.variable.name})" if isinstance(d, DefinedFunction) else d.entry
                yield f"  where {entry} = {d.body}"


def _indices(over: Index | Sequence[Index]) -> tuple[Index, ...]:
    indices = over if isinstance(over, tuple | list) else (over,)
    for i in indices:
        if not isinstance(i, Index):
            raise DataError(f"over has the indices of an array, and {i} is none")
    return tuple(indices)


def _name(function: Any) -> str:
    """Return the name of a function, with what `functools.partial` has put into it."""
    if isinstance(function, functools.partial):
        parts = [*map(repr, function.args), *(f"{k}={v!r}" for k, v in function.keywords.items())]
        return f"partial({_name(function.func)}, {', '.join(parts)})"
    return str(getattr(function, "__name__", None) or type(function).__name__)
