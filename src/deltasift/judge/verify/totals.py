"""Totals of distributions: of a pmf by a proof of the equality, of a density by what is declared."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.judge.tree import INFINITY, MINUS_INFINITY, ONE, bound, make
from deltasift.judge.verify.question import Goal, Question, require


def sum_pmf(q: Question) -> Iterator[Goal]:
    """The equality itself is proved: by what a pmf is, or by laws of sums."""
    require(q.before.head == "Sum" and q.before.args[0].head == "Entry", "this is no sum of entries")
    require(q.after is ONE, "the total is another")
    yield Goal(make("Equality", (q.before, ONE)))


def integral_density(q: Question) -> Iterator[Goal]:
    """What is integrated over the whole line is declared to be a density."""
    require(q.before.head == "Integral" and q.before.args[0].head == "Apply", "this is no integral of a density")
    (function, *arguments), _, lo, hi = q.before.args[0].args, *q.before.args[1:]
    require(function.head == "free" and q.world.is_density(function.value), "this is no density")
    require(arguments == [bound(0)], "it is not integrated over its argument")
    require(lo is MINUS_INFINITY and hi is INFINITY, "this is not the whole line")
    require(q.after is ONE, "the total is another")
    yield from ()
