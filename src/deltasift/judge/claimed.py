"""Claims that are no relation between two values but come to one: of a minimiser, and that a sum is infinite."""

from __future__ import annotations

from deltasift.inert import Infinite, Optimum, Relation
from deltasift.judge.context import World
from deltasift.judge.infinite import infinite
from deltasift.judge.optimum import Reduced, optimal
from deltasift.judge.record import RejectedError


def reduced(claim: Relation, world: World) -> Reduced:
    """Return what a claim comes to: a relation that a chain shows, and what has to be true beside it.

    Raises
    ------
    RejectedError
        If nothing on the page could show it.
    """
    if isinstance(claim, Infinite):
        return infinite(claim, world)
    if isinstance(claim, Optimum):
        return optimal(claim, world)
    raise RejectedError(f"{claim} comes to no other relation")
