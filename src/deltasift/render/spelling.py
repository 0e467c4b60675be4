"""Steps and expressions of a page as they are written in its Python, in the names of the page."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import ModuleType

from sympy.core.basic import Basic

from deltasift.calc import BOUNDS, Step
from deltasift.domain import Domain, Index
from deltasift.finishing import in_python
from deltasift.inert import Node, postorder
from deltasift.inert.source import source

WIDTH = 120


class Spelling:
    """Writes what stands in a page.

    Attributes
    ----------
    names : dict
        The variable of each handle of the page, by the name that it has there.
    """

    def __init__(self, module: ModuleType) -> None:
        handles = {k: v for k, v in vars(module).items() if isinstance(v, Domain)}
        self.names = {d.symbol.name: k for k, d in handles.items()}
        self.limits = {
            k: tuple(ast.dump(_parsed(source(end, self.names))) for end in d.limit[1:])
            for k, d in handles.items()
            if isinstance(d, Index)
        }

    def step(self, step: Step) -> str:
        """Return a step, over several lines where one is not enough."""
        return self.laid_out("step", self.expr(step.expr), in_python(step.by), step.relation)

    @staticmethod
    def laid_out(call: str, line: str, by: str, relation: str) -> str:
        """Return a step of which the parts are written."""
        parts = [line, f"by={by}", *([f'relation="{relation}"'] if relation in BOUNDS else [])]
        flat = f"{call}({', '.join(parts)})"
        if len(flat) + 9 <= WIDTH and "\n" not in flat:
            return flat
        return f"{call}(\n" + "".join(f"    {part},\n" for part in parts) + ")"

    def expr(self, expr: Basic) -> str:
        """Return an expression; a bound name without a handle is a variable of that name."""
        fresh = {e.args[1].name for e in postorder(expr) if isinstance(e, Node) and e.binds}
        names: Mapping[str, str] = {**{n: variable(n) for n in fresh}, **self.names}
        return ast.unparse(_Shorter(self.limits).visit(_parsed(source(expr, names))))

    def fresh(self, expressions: Iterable[Basic], known: Collection[str]) -> Iterator[str]:
        """Yield the declarations of bound names of which there is no handle, and which are none of some others."""
        done: set[str] = set()
        for line in expressions:
            for e in postorder(line):
                if isinstance(e, Node) and e.binds and e.args[1].name not in {*self.names, *known, *done}:
                    name = e.args[1].name
                    done.add(name)
                    yield f"{variable(name)} = index({name!r}, {self.expr(e.args[2])}, {self.expr(e.args[3])})\n"


class _Shorter(ast.NodeTransformer):
    """Writes `k` for `(k, 1, K)` where that is the range of the handle, and fractions and roots that stay exact."""

    def __init__(self, limits: Mapping[str, tuple[str, ...]]) -> None:
        self.limits = limits

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        node.args = [self._limit(a) for a in node.args]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Pow) and _is_half(node.right):
            return ast.Call(ast.Name("sqrt", ast.Load()), [node.left], [])
        if (
            isinstance(node.op, ast.Div)
            and isinstance(node.left, ast.Constant)
            and isinstance(node.right, ast.Constant)
        ):
            node.left = ast.Call(ast.Name("S", ast.Load()), [node.left], [])  # Python would make a float of it
        return node

    def _limit(self, e: ast.expr) -> ast.expr:
        if isinstance(e, ast.Tuple) and len(e.elts) == 3 and isinstance(e.elts[0], ast.Name):
            name, *ends = e.elts
            assert isinstance(name, ast.Name)
            if self.limits.get(name.id) == tuple(map(ast.dump, ends)):
                return name
        return e


def _is_half(e: ast.expr) -> bool:
    return ast.unparse(e) in ("1 / 2", "S(1) / 2")


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def variable(name: str) -> str:
    """Return a name of Python for an index."""
    return "".join(c if c.isalnum() else "_" for c in name.replace("'", "_1"))


def indented(text: str, margin: int = 4) -> str:
    """Return lines moved in."""
    return "\n".join(" " * margin + line if line else line for line in text.split("\n"))


def import_order(name: str) -> tuple[int, str]:
    """Return where an import sorter puts a name: constants, classes, others."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def import_line(module: str, names: Sequence[str], *, is_long: bool = False) -> str:
    """Return an import of names, over several lines where one is not enough, or it was so before."""
    flat = f"from {module} import {', '.join(names)}"
    if len(flat) <= WIDTH and not is_long:
        return flat
    return f"from {module} import (\n" + "".join(f"    {n},\n" for n in names) + ")"
