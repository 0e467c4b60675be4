"""Derivatives by a name or by an entry of a table; the entries of a table vary apart from each other.

How the rules are carried out is the business of `deltasift.match.derivatives`, with the conditions of each.

References
----------
Lang (1997), Undergraduate Analysis, chapters 3 and 15.
"""

from __future__ import annotations

from deltasift.rule import Method

deriv_add = Method("deriv_add", "The derivative of a sum is the sum of the derivatives.", "lang1997, chapter 3")
deriv_const = Method("deriv_const", "What does not vary has the derivative 0.", "lang1997, chapter 3")
deriv_deriv = Method(
    "deriv_deriv", "A higher derivative is the derivative of the one before it.", "lang1997, chapter 3"
)
deriv_entry = Method(
    "deriv_entry",
    "The derivative of an entry by an entry is 1 if it is the same, and else 0.",
    "murphy2022, section 7.8",
)
deriv_exp = Method("deriv_exp", "The exponential is its own derivative.", "lang1997, chapter 4")
deriv_function = Method("deriv_function", "The derivative of an elementary function.", "lang1997, chapter 4")
deriv_log = Method("deriv_log", "The derivative of the logarithm is the reciprocal.", "lang1997, chapter 4")
deriv_mul = Method("deriv_mul", "The rule for products and quotients.", "lang1997, chapter 3")
deriv_pow = Method("deriv_pow", "The rule for powers.", "lang1997, chapter 4")
deriv_prod = Method("deriv_prod", "One factor after the other is differentiated.", "lang1997, chapter 3")
deriv_self = Method("deriv_self", "The derivative of a name by itself is 1.", "lang1997, chapter 3")
deriv_sum = Method("deriv_sum", "A finite sum is differentiated term by term.", "lang1997, chapter 3")
