"""Uses of coded rules: those that collapsing some of the cases makes, with ways to alter what they made."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import cache
from typing import Any, ClassVar

from sympy import Integer, S, Symbol
from sympy.core.basic import Basic

from deltasift import rules
from deltasift.check import check, checker
from deltasift.check.structure import StepChecker
from deltasift.derive import collapse
from deltasift.domain import closure, density, index, pmf, real, sizes
from deltasift.errors import DeltasiftError
from deltasift.inert import (
    Add,
    Apply,
    Delta,
    Derivative,
    Dirac,
    Entry,
    Equality,
    Exp,
    Func,
    Integral,
    Iverson,
    Less,
    LessEqual,
    Mul,
    Neg,
    Node,
    Or,
    Pow,
    Sum,
    free,
    postorder,
)
from deltasift.judge.term import read, same
from deltasift.judge.tree import UnreadableError
from deltasift.judge.verify.parts import alike
from deltasift.line.scope import Range, Scope
from deltasift.match.application import Application
from deltasift.rule import Under

from .cases import Case, load
from .lines import Given, value
from .values import NotCovered, Undefined

# A few cases for each of the rules, short ones where there are many.
IDS = """
cap-13 cdb-12 cdb-13 ch-16 ch-22 ch-23 ch-36 cheb-5 cheb-8 cor-13 cor-14 cor-15 cor-33 cor-34 cor-37 der-05 der-17
deriv-01 deriv-02 deriv-05 deriv-07 deriv-09 deriv-10 deriv-11 di-24 di-29 dir-20 dir-21 dir-30 dir-40 dirac-21
dirac-45 dirac-46 dirac-55 dirac-65 dirac-68 dirac-71 emp-03 emp-05 emp-07 emp-08 emp-20 ex-02 ex-10 fin-06
gh-13993b gh-13994 gh-17215 gh-27108r gh-27592 gh-27592r gh-29867 gh-448 gh-4523 gh-6967 lin-37 lin-38 maple-18
maple-18b more-28 more-29 mse-circle-f mse-dirac-jac mul-11 mul-13 non-01 non-02 non-03 non-06 non-08 non-10 non-14
non-15 non-20 one-02 one-19 pow-20 pow-40 qn-6 sp-10 sp-12 sp-14 sp-20 sum-46 sum-60 sum-62 td-18 td-19 td-20 td-21
td-23 td-25 td-26
"""
CASES = frozenset(IDS.split())

a, b, f, x, y = (Symbol(name) for name in "abfxy")
i, j, m, n = (Symbol(name, integer=True) for name in "ijmn")
size = sizes("K")
K, ROW, U = index("k", 1, size), index("r", 1, 3), real("u")
P, Q, DENSITY = pmf("p", K), pmf("q", K, given=ROW), density("g")
# Of rules that no case needs.
EXAMPLES = {
    "deriv_deriv": (Derivative(x**3, x, 2), Derivative(Apply(f, x), x, 3)),
    "deriv_function": (Derivative(Func("sin", x * y), x), Derivative(Func("sigma", x**2 + 1), x)),
    "derivative_at": (Integral(Dirac(x - 1) * Derivative(Apply(f, x), x), (x, 0, 2)),),
    "dirac_ne": (Dirac(Integer(-3)), Dirac(y - y - 1), Dirac(S.Half, 1)),
    "derivative_step": (Derivative(Func("Heaviside", 3 - 2 * x), x), Derivative(Func("Heaviside", x * y + 1), x, 2)),
    "integral_step": (Integral(Func("Heaviside", 3 - 2 * x) * x, (x, 0, y)),),
    "bracket_or": (Iverson(Or(Less(i, j), LessEqual(2, n))), Iverson(Or(Less(i, j), Equality(i, n), Less(m, 3)))),
    "series_comm": (
        Sum(Sum(Entry(a, i, j), (j, 1, S.Infinity)), (i, 1, n)),
        Sum(Sum(Entry(a, i, j), (j, 1, n)), (i, S.NegativeInfinity, S.Infinity)),
    ),
    "series_mul": (
        Sum(Entry(b, m) * Entry(a, i) * 2, (i, 1, S.Infinity)),
        Entry(b, m) * Sum(Entry(a, i) / 3, (i, 0, S.Infinity)),
    ),
    "sum_pmf": (Sum(P[K], K), Sum(Q[ROW, K], K)),
    "integral_density": (Integral(DENSITY(U), U),),
    "integral_gauss": (Integral(x**2 * Exp(-((x - 2) ** 2) / 2), (x, S.NegativeInfinity, S.Infinity)),),
    "sum_telescope": (
        Sum(1 / (i * (i + Integer(1))), (i, 1, n)),
        Sum(Entry(a, i + Integer(1)) - Entry(a, i), (i, 0, n)),
        Sum(i**3 - y * i, (i, m, n)),
    ),
    "eq_of_given": (2 * Entry(a, i), Apply(f, x)),
}
ASSUMED = {"eq_of_given": (Equality(2 * Entry(a, i), y + Integer(1)), Equality(Apply(f, x), 3 * y))}


def _by_hand(name: str) -> Iterator[Application]:
    """Yield the uses of a rule on its examples, with what they need for a fact."""
    rule = rules.METHODS[name]
    for e in EXAMPLES[name]:
        scope = Scope(closure(e.given), assumed=ASSUMED.get(name, ()))
        for after, conditions, witness in rule.uses(e, scope):
            yield Application(rule, (), e, after, conditions, scope.assuming(*conditions), witness=witness)


class _Recorder(StepChecker):
    """Keeps what the structural check accepts."""

    case = ""
    found: ClassVar[list[tuple[str, Application]]] = []

    def _with_proofs(self, number: str, before: Basic, step: Any, lines: Any) -> Any:
        self.found.extend((self.case, x) for _, chain in lines for x in chain)
        return super()._with_proofs(number, before, step, lines)


@cache
def _recorded(ids: frozenset[str]) -> tuple[tuple[str, Application], ...]:
    """Return what collapsing some cases uses, each with its case."""
    _Recorder.found = []
    plain, checker.StepChecker = checker.StepChecker, _Recorder  # type: ignore[misc]
    try:
        for case in load():
            if case.id in ids:
                _Recorder.case = case.id
                with suppress(DeltasiftError):  # some have no value
                    check(collapse(case.expr, facts=case.known), layers=("structure",))  # which asks the recorder
    finally:
        checker.StepChecker = plain  # type: ignore[misc]
    return tuple(_Recorder.found)


def _name(x: Application) -> str:
    return (x.rule.rule if isinstance(x.rule, Under) else x.rule).name


def uses(name: str, ids: frozenset[str] = CASES) -> list[Application]:
    """Return the uses of a coded rule."""
    by_hand = list(_by_hand(name)) if name in EXAMPLES else []
    return [*by_hand, *(x for _, x in _recorded(ids) if _name(x) == name)]


def cases_with(name: str) -> list[Case]:
    """Return the cases in which a coded rule is used."""
    ids = {case for case, x in _recorded(CASES) if _name(x) == name}
    return [c for c in load() if c.id in ids]


def is_another(x: Application, altered: Application) -> bool:
    """Tell whether an alteration is one: not the same by arithmetic."""
    levels = {r.name: level for level, r in enumerate(x.scope.ranges)}
    try:
        a, b = (read(y.after, levels, len(levels)) for y in (x, altered))
    except UnreadableError:
        return False
    return not same(a, b) and not alike(a, b)


def altered(e: Basic) -> Iterator[Basic]:
    """Yield an expression with a sign, a factor, a term, a number or an end changed, one left out or one more."""
    yield from (Neg.make((e,)), Mul.make((Integer(2), e)), Add.make((e, S.One)), S.Zero)
    yield from _in_parts(e)


def _in_parts(e: Basic) -> Iterator[Basic]:
    if not isinstance(e, Node):
        if e.is_Rational:
            yield from (e + 1, -e if e != 0 else S.NegativeOne)
        elif isinstance(e, Symbol):
            yield Add.make((e, S.One))
        return
    if isinstance(e, (Add, Mul)):
        for i, a in enumerate(e.args):
            rest = e.args[:i] + e.args[i + 1 :]
            yield rest[0] if len(rest) == 1 else e.rebuild(rest)
            if not isinstance(a, (Delta, Iverson)):  # which are their own squares
                yield e.rebuild((*e.args, a))
    if isinstance(e, Neg):
        yield e.args[0]
    for i, a in enumerate(e.args):
        for new in _in_parts(a) if not (e.binds and i == 1) else ():
            try:
                yield e.rebuild((*e.args[:i], new, *e.args[i + 1 :]))
            except (DeltasiftError, TypeError, ValueError, AssertionError, AttributeError):
                continue  # no expression


def _integrated(e: Basic, ranges: list[Range]) -> Basic:
    for r in ranges:
        weight = Add.make((Pow.make((r.name, Integer(2))), Mul.make((Integer(3), r.name)), Integer(7)))
        e = Integral.make((Mul.make((weight, e)), r.name, r.lo, r.hi))
    return e


# --- values --------------------------------------------------------------------------------------------------------


class _Everywhere(dict[Any, Any]):
    """A table with an entry at each place."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seed = seed

    def __contains__(self, place: object) -> bool:
        return True

    def __getitem__(self, place: Any) -> Fraction:
        rng = random.Random(f"{self.seed} {place}")
        return Fraction(rng.randint(1, 50), rng.randint(1, 20))


def _world(names: frozenset[Basic], heads: dict[str, str], seed: int) -> Given:
    rng = random.Random(seed)
    numbers = {str(n): Fraction(rng.randint(-3, 5)) for n in sorted(names, key=str)}
    tables = {n: _Everywhere(seed + k) for k, (n, head) in enumerate(sorted(heads.items())) if head == "Entry"}
    return Given(numbers, tables, {}, {})


def have_same_values(before: Basic, after: Basic, other: Basic, scope: Scope, points: int = 300) -> bool:
    """Tell whether what was altered is equal wherever what it was made of is: that is no mistake.

    A point mass has no value, but its integral has.
    """
    if any(isinstance(e, Dirac) for e in postorder(before)):
        points = 3
        ranges = [r for r in reversed(scope.ranges) if not r.integer]
        before, after, other = (_integrated(e, ranges) for e in (before, after, other))
    heads = {str(e.args[0]): type(e).__name__ for x in (before, other) for e in postorder(x) if e.args}
    compared = 0
    for seed in range(points):
        world = _world(free(before) | free(after) | free(other), heads, seed)
        try:
            mine = value(before, world)
            if value(after, world) != mine:
                continue  # the facts do not hold
            if value(other, world) != mine:
                return False
            compared += 1
        except Undefined:
            continue
        except (NotCovered, KeyError, TypeError):
            return False
    return compared > 0
