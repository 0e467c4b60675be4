"""Rules of a page's own pass the tests of rules before anything rests on them, and the ledger names them.

The rules of the table are tested with the project; a rule that a page brings is tested when the page is checked: its
sides agree at sampled points that meet its conditions, and each of its conditions is shown to be needed. What numbers
cannot see, and what is code, is no rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from sympy import Integer
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.calc import Reason, Step, auto
from deltasift.check.evaluate import NotCovered
from deltasift.check.hypotheses import is_proved
from deltasift.check.rule_points import Instance, sample
from deltasift.check.sampling import generator
from deltasift.errors import DeltasiftError
from deltasift.inert import kinds, postorder
from deltasift.rule import STATED, End, Method, Rule, Statement, Table, Theorem, Under
from deltasift.rules import RULES

POINTS = 100  # at which each statement is tried
TRIES = 20_000
UNSEEN = frozenset(
    (ex.At, ex.Continuous, ex.Derivative, ex.Dirac, ex.Expectation, ex.Integrable, ex.Integral, ex.Named, ex.Summable)
)


def reasons(step: Step) -> Iterator[Reason]:
    """Yield the rules and theorems that a step uses, those of its substeps included, without what wraps them."""
    for rule in (*step.by, *(place.rule for place in step.places)):
        while isinstance(rule, Under):
            rule = rule.rule
        yield rule
    for inner in step.inner.steps if step.inner is not None else ():
        yield from reasons(inner)


def own_rules(step: Step) -> tuple[Rule, ...]:
    """Return the rules of a step that are not of the table."""
    found = (_forward(r) for r in reasons(step) if isinstance(r, Rule) and not _is_of_the_table(r))
    return tuple(dict.fromkeys(found))


def complaint(reason: Reason) -> str:
    """Return why nothing may rest on a rule or a theorem, empty where something may."""
    from deltasift.rules import METHODS  # here, since it reads the files of all coded rules

    if isinstance(reason, Theorem):
        return "" if is_proved(reason) else f"{reason.name} is no result of a page: known(...) returns those"
    if reason == auto:
        return ""  # nothing rests on it, as its line says
    if isinstance(reason, Method):
        mine = METHODS.get(reason.name)
        is_known = mine is not None and mine.find is reason.find
        return "" if is_known else f"{reason.name} is code of the page's own, which nothing has tested"
    if not isinstance(reason, Rule) or _is_of_the_table(reason):
        return ""
    if reason.name in RULES or reason.name in METHODS:
        return f"{reason.name} is another rule than the one of that name"
    return _tested(_forward(reason))


def _forward(rule: Rule) -> Rule:
    return rule.reversed if rule.is_reversed else rule


def _is_of_the_table(rule: Rule) -> bool:
    known = RULES.get(rule.name)
    return known is not None and known == _forward(rule) and known.variables == rule.variables


@lru_cache(maxsize=256)
def _tested(rule: Rule) -> str:
    """Return what the tests of rules find wrong with a rule, empty where they find nothing."""
    for statement in rule.statements:
        try:
            why = _unseen(rule, statement) or _disagreement(rule, statement) or _unneeded(rule, statement)
        except NotCovered as missing:
            why = f"numbers do not see it: {missing}"
        except (DeltasiftError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            why = f"it cannot be tried: {error}"
        if why:
            return f"the rule {rule.name} is not tested: {why}"
    return ""


def _unseen(rule: Rule, statement: Statement) -> str:
    """Return what of a rule is seen at no point, empty where all of it is."""
    if not isinstance(statement.relation, STATED):
        return f"it states {statement.relation}, which is no equality and no inequality"
    parts = (statement.relation, *(c for c, _ in statement.conditions))
    heads = sorted(h.__name__ for part in parts for h in kinds(part) & UNSEEN)
    if heads:
        return f"numbers do not see {heads[0]}"
    if any(e.is_infinite for part in parts for e in postorder(part)):
        return "numbers do not see an infinite range"
    unseen = [name for name, kind in rule.variables.items() if kind in (End, Table)]
    return f"numbers do not see {unseen[0]}" if unseen else ""


def _disagreement(rule: Rule, statement: Statement) -> str:
    """Return where the sides do not agree, or that there are too few points; empty where they agree at all."""
    rng = generator("own rules", rule.name, rule.statements.index(statement))
    seen = 0
    near = tuple(sorted({n + d for n in _integers(statement) for d in (-1, 0, 1)} | {0, 1, 2, 13, 20}))
    for _ in range(TRIES if rule.variables else 1):
        instance = sample(rule, statement, rng, near)
        if not all(instance.conditions()):
            continue
        a, b = instance.sides()
        if a is None and b is None:
            continue
        if not instance.agrees():
            return f"its sides differ at {_point(instance)}"
        seen += 1
        if seen == POINTS or not rule.variables:
            return ""
    return f"only {seen} points of {POINTS} meet its conditions"


def _integers(statement: Statement) -> set[int]:
    """Return the numbers that a rule mentions, near which it may be another one."""
    parts = (statement.relation, *(c for c, _ in statement.conditions))
    return {int(e) for p in parts for e in postorder(p) if isinstance(e, Integer) and abs(e) < 10**6}


def _unneeded(rule: Rule, statement: Statement) -> str:
    """Return a condition of which the rule does not show that it is needed, empty where there is none."""
    for i, (condition, point) in enumerate(statement.conditions):
        instance = Instance(rule, statement, point)
        alone = [j != i for j in range(len(statement.conditions))]
        if instance.conditions() != alone or instance.agrees():
            return f"the point beside {condition} does not show that it is needed"
    return ""


def _point(instance: Instance) -> str:
    values = (f"{s} = {v}" for s, v in islice(instance.binding.values.items(), 6) if isinstance(v, Basic) and s != v)
    return ", ".join(values) or "every point"
