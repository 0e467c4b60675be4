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

from deltasift.judge.tree import UnreadableError
from deltasift.judge.verify.question import Goal, Question, RejectedError, World, require
from deltasift.judge.verify.rational import TooLongError

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
# What these make of an integral is one of the same function over the same set, so it exists where that does.
CARRIED = frozenset(("integral_bracket", "integral_even", "integral_flip", "derivative_at"))
CUT = frozenset(("integral_bracket", "integral_even"))  # over a part of it, outside of which it is 0 or the same again
# And a sum of sums in another order exists where it did: the verifier asks that the terms are not negative, or more.
EXCHANGED = frozenset(("series_comm",))


def goals(rule: str, question: Question) -> Iterator[Goal]:
    """Yield what is to be proved for a use of a rule that has a verifier.

    Raises
    ------
    RejectedError
        If what comes after is not shown to be right, or that would take too long.
    """
    try:
        yield from VERIFIERS[rule](question)
    except (UnreadableError, TooLongError, ZeroDivisionError) as reason:
        raise RejectedError(str(reason)) from reason


__all__ = [
    "CARRIED",
    "CUT",
    "EXCHANGED",
    "VERIFIERS",
    "Goal",
    "Question",
    "RejectedError",
    "Verifier",
    "World",
    "goals",
    "require",
]
