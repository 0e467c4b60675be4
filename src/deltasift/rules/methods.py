"""Reasons that the search itself carries out: unfolding a definition, field arithmetic, rewriting under a binder."""

from __future__ import annotations

from deltasift.rule import AnyRule, Method, Under

definition = Method("definition", "By definition.", "cover2006, chapter 2")
arithmetic = Method("arithmetic", "By arithmetic.", "lang2002, chapter II")


def sum_congr(rule: AnyRule) -> Under:
    """Use a rule in every term of a sum, product or integral, whose range is a fact there."""
    return Under(rule)
