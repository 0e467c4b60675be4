"""Rules that a page brings are tested when it is checked, named in its ledger, and refused where numbers do not see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deltasift import (
    Equality,
    Integral,
    Product,
    Sum,
    calc,
    delta,
    index,
    iverson,
    known,
    log,
    real,
    rules,
    sizes,
    step,
)
from deltasift.check import Report, check
from deltasift.errors import RuleError
from deltasift.inert import Derivative, Dirac, Func, Less, LessEqual, SameOrder, inert
from deltasift.pages import load_file
from deltasift.render import latex, text
from deltasift.rule import Bound, End, Fn, Int, Method, Real, Rule, Statement, Table, Theorem, method, rule
from deltasift.rules import arithmetic, sum_congr

N = sizes("N")
n = index("n", 1, N)
a, b, t = real("a"), real("b"), real("t", n)


def structure(start: object, line: object, by: object) -> Report:
    return check(calc(start, step(line, by=by)), layers=("structure",))


@rule(ref="nobody, nowhere")
def square_of_sum(a: Real, b: Real) -> Any:
    """The square of a sum."""
    return Equality((a + b) ** 2, a**2 + 2 * a * b + b**2)


@rule(ref="nobody, nowhere")
def sum_twice(f: Fn, i: Bound, lo: Int, hi: Int) -> Any:
    """Twice a sum, in each term."""
    return Equality(2 * Sum(f(i), (i, lo, hi)), Sum(2 * f(i), (i, lo, hi)))


@rule(ref="nobody, nowhere")
def quotient_of_itself(a: Real) -> Any:
    """What is not 0 over itself."""
    return Equality(a / a, 1, when={Less(0, a**2): {"a": 0}})


RIGHT = [
    (square_of_sum, (a + b) ** 2, a**2 + 2 * a * b + b**2),
    (sum_twice, 2 * Sum(t[n], n), Sum(2 * t[n], n)),
    (sum_twice.reversed, Sum(2 * t[n], n), 2 * Sum(t[n], n)),
    (sum_congr(square_of_sum), Sum((t[n] + a) ** 2, n), Sum(t[n] ** 2 + 2 * t[n] * a + a**2, n)),
]


@pytest.mark.parametrize(("own", "before", "after"), RIGHT, ids=str)
def test_a_rule_that_passes_the_tests_is_used_and_named_in_the_ledger(own: Any, before: object, after: object) -> None:
    report = structure(before, after, own)
    assert report.ok, report.problems
    [entry] = report.ledger
    plain = getattr(own, "rule", own)
    assert str(entry.statement) == f"the rule {plain.name}, which is tested"
    assert entry.where == "line 2"
    assert "Assumptions of this page" in text(report)
    assert "square" not in latex(report) or "\\_of\\_" in latex(report)


def test_a_rule_in_a_substep_is_named_too() -> None:
    inner = calc((a + b) ** 2, step(a**2 + 2 * a * b + b**2, by=square_of_sum))
    report = structure((a + b) ** 2, inner, square_of_sum)
    assert [str(e.statement) for e in report.ledger] == ["the rule square_of_sum, which is tested"]


def wrong_rules() -> list[Any]:
    def sum_square(f: Fn, i: Bound, lo: Int, hi: Int) -> Any:
        """The square of a sum is no sum of squares."""
        return Equality(Sum(f(i), (i, lo, hi)) ** 2, Sum(f(i) ** 2, (i, lo, hi)))

    def hidden_by_a_size(m: Int) -> Any:
        """Only small numbers are looked at."""
        return Equality(m * iverson(LessEqual(12, m)), 0)

    def hidden_far_away(m: Int) -> Any:
        """Only small numbers are looked at."""
        return Equality(m * delta(m, 4711), 0)

    def no_value(a: Real) -> Any:
        """A side without a value where the other has one."""
        return Equality(a - a, 0 / a)

    def condition_that_is_not_needed(a: Real) -> Any:
        """It holds everywhere."""
        return Equality(a + a, 2 * a, when={Less(0, a): {"a": -1}})

    def condition_that_is_never_met(a: Real) -> Any:
        """Of nothing everything is true."""
        return Equality(a + 1, a, when={Less(a**2, 0): {"a": 0}})

    def ends_that_may_be_infinite(f: Fn, i: Bound, lo: End, hi: End) -> Any:
        """Numbers do not see series."""
        return Equality(2 * Sum(f(i), (i, lo, hi)), Sum(2 * f(i), (i, lo, hi)))

    def of_an_integral(f: Fn, x: Bound, a: Real, b: Real) -> Any:
        """Numbers do not see integrals."""
        return Equality(Integral(f(x), (x, a, b)), 0)

    def of_a_mass(a: Real) -> Any:
        """Numbers do not see masses."""
        return Equality(Dirac(a), 0)

    def of_a_function(a: Real) -> Any:
        """Numbers have no such function."""
        return Equality(Func("zeta", a), 0)

    def of_a_table(u: Table, i: Int) -> Any:
        """Numbers do not know a table."""
        return Equality(u(i) - u(i), 0)

    def sum_delta(a: Real) -> Any:
        """It has the name of another one."""
        return Equality(a + a, 2 * a)

    def product_of_nothing(f: Fn, i: Bound, lo: Int, hi: Int) -> Any:
        """An empty product is 1."""
        return Equality(Product(f(i), (i, lo, hi)), 0, when={Less(hi, lo): {"f": lambda i: 2, "lo": 1, "hi": 2}})

    found = [v for v in locals().values() if callable(v)]
    return [rule(ref="nobody, nowhere")(f) for f in found]


USES = {
    "sum_square": (Sum(t[n], n) ** 2, Sum(t[n] ** 2, n)),
    "hidden_by_a_size": (N * iverson(LessEqual(12, N)), 0),
    "hidden_far_away": (N * delta(N, 4711), 0),
    "no_value": (a - a, 0 / a),
    "condition_that_is_not_needed": (a + a, 2 * a),
    "condition_that_is_never_met": (a + 1, a),
    "ends_that_may_be_infinite": (2 * Sum(t[n], n), Sum(2 * t[n], n)),
    "of_an_integral": (Integral(a, (a.symbol, 0, 1)), 0),
    "of_a_mass": (Dirac(a), 0),
    "of_a_function": (Func("zeta", a), 0),
    "of_a_table": (t[1] - t[1], 0),
    "sum_delta": (a + a, 2 * a),
    "product_of_nothing": (Product(t[n], n), 0),
}


@pytest.mark.parametrize("own", wrong_rules(), ids=str)
def test_a_rule_that_the_tests_refuse_proves_nothing(own: Rule) -> None:
    before, after = USES[own.name]
    for report in (structure(before, after, own), structure(after, before, own.reversed)):
        assert not report.ok
        assert any(own.name in p and ("is not tested" in p or "is another rule" in p) for p in report.problems)


def test_an_order_of_the_values_of_a_name_is_no_rule() -> None:
    relation = SameOrder(a, a + 1, b)

    def stated(a: Real, b: Real) -> Any:
        """An order."""
        return relation

    with pytest.raises(RuleError, match="is no equality"):
        rule(ref="nobody, nowhere")(stated)
    forged = Rule("stated", "An order.", "nobody, nowhere", {"a": Real, "b": Real}, (Statement(relation, ()),))
    assert any("is no equality" in p for p in structure(relation.args[0], relation.args[1], forged).problems)


@pytest.mark.parametrize("relation", [Less(a, a + 1), LessEqual(a, a + 1)], ids=str)
def test_an_inequality_is_no_equality(relation: Any) -> None:
    own = Rule("stated", "An order.", "nobody, nowhere", {"a": Real}, (Statement(relation, ()),))
    assert structure(*relation.args, own).problems == (
        "line 2: it is an inequality, and the lines are to be equal (stated)",
    )
    assert check(calc(relation.lhs, step(relation.rhs, by=own, relation="<=")), layers=("structure",)).ok


def test_an_inequality_of_a_page_is_tested_at_points() -> None:
    wrong = Rule("stated", "An order.", "nobody, nowhere", {"a": Real}, (Statement(LessEqual(a, 2 * a), ()),))
    report = check(calc(inert(a), step(2 * a, by=wrong, relation="<=")), layers=("structure",))
    assert any("is not tested: its sides differ at a = " in p for p in report.problems)


def test_code_of_the_page_is_no_rule() -> None:
    @method(ref="nobody, nowhere", unverified="nobody wrote one")
    def anything(expr: Any, scope: Any) -> Any:
        """Anything follows."""
        yield a - a, ()

    forged = [
        anything,
        Method("deriv_mul", "Anything follows.", "nobody", find=anything.find),
        Method("definition", "Anything follows.", "nobody", find=anything.find),
        Method("arithmetic", "Anything follows.", "nobody", find=anything.find),
        replace(rules.METHODS["deriv_mul"], find=anything.find),
    ]
    for one in forged:
        assert any("code of the page's own" in p for p in structure(log(b), a - a, one).problems)


def test_a_rule_of_the_table_with_another_statement_is_no_rule_of_the_table() -> None:
    other = replace(rules.RULES["mul_add"], statements=square_of_sum.statements, variables=square_of_sum.variables)
    assert any("is another rule" in p for p in structure((a + b) ** 2, a**2 + 2 * a * b + b**2, other).problems)
    loose = replace(rules.RULES["sum_delta"], variables=dict.fromkeys(rules.RULES["sum_delta"].variables, Real))
    assert any("is another rule" in p for p in structure(a + a, 2 * a, loose).problems)


def test_a_theorem_is_a_result_of_a_page() -> None:
    forged = Theorem("kl", Equality(a, a + 1), (a,), (), "Anything follows.")
    assert any("is no result of a page" in p for p in structure(a, a + 1, forged).problems)
    assert any("is no result of a page" in p for p in structure(a, a + 1, forged.reversed).problems)


def test_a_page_that_uses_another_inherits_its_rules(tmp_path: Path) -> None:
    head = "from typing import Any\nfrom deltasift import *\nfrom deltasift.rule import Real, rule\n"
    (tmp_path / "base.py").write_text(
        f'"""T."""\n{head}a, b = real("a"), real("b")\n'
        '@rule(ref="nobody, nowhere")\ndef own(a: Real, b: Real) -> Any:\n    "Its own."\n'
        "    return Equality((a + b) ** 2, a**2 + 2 * a * b + b**2)\n"
        "claim = Equality((a + b) ** 2, a**2 + 2 * a * b + b**2)\nproof = calc(claim.lhs, step(claim.rhs, by=own))\n",
        encoding="utf-8",
    )
    (tmp_path / "top.py").write_text(
        f'"""T."""\n{head}c, d = real("c"), real("d")\n'
        f"claim = Equality(1 + (c + d) ** 2, 1 + (c**2 + 2 * c * d + d**2))\n"
        f"proof = calc(claim.lhs, step(claim.rhs, by=known({str(tmp_path / 'base.py')!r})))\n",
        encoding="utf-8",
    )
    report = check(load_file(tmp_path / "top.py"))
    assert report.ok, report.problems
    assert [(str(e.statement), e.where) for e in report.ledger] == [
        ("the rule own, which is tested", "line 2, by base")
    ]
    assert known(str(tmp_path / "top.py")).assumptions == report.assumptions
    assert structure(a + a, 2 * a, arithmetic).ledger == ()


def test_derivatives_are_not_seen_by_numbers() -> None:
    @rule(ref="nobody, nowhere")
    def flat(a: Real, b: Real) -> Any:
        """Nothing varies."""
        return Equality(a * Derivative(b, b), 0 * a * b)

    assert any("do not see Derivative" in p for p in structure(a * Derivative(b, b), 0 * a * b, flat).problems)
