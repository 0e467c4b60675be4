"""A user's arrays, checked against what a page is given: shapes, sizes, labels, probabilities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.domain import Density, Domain, Index, Labels, Pmf, Real, Size, Table
from deltasift.emit.names import identifier
from deltasift.errors import DataError
from deltasift.inert import free, replace
from deltasift.match.linear import collect, linear
from deltasift.match.scope import Scope

TOLERANCE = 1e-6  # by which a row of probabilities may miss 1

Values = dict[Symbol, Any]


def read(arrays: Mapping[str, Any], wanted: Sequence[Symbol], scope: Scope, labels_from: int) -> Values:
    """Return the value of each wanted name, as nested lists and numbers; sizes come from the shapes.

    Raises
    ------
    DataError
        If a value is missing, is of the wrong shape, or breaks a fact of its domain; the message names the row.
    """
    return _Reader(scope, labels_from).read(arrays, wanted)


class _Reader:
    def __init__(self, scope: Scope, labels_from: int) -> None:
        self.scope = scope
        self.labels_from = labels_from
        self.values: Values = {}
        self.sizes: dict[Symbol, tuple[int, str]] = {}

    def read(self, arrays: Mapping[str, Any], wanted: Sequence[Symbol]) -> Values:
        symbols = {s.name: s for s in self.scope.domains} | {identifier(s.name): s for s in self.scope.domains}
        for name, value in arrays.items():
            symbol = symbols.get(name)
            if symbol is None:
                raise DataError(f"the page has no {name}; it has {', '.join(sorted(s.name for s in wanted))}")
            domain = self.scope.domains[symbol]
            if isinstance(domain, Size):
                self._size(symbol, _integer(value, name), f"{name} is given")
            else:
                self.values[symbol] = value if isinstance(domain, Density) else _plain(value)
        tables = [d for s in self.values if isinstance(d := self.scope.domains[s], Table)]
        for d in tables:
            self._shape(d)
        for d in tables:
            self._check(d)
        for symbol in wanted:
            domain = self.scope.domains[symbol]
            if isinstance(domain, Size):
                if symbol not in self.sizes:
                    raise DataError(f"the size {symbol} follows from no array: give it")
                self.values[symbol] = self.sizes[symbol][0]
            elif symbol not in self.values:
                raise DataError(f"{_kind(domain)} {symbol} is missing")
        return self.values

    # --- sizes -----------------------------------------------------------------------------------------------------

    def _size(self, symbol: Symbol, value: int, source: str) -> None:
        known = self.sizes.get(symbol)
        if known is not None and known[0] != value:
            raise DataError(f"{symbol} would be {known[0]} ({known[1]}) and {value} ({source})")
        if value < 1:
            raise DataError(f"{symbol} would be {value} ({source}): a size is at least 1")
        self.sizes[symbol] = value, source

    def _shape(self, d: Table) -> None:
        value = self.values[d.symbol]
        for axis, (name, lo, hi) in enumerate(d.ranges):
            if not isinstance(value, list):
                raise DataError(f"{d.name} has {axis} axes, and needs {len(d.ranges)}")
            self._length(d, axis, name, collect([(1, hi), (-1, lo), (1, Integer(1))]), len(value))
            if not value:
                raise DataError(f"{d.name} is empty")
            lengths = {len(row) if isinstance(row, list) else None for row in value}
            if len(lengths) > 1:
                raise DataError(f"the rows of {d.name} are not of one length")
            value = value[0]
        if isinstance(value, list):
            raise DataError(f"{d.name} has more than {len(d.ranges)} axes")

    def _length(self, d: Table, axis: int, name: Basic, count: Basic, found: int) -> None:
        source = f"axis {axis} of {d.name} has length {found}"
        unknown = [s for s in free(count) if isinstance(s, Symbol) and isinstance(self.scope.domains.get(s), Size)]
        if not unknown and count != found:
            raise DataError(f"{source}, and the range of {name} has {count}")
        if len(unknown) == 1:
            line = linear(count, unknown[0])
            if line is not None and line[0] == 1 and line[1].is_Integer:
                self._size(unknown[0], found - int(line[1]), source)

    def _value(self, e: Basic) -> int | None:
        known = collect([(1, replace(e, {s: Integer(v) for s, (v, _) in self.sizes.items()}))])
        return int(known) if known.is_Integer else None

    # --- facts -----------------------------------------------------------------------------------------------------

    def _check(self, d: Table) -> None:
        value = self.values[d.symbol]
        for where, x in _entries(value, len(d.ranges)):
            label = f"{d.name}[{', '.join(map(str, where))}]" if where else d.name
            if not isinstance(x, (int, float)) or isinstance(x, bool):
                raise DataError(f"{label} is {x!r}, which is no real number")
            if not math.isfinite(x):
                raise DataError(f"{label} is {x}")
            if isinstance(d, Labels):
                self._label(d, label, x)
            elif isinstance(d, Pmf) and (x < 0 or (d.positive and x == 0)):
                raise DataError(f"{label} is {x}, and a probability here is {'positive' if d.positive else '>= 0'}")
            elif isinstance(d, Real):
                self._real(d, label, x)
        if isinstance(d, Pmf):
            for where, row in _entries(value, len(d.ranges) - 1):
                if abs(math.fsum(row) - 1) > TOLERANCE:
                    named = f"row {where[0]} of {d.name}" if where else d.name
                    raise DataError(f"{named} sums to {math.fsum(row):.6g}, not to 1")

    def _label(self, d: Labels, label: str, x: float) -> None:
        lo, hi = self._value(d.lo), self._value(d.hi)
        if x != int(x):
            raise DataError(f"{label} is {x}, and a label is an integer")
        if lo is None or hi is None:
            raise DataError(f"the range {d.lo}..{d.hi} of the labels follows from no array: give the sizes in it")
        least, most = self.labels_from, hi - lo + self.labels_from
        if not least <= x <= most:
            raise DataError(f"{label} is {x}, and the labels are {least}..{most}")

    def _real(self, d: Real, label: str, x: float) -> None:
        above, below = (None if b is None else self._value(b) for b in (d.above, d.below))
        if above is not None and x <= above:
            raise DataError(f"{label} is {x}, and has to be above {above}")
        if below is not None and x >= below:
            raise DataError(f"{label} is {x}, and has to be below {below}")


def _kind(domain: Domain) -> str:
    kinds = {Labels: "the labels", Pmf: "the pmf", Real: "the real", Density: "the function", Index: "the index"}
    return next((word for kind, word in kinds.items() if isinstance(domain, kind)), "the value")


def _entries(value: Any, axes: int) -> Any:
    """Yield each entry with its position, counted from 0."""
    if axes == 0:
        yield (), value
        return
    shape = []
    inner = value
    for _ in range(axes):
        shape.append(len(inner))
        inner = inner[0]
    for where in product(*map(range, shape)):
        x = value
        for i in where:
            x = x[i]
        yield where, x


def _integer(value: Any, name: str) -> int:
    plain = _plain(value)
    if isinstance(plain, bool) or not isinstance(plain, (int, float)) or plain != int(plain):
        raise DataError(f"{name} is {value!r}, and a size is an integer")
    return int(plain)


def _plain(value: Any) -> Any:
    """Return an array of any library as nested lists, a scalar as a Python number."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value
