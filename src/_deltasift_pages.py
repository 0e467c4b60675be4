"""Which files are pages, decided by reading their source; nothing is run, and nothing of the package is imported."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator

# a file that Python cannot read is a page where these say so
IMPORTS = re.compile(rb"^\s*(?:from|import)\s+deltasift\b", re.MULTILINE)
CLAIMS = re.compile(rb"^claims?\s*[:=]", re.MULTILINE)
PROVES = re.compile(rb"^proofs?\s*[:=]", re.MULTILINE)


def is_page(source: bytes, *, named: bool = False) -> bool:
    """Tell whether a source imports deltasift, claims and proves, and holds no tests of its own.

    Parameters
    ----------
    source : bytes
        It is read, and not run.
    named : bool
        Whether the user named the file: then a claim or a proof is enough, so that a missing one is reported.
    """
    if b"deltasift" not in source:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the compiler thinks of the file is said when it is run
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        parts = [CLAIMS.search(source) is not None, PROVES.search(source) is not None]
        return IMPORTS.search(source) is not None and (any(parts) if named else all(parts))
    statements = list(_top(tree.body))
    names = {name for s in statements for name in _assigned(s)}
    parts = [not names.isdisjoint(("claim", "claims")), not names.isdisjoint(("proof", "proofs"))]
    if not (any(parts) if named else all(parts)):
        return False
    return any(map(_imports_deltasift, statements)) and not any(map(_is_test, statements))


def _top(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run when a module is imported, those inside of `if`, `with` and `try` among them."""
    for statement in body:
        yield statement
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for part in ("body", "orelse", "finalbody"):
            yield from _top(getattr(statement, part, []))
        for handler in getattr(statement, "handlers", []):
            yield from _top(handler.body)


def _assigned(statement: ast.stmt) -> Iterator[str]:
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    for target in targets:
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _imports_deltasift(statement: ast.stmt) -> bool:
    names: list[str] = []
    if isinstance(statement, ast.Import):
        names = [alias.name for alias in statement.names]
    elif isinstance(statement, ast.ImportFrom) and not statement.level:
        names = [statement.module or ""]
    return any(name.split(".")[0] == "deltasift" for name in names)


def _is_test(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return statement.name.startswith("test")
    return isinstance(statement, ast.ClassDef) and statement.name.startswith("Test")
