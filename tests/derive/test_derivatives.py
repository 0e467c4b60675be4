"""Derivatives by names and by entries of tables, against closed forms and against differentiation on concrete sizes."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Derivative, Function, IndexedBase, KroneckerDelta, Le, Product, S, Sum, exp, log, oo, symbols

from deltasift import collapse, parse, rules
from deltasift.calc import calc, step
from deltasift.check import check
from deltasift.emit import python_source
from deltasift.errors import ExpressionError
from deltasift.inert import Continuous, Delta, Entry, Exp, Log, Mul, Neg, free, inert, substitute
from deltasift.inert import Derivative as Inert

n, K = symbols("n K", integer=True, positive=True)
i, j, k, y = symbols("i j k y", integer=True)
t = sympy.Symbol("t", real=True)
A, f, x, z = map(IndexedBase, "Afxz")
F = Function("F")


def result(expr: Any, *facts: Any) -> Any:
    """Return what an expression collapses to, every line of it checked."""
    derivation = collapse(expr, facts=facts)
    if len(derivation.lines) > 1:
        assert check(derivation).problems == ()
    return derivation.result


def inside(name: Any, last: Any) -> tuple[Any, Any]:
    return Le(1, name), Le(name, last)


CLOSED = [
    (Derivative(x[j], x[i]), (), KroneckerDelta(i, j)),
    (Derivative(x[j] ** 2, x[i]), (), 2 * KroneckerDelta(i, j) * x[j]),
    (Derivative(A[i, j], A[k, y]), (), KroneckerDelta(i, k) * KroneckerDelta(j, y)),
    (Derivative(x[1], x[2]), (), S.Zero),
    (Derivative(x[1], x[1]), (), S.One),
    (Derivative(x[i] ** 2, x[j], x[k]), (), 2 * KroneckerDelta(i, j) * KroneckerDelta(i, k)),
    (Derivative(Sum(f[i] * log(f[i]), (i, 1, n)), f[j]), inside(j, n), log(f[j]) + 1),
    (Derivative(Sum(F(i) * log(F(i)), (i, 1, n)), F(j)), inside(j, n), log(F(j)) + 1),
    (
        Derivative(log(Sum(exp(z[k]), (k, 1, K))) - z[y], z[i]),
        inside(i, K),
        exp(z[i]) / Sum(exp(z[k]), (k, 1, K)) - KroneckerDelta(i, y),
    ),
    (
        Sum(Derivative(Product(x[j], (j, 1, n)), x[i]), (i, 1, n)),
        (),
        Sum(Product(x[j], (j, 1, i - 1)) * Product(x[j], (j, i + 1, n)), (i, 1, n)),
    ),
    (Derivative(Sum(x[i], (i, 1, n)), x[i]), inside(i, n), S.One),  # two names that are written alike
    (Derivative(KroneckerDelta(i, j, (1, n)), t), (), S.Zero),
    (Derivative(t**3 * sympy.sin(t), t, evaluate=False), (), t**3 * sympy.cos(t) + 3 * t**2 * sympy.sin(t)),
    (Derivative(sympy.sqrt(t), t, evaluate=False), (), 1 / (2 * sympy.sqrt(t))),
    (Derivative(1 / (1 + t**2), t, evaluate=False), (), -2 * t / (1 + t**2) ** 2),
]


@pytest.mark.parametrize(("expr", "facts", "expected"), CLOSED, ids=lambda e: str(e)[:60])
def test_closed_form(expr: Any, facts: Any, expected: Any) -> None:
    assert sympy.expand(result(expr, *facts) - expected) == 0


@pytest.mark.parametrize(
    "expr",
    [
        Derivative(F(t), t),
        Derivative(Sum(x[i] ** 2, (i, 1, oo)), x[j]),  # term by term only where it converges
        Derivative(abs(x[i]) * x[i], x[j]),  # has a derivative at 0, which abs has not
        Derivative(sympy.Max(x[i], 0), x[j]),
        Derivative(x[i] ** 2 * log(x[i] ** 2), x[j]),  # has one at 0, by the convention 0 log 0 = 0
        Derivative(sympy.sqrt(x[i] ** 4), x[j]),
        Derivative(sympy.DiracDelta(x[i] - t), x[i]),
        Derivative(F(i), i),  # an integer does not vary
    ],
    ids=str,
)
def test_what_is_not_known_to_be_a_derivative_stays(expr: Any) -> None:
    assert collapse(expr).result == expr


SMOOTH = [
    (F(t) ** 2, 1, 2 * F(t) * Derivative(F(t), t)),
    (log(F(t)), 1, Derivative(F(t), t) / F(t)),
    (t * F(t), 2, t * Derivative(F(t), (t, 2)) + 2 * Derivative(F(t), t)),
    (Sum(F(t) * x[i], (i, 1, n)), 1, Derivative(F(t), t) * Sum(x[i], (i, 1, n))),
]


@pytest.mark.parametrize(("body", "order", "expected"), SMOOTH, ids=str)
def test_an_undefined_function_is_assumed_to_be_smooth(body: Any, order: int, expected: Any) -> None:
    expr = Derivative(body, (t, order), evaluate=False)
    assert sympy.expand(result(expr) - expected) == 0
    (assumed,) = collapse(expr).facts
    assert isinstance(assumed, Continuous)


def test_facts_at_the_point_say_nothing_around_it() -> None:
    """Where x[1] = 1, x[1]**2 is x[1], but its derivative is another."""
    line = parse("Derivative(Piecewise((x, Eq(x, 1)), (2, True)), x)").expr
    (name,) = free(line)
    assert collapse(line, facts=[sympy.Eq(name, 1)]).result.has(Derivative)


def test_the_entries_of_a_pmf_vary_apart() -> None:
    from deltasift import index, pmf, sizes
    from deltasift.inert import Sum as InertSum

    size = sizes("C")
    c = index("c", 1, size)
    q = pmf("q", c)
    line = Inert(InertSum(q[c], c), q[1])
    assert collapse(line).result == 1


def test_the_table_keeps_its_name_apart_in_a_substitution() -> None:
    d = Inert(x[j] * f[j], x[i])
    table, other = sympy.Symbol("x"), sympy.Symbol("f")
    assert substitute(d, {i: k}) == Inert(x[j] * f[j], x[k])
    assert substitute(d, {table: sympy.Symbol("w")}).args[1] == Entry(sympy.Symbol("w"), i)
    for rule in ({table: other}, {inert(x[j]): S.One}, {j: inert(x[1])}):
        with pytest.raises(ExpressionError, match="differentiates by"):
            substitute(d, rule)


@pytest.mark.parametrize(
    "text", ["Derivative(x[j]**2, x[i])", "Derivative(f(j), f(i))", "Derivative(x[j]**3, x[i], 2)"]
)
def test_text_and_sympy_are_read_and_written(text: str) -> None:
    node = parse(text).expr
    assert str(node) == text
    assert inert(node.to_sympy()) == node
    assert r"\frac{\partial" in node._latex(None)


# --- differentiation on concrete sizes ----------------------------------------------------------------------------

SIZE = 3


def polynomials() -> st.SearchStrategy[Any]:
    """Sums and products of entries, under binders of i and j."""
    leaves = st.sampled_from([x[i], x[j], x[k], f[i], f[j], A[i, j], S(2), S(-3), x[i] * x[j], KroneckerDelta(i, j)])

    def more(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        pairs = st.tuples(parts, parts)
        return st.one_of(
            pairs.map(lambda p: p[0] + p[1]),
            pairs.map(lambda p: p[0] * p[1]),
            parts.map(lambda p: p**2),
            st.tuples(parts, st.sampled_from([i, j])).map(lambda p: Sum(p[0], (p[1], 1, n))),
            st.tuples(parts, st.sampled_from([i, j])).map(lambda p: Product(p[0], (p[1], 1, n))),
        )

    return st.recursive(leaves, more, max_leaves=4).map(lambda e: Sum(e, (i, 1, n), (j, 1, n)))


def at_size(expr: Any, point: int) -> Any:
    return sympy.expand(sympy.sympify(expr).subs({n: SIZE, k: point}).doit())


@settings(max_examples=25, deadline=None)
@given(polynomials(), st.integers(1, SIZE))
def test_polynomials_in_entries(expr: Any, point: int) -> None:
    collapsed = collapse(Inert(expr, x[k]), facts=inside(k, n)).result
    assert not collapsed.has(Derivative)
    exact = sympy.diff(at_size(expr, point), x[point])
    assert sympy.expand(at_size(collapsed, point) - exact) == 0


# --- wrong lines --------------------------------------------------------------------------------------------------

WRONG = [
    (x[j] ** 2, 2 * inert(x[j]), rules.deriv_pow),  # the inner derivative is lost
    (x[j], 1, rules.deriv_entry),  # the indices may differ
    (x[j], 0, rules.deriv_const),
    (x[j] * x[i], inert(x[j]), rules.deriv_mul),
    (x[j] / x[i], Inert(x[j], x[i]) / Inert(x[i], x[i]), rules.deriv_mul),
    (Sum(x[i], (i, 1, n)), Sum(Derivative(x[i], x[i]), (i, 1, n)), rules.deriv_sum),  # the bound i is another
    (Sum(x[j], (j, 1, oo)), Sum(Derivative(x[j], x[i]), (j, 1, oo)), rules.deriv_sum),
]


@pytest.mark.parametrize(("body", "after", "by"), WRONG, ids=str)
def test_a_wrong_line_is_refused(body: Any, after: Any, by: Any) -> None:
    report = check(calc(Inert(body, x[i]), step(after, by=by)))
    problems = [problem for problem in report.problems if not problem.startswith("line 1: needs")]
    assert problems[0] == f"line 2: {by.name} does not give this line"
    assert all(problem.startswith("line 2: differs from the line before") for problem in problems[1:])


def test_a_derivative_by_an_entry_has_no_python() -> None:
    lines = check(calc(Inert(x[j], x[i]), step(Delta(i, j), by=rules.deriv_entry)))
    assert "line 1 has no executable form: the derivative by x[i]" in python_source(lines)


u, w = Entry(sympy.Symbol("x"), i), Entry(sympy.Symbol("x"), j)
BEHIND_SIGNS = {
    "deriv_self": (t, t, S.One),
    "deriv_entry": (u, w, Delta(j, i)),
    "deriv_sum": (inert(Sum(x[i] ** 2, (i, 1, n))), w, inert(Sum(Derivative(x[i] ** 2, x[j]), (i, 1, n)))),
    "deriv_pow": (u**2, w, 2 * u * Inert(u, w)),
    "deriv_exp": (inert(exp(x[i])), w, inert(exp(x[i])) * Inert(u, w)),
    "deriv_log": (Log(Exp(u)), w, Inert(Exp(u), w) / Exp(u)),
    "deriv_function": (inert(sympy.sin(x[i])), w, inert(sympy.cos(x[i])) * Inert(u, w)),
}


@pytest.mark.parametrize("name", BEHIND_SIGNS)
def test_a_derivative_is_taken_behind_signs_that_cancel(name: str) -> None:
    body, by, after = BEHIND_SIGNS[name]
    rule = getattr(rules, name)
    for behind in (Neg(Neg(body)), Mul(-1, Neg(body)), Neg(Mul(body, -1))):
        line = Inert(behind, by)
        assert check(calc(line, step(after, by=rule)), layers=("structure",)).problems == ()
        assert not check(calc(line, step(-after, by=rule)), layers=("structure",)).ok
    assert not check(calc(Inert(Neg(Neg(Neg(body))), by), step(after, by=rule)), layers=("structure",)).ok
