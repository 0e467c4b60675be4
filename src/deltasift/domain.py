"""What a page is given: sizes, indices, labels, pmfs, densities, reals and definitions.

A domain is a handle: it stands for a plain SymPy symbol in an expression, and beside it carries what is known of it.
Each one states its facts, which the conditions use, and belongs to a page by being written in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.errors import DomainError
from deltasift.inert import Apply, Entry, Less, LessEqual, Node, RowName, free, inert, substitute
from deltasift.inert.node import Given
from deltasift.inert.operators import Operators
from deltasift.inert.plain import plain_names
from deltasift.said import Said
from deltasift.shown import Shown

Range = tuple[Symbol, Basic, Basic]


def is_name(text: str) -> bool:
    """Tell whether a text may be printed as a name: it begins with a letter or with LaTeX, and is no sum or number."""
    start = text.strip().lstrip("_")[:1]
    return (start.isalpha() or start == "\\") and not any(c in "+*/=<>()[]" for c in text)


@dataclass(frozen=True)
class Fact:
    """A statement that holds for every value of the names in `limits` within their ranges.

    Attributes
    ----------
    statement : Basic
        The relation.
    about : Basic
        The symbol, the entry or the value that it speaks of; instances are made by matching this.
    limits : tuple of (Symbol, Basic, Basic)
        The indices of the entry with their ranges.
    source : str
        Where it comes from, for the reader: `y[n] is a label`.
    """

    statement: Basic
    about: Basic
    limits: tuple[Range, ...]
    source: str


@dataclass(frozen=True, repr=False)
class Domain(Operators, Shown):
    """Base of the handles. Two domains are the same when everything they declare is."""

    name: str

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not is_name(self.name):
            raise DomainError(f"{self.name!r} is not a name")

    @cached_property
    def symbol(self) -> Symbol:
        """The plain SymPy symbol that stands for the handle in expressions."""
        return Symbol(self.name)

    def _sympy_(self) -> Symbol:
        return self.symbol

    @property
    def _given(self) -> Given:
        return frozenset((self,))

    @property
    def integer(self) -> bool:
        """Whether the values, or the entries, are integers."""
        return False

    @property
    def ranges(self) -> tuple[Range, ...]:
        """The range of each index of a table; empty for what is no table."""
        return ()

    def facts(self) -> tuple[Fact, ...]:
        """Return what is known of the values."""
        return ()

    def mentions(self) -> Iterable[Domain]:
        """Return the domains that this one was declared with."""
        return ()

    def depends(self) -> frozenset[Basic]:
        """Return the names by which its indices and its values are bounded."""
        return self._depends

    @cached_property
    def _depends(self) -> frozenset[Basic]:
        facts = self.facts()
        ends = [e for _, lo, hi in (*self.ranges, *(r for f in facts for r in f.limits)) for e in (lo, hi)]
        bound = {name for f in facts for name, _, _ in f.limits}
        found = frozenset().union(*map(free, ends), *(free(f.statement) - bound for f in facts))
        return found - {self.symbol}

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False)
class Size(Domain):
    """A number of things, at least 1."""

    @property
    def integer(self) -> bool:
        return True

    def facts(self) -> tuple[Fact, ...]:
        return (Fact(LessEqual(1, self), self.symbol, (), Said(self.symbol, " is a size")),)


@dataclass(frozen=True, repr=False)
class Index(Domain):
    """A bound index that knows its range `lo..hi`."""

    lo: Basic
    hi: Basic
    origin: Given = field(default=frozenset(), repr=False)

    @property
    def integer(self) -> bool:
        return True

    @property
    def limit(self) -> Range:
        return self.symbol, self.lo, self.hi

    def facts(self) -> tuple[Fact, ...]:
        source = Said(self.symbol, " runs from ", self.lo, " to ", self.hi)
        bounds = ((self.lo, S.NegativeInfinity), (self.hi, S.Infinity))
        statements = (LessEqual(self.lo, self), LessEqual(self, self.hi))
        return tuple(
            Fact(s, self.symbol, (), source) for s, (b, none) in zip(statements, bounds, strict=True) if b is not none
        )

    def mentions(self) -> Iterable[Domain]:
        return self.origin


@dataclass(frozen=True, repr=False)
class Table(Domain):
    """Base of what has entries: `q[k]`, one for each value of its indices."""

    over: tuple[Index, ...]

    def __getitem__(self, indices: Any) -> Any:
        written = indices if isinstance(indices, tuple) else (indices,)
        if not self.over:
            raise DomainError(f"{self.name} is one number and has no entries")
        if 0 < len(written) == len(self.over) - 1:
            return Row(self, tuple(inert(i) for i in written), _origin(*written))
        if len(written) != len(self.over):
            raise DomainError(f"{self.name} has {len(self.over)} indices, not {len(written)}")
        return Entry(self, *written)

    def __iter__(self) -> Any:
        raise DomainError(f"{self.name} cannot be iterated over: its size is symbolic")

    @property
    def ranges(self) -> tuple[Range, ...]:
        return tuple(i.limit for i in self.over)

    @property
    def entry(self) -> Basic:
        """The typical entry `q[k]`, or the symbol where there are no indices."""
        return Entry(self.symbol, *(i.symbol for i in self.over)) if self.over else self.symbol

    def mentions(self) -> Iterable[Domain]:
        return self.over

    def _bounds(self, lo: Basic | None, hi: Basic | None, strict: bool, source: str) -> tuple[Fact, ...]:
        relation = Less if strict else LessEqual
        pairs = ((lo, self.entry), (self.entry, hi))
        return tuple(
            Fact(relation(a, b), self.entry, self.ranges, source) for a, b in pairs if a is not None and b is not None
        )


@dataclass(frozen=True, repr=False)
class Row:
    """What a table is where all of its indices but the last are fixed: `r[x]`, the distribution `r[x, z]` over z.

    It is what a quantity may be of, and no number, so that nothing can be computed with it.
    """

    table: Table
    at: tuple[Basic, ...]
    origin: Given = field(default=frozenset(), repr=False)

    @property
    def name(self) -> str:
        return str(RowName(self.table, *self.at))

    @property
    def over(self) -> tuple[Index]:
        """The index that is left, its range as it is there."""
        *rows, last = self.table.over
        here = {i.symbol: value for i, value in zip(rows, self.at, strict=True)}
        return (Index(last.name, _at_values(last.lo, here), _at_values(last.hi, here), last.origin),)

    @property
    def classes(self) -> Index:
        return self.over[0]

    @property
    def operand(self) -> Node:
        """What names it in an expression."""
        named = RowName(self.table, *self.at)
        return RowName.make(named.args, named.given | self.origin)

    def __getitem__(self, index: Any) -> Any:
        return self.table[(*self.at, *(index if isinstance(index, tuple) else (index,)))]

    def __iter__(self) -> Any:
        raise DomainError(f"{self.name} cannot be iterated over: its size is symbolic")

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False)
class Labels(Table):
    """A table of integers in `lo..hi`: `y[n]`; those that count something are numbers, and no names of classes."""

    lo: Basic
    hi: Basic
    classes: Index | None = None
    origin: Given = field(default=frozenset(), repr=False)
    counted: bool = False

    @property
    def first(self) -> Basic | None:
        """The page's first label, which a program calls 0 or 1; None for counts, which are the same in both."""
        return None if self.counted else self.lo

    @property
    def integer(self) -> bool:
        return True

    def facts(self) -> tuple[Fact, ...]:
        said = " lies in " if self.counted else " is one of "
        return self._bounds(self.lo, self.hi, False, Said(self.entry, said, self.lo, "..", self.hi))

    def mentions(self) -> Iterable[Domain]:
        return (*self.over, *((self.classes,) if self.classes else ()), *self.origin)


@dataclass(frozen=True, repr=False)
class Real(Table):
    """A real number, or a table of them, strictly between `above` and `below` where these are given."""

    above: Basic | None = None
    below: Basic | None = None
    origin: Given = field(default=frozenset(), repr=False)

    def mentions(self) -> Iterable[Domain]:
        return (*self.over, *self.origin)

    def facts(self) -> tuple[Fact, ...]:
        if self.above is None and self.below is None:
            return ()
        return self._bounds(self.above, self.below, True, Said("the range of ", self.entry))

    @property
    def limit(self) -> Range:
        """The real line, for an integral over this name."""
        if self.over:
            raise DomainError(f"{self.name} is a table: an integral is over a single real")
        return (
            self.symbol,
            S.NegativeInfinity if self.above is None else self.above,
            S.Infinity if self.below is None else self.below,
        )


@dataclass(frozen=True, repr=False)
class Pmf(Table):
    """Probabilities over the classes of the last index; with `given`, one distribution for each of its values."""

    positive: bool = False

    @property
    def classes(self) -> Index:
        """The index that is summed to one."""
        return self.over[-1]

    def facts(self) -> tuple[Fact, ...]:
        source = Said(self.symbol, " is a pmf" + " with positive entries" * self.positive)
        low = self._bounds(S.Zero, None, self.positive, source)
        return (*low, *self._bounds(None, S.One, False, source))


@dataclass(frozen=True, repr=False)
class Function(Domain):
    """Base of what is applied to a real: `q(x)`."""

    def __call__(self, *arguments: Any) -> Node:
        if len(arguments) != 1:
            raise DomainError(f"{self.name} takes one real, not {len(arguments)}")
        return Apply(self, *arguments)


@dataclass(frozen=True, repr=False)
class Density(Function):
    """A probability density over the reals."""

    continuous: bool = False
    positive: bool = False

    def facts(self) -> tuple[Fact, ...]:
        x = Symbol("x")
        relation = Less if self.positive else LessEqual
        return (
            Fact(relation(0, Apply(self.symbol, x)), Apply(self.symbol, x), (), Said(self.symbol, " is a density")),
        )


@dataclass(frozen=True, repr=False)
class Family(Table):
    """A defined table or number: `p[k] := body`; used as a law one of its last index, or of all if it is joint."""

    body: Basic
    origin: Given = field(default=frozenset(), repr=False)
    joint: bool = False

    def facts(self) -> tuple[Fact, ...]:
        return ()

    def mentions(self) -> Iterable[Domain]:
        return (*self.over, *self.origin)

    @property
    def classes(self) -> Index:
        """The index over which a family is summed when it is used as a pmf."""
        if not self.over:
            raise DomainError(f"{self.name} is one number, not a distribution")
        return self.over[-1]

    @property
    def outcomes(self) -> tuple[Index, ...]:
        """The indices over which it sums to one when it is used as a pmf: all of a joint law."""
        return self.over if self.joint else (self.classes,)

    def unfold(self, indices: tuple[Basic, ...]) -> Basic:
        """Return the body at the given indices."""
        return _at(self.body, tuple(i.symbol for i in self.over), indices)


@dataclass(frozen=True, repr=False)
class DefinedFunction(Function):
    """A defined function of a real: `p(x) := body`."""

    variable: Real
    body: Basic
    origin: Given = field(default=frozenset(), repr=False)

    def mentions(self) -> Iterable[Domain]:
        return (self.variable, *self.origin)

    def unfold(self, arguments: tuple[Basic, ...]) -> Basic:
        """Return the body at the given point."""
        return _at(self.body, (self.variable.symbol,), arguments)


def _at(body: Basic, names: tuple[Symbol, ...], values: tuple[Basic, ...]) -> Basic:
    return _at_values(body, dict(zip(names, values, strict=True)))


def _at_values(body: Basic, values: Mapping[Symbol, Basic]) -> Basic:
    return substitute(body, {n: v for n, v in values.items() if n != v})


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
    return Index(name, low, high, _origin(lo, hi))


def _origin(*ends: Any) -> Given:
    """Return the domains that the ends of a range were written with."""
    return frozenset().union(*(getattr(end, "_given", frozenset()) for end in ends))


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
    return Labels(name, places, low, high, origin=_origin(classes, hi))


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
    return Labels(name, places, low, high, origin=_origin(lo, hi), counted=True)


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


def real(name: str, *over: Index, above: Any = None, below: Any = None) -> Real:
    """Declare a real number or, with indices, a table of them; `above` and `below` are strict bounds."""
    low, high = (None if bound is None else inert(bound) for bound in (above, below))
    if low is not None and high is not None and low.is_Rational and high.is_Rational and low >= high:
        raise DomainError(f"no number lies above {low} and below {high}, so {name} cannot exist")
    return Real(name, over, low, high, _origin(above, below))


def positive(name: str, *over: Index) -> Real:
    """Declare a positive real or, with indices, a table of them."""
    return Real(name, over, S.Zero, None)


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
    if len(over) == 1 and isinstance(over[0], Real):
        return DefinedFunction(name, over[0], expr, origin)
    if not all(isinstance(i, Index) for i in over):
        raise DomainError(f"{name} is defined over indices, or over one declared real")
    if joint and len(over) < 2:
        raise DomainError(f"{name} is a joint law of one index: it takes two or more")
    return Family(name, tuple(over), expr, origin, joint)


KINDS = frozenset((Size, Index, Labels, Real, Pmf, Density, Family, DefinedFunction))


def closure(domains: Iterable[Domain]) -> dict[Symbol, Domain]:
    """Return all domains that the given ones mention, by symbol.

    Raises
    ------
    DomainError
        If one name is declared in two ways, definitions go in circles, or a domain is of no known kind.
    """
    found: dict[Symbol, Domain] = {}
    waiting = sorted(domains, key=lambda d: d.name)
    while waiting:
        domain = waiting.pop(0)
        if type(domain) not in KINDS:
            raise DomainError(f"{domain.name} is of a kind of its own, of whose facts nobody knows that they hold")
        known = found.get(domain.symbol)
        if known is None:
            found[domain.symbol] = domain
            waiting.extend(sorted(domain.mentions(), key=lambda d: d.name))
        elif known != domain:
            raise DomainError(f"{domain.name} is declared in two ways")
    _refuse_circles(found)
    return found


def _refuse_circles(domains: dict[Symbol, Domain]) -> None:
    """Refuse a name that is defined by itself by way of others: `a = b + 1` and `b = a` prove that 0 is 1."""
    defined = {s: free(d.body) for s, d in domains.items() if isinstance(d, (Family, DefinedFunction))}
    left = dict(defined)
    while left:
        done = [s for s, names in left.items() if names.isdisjoint(left)]
        if not done:
            raise DomainError(f"{' and '.join(sorted(s.name for s in left))} are defined by each other")
        for s in done:
            del left[s]
