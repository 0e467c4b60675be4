"""What a program runs on: the values of the bound names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deltasift.check.evaluate import Evaluator

Frame = list[Any]  # by the slot of a name: a whole number, another number, or None where it is not bound
Run = Callable[["Evaluator[Any]", Frame], Any]
INEXACT = 0  # the slot that says whether a name is bound to anything but a whole number


def stop(reason: Exception) -> Run:
    """Return the program that ends with a reason."""

    def run(ev: Evaluator[Any], frame: Frame) -> Any:
        raise reason

    return run
