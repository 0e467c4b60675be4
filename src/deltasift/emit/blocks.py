"""How long a block may be on each axis, so that a block of the largest array of a line fits into memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ENTRIES = 2**24  # numbers of a block: 128 MiB of doubles


def lengths_of_blocks(axes: Sequence[int], most: int = ENTRIES) -> dict[int, int]:
    """Return how long a block is on an axis of each length: short axes stay whole, long ones share what is left."""
    found: dict[int, int] = {}
    left = most
    for place, length in enumerate(sorted(axes)):
        shared = int(left ** (1 / (len(axes) - place)))
        found[length] = min(length, max(1, shared))
        left = max(1, left // found[length])
    return found


def cut(value: Any, blocks: Mapping[int, int]) -> Any:
    """Return an array of Dask with no block longer than is said for an axis of its length; shorter ones stay."""
    if not hasattr(value, "rechunk"):
        return value
    longest = {axis: blocks.get(length, length) for axis, length in enumerate(value.shape)}
    too_long = {axis: most for axis, most in longest.items() if max(value.chunks[axis], default=0) > most}
    return value.rechunk(too_long) if too_long else value
