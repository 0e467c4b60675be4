"""Parameters that are declared: by name, with indices that count as the function does or from somewhere else."""

from __future__ import annotations

import math
from math import log, prod
from typing import Any

import pytest

import deltasift
from deltasift import (
    AverageNLL,
    BinaryCrossEntropy,
    CrossEntropy,
    Entropy,
    Equality,
    Likelihood,
    ReadError,
    Sum,
    assert_equal,
    calc,
    check,
    collapse,
    define,
    delta,
    density,
    derivation_of,
    expression_of,
    index,
    labels,
    pmf,
    positive,
    real,
    sizes,
    step,
)
from deltasift.line.same import same
from deltasift.rules import definition, sum_comm, sum_delta, sum_mul_left, sum_mul_right

N, K = sizes("N K")


def average_nll(q: Any, y: Any) -> float:
    total = 0.0
    for n in range(len(y)):
        total += math.log(q[y[n]])
    return -total / len(y)


def average_nll_of_rows(q: Any, y: Any) -> float:
    return -sum(log(row[label]) for row, label in zip(q, y, strict=True)) / len(y)


def cross_entropy(q: Any, y: Any, N: int, K: int) -> float:
    return -sum(sum(y[n] == k for n in range(N)) / N * log(q[k]) for k in range(K))


def classification_loss(q: Any, y: Any, N: int, K: int) -> float:
    return -sum(log(q[k]) if y[n] == k else 0 for n in range(N) for k in range(K)) / N


def likelihood(q: Any, y: Any) -> float:
    return prod(q[y[n]] for n in range(len(y)))


def binary(y: Any, s: Any) -> float:
    total = 0
    for n in range(len(y)):
        total += y[n] * log(s[n]) + (1 - y[n]) * log(1 - s[n])
    return -total / len(y)


def entropy(p: Any) -> float:
    return -sum(v * log(v) if v > 0 else 0 for v in p)


def divergence(p: Any, q: Any) -> float:
    total = 0.0
    for k in range(len(p)):
        if p[k] > 0:
            total += p[k] * log(p[k] / q[k])
    return total


def differences(x: Any) -> float:
    return sum((x[n + 1] - x[n]) ** 2 for n in range(len(x) - 1))


def weighted(x: Any) -> float:
    return sum(n * x[n] for n in range(len(x)))


def first_and_last(x: Any) -> float:
    return x[0] + x[-1]


def one_label(y: Any, n: int) -> float:
    return 1 if y[n] == 0 else 0


def over_a_list(x: Any) -> float:
    squares = [v**2 for v in x]
    return sum(squares) / len(squares) + squares[0]


def domains(first: int) -> dict[str, Any]:
    """Return a page's domains, whose indices and labels start at 0 or 1."""
    n, k = (index("n", 1, N), index("k", 1, K)) if first else (index("n", 0, N - 1), index("k", 0, K - 1))
    return {
        "n": n,
        "k": k,
        "y": labels("y", n, k),
        "q": pmf("q", k, positive=True),
        "rows": pmf("q", k, given=n, positive=True),
        "s": real("s", n, above=0, below=1),
        "p": pmf("p", k),
        "x": real("x", n),
    }


Zero, One = domains(0), domains(1)

# --- indices that count as the function does --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "given", "named"),
    [
        (average_nll, {"q": Zero["q"], "y": Zero["y"]}, AverageNLL(Zero["q"], Zero["y"])),
        (average_nll_of_rows, {"q": Zero["rows"], "y": Zero["y"]}, AverageNLL(Zero["rows"], Zero["y"])),
        (likelihood, {"q": Zero["q"], "y": Zero["y"]}, Likelihood(Zero["q"], Zero["y"])),
        (binary, {"s": Zero["s"], "y": labels("y", Zero["n"], 0, 1)}, None),
        (entropy, {"p": Zero["p"]}, Entropy(Zero["p"])),
    ],
    ids=lambda a: getattr(a, "__name__", ""),
)
def test_with_indices_from_0_a_loss_is_the_definition(function: Any, given: dict[str, Any], named: Any) -> None:
    if named is None:
        named = BinaryCrossEntropy(given["y"], given["s"])
    found = expression_of(function, given=given)
    assert same(found, named.definition)
    assert check(calc(found, step(named, by=definition))).ok


def test_a_loss_is_proved_by_a_page() -> None:
    y, q, k, n = Zero["y"], Zero["q"], Zero["k"], Zero["n"]
    p = define(r"\hat p", k, Sum(delta(y[n], k), n) / N)
    found = expression_of(cross_entropy, given={"q": q, "y": y})
    proof = calc(
        found,
        step(-Sum(p[k] * deltasift.log(q[k]), k), by=definition.reversed),
        step(CrossEntropy(p, q), by=definition.reversed),
    )
    assert proof.report.ok
    proof = calc(
        found,
        step(-1 / N * Sum(Sum(delta(y[n], k) * deltasift.log(q[k]), n), k), by=[sum_mul_right, sum_mul_left]),
        step(-1 / N * Sum(Sum(delta(y[n], k) * deltasift.log(q[k]), k), n), by=sum_comm),
        step(-1 / N * Sum(deltasift.log(q[y[n]]), n), by=sum_delta),
        step(AverageNLL(q, y), by=definition.reversed),
    )
    assert proof.report.ok
    assert same(proof.relation, Equality(found, AverageNLL(q, y)))


def test_what_is_read_collapses() -> None:
    found = collapse(expression_of(classification_loss, given={"q": Zero["q"], "y": Zero["y"]}))
    assert same(found.lines[-1], -Sum(deltasift.log(Zero["q"][Zero["y"][Zero["n"]]]), Zero["n"]) / N)
    assert found.report.ok


def test_domains_with_the_names_of_parameters_may_be_listed() -> None:
    by_name = expression_of(average_nll, given={"q": Zero["q"], "y": Zero["y"]})
    assert expression_of(average_nll, given=[Zero["q"], Zero["y"]]) == by_name
    assert expression_of(entropy, given=Zero["p"]) == expression_of(entropy, given={"p": Zero["p"]})


def one_example_too_few(q: Any, y: Any) -> float:
    return -sum(log(q[y[n]]) for n in range(1, len(y))) / len(y)


@pytest.mark.parametrize(("first", "labels_from"), [(Zero, None), (One, 0)])
def test_a_loss_is_asserted_to_be_the_formula(first: dict[str, Any], labels_from: int | None) -> None:
    given = {"q": first["q"], "y": first["y"]}
    named = AverageNLL(given["q"], given["y"])
    assert_equal(expression_of(average_nll, given=given, labels_from=labels_from), named)
    with pytest.raises(AssertionError, match="not equal at"):
        assert_equal(expression_of(one_example_too_few, given=given, labels_from=labels_from), named)


def test_the_domains_travel_with_the_expression() -> None:
    found = expression_of(average_nll, given={"q": Zero["q"], "y": Zero["y"]})
    assert {Zero["q"], Zero["y"]} <= found.given


def test_a_parameter_may_be_called_otherwise_than_its_domain() -> None:
    def loss(probs: Any, targets: Any, q: float) -> float:
        return q * sum(log(probs[targets[i]]) for i in range(len(targets)))

    found = expression_of(loss, given={"probs": Zero["q"], "targets": Zero["y"]})
    assert str(found) == "q'*Sum(log(q[y[i]]), (i, 0, N - 1))"


def test_a_parameter_with_the_name_of_a_size_is_that_size() -> None:
    assert same(
        expression_of(cross_entropy, given={"q": Zero["q"], "y": Zero["y"]}),
        expression_of(cross_entropy, given={"q": Zero["q"], "y": Zero["y"], "N": N, "K": K}),
    )


def test_functions_of_a_real() -> None:
    def loss(q: Any, x: Any) -> float:
        return sum(log(q(v)) for v in x)

    q = density("q", positive=True)
    assert str(expression_of(loss, given={"q": q, "x": Zero["x"]})) == "Sum(log(q(x[n])), (n, 0, N - 1))"


def test_scalars_and_definitions() -> None:
    def loss(a: float, w: float, x: Any) -> float:
        return a * w * x[0]

    w = define("w", real("b") ** 2)
    assert str(expression_of(loss, given={"a": positive("a"), "w": w, "x": Zero["x"]})) == "a*w*x[0]"


# --- 0 log 0 ----------------------------------------------------------------------------------------------------------


def test_the_condition_of_0_log_0_is_left_out_for_a_pmf() -> None:
    given = {"p": Zero["p"], "q": Zero["q"]}
    assert str(expression_of(divergence, given=given)) == "Sum(p[k]*log(p[k]/q[k]), (k, 0, K - 1))"


def test_the_condition_of_0_log_0_stays_where_nothing_is_known() -> None:
    assert str(expression_of(entropy)) == "-Sum(iverson(0 < p[i])*(p[i]*log(p[i])), (i, 0, N_p - 1))"
    given = {"p": real("p", Zero["k"]), "q": Zero["q"]}
    assert "iverson(0 < p[k])" in str(expression_of(divergence, given=given))


# --- indices that count from somewhere else ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "given", "lines"),
    [
        (
            average_nll,
            ("q", "y"),
            ("-Sum(log(q[y[n + 1]]), (n, 0, N - 1))/N", "-Sum(log(q[y[n]]), (n, 1, N))/N"),
        ),
        (
            cross_entropy,
            ("q", "y"),
            (
                "-Sum(Sum(delta(y[n + 1], k + 1), (n, 0, N - 1))/N*log(q[k + 1]), (k, 0, K - 1))",
                "-Sum(Sum(delta(y[n], k), (n, 1, N))/N*log(q[k]), (k, 1, K))",
            ),
        ),
        (likelihood, ("q", "y"), ("Product(q[y[n + 1]], (n, 0, N - 1))", "Product(q[y[n]], (n, 1, N))")),
        (
            differences,
            ("x",),
            (
                "Sum((x[n + 2] - x[n + 1])**2, (n, 0, N - 2))",
                "Sum((x[n + 1] - x[n])**2, (n, 1, N - 1))",
            ),
        ),
        (weighted, ("x",), ("Sum(n*x[n + 1], (n, 0, N - 1))", "Sum((n - 1)*x[n], (n, 1, N))")),
        (first_and_last, ("x",), ("x[1] + x[N]",)),
        (one_label, ("y",), None),
        (
            over_a_list,
            ("x",),
            ("Sum(x[n + 1]**2, (n, 0, N - 1))/N + x[1]**2", "Sum(x[n]**2, (n, 1, N))/N + x[1]**2"),
        ),
    ],
    ids=lambda a: getattr(a, "__name__", ""),
)
def test_labels_from_0_shifts_the_loops(function: Any, given: tuple[str, ...], lines: tuple[str, ...] | None) -> None:
    if lines is None:
        with pytest.raises(ReadError, match="y\\[n \\+ 1\\] is not known to exist"):
            derivation_of(function, given={name: One[name] for name in given}, labels_from=0)
        return
    found = derivation_of(function, given={name: One[name] for name in given}, labels_from=0)
    assert tuple(map(str, found.lines)) == lines
    assert found.report.problems == ()
    assert {rule.name for s in found.steps for rule in s.by} <= {"sum_shift", "prod_shift"}


def test_the_shift_is_printed() -> None:
    found = derivation_of(average_nll, given={"q": One["q"], "y": One["y"]}, labels_from=0)
    assert r"\sum_{n=0}^{N - 1} \log q_{y_{n + 1}}" in found.latex()
    assert "The index may be shifted with its range." in found.latex()


def test_labels_that_count_from_1_in_the_data() -> None:
    def loss(q: Any, y: Any) -> float:
        return sum(log(q[y[n] - 1]) for n in range(len(y)))

    given = {"q": One["q"], "y": One["y"]}
    assert str(expression_of(loss, given=given, labels_from=1)) == "Sum(log(q[y[n]]), (n, 1, N))"
    with pytest.raises(
        ReadError, match=r"q\[y\[n \+ 1\] - 1\] is not known to exist.* first label 1, say labels_from=1"
    ):
        expression_of(loss, given=given, labels_from=0)


def test_labels_as_numbers_are_those_of_the_data() -> None:
    def total(y: Any) -> float:
        return sum(y[n] for n in range(len(y)))

    assert str(expression_of(total, given={"y": One["y"]}, labels_from=0)) == "Sum(y[n] - 1, (n, 1, N))"
    assert str(expression_of(total, given={"y": One["y"]}, labels_from=1)) == "Sum(y[n], (n, 1, N))"
    binary_labels = labels("y", One["n"], 0, 1)
    assert str(expression_of(total, given={"y": binary_labels}, labels_from=0)) == "Sum(y[n], (n, 1, N))"


def test_a_range_that_starts_at_a_name() -> None:
    a = sizes("a")
    n = index("n", a, a + N - 1)
    x = real("x", n)
    found = derivation_of(weighted, given={"x": x}, labels_from=0)
    assert tuple(map(str, found.lines)) == (
        "Sum(n*x[n + a], (n, 0, N - 1))",
        "Sum((n - a)*x[n], (n, a, N + a - 1))",
    )
    assert found.report.problems == ()


# --- ranges that do not fit -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("function", "given", "why"),
    [
        (
            average_nll,
            {"q": One["q"], "y": One["y"]},
            "y[n] is not known to exist: y has entries 1..N, with n from 0 to N - 1; "
            "if the function counts from 0, say labels_from=0",
        ),
        (one_label, {"y": Zero["y"], "n": sizes("m")}, "y[m] is not known to exist: y has entries 0..N - 1 ("),
    ],
)
def test_an_entry_that_is_not_known_to_exist_is_refused(function: Any, given: dict[str, Any], why: str) -> None:
    with pytest.raises(ReadError) as error:
        expression_of(function, given=given)
    assert why in str(error.value)


def beyond(x: Any) -> float:
    return sum(x[n + 1] for n in range(len(x)))


def before(x: Any) -> float:
    return sum(x[n] - x[n - 1] for n in range(len(x)))


def checked(x: Any) -> float:
    return sum(x[n] - x[n - 1] if n > 0 else x[n] for n in range(len(x)))


def filtered(x: Any) -> float:
    return sum(x[n] - x[n - 1] for n in range(len(x)) if n >= 1)


def branched(x: Any) -> float:
    total = 0
    for n in range(len(x)):
        if n == 0:
            continue
        total += x[n - 1]
    return total


def three_indices(q: Any) -> float:
    return q[0][0][0]


def too_few_indices(q: Any) -> float:
    return q[0] + 1


def a_table(q: Any) -> float:
    return q


def scalar_index(a: Any) -> float:
    return a[0]


def label_of_another(y: Any, q: Any) -> float:
    return q[y[0] + 1]


@pytest.mark.parametrize("labels_from", [None, 0])
@pytest.mark.parametrize("function", [checked, filtered, branched], ids=lambda f: f.__name__)
def test_a_condition_counts(function: Any, labels_from: int | None) -> None:
    given = {"x": Zero["x"] if labels_from is None else One["x"]}
    assert derivation_of(function, given=given, labels_from=labels_from).report.problems == ()


@pytest.mark.parametrize(
    ("function", "given", "why"),
    [
        (beyond, {"x": Zero["x"]}, "x[n + 1] is not known to exist: x has entries 0..N - 1, with n from 0 to N - 1 ("),
        (before, {"x": Zero["x"]}, "x[n - 1] is not known to exist"),
        (three_indices, {"q": Zero["rows"]}, "q has 2 indices, not more"),
        (too_few_indices, {"q": Zero["rows"]}, "q[0] is a table with 1 more indices, and a number is needed"),
        (a_table, {"q": Zero["rows"]}, "q is a table with 2 more indices, and a number is needed"),
        (scalar_index, {"a": real("b")}, "b has no entries"),
        (scalar_index, {"a": density("a")}, "a has no entries"),
        (label_of_another, {"y": Zero["y"], "q": Zero["q"]}, "q[y[0] + 1] is not known to exist"),
    ],
)
def test_tables_are_read_as_they_are_declared(function: Any, given: dict[str, Any], why: str) -> None:
    with pytest.raises(ReadError) as error:
        expression_of(function, given=given)
    assert why in str(error.value)
