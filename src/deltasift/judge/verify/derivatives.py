"""Derivatives: one step of one rule, by a name or by an entry of a table whose other entries do not vary with it.

Each is right where what it makes exists. That is so where all that varies is made of functions that are differentiable
wherever they have a value around the point; which ones are is a matter of form, see `_is_smooth`.
"""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.judge.same import same
from deltasift.judge.tree import NAME, ONE, ZERO, Term, bound, instantiate, make, shift
from deltasift.judge.verify.parts import (
    Factor,
    alike,
    factors,
    joined,
    keys,
    minus,
    names_in,
    over,
    plus,
    rebuilt,
    terms,
    times,
    to_the,
    value_of,
)
from deltasift.judge.verify.question import Goal, Question, World, require
from deltasift.judge.verify.slope import SLOPES


class _Taken:
    """A first derivative: what is differentiated, and what by; of what has a head, signs that cancel are left out."""

    def __init__(self, q: Question, head: str | None = None) -> None:
        require(q.before.head == "Derivative", "this is no derivative")
        self.body, self.by, count = q.before.args
        self.world: World = q.world
        require(count is ONE, "this is no first derivative")
        self.body = self.body if head is None else _unsigned(self.body)
        require(head is None or self.body.head == head, f"what is differentiated is no {head}")
        self.varied = self.by.args[0] if self.by.args else self.by
        require(self.by.head in ("free", "bound", "Entry", "Apply"), "this is nothing that varies")
        require(not any(self.varies(i) for i in self.by.args[1:]), "an index varies")
        require(self.varied.head != "free" or q.world.definition(self.varied.value) is None, "a definition varies not")

    def varies(self, t: Term) -> bool:
        """Tell whether a part depends on it, definitions unfolded."""
        return self.varied in names_in(t, self.world.definition)

    def of(self, t: Term) -> Term:
        return make("Derivative", (t, self.by, ONE))

    def inside(self) -> _Taken:
        """Return the same seen from under one more binder."""
        inner: _Taken = object.__new__(_Taken)
        inner.body, inner.by, inner.world = self.body, shift(self.by, 1), self.world
        inner.varied = shift(self.varied, 1)
        return inner

    def is_variable(self, t: Term) -> bool:
        """Tell whether this varies freely if it varies at all."""
        return same(t, self.by) or (t.head == self.by.head and bool(t.args) and t.args[0] is self.varied)

    def is_smooth(self, t: Term) -> bool:
        """Tell whether a part is differentiable where it has a value at the point and around it."""
        if not self.varies(t) or self.is_variable(t):
            return True
        if t.head == "Apply":
            known = len(t.args) == 2 and self.world.smooth.get(t.args[0].value, 0) >= 1
            return known and self.is_smooth(t.args[1])
        if t.head == "Derivative":
            body, by, count = t.args
            of_function = same(by, self.by) and body.head == "Apply" and len(body.args) == 2 and same(body.args[1], by)
            order = value_of(count)
            return of_function and order is not None and self.world.smooth.get(body.args[0].value, 0) > order
        if t.head in ("Sum", "Product"):
            ends = t.args[2:]
            is_fixed = not any(e.head == "infinity" or self.varies(e) for e in ends)
            return is_fixed and self.inside().is_smooth(t.args[0])
        if t.head == "Func":
            return t.args[0].value in SLOPES and all(map(self.is_smooth, t.args[1:]))
        if t.head in ("Entry", "free"):
            found = self.world.definition(t.value if t.head == "free" else t.args[0].value)
            arguments = t.args[1:]
            return found is not None and found[0] == len(arguments) and self.is_smooth(instantiate(found[1], arguments))
        return t.head in ("Add", "Mul", "Div", "Neg", "Exp", "Log", "Pow") and all(map(self.is_smooth, t.args))


def _unsigned(t: Term) -> Term:
    """Return what stands alone behind signs that cancel."""
    sign, parts = factors(t)
    return parts[0][0] if sign == 1 and len(parts) == 1 and not parts[0][1] else t


# --- names and entries ---------------------------------------------------------------------------------------------


def deriv_const(q: Question) -> Iterator[Goal]:
    """What is differentiated does not vary."""
    d = _Taken(q)
    require(not d.varies(d.body) and q.after is ZERO, "this varies")
    yield from ()


def deriv_self(q: Question) -> Iterator[Goal]:
    """What is differentiated is what by."""
    d = _Taken(q)
    require(same(d.body, d.by) and q.after is ONE, "this is another name")
    yield from ()


def deriv_entry(q: Question) -> Iterator[Goal]:
    """The deltas are of the indices, pair by pair."""
    d = _Taken(q)
    body = _unsigned(d.body)
    require(body.head == d.by.head and body.args and body.args[0] is d.varied, "this is no entry of it")
    require(len(body.args) == len(d.by.args) and not any(map(d.varies, body.args[1:])), "an index varies")
    deltas = [make("Delta", pair) for pair in zip(d.by.args[1:], body.args[1:], strict=True)]
    require(same(joined(1, [(e, False) for e in deltas]), q.after), "the indices are others")
    yield from (Goal(make("IsInteger", (i,))) for e in deltas if d.by.head == "Apply" for i in e.args)


def deriv_deriv(q: Question) -> Iterator[Goal]:
    """The orders add up."""
    require(q.before.head == "Derivative", "this is no derivative")
    body, by, count = q.before.args
    n = value_of(count)
    require(n is not None and n.denominator == 1 and n > 1, "the order is no number above 1")
    inner = make("Derivative", (body, by, make("number", (), n - 1 if n is not None else None)))
    require(same(q.after, make("Derivative", (inner, by, ONE))), "the orders differ")
    yield from ()


# --- sums and products ---------------------------------------------------------------------------------------------


def deriv_add(q: Question) -> Iterator[Goal]:
    """Each term that varies is differentiated; a sign before all of it is kept."""
    d = _Taken(q)
    if d.body.head == "Neg" and same(q.after, make("Neg", (d.of(d.body.args[0]),))):
        return
    moving = [t for t in terms(d.body) if d.varies(t)]
    require(len(moving) == 1 or all(map(d.is_smooth, moving)), "a term may have no derivative")
    require(keys(_signed(d.of(t)) for t in moving) == keys(map(_signed, terms(q.after))), "the terms are others")
    yield from ()


def _signed(t: Term) -> Term:
    """Return a derivative with the sign of what is differentiated in front of it."""
    outer, t = (-1, t.args[0]) if t.head == "Neg" else (1, t)
    if t.head != "Derivative":
        return t if outer == 1 else make("Neg", (t,))
    sign, parts = factors(t.args[0])
    plain = make("Derivative", (joined(1, parts), *t.args[1:]))
    return plain if sign == outer else make("Neg", (plain,))


def deriv_mul(q: Question) -> Iterator[Goal]:
    """Each factor that varies is differentiated beside the others, a divisor as its reciprocal."""
    d = _Taken(q)
    sign, parts = factors(d.body)
    moving = [n for n, (e, _) in enumerate(parts) if d.varies(e)]
    is_scaled = (
        len(moving) == 1
        and not parts[moving[0]][1]
        and all(n in moving or (value_of(e) or 0) != 0 for n, (e, _) in enumerate(parts))
    )
    require(is_scaled or all(d.is_smooth(parts[n][0]) for n in moving), "a factor may have no derivative")
    made = []
    for n in moving:
        e, below = parts[n]
        others: list[Factor] = [p for m, p in enumerate(parts) if m != n]
        more: list[Factor] = [(to_the(e, 2), True)] if below else []
        made.append(joined(-sign if below else sign, [*others, (d.of(e), False), *more]))
    require(keys(made) == keys(terms(q.after)), "the terms are others")
    yield from _without_convention(parts, d)


def _without_convention(parts: list[Factor], d: _Taken) -> Iterator[Goal]:
    """Yield that no factor `x*log(x)` is 0 by the convention 0 log 0 = 0, which its derivative knows nothing of."""
    for n, (e, below) in enumerate(parts):
        if e.head != "Log" or below or d.is_variable(e.args[0]):
            continue
        above = [f for f, inverse in factors(e.args[0])[1] if not inverse]
        others = [f for m, (f, inverse) in enumerate(parts) if m != n and not inverse]
        if any(same(f, g) or f.head == "Entry" for f in others for g in (e.args[0], *above)):
            yield Goal(make("Less", (ZERO, e.args[0])))


def deriv_sum(q: Question) -> Iterator[Goal]:
    """Each term of a finite sum is differentiated."""
    d = _Taken(q, "Sum")
    require(d.is_smooth(d.body), "a term may have no derivative, or the range varies")
    body, _, *ends = d.body.args
    require(same(q.after, make("Sum", (d.inside().of(body), NAME, *ends))), "the terms are others")
    yield from ()


def deriv_prod(q: Question) -> Iterator[Goal]:
    """Each factor of a finite product is differentiated beside those before and after it."""
    d = _Taken(q, "Product")
    require(d.is_smooth(d.body), "a factor may have no derivative, or the range varies")
    body, _, lo, hi = d.body.args
    here, further = bound(0), shift(body, 1, 1)
    before = make("Product", (further, NAME, shift(lo, 1), minus(here, ONE)))
    after = make("Product", (further, NAME, plus(here, ONE), shift(hi, 1)))
    wanted = make("Sum", (times(d.inside().of(body), before, after), NAME, lo, hi))
    require(alike(q.after, wanted), "the factors are others")
    yield from ()


# --- powers and functions ------------------------------------------------------------------------------------------


def deriv_pow(q: Question) -> Iterator[Goal]:
    """The rule for powers; of what may be 0 only where that is no matter."""
    d = _Taken(q, "Pow")
    require(d.is_smooth(d.body), "this may have no derivative")
    f, g = d.body.args
    if d.varies(g):
        slope = times(d.of(g), make("Log", (f,)))
        slope = plus(slope, times(g, over(d.of(f), f))) if d.varies(f) else slope
        require(alike(q.after, times(d.body, slope)), "this is not its derivative")
        yield Goal(make("Less", (ZERO, f)))
        return
    if g.head == "Delta":
        require(alike(q.after, times(g, d.of(f))), "this is not its derivative")
        return
    n = value_of(g)
    lowered = make("Add", (g, make("Neg", (ONE,))))
    power = ONE if n == 1 else f if n == 2 else to_the(f, lowered if n is None else make("number", (), n - 1))
    require(alike(q.after, ZERO if n == 0 else times(g, power, d.of(f))), "this is not its derivative")
    if n is not None and n.denominator == 1:
        return
    if q.witness is not None:  # a whole exponent: what it is that keeps it from a division by 0
        require(
            same(q.witness, make("Unequal", (f, ZERO))) or same(q.witness, make("LessEqual", (ONE, g))), "no reason"
        )
        yield from (Goal(make("IsInteger", (g,))), Goal(q.witness))
    elif not (d.is_variable(f) and n is not None):
        yield Goal(make("Less", (ZERO, f)))


def deriv_exp(q: Question) -> Iterator[Goal]:
    """`exp(f)*f'`."""
    d = _Taken(q, "Exp")
    require(d.is_smooth(d.body), "this may have no derivative")
    require(alike(q.after, times(d.body, d.of(d.body.args[0]))), "this is not its derivative")
    yield from ()


def deriv_log(q: Question) -> Iterator[Goal]:
    """`f'/f`."""
    d = _Taken(q, "Log")
    require(d.is_smooth(d.body), "this may have no derivative")
    require(same(q.after, over(d.of(d.body.args[0]), d.body.args[0])), "this is not its derivative")
    yield from ()


def deriv_function(q: Question) -> Iterator[Goal]:
    """The slope of the function, of the table, times that of its argument."""
    d = _Taken(q, "Func")
    require(d.is_smooth(d.body) and len(d.body.args) == 2, "this may have no derivative")
    name, u = d.body.args
    require(alike(q.after, times(SLOPES[name.value](d.body, u), d.of(u))), "this is not its derivative")
    yield from ()


def derivative_at(q: Question) -> Iterator[Goal]:
    """A derivative taken at its own variable is the derivative."""
    require(q.before.head == q.after.head == "Integral", "this is no integral for an integral")
    require(all(map(same, q.before.args[2:], q.after.args[2:])), "the range is another")
    require(same(_taken_at(q.before.args[0]), _taken_at(q.after.args[0])), "the derivatives are others")
    yield from ()


def _taken_at(t: Term) -> Term:
    """Return a term with each derivative that is taken at the innermost loose name as it is there."""

    def plain(e: Term, level: int) -> Term | None:
        own = e.head == "At" and e.args[0].head == "Derivative" and e.args[2] is bound(level)
        return instantiate(e.args[0], [e.args[2]]) if own else None

    return rebuilt(t, plain)
