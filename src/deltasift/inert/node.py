"""The inert node: a SymPy expression that stays what was written.

Constructors never evaluate, operators only build, and everything that walks a tree does so without recursion, so
that a nesting of thousands is as good as one of three. Equality and hash are structural, bound names included.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, ClassVar, Self

from sympy import Expr, Integer, Rational, S, Symbol
from sympy.core.basic import Basic
from sympy.logic.boolalg import BooleanAtom

from deltasift.errors import DeltasiftError, ExpressionError
from deltasift.inert.facing import Facing
from deltasift.inert.operators import Operators
from deltasift.inert.visit import preorder

Given = frozenset[Any]
NOTHING: Given = frozenset()
NAMELESS: frozenset[Basic] = frozenset()
FEW, STRIDE = 8, 64  # names that every binder keeps as a set of its own; of many names every so many binders
_parts = attrgetter("_args")


class Node(Operators, Facing, Expr):  # type: ignore[misc]
    """Base of all inert nodes.

    A node that binds a name (`binds` is true) keeps its body in `args[0]` and the bound symbol in `args[1]`; the
    other arguments lie outside the scope of the name.

    Notes
    -----
    `given` remembers the domains with whose handles a node was written. It is provenance, not structure: it takes
    no part in equality and hash. So are `_lines`, of a program from which it was read.
    """

    __slots__ = ("_free", "_given", "_lines")

    is_commutative = True
    binds: ClassVar[bool] = False
    precedence: ClassVar[int] = 1000
    _free: frozenset[Basic] | None
    _given: Given
    _lines: tuple[Any, ...]

    # --- building -----------------------------------------------------------------------------------------------

    def __new__(cls, *args: Any) -> Node:
        return build(cls, args)

    @classmethod
    def make(cls, args: tuple[Basic, ...], given: Given = NOTHING) -> Node:
        """Build without looking: every argument must already be inert."""
        node: Node = object.__new__(cls)
        node._args = args
        node._assumptions = cls.default_assumptions
        node._mhash = None
        node._free = None
        node._given = given
        node._lines = ()
        return node

    def rebuild(self, args: tuple[Basic, ...]) -> Node:
        """Return the same head over other arguments."""
        return type(self).make(args, self._given).read_from(self)

    def read_from(self, other: Node) -> Self:
        """Note that it was read from the lines that another was read from, and return it."""
        self._lines = other._lines
        return self

    @property
    def func(self) -> Callable[..., Node]:
        return _Rebuilder(type(self), self._given)

    @property
    def given(self) -> Given:
        """Domains whose handles were used to write this expression."""
        return self._given

    # --- identity -----------------------------------------------------------------------------------------------

    def __hash__(self) -> int:
        known: int | None = self._mhash
        return _hash(self) if known is None else known

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Node) and same_tree(self, other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __copy__(self) -> Node:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Node:
        return self

    def __reduce_ex__(self, protocol: Any) -> Any:
        from deltasift.inert.pickling import dump, load

        return load, (dump(self),)

    # --- names --------------------------------------------------------------------------------------------------

    @property
    def free_symbols(self) -> set[Basic]:
        return set(free(self))

    @property
    def bound_symbols(self) -> list[Basic]:
        return [self.args[1]] if self.binds else []

    # --- walking and replacing ----------------------------------------------------------------------------------

    def atoms(self, *types: Any) -> set[Basic]:
        wanted = tuple(t if isinstance(t, type) else type(t) for t in types)
        return {e for e in preorder(self) if (isinstance(e, wanted) if wanted else not e.args)}

    def has(self, *patterns: Any) -> bool:
        return any(any(isinstance(e, p) if isinstance(p, type) else e == p for p in patterns) for e in preorder(self))

    def xreplace(self, rule: Any) -> Any:
        return _replaced(self, rule.items())

    def _xreplace(self, rule: Any) -> tuple[Any, bool]:
        new = self.xreplace({old: new for old, new in rule.items() if _is_readable(old)})
        return new, new is not self

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return self.xreplace({old: new}) if _is_readable(old) else self

    def subs(self, *args: Any, **kwargs: Any) -> Any:
        """Substitute without capture and without evaluation; a pair, a mapping or an iterable of pairs."""
        if len(args) == 2:
            pairs = [args]
        else:
            (mapping,) = args
            pairs = list(mapping.items() if hasattr(mapping, "items") else mapping)
        simultaneous = len(args) == 1 and hasattr(args[0], "items")
        steps = [dict(pairs)] if simultaneous else [{old: new} for old, new in pairs]
        expr: Any = self
        for step in steps:
            expr = _replaced(expr, step.items())
        return expr


class _Rebuilder:
    """What `expr.func` is for an inert node: called with `expr.args` it gives the node back."""

    __slots__ = ("given", "head")

    def __init__(self, head: type[Node], given: Given) -> None:
        self.head = head
        self.given = given

    def __call__(self, *args: Any) -> Node:
        given = self.given
        for a in args:
            given = join(given, given_of(a))
        return self.head.make(tuple(inert(a) for a in args), given)

    def __eq__(self, other: object) -> bool:
        return self.head is (other.head if isinstance(other, _Rebuilder) else other)

    def __hash__(self) -> int:
        return hash(self.head)

    @property
    def __name__(self) -> str:
        return self.head.__name__


def build(cls: type[Node], operands: tuple[Any, ...]) -> Node:
    """Build `cls` from what a person wrote: handles, numbers, SymPy expressions and nodes."""
    given = NOTHING
    for operand in operands:
        given = join(given, given_of(operand))
    return cls.make(tuple(inert(operand) for operand in operands), given)


def _is_readable(value: Any) -> bool:
    """Tell whether `value` is something that could occur in an inert expression."""
    try:
        inert(value)
    except DeltasiftError:
        return False
    return True


def join(a: Given, b: Given) -> Given:
    """Return the union, without making a new set where one will do."""
    if not b or a is b:
        return a
    return a | b if a else b


def given_of(operand: Any) -> Given:
    """Return the domains that an operand brings along."""
    given: Given | None = getattr(operand, "_given", None)
    if given is None and isinstance(operand, Basic) and operand.args:
        given = getattr(inert(operand), "_given", None)  # our nodes inside SymPy's own
    return given or NOTHING


def inert(value: Any) -> Basic:
    """Return `value` as an inert expression: a leaf or a node.

    Parameters
    ----------
    value : Node, domain handle, int, Fraction or SymPy expression
        A Python float is refused, since `1/2` is 0.5 before we see it.
    """
    if isinstance(value, Node):
        return value
    if isinstance(value, Basic):
        if not value.args or isinstance(value, (Symbol, BooleanAtom)):
            if value is S.NaN or value is S.ComplexInfinity:
                raise ExpressionError(f"{value} is no number: an expression had no value before it got here")
            if value.is_Float:
                raise ExpressionError(f"the float {value} is not exact: write a fraction, S(1)/2")
            return value
        from deltasift.inert.bridge import from_sympy

        return from_sympy(value)
    if hasattr(value, "_sympy_"):
        return value._sympy_()
    if isinstance(value, bool):
        raise ExpressionError(f"{value} is a truth value, not a number; a comparison was lost before it got here")
    if isinstance(value, numbers.Integral):
        return Integer(int(value))
    if isinstance(value, numbers.Rational):
        return Rational(int(value.numerator), int(value.denominator))
    if isinstance(value, numbers.Number):
        raise ExpressionError(f"the float {value!r} is not exact: write a fraction, S(1)/2")
    raise ExpressionError(f"{value!r} is not an expression")


def _replaced(expr: Basic, pairs: Iterable[tuple[Any, Any]]) -> Basic:
    """Substitute what a person wrote, which brings its domains along."""
    from deltasift.inert.substitution import substitute

    rule, given = {}, NOTHING
    for old, new in pairs:
        rule[inert(old)] = inert(new)
        given = join(given, given_of(new))
    replaced = substitute(expr, rule)
    if replaced is expr or not isinstance(replaced, Node) or given <= replaced.given:
        return replaced
    return type(replaced).make(replaced.args, join(replaced.given, given))


def free(expr: Basic) -> frozenset[Basic]:
    """Return the free symbols; cached on every node."""
    if not isinstance(expr, Node):
        if isinstance(expr, Symbol):
            return _alone(expr)
        return frozenset(expr.free_symbols) if expr.args else NAMELESS
    known = expr._free
    return _free_below(expr) if known is None else known


def mentions(expr: Basic, name: Basic) -> bool:
    """Tell whether a name is free in an expression."""
    if not isinstance(expr, Node):
        return is_name(expr, name)
    known = expr._free
    if known is None:
        args = expr._args
        if not expr.binds and not any(map(_parts, args)):  # a look at its parts is quicker than a set of them
            return id(name) in map(id, args) or (hash(name) in map(hash, args) and name in args)
        known = _free_below(expr)
    return name in known


def is_name(expr: Basic, name: Basic) -> bool:
    """Tell whether an expression is just this name; quick where it is another one."""
    return expr is name or (hash(expr) == hash(name) and expr == name)


def is_flat(expr: Node) -> bool:
    """Tell whether a node is made of leaves alone, and binds no name."""
    return not expr.binds and not any(map(_parts, expr._args))


def _free_below(expr: Node) -> frozenset[Basic]:
    """Find the free symbols of a node, and of all nodes below it that have none yet."""
    stack = [expr]
    while stack:
        e = stack[-1]
        names: list[Basic] = []
        sets: list[frozenset[Basic]] = []
        spine = _spine(e) if e.binds else ()
        for a in e._args if not spine else chain(spine[-1]._args[:1], *(b._args[2:] for b in spine)):
            if isinstance(a, Node):
                inner = a._free
                if inner is None:
                    if is_flat(a):
                        names += [x for x in a._args if isinstance(x, Symbol)]
                    else:
                        stack.append(a)
                elif inner:
                    sets.append(inner)
            elif isinstance(a, Symbol):
                names.append(a)
        if stack[-1] is e:
            e._free = _free_of_binders(spine) if spine else _union(names, sets)
            stack.pop()
    found = expr._free
    assert found is not None
    return found


def _spine(e: Node) -> list[Node]:
    """Return a binder and the binders that are its body, the body of that, and so on, as far as no names are known."""
    spine = [e]
    while True:
        body = spine[-1]._args[0]
        if not isinstance(body, Node) or not body.binds or body._free is not None:
            return spine
        spine.append(body)


def _free_of_binders(spine: list[Node]) -> frozenset[Basic]:
    """Find the free symbols of the first of binders that are nested in each other.

    They are kept on all of them where they are few. Where they are many, that would be their square, and some binders
    on the way keep theirs, so that those between never have far to look.
    """
    names = set(free(spine[-1]._args[0]))
    known: frozenset[Basic] = frozenset(names)
    for deep, e in enumerate(reversed(spine), 1):
        _, name, *others = e._args
        names.discard(name)
        names.update(*map(free, others))
        if len(names) <= FEW or deep % STRIDE == 0 or deep == len(spine):
            known = known if known == names else frozenset(names)
            e._free = known
    return known


@lru_cache(maxsize=20_000)
def _alone(name: Symbol) -> frozenset[Basic]:
    """Return the set of one name, of which there is one for all nodes."""
    return frozenset((name,))


def _union(names: list[Basic], sets: list[frozenset[Basic]]) -> frozenset[Basic]:
    """Return the union of names and sets: one of the sets where it has all, so that many nodes share it."""
    if not sets:
        return _alone(names[0]) if len(names) == 1 else frozenset(names)
    largest = max(sets, key=len) if len(sets) > 1 else sets[0]
    if largest.issuperset(names) and all(map(largest.issuperset, sets)):
        return largest
    return largest.union(names, *sets)


def _hash(expr: Node) -> int:
    """Compute the hash of a node, and of all nodes below it that have none yet."""
    stack = [expr]
    while stack:
        e = stack[-1]
        for a in e._args:
            if a._mhash is None and isinstance(a, Node):
                stack.append(a)
        if stack[-1] is e:
            e._mhash = hash((type(e).__name__, e._args))
            stack.pop()
    found: int = expr._mhash
    return found


def same_tree(a: Basic, b: Basic) -> bool:
    """Structural equality, bound names included, at any depth."""
    stack = [(a, b)]
    seen: set[tuple[int, int]] = set()
    while stack:
        x, y = stack.pop()
        if x is y:
            continue
        if isinstance(x, Node):
            if type(x) is not type(y) or len(x._args) != len(y._args):
                return False
            if x._mhash != y._mhash and x._mhash is not None and isinstance(y, Node) and y._mhash is not None:
                return False
            pair = (id(x), id(y))
            if pair not in seen:
                seen.add(pair)
                stack.extend(zip(x._args, y._args, strict=True))
        elif isinstance(y, Node) or x != y:
            return False
    return True
