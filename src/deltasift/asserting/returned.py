"""What a function returned: one number or an array, with what it may be off by, which its own type says."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence
from typing import Any

TOLERANCES = {  # absolute and relative, by the type of what is returned
    "float64": (1e-9, 1e-7),
    "float32": (1e-5, 1e-4),
    "float16": (1e-2, 1e-2),
    "bfloat16": (5e-2, 5e-2),
}


def numbers(value: Any) -> tuple[Any, str]:
    """Return a result as an array of NumPy's and the name of the type of its numbers."""
    import numpy as np

    try:
        plain = value.detach() if hasattr(value, "detach") else value
        name = str(getattr(plain, "dtype", "float64")).rpartition(".")[2]
        if name == "bfloat16" and hasattr(plain, "float"):
            plain = plain.float()
        return np.asarray(plain), name
    except (TypeError, ValueError):  # rows of several lengths
        return np.asarray(None), "object"


def tolerance(name: str, drawn: str, atol: float | None, rtol: float | None) -> tuple[float, float]:
    """Return what a value may be off by: what the caller says, else what the type of the numbers says.

    A function that gets doubles and returns something shorter has thrown digits away, and is held to those of doubles.
    """
    absolute, relative = TOLERANCES.get(name if drawn != "float64" else drawn, TOLERANCES["float64"])
    return absolute if atol is None else atol, relative if rtol is None else rtol


def no_number(value: Any) -> str:
    """Return what is to be said of a result that is no real number, nor an array of them."""
    said = f"it returns {reprlib.repr(value)}, which is no real number"
    if isinstance(value, Mapping):
        key = next(iter(value), "loss")
        return f"{said}: compare one entry of it, as in lambda ...: f(...)[{key!r}]"
    if isinstance(value, (tuple, list)):
        return f"{said}: compare one part of it, as in lambda ...: f(...)[0]"
    return said


def raised(why: BaseException) -> str:
    """Return what is to be said of an error of the function, with a hint where it wanted another kind of array."""
    said = f"{type(why).__name__}: {' '.join(str(why).split())}"
    if "ndarray" in said and isinstance(why, (AttributeError, TypeError)):
        return f"{said}; it gets arrays of NumPy: arrays=torch.as_tensor or arrays=jax.numpy.asarray hands over others"
    return said


def compiles(arrays: Any) -> bool:
    """Tell whether a function is compiled for each size of the arrays that it gets, as those of JAX are."""
    import numpy as np

    return type(arrays(np.zeros(1))).__module__.partition(".")[0] in ("jax", "jaxlib")


def wrong_shape(shape: Sequence[int], expected: Sequence[int], over: bool, value: Any = None) -> str:
    """Return what is to be said of a result that has another shape."""
    if isinstance(value, (tuple, list)) and not over:
        return no_number(value)
    said = f"it returns an array of shape {tuple(shape)}, where {tuple(expected)} is expected"
    if not expected and set(shape) == {1}:
        said = f"{said}: one number in an array; return it by [0], .squeeze() or .sum()"
    return said if over else f"{said}; an array of values is compared with over=(index, ...)"


def shown_type(name: str, drawn: str) -> str:
    """Return what is said of the type of a value that is not a double."""
    if name in ("float64", "object") or "float" not in name:
        return ""
    return f" (the value is a {name}{f'; draw such data by dtype={name!r}' if drawn == 'float64' else ''})"


def type_of(arrays: Any) -> str:
    """Return the type of the numbers that a function gets, where arrays of doubles are made its kind of array."""
    import numpy as np

    name = str(getattr(arrays(np.zeros(1)), "dtype", "float64")).rpartition(".")[2]
    return name if name in TOLERANCES else "float64"
