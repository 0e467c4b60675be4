"""Terms of a sum whose brackets are equal, or exclude each other and make one bracket together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.line.linear import Combination, combination, written
from deltasift.line.same import same
from deltasift.line.scope import Scope
from deltasift.line.statements import conjunction, conjuncts, contrary
from deltasift.line.views import Term, factors, product, terms, total
from deltasift.rule import Rewritten, method

MOST = 24  # terms that are compared with each other
Line = tuple[frozenset[tuple[Basic, Fraction | int]], Fraction | int]


@dataclass(frozen=True, eq=False)
class Guard:
    """A statement that makes a term 0 where it does not hold, in a form in which equal statements are equal.

    Attributes
    ----------
    kind : str
        `<=`, `<`, `=` or `!=` of 0 and a combination of atoms; `so` for another statement.
    line : Line or None
        The combination; of integers an order is never strict.
    statement : Basic
        The statement as it stands.
    """

    kind: str
    line: Line | None
    statement: Basic

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Guard) or self.kind != other.kind:
            return False
        return self.line == other.line if self.line is not None else same(self.statement, other.statement)

    def __hash__(self) -> int:
        return hash((self.kind, self.line))


class Guarded(NamedTuple):
    """A term: its sign, the statements without which it is 0, and the rest of it."""

    sign: int
    guards: tuple[Guard, ...]
    rest: Basic
    has_bracket: bool


# --- guards -------------------------------------------------------------------------------------------------------


def guard(statement: Basic, scope: Scope) -> Guard:
    """Return a statement in its normal form."""
    if isinstance(statement, (ex.Less, ex.LessEqual)):
        line = combination([(1, statement.args[1]), (-1, statement.args[0])])
        if not isinstance(statement, ex.Less):
            return Guard("<=", _line(line), statement)
        if _is_integral(line, scope):
            return Guard("<=", _line(Combination(line.coefficients, line.constant - 1)), statement)
        return Guard("<", _line(line), statement)
    if isinstance(statement, (ex.Equality, ex.Unequal)):
        line = combination([(1, statement.args[0]), (-1, statement.args[1])])
        first = min(line.coefficients, key=str, default=None)
        by = Fraction(1) / (line.coefficients[first] if first is not None else 1)
        scaled = Combination({a: c * by for a, c in line.coefficients.items()}, line.constant * by)
        return Guard("=" if isinstance(statement, ex.Equality) else "!=", _line(scaled), statement)
    return Guard("so", None, statement)


def _line(line: Combination) -> Line:
    return frozenset(line.coefficients.items()), line.constant


def _is_integral(line: Combination, scope: Scope) -> bool:
    values = (*line.coefficients.values(), line.constant)
    return all(Fraction(v).denominator == 1 for v in values) and all(map(scope.is_integer, line.coefficients))


def _plus(a: Line, b: Line, by: int = 1) -> Line:
    coefficients = dict(a[0])
    for atom, c in b[0]:
        new = coefficients.get(atom, 0) + by * c
        if new == 0:
            del coefficients[atom]
        else:
            coefficients[atom] = new
    return frozenset(coefficients.items()), a[1] + by * b[1]


def _constant(c: int) -> Line:
    return frozenset(), c


def _from_zero(line: Line, kind: str = "<=") -> Guard:
    """Return an order of 0 and a combination as a statement whose sides are both written without a minus, if it can."""
    coefficients, constant = line
    above = Combination({a: c for a, c in coefficients if c > 0}, max(constant, 0))
    below = Combination({a: -c for a, c in coefficients if c < 0}, max(-constant, 0))
    head = {"<=": ex.LessEqual, "<": ex.Less, "=": ex.Equality, "!=": ex.Unequal}[kind]
    return Guard(kind, line, head.make((written(below), written(above))))


def _opposite(g: Guard, scope: Scope) -> Guard:
    return guard(contrary(g.statement), scope)


def guarded(term: Basic, scope: Scope) -> Guarded:
    """Take a term apart: its brackets and deltas, and the rest."""
    sign, parts = factors(term)
    guards: list[Guard] = []
    rest: list[tuple[Basic, bool]] = []
    has_bracket = False
    for f in parts:
        if isinstance(f.expr, ex.Iverson) and not f.inverse:
            guards += [guard(s, scope) for s in conjuncts(f.expr.args[0])]
            has_bracket = True
        elif isinstance(f.expr, ex.Delta) and not f.inverse:
            guards.append(guard(ex.Equality.make(f.expr.args), scope))
        else:
            rest.append((f.expr, f.inverse))
    return Guarded(sign, tuple(dict.fromkeys(guards)), product(1, rest), has_bracket)


def term_of(sign: int, guards: Sequence[Guard], rest: Basic, scope: Scope) -> Basic:
    """Put a term together again; an equality of integers is a delta, and what is left out of a number `1 - delta`."""
    deltas: list[tuple[Basic, bool]] = []
    brackets: list[Basic] = []
    for g in guards:
        integers = isinstance(g.statement, (ex.Equality, ex.Unequal)) and all(map(scope.is_integer, g.statement.args))
        if integers and isinstance(g.statement, ex.Unequal) and len(guards) == 1 and rest.is_Rational:
            apart = ex.Add.make((S.One, ex.Neg.make((ex.Delta.make(g.statement.args),))))
            return apart if sign == 1 and rest is S.One else product(sign, [(rest, False), (apart, False)])
        if integers and isinstance(g.statement, ex.Equality):
            deltas.append((ex.Delta.make(g.statement.args), False))
        else:
            brackets.append(g.statement)
    brackets.sort(key=_may_have_no_value)  # what comes first says where the others have one
    bracket = [(ex.Iverson.make((conjunction(tuple(brackets)),)), False)] if brackets else []
    inner_sign, parts = factors(rest)
    others = [(f.expr, f.inverse) for f in parts if f.expr is not S.One]
    return product(sign * inner_sign, [*bracket, *others, *deltas])


def _may_have_no_value(statement: Basic) -> bool:
    """Tell whether a root or a logarithm stands in a statement."""
    return any(
        isinstance(e, ex.Log) or (isinstance(e, ex.Pow) and not e.args[1].is_Integer) for e in ex.postorder(statement)
    )


# --- joined -------------------------------------------------------------------------------------------------------


@method(ref="graham1994, section 2.1", verifier="joins")
def bracket_add(expr: Basic, scope: Scope) -> Iterator[Rewritten]:
    """Equal brackets, and those that exclude each other, are joined.

    Yield a sum with two of its terms joined.

    `[P]*f + [P]*g = [P]*(f + g)`, and where P and Q exclude each other `[P]*f + [Q]*f = [P or Q]*f`, as far as that is
    one bracket again: `[i < j] + [j <= i] = 1`, `[i < j] + [j < i] = [i != j]`, two adjacent ranges make one.
    """
    if not isinstance(expr, ex.Add):
        return
    every = terms(expr)
    if len(every) > MOST:
        return
    found = [(n, guarded(t.expr, scope)) for n, t in enumerate(every)]
    found = [(n, g._replace(sign=g.sign * every[n].sign)) for n, g in found if g.guards]
    yield from _residues(every, found, scope)
    for (m, t), (n, u) in combinations(found, 2):
        for new, conditions in _joined(t, u, scope):
            others = [(e.sign, e.expr) for k, e in enumerate(every) if k not in (m, n)]
            sign, parts = factors(new)
            where = min(m, len(others))
            one = (sign, product(1, [(f.expr, f.inverse) for f in parts]))
            yield total([*others[:where], one, *others[where:]]), conditions


def _residues(every: Sequence[Term], found: Sequence[tuple[int, Guarded]], scope: Scope) -> Iterator[Rewritten]:
    """Yield a sum without the brackets that say that a number leaves each of the remainders to a divisor."""
    for _, t in found:
        for g in t.guards:
            if not isinstance(g.statement, ex.Divides) or not g.statement.args[0].is_Integer:
                continue
            c, a = g.statement.args
            others = [h for h in t.guards if h is not g]
            places: dict[int, int] = {}
            for n, u in found:
                rest = [h for h in u.guards if h not in others]
                is_like = (
                    u.sign == t.sign and len(rest) == 1 and len(u.guards) == len(t.guards) and same(u.rest, t.rest)
                )
                if is_like and isinstance(rest[0].statement, ex.Divides) and rest[0].statement.args[0] == c:
                    apart = combination([(1, rest[0].statement.args[1]), (-1, a)])
                    if not apart.coefficients and Fraction(apart.constant).denominator == 1:
                        places.setdefault(int(apart.constant) % int(c), n)
            if 0 < c == len(places):
                kept = [(e.sign, e.expr) for n, e in enumerate(every) if n not in places.values()]
                yield total([*kept, (1, term_of(t.sign, others, t.rest, scope))]), ()


def _joined(t: Guarded, u: Guarded, scope: Scope) -> Iterator[Rewritten]:
    both = [g for g in t.guards if g in u.guards]
    mine = [g for g in t.guards if g not in both]
    theirs = [g for g in u.guards if g not in both]
    if not mine and not theirs:
        rest = combination([(t.sign, t.rest), (u.sign, u.rest)])
        if _size(rest) < sum(_size(combination([(1, x)])) for x in (t.rest, u.rest)):
            yield _with_sign(both, written(rest), scope), ()
        elif t.has_bracket and u.has_bracket:
            yield _with_sign(both, total([(t.sign, t.rest), (u.sign, u.rest)]), scope), ()
        return
    if t.sign != u.sign or not (t.has_bracket or u.has_bracket) or not same(t.rest, u.rest):
        return
    for new, conditions in _union(mine, theirs, scope):
        yield term_of(t.sign, [*both, *new], t.rest, scope), conditions


def _size(line: Combination) -> int:
    return len(line.coefficients) + (line.constant != 0)


def _with_sign(guards: Sequence[Guard], rest: Basic, scope: Scope) -> Basic:
    return S.Zero if rest is S.Zero else term_of(1, guards, rest, scope)


def _union(mine: list[Guard], theirs: list[Guard], scope: Scope) -> Iterator[tuple[list[Guard], tuple[Basic, ...]]]:
    """Yield the one of two lists of statements that hold, where they exclude each other, as one list."""
    if len(mine) == len(theirs) == 1:
        [p], [q] = mine, theirs
        if _opposite(p, scope) == q:
            yield [], ()
        elif p.kind == q.kind == "<=" and p.line is not None and q.line is not None:
            if _plus(p.line, q.line) == _constant(-2):
                yield [_from_zero(_plus(p.line, _constant(1)), "!=")], ()
        else:
            yield from _with_end(p, q)
            yield from _with_end(q, p)
        return
    if len(mine) > 2 or len(theirs) > 2:
        return
    for p in mine:
        against = _opposite(p, scope)
        if against.line is None or p.line is None or against not in theirs:
            continue
        needs: list[Basic] = []
        rest = [g for g in mine if g is not p]
        others = [g for g in theirs if g != against]
        if any(g.kind not in ("<=", "<") or g.kind != p.kind for g in (*rest, *others)):
            continue
        for g, known in (*((g, against.line) for g in rest), *((g, p.line) for g in others)):
            assert g.line is not None
            needs.append(_from_zero(_plus(g.line, known, -1)).statement)
        yield [*rest, *others], tuple(needs)


def _with_end(point: Guard, order: Guard) -> Iterator[tuple[list[Guard], tuple[Basic, ...]]]:
    """Yield `[i = j] + [i < j] = [i <= j]`."""
    if point.kind != "=" or order.kind != "<=" or point.line is None or order.line is None:
        return
    for by in (1, -1):
        if _plus(order.line, point.line, -by) == _constant(-1):
            yield [_from_zero(_plus(order.line, _constant(1)))], ()


# --- cases that exclude each other --------------------------------------------------------------------------------


def exclude(p: Sequence[Guard], q: Sequence[Guard], scope: Scope) -> bool:
    """Tell whether two lists of statements contradict each other by their form."""
    return any(_contradict(a, b, scope) for a in p for b in q)


def _contradict(a: Guard, b: Guard, scope: Scope) -> bool:
    if a.kind in ("<=", "<") and b.kind in ("<=", "<") and a.line is not None and b.line is not None:
        coefficients, constant = _plus(a.line, b.line)
        return not coefficients and (constant < 0 or (constant == 0 and "<" in (a.kind, b.kind)))
    return _opposite(a, scope) == b


def cover(p: Sequence[Guard], q: Sequence[Guard], scope: Scope) -> bool:
    """Tell whether of two lists of statements that exclude each other one holds."""
    return len(p) == len(q) == 1 and _opposite(p[0], scope) == q[0]


def statement_of(guards: Sequence[Guard]) -> Basic:
    """Return the conjunction of guards."""
    return conjunction(tuple(g.statement for g in guards))


__all__ = ["Guard", "Guarded", "cover", "exclude", "guard", "guarded", "statement_of", "term_of"]
