"""A counterexample can be recomputed from what is printed alone, and there is none that is smaller.

The lines are computed here by a short recursion over rationals and 40 digits, which shares nothing with the checker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Float, Integer, Rational, Symbol

from deltasift import Page, Sum, calc, delta, density, index, labels, log, pmf, positive, real, sizes, step
from deltasift.calc import page_of
from deltasift.check import Counterexample, Report, check
from deltasift.check.checker import page_scope
from deltasift.check.closed import closed_form
from deltasift.check.program import Programs
from deltasift.check.world import World
from deltasift.inert import Add, Delta, Div, Entry, Expectation, Func, Log, Mul, Named, Neg, Node, Pow
from deltasift.line.scope import Scope
from deltasift.pages import load_file
from deltasift.parse import parse
from deltasift.rules import arithmetic

WRONG = sorted(p.stem for p in (Path(__file__).parents[1] / "wrong").glob("*.py"))
NOT_SEMANTIC = {"another_claim", "dirac_for_kronecker"}  # no two lines of theirs differ
Values = Mapping[str, Any]
DIGITS = 40
SMALL = Float(10, DIGITS) ** -35


class Undefined(Exception):
    """There is no value."""


def value(e: Any, at: Values) -> Any:
    """Return an expression at a point: a rational, or a number of 40 digits."""
    if isinstance(e, Rational):
        return e
    if isinstance(e, (Named, Expectation)):
        return value(e.definition, at)
    if isinstance(e, Entry):
        return looked_up(f"{e.table}[{', '.join(str(value(i, at)) for i in e.indices)}]", at)
    if not isinstance(e, Node):
        return looked_up(str(e), at)
    if isinstance(e, Sum):
        body, name, lo, hi = e.args
        ends = range(int(value(lo, at)), int(value(hi, at)) + 1)
        return sum((value(body, {**at, str(name): Integer(i)}) for i in ends), Integer(0))
    if isinstance(e, (Mul, Neg, Div)):
        return product_of(e, at)
    args = [value(a, at) for a in e.args if e.args and not isinstance(e, Func)]
    if isinstance(e, Add):
        return sum(args, Integer(0))
    if isinstance(e, Delta):
        return Integer(int(args[0] == args[1]))
    if isinstance(e, Pow):
        return args[0] ** args[1]
    assert isinstance(e, Log), e
    if args[0] <= 0:
        raise Undefined
    return Integer(0) if args[0] == 1 else sympy.log(args[0]).evalf(DIGITS)


def product_of(e: Node, at: Values) -> Any:
    """Return a product; a delta that is 0 makes it 0, and 0 log 0 is 0 where the 0 is a probability."""
    if isinstance(e, Neg):
        return -value(e.args[0], at)
    if isinstance(e, Div):
        below = value(e.args[1], at)
        if below == 0:
            raise Undefined
        return value(e.args[0], at) / below
    if any(isinstance(a, Delta) and value(a, at) == 0 for a in e.args):
        return Integer(0)
    total: Any = Integer(1)
    for a in e.args:
        total = total * value(a, at)
    return total


def looked_up(name: str, at: Values) -> Any:
    if name not in at:
        raise Undefined(name)
    return at[name]


def read(words: str) -> Any:
    """Return the number that a text says."""
    return value(parse(words).expr, {})


def agrees(printed: str, found: Any) -> bool:
    """Tell whether a printed value is the one that was found."""
    enclosure = re.fullmatch(r"\[(\S+) \+/- (\S+)\]", printed)
    if enclosure:
        return bool(abs(Float(enclosure[1], DIGITS) - found) <= Float(enclosure[2], DIGITS))
    return bool(abs(read(printed) - found) < SMALL)


def recomputed(line: Any, at: Values, printed: str) -> None:
    """Compute a line at a printed point, and compare it with the value that is printed."""
    if printed.startswith("no value"):
        with pytest.raises(Undefined):
            value(line, at)
    else:
        assert agrees(printed, value(line, at)), (str(line), at, printed)


def failed(report: Report) -> Iterator[tuple[tuple[Any, Any], Counterexample]]:
    """Yield the lines of each failed check, through definitions, with its counterexample."""
    scope = page_scope(report.page)
    for line in report.lines:
        for c in line.checks:
            if c.counterexample is not None:
                yield (scope.unfold_all(line.before), scope.unfold_all(line.expr)), c.counterexample


def wrong_page(name: str) -> Page:
    return load_file(Path(__file__).parents[1] / "wrong" / f"{name}.py")


@pytest.mark.parametrize("layer", ["models", "numbers"])
@pytest.mark.parametrize("name", sorted(set(WRONG) - NOT_SEMANTIC))
def test_both_lines_are_recomputed_from_the_printed_values(name: str, layer: str) -> None:
    for (before, after), data in [(p, c.to_dict()) for p, c in failed(check(wrong_page(name), layers=(layer,)))]:
        at = {n: read(v) for n, v in data["values"].items()}
        recomputed(before, at, data["before"])
        recomputed(after, at, data["after"])
        if data["other"] is not None:
            at |= {n: read(v) for n, v in data["other"]["values"].items()}
            recomputed(before, at, data["other"]["before"])
            recomputed(after, at, data["other"]["after"])


def interval(printed: str) -> tuple[Any, Any]:
    """Return the ends of what a printed value can be."""
    enclosure = re.fullmatch(r"\[(\S+) \+/- (\S+)\]", printed)
    middle, radius = enclosure.groups() if enclosure else (printed, "0")
    exact = Rational(middle)
    return exact - Rational(radius), exact + Rational(radius)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("exp(c)", "exp(c) + 1/10**25"),
        ("pi*c", "314159265358979323846264338327950288/10**35*c"),
        ("10**50 + c", "10**50 + c + 1/10**50"),
        ("sqrt(2 + c**2)", "sqrt(2 + c**2) - 1/10**16"),
        ("exp(c)", "2*exp(c)"),
    ],
)
def test_two_values_that_differ_are_printed_so_that_it_is_seen(before: str, after: str) -> None:
    c = real("c")
    page = page_of(calc(parse(before).expr, step(parse(after).expr, by=arithmetic)))
    [(_, found), *_] = failed(check(Page(page.name, "", "", (c,), page.claims, page.proofs)))
    (low, high), (low2, high2) = interval(str(found.before)), interval(str(found.after))
    assert high < low2 or high2 < low


EXPECTED = {
    "sign": "at K = 2, N = 1, q[1] = 1/2, q[2] = 1/2, y[1] = 1: log(2) before, -log(2) after",
    "dropped_factor": "at K = 2, N = 2, q[1] = 1/2, q[2] = 1/2, y[1] = 1, y[2] = 1: log(2) before, 2*log(2) after",
    "swapped_arguments": "p[2] = 1/2, q[1] = 2/3, q[2] = 1/3: log(9/8)/2 before, log(32/27)/3 after",
    "captured_index": "at N = 2, n = 1, f[1, 1] = 0, f[1, 2] = 0, f[2, 2] = 1: 0 before, 1 after",
    "log_of_a_sum": "at a = 1, b = 1: log(2) before, 0 after",
    "wrong_label": "q[1] = 2/3, q[2] = 1/3, y[1] = 1, y[2] = 2: -log(9/2) before, -2*log(3/2) after",
    "zero_over_zero": "at K = 1: no value (a division by 0) before, 1 after",
    "order_by_a_negative": "; at q[1] = 2/3, q[2] = 1/3: log(3/2) before, -log(3/2) after",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_counterexample_is_the_one_a_person_would_give(name: str) -> None:
    assert EXPECTED[name] in "\n".join(check(wrong_page(name)).problems)


@pytest.mark.parametrize("name", sorted(set(WRONG) - NOT_SEMANTIC))
def test_models_and_numbers_find_the_same_counterexample(name: str) -> None:
    found = [str(c) for _, c in failed(check(wrong_page(name)))]
    assert len(set(found)) == 1


@pytest.mark.parametrize("seed", ["1", "2", "3"])
@pytest.mark.parametrize("name", ["sign", "wrong_label", "order_by_a_negative"])
def test_the_counterexample_does_not_depend_on_the_points_that_were_drawn(name: str, seed: str) -> None:
    drawn, again, other = (check(wrong_page(name), layers=("numbers",), seed=s) for s in (seed, seed, ""))
    assert drawn.problems == again.problems
    assert drawn.problems[0].endswith(f" (seed {name}+{seed})")
    assert other.problems[0].endswith(f" (seed {name})")
    assert [c for _, c in failed(drawn)] == [c for _, c in failed(other)]


# --- nothing smaller -------------------------------------------------------------------------------------------------

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, K)
y = labels("y", n, k)
q = pmf("q", k)
a, x, b = real("a", k), real("x"), positive("b")


def grid(size_n: int, size_k: int) -> Iterator[dict[str, Any]]:
    """Yield points of given sizes: every labelling, all that is in it of thirds and quarters, small reals."""
    rows = [
        tuple(Rational(w, d) for w in weights)
        for d in (1, 2, 3, 4)
        for weights in product(range(d + 1), repeat=size_k)
        if sum(weights) == d
    ]
    reals = (Integer(0), Integer(1), Integer(-1), Rational(1, 2))
    for ys in product(range(1, size_k + 1), repeat=size_n):
        for row in rows:
            for values in product(reals, repeat=2):
                yield {
                    "N": Integer(size_n),
                    "K": Integer(size_k),
                    "m": Integer(size_k),
                    "x": values[0],
                    "b": 1 + abs(values[1]),
                    **{f"y[{i}]": Integer(v) for i, v in enumerate(ys, 1)},
                    **{f"q[{i}]": v for i, v in enumerate(row, 1)},
                    **{f"a[{i}]": values[i % 2] for i in range(1, size_k + 1)},
                }


TERMS = [
    Sum(q[k] * a[k], k),
    Sum(Sum(delta(k, y[n]) * a[k], k), n),
    Sum(a[y[n]], n),
    Sum(delta(k, m) * q[k], k),
    Sum(q[y[n]], n),
    Sum(q[k], k) * x,
    a[m] * b,
    N * x,
    K - 1 + 0 * x,
    Sum(1, n) * b,
    x**2,
    q[m],
]


@settings(max_examples=40)
@given(st.lists(st.integers(0, len(TERMS) - 1), min_size=2, max_size=4))
def test_no_smaller_point_refutes(chosen: list[int]) -> None:
    """Of a random wrong line: its counterexample holds, and a grid of points of smaller sizes has none."""
    half = (len(chosen) + 1) // 2
    left = sum((TERMS[i] for i in chosen[1:half]), TERMS[chosen[0]])
    right = sum((TERMS[i] for i in chosen[half + 1 :]), TERMS[chosen[half]])
    page = page_of(calc(left, step(right, by=arithmetic)), (N, K, n, k, m, y, q, a, x, b))
    for (before, after), found in failed(check(page, layers=("models",))):
        at = {name: read(v) for name, v in found.values.items()}
        recomputed(before, at, str(found.before))
        recomputed(after, at, str(found.after))
        met = int(at.get("N", 1)) + int(at.get("K", 1))
        for size_n, size_k in product((1, 2), repeat=2):
            if size_n + size_k < met:
                assert all(value(before, p) == value(after, p) for p in grid(size_n, size_k))


# --- values ----------------------------------------------------------------------------------------------------------


def test_a_density_is_printed_as_a_function() -> None:
    f, t = density("f"), real("t")
    report = check(calc(f(t) + 0, step(f(t) + f(0), by=arithmetic)), layers=("numbers",))
    assert report.problems[0].endswith("at t = 0, f(x) = 1/(2*(1 + Abs(x))**2): 1/2 before, 1 after (seed derivation)")


def test_what_has_no_closed_form_is_enclosed() -> None:
    t = positive("t")
    report = check(calc(log(log(t + 2)), step(t + 0, by=arithmetic)), layers=("numbers",))
    [((before, after), found)] = failed(report)
    assert re.search(r"\[0\.094\d+ \+/- \S+\]", str(found.before))
    assert (found.before.exact, found.before.about) == (None, "0.0940478")
    at = {name: read(v) for name, v in found.values.items()}
    assert agrees(str(found.before), value(before, at))
    assert agrees(str(found.after), value(after, at))


CLOSED: dict[str, tuple[Any, str]] = {
    "one logarithm": (log(2) + log(3) - log(5), "log(6/5)"),
    "a factor": (Rational(2, 5) * log(9), "4*log(3)/5"),
    "a negative one": (log(Rational(1, 2)), "-log(2)"),
    "half": (log(6) / 2 - 1, "-1 + log(6)/2"),
    "a product": (log(2) * log(3) + 1, "1 + log(2)*log(3)"),
    "a square": (-3 * log(2) ** 2, "-3*log(2)**2"),
    "a quotient": (1 / log(2), "1/log(2)"),
    "nothing left": (log(4) - 2 * log(2), "0"),
    "long logarithms": (log(10**6 + 3) + log(10**6 + 33), "log(1000003) + log(1000033)"),
}


@pytest.mark.parametrize(("expr", "expected"), CLOSED.values(), ids=CLOSED)
def test_closed_forms_are_short_and_right(expr: Any, expected: str) -> None:
    found = closed_form(expr, World(), Programs(Scope()))
    assert str(found) == expected
    assert abs(read(str(found)) - value(expr, {})) < SMALL


def test_what_is_no_logarithm_has_no_closed_form() -> None:
    assert closed_form(Func("cos", Integer(1)), World(), Programs(Scope())) is None
    assert closed_form(log(log(Integer(3))), World(), Programs(Scope())) is None
    assert closed_form(Symbol("x") + 0 * log(2), World(), Programs(Scope())) is None
