"""Functions against the expressions that they are to compute: SciPy's and scikit-learn's, and wrong ones."""

from __future__ import annotations

import functools
import math
import sys
import warnings
from typing import Any

import numpy as np
import pytest
from sympy import Symbol

from deltasift import (
    KL,
    AverageNLL,
    Entropy,
    Equality,
    Sum,
    assert_implements,
    assuming,
    define,
    density,
    dirac,
    exp,
    index,
    labels,
    log,
    pmf,
    positive,
    real,
    sizes,
)
from deltasift.errors import DataError, DeltasiftError

N, K = sizes("N K")
n, k, j = index("n", 1, N), index("k", 1, K), index("j", 1, K)
y = labels("y", n, k)
q = pmf("q", k, given=n, positive=True)
p, r = pmf("p", k), pmf("r", k, positive=True)
z = real("z", k)
a, b = real("a"), positive("b")
x = real("x", n)


def loss(q: Any, y: Any) -> Any:
    return -np.log(q)[np.arange(len(y)), y].mean()


def caught(function: Any, expression: Any, **options: Any) -> str:
    with pytest.raises(AssertionError) as failure:
        assert_implements(function, expression, **options)
    return str(failure.value)


# --- what others have written ------------------------------------------------------------------------------------


def test_log_loss_of_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not installed")
    data = {"y_true": y, "y_pred": q, "labels": lambda K: list(range(K))}
    assert_implements(metrics.log_loss, AverageNLL(q, y), data=data, given=K >= 2)


def test_entropy_of_scipy() -> None:
    stats = pytest.importorskip("scipy.stats", reason="SciPy is not installed")
    assert_implements(stats.entropy, Entropy(p), data={"pk": p})
    assert_implements(stats.entropy, KL(p, r), data={"pk": p, "qk": r})
    assert "does not compute" in caught(stats.entropy, KL(p, r), data={"pk": r, "qk": p})


def test_rel_entr_of_scipy() -> None:
    special = pytest.importorskip("scipy.special", reason="SciPy is not installed")
    assert_implements(special.rel_entr, p[k] * log(p[k] / r[k]), data={"x": p, "y": r}, over=k)
    assert_implements(special.softmax, exp(z[k]) / Sum(exp(z[j]), j), data={"x": z}, over=k)
    assert_implements(special.logsumexp, log(Sum(exp(z[k]), k)), data={"a": z})


# --- names -------------------------------------------------------------------------------------------------------


def test_parameters_get_what_has_their_name() -> None:
    assert_implements(loss, AverageNLL(q, y))
    assert_implements(lambda N, b: b / N, b / N)
    p_hat = define(r"\hat p", k, p[k] ** 2)
    assert_implements(lambda p_hat: p_hat.sum(), Sum(p_hat[k], k))


def test_parameters_of_every_kind_are_handed_over() -> None:
    def of_each(b: Any, /, a: Any, *rest: Any, scale: int = 1, **more: Any) -> Any:
        assert not rest
        return scale * (a + b) + more.get("shift", 0)

    assert_implements(of_each, a + b)
    assert_implements(of_each, 2 * (a + b) + 1, data={"scale": 2, "shift": 1})
    assert_implements(functools.partial(of_each, scale=2), 2 * (a + b))


def test_labels_may_start_from_one() -> None:
    assert_implements(lambda q, y: loss(q, y - 1), AverageNLL(q, y), labels_from=1)
    assert "IndexError" in caught(loss, AverageNLL(q, y), labels_from=1)


def test_what_is_given_holds_of_the_data() -> None:
    seen: list[tuple[int, float]] = []

    def noted(K: int, a: float) -> float:
        seen.append((K, a))
        return K * a

    assert_implements(noted, K * a, given=[Equality(K, 3), assuming(a > b)])
    assert {size for size, _ in seen} == {3}


def test_a_density_is_handed_over_as_a_function() -> None:
    f = density("f", positive=True)
    assert_implements(lambda f, x: sum(math.log(f(v)) for v in x), Sum(log(f(x[n])), n))


def test_the_extremes_are_drawn() -> None:
    rows: list[Any] = []

    def noted(q: Any, y: Any) -> Any:
        rows.append((q, y))
        return loss(q, y)

    assert_implements(noted, AverageNLL(q, y))
    entries = np.concatenate([q.ravel() for q, _ in rows])
    shapes = {q.shape for q, _ in rows}
    assert entries.min() < 1e-9
    assert 1 > entries[entries < 1].max() > 1 - 1e-3
    assert {(1, 1), (1, 2), (2, 1)} <= shapes
    assert max(map(max, shapes)) > 4
    assert all(abs(q.sum(axis=1) - 1).max() < 1e-15 for q, _ in rows)


def test_logits_are_drawn_so_large_that_exp_overflows() -> None:
    def overflows(z: Any) -> Any:
        shift = min(0.0, z.max())  # against underflow alone
        return shift + np.log(np.exp(z - shift).sum())

    with warnings.catch_warnings():
        message = caught(overflows, log(Sum(exp(z[k]), k)))
    assert "it returns inf, and the expression is 1000.0" in message
    assert "K = 1" in message


def test_some_data_are_larger_than_what_is_exhausted() -> None:
    """What is wrong from the eleventh row on, as of a last batch that is left out, is caught, and made small."""
    message = caught(lambda x: sum(x[:10]) ** 2, Sum(x[n], n) ** 2)
    assert "N = 11" in message


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"rtol": -1}, "rtol is a number from 0 on, not -1"),
        ({"atol": math.nan}, "atol is a number from 0 on, not nan"),
        ({"rtol": "much"}, "rtol is a number from 0 on, not 'much'"),
        ({"examples": 0}, "examples is a number from 1 on, not 0"),
        ({"arrays": 5}, "arrays makes an array of one of NumPy, and 5 is no function"),
        ({"data": 5}, "data is a mapping from parameters to what they get, not 5"),
    ],
)
def test_an_argument_that_makes_no_sense_is_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        assert_implements(loss, AverageNLL(q, y), **arguments)


def test_it_is_said_where_few_data_could_be_compared() -> None:
    with pytest.warns(UserWarning, match=r"was compared on only \d+ of 100 data: the expression has no value"):
        assert_implements(lambda a: math.log(a - 3), log(a - 3))


def test_a_function_that_exits_fails() -> None:
    assert "it raises SystemExit: 3" in caught(lambda q, y: sys.exit(3), AverageNLL(q, y))


def test_a_free_index_is_handed_over_and_shown() -> None:
    assert_implements(lambda x, n: x[n - 1], x[n])
    message = caught(lambda x, n: x[n - 2], x[n])
    assert "N = 2, n = 1 (it counts from 1)" in message or "N = 2, n = 2 (it counts from 1)" in message


# --- failures ----------------------------------------------------------------------------------------------------


def test_a_failure_is_a_table_that_can_be_computed_by_hand() -> None:
    assert caught(lambda q, y: loss(q, y) * len(y), AverageNLL(q, y)) == (
        """\
<lambda>(q=q, y=y) does not compute AverageNLL(q, y)
it returns 1.3862943611198906, and the expression is 0.6931471805599453

K = 2, N = 2

n  q[n, 0]  q[n, 1]  y[n]
0      0.5      0.5     0
1      0.5      0.5     0
(rows and columns count from 0, labels from 0, as the function gets them)

allowed is 1e-09 + 1e-07 * |value|; example 13 of seed='', made smaller in 3 moves"""
    )


WRONG = {
    "sign": lambda q, y: -loss(q, y),
    "base 2": lambda q, y: loss(q, y) / math.log(2),
    "label from one": lambda q, y: loss(q, y - 1),
    "first label": lambda q, y: loss(q, 0 * y),
    "eps in the logarithm": lambda q, y: -np.log(q + 1e-8)[np.arange(len(y)), y].mean(),
    "clipped": lambda q, y: loss(np.clip(q, 1e-6, 1), y),
    "median": lambda q, y: -np.median(np.log(q)[np.arange(len(y)), y]),
    "N - 1": lambda q, y: loss(q, y) * len(y) / max(len(y) - 1, 1),
    "rows and columns": lambda q, y: -np.log(q)[:, y].mean(),
    "float32": lambda q, y: loss(q.astype(np.float32), y),
    "raises": lambda q, y: loss(q, y) if len(y) < 3 else loss(q, y[:2]),
    "none": lambda q, y: None,
    "words": lambda q, y: "0.5",
    "complex": lambda q, y: loss(q, y) + 1j,
    "ragged": lambda q, y: [[0.5], [0.5, 0.5]],
    "nan": lambda q, y: math.nan,
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_function_is_caught(name: str) -> None:
    message = caught(WRONG[name], AverageNLL(q, y))
    assert "does not compute AverageNLL(q, y)" in message
    assert len(message.splitlines()) < 16


def test_the_failure_is_the_same_each_time_and_another_with_another_seed() -> None:
    wrong = WRONG["clipped"]
    assert caught(wrong, AverageNLL(q, y)) == caught(wrong, AverageNLL(q, y))
    assert "seed='again'" in caught(wrong, AverageNLL(q, y), seed="again")


def test_the_printed_values_fail_by_themselves() -> None:
    message = caught(WRONG["label from one"], AverageNLL(q, y))
    head, row = message.split("\n\n")[2].splitlines()[:2]
    values = dict(zip(head.replace(", ", ",").split(), row.split(), strict=True))
    q_, y_ = np.array([[float(values["q[n,0]"]), float(values["q[n,1]"])]]), np.array([int(values["y[n]"])])
    assert WRONG["label from one"](q_, y_) != pytest.approx(loss(q_, y_))


def test_an_array_is_compared_entry_by_entry() -> None:
    message = caught(lambda p, r: p * np.log(p / r), p[k] * log(p[k] / r[k]), over=k)
    assert "it returns nan at [" in message
    assert "an array of values is compared with over=" in caught(lambda p: p, Sum(p[k], k))
    assert "(1,) is expected" in caught(lambda p: p.sum(), p[k], over=k)


# --- what makes no sense -----------------------------------------------------------------------------------------


NO_SENSE: list[tuple[Any, Any, dict[str, Any], str]] = [
    (lambda s: s, b, {}, "nothing is called s"),
    (lambda b: b, b, {"data": {"c": b}}, "has no parameter c; it has b"),
    (lambda b: b, b, {"data": {"b": b + 1}}, r"give it a name with define"),
    (lambda b: b, b, {"data": {"b": lambda c: c}}, "made of c, which is not in the expression"),
    (lambda b: b, b, {"given": [b + 1]}, "neither a domain nor a statement"),
    (lambda b: b, b, {"given": [b < -1]}, "these facts contradict each other"),
    (lambda b: b, log(-b), {}, "the expression has no value"),
    (lambda b: b, dirac(b), {}, "the expression is 0"),  # the Dirac delta, where its argument is not 0
    (lambda b: b, b < 1, {}, "is a statement"),
    (lambda z: z, z[k], {}, "over="),
    (lambda b: b, b, {"labels_from": 2}, "labels start from 0 or from 1"),
    (3, b, {}, "3 is no function"),
    (lambda b: b, b, {"over": N}, "N is none"),
    (lambda c: c, real("c", above=Symbol("a")) + 0, {}, "a is not declared|no data can be drawn: a has no value"),
]


@pytest.mark.parametrize(("function", "expression", "options", "message"), NO_SENSE, ids=[x[3] for x in NO_SENSE])
def test_input_that_makes_no_sense_is_named(
    function: Any, expression: Any, options: dict[str, Any], message: str
) -> None:
    with pytest.raises((DeltasiftError, AssertionError), match=message):
        assert_implements(function, expression, **options)


def test_without_numpy_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deltasift.asserting.implements.find_spec", lambda name: None)
    with pytest.raises(DeltasiftError, match=r"pip install 'deltasift\[numpy\]'"):
        assert_implements(lambda b: b, b)
