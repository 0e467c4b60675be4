"""Steps by coded rules, and the same made wrong: a sign, a factor, a term, a number or an end of what the rule made.

The uses are those that collapsing cases makes, each in the sums and integrals in which it was found, and a few lines by
hand for what no collapse uses: a definition, and the rules of order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from sympy import Integer, expand, oo
from sympy.core.basic import Basic

from deltasift import (
    Derivation,
    Sum,
    calc,
    define,
    index,
    log,
    opposite_order,
    positive,
    real,
    rules,
    same_order,
    sizes,
    step,
)
from deltasift.calc import Page, Step, page_of
from deltasift.check import check
from deltasift.domain import Domain, closure
from deltasift.inert import Add, Derivative, Dirac, Integral, Mul, Pow, free, postorder
from deltasift.inert.bridge import to_sympy
from deltasift.judge.term import UnreadableError, read, same
from deltasift.rule import Method
from deltasift.use import Run, Use

from . import pages
from .drawn import compared
from .pages import Worlds
from .uses import Application, altered, uses

N = sizes("N")
n = index("n", 1, N)
a, s, t = real("a"), positive("s"), positive("t")
b = real("b", n)
w = define("w", Sum(b[n] * a, n))
BY_HAND: dict[str, tuple[Derivation, ...]] = {
    "definition": (calc(w * 2, step(Sum(b[n] * a, n) * 2, by=rules.definition)),),
    "order_add_const": (calc(s + 3, same_order(s, s, by=rules.order_add_const)),),
    "order_mul_pos": (calc(t * a, same_order(a, a, by=rules.order_mul_pos)),),
    "order_comp_strict_mono": (calc(log(s), same_order(s, s, by=rules.order_comp_strict_mono)),),
    "argmax_eq_argmin_neg": (calc(a**3, opposite_order(-(a**3), a, by=rules.argmax_eq_argmin_neg)),),
}
FEW = 3  # uses of a rule
FINITE = {-oo: Integer(-7), oo: Integer(8)}  # what stands for the ends of an infinite range around a use


@dataclass(frozen=True)
class CodedUse:
    """A step by one use of a coded rule."""

    before: Basic
    after: Basic
    use: Use
    facts: tuple[Basic, ...] = ()
    given: tuple[Domain, ...] = ()
    relation: str = "="
    varying: Basic | None = None

    @property
    def run(self) -> Run:
        return Run(self.before, self.after, False, (self.use,))

    @property
    def page(self) -> Page:
        """A page with this step."""
        rule = self.use.rule
        assert isinstance(rule, Method)
        proof = Derivation(
            self.before, (Step(self.after, (rule,), self.relation, self.varying),), frozenset(self.given)
        )
        return replace(page_of(proof), name="generated", assumptions=self.facts)

    def altered(self) -> Iterator[CodedUse]:
        """Yield it with what the rule made altered."""
        for new in altered(self.use.after):
            after = _put(self.after, self.use.path, new)
            if _is_expression(after) and not same(read(after), read(self.after)):
                yield replace(self, after=after, use=replace(self.use, after=new))

    def is_harmless(self, right: CodedUse) -> bool:
        """Tell by values whether it makes what the right one makes wherever that has a value."""
        return self._compared(right.use.after, self.use.after) == "true"

    def is_wrong(self) -> bool:
        """Tell by values whether its line has another value than the line before, or none."""
        return self._compared(self.before, self.after) == "wrong"

    def _compared(self, before: Basic, after: Basic) -> str:
        if not self.given:
            return compared(before, after, self.facts, "altered").kind
        worlds = Worlds(closure(self.given), self.facts, frozenset(), "altered")
        relation = "=" if self.relation == "=" else "same order"
        return pages.compared(worlds, before, after, relation, self.varying, 40).kind


@cache
def coded_uses(name: str) -> tuple[CodedUse, ...]:
    """Return a few uses of a coded rule, of different sizes."""
    found = [_by_hand(d) for d in BY_HAND.get(name, ())]
    every = sorted(filter(_has_a_value, uses(name)), key=lambda x: len(str(x.before)))
    kept = every if len(every) <= FEW else [every[i * (len(every) - 1) // (FEW - 1)] for i in range(FEW)]
    return (*found, *map(_in_place, kept))


def _by_hand(d: Derivation) -> CodedUse:
    (made,) = d.steps
    line = check(d, layers=("structure",)).lines[1]
    assert not line.problems, line.problems
    ((use,),) = (run.uses for run in line.runs)
    return CodedUse(d.start, made.expr, use, (), tuple(page_of(d).domains), made.relation, made.varying)


def _has_a_value(x: Application) -> bool:
    """Tell whether no two point masses at one distance from each other are multiplied, which has no value."""
    for product in (e for e in postorder(x.before) if isinstance(e, Mul)):
        masses = [d for d in postorder(product) if isinstance(d, Dirac)]
        for a, b in combinations(masses, 2):
            apart = expand(to_sympy(a.args[0] - b.args[0]))
            if apart.is_number:
                return False
    return True


def _in_place(x: Application) -> CodedUse:
    """Return a use in the sums and integrals in which it was found, each beside a weight and with finite ends.

    So it matters where and how large what is summed is. The integral of a free point mass is taken.
    """
    before, after, names = x.before, x.after, tuple(r.name for r in x.scope.ranges)
    for r in reversed(x.scope.ranges):
        head = Sum if r.integer else Integral
        lo, hi = (FINITE.get(end, end) for end in (r.lo, r.hi))
        weight = Add.make((Pow.make((r.name, Integer(3))), Mul.make((Integer(5), r.name)), Integer(711)))
        before, after = (head.make((Mul.make((weight, e)), r.name, lo, hi)) for e in (before, after))
    path = (0, 1) * len(names)
    free_masses = [d for d in postorder(x.before) if isinstance(d, Dirac)]
    if free_masses and not any(not r.integer for r in x.scope.ranges):
        variable = next((v for v in sorted(free(free_masses[0].args[0]), key=str) if v not in names), None)
        if variable is not None and not isinstance(x.before, Integral):
            weight = Add.make((Pow.make((variable, Integer(2))), Integer(7)))
            before, after = (
                Integral.make((Mul.make((weight, e)), variable, Integer(-9), Integer(11))) for e in (before, after)
            )
            path, names = (0, 1, *path), (variable, *names)
    rule = x.rule
    use = Use(rule, None, path, names, x.before, x.after, x.values, x.added, x.witness)
    return CodedUse(before, after, use, tuple(x.scope.assumed), tuple(x.scope.domains.values()))


def _is_expression(e: Basic) -> bool:
    try:
        read(e)
    except UnreadableError:
        return False
    orders = (d.args[2] for d in postorder(e) if isinstance(d, Derivative))
    return all(not order.is_Rational or (order.is_Integer and order > 0) for order in orders)


def _put(e: Basic, path: tuple[int, ...], new: Basic) -> Basic:
    if not path:
        return new
    i, *rest = path
    return e.rebuild((*e.args[:i], _put(e.args[i], tuple(rest), new), *e.args[i + 1 :]))
