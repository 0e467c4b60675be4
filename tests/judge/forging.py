"""Recorded uses made wrong: each by one change of what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from deltasift.judge.record import Claim
from deltasift.judge.term import ONE, Term, make, number, same
from deltasift.rule import Method, Rule, Under

TWO = number(2)
STATEMENTS = frozenset(("Equality", "LessEqual", "Less", "Unequal", "And", "Or", "Not", "Divides", "IsInteger"))


def forgeries(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield a claim with one thing in it changed."""
    for what, after in altered(claim.after):
        yield f"after {what}", replace(claim, after=after)
    rule = claim.rule.rule if isinstance(claim.rule, Under) else claim.rule
    if not isinstance(rule, Method):
        yield "reversed", replace(claim, rule=claim.rule.reversed)
    if isinstance(rule, Rule) and claim.statement is not None:
        for number_ in range(len(rule.statements) + 1):
            if number_ != claim.statement:
                yield "another statement", replace(claim, statement=number_)
        yield "no statement", replace(claim, statement=None)
    for name, (count, body) in claim.binding.items():
        for what, value in altered(body):
            yield f"binding {what}", replace(claim, binding={**claim.binding, name: (count, value)})
        yield "binding left out", replace(claim, binding={n: v for n, v in claim.binding.items() if n != name})
        yield "binding of another arity", replace(claim, binding={**claim.binding, name: (count + 1, body)})
    if claim.path:
        yield "path cut", replace(claim, path=claim.path[:-1])
        yield "another path", replace(claim, path=(*claim.path[:-1], claim.path[-1] + 1))


def altered(t: Term) -> Iterator[tuple[str, Term]]:
    """Yield other terms: doubled, negated, and one more than it; with a number or a name in it changed."""
    if t.head in ("truth", "infinity") or t.head in STATEMENTS:
        return
    yield "doubled", make("Mul", (TWO, t))
    yield "negated", make("Neg", (t,))
    yield "plus one", make("Add", (t, ONE))
    for other in _with_another_leaf(t):
        if not same(other, t):
            yield "with another leaf", other


def _with_another_leaf(t: Term) -> Iterator[Term]:
    """Yield a term with one of its first leaves changed."""
    if t.head == "number":
        yield number(t.value + 1)
    elif t.head == "bound":
        yield number(1)
    for i, a in enumerate(t.args):
        if t.head == "Derivative" and i > 0:
            continue
        for other in _with_another_leaf(a):
            yield make(t.head, (*t.args[:i], other, *t.args[i + 1 :]), t.value)
            break
