"""The garbage collector at rest while many nodes are made, none of which can be garbage that it would find."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the collector of cycles rest, and leave it as it was found.

    Nodes and moves hold each other in no cycles, so that all that is dropped is freed at once, and a collection among
    a million of them only costs time. Where it was off already, perhaps by another thread, it stays off.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
