"""A search for proofs of what is false.

Run as `python -m benchmarks.falsehoods [--minutes 5] [--seed TEXT] [--fault NAME ...] [--faults]`. Chains of one to
four rules, forward and reversed, are drawn from lines with the cases at the edge (`tests/oracle/edge_lines.py`); those
that the checker accepts, by its structure alone, are compared by brute force (`tests/oracle`), at sizes up to 30.
Printed is what was tried, accepted and compared, and each falsehood.

With `--fault` a fault that was mended is put back (`tests/oracle/faults.py`), and the search ends where it finds
something; `--faults` does so with each of them in turn.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from sympy.core.basic import Basic

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from deltasift import Sum
from deltasift.calc import Derivation, Page, page_of
from deltasift.check import check
from deltasift.errors import DeltasiftError
from deltasift.inert import Node
from oracle.chains import Chains, Link, derivation, size
from oracle.edge_lines import SCOPE, EdgeLines, K, N, a, c, g, k, z
from oracle.faults import FAULTS, Fault
from oracle.lines import EXACT, ROUGH, Given, value
from oracle.pages import Worlds, ordered
from oracle.theorems import theorems
from oracle.values import NotCovered, Undefined, close

SIZES = (1, 2, 3, 5, 8, 11, 12, 13, 19, 20, 21, 30)
WORLDS = 14  # in which an accepted chain is compared
LONGEST = 4
WIDEST = 45  # nodes of the first line


@dataclass
class Found:
    """What a search tried, and what it found."""

    lines: int = 0
    chains: int = 0
    accepted: int = 0
    compared: int = 0
    steps: int = 0
    rules: set[str] = field(default_factory=set)
    falsehoods: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.lines} lines, {self.chains} chains of {self.steps} steps by {len(self.rules)} rules, "
            f"{self.accepted} accepted, {self.compared} compared, {len(self.falsehoods)} false"
        )


def search(seconds: float, seed: str, fault: Fault | None = None, most: int | None = None) -> Found:
    """Search for so long, or until so many falsehoods are found."""
    found, chance = Found(), random.Random(seed)
    until = time.perf_counter() + seconds
    with fault.put_back() if fault is not None else nullcontext():
        chains = Chains(SCOPE, chance, theorems())
        while time.perf_counter() < until:
            for start, links in _drawn(chains, chance, found):
                _tried(start, links, found, fault, chance)
            if most is not None and len(found.falsehoods) >= most:
                break
    return found


def _drawn(chains: Chains, chance: random.Random, found: Found) -> Iterator[tuple[Basic, list[Link]]]:
    """Yield chains from one line."""
    draw = EdgeLines(chance)
    try:
        start = draw.line()
        found.lines += 1
        if not isinstance(start, Node) or size(start) > WIDEST:
            return
        if chance.random() < 0.1:
            hidden = Sum(Sum(g[k], k), (z.symbol, 1, 2))
            terms = [a**2, a**2 * c, draw.term(1) * a, draw.term(1), c**2, hidden, g[1]]
            start = chance.choice(terms) + chance.choice(terms) + chance.choice(terms)
            yield start, chains.order(start, (a.symbol, c.symbol), chance.randint(1, 2))
        yield start, chains.chain(start, chance.randint(1, LONGEST))
    except (DeltasiftError, ZeroDivisionError, ValueError, TypeError):
        return  # there is no such line


def _tried(start: Basic, links: list[Link], found: Found, fault: Fault | None, chance: random.Random) -> None:
    """Ask the checker for each beginning of a chain, and compare the ends of the longest that it accepts."""
    if not links:
        return
    found.chains += 1
    found.steps += len(links)
    for count in range(len(links), 0, -1):
        proof = derivation(start, links[:count])
        for partial in (False, True) if links[0].relation == "=" else (False,):
            if _accepts(proof, found, fault, partial=partial):
                found.accepted += 1
                found.rules |= {link.rule.name for link in links[:count]}
                _compare(proof, links[:count], found, chance, partial=partial)
                return


def _accepts(proof: Derivation, found: Found, fault: Fault | None, *, partial: bool) -> bool:
    try:
        report = check(page(proof, partial=partial), layers=("structure",))
    except DeltasiftError:
        return False
    except Exception as error:  # a traceback is a finding, too
        found.errors.append(f"{type(error).__name__}: {error} for {shown(proof)}")
        return False
    forgets = fault.forgets if fault is not None else lambda problem: False
    return not report.assumptions and all(forgets(p) for p in report.problems)


def page(proof: Derivation, *, partial: bool = False) -> Page:
    """Return a chain as a page, whose lines may be equal only where the first has a value."""
    return replace(page_of(proof), partial=partial)


def _compare(proof: Derivation, links: Sequence[Link], found: Found, chance: random.Random, *, partial: bool) -> None:
    worlds = Worlds(SCOPE.domains, (), frozenset(), str(chance.random()))
    compared = False
    for _ in range(WORLDS):
        world = worlds.drawn({d.name: Fraction(chance.choice(SIZES if d is N else SIZES[:6])) for d in (N, K)})
        if world is None:
            continue
        world.smooth = True
        _fill_undeclared(world, proof, chance)
        try:
            wrong = _wrong(proof, links, world, worlds, partial=partial)
        except (NotCovered, OverflowError, MemoryError):
            continue
        compared = True
        if wrong:
            found.falsehoods.append(f"{shown(proof)}\n      {wrong}")
            break
    found.compared += compared


def _fill_undeclared(world: Given, proof: Derivation, chance: random.Random) -> None:
    for name in ("m",):
        world.numbers.setdefault(name, Fraction(chance.randint(-3, 6)))


def _wrong(proof: Derivation, links: Sequence[Link], world: Given, worlds: Worlds, *, partial: bool) -> str:
    """Return where the ends of a chain differ, or have no value, empty where they are equal."""
    orders = [link for link in links if link.relation != "="]
    first, last = proof.start, links[-1].line
    if orders:
        return ordered(worlds, world, first, last, orders[0].relation, orders[0].varying)
    values = [_value(e, world) for e in (first, last)]
    if partial and values[0] is None:
        return ""
    if None in values:
        return f"{values[0]} and {values[1]} at {_sizes(world)}"
    same = close(*values, ROUGH if world.rough else EXACT)
    return "" if same else f"{values[0]} and {values[1]} at {_sizes(world)}"


def _value(e: Basic, world: Given) -> Any:
    try:
        return value(e, world)
    except Undefined:
        return None


def _sizes(world: Given) -> str:
    return ", ".join(f"{name} = {x}" for name, x in world.numbers.items())


def shown(proof: Derivation) -> str:
    """Return a chain in one line."""
    found = [str(proof.start)]
    for s in proof.steps:
        found += ["->" if s.relation == "=" else s.relation, str(s.expr), f"[{', '.join(map(repr, s.by))}]"]
    return " ".join(found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was tried and found; 1 where there is a falsehood, or where a fault is not found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.falsehoods", description="Proofs of what is false.")
    parser.add_argument("--minutes", type=float, default=5, help="how long, or with a fault how long at most")
    parser.add_argument("--seed", default="", help="for other lines")
    parser.add_argument("--fault", action="append", choices=list(FAULTS), default=[], help="a mended fault to put back")
    parser.add_argument("--faults", action="store_true", help="put each of them back")
    chosen = parser.parse_args(arguments)
    names = list(FAULTS) if chosen.faults else chosen.fault
    missed = 0
    for name in names:
        start = time.perf_counter()
        found = search(60 * chosen.minutes, chosen.seed, FAULTS[name], most=1)
        seconds = time.perf_counter() - start
        missed += not found.falsehoods
        print(f"{name}: {'found' if found.falsehoods else 'NOT found'} after {seconds:.0f} s; {found}", flush=True)
        print("\n".join(f"  {f}" for f in found.falsehoods), flush=True)
    if names:
        print(f"{len(names) - missed} of {len(names)} faults found")
        return 1 if missed else 0
    found = search(60 * chosen.minutes, chosen.seed)
    print(found)
    print("\n".join(f"  {f}" for f in (*found.falsehoods, *found.errors)))
    return 1 if found.falsehoods else 0


if __name__ == "__main__":
    sys.exit(main())
