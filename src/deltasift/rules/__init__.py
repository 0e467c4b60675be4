"""The rules, one subject a file, and the table of them all."""

from deltasift.rule import Rule
from deltasift.rules import deltas, exponentials, integrals, logarithms, products, sums
from deltasift.rules.methods import Under, arithmetic, definition, sum_congr
from deltasift.rules.order import (
    ORDER,
    argmax_eq_argmin_neg,
    order_add_const,
    order_comp_strict_mono,
    order_mul_pos,
)

SUBJECTS = (sums, deltas, products, logarithms, exponentials, integrals)
RULES: dict[str, Rule] = {
    value.name: value for subject in SUBJECTS for value in vars(subject).values() if isinstance(value, Rule)
}
METHODS = {m.name: m for m in (definition, arithmetic, *ORDER)}

__all__ = [
    "METHODS",
    "ORDER",
    "RULES",
    "SUBJECTS",
    "Under",
    "argmax_eq_argmin_neg",
    "arithmetic",
    "definition",
    "order_add_const",
    "order_comp_strict_mono",
    "order_mul_pos",
    "sum_congr",
]
