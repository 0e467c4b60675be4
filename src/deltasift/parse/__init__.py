"""Text -> inert expression, by a grammar that builds only known heads and declared names.

The syntax is that of the pages and the ordinary spelling of SymPy. Nothing is ever evaluated as Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sympy.core.basic import Basic

from deltasift.domain import Domain
from deltasift.errors import ParseError
from deltasift.inert import inert
from deltasift.parse.declare import declared
from deltasift.parse.use import Typing, typed
from deltasift.shown import Shown

__all__ = ["Parsed", "Typing", "parse"]

LONGEST = 100_000  # characters


@dataclass(frozen=True, repr=False)
class Parsed(Shown):
    """What a text says.

    Attributes
    ----------
    expr : Basic
        An inert expression, or a leaf.
    types : tuple of Typing
        What each name was taken for, and why.
    domains : tuple of Domain
        The domains of the names that were declared.
    """

    expr: Basic
    types: tuple[Typing, ...]
    domains: tuple[Domain, ...]


def parse(text: str, *, names: Mapping[str, Domain] | None = None, declare: Mapping[str, str] | None = None) -> Parsed:
    """Read an expression or a statement.

    Parameters
    ----------
    text : str
        Such as `Sum(KroneckerDelta(k, y[n])*log(q[k]), (k, 1, K), (n, 1, N))/N`, in the spelling of SymPy or of a page.
    names : mapping from names to domains, optional
        Handles that a page has declared; `Sum(f, k)` takes the range from them.
    declare : mapping from names to kinds, optional
        `size`, `integer`, `real`, `positive`, `pmf` or `labels(lo, hi)`, for names that are not to be typed by their
        use. By use, the bound name of a sum or product, its bounds, an index of a table and an argument of a
        Kronecker delta are integers; a subscripted name is a table, of integers where an entry is used in such a
        place, else of reals; a called name is a function; the rest are real.

    Returns
    -------
    Parsed

    Raises
    ------
    ParseError
        With the column and, where there is one, the nearest known name.
    """
    from deltasift.parse.grammar import read

    known = dict(names or {})
    for name in declare or ():
        if name in known:
            raise ParseError(f"{name} is declared twice")
    if len(text) > LONGEST:
        raise ParseError(f"the text has {len(text)} characters, and {LONGEST} are read")
    value, columns = read(text, known, frozenset(declare or ()))
    expr = inert(value)
    types, shapes = typed(expr, known, columns)
    domains, said = declared(declare or {}, shapes, columns)
    kept = tuple(t for t in types if t.name not in said)
    given = tuple(d for name, d in known.items() if name in columns)
    return Parsed(expr, (*kept, *said.values()), (*given, *domains))
