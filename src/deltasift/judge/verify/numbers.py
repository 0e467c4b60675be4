"""Numbers that are worked out."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.judge.verify.parts import alike
from deltasift.judge.verify.question import Goal, Question, require


def norm_num(q: Question) -> Iterator[Goal]:
    """Both are one by arithmetic once functions of numbers are worked out."""
    require(alike(q.before, q.after), "the numbers come to something else")
    yield from ()
