"""Moves at sums whose counterpart on the other side is over another range: terms taken off, joined, read backwards.

What the other side has decides what is done, so these lead to no normal form: a sum that stands there as it is, is left
alone. What has no counterpart telescopes where it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here, Problem, Reducer, walk
from deltasift.inert import postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.line.linear import difference
from deltasift.line.same import Canon
from deltasift.match.search import Search
from deltasift.match.shift import shifted

MOST_APART = 3  # terms by which one range may be longer than another at an end
MOST = 60  # moves of one side


def towards(line: Basic, other: Basic, problem: Problem) -> list[Move]:
    """Return the moves that bring the finite sums of a line to those of another."""
    sums = [e for e in postorder(other) if isinstance(e, ex.Sum) and INFINITE.isdisjoint(e.args[2:])]
    return walk(line, problem, {ex.Sum: _reducer(sums), ex.Add: _adjacent}, MOST)[1]


def _adjacent(e: ex.Node, here: Here) -> Move | None:
    """Make one sum of two over adjacent ranges."""
    return by_rule(rules.sum_split, e, here) if sum(isinstance(a, ex.Sum) for a in e.args) > 1 else None


def _reducer(targets: Sequence[ex.Sum]) -> Reducer:
    canon = Canon()
    known = {canon.key(t) for t in targets}

    def reduce(e: ex.Node, here: Here) -> Move | None:
        if not INFINITE.isdisjoint(e.args[2:]) or canon.key(e) in known:
            return None
        for t in targets:
            move = _shortened(e, t, canon, here) or _moved(e, t, canon)
            if move is not None:
                return move
        for found in Search().local(rules.sum_reverse, e, here.scope):
            if canon.key(found.after) in known:
                return Move(rules.sum_reverse, e, found.after)
        return by_rule(rules.sum_telescope, e, here)

    return reduce


def _shortened(e: ex.Node, t: ex.Sum, canon: Canon, here: Here) -> Move | None:
    """Take a term off a sum, where another one of the same terms is a little shorter."""
    if not _has_terms_of(e, t, canon):
        return None
    before, after = difference(t.lo, e.args[2]), difference(e.args[3], t.hi)
    if not all(d.is_Integer and 0 <= int(d) <= MOST_APART for d in (before, after)):
        return None
    return by_rule(rules.sum_last if after != 0 else rules.sum_first, e, here)


def _moved(e: ex.Node, t: ex.Sum, canon: Canon) -> Move | None:
    """Shift the index of a sum, where that gives the terms of another one, from the same index on."""
    by = difference(t.lo, e.args[2])
    if by == 0 or _has_terms_of(e, t, canon):
        return None
    new = shifted(e, by)
    return Move(rules.sum_shift, e, new) if _has_terms_of(new, t, canon) else None


def _has_terms_of(e: ex.Node, t: ex.Sum, canon: Canon) -> bool:
    body, name = e.args[:2]
    return canon.same(body, t.body if t.var == name else substitute(t.body, {t.var: name}))
