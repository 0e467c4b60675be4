"""The exact decision behind `arithmetic`: equality in a field, with logarithms, entries and sums as variables."""

from __future__ import annotations

from math import comb
from typing import Any

from sympy.core.basic import Basic
from sympy.core.numbers import Rational

from deltasift.inert import Add, Div, Mul, Neg, Pow
from deltasift.line.same import Canon

HIGHEST = 64  # exponent up to which a power is multiplied out
LARGEST = 20_000  # nodes of the two sides together
MOST_TERMS = 1_000_000  # of a product before like terms are put together
MOST_BITS = 100_000  # of a coefficient

Fraction = tuple[Any, Any]


class Field:
    """Rational functions over the rationals, in atoms that are numbered by `canon`."""

    def __init__(self, atoms: list[int]) -> None:
        import flint

        self._flint = flint
        self._position = {key: i for i, key in enumerate(atoms)}
        names = [f"x{i}" for i in range(max(1, len(atoms)))]
        self._context = flint.fmpq_mpoly_ctx.get(names, "degrevlex")
        self._one = self._context.from_dict({(0,) * len(names): flint.fmpq(1)})
        self._generators = self._context.gens()

    def number(self, value: Rational) -> Fraction:
        return self._one * self._flint.fmpq(int(value.p), int(value.q)), self._one

    def atom(self, key: int) -> Fraction:
        return self._generators[self._position[key]], self._one

    @staticmethod
    def add(a: Fraction, b: Fraction) -> Fraction | None:
        """Return a sum, None where it is too large to be worked out."""
        if a[1] == b[1]:
            return a[0] + b[0], a[1]
        if not (_can_multiply(a[0], b[1]) and _can_multiply(b[0], a[1]) and _can_multiply(a[1], b[1])):
            return None
        return a[0] * b[1] + b[0] * a[1], a[1] * b[1]

    @staticmethod
    def multiply(a: Fraction, b: Fraction) -> Fraction | None:
        """Return a product, None where it is too large to be worked out."""
        if not (_can_multiply(a[0], b[0]) and _can_multiply(a[1], b[1])):
            return None
        return a[0] * b[0], a[1] * b[1]

    @staticmethod
    def equal(a: Fraction, b: Fraction) -> bool:
        """Tell whether two quotients are equal; no where that is too large to be worked out."""
        if a[1] == b[1]:
            return bool(a[0] == b[0])
        if not (_can_multiply(a[0], b[1]) and _can_multiply(b[0], a[1])):
            return False
        return bool(a[0] * b[1] == b[0] * a[1])

    @staticmethod
    def can_raise(a: Fraction, k: int) -> bool:
        """Tell whether a power is of a size that is worked out."""
        return all(
            comb(max(len(p), 1) + k - 1, k) <= MOST_TERMS
            and k * max((c.height_bits() for c in p.coeffs()), default=0) <= MOST_BITS
            for p in a
        )


def _can_multiply(p: Any, q: Any) -> bool:
    return len(p) * len(q) <= MOST_TERMS


def _is_ring(e: Basic) -> bool:
    if isinstance(e, Pow):
        exponent = e.args[1]
        return bool(exponent.is_Integer and abs(int(exponent)) <= HIGHEST)
    return isinstance(e, (Add, Mul, Neg, Div, Rational))


def equal_in_field(a: Basic, b: Basic) -> bool:
    """Tell whether two expressions are equal as rational functions of their atoms.

    A divisor that is 0 as a rational function makes the answer no, and so do powers and products of too many terms.
    """
    canon = Canon()
    atoms: list[int] = []
    seen: set[int] = set()
    stack = [a, b]
    count = 0
    while stack:
        e = stack.pop()
        count += 1
        if count > LARGEST:
            return False
        if not _is_ring(e):
            key = canon.key(e)
            if key not in seen:
                seen.add(key)
                atoms.append(key)
        else:
            stack.extend(_ring_parts(e))
    field = Field(atoms)
    left, right = _evaluate(a, field, canon), _evaluate(b, field, canon)
    return left is not None and right is not None and field.equal(left, right)


def _evaluate(expr: Basic, field: Field, canon: Canon) -> Fraction | None:
    values: dict[int, Fraction] = {}
    stack = [expr]
    while stack:
        e = stack[-1]
        parts = _ring_parts(e)
        waiting = [x for x in parts if id(x) not in values]
        if waiting:
            stack.extend(waiting)
            continue
        value = _value(e, [values[id(x)] for x in parts], field, canon)
        if value is None:
            return None
        values[id(e)] = value
        stack.pop()
    return values[id(expr)]


def _ring_parts(e: Basic) -> tuple[Basic, ...]:
    if not _is_ring(e):
        return ()
    return (e.args[0],) if isinstance(e, Pow) else e.args


def _value(e: Basic, parts: list[Fraction], field: Field, canon: Canon) -> Fraction | None:
    if not _is_ring(e):
        return field.atom(canon.key(e))
    if isinstance(e, Rational):
        return field.number(e)
    if isinstance(e, Neg):
        n, d = parts[0]
        return -n, d
    if isinstance(e, Div):
        (m, c) = parts[1]
        return None if m == 0 else field.multiply(parts[0], (c, m))
    if isinstance(e, Pow):
        n, d = parts[0]
        k = int(e.args[1])
        if (k < 0 and n == 0) or not field.can_raise(parts[0], abs(k)):
            return None
        return (n**k, d**k) if k >= 0 else (d**-k, n**-k)
    total: Fraction | None = parts[0]
    for part in parts[1:]:
        if total is None:
            return None
        total = field.add(total, part) if isinstance(e, Add) else field.multiply(total, part)
    return total
