"""Iverson brackets: each is 1 where its statement is true, and 0 where it is false."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.judge.same import same
from deltasift.judge.statement import conjunction, conjuncts, contrary
from deltasift.judge.tree import ONE, ZERO, Term, make
from deltasift.judge.verify.parts import factors, keys, minus, terms, value_of
from deltasift.judge.verify.question import Goal, Question, require
from deltasift.judge.verify.rational import equal


def _said(t: Term) -> list[Term]:
    """Return what a bracket says; 1 says nothing."""
    require(t.head == "Iverson" or t is ONE, "this is no bracket")
    return conjuncts(t.args[0]) if t is not ONE else []


def _integers(*parts: Term) -> Iterator[Goal]:
    for a in parts:
        yield Goal(make("IsInteger", (a,)))


def bracket_true(q: Question) -> Iterator[Goal]:
    """What is left out of a bracket is true."""
    mine, theirs = _said(q.before), _said(q.after)
    left = keys(mine)
    left.subtract(keys(theirs))
    require(all(n >= 0 for n in left.values()), "the bracket says something new")
    dropped = [s for s in mine if not any(same(s, t) for t in theirs)]
    require(dropped or len(mine) > len(theirs), "nothing is left out of the bracket")
    yield from (Goal(s) for s in dropped)


def bracket_false(q: Question) -> Iterator[Goal]:
    """The witness is part of what the brackets among the factors say together, and is false."""
    brackets = [e for e, inverse in factors(q.before)[1] if e.head == "Iverson" and not inverse]
    said = keys(s for b in brackets for s in conjuncts(b.args[0]))
    require(q.after is ZERO, "the term does not become 0")
    require(q.witness is not None and keys(conjuncts(q.witness)) <= said, "the brackets do not say so")
    assert q.witness is not None
    yield Goal(contrary(q.witness))


def bracket_and(q: Question) -> Iterator[Goal]:
    """The factors are brackets that together say the same."""
    sign, parts = factors(q.after)
    require(sign == 1 and not any(inverse for _, inverse in parts), "these are no brackets")
    require(keys(_said(q.before)) == keys(s for e, _ in parts for s in _said(e)), "the brackets say something else")
    yield from ()


def bracket_delta(q: Question) -> Iterator[Goal]:
    """The bracket says of two integers that they are equal."""
    require(q.before.head == "Iverson" and q.after.head == "Delta", "this is no delta for a bracket")
    require(same(q.before.args[0], make("Equality", q.after.args)), "the bracket says something else")
    yield from _integers(*q.after.args)


def bracket_le(q: Question) -> Iterator[Goal]:
    """Where the bracket is 1 the integers of the delta are equal, and where they are it is."""
    require(q.after.head == "Delta", "this is no delta")
    said = conjunction(_said(q.before))
    equality = make("Equality", q.after.args)
    yield from _integers(*q.after.args)
    yield from (Goal(equality, (said,)), Goal(said, (equality,)))


def bracket_not(q: Question) -> Iterator[Goal]:
    """The contrary of what is denied."""
    plain = [contrary(s.args[0]) if s.head == "Not" else s for s in _said(q.before)]
    require(keys(plain) == keys(_said(q.after)), "this is not the contrary")
    yield from ()


def bracket_or(q: Question) -> Iterator[Goal]:
    """`[P or Q] = [P] + [not P]*[Q]`."""
    statement = conjunction(_said(q.before))
    require(statement.head == "Or", "the bracket says no `or`")
    first, *others = statement.args
    rest = make("Or", others) if len(others) > 1 else others[0]
    brackets = [make("Iverson", (s,)) for s in (first, contrary(first), rest)]
    require(same(q.after, make("Add", (brackets[0], make("Mul", brackets[1:])))), "these are not the two cases")
    yield from ()


def bracket_compl(q: Question) -> Iterator[Goal]:
    """Of two terms 1 and -[P] becomes [not P], the others stay."""
    gone, new = keys(terms(q.before)), keys(terms(q.after))
    gone, new = gone - new, new - gone
    require(sum(gone.values()) == 2 and sum(new.values()) == 1 and ONE in gone, "more than one bracket is another")
    [k] = new
    brackets = [t for t in terms(q.before) if t.head == "Neg" and t.args[0].head == "Iverson"]
    found = [b for b in brackets if same(make("Iverson", (contrary(b.args[0].args[0]),)), k)]
    require(any(keys((b,)) <= gone for b in found), "this is not the contrary")
    yield from ()


def bracket_arith(q: Question) -> Iterator[Goal]:
    """Each of two brackets says what the other says."""
    mine, theirs = conjunction(_said(q.before)), conjunction(_said(q.after))
    yield from (Goal(mine, (theirs,)), Goal(theirs, (mine,)))


def bracket_zero(q: Question) -> Iterator[Goal]:
    """Where the bracket is 0 the witness holds, an equality by which the rest has a factor 0."""
    sign, parts = factors(q.before)
    other, kept = factors(q.after)
    mine, theirs = (keys(e for e, inverse in side if not inverse) for side in (parts, kept))
    gone = mine - theirs
    require(sign == other and sum(gone.values()) == 1 and not theirs - mine, "more than a bracket is another")
    require(keys(e for e, i in parts if i) == keys(e for e, i in kept if i), "a divisor is another")
    bracket = next(e for e, _ in parts if keys((e,)) <= gone)
    require(bracket.head == "Iverson" and q.witness is not None, "this is no bracket")
    assert q.witness is not None
    require(q.witness.head == "Equality", "the witness is no equality")
    apart = minus(*q.witness.args)
    bases = [_base(e) for e, inverse in kept if not inverse]
    zero = any(equal(e, apart) or equal(e, make("Neg", (apart,))) for e in bases)
    require(zero, "the rest is not 0 there")
    yield Goal(q.witness, (contrary(bracket.args[0]),))


def _base(e: Term) -> Term:
    """Return what is 0 where a power of it is."""
    exponent = value_of(e.args[1]) if e.head == "Pow" else None
    return e.args[0] if exponent is not None and exponent > 0 else e
