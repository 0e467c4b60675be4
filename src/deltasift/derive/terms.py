"""Moves at a sum of terms and at a delta: zeros left out, brackets joined, an equation decided or solved."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from sympy import Rational, S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.conditions.verdict import Verdict
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import Part, is_total, joined, split, sum_of
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert import free, postorder, substitute
from deltasift.line.definedness import requirements
from deltasift.line.linear import combination, written
from deltasift.line.statements import conjuncts
from deltasift.match.search import Search
from deltasift.rule import Rule
from deltasift.rules.coded.equations import canonical_delta, delta_cases

MOST_JOINED = 24  # terms whose brackets are compared with each other


def keeps_value(move: Move, here: Here) -> bool:
    """Tell whether what stands beside a delta or bracket has a value still when it is replaced.

    A delta that is 0 excuses what has no value, and a sum of deltas does not.
    """
    if not here.is_factor or all(type(f) in (ex.Delta, ex.Iverson) and not below for f, below in split(move.after)[1]):
        return True
    return all(is_total(f) or all(here.holds(need) for need in requirements(f, here.scope)) for f in here.others())


def opened(move: Move | None, rule: Rule, e: Basic, here: Here) -> Move | None:
    """Return the move that keeps undecided conditions as a guard or, where they are assumed, that of `rule` under them.

    The guard is the first bracket or case distinction among the factors of what the move makes.

    Raises
    ------
    ExpressionError
        If an undecided condition is to be refused.
    """
    if move is None or here.problem.undecided == "guard":
        return move
    terms = move.after.args if isinstance(move.after, ex.Add) else (move.after,)
    every = (f for t in terms for f, below in split(t)[1] if not below)
    guard = next((f for f in every if isinstance(f, (ex.Iverson, ex.Piecewise))), None)
    if guard is None:
        return move
    condition = guard.args[0] if isinstance(guard, ex.Iverson) else guard.cases[0][1]
    verdicts = {c: here.verdict(c) for c in conjuncts(condition)}
    needs = [c for c, known in verdicts.items() if known is Verdict.UNKNOWN]
    if not needs or Verdict.REFUTED in verdicts.values() or here.excludes(needs):
        return move
    left, assumed = here.open(needs)
    found = None if left else by_rule(rule, e, Here(here.problem, here.scope.assuming(*assumed), here.is_factor))
    return move if found is None else Move(found.rule, found.before, found.after, (), assumed)


# --- sums of terms ------------------------------------------------------------------------------------------------


def reduce_add(e: ex.Node, here: Here) -> Move | None:
    """Leave out zeros, and add up what an index is shifted by."""
    kept = [a for a in e.args if a is not S.Zero]
    if len(kept) < len(e.args):
        return Move(rules.zero_add if kept else rules.arithmetic, e, sum_of(kept))
    if S.One in e.args and any(isinstance(a, ex.Neg) and isinstance(a.args[0], ex.Iverson) for a in e.args):
        return by_rule(rules.bracket_compl, e, here)
    if _may_join(e, here):
        move = by_rule(rules.bracket_add, e, here) or _made_equal(e)
        if move is not None:
            return move
    every = [b for a in e.args for b in (a.args if isinstance(a, ex.Add) else (a,))]
    if all(map(_is_plain_term, every)):
        line = combination([(1, e)])
        plain = all(isinstance(a, (Symbol, ex.Entry)) for a in line.coefficients)
        if plain and len(line.coefficients) + (line.constant != 0) < len(every):
            return Move(rules.arithmetic, e, written(line))
    return None


def _is_plain_term(a: Basic) -> bool:
    """Tell whether a term may be a multiple of a name or of an entry."""
    if isinstance(a, ex.Mul):
        return len(a.args) == 2 and isinstance(a.args[0], Rational) and isinstance(a.args[1], (Symbol, ex.Entry))
    return isinstance(a, (Symbol, Rational, ex.Neg, ex.Entry))


def _made_equal(e: ex.Node) -> Move | None:
    """Put one name for another that the deltas of a term make equal to it, where that makes two terms alike."""
    every = [(split(a), a) for a in e.args]
    for n, ((sign, parts), a) in enumerate(every):
        for d in (f for f, below in parts if type(f) is ex.Delta and not below):
            first, last = sorted(d.args, key=str)
            if not isinstance(first, Symbol) or not isinstance(last, Symbol):
                continue
            there = _put_beside(parts, d, last, first)
            others = [other for m, ((_, other), _) in enumerate(every) if m != n]
            if there != parts and any(there in (other, _put_beside(other, d, last, first)) for other in others):
                return Move(rules.delta_subst, a, joined(sign, there), (n,))
    return None


def _put_beside(parts: list[Part], d: Basic, old: Basic, new: Basic) -> list[Part]:
    """Return factors with one name for another in all but a delta that says so; as they are where it is not there."""
    if (d, False) not in parts:
        return parts
    return [(f if f == d else substitute(f, {old: new}), below) for f, below in parts]


def _may_join(e: ex.Node, here: Here) -> bool:
    """Tell whether two terms have one bracket or one rest, and no sum or integral around them takes them apart."""
    if len(e.args) > MOST_JOINED:
        return False
    names = here.scope.names
    real = {r.name for r in here.scope.ranges if not r.integer}
    seen: set[tuple[str, frozenset[Part]]] = set()
    for a in (b for x in e.args for b in (x.args if isinstance(x, ex.Add) else (x,))):
        parts = split(a)[1]
        guards = frozenset(p for p in parts if not p[1] and isinstance(p[0], (ex.Iverson, ex.Delta, ex.Dirac)))
        if names and any(
            isinstance(d, ex.Dirac) for f, _ in parts if isinstance(f, (ex.Add, ex.Dirac)) for d in postorder(f)
        ):
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


def reduce_delta(e: ex.Node, here: Here) -> Move | None:
    """Decide a delta, or bring its equation into the form in which deltas that are equal look equal."""
    assert isinstance(e, ex.Delta)
    line = combination([(1, e.args[0]), (-1, e.args[1])])
    if any(isinstance(a, (ex.Delta, ex.Iverson)) for a in line.coefficients):
        for after, _ in delta_cases(e, here.scope):
            cases = Move(rules.delta_cases, e, after)
            if keeps_value(cases, here):
                return cases
    if not line.coefficients:
        if line.constant == 0:
            return Move(rules.delta_eq, e, S.One)
        return None if here.is_factor else Move(rules.delta_ne, e, S.Zero)
    if any(isinstance(a, ex.Node) and not isinstance(a, ex.Entry) for a in line.coefficients):
        for rule in NOT_LINEAR:
            move = _of_outer_factor(e, here) if rule is rules.delta_mul_zero else by_rule(rule, e, here)
            if move is not None and keeps_value(move, here):
                return move
    if not free(e).isdisjoint(here.scope.names):
        if len(free(e)) > len(frozenset().union(*map(free, line.coefficients))):
            return Move(rules.delta_arith, e, canonical_delta(e) or e)
        if not here.is_factor and has_no_solution(e, here):
            return Move(rules.delta_ne, e, S.Zero)
        return None  # the sum over the index decides it
    new = canonical_delta(e)
    if new is not None:
        return Move(rules.delta_arith, e, new)
    verdict = here.verdict(ex.Equality.make(e.args))
    if verdict is Verdict.PROVED:
        return Move(rules.delta_eq, e, S.One)
    if verdict is Verdict.REFUTED and not here.is_factor:
        return Move(rules.delta_ne, e, S.Zero)
    return None


def has_no_solution(d: Basic, here: Here) -> bool:
    """Tell whether an equation of integers has no solution, as `3*k = 1`: 3 does not divide 1."""
    line = combination([(1, d.args[0]), (-1, d.args[1])])
    values = [Fraction(c) for c in (*line.coefficients.values(), line.constant)]
    integers = all(v.denominator == 1 for v in values) and all(map(here.scope.is_integer, line.coefficients))
    if len(values) < 2 or not integers:
        return False
    return int(values[-1]) % gcd(*(int(v) for v in values[:-1])) != 0 and here.fails(ex.Equality.make(d.args))


def _of_outer_factor(e: ex.Delta, here: Here) -> Move | None:
    """Return how a delta of a product and 0 is taken apart, the factor free of bound names first."""
    ways = [f.after for f in Search().local(rules.delta_mul_zero, e, here.scope)]
    names = here.scope.names
    brackets = [[x for x in postorder(w) if isinstance(x, ex.Iverson)] for w in ways]
    first = next((w for w, b in zip(ways, brackets, strict=True) if all(free(x).isdisjoint(names) for x in b)), None)
    after = first if first is not None else next(iter(ways), None)
    return None if after is None else Move(rules.delta_mul_zero, e, after)
