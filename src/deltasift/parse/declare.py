"""Names that the user declares: `size`, `integer`, `real`, `positive`, `pmf`, `labels(lo, hi)`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.domain import Domain, Index, Labels, Pmf, Reals, Size
from deltasift.errors import ParseError
from deltasift.inert import inert
from deltasift.parse.use import Typing, Use, Uses

KINDS = ("size", "integer", "real", "positive", "pmf", "labels(lo, hi)")


def declared(
    declare: Mapping[str, str], uses: Uses, columns: Mapping[str, int]
) -> tuple[tuple[Domain, ...], dict[str, Typing]]:
    """Return the domains of the declared names, and what is said of them.

    Raises
    ------
    ParseError
        If a kind is unknown, a declared name is not in the text, or it is not used as its kind says.
    """
    domains: list[Domain] = []
    said: dict[str, Typing] = {}
    for name, kind in declare.items():
        use = uses.get(Symbol(name))
        if use is None:
            near = difflib.get_close_matches(name, [s.name for s in uses], n=1)
            raise ParseError(f"{name} is declared and does not occur" + (f"; did you mean {near[0]}?" if near else ""))
        domain = _domain(name, kind.strip(), use)
        said[name] = Typing(name, kind.strip(), "declared")
        if domain is not None:
            domains.append(domain)
    return tuple(domains), said


def _domain(name: str, kind: str, use: Use) -> Domain | None:
    labels = re.fullmatch(r"labels\s*\((.*),(.*)\)", kind)
    if labels:
        lo, hi = (_bound(name, part) for part in labels.groups())
        return Labels(name, _over(name, kind, use), lo, hi)
    makers: dict[str, Callable[[], Domain | None]] = {
        "size": lambda: _number(name, kind, use, Size(name)),
        "integer": lambda: None,
        "real": lambda: Reals(name, _over(name, kind, use)) if use.table else Reals(name, ()),
        "positive": lambda: Reals(name, _over(name, kind, use) if use.table else (), S.Zero, None),
        "pmf": lambda: Pmf(name, _over(name, kind, use)),
    }
    if kind not in makers:
        near = difflib.get_close_matches(kind, KINDS, n=1, cutoff=0.4)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(KINDS)}"
        raise ParseError(f"{name}: there is no kind {kind}{hint}")
    return makers[kind]()


def _number(name: str, kind: str, use: Use, domain: Domain) -> Domain:
    if use.table or use.function:
        raise ParseError(f"{name} is declared as a {kind}, and used as a {'table' if use.table else 'function'}")
    return domain


def _over(name: str, kind: str, use: Use) -> tuple[Index, ...]:
    """Return the indices of a table, with the ranges of the sums that bind them where it is used."""
    if not use.table:
        raise ParseError(f"{name} is declared as {kind}, and has no entries in the text")
    for ranges in use.indices:
        if all(r is not None for r in ranges):
            return tuple(Index(str(r[0]), r[1], r[2]) for r in ranges if r is not None)
    raise ParseError(f"{name} is declared as {kind}, and no sum gives the range of its indices")


def _bound(name: str, text: str) -> Basic:
    from deltasift.parse.grammar import read

    value: Any = read(text, {}, frozenset())[0]
    bound = inert(value)
    if any(e.is_Rational and not e.is_Integer for e in bound.args):
        raise ParseError(f"{name}: {text.strip()} is no integer")
    return bound
