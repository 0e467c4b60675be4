"""Whatever stands on the command line is read as mathematics or refused in one line; nothing of it is run as code."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deltasift.cli import main
from deltasift.errors import DeltasiftError, ParseError
from deltasift.inert import Node
from deltasift.inert.magnitude import DEEPEST, MOST_PARTS
from deltasift.parse import LONGEST, parse
from deltasift.parse.grammar import DIGITS


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


CODE = [
    "__import__('os').system('touch {mark}')",
    "open('{mark}', 'w')",
    "(lambda: open('{mark}', 'w'))()",
    "exec(\"open('{mark}','w')\")",
    "[open('{mark}', 'w') for x in (1,)]",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "f'{{open(1)}}'",
    "S('open(1)')",
    "sympify('1')",
    "eval(x)",
    "globals()",
    "Symbol('x')",
    "x if y else z",
    "x := 1",
    "*x",
    "**x",
    "$(touch {mark})",
    "`touch {mark}`",
    "; touch {mark}",
    "\\input{{/etc/passwd}}",
    "%s%s%n",
    "\x00",
    "\x1b[2J",
    "\u202ex",
    "‮x",
    "x" * 50_000,
    "\N{FULLWIDTH LATIN SMALL LETTER X}",
]


@pytest.mark.parametrize("text", CODE, ids=lambda t: ascii(t[:24]))
def test_code_is_no_mathematics(capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str) -> None:
    mark = tmp_path / "ran"
    hostile = text.format(mark=mark) if "{" in text else text
    for command in (
        ["collapse", "--", hostile],
        ["collapse", "--fact", hostile, "--", "Sum(q[k], (k, 1, K))"],
        ["collapse", "--declare", f"K: {hostile}", "--", "Sum(q[k], (k, 1, K))"],
        ["collapse", "--undecided", hostile, "--", "x"],
        ["collapse", "--format", hostile, "--", "x"],
        ["show", "average_or_sum", "--notation", hostile],
        ["show", "--", hostile],
        ["why", "--", hostile],
        ["check", "--seed", hostile, "--", hostile],
    ):
        code, out, err = run(capsys, *command)
        assert code in (0, 2)
        assert not mark.exists()
        assert "Traceback" not in err
        assert "\x1b" not in err + out
        if code == 2:
            assert (err or out).count("\n") == 1
            assert len(err) < 700


LARGE = {
    "a tower": ("10**10**10", "10**10000000000 has more than 4000 digits"),
    "a tower in a range": ("Sum(KroneckerDelta(k, m), (k, 1, 10**10**10))", "has more than 4000 digits"),
    "a long number": ("9" * 100_000, f"at most {DIGITS} are read"),
    "a long text": ("x + " * 30_000 + "x", f"and {LONGEST} are read"),
    "many terms": ("+".join(["x"] * 20_000), f"and at most {MOST_PARTS} are worked on"),
    "many parentheses": ("(" * 40_000 + "x" + ")" * 40_000, ""),
    "many unclosed parentheses": ("(" * 90_000, "the text ends too early"),
    "nested logarithms": ("log(" * 5_000 + "x" + ")" * 5_000, f"at most {DEEPEST} is worked on"),
    "nested entries": ("y[" * 1_000 + "x" + "]" * 1_000, f"at most {DEEPEST} is worked on"),
    "many signs": ("-" * 5_000 + "x", f"at most {DEEPEST} is worked on"),
    "a tower of names": ("**".join(["x"] * 20_000), "are worked on"),
    "divisions": ("/".join(["x"] * 5_000), f"at most {DEEPEST} is worked on"),
    "a chain": ("<".join(["x"] * 20_000), "are worked on"),
    "many sums": (f"Sum(x, {', '.join(f'(k{i}, 1, K)' for i in range(2_000))})", f"at most {DEEPEST} is worked on"),
    "a factorial": ("factorial(10**9)", "it is evaluated up to 1000"),
    "a high power of deltas": ("Integral(DiracDelta((x + 1)**100000 - 1), (x, 0, 1))", "of a polynomial of degree"),
    "a fact": ("x", ""),
    "a long fact": ("x", "are worked on"),
}
FACTS = {"a fact": "x > 10**10**10", "a long fact": "<".join(["x"] * 20_000)}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large_is_refused_in_one_line(capsys: pytest.CaptureFixture[str], name: str) -> None:
    text, message = LARGE[name]
    fact = ["--fact", FACTS[name]] if name in FACTS else []
    code, _, err = run(capsys, "collapse", *fact, "--", text)
    assert message in err
    assert code == (2 if message else 0)
    assert err.count("\n") == int(code == 2)
    assert len(err) < 700


# --- any text at all -------------------------------------------------------------------------------------------------

TOKENS = """
    x y k n N K q a f y[ q[ Sum( Product( Integral( KroneckerDelta( DiracDelta( log( exp( Piecewise( ForAll( iverson(
    Derivative( Eq( And( Not( S( E( Mod( floor( binomial( ( ) ] , + - * / ** <= < >= == != & | ~ = ^ . : ; ' " \\ \\hat
    { } 0 1 2 10 oo pi I True __import__ lambda eval
"""
LEAVES = ["0", "1", "2", "-1", "7", "oo", "pi", "x", "k", "n", "N", "K", "y[n]", "q[k]", "f(x)", "1/2"]
soup = st.lists(st.sampled_from(TOKENS.split()), max_size=24).map(" ".join)
anything = st.text(max_size=60)
numbers = st.sampled_from(LEAVES)
facts = st.one_of(st.none(), st.sampled_from(["1 <= y[n]", "x > 0"]), soup)


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "/", "**"])
    heads = st.sampled_from(["KroneckerDelta", "Max", "Mod", "binomial"])
    calls = st.sampled_from(["log", "exp", "floor", "factorial", "DiracDelta", "Abs", "gamma", "sqrt"])
    binders = st.sampled_from(["Sum", "Product", "Integral"])
    return st.one_of(
        st.builds("({}{}{})".format, inner, operators, inner),
        st.builds("{}({}, {})".format, heads, inner, inner),
        st.builds("{}({})".format, calls, inner),
        st.builds("{}({}, ({}, {}, {}))".format, binders, inner, st.sampled_from("knx"), inner, inner),
        st.builds("Piecewise(({}, {} < {}), ({}, True))".format, inner, inner, inner, inner),
    )


expressions = st.recursive(numbers, grown, max_leaves=10)


def refusal(text: str) -> DeltasiftError | None:
    """Return why a text is no expression, None where it is one."""
    try:
        expr = parse(text).expr
    except DeltasiftError as error:
        return error
    assert isinstance(expr, Node) or not expr.args
    return None


@settings(max_examples=300)
@given(st.one_of(anything, soup, expressions))
def test_a_text_is_an_expression_or_an_error_in_one_line(text: str) -> None:
    error = refusal(text)
    assert "\n" not in str(error)
    if isinstance(error, ParseError) and error.column is not None:
        assert 1 <= error.column <= len(text) + 1


@settings(max_examples=60)
@given(text=st.one_of(anything, soup, expressions), fact=facts)
def test_the_command_line_answers_in_one_line_or_with_a_result(text: str, fact: str | None) -> None:
    out, err, code = answered(["collapse", *(["--fact", fact] if fact is not None else []), "--", text])
    assert code in (0, 2), (text, fact, out)
    if code == 2:
        assert err.startswith("deltasift: ")
        assert err.count("\n") == 1
        assert len(err) < 700
    else:
        assert "Result\n" in out


def answered(arguments: list[str]) -> tuple[str, str, int]:
    """Run a command in this process; Hypothesis and pytest's capture do not go together."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as stop:
        main(arguments)
    return out.getvalue(), err.getvalue(), int(stop.value.code or 0)


ODD = {
    "a remainder by 0": ("Mod(x, 0)", "Modulo by zero"),
    "a statement for a bound": ("Integral(1, (k, True, x))", "takes numbers, and True is true or false"),
    "a statement for an index": ("y[x < 1]", "x < 1 is true or false and no number"),
    "a statement for an argument": ("f(x < 1)", "x < 1 is true or false and no number"),
    "a number for a condition": ("Piecewise((1, x < 2), (2, 3))", "(2, 3) is no pair of a number and a condition"),
    "a number for a statement": ("ForAll(x, (k, 1, 2))", "x is neither true nor false"),
    "a range of statements": ("ForAll(x < k, (k, True, 2))", "a range takes numbers"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_stands_in_the_wrong_place_is_named(capsys: pytest.CaptureFixture[str], name: str) -> None:
    text, message = ODD[name]
    code, _, err = run(capsys, "collapse", "--", text)
    assert (code, err.count("\n")) == (2, 1)
    assert message in err


def test_a_constant_product_is_not_computed_in_order_to_print_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = "x*Sum(y[n], (i, 0, Product(7, (j, -oo, -1)))) + Mod(2*n, Sum(1/2, (k, K, oo)))"
    code, out, _ = run(capsys, "collapse", "--", text)
    assert code == 0
    assert "Product(7, (j, -oo, -1))" in out
