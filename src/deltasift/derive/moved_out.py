"""What has no delta moves out of a sum: factors free of the index, and terms, which become sums of their own."""

from __future__ import annotations

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import (
    Part,
    carries,
    fractional_indices,
    is_total,
    joined,
    split,
    sum_of,
)
from deltasift.derive.sifting import path_to
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert import free, mentions, postorder
from deltasift.inert.algebra import INFINITE
from deltasift.line.definedness import requirements
from deltasift.line.statements import conjuncts
from deltasift.rules.coded.equations import solved

# --- what has no delta moves out ----------------------------------------------------------------------------------


def moved_out(e: ex.Sum, sign: int, parts: list[Part], here: Here) -> Move | None:
    """Move the factors that are free of the index out of the sum."""
    i = e.args[1]
    if isinstance(e.args[0], ex.Neg) and len(parts) == 1:
        return Move(rules.sum_neg, e, ex.Neg.make((ex.Sum.make((e.args[0].args[0], *e.args[1:])),)))
    for f, divides in parts:
        # a condition goes with what has a value under it alone
        if type(f) is ex.Iverson and not divides and _is_partly_about(f, i):
            return Move(rules.bracket_and, f, taken_apart(f), (0, *path_to(e.args[0], f)))
    outside = [p for p in parts if not mentions(p[0], i)]
    if not outside or (all(f.is_number for f, _ in outside) and not any(carries(f, i) for f, _ in parts)):
        return None
    inside = [p for p in parts if mentions(p[0], i)]
    if any(_is_for_an_outer_sum(f, here) for f, below in inside if not below):
        return None
    if any(below or not is_total(f) for f, below in outside) and not _may_stand_alone(outside, inside, e, here):
        outside = [p for p in outside if not p[1] and is_total(p[0])]
        inside = [p for p in parts if p not in outside]
        if not outside:
            return None
    inner = ex.Sum.make((joined(1, inside), *e.args[1:]))
    if not INFINITE.isdisjoint(e.args[2:]) and not here.holds(ex.Summable.make((inner,))):
        return None
    above = [p for p in outside if not p[1]]
    below = [p for p in outside if p[1]]
    rule = rules.sum_mul_left if INFINITE.isdisjoint(e.args[2:]) else rules.series_mul
    return Move(rule, e, joined(sign, [*above, (inner, False), *below] if above else [*below, (inner, False)]))


def _is_partly_about(f: ex.Iverson, name: Basic) -> bool:
    """Tell whether some statements of a bracket speak of a name, and others do not."""
    return mentions(f, name) and not all(mentions(p, name) for p in conjuncts(f.args[0]))


def taken_apart(f: ex.Iverson) -> Basic:
    """Return a bracket around several statements as a product of brackets."""
    return ex.Mul.make(tuple(ex.Iverson.make((p,)) for p in conjuncts(f.args[0])))


def _may_stand_alone(outside: list[Part], inside: list[Part], e: ex.Sum, here: Here) -> bool:
    """Tell whether factors have a value outside of a sum too: it has terms, or they have a value as they stand.

    A sum without terms is 0, whatever stands in it, and so is one whose brackets or deltas make all of them 0.
    """
    may_vanish = any(isinstance(f, (ex.Delta, ex.Iverson)) and not below for f, below in inside)
    if not may_vanish and (not INFINITE.isdisjoint(e.args[2:]) or here.holds(ex.LessEqual.make(e.args[2:]))):
        return True
    alone = joined(1, [(S.One, False), *outside])
    whole = [ex.IsInteger.make((i,)) for i in fractional_indices(alone)]
    return all(here.holds(need) for need in (*requirements(alone, here.scope), *whole))


def _is_for_an_outer_sum(f: Basic, here: Here) -> bool:
    """Tell whether a delta in a product waits for the sum over an outer index, which will come to it."""
    return bool(here.scope.bound) and any(_waits_outside(d, here) for d, below in split(f)[1] if not below)


def _has_part_for_an_outer_sum(f: Basic, here: Here) -> bool:
    """Tell whether such a delta stands anywhere in a product."""
    return bool(here.scope.bound) and any(_waits_outside(d, here) for d in postorder(f))


def _waits_outside(d: Basic, here: Here) -> bool:
    bound = here.scope.bound
    return isinstance(d, ex.Delta) and any(
        name in bound and bound[name].integer and solved(d, name) is not None for name in free(d)
    )


# --- terms --------------------------------------------------------------------------------------------------------


def of_terms(e: ex.Sum, here: Here) -> Move | None:
    """Split a sum over terms, those without a delta staying together."""
    body, i = e.args[:2]
    asks = [
        carries(a, i) or _has_part_for_an_outer_sum(a, here) or (not here.is_untouched and wants_out(a, i, here))
        for a in body.args
    ]
    if not any(asks):
        return None
    apart = [a for a, asked in zip(body.args, asks, strict=True) if asked or not mentions(a, i)]
    others = [a for a, asked in zip(body.args, asks, strict=True) if not asked and mentions(a, i)]
    groups = [*apart, *([sum_of(others)] if others else [])]
    if len(groups) < 2:
        return None
    after = ex.Add.make(tuple(ex.Sum.make((g, *e.args[1:])) for g in groups))
    if INFINITE.isdisjoint(e.args[2:]):
        return Move(rules.sum_add, e, after)
    return by_rule(rules.series_add, e, here) if len(others) < 2 else None


def wants_out(term: Basic, i: Basic, here: Here) -> bool:
    """Tell whether a factor of a term goes with an outer sum, so that nested loops become loops side by side."""
    return any(
        not mentions(f, i) and (isinstance(f, (ex.Sum, ex.Product)) or not free(f).isdisjoint(here.scope.names))
        for f, _ in split(term)[1]
    )
