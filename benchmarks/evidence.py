"""How many recorded uses of rules are believed by finite models or numbers too, and why the others are not.

Run as `python -m benchmarks.evidence [--only PREFIX ...] [--lines]` from a checkout. Every case of
`tests/cases` that gives a derivation and every page of the catalogue is checked; a use counts for the line to which it
leads. `--lines` prints each line that stands by its rule alone. A rule that is seen in none of these, or has no use
there, is looked at in uses that are made from the table (`tests/oracle/rule_pages.py`, `tests/oracle/coded_uses.py`).
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType

from tests.oracle.cases import Case
from tests.oracle.cases import load as load_cases
from tests.oracle.coded_uses import coded_uses
from tests.oracle.rule_pages import page_called, rule_pages

from deltasift import rules
from deltasift.calc import Page
from deltasift.catalogue import page_names
from deltasift.check import Report, check
from deltasift.check.grade import Grade
from deltasift.derive import collapse
from deltasift.errors import DeltasiftError
from deltasift.pages import load
from deltasift.rule import Method, Under
from deltasift.use import Use

SECONDS = 60
SEEN = ("models", "numbers")


@dataclass(frozen=True)
class Seen:
    """One line with the uses that lead to it, and what models and numbers say of it."""

    place: str
    line: str
    uses: tuple[tuple[str, bool, bool], ...]  # rules, whether they are coded, and whether something else saw them
    is_seen: bool
    why: str


def looked_at(name: str, report: Report) -> Iterator[Seen]:
    """Yield the lines of a report that follow from others."""
    for line in report.lines:
        if not line.runs:
            continue
        unseen = () if line.grade is Grade.EVERY_SIZE else line.unseen
        uses = tuple((*_rule(use), k not in unseen) for k, use in enumerate(u for run in line.runs for u in run.uses))
        found = [c for c in line.checks if c.kind in SEEN]
        is_seen = not unseen
        why = " | ".join(f"{c.kind}: {c.covers}" for c in found)
        yield Seen(f"{name}:{line.number}", f"{line.before} -> {line.expr}", uses, is_seen, why)


def _rule(use: Use) -> tuple[str, bool]:
    rule = use.rule.rule if isinstance(use.rule, Under) else use.rule
    return rule.name, isinstance(rule, Method)


class _TookTooLong(Exception):
    pass


def _stop(number: int, frame: FrameType | None) -> None:
    raise _TookTooLong


def of_case(case: Case) -> tuple[str, list[Seen], float]:
    """Collapse and check a case; return what became of it, its lines, and the seconds of the check."""
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    start = time.process_time()
    try:
        derivation = collapse(case.expr, facts=case.known)
        start = time.process_time()
        report = check(derivation)
        if not report.ok:
            return f"{case.id}: {'; '.join(report.problems)}", [], time.process_time() - start
        return "", list(looked_at(case.id, report)), time.process_time() - start
    except DeltasiftError:
        return "", [], 0.0
    except _TookTooLong:
        return f"{case.id}: more than {SECONDS} s", [], float(SECONDS)
    finally:
        signal.alarm(0)


def seen_in_a_use_of_the_table(name: str) -> bool:
    """Tell whether models or numbers see a rule in one of the uses that are made from its statements or by hand."""
    return any(_is_seen_in(page, name) for page in _pages_with(name))


def _pages_with(name: str) -> Iterator[Page]:
    if name in rules.RULES:
        yield from (page_called(x) for x in rule_pages() if x.split()[1] == name)
    else:
        yield from (use.page for use in coded_uses(name))


def _is_seen_in(page: Page, name: str) -> bool:
    try:
        lines = looked_at("", check(page))
        return any(rule == name and is_seen for line in lines for rule, _, is_seen in line.uses)
    except DeltasiftError:
        return False


def main() -> None:
    """Print what is not seen, and the counts."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.evidence", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--only", nargs="*", default=[], metavar="PREFIX", help="cases whose id begins like this")
    parser.add_argument("--lines", action="store_true", help="print each line that nothing but its rule supports")
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    cases = [c for c in load_cases() if not chosen.only or c.id.startswith(tuple(chosen.only))]
    lines: list[Seen] = []
    seconds = 0.0
    with multiprocessing.Pool(chosen.processes, maxtasksperchild=100) as pool:
        for wrong, found, taken in pool.imap(of_case, cases):
            lines += found
            seconds += taken
            if wrong:
                print(wrong, flush=True)
            if taken > 2 and found:
                print(f"{found[0].place}: {taken:.1f} s", flush=True)
    if not chosen.only:
        for name in page_names():
            lines += looked_at(name, check(load(name)))
    if chosen.lines:
        for seen in lines:
            if not seen.is_seen:
                alone = ", ".join(rule for rule, _, is_seen in seen.uses if not is_seen)
                print(f"{seen.place}  {seen.line}\n    {alone}\n    {seen.why}")
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for seen in lines:
        for rule, coded, is_seen in seen.uses:
            for kind in ("methods" if coded else "patterns", "all", rule):
                uses[kind]["seen" if is_seen else "alone"] += 1
    for kind in ("methods", "patterns", "all"):
        total = sum(uses[kind].values())
        print(f"{kind:10} {uses[kind]['alone']:5} of {total:5} by their rule alone")
    never = sorted(name for name, counts in uses.items() if not counts["seen"])
    print(f"in all of their uses: {', '.join(never)}")
    if not chosen.only:
        unused = [name for name in (*rules.RULES, *rules.METHODS) if name not in uses]
        table = {name: seen_in_a_use_of_the_table(name) for name in (*never, *unused)}
        print(f"rules without a use there: {len(unused)}")
        print(f"  of all these not seen in uses made from the table: {', '.join(n for n in table if not table[n])}")
    print()
    why = Counter(re.sub(r"[0-9]+", "..", seen.why.split("numbers: ")[-1]) for seen in lines if not seen.is_seen)
    for words, count in why.most_common():
        print(f"{count:5}  {words.removeprefix('not covered: ')}")
    print(f"{len(lines)} lines, {sum(not s.is_seen for s in lines)} by their rule alone; {seconds:.0f} s")


if __name__ == "__main__":
    main()
