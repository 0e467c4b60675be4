"""Plain Python functions as expressions: the way back from `deltasift.emit`.

The source is read, by latexify's parser, and followed symbolically; nothing of it is run. A name outside of the
function is looked up only to see what it is: `log` of the module `math`, an integer, another Python function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sympy.core.basic import Basic

from deltasift.calc import Derivation
from deltasift.domain import Domain, Index
from deltasift.errors import ReadError

__all__ = ["derivation_of", "expression_of"]

OTHERWISE = (
    "Without reading it, assert_implements(function, formula) compares a function with a formula on random data."
)


def expression_of(
    function: Callable[..., Any],
    *,
    given: Mapping[str, Any] | Iterable[Domain] = (),
    labels_from: int | None = None,
    at: Index | tuple[Index, ...] = (),
) -> Basic:
    """Return what a plain Python function computes, as an inert expression.

    Parameters
    ----------
    function : Python function
        Of numbers, lists and functions: sums and products over ranges (`sum(... for n in range(N))`, `for` loops that
        add up or multiply), assignments, choices, entries `q[k]`, `q[n][k]`, `q[n, k]`, lengths, the functions of
        `math`, and other such functions. `y[n] == k` as a number is a Kronecker delta, any other statement an Iverson
        bracket, `a if c else b` a case distinction, or the bracket times a where b is 0.
    given : mapping from parameters to domains, or domains that have the names of parameters
        What the parameters are: `{"q": q, "y": y}`; a number or an expression is put in the place of a parameter.
        A parameter that has the name of a size, or of another domain that these mention, is that. It is proved that
        the tables have the entries that are read.
    labels_from : int, optional
        What the function calls the first label, 0 or 1. With it the arrays of the function count from 0 and those of
        the domains from where they start, usually 1: every table is indexed anew, and the loops are shifted to the
        ranges of the domains, which `derivation_of` shows. Without it the indices of both are the same.
    at : Index or tuple of Index, optional
        The indices at which the entry of a returned array is read, one for each axis, where they are not to be those
        of the domains: `at=(i, j)` reads the entry that `Derivative(loss, z[i, j])` is compared with.

    Returns
    -------
    Basic
        Equal to the value of the function wherever both have one, in the arithmetic of the reals; a decimal is the
        fraction that it was written as. A table that is not declared has the entries that are read, and an index of it
        counts from the front.

    Raises
    ------
    ReadError
        With the line and the construct that is not read, or the entry that is not known to exist.
    """
    __tracebackhide__ = True
    return derivation_of(function, given=given, labels_from=labels_from, at=at).lines[-1]


def derivation_of(
    function: Callable[..., Any],
    *,
    given: Mapping[str, Any] | Iterable[Domain] = (),
    labels_from: int | None = None,
    at: Index | tuple[Index, ...] = (),
) -> Derivation:
    """Return how a plain Python function becomes the expression that `expression_of` returns.

    Parameters
    ----------
    function, given, labels_from, at
        As in `expression_of`.

    Returns
    -------
    Derivation
        Line 1 is what was read, the loops counting as they do in the function; with `labels_from` they are shifted to
        the ranges of the domains, by `sum_shift` and `prod_shift`.

    Raises
    ------
    ReadError
    """
    from deltasift.read.reading import derivation  # here, since only who reads a function needs the prover

    __tracebackhide__ = True
    try:
        return derivation(function, given, labels_from, at if isinstance(at, tuple) else (at,))
    except ReadError as why:
        why.add_note(OTHERWISE)
        raise why.with_traceback(None) from None  # the line of the function is what counts, and not ours
