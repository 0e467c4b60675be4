"""What every handle has: a name, its facts, what it was declared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.errors import DomainError
from deltasift.inert import free
from deltasift.inert.node import Given
from deltasift.inert.operators import Operators
from deltasift.shown import Shown

Range = tuple[Symbol, Basic, Basic]
Show = Callable[[Basic], str]
Word = Callable[[str], str]


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

    def says(self, show: Show, word: Word) -> str:
        """Return what a page is given by it, in words; `show` prints an expression, and `word` sets plain text."""
        raise DomainError(f"{self.name} is of a kind of which no words are known")

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
