"""What a page assumes: of itself, line by line, and what it inherits from the pages whose results it uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.calc import Step
from deltasift.check.report import Assumed, Substep
from deltasift.inert import substitute
from deltasift.rule import Theorem


def assumed_in(number: int, step: Step, substeps: Sequence[Substep]) -> Iterator[Assumed]:
    """Yield what one line assumes, its substeps and the theorems that it uses included.

    Parameters
    ----------
    number : int
        Of the line.
    step : Step
    substeps : sequence of Substep
        What the structural check found: it says what the names of a theorem stand for here.
    """
    yield from (Assumed(a, f"line {number}") for a in step.assumptions)
    for rule in step.by:
        if isinstance(rule, Theorem):
            for a in rule.assumptions:
                yield from (Assumed(s, f"line {number}, by {rule.name}") for s in _instances(a, rule, substeps))
    for inner in step.inner.steps if step.inner is not None else ():
        yield from assumed_in(number, inner, substeps)


def _instances(assumption: Basic, theorem: Theorem, substeps: Sequence[Substep]) -> Iterator[Basic]:
    """Yield an assumption of a theorem in the names for which the theorem is used; as it is where it was not used."""
    uses = [s for s in substeps if s.rule == theorem.name]
    for s in uses:
        yield substitute(assumption, {Symbol(name): value for name, value in s.binding})
    if not uses:
        yield assumption


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
