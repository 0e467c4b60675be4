"""The garbage collector at rest while many nodes are made, or seldom at work in a process of our own."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 10_000  # more things made than dropped, after which the youngest are looked through


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


def collect_seldom() -> None:
    """Let the collector pass over what is loaded by now, and look through the rest seldom.

    For a process that is deltasift's own, a command or a worker, and not for one in which it is a guest. What is loaded
    stays until the end, and looking through it again and again was a fifteenth of the time of a check.
    """
    gc.freeze()
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
