"""Alter what coded rules make of the cases, one thing at a time, and see which alterations a verifier accepts.

Run as `python -m benchmarks.alterations [RULE ...] [--uses N]`, from a checkout. Each sign, factor, term, number and
end is changed, one left out, one more put in. Printed is, for each rule, how many uses and alterations there are, and
each alteration that is accepted though it has another value, or none that is known, at the points that are tried.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from deltasift.check.witness import witness_holds
from deltasift.conditions.prove import Prover
from deltasift.judge.verify import VERIFIERS
from deltasift.match.application import Application

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from oracle.cases import load
from oracle.uses import altered, have_same_values, is_another, uses


def sweep(name: str, most: int) -> tuple[int, int, list[tuple[Application, Application]]]:
    """Return how many uses and alterations there are, and those that are accepted and not known to be right."""
    every = uses(name, frozenset(c.id for c in load()))[:most]
    tried, accepted = 0, []
    for x in every:
        prover = Prover()
        for after in altered(x.after):
            other = replace(x, after=after)
            if not is_another(x, other):
                continue
            tried += 1
            if witness_holds(other, prover) and not have_same_values(x.before, x.after, after, x.scope):
                accepted.append((x, other))
    return len(every), tried, accepted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rules", nargs="*", default=sorted(VERIFIERS))
    parser.add_argument("--uses", type=int, default=1000, help="how many of a rule")
    wanted = parser.parse_args()
    for name in wanted.rules:
        number, tried, accepted = sweep(name, wanted.uses)
        print(f"{name:28} {number:4} uses {tried:6} alterations {len(accepted):3} accepted", flush=True)
        for x, other in accepted:
            print(f"    {x.before} -> {other.after}, not {x.after}")


if __name__ == "__main__":
    main()
