"""What a page assumes: of itself, line by line, and what it inherits from the pages whose results it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.calc import Reason, Step
from deltasift.check.own_rules import own_rules
from deltasift.check.report import Assumed, Substep
from deltasift.inert import ForAll, Node, free
from deltasift.match.application import Application
from deltasift.match.theorem import assumed, values_needed
from deltasift.rule import Theorem, Under


def assumed_in(number: int, step: Step, substeps: Sequence[Substep]) -> Iterator[Assumed]:
    """Yield what one line assumes, its substeps and the theorems that it uses included.

    Parameters
    ----------
    number : int
        Of the line.
    step : Step
    substeps : sequence of Substep
        What the structural check found: it says what the theorems assume in the names of the page.
    """
    yield from _written(number, step)
    for s in substeps:
        yield from (Assumed(a, f"line {number}, by {_plain(s.rule)}") for a in s.inherited)
    used = {_plain(s.rule) for s in substeps}
    for theorem in dict.fromkeys(_theorems(step)):
        if theorem.name not in used:  # nobody looked where, so it is said as the other page says it
            yield from (Assumed(a, f"line {number}, by {theorem.name}") for a in theorem.assumptions)


def _written(number: int, step: Step) -> Iterator[Assumed]:
    """Yield what the author assumes beside a line or a substep."""
    yield from (Assumed(a, f"line {number}") for a in step.assumptions)
    yield from (Assumed(Symbol(f"the rule {r.name}, which is tested"), f"line {number}") for r in own_rules(step))
    for inner in step.inner.steps if step.inner is not None else ():
        yield from _written(number, inner)


def _theorems(step: Step) -> Iterator[Theorem]:
    for rule in step.by:
        found = theorem_of(rule)
        if found is not None:
            yield found
    for inner in step.inner.steps if step.inner is not None else ():
        yield from _theorems(inner)


def theorem_of(rule: Reason) -> Theorem | None:
    """Return the theorem that a reason is, whatever wraps it."""
    while isinstance(rule, Under):
        rule = rule.rule
    return rule if isinstance(rule, Theorem) else None


def _plain(name: str) -> str:
    """Return the name of a rule without what says that it is used under a binder."""
    while name.startswith("sum_congr(") and name.endswith(")"):
        name = name[len("sum_congr(") : -1]
    return name


def inheritance(use: Application) -> tuple[tuple[Basic, ...], tuple[Basic, ...]]:
    """Return what a use of a theorem assumes, and what has to be proved beside its conditions.

    What stands for a table of it has entries with a value. Under sums and products an assumption is one for all indices
    of their ranges. There is no such statement about the variable of an integral, so that it is proved there.
    """
    theorem = theorem_of(use.rule)
    if theorem is None:
        return (), ()
    names: dict[Basic, Basic] = {Symbol(name): value for name, value in use.values if isinstance(value, Basic)}
    inherited: list[Basic] = []
    needed: list[Basic] = [*values_needed(theorem, names, use.scope)]
    for statement in assumed(theorem, names):
        said: Basic = statement
        for r in reversed(use.scope.ranges):
            if r.name in free(said):
                if not r.integer:
                    needed.append(statement)
                    break
                said = ForAll.make((said, r.name, r.lo, r.hi))
        else:
            inherited.append(said)
    return tuple(inherited), tuple(needed)


def gathered(entries: Iterable[Assumed]) -> tuple[Assumed, ...]:
    """Return a ledger in which every statement stands once, with all the places at which it is assumed."""
    found: dict[Basic, Assumed] = {}
    for a in entries:
        known = found.get(a.statement)
        if known is None:
            found[a.statement] = a
        elif a.where not in known.where.split("; "):
            found[a.statement] = replace(known, where=f"{known.where}; {a.where}")
    return tuple(found.values())


def statements_of(ledger: Iterable[Assumed]) -> tuple[Basic, ...]:
    """Return what is assumed of the names of the page; a rule is no statement about these."""
    return tuple(a.statement for a in ledger if isinstance(a.statement, Node))
