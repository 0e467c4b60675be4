"""Whether a use of a rule leaves a line with a value: what the line after needs and the line before did not.

A rule makes two equal values of each other, so what is around its place has a value after it as before, but for three
things that depend on what stands there and not on its value: what the new expression needs itself; what the other
factors of its product need, which a Kronecker delta or a bracket excused; and a logarithm in a product further out that
was beside its own argument. Of each use these are asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from deltasift.judge.context import Context, Need
from deltasift.judge.meaning import is_total, unfolded
from deltasift.judge.need import needs
from deltasift.judge.place import Place
from deltasift.judge.products import factors, guard, logarithm_among, rescued
from deltasift.judge.statement import less
from deltasift.judge.tree import TRUE, ZERO, Term, has
from deltasift.judge.verify.parts import rebuilt

Asked: TypeAlias = tuple[list[Need], list[Need]]  # what must be shown, and what was needed already


def asked(place: Place, before: Term, after: Term) -> Asked:
    """Return what must be shown where `after` comes in the place of `before`, and what was needed there already."""
    return _asked(place, place.depth, before, after)


def asked_of_line(place: Place, before: Term, after: Term) -> Asked:
    """Return the same of the whole line: where two values differ, what is around one may have none around the other."""
    for depth in range(place.depth, 0, -1):
        before, after = (place.around(depth, e) for e in (before, after))
    return _asked(place, 0, before, after)


def asked_of_integral(place: Place, before: Term, after: Term) -> tuple[Asked | None, int | None]:
    """Return what else may be shown for the outermost integral around.

    Returns
    -------
    tuple
        The same of the whole integral if it has point masses, since of its points these alone matter; else how many
        binders are around it, since of its points no null set matters. None, None where there is no integral.
    """
    depth = place.depth
    over = place.integral(depth)
    if not over:
        return None, None
    while depth >= over:
        before, after = (place.around(depth, e) for e in (before, after))
        depth -= 1
    if has(unfolded(after, place.context.world), "Dirac"):
        return _asked(place, depth, before, after), None
    return None, place.opened(depth).depth


def without_masses_around(place: Place) -> int | None:
    """Return how many binders are around the outermost integral, if no mass is in it but one of an inner integral.

    That one is no mass in the variables of those further out, since the integral in which it is sifts by it.
    """
    depth = place.depth
    over = place.integral(depth)
    here = unfolded(place.here, place.context.world)
    if not over or _masses(here) > 1:
        return None
    line = rebuilt(here, lambda t, level: ZERO if t.head == "Integral" else None)
    while depth >= over:
        line = place.around(depth, line)
        depth -= 1
    return None if has(unfolded(line, place.context.world), "Dirac") else place.opened(depth).depth


def _masses(t: Term) -> int:
    """Return how many point masses stand in a term."""
    count, todo = 0, [t]
    while todo:
        e = todo.pop()
        count += e.head == "Dirac"
        todo += [a for a in e.args if has(a, "Dirac")]
    return count


def _asked(place: Place, depth: int, before: Term, after: Term) -> Asked:
    is_as_before = is_total(after, place.context.world) and not place.is_divided(depth)
    outermost = depth if is_as_before else place.guarded(depth)  # of what excuses other factors, and may no more
    while place.is_factor(depth) or depth > outermost:
        before, after = (place.around(depth, e) for e in (before, after))
        depth -= 1
    known = list(needs(before, place.level(depth)[0]))
    new = list(needs(after, place.level(depth)[0]))
    new += _of_outer_logs(place, depth, before, after, known)
    seen = {n.identity for n in known}
    return [n for n in new if n.statement is not TRUE and n.identity not in seen], known


def _of_outer_logs(place: Place, depth: int, old: Term, changed: Term, known: list[Need]) -> Iterator[Need]:
    """Yield what logarithms need in the products around that may have been 0 log 0 by their form, and are no more."""
    is_among = False
    while depth and (place.level(depth)[1] or is_among):
        old, changed = (place.around(depth, e) for e in (old, changed))
        depth -= 1
        is_among = old.head != "Log" and any(e.head == "Log" for e, _ in factors(old))
        if not is_among or place.is_factor(depth):
            continue
        before, after = (_logs(t, place.level(depth)[0]) for t in (old, changed))
        if [how for how, _ in before] != [how for how, _ in after]:
            known += (n for _, every in before for n in every)
            yield from (n for _, every in after for n in every)
        is_among = False


def _logs(t: Term, context: Context) -> list[tuple[str, list[Need]]]:
    """Return of each logarithm among the factors of a product how it may be 0 log 0, and what it needs."""
    parts = factors(t)
    guards = (None if divides else guard(e, context) for e, divides in parts)
    place = context.assuming(*(g for g in guards if g is not None and g is not TRUE))
    found = []
    for e, divides in parts:
        if e.head == "Log" and not divides:
            how, x = rescued(e, parts, place)
            needed = [n for n in logarithm_among(e, parts, place) if isinstance(n, Need)]
            alone = [Need(place, less(ZERO, e.args[0]))]
            found.append(("" if x is None else how, alone if x is None else needed))
    return found
