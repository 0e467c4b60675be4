"""What is true of a term by its head and its names.

All of it is true in the reading in which each function has a value everywhere (see `deltasift.judge.certificate`).
"""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.domain import Density
from deltasift.judge.context import Context
from deltasift.judge.meaning import names_in, unfolded
from deltasift.judge.statement import at_most, contrary, less
from deltasift.judge.term import ONE, ZERO, Term, leaves, make, number

AT_ZERO = {**dict.fromkeys(("sin", "sinh", "tanh", "atan", "asinh", "erf"), ZERO), "cos": ONE, "cosh": ONE}


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


def never_zero(t: Term) -> tuple[Term, ...]:
    """Return that exponentials and roots of unity are not 0, which is so where they are no real numbers, too."""
    is_power = t.head == "Exp" or (t.head == "Func" and t.args[0].value == "root_of_unity")
    return (make("Unequal", (t, ZERO)),) if is_power and not any(map(_is_infinite, leaves(t))) else ()


def _is_infinite(leaf: tuple[Term, int]) -> bool:
    t, _ = leaf
    return t.head == "infinity" or (t.head == "free" and t.value.is_finite is False)


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
    if name == "sigma":
        return less(ZERO, t), less(t, ONE)
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


# --- what varies -----------------------------------------------------------------------------------------------------

CONTINUOUS = frozenset(("Less", "free", "bound", "number", "constant", "text", "Entry", "Add", "Mul", "Neg", "Div"))
FUNCTIONS = frozenset(("Abs", "Max", "Min", "cos", "sin", "cosh", "sinh", "tanh", "atan", "sigma", "erf", "erfc"))


def varies(t: Term, place: Context) -> bool:
    """Tell whether a term speaks of what a derivative around the place is taken by, definitions unfolded."""
    if not place.varied:
        return False
    indices = {place.depth - 1 - (leaf.value - level) for leaf, level in leaves(t) if leaf.head == "bound"}
    return not place.varied.isdisjoint(indices | names_in(t, place.world))


def holds_nearby(statement: Term, place: Context) -> bool:
    """Tell whether what is true where a derivative is taken is true around there as well.

    So is a strict order of what is continuous wherever it has a value.
    """
    return not varies(statement, place) or (
        statement.head == "Less" and _is_continuous(unfolded(statement, place.world), place)
    )


def _is_continuous(t: Term, place: Context) -> bool:
    if not varies(t, place):
        return True
    if t.head in ("Sum", "Product"):
        is_fixed = not any(end.head == "infinity" or varies(end, place) for end in t.args[2:])
        return is_fixed and _is_continuous(t.args[0], place.enter(t))
    if t.head == "Pow":
        n = t.args[1]
        known = n.head == "number" and n.value >= 0 and n.value.denominator == 1
    else:
        known = t.head in CONTINUOUS or t.head in ("Exp", "Log") or (t.head == "Func" and t.args[0].value in FUNCTIONS)
    return known and all(_is_continuous(a, place) for a in t.args)
