"""A function of Python, NumPy or PyTorch against the expression that it is to compute."""

from __future__ import annotations

import functools
import reprlib
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from sympy.core.basic import Basic

from deltasift.calc import Assumptions
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.sampling import generator
from deltasift.check.world import World
from deltasift.domain import DefinedFunction, Domain, Family, Index, closure
from deltasift.emit.handed import Arrays, drawn_values, hand
from deltasift.emit.recompute import shown_world
from deltasift.emit.reference import double
from deltasift.emit.samples import DataSampler
from deltasift.emit.smaller import made_smaller
from deltasift.errors import DataError
from deltasift.inert import Statement, free, inert
from deltasift.inert.node import given_of
from deltasift.match.scope import Scope

EXAMPLES = 100
RTOL, ATOL = 1e-7, 1e-9


def assert_implements(
    function: Callable[..., Any],
    expression: Any,
    *,
    given: Any = (),
    data: Mapping[str, Any] | None = None,
    over: Index | Sequence[Index] = (),
    arrays: Arrays | None = None,
    labels_from: int = 0,
    rtol: float = RTOL,
    atol: float = ATOL,
    examples: int = EXAMPLES,
    seed: str = "",
) -> None:
    """Assert that a function computes an expression.

    Data are drawn for every name of the expression, from its domain: sizes from 1 on, labels, probabilities of which
    some are nearly 0 or 1, reals of which some are so large that `exp` overflows. The function gets them as arrays that
    count from 0; the expression is evaluated on the same numbers exactly, and rounded at the end. Warnings of the
    function are not heeded.

    Parameters
    ----------
    function : callable
    expression : expression
        Its names are declared: sizes, indices, labels, pmfs, reals.
    given : domain, statement, `assuming(...)`, or iterable of these
        What the data are to meet beside their domains, such as `2 <= K`.
    data : mapping from parameters of the function to what they get
        A domain, whose value is meant, a defined table too; a function of the drawn values, by their names, such as
        `lambda K: range(K)`; or a constant. A parameter that is not in it gets what has its own name, and what has a
        default keeps it.
    over : Index or sequence of Index
        For a function that returns an array: the indices of its axes, which are free in the expression.
    arrays : callable
        Makes the function's kind of array of one of NumPy, such as `torch.as_tensor`.
    labels_from : int
        What the function calls the first label: 0 or 1.
    rtol, atol : float
        The function may be off by `atol + rtol * |value|`.
    examples : int
        How many data are drawn, the smallest first.
    seed : str
        Draws other data; the seed comes from the names of the function and the expression, so each run is the same.

    Raises
    ------
    AssertionError
        With the smallest data that were found on which the function returns something else, or raises.
    DataError
        If a parameter gets no value, or no data were found on which the expression has one.
    """
    __tracebackhide__ = True
    comparison = _Comparison(function, expression, given, data or {}, over, arrays, labels_from, rtol, atol)
    found = comparison.run(examples, seed)
    if found is not None:
        raise AssertionError(found) from None


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
        rtol: float,
        atol: float,
    ) -> None:
        if not callable(function):
            raise DataError(f"{function!r} is no function")
        if labels_from not in (0, 1):
            raise DataError(f"labels start from 0 or from 1, not from {labels_from!r}")
        self.function = function
        self.expr = inert(expression)
        self.over = _indices(over)
        self.arrays: Arrays = arrays or (lambda array: array)
        self.labels_from = labels_from
        self.rtol, self.atol = rtol, atol
        self.scope = _scope(expression, given, data.values(), self.over)
        for s in sorted(free(self.expr) - set(self.scope.domains), key=str):
            raise DataError(f"{s} is not declared: say what it is, as in given=real({str(s)!r})")
        if isinstance(self.expr, Statement):
            raise DataError(f"{self.expr} is a statement: give the expression that the function computes")
        self.sampler = DataSampler(self.scope, self.scope.assumed)
        self.handed = hand(function, data, self.scope)
        self.wanted = self.handed.wanted(self.scope)
        self._shown = self.wanted | free(self.scope.unfold_all(self.expr)) - {i.symbol for i in self.over}
        self.passed_over = ""

    def run(self, examples: int, seed: str) -> str | None:
        """Return what is to be said of a failure, None where there is none."""
        name = _name(self.function)
        rng = generator("implements", name, str(self.expr), seed)
        compared = 0
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
        return None

    def compare(self, world: World) -> tuple[Failure | None, bool]:
        """Return how the function fails on some data, and whether it could be compared at all."""
        try:
            expected = self._expected(world)
            drawn = drawn_values(self.wanted, world, self.scope, self.labels_from, self.arrays)
        except (NoValue, NotCovered) as why:
            self.passed_over = f"the expression has no value that can be found ({why})"
            return None, False
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = self.handed.call(self.function, drawn)
        except Exception as why:  # the function is the user's, and whatever it raises is its failure
            return Failure(world, f"it raises {type(why).__name__}: {' '.join(str(why).split())}"), True
        return self._judged(world, value, expected), True

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
        import numpy as np

        try:
            array = np.asarray(value.detach() if hasattr(value, "detach") else value)
        except (TypeError, ValueError):  # rows of several lengths
            array = np.asarray(None)
        if array.dtype.kind not in "biuf":
            return Failure(world, f"it returns {reprlib.repr(value)}, which is no real number")
        shape = tuple(1 + max(where[i] for where in expected) for i in range(len(self.over)))
        if array.shape != shape:
            hint = "" if self.over else ": an array of values is compared with over=(index, ...)"
            return Failure(world, f"it returns an array of shape {array.shape}, where {shape} is expected{hint}")
        for where, right in expected.items():
            got = float(array[where])
            if not abs(got - right) <= self.atol + self.rtol * abs(right):
                place = f" at [{', '.join(map(str, where))}]" if where else ""
                return Failure(world, f"it returns {got!r}{place}, and the expression is {right!r}")
        return None

    def _said(self, failure: Failure, number: int, name: str, seed: str) -> str:
        smallest, moves = made_smaller(failure.world, self.sampler, lambda w: self.compare(w)[0] is not None)
        last = self.compare(smallest)[0] or failure
        smaller = f", made smaller in {moves} move{'s' * (moves > 1)}" if moves else ""
        return "\n".join(
            [
                f"{name}({self.handed}) does not compute {self.expr}",
                *self._definitions(),
                last.what,
                "",
                *shown_world(last.world, self.scope, self._shown, self.labels_from),
                "",
                f"allowed is {self.atol:g} + {self.rtol:g} * |value|; example {number} of seed={seed!r}{smaller}",
            ]
        )

    def _definitions(self) -> Iterator[str]:
        for d in self.scope.domains.values():
            if isinstance(d, (Family, DefinedFunction)):
                entry = f"{d.name}({d.variable.name})" if isinstance(d, DefinedFunction) else d.entry
                yield f"  where {entry} = {d.body}"


def _scope(expression: Any, given: Any, sources: Iterable[Any], over: Sequence[Index]) -> Scope:
    """Return what the names mean, and what is known of them beside."""
    domains: set[Domain] = {*given_of(expression), *over, *(s for s in sources if isinstance(s, Domain))}
    statements: list[Basic] = []
    for item in _flat(given):
        if isinstance(item, Domain):
            domains.add(item)
            continue
        for s in item.statements if isinstance(item, Assumptions) else (inert(item),):
            if not isinstance(s, Statement):
                raise DataError(f"{s} is given, and is neither a domain nor a statement")
            domains |= given_of(item if not isinstance(item, Assumptions) else s)
            statements.append(s)
    return Scope(closure(domains), assumed=tuple(statements))


def _indices(over: Index | Sequence[Index]) -> tuple[Index, ...]:
    indices = over if isinstance(over, tuple | list) else (over,)
    for i in indices:
        if not isinstance(i, Index):
            raise DataError(f"over has the indices of an array, and {i} is none")
    return tuple(indices)


def _flat(given: Any) -> Iterable[Any]:
    many = isinstance(given, Iterable) and not isinstance(given, (Domain, Basic, str))
    return [x for item in given for x in _flat(item)] if many else [given]


def _name(function: Any) -> str:
    """Return the name of a function, with what `functools.partial` has put into it."""
    if isinstance(function, functools.partial):
        parts = [*map(repr, function.args), *(f"{k}={v!r}" for k, v in function.keywords.items())]
        return f"partial({_name(function.func)}, {', '.join(parts)})"
    return str(getattr(function, "__name__", None) or type(function).__name__)
