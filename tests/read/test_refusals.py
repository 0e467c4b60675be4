"""What is not read is refused by its line and the construct."""

from __future__ import annotations

import asyncio
import functools
import math
from collections.abc import Callable
from typing import Any

import pytest

from deltasift import ReadError, expression_of, real, sizes
from deltasift.emit.run import load

LEARNING_RATE = 0.1
SIZE = sizes("M")

# Bodies of `f(x, y, q, n, N, K)`, and what the refusal says after the line of the body's first or last line.
BODIES = {
    "while n > 0:\n    n -= 1\nreturn n": "line 5: a while loop is not read",
    "with x:\n    return 1": "line 5: a with statement is not read",
    "try:\n    return 1\nfinally:\n    pass": "line 5: a try statement is not read",
    "match n:\n    case 1:\n        return 1": "line 5: a match statement is not read",
    "def g():\n    return 1\nreturn g()": "line 5: a function inside of the function is not read",
    "class C:\n    pass\nreturn 1": "line 5: a class is not read",
    "del x\nreturn 1": "line 5: a del statement is not read",
    "import os\nreturn 1": "line 5: this import inside of the function is not read",
    "return (t := 2)": "line 5: the assignment := is not read",
    "return [v := 1][0]": "line 5: the assignment := is not read",
    "return lambda: 1": "line 5: a lambda is not read",
    "return {1: 2}[1]": "line 5: a dictionary is not read",
    "return sum({1, 2})": "line 5: a set is not read",
    "return sum({k for k in range(K)})": "line 5: a set comprehension is not read",
    "t = (k for k in range(K))\nreturn sum(t) + sum(t)": "line 5: a generator that is not summed at once is not read",
    "return f'{n}'": "line 5: a formatted string is not read",
    "return x[1:]": "line 5: a slice is not read",
    "return x @ y": "line 5: the operator '@' is not read",
    "return n & N": "line 5: the operator '&' is not read",
    "return 1 if n in (1, 2) else 0": "line 5: the comparison 'in' is not read",
    "return 1 if n is None else 0": "line 5: the comparison 'is' is not read",
    "return max(*x)": "line 5: an argument with a star is not read",
    "return math.hypot(*x)": "line 5: an argument with a star is not read",
    "return x.mean()": "line 5: a call of the method .mean is not read",
    "return x.size": "line 5: the attribute .size is not read",
    "return math.isclose(n, N)": "line 5: a call of math.isclose is not read",
    "print(n)\nreturn n": "line 5: a call whose value is not used is not read",
    "n + 1\nreturn n": "line 5: an expression whose value is not used is not read",
    "return print(n)": "line 5: a call of print is not read",
    "return 'text'": "line 5: 'text' is no number",
    "return 'text' * 2": "line 5: 'text' is no number",
    "return 1j * n": "line 5: 1j is no real number",
    "return 1e999": "line 5: inf is no real number",
    "return math.inf": "line 5: inf is no real number",
    "return LEARNING_RATE * n": "line 5: there is no LEARNING_RATE",
    "t = None\nreturn t(n)": "line 6: a call of t is not read",
    "return unknown": "line 5: there is no unknown",
    "return math.unknown(n)": "line 5: math has no unknown",
    "return math.log(n, N, K)": "line 5: math.log with 3 arguments is not read",
    "return sum(x, 1, 2)": "line 5: sum with 3 arguments is not read",
    "return max(n, N, key=abs)": "line 5: max with the keyword key is not read",
    "return math.sqrt(n, base=2)": "line 5: math.sqrt with the keyword base is not read",
    "return math": "line 5: math is no number",
    "return x, y": "line 5: a tuple or list is no number",
    "return": "line 5: a return without a value is not read",
    "pass": "line 5: the function returns no value",
    "raise ValueError": "line 5: the function returns no value",
    "if n > 0:\n    return 1": "line 5: one branch returns a value and the other none",
    "for k in range(K):\n    return k": "line 6: a return inside of a loop is not read",
    "for k in range(K):\n    raise ValueError\nreturn 1": "line 6: a raise inside of a loop is not read",
    "for k in range(K):\n    if n == k:\n        break\nreturn 1": "line 7: a break is not read",
    "for k in range(K):\n    pass\nelse:\n    n = 1\nreturn n": "line 5: the else of a loop is not read",
    "for k in range(K):\n    t = k\nreturn t": "line 7: t is used after the loop in which it gets its value",
    "for k in range(K):\n    pass\nreturn k": "line 7: k is used after the loop that it counts",
    "t = 0\nfor k in range(K):\n    t = k\nreturn t": "line 8: t is used after the loop in which it gets its value",
    "t = 1\nfor k in range(K):\n    t = 2 * t + 1\nreturn t": "line 7: t changes from one turn of the loop to the next",
    "t = 0\nfor k in range(K):\n    t += k * t\nreturn t": "line 7: t changes from one turn of the loop to the next",
    "a = 0\nb = 1\nfor k in range(K):\n    a += b\n    b += 1\nreturn a": "line 8: b changes from one turn of the loop",
    "t = 0\nfor k in range(K):\n    t = max(t, x[k])\nreturn t": "line 7: t changes from one turn of the loop",
    "t = 2\nfor k in range(K):\n    t **= 2\nreturn t": "line 7: t changes from one turn of the loop to the next",
    "if n > 0:\n    t = 1\nreturn t": "line 7: t gets a value on one branch only",
    "t += 1\nreturn t": "line 5: t has no value here",
    "return sum(j for k in range(j) for j in range(K))": "line 5: there is no j",
    "return sum(range(0, N, K))": "line 5: a range with the step K is not read: its step is a number",
    "return sum(range(N / 2))": "line 5: an end of a range is N/2, which is not known to be an integer",
    "return x[n / 2]": "line 5: an index is n/2, which is not known to be an integer",
    "return sum(x[k] - x[k - 1] for k in range(K))": "line 5: x[k - 1] may count from the end, where k - 1 is negative",
    "return x[0] + x": "line 5: x is used as a table with 1 indices and as a number",
    "return x[0] + x[0][1]": "line 5: x is used as a table with 1 indices and as a table with 2 indices",
    "return x(n) + x": "line 5: x is used as a function of 1 arguments and as a number",
    "return len(x) + x": "line 5: x is used as a table and as a number",
    "return sum(len(row) for row in q)": "line 5: the length of q[i] is not known: declare q in given",
    "return sum(a * b for a, b in zip(x, y))": "line 5: the lengths of what is zipped are not known to be equal",
    "z = zip(x, x)\nreturn sum(a * b for a, b in z)": "line 5: an iterator that is kept is not read: make a list of it",
    "z = [enumerate(x)]\nreturn 1": "line 5: an iterator that is kept is not read: make a list of it",
    "a, b = 1, 2, 3\nreturn a": "line 5: 2 names for what is not 2 values",
    "a, *b = 1, 2, 3\nreturn a": "line 5: 2 names for what is not 2 values",
    "x[0] = 1\nreturn x[0]": "line 5: an assignment to an entry or an attribute is not read",
    "x.a = 1\nreturn 1": "line 5: an assignment to an entry or an attribute is not read",
    "x[0] += 1\nreturn x[0]": "line 5: an assignment to an entry or an attribute is not read",
    "return max(x)": "line 5: the max of what is not written out is not read",
    "return int(x[0])": "line 5: int(x[0]) is not read: x[0] is not known to be an integer",
    "t = [1, 2]\nreturn t[n]": "line 6: the entry n of 2 that are written out",
    "t = [k for k in range(3)]\nreturn t[3]": "line 6: it is not known that the list has an entry 3",
    "t = [x[k] for k in range(3)]\nreturn t[n]": "line 6: it is not known that the list has an entry n",
    "return x if n > 0 else (1, 2)": "line 5: a choice between values that are not both numbers is not read",
    "return sum(k for k in range(3) for _ in k)": "line 5: a loop goes over a range, a table or a list",
}


def function(body: str) -> Callable[..., Any]:
    lines = "".join(f"    {row}\n" for row in body.split("\n"))
    return load(f"import math\n\n\ndef f(x, y, q, n, N, K):\n{lines}", "refused")["f"]


@pytest.mark.parametrize("body", BODIES)
def test_refuses(body: str) -> None:
    with pytest.raises(ReadError) as error:
        expression_of(function(body))
    assert str(error.value).startswith(BODIES[body])
    assert str(error.value).endswith("(f, <deltasift refused>)")
    assert error.value.line == int(str(error.value).split(":")[0].removeprefix("line "))


class Layer:
    def __call__(self, x: float) -> float:
        return x


async def awaited(x: float) -> float:
    await asyncio.sleep(0)
    return x


def generated(x: float) -> Any:
    yield x


def starred(*x: float) -> float:
    return x[0]


def keyworded(**x: float) -> float:
    return x["a"]


def wrapping(f: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(f)
    def doubled(*args: Any) -> Any:
        return 2 * f(*args)

    return doubled


@wrapping
def wrapped(x: float) -> float:
    return x


def hidden(f: Callable[..., Any]) -> Callable[..., Any]:
    def other(*args: Any) -> Any:
        return 2 * f(*args)

    return other


@hidden
def replaced(x: float) -> float:
    return x


def recursive(n: int) -> int:
    return 1 if n == 0 else n * recursive(n - 1)


def even(n: int) -> int:
    return 1 if n == 0 else odd(n - 1)


def odd(n: int) -> int:
    return 0 if n == 0 else even(n - 1)


def rate(x: float) -> float:
    return LEARNING_RATE * x


FUNCTIONS = {"double": lambda x: 2 * x}
double = FUNCTIONS["double"]


def calls_a_lambda(x: float) -> float:
    return 1 + double(x)


def with_a_size(x: float) -> float:
    return x / SIZE


def inner_refusal(x: float) -> float:
    return keyless(x) + 1


def keyless(x: float) -> float:
    return {}[x]


class Model:
    scale = 2

    def method(self, x: float) -> float:
        return self.scale * x


OBJECTS = [
    (math.log, "log has no Python source"),
    (len, "len has no Python source"),
    (3, "int is no function"),
    ("q[k]", "str is no function"),
    (Model, "Model is a class, and a plain Python function is read"),
    (Layer(), "Layer is a Layer, and a plain Python function is read"),
    (functools.partial(rate, 1), "partial is a partial, and a plain Python function is read"),
    (lambda x: x, "a lambda is not read: write a def"),
    (awaited, "awaited is an async function, and a plain Python function is read"),
    (generated, "a yield whose value is not used is not read"),
    (starred, "the parameter *x is not read"),
    (keyworded, "the parameter **x is not read"),
    (wrapped, "wrapped is wrapped by a decorator, which may change its value: read wrapped.__wrapped__"),
    (replaced, "the parameter *args is not read (other, test_refusals.py)"),
    (recursive, "recursive calls itself, which is not read"),
    (even, "even calls itself, which is not read (odd, test_refusals.py)"),
    (rate, "LEARNING_RATE is 0.1, which is not exact: write it in the function, or make LEARNING_RATE a fraction"),
    (calls_a_lambda, "a lambda is not read: write a def (calls_a_lambda, test_refusals.py)"),
    (with_a_size, "SIZE is a declared name: make it a parameter"),
    (inner_refusal, "a dictionary is not read (keyless, test_refusals.py)"),
    (Model().method, "self, the object of the method, is not read"),
]


@pytest.mark.parametrize(
    ("thing", "why"), OBJECTS, ids=[why.split(" ")[0] + str(i) for i, (_, why) in enumerate(OBJECTS)]
)
def test_refuses_what_is_no_plain_function(thing: Any, why: str) -> None:
    with pytest.raises(ReadError) as error:
        expression_of(thing)
    assert why in str(error.value)


def test_a_function_without_source_is_refused() -> None:
    namespace: dict[str, Any] = {}
    exec(compile("def made(x):\n    return x", "<nowhere>", "exec"), namespace)
    with pytest.raises(ReadError, match="the source of made is not to be had"):
        expression_of(namespace["made"])


def test_a_source_that_is_that_of_another_function_is_refused() -> None:
    f = load("def f(x):\n    return x\n", "changed")["f"]
    load("def g(y):\n    return y\n", "changed")  # the same file, written anew
    with pytest.raises(ReadError, match="is not that of the function that runs: its file has changed"):
        expression_of(f)


def test_a_source_that_has_changed_inside_is_refused() -> None:
    f = load("def f(x):\n    return 2 * x\n", "changed inside")["f"]
    load("def f(x):\n    return 3 * x\n", "changed inside")  # the same file, written anew
    with pytest.raises(ReadError, match="is not that of the function that runs: its file has changed"):
        expression_of(f)


def test_a_function_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ReadError, match="line 5: the source is nested more than 200 deep"):
        expression_of(function(f"return {'-' * 300}n"))


def test_an_expression_that_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(ReadError, match="line 205: the expression would be nested more than 200 deep"):
        expression_of(function("\n".join(["t = n + 1", *["t = 1 / t"] * 300, "return t"])))


def test_an_expression_that_would_explode_is_refused() -> None:
    with pytest.raises(ReadError, match="the expression would have more than 100000 parts"):
        expression_of(function("\n".join(["t = n + 1", *["t = t + t * t"] * 40, "return t"])))


def test_a_function_that_is_too_long_is_refused() -> None:
    long = "\n".join(["t = n", *["t = n * n"] * 8_000, "return t"])
    with pytest.raises(ReadError, match="the function is too long: more than 20000 pieces of it would be read"):
        expression_of(function(long))


def test_many_branches_that_return_are_read_or_refused_soon() -> None:
    rows = ["t = 0"]
    for i in range(30):
        rows += [f"if n == {i}:", f"    if N == {i}:", f"        return {i}", f"    t = {i}"]
    with pytest.raises(ReadError, match="too long"):
        expression_of(function("\n".join([*rows, "return t"])))


def test_a_long_sum_is_read() -> None:
    terms = " + ".join(f"x[{i}]" for i in range(1_000))
    assert len(expression_of(function(f"return {terms}")).args) == 1_000


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"z": 1}, "given speaks of z, which is no parameter of rate; these are x"),
        ({"x": 0.5}, "given has for x neither a domain nor an exact number: the float 0.5 is not exact"),
        ({"x": "N"}, "given has for x neither a domain nor an exact number: 'N' is not an expression"),
        ({"x": None}, "given has for x neither a domain nor an exact number"),
        ([1], "given is a mapping from parameters to domains, or an iterable of domains"),
        (3, "given is a mapping from parameters to domains, or an iterable of domains"),
        ("xy", "given is a mapping from parameters to domains, or an iterable of domains"),
        ({"x": True}, "given has for x neither a domain nor an exact number"),
    ],
)
def test_given_is_checked(given: dict[str, Any], why: str) -> None:
    with pytest.raises(ReadError) as error:
        expression_of(rate, given=given)
    assert str(error.value).startswith(why)


@pytest.mark.parametrize("labels_from", [2, -1, True, "0", 0.5])
def test_labels_start_from_0_or_1(labels_from: Any) -> None:
    with pytest.raises(ReadError, match="labels start from 0 or from 1"):
        expression_of(rate, given={"x": real("x")}, labels_from=labels_from)


def test_labels_from_needs_tables() -> None:
    with pytest.raises(ReadError, match="labels_from indexes the tables of given anew, and none are given"):
        expression_of(recursive, labels_from=0)


def test_domains_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ReadError, match="N is declared in two ways"):
        expression_of(function("return n + N"), given={"n": sizes("N"), "N": real("N")})


def test_objects_around_a_function_are_not_asked_for_anything() -> None:
    class Loud:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError(name)

        def __repr__(self) -> str:
            raise AssertionError("repr")

        def __eq__(self, other: object) -> bool:
            raise AssertionError("eq")

        __hash__ = None

    loud, louder = Loud(), Loud()

    def plain(x: float) -> float:
        return loud if x > 0 else louder

    def called(x: float) -> float:
        return loud(x)

    def attribute(x: float) -> float:
        return loud.scale * x

    def kept(x: float) -> float:
        scale = loud
        if x > 0:
            scale = louder
        return scale * x

    for function in (plain, called, attribute, kept):
        with pytest.raises(ReadError, match=r"Loud|not read|one thing on one branch"):
            expression_of(function)


def test_a_refusal_says_in_one_sentence_what_needs_no_reading() -> None:
    with pytest.raises(ReadError) as refused:
        expression_of(lambda x: print(x))
    assert refused.value.__notes__ == [
        "Without reading it, assert_implements(function, formula) compares a function with a formula on random data."
    ]
