"""What must hold for an expression to have a value: one table, in which every head stands.

The conventions are those of the project and no others: a sum needs its body at each index of its range, so nothing
where the range is empty; a factor that a Kronecker delta or a bracket makes 0 makes its term 0, whatever the other
factors are, if none of them divides by it (`d/d` would be 0 and 1); `0**0 = 1`; and `0 log 0 = 0` in `x*log(x)` and in
`x*log(x/y)` with y > 0 and, where x is an entry of a pmf, in `x*log(y)` and `x*log(x/y)` with y >= 0, definitions
unfolded. What is under an integral is a matter of the
integral's existence: where there are point masses, of the masses alone.

Each need is necessary and all of them together suffice, so that they serve as goals and as hypotheses. Where it is not
known when something has a value, such as a derivative, the need is that it `HasValue`; what is enough for that is known
to `deltasift.judge.verify.statements.existence`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from deltasift.judge.context import Context, Need
from deltasift.judge.functions import FUNCTIONS, OF_COMPLEX, by_definition, rational
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import CONSTANT, Polynomials
from deltasift.judge.masses import has_masses, is_infinite, series_of_masses
from deltasift.judge.meaning import is_total, may_be_complex
from deltasift.judge.products import Found, Part, factors, guards_among, logarithm_among, nonzero
from deltasift.judge.statement import at_most, either, integer, less, unequal
from deltasift.judge.tree import (
    FALSE,
    FOLDS,
    INFINITY,
    MINUS_INFINITY,
    TRUE,
    ZERO,
    Term,
    UnreadableError,
    bound,
    instantiate,
    make,
    number,
    shift,
)

HIGHEST = 20  # order of a derivative of which the lower ones are looked at


def needs(term: Term, context: Context) -> Iterator[Need]:
    """Yield what a term, an expression or a statement, needs at a place to have a value.

    Raises
    ------
    UnreadableError
        If it has a head or a function that is in no table, which is named.
    """
    todo: list[Need | Part] = [(term, context)]
    while todo:
        item = todo.pop()
        if isinstance(item, Need):
            yield item
            continue
        t, here = item
        if is_total(t, here.world):
            continue
        if t.head not in HEADS:
            raise UnreadableError(f"what {t.head} needs to have a value is not known")
        todo += reversed(list(HEADS[t.head](t, here)))


def has_value(t: Term) -> Term:
    return make("HasValue", (t,))


def _nothing(t: Term, context: Context) -> Found:
    yield from ()


def _mass(t: Term, context: Context) -> Found:
    yield from _real(t.args, context)
    yield from _all(t, context)
    yield from _order_of(t.args[1], context)


def _all(t: Term, context: Context) -> Found:
    yield from ((a, context) for a in t.args)


def _no_number(t: Term, context: Context) -> Found:
    yield Need(context, FALSE)


def _free(t: Term, context: Context) -> Found:
    if t.value.is_finite is False or not context.world.is_number(t.value):
        yield Need(context, FALSE)
    definition = context.world.definition(t.value)
    if definition is not None and definition[0] == 0:
        yield definition[1], context


def _real(parts: Iterable[Term], context: Context) -> Found:
    """Yield what makes parts real numbers, which is a matter of form."""
    if any(may_be_complex(t, context.world) for t in parts):
        yield Need(context, FALSE)


# --- products ------------------------------------------------------------------------------------------------------


def _product(t: Term, context: Context) -> Found:
    """What guards excuse; guards that have a value in any case excuse the other guards, too, whatever the order."""
    parts = factors(t)
    guarded = [(*part, g) for part, g in zip(parts, guards_among(parts, context), strict=True)]
    inside = context.assuming(*(g for _, _, g in guarded if g is not None and g is not TRUE))
    guards = {e: g for e, _, g in guarded if g is not None}
    total = {e for e in guards if is_total(e, context.world) or next(needs(e, context), None) is None}
    before = context.assuming(*(g for e, g in guards.items() if e in total))
    for e, divides, g in guarded:
        if g is not None:
            if e not in total:
                yield e, before
                before = before.assuming(g)
            continue
        if divides:
            yield from nonzero(e, inside)
        if e.head == "Log" and not divides:
            yield from _real(e.args, inside)
            yield from logarithm_among(e, parts, inside)
        else:
            yield e, inside


# --- functions -----------------------------------------------------------------------------------------------------


def _log(t: Term, context: Context) -> Found:
    yield from _real(t.args, context)
    yield Need(context, less(ZERO, t.args[0]))
    yield t.args[0], context


def _power(t: Term, context: Context) -> Found:
    base, exponent = t.args
    yield base, context
    yield exponent, context
    if exponent.head in ("Delta", "Iverson"):
        return
    value = rational(exponent)
    if value is None or value.denominator != 1:
        yield from _real(t.args, context)
    if value is None and is_integer(exponent, context):
        yield Need(context, either(unequal(base, ZERO), at_most(ZERO, exponent)))
    elif value is None:
        at_zero = make("And", (make("Equality", (base, ZERO)), at_most(ZERO, exponent)))
        whole = make("And", (unequal(base, ZERO), integer(exponent)))
        yield Need(context, either(less(ZERO, base), at_zero, whole))
    elif value.denominator == 1:
        if value < 0:
            yield Need(context, unequal(base, ZERO))
    else:
        yield Need(context, (less if value < 0 else at_most)(ZERO, base))


def _function(t: Term, context: Context) -> Found:
    name, arguments = t.args[0].value, t.args[1:]
    if name not in FUNCTIONS:
        behind = by_definition(t)
        if behind is not None:
            yield behind, context
            return
        raise UnreadableError(f"what the function {name} needs to have a value is not known")
    if name not in OF_COMPLEX:
        yield from _real(arguments, context)
    domain = FUNCTIONS[name]
    if domain is None:
        yield Need(context, has_value(t))
    else:
        yield from (Need(context, s) for s in domain(arguments))
    yield from ((a, context) for a in arguments)


def _cases(t: Term, context: Context) -> Found:
    here = context
    for value, condition in zip(t.args[::2], t.args[1::2], strict=True):
        yield condition, here
        yield value, here if condition is TRUE else here.assuming(condition)
        here = here.assuming(make("Not", (condition,)))
    if t.args[-1] is not TRUE:
        yield Need(context, either(*t.args[1::2]) if len(t.args) > 2 else t.args[1])


# --- tables --------------------------------------------------------------------------------------------------------


def _entry(t: Term, context: Context) -> Found:
    table, *indices = t.args
    ranges = context.world.ends(table.value)
    if ranges is not None and len(ranges) != len(indices):
        yield Need(context, FALSE)
        return
    for n, i in enumerate(indices):
        yield i, context
        if not is_integer(i, context):
            yield Need(context, integer(i))
        if ranges is not None:
            lo, hi = (instantiate(end, indices) for end in ranges[n])
            if lo.head != "infinity":
                yield Need(context, at_most(lo, i))
            if hi.head != "infinity":
                yield Need(context, at_most(i, hi))
    definition = context.world.definition(table.value)
    if definition is not None:
        yield instantiate(definition[1], indices), context


def _apply(t: Term, context: Context) -> Found:
    yield from ((a, context) for a in t.args[1:])
    definition = context.world.definition(t.args[0].value)
    if definition is not None and definition[0] == len(t.args) - 1:
        yield instantiate(definition[1], t.args[1:]), context


# --- binders -------------------------------------------------------------------------------------------------------


def _infinite(t: Term, context: Context) -> Found:
    for e, divides in factors(t):
        if e.head != "infinity":
            yield e, context
            yield from nonzero(e, context)
        elif divides:
            yield Need(context, FALSE)


def _ends(t: Term, context: Context, *, integers: bool) -> Found:
    for end in t.args[2:]:
        if end.head == "infinity":
            continue
        if is_infinite(end):  # an infinite end is written as one
            yield Need(context, FALSE)
            continue
        yield end, context
        if integers and not is_integer(end, context):
            yield Need(context, integer(end))


def _counted(t: Term, context: Context) -> Found:
    yield from _ends(t, context, integers=True)
    if any(map(is_infinite, t.args[2:])) and t.args[2] != INFINITY and t.args[3] != MINUS_INFINITY:  # else it is empty
        if t.head == "Sum" and has_masses(t, context):
            pass  # what it is under an integral is a matter of that
        elif t.head == "Sum":
            yield Need(context, make("Summable", (t,)))
        else:
            yield Need(context, has_value(t))
    yield t.args[0], context.enter(t)


def _extreme(t: Term, context: Context) -> Found:
    """The largest and the smallest of no values are none."""
    yield from _real(t.args[:1], context)
    yield from _ends(t, context, integers=True)
    if any(map(is_infinite, t.args[2:])):
        yield Need(context, has_value(t))
    else:
        yield Need(context, at_most(*t.args[2:]))
    yield t.args[0], context.enter(t)


def _integral(t: Term, context: Context) -> Found:
    yield from _real(t.args[2:], context)
    yield from _ends(t, context, integers=False)
    yield Need(context, make("Integrable", (t,)))
    series = series_of_masses(t)
    if series is not None:
        yield Need(context, make("Summable", (series,)))


def _at(t: Term, context: Context) -> Found:
    body, _, point = t.args
    yield from _real((point,), context)  # what is said of the name in the body is said of a real number
    yield point, context
    try:
        there: Part = instantiate(body, (point,)), context
    except UnreadableError:  # a derivative by the name, which is one at that point
        there = body, at_point(t, context)
    yield there


def at_point(t: Term, context: Context) -> Context:
    """Return the place inside of a value at a point: the name is that point."""
    return context.enter(t).assuming(make("Equality", (bound(0), shift(t.args[2], 1))))


def _order_of(n: Term, context: Context) -> Found:
    """Yield that the order of a derivative is a natural number."""
    if n.head != "number":
        yield Need(context, at_most(ZERO, n))
    if not is_integer(n, context) or (n.head == "number" and n.value < 0):
        yield Need(context, FALSE if n.head == "number" else integer(n))


def _derivative(t: Term, context: Context) -> Found:
    """It exists, and those of lower order do; and what it is taken of has a value nearby, too."""
    body, by, order = t.args
    yield from _order_of(order, context)
    if by.head not in ("free", "bound", "Entry", "Apply"):
        yield Need(context, FALSE)
    lower = range(1, int(order.value)) if order.head == "number" and order.value <= HIGHEST else ()
    for n in lower:
        yield Need(context, has_value(make("Derivative", (body, by, number(n)))))
    yield Need(context, has_value(t))
    for need in needs(t.args[0], context):
        yield Need(need.context, _nearby(need.statement, shift(t.args[1], need.context.depth - context.depth)))


def _nearby(order: Term, by: Term) -> Term:
    """Return an order as it is where it holds on both sides of a value: `0 < x`, since `0 <= x` is not so below 0."""
    if order.head != "LessEqual" or by.args:
        return order
    polynomials = Polynomials()
    split = polynomials.linear_in(polynomials.difference(*order.args), by)
    return less(*order.args) if split is not None and split[0].keys() == {CONSTANT} else order


# --- statements ----------------------------------------------------------------------------------------------------


def _order(t: Term, context: Context) -> Found:
    yield from _real(t.args, context)
    yield from _relation(t, context)


def _relation(t: Term, context: Context) -> Found:
    for a in t.args:
        yield from _infinite(a, context) if is_infinite(a) else ((a, context),)


def _connected(t: Term, context: Context) -> Found:
    """Parts are looked at in their order, and no further than is needed."""
    for a in t.args:
        yield a, context
        context = context.assuming(a if t.head == "And" else make("Not", (a,)))


def _divides(t: Term, context: Context) -> Found:
    for a in t.args:
        yield a, context
        if not is_integer(a, context):
            yield Need(context, integer(a))


def _about_a_function(t: Term, context: Context) -> Found:
    yield Need(context, has_value(t))


HEADS: Mapping[str, Callable[[Term, Context], Found]] = {
    **dict.fromkeys(("number", "constant", "bound", "text", "truth"), _nothing),
    "infinity": _no_number,
    "free": _free,
    **dict.fromkeys(("Add", "Exp", "Delta", "Iverson", "Not", "IsInteger"), _all),
    "Dirac": _mass,
    **dict.fromkeys(("Mul", "Neg", "Div"), _product),
    "Log": _log,
    "Pow": _power,
    "Func": _function,
    "Piecewise": _cases,
    "Entry": _entry,
    "Apply": _apply,
    "Named": lambda t, context: iter([(t.args[1], context)]),
    "Expectation": lambda t, context: iter([(t.args[2], context)]),
    **{head: _counted if known.of_nothing else _extreme for head, known in FOLDS.items()},
    "ForAll": lambda t, context: iter([*_ends(t, context, integers=True), (t.args[0], context.enter(t))]),
    "Integral": _integral,
    "At": _at,
    "Derivative": _derivative,
    **dict.fromkeys(("Equality", "Unequal"), _relation),
    **dict.fromkeys(("LessEqual", "Less"), _order),
    **dict.fromkeys(("And", "Or"), _connected),
    "Divides": _divides,
    **dict.fromkeys(("Continuous", "Integrable", "Summable"), _about_a_function),
}
