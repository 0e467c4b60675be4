"""What is an integer: by its form, by its domain, by its binder, or because it is said.

It is so in the reading in which each function has a value everywhere (see `deltasift.judge.certificate`): having one is
another question. Nothing is an integer because a finder took it for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from deltasift.judge.context import Context
from deltasift.judge.facts import varies
from deltasift.judge.meaning import definition
from deltasift.judge.same import key, same
from deltasift.judge.statement import conjuncts
from deltasift.judge.tree import COUNTED, FOLDS, Term

Parts: TypeAlias = Iterable[tuple[Term, Context]]  # an expression is an integer where all of these are

INTEGER_VALUED = frozenset(("floor", "ceiling", "sign"))
OF_INTEGERS = frozenset(("Abs", "Max", "Min", "Mod", "binomial", "factorial"))  # integers where all arguments are


def is_integer(term: Term, place: Context) -> bool:
    """Tell whether a term is known to be an integer."""
    if _is_said(term, place):  # as a whole, whatever its parts are
        return True
    todo = [(term, place)]
    while todo:
        t, here = todo.pop()
        look = HEADS.get(t.head)
        parts = None if look is None else look(t, here)
        if parts is not None:
            todo += parts
        elif not _is_said(t, here):
            return False
    return True


def _is_said(t: Term, place: Context) -> bool:
    """Tell whether a statement in force says that a term is an integer, or that the quotient that it is one is."""
    if varies(t, place):
        return False
    if key(t) in place.world.said_integers:
        return True
    for s in (c for g in place.guards for c in conjuncts(g)):
        is_quotient = t.head == "Div" and s.head == "Divides" and all(map(same, s.args, reversed(t.args)))
        if is_quotient or (s.head == "IsInteger" and same(s.args[0], t)):
            return True
    return False


def _all(t: Term, place: Context) -> Parts:
    return [(a, place) for a in t.args]


def _name(t: Term, place: Context) -> Parts | None:
    behind = definition(t, place.world)
    if behind is not None:
        return [(behind, place)]
    name = t.args[0].value if t.args else t.value
    domain = place.world.domain(name)
    known = name.is_integer or name in place.world.integers if domain is None else domain.integer
    is_one = t.head != "Apply" and known
    return () if is_one and name not in place.varied else None  # what varies is none nearby


def _power(t: Term, place: Context) -> Parts | None:
    base, exponent = t.args
    natural = exponent.head == "number" and exponent.value >= 0 and exponent.value.denominator == 1
    return [(base, place)] if natural or exponent.head in ("Delta", "Iverson") else None


def _binder(t: Term, place: Context) -> Parts | None:
    is_finite = all(end.head != "infinity" for end in t.args[2:])
    return [(t.args[0], place.enter(t))] if is_finite else None


def _function(t: Term, place: Context) -> Parts | None:
    name = t.args[0].value
    if name in INTEGER_VALUED:
        return ()
    return [(a, place) for a in t.args[1:]] if name in OF_INTEGERS else None


HEADS: Mapping[str, Callable[[Term, Context], Parts | None]] = {
    "number": lambda t, place: () if t.value.denominator == 1 else None,
    "bound": lambda t, place: () if place.binder(t.value).head in COUNTED and not varies(t, place) else None,
    **dict.fromkeys(("free", "Entry", "Apply", "Named", "Expectation"), _name),
    **dict.fromkeys(("Add", "Mul", "Neg"), _all),
    "Pow": _power,
    **dict.fromkeys(("Delta", "Iverson"), lambda t, place: ()),
    **dict.fromkeys((head for head, known in FOLDS.items() if known.is_whole), _binder),
    "Func": _function,
    "Piecewise": lambda t, place: [(value, place) for value in t.args[::2]],
}
