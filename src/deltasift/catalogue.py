"""Where the pages of the catalogue are: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

import difflib
from pathlib import Path

from deltasift.errors import PageError


def folder() -> Path:
    """Return the folder of the pages and of their bibliography."""
    here = Path(__file__).resolve().parent
    inside = here / "derivations"
    return inside if inside.is_dir() else here.parents[1] / "derivations"


def page_names() -> list[str]:
    """Return the names of all pages, in alphabetical order."""
    return sorted(p.stem for p in folder().rglob("*.py") if not p.stem.startswith("_"))


def fields() -> dict[str, list[str]]:
    """Return the names of the pages by field, both in alphabetical order."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder().rglob("*.py"), key=lambda p: (p.parent.name, p.stem)):
        if not path.stem.startswith("_"):
            found.setdefault(path.parent.name, []).append(path.stem)
    return found


def page_path(name: str) -> Path:
    """Return the file of a page.

    Raises
    ------
    PageError
        If there is none of that name; the message has the nearest ones.
    """
    for path in folder().rglob("*.py"):
        if path.stem == name and not name.startswith("_"):
            return path
    near = difflib.get_close_matches(name, page_names(), n=3, cutoff=0.5)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise PageError(f"there is no page {name}{hint}")
