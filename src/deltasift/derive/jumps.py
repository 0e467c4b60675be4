"""A Dirac delta beside what jumps, or has no value, where its mass lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sympy import Dummy, S
from sympy.core.basic import Basic

from deltasift.derive.forms import is_without_value
from deltasift.errors import BridgeError, DepthError, SizeError
from deltasift.inert import Add, Derivative, Dirac, Integral, Less, Node, mentions, postorder, substitute
from deltasift.inert.bridge import to_sympy
from deltasift.line.linear import linear, root
from deltasift.line.numbers import worked_out
from deltasift.line.one_sided import OneSided
from deltasift.line.views import factors, product, terms, total

JUMP = "a Dirac delta where its factor jumps has no value that all agree on"
CORNER = "a derivative of a Dirac delta where a derivative of its factor jumps has no value"


def at_a_jump(expr: Basic, holds: Callable[[Basic], bool]) -> str | None:
    """Return why an expression has no value: what stands beside a Dirac delta jumps, or has no value, at its point.

    Beside a derivative of a delta the derivatives must not jump either. Only what is seen as it stands is found: a
    delta with a linear argument, and steps and corners at that very point.
    """
    for e in postorder(expr):
        if isinstance(e, Integral) and not any(isinstance(x, Derivative) for x in _outside_of_binders(e.body)):
            for d in dict.fromkeys(_deltas(e.body)):
                line = linear(d.args[0], e.var)
                if line is not None and line[0] != 0 and not _is_outside(e, root(*line), holds):
                    why = _is_singular(e, d, root(*line)) or _jumps(e, d, root(*line))
                    if why is not None:
                        return why
    return None


def left_at_a_jump(expr: Basic, holds: Callable[[Basic], bool]) -> str | None:
    """Return why a sum of terms has no value, the integrals with a delta in them taken as one.

    What jumps in one term may be made up for by another; so nothing is said where they are not over one interval.
    """
    integrals: list[Integral] = []
    for sign, term in _signed_terms(expr):
        if not _has_mass(term):
            continue
        turn, parts = factors(term)
        whole = next((f.expr for f in parts if isinstance(f.expr, Integral) and not f.inverse), None)
        rest = [(f.expr, f.inverse) for f in parts if f.expr is not whole]
        if whole is None or any(mentions(f, whole.var) or _has_mass(f) for f, _ in rest):
            return None
        integrals.append(whole.rebuild((product(sign * turn, [*rest, (whole.body, False)]), *whole.args[1:])))
    if not integrals or len({i.args[1:] for i in integrals}) > 1:
        return None
    first = integrals[0]
    return at_a_jump(first.rebuild((total([(1, i.body) for i in integrals]), *first.args[1:])), holds)


def _signed_terms(expr: Basic) -> Iterator[tuple[int, Basic]]:
    """Yield the terms of nested sums with their signs."""
    for t in terms(expr):
        if isinstance(t.expr, Add):
            yield from ((t.sign * sign, inner) for sign, inner in _signed_terms(t.expr))
        else:
            yield t.sign, t.expr


def _has_mass(e: Basic) -> bool:
    return any(isinstance(d, Dirac) for d in postorder(e))


def _is_outside(e: Integral, point: Basic, holds: Callable[[Basic], bool]) -> bool:
    return any(
        all(holds(Less.make((point, end) if is_below else (end, point))) for end in e.args[2:])
        for is_below in (True, False)
    )


def _deltas(body: Basic) -> Iterator[Dirac]:
    """Yield the Dirac deltas in an integrand, those in sums and integrals within it left out."""
    for e in _outside_of_binders(body):
        if isinstance(e, Dirac) and e.args[1].is_Integer:
            yield e


def _outside_of_binders(body: Basic) -> Iterator[Basic]:
    """Yield the parts of an expression that no name is bound around; what is below a derivative is left out too."""
    stack = [body]
    while stack:
        e = stack.pop()
        yield e
        if isinstance(e, Node) and not e.binds and not isinstance(e, (Derivative, Dirac)):
            stack.extend(e.args)


def _is_singular(e: Integral, d: Dirac, point: Basic) -> str | None:
    """Return the factor of a delta that has no value at its point, where no other factor is 0 there."""
    parts = [f for f in factors(e.body)[1] if f.expr is not d]
    if len(parts) == len(factors(e.body)[1]):
        return None
    for f in parts:
        value = worked_out(substitute(f.expr, {e.var: point}) if isinstance(f.expr, Node) else point)
        if not mentions(f.expr, e.var) or not (is_without_value(value) or (f.inverse and value == 0)):
            continue
        if all(g is f or g.inverse or _is_nonzero(g.expr, e.var, point) for g in parts):
            shown = product(1, [(S.One, False), (f.expr, True)]) if f.inverse else f.expr
            return f"{shown} has no value at {e.var} = {point}, where a Dirac delta has its mass"
    return None


def _jumps(e: Integral, d: Dirac, point: Basic) -> str | None:
    """Tell that what stands beside a delta, or a derivative that the delta asks for, jumps at its point."""
    weight = Dummy()  # stands for the delta
    rest = substitute(e.body, {d: weight}) if isinstance(e.body, Node) and e.body is not d else weight
    below, above = (OneSided(e.var, point, side).seen(rest) for side in (-1, 1))
    if below is rest and above is rest:
        return None
    x = Dummy(real=True)
    try:
        first, last = (to_sympy(substitute(s, {e.var: x}) if isinstance(s, Node) else s) for s in (below, above))
        at = to_sympy(point)
        jump = (last - first).expand().coeff(weight)
        for order in range(int(d.args[1]) + 1):
            here = jump.diff(x, order).subs(x, at)
            if here.is_zero or here.equals(0):
                continue
            return CORNER if order else JUMP
    except (BridgeError, DepthError, SizeError):
        return None
    return None


def _is_nonzero(e: Basic, x: Basic, point: Basic) -> bool:
    if not mentions(e, x):
        return True  # what is 0 for all x takes the integral with it
    value = worked_out(substitute(e, {x: point}) if isinstance(e, Node) else point)
    return is_without_value(value) or bool(value.is_nonzero)
