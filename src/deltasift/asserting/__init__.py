"""Assertions for a user's own tests: two expressions are equal, one is at most the other, a page derives its claims.

An assertion about expressions rests on one of three grades of evidence, the strongest first:

* "proof": a derivation by rules whose conditions are proved, accepted by the checker;
* "models": equal (or ordered) in every finite model with sizes up to 3, decided exactly;
* "numbers": so at random exact points, where the two values are enclosed rigorously.

A proof is asked for unless the caller accepts less, since unknown is not true; a counterexample fails the assertion
whatever is accepted. Wrong input, such as facts that contradict each other, raises a `DeltasiftError`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from deltasift.calc import Derivation, Page
from deltasift.check import check
from deltasift.pages import load, load_file

__all__ = ["assert_at_most", "assert_derives", "assert_equal"]


def assert_equal(lhs: Any, rhs: Any, *, given: Any = (), accept: str = "proof", seed: str = "") -> None:
    """Assert that two expressions have the same value wherever what is given holds.

    Parameters
    ----------
    lhs, rhs : expressions
        SymPy's or those of a page.
    given : domain, statement, `assuming(...)`, or iterable of these
        What the names are and what is known of them, beside what the handles in the expressions bring along. A SymPy
        symbol without a domain is a size where it is a positive integer, a real where it is real.
    accept : {"proof", "models", "numbers"}
        The least grade of evidence that is enough: a proof, all finite models up to a size, random points.
    seed : str
        Draws other random points.

    Raises
    ------
    AssertionError
        If they differ, or one of them has no value, at a point that is shown; or if the evidence is not of the grade
        that is asked for, with what was covered.
    DeltasiftError
        If the question makes no sense: facts that contradict each other, a float, a name declared in two ways.
    """
    __tracebackhide__ = True
    _judge("=", lhs, rhs, given, accept, seed)


def assert_at_most(lhs: Any, rhs: Any, *, given: Any = (), accept: str = "proof", seed: str = "") -> None:
    """Assert that `lhs <= rhs` wherever what is given holds; parameters and errors are those of `assert_equal`."""
    __tracebackhide__ = True
    _judge("<=", lhs, rhs, given, accept, seed)


def _judge(relation: str, lhs: Any, rhs: Any, given: Any, accept: str, seed: str) -> None:
    __tracebackhide__ = True
    from deltasift.asserting.decide import decide  # here, since it loads the checker and the rules
    from deltasift.asserting.decision import grade

    least = grade(accept)
    decision = decide(relation, lhs, rhs, given, seed=seed)
    if decision.grade < least:
        raise AssertionError(decision.message(least))


def assert_derives(page: str | Path | Page | Derivation) -> None:
    """Assert that every line of a page is right and that it derives what it claims.

    Parameters
    ----------
    page : str, Path, Page or Derivation
        The name of a page of the catalogue, the path of a page, or what was loaded or written.

    Raises
    ------
    AssertionError
        With every problem, one a line, and the counterexamples.
    PageError
        If there is no such page, or it cannot be read.
    """
    __tracebackhide__ = True
    if isinstance(page, str):
        page = load(page)
    elif isinstance(page, Path):
        page = load_file(page)
    report = check(page)
    if not report.ok:
        raise AssertionError("\n".join([f"{report.page.name} is wrong, {report.problems[0]}", *report.problems[1:]]))
