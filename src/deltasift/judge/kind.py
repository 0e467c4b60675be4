"""What is an integer wherever it has a value: by its form, by its domain, by its binder, or because it is said.

An end of a range is an integer or infinite. Nothing is an integer because a finder took it for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from deltasift.domain import Family
from deltasift.judge.context import COUNTED, Context
from deltasift.judge.same import same
from deltasift.judge.tree import Term, instantiate

Parts: TypeAlias = Iterable[tuple[Term, Context]]  # an expression is an integer where all of these are

INTEGER_VALUED = frozenset(("floor", "ceiling", "sign"))
OF_INTEGERS = frozenset(("Abs", "Max", "Min", "Mod", "binomial", "factorial"))  # integers where all arguments are


def is_end(term: Term, context: Context) -> bool:
    """Tell whether a term may be an end of a range."""
    return term.head == "infinity" or is_integer(term, context)


def is_integer(term: Term, context: Context) -> bool:
    """Tell whether a term is known to be an integer wherever it has a value."""
    todo = [(term, context)]
    while todo:
        t, here = todo.pop()
        if _is_said(t, here):
            continue
        look = HEADS.get(t.head)
        parts = None if look is None else look(t, here)
        if parts is None:
            return False
        todo += parts
    return True


def _is_said(t: Term, context: Context) -> bool:
    """Tell whether a statement in force says that a term is an integer, or that the quotient that it is one is."""
    todo = [*context.guards, *context.world.given]
    while todo:
        s = todo.pop()
        todo += s.args if s.head == "And" else ()
        is_quotient = t.head == "Div" and s.head == "Divides" and all(map(same, s.args, reversed(t.args)))
        if is_quotient or (s.head == "IsInteger" and same(s.args[0], t)):
            return True
    return False


def _number(t: Term, context: Context) -> Parts | None:
    return () if t.value.denominator == 1 else None


def _bound(t: Term, context: Context) -> Parts | None:
    return () if context.binder(t.value).head in COUNTED else None


def _free(t: Term, context: Context) -> Parts | None:
    world = context.world
    domain = world.domain(t.value)
    if isinstance(domain, Family) and not domain.over:
        definition = world.definition(t.value)
        return None if definition is None else ((definition[1], context),)
    known = t.value.is_integer if domain is None else domain.integer
    return () if known or t.value in world.integers else None


def _entry(t: Term, context: Context) -> Parts | None:
    table, *indices = t.args
    definition = context.world.definition(table.value)
    if definition is None:
        return _free(table, context)
    count, body = definition
    return ((instantiate(body, indices), context),) if count == len(indices) else None


def _all(t: Term, context: Context) -> Parts:
    return ((a, context) for a in t.args)


def _power(t: Term, context: Context) -> Parts | None:
    base, exponent = t.args
    natural = exponent.head == "number" and exponent.value >= 0 and exponent.value.denominator == 1
    return ((base, context),) if natural or exponent.head in ("Delta", "Iverson") else None


def _binder(t: Term, context: Context) -> Parts:
    return ((t.args[0], context.enter(t)),)


def _function(t: Term, context: Context) -> Parts | None:
    name = t.args[0].value
    if name in INTEGER_VALUED:
        return ()
    return ((a, context) for a in t.args[1:]) if name in OF_INTEGERS else None


def _cases(t: Term, context: Context) -> Iterator[tuple[Term, Context]]:
    return ((value, context) for value in t.args[::2])


HEADS: Mapping[str, Callable[[Term, Context], Parts | None]] = {
    "number": _number,
    "bound": _bound,
    "free": _free,
    "Entry": _entry,
    **dict.fromkeys(("Add", "Mul", "Neg"), _all),
    "Pow": _power,
    **dict.fromkeys(("Delta", "Iverson"), lambda t, context: ()),
    **dict.fromkeys(("Sum", "Product"), _binder),
    "Func": _function,
    "Piecewise": _cases,
    "Named": lambda t, context: ((t.args[1], context),),
    "Expectation": lambda t, context: ((t.args[2], context),),
}
