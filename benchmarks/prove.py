"""Ask the search for each claim of `claims.txt`; print which are found, with seconds and steps, and the share.

Run as `python -m benchmarks.prove [--only WORD ...] [--write FILE]` from the top of the repository. What cannot be
stated counts as not found. With `--write` the tables of `docs/proving.md` are written to a file.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from benchmarks.claims import Claim, claims
from deltasift import check, prove
from deltasift.errors import DeltasiftError

SECONDS = 20  # of the processor, so that what else runs does not matter
HEAD = """# What the search proves alone

`python -m benchmarks.prove` asks `prove` for the standard results of `benchmarks/claims.txt`, which were written down
before there were rules for most of them, when 92 of 184 were found: **{found} of {number}** are found now, {unstated}
cannot be stated today and count as not found. A result counts as found only if all ways of checking its lines agree.
Seconds are of the processor, the search alone; each result has {seconds} of them.
`python -m benchmarks.prove --write docs/proving.md` writes this file.
"""


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
    start = time.process_time()
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        made = prove(equality, facts=names)
        seconds = time.process_time() - start
        report = check(made)
        if report.ok:
            return Answer("found", len(made.steps), seconds)
        return Answer("not found", len(made.steps), seconds, f"its own report: {report.problems[0]}")
    except TookTooLong:
        return Answer("not found", 0, float(SECONDS), f"no answer in {SECONDS} s")
    except DeltasiftError as why:
        return Answer("not found", 0, time.process_time() - start, str(why))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def shares(answers: Mapping[str, Sequence[tuple[Claim, Answer]]]) -> Iterator[str]:
    """Yield for each field, and for all of them, how many were found."""
    fields = {field: Counter(a.outcome for _, a in found) for field, found in answers.items()}
    for field, counts in [*fields.items(), ("all", sum(fields.values(), Counter()))]:
        number = sum(counts.values())
        yield f"{field:12} {counts['found']:3} of {number:3} found, {counts['cannot be stated']} cannot be stated"


def tables(answers: Mapping[str, Sequence[tuple[Claim, Answer]]]) -> Iterator[str]:
    """Yield the text of `docs/proving.md`."""
    outcomes = Counter(a.outcome for found in answers.values() for _, a in found)
    counts = {"found": outcomes["found"], "number": sum(outcomes.values()), "unstated": outcomes["cannot be stated"]}
    yield HEAD.format(seconds=SECONDS, **counts)
    yield "\n".join(["```text", *shares(answers), "```", ""])
    for field, found in answers.items():
        yield f"## {field.capitalize()}\n\n| result | | steps | seconds |\n| --- | --- | ---: | ---: |"
        for claim, answer in found:
            figures = f"{answer.steps} | {answer.seconds:.2f}" if answer.outcome == "found" else "|"
            said = f"{answer.outcome}: {answer.why}" if claim.missing else answer.outcome
            yield f"| {claim.name.replace('_', ' ')} | {said} | {figures} |"
        yield ""


def main() -> None:
    """Print each claim with its outcome, and the shares."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.prove", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", nargs="*", default=[], metavar="WORD", help="claims with one of these in their names")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the tables in Markdown")
    chosen = parser.parse_args()
    answers: dict[str, list[tuple[Claim, Answer]]] = defaultdict(list)
    for claim in claims():
        if chosen.only and not any(word in claim.name for word in chosen.only):
            continue
        answer = asked(claim)
        answers[claim.field].append((claim, answer))
        print(f"{claim.name:38} {answer.outcome:16} {answer.steps:3} steps {answer.seconds:6.2f} s", flush=True)
        if answer.why:
            print("    " + answer.why.replace("\n", "\n    "), flush=True)
    print("", *shares(answers), sep="\n")
    if chosen.write is not None:
        chosen.write.write_text("\n".join(tables(answers)), encoding="utf-8")


if __name__ == "__main__":
    main()
