"""Falsehoods that a reader of the judge alone found it to accept, each with the true line beside it."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import I, S, Symbol, oo, pi

from deltasift import (
    Derivative,
    Integral,
    Sum,
    define,
    density,
    dirac,
    exp,
    index,
    iverson,
    labels,
    log,
    pmf,
    real,
    sizes,
)
from deltasift.check.written import to_data
from deltasift.conditions.certified import Decider
from deltasift.domain import closure
from deltasift.inert import At, Continuous, Equality, Func, IsInteger, Less, LessEqual, Minimiser, Pow, free, inert
from deltasift.judge import ACCEPT, REJECT, Goal, judge_first
from deltasift.judge import certificate as kinds
from deltasift.judge.claimed import reduced
from deltasift.judge.context import Context, World
from deltasift.judge.file import Case, FormatError, Move, Proof, from_data
from deltasift.judge.page import judged_page
from deltasift.judge.proof import Checker
from deltasift.judge.record import RejectedError
from deltasift.judge.term import Term, UnreadableError, bound, make
from deltasift.rule import Theorem
from deltasift.rules import max_of_le, zero_mul
from judge.attacking import part, said, term, use

N, K = sizes("N K")
a, b, x, y = (real(name) for name in ("a", "b", "x", "y"))
c = real("c", above=0)
ONE = term(1)
ROOT = Pow(2, S(1) / 2)
AGAIN = Pow(3 + 2 * ROOT, S(1) / 2) - 1  # the root of 2 once more
LENGTH = Pow(c**2, S(1) / 2)  # c once more


def status(before: Any, after: Any, rule: str, path: tuple[int, ...] = (), by: Term | None = None) -> str:
    made = use(rule, path, part(after, path), **({} if by is None else {"by": by}))
    return said(before, after, [made], (N, a, b, c, x, y)).last


def is_shown(goal: Goal) -> bool:
    return Decider().decide(goal.statement, goal.place) is not None


# --- coded rules -----------------------------------------------------------------------------------------------------


def between(*, outside: bool) -> tuple[Any, Any]:
    """Where b < a, what is between b and a is not between a and b."""
    before = Integral(exp(-(x**2)) * iverson(Less(0, (x - a) * (b - x))), (x, -oo, oo))
    after = Integral(exp(-(x**2)), (x, a, b))
    return before, iverson(Less(a, b)) * after if outside else after


def test_an_interval_that_runs_backwards_is_cut_out_by_a_product_too() -> None:
    assert status(*between(outside=True), "integral_bracket") == REJECT
    before, after = (t.subs({a.symbol: 1, b.symbol: 2}) for t in between(outside=False))
    assert status(before, after, "integral_bracket") == ACCEPT


def test_the_magnitude_is_no_number_of_which_something_is_known() -> None:
    """The integrand is odd: the magnitude was put to log(2), where it is 0."""
    f = exp(Func("Abs", x)) - 2
    assert status(Integral(x * f, (x, -2, 2)), 2 * Integral(x * (exp(x) - 2), (x, 0, 2)), "integral_even") == REJECT
    assert status(Integral(f, (x, -2, 2)), 2 * Integral(exp(x) - 2, (x, 0, 2)), "integral_even") == ACCEPT
    g = log(1 + Func("Abs", x))
    assert status(Integral(g, (x, -2, 2)), 2 * Integral(log(1 + x), (x, 0, 2)), "integral_even") == ACCEPT


@pytest.mark.parametrize(("point", "ends"), [(5, (oo, 3)), (1, (3, -oo)), (-2, (1, -5)), (-2, (0, -5))])
def test_a_mass_is_inside_of_an_interval_that_runs_backwards(point: int, ends: tuple[Any, Any]) -> None:
    before, after = (Integral(f * exp(-(x**2)), (x, *ends)) for f in (dirac(x - point), 0))
    assert status(before, after, "dirac_roots", (0, 0)) == REJECT
    outside = Integral(dirac(x - 7 * point) * exp(-(x**2)), (x, *ends))
    if abs(ends[1]) != oo and abs(ends[0]) != oo:
        assert status(outside, after, "dirac_roots", (0, 0)) == ACCEPT


@pytest.mark.parametrize(("square", "zeros"), [(S(2), (ROOT, AGAIN)), (c**2, (c, LENGTH))])
def test_a_zero_that_is_written_in_two_ways_is_no_other_one(square: Any, zeros: tuple[Any, Any]) -> None:
    before = Integral(dirac(x**2 - square) * exp(-x), (x, -oo, oo))
    z, again = zeros
    for other, weight, wanted in ((again, 2 * again, REJECT), (-z, 2 * z, ACCEPT)):
        masses = dirac(x - z) / (2 * z) + dirac(x - other) / weight
        assert status(before, Integral(masses * exp(-x), (x, -oo, oo)), "dirac_roots", (0, 0)) == wanted


# --- under a derivative ----------------------------------------------------------------------------------------------


def through_maximum(t: Term, path: tuple[int, ...]) -> list[Any]:
    """Return uses that lead from 1 to what is said to be 1, by way of the larger one of the two."""
    largest = make("Func", (make("text", (), "Max"), t, ONE))
    names = {"a": t, "b": ONE}
    return [use(max_of_le.reversed, path, largest, 0, **names), use(max_of_le, path, t, 1, **names)]


def test_a_derivative_is_by_what_is_no_integer_nearby() -> None:
    between_ = real("x", above=0, below=2)
    uses = through_maximum(term(between_), (0,))
    lines = Derivative(1, between_), Derivative(between_, between_)
    assert said(*lines, uses, (between_,), IsInteger(between_)).last == REJECT


def test_a_derivative_by_an_index_knows_no_range_of_it() -> None:
    k = index("k", 1, 1)
    lines = Sum(Derivative(1, k), (k, 1, 1)), Sum(Derivative(k, k), (k, 1, 1))
    assert said(*lines, through_maximum(bound(0), (0, 0)), (k,)).last == REJECT
    assert said(Sum(1, (k, 1, 1)), Sum(k, (k, 1, 1)), through_maximum(bound(0), (0,)), (k,)).last == ACCEPT


@pytest.mark.parametrize("fact", [lambda w: Equality(w, 1), lambda w: Less(0, iverson(Equality(w, 1)))])
def test_what_pins_down_a_definition_pins_down_its_names(fact: Any) -> None:
    w = define("w", x**2)
    lines, uses = (Derivative(1, x), Derivative(w, x)), through_maximum(term(w), (0,))
    assert said(*lines, uses, (x, w), fact(w)).last == REJECT


@pytest.mark.parametrize(
    ("before", "path", "by", "assumed"),
    [
        (Derivative(x + 0, x), (0, 1), term(x), (LessEqual(1, x),)),
        (Derivative(x + 0, x), (0, 1), term(x), (Equality(x, 1),)),
        (At(Derivative(y + 0, y), y, 1), (0, 0, 1), bound(0), ()),
    ],
)
def test_what_is_under_a_derivative_has_a_value_nearby(before: Any, path: Any, by: Term, assumed: Any) -> None:
    """A square root that has none below 1, times 0."""
    root = make("Pow", (make("Add", (by, term(-1))), term(S(1) / 2)))
    added = make("Mul", (term(0), root))
    found = said(before, before, [use(zero_mul.reversed, path, added, 0, a=root)], (x, y), *assumed)
    assert found.uses[0].status == REJECT


def test_a_strict_bound_holds_nearby() -> None:
    above = real("x", above=1)
    before, after = (Derivative(above + 0 * t, above) for t in (S(0), Pow(above - 1, S(1) / 2)))
    before = Derivative(above + 0, above)
    root = term(Pow(above - 1, S(1) / 2))
    made = [use(zero_mul.reversed, (0, 1), make("Mul", (term(0), root)), 0, a=root)]
    assert said(before, after, made, (above,)).last == ACCEPT


def test_what_a_derivative_is_by_is_no_value() -> None:
    uses = [
        use(
            max_of_le.reversed, (1,), make("Func", (make("text", (), "Max"), term(x), term(y))), 1, a=term(x), b=term(y)
        ),
        use(max_of_le, (1,), term(y), 0, a=term(x), b=term(y)),
    ]
    assert said(Derivative(x**2, x), Derivative(x**2, y), uses, (x, y), Equality(x, y)).last == REJECT


def test_a_derivative_is_by_a_name_or_an_entry() -> None:
    for by, wanted in ((term(x), ACCEPT), (term(5), REJECT), (term(a * b), REJECT)):
        line = make("Derivative", (term(x**2), by, ONE))
        world = World(closure((a, b, x)), names=frozenset(free(inert(a * b * x))))
        assert judge_first(line, world, is_shown).status == wanted


@pytest.mark.parametrize("base", [S(-2), S(0), b])
def test_a_power_of_what_may_be_negative_is_no_function_of_its_exponent(base: Any) -> None:
    place = Context(World(closure((b, x))))
    for power, is_continuous in ((Pow(base, x), False), (Pow(2, x), True), (Pow(c, x), True)):
        here = Context(World(closure((c, x)), names=frozenset((c.symbol,)))) if is_continuous else place
        assert (Decider().decide(term(Continuous(power, x, 3)), here) is not None) is is_continuous


@pytest.mark.parametrize("line", [Derivative(x, x, S(1) / 2), Derivative(x, x, a), dirac(a, S(1) / 2)])
def test_an_order_of_a_derivative_is_a_natural_number(line: Any) -> None:
    assert said(line, line, [], (x, a)).first == REJECT


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("derivative_step", (lambda t: Derivative(Func("Heaviside", t), x), lambda t: dirac(t))),
        ("derivative_dirac", (lambda t: Derivative(dirac(t), x), lambda t: dirac(t, 1))),
    ],
)
def test_a_slope_is_that_of_what_is_defined(rule: str, lines: Any) -> None:
    w = define("w", x)
    before, after = (line(x + w) for line in lines)
    for result, wanted in ((after, REJECT), (2 * after, ACCEPT)):
        assert said(before, result, [use(rule, (), term(result))], (x, w)).last == wanted


# --- null sets and masses --------------------------------------------------------------------------------------------


def added_to_integrand(weight: Any, new: Any) -> str:
    """Return what is said of 0 times something new beside y in an integral."""
    before, after = (Integral(weight * (y + t), (y, -1, 1)) for t in (S(0), 0 * new))
    before = Integral(weight * (y + 0), (y, -1, 1))
    path = (0, 1, 1)
    made = part(after, path)
    return said(before, after, [use(zero_mul.reversed, path, made, 0, a=made.args[1])], (x, y)).last


def test_an_integral_that_does_not_exist_at_a_mass_alone_does_not_exist_there() -> None:
    assert added_to_integrand(dirac(y), Integral(1 / y, (x, 0, 1))) == REJECT
    assert added_to_integrand(exp(y), Integral(1 / y, (x, 0, 1))) == ACCEPT
    assert added_to_integrand(dirac(y), Integral(exp(x * y), (x, 0, 1))) == ACCEPT


def test_what_is_beside_a_mass_times_zero_has_a_value() -> None:
    assert added_to_integrand(dirac(y), log(S(-1) + y)) == REJECT


def test_an_integral_exists_as_it_is_written() -> None:
    """That of y exists, but none of y and 0 times what has no value, whatever numbers come to."""
    before, after = Integral(y, (y, -1, 1)), Integral(y + 0 * log(y - 2), (y, -1, 1))
    assert status(before, after, "norm_num") == REJECT


def test_what_is_beside_a_derivative_of_a_mass_has_a_value_nearby() -> None:
    assert added_to_integrand(dirac(y, 1), Pow(y, S(1) / 2)) == REJECT
    assert added_to_integrand(dirac(y, 1), exp(y)) == ACCEPT


def test_what_is_known_almost_everywhere_is_not_known_at_a_mass() -> None:
    before, after = (Integral(y / y + t, (y, -1, 1)) for t in (S(1), S(1) + 0 * dirac(y) * (y / y)))
    assert status(before, after, "arithmetic", (0,)) == REJECT
    assert status(before, Integral(y / y + y / y, (y, -1, 1)), "arithmetic", (0,)) == ACCEPT


@pytest.mark.parametrize(
    "function",
    [
        lambda d: Pow(d, 2),
        lambda d: log(exp(d)),
        lambda d: Func("Abs", d),
        lambda d: iverson(Less(0, d)),
        lambda d: exp(-d),
    ],
)
def test_a_function_of_a_mass_has_no_integral(function: Any) -> None:
    line = Integral(function(dirac(x)), (x, -1, 1))
    assert said(line, line, [], (x,)).first == REJECT


def test_an_integral_is_continuous_where_its_integrand_is_so_in_both_names_together() -> None:
    """The integral of x/(x**2 + t**2) over t from 0 to 1 jumps at x = 0, and in each name alone it is continuous."""
    decider, place = Decider(), Context(World(closure((x, y))))
    jumping = Integral((x / y**2) / (1 + (x / y) ** 2), (y, 0, 1))
    for f, lowest in ((jumping, 0), (exp(x * y), 0), (jumping, 1)):
        over = Integral(f.args[0], (y, lowest, 1)) if f is jumping else Integral(f, (y, 0, 1))
        found = decider.decide(term(Continuous(over, x, 0)), place)
        assert (found is None) is (f is jumping and lowest == 0)


@pytest.mark.parametrize(
    ("x_", "assumed", "is_everywhere"),
    [(x, (), True), (real("x", above=0), (), False), (x, (Less(0, x),), False), (index("x", 1, N), (), False)],
)
def test_what_is_continuous_at_any_point_is_so_where_any_is_meant(x_: Any, assumed: Any, is_everywhere: bool) -> None:
    q = density("q")
    statements = (inert(Continuous(q(x_), x_, x_)), *map(inert, assumed))
    world = World(closure((x_, y, q)), statements, names=frozenset((x_.symbol, q.symbol)))
    found = Decider().decide(term(Continuous(q(y), y, -1)), Context(world))
    assert (found is not None) is is_everywhere


# --- what is not real ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        log(exp(I * pi)),
        Pow(Pow(I, 4), S(1) / 2),
        x * log(exp(I * x)),
        dirac(exp(I * x) + 1),
        log(exp(Symbol("z", complex=True))),
    ],
)
def test_what_may_be_no_real_number_has_no_value(line: Any) -> None:
    assert said(line, line, [], (x,), LessEqual(0, Pow(I, 4))).first == REJECT


def test_the_exponential_of_what_is_not_real_is_not_said_to_be_positive() -> None:
    checker, place = Checker(), Context(World())
    for value, is_positive in ((I * pi, False), (pi, True)):
        t = term(exp(value))
        goal = make("Less", (term(0), t))
        assert checker.accepts(goal, kinds.Stated(kinds.Form(t, 0)), place) is is_positive


# --- certificates and names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("of", [ONE, term(x), term(log(x)), term(Sum(1, (x, 1, 3)))])
def test_what_has_no_cases_shows_nothing(of: Term) -> None:
    checker, place = Checker(), Context(World(closure((x,))))
    for goal in (Less(1, 0), Equality(x, 7)):
        assert not checker.accepts(term(goal), kinds.Split(of, ()), place)


def test_a_function_is_one_of_something() -> None:
    with pytest.raises(UnreadableError):
        make("Func", (make("text", (), "Max"),))


def test_a_theorem_that_is_called_like_a_coded_rule_is_none() -> None:
    """What a sum of sums in another order needs not be asked again is asked of 0 times a series."""
    k = Symbol("k")
    theorem = Theorem("series_comm", Equality(a * 0, 0), (a,), (), "", True)
    after = Sum(k, (k, 1, oo)) * 0
    assert said(0, after, [use(theorem, (), term(after), a=term(Sum(k, (k, 1, oo))))], ()).last == REJECT


# --- theorems --------------------------------------------------------------------------------------------------------


def applied(theorem: Theorem, before: Any, after: Any, given: Any, **binding: Any) -> str:
    names = {name: term(value) for name, value in binding.items()}
    return said(before, after, [use(theorem, (), term(after), **names)], given).last


def magnitude(value: Any, relation: Any, *domains: Any) -> Theorem:
    return Theorem("theirs", Equality(Func("Abs", value), relation), domains, (), "")


def test_a_name_behind_what_a_theorem_has_given_stands_for_itself_alone() -> None:
    """The theorem: what is below something negative is the negative of its magnitude."""
    below_zero, above_six = real("s", below=0), real("s", above=6)
    theirs = magnitude(x, -x, real("x", below=below_zero), below_zero)
    assert applied(theirs, Func("Abs", 5), -S(5), (above_six,), x=5) == REJECT
    assert applied(theirs, Func("Abs", 5), -S(5), (above_six,), x=5, s=above_six) == REJECT
    mine = real("r", below=-1)
    assert applied(theirs, Func("Abs", mine), -mine, (mine,), x=mine, s=-1) == ACCEPT


def test_a_name_behind_a_definition_of_a_theorem_stands_for_itself_alone() -> None:
    positive, negative = real("s", above=0), real("s", below=0)
    theirs, mine = define("w", positive), define("w", negative)
    theorem = magnitude(theirs, theirs, theirs, positive)
    assert applied(theorem, Func("Abs", mine), mine, (mine, negative), w=mine) == REJECT
    assert applied(theorem, Func("Abs", theirs), theirs, (theirs, positive), w=theirs) == ACCEPT


def test_a_density_that_is_continuous_stands_for_no_other_one() -> None:
    smooth, other = density("q", continuous=True), density("q")
    lines = Integral(dirac(x - a) * smooth(x), (x, -oo, oo)), smooth(a)
    theorem = Theorem("theirs", Equality(*lines), (smooth, a), (), "")
    assert applied(theorem, *lines, (smooth, a), q=smooth.symbol, a=a) == ACCEPT
    assert applied(theorem, *lines, (other, a), q=other.symbol, a=a) == REJECT


@pytest.mark.parametrize("value", [x, define("w", x**2)])
def test_what_a_theorem_keeps_constant_varies_with_no_name_of_a_derivative(value: Any) -> None:
    theorem = Theorem("theirs", Equality(Derivative(a * x, x), a), (a, x), (), "")
    given = (x, y, *([value] if value is not x else []))
    assert applied(theorem, Derivative(value * x, x), value, given, a=value, x=x) == REJECT
    assert applied(theorem, Derivative(y * x, x), y, given, a=y, x=x) == ACCEPT


def test_what_is_assumed_of_a_definition_is_assumed_of_what_varies() -> None:
    """Of all y whose square is 0 none is 5, and of others 5 is no minimiser."""
    w, claim = define("w", y**2), inert(Minimiser(-(y**2), y, S(5)))
    for fact, is_refused in ((Equality(w, 0), True), (Equality(y, 0), False)):
        world = World(closure((y, w)), (inert(fact),), names=frozenset((y.symbol,)))
        if is_refused:
            with pytest.raises(RejectedError, match="defined by y"):
                reduced(claim, world)
        else:
            assert reduced(claim, world).stated == (inert(Equality(5, 0)),)


# --- files -----------------------------------------------------------------------------------------------------------


def page(start: Any, relation: str, claim: Any, *given: Any) -> Case:
    """Return a page whose second line is the first again, for no reason."""
    world = World(closure(given), names=frozenset(free(inert(start))))
    move = Move(term(start), relation, None, (), (), ())
    return Case("page", world, (term(claim),), (Proof(term(start), (move,)),))


def test_nothing_is_less_than_itself_for_no_reason() -> None:
    found = {r: [f.judgement.status for f in judged_page(page(x, r, Less(x, x), x))] for r in ("<", "<=", ">")}
    assert all(REJECT in said_ for said_ in found.values())
    assert not [f for f in judged_page(page(x, "<=", LessEqual(x, x), x)) if f.judgement.status == REJECT]


def test_a_file_says_of_no_index_that_it_is_in_the_lines_which_is_not() -> None:
    """Of an index that need not exist the range is no fact: here it would say that N is at least 2."""
    m = index("m", 1, N - 1)
    data = to_data(page(N, "=", Equality(N, N), N, m))
    assert from_data(data)
    data["terms"].append(["free", [], ["m", {}]])
    data["world"]["names"].append(len(data["terms"]) - 1)
    with pytest.raises(FormatError, match="is in none"):
        from_data(data)


def test_a_file_has_no_two_names_that_are_written_alike() -> None:
    other = Symbol("x", positive=True)
    claim = Equality(Func("Abs", other), other)
    with pytest.raises(FormatError, match="alike"):
        from_data(to_data(page(x, "=", claim, x)))


def test_a_table_that_is_in_no_line_need_not_exist() -> None:
    """Where K is 1, there are no labels from 1 to K - 1, and no pmf over so many classes."""
    q, y = pmf("q", index("k", 1, K - 1)), labels("y", index("n", 1, N), 1, K - 1)
    given, lines = closure((q, y, define("w", y[1]))), frozenset((K.symbol,))
    assert World(given, names=lines).given == World(closure((K, N))).given
    for one in (q.symbol, y.symbol, Symbol("w")):
        assert len(World(given, names=lines | {one}).given) > 2


def test_a_pmf_that_is_in_no_line_has_no_total() -> None:
    q = pmf("q", index("k", 1, K - 1))
    total = Sum(q[Symbol("k")], (Symbol("k"), 1, K - 1))
    fact = kinds.Stated(kinds.Total(term(total), ()))
    for names in ({K.symbol}, {K.symbol, q.symbol}):
        place = Context(World(closure((K, q)), names=frozenset(names)))
        assert Checker().accepts(term(Equality(total, 1)), fact, place) is (q.symbol in names)
