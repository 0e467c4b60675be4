"""Which part of an expression makes it differ from another one at a point.

Both are followed downwards side by side: what stands on both sides or has the same value is left out, and of what
remains the smallest parts that correspond are shown, with the lines of the program from which they were read. They
differ, whatever corresponds to what; that they are the fault is a guess, since right code may be written otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isclose

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.asserting.reference import double
from deltasift.check.balls import Balls
from deltasift.check.counterexample import Counterexample
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.world import Indices, World
from deltasift.errors import DeltasiftError
from deltasift.inert import free, postorder
from deltasift.inert.code_line import CodeLine, lines_of
from deltasift.line.same import same
from deltasift.line.scope import Scope

NEAR = 1e-9  # what is no further apart, relatively, has the same value

At = Mapping[Basic, Fraction]
Value = float | str  # why there is none


@dataclass(frozen=True)
class Side:
    """A part of one of the sides, with the values of the names that are bound around it."""

    expr: Basic
    at: At
    lines: tuple[CodeLine, ...] = ()

    def part(self, expr: Basic, at: At | None = None) -> Side:
        """Return a part of it, which is from the same lines where nothing else is known."""
        return Side(expr, self.at if at is None else at, lines_of(expr) or self.lines)


Pair = tuple[Side, Side]


@dataclass(frozen=True)
class Difference:
    """The smallest parts that were found to differ, their values, and all lines that take part in them."""

    sides: tuple[Side, Side]
    values: tuple[Value, Value]

    def told(self) -> Iterator[str]:
        """Yield it in lines, those of the program first."""
        for mine, name in ((0, "right"), (1, "left")):
            side, other = self.sides[mine], self.sides[1 - mine]
            inside = [x for x in _all_lines(side.expr) if x not in side.lines]
            if not side.lines and not inside:
                continue
            for x in side.lines or inside:
                yield f"  {x}: {x.text}" if x.text else f"  {x}"
            yield f"    {side.expr} is {_shown(self.values[mine])}{_where(side)}"
            yield f"    {other.expr} is {_shown(self.values[1 - mine])} on the {name}{_where(other)}"
            if inside and side.lines:
                numbers = ", ".join(str(x.number) for x in inside)
                yield f"    line{'s' * (len(inside) > 1)} {numbers} take{'s' * (len(inside) == 1)} part in it"


def differing(lhs: Basic, rhs: Basic, found: Counterexample, scope: Scope) -> Difference | None:
    """Return which parts of two expressions differ at a point, None where neither was read from a program."""
    if not _all_lines(lhs) and not _all_lines(rhs):
        return None
    try:
        a, b = (Side(e, {}, lines_of(e)) for e in (lhs, rhs))
        return _Following(_world(found), scope).smallest(a, b)
    except (DeltasiftError, RecursionError, ArithmeticError):
        return None


def _world(found: Counterexample) -> World:
    numbers: dict[Basic, Fraction] = {}
    tables: dict[Basic, dict[Indices, Fraction]] = {}
    for name, value in found.point:
        if not value.is_Rational:
            continue
        if isinstance(name, ex.Entry):
            tables.setdefault(name.table, {})[tuple(int(i) for i in name.indices)] = Fraction(value.p, value.q)
        elif isinstance(name, Symbol):
            numbers[name] = Fraction(value.p, value.q)
    return World(numbers, tables)


def _all_lines(e: Basic) -> list[CodeLine]:
    found = dict.fromkeys(x for part in postorder(e) for x in lines_of(part))
    return sorted(found, key=lambda x: (x.file, x.number))


def _shown(value: Value) -> str:
    return f"without a value ({value})" if isinstance(value, str) else f"{value:.6g}"


def _where(side: Side) -> str:
    names = {s for s in free(side.expr) if s in side.at}
    return "".join(f", {s} = {v}" for s, v in side.at.items() if s in names).replace(",", " at", 1)


class _Unknown(Exception):
    """A value is not known."""


class _Following:
    def __init__(self, world: World, scope: Scope) -> None:
        self.world = world
        self.scope = scope

    # --- values ----------------------------------------------------------------------------------------------------

    def value(self, side: Side) -> Value:
        try:
            return double(side.expr, self.world, self.scope, side.at)
        except NoValue as why:
            return str(why) or "undefined"
        except (NotCovered, KeyError):
            raise _Unknown from None

    def holds(self, s: Basic, side: Side) -> bool:
        try:
            return Balls(self.world, self.scope).holds(s, side.at)
        except (NoValue, NotCovered, KeyError):
            raise _Unknown from None

    def differ(self, a: Side, b: Side) -> bool:
        x, y = self.value(a), self.value(b)
        if isinstance(x, str) or isinstance(y, str):
            return isinstance(x, str) != isinstance(y, str)
        return not isclose(x, y, rel_tol=NEAR, abs_tol=NEAR)

    # --- downwards -------------------------------------------------------------------------------------------------

    def smallest(self, a: Side, b: Side) -> Difference | None:
        """Return the smallest parts that correspond and differ, None where the sides are not seen to differ."""
        try:
            if not self.differ(a, b):
                return None
            while (found := self._parts(a, b) or self._parts_of_other_forms(a, b)) is not None:
                a, b = found
            return Difference((a, b), (self.value(a), self.value(b)))
        except _Unknown:
            return None

    def _parts(self, a: Side, b: Side) -> Pair | None:
        """Return smaller parts that differ."""
        for step in (self._terms, self._factors, self._folded, self._chosen, self._argument):
            try:
                found = step(a, b)
                if found is not None and self.differ(*found):
                    return found
            except _Unknown:
                continue
        return None

    def _parts_of_other_forms(self, a: Side, b: Side) -> Pair | None:
        """Return smaller parts where a side is written out: by definitions, or by the case that holds."""
        for form in (self._case_or_all, lambda s: s.part(self.scope.unfold_all(s.expr))):
            try:
                mine, other = form(a), form(b)
                if (mine, other) != (a, b) and (found := self._parts(mine, other)) is not None:
                    return found
            except _Unknown:
                continue
        return None

    def _left_over(self, mine: list[Side], others: list[Side]) -> tuple[list[Side], list[Side]]:
        """Return what is left of two lists when what is the same, then what is of one kind and value, is taken out."""
        for test in (_alike, lambda x, y: _kind(x.expr) == _kind(y.expr) and not self.differ(x, y)):
            kept = []
            for x in mine:
                match = next((y for y in others if test(x, y)), None)
                if match is None:
                    kept.append(x)
                else:
                    others = [y for y in others if y is not match]
            mine = kept
        return mine, others

    def _terms(self, a: Side, b: Side) -> Pair | None:
        """Leave out the terms that both sums have."""
        before = _terms_of(a), _terms_of(b)
        after = self._left_over(*before)
        if len(after[0]) == len(before[0]) or not all(after):
            return None  # nothing is on both sides, or one is a term more, and is shown whole
        return _joined(a, after[0], ex.Add, S.Zero), _joined(b, after[1], ex.Add, S.Zero)

    def _factors(self, a: Side, b: Side) -> Pair | None:
        """Leave out the factors and divisors that both products have; what is left may go into the only sum of each."""
        before = [_factors_of(s) for s in (a, b)]
        over = self._left_over(before[0].over, before[1].over)
        under = self._left_over(before[0].under, before[1].under)
        numbers = (S.One, S.One) if before[0].number == before[1].number else (before[0].number, before[1].number)
        after = [_Factors(*parts) for parts in zip(numbers, over, under, strict=True)]
        fewer = len(over[0]) < len(before[0].over) or len(under[0]) < len(before[0].under)
        if not any(under) and (found := self._spread(a, after[0], b, after[1])) is not None:
            return found
        if not fewer and numbers != (S.One, S.One):
            return None
        if any(not f.over and not f.under for f in after):
            return None  # one side is a factor more, and is shown whole
        if not any(over) and numbers == (S.One, S.One):
            return _joined(a, under[0], ex.Mul, S.One), _joined(b, under[1], ex.Mul, S.One)
        found = after[0].quotient(a), after[1].quotient(b)
        return None if (found[0].expr, found[1].expr) == (a.expr, b.expr) else found

    def _spread(self, a: Side, of_a: _Factors, b: Side, of_b: _Factors) -> Pair | None:
        """Follow `c * Sum(f)` and `Sum(g)` as the sums of `c*f` and `g`."""
        spread = []
        for factors in (of_a, of_b):
            sums = [x for x in factors.over if isinstance(x.expr, ex.Sum)]
            if len(sums) != 1:
                return None
            [whole] = sums
            body, name, *ends = whole.expr.args
            others = [x.expr for x in factors.over if x is not whole]
            if any(name in free(x) for x in others):
                return None
            numbers = [] if factors.number == 1 else [factors.number]
            parts = (*numbers, *others, body)
            inside = ex.Mul.make(parts) if len(parts) > 1 else body
            if isinstance(inside, ex.Node) and isinstance(body, ex.Node):
                inside.read_from(body)
            spread.append(Side(ex.Sum.make((inside, name, *ends)), whole.at, whole.lines))
        return self._folded(*spread)

    def _folded(self, a: Side, b: Side) -> tuple[Side, Side] | None:
        """Go into two sums, products or maxima over as many values, where their terms first differ."""
        if type(a.expr) is not type(b.expr) or not isinstance(a.expr, ex.Fold):
            return None
        b = _inside_out(b, a.expr.args[1])
        ranges = [self._range(side) for side in (a, b)]
        if len(ranges[0]) != len(ranges[1]):
            return None
        for i, j in zip(*ranges, strict=True):
            mine, other = (s.part(s.expr.args[0], {**s.at, s.expr.args[1]: Fraction(v)}) for s, v in ((a, i), (b, j)))
            if self.differ(mine, other):
                return mine, other
        return None

    def _range(self, side: Side) -> range:
        lo, hi = (self.value(side.part(end)) for end in side.expr.args[2:4])
        if isinstance(lo, str) or isinstance(hi, str):
            raise _Unknown
        return range(int(lo), int(hi) + 1)

    def _chosen(self, a: Side, b: Side) -> Pair | None:
        """Go into the case that holds, of two distinctions of which the same one holds."""
        mine, other = (self._case(s) for s in (a, b))
        if mine is None or other is None or mine[0] != other[0]:
            return None
        return mine[1], other[1]

    def _case_or_all(self, side: Side) -> Side:
        found = self._case(side)
        return side if found is None else found[1]

    def _case(self, side: Side) -> tuple[int, Side] | None:
        if not isinstance(side.expr, ex.Piecewise):
            return None
        for i, (value, says) in enumerate(side.expr.cases):
            if self.holds(says, side):
                return i, side.part(value)
        return None

    def _argument(self, a: Side, b: Side) -> tuple[Side, Side] | None:
        """Go into the only argument that differs."""
        x, y = a.expr, b.expr
        if type(x) is not type(y) or len(x.args) != len(y.args):
            return None
        if not isinstance(x, (ex.Exp, ex.Log, ex.Pow, ex.Func, ex.Add)) or (
            isinstance(x, ex.Func) and x.name != y.name
        ):
            return None
        skipped = 1 if isinstance(x, ex.Func) else 0
        pairs = [(a.part(p), b.part(q)) for p, q in zip(x.args[skipped:], y.args[skipped:], strict=True)]
        unlike = [pair for pair in pairs if self.differ(*pair)]
        return unlike[0] if len(unlike) == 1 else None


def _terms_of(side: Side, sign: int = 1) -> list[Side]:
    e = side.expr
    if isinstance(e, ex.Neg):
        return _terms_of(side.part(e.args[0]), -sign)
    if isinstance(e, ex.Add):
        return [t for x in e.args for t in _terms_of(side.part(x), sign)]
    return [side if sign == 1 else Side(_negative(e), side.at, side.lines)]


def _negative(e: Basic) -> Basic:
    return ex.Neg.make((e,)).read_from(e) if isinstance(e, ex.Node) else ex.Neg.make((e,))


@dataclass(frozen=True)
class _Factors:
    """A product: its number, its factors and its divisors."""

    number: Basic
    over: list[Side]
    under: list[Side]

    def quotient(self, whole: Side) -> Side:
        """Return it as a part of a product."""
        numbers = [] if self.number == 1 else [whole.part(self.number)]
        top = _joined(whole, [*numbers, *self.over], ex.Mul, S.One)
        if not self.under:
            return top
        return Side(ex.Div.make((top.expr, _joined(whole, self.under, ex.Mul, S.One).expr)), whole.at, whole.lines)


def _factors_of(side: Side) -> _Factors:
    e = side.expr
    if e.is_Rational and e != 0:
        return _Factors(e, [], [])
    if isinstance(e, ex.Neg):
        found = _factors_of(side.part(e.args[0]))
        return _Factors(-found.number, found.over, found.under)
    if isinstance(e, ex.Div):
        top, bottom = (_factors_of(side.part(x)) for x in e.args)
        return _Factors(top.number / bottom.number, top.over + bottom.under, top.under + bottom.over)
    if isinstance(e, ex.Mul):
        parts = [_factors_of(side.part(x)) for x in e.args]
        number = S.One
        for p in parts:
            number *= p.number
        return _Factors(number, [x for p in parts for x in p.over], [x for p in parts for x in p.under])
    return _Factors(S.One, [side], [])


def _alike(x: Side, y: Side) -> bool:
    """Tell whether two parts are written alike, about the same values of the names around them."""
    inner = [s for s in free(x.expr) | free(y.expr) if s in x.at or s in y.at]
    if inner:
        return bool(x.expr == y.expr) and all(x.at.get(s) == y.at.get(s) for s in inner)
    return same(x.expr, y.expr)


def _kind(e: Basic) -> tuple[type, frozenset[Basic]]:
    """Return what two parts have in common that are compared by their values."""
    head = ex.Iverson if isinstance(e, ex.Delta) or _is_indicator(e) else type(e)
    return head, frozenset(s for s in free(e) if isinstance(s, Symbol))


def _is_indicator(e: Basic) -> bool:
    """Tell whether cases are 1 and 0, as a comparison is that code multiplies by."""
    return isinstance(e, ex.Piecewise) and [value for value, _ in e.cases] in ([S.One, S.Zero], [S.Zero, S.One])


def _joined(whole: Side, parts: list[Side], head: type[ex.Node], nothing: Basic) -> Side:
    if len(parts) < 2:
        return parts[0] if parts else Side(nothing, whole.at, whole.lines)
    joined = head.make(tuple(p.expr for p in parts))
    return Side(joined.read_from(whole.expr) if isinstance(whole.expr, ex.Node) else joined, whole.at, whole.lines)


def _inside_out(side: Side, name: Basic) -> Side:
    """Return a sum of sums with the one over `name` outside, where it is inside and their ranges do not depend."""
    e = side.expr
    inner = e.args[0]
    if e.args[1] == name or type(inner) is not type(e) or inner.args[1] != name:
        return side
    if any(not free(end).isdisjoint({e.args[1], name}) for end in (*e.args[2:4], *inner.args[2:4])):
        return side
    turned = type(e).make((type(e).make((inner.args[0], *e.args[1:])), *inner.args[1:]))
    return Side(turned, side.at, side.lines)
