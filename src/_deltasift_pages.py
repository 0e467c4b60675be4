"""Which files are pages, decided by reading their source; nothing is run, and nothing of the package is imported."""

from __future__ import annotations

import ast
import builtins
import re
import warnings
from collections.abc import Iterator

# a file that Python cannot read is a page where these say so
IMPORTS = re.compile(rb"^\s*(?:from|import)\s+deltasift\b", re.MULTILINE)
CLAIMS = re.compile(rb"^claims?\s*[:=]", re.MULTILINE)
PROVES = re.compile(rb"^proofs?\s*[:=]", re.MULTILINE)
PARTS = frozenset(("claim", "claims", "proof", "proofs", "refused"))


def is_page(source: bytes, *, named: bool = False) -> bool:
    """Tell whether a source imports deltasift, claims and proves with it, and holds no tests of its own.

    A module that only happens to have a `claims` and a `proofs` is none: one of the two, or of what it refuses, has to
    be made of names that come from deltasift.

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
    if not any(map(_imports_deltasift, statements)) or any(map(_is_test, statements)):
        return False
    own = _made_of_deltasift(statements)
    return any(not own.isdisjoint(_used(s)) for s in statements if _says_a_part(s))


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
    for target in _targets(statement):
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) and statement.value is not None else []


def _says_a_part(statement: ast.stmt) -> bool:
    """Tell whether a statement makes, or goes on with, what a page claims, proves or refuses."""
    if isinstance(statement, ast.AugAssign):
        return isinstance(statement.target, ast.Name) and statement.target.id in PARTS
    if isinstance(statement, ast.Expr):  # proofs.append(calc(...))
        call = statement.value
        method = call.func if isinstance(call, ast.Call) else None
        owner = method.value if isinstance(method, ast.Attribute) else None
        return isinstance(owner, ast.Name) and owner.id in PARTS
    return not PARTS.isdisjoint(_assigned(statement))


def _used(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement reads."""
    yield from (n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))


def _made_of_deltasift(statements: list[ast.stmt]) -> set[str]:
    """Return the names that come from deltasift, and those that are made of such names."""
    own = {name for s in statements if _imports_deltasift(s) for name in _imported(s)}
    if "*" in own:  # then every name does that comes from nowhere else
        elsewhere = {n for s in statements if not _imports_deltasift(s) for n in (*_imported(s), *_stored(s))}
        own |= {n for s in statements for n in _used(s)} - elsewhere - set(dir(builtins))
    grown = True
    while grown:
        found = {n for s in statements if not own.isdisjoint(_used(s)) for n in _bound(s)}
        grown = not found <= own
        own |= found
    return own


def _stored(statement: ast.stmt) -> Iterator[str]:
    """Yield every name that a statement gives a meaning to, in whatever scope."""
    yield from _bound(statement)
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg


def _imported(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        yield from ((alias.asname or alias.name.split(".")[0]) for alias in statement.names)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement gives a meaning to."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, (ast.For, ast.AsyncFor)):
        yield from (n.id for n in ast.walk(statement.target) if isinstance(n, ast.Name))
    else:
        yield from _assigned(statement)


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
