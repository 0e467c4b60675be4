"""The built-in functions of iterables, and the few with a convention in them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.inert import Div, Equality, ForAll, Func, Log, Product, Sum
from deltasift.inert.algebra import plus, times
from deltasift.line.statements import contrary
from deltasift.read import truth
from deltasift.read.calls import ratio
from deltasift.read.loops import Loops, first_name
from deltasift.read.reader import Reader
from deltasift.read.values import Listing, Locals, Row, Span, Together


class Special:
    """Reads the calls that are no function of numbers."""

    def __init__(self, reader: Reader, loops: Loops) -> None:
        self.reader = reader
        self.loops = loops
        self.context = reader.context
        self._calls: dict[str, Callable[[ast.Call, Locals], Any]] = {
            "sum": lambda e, frame: self._fold(e, frame, Sum),
            "prod": lambda e, frame: self._fold(e, frame, Product),
            "total": lambda e, frame: self.loops.folded(self._iterable(self._argument(e), frame), Sum, e),
            "product": lambda e, frame: self.loops.folded(self._iterable(self._argument(e), frame), Product, e),
            "max": lambda e, frame: self._extreme(e, frame, "Max"),
            "min": lambda e, frame: self._extreme(e, frame, "Min"),
            "all": lambda e, frame: self._for_all(e, frame, False),
            "any": lambda e, frame: contrary(self._for_all(e, frame, True)),
            "len": lambda e, frame: self.loops.length(self._only(e, frame), e),
            "range": self._range,
            "enumerate": self._enumerate,
            "zip": self._zip,
            "same": self._same,
            "real": lambda e, frame: self.reader.number(self._only(e, frame), e),
            "integer": self._integer,
            "truth": lambda e, frame: self.reader.truth(self._argument(e), frame),
            "ratio": lambda e, frame: ratio(*self._numbers(e, frame, 1, 2)),
            "xlogy": lambda e, frame: self._entropy(e, frame, lambda x, y: Log(y)),
            "rel_entr": lambda e, frame: self._entropy(e, frame, lambda x, y: Log(Div(x, y))),
        }

    def call(self, name: str, e: ast.Call, frame: Locals) -> Any:
        """Return the value of a call."""
        return self._calls[name](e, frame)

    # --- arguments -------------------------------------------------------------------------------------------------

    def _keywords(self, e: ast.Call, known: str = "") -> dict[str, ast.expr]:
        for k in e.keywords:
            if k.arg != known:
                raise self.context.error(f"{ast.unparse(e.func)} with the keyword {k.arg} is not read", e)
        return {str(k.arg): k.value for k in e.keywords}

    def _argument(self, e: ast.Call) -> ast.expr:
        self._keywords(e)
        self._count(e, 1, 1)
        return e.args[0]

    def _count(self, e: ast.Call, least: int, most: int) -> None:
        if not least <= len(e.args) <= most:
            raise self.context.error(f"{ast.unparse(e.func)} with {len(e.args)} arguments is not read", e)

    def _only(self, e: ast.Call, frame: Locals) -> Any:
        return self.reader.value(self._argument(e), frame)

    def _numbers(self, e: ast.Call, frame: Locals, least: int, most: int) -> list[Basic]:
        self._keywords(e)
        self._count(e, least, most)
        return [self.reader.numeric(a, frame) for a in e.args]

    def _iterable(self, a: ast.expr, frame: Locals) -> Any:
        return Listing(a, frame.inner()) if isinstance(a, ast.GeneratorExp) else self.reader.value(a, frame)

    # --- the calls -------------------------------------------------------------------------------------------------

    def _fold(self, e: ast.Call, frame: Locals, head: type[Sum] | type[Product]) -> Basic:
        start = self._keywords(e, "start")
        self._count(e, 1, 2 if head is Sum else 1)
        whole = self.loops.folded(self._iterable(e.args[0], frame), head, e)
        first = start.get("start", e.args[1] if len(e.args) == 2 else None)
        if first is None:
            return whole
        value = self.reader.numeric(first, frame)
        if head is Sum:
            return whole if value == 0 else plus(value, whole)
        return whole if value == 1 else times(value, whole)

    def _extreme(self, e: ast.Call, frame: Locals, name: str) -> Basic:
        self._keywords(e)
        values = [self.reader.value(a, frame) for a in e.args if not isinstance(a, ast.GeneratorExp)]
        if len(e.args) == 1:
            row = self.loops.turns(values[0], e) if values else None
            if not isinstance(row, Row) or not row.parts:
                raise self.context.error(f"the {name.lower()} of what is not written out is not read", e)
            values = list(row.parts)
        parts = [self.reader.number(v, e) for v in values]
        return parts[0] if len(parts) == 1 else Func(name, *parts)

    def _for_all(self, e: ast.Call, frame: Locals, negated: bool) -> Basic:
        a = self._argument(e)
        if not isinstance(a, (ast.GeneratorExp, ast.ListComp)):
            raise self.context.error("all or any of what is no comprehension is not read", e)
        return self._over_all(a, 0, frame, negated)

    def _over_all(self, a: ast.GeneratorExp | ast.ListComp, at: int, frame: Locals, negated: bool) -> Basic:
        loops = self.loops
        if at == len(a.generators):
            found = self.reader.truth(a.elt, frame)
            return contrary(found) if negated else found
        clause = a.generators[at]
        turns = loops.any_order(self.reader.value(clause.iter, frame), clause.iter)

        def body(x: Any) -> Basic:
            inner, conditions = loops.turn(a, at, x, frame)
            with self.context.under(conditions):
                said = self._over_all(a, at + 1, inner, negated)
            return truth.some([*(contrary(c) for c in conditions), said])

        if isinstance(turns, Row):
            return truth.every([body(x) for x in turns.parts])
        symbol = self.context.name(turns.name or first_name(clause.target))
        with self.context.loop(symbol, turns.lo, turns.hi):
            said = body(turns.at(symbol))
        return said if said in (S.true, S.false) else ForAll(said, (symbol, turns.lo, turns.hi))

    def _range(self, e: ast.Call, frame: Locals) -> Span:
        self._keywords(e)
        self._count(e, 1, 3)
        ends = [self.reader.integer(a, frame, "an end of a range") for a in e.args[:2]]
        start, stop = (S.Zero, ends[0]) if len(ends) == 1 else ends
        step: Basic = S.One
        if len(e.args) == 3:
            step = self.reader.integer(e.args[2], frame, "the step of a range")
            if not isinstance(step, Integer) or step == 0:
                raise self.context.error(f"a range with the step {step} is not read: its step is a number", e)
        return Span(start, stop, int(step))

    def _enumerate(self, e: ast.Call, frame: Locals) -> Together:
        start = self._keywords(e, "start")
        self._count(e, 1, 2)
        first = start.get("start", e.args[1] if len(e.args) == 2 else None)
        count = S.Zero if first is None else self.reader.integer(first, frame, "the start of an enumeration")
        return Together((self._iterable(e.args[0], frame),), count)

    def _zip(self, e: ast.Call, frame: Locals) -> Together:
        self._keywords(e, "strict")
        self._count(e, 1, 100)
        return Together(tuple(self._iterable(a, frame) for a in e.args), None)

    def _same(self, e: ast.Call, frame: Locals) -> Any:
        value = self._iterable(self._argument(e), frame)
        return replace(value, once=False) if isinstance(value, Together) else value

    def _integer(self, e: ast.Call, frame: Locals) -> Basic:
        value = self.reader.number(self._only(e, frame), e)
        if not self.context.is_integer(value):
            raise self.context.error(f"int({value}) is not read: {value} is not known to be an integer", e)
        return value

    def _entropy(self, e: ast.Call, frame: Locals, log: Callable[[Basic, Basic], Basic]) -> Any:
        x, y = self._numbers(e, frame, 2, 2)
        return truth.choice(self.context, Equality(x, 0), S.Zero, times(x, log(x, y)), e)
