"""Writes the certificates of coded rules of `tests/judge/invalid` and `valid`: `python tests/judge/make_coded.py`.

Of each coded rule one step that is right, and a few in which a sign, a factor, a term, a number or an end of what the
rule made is altered, and the line and the claim with it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from judge.make_invalid import files_written, with_move
from oracle.coded_uses import CodedUse, coded_uses

from deltasift import rules
from deltasift.check import check
from deltasift.check.certify import certificate
from deltasift.errors import DeltasiftError
from deltasift.judge import ACCEPT
from deltasift.judge.file import Case, from_data, to_data
from deltasift.judge.page import judged_page
from deltasift.judge.record import read_runs
from deltasift.judge.term import make

EACH = 3  # alterations of one use


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
        report = check(use.page, layers=("structure",))
        if not report.ok:
            return None
        case = stepping(from_data(certificate(report)), use)
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


def main() -> None:
    """Write them."""
    files_written((folder, name, to_data(case)) for folder, name, case in coded())


if __name__ == "__main__":
    main()
