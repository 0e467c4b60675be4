"""The functions that declare what a page is given."""

from __future__ import annotations

from typing import Any

from sympy import S, Symbol

from deltasift.domain.functions import DefinedFunction, Density, Family
from deltasift.domain.tables import Index, Labels, Pmf, Reals, Size, origin_of
from deltasift.errors import DomainError
from deltasift.inert import free, inert
from deltasift.inert.node import Given
from deltasift.inert.plain import plain_names


def sizes(names: str) -> Any:
    """Declare sizes, integers that are at least 1.

    Parameters
    ----------
    names : str
        Names separated by spaces or commas.

    Returns
    -------
    Size or tuple of Size
        One handle for one name, else a tuple.
    """
    handles = tuple(Size(name) for name in names.replace(",", " ").split())
    if not handles:
        raise DomainError("sizes needs a name")
    return handles[0] if len(handles) == 1 else handles


def index(name: str, lo: Any, hi: Any) -> Index:
    """Declare an index with its range, both ends included."""
    low, high = inert(lo), inert(hi)
    if low.is_Integer and high.is_Integer and low > high:
        raise DomainError(f"{name} would run from {low} to {high}, an empty range")
    return Index(name, low, high, origin_of(lo, hi))


def labels(name: str, over: Index | tuple[Index, ...], classes: Any, hi: Any = None) -> Labels:
    """Declare a label for each value of an index, or of several.

    Parameters
    ----------
    over : Index or tuple of Index
        The index of the examples, or those of a batch and of its tokens: `labels("y", (n, t), k)`.
    classes : Index, or the least label
        The index whose range the labels take; or the least label, and `hi` is the greatest: `labels("y", n, 0, 1)`.
    """
    places = over if isinstance(over, tuple) else (over,)
    if not places or not all(isinstance(i, Index) for i in places):
        raise DomainError(f"{name} has labels over {over}: give an index, or a tuple of indices")
    if isinstance(classes, Index):
        if hi is not None:
            raise DomainError("labels take an index of classes, or a least and a greatest label, not both")
        return Labels(name, places, classes.lo, classes.hi, classes)
    if hi is None:
        raise DomainError("labels need an index of classes, or a least and a greatest label")
    low, high = inert(classes), inert(hi)
    if low.is_Integer and high.is_Integer and low > high:
        raise DomainError(f"{name} would have labels from {low} to {high}: there are none")
    return Labels(name, places, low, high, origin=origin_of(classes, hi))


def counts(name: str, over: Index | tuple[Index, ...], lo: Any, hi: Any) -> Labels:
    """Declare an integer for each value of an index, or of several: how often, how many, how long.

    Where programs and data call the first label 0 or 1, labels are shifted; a count is the same number there.

    Parameters
    ----------
    over : Index or tuple of Index
        An empty tuple declares one number.
    lo, hi : the least and the greatest
        `counts("length", n, 0, T)`.
    """
    places = over if isinstance(over, tuple) else (over,)
    if not all(isinstance(i, Index) for i in places):
        raise DomainError(f"{name} has counts over {over}: give an index, or a tuple of indices")
    low, high = inert(lo), inert(hi)
    if low.is_Integer and high.is_Integer and low > high:
        raise DomainError(f"{name} would be from {low} to {high}: there is no such number")
    return Labels(name, places, low, high, origin=origin_of(lo, hi), counted=True)


def pmf(name: str, classes: Index, *, given: Index | tuple[Index, ...] | None = None, positive: bool = False) -> Pmf:
    """Declare probabilities `q[k] >= 0` that sum to one over an index.

    Parameters
    ----------
    classes : Index
        The index that is summed over.
    given : Index or tuple of Index, optional
        With an index n, one distribution `q[n, k]` for each n.
    positive : bool
        Whether every `q[k] > 0`.
    """
    rows = given if isinstance(given, tuple) else () if given is None else (given,)
    return Pmf(name, (*rows, classes), positive)


def density(name: str, *, continuous: bool = False, positive: bool = False) -> Density:
    """Declare a probability density `q(x) >= 0` over the reals."""
    return Density(name, continuous, positive)


def real(name: str, *over: Index, above: Any = None, below: Any = None) -> Reals:
    """Declare a real number or, with indices, a table of them; `above` and `below` are strict bounds."""
    low, high = (None if bound is None else inert(bound) for bound in (above, below))
    if low is not None and high is not None and low.is_Rational and high.is_Rational and low >= high:
        raise DomainError(f"no number lies above {low} and below {high}, so {name} cannot exist")
    return Reals(name, over, low, high, origin_of(above, below))


def positive(name: str, *over: Index) -> Reals:
    """Declare a positive real or, with indices, a table of them."""
    return Reals(name, over, S.Zero, None)


def define(name: str, *parts: Any, joint: bool = False) -> Any:
    """Define a number, a table or a function of a real.

    Parameters
    ----------
    name : str
        The name, which may be LaTeX such as ``\\hat p``.
    *parts
        The indices (or one declared real), then the body: `define("p", k, Sum(delta(k, y[n]), n) / N)`.
    joint : bool
        Whether a quantity that uses it as a law takes it for one of all of its indices, and not of the last one for
        each value of the others.
    """
    if not parts:
        raise DomainError(f"the definition of {name} has no body")
    *over, body = parts
    expr = plain_names(inert(body))
    origin: Given = getattr(body, "_given", frozenset())
    if name in {s.name for s in free(expr) if isinstance(s, Symbol)}:
        raise DomainError(f"{name} is defined by itself")
    if len(over) == 1 and isinstance(over[0], Reals):
        return DefinedFunction(name, over[0], expr, origin)
    if not all(isinstance(i, Index) for i in over):
        raise DomainError(f"{name} is defined over indices, or over one declared real")
    if joint and len(over) < 2:
        raise DomainError(f"{name} is a joint law of one index: it takes two or more")
    return Family(name, tuple(over), expr, origin, joint)
