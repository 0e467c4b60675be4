"""What changed from one line to the next, for the player: the smallest part, and the formulas in it that only moved."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.core.basic import Basic

from deltasift.inert import Entry, Node
from deltasift.line.views import Path, at
from deltasift.render.parts import Change


@dataclass(frozen=True)
class Marks:
    """Places in the line before and in the line after.

    Attributes
    ----------
    was, now : path
        The smallest part that changed.
    kept : tuple of (path, path)
        Parts of it that stand in both, as far as they are more than a name or an entry.
    """

    was: Path
    now: Path
    kept: tuple[tuple[Path, Path], ...] = ()


def marks(before: Basic, after: Basic, c: Change) -> Marks:
    """Return what the player marks of a change."""
    kept = [(a, b) for a, b in c.inside() if _is_formula(at(before, a)) and at(before, a) == at(after, b)]
    once = {side: [pair[side] for pair in kept] for side in (0, 1)}
    single = [(a, b) for a, b in kept if once[0].count(a) == once[1].count(b) == 1]
    return Marks(c.was, c.now, tuple(single))


def _is_formula(e: Basic) -> bool:
    return isinstance(e, Node) and not isinstance(e, Entry)
