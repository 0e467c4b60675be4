"""Functions as they are written, and the expressions that they are read as."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from fractions import Fraction
from math import exp, log, prod
from typing import Any

import pytest
from sympy import Rational, Symbol

from deltasift import ReadError, Sum, expression_of
from deltasift.inert import Node

CLASSES = 3
WEIGHTS = (1, Fraction(1, 2))


def bare_sum(q: Any, y: Any, N: int) -> float:
    return -sum(math.log(q[y[n]]) for n in range(N)) / N


def imported_log(q: Any, K: int) -> float:
    """The docstring is skipped."""
    return sum(log(q[k]) for k in range(K))


def nested_generator(q: Any, y: Any, N: int, K: int) -> float:
    return sum((y[n] == k) * log(q[n][k]) for n in range(N) for k in range(K))


def tuple_index(q: Any, N: int, K: int) -> float:
    return sum(q[n, k] for k in range(K) for n in range(1, N + 1))


def loop(q: Any, y: Any, N: int) -> float:
    total = 0.0
    for n in range(N):
        p = q[y[n]]
        total += log(p)
    return -total / N


def loop_that_subtracts(q: Any, y: Any, N: int) -> float:
    total = 0
    for n in range(N):
        total -= log(q[y[n]])
    return total / N


def nested_loops(q: Any, y: Any, N: int, K: int) -> float:
    total = 1
    for n in range(N):
        for k in range(K):
            if y[n] == k:
                total = total + log(q[k])
    return total


def loop_that_multiplies(q: Any, y: Any, N: int) -> float:
    likelihood = 1.0
    for n in range(N):
        likelihood *= q[y[n]]
    return likelihood


def loop_that_skips(x: Any, N: int) -> float:
    total = 0
    for n in range(N):
        if x[n] < 0:
            continue
        total += x[n]
    return total


def loop_with_a_factor(x: Any, N: int, K: int) -> float:
    total = 0
    for n in range(N):
        inner = 1
        for k in range(K):
            inner *= x[n][k]
        total += inner
    return total


def over_entries(q: Any, y: Any) -> float:
    return sum(log(q[label]) for label in y) / len(y)


def enumerated(x: Any) -> float:
    return sum(i * v for i, v in enumerate(x, start=1))


def entries_of_a_list(x: Any, K: int) -> float:
    total = sum(exp(x[k]) for k in range(K))
    p = [exp(x[k]) / total for k in range(K)]
    return sum(p[k] * log(p[k]) for k in range(K))


def written_out(a: float, b: float) -> float:
    parts = [a, b, a * b]
    total = 0
    for part in parts:
        total += part
    return total + max(parts) + parts[-1]


def filtered(x: Any, N: int) -> float:
    return sum(x[n] for n in range(N) if x[n] > 0) + prod(x[n] for n in range(N) if x[n] > 0)


def choice(a: float, b: float) -> float:
    return a if a < b else b


def choice_of_zero(a: float, b: float) -> float:
    return a if a != b else 0


def choice_of_zero_first(a: float, b: float) -> float:
    return 0 if a > b else a


def branches(x: float) -> float:
    if x < 0:
        return -x
    if x == 0:
        scale = 2
    elif x > 10:
        scale = 3
    else:
        scale = 1
    return x / scale


def guarded(x: float) -> float:
    assert x == x
    if x <= 0:
        raise ValueError(x)
    return log(x)


def chained(a: float, b: float, c: float) -> float:
    return 1 if 0 <= a < b and not b >= c else 0


def either(a: float, b: float) -> float:
    return 1 if a < 0 or b < 0 else 0


def arithmetic(a: float, b: float) -> float:
    return -(a**2) + (a - b) - (b - a) * 2 / b + +a


def integers(n: int, m: int) -> float:
    return n // m + n % m


def decimals(x: float) -> float:
    return 0.1 * x + 1e-3 - 0.5 + 2.0


def elementary(x: float) -> float:
    return math.sqrt(x) + math.log2(x) + math.log1p(x) + math.log(x, 3) + abs(x) + math.pi + math.tanh(x)


def constants(x: float) -> float:
    return CLASSES * x + WEIGHTS[1]


def steps(x: Any, N: int) -> float:
    return sum(x[n] for n in range(0, N, 2)) + sum(x[n] for n in range(5, -1, -1))


def empty() -> float:
    return sum(0 for _ in range(3, 1))


def sums_with_a_start(x: Any, K: int) -> float:
    return sum((x[k] for k in range(K)), 1) + prod((x[k] for k in range(K)), start=2)


def for_all(x: Any, N: int) -> float:
    return 1 if all(x[n] > 0 for n in range(N)) and any(x[n] > 1 for n in range(N)) else 0


def called(q: Callable[[float], float], x: Any, N: int) -> float:
    return sum(log(q(x[n])) for n in range(N))


def softmax(x: Any, k: int, K: int) -> float:
    return exp(x[k]) / sum(exp(x[j]) for j in range(K))


def inlined(x: Any, y: Any, N: int, K: int) -> float:
    return sum(log(softmax(x[n], y[n], K=K)) for n in range(N))


def with_default(x: float, scale: float = 2) -> float:
    return x * scale


def calls_with_default(x: float) -> float:
    return with_default(x) + with_default(scale=x, x=1)


def smoothed(x: float, by: float = 0.1, *, twice: bool = False) -> float:
    return (1 - by) * x if not twice else 2 * x


def calls_smoothed(x: float) -> float:
    return smoothed(x) + smoothed(x, twice=True)


def several_values(x: Any, N: int) -> tuple[float, float]:
    return sum(x[n] for n in range(N)) / N, max(x[0], x[1])


def unpacked(x: Any, N: int) -> float:
    mean, top = several_values(x, N)
    top, mean = mean, top
    return top - mean


def shadowed(k: int, q: Any) -> float:
    total = sum(q[k] for k in range(3))
    return total * k


def shadowed_local(k: int, q: Any) -> float:
    first = q[k]
    return sum(first * q[k] for k in range(3))


def one_name_twice(q: Any, N: int) -> float:
    total = 0
    for n in range(N):
        total += q[n]
    for n in range(1, N):
        total += q[n] * q[n - 1]
    return total


def one_name_nested(q: Any, N: int) -> float:
    return sum(sum(q[n] for n in range(n)) for n in range(N))


def truth_as_number(y: Any, x: Any, N: int) -> float:
    return sum(y[n] == 1 for n in range(N)) + (x[0] < 0) + (x[0] == x[1])


def truth_of_number(y: Any, N: int) -> float:
    return sum(1 if y[n] else 0 for n in range(N))


def three_deltas(y: Any, z: Any, N: int, K: int) -> float:
    return sum(1 if y[n] == k and z[n] == k else 0 for n in range(N) for k in range(K))


def zipped(x: Any, N: int) -> float:
    return sum(i * v for i, v in zip(range(N), (x[n] for n in range(1, N + 1)), strict=True))


def imports() -> float:
    import math as m
    from math import e

    return m.log(2) + e


READS = {
    bare_sum: "-Sum(log(q[y[n]]), (n, 0, N - 1))/N",
    imported_log: "Sum(log(q[k]), (k, 0, K - 1))",
    nested_generator: "Sum(Sum(delta(y[n], k)*log(q[n, k]), (k, 0, K - 1)), (n, 0, N - 1))",
    tuple_index: "Sum(Sum(q[n, k], (n, 1, N)), (k, 0, K - 1))",
    loop: "-Sum(log(q[y[n]]), (n, 0, N - 1))/N",
    loop_that_subtracts: "-Sum(log(q[y[n]]), (n, 0, N - 1))/N",
    nested_loops: "1 + Sum(Sum(delta(y[n], k)*log(q[k]), (k, 0, K - 1)), (n, 0, N - 1))",
    loop_that_multiplies: "Product(q[y[n]], (n, 0, N - 1))",
    loop_that_skips: "Sum(iverson(0 <= x[n])*x[n], (n, 0, N - 1))",
    loop_with_a_factor: "Sum(Product(x[n, k], (k, 0, K - 1)), (n, 0, N - 1))",
    over_entries: "Sum(log(q[y[i]]), (i, 0, N_y - 1))/N_y",
    enumerated: "Sum((i + 1)*x[i], (i, 0, N_x - 1))",
    entries_of_a_list: "Sum(exp(x[k])/Sum(exp(x[k]), (k, 0, K - 1))*log(exp(x[k])/Sum(exp(x[k]), (k, 0, K - 1))), "
    "(k, 0, K - 1))",
    written_out: "a + b + a*b + Max(a, b, a*b) + a*b",
    filtered: "Sum(iverson(0 < x[n])*x[n], (n, 0, N - 1)) + Product(Piecewise((x[n], 0 < x[n]), (1, True)), "
    "(n, 0, N - 1))",
    choice: "Piecewise((a, a < b), (b, True))",
    choice_of_zero: "iverson(a != b)*a",
    choice_of_zero_first: "iverson(a <= b)*a",
    branches: "Piecewise((-x, x < 0), (x/Piecewise((2, Equality(x, 0)), (3, 10 < x), (1, True)), True))",
    guarded: "log(x)",
    chained: "iverson(0 <= a)*iverson(a < b)*iverson(b < c)",
    either: "iverson(Or(a < 0, b < 0))",
    arithmetic: "-a**2 + (a - b) - ((b - a)*2/b) + a",
    integers: "floor(n/m) + Mod(n, m)",
    decimals: "S(1)/10*x + S(1)/1000 - (S(1)/2) + 2",
    elementary: "x**(1/2) + log(x)/log(2) + log(1 + x) + log(x)/log(3) + Abs(x) + pi + tanh(x)",
    constants: "3*x + S(1)/2",
    steps: "Sum(x[2*n], (n, 0, floor((N - 1)/2))) + Sum(x[n], (n, 0, 5))",
    empty: "Sum(0, (i, 3, 0))",
    sums_with_a_start: "1 + Sum(x[k], (k, 0, K - 1)) + 2*Product(x[k], (k, 0, K - 1))",
    for_all: "iverson(ForAll(0 < x[n], (n, 0, N - 1)))*iverson(Not(ForAll(x[n] <= 1, (n, 0, N - 1))))",
    called: "Sum(log(q(x[n])), (n, 0, N - 1))",
    inlined: "Sum(log(exp(x[n, y[n]])/Sum(exp(x[n, j]), (j, 0, K - 1))), (n, 0, N - 1))",
    calls_with_default: "x*2 + 1*x",
    calls_smoothed: "(1 - (S(1)/10))*x + 2*x",
    unpacked: "Sum(x[n], (n, 0, N - 1))/N - Max(x[0], x[1])",
    shadowed: "Sum(q[k], (k, 0, 2))*k",
    shadowed_local: "Sum(q[k]*q[k'], (k', 0, 2))",
    one_name_twice: "Sum(q[n], (n, 0, N - 1)) + Sum(q[n]*q[n - 1], (n, 1, N - 1))",
    one_name_nested: "Sum(Sum(q[n'], (n', 0, n - 1)), (n, 0, N - 1))",
    truth_as_number: "Sum(delta(y[n], 1), (n, 0, N - 1)) + iverson(x[0] < 0) + iverson(Equality(x[0], x[1]))",
    truth_of_number: "Sum(iverson(y[n] != 0), (n, 0, N - 1))",
    three_deltas: "Sum(Sum(delta(y[n], k)*delta(z[n], k), (k, 0, K - 1)), (n, 0, N - 1))",
    zipped: "Sum(i*x[i + 1], (i, 0, N - 1))",
    imports: "log(2) + E",
}


@pytest.mark.parametrize("function", READS, ids=lambda f: f.__name__)
def test_reads(function: Callable[..., Any]) -> None:
    assert str(expression_of(function)) == READS[function]


def one_of_two(a: float, b: float) -> float:
    return (a or b) - (a and b)


def one_of_three(a: float, b: float, c: float) -> float:
    return (a and b) or c


def truth_and_number(x: Any, N: int) -> float:
    return sum(n > 0 and x[n - 1] for n in range(N))


def truth_or_number(a: float) -> float:
    return (a > 0 or a) * 2


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (one_of_two, "Piecewise((a, a != 0), (b, True)) - (iverson(a != 0)*b)"),
        (one_of_three, "Piecewise((iverson(a != 0)*b, iverson(a != 0)*b != 0), (c, True))"),
        (truth_and_number, "Sum(iverson(0 < n)*x[n - 1], (n, 0, N - 1))"),
        (truth_or_number, "Piecewise((1, 0 < a), (a, True))*2"),
    ],
    ids=lambda f: f.__name__ if callable(f) else "",
)
def test_and_and_or_of_numbers_are_one_of_them(function: Callable[..., Any], expected: str) -> None:
    assert str(expression_of(function)) == expected


def test_what_is_read_is_inert() -> None:
    assert isinstance(expression_of(bare_sum), Node)
    assert expression_of(bare_sum).has(Sum)


def test_a_closure_is_looked_up() -> None:
    scale, table = 4, (Rational(1, 3), 2)

    def inner(x: float) -> float:
        return scale * x + table[0]

    assert str(expression_of(inner)) == "4*x + S(1)/3"


def test_nothing_is_run() -> None:
    runs: list[int] = []

    def counted(x: float) -> float:
        runs.append(1)
        return x

    def harmless(x: float) -> float:
        return x + 1

    with pytest.raises(ReadError, match="a call whose value is not used"):
        expression_of(counted)
    assert str(expression_of(harmless)) == "x + 1"
    assert runs == []


def test_a_cached_function_is_read_as_what_it_caches() -> None:
    cached = functools.cache(choice)
    assert str(expression_of(cached)) == READS[choice]


def test_a_static_method_and_a_method_without_its_object_are_read() -> None:
    class Losses:
        @staticmethod
        def double(x: float) -> float:
            return 2 * x

        def triple(self, x: float) -> float:
            return 3 * x

    assert str(expression_of(Losses.double)) == "2*x"
    assert str(expression_of(Losses().triple)) == "3*x"


def test_a_decorator_that_returns_the_function_is_no_matter() -> None:
    def marked(f: Callable[..., Any]) -> Callable[..., Any]:
        return f

    @marked
    def inner(x: float) -> float:
        return x

    assert expression_of(inner) == Symbol("x")


def test_keyword_only_and_positional_only_parameters() -> None:
    def inner(x: float, /, y: float, *, z: float = 1) -> float:
        return x + y + z

    assert str(expression_of(inner)) == "x + y + z"


def test_a_parameter_may_be_given_a_number() -> None:
    assert str(expression_of(with_default, given={"scale": 3})) == "x*3"
    assert str(expression_of(with_default, given={"scale": Fraction(1, 3)})) == "x*(S(1)/3)"
