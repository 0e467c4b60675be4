"""How many bits flint's enclosures have: set here alone, for as long as something is computed.

It is one number for all of a process, which may use flint for purposes of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

BITS = 160


@contextmanager
def precision(bits: int = BITS) -> Iterator[None]:
    """Let flint compute with so many bits, and afterwards with as many as before."""
    import flint  # here, since it is loaded by those alone who compute

    before, flint.ctx.prec = flint.ctx.prec, bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def is_set(bits: int) -> bool:
    """Tell whether flint computes with so many bits."""
    import flint  # as above

    return bool(flint.ctx.prec == bits)
