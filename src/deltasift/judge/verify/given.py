"""What is given of an expression."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.judge.tree import make
from deltasift.judge.verify.question import Goal, Question


def eq_of_given(q: Question) -> Iterator[Goal]:
    """That the two are equal is to be proved."""
    yield Goal(make("Equality", (q.before, q.after)))
