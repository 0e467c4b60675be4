"""Collapse random expressions and let the brute force compare.

Run as `python -m benchmarks.fuzz N [--seed S] [--sympy M] [--integrals] [--check] [--quiet]` from the top of
the repository. Each failing expression is printed with its seed; at the end the counts, and those of SymPy's `doit` on
the first M of them. With `--check` the checker goes over the lines too. `python -m benchmarks.fuzz 1 --seed S` looks at
one expression again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
from collections import Counter
from dataclasses import dataclass
from functools import partial
from random import Random
from types import FrameType
from typing import Any

from sympy import DiracDelta
from tests.oracle.decide import compared, has_no_value
from tests.oracle.leftover import uncollapsed
from tests.oracle.random_expressions import Question, question
from tests.oracle.random_integrals import integral_question
from tests.oracle.values import NotCovered
from tests.oracle.verdict import live_deltas, singular

from deltasift.check import check
from deltasift.derive import collapse
from deltasift.errors import DeltasiftError, Undefined

SECONDS = 20
BY_CONVENTION = ("product of Dirac deltas", "end of its interval")  # refused although some would give it a value
KINDS = ("right", "unchanged", "wrong", "rejected", "refused", "uncollapsed", "undecided", "error", "slow")
FINE = ("right", "unchanged")


@dataclass(frozen=True)
class Finding:
    """What came of one expression."""

    seed: int
    kind: str
    expr: str = ""
    facts: str = ""
    result: str = ""
    witness: str = ""

    def __str__(self) -> str:
        return f"{self.kind}  seed {self.seed}  {self.expr}  facts {self.facts}  gave {self.result}  {self.witness}"


class Rejected(Exception):
    """The checker does not accept a line that was found."""


class TookTooLong(Exception):
    """An expression ran into its time limit."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TookTooLong


def by_collapse(q: Question, checked: bool) -> Any:
    """Return what deltasift makes of it; with `checked` its lines must be accepted by the checker."""
    derivation = collapse(q.expr, facts=q.known)
    if checked and (problems := check(derivation, layers=("structure",)).problems):
        raise Rejected("; ".join(problems))
    return derivation.result


def by_sympy(q: Question) -> Any:
    """Return what SymPy makes of it."""
    return q.expr.doit()


def judged(q: Question, answer: Any, karr: bool) -> tuple[str, str]:
    """Return the kind of an answer and a witness; what came back as it was, with nothing to sift in it, is unchanged.

    With `karr` an answer of SymPy is right also if it agrees in Karr's convention for reversed ranges.
    """
    if singular(answer):
        return "wrong", "no value in the answer"
    if answer.has(DiracDelta) and live_deltas(answer):
        return "uncollapsed", "a Dirac delta is left"
    if q.expr.has(DiracDelta) and (why := has_no_value(q.problem)):
        return "wrong", f"there is no value: {why}"
    found = compared(q.problem, answer, limit=60, seeds=2, work=8_000)
    if found.equal is None:
        return "undecided", found.reason
    if not found.equal:
        if karr and compared(q.problem, answer, limit=60, seeds=2, work=8_000, karr=True).equal:
            return "right", ""
        return "wrong", f"{found.reason}: {found.witness}"
    left = uncollapsed(answer)
    if left:
        return "uncollapsed", "; ".join(left)
    return ("unchanged" if answer == q.expr else "right"), ""


def looked_at(seed: int, sympy: bool, integrals: bool, checked: bool) -> Finding:
    """Look at one expression."""
    q = integral_question(Random(seed)) if integrals else question(Random(seed))
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    text, facts = str(q.expr), str([str(f) for f in q.known])
    try:
        try:
            answer = by_sympy(q) if sympy else by_collapse(q, checked)
        except Undefined as reason:
            right = any(s in str(reason) for s in BY_CONVENTION) or has_no_value(q.problem, anywhere=True)
            kind = "right" if right else "refused"
            return Finding(seed, kind, text, facts, "", str(reason))
        kind, witness = judged(q, answer, sympy)
        return Finding(seed, kind, text, facts, str(answer), witness)
    except TookTooLong:
        return Finding(seed, "slow", text, facts)
    except Rejected as reason:
        return Finding(seed, "rejected", text, facts, "", str(reason))
    except NotCovered as reason:
        return Finding(seed, "undecided", text, facts, "", str(reason))
    except DeltasiftError as reason:
        return Finding(seed, "error", text, facts, "", f"{type(reason).__name__}: {reason}")
    except Exception as reason:  # a traceback is a finding
        return Finding(seed, "error", text, facts, "", f"traceback, {type(reason).__name__}: {reason}")
    finally:
        signal.alarm(0)


def counted(pool: Any, seeds: range, chosen: argparse.Namespace, sympy: bool) -> str:
    """Look at expressions, print those that failed, return the counts: of sums alone, and of those with products."""
    counts: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    integrals, quiet = chosen.integrals, chosen.quiet or sympy
    look = partial(looked_at, sympy=sympy, integrals=integrals, checked=chosen.check)
    for finding in pool.imap(look, seeds, chunksize=8):
        counts["Product(" in finding.expr][finding.kind] += 1
        if finding.kind not in FINE and not quiet:
            print(finding, flush=True)
    lines = []
    for products, found in counts.items():
        total = max(1, found.total())
        shares = ", ".join(f"{kind} {found[kind]} ({100 * found[kind] / total:.2f} %)" for kind in KINDS)
        what = "with products" if products else "integrals" if integrals else "sums alone"
        if found:
            lines.append(f"  {what:14}{found.total():6}: {shares}")
    return "\n".join(lines)


def main() -> None:
    """Print what failed, and the counts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("number", type=int, help="how many expressions")
    parser.add_argument("--seed", type=int, default=0, help="the first seed; the others follow")
    parser.add_argument("--sympy", type=int, default=0, metavar="M", help="let SymPy's doit do the first M of them too")
    parser.add_argument("--integrals", action="store_true", help="integrals with Dirac deltas instead of sums")
    parser.add_argument("--check", action="store_true", help="let the checker go over the lines too")
    parser.add_argument("--quiet", action="store_true", help="print the counts alone")
    chosen = parser.parse_args()
    with multiprocessing.Pool(2, maxtasksperchild=400) as pool:
        seeds = range(chosen.seed, chosen.seed + chosen.number)
        print("deltasift", counted(pool, seeds, chosen, False), sep="\n", flush=True)
        if chosen.sympy:
            print("SymPy, doit", counted(pool, seeds[: chosen.sympy], chosen, True), sep="\n", flush=True)


if __name__ == "__main__":
    main()
