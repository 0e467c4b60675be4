"""Whether what changed in a line takes part in its value: a line is evidence for a change only where it does.

What a rule replaced is put to another value; where the value of the whole line stays, as beside a factor that is 0
there, the line would have been the same whatever the rule had made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Integer, Rational, S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.domain import Size
from deltasift.inert import free, postorder
from deltasift.line.cursor import Cursor
from deltasift.line.scope import Scope
from deltasift.use import Path, Run


@dataclass(frozen=True)
class Change:
    """What one use of a rule changed.

    Attributes
    ----------
    line : Basic
        The line in which it was.
    others : tuple of Basic
        That line with other values of it.
    always : bool
        Whether the value of the line depends on it by its form alone.
    """

    line: Basic
    others: tuple[Basic, ...]
    always: bool

    def put(self, line: Basic, others: tuple[Basic, ...]) -> Change:
        """Return it with its expressions replaced."""
        return Change(line, others, self.always)


def changes(runs: Sequence[Run], scope: Scope) -> tuple[Change, ...]:
    """Return what the uses of rules changed that lead to a line, in their order."""
    return tuple(c for run in runs for c in _of_run(run, scope))


def change_at(line: Basic, path: Path, part: Basic, scope: Scope) -> Change | None:
    """Return what changed where a part stands in a line; None where it does not stand there."""
    place = Cursor(line, Scope())
    if not place.go(path):
        return None
    return Change(line, tuple(_others(place, path, part)), _shows(line, path, scope))


def _of_run(run: Run, scope: Scope) -> Iterator[Change]:
    place = Cursor(run.end if run.backward else run.start, Scope())
    for use in run.uses:
        line = place.line()
        place.go(use.path)
        yield Change(line, tuple(_others(place, use.path, use.before)), _shows(line, use.path, scope))
        place.go(use.path)
        place.put(use.after)


def _others(place: Cursor, path: Path, part: Basic) -> Iterator[Basic]:
    """Yield the line with other values of a part; the place stands at the part before and after."""
    for other in _values(part):
        place.go(path)
        place.put(other)
        yield place.line()
    place.go(path)
    place.put(part)


def _values(part: Basic) -> Iterator[Basic]:
    """Yield other values of a part; those of a point mass are multiples of it, and more masses where it has one."""
    if isinstance(part, ex.Proposition):
        yield ex.Not.make((part,))
        return
    masses = dict.fromkeys(e for e in postorder(part) if isinstance(e, ex.Dirac)) if isinstance(part, ex.Node) else {}
    if not masses:
        yield ex.Add.make((part, S.One))
    yield ex.Mul.make((Integer(2), part))
    yield from (ex.Add.make((part, e)) for e in masses if free(e) <= free(part))


def _shows(line: Basic, path: Path, scope: Scope) -> bool:
    """Tell whether all on the way to a part lets its value through: sums, signs, what is never 0 beside it."""
    for i in path:
        if not isinstance(line, ex.Node):
            return False
        beside = [a for k, a in enumerate(line.args) if k != i]
        if isinstance(line, (ex.Mul, ex.Div)):
            if (isinstance(line, ex.Div) and i == 1) or not all(_is_never_zero(a, scope) for a in beside):
                return False
        elif isinstance(line, ex.Sum):
            if i or line.args[2] != 1 or not isinstance(scope.domains.get(line.args[3]), Size):
                return False
        elif not isinstance(line, (ex.Add, ex.Neg, ex.Log)):
            return False
        line = line.args[i]
    return not isinstance(line, ex.Proposition)


def _is_never_zero(e: Basic, scope: Scope) -> bool:
    if isinstance(e, Rational):
        return bool(e != 0)
    if isinstance(e, (ex.Neg, ex.Mul, ex.Div)):
        return all(_is_never_zero(a, scope) for a in e.args)
    return not isinstance(e, ex.Node) and bool(free(e)) and isinstance(scope.domains.get(e), Size)
