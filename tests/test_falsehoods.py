"""No chain of rules that the checker accepts leads to what is false; with a mended fault put back some do.

A short sample of what `python -m benchmarks.falsehoods` does for as long as it is asked to.
"""

from __future__ import annotations

import random

import pytest

from deltasift.check import check
from deltasift.inert import Node
from oracle.chains import Chains, derivation
from oracle.edge_lines import SCOPE, EdgeLines
from oracle.faults import FAULTS
from oracle.theorems import theorems


def test_what_is_drawn_is_varied_and_part_of_it_is_accepted() -> None:
    chance = random.Random("varied")
    chains, accepted, used = Chains(SCOPE, chance, theorems()), 0, set[str]()
    for _ in range(12):
        start = EdgeLines(chance).line()
        links = chains.chain(start, 2) if isinstance(start, Node) else []
        used |= {link.rule.name for link in links}
        accepted += bool(links) and not check(derivation(start, links), layers=("structure",)).problems
    assert accepted >= 3
    assert len(used) >= 6


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_is_put_back_and_taken_away_again(name: str) -> None:
    fault = FAULTS[name]
    before = [(p.getter(), p.attribute, getattr(p.getter(), p.attribute)) for p in fault.patches()]
    with fault.put_back():
        assert all(getattr(target, attribute) is not value for target, attribute, value in before)
        assert before or fault.forgets("line 2: needs N - 20 != 0") or fault.forgets("and the chain orders all a")
    assert all(getattr(target, attribute) is value for target, attribute, value in before)
