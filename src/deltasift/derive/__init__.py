"""The engine: lines that nobody wrote, each by a named rule whose conditions are proved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deltasift.derive.collapsed import Collapsed

__all__ = ["collapse"]


def collapse(expr: Any, *, facts: Sequence[Any] = (), undecided: str = "guard") -> Collapsed:
    """Reduce an expression with Kronecker and Dirac deltas, step by step.

    Parameters
    ----------
    expr : SymPy expression or inert expression
        Sums, products and integrals over deltas. A sum over an empty or reversed range is 0 and a product 1, and a
        factor that a delta makes 0 makes its term 0. The ends of a range are integers: over other ranges a sum has no
        value. An expression may be nested in any depth; what SymPy cannot build of the result is an error there.
    facts : sequence of relations or domains
        What is known: `Le(1, a)`, `Le(a, K)`, labels. What SymPy made `True` of says nothing. A name that is not free
        in the expression and stands in a fact only as the index of a table stands for every integer: `Le(y[i], K)`
        speaks of the whole table.
    undecided : {"guard", "assume", "refuse"}
        What becomes of the condition that the index of a delta is in the range of its sum, where it is neither proved
        nor refuted: it stays as a bracket, so that the result is always equal; or it is assumed, and printed; or
        an error is raised.

    Returns
    -------
    Collapsed
        A derivation; its `result` is ordinary SymPy.

    Raises
    ------
    Undefined
        If the expression has no value, with the reason.
    DomainError
        If the facts contradict each other.
    ExpressionError
        If a fact names something that is not in the expression, or a condition is undecided and is to be refused.
    """
    from deltasift.derive.engine import collapsed  # here, since only who collapses needs the engine

    return collapsed(expr, facts, undecided)
