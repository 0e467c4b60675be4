"""Whether what was read is what the function computes: both on the same random data, before anything rests on it.

The data are moderate, so that nothing overflows: what is compared is the reading, not the rounding.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.asserting.handed import drawn_values
from deltasift.asserting.reference import double
from deltasift.asserting.samples import DataSampler, summing_to_one
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.sampling import generator, size_choices
from deltasift.check.world import Indices, World
from deltasift.derive.question import ask
from deltasift.domain import Domain, Pmf, Reals, Table
from deltasift.errors import DeltasiftError
from deltasift.line.scope import Scope
from deltasift.read.arrays.bind import name_of
from deltasift.read.arrays.reading import ArrayReading

SMALLEST, LARGEST = 3, 5  # sizes
EXAMPLES = 20
ATTEMPTS = 5  # to find data on which the formula has a value
# what arrays of integers and of reals are handed over as, the first with which the function does not raise
TYPES: tuple[tuple[str | None, str], ...] = ((None, "float64"), ("float64", "float64"), ("float32", "float32"))
TOLERANCES = {"float64": (1e-7, 1e-6), "int64": (1e-9, 1e-9), "float32": (2e-3, 2e-3)}
RAISES = "it raises"
ROUGH = (5e-2, 5e-2)  # of half precision


def compared(
    reading: ArrayReading,
    function: Callable[..., Any],
    arrays: Callable[[Any], Any],
    labels_from: int,
    examples: int = EXAMPLES,
) -> str:
    """Return where the function returns something else than the formula, empty where it does not.

    Raises
    ------
    NotCovered
        If no data were found on which both have a value.
    """
    try:
        question = ask(
            reading.expr, reading.expr, (reading.over, [d for d in reading.sources.values() if _is_domain(d)])
        )
    except DeltasiftError as why:
        raise NotCovered(str(why)) from None
    scope = question.scope
    sampler = ModerateSampler(scope, scope.assumed)
    wanted = {d.symbol for d in reading.sources.values() if isinstance(d, Domain)}
    counted = 0
    last = "no data were found"
    kinds = [TYPES[0]]
    rng = generator("read", name_of(function), str(reading.expr))
    # other data as long as the formula had no value on any
    worlds = (w for _ in range(ATTEMPTS) if not counted for w in sampler.some_worlds(rng, examples))
    for world in worlds:
        try:
            expected = _expected(reading, sampler, world)
            drawn = _drawn(wanted, world, scope, labels_from, arrays, kinds[-1])
        except (NoValue, NotCovered) as why:
            last = str(why)
            continue
        said = _said(reading, function, world, drawn, expected)
        if said is not None and said.startswith(RAISES) and len(kinds) == 1 and not counted:
            for kind in TYPES[1:]:
                other = _drawn(wanted, world, scope, labels_from, arrays, kind)
                again = _said(reading, function, world, other, expected)
                if again is None or not again.startswith(RAISES):
                    kinds.append(kind)
                    said = again
                    break
        if said is None:
            last = "the function returns nan"
        elif said:
            sizes = ", ".join(f"{d.name} = {int(world.numbers[d.symbol])}" for d in sampler.sizes)
            return f"{said}{' at ' if sizes else ''}{sizes}"
        else:
            counted += 1
    if not counted:
        raise NotCovered(last)
    return ""


def _drawn(
    wanted: Collection[Symbol],
    world: World,
    scope: Scope,
    labels_from: int,
    arrays: Callable[[Any], Any],
    kind: tuple[str | None, str],
) -> dict[Symbol, Any]:
    """Return what a function gets, integers as they are or as reals: targets of two classes are often floats."""
    import numpy as np

    integers, reals = kind

    def made(array: Any) -> Any:
        return arrays(array if integers is None or array.dtype.kind != "i" else array.astype(np.dtype(integers)))

    return drawn_values(wanted, world, scope, labels_from, made, reals)


def _is_domain(d: Any) -> bool:
    return isinstance(d, Domain)


def _expected(reading: ArrayReading, sampler: DataSampler, world: World) -> dict[tuple[int, ...], float | None]:
    """Return the entries of the formula, None for those that have no value.

    Raises
    ------
    NoValue
        If none has one.
    """
    ranges = [sampler.label_range(world, i) for i in reading.over]
    found: dict[tuple[int, ...], float | None] = {}
    why: NoValue | None = None
    for where in product(*(range(lo, hi + 1) for lo, hi in ranges)):
        at: dict[Basic, Fraction] = {i.symbol: Fraction(v) for i, v in zip(reading.over, where, strict=True)}
        position = tuple(v - lo for v, (lo, _) in zip(where, ranges, strict=True))
        try:
            found[position] = double(reading.expr, world, sampler.scope, at)
        except NoValue as error:
            found[position], why = None, error
    if why is not None and all(value is None for value in found.values()):
        raise why
    return found


def _said(
    reading: ArrayReading,
    function: Callable[..., Any],
    world: World,
    drawn: Mapping[Symbol, Any],
    expected: Mapping[tuple[int, ...], float | None],
) -> str | None:
    """Return what differs, empty where nothing does, None where the function has no value."""
    import numpy as np

    values = {n: drawn[v.symbol] if isinstance(v, Domain) else _plain(v) for n, v in reading.sources.items()}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = reading.call.run(function, values)
    except Exception as why:  # the function is the user's
        return f"{RAISES} {type(why).__name__}: {' '.join(str(why).split())[:200]}"
    array = np.asarray(result.detach() if hasattr(result, "detach") else result)
    if array.dtype.kind not in "biuf":
        array = array.astype(np.float64)
    atol, rtol = TOLERANCES.get(
        array.dtype.name, ROUGH if array.dtype.name in ("float16", "bfloat16") else (1e-9, 1e-9)
    )
    shape = tuple(1 + max(where[i] for where in expected) for i in range(len(reading.over)))
    array = array.reshape(shape) if array.size == len(expected) else array
    if array.shape != shape:
        return f"it returns the shape {array.shape}, and {shape} was read"
    for where, right in expected.items():
        if right is None:
            continue
        got = float(array[where])
        if not np.isfinite(got):
            return None
        if abs(got - right) > atol + rtol * abs(right):
            place = f" at [{', '.join(map(str, where))}]" if where else ""
            return f"it returns {got!r}{place}, and what was read is {right!r}"
    return ""


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Basic) else value


class ModerateSampler(DataSampler):
    """Draws worlds of small sizes whose values are of the order of 1."""

    def some_worlds(self, rng: random.Random, count: int) -> Iterator[World]:
        """Yield worlds, the smallest sizes first."""
        small = [s for s in size_choices(self, SMALLEST) if self._admits(s)]
        small.sort(key=lambda s: sum(s.values()))
        names = [s.symbol for s in self.sizes]
        choices: list[Mapping[Basic, int]] = list(small[: max(1, count * 3 // 5)])
        while names and len(choices) < count:
            choices.append({s: rng.randint(1, LARGEST) for s in names})
        for sizes in choices or [{}] * count:
            if self._admits(sizes) and (world := self.draw(rng, sizes)) is not None:
                yield world

    def _table(self, rng: random.Random, d: Table, world: World) -> dict[Indices, Fraction] | None:
        if not isinstance(d, Pmf):
            return super()._table(rng, d, world)
        *rows, classes = self.indices(world, d)
        drawn: dict[Indices, Fraction] = {}
        for row in product(*rows):
            values = summing_to_one([rng.randint(1, 9) for _ in classes])
            drawn.update({(*row, k): v for k, v in zip(classes, values, strict=True)})
        return drawn

    def _real(self, rng: random.Random, d: Reals, world: World) -> Fraction | None:
        low, high = self.bounds(d, world)
        if low is not None and high is not None:
            return Fraction(float(low + (high - low) * Fraction(rng.randint(1, 15), 16)))
        step = Fraction(rng.randint(1, 40), 16)
        if low is not None:
            return Fraction(float(low + step))
        return Fraction(float(high - step)) if high is not None else Fraction(rng.randint(-24, 24), 8)
