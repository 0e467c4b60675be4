"""Where the parts of a line go in the next one, read off the recorded uses of rules.

A variable of a rule stands in certain places of both of its sides: what stands there before goes there after, so two
equal terms keep their identities. What a rule does not say of its parts, such as a coded one, is one whole that has
changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.check.report import Line, Substep
from deltasift.inert import Add, Apply, Entry, Mul, Node
from deltasift.line.views import Path, at, put
from deltasift.match.pattern import Binding, instantiate
from deltasift.render.changed import changed
from deltasift.rule import Rule
from deltasift.use import Abstraction, Run, Use

Pairs = list[tuple[Path, Path]]
UNORDERED = (Add, Mul)


@dataclass(frozen=True)
class Change:
    """What changed from one line to the next.

    Attributes
    ----------
    was, now : path
        The smallest part outside of which nothing changed, before and after.
    parts : tuple of (path, path)
        Where each part of the line before is after; no part is inside of another.
    """

    was: Path
    now: Path
    parts: tuple[tuple[Path, Path], ...]

    def inside(self) -> tuple[tuple[Path, Path], ...]:
        """Return the parts of what changed."""
        return tuple((a, b) for a, b in self.parts if _begins(self.was, a) and _begins(self.now, b) and a != self.was)


def change(before: Basic, after: Basic, runs: Iterable[Run]) -> Change:
    """Return what changed between two lines by the uses that lead from one to the other."""
    place = changed(before, after)
    pairs: Pairs = [((), ())]
    line = before
    for run in runs:
        pairs = _composed(_composed(pairs, aligned(line, run.start)), _through(run))
        line = run.end
    pairs = _composed(pairs, aligned(line, after))
    return Change(place, place, tuple(_standing(dict.fromkeys(pairs), before, after)))


def change_of_use(before: Basic, after: Basic, x: Line, s: Substep) -> Change:
    """Return what changed between two lines by a substep."""
    found = run_of(x, s)
    return change(before, after, [] if found is None else [replace(found, start=before, end=after)])


def run_of(x: Line, s: Substep) -> Run | None:
    """Return the recorded use that a substep shows, as a run of its own; None where there is none like it."""
    for run in x.runs:
        for u in run.uses:
            sides = (u.after, u.before) if run.backward else (u.before, u.after)
            if (u.path, *sides) == (s.path, s.before, s.after):
                return replace(run, uses=(u,))
    return None


def _standing(pairs: Iterable[tuple[Path, Path]], before: Basic, after: Basic) -> Iterator[tuple[Path, Path]]:
    """Yield the pairs of places that there are in both lines."""
    for a, b in pairs:
        if _is_in(a, before) and _is_in(b, after):
            yield a, b


def _through(run: Run) -> Pairs:
    """Return where the parts of a line are after a run."""
    line, last = (run.end, run.start) if run.backward else (run.start, run.end)
    pairs: Pairs = [((), ())]
    for use in run.uses:
        if not _is_in(use.path, line) or at(line, use.path) != use.before:
            return []
        around = list(_around(line, use.path))
        inner = [((*use.path, *a), (*use.path, *b)) for a, b in _of_use(use)]
        pairs = _composed(pairs, around + inner)
        line = put(line, use.path, use.after)
    pairs = _composed(pairs, aligned(line, last))
    return [(b, a) for a, b in pairs] if run.backward else pairs


def _around(line: Basic, path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield what stands beside a place and stays where it is."""
    for depth, i in enumerate(path):
        count = len(at(line, path[:depth]).args)
        yield from (((*path[:depth], k), (*path[:depth], k)) for k in range(count) if k != i)


def _of_use(use: Use) -> Pairs:
    """Return where the parts of what a rule is used on are after it."""
    rule = use.rule
    if not isinstance(rule, Rule) or use.statement is None:
        return aligned(use.before, use.after)
    relation = rule.statements[use.statement].relation
    sides = relation.args[1::-1] if rule.is_reversed else relation.args[:2]
    binding = Binding({Symbol(name): value for name, value in use.binding})
    found: list[dict[Basic, list[Path]]] = []
    for side, e in zip(sides, (use.before, use.after), strict=True):
        places: dict[Basic, list[Path]] = {}
        for variable, path in _spots(side, e, (), binding, rule):
            places.setdefault(variable, []).append(path)
        found.append(places)
    return [pair for v, value in binding.values.items() for pair in _of_variable(v, value, found, use)]


def _of_variable(v: Basic, value: object, found: list[dict[Basic, list[Path]]], use: Use) -> Pairs:
    """Return where what a variable stands for goes; where the rule was used in a larger product, by its only places."""
    before, after = (places.get(v, []) for places in found)
    if before and after:
        return _paired(before, after)
    body = value.body if isinstance(value, Abstraction) else value
    if not isinstance(body, Node) or isinstance(body, Entry):
        return []
    only = [list(_places(e, body)) for e in (use.before, use.after)]
    return [(only[0][0], only[1][0])] if len(only[0]) == len(only[1]) == 1 else []


def _places(e: Basic, part: Basic) -> Iterator[Path]:
    stack: list[tuple[Basic, Path]] = [(e, ())]
    while stack:
        x, here = stack.pop()
        if x == part:
            yield here
        elif isinstance(x, Node):
            stack.extend((a, (*here, i)) for i, a in enumerate(x.args))


def _paired(before: Sequence[Path], after: Sequence[Path]) -> Pairs:
    """Return which place goes where: in their order, or one to several."""
    if len(before) == 1:
        return [(before[0], b) for b in after]
    if len(after) == 1:
        return [(a, after[0]) for a in before]
    return list(zip(before, after, strict=False))


def _spots(p: Basic, e: Basic, path: Path, b: Binding, rule: Rule) -> Iterator[tuple[Basic, Path]]:
    """Yield where the variables of a side of a rule stand in an instance of it."""
    is_variable = isinstance(p, Symbol) and p in b.values
    if is_variable or (isinstance(p, Apply) and isinstance(b.values.get(p.function), Abstraction)):
        if _filled(p, b, rule) == e:
            yield (p.function if isinstance(p, Apply) else p), path
        return
    if type(p) is not type(e) or not isinstance(p, Node):
        return
    for i, j in _partners(p.args, e.args, b, rule, ordered=not isinstance(p, UNORDERED)):
        yield from _spots(p.args[i], e.args[j], (*path, j), b, rule)


def _partners(
    parts: Sequence[Basic], args: Sequence[Basic], b: Binding, rule: Rule, *, ordered: bool
) -> Iterator[tuple[int, int]]:
    if ordered:
        yield from zip(range(len(parts)), range(len(args)), strict=False)
        return
    left = list(range(len(args)))
    for i, p in enumerate(parts):
        found = next((j for j in left if args[j] == _filled(p, b, rule)), None)
        if found is not None:
            left.remove(found)
            yield i, found


def _filled(p: Basic, b: Binding, rule: Rule) -> Basic | None:
    """Return a part of a rule with its variables replaced, None where one of them stands for nothing."""
    try:
        return instantiate(p, b, rule)
    except KeyError:
        return None


def aligned(before: Basic, after: Basic) -> Pairs:
    """Return the parts that two lines have in the same places; of a sum or a product in the same order."""
    if before == after:
        return [((), ())]
    if type(before) is not type(after) or not isinstance(before, Node):
        return []
    pairs: Pairs = []
    if not isinstance(before, UNORDERED):
        both = list(enumerate(zip(before.args, after.args, strict=False)))
        return [((i, *x), (i, *y)) for i, (a, c) in both for x, y in aligned(a, c)]
    left = list(range(len(after.args)))
    rest: list[int] = []
    for i, a in enumerate(before.args):
        j = next((j for j in left if after.args[j] == a), None)
        if j is None:
            rest.append(i)
        else:
            left.remove(j)
            pairs.append(((i,), (j,)))
    if len(rest) == len(left):
        both_left = zip(rest, left, strict=True)
        pairs += [((i, *x), (j, *y)) for i, j in both_left for x, y in aligned(before.args[i], after.args[j])]
    return pairs


def _composed(first: Pairs, second: Pairs) -> Pairs:
    """Return where the parts are after two changes, one after the other."""
    found: Pairs = []
    for x, y in first:
        for u, v in second:
            if _begins(u, y):
                found.append((x, (*v, *y[len(u) :])))
            elif _begins(y, u):
                found.append(((*x, *u[len(y) :]), v))
    return found


def _begins(path: Path, longer: Path) -> bool:
    return longer[: len(path)] == path


def _is_in(path: Path, e: Basic) -> bool:
    for i in path:
        if not isinstance(e, Node) or i >= len(e.args):
            return False
        e = e.args[i]
    return True
