"""A counterexample as data: what is to be put in, and what comes out of the two lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy.core.basic import Basic

DIFFERS = {
    "=": "differs from the line before",
    "<=": "is less than the line before",
    "<": "is not greater than the line before",
    ">=": "is greater than the line before",
    ">": "is not less than the line before",
}


@dataclass(frozen=True)
class Value:
    """What a line is at a point: an exact value, an enclosure, or nothing.

    Attributes
    ----------
    exact : Basic or None
        A rational number, or an expression in logarithms of integers.
    enclosure : str
        An interval that contains the value, such as `[0.182321556793955 +/- 4.68e-16]`.
    about : str
        The value to six digits.
    missing : str
        Why there is no value.
    """

    exact: Basic | None = None
    enclosure: str = ""
    about: str = ""
    missing: str = ""

    def __str__(self) -> str:
        if self.missing:
            return f"no value ({self.missing})"
        return self.enclosure if self.exact is None else str(self.exact)


@dataclass(frozen=True)
class Counterexample:
    """A point at which two lines differ, or at which one of them has no value.

    It is the smallest that was found: of the smallest sizes, and there of the simplest values.

    Attributes
    ----------
    point : tuple of (Basic, Basic)
        Everything that either line depends on, by the page's own indices, and its exact value.
    before, after : Value
        The two lines there.
    other : Counterexample or None
        For lines that are to have the same order, the second point; it has in `point` what is different there.
    relation : str
        In which the line before was to be to the line.
    """

    point: tuple[tuple[Basic, Basic], ...]
    before: Value
    after: Value
    other: Counterexample | None = None
    relation: str = "="

    @property
    def values(self) -> Mapping[str, str]:
        """The point as text."""
        return {str(name): str(value) for name, value in self.point}

    @property
    def what(self) -> str:
        """What is wrong at the point, without the point."""
        if self.before.missing and self.after.missing:
            return "has no value"
        return DIFFERS["=" if self.before.missing or self.after.missing else self.relation]

    def __str__(self) -> str:
        if self.before.missing and self.after.missing:
            why = " and ".join(dict.fromkeys((self.before.missing, self.after.missing)))
            return f"{self.what}{self.where()}: {why}"
        words = f"{self.what}{self.where()}: {self.before} before, {self.after} after"
        if self.other is None:
            return words
        return f"{words};{self.other.where()}: {self.other.before} before, {self.other.after} after"

    def where(self) -> str:
        """Return the point in one line, such as ` at N = 1, y[1] = 2`; nothing where the lines depend on nothing."""
        point = ", ".join(f"{name} = {value}" for name, value in self.values.items())
        return f" at {point}" if point else ""

    def to_dict(self) -> dict[str, Any]:
        """Return the counterexample as plain data."""
        return {
            "values": dict(self.values),
            "before": str(self.before),
            "after": str(self.after),
            "about": [self.before.about, self.after.about],
            "other": None if self.other is None else self.other.to_dict(),
        }
