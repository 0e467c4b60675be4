"""Falsehoods that a second reading of the judge alone found it to accept, each with the true line beside it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sympy import I, S, Symbol

import deltasift.domain as domains
from deltasift import Integral, Sum, define, index, iverson, real
from deltasift.check.written import to_data
from deltasift.conditions.certified import Decider
from deltasift.domain import closure
from deltasift.inert import Apply as Value
from deltasift.inert import Continuous, Delta, Equality, Func, Named, Pow, Unequal, free, inert
from deltasift.judge import ACCEPT, REJECT, Goal, Step, judge, judge_first
from deltasift.judge.__main__ import main
from deltasift.judge.certificate import Absurd, Certificate, Contrary, Inside, Lemma, Linear, Range, Sign, Signs
from deltasift.judge.context import Context, World
from deltasift.judge.file import Case, Move, Proof
from deltasift.judge.proof import Checker
from deltasift.judge.record import Chain, Claim
from deltasift.judge.term import NAME, ONE, ZERO, Term, UnreadableError, make, number, read
from deltasift.rule import Real, Rule, Statement, Theorem
from deltasift.rules import abs_div_of_pos, delta_mul_ne, sq_nonneg
from judge.attacking import part, said, term, use

a, x, y, z = (real(name) for name in "axyz")
HIDDEN = define("w", 2 * I)
PLAIN = define("v", 2 * a)


def is_shown(goal: Goal) -> bool:
    return Decider().decide(goal.statement, goal.place) is not None


# --- certificates ----------------------------------------------------------------------------------------------------


def contradiction(lo: Fraction, hi: Fraction) -> Certificate:
    """A sum of ones over a range that is not empty is positive, and with no integer in the range it is one of zeros."""

    def total(body: Term) -> Term:
        return make("Sum", (body, NAME, number(lo), number(hi)))

    def adding_up(*facts: Any) -> Linear:
        return Linear((tuple((Fraction(by), fact) for by, fact in facts),))

    in_order = Linear((((Fraction(1), Contrary(0)),),))
    positive = Lemma(make("Less", (ZERO, total(ONE))), Sign(Signs((Signs(),), nonempty=in_order)))
    zero = Lemma(make("Equality", (ZERO, total(ZERO))), Sign(Signs((Signs(),))))
    nothing = Absurd(adding_up((1, Range(0, False)), (1, Range(0, True))))
    return Absurd(adding_up((1, positive), (1, Inside(total(ONE), ZERO, nothing)), (-1, zero)))


def test_a_range_between_two_integers_has_nothing_in_it() -> None:
    """It is not empty by the order of its ends, which here proved that 1 is 0, of a file without anything given."""
    place = Context(World())
    one_is_zero = make("Equality", (ONE, ZERO))
    assert not Checker().accepts(one_is_zero, contradiction(Fraction(1, 2), Fraction(3, 4)), place)
    for lo, hi, is_positive in ((1, 1, True), (Fraction(1, 2), 1, True), (1, Fraction(3, 2), True), (2, 1, False)):
        total = make("Sum", (ONE, NAME, number(Fraction(lo)), number(Fraction(hi))))
        assert (Decider().decide(make("Less", (ZERO, total)), place) is not None) is is_positive


def test_a_function_of_two_is_continuous_in_the_one_that_is_named() -> None:
    f = Symbol("f")
    world = World(closure((x, y)), (Continuous(Value(f, x.symbol, y.symbol), x.symbol, x.symbol),))
    second = read(Continuous(Value(f, S.One, x.symbol), x.symbol, S.Zero))
    assert Decider().decide(second, Context(world)) is None
    others = Symbol("x_2"), Symbol("y_2")  # x_2 stands for the second argument where it is no name of its own
    for given, other, is_shown in (
        ((x,), others[0], True),
        ((x, real("x_2")), others[0], False),
        ((x,), others[1], False),
    ):
        world = World(closure(given), (Continuous(Value(f, x.symbol, other), x.symbol, x.symbol),))
        assert (Decider().decide(second, Context(world)) is not None) is is_shown
    world = World(closure((x,)), (Continuous(Value(f, x.symbol), x.symbol, x.symbol),))
    assert Decider().decide(read(Continuous(Value(f, x.symbol), x.symbol, S.Zero)), Context(world)) is not None


# --- what is not real ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("by", "status"), [(HIDDEN, REJECT), (PLAIN, ACCEPT)])
def test_the_square_of_what_is_defined_may_be_negative(by: Any, status: str) -> None:
    """|z/(w^2 + 1)| = |z|/(w^2 + 1) is -|z|/3 = |z|/3 where w is twice the imaginary unit."""
    before, after = Func("Abs", z / (by**2 + 1)), Func("Abs", z) / (by**2 + 1)
    made = use(abs_div_of_pos, (), term(after), 0, x=term(z), y=term(by**2 + 1))
    assert said(before, after, [made], (by, z, a)).last == status


def ordered(before: Any, after: Any, *uses: Claim, assumed: Any = ()) -> list[str]:
    first, last = read(inert(before)), read(inert(after))
    chains = (Chain(first, last, False, uses),)
    world = World(closure((a, x)), tuple(assumed))
    return [j.status for j in judge(Step(first, last, "<="), chains, world, is_shown)]


@pytest.mark.parametrize("claims", [{"real": False}, {"complex": False}, {"imaginary": True}, {"complex": True}])
def test_a_symbol_that_claims_to_be_no_real_number_has_no_order(claims: dict[str, bool]) -> None:
    u = Pow(Symbol("u", **claims), 2)
    assert ordered(0, u, use(sq_nonneg, (), term(u), 0, x=term(u.args[0]))) == [REJECT]
    assert ordered(0, x**2, use(sq_nonneg, (), term(x**2), 0, x=term(x))) == [ACCEPT]


def test_an_order_passes_through_nothing_that_is_not_real() -> None:
    """0 <= I^2 = -1, both ends of which are real."""
    square, given = Pow(I, 2), (Equality(Pow(I, 2), -1), Equality(x**2, a))
    passing = use(sq_nonneg, (), term(square), 0, x=term(I)), use("eq_of_given", (), term(-1))
    assert ordered(0, -1, *passing, assumed=given) == [REJECT]
    real_ones = use(sq_nonneg, (), term(x**2), 0, x=term(x)), use("eq_of_given", (), term(a))
    assert ordered(0, a, *real_ones, assumed=given) == [ACCEPT, ACCEPT]


STATED = Equality(Pow(Func("Abs", x), 2), x**2)
OWN = Rule("own", "", "", {"x": Real}, (Statement(STATED, ()),))


@pytest.mark.parametrize("rule", [Theorem("t", STATED, (x,), (), ""), OWN])
@pytest.mark.parametrize(("value", "status"), [(I, REJECT), (HIDDEN.symbol, REJECT), (a, ACCEPT)])
def test_what_is_true_of_a_real_is_used_of_a_real(rule: Any, value: Any, status: str) -> None:
    before, after = Pow(Func("Abs", value), 2), Pow(value, 2)
    made = use(rule, (), term(after), 0, x=term(value))
    assert said(before, after, [made], (a, HIDDEN)).last == status


def test_what_does_not_commute_is_no_number() -> None:
    with pytest.raises(UnreadableError):
        read(Symbol("A", commutative=False))


# --- statements about how something is written -----------------------------------------------------------------------


def test_equal_values_are_not_enough_inside_of_a_statement_of_continuity() -> None:
    """x/x is 1 wherever it has a value, but 1 is continuous at 0."""
    quotient, one = (iverson(Continuous(e, x.symbol, S.Zero)) for e in (x / x, S.One))
    assert said(quotient, one, [use("arithmetic", (0, 0), term(1))], (x,)).last == REJECT
    assert said(one, 1, [use("bracket_true", (), term(1))], (x,)).last == ACCEPT


# --- true lines that were refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("around", "path"), [((), ()), ((2,), (1,)), ((a, 2), (1, 1))])
def test_a_null_set_does_not_matter_wherever_the_integral_stands(around: Any, path: tuple[int, ...]) -> None:
    """How many binders are around an integral is not how many steps lead to it."""

    def line(body: Any) -> Any:
        inner = Integral(body, (x, 0, 1))
        return inner if not around else 2 * inner if len(around) == 1 else a + 2 * inner

    made = part(line(x * (x * x / x)), (*path, 0))
    assert said(line(x * x), line(x * (x * x / x)), [use("arithmetic", (*path, 0), made)], (x, a)).last == ACCEPT


# --- files -----------------------------------------------------------------------------------------------------------


def told(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What is printed of a file."""
    file = tmp_path / "x.json"
    file.write_text(json.dumps(to_data(case)), encoding="utf-8")
    assert main([str(file)]) == 0
    return capsys.readouterr().out


def test_a_file_says_what_it_claims_and_what_it_takes_a_quantity_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file may call 0 a divergence, or give what nothing meets; both are to be seen."""
    p, q = Symbol("p"), Symbol("q")
    start = read(Named("KL", S.Zero, p, q))
    world = World(closure((domains.Reals("c", (), S.One, S.Zero),)), names=frozenset((p, q)))
    out = told(Case("forged", world, (make("Equality", (start, start)),), (Proof(start, ()),)), tmp_path, capsys)
    assert "claims Equality(KL(p, q), KL(p, q))" in out
    assert "reads KL(p, q) as 0" in out
    assert "given: c is real, 1 < c and c < 0" in out


def test_a_quantity_of_an_index_is_said_with_a_name_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    k = index("k", 1, 3)
    start = read(inert(Sum(Named("H", x * k.symbol, k.symbol), k)))
    case = Case(
        "one",
        World(closure((x,)), names=frozenset((x.symbol,))),
        (make("Equality", (start, start)),),
        (Proof(start, ()),),
    )
    assert "reads Entropy(_1) as x*_1" in told(case, tmp_path, capsys)


def test_a_theorem_is_said_whatever_it_is_called(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forged = Theorem("well_known", Equality(S.One, S.Zero), (), (), "")
    chain = Chain(ONE, ZERO, False, (use(forged, (), ZERO),))
    proof = Proof(ONE, (Move(ZERO, "=", None, (), (chain,), ()),))
    out = told(Case("one", World(), (make("Equality", (ONE, ZERO)),), (proof,)), tmp_path, capsys)
    assert "rests on the theorem well_known: Equality(1, 0)" in out


# --- a factor that is 0 makes its term 0 -----------------------------------------------------------------------------

APART = Delta(1, 2)  # which is 0
OVER = define("u", 1 / APART)
BRACKET = iverson(Unequal(x, 0))


def test_a_factor_does_not_excuse_that_it_is_divided_by() -> None:
    """0 = d/d = 1: the first by the convention, the second by arithmetic, which knows nothing of it."""
    made = use(delta_mul_ne.reversed, (), term(APART / APART), 0, i=term(1), j=term(2), a=term(1 / APART))
    assert said(0, 1, [made, use("arithmetic", (), term(1))], ()).last == REJECT
    other = use(delta_mul_ne.reversed, (), term(APART / x), 0, i=term(1), j=term(2), a=term(1 / x))
    assert said(0, APART / x, [other], (x,)).last == ACCEPT
    one = Delta(1, 1)
    assert said(one / one, 1, [use("arithmetic", (), term(1))], ()).last == ACCEPT


@pytest.mark.parametrize(
    ("line", "has_a_value"),
    [
        (BRACKET * x / (x * BRACKET), False),
        (BRACKET * (1 + 1 / BRACKET), False),
        (BRACKET * Sum(1 / (index("k", 1, 3).symbol * BRACKET), index("k", 1, 3)), False),
        (BRACKET * Pow(BRACKET, -1), False),
        (BRACKET * x / x, True),
        (BRACKET * (1 + 1 / x), True),
        (BRACKET * (1 + 1 / (1 + BRACKET * BRACKET)), True),
    ],
)
def test_what_is_divided_by_a_guard_is_not_excused_by_it(line: Any, has_a_value: bool) -> None:
    world = World(closure((x,)), names=frozenset(free(line)))
    assert (judge_first(read(line), world, is_shown).status == ACCEPT) is has_a_value


def test_what_a_definition_divides_by_is_seen_where_it_is_unfolded() -> None:
    """d*(1 + u) is 0 with u for 1/d, and d*(1 + 1/d) would be 1."""
    before, after = APART * (1 + OVER), APART * (1 + 1 / APART)
    unfolding = use("definition", (1, 1), term(1 / APART))
    assert said(before, after, [unfolding], (OVER,)).last == REJECT
    half = define("h", 1 / x)
    there = use("definition", (1, 1), term(1 / x))
    assert said(BRACKET * (1 + half), BRACKET * (1 + 1 / x), [there], (half, x)).last == ACCEPT


def test_what_is_rejected_is_printed_with_its_line_and_its_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = Chain(ONE, ZERO, False, (use("arithmetic", (), ZERO),))
    case = Case(
        "one", World(), (make("Equality", (ONE, ZERO)),), (Proof(ONE, (Move(ZERO, "=", None, (), (chain,), ()),)),)
    )
    file = tmp_path / "x.json"
    file.write_text(json.dumps(to_data(case)), encoding="utf-8")
    assert main([str(file)]) == 1
    assert "  reject: line 2: it is no identity (arithmetic)\n" in capsys.readouterr().out
