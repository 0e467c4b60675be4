"""The sign of what is a number by its form: by arithmetic, or by two rational numbers between which it lies."""

from __future__ import annotations

from deltasift.judge.tree import Term, leaves
from deltasift.judge.verify.parts import normal, value_of
from deltasift.judge.verify.statements.number import UnenclosedError, enclosure

PRECISIONS = (64, 512)


def sign_of(t: Term) -> int | None:
    """Return the sign of an expression, None of one with names or one that cannot be told from 0."""
    plain = normal(t)
    value = value_of(plain)
    if value is not None:
        return (value > 0) - (value < 0)
    if any(leaf.head in ("free", "bound") for leaf, _ in leaves(plain)):
        return None
    for bits in PRECISIONS:
        try:
            lo, hi = enclosure(plain, bits)
        except UnenclosedError:
            return None
        if lo > 0 or hi < 0:
            return 1 if lo > 0 else -1
    return None
