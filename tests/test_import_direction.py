"""Imports go one way, `import deltasift` stays light, and nothing but the bridge evaluates an expression."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src" / "deltasift"
FILES = sorted(SRC.rglob("*.py"))
OUTSIDE = SRC.parent / "_deltasift_pytest.py"
SOURCES = SRC.parent / "_deltasift_pages.py"  # what it and the command line share

# A module may import those of any earlier row; of its own row it may import only itself.
ROWS = (
    ("collector", "enclosing", "errors", "limits", "said", "shown"),
    ("inert",),
    ("domain",),
    ("quantities",),
    ("parse", "rule"),
    ("line",),
    ("use",),
    ("rules",),
    ("judge",),
    ("match",),
    ("conditions",),
    ("calc",),
    ("check",),
    ("atlas", "derive", "emit", "catalogue", "questions"),
    ("pages", "verdicts"),
    ("proving", "rulebook", "search"),
    ("finishing",),
    ("many",),
    ("asserting", "cluster", "render"),
    ("play",),
    ("book",),
    ("read",),  # what was read of a function over arrays is compared with it on data
    ("cli", "pytest_plugin", "sphinx"),
    ("__main__",),
)
ROW = {name: number for number, row in enumerate(ROWS) for name in row}

# The exceptions: methods of `Derivation` in calc.py, of what shows itself, `Report.to_dict`, and the check of lines
# that say `by=auto`, import in their bodies the later layer that they call.
SHOWN = "shown"
DELEGATIONS = {"report": "check", "latex": "render", "evaluate": "emit"}

HEAVY = ("z3", "flint", "latexify", "lark", "rich", "typer")

# Who may mention what evaluates or runs text: the bridge, and for sympify all of inert.
BRIDGE = "inert/bridge.py"
MAY_MENTION = {
    "simplify": (BRIDGE,),
    "doit": (BRIDGE,),
    "evaluate=False": (BRIDGE,),
    "sympify": ("inert/",),
    "parse_expr": (),
    "eval": (),
    "exec": ("emit/run.py",),
}
BUILTINS = ("eval", "exec")  # as attributes these are other things, such as a solver model's `eval`


def layer(file: Path) -> str:
    """Return the part of the house in which a file lies; the package's own `__init__` is `""`."""
    first = file.relative_to(SRC).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imports(tree: ast.AST, inside: tuple[str, ...] = ()) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield each imported part of deltasift, its line, and the classes and functions that it is inside of.

    What only the type checker reads is not imported.
    """
    for node in ast.iter_child_nodes(tree):
        names: list[str] = []
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "(relative)", node.lineno, inside
            names = [node.module or ""]
        for name in names:
            parts = name.split(".")
            if parts[0] == "deltasift":
                yield parts[1] if len(parts) > 1 else "", node.lineno, inside
        scope = isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        yield from imports(node, (*inside, node.name) if scope else inside)


def wrong_arrows(source: str, here: str) -> list[str]:
    """Return what is wrong with the imports of a file that lies in the layer `here`."""
    wrong = []
    for there, line, inside in imports(ast.parse(source)):
        if here == "" or there == here:
            continue
        if here == "calc" and inside[:1] == ("Derivation",) and DELEGATIONS.get(inside[-1]) == there:
            continue
        if here == "check" and inside == ("Report", "to_dict") and there == "render":
            continue
        if here == "check" and inside == ("check",) and there == "finishing":
            continue
        if here == SHOWN and len(inside) == 2 and inside[0] == "Shown" and there == "render":
            continue
        if there not in ROW or ROW[there] >= ROW[here]:
            wrong.append(f"line {line}: {here} imports {there or 'the whole package'}")
    return wrong


def mentions(source: str, file: str) -> list[str]:
    """Return the forbidden names that a file mentions, with their lines."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Name):
            names = [node.id]
        elif isinstance(node, ast.Attribute) and node.attr not in BUILTINS:
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.keyword) and node.arg == "evaluate":
            constant = node.value.value if isinstance(node.value, ast.Constant) else None
            names = ["evaluate=False"] if constant is False else []
        for name in names:
            if name in MAY_MENTION and not any(file.startswith(allowed) for allowed in MAY_MENTION[name]):
                line = getattr(node, "lineno", 0)
                found.append(f"line {line}: {name}")
    return found


def ids(file: Path) -> str:
    return file.relative_to(SRC).as_posix()


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_imports_only_earlier_layers(file: Path) -> None:
    here = layer(file)
    assert here == "" or here in ROW, f"{here} has no place in the order"
    assert wrong_arrows(file.read_text(encoding="utf-8"), here) == []


@pytest.mark.parametrize("file", FILES, ids=ids)
def test_only_the_bridge_evaluates(file: Path) -> None:
    assert mentions(file.read_text(encoding="utf-8"), ids(file)) == []


def test_what_every_session_of_pytest_loads_imports_only_the_plugin_and_that_late() -> None:
    found = [(there, bool(inside)) for there, _, inside in imports(ast.parse(OUTSIDE.read_text(encoding="utf-8")))]
    assert found == [("pytest_plugin", True)]
    assert list(imports(ast.parse(SOURCES.read_text(encoding="utf-8")))) == []


def test_every_delegation_is_a_method_of_derivation() -> None:
    tree = ast.parse((SRC / "calc.py").read_text(encoding="utf-8"))
    used = {(inside[-1], there) for there, _, inside in imports(tree) if inside[:1] == ("Derivation",)}
    assert used == set(DELEGATIONS.items())


@pytest.mark.parametrize(
    ("here", "source"),
    [
        ("inert", "from deltasift.domain import index"),
        ("domain", "import deltasift.quantities"),
        ("parse", "from deltasift.rule import rule"),
        ("rule", "from deltasift.parse import parse"),
        ("derive", "def f():\n    from deltasift.emit import source"),
        ("match", "from deltasift import Sum"),
        ("calc", "class Step:\n    def report(self):\n        from deltasift.check import check"),
        ("calc", "class Derivation:\n    def report(self):\n        from deltasift.render import latex"),
        ("shown", "from deltasift.render.notebook import html"),
        ("shown", "class Shown:\n    def __repr__(self):\n        from deltasift.check import check"),
        ("check", "def to_dict():\n    from deltasift.render.structured import structured"),
        ("check", "def checked():\n    from deltasift.finishing import finished"),
        ("calc", "def report():\n    from deltasift.check import check"),
        ("rules", "from ..check import check"),
        ("check", "from deltasift.nowhere import x"),
    ],
)
def test_a_wrong_arrow_is_found(here: str, source: str) -> None:
    assert len(wrong_arrows(source, here)) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("calc.py", "sympy.simplify(x)"),
        ("inert/node.py", "x.doit()"),
        ("check/numbers.py", "from sympy import sympify"),
        ("parse.py", "parse_expr(text)"),
        ("emit.py", "exec(text)"),
        ("emit.py", "eval(text)"),
        ("rule.py", "Add(x, y, evaluate=False)"),
        ("inert/bridge.py", "eval(text)"),
    ],
)
def test_a_forbidden_mention_is_found(file: str, source: str) -> None:
    assert len(mentions(source, file)) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("inert/bridge.py", "Sum(f, (i, 1, n), evaluate=False).doit()"),
        ("inert/node.py", "sympify(x, strict=True)"),
        ("conditions/smt.py", "model.eval(x)"),
        ("rule.py", "Add(x, y, evaluate=True)"),
    ],
)
def test_an_allowed_mention_passes(file: str, source: str) -> None:
    assert mentions(source, file) == []


def test_import_is_light() -> None:
    code = f"import deltasift, sys; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    # SymPy imports flint by itself unless it is told to use Python's integers.
    env = os.environ | {"SYMPY_GROUND_TYPES": "python"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
