"""`python -m deltasift.judge FILE`: a page judged again from its file, by the judge alone."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from deltasift.errors import one_line
from deltasift.judge import ACCEPT, DECLINE, REJECT
from deltasift.judge.file import FormatError, from_data
from deltasift.judge.page import judged_page, rests_on, stands_for


def main(arguments: Sequence[str]) -> int:
    """Judge files; return 0 if all is accepted, 1 if something is rejected, 3 if something is declined, 2 otherwise."""
    if not arguments:
        print("usage: python -m deltasift.judge FILE...", file=sys.stderr)
        return 2
    codes = [_judged(Path(name)) for name in arguments]
    return next((code for code in (2, 1, 3) if code in codes), 0)


def _judged(path: Path) -> int:
    try:
        case = from_data(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError, FormatError) as why:
        print(one_line(f"{path}: {why}"))
        return 2
    found = list(judged_page(case))
    count = Counter(f.judgement.status for f in found)
    words = f"{count[ACCEPT]} accepted, {count[DECLINE]} declined, {count[REJECT]} rejected"
    print(f"{one_line(case.name)}: {words}")
    for f in found:
        j = f.judgement
        if j.status != ACCEPT:
            where = f"line {f.line}: " if f.line else ""
            print("  " + one_line(f"{j.status}: {where}{j.why}" + (f" ({j.rule})" if j.rule else "")))
    for what in stands_for(case):
        print("  " + one_line(what))
    for what in rests_on(case):
        print("  " + one_line(f"rests on {what}"))
    return 1 if count[REJECT] else 3 if count[DECLINE] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
