"""Functions of JAX that leave no name in a jaxpr, called by their names while a function is traced.

`softmax` and `logsumexp` are traced into what they subtract and add; in a `jit` of their own they are read at their own
level, and formulas stay short.
"""

from __future__ import annotations

import builtins
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from deltasift.read.arrays.globals import reached


def _softmax(real: Callable[..., Any]) -> Callable[..., Any]:
    import jax

    named = jax.jit(real, static_argnames=("axis",))

    @functools.wraps(real)
    def softmax(x: Any, axis: Any = -1, where: Any = None, **options: Any) -> Any:
        if where is not None or options or not isinstance(axis, int):
            return real(x, axis, where, **options)
        return named(x, axis=axis)

    return softmax


def _logsumexp(real: Callable[..., Any]) -> Callable[..., Any]:
    import jax

    named = jax.jit(real, static_argnames=("axis",))

    @functools.wraps(real)
    def logsumexp(a: Any, axis: Any = None, b: Any = None, keepdims: Any = False, **options: Any) -> Any:
        if axis is None and jax.numpy.ndim(a) == 1:
            axis = 0
        if b is not None or options or not isinstance(axis, int):
            return real(a, axis, b, keepdims, **options)
        found = named(a, axis=axis)
        return jax.numpy.expand_dims(found, axis) if keepdims else found

    return logsumexp


def _length(x: Any) -> Any:
    """Return a length, that of an array of JAX's as the symbol that it may be."""
    shape = getattr(x, "shape", None)
    return shape[0] if isinstance(shape, tuple) and shape and hasattr(x, "aval") else builtins.len(x)


@contextmanager
def called_by_name(function: Any) -> Iterator[None]:
    """Let a function call them by their names, and put everything back."""
    import jax

    softmax, logsumexp = _softmax(jax.nn.softmax), _logsumexp(jax.nn.logsumexp)
    named = {id(jax.nn.softmax): softmax, id(jax.nn.logsumexp): logsumexp}
    own = reached(function)[1]
    spaces = [vars(jax.nn), vars(jax.scipy.special), *own]
    before = [(space, name, value) for space in spaces for name, value in space.items() if id(value) in named]
    without = [space for space in own if "len" not in space]
    try:
        for space, name, value in before:
            space[name] = named[id(value)]
        for space in without:
            space["len"] = _length
        yield
    finally:
        for space in without:
            del space["len"]
        for space, name, value in before:
            space[name] = value
