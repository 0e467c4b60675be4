"""Moves at an integral: a Dirac delta sifts, what carries none moves out of the way."""

from __future__ import annotations

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.check.refusal import ON_AN_END, refusal
from deltasift.conditions.verdict import Verdict
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import Part, joined, split
from deltasift.derive.mass_needs import mass_needs
from deltasift.derive.sifting import path_to
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.errors import Undefined
from deltasift.inert import free, mentions, postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.substitution import rewritten
from deltasift.line.calculus import settled
from deltasift.line.linear import combination, difference, linear, root
from deltasift.line.statements import conjuncts
from deltasift.line.views import summands, terms
from deltasift.match.search import Search
from deltasift.rule import Rule
from deltasift.rules.coded.diracs import dirac_linear
from deltasift.rules.coded.integrals import has_mass
from deltasift.rules.coded.sifting import Sifted, add_mul_dirac, bounds, bracketed, forward, sifted

STANDARD = (
    rules.integral_pow,
    rules.integral_exp,
    rules.integral_gauss,
    rules.integral_arcsine,
    rules.integral_even,
)


# --- deltas and their derivatives ---------------------------------------------------------------------------------


def reduce_dirac(e: ex.Node, here: Here) -> Move | None:
    """Bring a delta into the form in which it sifts."""
    argument = e.args[0]
    line = combination([(1, argument)]) if isinstance(argument, ex.Add) else None
    if line is not None and not line.coefficients and line.constant != 0:
        return by_rule(rules.dirac_ne, e, here)
    if isinstance(argument, Symbol) or _is_difference(argument, here):
        return None
    move = by_rule(rules.dirac_linear, e, here) or (None if _may_wait(argument, here) else _at_zeros(e, here))
    if move is not None:
        return move
    for after, needs in dirac_linear(e, here.scope):
        # where the slope is 0 the integral has no value, unless an index decides which slope it is
        if (
            after != e
            and len(needs) == 1
            and all(free(c).isdisjoint(here.scope.bound) and not here.fails(c) for c in needs)
        ):
            here.open(list(needs))  # which refuses it, or not: no bracket would give it a value
            return Move(rules.dirac_linear, e, after, (), needs)
    return None if free(e) or here.is_factor else by_rule(rules.dirac_ne, e, here)


def _at_zeros(e: ex.Node, here: Here) -> Move | None:
    """Take a delta of a function apart into deltas at its zeros."""
    move = by_rule(rules.dirac_roots, e, here)
    if move is not None:
        guards = [c for b in postorder(move.after) if isinstance(b, ex.Iverson) for c in conjuncts(b.args[0])]
        here.open([c for c in guards if here.verdict(c) is Verdict.UNKNOWN])  # where that is to be refused
        why = refusal(move.after, here.scope)
        if why is not None:
            raise Undefined(why)
    return move


def _may_wait(argument: Basic, here: Here) -> bool:
    """Tell whether a function of the innermost variable is linear in that of an integral around it.

    Another delta may put a value for the inner one.
    """
    real = [r.name for r in reversed(here.scope.ranges) if not r.integer and mentions(argument, r.name)]
    lines = [linear(argument, name) for name in real]
    return bool(lines) and lines[0] is None and any(v is not None and v[0].is_Rational and v[0] != 0 for v in lines)


def _is_difference(argument: Basic, here: Here) -> bool:
    """Tell whether an argument is `x - a` or `x + a` as it stands, for the variable of the innermost integral in it."""
    real = (r.name for r in reversed(here.scope.ranges) if not r.integer and mentions(argument, r.name))
    x = next(real, None)
    if x is None or not isinstance(argument, ex.Add) or len(argument.args) != 2 or x not in argument.args:
        return False
    return not mentions(argument.args[1 - argument.args.index(x)], x)


def reduce_mass_product(e: ex.Node, here: Here) -> Move | None:
    """See whether a product with a delta vanishes."""
    if any(isinstance(f, ex.Dirac) for f, _ in split(e)[1]):
        return by_rule(rules.mul_dirac_zero, e, here)
    return None


# --- integrals ----------------------------------------------------------------------------------------------------


def reduce_integral(e: ex.Node, here: Here) -> Move | tuple[Move, ...] | None:
    """Return the next move at an integral whose parts are done."""
    assert isinstance(e, ex.Integral)
    if e.body is S.Zero:
        return Move(rules.integral_zero, e, S.Zero)
    move = by_rule(rules.integral_density, e, here) or _beside_density(e, here)
    if move is not None:
        return move
    if not any(isinstance(d, ex.Dirac) for d in postorder(e.body)):
        return _without_mass(e, here)
    move = by_rule(rules.derivative_at, e, here)
    if move is not None:
        return move
    if INFINITE.isdisjoint(e.args[2:]) and here.fails(ex.LessEqual.make(e.args[2:])):
        return by_rule(rules.integral_flip, e, here)
    if isinstance(e.body, ex.Add):
        return _jumping_together(e, here) or by_rule(rules.integral_add_dirac, e, here)
    if isinstance(e.body, ex.Sum):
        return by_rule(rules.integral_sum, e, here) or by_rule(rules.integral_series, e, here)
    for found in sifted(e):
        move = _sift(e, found, here)
        if move is not None:
            return move
    _, parts = split(e.body)
    inside = Here(here.problem, here.scope.enter(e), True)
    for f, below in parts:
        if isinstance(f, ex.Dirac) and not below and mentions(f, e.var) and linear(f.args[0], e.var) is None:
            move = _at_zeros(f, inside)
            if move is not None:
                return move.under((0, *path_to(e.body, f)))
    return _nested_delta(e, parts, here) or _out(e, parts, here) or _outside(e, here)


def _beside_density(e: ex.Integral, here: Here) -> Move | None:
    """Take factors free of the variable out, where a density alone is left."""
    sign, parts = split(e.body)
    inside = [f for f, below in parts if not below and mentions(f, e.var)]
    free_ones = [p for p in parts if not mentions(p[0], e.var)]
    if sign != 1 or len(inside) != 1 or len(inside) + len(free_ones) < len(parts) or not free_ones:
        return None
    inner = ex.Integral.make((inside[0], *e.args[1:]))
    if by_rule(rules.integral_density, inner, here) is None:
        return None
    return Move(rules.integral_mul, e, joined(1, [*free_ones, (inner, False)]))


def _outside(e: ex.Integral, here: Here) -> Move | None:
    """Leave out a mass outside of the interval, whatever stands beside it there."""
    for found in Search().local(rules.integral_dirac_derivative, e, here.scope):
        if found.after is S.Zero and all(map(here.holds, found.conditions)):
            return Move(rules.integral_dirac_derivative, e, S.Zero)
    return None


def _jumping_together(e: ex.Integral, here: Here) -> Move | None:
    """Take a delta out of terms that jump at its point each, but perhaps not together."""
    inside = Here(here.problem, here.scope.enter(e), False)
    for term, path in summands(e.body, (0,)):
        if any(isinstance(f, ex.Iverson) and mentions(f, e.var) for f, _ in split(term)[1]):
            move = by_rule(rules.mul_add_dirac, term, inside)
            if move is not None:
                return move.under(path)
    for after, _ in add_mul_dirac(e.body, here.scope):
        _, parts = split(after.args[-1] if isinstance(after, ex.Add) else after)
        delta, rest = (f for f, _ in parts)
        line = linear(delta.args[0], e.var)
        if line is not None and line[0] != 0 and _is_cut_at(rest, e.var, root(*line)):
            return Move(rules.add_mul_dirac, e.body, after, (0,))
    return None


def _is_cut_at(rest: Basic, x: Symbol, point: Basic) -> bool:
    """Tell whether a bracket in an expression changes at a point."""
    orders = [o for b in postorder(rest) if isinstance(b, ex.Iverson) for o in conjuncts(b.args[0])]
    return any(
        difference(*(settled(substitute(side, {x: point})) if mentions(side, x) else side for side in o.args)) == 0
        for o in orders
        if isinstance(o, ex.Relation) and mentions(o, x)
    )


def _sift(e: ex.Integral, found: Sifted, here: Here) -> Move | None:
    """Return the move by which a delta sifts."""
    is_plain = found.delta.args[1] == 0
    needs: list[Basic] = []
    for bound in bounds(e, found.point):
        verdict = here.verdict(bound)
        if verdict is Verdict.UNKNOWN:
            needs.append(bound)
        elif verdict is Verdict.REFUTED:
            if here.holds(ex.Equality.make(bound.args)):
                return None  # on an end, which is refused
            if _reaches_an_end(e, found.point, here):
                raise Undefined(ON_AN_END)
            rule = rules.integral_dirac_outside if is_plain else rules.integral_dirac_derivative
            return by_rule(rule, e, here) or by_rule(rules.integral_dirac_bracket, e, here)
    if needs and _reaches_an_end(e, found.point, here):
        raise Undefined(ON_AN_END)
    needed = list(mass_needs(found, e, here))
    guards, assumed = here.open(needs)
    assumed = (*assumed, *needed)
    inside = Here(here.problem, here.scope.assuming(*assumed), here.is_factor) if assumed else here
    if not all(inside.holds(c) for c in found.needs):
        return None
    if guards:
        ahead = all(here.holds(c) for c in forward(e))
        return Move(rules.integral_dirac_bracket, e, bracketed(e, found, turned=not ahead), (), assumed)
    if found.is_beside or not is_plain:
        rule = rules.integral_dirac_sides if is_plain else rules.integral_dirac_derivative
        return Move(rule, e, found.value, (), assumed)
    move = by_rule(rules.integral_dirac, e, inside)
    return None if move is None else Move(move.rule, e, _once_signed(move.after), (), assumed)


def _once_signed(e: Basic) -> Basic:
    """Return the same line without double signs, which a negative point brings in: nobody writes `f(-(-y))`."""
    return rewritten(e, lambda n: n.args[0].args[0] if isinstance(n, ex.Neg) and isinstance(n.args[0], ex.Neg) else n)


def _reaches_an_end(e: ex.Integral, point: Basic, here: Here) -> bool:
    """Tell whether one of the masses of a sum, at `a + b*k`, may lie on an end of the interval."""
    for r in here.scope.ranges:
        line = linear(point, r.name) if r.integer and r.name in free(point) else None
        if line is None or line[0] == 0:
            continue
        for end in e.args[2:]:
            if end in INFINITE:
                continue
            k = settled(ex.Div.make((difference(end, line[1]), line[0])))
            orders = [ex.LessEqual.make(o) for o in ((r.lo, k), (k, r.hi)) if INFINITE.isdisjoint(o)]
            if here.scope.is_integer(k) and not any(here.fails(o) for o in orders):
                return True
    return False


def _nested_delta(e: ex.Integral, parts: list[Part], here: Here) -> Move | tuple[Move, ...] | None:
    """Make a delta that stands in a factor a factor of the integrand."""
    inside = Here(here.problem, here.scope.enter(e), False)
    for f, below in parts:
        if below or not has_mass(f, e.var):
            continue
        if isinstance(f, ex.Sum):
            move = by_rule(rules.sum_mul_right, e.body, inside)
            last = None if move is None else by_rule(rules.integral_sum, e.rebuild((move.after, *e.args[1:])), here)
            if move is not None and last is not None:
                return move.under((0,)), last
            return by_rule(rules.integral_series, e, here)
        if isinstance(f, ex.Add):
            move = by_rule(rules.mul_add_dirac, e.body, inside)
            return None if move is None else move.under((0,))
    return None


def _out(e: ex.Integral, parts: list[Part], here: Here) -> Move | None:
    """Move what is free of the variable out of the integral."""
    if all(mentions(f, e.var) for f, _ in parts):
        return None
    return by_rule(rules.integral_mul, e, here)


def _without_mass(e: ex.Integral, here: Here) -> Move | tuple[Move, ...] | None:
    """Cut the interval by brackets, and look an integral up."""
    if any(isinstance(f, ex.Iverson) and mentions(f, e.var) for f, _ in split(e.body)[1]):
        return by_rule(rules.integral_bracket, e, here)
    move = by_rule(rules.integral_step, e, here)
    if move is not None:
        return move
    if isinstance(e.body, ex.Add) and any(
        isinstance(f, ex.Iverson) and mentions(f, e.var) for a in e.body.args for f, _ in split(a)[1]
    ):
        move = by_rule(rules.integral_add, e, here)
        if move is not None:
            return move
    return _looked_up(e, here) or _by_parts(e, here)


def _looked_up(e: ex.Integral, here: Here) -> Move | None:
    return next(filter(None, (by_rule(rule, e, here) for rule in STANDARD)), None)


def _by_parts(e: ex.Integral, here: Here) -> Move | tuple[Move, ...] | None:
    """Take the integral of a sum apart, where the integrals of its terms are looked up, so that they exist."""
    if isinstance(e.body, ex.Add):
        parts = (ex.Integral.make((t.expr, *e.args[1:])) for t in terms(e.body))
        return _exchanged(rules.integral_add, e, here) if all(_looked_up(part, here) for part in parts) else None
    inside = Here(here.problem, here.scope.enter(e), False)
    is_product = not isinstance(e.body, ex.Sum) and any(isinstance(f, ex.Sum) for f, _ in split(e.body)[1])
    first = by_rule(rules.sum_mul_right, e.body, inside) if is_product else None
    second = _exchanged(rules.integral_sum, e if first is None else e.rebuild((first.after, *e.args[1:])), here)
    if second is None:
        return None
    assert isinstance(second.after, ex.Sum)
    term, inside = second.after.body, Here(here.problem, here.scope.enter(second.after), False)
    if not isinstance(term, ex.Integral) or not _looked_up(term, inside):
        return None
    return second if first is None else (first.under((0,)), second)


def _exchanged(rule: Rule, e: ex.Node, here: Here) -> Move | None:
    """Return the use of a rule that needs no more than that what it makes exists."""
    found = next(Search().local(rule, e, here.scope), None)
    return None if found is None else Move(rule, e, found.after)
