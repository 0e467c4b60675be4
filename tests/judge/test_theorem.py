"""A theorem that is used brings all that its page gives and assumes, and asks for the entries of its tables."""

from __future__ import annotations

from sympy import Symbol

from deltasift import Equality, define, index, real, sizes
from deltasift.domain import closure
from deltasift.inert import Less, LessEqual
from deltasift.judge import ACCEPT, REJECT, Goal, Step, judge
from deltasift.judge.context import Context, World
from deltasift.judge.record import Chain, Claim
from deltasift.judge.term import read
from deltasift.judge.theorem import replayed_theorem, tables_needed
from deltasift.rule import Theorem

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
a = real("a", n)
steep = define("w", k, 1 / (k - 7))
THEOREM = Theorem(
    "page",
    Equality(a[1] + 0, a[1]),
    tuple(closure((N, n, a)).values()),
    (Less(0, a[1]),),
    "",
    hypotheses=(LessEqual(2, N),),
)
WORLD = World(closure((K, k, steep)), names=frozenset((K.symbol, Symbol("w"))))
CLAIM = Claim(THEOREM, None, (), read(steep[1]), {"a": (0, read(Symbol("w"))), "N": (0, read(K.symbol))})
BEFORE = read(steep[1] + 0)


def test_what_the_page_assumes_and_what_its_proof_speaks_of_are_goals() -> None:
    goals = replayed_theorem(THEOREM, CLAIM, BEFORE, Context(WORLD))
    assert {g.statement for g in goals if g.assumed} == {read(Less(0, steep[1]))}
    assert read(LessEqual(2, K)) in {g.statement for g in goals if not g.assumed}


def test_each_entry_of_what_stands_for_a_table_has_a_value() -> None:
    found = [n for n in tables_needed(THEOREM, CLAIM, Context(WORLD)) if n.context.depth]
    assert any(n.statement.head == "Unequal" for n in found)  # k - 7, for all k of 1, ..., K


def test_a_use_is_rejected_where_any_of_it_is_not_shown() -> None:
    step = Step(BEFORE, CLAIM.after)
    chain = Chain(BEFORE, CLAIM.after, backward=False, claims=(CLAIM,))
    asked: list[Goal] = []

    def all_but(number: int) -> list[str]:
        asked.clear()

        def holds(goal: Goal) -> bool:
            asked.append(goal)
            return len(asked) != number

        return [j.status for j in judge(step, (chain,), WORLD, holds)]

    assert all_but(0) == [ACCEPT]
    for number in range(1, len(asked) + 1):
        assert all_but(number) == [REJECT]
    assert len(asked) >= 4
