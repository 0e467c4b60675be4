"""Kronecker deltas: each is 1 where its equation holds, and 0 where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from deltasift.judge.same import key, same
from deltasift.judge.tree import ZERO, Term, make, number
from deltasift.judge.verify.parts import alike, factors, joined, minus, replaced, terms, value_of
from deltasift.judge.verify.question import Goal, Question, require
from deltasift.judge.verify.rational import Polynomial, rational

HIGHEST_DEGREE = 40
WIDEST = 10_000  # numbers that are tried


def delta_arith(q: Question) -> Iterator[Goal]:
    """The two equations are multiples of each other."""
    mine, theirs = (_equation(t) for t in (q.before, q.after))
    require(mine is not None and theirs is not None and mine[0] == theirs[0], "this is no delta for a delta")
    assert mine is not None
    assert theirs is not None
    require(_are_multiples(mine[1], theirs[1]), "the equations differ")
    yield from ()


def _equation(t: Term) -> tuple[bool, Term] | None:
    """Return whether it is a delta, and what is 0 where its equation holds."""
    if t.head == "Delta":
        return True, minus(*t.args)
    if t.head == "Iverson" and t.args[0].head == "Unequal":
        return False, minus(*t.args[0].args)
    return None


def _are_multiples(a: Term, b: Term) -> bool:
    (n, c), (m, d) = rational(a), rational(b)
    if set(c) != {()} or set(d) != {()} or set(n) != set(m):
        return False
    return len({n[k] / m[k] for k in n}) <= 1


def delta_subst(q: Question) -> Iterator[Goal]:
    """Both have a delta of a name as a factor, and are one where the other argument stands for the name."""
    deltas = [e for e, inverse in factors(q.before)[1] if e.head == "Delta" and not inverse]
    kept = {key(e) for e, inverse in factors(q.after)[1] if not inverse}
    sides = [
        pair for d in deltas if key(d) in kept for pair in (d.args, d.args[::-1]) if pair[0].head in ("free", "bound")
    ]
    found = ([replaced(t, *pair) for t in (q.before, q.after)] for pair in sides)
    require(any(a is not None and b is not None and same(a, b) for a, b in found), "the other factors differ there")
    yield from ()


def delta_cases(q: Question) -> Iterator[Goal]:
    """The witness is a delta; with 0 for it both are one, and with 1 as well."""
    d = q.witness
    require(d is not None and d.head == "Delta", "the witness is no delta")
    assert d is not None
    apart = make("Iverson", (make("Unequal", d.args),))
    for value in (0, 1):
        sides = [_at(t, ((d, value), (apart, 1 - value))) for t in (q.before, q.after)]
        require(_alike_beside_zero(*sides), f"they differ where the delta is {value}")
    yield from ()


def _at(t: Term, values: tuple[tuple[Term, int], ...]) -> Term:
    for part, value in values:
        put = replaced(t, part, number(value))
        require(put is not None, "a derivative is taken by what the delta is of")
        assert put is not None
        t = put
    return t


def _alike_beside_zero(a: Term, b: Term) -> bool:
    """Tell whether two terms are one, where a factor 0 leaves nothing of its term."""
    return alike(*(_without_zeros(t) for t in (a, b)))


def _without_zeros(t: Term) -> Term:
    kept = [e for e in terms(t) if not any(f is ZERO and not inverse for f, inverse in factors(e)[1])]
    plain = [joined(*factors(e)) for e in kept]
    return make("Add", plain) if len(plain) > 1 else plain[0] if plain else ZERO


def delta_power(q: Question) -> Iterator[Goal]:
    """A power of a whole number is another number just where the exponents are equal, or never."""
    require(q.before.head == "Delta", "this is no delta")
    for power, value in (q.before.args, q.before.args[::-1]):
        base = value_of(power.args[0]) if power.head == "Pow" else None
        goal = value_of(value)
        if base is None or goal is None or base.denominator != 1 or base < 2:
            continue
        exponent = power.args[1]
        yield Goal(make("IsInteger", (exponent,)))
        if q.after is ZERO:
            require(goal <= 0 or not _is_power(goal, int(base)), "it is a power")
            return
        require(q.after.head == "Delta", "this is no delta")
        pairs = (q.after.args, q.after.args[::-1])
        n = next((value_of(b) for a, b in pairs if same(a, exponent) and value_of(b) is not None), None)
        require(n is not None and n.denominator == 1 and abs(n) < 1000 and base ** int(n) == goal, "another power")
        return
    require(False, "no power of a number is compared with a number")


def _is_power(value: Fraction, base: int) -> bool:
    n = max(value.numerator, value.denominator).bit_length()
    return any(Fraction(base) ** k == value for k in range(-n, n + 1))


def delta_roots(q: Question) -> Iterator[Goal]:
    """The deltas are at the integers at which a polynomial is 0: at each of them, and at no other integer."""
    require(q.before.head == "Delta", "this is no delta")
    p, below = rational(minus(*q.before.args))
    names = {a for m in p for a, _ in m}
    require(len(names) == 1 and set(below) == {()}, "this is no polynomial in one name")
    [name] = names
    require(name.head in ("free", "bound"), "this is no polynomial in a name")
    yield Goal(make("IsInteger", (name,)))
    zeros = []
    for t in terms(q.after):
        require(t.head == "Delta", "this is no sum of deltas")
        zero = next((value_of(b) for a, b in (t.args, t.args[::-1]) if a is name), None)
        require(zero is not None and zero.denominator == 1, "a delta is not at an integer")
        assert zero is not None
        zeros.append(int(zero))
    require(len(set(zeros)) == len(zeros) and set(zeros) == _integer_zeros(p, name), "the zeros are others")


def _integer_zeros(p: Polynomial, name: Term) -> set[int]:
    """Return the integers at which a polynomial is 0; they divide its last coefficient that is not 0."""
    degrees = {int(dict(m).get(name, Fraction(0))): c for m, c in p.items()}
    require(max(degrees) <= HIGHEST_DEGREE and min(degrees) >= 0, "the degree is too high")
    scale = 1
    for c in degrees.values():
        scale = scale * c.denominator // gcd(scale, c.denominator)
    whole = {n: int(c * scale) for n, c in degrees.items()}
    last = abs(whole[min(whole)])
    top = abs(whole[max(whole)])
    bound = 1 + max(abs(c) for c in whole.values()) // top + 1  # Cauchy's
    require(min(bound, last) <= WIDEST, "the numbers are too large")
    span = range(-min(bound, last), min(bound, last) + 1)
    return {k for k in span if sum(c * k**n for n, c in whole.items()) == 0}
