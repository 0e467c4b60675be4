"""Shared trees in which a bound name is the number of binders between it and its own.

So nothing can be captured, and two lines that differ in their bound names alone are one term. An argument has the
position that it has in the inert node; in the place of a binder's name stands `NAME`. The heads are a closed list:
what is not in it cannot be read. Nothing here evaluates, and nothing recurs, so depth costs no more than length.

A term is remembered as long as somebody holds it, and no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import Any, NamedTuple, TypeAlias, TypeVar
from weakref import WeakValueDictionary

from sympy import Symbol

from deltasift.errors import DeltasiftError

V = TypeVar("V")
Arity: TypeAlias = tuple[int, int | None]
ANY: Arity = (1, None)
NAMED: Arity = (2, None)  # a name, and what it is of


class Folding(NamedTuple):
    """What is known of a binder that takes the values at all integers of a range together.

    Attributes
    ----------
    of_nothing : bool
        Whether it has a value over an empty range.
    is_whole : bool
        Whether it is an integer where all of these values are and there are finitely many.
    rises : bool
        Whether it rises where each of these values does, none of them negative.
    """

    of_nothing: bool
    is_whole: bool
    rises: bool


FOLDS: Mapping[str, Folding] = {
    "Sum": Folding(True, True, True),
    "Product": Folding(True, True, True),
    "Maximum": Folding(False, True, True),
    "Minimum": Folding(False, True, True),
}
COUNTED = frozenset((*FOLDS, "ForAll"))  # binders of integers
INDEXED = COUNTED | {"Expectation"}  # binders of an index
BINDERS: Mapping[str, Arity] = {
    **dict.fromkeys(FOLDS, (4, 4)),
    "Integral": (4, 4),
    "ForAll": (4, 4),
    "Expectation": (4, 4),
    "Continuous": (3, 3),
    "At": (3, 3),
}
OPTIMA = ("Minimiser", "OnlyMinimiser", "Maximiser", "OnlyMaximiser")
CLAIMED = (*OPTIMA, "Infinite")  # of claims alone: each comes to a relation between two values
LEAVES = frozenset(("number", "infinity", "constant", "free", "bound", "text", "truth", "name"))
HEADS: Mapping[str, Arity] = {
    **BINDERS,
    **dict.fromkeys(LEAVES, (0, 0)),
    **dict.fromkeys(("Add", "Mul", "And", "Or"), ANY),
    **dict.fromkeys(("Neg", "Log", "Exp", "Iverson", "Not", "IsInteger", "Integrable", "Summable"), (1, 1)),
    **dict.fromkeys(("Div", "Pow", "Delta", "Dirac", "Divides"), (2, 2)),
    **dict.fromkeys(("Equality", "LessEqual", "Less", "Unequal", "Definition", "Infinite"), (2, 2)),
    **dict.fromkeys(("SameOrder", "OppositeOrder", "Derivative", *OPTIMA), (3, 3)),
    **dict.fromkeys(("Func", "Named", "Entry", "Apply", "RowName"), NAMED),
    "Piecewise": (2, None),
    "HasValue": (1, 1),  # of what is needed alone
    # of keys alone
    **dict.fromkeys(("a sum", "a product"), (0, None)),
    "an inverse": (1, 1),
}
UNORDERED = frozenset(("Delta", "Equality", "Unequal"))
CONSTANTS = frozenset(("pi", "e", "golden ratio", "Euler's gamma", "Catalan's constant", "i"))


class UnreadableError(DeltasiftError):
    """A line contains something that the judge does not know, so the judge says nothing of it."""


class Term:
    """A head, its arguments and, of a leaf, its value: a number, a name, how far away its binder is.

    `loose` says how many binders around it the term can see: 0 is closed.
    """

    __slots__ = ("__weakref__", "args", "head", "known_key", "loose", "serial", "value")

    head: str
    args: tuple[Term, ...]
    value: Any
    loose: int
    serial: int
    known_key: Term | None

    def __reduce__(self) -> tuple[Callable[..., Term], tuple[str, tuple[Term, ...], Any]]:
        """Let whoever unpickles a term have the one that there is."""
        return make, (self.head, self.args, self.value)

    def __repr__(self) -> str:
        return shown(self)


_POOL: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()
_SERIAL = count()


def make(head: str, args: Sequence[Term] = (), value: Any = None) -> Term:
    """Return the one term of this head, these arguments and this value."""
    args = tuple(args)
    at = (head, type(value), value, *map(id, args))  # 0.5 and 1/2 are one key otherwise
    term = _POOL.get(at)
    if term is None:
        _check(head, args, value)
        term = object.__new__(Term)
        term.head, term.args, term.value, term.serial, term.known_key = head, args, value, next(_SERIAL), None
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
    parts = [a.head for a in args]
    place, wanted = SLOTS.get(head, (0, ""))
    if fits and wanted:
        fits = parts.pop(place) == wanted
    fits = fits and "name" not in parts and "text" not in parts
    if not fits or (head == "Piecewise" and len(args) % 2) or not VALUES.get(head, _none)(value):
        raise UnreadableError(f"{head} of {len(args)} such arguments is no expression")


SLOTS = {
    **dict.fromkeys(BINDERS, (1, "name")),
    **dict.fromkeys(("Func", "Named"), (0, "text")),
    **dict.fromkeys(("Entry", "Apply", "RowName"), (0, "free")),
}


def _none(value: Any) -> bool:
    return value is None


VALUES: Mapping[str, Callable[[Any], bool]] = {
    "number": lambda v: type(v) is Fraction,
    "infinity": lambda v: type(v) is int and v in (1, -1),
    "constant": lambda v: v in CONSTANTS,
    "free": lambda v: isinstance(v, Symbol) and v.is_commutative,
    "bound": lambda v: type(v) is int and v >= 0,
    "text": lambda v: type(v) is str,
    "truth": lambda v: type(v) is bool,
    "a product": lambda v: type(v) is int and v in (1, -1),
}
NAME = make("name")
TRUE, FALSE = make("truth", (), True), make("truth", (), False)


def number(value: Fraction | int) -> Term:
    return make("number", (), Fraction(value))


def bound(distance: int) -> Term:
    return make("bound", (), distance)


ZERO, ONE = number(0), number(1)
INFINITY, MINUS_INFINITY = make("infinity", (), 1), make("infinity", (), -1)


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
    if by == 0 or term.loose <= above:
        return term
    if term.head not in BINDERS and not any(a.args for a in term.args):  # no way to keep account of
        args = [bound(a.value + by) if a.head == "bound" and a.value >= above else a for a in term.args]
        return make(term.head, args, term.value) if args else bound(term.value + by)
    return _mapped(term, above, lambda t, level: bound(t.value + by))


def instantiate(term: Term, values: Sequence[Term], level: int = 0, outside: int = 0) -> Term:
    """Return a term with values for its innermost loose indices, the last value for index 0.

    The values are as they read outside of the binders that are gone; what else is loose is so many binders further out.

    Raises
    ------
    UnreadableError
        If a value would change what a derivative is taken by.
    """
    n = len(values)
    if outside == n and all(v.head == "bound" and v.value == n - 1 - j for j, v in enumerate(values)):
        return term  # each name for itself

    def image(t: Term, inside: int) -> Term:
        j = t.value - inside
        return shift(values[n - 1 - j], inside) if j < n else bound(t.value - n + outside)

    return _mapped(term, level, image)


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


def parts(t: Term) -> Iterator[Term]:
    """Yield a term and all that is in it, each once."""
    seen = {t}
    todo = [t]
    while todo:
        x = todo.pop()
        yield x
        new = {a for a in x.args if a not in seen}
        seen |= new
        todo += new


def folded(t: Term, known: dict[Term, V], value: Callable[[Term], V], into: Callable[[Term], bool] | None = None) -> V:
    """Return a value of a term that is made of those of its arguments, which are `known` when it is asked for.

    Of a head that is not gone into the arguments are not asked for.
    """
    todo = [t] if t not in known else []
    while todo:
        e = todo[-1]
        waiting = [a for a in e.args if a not in known] if e not in known and (into is None or into(e)) else []
        if waiting:
            todo += waiting
            continue
        if e not in known:
            known[e] = value(e)
        todo.pop()
    return known[t]


def has(t: Term, *heads: str) -> bool:
    """Tell whether one of the heads is in a term."""
    return any(x.head in heads for x in parts(t))


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
            out.append(_leaf_shown(t))
    return "".join(out)


def _leaf_shown(t: Term) -> str:
    if t.head == "bound":
        return f"#{t.value}"
    if t.head == "infinity":
        return "oo" if t.value == 1 else "-oo"
    return "_" if t is NAME else str(t.head if t.value is None else t.value)
