"""Reasons whose instances are not one pattern: unfolding a definition, field arithmetic, rewriting under a binder."""

from __future__ import annotations

from dataclasses import dataclass

from deltasift.rule import AnyRule, Method

definition = Method("definition", "By definition.", "cover2006, chapter 2")
arithmetic = Method("arithmetic", "By arithmetic.", "lang2002, chapter II")


@dataclass(frozen=True)
class Under:
    """A rule that is used under a binder, the binder's range being a fact there."""

    rule: AnyRule

    @property
    def name(self) -> str:
        return f"sum_congr({self.rule.name})"

    @property
    def reason(self) -> str:
        return self.rule.reason[:-1] + ", in each term." if self.rule.reason.endswith(".") else self.rule.reason

    @property
    def ref(self) -> str:
        return self.rule.ref

    @property
    def reversed(self) -> Under:
        return Under(self.rule.reversed)

    def __repr__(self) -> str:
        return f"sum_congr({self.rule!r})"


def sum_congr(rule: AnyRule) -> Under:
    """Use a rule in every term of a sum, product or integral, whose range is a fact there."""
    return Under(rule)
