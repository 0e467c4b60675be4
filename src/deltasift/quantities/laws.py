"""Laws of several indices: a joint one with its marginals and conditionals, and one view of whatever has probabilities.

References
----------
Feller (1968), chapters V and IX. Cover and Thomas (2006), section 2.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from deltasift.domain import Domain, Family, Index, Pmf, Row, Table, define
from deltasift.errors import DomainError
from deltasift.inert import Mul, Node, Sum


def joint(name: str, *indices: Index, independent: bool = False, positive: bool = False) -> Family:
    """Declare a law of several indices: `p[x, z] := p_x[x] * p_{z|x}[x, z]`, which every law of x and z is.

    Parameters
    ----------
    name : str
    *indices : Index
        Two or more. The first has a law of its own, each other one a law for each value of those before it.
    independent : bool
        Whether each index has a law of its own: `p[x, z] := p_x[x] * p_z[z]`.
    positive : bool
        Whether every probability is positive.

    Returns
    -------
    Family
        Its parts, such as `marginal(p, x)` and `conditional(p, z)`, are pmfs of the page.
    """
    if len(indices) < 2 or not all(isinstance(i, Index) for i in indices):
        raise DomainError(f"{name} is a law of two indices or more: pmf declares one of a single index")
    parts = []
    for n, i in enumerate(indices):
        rows = () if independent else indices[:n]
        parts.append(Pmf(_conditional_name(name, (i,), rows), (*rows, i), positive))
    body: Node = reduce(Mul, (part[tuple(part.over)] for part in parts))
    return Family(name, indices, body, body.given, joint=True)


def marginal(p: Family, *kept: Index, name: str = "") -> Any:
    """Return the law of some of the indices of a joint one: `p_x[x] := Sum(p[x, z], z)`.

    Parameters
    ----------
    p : Family
        A joint law, declared by `joint` or defined: `define("p", x, z, prior[x] * r[x, z], joint=True)`.
    *kept : Index
    name : str
        What it is called, `p_x` if nothing else is said.

    Returns
    -------
    Pmf or Family
        The pmf that it was declared with, if it was.
    """
    kept = _in_order(p, kept)
    name = name or _conditional_name(p.name, kept, ())
    declared = _part(p, name, kept)
    if declared is not None:
        return declared
    total = reduce(Sum, (i for i in reversed(p.over) if i not in kept), p[p.over])
    return define(name, *kept, total, joint=len(kept) > 1)


def conditional(p: Family, of: Index, given: Index | Sequence[Index] | None = None, *, name: str = "") -> Any:
    """Return the law of one index for each value of others: `p_{z|x}[x, z] := p[x, z] / p_x[x]`.

    Where `p_x[x]` may be 0 it has no value, and a line that it stands in needs that it is not.

    Parameters
    ----------
    p : Family
    of : Index
    given : Index or sequence of Index, optional
        All the others, if nothing else is said.
    name : str

    Returns
    -------
    Pmf or Family
        Over the indices that are given, and then that one: `conditional(p, z)[x, z]`.
    """
    others = tuple(i for i in p.over if i != of) if given is None else given
    rows = _in_order(p, (others,) if isinstance(others, Index) else tuple(others))
    _in_order(p, (of,))
    if not rows or of in rows:
        raise DomainError(f"the law of {of} for each value of {', '.join(map(str, rows)) or 'nothing'} is none")
    name = name or _conditional_name(p.name, (of,), rows)
    declared = _part(p, name, (*rows, of))
    if declared is not None:
        return declared
    both = tuple(i for i in p.over if i == of or i in rows)
    whole = p if both == p.over else marginal(p, *both)
    return define(name, *rows, of, whole[both] / marginal(p, *rows)[rows])


def _conditional_name(name: str, of: Sequence[Index], rows: Sequence[Index]) -> str:
    if rows:
        return f"{name}_{{{','.join(i.name for i in of)}|{','.join(i.name for i in rows)}}}"
    return "_".join([name, *(i.name for i in of)])


def _in_order(p: Any, chosen: Sequence[Index]) -> tuple[Index, ...]:
    """Return some indices of a joint law in its order."""
    if not isinstance(p, Family) or not p.joint:
        raise DomainError(f"{p} is no joint law: declare it with joint, or define it with joint=True")
    for i in chosen:
        if i not in p.over:
            raise DomainError(f"{p} is no law of {i}")
    return tuple(i for i in p.over if i in chosen)


def _part(p: Family, name: str, over: tuple[Index, ...]) -> Domain | None:
    """Return the pmf of this name that a joint law was declared with."""
    return next((d for d in p.origin if isinstance(d, Pmf) and d.name == name and d.over == over), None)


def operand(d: Any) -> Any:
    """Return what names a domain, or a row of one, among the operands of a quantity."""
    return d.operand if isinstance(d, Row) else d


def is_discrete(d: Any) -> bool:
    """Tell whether something is, or may be used as, probabilities of the values of indices."""
    return isinstance(d, (Pmf, Family)) or (isinstance(d, Row) and isinstance(d.table, (Pmf, Family)))


def outcomes(d: Any) -> tuple[Index, ...]:
    """Return the indices of a single law, one or those of a joint one.

    Raises
    ------
    DomainError
        If it is a family of laws, of which one has to be named.
    """
    over: tuple[Index, ...] = d.over
    is_joint = isinstance(d, Family) and d.joint
    if len(over) != 1 and not is_joint:
        raise DomainError(f"{d} is not one distribution but a family: name its index")
    return over


def one_index(d: Any) -> Index:
    """Return the index of a table of one index, or of a row."""
    if not isinstance(d, (Table, Row)) or len(d.over) != 1:
        raise DomainError(f"{d} is no table of one index: name a row of it")
    index: Index = d.over[0]
    return index


def summed(body: Any, indices: Sequence[Index]) -> Node:
    """Return the sum over several indices, the first the outermost."""
    found: Node = reduce(Sum, reversed(indices), body)
    return found
