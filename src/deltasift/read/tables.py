"""Entries and lengths of the tables that a function is given."""

from __future__ import annotations

import ast

from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.domain import Domain, Function, Labels, Table
from deltasift.inert import Apply, Entry, free, inert, substitute
from deltasift.inert.visit import preorder
from deltasift.line.linear import collect
from deltasift.read.context import Context
from deltasift.read.values import Named


def is_number(domain: Domain) -> bool:
    """Tell whether what is declared so is one number, and no table or function."""
    return not isinstance(domain, Function) and not (isinstance(domain, Table) and domain.over)


def number(context: Context, named: Named, node: ast.AST) -> Basic:
    """Return a parameter, or an entry, as a number."""
    domain = named.domain
    if isinstance(domain, Function):
        raise context.error(f"{named.name} is a function, and a number is needed", node)
    if isinstance(domain, Table) and len(named.indices) < len(domain.over):
        more = len(domain.over) - len(named.indices)
        raise context.error(f"{shown(named)} is a table with {more} more indices, and a number is needed", node)
    if domain is None:
        _use(context, named, f"a table with {len(named.indices)} indices" if named.indices else "a number", node)
    if not named.indices:
        return named.symbol
    entry = Entry(named.symbol, *named.indices)
    if isinstance(domain, Labels) and domain.first is not None and context.labels_from is not None:
        return collect([(1, entry), (-1, domain.first), (1, Integer(context.labels_from))])
    return entry


def entry(context: Context, named: Named, position: Basic, node: ast.AST) -> Named:
    """Return a table with one more of its indices.

    Raises
    ------
    ReadError
        If it is not proved that a declared table has such an entry, or the index of another may count from its end.
    """
    domain, axis = named.domain, len(named.indices)
    if isinstance(position, Integer) and position < 0:
        position = collect([(1, length(context, named, node)), (1, position)])
    if domain is None:
        if not context.at_most(Integer(0), position) and _is_of_loops(context, position):
            raise context.error(
                f"{shown(named)}[{position}] may count from the end, where {position} is negative", node
            )
        return Named(named.name, named.symbol, None, (*named.indices, position))
    if not isinstance(domain, Table) or axis >= len(domain.over):
        what = f"has {axis} indices, not more" if axis else "has no entries"
        raise context.error(f"{named.name} {what}", node)
    lo, hi = _ends(domain, named.indices)
    index = position if context.labels_from is None else collect([(1, position), (1, lo)])
    if not (context.at_most(lo, index) and context.at_most(index, hi)):
        raise context.error(_missing(context, named, index, lo, hi), node)
    return Named(named.name, named.symbol, domain, (*named.indices, index))


def length(context: Context, named: Named, node: ast.AST) -> Basic:
    """Return how many entries a table has along its next index."""
    domain, axis = named.domain, len(named.indices)
    if domain is None:
        if axis:
            raise context.error(f"the length of {shown(named)} is not known: declare {named.name} in given", node)
        _use(context, named, "a table", node)
        return context.size(named.symbol)
    if not isinstance(domain, Table) or axis >= len(domain.over):
        raise context.error(f"{shown(named)} has no length", node)
    lo, hi = _ends(domain, named.indices)
    return collect([(1, hi), (-1, lo), (1, Integer(1))])


def shape(context: Context, named: Named, node: ast.AST) -> tuple[Basic, ...]:
    """Return how many entries a declared table has along each of its other indices."""
    domain, first = named.domain, len(named.indices)
    if not isinstance(domain, Table) or first >= len(domain.over):
        raise context.error(f"the shape of {shown(named)} is not known: declare {named.name} in given", node)
    ranges = [(i.lo, i.hi) for i in domain.over[first:]]
    if any(not free(end).isdisjoint({i.symbol for i in domain.over}) for pair in ranges for end in pair):
        raise context.error(f"the rows of {shown(named)} are not equally long", node)
    return tuple(collect([(1, hi), (-1, lo), (1, Integer(1))]) for lo, hi in ranges)


def applied(context: Context, named: Named, arguments: list[Basic], node: ast.AST) -> Basic:
    """Return the value of a parameter that is called."""
    if named.indices or not (named.domain is None or isinstance(named.domain, Function)):
        raise context.error(f"{shown(named)} is not a function", node)
    if not arguments or (named.domain is not None and len(arguments) != 1):
        raise context.error(f"{named.name} is called with {len(arguments)} arguments", node)
    if named.domain is None:
        _use(context, named, f"a function of {len(arguments)} arguments", node)
    return Apply(named.symbol, *arguments)


def index_name(named: Named) -> str:
    """Return what the next index of a table is called."""
    domain, axis = named.domain, len(named.indices)
    return domain.over[axis].name if isinstance(domain, Table) and axis < len(domain.over) else "i"


def shown(named: Named) -> str:
    """Return a table with its indices as it would be written."""
    return f"{named.name}[{', '.join(map(str, named.indices))}]" if named.indices else named.name


def _ends(domain: Table, indices: tuple[Basic, ...]) -> tuple[Basic, Basic]:
    """Return the ends of the next index, which may speak of those before it."""
    _, lo, hi = domain.ranges[len(indices)]
    before = {i.symbol: at for i, at in zip(domain.over, indices, strict=False)}
    return substitute(inert(lo), before), substitute(inert(hi), before)


def _missing(context: Context, named: Named, index: Basic, lo: Basic, hi: Basic) -> str:
    written = f"{named.name}[{', '.join(map(str, (*named.indices, index)))}]"
    ranges = "".join(f", with {name} from {a} to {b}" for name, a, b in context.loops if name in free(index))
    hint = ""
    if context.labels_from is None and lo != 0:
        hint = "; if the function counts from 0, say labels_from=0"
    elif context.labels_from == 0 and any(_is_label(context, x) for x in preorder(index)):
        hint = "; if the function calls the first label 1, say labels_from=1"
    return f"{written} is not known to exist: {named.name} has entries {lo}..{hi}{ranges}{hint}"


def _is_label(context: Context, e: Basic) -> bool:
    return isinstance(e, Entry) and isinstance(context.domains.get(e.table), Labels)


def _is_of_loops(context: Context, e: Basic) -> bool:
    """Tell whether the least value of an expression follows from the ranges of loops that start at numbers."""
    counted: set[Basic] = set()
    for name, lo, _ in context.loops:
        if free(lo) <= counted:
            counted.add(name)
    return free(e) <= counted


def _use(context: Context, named: Named, use: str, node: ast.AST) -> None:
    """Note what an undeclared parameter is, and refuse it as something else."""
    known = context.used.setdefault(named.symbol, use)
    if known == "a table" and use.startswith(known):
        context.used[named.symbol] = use
    elif known != use and not (use == "a table" and known.startswith(use)):
        raise context.error(f"{named.name} is used as {known} and as {use}", node)
