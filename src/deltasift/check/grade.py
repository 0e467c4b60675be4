"""On what a line rests: its rule, and what knows no rules and believes it too."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Grade(Enum):
    """What a line that is right rests on, the strongest first."""

    EVERY_SIZE = "by its rule, and by models at all sizes"
    POINTS = "by its rule, and at points"
    RULE = "by its rule alone"
    SOLVER = "by the solver"

    @property
    def is_seconded(self) -> bool:
        """Whether models or numbers, which know no rules, believe the line too, and no solver is believed."""
        return self in (Grade.EVERY_SIZE, Grade.POINTS)


def counted(grades: Iterable[Grade | None]) -> dict[Grade, int]:
    """Return how many lines have each grade, all grades in their order."""
    found = list(grades)
    return {grade: found.count(grade) for grade in Grade}
