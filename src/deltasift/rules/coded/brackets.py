"""The methods about Iverson brackets: what is true or false in one, and case distinctions as sums of brackets."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Rational, S
from sympy.core.basic import Basic
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

import deltasift.inert as ex
from deltasift.inert import free, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.line.definedness import requirements
from deltasift.line.linear import collect, combination, difference
from deltasift.line.numbers import worked_out
from deltasift.line.scope import Scope
from deltasift.line.statements import bound_on, conjunction, conjuncts, contrary
from deltasift.line.views import factors, product, terms, total
from deltasift.rule import Rewritten, Witnessed, method


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_true(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A bracket around what is true is 1, and so is that part of it.

    Yield `[P] = 1` under P, and `[P and Q] = [Q]` under P.
    """
    if not isinstance(expr, ex.Iverson):
        return
    statement = expr.args[0]
    parts = conjuncts(statement)
    for i, p in enumerate(parts):
        others = parts[:i] + parts[i + 1 :]
        yield (ex.Iverson.make((conjunction(others),)) if others else S.One), (p,)
    if len(parts) > 1:
        yield S.One, parts


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_false(expr: Basic, scope: Scope) -> Iterator[Witnessed]:
    """A bracket around what is false makes its term 0.

    Yield `[P]*f = 0` under the contrary of P, or of a part of P, or where several brackets contradict each other.

    What stands beside them need not have a value.
    """
    found = [ex.Iverson.make(expr.args)] if isinstance(expr, ex.Iverson) else []
    if isinstance(expr, (ex.Mul, ex.Neg, ex.Div)):
        found = [f.expr for f in factors(expr)[1] if isinstance(f.expr, ex.Iverson) and not f.inverse]
    for bracket in found:
        statement = bracket.args[0]
        parts = conjuncts(statement)
        for p in parts if len(parts) == 1 else (*parts, statement):
            yield S.Zero, (ex.Not.make((p,)),), p
    every = tuple(p for bracket in found for p in conjuncts(bracket.args[0]))
    if len(found) > 1:
        yield S.Zero, (ex.Not.make((ex.And.make(every),)),), ex.And.make(every)


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_and(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A bracket around several statements is their product.

    Yield `[P and Q] = [P]*[Q]`.
    """
    if isinstance(expr, ex.Iverson) and isinstance(expr.args[0], ex.And):
        yield ex.Mul.make(tuple(ex.Iverson.make((p,)) for p in conjuncts(expr.args[0]))), ()


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_delta(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A bracket around an equality is a delta.

    Yield `[i = j] = delta(i, j)` for integers.
    """
    if isinstance(expr, ex.Iverson) and isinstance(expr.args[0], ex.Equality):
        i, j = expr.args[0].args
        if scope.is_integer(i) and scope.is_integer(j):
            yield ex.Delta.make((i, j)), ()


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_not(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """What is not so is its contrary.

    Yield a bracket around the contrary of what is denied, as `[not i < j] = [j <= i]`.
    """
    if isinstance(expr, ex.Iverson) and any(isinstance(p, ex.Not) for p in conjuncts(expr.args[0])):
        plain = tuple(contrary(p.args[0]) if isinstance(p, ex.Not) else p for p in conjuncts(expr.args[0]))
        new = ex.Iverson.make((conjunction(plain),))
        if new != expr:
            yield new, ()


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_or(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """One of two statements is true if the first is, or else the second.

    Yield `[P or Q] = [P] + [not P]*[Q]`.
    """
    if isinstance(expr, ex.Iverson) and isinstance(expr.args[0], ex.Or):
        first, *others = expr.args[0].args
        rest = others[0] if len(others) == 1 else ex.Or.make(tuple(others))
        also = ex.Mul.make((ex.Iverson.make((contrary(first),)), ex.Iverson.make((rest,))))
        yield ex.Add.make((ex.Iverson.make((first,)), also)), ()


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_arith(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A bracket around an order of integers, solved for one of them.

    Yield a bracket around an order of integers, solved for one of its names: `[2*i < n + 1] = [i <= floor(n/2)]`; of
    what is not a number, `[y + 1 != 0] = [y != -1]`, which is `[0 <= y]` where an integer y is at least -1.
    """
    if isinstance(expr, ex.Iverson) and isinstance(expr.args[0], ex.Unequal):
        yield from _unequal(expr, scope)
    if not isinstance(expr, ex.Iverson) or not isinstance(expr.args[0], (ex.Less, ex.LessEqual)):
        return
    for name in sorted(free(expr), key=str):
        found = bound_on(expr.args[0], name, scope) if scope.is_integer(name) else None
        if found is not None:
            upper, end = found
            new = ex.Iverson.make((ex.LessEqual.make((name, end) if upper else (end, name)),))
            if new != expr:
                yield new, ()


def _unequal(expr: ex.Iverson, scope: Scope) -> Iterator[Rewritten]:
    """Yield what says of one term that it is not a number, as an order where that is the least or the greatest."""
    line = combination([(1, expr.args[0].args[0]), (-1, expr.args[0].args[1])])
    if len(line.coefficients) != 1:
        return
    [(term, times)] = line.coefficients.items()
    number = Rational(-line.constant) / Rational(times)
    if scope.is_integer(term) and number.is_Integer:
        yield ex.Iverson.make((ex.LessEqual.make((number + 1, term)),)), (ex.LessEqual.make((number, term)),)
        yield ex.Iverson.make((ex.LessEqual.make((term, number - 1)),)), (ex.LessEqual.make((term, number)),)
    new = ex.Iverson.make((ex.Unequal.make((term, number)),))
    if new != expr:
        yield new, ()


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_compl(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """One minus a bracket is that of the contrary.

    Yield `1 - [P] = [not P]`, and likewise for two of several terms.
    """
    if not isinstance(expr, ex.Add) or S.One not in expr.args:
        return
    one = expr.args.index(S.One)
    for n, a in enumerate(expr.args):
        if isinstance(a, ex.Neg) and isinstance(a.args[0], ex.Iverson):
            new = ex.Iverson.make((contrary(a.args[0].args[0]),))
            rest = [(1, b) for m, b in enumerate(expr.args) if m not in (n, one)]
            yield total([(1, new), *rest]), ()


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_zero(expr: Basic, scope: Scope) -> Iterator[Witnessed]:
    """A bracket is not needed where the term is 0 anyway.

    Yield `[a <= i]*f = f` under `a - 1 <= i`, where f is 0 if `i = a - 1`, and likewise for an upper bound.
    """
    sign, parts = factors(expr)
    for n, f in enumerate(parts):
        if f.inverse or not isinstance(f.expr, ex.Iverson):
            continue
        rest = product(sign, [(g.expr, g.inverse) for m, g in enumerate(parts) if m != n])
        for name in sorted(free(f.expr), key=str):
            found = bound_on(f.expr.args[0], name, scope)
            if found is None or not scope.is_integer(name):
                continue
            upper, end = found
            other = collect([(1, end), (1, S.One if upper else S.NegativeOne)])
            if any(g.inverse and name in free(g.expr) for g in parts):
                continue
            there = factors(substitute(rest, {name: other}))[1]
            zero = [g for g in there if not g.inverse and worked_out(g.expr) == 0]
            others = product(1, [(g.expr, g.inverse) for g in there if g not in zero])
            if zero and next(requirements(others, scope), None) is None:
                order = ex.LessEqual.make((name, other) if upper else (other, name))
                yield rest, (order,), ex.Equality.make((name, other))


@method(ref="graham1994, section 2.1", verifier="brackets")
def bracket_le(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """What is both at most and at least a number is equal to it.

    Yield `[i <= j] = delta(i, j)` for integers under `j <= i`, and for a strict order likewise.
    """
    if not isinstance(expr, ex.Iverson) or not isinstance(expr.args[0], (ex.Less, ex.LessEqual)):
        return
    i, j = expr.args[0].args
    if isinstance(expr.args[0], ex.Less):
        j = difference(j, S.One)
    if scope.is_integer(i) and scope.is_integer(j):
        yield ex.Delta.make((i, j)), (ex.LessEqual.make((j, i)),)


@method(ref="rudin1987, theorem 1.27", verifier="sums")
def series_add(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A series of sums splits into series that exist each.

    Yield the sum of the series of the terms, where each of these exists.
    """
    if not isinstance(expr, ex.Sum) or not isinstance(expr.body, ex.Add) or {expr.lo, expr.hi}.isdisjoint(INFINITE):
        return
    series = [(t.sign, ex.Sum.make((t.expr, *expr.args[1:]))) for t in terms(expr.body)]
    yield total(series), tuple(ex.Summable.make((s,)) for _, s in series)


@method(ref="graham1994, section 2.1", verifier="joins")
def piecewise_bracket(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A case distinction is a sum over its cases in brackets.

    Yield the sum of the cases in brackets; a case holds where those before it do not.
    """
    if not isinstance(expr, ex.Piecewise):
        return
    cases = expr.cases
    if not isinstance(cases[-1][1], BooleanTrue):
        return  # without a last case there may be no value
    terms: list[Basic] = []
    before: list[Basic] = []
    for value, condition in cases:
        if isinstance(condition, BooleanFalse):
            continue
        needs = [*before, *(() if isinstance(condition, BooleanTrue) else (condition,))]
        if value != 0:
            terms.append(_times(needs, value, scope))
        if isinstance(condition, BooleanTrue):
            break
        before.append(ex.Not.make((condition,)))
    yield (ex.Add.make(tuple(terms)) if len(terms) > 1 else terms[0] if terms else S.Zero), ()


def _times(needs: list[Basic], value: Basic, scope: Scope) -> Basic:
    deltas: list[Basic] = []
    rest: list[Basic] = []
    for need in needs:
        integers = isinstance(need, ex.Equality) and all(scope.is_integer(a) for a in need.args)
        (deltas if integers else rest).append(need)
    parts: list[Basic] = [ex.Delta.make(d.args) for d in deltas]
    if rest:
        parts.append(ex.Iverson.make((rest[0] if len(rest) == 1 else ex.And.make(tuple(rest)),)))
    if value != 1 or not parts:
        parts.append(value)
    return ex.Mul.make(tuple(parts)) if len(parts) > 1 else parts[0]
