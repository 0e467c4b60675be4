"""The verdict on an answer: right, or what it falls short of.

right
    Equal in value and as far collapsed as the reference.
cluttered
    Equal and collapsed, with branches or operations that the reference does not need.
unresolved
    Equal, with a loop or a delta that the reference does not have.
convention
    The value of another convention, for cases of the tags `boundary` and `convention`.
refused
    Refused although there is a value.
wrong
    Another value, a value where there is none, or a name that is bound in the question.
undecided
    The brute force could not decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy

from .cases import UNDEFINED, UNEVALUATED, Case
from .decide import Comparison, compared
from .instances import Problem

LOOPS = (sympy.Sum, sympy.Product, sympy.Integral)
DELTAS = (sympy.KroneckerDelta, sympy.DiracDelta)
CONVENTIONS = ("boundary", "convention")
REFUSED = "refused"  # an answer


@dataclass(frozen=True)
class Verdict:
    """A verdict and what it rests on."""

    name: str
    reason: str = ""
    witness: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.name, self.reason, self.witness)))


@dataclass(frozen=True)
class Bulk:
    """How much is left in an expression."""

    loops: int
    deltas_in_loops: int
    deltas: int
    derivatives: int
    branches: int
    operations: int


def _depth(expr: Any) -> int:
    inside = max((_depth(a) for a in expr.args), default=0)
    return inside + len(expr.limits) if isinstance(expr, LOOPS) else inside


def _branches(node: Any) -> int:
    if isinstance(node, sympy.Piecewise):
        return len(node.args)
    return int(isinstance(node, sympy.Heaviside)) + 2 * int(type(node).__name__ in ("meijerg", "hyper"))


def live_deltas(expr: Any) -> set[Any]:
    """Return the deltas under a loop of a variable that they contain."""
    found = set()
    for loop in expr.atoms(*LOOPS):
        bound = {limit[0] for limit in loop.limits}
        found |= {d for d in loop.function.atoms(*DELTAS) if d.free_symbols & bound}
    return found


def bulk(expr: Any) -> Bulk:
    """Measure an expression."""
    return Bulk(
        loops=_depth(expr),
        deltas_in_loops=len(live_deltas(expr)),
        deltas=len(expr.atoms(*DELTAS)),
        derivatives=sum(1 for d in expr.atoms(sympy.Derivative) if d.has(sympy.Sum, sympy.Product, sympy.Indexed)),
        branches=sum(map(_branches, sympy.preorder_traversal(expr))),
        operations=int(sympy.count_ops(expr)),
    )


def singular(expr: Any) -> bool:
    """Whether an expression contains what is no value."""
    return bool(expr.has(sympy.nan, sympy.zoo) or any(not d.args[0].free_symbols for d in expr.atoms(sympy.DiracDelta)))


def judged(case: Case, answer: Any) -> Verdict:
    """Judge an answer: a SymPy expression, or `REFUSED`."""
    if isinstance(answer, str):
        refusable = case.expected == UNDEFINED or UNDEFINED in case.alternatives.values()
        return Verdict("right") if refusable else Verdict("refused")
    if case.expected == UNDEFINED:
        return _judged_without_value(case, answer)
    if singular(answer):
        return Verdict("wrong", "what is no value is in the answer")
    if _depth(answer) > 1 and any(isinstance(d, sympy.DiracDelta) for d in live_deltas(answer)):
        return Verdict("unresolved", "its value has not been looked at")  # several integrals at once take long
    found = agreement(case, answer)
    if found.equal is None:
        name = "unresolved" if live_deltas(answer) else "undecided"
        return Verdict(name, found.reason, found.witness)
    if not found.equal:
        label = _convention(case, answer)
        return Verdict("convention", label) if label else Verdict("wrong", found.reason, found.witness)
    return Verdict("right") if case.expected == UNEVALUATED else _form(case, answer)


def agreement(case: Case, answer: Any) -> Comparison:
    """Compare an answer with the question, or for an integral with the reference, which has been checked by itself."""
    checked = case.expr.has(sympy.Integral, sympy.DiracDelta) and case.expected != UNEVALUATED
    return compared(Problem.of(case), answer, reference=case.parse(case.expected) if checked else None)


def _judged_without_value(case: Case, answer: Any) -> Verdict:
    if answer == case.expr or (answer.has(*LOOPS) and live_deltas(answer) and not singular(answer)):
        return Verdict("right", "left as it is")
    label = _convention(case, answer)
    return Verdict("convention", label) if label else Verdict("wrong", "a value where there is none", str(answer)[:200])


def _convention(case: Case, answer: Any) -> str:
    if set(case.tags) & set(CONVENTIONS):
        for label, value in case.alternatives.items():
            if value not in (UNDEFINED, UNEVALUATED) and answer.equals(case.parse(value)):
                return label
    return ""


def _form(case: Case, answer: Any) -> Verdict:
    texts = [t for t in (case.expected, *case.alternatives.values()) if t not in (UNDEFINED, UNEVALUATED)]
    references = [bulk(case.parse(t)) for t in texts]
    is_ = bulk(answer)
    allowed = {name: max(getattr(r, name) for r in references) for name in vars(is_)}
    left = [
        f"{getattr(is_, name)} {name.replace('_', ' ')} instead of {allowed[name]}"
        for name in ("loops", "deltas_in_loops", "derivatives", "deltas")
        if getattr(is_, name) > allowed[name] and (name != "deltas" or is_.loops == 0)
    ]
    if left:
        return Verdict("unresolved", ", ".join(left))
    if is_.branches > allowed["branches"] or is_.operations > 2.5 * allowed["operations"] + 12:
        bulky = f"{is_.branches} branches instead of {allowed['branches']}"
        return Verdict("cluttered", f"{bulky}, {is_.operations} operations instead of {allowed['operations']}")
    return Verdict("right")
