"""The one meaning of "the same line".

Two expressions are the same line when they are equal modulo associativity and commutativity of + and *, the placement
of signs, a/b = a * (1/b), and bound names. Numbers are not folded and products are not expanded.
"""

from __future__ import annotations

from typing import Any

from sympy.core.basic import Basic
from sympy.core.numbers import Integer, Rational

from deltasift.inert import Add, Div, Mul, Neg, Node, free

Names = tuple[tuple[Basic, int], ...]
Factors = tuple[tuple[int, bool], ...]


class Canon:
    """Numbers the classes of equal lines: `key(a) == key(b)` says that a and b are the same line.

    Keys of one instance are comparable with each other only.
    """

    def __init__(self) -> None:
        self._ids: dict[tuple[Any, ...], int] = {}
        self._forms: list[tuple[Any, ...]] = []
        self._memo: dict[tuple[int, Names], int] = {}
        self._alive: list[Basic] = []

    def key(self, expr: Basic) -> int:
        """Return the number of the class of `expr`."""
        stack: list[tuple[Basic, Names]] = [(expr, ())]
        root = (id(expr), self._scope(expr, ()))
        while stack:
            e, names = stack[-1]
            scope = self._scope(e, names)
            if (id(e), scope) in self._memo:
                stack.pop()
                continue
            # names that do not occur in e are left out, so that its class does not depend on where it stands
            children = self._children(e, scope)
            waiting = [(a, n) for a, n in children if (id(a), self._scope(a, n)) not in self._memo]
            if waiting:
                stack.extend(waiting)
                continue
            keys = [self._memo[id(a), self._scope(a, n)] for a, n in children]
            self._memo[id(e), scope] = self._combine(e, keys, scope)
            self._alive.append(e)
            stack.pop()
        return self._memo[root]

    def same(self, a: Basic, b: Basic) -> bool:
        """Tell whether two expressions are the same line."""
        return a is b or self.key(a) == self.key(b)

    def alike(self, a: Basic, b: Basic) -> bool:
        """Tell whether two expressions are the same line; quick where they are written alike."""
        return a == b or self.key(a) == self.key(b)

    def _scope(self, e: Basic, names: Names) -> Names:
        if not names:
            return names
        inside = free(e)
        return tuple(pair for pair in names if pair[0] in inside)

    def _children(self, e: Basic, names: Names) -> list[tuple[Basic, Names]]:
        if not isinstance(e, Node):
            return []
        if not e.binds:
            return [(a, names) for a in e.args]
        outside = tuple(pair for pair in names if pair[0] != e.args[1])
        inside = (*outside, (e.args[1], _level(names)))
        return [(e.args[0], inside), *((a, names) for a in e.args[2:])]

    # --- forms ---------------------------------------------------------------------------------------------------

    def _intern(self, form: tuple[Any, ...]) -> int:
        found = self._ids.get(form)
        if found is None:
            found = self._ids[form] = len(self._forms)
            self._forms.append(form)
        return found

    def _product(self, key: int) -> tuple[int, Factors]:
        form = self._forms[key]
        return (form[1], form[2]) if form[0] == "product" else (1, ((key, False),))

    def _make_product(self, sign: int, factors: Factors) -> int:
        one = self._intern(("number", 1))
        if factors == ((one, False),):
            factors = ()
        if sign == 1 and not factors:
            return one
        if sign == 1 and len(factors) == 1 and not factors[0][1]:
            return factors[0][0]
        return self._intern(("product", sign, tuple(sorted(factors))))

    def _quotient(self, numerator: int, denominator: int) -> int:
        sign, factors = self._product(numerator)
        if self._forms[numerator] == ("number", 1):
            factors = ()
        below, inner = self._product(denominator)
        unsigned = self._make_product(1, inner) if inner else self._intern(("number", 1))
        return self._make_product(sign * below, (*factors, (unsigned, True)))

    def _number(self, value: Rational) -> int:
        if value < 0:
            sign, factors = self._product(self._number(-value))
            return self._make_product(-sign, factors)
        if isinstance(value, Integer):
            return self._intern(("number", int(value)))
        return self._quotient(self._number(Integer(value.p)), self._number(Integer(value.q)))

    def _combine(self, e: Basic, keys: list[int], names: Names) -> int:
        if not isinstance(e, Node):
            for name, level in names:
                if name == e:
                    return self._intern(("bound", level))
            return self._number(e) if isinstance(e, Rational) else self._intern(("leaf", e))
        if isinstance(e, Neg):
            sign, factors = self._product(keys[0])
            return self._make_product(-sign, factors)
        if isinstance(e, Div):
            return self._quotient(*keys)
        if isinstance(e, Mul):
            sign = 1
            merged: list[tuple[int, bool]] = []
            for key in keys:
                s, factors = self._product(key)
                sign *= s
                merged.extend(factors)
            return self._make_product(sign, tuple(sorted(merged)))
        if isinstance(e, Add):
            terms: list[int] = []
            for key in keys:
                form = self._forms[key]
                terms.extend(form[1] if form[0] == "sum" else (key,))
            return self._intern(("sum", tuple(sorted(terms))))
        if e.binds:
            return self._intern((type(e).__name__, _level(names), *keys))
        return self._intern((type(e).__name__, *keys))


def _level(names: Names) -> int:
    """Return the number by which a name is known that is bound where `names` are."""
    return 1 + max((level for _, level in names), default=0)


def same(a: Basic, b: Basic) -> bool:
    """Tell whether two expressions are the same line."""
    return a is b or Canon().same(a, b)
