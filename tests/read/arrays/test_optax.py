"""Each loss of optax with its options, against the library: what is read has the value that it returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deltasift import index, labels, pmf, positive, real, sizes
from deltasift.read.arrays.library import COMPUTED
from deltasift.read.reading import reading

jax = pytest.importorskip("jax", reason="JAX is not installed: make frameworks")
optax = pytest.importorskip("optax", reason="optax is not installed: make frameworks")
L = optax.losses

N, K, T = sizes("N K T")
n, k, t = index("n", 1, N), index("k", 1, K), index("t", 1, T)
colour = index("colour", 1, 3)
x, u = real("x", n), real("u", n)
z, h, g = real("z", n, k), real("h", n, k), real("g", n, k)
y, bit = labels("y", n, k), labels("bit", n, 0, 1)
kept = labels("kept", (n, k), 0, 1)
q, rare = pmf("q", k, given=n, positive=True), pmf("rare", k, given=n)
gain = positive("gain", n, k)
image, mask = real("image", n, t, colour), real("mask", n, t, colour, above=0, below=1)
NO_WEIGHTS = {"logits": z, "labels": q}

Case = tuple[Callable[..., Any], dict[str, Any]]
OPTAX: dict[str, Case] = {
    "squared_error": (L.squared_error, {"predictions": x, "targets": u}),
    "l2_loss": (L.l2_loss, {"predictions": x, "targets": u}),
    "l2_loss of errors": (lambda x: L.l2_loss(x), {"x": x}),
    "huber_loss": (lambda x, u: L.huber_loss(x, u, delta=0.5), {"x": x, "u": u}),
    "log_cosh": (L.log_cosh, {"predictions": x, "targets": u}),
    "hinge_loss": (lambda x, b: L.hinge_loss(x, 2 * b - 1), {"x": x, "b": bit}),
    "perceptron_loss": (lambda x, b: L.perceptron_loss(x, 2 * b - 1), {"x": x, "b": bit}),
    "sparsemax_loss": (L.sparsemax_loss, {"logits": x, "labels": bit}),
    "multiclass_hinge_loss": (L.multiclass_hinge_loss, {"scores": z, "labels": y}),
    "multiclass_perceptron_loss": (L.multiclass_perceptron_loss, {"scores": z, "labels": y}),
    "sigmoid_binary_cross_entropy": (L.sigmoid_binary_cross_entropy, {"logits": x, "labels": bit}),
    "sigmoid_focal_loss": (lambda x, b: L.sigmoid_focal_loss(x, b, alpha=0.25, gamma=3.0), {"x": x, "b": bit}),
    "softmax_cross_entropy": (L.softmax_cross_entropy, NO_WEIGHTS),
    "softmax_cross_entropy over another axis": (lambda z, h: L.softmax_cross_entropy(z, h, axis=0), {"z": z, "h": h}),
    "softmax_cross_entropy of some": (
        lambda z, q, b: L.softmax_cross_entropy(z, q, where=b == 1),
        {"z": z, "q": q, "b": kept},
    ),
    "safe_softmax_cross_entropy": (L.safe_softmax_cross_entropy, {"logits": z, "labels": rare}),
    "integer labels": (L.softmax_cross_entropy_with_integer_labels, {"logits": z, "labels": y}),
    "integer labels over another axis": (
        lambda s, y: L.softmax_cross_entropy_with_integer_labels(s, y, axis=0),
        {"s": real("s", k, n), "y": y},
    ),
    "integer labels of some": (
        lambda z, y, b: L.softmax_cross_entropy_with_integer_labels(z, y, where=b == 1),
        {"z": z, "y": y, "b": kept},
    ),
    "poly_loss_cross_entropy": (lambda z, q: L.poly_loss_cross_entropy(z, q, epsilon=-1.0), {"z": z, "q": q}),
    "kl_divergence": (L.kl_divergence, {"log_predictions": z, "targets": rare}),
    "kl_divergence of some": (lambda z, q, b: L.kl_divergence(z, q, where=b == 1), {"z": z, "q": q, "b": kept}),
    "kl_divergence_with_log_targets": (L.kl_divergence_with_log_targets, {"log_predictions": z, "log_targets": h}),
    "convex_kl_divergence": (L.convex_kl_divergence, {"log_predictions": z, "targets": q}),
    "generalized_kl_divergence": (
        lambda z, q: L.generalized_kl_divergence(z, q, axis=None),
        {"z": z, "q": q},
    ),
    "cosine_similarity": (lambda z, h: L.cosine_similarity(z, h, epsilon=1e-3, axis=0), {"z": z, "h": h}),
    "cosine_distance": (
        lambda z, h, b: L.cosine_distance(z, h, epsilon=0.01, where=b == 1),
        {"z": z, "h": h, "b": kept},
    ),
    "triplet_margin_loss": (
        lambda z, h, g: L.triplet_margin_loss(z, h, g, norm_degree=1, margin=0.5, eps=1e-3),
        {"z": z, "h": h, "g": g},
    ),
    "triplet_margin_loss of another degree": (
        lambda z, h, g: L.triplet_margin_loss(z, h, g, norm_degree=3, eps=0.5),
        {"z": z, "h": h, "g": g},
    ),
    "dice_loss": (
        lambda p, m: L.dice_loss(p, m, smooth=0.5, alpha=0.25, beta=0.75, reduction="sum", ignore_background=True),
        {"p": image, "m": mask},
    ),
    "binary_dice_loss": (lambda x, b: L.binary_dice_loss(x, b), {"x": x, "b": bit}),
    "multiclass_generalized_dice_loss": (L.multiclass_generalized_dice_loss, {"predictions": image, "targets": mask}),
    "ranking_softmax_loss": (
        lambda z, y, w: L.ranking_softmax_loss(z, y, weights=w, reduce_fn=jax.numpy.sum),
        {"z": z, "y": gain, "w": kept},
    ),
    "ranking_softmax_loss of some": (
        lambda z, y, b: L.ranking_softmax_loss(z, y, where=b == 1, reduce_fn=None),
        {"z": z, "y": gain, "b": kept},
    ),
    "ranking_softmax_loss of one list": (L.ranking_softmax_loss, {"logits": x, "labels": positive("rel", n)}),
    "smooth_labels": (lambda q: L.smooth_labels(q, 0.1, axis=0), {"q": q}),
    "smooth_labels of some": (lambda q, b: L.smooth_labels(q, 0.1, where=b == 1), {"q": q, "b": kept}),
    "a Fenchel-Young loss": (
        lambda z, q: L.make_fenchel_young_loss(jax.nn.logsumexp)(z, q),
        {"z": z, "q": q},
    ),
}


@pytest.mark.parametrize("name", OPTAX)
def test_losses_of_optax(name: str) -> None:
    function, given = OPTAX[name]
    assert reading(function, given, None).notes[-1] == COMPUTED


def test_a_mask_and_its_mirror_image_are_not_taken_for_the_same() -> None:
    """Whether a choice is the same everywhere shows at positions that are told apart."""

    def corner(s: Any) -> Any:
        rows = jax.numpy.arange(s.shape[0])
        return jax.numpy.where(rows[:, None] == rows[None, :], s, 0.0).sum()

    square = real("s", n, index("m", 1, N))
    assert "delta" in str(reading(corner, {"s": square}, None).derivation.lines[-1])
