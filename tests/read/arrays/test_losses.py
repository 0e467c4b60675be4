"""Each loss of PyTorch and optax with its options, against the library: what is read has the value that it returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deltasift import ReadError, counts, index, labels, pmf, positive, real, sizes
from deltasift.read.arrays.library import COMPUTED
from deltasift.read.reading import reading

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make frameworks")
F = torch.nn.functional

N, K, T = sizes("N K T")
n, k, t = index("n", 1, N), index("k", 1, K), index("t", 1, T)
place = index("place", 0, K - 1)
x, u, pos = real("x", n), real("u", n), positive("pos", n)
prob = real("prob", n, above=0, below=1)
z, h, g = real("z", n, k), real("h", n, k), real("g", n, k)
w = positive("w", k)
tau = positive("tau")
y = labels("y", n, k)
bit = labels("bit", n, 0, 1)
bits = labels("bits", (n, k), 0, 1)
q, rare = pmf("q", k, given=n, positive=True), pmf("rare", k, given=n)
a, of_time = real("a", n, k, t), labels("of_time", (n, t), k)
count = counts("count", n, 0, 5)
ignored = counts("ignored", n, -1, K - 1)
padded = counts("padded", (n, place), -1, K - 1)
REDUCTIONS = ("mean", "none")

Case = tuple[Callable[..., Any], dict[str, Any]]
TORCH: dict[str, Case] = {
    "cross_entropy": (F.cross_entropy, {"input": z, "target": y}),
    "cross_entropy smoothed": (lambda z, y, **o: F.cross_entropy(z, y, label_smoothing=0.1, **o), {"z": z, "y": y}),
    "cross_entropy weighted": (lambda z, y, w, **o: F.cross_entropy(z, y, w, **o), {"z": z, "y": y, "w": w}),
    "cross_entropy of all options": (
        lambda z, y, w, **o: F.cross_entropy(z, y, w, ignore_index=1, label_smoothing=0.2, **o),
        {"z": z, "y": y, "w": w},
    ),
    "cross_entropy of a label outside": (
        lambda z, y, **o: F.cross_entropy(z, y, ignore_index=-1, **o),
        {"z": z, "y": ignored},
    ),
    "cross_entropy of probabilities": (
        lambda z, q, w, **o: F.cross_entropy(z, q, weight=w, label_smoothing=0.1, **o),
        {"z": z, "q": q, "w": w},
    ),
    "cross_entropy over time": (
        lambda a, y, w, **o: F.cross_entropy(a, y, weight=w, ignore_index=0, **o),
        {"a": a, "y": of_time, "w": w},
    ),
    "nll_loss": (lambda z, y, w, **o: F.nll_loss(z, y, weight=w, ignore_index=0, **o), {"z": z, "y": y, "w": w}),
    "nll_loss over time": (F.nll_loss, {"input": a, "target": of_time}),
    "binary_cross_entropy": (
        lambda p, b, v, **o: F.binary_cross_entropy(p, b.double(), weight=v, **o),
        {"p": prob, "b": bit, "v": pos},
    ),
    "binary_cross_entropy_with_logits": (
        lambda z, b, w, **o: F.binary_cross_entropy_with_logits(z, b.double(), weight=z**2, pos_weight=w, **o),
        {"z": z, "b": bits, "w": w},
    ),
    "multilabel_soft_margin_loss": (
        lambda z, b, w, **o: F.multilabel_soft_margin_loss(z, b.double(), weight=w, **o),
        {"z": z, "b": bits, "w": w},
    ),
    "multilabel_margin_loss": (F.multilabel_margin_loss, {"input": z, "target": padded}),
    "multi_margin_loss": (
        lambda z, y, w, **o: F.multi_margin_loss(z, y, p=2, margin=0.5, weight=w, **o),
        {"z": z, "y": y, "w": w},
    ),
    "kl_div": (lambda z, q, **o: F.kl_div(z, q, **o), {"z": z, "q": rare}),
    "kl_div of logarithms": (lambda z, h, **o: F.kl_div(z, h, log_target=True, **o), {"z": z, "h": h}),
    "gaussian_nll_loss": (F.gaussian_nll_loss, {"input": x, "target": u, "var": pos}),
    "gaussian_nll_loss in full": (
        lambda z, h, v, **o: F.gaussian_nll_loss(z, h, v, full=True, eps=0.5, **o),
        {"z": z, "h": h, "v": pos},
    ),
    "poisson_nll_loss": (lambda x, c, **o: F.poisson_nll_loss(x, c.double(), full=True, **o), {"x": x, "c": count}),
    "poisson_nll_loss of rates": (
        lambda r, c, **o: F.poisson_nll_loss(r, c.double(), log_input=False, eps=0.125, **o),
        {"r": pos, "c": count},
    ),
    "mse_loss": (F.mse_loss, {"input": x, "target": u}),
    "mse_loss weighted": (lambda x, u, v, **o: F.mse_loss(x, u, weight=v, **o), {"x": x, "u": u, "v": pos}),
    "l1_loss weighted": (lambda x, u, v, **o: F.l1_loss(x, u, weight=v, **o), {"x": x, "u": u, "v": pos}),
    "smooth_l1_loss": (lambda x, u, **o: F.smooth_l1_loss(x, u, beta=0.5, **o), {"x": x, "u": u}),
    "smooth_l1_loss without a bend": (lambda x, u, **o: F.smooth_l1_loss(x, u, beta=0, **o), {"x": x, "u": u}),
    "huber_loss": (lambda x, u, v, **o: F.huber_loss(x, u, delta=1.5, weight=v, **o), {"x": x, "u": u, "v": pos}),
    "soft_margin_loss": (lambda x, b, **o: F.soft_margin_loss(x, 2 * b.double() - 1, **o), {"x": x, "b": bit}),
    "hinge_embedding_loss": (
        lambda x, b, **o: F.hinge_embedding_loss(x, 2 * b - 1, margin=0.5, **o),
        {"x": x, "b": bit},
    ),
    "margin_ranking_loss": (
        lambda x, u, b, **o: F.margin_ranking_loss(x, u, 2 * b - 1, margin=0.5, **o),
        {"x": x, "u": u, "b": bit},
    ),
    "cosine_embedding_loss": (
        lambda z, h, b, **o: F.cosine_embedding_loss(z, h, 2 * b - 1, margin=0.25, **o),
        {"z": z, "h": h, "b": bit},
    ),
    "triplet_margin_loss": (
        lambda z, h, g, **o: F.triplet_margin_loss(z, h, g, margin=0.5, p=1, swap=True, **o),
        {"z": z, "h": h, "g": g},
    ),
    "triplet_margin_with_distance_loss": (
        lambda z, h, g, **o: F.triplet_margin_with_distance_loss(
            z, h, g, distance_function=lambda a, b: (a - b).pow(2).sum(-1), margin=0.5, swap=True, **o
        ),
        {"z": z, "h": h, "g": g},
    ),
}


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("name", TORCH)
def test_losses_of_torch(name: str, reduction: str) -> None:
    function, given = TORCH[name]

    def loss(**arrays: Any) -> Any:
        return function(**arrays, reduction=reduction)

    assert reading(loss, given, None).notes[-1] == COMPUTED


@pytest.mark.parametrize("name", ["cross_entropy of all options", "mse_loss weighted", "multilabel_margin_loss"])
def test_losses_of_torch_that_are_summed(name: str) -> None:
    test_losses_of_torch(name, "sum")


def test_the_mean_over_a_batch_of_divergences() -> None:
    loss = torch.nn.KLDivLoss(reduction="batchmean", log_target=True)
    assert reading(loss, {"input": z, "target": h}, None).notes[-1] == COMPUTED


@pytest.mark.skipif(not hasattr(F, "linear_cross_entropy"), reason="PyTorch has it since 2.13")
def test_a_cross_entropy_of_linear_scores() -> None:
    def loss(z: Any, weight: Any, target: Any) -> Any:
        return F.linear_cross_entropy(z, weight, target, ignore_index=1, label_smoothing=0.1)

    given = {"z": z, "weight": real("weight", index("r", 1, 4), k), "target": labels("c", n, 0, 3)}
    assert reading(loss, given, None).notes[-1] == COMPUTED


def test_a_loss_by_a_recursion_is_refused_by_its_name() -> None:
    def loss(a: Any, y: Any) -> Any:
        return F.ctc_loss(a, y, (2,), (2,))

    with pytest.raises(ReadError, match="ctc_loss is not read"):
        reading(loss, {"a": a, "y": of_time}, None)
