"""Whether large terms of a line cancel on data, so that digits of its value are lost to rounding."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from math import isfinite, log10
from typing import Any

from sympy.core.basic import Basic

from deltasift.inert import Add, Div, Mul, Neg

SHARE = 0.5  # of the digits of a number, whose loss is said
DIGITS = {8: 16, 4: 7, 2: 3}  # of a number of so many bytes


def terms_of(line: Basic) -> tuple[Basic, ...]:
    """Return the terms of the outermost sum of a line that no binder stands around; nothing where there is none."""
    todo = [line]
    while todo:
        e = todo.pop(0)
        if isinstance(e, Add):
            return tuple(e.args)
        if isinstance(e, Neg | Mul):
            todo += e.args
        elif isinstance(e, Div):
            todo.append(e.args[0])
    return ()


def digits_lost(terms: Sequence[float]) -> float:
    """Return how many decimal digits a sum has fewer than its largest term."""
    largest, total = max(map(abs, terms), default=0.0), abs(sum(terms))
    if not isfinite(largest) or largest == 0 or total >= largest:
        return 0.0
    return log10(largest) - log10(total) if total else float(max(DIGITS.values()))


def digits_of(values: Iterable[Any]) -> int:
    """Return how many decimal digits the numbers of some arrays have, those with the fewest."""
    sizes = [v.dtype.itemsize for v in values if hasattr(getattr(v, "dtype", None), "itemsize") and _is_real(v)]
    return min((DIGITS.get(n, max(DIGITS.values())) for n in sizes), default=DIGITS[8])


def _is_real(value: Any) -> bool:
    return "float" in str(value.dtype)


def said(number: int, lost: float, digits: int) -> str:
    """Return in words that digits of a line are lost, empty where few are."""
    if lost < SHARE * digits:
        return ""
    return (
        f"line {number}: large terms cancel, so that {min(round(lost), digits)} of about {digits} digits are rounding"
    )


def warn(words: str) -> None:
    """Warn where there is something to say."""
    if words:
        warnings.warn(words, stacklevel=3)
