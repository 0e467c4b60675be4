"""What a name is, from how it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.domain import Domain
from deltasift.errors import ParseError

COUNTED = (ex.Fold, ex.ForAll)
OF_INTEGERS = frozenset(("Abs", "Max", "Min", "Mod"))
Limits = dict[Basic, tuple[Basic, Basic]]


@dataclass(frozen=True)
class Typing:
    """What a name was taken for.

    Attributes
    ----------
    name : str
    kind : str
        "integer", "real", "table of integers", "table of reals", "function", or the kind that was declared.
    why : str
    """

    name: str
    kind: str
    why: str

    def __str__(self) -> str:
        return f"{self.name}: {self.kind} ({self.why})"


@dataclass
class Use:
    """How one name is used in a text.

    Attributes
    ----------
    indices : list of tuple of (name, lo, hi) or None
        For each use as a table with bound names as indices, the ranges of these.
    """

    integer: str = ""
    table: int = 0
    function: int = 0
    plain: bool = False
    bound: str = ""
    indices: list[tuple[tuple[Symbol, Basic, Basic] | None, ...]] = field(default_factory=list)


Uses = dict[Symbol, Use]


def typed(expr: Basic, names: Mapping[str, Domain], columns: Mapping[str, int]) -> tuple[tuple[Typing, ...], Uses]:
    """Return what each undeclared name of an expression is, in the order of their first use, and how it is used.

    Raises
    ------
    ParseError
        If a name is used in two ways that do not fit, such as a table and a function.
    """
    uses: Uses = {}
    stack: list[tuple[Basic, Limits]] = [(expr, {})]
    while stack:
        e, limits = stack.pop()
        if isinstance(e, Symbol):
            _use(uses, e).plain = True
            continue
        if not isinstance(e, ex.Node):
            continue
        stack.extend(_parts(e, limits, uses))
    ordered = sorted(uses, key=lambda s: columns.get(s.name, 0))
    found = tuple(
        Typing(s.name, *_kind(s, uses[s], columns.get(s.name)))
        for s in ordered
        if s.name in columns and s.name not in names
    )
    return found, uses


def _use(uses: Uses, symbol: Symbol) -> Use:
    return uses.setdefault(symbol, Use())


def _parts(e: ex.Node, limits: Limits, uses: Uses) -> list[tuple[Basic, Limits]]:
    """Note what a node says of the names in it, and return what is still to be looked at."""
    if isinstance(e, ex.Entry):
        use = _use(uses, e.table)
        if use.table not in (0, len(e.indices)):
            use.table = -1
        else:
            use.table = len(e.indices)
        use.indices.append(tuple((i, *limits[i]) if i in limits else None for i in e.indices))
        for i in e.indices:
            _integer(i, f"an index of {e.table}", uses)
        return [(a, limits) for a in e.args[1:]]
    if isinstance(e, ex.Apply):
        use = _use(uses, e.function)
        use.function = -1 if use.function not in (0, len(e.arguments)) else len(e.arguments)
        return [(a, limits) for a in e.args[1:]]
    if isinstance(e, ex.Delta):
        for a in e.args:
            _integer(a, "an argument of a Kronecker delta", uses)
    if isinstance(e, (ex.Divides, ex.IsInteger)):
        for a in e.args if isinstance(e, ex.Divides) else ():
            _integer(a, "divides or is divided", uses)
    if isinstance(e, ex.Derivative) and isinstance(e.args[1], Symbol):
        _use(uses, e.args[1]).plain = True
    if isinstance(e, ex.Named):
        return [(e.definition, limits)]
    if not e.binds:
        return [(a, limits) for a in e.args]
    name = e.args[1]
    inner = limits
    if isinstance(e, COUNTED):
        _use(uses, name).bound = "integer"
        for bound in e.args[2:]:
            _integer(bound, "a bound of a sum or product", uses)
        inner = {**limits, name: (e.args[2], e.args[3])}
    elif isinstance(e, ex.Integral):
        _use(uses, name).bound = "real"
        inner = {k: v for k, v in limits.items() if k != name}
    return [(e.args[0], inner), *((a, limits) for a in e.args[2:])]


def _integer(e: Basic, why: str, uses: Uses) -> None:
    """Note that an expression is an integer, and with it the names it is a sum or a product of."""
    stack = [e]
    while stack:
        x = stack.pop()
        if isinstance(x, Symbol):
            use = _use(uses, x)
            use.integer = use.integer or why
        elif isinstance(x, ex.Entry):
            use = _use(uses, x.table)
            use.integer = use.integer or why
        elif isinstance(x, (ex.Add, ex.Mul, ex.Neg, ex.Pow, ex.Div)):
            stack.extend(x.args)
        elif isinstance(x, ex.Func) and x.name in OF_INTEGERS:
            stack.extend(x.arguments)


def _kind(symbol: Symbol, use: Use, column: int | None) -> tuple[str, str]:
    ways = [word for word, is_so in (("a table", use.table), ("a function", use.function)) if is_so]
    if use.plain and not (use.table or use.function):
        ways.append("a number")
    if len(ways) > 1 or ((use.table or use.function) and (use.bound or use.plain)):
        ways = ways if len(ways) > 1 else [*ways, "a number"]
        raise ParseError(f"column {column}: {symbol} is used as {' and as '.join(ways)}", column)
    if -1 in (use.table, use.function):
        raise ParseError(f"column {column}: {symbol} is used with different numbers of arguments", column)
    if use.table and use.integer:
        return "table of integers", f"an entry is {use.integer}"
    if use.table:
        return "table of reals", "subscripted"
    if use.function:
        return "function", "called"
    if use.bound:
        return use.bound, "the variable of an integral" if use.bound == "real" else "the bound name of a sum or product"
    return ("integer", use.integer) if use.integer else ("real", "nothing says more")
