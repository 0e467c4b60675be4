"""Verifiers: whether what a coded rule made of a part of a line is right, told from what is before and after it.

A verifier neither calls the rule nor searches. It gets the part before and after, and what the rule hands over beside
it, its witness; it yields the goals that are to be proved at that place, or raises `RejectedError`. What has no value
is no concern of it: that what comes after has a value where what was before has one is asked of every use alike.

A verifier is registered by being written: a public function of a file here, of the name of the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from inspect import isgeneratorfunction
from pkgutil import iter_modules

from deltasift.judge.verify.question import Goal, Question, RejectedError, World, require

Verifier = Callable[[Question], Iterator[Goal]]


def _verifiers() -> Mapping[str, Verifier]:
    files = [import_module(f"{__name__}.{m.name}") for m in iter_modules(__path__)]
    return {
        name: value
        for file in files
        for name, value in vars(file).items()
        if isgeneratorfunction(value) and value.__module__ == file.__name__ and not name.startswith("_")
    }


VERIFIERS = _verifiers()

__all__ = ["VERIFIERS", "Goal", "Question", "RejectedError", "Verifier", "World", "require"]
