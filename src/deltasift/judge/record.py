"""What is to be judged, as terms: uses of rules, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sympy.core.basic import Basic

from deltasift.errors import DeltasiftError
from deltasift.judge.term import Reader, Term
from deltasift.judge.verify.question import RejectedError
from deltasift.rule import AnyRule, Bound, Rule, Theorem, Under
from deltasift.rules import RULES
from deltasift.use import Abstraction, Run, Use

__all__ = ["Chain", "Claim", "DeclineError", "RejectedError", "Value", "read_runs"]
Value: TypeAlias = tuple[int, Term]  # how many arguments, and the body with as many indices that point out of it


class DeclineError(DeltasiftError):
    """Whether a use is right is not for the judge to say, and this is why."""


@dataclass(frozen=True)
class Claim:
    """A use of a rule, as `deltasift.use.Use` has it; indices that are loose are those of the binders around it.

    What stood at the place before is not said: the judge sees it.
    """

    rule: AnyRule | Under | Theorem
    statement: int | None
    path: tuple[int, ...]
    after: Term
    binding: Mapping[str, Value] = field(default_factory=dict)
    added: bool = False
    witness: Term | None = None

    @property
    def own_rule(self) -> AnyRule | Theorem:
        """The rule itself, where it is used under a binder, too."""
        return self.rule.rule if isinstance(self.rule, Under) else self.rule


@dataclass(frozen=True)
class Chain:
    """Claims one after the other, which lead from one line to another, or `backward` from the other to the one."""

    start: Term
    end: Term
    backward: bool
    claims: tuple[Claim, ...]


def is_ours(rule: Rule) -> bool:
    """Tell whether a rule is one of the table, whatever it is called."""
    ours = RULES.get(rule.name)
    return isinstance(ours, Rule) and ours.statements == rule.statements and ours.variables == rule.variables


def read_runs(runs: Iterable[Run]) -> tuple[Chain, ...]:
    """Return recorded runs as the judge reads them.

    Raises
    ------
    UnreadableError
        If there is something in them that it does not know.
    """
    reader = Reader()
    return tuple(_chain(run, reader) for run in runs)


def _chain(run: Run, reader: Reader) -> Chain:
    claims = tuple(_claim(use, reader) for use in run.uses)
    reader.stand(())
    return Chain(reader.read(run.start), reader.read(run.end), run.backward, claims)


def _claim(use: Use, reader: Reader) -> Claim:
    reader.stand(use.names)
    after = reader.read(use.after)
    witness = reader.read(use.witness) if isinstance(use.witness, Basic) else None
    rule = use.rule.rule if isinstance(use.rule, Under) else use.rule
    bound = {n for n, kind in rule.variables.items() if kind is Bound} if isinstance(rule, Rule) else frozenset()
    binding = {n: _value(v, use.names, reader) for n, v in use.binding if n not in bound}
    return Claim(use.rule, use.statement, use.path, after, binding, use.added, witness)


def _value(value: Basic | Abstraction, names: Sequence[Basic], reader: Reader) -> Value:
    if not isinstance(value, Abstraction):
        return 0, reader.read(value)
    reader.stand((*names, *value.names))
    read = len(value.names), reader.read(value.body)
    reader.stand(names)
    return read
