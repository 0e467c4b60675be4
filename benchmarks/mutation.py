"""The mutation score: wrong steps made of the right ones of every page and every rule, and what rejects them.

Run as `python -m benchmarks.mutation [--each 5] [--uses 1] [--page NAME] [--kind NAME] [--sample N] [--seed TEXT]
[--jobs 2]`.
Beside the pages stand steps that are made from the rule table, one by each statement (`tests/oracle/rule_pages.py`).
With `--sample` so many pages and so many of these steps are drawn, the same ones for the same seed. What each layer of
the checker finds does not depend on the others. Whether a changed line is wrong at all is decided by
brute force, which shares no code with the checker (`tests/oracle`); a line that it finds right, since the mistake
happens to do no harm there, is counted apart. Every wrong line that nothing rejects is printed, and so is every changed
value that neither models nor numbers reject by themselves.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from tests.oracle.pages import Verdict
from tests.oracle.rule_pages import PREFIX, page_called, rule_pages, verdict_of

from deltasift.catalogue import page_names
from deltasift.check.mutate import KINDS, Mutant, mutants, rejections
from deltasift.errors import DeltasiftError

LAYERS = ("refused", "structure", "conditions", "models", "numbers")
SEMANTIC = ("refused", "models", "numbers")
WORLDS = 40  # in which brute force compares a line with the line before
POINTS = 100  # of the checker's own, as many as `check` takes


@dataclass(frozen=True)
class Outcome:
    """One mistake, and what became of it."""

    page: str
    kind: str
    line: int
    change: str
    truth: str
    witness: str
    rejected: tuple[str, ...]

    @property
    def wrong(self) -> bool:
        """Whether it must be rejected: unless brute force finds the line right."""
        return self.truth != "true"

    @property
    def killed(self) -> bool:
        return bool(self.rejected)

    def __str__(self) -> str:
        found = f"{self.truth}: {self.witness}" if self.witness else self.truth
        return f"{self.page}, line {self.line}, {self.kind}: {self.change} ({found})"


def truth(mutant: Mutant, worlds: int) -> Verdict:
    """Return what brute force finds of the step; one whose line is kept is wrong by its reason or claim alone."""
    if mutant.breaks in ("reason", "claim"):
        return Verdict("wrong")
    step, before, page = mutant.step, mutant.previous, mutant.page
    assumed = (*page.assumptions, *(a for p in page.proofs for s in p.steps for a in s.assumptions))
    said = before, step.expr, step.relation, step.varying
    try:
        return verdict_of(page, *said, assumed, f"{page.name} {mutant.line}", worlds)
    except DeltasiftError as error:
        return Verdict("unknown", str(error))


def judged(name: str, kinds: Sequence[str], each: int | None, seed: str) -> list[Outcome]:
    """Return what became of the mistakes of one page."""
    found = []
    for m in mutants(page_called(name), kinds=kinds, each=each, seed=seed):
        verdict = truth(m, WORLDS)
        rejected = rejections(m, points=POINTS)
        found.append(Outcome(name, m.kind, m.line, m.change, verdict.kind, verdict.witness, tuple(rejected)))
    return found


def table(title: str, rows: Iterable[tuple[str, Sequence[Outcome]]]) -> Iterator[str]:
    """Yield a table with a row for each group of outcomes."""
    yield f"{title:32} {'made':>6} {'true':>6} {'wrong':>6} {'killed':>6}  " + " ".join(f"{x:>10}" for x in LAYERS)
    for name, outcomes in rows:
        wrong = [o for o in outcomes if o.wrong]
        killed = sum(o.killed for o in wrong)
        by = Counter(layer for o in wrong for layer in o.rejected)
        cells = " ".join(f"{by[layer]:>10}" for layer in LAYERS)
        yield f"{name:32} {len(outcomes):>6} {len(outcomes) - len(wrong):>6} {len(wrong):>6} {killed:>6}  {cells}"


def share(part: int, whole: int) -> str:
    """Return a part of a whole in percent, rounded down to two digits."""
    return f"{part}/{whole} = {int(10_000 * part / whole) / 100 if whole else 100:.2f} %"


def drawn(names: Sequence[str], count: int, seed: str) -> list[str]:
    """Return some names in their order, the same ones for the same seed."""
    chosen = set(random.Random(f"sample {seed}").sample(list(names), min(count, len(names))))
    return [name for name in names if name in chosen]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables and the survivors; 1 where there is one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description="The mutation score.")
    parser.add_argument("--each", type=int, default=5, help="mistakes of each kind on each page, 0 for all of them")
    parser.add_argument("--uses", type=int, default=1, help="mistakes of each kind on each step by a rule, 0 for none")
    parser.add_argument("--page", action="append", help="a page, all and each rule by default")
    parser.add_argument("--kind", action="append", choices=list(KINDS), help="a kind, all by default")
    parser.add_argument("--sample", type=int, default=0, help="so many pages and steps by rules, all by default")
    parser.add_argument("--seed", default="", help="for another choice of mistakes")
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args(arguments)
    pages, kinds, each = chosen.page or page_names(), chosen.kind or list(KINDS), chosen.each or None
    of_rules = rule_pages() if chosen.uses and not chosen.page else []
    if chosen.sample:
        pages, of_rules = (drawn(names, chosen.sample, chosen.seed) for names in (pages, of_rules))
    start = time.perf_counter()
    with ProcessPoolExecutor(chosen.jobs) as pool:
        tasks = [pool.submit(judged, name, kinds, each, chosen.seed) for name in pages]
        others = [k for k in kinds if KINDS[k].breaks not in ("reason", "claim")]  # arithmetic is a reason for some
        tasks += [pool.submit(judged, name, others, chosen.uses, chosen.seed) for name in of_rules]
        outcomes = [o for task in tasks for o in task.result()]
    print("\n".join(table("kind", ((k, [o for o in outcomes if o.kind == k]) for k in kinds))), end="\n\n")
    breaks = list(dict.fromkeys(KINDS[k].breaks for k in kinds))
    rows = ((b, [o for o in outcomes if KINDS[o.kind].breaks == b]) for b in breaks)
    print("\n".join(table("what is broken", rows)), end="\n\n")
    by_page = [(p, [o for o in outcomes if o.page == p]) for p in pages]
    by_page.append(("each rule of the table", [o for o in outcomes if o.page.startswith(PREFIX)]))
    print("\n".join(table("page", by_page)), end="\n\n")
    return summary(outcomes, f"{time.perf_counter() - start:.0f} s, seed {chosen.seed!r}, {each or 'all'} each")


def summary(outcomes: Sequence[Outcome], how: str) -> int:
    """Print the scores and the survivors."""
    wrong = [o for o in outcomes if o.wrong]
    survivors = [o for o in wrong if not o.killed]
    values = [o for o in wrong if KINDS[o.kind].breaks == "value"]
    quiet = [o for o in values if not set(o.rejected) & set(SEMANTIC)]
    unknown = sum(o.truth == "unknown" for o in values)
    print(f"{len(outcomes)} mistakes of {len({o.kind for o in outcomes})} kinds, {len(wrong)} of them wrong ({how})")
    print(f"killed                              {share(len(wrong) - len(survivors), len(wrong))}")
    print(f"changed values, by models or numbers alone  {share(len(values) - len(quiet), len(values))}")
    print(f"changed values that brute force does not know: {unknown}")
    for title, left in (("not rejected", survivors), ("changed values rejected by structure alone", quiet)):
        print(f"\n{title}: {len(left)}")
        for o in left:
            print(f"  {o}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
