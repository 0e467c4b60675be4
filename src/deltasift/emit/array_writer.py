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
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sympy import Symbol, Tuple
from sympy.core.basic import Basic
from sympy.core.numbers import Number
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

import deltasift.inert as ex
from deltasift.domain import DefinedFunction, Density, Family, Index, Labels, Pmf, Reals, Size
from deltasift.emit import functions
from deltasift.emit.array_syntax import as_reals, names_in, stretched, xp
from deltasift.emit.array_values import ArrayValues
from deltasift.emit.loops import Loop, Loops, are_inside, is_never_empty
from deltasift.emit.picked import position
from deltasift.emit.syntax import attribute, binary, number, variable
from deltasift.errors import EmitError
from deltasift.inert import free
from deltasift.inert.functions import known_of
from deltasift.line.linear import collect
from deltasift.line.views import total

if TYPE_CHECKING:
    from deltasift.emit.python import Program

Range = tuple[Basic, Basic]
Wrap = Callable[[ast.expr], ast.expr]
GREATEST_EXPONENT = 3  # of an integer, so that an array of integers holds its power


class ArrayWriter(ArrayValues):
    """Writes the body of one function of arrays.

    Attributes
    ----------
    axes : dict of tuple of (Basic, Basic)
        The ranges of the axes of each array that a sum, a product or a table makes.
    """

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.axes: dict[tuple[Range, ...], None] = {}
        self._free: frozenset[Basic] = frozenset()  # names of the line that no loop binds
        self._handlers |= {ex.Log: self._log, ex.Integral: self._refuse, ex.Derivative: self._refuse}

    def line(self, e: Basic) -> ast.expr:
        self._free = free(self.scope.unfold_all(e))
        value = super().line(e)
        used = names_in(value)
        for key, (name, table) in reversed(list(self.tables.items())):
            if name in used:
                used |= names_in(table)
            else:
                del self.tables[key]
        return value

    def _refuse(self, e: ex.Node, bound: Loops) -> ast.expr:
        raise EmitError(f"{type(e).__name__} has no form for arrays")

    # --- leaves, powers, functions ---------------------------------------------------------------------------------

    def _leaf(self, e: Basic, bound: Loops) -> ast.expr:
        loop = bound.loop(e)
        if loop is not None:
            value = stretched(self._range(loop), [bound.depth(e)], bound)
            return value if self.counting else as_reals(value)
        domain = self.scope.domains.get(e) if isinstance(e, Symbol) else None
        if isinstance(e, Symbol) and not isinstance(domain, (Size, Index, Reals, Family)):
            raise EmitError(f"{e} is declared as no number and no array")
        return super()._leaf(e, bound)

    def _range(self, loop: Loop) -> ast.expr:
        """Return the values of a bound name as an array, which gets a name of its own."""
        lo, hi = self._ends(loop)
        key = Tuple(loop.name, lo, hi)
        if key not in self.tables:
            assert isinstance(loop.name, Symbol)
            ends = (self.integer([(1, lo)], 0, Loops()), self.integer([(1, hi)], 1, Loops()))
            self.tables[key] = self._range_name(loop.name), xp("arange", *ends)
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
            if s not in self.scope.domains and not hidden:
                raise EmitError(f"{s}, at the end of a range, is not declared")
            if hidden or not isinstance(s, Symbol) or not isinstance(self.scope.domains.get(s), (Size, Index)):
                raise EmitError(f"the range of {loop.name} has no one length")
        if not (self.scope.is_integer(lo) and self.scope.is_integer(hi)):
            raise EmitError(f"the range of {loop.name} is not counted at sight")
        return lo, hi

    def _pow(self, e: ex.Node, bound: Loops) -> ast.expr:
        exponent = e.args[1]
        natural = isinstance(exponent, Number) and exponent.is_Integer and exponent > 0
        if self.counting and not (natural and exponent <= GREATEST_EXPONENT):
            raise EmitError(f"{e} may be larger than the integers of an array")
        written = super()._pow(e, bound)
        if not isinstance(written, ast.BinOp) or self.is_plain(written):
            return written
        # x**0 and 1**x are 1 for every x, nan among them
        if not natural and (self.is_partial(written.left) or self.is_partial(written.right)):
            raise EmitError(f"{e} may be a power of no number")
        return written

    def _func(self, e: ex.Func, bound: Loops) -> ast.expr:
        if e.name in functions.OF_INTEGERS:
            raise EmitError(f"{functions.IN_MATH[e.name]} is no function of the array API")
        args = [self.write(a, bound) for a in e.arguments]
        if known_of(e.name).definition is not None or all(map(self.is_plain, args)):
            return super()._func(e, bound)
        if e.name in functions.BUILT_IN:
            value = self.finite(self.array(args[0]))
            for a in args[1:]:
                value = self._xp(functions.BUILT_IN[e.name], value, self.finite(self.array(a)))
            return value
        if e.name not in functions.IN_MATH:
            raise EmitError(f"{e.name} is no function of the array API")
        return super()._func(e, bound)

    def _log(self, e: ex.Log, bound: Loops) -> ast.expr:
        """Return a logarithm; that of entries is taken of the whole table where the entries are picked from it."""
        argument = e.args[0]
        domain = self.scope.domains.get(argument.table) if isinstance(argument, ex.Entry) else None
        if isinstance(argument, ex.Entry) and self._is_stored(argument, domain, bound):
            return position(self, argument, bound, lambda table: self.function("log", table))
        return self.function("log", self.write(argument, bound))

    def _is_stored(self, e: ex.Entry, domain: object, bound: Loops) -> bool:
        if isinstance(domain, Family):
            return are_inside(e.indices, domain, bound, self.scope)
        return isinstance(domain, (Pmf, Reals))

    # --- choices ---------------------------------------------------------------------------------------------------

    def _bracket(self, e: ex.Node, bound: Loops) -> ast.expr:
        test = self.condition(e, bound)
        return super()._bracket(e, bound) if self.is_plain(test) else as_reals(test)

    def choose(self, conditions: Sequence[Basic], value: ast.expr, otherwise: ast.expr, bound: Loops) -> ast.expr:
        tests = [self.condition(c, bound) for c in conditions]
        plain = all(map(self.is_plain, tests))
        if plain and not bound.loops:
            return super().choose(conditions, value, otherwise, bound)
        test = tests[0]
        for t in tests[1:]:
            test = binary(test, ast.BitAnd(), t)
        if plain:
            test = xp("asarray", test)
        return xp("where", test, self.array(value) if self.is_plain(otherwise) else value, otherwise)

    def zero_where(self, tests: Sequence[Sequence[ast.expr]], value: ast.expr) -> ast.expr:
        total: ast.expr | None = None
        for comparisons in tests:
            both = comparisons[0]
            for c in comparisons[1:]:
                both = binary(both, ast.BitAnd(), c)
            total = both if total is None else binary(total, ast.BitOr(), both)
        assert total is not None
        return xp("where", total, xp("asarray", number(0), dtype=attribute("xp", "float64")), value)

    def condition(self, e: Basic, bound: Loops) -> ast.expr:
        if isinstance(e, (BooleanTrue, BooleanFalse, ex.Iverson)):
            return super().condition(e, bound)
        if isinstance(e, ex.Entry):
            body = self.scope.unfold(e)
            if body is None or not (free(body) - free(e)).isdisjoint(bound):
                raise EmitError(f"{e} has no form for arrays")
            return self.condition(body, bound)
        if isinstance(e, (ex.And, ex.Or)):
            parts = [self.condition(a, bound) for a in e.args]
            if all(map(self.is_plain, parts)):
                return super().condition(e, bound)
            value = parts[0]
            for p in parts[1:]:
                value = binary(value, ast.BitAnd() if isinstance(e, ex.And) else ast.BitOr(), p)
            return value
        if isinstance(e, ex.Not):
            part = self.condition(e.args[0], bound)
            return ast.UnaryOp(ast.Not() if self.is_plain(part) else ast.Invert(), part)
        if isinstance(e, ex.ForAll):
            return self._every(e, bound)
        if isinstance(e, ex.Divides) and not (isinstance(e.args[0], Number) and e.args[0] > 0):
            raise EmitError(f"{e} has no form for arrays")
        if not isinstance(e, (ex.Delta, ex.Relation, ex.Divides, ex.IsInteger)):
            raise EmitError(f"{e} has no form for arrays")
        test = super().condition(e, bound)
        if self.is_partial(test):
            raise EmitError(f"{e} may compare what has no value")
        return test

    def _every(self, e: ex.Node, bound: Loops) -> ast.expr:
        body, name, lo, hi = e.args
        inside = bound.inside(name, *self._ends(Loop(name, lo, hi), bound))
        if name not in free(body):
            raise EmitError(f"{e} has no form for arrays")
        self._note(body, inside)
        return xp("all", self.condition(body, inside), axis=number(-1))

    # --- loops -----------------------------------------------------------------------------------------------------

    def _loop(self, e: ex.Fold, bound: Loops) -> ast.expr:
        body, name, lo, hi = e.args
        lo, hi = self._ends(Loop(name, lo, hi), bound)
        fold = e.called
        with self.writing(counting=False):
            if name in free(body):
                inside = bound.inside(name, lo, hi)
                self._note(body, inside)
                axis = {"axis": number(-1)} if bound.loops else {}
                return xp(fold, self.write(body, inside), **axis)
            # every term is the same
            if not is_never_empty(lo, hi, self.scope):
                raise EmitError(f"the range of {name} may be empty")
            count = self.integer([(1, hi), (-1, lo)], 1, bound)
            value = self.write(body, bound)
        if fold in ("max", "min"):
            return value
        return binary(count, ast.Mult(), value) if fold == "sum" else binary(value, ast.Pow(), count)

    def _note(self, body: Basic, bound: Loops) -> None:
        """Keep the ranges of the axes of an array."""
        loops = [x for x in bound.loops if x is not None and x.name in free(body)]
        self.axes.setdefault(tuple(self._ends(x) for x in loops))

    # --- tables ----------------------------------------------------------------------------------------------------

    def integer(self, parts: Sequence[tuple[int, Basic]], constant: int, bound: Loops) -> ast.expr:
        left = collect(parts)
        gone = {s for _, part in parts for s in free(part)} - free(left)
        if not gone.isdisjoint(bound):
            raise EmitError(f"{total([(s, p) for s, p in parts])} loses an axis")
        with self.writing(counting=True):
            return super().integer(parts, constant, bound)

    def _entry(self, e: ex.Entry, bound: Loops) -> ast.expr:
        written = super()._entry(e, bound)
        labels = isinstance(self.scope.domains.get(e.table), Labels)
        return as_reals(written) if labels and not self.counting else written

    def _position(self, e: ex.Entry, bound: Loops) -> ast.expr:
        return position(self, e, bound)

    def table(self, domain: Family) -> ast.expr:
        """Return a defined table, which is computed once."""
        if domain.symbol not in self.tables:
            loops = Loops.over(domain.over)
            with self.writing(counting=False):
                value = self.write(domain.body, loops)
            if domain.over:
                self.axes.setdefault(tuple(self._ends(Loop(*i.limit)) for i in domain.over))
            if not {i.symbol for i in domain.over} <= free(domain.body):
                counts = [self.integer([(1, i.hi), (-1, i.lo)], 1, Loops()) for i in domain.over]
                value = xp("broadcast_to", self.array(value), ast.Tuple(counts, ast.Load()))
            self.keep(domain.symbol, self.program.names[domain.symbol], self.array(value))
        return variable(self.program.names[domain.symbol])

    def _named(self, e: ex.Named, bound: Loops) -> ast.expr:
        with self.writing(counting=False):
            written = super()._named(e, bound)
        if e in self.tables:
            name, value = self.tables[e]
            self.keep(e, name, self.array(value))
        return written

    def _apply(self, e: ex.Apply, bound: Loops) -> ast.expr:
        domain = self.scope.domains.get(e.function)
        if isinstance(domain, Density):
            return ast.Call(self.name(domain.symbol, bound), [self.array(self.write(e.arguments[0], bound))], [])
        own = {domain.variable.symbol} if isinstance(domain, DefinedFunction) else set()
        if not isinstance(domain, DefinedFunction) or not own <= free(domain.body):
            raise EmitError(f"{e} has no form for arrays")
        if not (free(domain.body) - own).isdisjoint(bound):
            raise EmitError(f"a loop hides a name of {domain.name}")
        return self.write(domain.unfold(e.arguments), bound)
