"""The value of every line on a user's data, by the generated code, with the time and the memory that it takes."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, prod
from typing import TYPE_CHECKING, Any

from sympy.core.numbers import Integer

from deltasift.calc import Derivation, Page, page_of
from deltasift.check.checker import page_scope
from deltasift.domain import Density
from deltasift.emit.arrays import ArrayFunction, ArrayProgram
from deltasift.emit.blocks import cut, lengths_of_blocks
from deltasift.emit.data import Values, read
from deltasift.emit.library import Library, dask_library, free_memory, in_blocks, library_of, quiet
from deltasift.emit.python import Program, PythonFunction
from deltasift.emit.run import load
from deltasift.emit.unread import refuse_without_numbers
from deltasift.errors import DataError, DepthError, EmitError
from deltasift.inert import substitute
from deltasift.line.linear import collect

if TYPE_CHECKING:
    from sympy import Symbol

    from deltasift.emit.array_writer import Range

NUMBER = 8  # bytes
AT_ONCE = 3  # arrays of the largest size that a line holds at one time
LONGEST = 10**7  # entries of the arrays that a line would make, up to which loops may stand in for them
NO_LOGARITHM = "a logarithm of 0 or of less, where a product may have become too small for a double"
NOT_A_NUMBER = "it comes out as {}: the logarithm of 0, a division by 0, or a number too small or too large"


@dataclass(frozen=True)
class Value:
    """What a line is worth on data.

    Attributes
    ----------
    number : int
        Of the line.
    value : float or None
        None where it has no value, or none was computed.
    problem : str
        Why there is none.
    seconds : float
    peak : int or None
        Most bytes that were held at one time while it was computed, the data not counted, as `tracemalloc` sees them;
        None where it does not see the arrays, which are not NumPy's.
    largest : tuple of str
        The lengths of the axes of the largest array that it makes, as the page writes them; empty without arrays.
    entries : int
        The number of entries of that array.
    form : str
        "arrays", "loops", "blocks" for arrays that were cut to fit into memory, or "none" for a line without an
        executable form.
    """

    number: int
    value: float | None
    problem: str
    seconds: float
    peak: int | None
    largest: tuple[str, ...]
    entries: int
    form: str


@dataclass(frozen=True)
class Evaluation:
    """What the lines of a page are worth on data.

    Attributes
    ----------
    page : str
    sizes : dict of str to int
    labels_from : int
    library : str
        Of the arrays.
    lines : tuple of Value
    difference : float
        The largest relative difference between a line and the one before, of those that the page says are equal.
    """

    page: str
    sizes: Mapping[str, int]
    labels_from: int
    library: str
    lines: tuple[Value, ...]
    difference: float


def evaluate(
    page: Page | Derivation, arrays: Mapping[str, Any], *, labels_from: int = 0, lines: Iterable[int] | None = None
) -> dict[int, float]:
    """Return the value of every line, by its number.

    Parameters
    ----------
    page : Page or Derivation
    arrays : mapping from names to arrays
        Shapes are those of the page's tables: a pmf q over K classes has shape (K,), `q[n, k]` has (N, K), labels
        have (N,); a density is a function of one number. Sizes follow from the shapes. Lists, and arrays of NumPy,
        PyTorch, JAX and Dask are taken; those of one library at a time.
    labels_from : int
        What the data call the first label: 0 as in NumPy and PyTorch, or 1.
    lines : iterable of int, optional
        The numbers of the lines that are evaluated; without it all are.

    Raises
    ------
    DataError
        If the data do not fit, or a line has no value on them.
    EmitError
        If a line has no executable form.
    """
    found: dict[int, float] = {}
    for line in measure(page, arrays, labels_from=labels_from, trace=False, lines=lines).lines:
        if line.value is None:
            raise (EmitError if line.form == "none" else DataError)(line.problem)
        found[line.number] = line.value
    return found


def measure(
    page: Page | Derivation,
    arrays: Mapping[str, Any],
    *,
    labels_from: int = 0,
    trace: bool = True,
    lines: Iterable[int] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Evaluation:
    """Return the value of every line with what it costs.

    Parameters
    ----------
    page, arrays, labels_from, lines
        As in `evaluate`.
    trace : bool
        Whether memory is traced, which slows loops down.
    progress : callable, optional
        It is told before each line which one comes.

    Raises
    ------
    DataError
        If the data do not fit what the page is given.
    """
    if isinstance(page, Derivation):
        page = page_of(page)
    if type(labels_from) is not int or labels_from not in (0, 1):
        raise DataError(f"labels start from 0 or from 1, not from {labels_from!r}")
    refuse_without_numbers(arrays)
    run = _Run(page, arrays, labels_from, trace, None if lines is None else tuple(lines))
    values = tuple(run.lines(progress))
    sizes = {s.name: v for s, v in run.values.items() if isinstance(v, int)}
    return Evaluation(page.name, sizes, labels_from, run.library.name, values, _difference(page, values))


def _difference(page: Page, lines: Sequence[Value]) -> float:
    found = {x.number: x.value for x in lines}
    largest = 0.0
    number = 0
    for proof in page.proofs:
        for step in proof.steps:
            number += 1
            a, b = found.get(number), found.get(number + 1)
            if step.relation == "=" and a is not None and b is not None and a != b:
                largest = max(largest, abs(a - b) / max(abs(a), abs(b)))
        number += 1
    return largest


class _Run:
    def __init__(
        self,
        page: Page,
        arrays: Mapping[str, Any],
        labels_from: int,
        trace: bool,
        wanted_lines: tuple[int, ...] | None,
    ) -> None:
        self.trace = trace
        scope = page_scope(page)
        exprs = [line for proof in page.proofs for line in proof.lines]
        self.chosen = _chosen(wanted_lines, len(exprs))
        loops, whole = Program(scope, labels_from), ArrayProgram(scope, labels_from)
        self.loops: list[PythonFunction | str] = []
        self.whole: list[ArrayFunction | None] = []
        for i, e in enumerate(exprs, 1):
            if i - 1 not in self.chosen:
                self.loops.append("")
                self.whole.append(None)
                continue
            try:
                self.loops.append(loops.function(loops.names.fresh(f"line_{i}"), e))
            except (EmitError, DepthError) as why:
                self.loops.append(f"line {i} has no executable form: {why}")
            try:
                self.whole.append(whole.function(whole.names.fresh(f"line_{i}"), e))
            except (EmitError, DepthError):
                self.whole.append(None)
        written = [f for f in self.loops if isinstance(f, PythonFunction)]
        arrayed = [f for f in self.whole if f is not None]
        wanted: dict[Symbol, None] = dict.fromkeys(p for f in (*written, *arrayed) for p in f.parameters)
        self.library = library_of(arrays.values())
        self.values = read(arrays, tuple(wanted), scope, labels_from, self.library)
        self.functions = {s for s, d in scope.domains.items() if isinstance(d, Density)}
        self.run = load(_module(loops, written), page.name)
        self.run_whole = load(_module(whole, arrayed), f"{page.name} arrays")
        self._lists: Values = {}

    def lines(self, progress: Callable[[str], None] | None = None) -> Iterator[Value]:
        with quiet():
            for i in self.chosen:
                if progress is not None:
                    progress(f"line {i + 1} of {len(self.loops)}")
                yield self._line(i)

    def _line(self, i: int) -> Value:
        f = self.whole[i]
        if f is None:
            return self._by_loops(i, (), 0)
        largest, entries, lengths = self._largest(f.axes)
        if self.library.name == "dask":
            return self._cut(i, f, largest, entries, lengths)
        room = free_memory()
        if room is not None and NUMBER * AT_ONCE * entries > room:
            return self._in_blocks(i, f, largest, entries, room)
        found = self._computed(i, lambda: self._call(f, self.library, self.values), largest, entries, "arrays")
        if found.value is None and entries <= LONGEST:
            # loops stop where arrays go on, and say why; where they do not stop, theirs is the value
            again = self._by_loops(i, largest, entries)
            return again if again.value is not None else replace(found, problem=again.problem)
        return found

    def _cut(self, i: int, f: ArrayFunction, largest: tuple[str, ...], entries: int, lengths: tuple[int, ...]) -> Value:
        """Evaluate a line on arrays of Dask, cut so that a block of the largest array that it makes fits."""
        blocks = lengths_of_blocks(lengths)
        values = {p: v if p in self.functions else cut(v, blocks) for p, v in self.values.items()}
        library = dask_library(blocks)
        return self._computed(i, lambda: self._call(f, library, values), largest, entries, "arrays")

    def _call(self, f: PythonFunction, library: Library, values: Values) -> float:
        given = [library.function(values[p]) if p in self.functions else values[p] for p in f.parameters]
        return library.number(self.run_whole[f.name](*given, xp=library.xp))

    def _by_loops(self, i: int, largest: tuple[str, ...], entries: int) -> Value:
        f = self.loops[i]
        if isinstance(f, str):
            return Value(i + 1, None, f, 0.0, None, largest, entries, "none")
        for p in f.parameters:
            if p not in self._lists:
                value = self.values[p]
                plain = p in self.functions or isinstance(value, int)
                self._lists[p] = value if plain else self.library.lists(value)
        given = [self._lists[p] for p in f.parameters]
        return self._computed(i, lambda: float(self.run[f.name](*given)), largest, entries, "loops")

    def _in_blocks(self, i: int, f: ArrayFunction, largest: tuple[str, ...], entries: int, room: int) -> Value:
        cut = {p: v if p in self.functions else in_blocks(v) for p, v in self.values.items()}
        if self.library.name != "numpy" or any(v is None for v in cut.values()):
            size = "*".join(largest)
            needed = f"{NUMBER * AT_ONCE * entries / 2**30:.0f} GiB; {room / 2**30:.0f} GiB are free"
            return Value(
                i + 1,
                None,
                f"line {i + 1} makes arrays of {size} = {entries:,} numbers ({needed}): with Dask they are cut "
                "into blocks, pip install 'deltasift[dask]'",
                0.0,
                None,
                largest,
                entries,
                "arrays",
            )
        library = dask_library()
        return self._computed(i, lambda: self._call(f, library, cut), largest, entries, "blocks")

    def _computed(
        self, i: int, compute: Callable[[], float], largest: tuple[str, ...], entries: int, form: str
    ) -> Value:
        """Run the code of a line; what it raises becomes the reason why there is no value."""
        value, problem = None, ""
        traced = self.trace and (self.library.name == "numpy" or form == "loops")
        own = traced and not tracemalloc.is_tracing()
        if own:
            tracemalloc.start()
        if traced:
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
        start = time.perf_counter()
        try:
            value = compute()
        except IndexError:
            problem = f"line {i + 1} reaches outside of an array"
        except (ArithmeticError, ValueError, TypeError, RuntimeError, NotImplementedError) as why:
            words = NO_LOGARITHM if str(why) == "math domain error" else " ".join(str(why).split())
            problem = f"line {i + 1} has no value on these data: {words}"
        except MemoryError:
            problem = f"line {i + 1} needs more memory than there is"
        seconds = time.perf_counter() - start
        peak = tracemalloc.get_traced_memory()[1] - before if traced else None
        if own:
            tracemalloc.stop()
        if value is not None and not isfinite(value):
            problem = f"line {i + 1} has no value on these data: {NOT_A_NUMBER.format(value)}"
            value = None
        return Value(i + 1, value, problem, seconds, peak, largest, entries, form)

    def _largest(self, axes: Sequence[tuple[Range, ...]]) -> tuple[tuple[str, ...], int, tuple[int, ...]]:
        """Return the lengths of the axes of the largest of some arrays, as the page writes them; their product; and
        the lengths themselves."""
        sizes = {s: Integer(v) for s, v in self.values.items() if isinstance(v, int)}
        best: tuple[tuple[str, ...], int, tuple[int, ...]] = (), 1, ()
        for array in axes:
            lengths = [collect([(1, hi), (-1, lo), (1, Integer(1))]) for lo, hi in array]
            known = [collect([(1, substitute(n, sizes))]) for n in lengths]
            counts = tuple(int(n) for n in known) if all(n.is_Integer for n in known) else ()
            entries = prod(counts)
            if entries >= best[1]:
                best = tuple(map(str, lengths)), entries, counts
        return best


def _chosen(wanted: tuple[int, ...] | None, count: int) -> tuple[int, ...]:
    """Return the places of the lines that are asked for."""
    if wanted is None:
        return tuple(range(count))
    for number in wanted:
        if type(number) is not int or not 1 <= number <= count:
            raise DataError(f"the page has no line {number!r}: its lines are 1..{count}")
    return tuple(sorted({number - 1 for number in wanted}))


def _module(program: Program, written: Sequence[PythonFunction]) -> str:
    return "\n\n".join([program.prelude(), *(f.source for f in written)])
