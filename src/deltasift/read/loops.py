"""What sums, products and lists go through."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.inert import Div, Func, Mul, Product, Sum
from deltasift.inert.algebra import plus, times
from deltasift.line.linear import collect
from deltasift.read import tables, truth
from deltasift.read.reader import Reader
from deltasift.read.values import Absent, Listing, Locals, Named, Row, Span, Together, Turns

Head = type[Sum] | type[Product]


class Loops:
    """Reads ranges, comprehensions and what else is gone through."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.context = reader.context

    # --- what is gone through --------------------------------------------------------------------------------------

    def turns(self, value: Any, node: ast.AST) -> Turns | Row:
        """Return the turns of a loop over a value; the parts of what is written out."""
        if isinstance(value, Row):
            return value
        if isinstance(value, Span):
            if value.step == 1:
                return Turns(value.start, collect([(1, value.stop), (-1, S.One)]), lambda i: i)
            return Turns(S.Zero, self._last(value), lambda i: _stepped(value, i))
        if isinstance(value, Named):
            last = collect([(1, tables.length(self.context, value, node)), (-1, S.One)])
            name = tables.index_name(value)
            return Turns(S.Zero, last, lambda i: tables.entry(self.context, value, i, node), name)
        if isinstance(value, Listing):
            return self._of_listing(value)
        if isinstance(value, Together):
            return self._of_together(value, node)
        raise self.context.error("a loop goes over a range, a table or a list", node)

    def any_order(self, value: Any, node: ast.AST) -> Turns | Row:
        """Return the turns of a loop in which their order does not matter."""
        if isinstance(value, Span) and value.step == -1:
            value = Span(collect([(1, value.stop), (1, S.One)]), collect([(1, value.start), (1, S.One)]), 1)
        return self.turns(value, node)

    def _last(self, span: Span) -> Basic:
        """Return the last turn, counted from 0, of a range with a step."""
        width = (1, span.stop), (-1, span.start)
        if span.step < 0:
            width = (1, span.start), (-1, span.stop)
        reach, step = collect([*width, (-1, S.One)]), Integer(abs(span.step))
        if step == 1:
            return reach
        return reach // step if isinstance(reach, Integer) else Func("floor", Div(reach, step))

    def _of_listing(self, value: Listing) -> Turns | Row:
        [clause, *more] = value.node.generators
        if more or clause.ifs:
            raise self.context.error("the entries of a list with several loops or with conditions", value.node)
        with self.context.entered(value.frame.function):
            turns = self.turns(self.reader.value(clause.iter, value.frame), clause.iter)

        def element(x: Any) -> Any:
            frame = value.frame.inner()
            with self.context.entered(frame.function):
                self.bind(clause.target, x, frame)
                return self.reader.value(value.node.elt, frame)

        if isinstance(turns, Row):
            return Row(tuple(element(x) for x in turns.parts))
        return Turns(turns.lo, turns.hi, lambda i: element(turns.at(i)), turns.name or first_name(clause.target))

    def _of_together(self, value: Together, node: ast.AST) -> Turns | Row:
        parts = [self.turns(p, node) for p in value.parts]
        rows = [p for p in parts if isinstance(p, Row)]
        ranged = [p for p in parts if isinstance(p, Turns)]
        if rows and ranged:
            raise self.context.error("what is written out is zipped with what is not", node)
        if rows:
            if value.count is not None:
                numbered = [(plus(value.count, i) if i else value.count, x) for i, x in enumerate(rows[0].parts)]
                return Row(tuple(Row(pair) for pair in numbered))
            return Row(tuple(Row(parts) for parts in zip(*(r.parts for r in rows), strict=False)))
        first = ranged[0]
        if any(collect([(1, t.hi), (-1, t.lo), (-1, first.hi), (1, first.lo)]) != 0 for t in ranged):
            raise self.context.error("the lengths of what is zipped are not known to be equal", node)

        def at(i: Basic) -> Row:
            found = [t.at(collect([(1, i), (-1, first.lo), (1, t.lo)])) for t in ranged]
            if value.count is not None:
                found = [collect([(1, i), (-1, first.lo), (1, value.count)]), *found]
            return Row(tuple(found))

        return Turns(first.lo, first.hi, at, first.name if value.count is None else "")

    def length(self, value: Any, node: ast.AST) -> Basic:
        """Return `len(value)`."""
        if isinstance(value, Named):
            return tables.length(self.context, value, node)
        turns = self.turns(value, node)
        if isinstance(turns, Row):
            return Integer(len(turns.parts))
        count = collect([(1, turns.hi), (-1, turns.lo), (1, S.One)])
        return count if self.context.at_most(S.Zero, count) else Func("Max", 0, count)

    def entry(self, value: Span | Listing, index: Basic, node: ast.AST) -> Any:
        """Return an entry of a range or a list.

        Raises
        ------
        ReadError
            If it is not proved that there is one.
        """
        turns = self.turns(value, node)
        if isinstance(turns, Row):
            if not isinstance(index, Integer) or not -len(turns.parts) <= index < len(turns.parts):
                raise self.context.error(f"the entry {index} of a list of {len(turns.parts)}", node)
            return turns.parts[int(index)]
        if isinstance(index, Integer) and index < 0:
            index = collect([(1, turns.hi), (-1, turns.lo), (1, S.One), (1, index)])
        at = collect([(1, turns.lo), (1, index)])
        if not (self.context.at_most(S.Zero, index) and self.context.at_most(at, turns.hi)):
            raise self.context.error(f"it is not known that the list has an entry {index}", node)
        return turns.at(at)

    def bind(self, target: ast.expr, value: Any, frame: Locals) -> None:
        """Give the names of a target their values."""
        self.keep(value, target)
        if isinstance(target, ast.Name):
            frame.env[target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            if not isinstance(value, Row) or len(value.parts) != len(target.elts):
                raise self.context.error(f"{len(target.elts)} names for what is not {len(target.elts)} values", target)
            for t, v in zip(target.elts, value.parts, strict=True):
                self.bind(t, v, frame)
        else:
            raise self.context.error("an assignment to an entry or an attribute is not read", target)

    def keep(self, value: Any, node: ast.AST) -> Any:
        """Return a value that is kept, which an iterator cannot be."""
        if isinstance(value, Together) and value.once:
            raise self.context.error("an iterator that is kept is not read: make a list of it", node)
        return value

    # --- sums and products -----------------------------------------------------------------------------------------

    def folded(self, value: Any, head: Head, node: ast.AST) -> Basic:
        """Return the sum or the product of what a value goes through."""
        if isinstance(value, Listing):
            with self.context.entered(value.frame.function):
                return self.comprehension(value.node, value.frame, head)
        return self.over(self.any_order(value, node), "i", node, head, lambda x: self.reader.number(x, node))

    def comprehension(self, e: ast.GeneratorExp | ast.ListComp, frame: Locals, head: Head) -> Basic:
        """Return the sum or the product of a comprehension."""
        return self._clause(e, 0, frame, head)

    def _clause(self, e: ast.GeneratorExp | ast.ListComp, at: int, frame: Locals, head: Head) -> Basic:
        if at == len(e.generators):
            return self.reader.numeric(e.elt, frame)
        clause = e.generators[at]

        def body(x: Any) -> Basic:
            inner, conditions = self.turn(e, at, x, frame)
            with self.context.under(conditions):
                term = self._clause(e, at + 1, inner, head)
            neutral = S.Zero if head is Sum else S.One
            chosen = truth.choice(self.context, truth.every(conditions), term, neutral, e)
            assert isinstance(chosen, Basic)
            return chosen

        turns = self.any_order(self.reader.value(clause.iter, frame), clause.iter)
        return self.over(turns, first_name(clause.target), clause.iter, head, body)

    def turn(self, e: ast.GeneratorExp | ast.ListComp, at: int, x: Any, frame: Locals) -> tuple[Locals, list[Basic]]:
        """Return the names of one turn of a clause of a comprehension, and its conditions."""
        clause = e.generators[at]
        if clause.is_async:
            raise self.context.error("an async loop is not read", clause.target)
        inner = frame.inner()
        for later in e.generators if at == 0 else ():
            for name in names_of(later.target):
                inner.env[name] = Absent(f"{name} has no value here")
        self.bind(clause.target, x, inner)
        conditions: list[Basic] = []
        for test in clause.ifs:
            with self.context.under(conditions):
                conditions.append(self.reader.truth(test, inner))
        return inner, conditions

    def over(self, turns: Turns | Row, name: str, node: ast.AST, head: Head, body: Callable[[Any], Basic]) -> Basic:
        """Return the sum or the product of `body` over turns."""
        if isinstance(turns, Row):
            join: Any = plus if head is Sum else times
            parts = [body(x) for x in turns.parts]
            whole: Basic = parts[0] if parts else (S.Zero if head is Sum else S.One)
            for p in parts[1:]:
                whole = join(whole, p)
            return self.context.weighed(whole, node)
        symbol = self.context.name(turns.name or name)
        with self.context.loop(symbol, turns.lo, turns.hi):
            term = body(turns.at(symbol))
        return self.context.weighed(head(term, (symbol, turns.lo, turns.hi)), node)


def names_of(target: ast.expr) -> list[str]:
    """Return the names that a target binds."""
    return [x.id for x in ast.walk(target) if isinstance(x, ast.Name)]


def first_name(target: ast.expr) -> str:
    """Return the first name of a target that is a name, by which the index of its loop is called."""
    return next((name for name in names_of(target) if name.strip("_")), "i")


def _stepped(span: Span, i: Basic) -> Basic:
    if span.step == -1:
        return collect([(1, span.start), (-1, i)])
    far = Mul(abs(span.step), i)
    if span.start == 0:
        return far if span.step > 0 else -far
    return plus(span.start, far) if span.step > 0 else plus(span.start, -far)
