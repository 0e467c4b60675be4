"""The parts of a term: its factors, its terms, what a statement says, its numbers worked out, one part for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import ceil, floor
from operator import eq, le, lt, ne

from sympy import Symbol

from deltasift.judge.same import key
from deltasift.judge.statement import OF_EXISTENCE, conjuncts
from deltasift.judge.tree import BINDERS, FALSE, ONE, TRUE, ZERO, Term, bound, folded, leaves, make, number, shift
from deltasift.judge.verify.rational import ARITHMETIC, TooLongError, constant, equal, rational, scaled, written

Factor = tuple[Term, bool]  # and whether it is a divisor
TABLES = frozenset(("Entry", "Apply", "RowName"))  # of what their first argument names


# --- products and sums ---------------------------------------------------------------------------------------------


def factors(t: Term) -> tuple[int, list[Factor]]:
    """Return the sign of a product and its factors; a divisor that is a product is one factor."""
    sign, found, todo = 1, [], [t]
    while todo:
        e = todo.pop()
        if e.head == "Neg":
            sign = -sign
            todo.append(e.args[0])
        elif e.head == "Mul":
            todo += reversed(e.args)
        elif e.head == "Div":
            below, others = factors(e.args[1])
            sign *= below
            found += [(joined(1, others), True)]
            todo.append(e.args[0])
        elif e.head == "number" and e.value < 0:
            sign = -sign
            found += [] if e.value == -1 else [(number(-e.value), False)]
        elif e is not ONE:
            found.append((e, False))
    return sign, found


def joined(sign: int, parts: Iterable[Factor]) -> Term:
    """Return a product of factors and divisors."""
    parts = list(parts)
    above = [e for e, inverse in parts if not inverse]
    below = [e for e, inverse in parts if inverse]
    t = make("Mul", above) if len(above) > 1 else above[0] if above else ONE
    for e in below:
        t = make("Div", (t, e))
    return t if sign == 1 else make("Neg", (t,))


def terms(t: Term) -> list[Term]:
    """Return the terms of a sum, each with its sign."""
    found: list[Term] = []
    todo = [(t, False)]
    while todo:
        e, minus = todo.pop()
        if e.head == "Add":
            todo += [(a, minus) for a in reversed(e.args)]
        elif e.head == "Neg":
            todo.append((e.args[0], not minus))
        elif e.head == "Mul" and (behind := _behind_signs(e)) is not None:
            todo.append((behind[1], minus != (behind[0] < 0)))
        elif e is not ZERO:
            found.append(make("Neg", (e,)) if minus else e)
    return found


def _behind_signs(t: Term) -> tuple[int, Term] | None:
    """Return the sign and the one factor of a product that beside it has only factors -1, None of another product."""
    sign, found = factors(t)
    return (sign, found[0][0]) if len(found) == 1 and not found[0][1] and found[0][0] is not t else None


def keys(parts: Iterable[Term]) -> Counter[Term]:
    """Return parts as a multiset in which equal lines are one."""
    return Counter(map(key, parts))


def plus(*parts: Term) -> Term:
    return make("Add", parts) if len(parts) > 1 else parts[0] if parts else ZERO


def minus(a: Term, b: Term) -> Term:
    return make("Add", (a, make("Neg", (b,))))


def times(*parts: Term) -> Term:
    return make("Mul", parts) if len(parts) > 1 else parts[0] if parts else ONE


def over(a: Term, b: Term) -> Term:
    return make("Div", (a, b))


def to_the(a: Term, n: Term | int) -> Term:
    return make("Pow", (a, number(n) if isinstance(n, int) else n))


# --- statements ----------------------------------------------------------------------------------------------------


def guards(t: Term) -> tuple[list[Term], Term]:
    """Return what the brackets and Kronecker deltas among the factors of a term say, and the rest of it."""
    sign, parts = factors(t)
    said: list[Term] = []
    rest: list[Factor] = []
    for e, inverse in parts:
        if e.head == "Iverson" and not inverse:
            said += conjuncts(e.args[0])
        elif e.head == "Delta" and not inverse:
            said.append(make("Equality", e.args))
        else:
            rest.append((e, inverse))
    return said, joined(sign, rest)


# --- one part for another ------------------------------------------------------------------------------------------


def rebuilt(t: Term, change: Callable[[Term, int], Term | None]) -> Term:
    """Return a term in which `change(part, binders between)` stands for each part of which it is not None."""
    memo: dict[tuple[Term, int], Term] = {}
    todo = [(t, 0)]
    while todo:
        e, level = todo[-1]
        if (e, level) in memo:
            todo.pop()
            continue
        new = change(e, level)
        if new is not None:
            memo[e, level] = new
            continue
        parts = [(a, level + (i == 0 and e.head in BINDERS)) for i, a in enumerate(e.args)]
        waiting = [p for p in parts if p not in memo]
        if waiting:
            todo += waiting
            continue
        memo[e, level] = make(e.head, [memo[p] for p in parts], e.value) if e.args else e
        todo.pop()
    return memo[t, 0]


def replaced(t: Term, part: Term, value: Term) -> Term | None:
    """Return a term with a value for a part wherever that stands in it; None where that is no matter of values."""
    shifted: dict[int, tuple[Term, Term]] = {}
    varied: list[Term] = []

    def change(e: Term, level: int) -> Term | None:
        if level not in shifted:
            shifted[level] = shift(part, level), shift(value, level)
        old, new = shifted[level]
        if e.head == "Derivative" and occurs_in(old, e):
            by = e.args[1]
            name = by.args[0] if by.args else by
            if occurs_in(old, by) or occurs_in(name, old) or occurs_in(name, new):
                varied.append(e)  # the value would vary with it, or the part did
        if e.head in TABLES and e.args[0] is old:
            varied.append(e)  # there it names a table or a function, whatever number has that name, too
        return new if e is old or (e.args and old.args and key(e) is key(old)) else None

    found = rebuilt(t, change)
    return None if varied else found


def occurs_in(part: Term, t: Term) -> bool:
    """Tell whether a part stands in a term."""
    found = False

    def look(e: Term, level: int) -> Term | None:
        nonlocal found
        found = found or e is shift(part, level)
        return e if found else None

    rebuilt(t, look)
    return found


def has_mass(t: Term) -> bool:
    """Tell whether a Dirac delta in the innermost loose name stands in a term."""
    found = False

    def look(e: Term, level: int) -> Term | None:
        nonlocal found
        found = found or (e.head == "Dirac" and occurs_in(bound(level), e))
        return e if found else None

    rebuilt(t, look)
    return found


def abstracted(t: Term, name: Term) -> Term:
    """Return a term with one more binder around it, whose name stands where a free or bound name stood."""
    return rebuilt(shift(t, 1), lambda e, level: bound(level) if e is shift(name, level + 1) else None)


def swapped(t: Term) -> Term:
    """Return a term with its two innermost loose indices exchanged."""

    def change(e: Term, level: int) -> Term | None:
        return bound(level + 1 - (e.value - level)) if e.head == "bound" and level <= e.value < level + 2 else None

    return rebuilt(t, change)


def sees(t: Term, index: int) -> bool:
    """Tell whether a loose index stands in a term."""
    return occurs_in(bound(index), t)


def names_in(t: Term, definition: Callable[[Symbol], tuple[int, Term] | None]) -> frozenset[Term]:
    """Return the free names and the loose indices in a term, and the names that its definitions bring along."""
    found: set[Term] = set()
    todo = [(leaf, level) for leaf, level in leaves(t)]
    while todo:
        leaf, level = todo.pop()
        if leaf.head == "bound" and leaf.value >= level:
            found.add(bound(leaf.value - level))
        elif leaf.head == "free" and leaf not in found:
            found.add(leaf)
            defined = definition(leaf.value)
            todo += [x for x in leaves(defined[1]) if x[0].head == "free"] if defined is not None else []
    return frozenset(found)


# --- numbers -------------------------------------------------------------------------------------------------------

OF_NUMBERS: Mapping[str, Callable[..., Fraction]] = {
    "Max": max,
    "Min": min,
    "Abs": abs,
    "floor": lambda a: Fraction(floor(a)),
    "ceiling": lambda a: Fraction(ceil(a)),
    "sign": lambda a: Fraction((a > 0) - (a < 0)),
    "Heaviside": lambda a: Fraction((a > 0) - (a < 0) + 1, 2),
}
ORDERS: Mapping[str, Callable[..., bool]] = {"Less": lt, "LessEqual": le, "Equality": eq, "Unequal": ne}
AT_ZERO = {"cos": ONE, "cosh": ONE, "sin": ZERO, "sinh": ZERO, "tan": ZERO, "tanh": ZERO, "atan": ZERO}


def value_of(t: Term) -> Fraction | None:
    """Return the rational number that a term is by arithmetic, None if it is none."""
    if t.head == "number":
        return t.value  # type: ignore[no-any-return]
    if t.head in ("Add", "Mul", "Neg", "Div", "Pow"):
        try:
            return constant(rational(t))
        except (ZeroDivisionError, TooLongError):
            return None
    return None


def normal(t: Term) -> Term:
    """Return a term with sums and products multiplied out, and what functions make of numbers worked out."""
    memo: dict[Term, Term] = {}

    def value(e: Term) -> Term:
        if e.head in OF_EXISTENCE:  # of an expression as it is written
            return e
        return _multiplied_out(_worth(make(e.head, [memo[a] for a in e.args], e.value)))

    return folded(t, memo, value, lambda e: e.head not in OF_EXISTENCE)


def _multiplied_out(e: Term) -> Term:
    if e.head not in ARITHMETIC:
        return e
    try:
        above, below = rational(e)
    except (TooLongError, ZeroDivisionError):
        return e
    first = min(below, key=lambda m: [(a.serial, e) for a, e in m])
    n, d = (written(scaled(p, 1 / below[first])) for p in (above, below))
    return n if set(below) == {()} else over(n, d)


def alike(a: Term, b: Term) -> bool:
    """Tell whether two terms are one by arithmetic, in their parts as well, wherever both have a value."""
    m, n = normal(a), normal(b)
    return m is n or equal(m, n)


HALF = number(Fraction(1, 2))
SINES = {  # of so many half turns
    Fraction(0): ZERO,
    Fraction(1, 6): HALF,
    Fraction(1, 4): make("Div", (make("Pow", (number(2), HALF)), number(2))),
    Fraction(1, 3): make("Div", (make("Pow", (number(3), HALF)), number(2))),
    Fraction(1, 2): ONE,
}


def _of_angle(name: str, angle: Term) -> Term | None:
    """Return a sine, cosine or tangent of an angle that is known, or of the angle without whole half turns."""
    if name == "tan":
        parts = [_of_angle(f, angle) for f in ("sin", "cos")]
        known = [p for p in parts if p is not None]
        return over(*known) if len(known) == 2 and known[1] is not ZERO else None
    n, d = rational(angle)
    turn = ((make("constant", (), "pi"), Fraction(1)),)
    turns = n.get(turn, Fraction(0)) / d[()] if set(d) == {()} else Fraction(0)
    whole = floor(turns + Fraction(1, 2))
    rest = {m: c for m, c in n.items() if m != turn}
    value = _of_inverse(name, over(written(rest), written(d))) if rest else None
    if not rest:
        left = turns - whole
        value = SINES.get(abs(left) if name == "sin" else Fraction(1, 2) - abs(left))
        value = make("Neg", (value,)) if value is not None and name == "sin" and left < 0 else value
    elif turns == whole and value is None and whole:
        value = make("Func", (make("text", (), name), over(written(rest), written(d))))
    elif turns != whole:
        return None
    return value if value is None or whole % 2 == 0 else make("Neg", (value,))


def _of_inverse(name: str, angle: Term) -> Term | None:
    """Return a sine or cosine of an inverse function, or of its negative."""
    sign, found = factors(_multiplied_out(angle))
    if len(found) != 1 or found[0][1] or found[0][0].head != "Func":
        return None
    _, u = found[0][0].args if len(found[0][0].args) == 2 else (ZERO, ZERO)
    inverse = found[0][0].args[0].value
    if inverse not in ("asin", "acos"):
        return None
    other = make("Pow", (minus(ONE, times(u, u)), HALF))
    value = u if inverse == "a" + name else other
    return value if name == "cos" or sign == 1 else make("Neg", (value,))


def _worth(e: Term) -> Term:
    if e.head in ("Log", "Exp") and e.args[0].head in ("Log", "Exp") and e.head != e.args[0].head:
        return e.args[0].args[0]
    if e.head == "Func" and e.args[0].value in ("sin", "cos", "tan"):
        known = _of_angle(e.args[0].value, e.args[1])
        return e if known is None else known
    values = [value_of(a) for a in e.args if a.head != "text"]
    if e.head == "Pow" and values[0] == 1:
        return ONE
    if e.head == "Iverson" and e.args[0].head == "truth":
        return ONE if e.args[0] is TRUE else ZERO
    if not values or None in values:
        return e
    if e.head in ORDERS:
        return TRUE if ORDERS[e.head](*values) else FALSE
    if e.head == "Log" and values == [1]:
        return ZERO
    if e.head == "Exp" and values == [0]:
        return ONE
    if e.head == "Delta":
        return ONE if values[0] == values[1] else ZERO
    if e.head == "Func":
        name = e.args[0].value
        if name in OF_NUMBERS:
            return number(OF_NUMBERS[name](*values))
        if values == [0] and name in AT_ZERO:
            return AT_ZERO[name]
    return e
