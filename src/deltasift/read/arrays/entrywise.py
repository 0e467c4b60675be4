"""What is computed entry by entry: arithmetic, functions, comparisons, choices.

A comparison that is multiplied is an ordinary factor, 1 or 0, written as a case distinction: what stands beside it
needs a value, as 0 times an infinity is no number in arrays. Only choices cut away, and are written with a bracket.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.inert import (
    And,
    Delta,
    Div,
    Equality,
    Exp,
    Func,
    Iverson,
    Less,
    LessEqual,
    Log,
    Mul,
    Or,
    Piecewise,
    Pow,
    sigma,
)
from deltasift.line.linear import combination
from deltasift.line.statements import contrary
from deltasift.read.arrays.array import RANK, Array, Kind, broadcast_axes, constant, placed
from deltasift.read.arrays.session import added, current, exact, leaves_out, mapped, negative, parts_of, plus

HALF = S.Half


def array_of(value: Any) -> Array:
    """Return an array, or a number as one."""
    if isinstance(value, Array):
        return value
    if isinstance(value, Basic):
        return constant(value)
    if isinstance(value, bool):
        return Array((), lambda at: S.true if value else S.false, "truth")
    return constant(exact(value))


def each(f: Callable[..., Basic], *operands: Any, kind: Kind | None = None) -> Array:
    """Return what a function of entries gives, entry by entry."""
    arrays = tuple(array_of(x) for x in operands)
    axes = broadcast_axes(arrays)
    return Array(axes, lambda at: f(*(placed(x, axes, at) for x in arrays)), kind or joint_kind(arrays))


def joint_kind(arrays: tuple[Array, ...]) -> Kind:
    """Return the kind of what is computed from arrays; truths count as integers."""
    kinds: list[Kind] = ["integer", *(x.kind for x in arrays)]
    return max(kinds, key=RANK.__getitem__)


def number(x: Any) -> Array:
    """Return an array of numbers; truths are 1 and 0."""
    x = array_of(x)
    return Array(x.axes, lambda at: indicator(x.at(at)), "integer") if x.kind == "truth" else x


def numeric(f: Callable[..., Basic], kind: Kind | None = None) -> Callable[..., Array]:
    """Return a function of entries that are numbers as one of arrays."""
    return lambda *operands: each(f, *map(number, operands), kind=kind)


def truth(x: Any) -> Array:
    """Return an array of truths: what is not 0 is true."""
    x = array_of(x)
    return x if x.kind == "truth" else Array(x.axes, lambda at: _is_true(x.at(at)), "truth")


def _is_true(e: Basic) -> Basic:
    """Return the statement that a number is not 0, of a comparison as a number the comparison."""
    says = statement_of(e)
    return unequal(e, S.Zero) if says is None else says


# --- numbers -------------------------------------------------------------------------------------------------------


def times(a: Basic, b: Basic) -> Basic:
    """Return a product, numbers multiplied."""
    if a.is_Rational and b.is_Rational:
        return a * b
    if a == 1:
        return b
    if b == 1:
        return a
    if a == -1:
        return negative(b)
    for x, y in ((a, b), (b, a)):
        if leaves_out(x):
            if not (y.is_Rational and y > 0):
                raise ReadError("an infinity is multiplied: multiply before the mask leaves something out")
            return mapped(x, lambda e, y=y: e if e is S.NegativeInfinity else times(y, e))  # type: ignore[misc]
    return Mul(*(parts_of(a) if isinstance(a, Mul) else (a,)), b)


def over(a: Basic, b: Basic) -> Basic:
    """Return a quotient."""
    if b == 1:
        return a
    if leaves_out(a):
        if not (b.is_Rational and b > 0):
            raise ReadError("an infinity is divided: divide before the mask leaves something out")
        return mapped(a, lambda e: e if e is S.NegativeInfinity else over(e, b))
    if a.is_Rational and b.is_Rational and b != 0:
        return a / b
    return Div(a, b)


def minus(a: Basic, b: Basic) -> Basic:
    """Return a difference."""
    return negative(b) if a == 0 and not b.is_Rational else plus(a, negative(b))


def power(a: Basic, b: Basic) -> Basic:
    """Return a power."""
    if b == 1:
        return a
    if b == 2 and isinstance(a, Func) and a.name == "Abs":
        a = a.arguments[0]
    return Pow(a, b)


def exp_of(a: Basic) -> Basic:
    """Return an exponential; that of what a mask leaves out is 0."""
    if not leaves_out(a):
        return Exp(a)
    if not isinstance(a, Piecewise):
        return S.Zero
    value: Basic = S.Zero
    for e, says in reversed(a.cases):
        new = S.Zero if e is S.NegativeInfinity else Exp(e)
        value = new if says == S.true else choice(says, new, value)
    return value


def root(a: Basic) -> Basic:
    """Return a square root."""
    return Pow(a, HALF)


def greater(a: Basic, b: Basic) -> Basic:
    """Return the larger of two."""
    if a.is_Rational and b.is_Rational:
        return max(a, b)
    return Func("Max", a, b)


def lesser(a: Basic, b: Basic) -> Basic:
    """Return the smaller of two."""
    if a.is_Rational and b.is_Rational:
        return min(a, b)
    return Func("Min", a, b)


def one_plus(a: Basic) -> Basic:
    """Return 1 + a."""
    return plus(S.One, a)


def softplus(a: Basic) -> Basic:
    """Return log(1 + exp(a))."""
    return Log(one_plus(Exp(a)))


def x_log_y(x: Basic, y: Basic) -> Basic:
    """Return x*log(y), 0 where x is 0."""
    return choice(unequal(x, S.Zero), times(x, Log(y)), S.Zero)


def lgamma(a: Basic) -> Basic:
    """Return the logarithm of the gamma function."""
    return Func("loggamma", a)


def log_add_exp(a: Basic, b: Basic) -> Basic:
    """Return log(exp(a) + exp(b))."""
    return Log(plus(Exp(a), Exp(b)))


add, subtract, multiply = numeric(plus), numeric(minus), numeric(times)
divide = numeric(over, "real")
negate = numeric(negative)
absolute = numeric(lambda a: abs(a) if a.is_Rational else Func("Abs", a))
exponential, logarithm = numeric(exp_of, "real"), numeric(Log, "real")
logistic = numeric(sigma, "real")
maximum, minimum = numeric(greater), numeric(lesser)


def of_function(name: str) -> Callable[..., Array]:
    """Return a function of SymPy's as one of arrays."""
    return numeric(lambda *a: Func(name, *a), "real")


def clamp(x: Any, least: Any = None, most: Any = None) -> Array:
    """Return numbers not less than one bound and not more than another; the second wins where they are crossed."""
    x = number(x)
    if least is not None:
        x = maximum(x, least)
    return x if most is None else minimum(x, most)


# --- truths --------------------------------------------------------------------------------------------------------


def balanced(a: Basic, b: Basic) -> tuple[Basic, Basic]:
    """Return two integers with their numbers on one side: `y - 1` and `k - 1` as `y` and `k`, or as `y` and 1 for 0."""
    left, right = added((1, a)), added((1, b))
    alone = next((x for x, y in ((left, right), (right, left)) if isinstance(y, Integer)), None)
    shift = Integer(min(_constant(left), _constant(right), 0) if alone is None else _constant(alone))
    return added((1, left), (-1, shift)), added((1, right), (-1, shift))


def _constant(e: Basic) -> int:
    value = combination([(1, e)]).constant
    return int(value) if value == int(value) else 0


def equal(a: Basic, b: Basic) -> Basic:
    """Return the statement that two numbers are equal."""
    if a == b:
        return S.true
    if a.is_Rational and b.is_Rational:
        return S.false
    for x, y in ((a, b), (b, a)):
        says = statement_of(x) if y in (S.Zero, S.One) else None
        if says is not None:
            return says if y == 1 else contrary(says)
    return Equality(a, b)


def unequal(a: Basic, b: Basic) -> Basic:
    """Return the statement that two numbers are not equal."""
    return contrary(equal(a, b))


def less(a: Basic, b: Basic) -> Basic:
    """Return the statement that one number is less than another."""
    if a.is_Rational and b.is_Rational:
        return S.true if a < b else S.false
    return Less(a, b)


def at_most(a: Basic, b: Basic) -> Basic:
    """Return the statement that one number is at most another."""
    if a == b:
        return S.true
    if a.is_Rational and b.is_Rational:
        return S.true if a <= b else S.false
    return LessEqual(a, b)


def compared(f: Callable[[Basic, Basic], Basic]) -> Callable[[Any, Any], Array]:
    """Return a relation of entries as one of arrays; integers are brought to one side."""

    def relation(a: Any, b: Any) -> Array:
        a, b = number(a), number(b)
        whole = a.kind == b.kind == "integer"
        return each(lambda x, y: f(*(balanced(x, y) if whole else (x, y))), a, b, kind="truth")

    return relation


def every(*statements: Basic) -> Basic:
    """Return a conjunction."""
    flat = [p for s in statements for p in (s.args if isinstance(s, And) else (s,)) if p != S.true]
    if S.false in flat:
        return S.false
    return S.true if not flat else flat[0] if len(flat) == 1 else And(*flat)


def some(*statements: Basic) -> Basic:
    """Return a disjunction."""
    flat = [p for s in statements for p in (s.args if isinstance(s, Or) else (s,)) if p != S.false]
    if S.true in flat:
        return S.true
    return S.false if not flat else flat[0] if len(flat) == 1 else Or(*flat)


def not_same(a: Basic, b: Basic) -> Basic:
    """Return the exclusive disjunction."""
    return some(every(a, contrary(b)), every(contrary(a), b))


def of_truths(f: Callable[..., Basic]) -> Callable[..., Array]:
    """Return a connective as one of arrays."""
    return lambda *operands: each(f, *map(truth, operands), kind="truth")


def both(a: Any, b: Any) -> Array:
    """Return `a & b`, of truths."""
    return _of_bits(a, b, every)


def either(a: Any, b: Any) -> Array:
    """Return `a | b`, of truths."""
    return _of_bits(a, b, some)


def differs(a: Any, b: Any) -> Array:
    """Return `a ^ b`, of truths."""
    return _of_bits(a, b, not_same)


def inverted(a: Any) -> Array:
    """Return `~a`, of truths."""
    return _of_bits(a, a, lambda x, _: contrary(x))


def _of_bits(a: Any, b: Any, f: Callable[[Basic, Basic], Basic]) -> Array:
    a, b = array_of(a), array_of(b)
    if (a.kind, b.kind) != ("truth", "truth"):
        raise ReadError("the bits of an integer are not read: compare first, as in (y != 0) & (y != 1)")
    return each(f, a, b, kind="truth")


# --- brackets and choices ------------------------------------------------------------------------------------------


def indicator(s: Basic) -> Basic:
    """Return 1 where a statement is true and 0 elsewhere, as a case distinction, beside which all needs a value."""
    if s in (S.true, S.false):
        return S.One if s == S.true else S.Zero
    return Piecewise((S.One, s), (S.Zero, S.true))


def is_indicator(e: Basic) -> bool:
    """Tell whether an expression is what `indicator` writes."""
    return isinstance(e, Piecewise) and len(e.args) == 4 and e.args[0] == 1 and e.args[2:] == (0, S.true)


def statement_of(e: Basic) -> Basic | None:
    """Return the statement that an expression is the truth of as a number, None where it is none."""
    if is_indicator(e):
        return e.args[1]
    if isinstance(e, Iverson):
        return e.args[0]
    return Equality(*e.args) if isinstance(e, Delta) else None


def bracket(s: Basic, whole: Callable[[Basic], bool]) -> Basic:
    """Return 1 where a statement is true and 0 elsewhere, as a delta or a bracket, beside which nothing needs a value.

    `whole` tells whether an expression has integer values.
    """
    if s in (S.true, S.false):
        return S.One if s == S.true else S.Zero
    if isinstance(s, Equality) and whole(s.args[0]) and whole(s.args[1]):
        return Delta(*s.args)
    return Iverson(s)


def choice(s: Basic, a: Basic, b: Basic) -> Basic:
    """Return `a` where a statement is true and `b` elsewhere; what is not chosen needs no value."""
    if s == S.true or a == b:
        return a
    if s == S.false:
        return b
    if a == 0:
        s, a, b = contrary(s), b, a
    if b == 0:
        chosen = bracket(s, current().scope.is_integer)
        return chosen if a == 1 else times(chosen, a)
    rest = b.cases if isinstance(b, Piecewise) and not is_indicator(b) else ((b, S.true),)
    return Piecewise((a, s), *rest)


def where(condition: Any, a: Any, b: Any) -> Array:
    """Return one array where a condition is true and another elsewhere."""
    a, b = array_of(a), array_of(b)
    if a.kind == b.kind == "truth":
        return each(lambda c, x, y: some(every(c, x), every(contrary(c), y)), truth(condition), a, b, kind="truth")
    a, b = number(a), number(b)
    return each(choice, truth(condition), a, b, kind=joint_kind((a, b)))
