"""What PyTorch's losses compute, as expressions; swapped arguments of `kl_div` and other mistakes are caught."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import (
    KL,
    AverageNLL,
    S,
    Sum,
    assert_implements,
    define,
    delta,
    exp,
    index,
    labels,
    log,
    pmf,
    positive,
    real,
    sigma,
    sizes,
)

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'deltasift[torch]'")
F = pytest.importorskip("torch.nn.functional", reason="PyTorch is not installed")

torch.set_num_threads(1)  # the tensors are small, and tests run side by side

N, K = sizes("N K")
n, k, j = index("n", 1, N), index("k", 1, K), index("j", 1, K)
y = labels("y", n, k)
z = real("z", n, k)  # logits
ell = define("ell", n, k, z[n, k] - log(Sum(exp(z[n, j]), j)))  # the log-softmax
w = positive("w", k)
p, q = pmf("p", k, positive=True), pmf("q", k, positive=True)
log_p, log_q = define("log_p", k, log(p[k])), define("log_q", k, log(q[k]))
x, t = real("x", n), real("t", n, above=0, below=1)

nll = Sum(-ell[n, y[n]], n)
smooth = Sum(Sum((S(9) / 10 * delta(k, y[n]) + S(1) / 10 / K) * ell[n, k], k), n)
binary = -1 / N * Sum(t[n] * log(sigma(x[n])) + (1 - t[n]) * log(1 - sigma(x[n])), n)

LOSSES: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    "mean": (F.cross_entropy, nll / N, {"input": z, "target": y}),
    "sum": (F.cross_entropy, nll, {"input": z, "target": y, "reduction": "sum"}),
    "label smoothing": (F.cross_entropy, -1 / N * smooth, {"input": z, "target": y, "label_smoothing": 0.1}),
    "class weights": (
        F.cross_entropy,
        Sum(-w[y[n]] * ell[n, y[n]], n) / Sum(w[y[n]], n),
        {"input": z, "target": y, "weight": w},
    ),
    "nll_loss": (F.nll_loss, -1 / N * Sum(z[n, y[n]], n), {"input": z, "target": y}),
    "nll_loss of the log-softmax": (F.nll_loss, nll / N, {"input": ell, "target": y}),
    "binary": (F.binary_cross_entropy_with_logits, binary, {"input": x, "target": t}),
    "kl_div": (F.kl_div, KL(p, q), {"input": log_q, "target": p, "reduction": "sum"}),
}


@pytest.mark.parametrize("name", LOSSES)
def test_the_loss_is_its_formula(name: str) -> None:
    function, expression, data = LOSSES[name]
    assert_implements(function, expression, data=data, arrays=torch.as_tensor)


def test_a_loss_that_returns_an_array_is_compared_entry_by_entry() -> None:
    data = {"input": z, "target": y, "reduction": "none"}
    assert_implements(F.cross_entropy, -ell[n, y[n]], data=data, over=n, arrays=torch.as_tensor)
    assert_implements(F.log_softmax, ell[n, k], data={"input": z, "dim": 1}, over=(n, k), arrays=torch.as_tensor)


def caught(function: Any, expression: Any, **options: Any) -> str:
    with pytest.raises(AssertionError) as failure:
        assert_implements(function, expression, arrays=torch.as_tensor, **options)
    return str(failure.value)


def test_swapped_arguments_of_kl_div_are_caught() -> None:
    swapped = {"input": log_p, "target": q, "reduction": "sum"}
    message = caught(F.kl_div, KL(p, q), data=swapped)
    assert message.startswith("kl_div(input=log_p, target=q, reduction='sum') does not compute KL(p, q)")
    assert "K = 2" in message
    assert_implements(F.kl_div, KL(q, p), data=swapped, arrays=torch.as_tensor)


def test_probabilities_where_logarithms_are_meant_are_caught() -> None:
    assert "does not compute" in caught(F.kl_div, KL(p, q), data={"input": q, "target": p, "reduction": "sum"})
    r = pmf("r", k, given=n, positive=True)
    assert "does not compute" in caught(F.nll_loss, AverageNLL(r, y), data={"input": r, "target": y})
    assert "does not compute" in caught(F.cross_entropy, AverageNLL(r, y), data={"input": r, "target": y})


def test_the_default_reduction_of_kl_div_is_no_divergence() -> None:
    assert "K = 2" in caught(F.kl_div, KL(p, q), data={"input": log_q, "target": p})


def test_an_average_where_a_sum_is_meant_is_caught() -> None:
    assert "N = 2" in caught(F.cross_entropy, nll, data={"input": z, "target": y})


def test_a_softmax_that_overflows_is_caught() -> None:
    def naive(z: Any, y: Any) -> Any:
        return -torch.log((torch.exp(z) / torch.exp(z).sum(1, keepdim=True))[torch.arange(len(y)), y]).mean()

    message = caught(naive, nll / N)
    assert "it returns nan" in message
    assert "K = 1, N = 1" in message


def test_tensors_that_ask_for_gradients_are_read() -> None:
    def loss(z: Any, y: Any) -> Any:
        return F.cross_entropy(z.requires_grad_(), y)

    assert_implements(loss, nll / N, arrays=torch.as_tensor, examples=20)


def test_a_function_that_wants_tensors_is_told_how_to_get_them() -> None:
    with pytest.raises(AssertionError, match=r"arrays=torch\.as_tensor"):
        assert_implements(lambda a: torch.exp(a), exp(real("a", n)[n]), over=n)


def test_a_tuple_of_a_loss_and_something_else_is_told_of() -> None:
    def pair(z: Any, y: Any) -> Any:
        return F.cross_entropy(z, y), torch.tensor(1.0)

    with pytest.raises(AssertionError, match=r"compare one part of it, as in lambda \.\.\.: f\(\.\.\.\)\[0\]"):
        assert_implements(pair, -Sum(ell[n, y[n]], n) / N, arrays=torch.as_tensor)


def test_a_function_of_jax_is_compiled_for_few_sizes() -> None:
    jax = pytest.importorskip("jax")
    shapes: set[tuple[int, ...]] = set()

    @jax.jit
    def loss(z: Any, y: Any) -> Any:
        shapes.add(z.shape)
        return -jax.numpy.take_along_axis(jax.nn.log_softmax(z), y[:, None], 1).mean()

    assert_implements(loss, -Sum(ell[n, y[n]], n) / N, arrays=jax.numpy.asarray)
    assert 10 <= len(shapes) <= 15
