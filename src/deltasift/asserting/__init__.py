"""Assertions for a user's own tests: of two expressions, of the lines of a page, of a function and its formula.

An assertion about expressions rests on one of three grades of evidence, the strongest first:

* "proof": a derivation by rules whose conditions are proved, accepted by the checker;
* "models": equal (or ordered) in every finite model with sizes up to 3, decided exactly;
* "numbers": so at random exact points, where the two values are enclosed rigorously.

A proof is asked for unless the caller accepts less, since unknown is not true; a counterexample fails the assertion
whatever is accepted. Wrong input, such as facts that contradict each other, raises a `DeltasiftError`.

An assertion about a function of Python, NumPy or PyTorch rests on random data: `assert_implements`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from deltasift.calc import Derivation, Page
from deltasift.check import check
from deltasift.errors import PageError
from deltasift.pages import load, load_file

__all__ = ["assert_at_most", "assert_derives", "assert_equal", "assert_implements"]


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
    if not isinstance(page, (Page, Derivation)):
        raise PageError(f"{page!r} is no page: give its name, its path, or what calc(...) returns")
    report = check(page)
    if not report.ok:
        raise AssertionError("\n".join([f"{report.page.name} is wrong, {report.problems[0]}", *report.problems[1:]]))


def assert_implements(
    function: Callable[..., Any],
    expression: Any,
    *,
    given: Any = (),
    data: Mapping[str, Any] | None = None,
    over: Any = (),
    arrays: Callable[[Any], Any] | None = None,
    labels_from: int = 0,
    rtol: float | None = None,
    atol: float | None = None,
    examples: int = 100,
    sizes: Iterable[int] = (),
    dtype: str | None = None,
    undefined: str = "skip",
    seed: str = "",
) -> None:
    """Assert that a function computes an expression.

    Data are drawn for every name of the expression, from its domain: sizes from 1 to 5, and sometimes one up to 16;
    labels; probabilities of which some are as near as 1e-12 to 0 or 1, or 0 where they may be; reals of which some are
    so large that `exp` overflows. The function gets them as arrays that
    count from 0; the expression is evaluated on the same numbers exactly, and rounded at the end. Warnings of the
    function are not heeded.

    Parameters
    ----------
    function : callable
    expression : expression
        Its names are declared: sizes, indices, labels, pmfs, reals.
    given : domain, statement, `assuming(...)`, or iterable of these
        What the data are to meet beside their domains, such as `2 <= K`.
    data : mapping from parameters of the function to what they get
        A domain, whose value is meant, a defined table too; a function of the drawn values, by their names, such as
        `lambda K: range(K)`; or a constant. A parameter that is not in it gets what has its own name, and what has a
        default keeps it.
    over : Index or sequence of Index
        For a function that returns an array: the indices of its axes, which are free in the expression.
    arrays : callable
        Makes the function's kind of array of one of NumPy, such as `torch.as_tensor`.
    labels_from : int
        What the function calls the first label: 0 or 1.
    rtol, atol : float, optional
        The function may be off by `atol + rtol * |value|`. Without them this is what the type of the numbers
        allows: 1e-7 and 1e-9 for doubles, 1e-4 and 1e-5 for a float32 that was computed from such.
    examples : int
        How many data are drawn, the smallest first.
    sizes : iterable of int
        Sizes to be tried, each of them and its neighbours; the whole numbers that stand in the function are tried too.
    dtype : {"float64", "float32", "float16"}, optional
        What the function gets; the expression is evaluated on the same numbers. Without it this is what `arrays` makes
        of doubles, which is a float32 for JAX.
    undefined : {"skip", "nan", "refuse"}
        What is done with data on which the expression has no value: they are passed over; the function is to return no
        number there; or they are a failure.
    seed : str
        Draws other data; the seed comes from the names of the function and the expression, so each run is the same.

    Raises
    ------
    AssertionError
        With the smallest data that were found on which the function returns something else, or raises.
    DataError
        If a parameter gets no value, or no data were found on which the expression has one.

    Warns
    -----
    UserWarning
        If the expression has a value on less than half of the data, with what the function returned on the others.
    """
    __tracebackhide__ = True
    from deltasift.asserting.implements import failing  # here, since it loads the checker and the rules

    found = failing(
        function,
        expression,
        given=given,
        data=data or {},
        over=over,
        arrays=arrays,
        labels_from=labels_from,
        tolerance=(atol, rtol),
        examples=examples,
        seed=seed,
        undefined=undefined,
        sizes=tuple(sizes),
        dtype=dtype,
    )
    if found is not None:
        raise AssertionError(found)
