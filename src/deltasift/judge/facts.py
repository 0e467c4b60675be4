"""What is true of a term by its head and its names; what stands behind a definition; which numbers are integers.

All of it is true in the reading in which each function has a value everywhere (see `deltasift.judge.certificate`).
"""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.domain import Density
from deltasift.judge.context import COUNTED, Context, World
from deltasift.judge.term import BINDERS, ONE, ZERO, Term, instantiate, leaves, make, number, same

KEEP_INTEGERS = frozenset(("Abs", "Max", "Min", "Mod", "binomial", "factorial"))
INTEGERS = frozenset(("floor", "ceiling", "sign"))
AT_ZERO = {**dict.fromkeys(("sin", "sinh", "tanh", "atan", "asinh", "erf"), ZERO), "cos": ONE, "cosh": ONE}
CONTRARY = {"LessEqual": "Less", "Less": "LessEqual", "Equality": "Unequal", "Unequal": "Equality"}


def contrary(s: Term) -> Term:
    """Return the negation of a statement, as a relation where there is one."""
    if s.head in CONTRARY:
        return make(CONTRARY[s.head], s.args[::-1] if s.head in ("LessEqual", "Less") else s.args)
    if s.head in ("And", "Or"):
        return make("Or" if s.head == "And" else "And", [contrary(a) for a in s.args])
    if s.head == "truth":
        return make("truth", (), not s.value)
    return s.args[0] if s.head == "Not" else make("Not", (s,))


def at_most(a: Term, b: Term) -> Term:
    return make("LessEqual", (a, b))


def less(a: Term, b: Term) -> Term:
    return make("Less", (a, b))


# --- by form ---------------------------------------------------------------------------------------------------------


def forms(t: Term, place: Context) -> tuple[Term, ...]:
    """Return what a term says by its head, or by its name where nothing is said of that but what its symbol claims."""
    if t.head in ("Delta", "Iverson"):
        return at_most(ZERO, t), at_most(t, ONE)
    if t.head == "Exp":
        return (less(ZERO, t), *((_is(t, ONE),) if t.args[0] is ZERO else ()))
    if t.head == "Log" and t.args[0] is ONE:
        return (_is(t, ZERO),)
    if t.head == "Func":
        return _of_function(t, t.args[0].value, t.args[1:])
    if t.head == "Apply":
        domain = place.world.domain(t.args[0].value)
        if isinstance(domain, Density):
            return (less(ZERO, t) if domain.positive else at_most(ZERO, t),)
    elif t.head in ("free", "Entry"):
        return tuple(_of_symbol(t, place))
    return ()


def _of_function(t: Term, name: str, args: tuple[Term, ...]) -> tuple[Term, ...]:
    if args[0] is ZERO and name in AT_ZERO:
        return (_is(t, AT_ZERO[name]),)
    if name in ("Min", "Max"):
        return tuple(at_most(t, a) if name == "Min" else at_most(a, t) for a in args)
    if name == "Abs":
        return at_most(ZERO, t), at_most(args[0], t), at_most(make("Neg", args), t)
    if name == "floor":
        return at_most(t, args[0]), less(args[0], make("Add", (t, ONE)))
    if name == "ceiling":
        return at_most(args[0], t), less(t, make("Add", (args[0], ONE)))
    if name == "Mod" and args[1].head == "number" and args[1].value > 0:
        return at_most(ZERO, t), less(t, args[1])
    if name in ("sin", "cos", "tanh", "sign"):
        return at_most(number(-1), t), at_most(t, ONE)
    return (at_most(ONE, t),) if name == "cosh" else ()


def _of_symbol(t: Term, place: Context) -> Iterator[Term]:
    """Yield what the SymPy symbol of a name without a domain claims; that of a table speaks of its entries."""
    symbol = t.value if t.head == "free" else t.args[0].value
    if place.world.domain(symbol) is not None:
        return
    least = ONE if symbol.is_integer else None
    if symbol.is_positive:
        yield at_most(least, t) if least else less(ZERO, t)
    elif symbol.is_nonnegative:
        yield at_most(ZERO, t)
    if symbol.is_negative:
        yield at_most(t, number(-1)) if least else less(t, ZERO)
    elif symbol.is_nonpositive:
        yield at_most(t, ZERO)
    if symbol.is_nonzero and not symbol.is_positive and not symbol.is_negative:
        yield make("Unequal", (t, ZERO))


def cases(t: Term) -> tuple[tuple[Term, ...], ...] | None:
    """Return statements of which all of one group are true: what a minimum or a delta may be; None of other terms."""
    if t.head in ("Delta", "Iverson"):
        said = make("Equality", t.args) if t.head == "Delta" else t.args[0]
        return (said, _is(t, ONE)), (contrary(said), _is(t, ZERO))
    if t.head == "Piecewise" and t.args[-1].head == "truth" and t.args[-1].value:
        before: tuple[Term, ...] = ()
        found = []
        for value, condition in zip(t.args[::2], t.args[1::2], strict=True):
            found.append((*before, condition, _is(t, value)))
            before = (*before, contrary(condition))
        return tuple(found)
    if t.head != "Func":
        return None
    name, args = t.args[0].value, t.args[1:]
    if name == "Abs":
        negative = make("Neg", args)
        return (at_most(ZERO, args[0]), _is(t, args[0])), (less(args[0], ZERO), _is(t, negative))
    if name in ("Min", "Max"):
        return tuple((_is(t, a), *(at_most(a, b) if name == "Min" else at_most(b, a) for b in args)) for a in args)
    return None


def _is(t: Term, value: Term) -> Term:
    return make("Equality", (t, value))


# --- definitions -----------------------------------------------------------------------------------------------------


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
        parts = [behind] if behind is not None else [a for i, a in enumerate(x.args) if not _is_name(x, i)]
        waiting = [p for p in parts if p not in memo]
        if waiting:
            todo += waiting
        elif behind is not None:
            memo[x] = memo[behind]
        else:
            args = [a if _is_name(x, i) else memo[a] for i, a in enumerate(x.args)]
            memo[x] = make(x.head, args, x.value) if args else x
    return memo[t]


def _is_name(t: Term, i: int) -> bool:
    """Tell whether an argument names something rather than having a value here."""
    return (t.head in ("Entry", "Apply") and i == 0) or (t.head == "Derivative" and i == 1)


def definition(t: Term, world: World) -> Term | None:
    """Return what stands behind a name, a defined entry or value, None where nothing does."""
    if t.head == "Named":
        return t.args[1]
    if t.head == "Expectation":
        return t.args[2]
    if t.head == "Func" and t.args[0].value == "sigma":
        below = make("Add", (ONE, make("Exp", (make("Neg", t.args[1:]),))))
        return make("Div", (ONE, below))
    if t.head in ("Entry", "Apply", "free"):
        found = world.definition(t.value if t.head == "free" else t.args[0].value)
        if found is not None and found[0] == max(len(t.args) - 1, 0):
            return instantiate(found[1], t.args[1:])
    return None


# --- integers --------------------------------------------------------------------------------------------------------


def is_whole(t: Term, place: Context) -> bool:
    """Tell whether a number is an integer by its form, its names, or because that is given."""
    if t.head == "number":
        return bool(t.value.denominator == 1)
    if t.head == "bound":
        return place.binder(t.value).head in COUNTED
    if t.head == "free" and t.value in place.varied:
        return False  # it is not, where it is a little different
    if t.head in ("Delta", "Iverson"):
        return True
    if _has_whole_parts(t, place):
        return True
    return any(s.head == "IsInteger" and same(s.args[0], t) for s in (*place.guards, *place.world.given))


def _has_whole_parts(t: Term, place: Context) -> bool:
    if t.head in ("Add", "Mul", "Neg"):
        return all(is_whole(a, place) for a in t.args)
    if t.head in ("free", "Entry"):
        symbol = t.value if t.head == "free" else t.args[0].value
        behind = definition(t, place.world)
        if behind is not None:
            return is_whole(behind, place)
        domain = place.world.domain(symbol)
        return (domain.integer if domain is not None else bool(symbol.is_integer)) or symbol in place.world.integers
    if t.head == "Pow":
        power = t.args[1]
        natural = power.head == "number" and power.value.denominator == 1 and power.value >= 0
        return natural and is_whole(t.args[0], place)
    if t.head in ("Sum", "Product"):
        finite = all(a.head != "infinity" for a in t.args[2:])
        return finite and is_whole(t.args[0], place.enter(t))
    if t.head == "Piecewise":
        return all(is_whole(value, place) for value in t.args[::2])
    if t.head == "Func":
        name = t.args[0].value
        return name in INTEGERS or (name in KEEP_INTEGERS and all(is_whole(a, place) for a in t.args[1:]))
    return t.head == "Named" and is_whole(t.args[1], place)


# --- names -----------------------------------------------------------------------------------------------------------


def speaks_of(t: Term, names: frozenset[object]) -> bool:
    """Tell whether one of the names is free in a term."""
    return any(leaf.head == "free" and leaf.value in names for leaf, _ in leaves(t))


def inside(t: Term) -> Iterator[tuple[Term, int]]:
    """Yield the parts of a term, each once, with the number of binders between it and the whole."""
    seen = {(t, 0)}
    todo = [(t, 0)]
    while todo:
        x, depth = todo.pop()
        yield x, depth
        for i, a in enumerate(x.args):
            part = (a, depth + (i == 0 and x.head in BINDERS))
            if part not in seen:
                seen.add(part)
                todo.append(part)
