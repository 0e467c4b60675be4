"""An expression as operations on whole arrays, in the functions of the array API standard.

Each loop of the page is an axis: what stands inside of loops over n and k is an array with an axis for n and one for
k, or one that broadcasting stretches to that. So `q_k` is `q`, `y_n` is `y[:, None]`, and a sum is over the last axis.

Where a line of Python would stop, at a logarithm of 0 or at a division by 0, an array goes on with an infinity or a
nan. Neither becomes a number again: an infinity is made nan where that could happen, and a comparison of such values
is refused. What is refused here is left to the loops of `emit.writer`.

References
----------
Python array API standard, version 2024.12.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sympy import Symbol, Tuple
from sympy.core.basic import Basic
from sympy.core.numbers import Number
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from deltasift.domain import DefinedFunction, Density, Family, Index, Labels, Pmf, Real, Size, Table
from deltasift.emit import functions
from deltasift.emit.loops import Loop, Loops, are_inside, is_never_empty, is_whole
from deltasift.emit.syntax import attribute, binary, call, number, subscript, variable
from deltasift.emit.writer import Bound, Writer
from deltasift.errors import EmitError
from deltasift.inert import (
    And,
    Apply,
    Delta,
    Derivative,
    Divides,
    Entry,
    ForAll,
    Func,
    Integral,
    IsInteger,
    Iverson,
    Log,
    Mul,
    Named,
    Neg,
    Node,
    Not,
    Or,
    Pow,
    Relation,
    Sum,
    free,
)
from deltasift.match.linear import collect
from deltasift.match.views import terms, total

if TYPE_CHECKING:
    from deltasift.emit.python import Program

Range = tuple[Basic, Basic]
Wrap = Callable[[ast.expr], ast.expr]
GREATEST_EXPONENT = 3  # of an integer, so that an array of integers holds its power


class ArrayWriter(Writer):
    """Writes the body of one function of arrays.

    Attributes
    ----------
    axes : dict of tuple of (Basic, Basic)
        The ranges of the axes of each array that a sum, a product or a table makes.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.axes: dict[tuple[Range, ...], None] = {}
        # what may have an infinity or a nan in it: a user's functions, and tables that are found to
        self._partial = {program.names[s] for s, d in self.scope.domains.items() if isinstance(d, Density)}
        self._free: frozenset[Basic] = frozenset()  # names of the line that no loop binds
        self._counting = False  # whether integers are written, of an index or a comparison
        self._numbers = {program.names[s] for s, d in self.scope.domains.items() if isinstance(d, (Size, Index))}
        self._handlers |= {Log: self._log, Integral: self._refuse, Derivative: self._refuse}

    def line(self, e: Basic) -> ast.expr:
        self._free = free(self.scope.unfold_all(e))
        value = super().line(e)
        used = _names(value)
        for key, (name, table) in reversed(list(self.tables.items())):
            if name in used:
                used |= _names(table)
            else:
                del self.tables[key]
        return value

    def _refuse(self, e: Node, bound: Bound) -> ast.expr:
        raise EmitError(f"{type(e).__name__} has no form for arrays")

    # --- numbers and arrays ----------------------------------------------------------------------------------------

    def function(self, name: str, *args: ast.expr) -> ast.expr:
        if name in functions.CONVENTIONS:
            self.program.need(name)
            return call(name, *(self._finite(self._array(a)) for a in args), variable("xp"))
        if all(map(self._is_plain, args)):
            return super().function(name, *args)
        return self._xp(name, *(map(self._finite, args) if name in functions.FINITE_AT_INFINITY else args))

    def divisor(self, e: ast.expr) -> ast.expr:
        return self._finite(e)

    def _xp(self, name: str, *args: ast.expr) -> ast.expr:
        if name not in functions.IN_ARRAY_API:
            raise EmitError(f"{name} is no function of the array API")
        return _call(functions.IN_ARRAY_API[name], *args)

    def _is_plain(self, e: ast.AST) -> bool:
        """Tell whether what is written is a number of Python, made of sizes and constants, and no array."""
        taken = {name for name, _ in self.tables.values()}
        return all(n not in taken and n != "xp" and (n in self._numbers or n in functions.RESERVED) for n in _names(e))

    def _array(self, e: ast.expr) -> ast.expr:
        """Return a number as an array without axes."""
        return _call("asarray", e, dtype=attribute("xp", "float64")) if self._is_plain(e) else e

    def _is_partial(self, e: ast.AST) -> bool:
        """Tell whether a value may be an infinity or a nan."""
        return any(self._has_gap(x) for x in ast.walk(e))

    def _has_gap(self, x: ast.AST) -> bool:
        """Tell whether an operation has no value, or an infinity, at some numbers."""
        if isinstance(x, ast.BinOp) and isinstance(x.op, (ast.Div, ast.Pow)):
            below = x.right
            constant = isinstance(below, ast.Constant) and isinstance(below.value, int) and below.value > 0
            size = isinstance(x.op, ast.Div) and isinstance(below, ast.Name) and below.id in self._numbers
            return not (constant or size or self._is_plain(x))
        if isinstance(x, ast.Attribute):
            return x.attr in functions.PARTIAL
        return isinstance(x, ast.Name) and (x.id in self._partial or x.id in functions.PARTIAL)

    def _finite(self, e: ast.expr) -> ast.expr:
        """Return a value with nan for its infinities, where there may be any."""
        if not self._is_partial(e):
            return e
        self.program.need("finite")
        return call("finite", e, variable("xp"))

    @contextmanager
    def _as(self, counting: bool) -> Iterator[None]:
        before, self._counting = self._counting, counting
        try:
            yield
        finally:
            self._counting = before

    # --- leaves, powers, functions ---------------------------------------------------------------------------------

    def _leaf(self, e: Basic, bound: Bound) -> ast.expr:
        loop = bound.loop(e)
        if loop is not None:
            value = _stretched(self._range(loop), [bound.depth(e)], bound)
            return value if self._counting else _number(value)
        domain = self.scope.domains.get(e) if isinstance(e, Symbol) else None
        if isinstance(e, Symbol) and not isinstance(domain, (Size, Index, Real, Family)):
            raise EmitError(f"{e} is declared as no number and no array")
        return super()._leaf(e, bound)

    def _range(self, loop: Loop) -> ast.expr:
        """Return the values of a bound name as an array, which gets a name of its own."""
        lo, hi = self._ends(loop)
        key = Tuple(loop.name, lo, hi)
        if key not in self.tables:
            assert isinstance(loop.name, Symbol)
            ends = (self.integer([(1, lo)], 0, Loops()), self.integer([(1, hi)], 1, Loops()))
            self.tables[key] = self._range_name(loop.name), _call("arange", *ends)
        return variable(self.tables[key][0])

    def _range_name(self, name: Symbol) -> str:
        own = self.program.names[name]
        taken = name in self._free or any(own == local for local, _ in self.tables.values())
        return self._local(own) if taken else own

    def _ends(self, loop: Loop, bound: Loops | None = None) -> Range:
        """Return the ends of a range, which are numbers and not arrays; `bound` has the loops around it."""
        lo, hi = loop.lo, loop.hi
        if lo is None or hi is None:
            raise EmitError(f"{loop.name} is no index")
        for s in free(lo) | free(hi):
            hidden = bound is not None and s in bound
            if hidden or not isinstance(s, Symbol) or not isinstance(self.scope.domains.get(s), (Size, Index)):
                raise EmitError(f"the range of {loop.name} has no one length")
        if not (self.scope.is_integer(lo) and self.scope.is_integer(hi)):
            raise EmitError(f"the range of {loop.name} is not counted at sight")
        return lo, hi

    def _pow(self, e: Node, bound: Bound) -> ast.expr:
        exponent = e.args[1]
        natural = isinstance(exponent, Number) and exponent.is_Integer and exponent > 0
        if self._counting and not (natural and exponent <= GREATEST_EXPONENT):
            raise EmitError(f"{e} may be larger than the integers of an array")
        written = super()._pow(e, bound)
        if not isinstance(written, ast.BinOp) or self._is_plain(written):
            return written
        # x**0 and 1**x are 1 for every x, nan among them
        if not natural and (self._is_partial(written.left) or self._is_partial(written.right)):
            raise EmitError(f"{e} may be a power of no number")
        return written

    def _func(self, e: Func, bound: Bound) -> ast.expr:
        args = [self.write(a, bound) for a in e.arguments]
        if all(map(self._is_plain, args)) and e.name != "sigma":
            return super()._func(e, bound)
        if e.name in functions.BUILT_IN:
            value = self._finite(self._array(args[0]))
            for a in args[1:]:
                value = self._xp(functions.BUILT_IN[e.name], value, self._finite(self._array(a)))
            return value
        if e.name != "sigma" and e.name not in functions.IN_MATH:
            raise EmitError(f"{e.name} is no function of the array API")
        return super()._func(e, bound)

    def _log(self, e: Log, bound: Bound) -> ast.expr:
        """Return a logarithm; that of entries is taken of the whole table where the entries are picked from it."""
        argument = e.args[0]
        domain = self.scope.domains.get(argument.table) if isinstance(argument, Entry) else None
        if isinstance(argument, Entry) and self._is_stored(argument, domain, bound):
            return self._position(argument, bound, lambda table: self.function("log", table))
        return self.function("log", self.write(argument, bound))

    def _is_stored(self, e: Entry, domain: object, bound: Bound) -> bool:
        if isinstance(domain, Family):
            return are_inside(e.indices, domain, bound, self.scope)
        return isinstance(domain, (Pmf, Real))

    # --- choices ---------------------------------------------------------------------------------------------------

    def _bracket(self, e: Node, bound: Bound) -> ast.expr:
        test = self.condition(e, bound)
        return super()._bracket(e, bound) if self._is_plain(test) else _number(test)

    def choose(self, conditions: Sequence[Basic], value: ast.expr, otherwise: ast.expr, bound: Bound) -> ast.expr:
        tests = [self.condition(c, bound) for c in conditions]
        plain = all(map(self._is_plain, tests))
        if plain and not bound.loops:
            return super().choose(conditions, value, otherwise, bound)
        test = tests[0]
        for t in tests[1:]:
            test = binary(test, ast.BitAnd(), t)
        if plain:
            test = _call("asarray", test)
        return _call("where", test, self._array(value) if self._is_plain(otherwise) else value, otherwise)

    def condition(self, e: Basic, bound: Bound) -> ast.expr:
        if isinstance(e, (BooleanTrue, BooleanFalse, Iverson)):
            return super().condition(e, bound)
        if isinstance(e, Entry):
            body = self.scope.unfold(e)
            if body is None or not (free(body) - free(e)).isdisjoint(bound):
                raise EmitError(f"{e} has no form for arrays")
            return self.condition(body, bound)
        if isinstance(e, (And, Or)):
            parts = [self.condition(a, bound) for a in e.args]
            if all(map(self._is_plain, parts)):
                return super().condition(e, bound)
            value = parts[0]
            for p in parts[1:]:
                value = binary(value, ast.BitAnd() if isinstance(e, And) else ast.BitOr(), p)
            return value
        if isinstance(e, Not):
            part = self.condition(e.args[0], bound)
            return ast.UnaryOp(ast.Not() if self._is_plain(part) else ast.Invert(), part)
        if isinstance(e, ForAll):
            return self._every(e, bound)
        if isinstance(e, Divides) and not (isinstance(e.args[0], Number) and e.args[0] > 0):
            raise EmitError(f"{e} has no form for arrays")
        if not isinstance(e, (Delta, Relation, Divides, IsInteger)):
            raise EmitError(f"{e} has no form for arrays")
        test = super().condition(e, bound)
        if self._is_partial(test):
            raise EmitError(f"{e} may compare what has no value")
        return test

    def _every(self, e: Node, bound: Bound) -> ast.expr:
        body, name, lo, hi = e.args
        inside = bound.inside(name, *self._ends(Loop(name, lo, hi), bound))
        if name not in free(body):
            raise EmitError(f"{e} has no form for arrays")
        self._note(body, inside)
        return _call("all", self.condition(body, inside), axis=number(-1))

    # --- loops -----------------------------------------------------------------------------------------------------

    def _loop(self, e: Node, bound: Bound) -> ast.expr:
        body, name, lo, hi = e.args
        lo, hi = self._ends(Loop(name, lo, hi), bound)
        adds = isinstance(e, Sum)
        with self._as(counting=False):
            if name in free(body):
                inside = bound.inside(name, lo, hi)
                self._note(body, inside)
                axis = {"axis": number(-1)} if bound.loops else {}
                return _call("sum" if adds else "prod", self.write(body, inside), **axis)
            # every term is the same
            if not is_never_empty(lo, hi, self.scope):
                raise EmitError(f"the range of {name} may be empty")
            count = self.integer([(1, hi), (-1, lo)], 1, bound)
            value = self.write(body, bound)
        return binary(count, ast.Mult(), value) if adds else binary(value, ast.Pow(), count)

    def _note(self, body: Basic, bound: Bound) -> None:
        """Keep the ranges of the axes of an array."""
        loops = [x for x in bound.loops if x is not None and x.name in free(body)]
        self.axes.setdefault(tuple(self._ends(x) for x in loops))

    # --- tables ----------------------------------------------------------------------------------------------------

    def integer(self, parts: Sequence[tuple[int, Basic]], constant: int, bound: Bound) -> ast.expr:
        left = collect(parts)
        gone = {s for _, part in parts for s in free(part)} - free(left)
        if not gone.isdisjoint(bound):
            raise EmitError(f"{total([(s, p) for s, p in parts])} loses an axis")
        with self._as(counting=True):
            return super().integer(parts, constant, bound)

    def _entry(self, e: Entry, bound: Bound) -> ast.expr:
        written = super()._entry(e, bound)
        labels = isinstance(self.scope.domains.get(e.table), Labels)
        return _number(written) if labels and not self._counting else written

    def _position(self, e: Entry, bound: Bound, wrap: Wrap = lambda table: table) -> ast.expr:
        """Return the element of an array, wrapped in a function of each element."""
        domain = self.scope.domains.get(e.table)
        if not isinstance(domain, Table):
            raise EmitError(f"{e.table} is declared as no array")
        table = self._table(domain) if isinstance(domain, Family) else self.name(domain.symbol, bound)
        places = zip(e.indices, domain.ranges, strict=True)
        whole = [is_whole(i, lo, hi, bound) for i, (_, lo, hi) in places]
        axes = [name for name in whole if name is not None]
        if len(axes) == len(whole) == len(set(axes)):
            depths = [bound.depth(name) for name in axes]
            if depths != sorted(depths):
                order = sorted(range(len(depths)), key=depths.__getitem__)
                table = _call("permute_dims", table, ast.Tuple([number(i) for i in order], ast.Load()))
            return _stretched(wrap(table), sorted(depths), bound)
        return self._picked(e, domain, table, whole, bound, wrap)

    def _picked(
        self, e: Entry, domain: Table, table: ast.expr, whole: Sequence[Basic | None], bound: Bound, wrap: Wrap
    ) -> ast.expr:
        """Return entries that are picked by an array of indices."""
        used = frozenset[Basic]().union(*map(free, e.indices))
        loops = Loops(x for x in bound.loops if x is not None and x.name in used)
        depths = [bound.depth(name) for name in loops]
        places = zip(e.indices, domain.ranges, strict=True)
        indices = [self._index(i, lo, loops) for i, (_, lo, _) in places]
        along = [name for name in whole if name is not None]
        if not are_inside(e.indices, domain, bound, self.scope):
            if len(indices) > 1 or isinstance(domain, Labels):
                raise EmitError(f"{e} may be outside of the range of {domain.name}")
            self.program.need("at")
            index = _call("asarray", indices[0]) if self._is_plain(indices[0]) else indices[0]
            return _stretched(call("at", wrap(table), index, variable("xp")), depths, bound)
        if not any(whole):
            return _stretched(_subscript(wrap(table), indices), depths, bound)
        fixed = all(self._is_plain(i) for i, w in zip(indices, whole, strict=True) if w is None)
        if fixed and depths == [bound.depth(name) for name in along]:
            kept = [":" if w is not None else i for i, w in zip(indices, whole, strict=True)]
            return _stretched(wrap(_subscript(table, kept)), depths, bound)
        if len(indices) == 2 and len(loops) == len(along) == 1:
            # one of the two axes goes along with the loop, and along the other one entry is picked
            axis = whole.index(None)
            new, first = [":", ":"], [":", ":"]
            new[axis], first[axis] = "None", "0"
            found = _call("take_along_axis", table, _subscript(indices[axis], new), axis=number(axis))
            return _stretched(wrap(_subscript(found, first)), depths, bound)
        return _stretched(wrap(_subscript(table, indices)), depths, bound)

    def _index(self, e: Basic, first: Basic, bound: Bound) -> ast.expr:
        if not all(self._counts(t.expr) for t in terms(e)):
            raise EmitError(f"{e} is no index of an array")
        return self.integer([(1, e), (-1, first)], 0, bound)

    def _counts(self, e: Basic) -> bool:
        """Tell whether an array of integers is written for an expression."""
        if isinstance(e, Entry):
            return isinstance(self.scope.domains.get(e.table), Labels)
        if isinstance(e, (Mul, Neg, Pow)):
            return all(map(self._counts, e.args))
        return self.scope.is_integer(e) and not isinstance(e, Node)

    def _table(self, domain: Family) -> ast.expr:
        if domain.symbol not in self.tables:
            loops = Loops.over(domain.over)
            with self._as(counting=False):
                value = self.write(domain.body, loops)
            if domain.over:
                self.axes.setdefault(tuple(self._ends(Loop(*i.limit)) for i in domain.over))
            if not {i.symbol for i in domain.over} <= free(domain.body):
                counts = [self.integer([(1, i.hi), (-1, i.lo)], 1, Loops()) for i in domain.over]
                value = _call("broadcast_to", self._array(value), ast.Tuple(counts, ast.Load()))
            self._keep(domain.symbol, self.program.names[domain.symbol], self._array(value))
        return variable(self.program.names[domain.symbol])

    def _named(self, e: Named, bound: Bound) -> ast.expr:
        with self._as(counting=False):
            written = super()._named(e, bound)
        if e in self.tables:
            name, value = self.tables[e]
            self._keep(e, name, self._array(value))
        return written

    def _keep(self, key: Basic, name: str, value: ast.expr) -> None:
        self.tables[key] = name, value
        if self._is_partial(value):
            self._partial.add(name)

    def _apply(self, e: Apply, bound: Bound) -> ast.expr:
        domain = self.scope.domains.get(e.function)
        if isinstance(domain, Density):
            return ast.Call(self.name(domain.symbol, bound), [self._array(self.write(e.arguments[0], bound))], [])
        own = {domain.variable.symbol} if isinstance(domain, DefinedFunction) else set()
        if not isinstance(domain, DefinedFunction) or not own <= free(domain.body):
            raise EmitError(f"{e} has no form for arrays")
        if not (free(domain.body) - own).isdisjoint(bound):
            raise EmitError(f"a loop hides a name of {domain.name}")
        return self.write(domain.unfold(e.arguments), bound)


def _names(e: ast.AST) -> set[str]:
    return {x.id for x in ast.walk(e) if isinstance(x, ast.Name)}


def _call(name: str, *args: ast.expr, **named: ast.expr) -> ast.expr:
    """Return a call of a function of the array API."""
    return ast.Call(attribute("xp", name), list(args), [ast.keyword(k, v) for k, v in named.items()])


def _number(e: ast.expr) -> ast.expr:
    """Return integers, or truth values, as real numbers."""
    return _call("astype", e, attribute("xp", "float64"))


def _subscript(table: ast.expr, places: Sequence[ast.expr | str]) -> ast.expr:
    words = {":": ast.Slice(), "None": ast.Constant(None), "0": number(0)}
    written = [words[p] if isinstance(p, str) else p for p in places]
    return subscript(table, written[0] if len(written) == 1 else ast.Tuple(written, ast.Load()))


def _stretched(e: ast.expr, depths: Sequence[int], bound: Bound) -> ast.expr:
    """Return an array whose axes belong to the loops at the given depths with an axis of length 1 for each other."""
    if not depths:
        return e
    places = [":" if d in depths else "None" for d in range(depths[0], len(bound.loops))]
    return _subscript(e, places) if "None" in places else e
