"""Verdicts on pages that are kept between runs, each beside everything that it was made of.

A verdict is believed again only where all of it is the same: the page, the pages that it uses, how it was asked for,
the code of this package, and the versions of what computes. Only a page that is right is kept, and only one that reads
nothing but pages. What cannot be read, or has been altered, is no verdict. The folder is that of the XDG base directory
specification, version 0.8.
"""

from __future__ import annotations

import ast
import functools
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from deltasift.catalogue import folder, page_path
from deltasift.check import LAYERS
from deltasift.errors import PageError

FORMAT = 1
PACKAGE = Path(__file__).resolve().parent
COMPUTING = ("sympy", "mpmath", "python-flint", "z3-solver")
SETTINGS = ("SYMPY_", "DELTASIFT_")  # what such variables of the environment begin with
LARGEST = 200_000  # bytes of an entry
MOST = 4_000  # entries
SETTLED = 2.0  # seconds for which the code has been as it is, at the least, before this process began
KINDS = {"ok": bool, "lines": int, "assumed": list, "problems": list, "grades": dict}
_started = time.time()

# What a page may import and be kept, and the names with which it could read what nobody notes.
ELSEWHERE = ("__future__", "fractions", "functools", "itertools", "math", "sympy", "deltasift")
PARTS = ("calc", "domain", "inert", "quantities", "rule", "rules")
PURE = frozenset((*ELSEWHERE, *(f"deltasift.{part}" for part in PARTS)))
BUILT_IN = ("open", "exec", "eval", "compile", "input", "globals", "locals", "vars", "getattr", "hash", "id")
OURS = ("load", "derivation_of", "expression_of", "assert_implements", "assert_at_most")
READING = frozenset((*BUILT_IN, *OURS, "breakpoint", "preview", "random"))

Files = Mapping[Path, bytes | None]  # each with what tells its content from others


def cache_folder() -> Path | None:
    """Return the folder of the verdicts, None where there is no place for it; a relative one counts as none."""
    said = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        return (said if said.is_absolute() else Path.home() / ".cache") / "deltasift" / "verdicts"
    except RuntimeError:  # there is no home
        return None


def digest(file: Path) -> bytes | None:
    """Return what tells the content of a file from others, None where it cannot be read."""
    try:
        return sha256(file.read_bytes()).digest()
    except OSError:
        return None


# --- what a verdict is made of -------------------------------------------------------------------------------------


def made_of(page: Path, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return everything that a verdict on a page rests on, but for the pages that it uses, as plain data."""
    return {
        "format": FORMAT,
        "page": str(page),
        "content": _hex(digest(page)),
        "asked": dict(asked),
        "layers": list(LAYERS),
        "code": code_digest(PACKAGE),
        **versions(),
        "settings": {k: v for k, v in sorted(os.environ.items()) if k.startswith(SETTINGS)},
    }


def versions() -> dict[str, Any]:
    """Return the versions of this package, of Python and of what computes."""
    python = [platform.python_implementation(), platform.python_version(), platform.machine(), sys.flags.optimize]
    return {"version": _version("deltasift"), "python": python, "uses": {name: _version(name) for name in COMPUTING}}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


@functools.lru_cache(maxsize=4)
def code_digest(package: Path) -> str:
    """Return what tells the code of the package, its rules and data included, from all others; pages are no part."""
    found = sha256()
    for file in _code(package):
        found.update(f"{file.relative_to(package).as_posix()}\0{_hex(digest(file))}\0".encode())
    return found.hexdigest()


def _code(package: Path) -> Iterator[Path]:
    pages = package / "derivations"
    for file in sorted(package.rglob("*")):
        if pages not in file.parents and "__pycache__" not in file.parts and file.is_file():
            yield file


def is_settled(package: Path = PACKAGE) -> bool:
    """Tell whether the code that runs is that of the files: none of them was written since the process began."""
    try:
        return all(file.stat().st_mtime < _started - SETTLED for file in _code(package))
    except OSError:
        return False


def reads_pages_alone(source: str) -> bool:
    """Tell whether a page is made of nothing that could change but itself and the pages it names by `known`."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["" if node.level else node.module or ""]
        if not PURE.issuperset(names) or any(name in READING or name.startswith("_") for name in _mentioned(node)):
            return False
    return True


def _mentioned(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id] if node.id != "__doc__" else []
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.ImportFrom) and node.module != "__future__":
        return [alias.name for alias in node.names]
    return []


# --- keeping and finding -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slot:
    """Where the verdict on a page is kept, made before the page is looked at.

    Attributes
    ----------
    page : Path
    made : dict
        What the verdict is made of, but for the pages that are used.
    place : Path or None
        The file; None where nothing can be kept.
    """

    page: Path
    made: dict[str, Any]
    place: Path | None

    def found(self) -> dict[str, Any] | None:
        """Return the verdict that was kept, None where there is none or anything is not as it was then."""
        if self.place is None:
            return None
        try:
            if self.place.stat().st_size > LARGEST:
                return None
            said = json.loads(self.place.read_bytes())
            body = said["body"]
            if said["sum"] != _sum(body) or body["made"] != self.made or not _still(body["files"], body["where"]):
                return None
            verdict = body["verdict"]
            if verdict.keys() != KINDS.keys() or not all(isinstance(verdict[k], kind) for k, kind in KINDS.items()):
                return None
            os.utime(self.place)  # the least recently used go first
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return dict(verdict)

    def keep(self, files: Files, verdict: Mapping[str, Any]) -> None:
        """Keep the verdict, for which the pages in `files` were used; what cannot be kept is not."""
        used = {self.page: bytes.fromhex(self.made.get("content", "")), **files}
        if self.place is None or not verdict["ok"] or not is_settled() or not all(map(is_pure, used)):
            return
        if any(digest(file) != content for file, content in used.items()):
            return  # written while it was looked at
        where = "" if all(map(_in_catalogue, files)) else os.getcwd()
        contents = {str(file): _hex(content) for file, content in sorted(files.items())}
        if _still(contents, where):
            body = {"made": self.made, "files": contents, "where": where, "verdict": {k: verdict[k] for k in KINDS}}
            data = json.dumps({"sum": _sum(body), "body": body}).encode()
            if len(data) <= LARGEST:
                _write(self.place, data)


def slot(page: Path, asked: Mapping[str, Any]) -> Slot:
    """Return where the verdict on a page is kept that is asked for in this way."""
    found = cache_folder()
    made = made_of(page, asked) if found is not None else {}
    return Slot(page, made, found / f"{_sum(made)}.json" if found is not None and made["content"] else None)


def _still(files: Mapping[str, str], where: str) -> bool:
    """Tell whether the pages that were used are what they were, and are still those that their names mean."""
    if where and where != os.getcwd():
        return False
    used = [(Path(name), content) for name, content in files.items()]
    return all(_hex(digest(file)) == content and (not _in_catalogue(file) or _is_named(file)) for file, content in used)


def _in_catalogue(file: Path) -> bool:
    return folder().resolve() in file.parents


def _is_named(file: Path) -> bool:
    """Tell whether a page of the catalogue is the one of its name."""
    try:
        return page_path(file.stem).resolve() == file
    except PageError:
        return False


def is_pure(file: Path) -> bool:
    """Tell whether a file reads nothing but itself and the pages that it uses, none of which is asked here."""
    try:
        return reads_pages_alone(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def _hex(content: bytes | None) -> str:
    return content.hex() if content is not None else ""


def _sum(data: Any) -> str:
    return sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _write(place: Path, data: bytes) -> None:
    """Write a file as a whole or not at all, whoever else writes it; then make room."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(name, place)
        except OSError:
            os.unlink(name)
            raise
        _make_room(place.parent)
    except OSError:
        return  # a full or read-only disk costs the time of the next look, and nothing else


def _make_room(where: Path) -> None:
    """Remove the verdicts that were used least recently, where there are too many; others may do so too."""
    names = os.listdir(where)
    if len(names) <= MOST:
        return
    used = {name: when for name in names if (when := _used(where / name)) is not None}
    for name in sorted(used, key=used.__getitem__)[: len(used) - MOST]:
        (where / name).unlink(missing_ok=True)


def _used(file: Path) -> float | None:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # another process was quicker
        return None
