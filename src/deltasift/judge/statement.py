"""Statements: how they are made, taken apart and denied."""

from __future__ import annotations

from collections.abc import Sequence

from deltasift.judge.tree import TRUE, Term, make

OF_EXISTENCE = frozenset(("Continuous", "HasValue", "Integrable", "Summable"))  # of an expression as it is written
CONTRARY = {"Less": "LessEqual", "LessEqual": "Less", "Equality": "Unequal", "Unequal": "Equality"}


def less(a: Term, b: Term) -> Term:
    return make("Less", (a, b))


def at_most(a: Term, b: Term) -> Term:
    return make("LessEqual", (a, b))


def unequal(a: Term, b: Term) -> Term:
    return make("Unequal", (a, b))


def either(*statements: Term) -> Term:
    return make("Or", statements)


def integer(a: Term) -> Term:
    return make("IsInteger", (a,))


def conjuncts(statement: Term) -> list[Term]:
    """Return the parts of a conjunction, those of its parts included."""
    return [c for a in statement.args for c in conjuncts(a)] if statement.head == "And" else [statement]


def conjunction(parts: Sequence[Term]) -> Term:
    return make("And", parts) if len(parts) > 1 else parts[0] if parts else TRUE


def contrary(statement: Term) -> Term:
    """Return what says the contrary, without a `not` where there is a word for it."""
    if statement.head == "Not":
        return statement.args[0]
    if statement.head in CONTRARY:
        turned = statement.args[::-1] if statement.head in ("Less", "LessEqual") else statement.args
        return make(CONTRARY[statement.head], turned)
    if statement.head in ("And", "Or"):
        return make("Or" if statement.head == "And" else "And", [contrary(a) for a in statement.args])
    if statement.head == "truth":
        return make("truth", (), not statement.value)
    return make("Not", (statement,))
