"""A formula that is too broad for a line, in several rows: broken before the signs of its sums, the outermost first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from deltasift.render.breadth import breadth

TOKEN = re.compile(
    r"\\left(?P<opens>\\[A-Za-z]+|\\.|.)|\\right(?P<closes>\\[A-Za-z]+|\\.|.)|\\begin|\\end|\\."
    r"|[{}()\[\]]| [+-] | = | (?=\(|\\left\(|\\[a-z]+\()"
)
LIMIT = r"\{(?:[^{}]|\{[^{}]*\})*\}"
BEFORE_A_BODY = re.compile(rf"\\(?:sum|prod|int)(?:_{LIMIT})?(?:\^{LIMIT})?$")
WINDOW = 120  # letters before a factor in which the sign of its sum is looked for
TIMES = r"\cdot"  # what a row starts with that goes on with a factor
NEAR = 0.4  # of a row, after which a break between outer terms is better than a later one further in
DEEPEST = 3  # parentheses within which a formula is broken
INDENT = 5.0  # letters by which a row that goes on is narrower
RELATION = -1  # the level of a relation, at which a formula that does not fit is always broken
LARGE = {"(": ")", "[": "]"}


class Break(NamedTuple):
    """A place where a formula may be broken.

    Attributes
    ----------
    at : int
    level : int
        How far inside: `RELATION` before a relation, twice the number of the open parentheses before a sign, and one
        more before a factor.
    """

    at: int
    level: int

    @property
    def is_factor(self) -> bool:
        """Whether a factor follows, so that the row is to start with a sign of multiplication."""
        return self.level > 0 and self.level % 2 == 1


class Pair(NamedTuple):
    """Parentheses that grow with what they hold: where they start and end."""

    start: int
    end: int


def rows(text: str, most: float) -> list[tuple[int, str]]:
    """Return a formula in rows no broader than `most` letters where it can be broken, each with its level."""
    breaks, pairs = _read(text)
    if not breaks or breadth(text, most) <= most:
        return [(0, text)]
    relations = [b for b in breaks if b.level == RELATION]
    chosen: list[Break] = []
    for a, b in pairwise([None, *relations, None]):
        start, end = a.at if a else 0, b.at if b else len(text)
        inside = [x for x in breaks if start < x.at < end]
        chosen += [*([a] if a else []), *_chosen(text, start, end, inside, most - (INDENT if a else 0))]
    if not chosen:
        return [(0, text)]
    ends = [b.at for b in chosen]
    changes: dict[int, str] = {}
    for pair in pairs:
        if any(pair.start < at < pair.end for at in ends):  # what grows may not be broken: it gets a fixed size
            changes[pair.start] = r"\Bigl"
            changes[pair.end] = r"\Bigr"
    found = [(0, _changed(text, 0, ends[0], changes).strip())]
    for b, end in zip(chosen, [*ends[1:], len(text)], strict=True):
        part = _changed(text, b.at, end, changes).strip()
        found.append((1 + max(b.level, 0) // 2, f"{TIMES} {part}" if b.is_factor else part))
    return found


def _chosen(text: str, start: int, end: int, breaks: list[Break], most: float) -> Iterator[Break]:
    """Yield where a part of a formula is broken: as far out as possible, and then as late as possible."""
    widths = [breadth(text[a:b]) for a, b in pairwise([start, *(b.at for b in breaks), end])]
    first, here = 0, 0.0  # the segment that starts the row, and how broad the row is
    candidates: list[tuple[Break, int, float]] = []  # in this row: each with its segment and what stands before it
    for n, width in enumerate(widths):
        if n > 0:
            candidates.append((breaks[n - 1], n, here))
        if here + width > most - (INDENT if first else 0) and candidates:
            good = [c for c in candidates if c[2] >= NEAR * most] or candidates
            best = min(c[0].level for c in good)
            chosen, first, _ = next(c for c in reversed(good) if c[0].level == best)
            yield chosen
            here = sum(widths[first:n])
            candidates = [(b, m, sum(widths[first:m])) for b, m, _ in candidates if m > first]
        here += width


def _read(text: str) -> tuple[list[Break], list[Pair]]:
    """Return where a formula may be broken, and its parentheses that grow."""
    breaks: list[Break] = []
    pairs: list[Pair] = []
    braces = environments = 0
    opened: list[tuple[str, int]] = []  # the parentheses that are open: how each closes, and where it starts
    for match in TOKEN.finditer(text):
        token = match[0]
        if token == "{":
            braces += 1
        elif token == "}":
            braces -= 1
        elif token == r"\begin":
            environments += 1
        elif token == r"\end":
            environments -= 1
        elif match["opens"]:
            opened.append((LARGE.get(match["opens"], ""), match.start()))
        elif match["closes"]:
            if opened:
                closing, start = opened.pop()
                if closing:
                    pairs.append(Pair(start, match.start()))
        elif token in LARGE:
            opened.append((LARGE[token], -1))
        elif token in LARGE.values():
            if opened and opened[-1] == (token, -1):
                opened.pop()
        elif token[0] == " ":
            outside = braces == environments == 0 and len(opened) <= DEEPEST
            if outside and all(closing for closing, _ in opened):
                level = _level(token, text, match.start(), len(opened))
                breaks += [] if level is None else [Break(match.start(), level)]
    return breaks, pairs


def _level(token: str, text: str, at: int, depth: int) -> int | None:
    """Return how far inside of a formula a break would be, None where what follows belongs to what stands before."""
    if token == " = ":
        return 2 * depth if depth else RELATION
    if token != " ":
        return 2 * depth
    return None if BEFORE_A_BODY.search(text, max(0, at - WINDOW), at) else 2 * depth + 1


def _changed(text: str, start: int, end: int, changes: dict[int, str]) -> str:
    """Return a part of a formula in which some parentheses have a fixed size."""
    places = sorted(at for at in changes if start <= at < end)
    parts, here = [], start
    for at in places:
        size = len(r"\left") if changes[at] == r"\Bigl" else len(r"\right")
        parts += [text[here:at], changes[at]]
        here = at + size
    return "".join([*parts, text[here:end]])
