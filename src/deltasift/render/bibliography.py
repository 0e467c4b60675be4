"""What a page cites: the keys, and the entries of the catalogue's bibliography."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from deltasift.catalogue import folder
from deltasift.check.report import Report
from deltasift.render.defined import sources
from deltasift.render.reasons import DEFINITION

FIELDS = ("author", "title", "journal", "booktitle", "publisher", "note", "year")
PLACE = re.compile(r"(section|chapter|theorem) (\S+)")
SHORT = {
    "section ": "§",
    "sections ": "§§",
    "chapter ": "ch. ",
    "chapters ": "chs. ",
    "theorem ": "thm. ",
    "theorems ": "thms. ",
}


def keys_of(report: Report) -> list[str]:
    """Return the keys of what a report cites, in alphabetical order."""
    uses = [s for line in report.lines if line.reason for s in line.substeps if s.reason != DEFINITION]
    used = {split(s.ref)[0] for s in uses} | {key for key in sources(report) if key in references()}
    used |= {split(ref)[0] for ref in report.page.references}
    return sorted(used - {""})


def split(ref: str) -> tuple[str, str]:
    """Return the key of the bibliography that a reference begins with, empty where it is none, and the place."""
    key, _, place = ref.partition(", ")
    return (key, place) if key in references() else ("", "")


def short_place(place: str) -> str:
    """Return where in a book something stands, as a citation has it: `§2.4`."""
    for long, short in SHORT.items():
        if place.startswith(long):
            return short + place.removeprefix(long)
    return place


def joined(places: Sequence[str]) -> str:
    """Return several places of one book as one: `sections 2.3 and 2.4`."""
    kinds: dict[str, list[str]] = {}
    for place in filter(None, dict.fromkeys(places)):
        one = PLACE.fullmatch(place)
        kinds.setdefault(one[1] if one else "", []).append(one[2] if one else place)
    return ", ".join(f"{kind}{'s' * bool(kind and w[1:])} {_listed(w)}".strip() for kind, w in kinds.items())


def _listed(items: Sequence[str]) -> str:
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def entry(key: str) -> tuple[str, str, str]:
    """Return who wrote an entry, its title, and the rest."""
    found = references()[key]
    rest = ", ".join(found[f] for f in FIELDS[2:] if f in found)
    return _authors(found.get("author", "")), found.get("title", key), rest


def printed(ref: str) -> str:
    """Return a reference as it is printed in a text: who, what, where and when, and the place."""
    key, place = split(ref)
    return ", ".join(filter(None, (*entry(key), place))) if key else ref


def _authors(names: str) -> str:
    """Return names as a bibliography has them: first names first."""
    return _listed([" ".join(reversed(name.split(", ", 1))) for name in names.split(" and ") if name] or [""])


@cache
def references() -> dict[str, dict[str, str]]:
    """Return the entries of the catalogue's bibliography by key."""
    return read_bibliography(folder() / "references.bib")


def read_bibliography(path: Path) -> dict[str, dict[str, str]]:
    """Read the simple BibTeX that the catalogue uses: one field a line, in braces."""
    entries: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for row in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        head = re.match(r"@\w+\{(\w+),", row)
        field = re.match(r"\s*(\w+)\s*=\s*\{(.*)\},?\s*$", row)
        if head:
            current = entries.setdefault(head[1], {})
        elif field:
            current[field[1]] = field[2].replace("{", "").replace("}", "").replace("--", "-")
    return entries
