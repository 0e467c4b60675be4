"""Sums and products that are written out, series that are taken apart, ranges that a bracket cuts."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.judge.same import key, same
from deltasift.judge.statement import conjuncts
from deltasift.judge.tree import (
    INFINITY,
    MINUS_INFINITY,
    NAME,
    ONE,
    TRUE,
    ZERO,
    Term,
    bound,
    has,
    instantiate,
    make,
    number,
    occurs,
    shift,
)
from deltasift.judge.verify.parts import alike, factors, joined, keys, minus, plus, swapped, terms
from deltasift.judge.verify.question import Goal, Question, require
from deltasift.judge.verify.rational import rational, written

LONGEST = 100
EVERY = make("ForAll", (TRUE, NAME, MINUS_INFINITY, INFINITY))  # a binder of an integer of which nothing is known


def sum_write_out(q: Question) -> Iterator[Goal]:
    """The terms are those at each index."""
    require(q.before.head == "Sum", "this is no sum")
    mine = [t for e in _written_out(q.before) for t in terms(e)]
    require(keys(mine) == keys(terms(q.after)), "the terms are others")
    yield from _integers(q.before)


def prod_write_out(q: Question) -> Iterator[Goal]:
    """The factors are those at each index."""
    require(q.before.head == "Product", "this is no product")
    whole = joined(1, [(e, False) for e in _written_out(q.before)])
    require(same(whole, q.after), "the factors are others")
    yield from _integers(q.before)


def _integers(e: Term) -> Iterator[Goal]:
    """Yield that the ends of a range are integers, where they are finite."""
    yield from (Goal(make("IsInteger", (end,))) for end in e.args[2:] if end.head not in ("number", "infinity"))


def _written_out(e: Term) -> list[Term]:
    """Return what stands at each index of a range of numbers, or of one index."""
    body, _, lo, hi = e.args
    if same(lo, hi) and lo.head != "infinity":
        return [instantiate(body, [lo])]
    require(lo.head == hi.head == "number" and hi.value - lo.value < LONGEST, "the ends are no numbers")
    require(lo.value.denominator == hi.value.denominator == 1, "the ends are no integers")
    return [instantiate(body, [number(i)]) for i in range(int(lo.value), int(hi.value) + 1)]


def sum_telescope(q: Question) -> Iterator[Goal]:
    """The witness is a function under a sum over the same range; its difference at each index is the term there."""
    require(q.before.head == "Sum", "this is no sum")
    body, _, lo, hi = q.before.args
    require("infinity" not in (lo.head, hi.head), "an end is infinite")
    require(q.witness is not None and q.witness.head == "Sum", "nothing is handed over")
    assert q.witness is not None
    whole = q.witness.args[0]
    following = instantiate(whole, [plus(bound(0), ONE)], outside=1)
    require(alike(minus(following, whole), body), "the terms are no such differences")
    end = plus(hi, ONE)
    value = minus(*(instantiate(whole, [e]) for e in (end, lo)))
    require(alike(q.after, value), "this is not the difference of the ends")
    yield Goal(make("LessEqual", (lo, end)))
    _, below = rational(whole)
    if set(below) != {()}:
        yield Goal(make("Unequal", (written(below), ZERO)), (), (make("ForAll", (TRUE, NAME, lo, end)),))
    yield from _integers(q.before)


def series_add(q: Question) -> Iterator[Goal]:
    """The bodies of the series are the terms of the body, and each of the series exists."""
    require(q.before.head == "Sum", "this is no sum")
    parts = []
    for t in terms(q.after):
        sign, found = factors(t)
        require(len(found) == 1 and found[0][0].head == "Sum" and not found[0][1], "this is no sum of series")
        series = found[0][0]
        require(all(map(same, series.args[2:], q.before.args[2:])), "a range is another")
        parts.append(series.args[0] if sign == 1 else make("Neg", (series.args[0],)))
        yield Goal(make("Summable", (series,)))
    require(keys(parts) == keys(terms(q.before.args[0])), "the terms are others")


def series_mul(q: Question) -> Iterator[Goal]:
    """What stands beside the series times its body is the other body; the series exists."""
    for product, series in ((q.after, q.before), (q.before, q.after)):
        if series.head != "Sum":
            continue
        sign, parts = factors(product)
        for n, (inner, below) in enumerate(parts):
            if below or inner.head != "Sum" or not all(map(same, inner.args[2:], series.args[2:])):
                continue
            others = [(shift(e, 1), inverse) for m, (e, inverse) in enumerate(parts) if m != n]
            if same(joined(sign, [*others, (inner.args[0], False)]), series.args[0]):
                yield Goal(make("Summable", (inner,)))
                return
    require(False, "the body is not the product")


def series_comm(q: Question) -> Iterator[Goal]:
    """Two sums are exchanged, of which one is finite and the other a series at each index, or no term is negative."""
    outer, other = q.before, q.after
    require(outer.head == other.head == outer.args[0].head == other.args[0].head == "Sum", "these are not two sums")
    inner, last = outer.args[0], other.args[0]
    ends = [*inner.args[2:], *last.args[2:]]
    require(not any(occurs(bound(0), e) for e in ends), "a range depends on the other index")
    require(all(map(same, inner.args[2:], (shift(e, 1) for e in other.args[2:]))), "a range is another")
    require(all(map(same, last.args[2:], (shift(e, 1) for e in outer.args[2:]))), "a range is another")
    require(same(swapped(inner.args[0]), last.args[0]), "the terms are others")
    require(q.witness is not None, "nothing says why they may be exchanged")
    if q.witness is ZERO:  # no term is negative
        statement = make("LessEqual", (ZERO, inner.args[0]))
        inside = make("ForAll", (statement, NAME, *inner.args[2:]))
        yield Goal(make("ForAll", (inside, NAME, *outer.args[2:])))
        return
    finite, series = (outer, inner) if _is_infinite(inner) else (other, last)
    require(not _is_infinite(finite), "both ranges are infinite")
    yield Goal(make("ForAll", (make("Summable", (series,)), NAME, *finite.args[2:])))


def _is_infinite(e: Term) -> bool:
    return any(has(a, "infinity") for a in e.args[2:])


def sum_bracket(q: Question) -> Iterator[Goal]:
    """An index is in one range, and what the brackets say is true there, just where it is so in the other."""
    require(q.before.head == q.after.head == "Sum", "this is no sum for a sum")
    (mine, sign, rest), (theirs, other, kept) = (_system(s) for s in (q.before, q.after))
    require(sign == other and rest == kept, "more than the range is another")
    for known, wanted in ((mine, theirs), (theirs, mine)):
        for s in wanted:
            if not any(same(s, t) for t in known):
                yield Goal(s, tuple(known), (EVERY,))
    require(all(e.head != "number" or e.value.denominator == 1 for e in q.after.args[2:]), "an end is no integer")
    yield from _integers(q.after)


def _system(e: Term) -> tuple[list[Term], int, list[tuple[Term, bool]]]:
    """Return what is said of the index, and the sign and the other factors of the body."""
    body, _, *ends = e.args
    lo, hi = (shift(a, 1) for a in ends)
    sign, parts = factors(body)
    said = [s for f, below in parts if f.head == "Iverson" and not below for s in conjuncts(f.args[0])]
    said += [make("LessEqual", (lo, bound(0)))] if lo.head != "infinity" else []
    said += [make("LessEqual", (bound(0), hi))] if hi.head != "infinity" else []
    require(lo is not INFINITY and hi is not MINUS_INFINITY, "this range has nothing in it")
    rest = [(key(f), below) for f, below in parts if below or f.head != "Iverson"]
    return said, sign, sorted(rest, key=lambda part: (part[0].serial, part[1]))
