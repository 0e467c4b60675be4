"""What the lines of a page are worth on data, and what that cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deltasift.calc import Page


@dataclass(frozen=True)
class Value:
    """What a line is worth on data.

    Attributes
    ----------
    number : int
        Of the line.
    value : float or None
        None where it has no value, or none was computed.
    problem : str
        Why there is none.
    seconds : float
    peak : int or None
        Most bytes that were held at one time while it was computed, the data not counted, as `tracemalloc` sees them;
        None where it does not see the arrays, which are not NumPy's.
    largest : tuple of str
        The lengths of the axes of the largest array that it makes, as the page writes them; empty without arrays.
    entries : int
        The number of entries of that array.
    form : str
        "arrays", "loops", "blocks" for arrays that were cut to fit into memory, or "none" for a line without an
        executable form.
    cancelled : str
        That large terms cancel in it, where most of its digits are rounding; empty else. It is looked at for whole
        arrays of up to ten million numbers.
    """

    number: int
    value: float | None
    problem: str
    seconds: float
    peak: int | None
    largest: tuple[str, ...]
    entries: int
    form: str
    cancelled: str = ""


@dataclass(frozen=True)
class Evaluation:
    """What the lines of a page are worth on data.

    Attributes
    ----------
    page : str
    sizes : dict of str to int
    labels_from : int
    library : str
        Of the arrays.
    lines : tuple of Value
    difference : float
        The largest relative difference between a line and the one before, of those that the page says are equal.
    """

    page: str
    sizes: Mapping[str, int]
    labels_from: int
    library: str
    lines: tuple[Value, ...]
    difference: float


def difference(page: Page, lines: Sequence[Value]) -> float:
    """Return the largest relative difference between lines that the page says are equal."""
    found = {x.number: x.value for x in lines}
    largest = 0.0
    number = 0
    for proof in page.proofs:
        for step in proof.steps:
            number += 1
            a, b = found.get(number), found.get(number + 1)
            if step.relation == "=" and a is not None and b is not None and a != b:
                largest = max(largest, abs(a - b) / max(abs(a), abs(b)))
        number += 1
    return largest
