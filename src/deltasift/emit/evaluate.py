"""The value of every line on a user's data, by the generated code, with the time and the memory that it takes."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite, prod
from typing import TYPE_CHECKING, Any

from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.calc import Derivation, Page, calc, page_of
from deltasift.check.checker import page_scope
from deltasift.domain import Density
from deltasift.emit import cancelling
from deltasift.emit.arrays import ArrayFunction, ArrayProgram
from deltasift.emit.blocks import cut
from deltasift.emit.data import Values, read
from deltasift.emit.evaluation import Evaluation, Value, difference
from deltasift.emit.library import Library, dask_library, free_memory, has_dask, in_blocks, library_of, quiet
from deltasift.emit.memory import Forecast, blocks_within, of_blocks, refused, shown_bytes, whole
from deltasift.emit.python import Program, PythonFunction
from deltasift.emit.run import load
from deltasift.emit.unread import refuse_without_numbers
from deltasift.errors import DataError, DepthError, EmitError
from deltasift.inert import substitute
from deltasift.line.linear import collect

if TYPE_CHECKING:
    from sympy import Symbol

    from deltasift.emit.array_writer import Range

LONGEST = 10**7  # entries of the arrays that a line would make, up to which loops may stand in for them
NO_LOGARITHM = "a logarithm of 0 or of less, where a product may have become too small for a double"
NOT_A_NUMBER = "it comes out as {}: the logarithm of 0, a division by 0, or a number too small or too large"


def evaluate(
    page: Page | Derivation | Basic,
    arrays: Mapping[str, Any],
    *,
    labels_from: int = 0,
    lines: Iterable[int] | None = None,
    memory: int | None = None,
) -> dict[int, float]:
    """Return the value of every line, by its number.

    Parameters
    ----------
    page : Page, Derivation or expression
    arrays : mapping from names to arrays
        Shapes are those of the page's tables: a pmf q over K classes has shape (K,), `q[n, k]` has (N, K), labels
        have (N,); a density is a function of one number. Sizes follow from the shapes. Lists, and arrays of NumPy,
        PyTorch, JAX and Dask are taken; those of one library at a time.
    labels_from : int
        What the data call the first label: 0 as in NumPy and PyTorch, or 1.
    lines : iterable of int, optional
        The numbers of the lines that are evaluated; without it all are.
    memory : int, optional
        Bytes that the arrays of a line may take beside the data; without it what is free. `forecast` tells how many a
        line takes. Arrays that take more are cut into blocks with Dask.

    Raises
    ------
    DataError
        If the data do not fit, a line has no value on them, or takes more memory than there is and is not cut.
    EmitError
        If a line has no executable form.

    Warns
    -----
    UserWarning
        If large terms cancel in a line, so that at least half of its digits are rounding.
    """
    found: dict[int, float] = {}
    for line in measure(page, arrays, labels_from=labels_from, trace=False, lines=lines, memory=memory).lines:
        if line.value is None:
            raise (EmitError if line.form == "none" else DataError)(line.problem)
        cancelling.warn(line.cancelled)
        found[line.number] = line.value
    return found


def measure(
    page: Page | Derivation | Basic,
    arrays: Mapping[str, Any],
    *,
    labels_from: int = 0,
    trace: bool = True,
    lines: Iterable[int] | None = None,
    memory: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Evaluation:
    """Return the value of every line with what it costs.

    Parameters
    ----------
    page, arrays, labels_from, lines, memory
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
    run = _run(page, arrays, labels_from, trace, lines, memory)
    values = tuple(run.lines(progress))
    sizes = {s.name: v for s, v in run.values.items() if isinstance(v, int)}
    return Evaluation(run.page.name, sizes, labels_from, run.library.name, values, difference(run.page, values))


def forecast(
    page: Page | Derivation | Basic,
    arrays: Mapping[str, Any],
    *,
    labels_from: int = 0,
    lines: Iterable[int] | None = None,
    memory: int | None = None,
) -> tuple[Forecast, ...]:
    """Return how much memory each line will take, computing none of them.

    Parameters
    ----------
    page, arrays, labels_from, lines, memory
        As in `evaluate`; of arrays of Dask the lengths alone are read.

    Raises
    ------
    DataError
        If the data do not fit what the page is given.
    """
    run = _run(page, arrays, labels_from, False, lines, memory)
    return tuple(run.forecast(i) for i in run.chosen)


def _run(
    page: Page | Derivation | Basic,
    arrays: Mapping[str, Any],
    labels_from: int,
    trace: bool,
    lines: Iterable[int] | None,
    memory: int | None,
) -> _Run:
    if type(labels_from) is not int or labels_from not in (0, 1):
        raise DataError(f"labels start from 0 or from 1, not from {labels_from!r}")
    if memory is not None and (type(memory) is not int or memory < 1):
        raise DataError(f"memory is a number of bytes, not {memory!r}")
    refuse_without_numbers(arrays)
    if isinstance(page, Basic):  # an expression is a derivation of one line
        page = calc(page)
    if not isinstance(page, (Page, Derivation)):
        raise DataError(f"{page!r:.60} is no page, no derivation and no expression")
    known = page_of(page) if isinstance(page, Derivation) else page
    return _Run(known, arrays, labels_from, trace, None if lines is None else tuple(lines), memory)


class _Run:
    def __init__(
        self,
        page: Page,
        arrays: Mapping[str, Any],
        labels_from: int,
        trace: bool,
        wanted_lines: tuple[int, ...] | None,
        memory: int | None,
    ) -> None:
        self.page = page
        self.trace = trace
        self.memory = memory
        scope = page_scope(page)
        exprs = [line for proof in page.proofs for line in proof.lines]
        self.chosen = _chosen(wanted_lines, len(exprs))
        loops, whole = Program(scope, labels_from), ArrayProgram(scope, labels_from)
        self.loops: list[PythonFunction | str] = []
        self.whole: list[ArrayFunction | None] = []
        self.terms: dict[int, list[ArrayFunction]] = {}  # of the lines that are sums
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
                self.terms[i - 1] = [
                    whole.function(whole.names.fresh(f"line_{i}_term"), term) for term in cancelling.terms_of(e)
                ]
            except (EmitError, DepthError):
                self.whole.append(None)
        written = [f for f in self.loops if isinstance(f, PythonFunction)]
        arrayed = [f for f in (*self.whole, *(f for every in self.terms.values() for f in every)) if f is not None]
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
        planned = self.forecast(i)
        if planned.form == "refused":
            return Value(i + 1, None, planned.problem, 0.0, None, largest, entries, "arrays")
        if planned.form == "blocks":
            return self._in_blocks(i, f, largest, entries, lengths)
        found = self._computed(i, lambda: self._call(f, self.library, self.values), largest, entries, "arrays")
        if found.value is None and entries <= LONGEST:
            # loops stop where arrays go on, and say why; where they do not stop, theirs is the value
            again = self._by_loops(i, largest, entries)
            return again if again.value is not None else replace(found, problem=again.problem)
        return replace(found, cancelled=self._cancelled(i)) if entries <= LONGEST else found

    def _cancelled(self, i: int) -> str:
        """Return in words that large terms cancel in a line."""
        try:
            terms = [self._call(f, self.library, self.values) for f in self.terms.get(i, ())]
        except (ArithmeticError, ValueError, TypeError, RuntimeError, IndexError, MemoryError):
            return ""
        return cancelling.said(i + 1, cancelling.digits_lost(terms), cancelling.digits_of(self.values.values()))

    def forecast(self, i: int) -> Forecast:
        """Return what a line will take."""
        f = self.whole[i]
        if f is None:
            return Forecast(i + 1, "none" if isinstance(self.loops[i], str) else "loops", 0)
        largest, entries, lengths = self._largest(f.axes)
        room = free_memory() if self.memory is None else self.memory
        cut_already = self.library.name == "dask"
        if not cut_already and (room is None or whole(entries) <= room):
            return Forecast(i + 1, "arrays", whole(entries), largest, entries)
        blocks = blocks_within(lengths, room if self.memory is not None or not cut_already else None)
        if blocks is not None and (cut_already or self._may_be_cut()):
            return Forecast(i + 1, "blocks", of_blocks(lengths, blocks), largest, entries)
        given = f"{shown_bytes(room or 0)} are {'free' if self.memory is None else 'allowed'}"
        too_small = blocks is None and (cut_already or self._may_be_cut())
        return refused(i + 1, largest, entries, given, cut=not too_small)

    def _may_be_cut(self) -> bool:
        """Tell whether arrays that are no blocks can be made such: those of NumPy, by Dask."""
        return self.library.name == "numpy" and has_dask()

    def _in_blocks(
        self, i: int, f: ArrayFunction, largest: tuple[str, ...], entries: int, lengths: tuple[int, ...]
    ) -> Value:
        """Evaluate a line on arrays of Dask, cut so that blocks of the largest array that it makes fit."""
        of_dask = self.library.name == "dask"
        room = self.memory if of_dask or self.memory is not None else free_memory()
        blocks = blocks_within(lengths, room) or {}
        values = {p: v if p in self.functions else cut(in_blocks(v), blocks) for p, v in self.values.items()}
        library = dask_library(blocks)
        form = "arrays" if of_dask else "blocks"
        return self._computed(i, lambda: self._call(f, library, values), largest, entries, form)

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
