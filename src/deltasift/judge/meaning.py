"""What stands behind a name or a named quantity, and on which names an expression depends."""

from __future__ import annotations

from functools import lru_cache

from sympy import Symbol

from deltasift.judge.context import World
from deltasift.judge.functions import UNREAL, by_definition
from deltasift.judge.term import Term, instantiate, leaves, make
from deltasift.judge.tree import folded

TOTAL = frozenset(  # heads that have a value where their arguments have one, and are real
    (
        *("number", "constant", "bound", "truth", "free", "Add", "Mul", "Neg", "Exp", "Delta", "Iverson"),
        *("Not", "And", "Or", "Equality", "Unequal", "Less", "LessEqual", "IsInteger"),
    )
)
REAL_VALUED = frozenset(("Abs", "Delta", "Iverson", "arg", "im", "re"))  # whatever their arguments are


def definition(t: Term, world: World) -> Term | None:
    """Return what a term is by definition, None where it has none."""
    if t.head == "Named":
        return t.args[1]
    if t.head == "Expectation":
        return t.args[2]
    if t.head == "Func":
        return by_definition(t)
    if t.head not in ("Entry", "Apply", "free"):
        return None
    defined = world.definition(t.value if t.head == "free" else t.args[0].value)
    is_it = defined is not None and defined[0] == len(t.args[1:])
    return instantiate(defined[1], t.args[1:]) if defined is not None and is_it else None


def unfolded(t: Term, world: World) -> Term:
    """Return a term with every definition in it unfolded."""
    memo: dict[Term, Term] = {}
    todo = [t]
    while todo:
        x = todo[-1]
        if x in memo:
            todo.pop()
            continue
        behind = definition(x, world)
        parts = [behind] if behind is not None else [a for i, a in enumerate(x.args) if not is_name(x, i)]
        waiting = [p for p in parts if p not in memo]
        if waiting:
            todo += waiting
        elif behind is not None:
            memo[x] = memo[behind]
        else:
            args = [a if is_name(x, i) else memo[a] for i, a in enumerate(x.args)]
            memo[x] = make(x.head, args, x.value) if args else x
    return memo[t]


def is_name(t: Term, i: int) -> bool:
    """Tell whether an argument names something rather than having a value here."""
    return (t.head in ("Entry", "Apply", "RowName") and i == 0) or (t.head == "Derivative" and i == 1)


def names_in(t: Term, world: World) -> frozenset[Symbol]:
    """Return the names on which a term depends, those behind definitions included."""
    found: set[Symbol] = set()
    todo = [t]
    while todo:
        for leaf, _ in leaves(todo.pop()):
            if leaf.head == "free" and leaf.value not in found:
                found.add(leaf.value)
                defined = world.definition(leaf.value)
                if defined is not None:
                    todo.append(defined[1])
    return frozenset(found)


def may_be_unreal(name: Symbol) -> bool:
    """Tell whether a symbol claims to be no real number, or to be a complex one that need not be real."""
    return name.is_real is False or (name.is_extended_real is None and bool(name.is_complex))


def is_total(t: Term, world: World) -> bool:
    """Tell whether a term has a real value by its form, whatever its names are and wherever it stands."""
    known = world.totals

    def value(e: Term) -> bool:
        return e.head in TOTAL and all(known[a] for a in e.args) and (bool(e.args) or _is_real_leaf(e, world))

    return folded(t, known, value, lambda e: e.head in TOTAL)


def _is_real_leaf(t: Term, world: World) -> bool:
    if t.head == "free":
        is_number = t.value.is_finite is not False and not may_be_unreal(t.value) and world.is_number(t.value)
        return is_number and world.definition(t.value) is None
    return not (t.head == "constant" and t.value == "i")


@lru_cache(maxsize=8)
def names_of_complex(world: World) -> frozenset[Symbol]:
    """Return the names that are defined by what may be no real number."""
    return frozenset(name for name in world.domains if may_be_complex(make("free", (), name), world))


def may_be_complex(t: Term, world: World) -> bool:
    """Tell whether a term may be no real number by its form: of the imaginary unit, or of a name that is not real."""
    seen: set[Term] = set()
    todo = [t]
    while todo:
        e = todo.pop()
        if e in seen or e.head in REAL_VALUED or (e.head == "Func" and e.args[0].value in REAL_VALUED):
            continue
        seen.add(e)
        if (e.head == "constant" and e.value == "i") or (e.head == "Func" and e.args[0].value in UNREAL):
            return True
        if e.head == "free":
            if may_be_unreal(e.value):
                return True
            defined = world.definition(e.value)
            todo += () if defined is None else (defined[1],)
        todo += e.args
    return False
