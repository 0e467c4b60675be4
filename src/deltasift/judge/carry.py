"""Whether a use of a rule leaves a line with a value: what the line after needs and the line before did not.

A rule makes two equal values of each other, so what is around its place has a value after it as before, but for three
things that depend on what stands there and not on its value: what the new expression needs itself; what the other
factors of its product need, which a Kronecker delta or a bracket excused; and a logarithm in a product further out that
was beside its own argument. Of each use these are asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from deltasift.judge.context import Context
from deltasift.judge.functions import less
from deltasift.judge.need import Factor, Need, at_point, factors, guard, logarithm_among, needs, rescued
from deltasift.judge.tree import BINDERS, TRUE, ZERO, Term, make

Spine: TypeAlias = Sequence[tuple[Term, int]]  # what is around a place, from the root in, and which argument leads on

PRODUCTS = frozenset((("Neg", 0), ("Div", 0)))


def asked(spine: Spine, before: Term, after: Term, context: Context) -> tuple[list[Need], list[Need]]:
    """Return what must be shown where `after` comes in the place of `before`, and what was needed there already.

    Parameters
    ----------
    spine : sequence of (Term, int)
        What is around the place, with the arguments as they are now.
    before, after : Term
    context : Context
        That of the whole line.
    """
    contexts = [context]
    for t, i in spine:
        contexts.append(inside(t, i, contexts[-1]))
    new: list[Need] = []
    known: list[Need] = []
    old, changed = before, after
    level = len(spine)
    while level and _is_factor(*spine[level - 1]):
        level -= 1
        old, changed = _with(spine[level], old), _with(spine[level], changed)
    known += needs(old, contexts[level])
    new += needs(changed, contexts[level])
    new += _of_outer_logs(spine[:level], old, changed, contexts, known)
    seen = {n.identity for n in known}
    return [n for n in new if n.identity not in seen], known


def _of_outer_logs(
    spine: Spine, old: Term, changed: Term, contexts: Sequence[Context], known: list[Need]
) -> Iterator[Need]:
    """Yield what logarithms need in the products around that may have been 0 log 0 by their form, and are no more."""
    has_log = [t.head != "Log" and any(e.head == "Log" for e, _ in factors(t)) for t, _ in spine]
    for level in reversed(range(len(spine))):
        if not any(has_log[: level + 1]):
            return
        old, changed = _with(spine[level], old), _with(spine[level], changed)
        if has_log[level] and not (level and _is_factor(*spine[level - 1])):
            before, after = (_logs(t, contexts[level]) for t in (old, changed))
            if [how for how, _ in before] != [how for how, _ in after]:
                known += (n for _, every in before for n in every)
                yield from (n for _, every in after for n in every)


def _is_factor(around: Term, i: int) -> bool:
    """Tell whether an argument is a factor of the product around it."""
    return around.head == "Mul" or (around.head, i) in PRODUCTS


def _with(place: tuple[Term, int], part: Term) -> Term:
    around, i = place
    return make(around.head, (*around.args[:i], part, *around.args[i + 1 :]), around.value)


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


def inside(t: Term, i: int, context: Context) -> Context:
    """Return the place of an argument of a term that stands at a place: what is open there, and what is in force."""
    if t.head in BINDERS:
        return at_point(t, context) if t.head == "At" and i == 0 else context.enter(t) if i == 0 else context
    if t.head in ("Mul", "Neg", "Div"):
        others = [e for n, a in enumerate(t.args) if n != i and not (t.head == "Div" and n == 1) for e, _ in _above(a)]
        found = (guard(e, context) for e in others)
        is_guard = i == 0 and t.head == "Div" and guard(t.args[0], context) is not None
        return context if is_guard else context.assuming(*(g for g in found if g is not None and g is not TRUE))
    if t.head == "Piecewise":
        before = (make("Not", (c,)) for c in t.args[1 : i - i % 2 : 2])
        own = () if i % 2 or t.args[i + 1] is TRUE else (t.args[i + 1],)
        return context.assuming(*before, *own)
    if t.head in ("And", "Or"):
        return context.assuming(*(a if t.head == "And" else make("Not", (a,)) for a in t.args[:i]))
    return context


def _above(t: Term) -> list[Factor]:
    return [f for f in factors(t) if not f[1]]
