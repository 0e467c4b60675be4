"""The judge's terms, read from inert expressions and written as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count

import sympy
from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.symbol import Str
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

import deltasift.inert as heads
from deltasift.inert import Node
from deltasift.judge.same import key, same
from deltasift.judge.tree import (
    BINDERS,
    FALSE,
    INFINITY,
    MINUS_INFINITY,
    NAME,
    ONE,
    TRUE,
    ZERO,
    Term,
    UnreadableError,
    bound,
    instantiate,
    leaves,
    make,
    number,
    occurs,
    shift,
    shown,
)

__all__ = [
    "BINDERS",
    "FALSE",
    "INFINITY",
    "MINUS_INFINITY",
    "NAME",
    "ONE",
    "TRUE",
    "ZERO",
    "Reader",
    "Term",
    "UnreadableError",
    "bound",
    "instantiate",
    "key",
    "leaves",
    "make",
    "number",
    "occurs",
    "read",
    "same",
    "shift",
    "shown",
    "write",
]

CONSTANTS: Mapping[Basic, str] = {
    sympy.pi: "pi",
    sympy.E: "e",
    sympy.GoldenRatio: "golden ratio",
    sympy.EulerGamma: "Euler's gamma",
    sympy.Catalan: "Catalan's constant",
    sympy.I: "i",
}
INDEXED = frozenset(("Sum", "Product", "Maximum", "Minimum", "ForAll", "Expectation"))  # binders of an index
WRITTEN = {name: value for value, name in CONSTANTS.items()}


def read(expr: Basic, env: Mapping[Basic, int] | None = None, depth: int = 0) -> Term:
    """Return the term that an inert expression is.

    Parameters
    ----------
    expr : inert expression
    env : mapping from a bound name to its level, optional
        The binders that are open around `expr`, the outermost being level 0.
    depth : int
        How many there are.

    Raises
    ------
    UnreadableError
        If it has a head or a leaf that the judge does not know.
    """
    by_level = {level: name for name, level in (env or {}).items()}
    reader = Reader()
    reader.stand([by_level.get(level) for level in range(depth)])
    return reader.read(expr)


class Reader:
    """Reads expressions one after the other, each part that they share in one place once."""

    def __init__(self) -> None:
        self._names: list[Basic | None] = []  # of the binders that are open, from the outermost in
        self._levels: dict[Basic | None, list[int]] = {}  # of each name, the innermost last
        self._scopes = [0]  # a number for the open binders, outermost first
        self._inside: dict[tuple[int, Basic | None], int] = {}
        self._memo: dict[tuple[int, int], tuple[Basic, Term]] = {}  # the expression, lest its id be given away

    @property
    def depth(self) -> int:
        return len(self._names)

    def stand(self, names: Sequence[Basic | None]) -> None:
        """Stand inside of binders of these names, from the outermost in."""
        common = 0
        for mine, other in zip(self._names, names, strict=False):
            if mine is not other and mine != other:
                break
            common += 1
        while self.depth > common:
            self._leave()
        for name in names[common:]:
            self._enter(name)

    def read(self, expr: Basic) -> Term:
        """Return the term that an expression is where the reader stands."""
        made: list[Term] = []
        todo: list[tuple[str, Basic]] = [("read", expr)]
        while todo:
            task, e = todo.pop()
            at = (id(e), self._scopes[-1])
            if task == "enter":
                self._enter(e)
            elif task == "leave":
                self._leave()
            elif not isinstance(e, Node):
                made.append(self._leaf(e))
            elif task == "make":
                cut = len(made) - len(e.args) + e.binds
                args = made[cut:]
                made[cut:] = [make(type(e).__name__, [args[0], NAME, *args[1:]] if e.binds else args)]
                self._memo[at] = e, made[-1]
            elif at in self._memo:
                made.append(self._memo[at][1])
            else:
                todo += self._parts(e)
        return made.pop()

    def _parts(self, e: Node) -> list[tuple[str, Basic]]:
        """Return what is to be done for a node, the last first."""
        if e.binds != (type(e).__name__ in BINDERS) or type(e) is not getattr(heads, type(e).__name__, None):
            raise UnreadableError(f"the judge does not know {type(e).__name__}")
        if not e.binds:
            return [("make", e), *(("read", a) for a in reversed(e.args))]
        body, name, *others = e.args
        if not isinstance(name, Symbol):
            raise UnreadableError(f"{name} is not a name that could be bound")
        outside = [("read", a) for a in reversed(others)]
        return [("make", e), *outside, ("leave", name), ("read", body), ("enter", name)]

    def _enter(self, name: Basic | None) -> None:
        self._levels.setdefault(name, []).append(self.depth)
        self._names.append(name)
        self._scopes.append(self._inside.setdefault((self._scopes[-1], name), len(self._inside) + 1))

    def _leave(self) -> None:
        self._levels[self._names.pop()].pop()
        self._scopes.pop()

    def _leaf(self, e: Basic) -> Term:
        if isinstance(e, Symbol):
            levels = self._levels.get(e)
            return bound(self.depth - 1 - levels[-1]) if levels else make("free", (), e)
        if isinstance(e, sympy.Rational):
            return number(Fraction(int(e.p), int(e.q)))
        if isinstance(e, Str):
            return make("text", (), str(e.name))
        if isinstance(e, BooleanTrue | BooleanFalse):
            return TRUE if isinstance(e, BooleanTrue) else FALSE
        if e is sympy.S.Infinity or e is sympy.S.NegativeInfinity:
            return INFINITY if e is sympy.S.Infinity else MINUS_INFINITY
        if e in CONSTANTS:
            return make("constant", (), CONSTANTS[e])
        raise UnreadableError(f"the judge does not know {type(e).__name__}")


def write(term: Term, names: Sequence[Symbol] = (), avoid: Iterable[Basic] = ()) -> Basic:
    """Return the inert expression of a term, its bound names new ones.

    Parameters
    ----------
    term : Term
    names : sequence of Symbol
        Those of the binders that are open around it, from the outermost in.
    avoid : iterable of Symbol
        Names that no new one may be, since a definition may speak of them.
    """
    taken = {str(n) for n in names} | {leaf.value.name for leaf, _ in leaves(term) if leaf.head == "free"}
    chosen: dict[int, Symbol] = dict(enumerate(names))
    taken |= {str(n) for n in avoid}
    fresh = {kind: _names(letters, taken) for kind, letters in (("index", "ijklmn"), ("real", "xyzuvw"))}
    memo: dict[tuple[Term, int], Basic] = {}
    todo = [(term, len(names))]
    while todo:
        t, depth = todo[-1]
        if (t, depth) in memo:
            todo.pop()
            continue
        is_binder = t.head in BINDERS
        if is_binder and depth not in chosen:
            chosen[depth] = next(fresh["index" if t.head in INDEXED else "real"])
        parts = [(a, depth + (is_binder and i == 0)) for i, a in enumerate(t.args) if a is not NAME]
        waiting = [p for p in parts if p not in memo]
        if waiting:
            todo += waiting
            continue
        args = [memo[p] for p in parts]
        if is_binder:
            args.insert(1, chosen[depth])
        memo[t, depth] = getattr(heads, t.head).make(tuple(args)) if t.args else _written(t, depth, chosen)
        todo.pop()
    return memo[term, len(names)]


def _names(letters: str, taken: set[str]) -> Iterator[Symbol]:
    """Yield names that are not taken, and take them."""
    for name in (letter + ("" if i == 0 else str(i)) for i in count() for letter in letters):
        if name not in taken:
            taken.add(name)
            yield Symbol(name)


def _written(t: Term, depth: int, names: Mapping[int, Symbol]) -> Basic:
    """Return the inert leaf."""
    if t.head == "bound":
        return names[depth - 1 - t.value]
    if t.head == "number":
        return sympy.Rational(t.value.numerator, t.value.denominator)
    if t.head == "infinity":
        return sympy.S.Infinity if t.value == 1 else sympy.S.NegativeInfinity
    if t.head == "truth":
        return sympy.true if t.value else sympy.false
    return WRITTEN[t.value] if t.head == "constant" else Str(t.value) if t.head == "text" else t.value
