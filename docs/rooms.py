"""Draw the rooms of the house from what the files import: `python docs/rooms.py` writes `docs/images/rooms.svg`.

A room stands above all rooms that it uses. An arrow is drawn where no way leads through a third room.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "deltasift"
PICTURE = ROOT / "docs" / "images" / "rooms.svg"
SAID = {
    "inert": "nodes that only build",
    "domain": "what a name is",
    "quantities": "entropy, KL, likelihood",
    "rule": "a rule as data",
    "line": "tools of a line",
    "use": "a recorded use",
    "rules": "the rule table",
    "judge": "accepts or rejects uses",
    "match": "finds how a rule leads on",
    "conditions": "proves side conditions",
    "calc": "a derivation, a page",
    "check": "lines to a report",
    "derive": "collapse; lines between",
    "parse": "text to expressions",
    "read": "code to expressions",
    "emit": "lines to code, values",
    "render": "reports to text, LaTeX",
    "play": "the page in the browser",
    "asserting": "checks in tests",
    "pages": "files to pages",
    "proving": "pages with proofs found",
    "finishing": "reasons left to find",
    "rulebook": "the table in words",
    "search": "pages by formula, words",
    "atlas": "which page uses which",
    "verdicts": "kept between runs",
    "many": "pages over processes",
    "cluster": "pages over Dask workers",
    "book": "the catalogue as a book",
    "cli": "the command line",
    "pytest_plugin": "pages as tests",
    "sphinx": "pages in documents",
}
WAY = ("pages", "calc", "check", "match", "judge", "conditions", "render")  # of a page, from its file to what is shown
WIDE, HIGH, GAP, ROW = 176, 44, 14, 84
Uses = Mapping[str, frozenset[str]]


def uses() -> Uses:
    """Return which rooms each room imports when it is loaded."""
    found: dict[str, set[str]] = {name: set() for name in SAID}
    for file in sorted(SRC.rglob("*.py")):
        here = file.relative_to(SRC).parts[0].removesuffix(".py")
        if here in found:
            found[here] |= {there for there in _imported(ast.parse(file.read_text(encoding="utf-8"))) if there in found}
            found[here].discard(here)
    return {name: frozenset(others) for name, others in found.items()}


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("deltasift."):
            yield (node.module or "").split(".")[1]


def below(room: str, known: Uses) -> frozenset[str]:
    """Return all rooms that a room stands on."""
    found: set[str] = set()
    stack = [*known[room]]
    while stack:
        one = stack.pop()
        if one not in found:
            found.add(one)
            stack += known[one]
    return frozenset(found)


def levels(known: Uses) -> list[list[str]]:
    """Return the rooms level by level, the lowest first: each stands above all that it uses."""
    level: dict[str, int] = {}

    def of(room: str) -> int:
        if room not in level:
            level[room] = 1 + max(map(of, known[room]), default=-1)
        return level[room]

    for room in known:
        of(room)
    return [[r for r in known if level[r] == n] for n in range(max(level.values()) + 1)]


def direct(known: Uses) -> Iterator[tuple[str, str]]:
    """Yield the arrows that no way through a third room replaces."""
    for room, others in known.items():
        further = frozenset().union(*(below(o, known) for o in others)) if others else frozenset()
        yield from ((room, other) for other in sorted(others - further))


def picture(known: Uses) -> str:
    """Return the picture as SVG."""
    rows = levels(known)[::-1]
    width = max(map(len, rows)) * (WIDE + GAP) + GAP
    place: dict[str, tuple[float, float]] = {}
    for y, row in enumerate(rows):
        left = (width - len(row) * (WIDE + GAP) + GAP) / 2
        place |= {room: (left + x * (WIDE + GAP), GAP + y * ROW) for x, room in enumerate(row)}
    height = len(rows) * ROW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="system-ui, sans-serif">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *(_arrow(place[a], place[b]) for a, b in direct(known)),
        *(_room(room, *place[room]) for room in known),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    x1, y1, x2, y2 = start[0] + WIDE / 2, start[1] + HIGH, end[0] + WIDE / 2, end[1]
    bend = (y2 - y1) / 2
    return (
        f'<path d="M{x1:g} {y1:g}C{x1:g} {y1 + bend:g} {x2:g} {y2 - bend:g} {x2:g} {y2:g}" '
        'fill="none" stroke="#9aa5b1" stroke-width="1.2"/>'
    )


def _room(room: str, x: float, y: float) -> str:
    step = WAY.index(room) + 1 if room in WAY else None
    fill, edge = ("#e6f0fa", "#0b5fb0") if step else ("#f4f6f8", "#9aa5b1")
    number = f'<text x="{x + WIDE - 8:g}" y="{y + 17:g}" font-size="12" text-anchor="end" fill="#0b5fb0">{step}</text>'
    return "\n".join(
        [
            f'<rect x="{x:g}" y="{y:g}" width="{WIDE}" height="{HIGH}" rx="7" fill="{fill}" stroke="{edge}"/>',
            f'<text x="{x + 9:g}" y="{y + 18:g}" font-size="14" font-weight="600" fill="#1b1f24">{room}</text>',
            f'<text x="{x + 9:g}" y="{y + 35:g}" font-size="11" fill="#59626c">{escape(SAID[room])}</text>',
            *([number] if step else []),
        ]
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(uses()), encoding="utf-8")
