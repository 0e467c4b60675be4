"""The judge's terms: shared trees in which a bound name is the number of binders between it and its own.

So nothing can be captured, and two lines that differ in their bound names alone are one term. An argument has the
position that it has in the inert node; in the place of a binder's name stands `NAME`. The heads are a closed list:
what is not in it cannot be read. Nothing here evaluates, and nothing recurs, so depth costs no more than length.

A term is remembered as long as somebody holds it, and no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

import sympy
from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.symbol import Str
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

import deltasift.inert as heads
from deltasift.errors import DeltasiftError
from deltasift.inert import Node

Arity: TypeAlias = tuple[int, int | None]
ANY: Arity = (1, None)
BINDERS: Mapping[str, Arity] = {
    "Sum": (4, 4),
    "Product": (4, 4),
    "Integral": (4, 4),
    "ForAll": (4, 4),
    "Expectation": (4, 4),
    "Continuous": (3, 3),
    "At": (3, 3),
}
LEAVES = frozenset(("number", "infinity", "constant", "free", "bound", "text", "truth", "name"))
HEADS: Mapping[str, Arity] = {
    **BINDERS,
    **dict.fromkeys(LEAVES, (0, 0)),
    **dict.fromkeys(("Add", "Mul", "And", "Or"), ANY),
    **dict.fromkeys(("Neg", "Log", "Exp", "Iverson", "Not", "IsInteger", "Integrable", "Summable"), (1, 1)),
    **dict.fromkeys(("Div", "Pow", "Delta", "Dirac", "Divides"), (2, 2)),
    **dict.fromkeys(("Equality", "LessEqual", "Less", "Unequal", "Definition"), (2, 2)),
    **dict.fromkeys(("SameOrder", "OppositeOrder", "Derivative"), (3, 3)),
    **dict.fromkeys(("Func", "Named", "Entry", "Apply"), ANY),
    "Piecewise": (2, None),
    # of keys alone
    **dict.fromkeys(("a sum", "a product"), (0, None)),
    "an inverse": (1, 1),
}
UNORDERED = frozenset(("Delta", "Equality", "Unequal"))
CONSTANTS: Mapping[Basic, str] = {
    sympy.pi: "pi",
    sympy.E: "e",
    sympy.GoldenRatio: "golden ratio",
    sympy.EulerGamma: "Euler's gamma",
    sympy.Catalan: "Catalan's constant",
    sympy.I: "i",
}
WRITTEN = {name: value for value, name in CONSTANTS.items()}


class UnreadableError(DeltasiftError):
    """A line contains something that the judge does not know, so the judge says nothing of it."""


class Term:
    """A head, its arguments and, of a leaf, its value: a number, a name, how far away its binder is.

    `loose` says how many binders around it the term can see: 0 is closed.
    """

    __slots__ = ("__weakref__", "_key", "args", "head", "loose", "serial", "value")

    head: str
    args: tuple[Term, ...]
    value: Any
    loose: int
    serial: int
    _key: Term | None

    def __repr__(self) -> str:
        return shown(self)


_POOL: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()
_SERIAL = count()


def make(head: str, args: Sequence[Term] = (), value: Any = None) -> Term:
    """Return the one term of this head, these arguments and this value."""
    args = tuple(args)
    at = (head, value, *map(id, args))
    term = _POOL.get(at)
    if term is None:
        _check(head, args, value)
        term = object.__new__(Term)
        term.head, term.args, term.value, term.serial, term._key = head, args, value, next(_SERIAL), None
        if head in BINDERS:
            term.loose = max(args[0].loose - 1, *(a.loose for a in args[1:]))
        else:
            term.loose = value + 1 if head == "bound" else max((a.loose for a in args), default=0)
        _POOL[at] = term
    return term


def _check(head: str, args: tuple[Term, ...], value: Any) -> None:
    """Refuse what no line is made of."""
    if head not in HEADS:
        raise UnreadableError(f"the judge does not know {head}")
    least, most = HEADS[head]
    fits = least <= len(args) and (most is None or len(args) <= most)
    texts, names = head in ("Func", "Named"), head in ("Entry", "Apply")
    for i, a in enumerate(args):
        fits &= (a.head == "name") == (head in BINDERS and i == 1)
        fits &= (a.head == "text") == (texts and i == 0)
        fits &= not names or i > 0 or a.head == "free"
    if not fits or (head == "Piecewise" and len(args) % 2) or not VALUES.get(head, _none)(value):
        raise UnreadableError(f"{head} of {len(args)} such arguments is no expression")


def _none(value: Any) -> bool:
    return value is None


VALUES: Mapping[str, Callable[[Any], bool]] = {
    "number": lambda v: type(v) is Fraction,
    "infinity": lambda v: type(v) is int and v in (1, -1),
    "constant": lambda v: v in WRITTEN,
    "free": lambda v: isinstance(v, Symbol),
    "bound": lambda v: type(v) is int and v >= 0,
    "text": lambda v: type(v) is str,
    "truth": lambda v: type(v) is bool,
    "a product": lambda v: type(v) is int and v in (1, -1),
}
NAME = make("name")
_ITSELF = NAME  # what stands where a key is the term itself, lest the term hold itself for ever
TRUE, FALSE = make("truth", (), True), make("truth", (), False)


def number(value: Fraction | int) -> Term:
    return make("number", (), Fraction(value))


def bound(distance: int) -> Term:
    return make("bound", (), distance)


ZERO, ONE = number(0), number(1)
INFINITY, MINUS_INFINITY = make("infinity", (), 1), make("infinity", (), -1)


# --- reading and writing -------------------------------------------------------------------------------------------


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
    return _Reader(env or {}, depth).read(expr)


class _Reader:
    """Reads parts before the whole; `levels` has the names that are open where it stands."""

    def __init__(self, env: Mapping[Basic, int], depth: int) -> None:
        self.levels = dict(env)
        self.depth = depth
        self.scope = 0
        self.scopes = count(1)
        self.left: list[tuple[Basic, int | None, int]] = []
        self.memo: dict[tuple[int, int], Term] = {}

    def read(self, expr: Basic) -> Term:
        made: list[Term] = []
        todo: list[tuple[str, Basic]] = [("read", expr)]
        while todo:
            task, e = todo.pop()
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
                self.memo[id(e), self.scope] = made[-1]
            elif (id(e), self.scope) in self.memo:
                made.append(self.memo[id(e), self.scope])
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

    def _enter(self, name: Basic) -> None:
        self.left.append((name, self.levels.get(name), self.scope))
        self.levels[name] = self.depth
        self.depth += 1
        self.scope = next(self.scopes)

    def _leave(self) -> None:
        name, level, self.scope = self.left.pop()
        self.depth -= 1
        if level is None:
            del self.levels[name]
        else:
            self.levels[name] = level

    def _leaf(self, e: Basic) -> Term:
        if isinstance(e, Symbol):
            level = self.levels.get(e)
            return make("free", (), e) if level is None else bound(self.depth - 1 - level)
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


def write(term: Term, names: Sequence[Symbol] = ()) -> Basic:
    """Return the inert expression of a term, its bound names new ones.

    Parameters
    ----------
    term : Term
    names : sequence of Symbol
        Those of the binders that are open around it, from the outermost in.
    """
    taken = {str(n) for n in names} | {leaf.value.name for leaf, _ in leaves(term) if leaf.head == "free"}
    chosen: dict[int, Symbol] = dict(enumerate(names))
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
            chosen[depth] = next(fresh["index" if t.head in ("Sum", "Product", "ForAll", "Expectation") else "real"])
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


def shown(term: Term) -> str:
    """Return a term as it is kept, a bound name as its distance."""
    out: list[str] = []
    todo: list[Term | str] = [term]
    while todo:
        t = todo.pop()
        if isinstance(t, str):
            out.append(t)
        elif t.args:
            todo += (")", *(x for i, a in enumerate(reversed(t.args)) for x in ((", ", a) if i else (a,))), "(", t.head)
        else:
            out.append(f"#{t.value}" if t.head == "bound" else "_" if t is NAME else str(t.value or t.head))
    return "".join(out)


# --- bound names ---------------------------------------------------------------------------------------------------


def leaves(term: Term, level: int = 0) -> Iterator[tuple[Term, int]]:
    """Yield the leaves of a term, each with the number of binders that are open there, once."""
    seen = {(term, level)}
    todo = [(term, level)]
    while todo:
        t, depth = todo.pop()
        if not t.args:
            yield t, depth
        for i, a in enumerate(t.args):
            part = (a, depth + (i == 0 and t.head in BINDERS))
            if part not in seen:
                seen.add(part)
                todo.append(part)


def shift(term: Term, by: int, above: int = 0) -> Term:
    """Return what a term is `by` binders further in; indices below `above` are its own."""
    return term if by == 0 else _mapped(term, above, lambda t, level: bound(t.value + by))


def instantiate(term: Term, values: Sequence[Term], level: int = 0) -> Term:
    """Return a term with values for its innermost loose indices, the last value for index 0.

    The values are as they read outside of the binders that are gone.

    Raises
    ------
    UnreadableError
        If a value would change what a derivative is taken by.
    """
    n = len(values)

    def image(t: Term, inside: int) -> Term:
        j = t.value - inside
        return shift(values[n - 1 - j], inside) if j < n else bound(t.value - n)

    return _mapped(term, level, image) if n else term


def _mapped(term: Term, level: int, image: Callable[[Term, int], Term]) -> Term:
    """Return a term with `image(index, binders on the way)` for each index that points out of it."""
    memo: dict[tuple[Term, int], Term] = {}
    todo = [(term, level)]
    while todo:
        t, inside = todo[-1]
        if t.loose <= inside or (t, inside) in memo:
            todo.pop()
        elif t.head == "bound":
            memo[t, inside] = image(t, inside)
        else:
            parts = [(a, inside + (i == 0 and t.head in BINDERS)) for i, a in enumerate(t.args)]
            waiting = [p for p in parts if p[0].loose > p[1] and p not in memo]
            if waiting:
                todo += waiting
                continue
            args = tuple(memo.get(p, p[0]) for p in parts)
            if t.head == "Derivative":
                _check_derivative(t, args[1], inside, image)
            memo[t, inside] = make(t.head, args, t.value)
    return memo.get((term, level), term)


def _check_derivative(t: Term, by: Term, inside: int, image: Callable[[Term, int], Term]) -> None:
    """Refuse values after which a derivative would be by something else: d/dx of f(x, y) is nothing at x = y."""
    old, is_name = t.args[1], not t.args[1].args
    clash = is_name and by.head not in ("bound", "free")
    varied = by if is_name else by.args[0]
    for x, level in leaves(t.args[0], inside) if is_name else leaves(t, inside):
        here, is_loose = level - inside, x.head == "bound" and x.value >= level
        if (is_loose or (is_name and x.head == "free")) and x is not shift(old, here):
            clash |= occurs(shift(varied, here), image(x, level) if is_loose else x)
    if clash:
        raise UnreadableError("a value would change what a derivative is taken by")


def occurs(name: Term, term: Term) -> bool:
    """Tell whether a name, free or an index, is in a term."""
    return any(leaf is shift(name, level) for leaf, level in leaves(term))


# --- the same line -------------------------------------------------------------------------------------------------


def same(a: Term, b: Term) -> bool:
    """Tell whether two terms are one line.

    They are when they differ in the order of + and *, in the placement of signs and of a/b, and in the order of the
    arguments of a Kronecker delta, of = and of != alone. Numbers are not folded and products are not expanded.
    """
    return a is b or key(a) is key(b)


def key(term: Term) -> Term:
    """Return what all terms of one line have in common; it is a term, and no line."""
    todo = [term]
    while todo:
        t = todo[-1]
        if t._key is not None:
            todo.pop()
            continue
        waiting = [a for a in t.args if a._key is None]
        if waiting:
            todo += waiting
            continue
        found = _key(t, [_known(a) for a in t.args])
        t._key = _ITSELF if found is t else found
        todo.pop()
    return _known(term)


def _known(t: Term) -> Term:
    return t if t._key is _ITSELF else t._key  # type: ignore[return-value]


def _key(t: Term, keys: list[Term]) -> Term:
    """Return the key of a term from those of its arguments."""
    if t.head == "number":
        return _key_of_number(t.value)
    if t.head == "Neg":
        sign, factors = factors_of(keys[0])
        return product_of(-sign, factors)
    if t.head == "Div":
        return _key_of_quotient(*keys)
    if t.head == "Mul":
        sign = 1
        merged: list[Term] = []
        for k in keys:
            s, factors = factors_of(k)
            sign *= s
            merged += (ONE,) if k is ONE else factors  # 1*x is not x
        return product_of(sign, merged)
    if t.head == "Add":
        return sum_of([x for k in keys for x in terms_of(k)])
    return make(t.head, _ordered(keys) if t.head in UNORDERED else keys, t.value) if keys else t


def _ordered(keys: Sequence[Term]) -> list[Term]:
    return sorted(keys, key=lambda k: k.serial)


def factors_of(k: Term) -> tuple[int, tuple[Term, ...]]:
    """Return the sign and the factors of a key, of which 1 has none."""
    return (k.value, k.args) if k.head == "a product" else (1, () if k is ONE else (k,))


def terms_of(k: Term) -> tuple[Term, ...]:
    """Return the terms of a key."""
    return k.args if k.head == "a sum" else (k,)


def product_of(sign: int, factors: Sequence[Term]) -> Term:
    """Return the key of a product."""
    if len(factors) == 1 and factors[0] is ONE:
        factors = ()
    if sign == 1 and len(factors) < 2 and not any(f.head == "an inverse" for f in factors):
        return factors[0] if factors else ONE
    return make("a product", _ordered(factors), sign)


def sum_of(terms: Sequence[Term]) -> Term:
    """Return the key of a sum."""
    return make("a sum", _ordered(terms))


def _key_of_quotient(numerator: Term, denominator: Term) -> Term:
    sign, factors = factors_of(numerator)
    below, inner = factors_of(denominator)
    return product_of(sign * below, (*factors, make("an inverse", (product_of(1, inner),))))


def _key_of_number(value: Fraction) -> Term:
    if value < 0:
        sign, factors = factors_of(_key_of_number(-value))
        return product_of(-sign, factors)
    if value.denominator == 1:
        return number(value)
    return _key_of_quotient(number(value.numerator), number(value.denominator))
