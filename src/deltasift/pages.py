"""Reading a page: a Python file that gives, claims and proves.

A page is code and is run only when the user names it, or when a page that was named uses it by `known`.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from importlib.util import decode_source, module_from_spec, spec_from_file_location
from pathlib import Path
from reprlib import Repr
from types import ModuleType
from typing import Any

from sympy.core.basic import Basic

from _deltasift_pages import is_page
from deltasift.calc import Assumptions, Derivation, Page, Source
from deltasift.catalogue import page_path
from deltasift.check import Report, check
from deltasift.domain import Domain
from deltasift.errors import DeltasiftError, PageError, one_line
from deltasift.inert import Relation, inert
from deltasift.inert.plain import plain_names
from deltasift.rule import Theorem

MOST_BYTES = 1_000_000  # of a file that is run as a page
MOST_REMEMBERED = 256  # reports of pages
_instead: list[Callable[[str, int], Theorem]] = []  # what `known` does while pages are only listed
_running: list[Path] = []  # pages that are being read, each by the one before


def load(name: str) -> Page:
    """Return a page of the catalogue by its name, or a user's page by its path.

    Raises
    ------
    PageError
        If there is no such page, or it cannot be read; the message names the nearest ones.
    """
    return load_file(file_of(name))


def listed(name: str) -> Page:
    """Return a page of the catalogue for its title and claims: the pages that it uses are taken as they are."""
    from deltasift.check.hypotheses import theorem_of

    def taken(page: str, claim: int = 1) -> Theorem:
        return theorem_of(check(listed(page), layers=()), claim)

    _instead.append(taken)
    try:
        return load(name)
    finally:
        _instead.pop()


def file_of(name: str) -> Path:
    """Return the file of a page of the catalogue, or of a user's page that is named by its path."""
    looks_like_path = name.endswith(".py") or "/" in name or "\\" in name
    return Path(name) if looks_like_path else page_path(name)


def pages_of(path: str) -> list[str]:
    """Return the pages that a path names: itself or, of a folder, every file in it that claims or proves.

    A file in a folder is read, and not run, in order to see whether it is a page.

    Raises
    ------
    PageError
        If a folder has none.
    """
    if not os.path.isdir(path):
        return [path]
    found = []
    for folder, inner, names in os.walk(path):
        inner[:] = sorted(name for name in inner if not name.startswith((".", "_")))
        files = (Path(folder, name) for name in sorted(names) if name.endswith(".py") and not name.startswith("_"))
        found += [str(file) for file in files if _claims(file)]
    if not found:
        raise PageError(f"there are no pages in {path}")
    return found


def _claims(file: Path) -> bool:
    """Tell whether a file is a page; one that cannot be read is to be reported as if it were, and a pipe is no file."""
    try:
        if file.exists() and not file.is_file():
            return False
        return file.stat().st_size > MOST_BYTES or is_page(file.read_bytes(), named=True)
    except OSError:
        return True


def load_file(path: Path) -> Page:
    """Return the page in a file.

    Raises
    ------
    PageError
        If there is no such file, it is larger than a page, or it does not run or says no page.
    """
    return page_of_module(run_file(path), path)


def run_file(path: Path) -> ModuleType:
    """Return the module of a page, whose code is run.

    Raises
    ------
    PageError
        If there is no such file, it is larger than a page, or it does not run.
    """
    try:
        if path.is_dir():
            raise PageError(f"{path} is a folder and no page")
        if not path.is_file():
            raise PageError(f"there is no file {path}")
        size = path.stat().st_size
    except (OSError, ValueError) as error:  # a name too long, or with a null byte
        raise PageError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if size > MOST_BYTES:
        raise PageError(f"{path} has {size} bytes, and a page at most {MOST_BYTES}")
    return _run(path)


class _Source(SourceFileLoader):
    """Compiles a page from its source as it is now: a compiled file beside it may be of what it was before."""

    def get_code(self, fullname: str) -> Any:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def _run(path: Path) -> ModuleType:
    place = path.resolve()
    if place in _running:
        around = " -> ".join(p.name for p in (*_running[_running.index(place) :], place))
        raise PageError(f"{path.name} uses what it is to prove: {around}")
    name = f"deltasift_page_{path.stem}"
    spec = spec_from_file_location(name, path, loader=_Source(name, str(path)))
    if spec is None or spec.loader is None:
        raise PageError(f"{path} is not a Python file")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    _running.append(place)
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:  # the user's, as far as anyone can tell
        raise
    except DeltasiftError as error:
        raise PageError(f"{_where(error, path)}: {error}") from error
    except BaseException as error:  # a page is a user's code and may raise anything
        raise PageError(f"{_where(error, path)}: {_said(error)}") from error
    finally:
        _running.remove(place)
        sys.modules.pop(spec.name, None)
    return module


def _said(error: BaseException) -> str:
    """Return what an error of a user's code says, in one line; its own text may be code that fails."""
    try:
        words = str(error.msg if isinstance(error, SyntaxError) else error)
    except Exception:  # as above
        words = "it does not say why"
    return one_line(f"{type(error).__name__}: {words}")


def _where(error: BaseException, path: Path) -> str:
    line = None
    if isinstance(error, SyntaxError):
        line = error.lineno
    trace = error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename).resolve() == path.resolve():
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"{path.name}" if line is None else f"{path.name}, line {line} of the file"


def page_of_module(module: ModuleType, path: Path, *, needs_proof: bool = True) -> Page:
    """Read Given, Claim and Proof from a module's names; the proof may be missing where it is to be found."""
    names = vars(module)
    claims = _listed(names, "claim", "claims", path)
    there = needs_proof or not names.keys().isdisjoint(("proof", "proofs"))
    proofs = _listed(names, "proof", "proofs", path) if there else ()
    for claim in claims:
        if not isinstance(claim, Relation):
            raise PageError(f"{path.name}: the claim {_shown(claim)} is not a relation")
    for proof in proofs:
        if not isinstance(proof, Derivation):
            raise PageError(f"{path.name}: the proof {_shown(proof)} is not a calc(...)")
    domains = tuple(v for v in names.values() if isinstance(v, Domain))
    assumed = tuple(s for v in names.values() if isinstance(v, Assumptions) for s in v.statements)
    refused = _refused(names.get("refused", ()), path)
    if not (claims or proofs or refused):
        raise PageError(f"{path.name} claims nothing and refuses nothing: it is not a page")
    doc = inspect.cleandoc(module.__doc__) if isinstance(module.__doc__, str) else ""
    title, _, text = doc.partition("\n")
    return Page(
        path.stem,
        title.strip(),
        text.strip(),
        tuple(dict.fromkeys(domains)),
        tuple(map(plain_names, claims)),
        proofs,
        refused,
        assumed,
        references=_references(names.get("references", ()), path),
        example=_example(names.get("example", {}), path),
        source=_source(path),
    )


def _source(path: Path) -> Source | None:
    """Return the text of a page's file, None where it has gone since it was run."""
    try:
        return Source(str(path), decode_source(path.read_bytes()))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return None


def _references(said: Any, path: Path) -> tuple[str, ...]:
    """Return where else a result is proved. What else is called `references` is the page's own."""
    if not isinstance(said, (list, tuple)):
        return ()
    if not all(isinstance(s, str) for s in said):
        raise PageError(f"{path.name}: references is no list of texts, each a key of the bibliography and a place")
    return tuple(said)


def _example(said: Any, path: Path) -> tuple[tuple[str, Any], ...]:
    """Return numbers by their names; a fraction is a text, `"1/3"`. What else is called `example` is the page's own."""
    if not isinstance(said, dict):
        return ()
    if not all(isinstance(name, str) for name in said):
        raise PageError(f"{path.name}: example is no dictionary of names and numbers")
    return tuple((name, _numbers(value, name, path)) for name, value in said.items())


def _numbers(value: Any, name: str, path: Path) -> Any:
    if isinstance(value, (list, tuple)):
        return tuple(_numbers(v, name, path) for v in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return Fraction(value) if isinstance(value, str) else float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        raise PageError(f"{path.name}: example: {name} has {_shown(value)}, which is no number") from None


def _shown(value: Any) -> str:
    """Return how a value of a user's code looks, however large it is and whatever its own `repr` does."""
    return one_line(Repr().repr(value))


def _refused(pairs: Any, path: Path) -> tuple[tuple[Basic, str], ...]:
    """Return what a page says has no value, with the reason in its words."""
    try:
        return tuple((plain_names(inert(e)), str(why)) for e, why in pairs)
    except DeltasiftError as error:
        raise PageError(f"{path.name}: refused: {error}") from error
    except (TypeError, ValueError):
        raise PageError(f"{path.name}: refused is no list of pairs (expression, reason)") from None


def _listed(names: dict[str, Any], one: str, many: str, path: Path) -> tuple[Any, ...]:
    if one in names and many in names:
        raise PageError(f"{path.name}: {one} and {many} are both there")
    if many in names:
        if not isinstance(names[many], (list, tuple)):
            raise PageError(f"{path.name}: {many} is no list")
        return tuple(names[many])
    if one in names:
        return (names[one],)
    raise PageError(f"{path.name} has no {one}: it is not a page")


def known(name: str, claim: int = 1) -> Theorem:
    """Use what another page of the catalogue proves as a rule, with that page's assumptions.

    Parameters
    ----------
    name : str
        The page.
    claim : int
        Which of its claims, from 1; an equality or an inequality.

    Raises
    ------
    PageError
        If the page does not check, the claim is an order of the values of a name, or it says nothing of what its
        proof assumes.
    """
    from deltasift.check.hypotheses import theorem_of  # here, since it imports what finds

    if _instead:
        return _instead[-1](name, claim)
    report = checked(file_of(name))
    if not report.ok:
        raise PageError(f"page {name} is wrong, so nothing follows from it: {report.problems[0]}")
    return theorem_of(report, claim)


@dataclass
class _Remembered:
    """A page that was checked, with what was in its file and in those of the pages that it uses."""

    files: dict[Path, bytes | None]
    report: Report

    def is_current(self) -> bool:
        return all(_digest(file) == digest for file, digest in self.files.items())


_remembered: dict[Path, _Remembered] = {}
_read: list[dict[Path, bytes | None]] = []  # the files of the pages that are being checked, each by the one before


@contextmanager
def files_used() -> Iterator[dict[Path, bytes | None]]:
    """Note the files of the pages that are used by `known` meanwhile, each with the digest of its content."""
    files: dict[Path, bytes | None] = {}
    _read.append(files)
    try:
        yield files
    finally:
        _read.pop()


def checked(path: Path, progress: Callable[[str], None] | None = None) -> Report:
    """Return the report of a page, checked in all ways; once for what is in its file and in those that it uses."""
    place = path.resolve()
    known_one = _remembered.get(place)
    if known_one is None or not known_one.is_current():
        files = {place: _digest(place)}
        _read.append(files)
        try:
            report = check(load_file(path), progress=progress)
        finally:
            _read.pop()
        known_one = _Remembered(files, report)
        if known_one.is_current():  # and was not written while it was checked
            _remembered[place] = known_one
            while len(_remembered) > MOST_REMEMBERED:
                del _remembered[next(iter(_remembered))]
    if _read:
        _read[-1].update(known_one.files)
    return known_one.report


def _digest(file: Path) -> bytes | None:
    """Return what tells the content of a file from others, None where it cannot be read."""
    try:
        return sha256(file.read_bytes()).digest() if file.stat().st_size <= MOST_BYTES else None
    except OSError:
        return None
