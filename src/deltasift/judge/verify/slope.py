"""The derivative of an expression by a name in it, worked out; nothing is simplified."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from deltasift.judge.functions import by_definition
from deltasift.judge.tree import NAME, ONE, ZERO, Term, bound, make, number
from deltasift.judge.verify.parts import minus, occurs_in, over, plus, rebuilt, times, to_the, value_of


def _function(name: str) -> Callable[[Term, Term], Term]:
    return lambda f, u: make("Func", (make("text", (), name), u))


SLOPES: Mapping[str, Callable[[Term, Term], Term]] = {  # the derivative of f(u) by u, of f(u) itself and of u
    "sin": _function("cos"),
    "cos": lambda f, u: make("Neg", (_function("sin")(f, u),)),
    "tan": lambda f, u: plus(ONE, times(f, f)),
    "sinh": _function("cosh"),
    "cosh": _function("sinh"),
    "tanh": lambda f, u: minus(ONE, times(f, f)),
    "atan": lambda f, u: over(ONE, plus(ONE, times(u, u))),
    "sigma": lambda f, u: times(f, minus(ONE, f)),
}


def slope(t: Term, x: Term) -> Term | None:
    """Return the derivative of an expression by a name, None where it is not known how to take it."""
    if not occurs_in(x, t):
        return ZERO
    if t is x:
        return ONE
    if t.head in ("Add", "Neg", "Mul", "Div", "Exp", "Log"):
        known = [s for a in t.args if (s := slope(a, x)) is not None]
        return _of(t, known) if len(known) == len(t.args) else None
    if t.head == "Pow" and (n := value_of(t.args[1])) is not None:
        by = slope(t.args[0], x)
        return None if by is None else product(number(n), ONE if n == 1 else to_the(t.args[0], number(n - 1)), by)
    if t.head == "Func" and len(t.args) == 2 and t.args[0].value in SLOPES:
        by = slope(t.args[1], x)
        return None if by is None else product(SLOPES[t.args[0].value](t, t.args[1]), by)
    if (behind := by_definition(t)) is not None:
        return slope(behind, x)
    if t.head == "Apply" and len(t.args) == 2:
        by = slope(t.args[1], x)
        return None if by is None else product(derivative_at(t.args[0], 1, t.args[1]), by)
    if t.head == "At" and (inner := _of_function(t.args[0])) is not None:
        by = slope(t.args[2], x)
        return None if by is None else product(derivative_at(inner[0], inner[1] + 1, t.args[2]), by)
    if t.head == "Derivative" and (inner := _of_function(t)) is not None and t.args[1] is x:
        return derivative_at(inner[0], inner[1] + 1, x)
    return None


def derivative_at(function: Term, order: int, point: Term) -> Term:
    """Return a derivative of a function of one real, taken at a point."""
    body = make("Derivative", (make("Apply", (function, bound(0))), bound(0), number(order)))
    return make("At", (body, NAME, point))


def _of_function(t: Term) -> tuple[Term, int] | None:
    """Return the function, and the order, of which a derivative by its own variable is."""
    if t.head != "Derivative":
        return None
    body, by, count = t.args
    n = value_of(count)
    is_one = body.head == "Apply" and len(body.args) == 2 and body.args[1] is by and not by.args
    return (body.args[0], int(n)) if is_one and n is not None and n.denominator == 1 else None


def with_points(t: Term) -> Term:
    """Return a term in which each derivative of a function is taken at a point, which its variable is."""

    def change(e: Term, level: int) -> Term | None:
        if e.head == "At" and _of_function(e.args[0]) is not None:
            return e
        known = _of_function(e)
        return derivative_at(*known, e.args[1]) if known is not None else None

    return rebuilt(t, change)


def _of(t: Term, slopes: list[Term]) -> Term:
    if t.head == "Add":
        return total(*slopes)
    if t.head == "Neg":
        return negative(slopes[0])
    if t.head == "Mul":
        return total(*(product(*t.args[:n], s, *t.args[n + 1 :]) for n, s in enumerate(slopes)))
    if t.head == "Div":
        (a, b), (da, db) = t.args, slopes
        return total(over(da, b) if da is not ZERO else ZERO, negative(product(a, over(db, times(b, b)))))
    if t.head == "Exp":
        return product(t, slopes[0])
    return over(slopes[0], t.args[0])


def total(*parts: Term) -> Term:
    """Return a sum without the terms 0."""
    return plus(*(p for p in parts if p is not ZERO))


def product(*parts: Term) -> Term:
    """Return a product without the factors 1, 0 if one is 0."""
    if any(p is ZERO or (p.head == "Div" and p.args[0] is ZERO) for p in parts):
        return ZERO
    return times(*(p for p in parts if p is not ONE))


def negative(t: Term) -> Term:
    return t if t is ZERO else make("Neg", (t,))
