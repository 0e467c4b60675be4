"""Putting in definitions, each use a move of its own."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.derive.trace import Move
from deltasift.derive.trails import Trail
from deltasift.inert import Apply, Entry, Expectation, Func, Named, Node
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.line.views import Path, summands
from deltasift.rules import definition

MOST = 500  # definitions put in on one side

Name = tuple[object, ...]


def shared_names(left: Basic, right: Basic, scope: Scope) -> frozenset[Name]:
    """Return what is defined and stands on both sides."""
    mine, theirs = ({_name(e) for _, e, _ in _defined(side, scope)} for side in (left, right))
    return frozenset(mine & theirs)


def different_terms(left: Basic, right: Basic, canon: Canon) -> tuple[list[Path], list[Path]]:
    """Return where in two sums of terms those stand that the other one does not have."""
    mine, theirs = ([(canon.key(term), path) for term, path in summands(side)] for side in (left, right))
    for term in list(mine):
        same = next((other for other in theirs if other[0] == term[0]), None)
        if same is not None:
            mine.remove(term)
            theirs.remove(same)
    return [path for _, path in mine], [path for _, path in theirs]


def unfolded_at(side: Trail, scope: Scope, places: list[Path]) -> Trail:
    """Put in the definitions that stand at some places, one level deep."""
    return side.then(
        [
            Move(definition, e, body, path)
            for path, e, body in _defined(side.last, scope)
            if any(path[: len(place)] == place for place in places)
        ]
    )


def unfolded(side: Trail, scope: Scope, kept: frozenset[Name], *, once: bool = False) -> Trail:
    """Put in definitions until none is left, or once all round, but for what is to be kept."""
    while len(side.moves) < MOST:
        uses = [Move(definition, e, body, path) for path, e, body in _defined(side.last, scope) if _name(e) not in kept]
        if not uses:
            break
        side = side.then(uses)
        if once:
            break
    return side


def _name(e: Basic) -> Name:
    """Return what is defined, whatever indices it is used at."""
    if isinstance(e, Named):
        return ("quantity", e.head, *e.operands)
    if isinstance(e, Entry):
        return ("table", e.table)
    if isinstance(e, Apply):
        return ("function", e.function)
    return ("name", e.name if isinstance(e, Func) else e)


def _defined(line: Basic, scope: Scope) -> Iterator[tuple[Path, Basic, Basic]]:
    """Yield the outermost places with something defined, and what stands behind it."""
    stack: list[tuple[Basic, Path, Scope]] = [(line, (), scope)]
    while stack:
        e, path, here = stack.pop()
        if isinstance(e, (Node, Symbol)):
            body = here.unfold(e)
            if body is not None:
                yield path, e, body
                continue
        if not isinstance(e, Node) or isinstance(e, (Named, Expectation)):
            continue
        for i, a in reversed(list(enumerate(e.args))):
            if (e.binds and i == 1) or (i == 0 and isinstance(e, (Entry, Apply))):
                continue
            stack.append((a, (*path, i), here.enter(e) if i == 0 else here))
