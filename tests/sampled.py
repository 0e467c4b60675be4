"""Of many cases a few are in the suite, always the same; the others are marked `sweep`, and `make sweep` runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from zlib import crc32

import pytest

T = TypeVar("T")


def sampled(cases: Iterable[T], one_in: int, name: Callable[[T], str] = str) -> list[Any]:
    """Return parameters for all cases, of which about one in so many is left without the mark."""
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            id=name(case),
            marks=() if crc32(name(case).encode()) % one_in == 0 else pytest.mark.sweep,
        )
        for case in cases
    ]
