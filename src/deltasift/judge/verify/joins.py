"""Sums of terms beside brackets, and case distinctions: what is in force in each of the cases."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from deltasift.judge.same import key, same
from deltasift.judge.statement import conjunction, conjuncts, contrary
from deltasift.judge.tree import FALSE, ONE, TRUE, ZERO, Term, make
from deltasift.judge.verify.parts import alike, factors, guards, joined, keys, minus, normal, plus, terms, value_of
from deltasift.judge.verify.question import Goal, Question, require

MOST_REMAINDERS = 100


def piecewise_bracket(q: Question) -> Iterator[Goal]:
    """In each case, where those before it do not hold, one term is left, and is the value of the case."""
    require(q.before.head == "Piecewise", "this is no case distinction")
    cases = [c for c in zip(q.before.args[::2], q.before.args[1::2], strict=True) if c[1] is not FALSE]
    require(cases and cases[-1][1] is TRUE, "there is no last case")
    known = [s for _, c in cases for s in (c, *conjuncts(c))]
    parts = [_apart(t, known) for t in terms(q.after)]
    for k, (value, _) in enumerate(cases):
        earlier, here = [c for _, c in cases[:k]], cases[k][1]
        left = []
        for said, rest in parts:
            truth = _truth(said, earlier, here)
            require(truth is not None, "a term says something else")
            left += [rest] if truth else []
        require(alike(plus(*left), value), "a case has another value")
    for t in terms(q.after):
        yield from (Goal(make("IsInteger", (i,))) for e, _ in factors(t)[1] if e.head == "Delta" for i in e.args)


def _apart(t: Term, known: list[Term]) -> tuple[list[Term], Term]:
    """Return what a term says of the cases, and the rest of it."""
    sign, parts = factors(t)
    said, rest = [], []
    for e, below in parts:
        inside = (
            conjuncts(e.args[0]) if e.head == "Iverson" else [make("Equality", e.args)] if e.head == "Delta" else []
        )
        if inside and not below and all(any(same(s, c) or _denies(s, c) for c in known) for s in inside):
            said += inside
        else:
            rest.append((e, below))
    return said, joined(sign, rest)


def _truth(said: list[Term], earlier: list[Term], here: Term) -> bool | None:
    """Tell whether statements hold where earlier cases do not and this one does, None where that is not known."""
    said_keys = keys(said)
    if any(keys(conjuncts(c)) <= said_keys for c in earlier) or any(_denies(s, here) for s in said):
        return False
    holds = keys(conjuncts(here))
    return True if all(key(s) in holds or any(_denies(s, c) for c in earlier) for s in said) else None


def _denies(s: Term, c: Term) -> bool:
    return same(s, make("Not", (c,))) or same(s, contrary(c))


# --- terms that are joined -----------------------------------------------------------------------------------------


def bracket_add(q: Question) -> Iterator[Goal]:
    """Of the terms that differ, those before are in force just where the one after is, and have its value there."""
    mine, theirs = terms(q.before), terms(q.after)
    gone, new = _without(mine, theirs), _without(theirs, mine)
    after, value = _one(new)
    require(len(gone) > 1, "no two terms are joined")
    parts = [_guards(t) for t in gone]
    if len(parts) > 2 or (_remainder(parts[0][0]) is not None and _is_every_remainder(parts, after, value)):
        require(_is_every_remainder(parts, after, value), "these are not all remainders")
        return
    (first, u), (second, v) = parts
    if alike(plus(u, v), value):
        for known, wanted in ((first, second), (second, first), *(((after, first), (first, after)) if new else ())):
            yield from _follow(wanted, known)
        return
    require(alike(u, v) and alike(u, value) and new, "the terms have other values")
    yield Goal(contrary(conjunction(second)), tuple(first))
    yield from _follow(after, first)
    yield from _follow(after, second)
    yield from _follow(second, [*after, contrary(conjunction(first))])


def _one(new: list[Term]) -> tuple[list[Term], Term]:
    """Return what the new term says and its rest; `r - delta*r` is one term."""
    parts = [_guards(t) for t in new]
    if len(parts) == 2:
        (said, u), (more, v) = sorted(parts, key=lambda p: len(p[0]))
        extra = [s for s in more if not any(same(s, t) for t in said)]
        is_one = len(extra) == 1 and extra[0].head == "Equality" and keys(more) == keys([*said, *extra])
        require(is_one and alike(u, minus(ZERO, v)), "more than one term is new")
        return [*said, contrary(extra[0])], u
    require(len(parts) <= 1, "more than one term is new")
    return parts[0] if parts else ([], ZERO)


def _without(mine: list[Term], theirs: list[Term]) -> list[Term]:
    left = keys(mine) - keys(theirs)
    found = []
    for t in mine:
        if left[key(t)] > 0:
            left[key(t)] -= 1
            found.append(t)
    return found


def _guards(t: Term) -> tuple[list[Term], Term]:
    """Return what a term says, `1 - delta` being a statement as well, and the rest of it."""
    said, rest = guards(t)
    sign, parts = factors(rest)
    left = []
    for e, below in parts:
        inner = keys(terms(e)) if e.head == "Add" and not below else None
        deltas = [s.args[0] for s in terms(e) if s.head == "Neg" and s.args[0].head == "Delta"]
        if inner is not None and len(deltas) == 1 and sum(inner.values()) == 2 and ONE in inner:
            said.append(make("Unequal", deltas[0].args))
        else:
            left.append((e, below))
    return [s for s in said if s is not TRUE], joined(sign, left)


def _follow(wanted: list[Term], known: list[Term]) -> Iterator[Goal]:
    yield from (Goal(s, tuple(known)) for s in wanted if not any(same(s, t) for t in known))


def _remainder(said: list[Term]) -> Term | None:
    return next((s for s in said if s.head == "Divides" and value_of(s.args[0]) is not None), None)


def _is_every_remainder(parts: list[tuple[list[Term], Term]], after: list[Term], value: Term) -> bool:
    """Tell whether the terms say that a number leaves each of the remainders, and beside that what is said after."""
    found: set[int] = set()
    first = _remainder(parts[0][0])
    for said, rest in parts:
        s = _remainder(said)
        if s is None or first is None or s.args[0] is not first.args[0]:
            return False
        apart = value_of(normal(minus(s.args[1], first.args[1])))
        others = [o for o in said if o is not s]
        if apart is None or apart.denominator != 1 or keys(others) != keys(after) or not same(rest, value):
            return False
        found.add(int(apart) % int(value_of(s.args[0]) or Fraction(1)))
    divisor = value_of(first.args[0]) if first is not None else None
    is_whole = divisor is not None and divisor.denominator == 1 and 0 < divisor <= MOST_REMAINDERS
    return is_whole and len(found) == len(parts) == divisor
