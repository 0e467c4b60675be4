"""Writes the certificates of coded rules and theorems of `tests/judge`: `python tests/judge/make_coded.py`.

Of each coded rule one step that is right, and a few in which a sign, a factor, a term, a number or an end of what the
rule made is altered, and the line and the claim with it. Of results of other pages some uses that are right, and the
same for other lines, for other things in the place of their names, and for things of which less is given.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from deltasift import Max, Sum, calc, delta, index, labels, real, rules, sizes, step
from deltasift.check import check
from deltasift.check.certify import certificate, proved
from deltasift.check.written import to_data
from deltasift.errors import DeltasiftError
from deltasift.judge import ACCEPT
from deltasift.judge.file import Case, from_data
from deltasift.judge.page import assuming_all, judged_page
from deltasift.judge.record import read_runs
from deltasift.judge.term import make
from judge.make_invalid import files_written, with_move, wrong_binding, wrong_end
from oracle.coded_uses import CodedUse, coded_uses
from oracle.theorems import theorems

EACH = 3  # alterations of one use

N = sizes("N")
n = index("n", 1, N)
a, c = real("a"), real("c")
z = labels("z", n, 0, 1)


def stepping(case: Case, use: CodedUse) -> Case:
    """Return a page whose one step is a use of a coded rule."""
    (chain,) = read_runs([use.run])
    claim = case.claims[-1]
    case = replace(case, claims=(make(claim.head, (claim.args[0], chain.end, *claim.args[2:])),))
    return with_move(case, after=chain.end, chains=(chain,))


def is_accepted(case: Case) -> bool:
    return {f.judgement.status for f in judged_page(case)} == {ACCEPT}


def right(use: CodedUse) -> Case | None:
    """Return the page of a use, None where the judge does not accept all of it from its file."""
    try:
        report = check(replace(use.page, partial=True), layers=("structure",))  # a value of the first line is given
        if not report.ok:
            return None
        case = stepping(from_data(certificate(report)), use)
        proof = case.proofs[-1]
        before = proof.moves[-2].after if len(proof.moves) > 1 else proof.start
        move = proved(before, proof.moves[-1], assuming_all(case))
        case = replace(case, proofs=(*case.proofs[:-1], replace(proof, moves=(*proof.moves[:-1], move))))
    except DeltasiftError:
        return None
    return case if is_accepted(case) else None


def coded() -> Iterator[tuple[str, str, Case]]:
    """Yield the folder, the name and the page of every file."""
    for name in sorted(rules.METHODS):
        for use in coded_uses(name):
            case = right(use)
            if case is None:
                continue
            yield "valid", f"coded {name}", case
            every = [other for other in use.altered() if not other.is_harmless(use)]
            for i, other in enumerate(every[:: 1 + len(every) // EACH], 1):
                yield "invalid", f"coded {name} altered {i}", stepping(case, other)
            break


def of_theorems() -> Iterator[tuple[str, str, Case]]:
    """Yield the same of uses of the results of other pages."""
    found = {t.name: t for t in theorems()}
    steps = {
        "labels": calc(Sum(delta(z[n], 1), n), step(Sum(z[n], n), by=found["labels01"])),
        "difference": calc(a * (c - c), step(a * 0, by=found["difference"])),
        "index": calc(Sum(Max(n, 1), n), step(Sum(n, n), by=found["free_index"])),
    }
    for name, derivation in steps.items():
        report = check(derivation, layers=("structure",))
        assert report.ok, (name, report.problems)
        case = from_data(certificate(report))
        assert is_accepted(case)
        yield "valid", f"theorem {name}", case
        for change in (wrong_end, wrong_binding):
            for what, other in change(case):
                if not is_accepted(other):
                    yield "invalid", f"theorem {name} {what}", other
        for what, other in _of_less(case):
            yield "invalid", f"theorem {name} {what}", other


def _of_less(case: Case) -> Iterator[tuple[str, Case]]:
    """Yield a use of labels where less is given of them, in the same order."""
    domains = case.world.domains
    if z.symbol not in domains:
        return
    for what, symbol, domain in (
        ("of reals", z.symbol, real("z", n, above=0, below=1)),
        ("of other labels", z.symbol, labels("z", n, 0, 2)),
        ("of negative labels", z.symbol, labels("z", n, -1, 1)),
        ("of a real size", N.symbol, real("N")),
    ):
        yield what, replace(case, world=replace(case.world, domains={**domains, symbol: domain}))


def main() -> None:
    """Write them."""
    files_written((folder, name, to_data(case)) for folder, name, case in (*coded(), *of_theorems()))


if __name__ == "__main__":
    main()
