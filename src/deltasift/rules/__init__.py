"""The rules, one subject a file, and the table of them all."""

from deltasift.rule import Rule
from deltasift.rules import algebra, deltas, exponentials, integrals, logarithms, products, sums
from deltasift.rules.algebra import mul_add, one_mul, zero_add
from deltasift.rules.deltas import (
    delta_comm,
    delta_eq,
    delta_mul_log_delta,
    delta_mul_ne,
    delta_mul_self,
    delta_ne,
    delta_one,
    delta_pow,
    delta_self,
    delta_sift,
    delta_zero,
    prod_delta_pow,
    sum_delta,
    sum_delta_bracket,
    sum_delta_outside,
)
from deltasift.rules.exponentials import exp_add, exp_log_of_pos, exp_neg, exp_zero, log_exp, one_sub_sigma
from deltasift.rules.integrals import integral_add, integral_dirac, integral_mul, integral_sum
from deltasift.rules.logarithms import (
    div_self,
    log_div,
    log_mul,
    log_one,
    log_pow,
    log_prod,
    mul_log_div,
    zero_mul_log,
)
from deltasift.rules.methods import Under, arithmetic, definition, sum_congr
from deltasift.rules.order import (
    ORDER,
    argmax_eq_argmin_neg,
    order_add_const,
    order_comp_strict_mono,
    order_mul_pos,
)
from deltasift.rules.products import prod_comm, prod_const, prod_mul
from deltasift.rules.sums import (
    sum_add,
    sum_comm,
    sum_const,
    sum_empty,
    sum_mul_left,
    sum_mul_right,
    sum_neg,
    sum_shift,
    sum_split,
    sum_zero,
)

SUBJECTS = (algebra, sums, deltas, products, logarithms, exponentials, integrals)
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
    "delta_comm",
    "delta_eq",
    "delta_mul_log_delta",
    "delta_mul_ne",
    "delta_mul_self",
    "delta_ne",
    "delta_one",
    "delta_pow",
    "delta_self",
    "delta_sift",
    "delta_zero",
    "div_self",
    "exp_add",
    "exp_log_of_pos",
    "exp_neg",
    "exp_zero",
    "integral_add",
    "integral_dirac",
    "integral_mul",
    "integral_sum",
    "log_div",
    "log_exp",
    "log_mul",
    "log_one",
    "log_pow",
    "log_prod",
    "mul_add",
    "mul_log_div",
    "one_mul",
    "one_sub_sigma",
    "order_add_const",
    "order_comp_strict_mono",
    "order_mul_pos",
    "prod_comm",
    "prod_const",
    "prod_delta_pow",
    "prod_mul",
    "sum_add",
    "sum_comm",
    "sum_congr",
    "sum_const",
    "sum_delta",
    "sum_delta_bracket",
    "sum_delta_outside",
    "sum_empty",
    "sum_mul_left",
    "sum_mul_right",
    "sum_neg",
    "sum_shift",
    "sum_split",
    "sum_zero",
    "zero_add",
    "zero_mul_log",
]
