"""The pages with which the catalogue began: in them is every kind of line, and they are gone through in every format.

What asks only whether a page is right goes through all of them.
"""

from __future__ import annotations

FOUNDING = (
    "average_or_sum",
    "classification_loss_is_average_nll",
    "cross_entropy_is_average_nll",
    "delta_is_one_hot",
    "dirac_cross_entropy_is_average_nll",
    "kl_is_constant_plus_nll",
    "kl_splits_into_entropies",
    "log_likelihood_is_a_sum",
    "logistic_posterior",
    "minimising_kl_is_maximum_likelihood",
    "sum_over_examples_to_sum_over_classes",
)
