"""Three truth values, none of which is a Python bool."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from sympy.core.basic import Basic

from deltasift.shown import Shown


class Verdict(Enum):
    """What is known of a condition."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has no truth value: compare it with Verdict.PROVED")


@dataclass(frozen=True, repr=False)
class Proof(Shown):
    """A verdict on a condition, and what it rests on.

    Attributes
    ----------
    condition : Basic
    verdict : Verdict
    because : tuple of str
        The facts that decided it, in words; empty where it is unknown.
    assumed : bool
        Whether the author assumed it.
    """

    condition: Basic
    verdict: Verdict
    because: tuple[str, ...] = ()
    assumed: bool = False
