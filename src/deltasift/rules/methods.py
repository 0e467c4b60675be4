"""Reasons whose instances are not one pattern: unfolding a definition, field arithmetic, rewriting under a binder."""

from __future__ import annotations

from deltasift.rule import AnyRule, Method, Under

definition = Method("definition", "By definition.", "cover2006, chapter 2")
bracket_true = Method(
    "bracket_true", "A bracket around what is true is 1, and so is that part of it.", "graham1994, section 2.1"
)
bracket_false = Method("bracket_false", "A bracket around what is false makes its term 0.", "graham1994, section 2.1")
bracket_and = Method("bracket_and", "A bracket around several statements is their product.", "graham1994, section 2.1")
series_add = Method("series_add", "A series of sums splits into series that exist each.", "rudin1987, theorem 1.27")
dirac_linear = Method(
    "dirac_linear", "A scaled delta is the delta at its point, divided by the scale.", "strichartz2003, section 1.2"
)
dirac_roots = Method(
    "dirac_roots",
    "A delta of a function is a delta at each simple zero, divided by the slope there.",
    "strichartz2003, section 1.2",
)
piecewise_bracket = Method(
    "piecewise_bracket", "A case distinction is a sum over its cases in brackets.", "graham1994, section 2.1"
)
arithmetic = Method("arithmetic", "By arithmetic.", "lang2002, chapter II")


def sum_congr(rule: AnyRule) -> Under:
    """Use a rule in every term of a sum, product or integral, whose range is a fact there."""
    return Under(rule)
