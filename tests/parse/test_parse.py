"""Reading text: what is written on a page comes back, SymPy's spelling is understood, nothing is evaluated."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import S, Symbol

from deltasift import (
    AverageNLL,
    Derivative,
    Equality,
    ForAll,
    Integral,
    Piecewise,
    Product,
    Sum,
    define,
    delta,
    density,
    dirac,
    exp,
    index,
    iverson,
    labels,
    log,
    parse,
    pmf,
    positive,
    real,
    sizes,
    sqrt,
)
from deltasift.catalogue import page_names
from deltasift.domain import Domain, Labels, Pmf, closure
from deltasift.errors import ParseError
from deltasift.inert import (
    Add,
    And,
    Apply,
    Div,
    Divides,
    Entry,
    Expectation,
    Func,
    IsInteger,
    Less,
    LessEqual,
    Mul,
    Neg,
    Node,
    Not,
    Or,
    Pow,
)
from deltasift.inert.bridge import from_sympy
from deltasift.pages import load

a, b, i, j, k, n, x, K, N = (Symbol(s) for s in ["a", "b", "i", "j", "k", "n", "x", "K", "N"])
f, q, y = (Symbol(s) for s in ["f", "q", "y"])


def handles(page: str) -> dict[str, Domain]:
    loaded = load(page)
    given_ = {d for proof in loaded.proofs for d in proof.given}
    return {d.name: d for d in closure({*loaded.domains, *given_}).values()}


@pytest.mark.parametrize("page", page_names())
def test_every_line_of_a_page_is_read_back(page: str) -> None:
    loaded = load(page)
    names = handles(page)
    for e in (*loaded.claims, *(line for proof in loaded.proofs for line in proof.lines)):
        if any(isinstance(part, Expectation) for part in e.args):
            continue
        read = parse(str(e), names=names).expr
        assert read == e
        assert str(read) == str(e)


NUMBERS = st.integers(-9, 9).map(S) | st.fractions(-3, 3, max_denominator=7).map(
    lambda r: S(r.numerator) / r.denominator
)
LEAVES: st.SearchStrategy[Any] = st.sampled_from([a, b, i, x, K, S.Pi, S.Exp1]) | NUMBERS


def extended(e: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    pair = st.tuples(e, e)
    many = st.lists(e, min_size=2, max_size=3)
    limits = st.tuples(st.sampled_from([k, n]), e, e)
    return st.one_of(
        many.map(lambda parts: Add(*parts)),
        many.map(lambda parts: Mul(*parts)),
        pair.map(lambda p: Div(*p)),
        pair.map(lambda p: Pow(*p)),
        e.map(Neg),
        e.map(log),
        e.map(exp),
        e.map(lambda p: Func("cos", p)),
        e.map(lambda p: Entry(q, p)),
        pair.map(lambda p: Entry(y, *p)),
        e.map(lambda p: Apply(f, p)),
        pair.map(lambda p: delta(*p)),
        e.map(dirac),
        pair.map(lambda p: iverson(LessEqual(*p))),
        st.tuples(e, limits).map(lambda p: Sum(*p)),
        st.tuples(e, limits).map(lambda p: Product(*p)),
        st.tuples(e, limits).map(lambda p: Integral(*p)),
        st.tuples(e, e, e).map(lambda p: Piecewise((p[0], LessEqual(p[1], p[2])), (p[1], S.true))),
    )


@given(st.recursive(LEAVES, extended, max_leaves=12))
def test_what_is_printed_is_read_back(e: Any) -> None:
    from deltasift.parse.grammar import read

    text = str(e) if isinstance(e, Node) else str(Neg(e))
    written = e if isinstance(e, Node) else Neg(e)
    value, _ = read(text, {}, frozenset())
    assert value == written


SPELLINGS = [
    ("Sum(KroneckerDelta(k, y[n])*log(q[k]), (k, 1, K), (n, 1, N))/N",) * 2,
    ("Integral(DiracDelta(x - a)*f(x), (x, -oo, oo))", "Integral(dirac(x - a)*f(x), (x, -oo, oo))"),
    ("DiracDelta(x - a, 1)", "dirac(x - a, 1)"),
    ("Piecewise((1, Eq(i, j)), (0, True))", "Piecewise((1, Equality(i, j)), (0, True))"),
    ("Ge(i, 0)", "0 <= i"),
    ("(1 <= j) & (j <= n)", "And(1 <= j, j <= n)"),
    ("(1 <= j) & (j <= n) & (n < 3)", "And(1 <= j, j <= n, n < 3)"),
    ("~(a < b) | Ne(a, 1)", "Or(Not(a < b), a != 1)"),
    ("Derivative(f(x), (x, 2))", "Derivative(f(x), x, 2)"),
    ("Derivative(f(x), x, x)", "Derivative(Derivative(f(x), x), x)"),
    ("Rational(1, 2)*x", "S(1)/2*x"),
    ("sqrt(x) + ln(x)", "x**(1/2) + log(x)"),
    ("1 <= k <= K", "And(1 <= k, k <= K)"),
    ("LeviCivita(i, j)", "j - i"),
    ("LeviCivita(1, j, k)", "(j - 1)*(k - 1)*(k - j)/2"),
    ("KroneckerDelta(i, j, (1, 3))", "delta(i, j)*iverson(And(1 <= i, i <= 3, 1 <= j, j <= 3))"),
    ("a >= b", "b <= a"),
    ("+a - +b", "a - b"),
    ("2*π", "2*pi"),
]


@pytest.mark.parametrize(("text", "same"), SPELLINGS)
def test_both_spellings_say_the_same(text: str, same: str) -> None:
    assert parse(text).expr == parse(same).expr


def test_sympy_says_the_same() -> None:
    table, label = sympy.IndexedBase("q"), sympy.IndexedBase("y")
    own = sympy.Sum(sympy.KroneckerDelta(k, label[n]) * sympy.log(table[k]), (k, 1, K), (n, 1, N))
    read = parse("Sum(KroneckerDelta(k, y[n])*log(q[k]), (k, 1, K), (n, 1, N))").expr
    assert isinstance(read, Node)
    assert read.to_sympy() == from_sympy(own).to_sympy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-1/N*x", Mul(Div(-1, N), x)),
        ("-x/N", Div(Neg(x), N)),
        ("-2**x", Neg(Pow(2, x))),
        ("2**-x", Pow(2, Neg(x))),
        ("2**x**a", Pow(2, Pow(x, a))),
        ("a - b - x", Add(a, Neg(b), Neg(x))),
        ("(a - b) - x", Add(Add(a, Neg(b)), Neg(x))),
        ("a - (b - x)", Add(a, Neg(Add(b, Neg(x))))),
        ("a*b*x", Mul(a, b, x)),
        ("(a*b)*x", Mul(Mul(a, b), x)),
        ("a/b/x", Div(Div(a, b), x)),
        ("a/b*x", Mul(Div(a, b), x)),
        ("-(1)", Neg(1)),
        ("-1", S(-1)),
        ("S(1)/2", S(1) / 2),
        ("1/2", Div(1, 2)),
        ("a*-b", Mul(a, Neg(b))),
        ("Sum(f(i), (i, 1, 2), (j, 1, i))", Sum(Sum(Apply(f, i), (i, 1, 2)), (j, 1, i))),
        ("ForAll(f(i) > 0, (i, 1, K))", ForAll(Less(0, Apply(f, i)), (i, 1, K))),
        ("Derivative(f(x), x)", Derivative(Apply(f, x), x)),
        ("Eq(sqrt(x), 1)", Equality(sqrt(x), 1)),
        ("Or(a < b, Not(a < b))", Or(Less(a, b), Not(Less(a, b)))),
        ("And(Divides(2, a), IsInteger(b))", And(Divides(2, a), IsInteger(b))),
    ],
    ids=str,
)
def test_precedence_is_that_of_python(text: str, expected: Any) -> None:
    assert parse(text).expr == expected


def test_declared_names_bring_their_ranges_and_themselves() -> None:
    N_, K_ = sizes("N K")
    n_, k_ = index("n", 1, N_), index("k", 1, K_)
    y_, q_ = labels("y", n_, k_), pmf("q", k_)
    p_ = define(r"\hat p", k_, Sum(delta(k_, y_[n_]), n_) / N_)
    names: dict[str, Domain] = {d.name: d for d in (N_, K_, n_, k_, y_, q_, p_)}
    read = parse("Sum(delta(k, y[n])*log(q[k]), k)", names=names)
    expected = Sum(delta(k_, y_[n_]) * log(q_[k_]), k_)
    assert read.expr == expected
    assert read.expr.given == expected.given
    assert set(read.domains) == {k_, y_, n_, q_}
    assert parse("AverageNLL(q, y)", names=names).expr == AverageNLL(q_, y_)
    assert parse(r"Sum(\hat p[k], k)", names=names).expr == Sum(p_[k_], k_)
    with pytest.raises(ParseError, match="q has 1 indices, not 2"):
        parse("q[k, n]", names=names)


def test_a_declared_name_is_what_it_was_declared_even_where_it_is_a_head() -> None:
    E_, g = real("E"), density("sin")
    assert parse("E + 1", names={"E": E_}).expr == E_ + 1
    assert parse("sin(E)", names={"E": E_, "sin": g}).expr == g(E_)
    assert parse("beta + gamma", declare={"beta": "positive", "gamma": "real"}).domains == (
        positive("beta"),
        real("gamma"),
    )


# --- typing -----------------------------------------------------------------------------------------------------------


def kinds(text: str, **declare: str) -> dict[str, str]:
    return {t.name: t.kind for t in parse(text, declare=declare).types}


def test_names_are_typed_by_their_use() -> None:
    assert kinds("Sum(KroneckerDelta(k, y[n])*log(q[k])*c, (k, 1, K), (n, 1, N))/N + f(u)") == {
        "k": "integer",
        "y": "table of integers",
        "n": "integer",
        "q": "table of reals",
        "c": "real",
        "K": "integer",
        "N": "integer",
        "f": "function",
        "u": "real",
    }


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("q[m + 1]", "m", "integer"),
        ("q[y[n]]", "y", "table of integers"),
        ("q[2*z[n] - 1]", "z", "table of integers"),
        ("delta(m, 3)", "m", "integer"),
        ("delta(2*m + 1, 3)", "m", "integer"),
        ("Sum(x, (i, lo, hi))", "lo", "integer"),
        ("Integral(f(u), (u, 0, c))", "c", "real"),
        ("Integral(f(u), (u, 0, c))", "u", "real"),
        ("delta(g(m), 1)", "m", "real"),
        ("delta(Abs(m - 1), 0)", "m", "integer"),
        ("beta*x", "beta", "real"),
        ("eta(x)", "eta", "function"),
    ],
)
def test_typing_by_use(text: str, name: str, kind: str) -> None:
    assert kinds(text)[name] == kind


def test_the_typing_is_printed_with_its_reason() -> None:
    assert [str(t) for t in parse("Sum(q[k], (k, 1, K))").types] == [
        "q: table of reals (subscripted)",
        "k: integer (the bound name of a sum or product)",
        "K: integer (a bound of a sum or product)",
    ]


def test_what_is_declared_overrides_the_use() -> None:
    text = "Sum(KroneckerDelta(k, y[n])*log(q[k]), (k, 1, K), (n, 1, N))"
    read = parse(text, declare={"y": "labels(1, K)", "q": "pmf", "K": "size"})
    found = {d.name: d for d in read.domains}
    assert isinstance(found["y"], Labels)
    assert (found["y"].lo, found["y"].hi) == (1, K)
    assert isinstance(found["q"], Pmf)
    assert found["q"].classes.limit == (k, 1, K)
    assert {t.name: t.kind for t in read.types}["y"] == "labels(1, K)"


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("Summ(x, (i, 1, 2))", 1, "there is no Summ; did you mean Sum?"),
        ("1 + KroneckerDelt(i, j)", 5, "did you mean KroneckerDelta?"),
        ("1 + zoo", 5, "zoo is no number: it is SymPy's mark of a division by 0"),
        ("nan[2]", 1, "nan is no number"),
        ("a^b", 2, "a power is written **"),
        ("x = 3", 3, "an equality is written Eq(a, b)"),
        ("f(x", 4, "the text ends too early"),
        ("x +", 4, "the text ends too early"),
        ("1.5*x", 2, "a decimal is not exact"),
        ("a % b", 3, "Mod(a, b)"),
        ("a − b", 3, "the minus sign is -"),
        ("q[k][n]", 5, "an entry is written q[n, k]"),
        ("x y", 3, "'y' does not fit here"),
        ("x)", 2, "')' does not fit here"),
        ("", 1, "the text is empty"),
        ("Sum(f(i))", 1, "Sum takes at least 2 arguments, not 1"),
        ("1 + log()", 5, "log takes 1 arguments, not 0"),
        ("Sum(f(i), i)", 1, "is not a range"),
        ("Sum(f(i), (2, 1, 3))", 1, "2 cannot be bound"),
        ("Sum + 1", 1, "Sum needs arguments"),
        ("KL(p, q)", 1, "KL needs names that are declared"),
        ("q + q[1]", 5, "q is used as a table and as a number"),
        ("f(1) + f[1]", 1, "f is used as a table and as a function"),
        ("q[1] + q[1, 2]", 1, "different numbers of arguments"),
        ("a and b", 3, "does not fit here"),
        ("(a, b)", 1, "a list of parts is no expression"),
        ("1 + " + "9" * 5000, 5, "an integer of 5000 digits"),
        ("(a, b) + 1", None, "a list of parts is no expression"),
        ("(a < b) + 1", None, "true or false and no number"),
        ("(a < b) < c", None, "true or false and no number"),
        ("a & b", None, "a is neither true nor false"),
        ("1 + Sum(a < b, (k, 1, 2))", 5, "Sum takes numbers, and a < b is true or false"),
        ("log(a < b)", 1, "log takes numbers"),
        ("And(a, b)", 1, "a is neither true nor false"),
        ("1 +\n 2 $ 3", 4, "does not fit here"),
    ],
)
def test_an_error_has_its_column_and_one_line(text: str, column: int | None, message: str) -> None:
    with pytest.raises(ParseError) as error:
        parse(text)
    assert message in str(error.value)
    assert error.value.column == column
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "declare", "message"),
    [
        ("x + 1", {"x": "reel"}, "did you mean real"),
        ("x + 1", {"x": "matrix[3]"}, "there is no kind matrix"),
        ("x + 1", {"X": "real"}, "X is declared and does not occur; did you mean x|X is declared and does not occur"),
        ("x + 1", {"x": "pmf"}, "has no entries"),
        ("q[1]", {"q": "pmf"}, "no sum gives the range"),
        ("q[1]", {"q": "size"}, "declared as a size, and used as a table"),
    ],
)
def test_a_wrong_declaration_is_explained(text: str, declare: dict[str, str], message: str) -> None:
    with pytest.raises(ParseError, match=message):
        parse(text, declare=declare)


HOSTILE = [
    "__import__('os').system('touch pwned')",
    "().__class__.__bases__[0].__subclasses__()",
    "lambda: 0",
    "f'{x}'",
    "exec('1')",
    "open('/etc/passwd').read()",
    "x; y",
    "x if y else z",
    "[x for x in y]",
    "{1: 2}",
    "x := 1",
    "\x00",
    "x\\",
    "9" * 99_999 + "[",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_an_error_and_nothing_else(text: str) -> None:
    with pytest.raises(ParseError):
        parse(text)


@given(st.text(alphabet="abqxSumKroneckrDlt01+-*/()[],<>=&|~ \\{}'\"._^%", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    said = ""
    try:
        parse(text)
    except ParseError as error:
        said = str(error)
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("(" * 5000 + "x" + ")" * 5000, 0),
        ("-" * 5000 + "x", 5000),
        ("log(" * 5000 + "x" + ")" * 5000, 5000),
        ("x**" * 5000 + "x", 5000),
        ("+".join(["x"] * 20_000), 1),
    ],
    ids=["parentheses", "signs", "calls", "powers", "terms"],
)
def test_no_nesting_is_too_deep(text: str, size: int) -> None:
    from deltasift.inert.visit import depth

    assert depth(parse(text).expr) == size


def test_a_text_may_be_too_long() -> None:
    with pytest.raises(ParseError, match="100001 characters"):
        parse("x" * 100_001)


def test_the_grammar_is_loaded_when_it_is_used() -> None:
    code = "import deltasift.parse, sys; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
