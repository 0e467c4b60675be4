"""A user's arrays, checked against what a page is given: shapes, sizes, labels, probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Integer, Rational

from deltasift.domain import Density, Domain, Index, Labels, Pmf, Reals, Size, Table
from deltasift.emit.library import Library
from deltasift.emit.names import identifier
from deltasift.emit.unread import warn_of_rounding
from deltasift.errors import DataError
from deltasift.inert import free, substitute
from deltasift.line.linear import collect, linear
from deltasift.line.scope import Scope

TOLERANCE = 1e-6  # by which a row of probabilities may miss 1

Values = dict[Symbol, Any]


def read(
    arrays: Mapping[str, Any], wanted: Sequence[Symbol], scope: Scope, labels_from: int, library: Library
) -> Values:
    """Return the value of each wanted name: arrays of one library, sizes as integers, densities as they were given.

    Sizes come from the shapes; labels are integers.

    Raises
    ------
    DataError
        If a value is missing, is of the wrong shape, or breaks a fact of its domain; the message names the row.
    """
    return _Reader(scope, labels_from, library).read(arrays, wanted)


class _Reader:
    def __init__(self, scope: Scope, labels_from: int, library: Library) -> None:
        self.scope = scope
        self.labels_from = labels_from
        self.library = library
        self.xp = library.xp
        self.values: Values = {}
        self.sizes: dict[Symbol, tuple[int, str]] = {}

    def read(self, arrays: Mapping[str, Any], wanted: Sequence[Symbol]) -> Values:
        symbols = {s.name: s for s in self.scope.domains} | {identifier(s.name): s for s in self.scope.domains}
        for name, value in arrays.items():
            symbol = symbols.get(name)
            if symbol is None and name in {s.name for s in wanted}:
                raise DataError(f"{name} is not declared: whether it is a number or a table is not known")
            if symbol is None:
                raise DataError(f"the page has no {name}; it has {', '.join(sorted(s.name for s in wanted))}")
            self._take(symbol, name, value)
        tables = [d for s in self.values if isinstance(d := self.scope.domains[s], Table)]
        for d in tables:
            self._shape(d)
        for d in tables:
            self._check(d)
        for symbol in wanted:
            domain = self.scope.domains.get(symbol)
            if domain is None:
                raise DataError(f"{symbol} is not declared: whether it is a number or a table is not known")
            if isinstance(domain, Size):
                if symbol not in self.sizes:
                    raise DataError(f"the size {symbol} follows from no array: give it")
                self.values[symbol] = self.sizes[symbol][0]
            elif symbol not in self.values:
                raise DataError(f"{_kind(domain)} {symbol} is missing")
            elif isinstance(domain, Index):
                self._index(domain)
        return self.values

    def _take(self, symbol: Symbol, name: str, value: Any) -> None:
        domain = self.scope.domains[symbol]
        if isinstance(domain, Size):
            self._size(symbol, self._integer(value, name, "a size"), f"{name} is given")
        elif isinstance(domain, Index):
            self.values[symbol] = self._integer(value, name, "an index")
        elif isinstance(domain, Density):
            if not callable(value):
                raise DataError(f"{name} is no function, and a density is a function of one number")
            self.values[symbol] = value
        elif isinstance(domain, (Labels, Pmf, Reals)):
            self.values[symbol] = self._array(name, value)
        else:
            raise DataError(f"{name} follows from the rest of the page: do not give it")

    def _array(self, name: str, value: Any) -> Any:
        import numpy as np

        if "sparse" in str(getattr(value, "layout", "")):
            raise DataError(f"{name} is a sparse array, and a dense one is needed")
        try:
            array = self.library.array(value)
        except (ValueError, TypeError, RuntimeError):
            raise DataError(f"{name} is no array: its rows are not of one length, or not of numbers") from None
        if not self.xp.isdtype(array.dtype, ("integral", "real floating")):
            entry, label = array, name
            while getattr(entry, "ndim", 0):
                if not len(entry):
                    raise DataError(f"{name} is empty")
                entry, label = entry[0], f"{label}[0]"
            plain = entry.compute() if hasattr(entry, "compute") else entry
            shown = plain.item() if hasattr(plain, "item") else plain
            if isinstance(shown, (int, float)) and not isinstance(shown, bool):
                raise DataError(f"{name} is an array of Python's objects (its dtype is {array.dtype}), not of numbers")
            raise DataError(f"{label.replace('][', ', ')} is {shown!r}, which is no real number")
        if np.ma.is_masked(value):
            raise DataError(f"{name} has masked entries, which have no value")
        return array

    # --- sizes -----------------------------------------------------------------------------------------------------

    def _size(self, symbol: Symbol, value: int, source: str) -> None:
        known = self.sizes.get(symbol)
        if known is not None and known[0] != value:
            raise DataError(f"{symbol} would be {known[0]} ({known[1]}) and {value} ({source})")
        if value < 1:
            raise DataError(f"{symbol} would be {value} ({source}): a size is at least 1")
        self.sizes[symbol] = value, source

    def _shape(self, d: Table) -> None:
        array = self.values[d.symbol]
        if array.ndim > len(d.ranges):
            raise DataError(f"{d.name} has more than {len(d.ranges)} axes: its shape is {tuple(array.shape)}")
        if array.ndim < len(d.ranges):
            raise DataError(f"{d.name} has {array.ndim} axes, and needs {len(d.ranges)}")
        for axis, ((name, lo, hi), length) in enumerate(zip(d.ranges, array.shape, strict=True)):
            self._length(d, axis, name, collect([(1, hi), (-1, lo), (1, Integer(1))]), int(length))
            if not length:
                raise DataError(f"{d.name} is empty")

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
        known = collect([(1, substitute(e, {s: Integer(v) for s, (v, _) in self.sizes.items()}))])
        return int(known) if known.is_Integer else None

    # --- facts -----------------------------------------------------------------------------------------------------

    def _check(self, d: Table) -> None:
        array = self.values[d.symbol]
        xp = self.xp
        if not xp.isdtype(array.dtype, "integral"):
            self._refuse(d, ~xp.isfinite(array), "")
        if isinstance(d, Labels):
            self._labels(d, array)
            if d.counted:
                warn_of_rounding(d.name, array, xp)
            self.values[d.symbol] = self.library.whole(array)
            return
        warn_of_rounding(d.name, array, xp)
        array = self.library.real(array)
        if isinstance(d, Pmf):
            wrong = (array <= 0) if d.positive else (array < 0)
            self._refuse(d, wrong, f", and a probability here is {'positive' if d.positive else '>= 0'}")
            self._rows(d, array)
        elif isinstance(d, Reals):
            self._real(d, array)
        self.values[d.symbol] = array

    def _refuse(self, d: Table, wrong: Any, because: str) -> None:
        where = self.library.first(wrong)
        if where is not None:
            label = f"{d.name}[{', '.join(map(str, where))}]" if where else d.name
            raise DataError(f"{label} is {self.library.shown(self.values[d.symbol][where])}{because}")

    def _labels(self, d: Labels, array: Any) -> None:
        if self.xp.isdtype(array.dtype, "integral"):
            array = self.library.whole(array)  # one byte does not hold what it is compared with
        else:
            self._refuse(d, array != self.xp.floor(array), ", and a label is an integer")
        lo, hi = self._value(d.lo), self._value(d.hi)
        if lo is None or hi is None:
            raise DataError(f"the range {d.lo}..{d.hi} of the labels follows from no array: give the sizes in it")
        least = lo if d.counted else self.labels_from
        most = hi - lo + least
        hint = "" if least else "; labels that start from 1 need labels_from=1 (--labels-from 1)"
        one_more = self.library.first(array == most + 1) is not None and self.library.first(array < 1) is None
        because = f", and the labels are {least}..{most}{hint if one_more else ''}"
        if d.counted:
            because = f", and has to lie in {least}..{most}"
        self._refuse(d, (array < least) | (array > most), because)

    def _rows(self, d: Pmf, array: Any) -> None:
        sums = self.xp.sum(array, axis=-1)
        where = self.library.first(self.xp.abs(sums - 1) > TOLERANCE)
        if where is not None:
            named = f"row {', '.join(map(str, where))} of {d.name}" if where else d.name
            raise DataError(f"{named} sums to {self.library.number(sums[where]):.9g}, not to 1")

    def _real(self, d: Reals, array: Any) -> None:
        above, below = (None if b is None else self._bound(b) for b in (d.above, d.below))
        if above is not None:
            self._refuse(d, array <= above, f", and has to be above {above}")
        if below is not None:
            self._refuse(d, array >= below, f", and has to be below {below}")

    def _bound(self, e: Basic) -> float | None:
        """Return the value of a bound of reals, None where it is not known yet."""
        known = collect([(1, substitute(e, {s: Integer(v) for s, (v, _) in self.sizes.items()}))])
        if isinstance(known, Rational):
            return int(known) if known.is_Integer else float(known)
        value = self.values.get(known) if isinstance(known, Symbol) else None
        return None if value is None else self.library.number(value)

    def _index(self, d: Index) -> None:
        value, lo, hi = self.values[d.symbol], self._value(d.lo), self._value(d.hi)
        if (lo is not None and value < lo) or (hi is not None and value > hi):
            raise DataError(f"{d.name} is {value}, and it runs from {d.lo} to {d.hi if hi is None else hi}")

    def _integer(self, value: Any, name: str, kind: str) -> int:
        array = self._array(name, value)
        if array.ndim or self.library.number(array) % 1 != 0:
            shown = f"of shape {tuple(array.shape)}" if array.ndim else self.library.shown(array)
            raise DataError(f"{name} is {shown}, and {kind} is an integer")
        return int(self.library.number(array))


def _kind(domain: Domain) -> str:
    kinds = {Labels: "the labels", Pmf: "the pmf", Reals: "the real", Density: "the function", Index: "the index"}
    return next((word for kind, word in kinds.items() if isinstance(domain, kind)), "the value")
