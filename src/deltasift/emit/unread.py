"""Arrays that have no numbers to evaluate, or none yet: each is refused in one line."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from deltasift.errors import DataError

WHOLE = 2**53  # the largest integer up to which doubles have every one


def refuse_without_numbers(arrays: Mapping[str, Any]) -> None:
    """Refuse arrays of unknown or of several lengths, without numbers, or in the course of a trace.

    Raises
    ------
    DataError
    """
    for name, value in arrays.items():
        why = _without_numbers(value)
        if why:
            raise DataError(f"{name} {why}")


def _without_numbers(value: Any) -> str:
    if any(cls.__name__ == "Tracer" and cls.__module__.startswith("jax") for cls in type(value).__mro__):
        return (
            "is traced by JAX, as inside of jax.grad or jax.jit, and has no numbers yet: evaluate outside of it, or "
            "differentiate on the page"
        )
    if getattr(value, "is_nested", False) is True:
        return "is a nested tensor, whose rows are of several lengths: pad it (to_padded_tensor) and give a mask"
    if getattr(value, "is_meta", False) is True:
        return "is a meta tensor, which has a shape and no numbers"
    if any(isinstance(n, float) and n != n for n in getattr(value, "shape", ()) or ()):
        return "has chunks of unknown sizes: call compute_chunk_sizes() on it first"
    return ""


def warn_of_rounding(name: str, array: Any, xp: Any) -> None:
    """Warn where a table of reals or counts is given integers that doubles round."""
    if not xp.isdtype(array.dtype, "integral") or array.dtype.itemsize < 8:
        return
    if bool(xp.any(array > WHOLE)) or bool(xp.any(array < -WHOLE)):
        warnings.warn(f"{name} has integers beyond 2**53, which are rounded to doubles", stacklevel=2)
