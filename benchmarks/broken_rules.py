"""Every rule of the table, made wrong in several ways, and what rejects the lines that it gives.

Run as `python -m benchmarks.broken_rules [--rule NAME] [--each 0] [--jobs 2] [--seed TEXT]`. A sign, a factor, a term,
a number, a bound or an argument of a statement is altered, an inequality is turned around or sharpened, a condition is
left out or loosened, a kind is loosened, a name may vary with what is summed over. The lines are made from the table
itself (`tests/oracle/rule_uses.py`), of coded rules from their uses (`tests/oracle/coded_uses.py`). By brute force,
which shares no code with the checker, it is decided whether one is wrong.

An altered line of which brute force knows nothing (a derivative, an integral of what has no point mass) is asked about
like a wrong one, and counted apart.

Two questions are asked of each:

* the one who finds lines is broken, and the table is right: does the judge alone reject it?
* the table itself is broken, the judge's copy included: do finite models or random points reject it?

An alteration is rejected by models or numbers where one of its lines is. Of each that is not it is said whether its
statement is a theorem of `proofs/`, which as it is altered it would not be, or a verifier of its own would reject it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from proofs.__main__ import theorems

from deltasift import rules
from deltasift.calc import Page
from deltasift.check import check
from deltasift.errors import DeltasiftError
from deltasift.judge import ACCEPT
from deltasift.line.same import same
from deltasift.rule import Rule
from oracle.broken_statements import Alteration, alterations
from oracle.coded_uses import CodedUse, coded_uses
from oracle.drawn import compared
from oracle.judging import verdict
from oracle.rule_uses import RuleUse

POINTS = 60  # of the checker's own
CODED = 12  # alterations of one use of a coded rule, at most
SEMANTIC = ("models", "numbers")


@dataclass(frozen=True)
class Outcome:
    """What became of one alteration.

    Attributes
    ----------
    rule, kind, what : str
    wrong, right : int
        How many of its lines are wrong, or not known to be right, and how many are right.
    accepted : tuple of str
        The wrong lines that the judge accepted though the table is right.
    layers : frozenset of str
        Which of models and numbers reject one of its wrong lines.
    named_by : str
        What else would: "proofs" or "verifier".
    example : str
        One of its wrong lines.
    known : bool
        Whether brute force finds one of its lines wrong, and not only knows nothing of it.
    """

    rule: str
    kind: str
    what: str
    wrong: int = 0
    right: int = 0
    accepted: tuple[str, ...] = ()
    layers: frozenset[str] = frozenset()
    named_by: str = ""
    example: str = ""
    known: bool = True

    def __str__(self) -> str:
        return f"{self.rule}, {self.kind}: {self.what}    {self.example}"


def rejecting(page: Page) -> set[str]:
    """Return which of models and numbers reject the one step of a page."""
    try:
        line = check(page, layers=SEMANTIC, points=POINTS).lines[1]
    except DeltasiftError:  # it has no line to look at, which is no rejection
        return set()
    return {c.kind for c in line.checks if c.status == "failed"}


def of_a_statement(name: str, number: int, each: int, seed: str) -> list[Outcome]:
    """Return what became of the alterations of one statement."""
    rule = rules.RULES[name]
    every = list(alterations(rule, number))
    if each and len(every) > each:
        every = random.Random(f"{name} {number} {seed}").sample(every, each)
    proved = f"{name}_{number + 1}" in theorems()
    sound: dict[int, bool] = {}  # whether models and numbers let the right line pass, by what its variables stand for
    return [_outcome(a, f"{name}, {number + 1}", "proofs" if proved else "", sound) for a in every]


def _outcome(a: Alteration, label: str, named_by: str, sound: dict[int, bool]) -> Outcome:
    rule = rules.RULES[a.rule.name]
    right, wrong, accepted, layers = 0, list[RuleUse](), list[str](), set[str]()
    for use in a.uses():
        if is_harmless(use, rule):
            right += 1
            continue
        wrong.append(use)
        status, _ = verdict(use.run(rule), use.facts, relation=use.relation)
        if status == ACCEPT:
            accepted.append(_shown(use))
    for use in wrong:
        if a.kind not in ("condition", "kind", "scope") and not _is_sound(use, a, sound):
            continue
        layers |= rejecting(use.page())
        if layers:
            break
    example = _shown(wrong[0]) if wrong else ""
    known = any(_compared(use) == "wrong" for use in wrong)
    return Outcome(
        label, a.kind, a.what, len(wrong), right, tuple(accepted), frozenset(layers), named_by, example, known
    )


def is_harmless(use: RuleUse, rule: Rule) -> bool:
    """Tell whether a line is right all the same: by values, or because the rule of the table gives it, too."""
    if _compared(use) == "true":
        return True
    mine, theirs = rule.statements[use.number], use.rule.statements[use.number]
    if mine.relation == theirs.relation:  # what is altered is when it may be used
        return False
    if type(mine.relation) is not type(theirs.relation):  # another order
        return False
    right = use.filled.use(rule, use.number)
    return same(use.before, right.before) and same(use.after, right.after)


def _compared(use: RuleUse) -> str:
    seed = f"{use.rule.name} {use.number}"
    return compared(use.before, use.after, use.facts, seed, relation=use.relation).kind


def _is_sound(use: RuleUse, a: Alteration, sound: dict[int, bool]) -> bool:
    """Tell whether models and numbers let the right line pass: else that they reject another one says nothing."""
    known = id(use.filled)
    if known not in sound:
        sound[known] = not rejecting(use.filled.use(rules.RULES[a.rule.name], a.number).page())
    return sound[known]


def _shown(use: RuleUse | CodedUse) -> str:
    given = f"  given {', '.join(map(str, use.facts))}" if use.facts else ""
    return f"{use.before}  ->  {use.after}{given}"


def of_a_coded_rule(name: str, each: int, seed: str) -> list[Outcome]:
    """Return what became of the alterations of the uses of a coded rule."""
    rng = random.Random(f"{name} {seed}")
    found = []
    for use in coded_uses(name):
        every = list(use.altered())
        for other in rng.sample(every, each) if each and len(every) > each else every:
            found.append(_coded_outcome(name, use, other))
    return found


def _coded_outcome(name: str, use: CodedUse, other: CodedUse) -> Outcome:
    what = f"{other.use.after} for {use.use.after}"
    if other.is_harmless(use):
        return Outcome(name, "coded", what, right=1)
    status, _ = verdict(other.run, other.facts, other.given, other.relation, other.varying)
    accepted = (_shown(other),) if status == ACCEPT else ()
    layers = set() if rejecting(use.page) else rejecting(other.page)
    named_by = "verifier" if rules.METHODS[name].verifier else ""
    return Outcome(name, "coded", what, 1, 0, accepted, frozenset(layers), named_by, _shown(other), other.is_wrong())


def outcomes(names: Sequence[str], each: int, seed: str, jobs: int) -> list[Outcome]:
    """Return what became of all alterations of some rules."""
    with ProcessPoolExecutor(jobs) as pool:
        tasks = []
        for name in names:
            if name in rules.RULES:
                count = len(rules.RULES[name].statements)
                tasks += [pool.submit(of_a_statement, name, number, each, seed) for number in range(count)]
            else:
                tasks.append(pool.submit(of_a_coded_rule, name, min(each or CODED, CODED), seed))
        return [o for task in tasks for o in task.result()]


def table(found: Sequence[Outcome]) -> Iterator[str]:
    """Yield a row for each kind of alteration."""
    heads = (
        "made",
        "harmless",
        "unknown",
        "wrong",
        "judge",
        "models",
        "numbers",
        "either",
        "proofs",
        "verifier",
        "left",
    )
    yield f"{'what is altered':16}" + "".join(f"{h:>10}" for h in heads)
    kinds = list(dict.fromkeys(o.kind for o in found))
    for kind in (*kinds, "all"):
        mine = [o for o in found if kind in (o.kind, "all")]
        every = [o for o in mine if o.wrong]
        wrong = [o for o in every if o.known]
        quiet = Counter(o.named_by for o in wrong if not o.layers)
        cells = (
            len(mine),
            len(mine) - len(every),
            len(every) - len(wrong),
            len(wrong),
            sum(not o.accepted for o in every),
            sum("models" in o.layers for o in wrong),
            sum("numbers" in o.layers for o in wrong),
            sum(bool(o.layers) for o in wrong),
            quiet["proofs"],
            quiet["verifier"],
            quiet[""],
        )
        yield f"{kind:16}" + "".join(f"{c:>10}" for c in cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and what is not rejected; 1 where the judge accepts a wrong line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.broken_rules", description="Every rule, broken.")
    parser.add_argument("--rule", action="append", help="a rule, all by default")
    parser.add_argument("--each", type=int, default=0, help="alterations of each statement, all by default")
    parser.add_argument("--seed", default="", help="for another choice")
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args(arguments)
    start = time.perf_counter()
    names = chosen.rule or [*rules.RULES, *rules.METHODS]
    found = outcomes(names, chosen.each, chosen.seed, chosen.jobs)
    seconds = time.perf_counter() - start
    print("\n".join(table(found)), end="\n\n")
    wrong = [o for o in found if o.wrong]
    accepted = [o for o in wrong if o.accepted]
    known = [o for o in wrong if o.known]
    quiet = [o for o in wrong if not o.layers]
    seen, unseen = ([o for o in quiet if o.known is k] for k in (True, False))
    dark = len(wrong) - len(known)
    print(
        f"{len(found)} alterations of {len(names)} rules, {len(known)} of them wrong, {dark} unknown, {seconds:.0f} s"
    )
    print(f"the table right: the judge rejects           {_share(len(wrong) - len(accepted), len(wrong))}")
    print(f"the table broken: models or numbers reject   {_share(len(known) - len(seen), len(known))}")
    print(f"  of those of which brute force knows nothing {dark - len(unseen)}/{dark}")
    print(f"\naccepted by the judge: {len(accepted)}")
    for o in accepted:
        print(f"  {o.rule}, {o.kind}: {o.what}    {o.accepted[0]}")
    for what, which in (("wrong", seen), ("of which brute force knows nothing", unseen)):
        print(f"\nnot rejected by models or numbers, {what}: {len(which)}")
        for o in which:
            print(f"  [{o.named_by or 'nothing'}] {o}")
    return 1 if accepted else 0


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {int(10_000 * part / whole) / 100 if whole else 100:.2f} %"


if __name__ == "__main__":
    sys.exit(main())
