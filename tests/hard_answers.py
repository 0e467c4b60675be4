"""What a process that answers for a page may run into; in a module of its own, since such a process imports it."""

from __future__ import annotations

import time
from typing import Any

from deltasift.check import Report, check
from deltasift.pages import load
from deltasift.play.learner import Learner


def page() -> Report:
    return check(load("average_or_sum"), layers=())


def slow() -> Report:
    """Let an answer take ten minutes."""

    def answer(*_: Any) -> dict[str, Any]:
        time.sleep(600)
        return {}

    Learner.answer = answer  # type: ignore[method-assign]
    return page()


def greedy() -> Report:
    """Let an answer need eight gigabytes."""

    def answer(*_: Any) -> dict[str, Any]:
        return {"size": len(bytearray(8 << 30))}

    Learner.answer = answer  # type: ignore[method-assign]
    return page()
