"""Products: their factors, which of them excuse the others, and logarithms that a factor 0 makes 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from deltasift.judge.context import Context, Need, World
from deltasift.judge.functions import rational
from deltasift.judge.meaning import is_total, unfolded
from deltasift.judge.same import key
from deltasift.judge.statement import at_most, either, less, unequal
from deltasift.judge.tree import BINDERS, ZERO, Term, has, instantiate, make, shift

Part: TypeAlias = tuple[Term, Context]  # what must have a value, too
Found: TypeAlias = Iterator[Need | Part]
Factor: TypeAlias = tuple[Term, bool]  # and whether it divides
DIVIDED = frozenset((("Div", 1), ("Pow", 0)))  # arguments that are divided by, or may be


def factors(t: Term) -> list[Factor]:
    """Return the factors of a product or quotient, and whether each divides; signs have no part in it."""
    found: list[Factor] = []
    todo = [t]
    while todo:
        e = todo.pop()
        if e.head == "Div":
            found.append((e.args[1], True))
        if e.head in ("Mul", "Neg", "Div"):
            todo += reversed(e.args[:1] if e.head == "Div" else e.args)
        else:
            found.append((e, False))
    return found


def nonzero(t: Term, context: Context) -> Iterator[Need]:
    """Yield what makes a divisor, which has a value, other than 0."""
    for e, divides in factors(t):
        if divides or e.head == "Exp" or (e.head == "number" and e.value):
            continue
        power = rational(e.args[1]) if e.head == "Pow" else None
        if (e.head == "Func" and e.args[0].value == "Abs") or (power is not None and power > 0):
            yield from nonzero(e.args[1] if e.head == "Func" else e.args[0], context)
        elif power is None:
            yield Need(context, unequal(e, ZERO))


def guard(t: Term, context: Context) -> Term | None:
    """Return where a factor is not 0, if it is a delta, a bracket, an entry defined as one, or a point mass."""
    known = context.world.guards
    if t not in known:
        known[t] = _guard(t, context.world)
    return known[t]


def _guard(t: Term, world: World) -> Term | None:
    while t.head == "Entry":
        definition = world.definition(t.args[0].value)
        if definition is None or definition[0] != len(t.args) - 1:
            return None
        t = instantiate(definition[1], t.args[1:])
    if t.head == "Dirac" and t.args[1] is ZERO:  # what is beside a point mass is of interest at the point alone
        return make("Equality", (t.args[0], ZERO))
    return make("Equality", t.args) if t.head == "Delta" else t.args[0] if t.head == "Iverson" else None


def guards_among(parts: Sequence[Factor], context: Context) -> list[Term | None]:
    """Return where each factor of a product is not 0, None of one that excuses no other.

    None does in whose product it is divided by: `d/d` is not 0 where d is, as its term would be, for what is calculated
    with it is 1.
    """
    found = [None if divides else guard(e, context) for e, divides in parts]
    below = [part for part in parts if part[1] or may_divide(part[0], context)] if any(found) else []
    for n, (e, _) in enumerate(parts):
        if found[n] is not None and any(stands_below(e, *part) for part in below):
            found[n] = None
    return found


def may_divide(t: Term, context: Context) -> bool:
    """Tell whether something in a term is divided by, or raised to a power."""
    return not is_total(t, context.world) and has(t, "Div", "Pow")


def stands_below(part: Term, t: Term, below: bool = False) -> bool:
    """Tell whether a part stands in what is divided by in a term, or in what has a power."""
    todo = [(t, 0, below)]
    seen = set(todo)
    while todo:
        e, level, under = todo.pop()
        if under and key(e) is key(shift(part, level)):
            return True
        for i, a in enumerate(e.args):
            divides = under or (e.head, i) in DIVIDED
            found = a, level + (i == 0 and e.head in BINDERS), divides
            if found not in seen:
                seen.add(found)
                todo.append(found)
    return False


def logarithm_among(log: Term, parts: list[Factor], context: Context) -> Found:
    """A logarithm among factors of which one may make the term 0."""
    argument = log.args[0]
    how, x = rescued(log, parts, context)
    if x is None:
        yield log, context
    elif how == "x log x":
        yield Need(context, at_most(ZERO, argument))
        yield argument, context
    elif how == "x log x/y" and not is_probability(x, context):
        divisor = argument.args[1]
        both_negative = make("And", (less(x, ZERO), less(divisor, ZERO)))
        yield Need(context, either(make("And", (at_most(ZERO, x), less(ZERO, divisor))), both_negative))
        yield divisor, context
    else:
        y = argument.args[1] if how == "x log x/y" else argument
        yield Need(context, either(make("Equality", (x, ZERO)), less(ZERO, y)))
        yield Need(context, at_most(ZERO, y))
        yield y, context


def rescued(log: Term, parts: Iterable[Factor], context: Context) -> tuple[str, Term | None]:
    """Return the factor beside which a logarithm may be 0 log 0, and in which of the three ways."""
    argument = log.args[0]
    whole = key(unfolded(argument, context.world))
    above = key(unfolded(argument.args[0], context.world)) if argument.head == "Div" else None
    others = [e for e, divides in parts if not divides and e is not log and e.head not in ("Log", "Delta", "Iverson")]
    own = [key(unfolded(e, context.world)) for e in others]
    for how, wanted in (("x log x", whole), ("x log x/y", above)):
        for e, k in zip(others, own, strict=True):
            if k is wanted:
                return how, e
    return "p log y", next((e for e in others if is_probability(e, context)), None)


def is_probability(t: Term, context: Context) -> bool:
    """Tell whether a term is an entry of a pmf, declared or defined."""
    world = context.world
    return t.head == "Entry" and (world.is_pmf(t.args[0].value) or t.args[0].value in world.distributions)
