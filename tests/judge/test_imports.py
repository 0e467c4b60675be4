"""What accepts a line shares nothing with what found it: the judge's imports, also through others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
JUDGE = SRC / "deltasift" / "judge"
FINDERS = ("match", "derive", "conditions", "check", "calc", "line", "read", "emit", "render", "asserting", "pages")
OUTSIDE = ("z3", "flint", "mpmath", "numpy", "torch", "jax", "lark")
# of SymPy only its nodes and exact numbers
SYMPY = {
    "sympy": {
        "Symbol",
        "Rational",
        "Integer",
        "S",
        "pi",
        "E",
        "I",
        "GoldenRatio",
        "EulerGamma",
        "Catalan",
        "true",
        "false",
    },
    "sympy.core.basic": {"Basic"},
    "sympy.core.symbol": {"Str"},
    "sympy.core.numbers": {"Integer", "Rational"},
    "sympy.logic.boolalg": {"BooleanTrue", "BooleanFalse"},
}


def file_of(module: str) -> Path | None:
    base = SRC.joinpath(*module.split("."))
    return next((f for f in (base.with_suffix(".py"), base / "__init__.py") if f.exists()), None)


def imported(file: Path) -> Iterator[str]:
    """Yield the modules that a file imports, those for the type checker left out.

    Of a file outside of the judge only what is imported with it counts: a domain that shows itself in a notebook calls
    what draws it, and the judge shows nothing. That nothing else is loaded when a page is judged is tested beside it.
    """
    own = JUDGE in file.parents
    todo: list[ast.AST] = [ast.parse(file.read_text(encoding="utf-8"))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not own:
            continue
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module is not None
            for a in node.names:
                inner = f"{node.module}.{a.name}"
                yield inner if file_of(inner) else node.module
        todo += ast.iter_child_nodes(node)


def reached() -> dict[str, str]:
    """Return every module of deltasift that the judge imports, also through others, with the one that imports it."""
    found = {
        "deltasift.judge." + f.relative_to(JUDGE).with_suffix("").as_posix().replace("/", "."): ""
        for f in JUDGE.rglob("*.py")
    }
    todo = list(found)
    while todo:
        module = todo.pop()
        file = file_of(module.removesuffix(".__init__"))
        assert file is not None, module
        for name in imported(file):
            if name.split(".")[0] == "deltasift" and name not in found:
                found[name] = module
                todo.append(name)
    return found


@pytest.mark.parametrize("finder", FINDERS)
def test_no_finder_is_reached(finder: str) -> None:
    wrong = {m: by for m, by in reached().items() if m.split(".")[1:2] == [finder]}
    assert wrong == {}


def test_the_whole_package_is_not_imported() -> None:
    assert "deltasift" not in reached()


@pytest.mark.parametrize("file", sorted(JUDGE.rglob("*.py")), ids=lambda f: f.relative_to(JUDGE).as_posix())
def test_of_sympy_only_nodes_and_numbers_are_used(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sympy":
            assert {a.name for a in node.names} <= SYMPY[node.module]
        if isinstance(node, ast.Import):
            names = {a.name.split(".")[0] for a in node.names}
            assert names.isdisjoint(OUTSIDE)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "sympy":
            assert node.attr in SYMPY["sympy"], node.attr
