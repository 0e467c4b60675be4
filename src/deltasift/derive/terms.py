"""Moves outside of sums and integrals: deltas and brackets that are decided, products that vanish, tidying up."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import gcd

from sympy import Rational, S, Symbol
from sympy.core.basic import Basic

import deltasift.rules as rules
from deltasift.conditions.verdict import Verdict
from deltasift.derive.forms import Part, is_total, joined, put_for, split, sum_of
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert import (
    Add,
    Delta,
    Dirac,
    Entry,
    Equality,
    Func,
    Iverson,
    Less,
    LessEqual,
    Log,
    Mul,
    Neg,
    Node,
    Not,
    Or,
    Piecewise,
    Pow,
    Unequal,
    free,
    mentions,
    postorder,
    preorder,
)
from deltasift.inert import replace as substitute
from deltasift.match.equations import canonical_delta, delta_cases, delta_subst
from deltasift.match.joins import Guard, exclude, guard, guarded
from deltasift.match.linear import combination, written
from deltasift.match.numbers import worked_out
from deltasift.match.search import Search
from deltasift.match.statements import conjunction, conjuncts, contrary
from deltasift.rule import Method, Rule


def by_rule(rule: Rule | Method, e: Basic, here: Here) -> Move | None:
    """Return the first use of a rule at a node whose conditions are proved, None where there is none."""
    for found in Search().local(rule, e, here.scope):
        if found.after != e and all(here.holds(c) for c in found.conditions):
            return Move(rule, e, found.after)
    return None


def opened(move: Move | None, rule: Rule, e: Basic, here: Here) -> Move | None:
    """Return the move that keeps undecided conditions as a guard or, where they are assumed, that of `rule` under them.

    The guard is the first factor of what the move makes.

    Raises
    ------
    ExpressionError
        If an undecided condition is to be refused.
    """
    if move is None or here.problem.undecided == "guard":
        return move
    guard = next((f for f, below in split(move.after)[1] if isinstance(f, (Iverson, Piecewise)) and not below), None)
    if guard is None:
        return move
    condition = guard.args[0] if isinstance(guard, Iverson) else guard.cases[0][1]
    verdicts = {c: here.verdict(c) for c in conjuncts(condition)}
    needs = [c for c, known in verdicts.items() if known is Verdict.UNKNOWN]
    if not needs or Verdict.REFUTED in verdicts.values() or here.excludes(needs):
        return move
    left, assumed = here.open(needs)
    found = None if left else by_rule(rule, e, Here(here.problem, here.scope.assuming(*assumed), here.is_factor))
    return move if found is None else Move(found.rule, found.before, found.after, (), assumed)


# --- sums of terms ------------------------------------------------------------------------------------------------


def reduce_add(e: Node, here: Here) -> Move | None:
    """Leave out zeros, and add up what an index is shifted by."""
    kept = [a for a in e.args if a is not S.Zero]
    if len(kept) < len(e.args):
        return Move(rules.zero_add if kept else rules.arithmetic, e, sum_of(kept))
    if S.One in e.args and any(isinstance(a, Neg) and isinstance(a.args[0], Iverson) for a in e.args):
        return by_rule(rules.bracket_compl, e, here)
    if _may_join(e, here):
        move = by_rule(rules.bracket_add, e, here) or _made_equal(e)
        if move is not None:
            return move
    every = [b for a in e.args for b in (a.args if isinstance(a, Add) else (a,))]
    if all(map(_is_plain_term, every)):
        line = combination([(1, e)])
        plain = all(isinstance(a, (Symbol, Entry)) for a in line.coefficients)
        if plain and len(line.coefficients) + (line.constant != 0) < len(every):
            return Move(rules.arithmetic, e, written(line))
    return None


def _is_plain_term(a: Basic) -> bool:
    """Tell whether a term may be a multiple of a name or of an entry."""
    if isinstance(a, Mul):
        return len(a.args) == 2 and isinstance(a.args[0], Rational) and isinstance(a.args[1], (Symbol, Entry))
    return isinstance(a, (Symbol, Rational, Neg, Entry))


def _made_equal(e: Node) -> Move | None:
    """Put one name for another that the deltas of a term make equal to it, where that makes two terms alike."""
    every = [(split(a), a) for a in e.args]
    for n, ((sign, parts), a) in enumerate(every):
        for d in (f for f, below in parts if type(f) is Delta and not below):
            first, last = sorted(d.args, key=str)
            if not isinstance(first, Symbol) or not isinstance(last, Symbol):
                continue
            there = [(f if f is d else substitute(f, {last: first}), below) for f, below in parts]
            if there != parts and any(m != n and other == there for m, ((_, other), _) in enumerate(every)):
                return Move(rules.delta_subst, a, joined(sign, there), (n,))
    return None


def _may_join(e: Node, here: Here) -> bool:
    """Tell whether two terms have one bracket or one rest, and no sum or integral around them takes them apart."""
    if len(e.args) > MOST_JOINED:
        return False
    names = here.scope.names
    real = {r.name for r in here.scope.ranges if not r.integer}
    seen: set[tuple[str, frozenset[Part]]] = set()
    for a in (b for x in e.args for b in (x.args if isinstance(x, Add) else (x,))):
        parts = split(a)[1]
        guards = frozenset(p for p in parts if not p[1] and isinstance(p[0], (Iverson, Delta, Dirac)))
        if names and any(isinstance(g, Dirac) for g, _ in guards):
            return False
        if not guards or not all(name in real for g, _ in guards for name in free(g) & names):
            continue
        rest = frozenset(p for p in parts if p not in guards and not isinstance(p[0], Rational))
        keys = {("guards", guards), ("rest", rest)}
        if not seen.isdisjoint(keys):
            return True
        seen |= keys
    return False


NOT_LINEAR = (
    rules.delta_abs_zero,
    rules.delta_pow_zero,
    rules.delta_mul_zero,
    rules.delta_mul_left,
    rules.delta_sq,
    rules.delta_power,
    rules.delta_roots,
)

# --- deltas -------------------------------------------------------------------------------------------------------


def reduce_delta(e: Node, here: Here) -> Move | None:
    """Decide a delta, or bring its equation into the form in which deltas that are equal look equal."""
    assert isinstance(e, Delta)
    line = combination([(1, e.args[0]), (-1, e.args[1])])
    if any(isinstance(a, (Delta, Iverson)) for a in line.coefficients):
        for after, _ in delta_cases(e, here.scope):
            return Move(rules.delta_cases, e, after)
    if not line.coefficients:
        if line.constant == 0:
            return Move(rules.delta_eq, e, S.One)
        return None if here.is_factor else Move(rules.delta_ne, e, S.Zero)
    if any(isinstance(a, Node) and not isinstance(a, Entry) for a in line.coefficients):
        for rule in NOT_LINEAR:
            move = _of_outer_factor(e, here) if rule is rules.delta_mul_zero else by_rule(rule, e, here)
            if move is not None:
                return move
    if not free(e).isdisjoint(here.scope.names):
        if len(free(e)) > len(frozenset().union(*map(free, line.coefficients))):
            return Move(rules.delta_arith, e, canonical_delta(e) or e)
        if not here.is_factor and _has_no_solution(e, here):
            return Move(rules.delta_ne, e, S.Zero)
        return None  # the sum over the index decides it
    new = canonical_delta(e)
    if new is not None:
        return Move(rules.delta_arith, e, new)
    verdict = here.verdict(Equality.make(e.args))
    if verdict is Verdict.PROVED:
        return Move(rules.delta_eq, e, S.One)
    if verdict is Verdict.REFUTED and not here.is_factor:
        return Move(rules.delta_ne, e, S.Zero)
    return None


def _has_no_solution(d: Basic, here: Here) -> bool:
    """Tell whether an equation of integers has no solution, as `3*k = 1`: 3 does not divide 1."""
    line = combination([(1, d.args[0]), (-1, d.args[1])])
    values = [Fraction(c) for c in (*line.coefficients.values(), line.constant)]
    integers = all(v.denominator == 1 for v in values) and all(map(here.scope.is_integer, line.coefficients))
    if len(values) < 2 or not integers:
        return False
    return int(values[-1]) % gcd(*(int(v) for v in values[:-1])) != 0 and here.fails(Equality.make(d.args))


def _of_outer_factor(e: Delta, here: Here) -> Move | None:
    """Return how a delta of a product and 0 is taken apart, the factor free of bound names first."""
    ways = [f.after for f in Search().local(rules.delta_mul_zero, e, here.scope)]
    names = here.scope.names
    brackets = [[x for x in postorder(w) if isinstance(x, Iverson)] for w in ways]
    first = next((w for w, b in zip(ways, brackets, strict=True) if all(free(x).isdisjoint(names) for x in b)), None)
    after = first if first is not None else next(iter(ways), None)
    return None if after is None else Move(rules.delta_mul_zero, e, after)


# --- products -----------------------------------------------------------------------------------------------------


def reduce_product(e: Node, here: Here) -> Move | None:
    """See whether a product vanishes, and leave out ones and deltas that say a thing twice."""
    if isinstance(e, Neg) and e.args[0] is S.Zero:
        return Move(rules.arithmetic, e, S.Zero)
    if isinstance(e, Mul) and all(isinstance(a, Rational) for a in e.args):
        return _of_numbers(e)
    _, parts = split(e)
    deltas: list[Basic] = []
    has_bracket = has_log = False
    for f, below in parts:
        kind = type(f)
        if f is S.Zero and not below:
            return Move(rules.zero_mul, e, S.Zero)
        if kind is Delta and not below:
            deltas.append(f)
        elif kind is Iverson:
            has_bracket = True
        elif kind is Log:
            has_log = True
    if deltas or has_bracket:
        move = _vanishing(e, deltas, parts, here)
        if move is not None:
            return move
    if isinstance(e, Mul) and S.One in e.args:
        return Move(rules.one_mul, e, joined(*_without_ones(e)))
    if len(deltas) > 1:
        move = _twice(e, deltas, here)
        if move is not None:
            return move
    if has_log and any(type(f) is Log and f.args[0] in deltas for f, _ in parts):
        return by_rule(rules.delta_mul_log_delta, e, here)
    if len(parts) > 1 and not _sums_over(deltas, here):
        move = (_put_beside(e, deltas, here) if deltas else None) or _multiplied(e, parts, here)
        if move is not None:
            return move
    if has_bracket and any(isinstance(f, (Symbol, Pow, Add)) for f, _ in parts):
        return by_rule(rules.bracket_zero, e, here)
    return None


def _without_ones(e: Node) -> tuple[int, list[tuple[Basic, bool]]]:
    return 1, [(a, False) for a in e.args if a is not S.One]


def _sums_over(deltas: list[Basic], here: Here) -> bool:
    """Tell whether an enclosing sum will sift with one of the deltas."""
    names = here.scope.names
    return bool(names) and any(not free(d).isdisjoint(names) for d in deltas)


def _vanishing(e: Node, deltas: list[Basic], parts: list[tuple[Basic, bool]], here: Here) -> Move | None:
    bound = here.scope.names
    if isinstance(e, Neg) and type(e.args[0]) in (Delta, Iverson):
        alone = e.args[0]
        move = reduce_iverson(alone, Here(here.problem, here.scope, False)) if type(alone) is Iverson else None
        if type(alone) is Delta and free(alone).isdisjoint(bound) and here.fails(Equality.make(alone.args)):
            move = Move(rules.delta_ne, alone, S.Zero)
        return None if move is None else move.under((0,))
    for d in deltas:
        if isinstance(d.args[0], Rational) and isinstance(d.args[1], Rational):
            if d.args[0] != d.args[1]:
                return Move(rules.delta_mul_ne, e, S.Zero)
        elif (free(d).isdisjoint(bound) or _has_no_solution(d, here)) and here.fails(Equality.make(d.args)):
            return Move(rules.delta_mul_ne, e, S.Zero)
    statements: list[Basic] = []
    for f, below in parts:
        if type(f) is Iverson and not below:
            needs = list(conjuncts(f.args[0]))
            if any(here.fails(p) for p in needs) or here.excludes(needs):
                return Move(rules.bracket_false, e, S.Zero)
            statements += needs
    if 1 < len(statements) <= MOST_DELTAS:
        guards = [guard(p, here.scope) for p in statements]
        if any(exclude([p], [q], here.scope) for p, q in combinations(guards, 2)):
            return by_rule(rules.bracket_false, e, here)
    return None


def _twice(e: Node, deltas: list[Basic], here: Here) -> Move | None:
    if len({frozenset(d.args) for d in deltas}) < len(deltas):
        return by_rule(rules.delta_mul_self, e, here)
    if len(deltas) > MOST_DELTAS or _sums_over(deltas, here):
        return None
    for c, d in combinations(deltas, 2):
        shared = set(c.args) & set(d.args)
        for i in shared:
            j, k = (next((a for a in x.args if a != i), i) for x in (c, d))
            if here.holds(Unequal.make((j, k))):
                return Move(rules.delta_mul_delta_ne, e, S.Zero)
    return None


def _put_beside(e: Node, deltas: list[Basic], here: Here) -> Move | None:
    """Put one argument of a delta for the other in what stands beside it, where that makes it simpler.

    Beside other deltas the name that comes first in the alphabet stays, so that equal products of deltas look equal.
    """
    for after, _ in delta_subst(e, here.scope):
        if _weight(after) < _weight(e):
            return Move(rules.delta_subst, e, after)
    sign, every = split(e)
    for d in deltas:
        first, last = sorted(d.args, key=str)
        others = any(mentions(other, last) for other in deltas if other is not d)
        if others and isinstance(first, Symbol) and isinstance(last, Symbol):
            parts = [(f if f is d else substitute(f, {last: first}), below) for f, below in every]
            return Move(rules.delta_subst, e, joined(sign, parts))
    return None


def _weight(e: Basic) -> int:
    """Count names and heads; a name counts more than a number, and what cancels in an index counts less."""
    count = 0
    for x in preorder(e):
        count += 2 if isinstance(x, Symbol) else 1
        if isinstance(x, Add) and not combination([(1, x)]).coefficients:
            count -= 2 * len(x.args)
        elif isinstance(x, Delta) and not combination([(1, x.args[0]), (-1, x.args[1])]).coefficients:
            count -= 4
    return count


MOST_TERMS = 32  # of a product of sums
MOST_CASES = 4  # terms of a sum that is multiplied by another with brackets
MOST_JOINED = 24  # terms whose brackets are compared with each other
MOST_DELTAS = 8  # that are compared with each other


def _multiplied(e: Node, parts: list[tuple[Basic, bool]], here: Here) -> Move | None:
    """Multiply out a sum each of whose terms has a delta that stands beside another delta, or such a sum.

    So are two sums with brackets that exclude each other.
    """
    sums = [f for f, below in parts if isinstance(f, Add) and not below and all(map(_has_delta, f.args))]
    sums = sums or _against_each_other(parts, here)
    if len(sums) < 2 and not any(map(_has_delta, (f for f, below in parts if f is not sums[0]) if sums else ())):
        return None
    if not all(is_total(f) and (not below or f.is_number) for f, below in parts):
        return None
    count = 1
    for f in sums:
        count *= len(f.args) if isinstance(f, Add) else 1
    if count > MOST_TERMS:
        return None
    sign, every = split(e)
    first = sums[0]
    products = [joined(sign, put_for(every, first, a)) for a in first.args]
    return Move(rules.mul_add, e, Add.make(tuple(products)))


def _against_each_other(parts: list[tuple[Basic, bool]], here: Here) -> list[Basic]:
    """Return a sum with a bracket that contradicts another one of the product, and what that one stands in."""
    found: list[tuple[Basic, list[tuple[Guard, ...]]]] = []
    for f, below in parts:
        terms = f.args if isinstance(f, Add) else (f,)
        if below or len(terms) > MOST_CASES or not any(isinstance(x, Iverson) for t in terms for x, _ in split(t)[1]):
            continue
        found.append((f, [guarded(t, here.scope).guards for t in terms]))
    for (f, first), (g, second) in combinations(found, 2):
        has_sum = isinstance(f, Add) or isinstance(g, Add)
        if has_sum and any(exclude(p, q, here.scope) for p in first for q in second):
            return [f, g] if isinstance(f, Add) else [g, f]
    return []


def _has_delta(term: Basic) -> bool:
    return any(type(f) is Delta and not below for f, below in split(term)[1])


# --- brackets and cases -------------------------------------------------------------------------------------------


def reduce_iverson(e: Node, here: Here) -> Move | None:
    """Take out of a bracket what is true, and see whether it is false."""
    parts = conjuncts(e.args[0])
    if any(isinstance(p, Not) and not isinstance(contrary(p.args[0]), Not) for p in parts):
        return by_rule(rules.bracket_not, e, here)
    if isinstance(e.args[0], Or):
        return None if not _is_summed(e, here) else by_rule(rules.bracket_or, e, here)
    verdicts = [here.verdict(p) for p in parts]
    if Verdict.REFUTED in verdicts:
        return None if here.is_factor else Move(rules.bracket_false, e, S.Zero)
    left = tuple(p for p, v in zip(parts, verdicts, strict=True) if v is not Verdict.PROVED)
    if here.excludes(list(left)):
        return None if here.is_factor else Move(rules.bracket_false, e, S.Zero)
    if not left:
        return Move(rules.bracket_true, e, S.One)
    if len(parts) == 1 and isinstance(parts[0], (Less, LessEqual)):
        move = by_rule(rules.bracket_le, e, here)
        if move is not None:
            return move
    if len(left) < len(parts):
        first = next(p for p, v in zip(parts, verdicts, strict=True) if v is Verdict.PROVED)
        return Move(rules.bracket_true, e, Iverson.make((conjunction(tuple(p for p in parts if p is not first)),)))
    if len(parts) == 1 and isinstance(parts[0], (Less, LessEqual)) and _mentions_in_vain(parts[0]):
        return by_rule(rules.bracket_arith, e, here)
    if _is_summed(e, here):
        if len(parts) > 1 and any(isinstance(p, (Equality, Unequal, Or)) for p in parts):
            return by_rule(rules.bracket_and, e, here)
        return by_rule(rules.bracket_delta, e, here)
    return None


def _mentions_in_vain(order: Basic) -> bool:
    """Tell whether a name stands on both sides of an order and cancels."""
    line = combination([(1, order.args[1]), (-1, order.args[0])])
    return bool(free(order) - frozenset().union(*map(free, line.coefficients)))


def _is_summed(e: Node, here: Here) -> bool:
    return any(name in here.scope.bound and here.scope.bound[name].integer for name in free(e))


def reduce_piecewise(e: Node, here: Here) -> Move | None:
    """Write a case distinction under a sum or an integral as brackets."""
    assert isinstance(e, Piecewise)
    if free(e).isdisjoint(here.scope.names):
        return None
    return by_rule(rules.piecewise_bracket, e, here)


# --- powers and functions of deltas -------------------------------------------------------------------------------


def reduce_power(e: Node, here: Here) -> Move | None:
    """A power of a delta is the delta, and what is made of deltas and numbers is two cases."""
    if isinstance(e.args[0], Delta):
        move = by_rule(rules.delta_pow, e, here)
        if move is not None:
            return move
    return reduce_function(e, here)


def reduce_function(e: Node, here: Here) -> Move | None:
    """A function of deltas and numbers alone is two cases of numbers."""
    if not any(isinstance(x, Delta) for x in postorder(e)):
        return _of_two(e, here) or _of_numbers(e)
    if any(isinstance(x, Delta) and not free(x).isdisjoint(here.scope.names) for x in postorder(e)):
        return None  # the sum or product over the index takes it apart
    for after, conditions in delta_cases(e, here.scope):
        if not conditions and not any(isinstance(x, (Func, Pow, Log, Iverson)) for x in postorder(after)):
            return Move(rules.delta_cases, e, after)
    return None


def _of_numbers(e: Node) -> Move | None:
    """Work out a function or a power of numbers."""
    new = worked_out(e)
    return Move(rules.norm_num, e, new) if new != e else None


def _of_two(e: Node, here: Here) -> Move | None:
    """Decide a minimum or a maximum of two."""
    if not isinstance(e, Func) or e.name not in ("Min", "Max") or len(e.arguments) != 2:
        return None
    return by_rule(rules.min_of_le if e.name == "Min" else rules.max_of_le, e, here)
