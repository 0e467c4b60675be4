"""Three truth values, none of which is a Python bool."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from sympy.core.basic import Basic

from deltasift.judge.certificate import Certificate
from deltasift.said import Said
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
    certificate : Certificate or None
        Why it is true, as the judge has checked it; None where nothing was asked for.
    by_solver : bool
        Whether it rests on the word of a solver, which nobody checked.
    is_fault : bool
        Whether it was found true and no certificate of that holds, so that it is unknown.
    """

    condition: Basic
    verdict: Verdict
    because: tuple[str, ...] = ()
    assumed: bool = False
    certificate: Certificate | None = None
    by_solver: bool = False
    is_fault: bool = False

    @property
    def missing(self) -> str:
        """What is missing where it is not proved, in words."""
        if self.verdict is Verdict.REFUTED:
            return Said(self.condition, " is false")
        fault = ", which was found true without a certificate that holds: a fault of the finder"
        return Said("needs ", self.condition, fault if self.is_fault else "")
