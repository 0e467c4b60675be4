"""The methods about whole sums: sums of few terms written out, sums and series exchanged."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Integer, S
from sympy.core.basic import Basic

from deltasift.inert import Add, ForAll, Iverson, LessEqual, Product, Sum, Summable, free, substitute
from deltasift.inert.algebra import INFINITE, minus
from deltasift.line.differences import antidifferences, at_index
from deltasift.line.linear import collect
from deltasift.line.scope import Scope
from deltasift.line.statements import bound_on, conjunction, conjuncts
from deltasift.line.views import factors, product, total
from deltasift.rule import Rewritten, Witnessed, method

FEW = 12


@method(ref="graham1994, section 2.1", verifier="sums")
def sum_write_out(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A sum of few terms, written out.

    Yield the sum of the terms of a range of numbers.
    """
    if isinstance(expr, Sum):
        terms = _terms(expr)
        if terms is not None:
            yield total([(1, t) for t in terms]), ()


@method(ref="graham1994, section 2.1", verifier="sums")
def prod_write_out(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A product of few factors, written out.

    Yield the product of the factors of a range of numbers.
    """
    if isinstance(expr, Product):
        terms = _terms(expr)
        if terms is not None:
            yield product(1, [(t, False) for t in terms]), ()


def _terms(e: Sum | Product) -> list[Basic] | None:
    if e.lo == e.hi and not e.lo.is_infinite:
        return [substitute(e.body, {e.var: e.lo})]
    if not (e.lo.is_Integer and e.hi.is_Integer) or e.hi - e.lo >= FEW:
        return None
    return [substitute(e.body, {e.var: Integer(i)}) for i in range(int(e.lo), int(e.hi) + 1)]


@method(ref="graham1994, section 2.6", verifier="sums")
def sum_telescope(expr: Basic, scope: Scope) -> Iterator[Witnessed]:
    """A sum of differences is the difference of its ends.

    Yield `F(hi + 1) - F(lo)` for a sum of terms `F(i + 1) - F(i)`, under lo <= hi + 1; the witness is F under the sum.
    """
    if not isinstance(expr, Sum) or not INFINITE.isdisjoint(expr.args[2:]):
        return
    end = collect([(1, expr.hi), (1, S.One)])
    for whole in antidifferences(expr.body, expr.var):
        value = minus(*(at_index(whole, expr.var, e) for e in (end, expr.lo)))
        witness = Sum.make((whole, *expr.args[1:]))
        yield value, (LessEqual.make((expr.lo, Add.make((expr.hi, S.One)))),), witness


@method(ref="rudin1987, theorem 1.27", verifier="sums")
def series_comm(expr: Basic, scope: Scope) -> Iterator[Witnessed]:
    """A finite sum of series is the series of the sums.

    Yield a series and a finite sum exchanged, where the series of each term exists.

    Either may be the outer one: the sum of finitely many series is the series of the sums.
    """
    if not isinstance(expr, Sum) or not isinstance(expr.body, Sum):
        return
    inner = expr.body
    if expr.var in free(inner.lo) | free(inner.hi) or inner.var in free(expr.lo) | free(expr.hi):
        return
    new = Sum.make((Sum.make((inner.body, *expr.args[1:])), *inner.args[1:]))
    if INFINITE.isdisjoint(inner.args[2:]):
        series = Sum.make((inner.body, *expr.args[1:]))
        yield new, (ForAll.make((Summable.make((series,)), *inner.args[1:])),), S.One
    elif INFINITE.isdisjoint(expr.args[2:]):
        series = Sum.make((inner.body, *inner.args[1:]))
        yield new, (ForAll.make((Summable.make((series,)), *expr.args[1:])),), S.One
    nonnegative = ForAll.make((LessEqual.make((S.Zero, inner.body)), *inner.args[1:]))
    yield new, (ForAll.make((nonnegative, *expr.args[1:])),), S.Zero


@method(ref="rudin1987, theorem 1.27", verifier="sums")
def series_mul(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A factor free of the index moves out of a series.

    Yield a series with what is free of its index outside, and a product with a series that takes in the rest.
    """
    if isinstance(expr, Sum):
        sign, parts = factors(expr.body)
        outside = [(f.expr, f.inverse) for f in parts if expr.var not in free(f.expr)]
        inside = [(f.expr, f.inverse) for f in parts if expr.var in free(f.expr)]
        if outside and inside:
            series = Sum.make((product(1, inside), *expr.args[1:]))
            yield product(sign, [*outside, (series, False)]), (Summable.make((series,)),)
        return
    sign, parts = factors(expr)
    for n, f in enumerate(parts):
        if f.inverse or not isinstance(f.expr, Sum):
            continue
        others = [(g.expr, g.inverse) for g in (*parts[:n], *parts[n + 1 :])]
        if all(f.expr.var not in free(e) for e, _ in others):
            inner_sign, within = factors(f.expr.body)
            body = product(sign * inner_sign, [*others, *((g.expr, g.inverse) for g in within)])
            yield Sum.make((body, *f.expr.args[1:])), (Summable.make((f.expr,)),)


@method(ref="graham1994, section 2.1", verifier="sums")
def sum_bracket(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """A bracket that bounds the index cuts the range.

    Yield a sum over the part of its range in which a bound on its index in a bracket holds.

    Both ends are integers, so that no index is lost: `sum of [i <= a]*f(i) over lo..hi` runs to a where a <= hi.
    """
    if not isinstance(expr, Sum):
        return
    sign, parts = factors(expr.body)
    for n, f in enumerate(parts):
        if f.inverse or not isinstance(f.expr, Iverson):
            continue
        statements = conjuncts(f.expr.args[0])
        for m, s in enumerate(statements):
            found = bound_on(s, expr.var, scope.enter(expr))
            if found is None:
                continue
            upper, end = found
            kept = statements[:m] + statements[m + 1 :]
            bracket = [(Iverson.make((conjunction(kept),)), False)] if kept else []
            others = [(g.expr, g.inverse) for g in parts[:n]]
            rest = [(g.expr, g.inverse) for g in parts[n + 1 :]]
            body = product(sign, [*others, *bracket, *rest])
            name, lo, hi = expr.args[1:]
            if upper:
                yield Sum.make((body, name, lo, end)), (LessEqual.make((end, hi)),)
                yield Sum.make((body, name, lo, hi)), (LessEqual.make((hi, end)),)
            else:
                yield Sum.make((body, name, end, hi)), (LessEqual.make((lo, end)),)
                yield Sum.make((body, name, lo, hi)), (LessEqual.make((end, lo)),)
