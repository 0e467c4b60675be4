"""The losses of PyTorch by their names there, with those that call something beside what is an entry or a sum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deltasift.errors import ReadError
from deltasift.read.arrays import distances, folds, losses, shapes
from deltasift.read.arrays.array import Array
from deltasift.read.arrays.common import refused
from deltasift.read.arrays.entrywise import add, array_of


def linear(x: Any, weight: Any, bias: Any = None) -> Array:
    """Return rows times the rows of a weight, and a bias."""
    found = folds.matrix_product(x, shapes.turned(weight))
    return found if bias is None else add(found, bias)


def _with_distance(anchor: Any, positive: Any, negative: Any, *, distance_function: Any = None, **options: Any) -> Any:
    """Call the triplet loss with a distance, which is the user's and gets stand-ins."""
    from deltasift.read.arrays.standin import unwrapped
    from deltasift.read.arrays.tensor import TorchStandIn

    def distance(a: Array, b: Array) -> Any:
        return unwrapped(distance_function(TorchStandIn(a), TorchStandIn(b)))

    own = None if distance_function is None else distance
    return distances.triplet_margin_with_distance_loss(anchor, positive, negative, distance_function=own, **options)


def _linear_cross_entropy(
    x: Any,
    linear_weight: Any,
    target: Any,
    *,
    linear_bias: Any = None,
    ignore_index: Any = None,
    options: Any = None,
    **o: Any,
) -> Array:
    if array_of(linear_weight).ndim != 2:
        raise ReadError("linear_cross_entropy with a weight of more than two axes is not read")
    ignored = -100 if ignore_index is None else ignore_index
    return losses.cross_entropy(linear(x, linear_weight, linear_bias), target, ignore_index=ignored, **o)


OF_LOSSES = (
    *("cross_entropy", "nll_loss", "multi_margin_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits"),
    *("multilabel_soft_margin_loss", "soft_margin_loss", "kl_div", "gaussian_nll_loss", "poisson_nll_loss"),
    *("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "hinge_embedding_loss", "margin_ranking_loss"),
    *("normalize", "cosine_similarity", "cosine_embedding_loss", "pairwise_distance", "triplet_margin_loss"),
    "multilabel_margin_loss",
)
LOSSES: dict[str, Callable[..., Any]] = {
    **{name: (vars(losses) | vars(distances))[name] for name in OF_LOSSES},
    "triplet_margin_with_distance_loss": _with_distance,
    "linear_cross_entropy": _linear_cross_entropy,
    "ctc_loss": refused("ctc_loss is not read: a sum over alignments by a recursion over time, no formula of sums"),
}
