"""Collapse every case of `tests/cases` and let the brute force judge the answers.

Run as `python -m benchmarks.cases [--only PREFIX ...] [--failing] [--check]` from the top of the
repository. What is not right is printed; at the end the counts of each family. Two processes, each case with a time
limit of its own. With `--check` the checker goes over the lines too. With `--verify` nothing is collapsed, and the
expected values themselves are judged, double integrals included, which takes minutes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import signal
import time
from collections import Counter, defaultdict
from functools import partial
from types import FrameType

from tests.oracle.cases import UNDEFINED, UNEVALUATED, Case, load
from tests.oracle.decide import compared, has_no_value
from tests.oracle.instances import Problem
from tests.oracle.verdict import REFUSED, Verdict, judged

from deltasift.check import check
from deltasift.derive import collapse
from deltasift.errors import DeltasiftError, Undefined

SECONDS = 20


class TookTooLong(Exception):
    """A case ran into its time limit."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TookTooLong


def answered(case: Case, checked: bool = False) -> tuple[Verdict, str, float]:
    """Collapse a case; return the verdict, the answer as text, and the seconds of the collapse.

    With `checked` a derivation with a line that the checker does not accept is rejected.
    """
    start = time.process_time()
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    try:
        try:
            derivation = collapse(case.expr, facts=case.known)
            result = derivation.result
        except Undefined as reason:
            return judged(case, REFUSED), f"Undefined: {reason}", time.process_time() - start
        except DeltasiftError as reason:
            return Verdict("error", type(reason).__name__), str(reason), time.process_time() - start
        seconds = time.process_time() - start
        problems = check(derivation, layers=("structure",)).problems if checked else ()
        verdict = Verdict("rejected", "; ".join(problems)) if problems else judged(case, result)
        return verdict, str(result), seconds
    except TookTooLong:
        return Verdict("slow"), "", float(SECONDS)
    except Exception as error:  # a traceback is a finding: it is printed with the case
        return Verdict("crashed", type(error).__name__), str(error), time.process_time() - start
    finally:
        signal.alarm(0)


def verified(case: Case) -> tuple[Verdict, str, float]:
    """Judge what is expected of a case; return the verdict, the expected answer, and the seconds."""
    start, problem = time.process_time(), Problem.of(case)
    if case.expected == UNEVALUATED or "by_hand" in case.oracle:
        verdict = Verdict("by hand", case.oracle.get("by_hand", "no collapse is valid"))
    elif case.expected == UNDEFINED:
        verdict = Verdict("right") if has_no_value(problem) else Verdict("wrong", "there is a value")
    else:
        found = compared(problem, case.parse(case.expected))
        verdict = Verdict({True: "right", False: "wrong", None: "undecided"}[found.equal], found.reason, found.witness)
    return verdict, case.expected, time.process_time() - start


def main() -> None:
    """Print what is not right, and the counts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cases", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", nargs="*", default=[], metavar="PREFIX", help="cases whose id begins like this")
    parser.add_argument("--failing", action="store_true", help="print what is not right and no counts")
    parser.add_argument("--verify", action="store_true", help="judge the expected values, and collapse nothing")
    parser.add_argument("--check", action="store_true", help="let the checker go over the lines too")
    chosen = parser.parse_args()
    work = verified if chosen.verify else partial(answered, checked=chosen.check)
    cases = [c for c in load() if not chosen.only or c.id.startswith(tuple(chosen.only))]
    families: dict[str, Counter[str]] = defaultdict(Counter)
    with multiprocessing.Pool(2, maxtasksperchild=100) as pool:
        for case, (verdict, answer, seconds) in zip(cases, pool.imap(work, cases), strict=True):
            families[case.family][verdict.name] += 1
            if verdict.name not in ("right", "by hand"):
                print(f"{case.id}  {verdict}\n    {case.input}  {list(case.facts) or ''}")
                print(f"    {answer[:300]}  ({seconds:.2f} s; {case.expected})", flush=True)
    if chosen.failing:
        return
    for family, counts in families.items():
        print(f"{family:8}", *(f"{name} {count}" for name, count in counts.most_common()))
    total = sum(families.values(), Counter())
    print(f"{'all':8}", *(f"{name} {count}" for name, count in total.most_common()))


if __name__ == "__main__":
    main()
