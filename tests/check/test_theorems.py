"""A page's result used by another: every hypothesis of its page is a condition, and every assumption is inherited."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift import (
    Integral,
    Sum,
    calc,
    define,
    delta,
    density,
    exp,
    index,
    iverson,
    known,
    labels,
    log,
    pmf,
    positive,
    real,
    sizes,
    step,
)
from deltasift.calc import Derivation, assuming
from deltasift.check import Report, check
from deltasift.errors import PageError
from deltasift.inert import Equality, Func, Less, LessEqual, Mul, Neg
from deltasift.rule import Theorem
from deltasift.rules import arithmetic, sum_congr

HEAD = """from sympy import S, Symbol
from deltasift import *
from deltasift.rules import *
from deltasift.inert import Equality, Func, Less, LessEqual
"""
PAGES = {
    "labels": """
N = sizes("N"); n = index("n", 1, N); y = labels("y", n, 0, 1)
claim = Equality(Sum(delta(y[n], 1), n), Sum(y[n], n))
proof = calc(Sum(delta(y[n], 1), n), step(Sum(y[n], n), by=delta_one))
""",
    "size": """
N, u = sizes("N"), real("u")
claim = Equality(iverson(LessEqual(1, N)) * u, u)
proof = calc(iverson(LessEqual(1, N)) * u, step(1 * u, by=bracket_true), step(u, by=arithmetic))
""",
    "real": """
z, u = real("z"), real("u")
claim = Equality(u * (z - z), u * 0)
proof = calc(u * (z - z), step(u * 0, by=arithmetic))
""",
    "bounded": """
z = real("z", above=0, below=1)
claim = Equality(Func("Max", z, 0), z)
proof = calc(Func("Max", z, 0), step(z, by=max_of_le))
""",
    "table": """
N = sizes("N"); n = index("n", 1, N); z = real("z", n)
claim = Equality(Sum(z[n] - z[n], n), Sum(S(0), n))
proof = calc(Sum(z[n] - z[n], n), step(Sum(S(0), n), by=arithmetic))
""",
    "positive_table": """
N = sizes("N"); n = index("n", 1, N); z = positive("z", n)
claim = Equality(Sum(Func("Max", z[n], 0), n), Sum(z[n], n))
proof = calc(Sum(Func("Max", z[n], 0), n), step(Sum(z[n], n), by=max_of_le))
""",
    "free_index": """
N = sizes("N"); n = index("n", 1, N)
claim = Equality(Func("Max", n, 1), n)
proof = calc(Func("Max", n, 1), step(n, by=max_of_le))
""",
    "pmf": """
K = sizes("K"); k = index("k", 1, K); q = pmf("q", k)
claim = Equality(iverson(Equality(Sum(q[k], k), 1)), S(1))
proof = calc(iverson(Equality(Sum(q[k], k), 1)), step(1, by=bracket_true))
""",
    "density": """
f = density("f", positive=True); x = real("x")
claim = Equality(iverson(Less(0, f(x))), S(1))
proof = calc(iverson(Less(0, f(x))), step(1, by=bracket_true))
""",
    "exchange": """
N = sizes("N"); n, m = index("n", 1, N), index("m", 1, N); x = real("x", n, m)
claim = Equality(Sum(Sum(x[n, m], m), n), Sum(Sum(x[n, m], n), m))
proof = calc(claim.lhs, step(claim.rhs, by=sum_comm))
""",
    "assumes": """
K = sizes("K")
claim = Equality(iverson(LessEqual(2, K)), S(1))
proof = calc(iverson(LessEqual(2, K)), step(1, by=[assuming(LessEqual(2, K)), bracket_true]))
""",
    "assumes_of_a_real": """
x, y = real("x"), real("y")
claim = Equality(log(x * y), log(x) + log(y))
proof = calc(log(x * y), step(log(x) + log(y), by=[log_mul, assuming(0 < x, 0 < y)]))
""",
    "assumes_of_another": """
x, y = real("x"), real("y")
claim = Equality(iverson(Less(0, y)), S(1))
proof = calc(iverson(Less(0, y)), step(1, by=[assuming(0 < x, x < y), bracket_true]))
""",
    "empty_index": """
K = sizes("K"); j = index("j", 1, K - 1); u = real("u")
claim = Equality(u * (K + 1), u * K + u)
proof = calc(u * (K + 1), step(u * (K + 1) + j - j, by=arithmetic), step(u * K + u, by=arithmetic))
""",
    "between": """
a, b = real("a"), real("b"); x = real("x", above=a, below=b)
claim = Equality(a * (b + 1), a * b + a)
proof = calc(a * (b + 1), step(a * (b + 1) + x - x, by=arithmetic), step(a * b + a, by=arithmetic))
""",
    "definition": """
K = sizes("K"); k = index("k", 1, K); a, z = real("a"), real("z"); p = define("p", k, a * z)
claim = Equality(Sum(p[k], k), Sum(a * z, k))
proof = calc(Sum(p[k], k), step(Sum(a * z, k), by=definition))
""",
    "wrong_in_models": """
k = Symbol("k"); N = sizes("N")
claim = Equality(Sum(S(1), (k, 1, N)), N + 1)
proof = calc(Sum(S(1), (k, 1, N)), step(N + 1, by=sum_const))
""",
}


@pytest.fixture
def theorem(tmp_path: Path):
    def of(name: str) -> Theorem:
        file = tmp_path / f"{name}.py"
        if not file.exists():
            file.write_text(f'"""T."""\n{HEAD}{PAGES[name]}', encoding="utf-8")
        return known(str(file))

    return of


def structure(proof: Derivation) -> Report:
    return check(proof, layers=("structure",))


M, N, K, L = sizes("M N K L")
n, k, m = index("n", 1, N), index("k", 1, K), Symbol("m")
x, a, b, c = real("x"), real("a"), real("b"), positive("c")
r, y, w = real("r", n, above=0, below=1), labels("y", n, 0, 1), labels("w", n, 0, 2)
late, hidden = iverson(LessEqual(12, N)), 1 / (N - 20)
q, g = pmf("q", k), positive("g", k)
half, void = define("half", n, r[n] * late), define("void", n, hidden)
f, f0 = density("f", positive=True), density("f_0")
v, t = Symbol("v"), Symbol("t")
pairs, other = real("s", n, n), real("o", n)


def maximum(e: object, bound: object = 0) -> Basic:
    return Func("Max", e, bound)


# each with the theorem, the line before, the line after, and whether it follows
USES = [
    ("labels", Sum(delta(y[n], 1), n), Sum(y[n], n), True),
    ("labels", Sum(delta(r[n], 1), n), Sum(r[n], n), False),
    ("labels", Sum(delta(half[n], 1), n), Sum(half[n], n), False),
    ("labels", Sum(delta(w[n], 1), n), Sum(w[n], n), False),
    ("labels", Sum(delta(g[k], 1), k), Sum(g[k], k), False),
    ("size", iverson(LessEqual(1, M + N)) * a, a, True),
    ("size", iverson(LessEqual(1, a)) * b, b, False),
    ("size", iverson(LessEqual(1, N - 1)) * b, b, False),
    ("size", iverson(LessEqual(1, N / 2)) * b, b, False),
    ("size", iverson(LessEqual(1, 1 + late)) * b, b, True),
    ("size", iverson(LessEqual(1, N)) * hidden, hidden, False),
    ("real", c * (a - a), c * 0, True),
    ("real", c * (hidden - hidden), c * 0, False),
    ("real", c * (log(a) - log(a)), c * 0, False),
    ("real", c * (1 / c - 1 / c), c * 0, True),
    ("real", log(a) * (c - c), log(a) * 0, False),
    ("real", Integral(1 / (v - a), (v, 0, 1)) * (c - c), Integral(1 / (v - a), (v, 0, 1)) * 0, False),
    ("bounded", maximum(r[1]), r[1], True),
    ("bounded", maximum(c), c, False),
    ("bounded", maximum(a), a, False),
    ("bounded", maximum(r[N + 1]), r[N + 1], False),
    ("table", Sum(other[n] - other[n], n), Sum(S(0), n), True),
    ("table", Sum(void[n] - void[n], n), Sum(S(0), n), False),
    ("table", Sum(other[m] - other[m], (m, 1, N + 1)), Sum(S(0), (m, 1, N + 1)), False),
    ("table", Sum(other[m] - other[m], (m, 0, N)), Sum(S(0), (m, 0, N)), False),
    ("table", Sum(half[n] - half[n], n), Sum(S(0), n), True),
    ("positive_table", Sum(maximum(g[k]), k), Sum(g[k], k), True),
    ("positive_table", Sum(maximum(q[k]), k), Sum(q[k], k), False),
    ("positive_table", Sum(maximum(other[n]), n), Sum(other[n], n), False),
    ("positive_table", Sum(maximum(g[m]), (m, 1, K + late)), Sum(g[m], (m, 1, K + late)), False),
    ("free_index", Sum(maximum(n, 1), n), Sum(n, n), True),
    ("free_index", maximum(N, 1), N, True),
    ("free_index", Sum(maximum(m, 1), (m, 1 - late, N)), Sum(m, (m, 1 - late, N)), False),
    ("free_index", Sum(maximum(n.symbol, 1), (n.symbol, 0, N)), Sum(n.symbol, (n.symbol, 0, N)), False),
    ("free_index", Integral(maximum(n.symbol, 1), (n.symbol, 0, 1)), Integral(n.symbol, (n.symbol, 0, 1)), False),
    ("free_index", maximum(a, 1), a, False),
    ("pmf", iverson(Equality(Sum(q[k], k), 1)), S(1), True),
    ("pmf", iverson(Equality(Sum(g[k], k), 1)), S(1), False),
    ("pmf", iverson(Equality(Sum(q[m], (m, 1, K - 1)), 1)), S(1), False),
    ("pmf", iverson(Equality(Sum(q[m], (m, 1, L)), 1)), S(1), False),
    ("density", iverson(Less(0, f(a))), S(1), True),
    ("density", iverson(Less(0, f0(a))), S(1), False),
    ("density", iverson(Less(0, define("h", x, exp(x))(a))), S(1), False),
    ("exchange", Sum(Sum(pairs[n, m], (m, 1, N)), n), Sum(Sum(pairs[n, m], n), (m, 1, N)), True),
    ("exchange", Sum(Sum(pairs[v, v], (v, 1, N)), (v, 1, N)), Sum(Sum(pairs[v, t], (v, 1, N)), (t, 1, N)), False),
    ("exchange", Sum(Sum(pairs[v, t], (t, 1, N)), (v, 1, M)), Sum(Sum(pairs[v, t], (v, 1, M)), (t, 1, N)), False),
]


@pytest.mark.parametrize(("name", "before", "after", "follows"), USES, ids=str)
def test_what_a_page_says_of_its_names_must_hold_of_what_stands_for_them(
    theorem,
    name: str,
    before: Basic,
    after: Basic,
    follows: bool,
):
    report = structure(calc(before, step(after, by=theorem(name))))
    assert report.ok is follows, report.problems
    assert not structure(calc(after, step(before, by=theorem(name).reversed))).ok or follows
    assert not structure(calc(after, step(before, by=theorem(name)))).ok or follows


def minus(e: object) -> Basic:
    return Mul(-1, e)


# each with the theorem, the line before and the line after, of which one is what the page says in another dress
DRESSED = [
    ("table", Sum(Neg(minus(minus(other[n]) + other[n])), n), Sum(S(0), n)),
    ("real", minus(minus(c)) * Neg(a - a), Neg(c * 0)),
    ("real", c * b * (a - a), b * c * 0),
    ("positive_table", Sum(Neg(minus(maximum(Neg(minus(g[k]))))), k), Sum(g[k], k)),
    ("definition", Sum(define("p", k, minus(minus(x)) * a)[k], k), Sum(a * x, k)),
    ("exchange", Sum(Neg(minus(Sum(minus(Neg(pairs[n, m])), (m, 1, N)))), n), Sum(Sum(pairs[n, m], n), (m, 1, N))),
    ("labels", Sum(minus(Neg(delta(y[n], 1))), n) * c, c * Sum(y[n], n)),
]


@pytest.mark.parametrize(("name", "before", "after"), DRESSED, ids=str)
def test_a_theorem_is_used_in_any_dress(theorem, name: str, before: Basic, after: Basic) -> None:
    of = theorem(name)
    assert structure(calc(before, step(after, by=of))).ok
    assert structure(calc(after, step(before, by=of.reversed))).ok
    assert not structure(calc(before, step(Neg(after), by=of))).ok or after == Neg(c * 0)


# --- what is assumed --------------------------------------------------------------------------------------------------


def test_an_assumption_is_inherited_whatever_wraps_the_theorem(theorem) -> None:
    two = iverson(LessEqual(2, M))
    assumes = theorem("assumes")
    nested = calc(Sum(two, n), step(Sum(1, n), by=sum_congr(assumes)))
    twice = calc(Sum(two, n), step(nested, by=sum_congr(assumes)))
    for proof in (
        calc(two, step(1, by=assumes)),
        calc(a * two, step(a * 1, by=assumes)),
        calc(S(1), step(two, by=assumes.reversed)),
        nested,
        calc(Sum(two, n), step(calc(Sum(two, n), step(Sum(1, n), by=assumes)), by=assumes)),
        twice,
        calc(two * a, step(1 * a + 0 * a, by=[assumes, arithmetic])),
    ):
        report = structure(proof)
        assert report.ok, report.problems
        assert [str(s) for s in report.assumptions] == ["2 <= M"]


def test_an_assumption_about_an_index_is_one_about_all_of_its_range(theorem) -> None:
    report = structure(calc(Sum(log(a * n), n), step(Sum(log(a) + log(n), n), by=theorem("assumes_of_a_real"))))
    assert report.ok
    assert [str(s) for s in report.assumptions] == ["0 < a", "ForAll(0 < n, (n, 1, N))"]


def test_of_the_variable_of_an_integral_nothing_is_assumed_but_proved(theorem) -> None:
    whole = calc(
        Integral(log(a * v), (v, 0, 1)), step(Integral(log(a) + log(v), (v, 0, 1)), by=theorem("assumes_of_a_real"))
    )
    assert any("needs 0 < v" in p for p in structure(whole).problems)
    away = calc(
        Integral(log(a * v), (v, 1, 2)), step(Integral(log(a) + log(v), (v, 1, 2)), by=theorem("assumes_of_a_real"))
    )
    report = structure(away)
    assert report.ok
    assert [str(s) for s in report.assumptions] == ["0 < a"]


def test_what_is_assumed_of_a_name_that_the_claim_does_not_mention_is_said(theorem) -> None:
    with pytest.raises(PageError, match="says nothing of x, of which it assumes"):
        theorem("assumes_of_another")


# --- what is dropped --------------------------------------------------------------------------------------------------


def test_an_index_that_the_claim_does_not_mention_must_have_a_value(theorem) -> None:
    of = theorem("empty_index")
    report = structure(calc(a * (K + 1), step(a * K + a, by=of)))
    assert [p for p in report.problems if "needs 1 <= K - 1" in p]
    enough = calc(a * (K + 1), step(a * K + a, by=[of, assuming(LessEqual(2, K))]))
    assert structure(enough).ok


def test_a_real_that_the_claim_does_not_mention_must_have_room(theorem) -> None:
    report = structure(calc(a * (b + 1), step(a * b + a, by=theorem("between"))))
    assert [p for p in report.problems if "needs a < b" in p]


# --- definitions and binders ------------------------------------------------------------------------------------------


def test_a_definition_of_the_theorem_is_the_one_of_the_page(theorem) -> None:
    z = real("z")
    mine, another = define("p", k, a * z), define("p", k, a + z)
    of = theorem("definition")
    assert structure(calc(Sum(mine[k], k), step(Sum(a * z, k), by=of))).ok
    assert not structure(calc(Sum(another[k], k), step(Sum(a * z, k), by=of))).ok
    captured = Sum(Sum(mine[k], k), (z.symbol, 1, 2))
    assert not structure(calc(captured, step(Sum(Sum(a * z, k), (z.symbol, 1, 2)), by=of))).ok


# --- which page -------------------------------------------------------------------------------------------------------


def test_a_page_that_a_check_refuses_is_no_theorem(theorem) -> None:
    with pytest.raises(PageError, match="is wrong, so nothing follows from it"):
        theorem("wrong_in_models")


def test_all_ways_of_checking_have_run_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from deltasift import pages

    asked: list[object] = []
    monkeypatch.setattr(pages, "check", lambda page, **how: (asked.append(how), check(page, **how))[1])
    file = tmp_path / "real.py"
    file.write_text(f'"""T."""\n{HEAD}{PAGES["real"]}', encoding="utf-8")
    known(str(file))
    assert asked == [{"progress": None}]


def test_a_page_is_known_by_what_is_in_it_and_in_those_that_it_uses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, middle = tmp_path / "base.py", tmp_path / "middle.py"
    right, wrong = (
        f"claim = Equality(z + z, {i} * z)\nproof = calc(z + z, step({i} * z, by=arithmetic))\n" for i in (2, 3)
    )
    base.write_text(f'"""T."""\n{HEAD}z = real("z")\n{right}', encoding="utf-8")
    middle.write_text(
        f'"""T."""\n{HEAD}u = real("u")\nclaim = Equality(1 + (u + u), 1 + 2 * u)\n'
        f"proof = calc(1 + (u + u), step(1 + 2 * u, by=known({str(base)!r})))\n",
        encoding="utf-8",
    )
    assert known(str(middle)).name == "middle"
    times = base.stat().st_atime, base.stat().st_mtime
    base.write_text(base.read_text(encoding="utf-8").replace("2 * z", "3 * z"), encoding="utf-8")
    os.utime(base, times)
    for file in (base, middle):
        with pytest.raises(PageError):
            known(str(file))
    base.write_text(base.read_text(encoding="utf-8").replace("3 * z", "2 * z"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert known("middle.py").name == "middle"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "middle.py").write_text(f'"""T."""\n{HEAD}z = real("z")\n{wrong}', encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    with pytest.raises(PageError):
        known("middle.py")
