"""Faults that were mended, to be put back for a while, each described by what it does.

A fault is put back as a patch of what mended it; where several checks stand one behind the other, of each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from deltasift import judge
from deltasift.check import judging, structure, witness
from deltasift.check import order as steps_of_order
from deltasift.conditions import known
from deltasift.conditions.certified import CertifiedProver
from deltasift.conditions.signs import SignReader
from deltasift.conditions.verdict import Proof, Verdict
from deltasift.inert import IsInteger, free
from deltasift.judge import kind, need, order, replay, saying, theorem
from deltasift.judge.context import Context
from deltasift.judge.term import instantiate, leaves
from deltasift.line import scope
from deltasift.match import places
from deltasift.match import theorem as match_theorem
from deltasift.rule import Under

Patches = Callable[[], list[Any]]


@dataclass(frozen=True)
class Fault:
    """A fault as a patch.

    Attributes
    ----------
    what : str
        What it does.
    patches : callable
        Returns what is put in the place of what mended it.
    forgotten : str
        Complaints of the checker that are not made, a regular expression.
    partial : bool
        Whether it is one of lines that need be equal only where the first has a value.
    """

    what: str
    patches: Patches = list
    forgotten: str = "(?!)"
    partial: bool = False

    @contextmanager
    def put_back(self) -> Iterator[None]:
        """Put it back while this is open."""
        every = self.patches()
        for p in every:
            p.start()
        try:
            yield
        finally:
            for p in reversed(every):
                p.stop()

    def forgets(self, problem: str) -> bool:
        """Tell whether a complaint is one that is not made."""
        return re.search(self.forgotten, problem) is not None


def _trust() -> Any:
    """The prover is believed without a certificate."""
    return patch.object(CertifiedProver, "_certified", lambda self, proof, scope: proof)


def _ends() -> list[Any]:
    found = places.matches
    plain = need._ends

    def loose(rule: Any, pattern: Any, expr: Any, is_integer: Any, **how: Any) -> Any:
        return found(rule, pattern, expr, lambda e: True, **how)

    return [
        patch.object(places, "matches", loose),
        patch.object(replay, "_kinds", lambda rule, claim: ()),
        patch.object(need, "_ends", lambda t, context, integers: plain(t, context, integers=False)),
    ]


def _sign_of_an_integral() -> list[Any]:
    return [_trust(), patch.object(SignReader, "_of_integral", lambda self, body, e, forward: body)]


def _integers() -> list[Any]:
    more = {"binomial", "factorial"}
    return [
        patch.object(scope, "INTEGER_FUNCTIONS", scope.INTEGER_FUNCTIONS | more),
        patch.object(kind, "INTEGER_VALUED", kind.INTEGER_VALUED | more),
    ]


def _on_the_word_of_the_prover() -> Any:
    """What the judge asks for is believed without a certificate, whoever proved it."""

    def holds(goal: Any, names: Any, scope: Any, prover: Any) -> bool:
        return bool(prover.prove(*witness._placed(goal, names, scope)).verdict is Verdict.PROVED)

    return patch.object(judging, "is_said_by_solver", holds)


def _claims_of_bound_names() -> list[Any]:
    """The judge knows bound names by their places, so that nothing they claim gets there but by another's word."""
    return [_trust(), _on_the_word_of_the_prover(), patch("deltasift.calc.plain_names", lambda e: e)]


def _definitions() -> list[Any]:
    def names(t: Any, world: Any) -> Any:
        return frozenset(leaf.value for leaf, _ in leaves(t) if leaf.head == "free")

    return [
        patch.object(steps_of_order, "varies", lambda expr, q, scope: q in free(expr)),
        patch.object(order, "names_in", names),
    ]


def _theorem_without(is_dropped: Callable[[Any, Any], bool]) -> list[Any]:
    """Leave out some of what a theorem needs of what stands for its names."""
    mine, theirs = match_theorem._obligations, theorem.hypotheses
    return [
        patch.object(
            match_theorem,
            "_obligations",
            lambda d, names, scope: (c for c in mine(d, names, scope) if not is_dropped(d, c)),
        ),
        patch.object(theorem, "hypotheses", lambda d: (c for c in theirs(d) if not is_dropped(d, c))),
    ]


def _says_integer(d: Any, condition: Any) -> bool:
    while type(condition).__name__ == "ForAll":
        condition = condition.args[0]
    return isinstance(condition, IsInteger)


def _is_of_an_index(d: Any, condition: Any) -> bool:
    return type(d).__name__ == "Index"


def _lost_assumptions() -> list[Any]:
    plain = structure.inheritance
    return [patch.object(structure, "inheritance", lambda x: ((), ()) if isinstance(x.rule, Under) else plain(x))]


def _empty_ranges() -> list[Any]:
    def within(inner: Context, values: Any, place: Context) -> list[Any]:
        return [instantiate(g, values) for g in inner.guards]

    return [patch.object(module, "within", within) for module in (saying, known)]


def _values_are_not_lost() -> list[Any]:
    return [patch.object(judge, "_needed", lambda *args, **options: iter(()))]


def _unknown_is_true() -> list[Any]:
    plain = CertifiedProver.prove

    def prove(self: CertifiedProver, condition: Any, scope: Any) -> Proof:
        proof = plain(self, condition, scope)
        return replace(proof, verdict=Verdict.PROVED) if proof.verdict is Verdict.UNKNOWN else proof

    def holds(self: CertifiedProver, condition: Any, scope: Any) -> bool:
        return prove(self, condition, scope).verdict is Verdict.PROVED

    return [patch.object(CertifiedProver, "prove", prove), patch.object(CertifiedProver, "holds", holds)]


VALUES = r"^line \d+: needs .*(?<!\))$|to have a value"

FAULTS: dict[str, Fault] = {
    "ends": Fault("The ends of a range need be no integers.", _ends),
    "integral": Fault(
        "An integral has the sign of its integrand, whatever the order of its ends.", _sign_of_an_integral
    ),
    "binomial": Fault("A binomial coefficient and a factorial of anything are integers.", _integers),
    "bound": Fault("What a symbol claims of itself holds of a bound name, whatever its range.", _claims_of_bound_names),
    "order": Fault("A chain of orders may vary another name in each step.", forgotten="and the chain orders all"),
    "definitions": Fault("What varies is not looked for behind definitions.", _definitions),
    "labels": Fault(
        "What stands for the labels of a theorem need be no integers.", lambda: _theorem_without(_says_integer)
    ),
    "index": Fault(
        "What stands for the index of a theorem need not be in its range.", lambda: _theorem_without(_is_of_an_index)
    ),
    "inherited": Fault("What a theorem assumes is lost where it is used under a binder.", _lost_assumptions),
    "values": Fault("Lines need not have a value.", forgotten=VALUES),
    "lost": Fault("A line may lose the value of the first.", _values_are_not_lost, partial=True),
    "empty": Fault(
        "What is needed in a range is known outside of it, also where it is empty.", _empty_ranges, partial=True
    ),
    "unknown": Fault("What is not known is taken for true.", _unknown_is_true),
}
