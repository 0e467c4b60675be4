"""Reading a page: a Python file that gives, claims and proves.

A page is code and is run only when the user names it, or when a page that was named uses it by `known`.
"""

from __future__ import annotations

import functools
import importlib.util
import inspect
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from sympy.core.basic import Basic

from deltasift.calc import Assumptions, Derivation, Page
from deltasift.catalogue import page_path
from deltasift.check import Report, check
from deltasift.domain import Domain
from deltasift.errors import DeltasiftError, PageError
from deltasift.inert import Equality, Relation, inert
from deltasift.match.theorem import Theorem


def load(name: str) -> Page:
    """Return a page of the catalogue by its name, or a user's page by its path.

    Raises
    ------
    PageError
        If there is no such page, or it cannot be read; the message names the nearest ones.
    """
    looks_like_path = name.endswith(".py") or "/" in name or "\\" in name
    return load_file(Path(name)) if looks_like_path else load_file(page_path(name))


def load_file(path: Path) -> Page:
    """Return the page in a file."""
    if not path.is_file():
        raise PageError(f"there is no file {path}")
    return page_of_module(_run(path), path)


def _run(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"deltasift_page_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise PageError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except DeltasiftError as error:
        raise PageError(f"{_where(error, path)}: {error}") from error
    except (Exception, SystemExit) as error:  # a page is a user's code and may raise anything
        said = error.msg if isinstance(error, SyntaxError) else error
        raise PageError(f"{_where(error, path)}: {type(error).__name__}: {said}") from error
    finally:
        sys.modules.pop(spec.name, None)
    return module


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


def page_of_module(module: ModuleType, path: Path) -> Page:
    """Read Given, Claim and Proof from a module's names."""
    names = vars(module)
    claims = _listed(names, "claim", "claims", path)
    proofs = _listed(names, "proof", "proofs", path)
    for claim in claims:
        if not isinstance(claim, Relation):
            raise PageError(f"{path.name}: the claim {claim!r} is not a relation")
    for proof in proofs:
        if not isinstance(proof, Derivation):
            raise PageError(f"{path.name}: the proof {proof!r} is not a calc(...)")
    domains = tuple(v for v in names.values() if isinstance(v, Domain))
    assumed = tuple(s for v in names.values() if isinstance(v, Assumptions) for s in v.statements)
    refused = _refused(names.get("refused", ()), path)
    doc = inspect.cleandoc(module.__doc__ or "")
    title, _, text = doc.partition("\n")
    return Page(
        path.stem,
        title.strip(),
        text.strip(),
        tuple(dict.fromkeys(domains)),
        claims,
        proofs,
        refused,
        assumed,
    )


def _refused(pairs: Any, path: Path) -> tuple[tuple[Basic, str], ...]:
    """Return what a page says has no value, with the reason in its words."""
    try:
        return tuple((inert(e), str(why)) for e, why in pairs)
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


@functools.cache
def _checked(name: str) -> Report:
    return check(load(name), layers=("structure",))


def known(name: str, claim: int = 1) -> Theorem:
    """Use what another page of the catalogue proves as a rule, with that page's assumptions.

    Parameters
    ----------
    name : str
        The page.
    claim : int
        Which of its claims, from 1; an equality.

    Raises
    ------
    PageError
        If the page does not check, or the claim is not an equality.
    """
    report = _checked(name)
    page = report.page
    if not report.ok:
        raise PageError(f"page {name} is wrong, so nothing follows from it: {report.problems[0]}")
    if not 1 <= claim <= len(page.claims):
        raise PageError(f"page {name} has {len(page.claims)} claims, not {claim}")
    relation = page.claims[claim - 1]
    if not isinstance(relation, Equality):
        raise PageError(f"claim {claim} of page {name} is no equality")
    given = set(page.domains) | page.proofs[claim - 1].given | relation.given
    domains = tuple(sorted(given, key=lambda d: d.name))
    return Theorem(page.name, relation, domains, report.assumptions, page.title)
