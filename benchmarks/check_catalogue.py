"""Time `deltasift check` over the whole catalogue, start included: with nothing kept, and with all verdicts kept.

Run as `python -m benchmarks.check_catalogue`; `-j 2` is over two processes. The aims: under 30 s on two cores with
nothing kept, no page over 2 s. Times are given as seconds of the clock, seconds of computing, and as a ratio of the
latter to `import sympy`, so that figures of different machines compare. `--table` lists each page with its lines, the
rules that it uses, its assumptions, the grades of its lines, and its seconds of computing, as Markdown. `--prove` asks
the search for the proof of each claim that is an equality, from what the page gives, and lists those it does not find.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from benchmarks.import_time import seconds
from deltasift import DeltasiftError, Equality, prove
from deltasift.atlas import reasons_of
from deltasift.catalogue import fields, page_names
from deltasift.check import check
from deltasift.pages import load
from deltasift.rules import METHODS, RULES

OVER = 2.0  # seconds that a page may take


def main() -> None:
    """Print the times, or the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-j", "--jobs", type=int, default=1, help="over so many processes")
    parser.add_argument("--table", action="store_true", help="list the pages instead")
    parser.add_argument("--prove", action="store_true", help="count the claims that the search proves alone")
    asked = parser.parse_args()
    if asked.prove:
        sys.stdout.writelines(f"{row}\n" for row in found_alone())
        return
    if asked.table:
        sys.stdout.writelines(f"{row}\n" for row in table())
        return
    sympy = seconds("sympy")
    with tempfile.TemporaryDirectory() as cache:
        for state in ("cold", "warm"):
            clock, computing = run(asked.jobs, cache)
            print(f"{state}  {clock:6.2f} s, computing {computing:6.2f} s, {computing / sympy:.0f} times import sympy")


def run(jobs: int, cache: str) -> tuple[float, float]:
    """Return the seconds of the clock and of computing that one run takes, its processes included."""
    before, start = _computed(), time.perf_counter()
    command = [sys.executable, "-m", "deltasift", "check", "-j", str(jobs)]
    subprocess.run(command, check=True, env={**os.environ, "XDG_CACHE_HOME": cache}, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, _computed() - before


def _computed() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table() -> Iterator[str]:
    """Yield the rows of a table of all pages; what is slower than it may be stands in bold."""
    yield "| page | lines | rules | assumptions | grades | s |"
    yield "| --- | --- | --- | --- | --- | --- |"
    check(load(next(iter(fields().values()))[0]))  # what is loaded once is not the first page's
    for field, names in fields().items():
        yield f"| **{field}** | | | | | |"
        for name in names:
            start = time.process_time()
            page = load(name)
            report = check(page)
            taken = time.process_time() - start
            rules = sorted(r for r in reasons_of(page) if r in RULES or r in METHODS)
            grades = ", ".join(f"{count} {grade.name.lower()}" for grade, count in report.grades.items() if count)
            shown = f"**{taken:.2f}**" if taken > OVER else f"{taken:.2f}"
            verdict = "" if report.ok else " (wrong)"
            yield (
                f"| {name}{verdict} | {len(report.lines)} | {', '.join(rules)} | {len(report.ledger)} | {grades} "
                f"| {shown} |"
            )


def found_alone() -> Iterator[str]:
    """Yield the claims for which the search finds no proof, and how many it finds one for."""
    found = claimed = 0
    for name in page_names():
        page = load(name)
        for n, claim in enumerate(page.claims, 1):
            if not isinstance(claim, Equality):
                continue
            claimed += 1
            try:
                prove(claim, facts=(*page.domains, *page.assumptions))
                found += 1
            except DeltasiftError as why:
                yield f"{name}, claim {n}: {type(why).__name__}"
    yield f"{found} of {claimed} claims are proved by the search alone, {100 * found // claimed} %"


if __name__ == "__main__":
    main()
