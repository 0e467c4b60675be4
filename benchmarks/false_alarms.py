"""False alarms: right steps in other dress, which the checker must accept.

Run as `python -m benchmarks.false_alarms [--each 22] [--uses 3] [--page NAME] [--seed TEXT] [--jobs 2]`. Lines of
every page, and of a step by each statement of the rule table (`tests/oracle/rule_pages.py`), are written otherwise, by
a rewriter that does not know how the matcher compares lines (`tests/oracle/dress.py`): as the line that follows, and as
the line before. Where a line has a sum, its index is shifted, as a step of its own; where it has a Kronecker delta, the
two arguments change places. Brute force confirms each step.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from tests.oracle.dress import dressed, parts, put, shifted
from tests.oracle.rule_pages import PREFIX, page_called, rule_pages, valued, verdict_of

from deltasift import rules
from deltasift.calc import Page, Step
from deltasift.catalogue import page_names
from deltasift.check import check
from deltasift.check.mutate import spots
from deltasift.check.mutations.kind import Spot
from deltasift.inert import Delta, Sum

WORLDS = 20  # in which brute force confirms a step
POINTS = 20  # of the checker's own
CHANGES = 6  # at most, in one line


@dataclass(frozen=True)
class Right:
    """A right step: a page with it, the number of its line, and how it was made."""

    page: Page
    number: int
    before: Any
    step: Step
    ways: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What the checker says of a right step."""

    page: str
    line: int
    ways: tuple[str, ...]
    truth: str
    problems: tuple[str, ...]
    text: str


def in_other_dress(spot: Spot, rng: random.Random) -> Right | None:
    """Return a step of a page, one of its two lines being written otherwise."""
    after = rng.random() < 0.5
    line = spot.written.expr if after else spot.before
    new, ways = dressed(line, rng, rng.randint(1, CHANGES))
    if new == line:
        return None
    if after:
        return Right(spot.with_line(new), spot.number, spot.before, replace(spot.written, expr=new), tuple(ways))
    proof = spot.derivation
    if spot.step == 0:
        proof = replace(proof, start=new)
    else:
        steps = proof.steps
        one = replace(steps[spot.step - 1], expr=new)
        proof = replace(proof, steps=(*steps[: spot.step - 1], one, *steps[spot.step :]))
    proofs = spot.page.proofs
    page = replace(spot.page, proofs=(*proofs[: spot.proof], proof, *proofs[spot.proof + 1 :]))
    return Right(page, spot.number, new, spot.written, ("before", *ways))


def by_its_own_reason(spot: Spot) -> Iterator[Right]:
    """Yield steps that follow a line of a page: an index is shifted, the arguments of a delta change places."""
    line = spot.written.expr
    for e, path in parts(line):
        steps = []
        if isinstance(e, Sum):
            steps = [(shifted(e, by), rules.sum_shift, "index shifted") for by in (1, -1)]
        elif isinstance(e, Delta) and not spot.page.name.startswith(PREFIX):  # of a rule, also of what is no integer
            steps = [(Delta.make(e.args[::-1]), rules.delta_comm, "delta turned")]
        for new, rule, way in steps:
            if new == e:  # delta(i, i)
                continue
            step = Step(put(line, path, new), (rule,))
            proof = spot.derivation
            after = spot.step + 1
            proof = replace(proof, steps=(*proof.steps[:after], step, *proof.steps[after:]))
            proofs = spot.page.proofs
            page = replace(spot.page, proofs=(*proofs[: spot.proof], proof, *proofs[spot.proof + 1 :]))
            yield Right(valued(page) if page.name.startswith(PREFIX) else page, spot.number + 1, line, step, (way,))


def judged(name: str, each: int, seed: str) -> list[Outcome]:
    """Return what the checker says of right steps made of one page."""
    page = page_called(name)
    if name.startswith(PREFIX) and check(page, points=POINTS).lines[1].problems:
        return []  # as it is written it does not follow either: what it needs to have a value is not given there
    made: list[Right] = []
    for spot in spots(page):
        rng = random.Random(f"{name} {spot.number} {seed}")
        found = (in_other_dress(spot, rng) for _ in range(each))
        made += [r for r in found if r is not None]
        made += by_its_own_reason(spot)
    outcomes = []
    for r in made:
        said = r.before, r.step.expr, r.step.relation, r.step.varying
        assumed = (*r.page.assumptions, *r.step.assumptions)
        verdict = verdict_of(page, *said, assumed, f"{name} {r.number}", WORLDS, partial=False)
        line = check(r.page, lines={r.number}, points=POINTS).lines[r.number - 1]
        if line.problems:  # what a line needs to have a value may be shown by others
            line = check(r.page, points=POINTS).lines[r.number - 1]
        text = f"{r.before}  ->  {r.step.expr}"
        outcomes.append(Outcome(name, r.number, r.ways, verdict.kind, line.problems, text))
    return outcomes


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the score and the false alarms; 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.false_alarms", description="Right steps, accepted.")
    parser.add_argument("--each", type=int, default=22, help="dresses of each step")
    parser.add_argument("--uses", type=int, default=3, help="dresses of each step by a rule, 0 for none")
    parser.add_argument("--page", action="append", help="a page, all and each rule by default")
    parser.add_argument("--seed", default="", help="for other dresses")
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args(arguments)
    start = time.perf_counter()
    with ProcessPoolExecutor(chosen.jobs) as pool:
        tasks = [pool.submit(judged, name, chosen.each, chosen.seed) for name in chosen.page or page_names()]
        of_rules = rule_pages() if chosen.uses and not chosen.page else []
        tasks += [pool.submit(judged, name, chosen.uses, chosen.seed) for name in of_rules]
        outcomes = [o for task in tasks for o in task.result()]
    ways = Counter(way for o in outcomes for way in set(o.ways))
    print("\n".join(f"{way:24} in {count:>5} steps" for way, count in ways.most_common()), end="\n\n")
    right = [o for o in outcomes if o.truth == "true"]
    alarms = [o for o in right if o.problems]
    others = [o for o in outcomes if o.truth != "true" and not o.page.startswith(PREFIX)]
    unknown = sum(o.truth != "true" for o in outcomes) - len(others)
    how = f"{time.perf_counter() - start:.0f} s, seed {chosen.seed!r}, {chosen.each} of each step"
    print(f"{len(outcomes)} steps, {len(right)} of them confirmed by brute force ({how})")
    accepted = sum(not o.problems for o in others)
    print(f"accepted: {len(right) - len(alarms)} of {len(right)}, of those not confirmed {accepted} of {len(others)}")
    print(f"by rules and not confirmed: {unknown}")
    for title, left in (("false alarms", alarms), ("not confirmed", others)):
        print(f"\n{title}: {len(left)}")
        for o in left:
            print(f"  {o.page}, line {o.line}, {', '.join(o.ways)}: {'; '.join(o.problems)}\n      {o.text}")
    return 1 if alarms else 0


if __name__ == "__main__":
    sys.exit(main())
