"""A formula that is too broad for a line, in several rows.

It is broken where its tree allows it, which the marks in its text say: before a relation, before the sign of a term,
and before a factor, the outermost first. So no row ends after the sign of a sum, after a logarithm without its
argument, or after a minus; the alphabet does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from deltasift.inert.pieces import BEFORE_FACTOR, BEFORE_OPERAND, BEFORE_RELATION, CLOSED, MARKS, OPENED, plain
from deltasift.render.breadth import breadth

TOKEN = re.compile(f"[{MARKS}]")
TIMES = r"\cdot"  # what a row starts with that goes on with a factor
NEAR = 0.4  # of a row, after which a break between outer terms is better than a later one further in
LEFT = 0.25  # of a row, up to which a left side is short
DEEPEST = 3  # parentheses within which a formula is broken
INDENT = 5.0  # letters by which a row that goes on is narrower
LAST = 1000  # levels from which a formula is broken only where nothing else helps
RELATION = -1  # the level of a relation, at which a formula that does not fit is always broken
LARGE, SIZED = (r"\left", r"\right"), (r"\biggl", r"\biggr")


class Break(NamedTuple):
    """A place where a formula may be broken.

    Attributes
    ----------
    at : int
    level : int
        How far inside: `RELATION` before a relation, twice the number of the open parentheses before a sign, and one
        more before a factor; from `LAST` on after the sign of a sum.
    """

    at: int
    level: int

    @property
    def depth(self) -> int:
        """How far in the row stands that begins here, from 1."""
        return 1 + max(self.level, 0) % LAST // 2

    @property
    def is_factor(self) -> bool:
        """Whether a factor follows, so that the row is to start with a sign of multiplication."""
        return self.level > 0 and self.level % 2 == 1


class Pair(NamedTuple):
    """Parentheses: where they start and end."""

    start: int
    end: int


def rows(
    text: str,
    most: float,
    *,
    measure: Callable[[str], float] = breadth,
    times: str = TIMES,
    indent: Callable[[Break], float] = lambda start: INDENT,
    deepest: int = DEEPEST,
    anywhere: bool = False,
    clean: Callable[[str], str] = plain,
) -> list[tuple[int, str]]:
    """Return a formula in rows no broader than `most` where it can be broken, each with its level.

    Parameters
    ----------
    text : str
        With its marks, as `Layout.marked` gives it.
    most : float
    measure : callable
        How broad a text is.
    times : str
        The sign of multiplication, with which a row goes on with a factor.
    indent : callable
        How much narrower a row is that begins at a break.
    deepest : int
        Parentheses within which a formula is broken.
    anywhere : bool
        Whether a row may end after the sign of a sum, or before a slash, where nothing else helps.
    clean : callable
        Takes the marks out of a row.
    """
    whole = clean(text)
    if measure(plain(text)) <= most:
        return [(0, whole)]
    breaks, pairs = _read(text, deepest, anywhere)
    relations = [b for b in breaks if b.level == RELATION]
    if len(relations) == 1 and _goes_on(text, relations[0], most, indent, measure):
        breaks, relations = [b for b in breaks if b.level != RELATION], []
    chosen: list[Break] = []
    for a, b in pairwise([None, *relations, None]):
        start, end = a.at if a else 0, b.at if b else len(text)
        inside = [x for x in breaks if start < x.at < end]
        narrower = indent(a) if a else 0
        chosen += [*([a] if a else []), *_chosen(text, (start, end), inside, most - narrower, indent, measure)]
    if not chosen:
        return [(0, whole)]
    letters = _resized(text, pairs, [b.at for b in chosen])
    found = []
    for a, b in pairwise([None, *chosen, None]):
        part = clean("".join(letters[a.at if a else 0 : b.at if b else len(text)])).strip()
        if a is not None and a.is_factor and not plain(part).startswith(times):
            part = f"{times} {part}"
        found.append((a.depth if a else 0, part))
    return found


def _goes_on(
    text: str, relation: Break, most: float, indent: Callable[[Break], float], measure: Callable[[str], float]
) -> bool:
    """Whether a relation stands in the row of its left side: that is short, and the right side needs rows anyway."""
    left, right = measure(plain(text[: relation.at])), measure(plain(text[relation.at :]))
    return left <= LEFT * most and right > most - indent(relation)


def _chosen(
    text: str,
    part: tuple[int, int],
    breaks: list[Break],
    most: float,
    indent: Callable[[Break], float],
    measure: Callable[[str], float],
) -> Iterator[Break]:
    """Yield where a part of a formula is broken: as far out as possible, and then as late as possible."""
    start, end = part
    segments = [plain(text[a:b]) for a, b in pairwise([start, *(b.at for b in breaks), end])]
    widths = [measure(t) for t in segments]
    alone = [measure(t.rstrip()) for t in segments]  # as the last of a row
    first, here, room = 0, 0.0, most  # the segment that starts the row, how broad the row is, and how broad it may be
    candidates: list[tuple[Break, int, float]] = []  # in this row: each with its segment and what stands before it
    for n, width in enumerate(widths):
        if n > 0:
            candidates.append((breaks[n - 1], n, here))
        while here + alone[n] > room and candidates:
            usual = [c for c in candidates if c[0].level < LAST] or candidates
            good = [c for c in usual if c[2] >= NEAR * most] or usual
            best = min(c[0].level for c in good)
            chosen, first, _ = next(c for c in reversed(good) if c[0].level == best)
            yield chosen
            room = most - indent(chosen)
            here = sum(widths[first:n])
            candidates = [(b, m, sum(widths[first:m])) for b, m, _ in candidates if m > first]
        here += width


def _read(text: str, deepest: int, anywhere: bool) -> tuple[list[Break], list[Pair]]:
    """Return where a formula may be broken, and its parentheses."""
    breaks: list[Break] = []
    pairs: list[Pair] = []
    opened: list[int] = []
    for match in TOKEN.finditer(text):
        mark, at, depth = match[0], match.start(), len(opened)
        if mark == OPENED:
            opened.append(at)
        elif mark == CLOSED:
            pairs.append(Pair(opened.pop(), at))
        elif mark == BEFORE_OPERAND:
            breaks += [Break(at, LAST + 2 * depth)] if anywhere else []
        elif depth <= deepest:
            level = 2 * depth + (mark == BEFORE_FACTOR)
            breaks.append(Break(at, RELATION if mark == BEFORE_RELATION and not depth else level))
    return breaks, pairs


def _resized(text: str, pairs: list[Pair], ends: list[int]) -> list[str]:
    """Return the letters of a formula whose parentheses have a fixed size where they are broken: what grows may not be.

    A changed command stands in the place of its first letter, so that each place is where it was.
    """
    letters = list(text)
    for pair in pairs:
        opening = pair.start + 1
        if text.startswith(LARGE[0], opening) and any(pair.start < at < pair.end for at in ends):
            closing = text.rfind(LARGE[1], opening, pair.end)
            for at, large, sized in zip((opening, closing), LARGE, SIZED, strict=True):
                letters[at : at + len(large)] = [sized, *[""] * (len(large) - 1)]
    return letters
