"""A page written as a file for the judge: JSON, its terms in a table in which each stands once."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.judge.file import CALLED, FORMAT, VERSION, Case, Move, Proof
from deltasift.judge.record import Chain, Claim, is_ours
from deltasift.judge.term import Term, read
from deltasift.rule import Rule, Theorem, Under

NOT_SAID = frozenset(("origin",))  # where a definition was written, which says nothing of what it is


def to_data(case: Case) -> dict[str, Any]:
    """Return a page as plain data."""
    w = _Writer()
    world = case.world
    body = {
        "format": FORMAT,
        "version": VERSION,
        "page": case.name,
        "world": {
            "domains": [w.value(d) for d in world.domains.values()],
            "assumptions": [w.expression(a) for a in world.assumptions],
            "integers": w.symbols(world.integers),
            "distributions": w.symbols(world.distributions),
            "names": w.symbols(world.names),
        },
        "claims": [w.term(c) for c in case.claims],
        "proofs": [w.proof(p) for p in case.proofs],
        "totals": [w.value(t) for t in case.totals],
        "partial": case.partial,
    }
    return {**body, "terms": w.terms}


class _Writer:
    def __init__(self) -> None:
        self.terms: list[list[Any]] = []
        self._numbers: dict[Term, int] = {}

    def term(self, whole: Term) -> int:
        """Return the number of a term in the table."""
        todo = [whole]
        while todo:
            t = todo[-1]
            waiting = [a for a in t.args if a not in self._numbers]
            if t in self._numbers or not waiting:
                todo.pop()
                if t not in self._numbers:
                    self._numbers[t] = len(self.terms)
                    self.terms.append([t.head, [self._numbers[a] for a in t.args], _plain(t.value)])
            else:
                todo += waiting
        return self._numbers[whole]

    def expression(self, e: Basic) -> int:
        return self.term(read(e))

    def symbols(self, names: frozenset[Basic]) -> list[int]:
        return [self.expression(s) for s in sorted(names, key=str) if isinstance(s, Symbol)]

    def value(self, x: Any) -> Any:
        """Return a domain, a certificate or a part of one."""
        if isinstance(x, Term):
            return {"term": self.term(x)}
        if isinstance(x, Basic):
            return {"expression": self.expression(x)}
        if isinstance(x, Fraction):
            return {"fraction": str(x)}
        if isinstance(x, tuple):
            return [self.value(a) for a in x]
        if is_dataclass(x):
            said = {f.name: self.value(getattr(x, f.name)) for f in fields(x) if f.name not in NOT_SAID}
            return {"is": CALLED.get(type(x), type(x).__name__), **said}
        return x

    def proof(self, p: Proof) -> dict[str, Any]:
        lines = [self.move(m) for m in p.moves]
        return {"start": self.term(p.start), "values": [self.value(v) for v in p.values], "lines": lines}

    def move(self, m: Move) -> dict[str, Any]:
        return {
            "after": self.term(m.after),
            "relation": m.relation,
            "varying": None if m.varying is None else self.term(m.varying),
            "assumptions": [self.expression(a) for a in m.assumptions],
            "runs": [self._chain(c) for c in m.chains],
            "proofs": [self.value(p) for p in m.proofs],
        }

    def _chain(self, c: Chain) -> dict[str, Any]:
        ends = {"start": self.term(c.start), "end": self.term(c.end), "backward": c.backward}
        return {**ends, "uses": [self._claim(x) for x in c.claims]}

    def _claim(self, c: Claim) -> dict[str, Any]:
        return {
            "rule": self._rule(c.rule),
            "statement": c.statement,
            "path": list(c.path),
            "after": self.term(c.after),
            "binding": {name: [count, self.term(body)] for name, (count, body) in c.binding.items()},
            "added": c.added,
            "witness": None if c.witness is None else self.term(c.witness),
        }

    def _rule(self, rule: Any) -> dict[str, Any]:
        if isinstance(rule, Under):
            return {**self._rule(rule.rule), "under": True}
        said = {"name": rule.name, "reversed": rule.is_reversed}
        if isinstance(rule, Theorem):
            known = [self.value(d) for d in rule.domains]
            assumed = [self.expression(a) for a in rule.assumptions]
            more = [self.expression(h) for h in rule.hypotheses]
            return {**said, "theorem": [self.expression(rule.relation), known, assumed, more]}
        if isinstance(rule, Rule) and not is_ours(rule):
            variables = {name: kind.__name__ for name, kind in rule.variables.items()}
            stated = [
                [self.expression(x) for x in (s.relation, *(c for c, _ in s.conditions))] for s in rule.statements
            ]
            return {**said, "own": [variables, stated]}
        return said


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Symbol):
        return [value.name, {k: v for k, v in value._assumptions_orig.items() if k != "commutative" or not v}]
    return value
