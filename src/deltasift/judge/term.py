"""The judge's terms, read from inert expressions and written as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import TypeAlias

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
    INDEXED,
    INFINITY,
    MINUS_INFINITY,
    NAME,
    ONE,
    TRUE,
    ZERO,
    Term,
    UnreadableError,
    bound,
    has,
    instantiate,
    leaves,
    make,
    number,
    occurs,
    parts,
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
    "has",
    "instantiate",
    "key",
    "leaves",
    "make",
    "number",
    "occurs",
    "parts",
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


Known: TypeAlias = dict[int, tuple[Basic, Term]]  # by id, with the expression, lest its id be given away


def _binds(e: Node) -> bool:
    """Tell whether a node binds a name, if it is one that the judge knows."""
    name = type(e).__name__
    if e.binds != (name in BINDERS) or type(e) is not getattr(heads, name, None):
        raise UnreadableError(f"the judge does not know {name}")
    return e.binds


class Reader:
    """Reads expressions one after the other, each part that they share in one place once."""

    def __init__(self) -> None:
        self._names: list[Basic | None] = []  # of the binders that are open, from the outermost in
        self._levels: dict[Basic | None, list[int]] = {}  # of each name, the innermost last
        self._inside: dict[tuple[int, Basic | None], Known] = {}  # what is known inside of a binder of a name
        self._known: list[Known] = [{}]  # what is known in the open binders, outermost first

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
        todo: list[Basic | None] = [expr]  # a None stands under what is inside of a binder that is left after it
        while todo:
            e = todo[-1]
            known = self._known[-1]
            if e is None:
                self._leave()
                todo.pop()
            elif id(e) in known:
                todo.pop()
            elif not isinstance(e, Node):
                known[id(e)] = e, self._leaf(e)
                todo.pop()
            elif _binds(e):
                self._binder(e, todo)
            else:
                parts = [known.get(id(a)) for a in e._args]
                if None in parts:
                    todo += [a for a, part in zip(e._args, parts, strict=True) if part is None]
                else:
                    known[id(e)] = e, make(type(e).__name__, [part[1] for part in parts if part is not None])
                    todo.pop()
        return self._known[-1][id(expr)][1]

    def _binder(self, e: Node, todo: list[Basic | None]) -> None:
        """Read a binder, or what of it has to be read first."""
        body, name, *others = e.args
        if not isinstance(name, Symbol):
            raise UnreadableError(f"{name} is not a name that could be bound")
        known = self._known[-1]
        waiting = [a for a in others if id(a) not in known]
        todo += waiting
        inside = self._within(name).get(id(body))
        if inside is None:
            self._enter(name)
            todo += (None, body)
        elif not waiting:
            known[id(e)] = e, make(type(e).__name__, [inside[1], NAME, *(known[id(a)][1] for a in others)])

    def _within(self, name: Basic | None) -> Known:
        """Return what is known inside of a binder of a name; a place is that of its names, from the outermost in."""
        return self._inside.setdefault((id(self._known[-1]), name), {})

    def _enter(self, name: Basic | None) -> None:
        self._known.append(self._within(name))
        self._levels.setdefault(name, []).append(self.depth)
        self._names.append(name)

    def _leave(self) -> None:
        self._levels[self._names.pop()].pop()
        self._known.pop()

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
    taken = {n.name for n in names} | {leaf.value.name for leaf, _ in leaves(term) if leaf.head == "free"}
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
