"""The library that a user's arrays come from, through the array API standard: NumPy, PyTorch, JAX or Dask."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from deltasift.errors import DataError

BLOCK = 4096  # length of an axis of a block, where arrays are cut into blocks that fit into memory
NEEDED = "evaluating on data needs NumPy and array-api-compat: pip install 'deltasift[numpy]'"


class Library:
    """The functions of one library of arrays.

    Attributes
    ----------
    xp : module
        Its functions, by their names in the array API standard.
    name : str
    """

    def __init__(self, xp: Any, name: str) -> None:
        self.xp = xp
        self.name = name

    def array(self, value: Any) -> Any:
        """Return what a user gives as an array of the library; gradients are not followed."""
        return self.xp.asarray(value.detach() if hasattr(value, "detach") else value)

    def real(self, value: Any) -> Any:
        """Return numbers as real ones; those of NumPy in double precision."""
        xp = self.xp
        array = xp.asarray(value)
        if self.name != "numpy" and xp.isdtype(array.dtype, "real floating"):
            return array
        return xp.asarray(array, dtype=xp.float64)

    def whole(self, value: Any) -> Any:
        """Return whole numbers as integers that an array takes as indices."""
        integers = self.xp.__array_namespace_info__().default_dtypes()["integral"]  # JAX may have 32 bits alone
        return self.xp.astype(self.xp.asarray(value), integers)

    def first(self, wrong: Any) -> tuple[int, ...] | None:
        """Return the position of the first true element, counted from 0; None where there is none."""
        xp = self.xp
        if not bool(xp.any(wrong)):
            return None
        flat = int(xp.argmax(xp.astype(xp.reshape(wrong, (-1,)), xp.int8)))
        found: list[int] = []
        for length in reversed(wrong.shape):
            flat, i = divmod(flat, int(length))
            found.insert(0, i)
        return tuple(found)

    def function(self, f: Callable[[float], float]) -> Callable[[Any], Any]:
        """Return a function of one number as a function of each element of an array."""
        import numpy as np

        def of_each(x: Any) -> Any:
            values = np.vectorize(f, otypes=[float])(np.asarray(x))
            return self.xp.asarray(np.where(np.isfinite(values), values, np.nan))

        return of_each

    def shown(self, value: Any) -> str:
        """Return one entry as text."""
        plain = value.compute() if hasattr(value, "compute") else value
        return str(plain.item() if hasattr(plain, "item") else plain)

    def lists(self, value: Any) -> Any:
        """Return an array as nested lists of numbers in which nothing is counted from the end."""
        import numpy as np

        plain = np.asarray(value).tolist()
        return _rows(plain) if isinstance(plain, list) else plain

    def number(self, value: Any) -> float:
        """Return a value as a number of Python."""
        return float(value.item() if hasattr(value, "item") else value) + 0.0  # no -0.0


class Row(list[Any]):
    """A list that has no entry before its first."""

    def __getitem__(self, i: Any) -> Any:
        if i < 0:
            raise IndexError(i)
        return super().__getitem__(i)


def _rows(values: list[Any]) -> Row:
    return Row(_rows(v) if isinstance(v, list) else v for v in values)


def library_of(values: Iterable[Any]) -> Library:
    """Return the library of some arrays; lists and numbers are taken into NumPy.

    Raises
    ------
    DataError
        If the arrays come from several libraries, or NumPy is not installed.
    """
    try:
        import array_api_compat
        import array_api_compat.numpy
    except ImportError:
        raise DataError(NEEDED) from None
    arrays = [v for v in values if array_api_compat.is_array_api_obj(v) and not array_api_compat.is_numpy_array(v)]
    if not arrays:
        return Library(array_api_compat.numpy, "numpy")
    names = sorted({type(a).__module__.partition(".")[0].removesuffix("lib") for a in arrays})
    if len(names) > 1:
        raise DataError(f"the arrays are of several libraries: {', '.join(names)}")
    xp = array_api_compat.array_namespace(*arrays)
    if array_api_compat.is_dask_array(arrays[0]):
        return _dask(xp)
    return Library(xp, xp.__name__.removeprefix("array_api_compat.").partition(".")[0])


def _dask(xp: Any, blocks: Mapping[int, int] | None = None) -> Library:
    return Library(_InBlocks(xp, blocks or {}), "dask")


class _InBlocks:
    """The functions of Dask, with one that it lacks and with ranges that are cut into blocks."""

    def __init__(self, xp: Any, blocks: Mapping[int, int]) -> None:
        self._xp = xp
        self._blocks = blocks  # how long a block is on an axis of a length

    def __getattr__(self, name: str) -> Any:
        return getattr(self._xp, name)

    def arange(self, start: int, stop: int) -> Any:
        return self._xp.arange(start, stop, chunks=self._blocks.get(stop - start, BLOCK))

    def take_along_axis(self, x: Any, indices: Any, *, axis: int) -> Any:
        import dask.array
        import numpy as np

        x = x.rechunk({axis: -1})
        indices = indices.rechunk({i: -1 if i == axis else x.chunks[i] for i in range(x.ndim)})
        return dask.array.map_blocks(
            np.take_along_axis, x, indices, axis=axis, dtype=x.dtype, chunks=indices.chunks, meta=x._meta
        )


def has_dask() -> bool:
    """Tell whether Dask is installed, with arrays."""
    return find_spec("dask") is not None and find_spec("dask.array") is not None


def in_blocks(value: Any) -> Any:
    """Return an array of NumPy as one of Dask, cut into blocks; what is one stays."""
    import dask.array

    plain = getattr(value, "ndim", 0) and not isinstance(value, dask.array.Array)
    return dask.array.from_array(value, chunks=BLOCK) if plain else value


def dask_library(blocks: Mapping[int, int] | None = None) -> Library:
    """Return the library of arrays that are cut into blocks, of these lengths on axes of some lengths."""
    import array_api_compat.dask.array

    return _dask(array_api_compat.dask.array, blocks)


def free_memory() -> int | None:
    """Return how many bytes of memory are free, None where the system does not say."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return None


@contextmanager
def quiet() -> Iterator[None]:
    """Keep arrays from warning of logarithms of 0, which are found in the result, and JAX of having 32 bits alone."""
    import numpy as np

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.filterwarnings("ignore", "Explicitly requested dtype", UserWarning)
        yield
