"""A side of a rule with its variables filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from deltasift.inert import Equality, Less, LessEqual
from deltasift.judge.record import RejectedError, Value
from deltasift.judge.term import BINDERS, NAME, ONE, Term, instantiate, key, leaves, make, number, occurs, read, shift
from deltasift.rule import Bound, End, Fn, Int, Rule, Variable

Kinds = Mapping[str, type[Variable]]


@dataclass(frozen=True)
class Sides:
    """A statement of a rule as terms; the variables are free names."""

    left: Term
    right: Term
    conditions: tuple[Term, ...]


@lru_cache(maxsize=2_000)
def sides(rule: Rule, statement: int) -> Sides:
    """Return a statement as the rule is read, from left to right or from right to left."""
    s = rule.statements[statement]
    if type(s.relation) not in (Equality, LessEqual, Less):
        raise RejectedError(f"{s.relation} is no equality and no inequality")
    left, right = (s.rhs, s.lhs) if rule.is_reversed else (s.lhs, s.rhs)
    return Sides(read(left), read(right), tuple(read(c) for c, _ in s.conditions))


@dataclass(frozen=True)
class Filling:
    """How the variables of a rule are filled in.

    Attributes
    ----------
    kinds : mapping from names to kinds
        The variables.
    values : mapping from names to values
        As they read outside of the rule's own binders.
    added : bool
        Whether the rule's own sums of integers, such as `lo + c`, are added up.
    drops : bool
        Whether a function that stands for 1 leaves a product, and a sum under a minus is taken apart.
    """

    kinds: Kinds
    values: Mapping[str, Value]
    added: bool = False
    drops: bool = False

    def fill(self, t: Term, depth: int = 0) -> Term:
        """Return a part of a rule, inside of so many of the rule's own binders, filled in."""
        if t.head == "free":
            return self._variable(t, depth)
        if t.head == "Apply" and self._is_function(t.args[0]):
            return self._function(t, depth)
        if self.drops and t.head in ("Mul", "Add"):
            return self._dropped(t, depth)
        inner = [a if a is NAME else self.fill(a, depth + (i == 0 and t.head in BINDERS)) for i, a in enumerate(t.args)]
        new = make(t.head, inner, t.value)
        if t.head == "Derivative":
            self._check_derivative(t, inner[1], depth)
        return added_up(new) if self.added and self._is_integer_sum(t) else new

    def _check_derivative(self, t: Term, by: Term, depth: int) -> None:
        """Refuse values that vary with what a derivative is taken by: d/dx of c*x is c, but not where c is x."""
        old, new = (e.args[0] if e.args else e for e in (t.args[1], by))
        if new.head not in ("free", "bound"):
            raise RejectedError("a derivative by what is no name")
        others = {leaf.value.name for leaf, _ in leaves(t) if leaf.head == "free"} - {str(old.value)}
        for name in others & self.values.keys():
            count, value = self.values[name]
            if occurs(shift(new, count), shift(value, depth, count)):
                raise RejectedError(f"what stands for {name} varies with what a derivative is taken by")

    def _value(self, name: str) -> Value:
        if name not in self.values:
            raise RejectedError(f"it is not said what {name} stands for")
        return self.values[name]

    def _variable(self, t: Term, depth: int) -> Term:
        name = t.value.name
        if name not in self.kinds:
            return t
        count, value = self._value(name)
        if count or self.kinds[name] is Fn:
            raise RejectedError(f"{name} stands for a function where a value is")
        return shift(value, depth)

    def _is_function(self, t: Term) -> bool:
        return self.kinds.get(t.value.name) is Fn

    def _function(self, t: Term, depth: int) -> Term:
        name = t.args[0].value.name
        count, body = self._value(name)
        if count != len(t.args) - 1:
            raise RejectedError(f"{name} stands for a function of {count} arguments")
        return instantiate(body, [self.fill(a, depth) for a in t.args[1:]], outside=depth)

    def _dropped(self, t: Term, depth: int) -> Term:
        parts: list[Term] = []
        for a in t.args:
            value = self.fill(a, depth)
            if t.head == "Mul" and value is ONE and a.head == "Apply":
                continue
            if t.head == "Add" and a.head == "Neg" and self._is_variable(a.args[0]) and value.args[0].head == "Add":
                parts += [make("Neg", (x,)) for x in value.args[0].args]
            else:
                parts.append(value)
        new = make(t.head, parts) if len(parts) > 1 else parts[0] if parts else ONE
        return added_up(new) if self.added and self._is_integer_sum(t) else new

    def _is_variable(self, t: Term) -> bool:
        """Tell whether a part of a rule is a variable, or a function that is one at its arguments."""
        return t.head == "free" or (t.head == "Apply" and self._is_function(t.args[0]))

    def _is_integer_sum(self, t: Term) -> bool:
        """Tell whether a part of a rule is a sum of the names of integers and of numbers."""
        if t.head != "Add" or all(a.head == "number" for a in t.args):
            return False
        return all(self._is_integer(a.args[0] if a.head == "Neg" else a) for a in t.args)

    def _is_integer(self, a: Term) -> bool:
        if a.head == "free":
            return self.kinds.get(a.value.name) in (Int, End, Bound)
        return a.head == "bound" or (a.head == "number" and a.value.denominator == 1)


def added_up(t: Term) -> Term:
    """Return a sum with its numbers added and like terms collected; of integers it is the same number."""
    constant = Fraction(0)
    many: dict[Term, Fraction] = {}
    written: dict[Term, Term] = {}
    todo = [(Fraction(1), t)]
    while todo:
        by, e = todo.pop()
        if e.head == "number":
            constant += by * e.value
        elif e.head == "Add":
            todo += [(by, a) for a in reversed(e.args)]
        elif e.head == "Neg":
            todo.append((-by, e.args[0]))
        elif e.head == "Mul" and len(e.args) == 2 and e.args[0].head == "number":
            todo.append((by * e.args[0].value, e.args[1]))
        else:
            k = key(e)
            written.setdefault(k, e)
            many[k] = many.get(k, Fraction(0)) + by
    parts = [_times(c, written[k]) for k, c in many.items() if c]
    if constant or not parts:
        parts.append(number(constant))
    return parts[0] if len(parts) == 1 else make("Add", parts)


def _times(c: Fraction, t: Term) -> Term:
    if abs(c) == 1:
        return t if c == 1 else make("Neg", (t,))
    return make("Mul", (number(c), t))
