"""Where a derivative exists: what is built of differentiable functions is one where each of these has a value."""

from __future__ import annotations

from itertools import combinations
from typing import TypeAlias

from deltasift.judge.context import Context
from deltasift.judge.functions import FUNCTIONS, SMOOTH, by_definition, rational
from deltasift.judge.meaning import names_in
from deltasift.judge.statement import conjuncts, less, unequal
from deltasift.judge.tree import ZERO, Term, instantiate, number, occurs, shift

Places: TypeAlias = list[tuple[Term, Context]]  # statements, or parts, with where they stand
Deeper: TypeAlias = tuple[Term, Context, tuple[Term, ...], Term]
Found: TypeAlias = tuple[Places, Places]  # the parts, and what must be true


def smooth(t: Term, context: Context) -> Places | None:
    """Return the statements of which it follows that a derivative exists, None where that is not known."""
    body, by, order = t.args
    found: Places = []
    todo: list[Deeper] = [(body, context, (by,), order)]
    while todo:
        e, here, bys, order = todo.pop()
        if not _varies(e, bys, here):
            continue
        deeper = _deeper(e, here, bys, order)
        if deeper is not None:
            todo.append(deeper)
            continue
        # such as f[i], by f[j]
        is_variable = bool(e.args) and any(e.head == by.head and e.args[0] is by.args[0] for by in bys if by.args)
        look = ([], []) if is_variable else _parts(e, here, order)
        if look is None or (e.head in ("Sum", "Product") and any(_varies(end, bys, here) for end in e.args[2:])):
            return None
        is_entry = e.head == "Entry" and (is_variable or here.world.definition(e.args[0].value) is None)
        if is_entry and any(_varies(i, bys, here) for i in e.args[1:]):
            return None  # nearby it is another entry, or none
        parts, statements = look
        found += statements
        todo += [(a, place, tuple(shift(by, place.depth - here.depth) for by in bys), order) for a, place in parts]
    return found


def _varies(t: Term, bys: tuple[Term, ...], place: Context) -> bool:
    """Tell whether a term depends on something that derivatives are taken by, definitions unfolded."""
    every = [by.args[0] if by.args else by for by in bys]
    return any(occurs(x, t) or (x.head == "free" and x.value in names_in(t, place.world)) for x in every)


def _deeper(e: Term, here: Context, bys: tuple[Term, ...], order: Term) -> Deeper | None:
    """Return what is to be smooth, in all that derivatives are taken by together, for a derivative of it to be so."""
    if e.head != "Derivative" or _derivative(e, here, order) is not None:
        return None
    body, by, taken = e.args
    if by.head not in ("free", "bound", "Entry") or not order.head == taken.head == "number":
        return None
    if any(_varies(i, (*bys, by), here) for i in by.args[1:]):
        return None  # nearby it is a derivative by another entry
    return body, here, (*bys, by), number(taken.value + order.value)


def _parts(e: Term, context: Context, order: Term) -> Found | None:
    """Return the parts of which an expression is a smooth function, and where it is one; None of what may be none."""
    every = [(a, context) for a in e.args if a.head != "text"]
    if e.head in ("bound", "free", "Entry", "Apply"):
        return _value(e, context, order)
    if e.head == "Derivative":
        return _derivative(e, context, order)
    if e.head in ("Add", "Mul", "Neg", "Exp"):
        return every, []
    if e.head in ("Div", "Log"):
        statement = less(ZERO, e.args[0]) if e.head == "Log" else unequal(e.args[1], ZERO)
        return every, [(statement, context)]
    if e.head == "Pow":
        base, exponent = e.args
        value = rational(exponent)
        if value is None or value.denominator != 1:
            return every, [(less(ZERO, base), context)]
        return every, [] if value >= 0 else [(unequal(base, ZERO), context)]
    if e.head in ("Sum", "Product") and not any(end.head == "infinity" for end in e.args[2:]):
        return [(e.args[0], context.enter(e))], []
    if e.head == "Iverson":  # it does not change where no two sides are equal
        orders = conjuncts(e.args[0])
        if not all(o.head in ("Less", "LessEqual", "Equality", "Unequal") for o in orders):
            return None
        return [(a, context) for o in orders for a in o.args], [(unequal(*o.args), context) for o in orders]
    if e.head == "Func":
        behind = None if e.args[0].value in FUNCTIONS else by_definition(e)
        if behind is not None:
            return [(behind, context)], []
        return _function(e.args[0].value, e.args[1:], context)
    return ([(e.args[1], context)], []) if e.head == "Named" else None


def _derivative(e: Term, context: Context, order: Term) -> Found | None:
    """The derivative of a function of one name, which has as many more as are said to be continuous."""
    body, by, taken = e.args
    if body.head != "Apply" or body.args[1:] != (by,) or not order.head == taken.head == "number":
        return None
    known = context.world.smooth.get(body.args[0].value)
    return ([(by, context)], []) if known is not None and taken.value + order.value <= known else None


def _function(name: str, arguments: tuple[Term, ...], context: Context) -> Found | None:
    parts = [(a, context) for a in arguments]
    if name in ("Abs", "Heaviside", "sign"):
        return parts, [(unequal(arguments[0], ZERO), context)]
    if name in ("Max", "Min"):  # where no two are equal, one of them is the largest nearby, too
        return parts, [(unequal(a, b), context) for a, b in combinations(arguments, 2)]
    domain = FUNCTIONS.get(name)
    if name not in SMOOTH or domain is None:
        return None
    return parts, [(s, context) for s in domain(arguments)]


def _value(e: Term, context: Context, order: Term) -> Found | None:
    """A name, an entry or a value: smooth in itself, if it is not defined by something else that is not."""
    if e.head == "bound":
        return [], []
    name, *arguments = e.args or (e,)
    definition = context.world.definition(name.value)
    if definition is not None:
        return ([(instantiate(definition[1], arguments), context)], []) if definition[0] == len(arguments) else None
    if e.head == "Apply":
        known = context.world.smooth.get(name.value)
        is_enough = known is not None and order.head == "number" and order.value <= known
        return ([(a, context) for a in arguments], []) if is_enough else None
    return [], []
