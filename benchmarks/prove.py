"""Ask the search for each claim of `claims.txt`; print which are found, with seconds and steps, and the share.

Run as `python -m benchmarks.prove [--only WORD ...] [--table]` from the top of the repository. What cannot be stated
counts as not found. With `--table` the rows of a table in Markdown are printed.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from types import FrameType

from benchmarks.claims import Claim, claims
from deltasift import check, prove
from deltasift.errors import DeltasiftError

SECONDS = 20


class TookTooLong(Exception):
    """A search ran into its time limit."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TookTooLong


@dataclass(frozen=True)
class Answer:
    """What became of a claim: found, not found or cannot be stated; the steps, the seconds, and a word on why not."""

    outcome: str
    steps: int
    seconds: float
    why: str = ""


def asked(claim: Claim) -> Answer:
    """Ask for a derivation; it is found only if all ways of checking it agree."""
    if claim.missing:
        return Answer("cannot be stated", 0, 0.0, claim.missing)
    equality, names = claim.question()
    start = time.perf_counter()
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    try:
        made = prove(equality, facts=names)
        seconds = time.perf_counter() - start
        report = check(made)
        if report.ok:
            return Answer("found", len(made.steps), seconds)
        return Answer("not found", len(made.steps), seconds, f"its own report: {report.problems[0]}")
    except TookTooLong:
        return Answer("not found", 0, float(SECONDS), f"no answer in {SECONDS} s")
    except DeltasiftError as why:
        return Answer("not found", 0, time.perf_counter() - start, str(why))
    finally:
        signal.alarm(0)


def row(claim: Claim, answer: Answer) -> str:
    """Return the row of a table: the claim as a reader knows it, and what became of it."""
    figures = f"{answer.steps} | {answer.seconds:.2f}" if answer.outcome == "found" else "|"
    said = f"{answer.outcome}: {answer.why}" if claim.missing else answer.outcome
    return f"| {claim.name.replace('_', ' ')} | {said} | {figures} |"


def main() -> None:
    """Print each claim with its outcome, and the shares."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.prove", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", nargs="*", default=[], metavar="WORD", help="claims with one of these in their names")
    parser.add_argument("--table", action="store_true", help="print rows of a table in Markdown")
    chosen = parser.parse_args()
    fields: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims():
        if chosen.only and not any(word in claim.name for word in chosen.only):
            continue
        answer = asked(claim)
        fields[claim.field][answer.outcome] += 1
        if chosen.table:
            print(row(claim, answer), flush=True)
            continue
        print(f"{claim.name:38} {answer.outcome:16} {answer.steps:3} steps {answer.seconds:6.2f} s", flush=True)
        if answer.why:
            print("    " + answer.why.replace("\n", "\n    "), flush=True)
    print()
    for field, counts in [*fields.items(), ("all", sum(fields.values(), Counter()))]:
        number = sum(counts.values())
        print(f"{field:12} {counts['found']:3} of {number:3} found, {counts['cannot be stated']} cannot be stated")


if __name__ == "__main__":
    main()
