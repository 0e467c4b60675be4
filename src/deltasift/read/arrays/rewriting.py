"""Loops in the source of a function over arrays, written so that they can be run for a turn that has a name.

A `for` is run by `Loop`, which hands it the turn and takes what it carries; an `if` in it by `Branch`. A function is
compiled anew under its own file and lines, and gets its own code back when it has been read.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from types import CodeType, FunctionType

HELD = "__of_turns__"  # the name by which the functions below are found
NOT_READ = (
    *(ast.Break, ast.Return, ast.Yield, ast.YieldFrom, ast.Await, ast.Try, ast.With, ast.While, ast.Delete),
    *(ast.Global, ast.Nonlocal, ast.NamedExpr),
)
WRITING = frozenset({"append", "extend", "insert", "update", "add", "pop", "setdefault"})
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def code_with_turns(function: FunctionType) -> CodeType | None:
    """Return the code of a function whose loops may be over rows, None where it has none or its source is not found."""
    code = function.__code__
    if code.co_name == "<lambda>":
        return None
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None
    [*_, found] = tree.body
    if not isinstance(found, ast.FunctionDef) or not _has_loops(found) or _is_mangled(found):
        return None
    found.decorator_list = []
    names = {a.arg for a in ast.walk(found.args) if isinstance(a, ast.arg)}
    found.body = _Turns(names).block(found.body)
    if code.co_freevars:
        cells = [f"{name} = None" for name in code.co_freevars]
        outer = ast.parse("def outer():\n    " + "; ".join(cells)).body[0]
        assert isinstance(outer, ast.FunctionDef)
        outer.body.append(found)
        tree = ast.Module([outer], [])
    else:
        tree = ast.Module([found], [])
    ast.fix_missing_locations(tree)
    ast.increment_lineno(tree, code.co_firstlineno - 1)
    new = _named(compile(tree, code.co_filename, "exec"), found.name)
    return new if new is not None and new.co_freevars == code.co_freevars else None


def _named(code: CodeType, name: str) -> CodeType | None:
    for c in code.co_consts:
        if isinstance(c, CodeType):
            inner = c if c.co_name == name else _named(c, name)
            if inner is not None:
                return inner
    return None


def _has_loops(tree: ast.AST) -> bool:
    return any(isinstance(n, (ast.For, ast.ListComp, ast.GeneratorExp)) for n in ast.walk(tree))


def _is_mangled(tree: ast.AST) -> bool:
    """Tell whether a name is private to a class, so that it means another one outside of it."""
    names = [n.attr if isinstance(n, ast.Attribute) else getattr(n, "id", "") for n in ast.walk(tree)]
    return any(n.startswith("__") and not n.endswith("__") for n in names)


def _own(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield nodes and what is in them, but for functions inside."""
    for node in nodes:
        yield node
        if not isinstance(node, SCOPES):
            yield from _own(ast.iter_child_nodes(node))


def _written(nodes: Iterable[ast.AST]) -> list[str]:
    """Return the names that statements write: by assignment, to an entry, or by a method that changes its object."""
    found: dict[str, None] = {}
    for node in _own(nodes):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found[node.id] = None
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            found.update({node.value.id: None} if isinstance(node.value, ast.Name) else {})
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, node.func.value
            changes = name in WRITING or (name.endswith("_") and not name.endswith("__"))
            if changes and isinstance(owner, ast.Name):
                found[owner.id] = None
    return list(found)


def _is_read(loop: ast.For) -> bool:
    if loop.orelse or loop.type_comment:
        return False
    for node in _own(loop.body):
        if isinstance(node, NOT_READ):
            return False
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            return False
    return not _continues(loop.body)


def _continues(body: list[ast.stmt]) -> bool:
    """Tell whether a `continue` stands elsewhere than at the end of an `if` of the loop's own."""
    for s in body:
        if isinstance(s, ast.If):
            if _continues(_without_end(s.body)) or _continues(_without_end(s.orelse)):
                return True
        elif isinstance(s, ast.Continue):
            return True
    return False


def _without_end(body: list[ast.stmt]) -> list[ast.stmt]:
    return body[:-1] if body and isinstance(body[-1], ast.Continue) else body


def _statements(text: str, at: ast.AST) -> list[ast.stmt]:
    found = ast.parse(text).body
    for s in found:
        for node in ast.walk(s):
            ast.copy_location(node, at)
    return found


class _Turns(ast.NodeTransformer):
    """Rewrites loops, lists that are made by them, and the conditions inside."""

    def __init__(self, names: set[str]) -> None:
        self.known = set(names)  # what has a value before the statement
        self.count = 0
        self.depth = 0

    def block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for s in body:
            new = self.visit(s)
            found += new if isinstance(new, list) else [new]
            self.known |= set(_written([s]))
        return found

    def _fresh(self) -> str:
        self.count += 1
        return f"__turns_{self.count}"

    def visit_For(self, node: ast.For) -> ast.AST | list[ast.stmt]:
        if not _is_read(node):
            return self._plain(node)
        name = self._fresh()
        targets = {n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}
        carried = [n for n in _written(node.body) if n in self.known and n not in targets]
        node.iter = self.visit(node.iter)
        before = _statements(f"{name} = {HELD}.Loop(None)", node)
        before[0].value.args = [node.iter]  # type: ignore[attr-defined]
        self.depth += 1
        body = self.block(_without_continue(node.body))
        self.depth -= 1
        node.iter = _statements(f"{name}.turns()", node)[0].value  # type: ignore[attr-defined]
        start = [s for n in carried for s in _statements(f"{n} = {name}.enter({n!r}, {n})", node)]
        end = [s for n in carried for s in _statements(f"{n} = {name}.leave({n!r}, {n})", node)]
        node.body = [*start, *body, *end]
        return [*before, node]

    def _plain(self, node: ast.stmt) -> ast.stmt:
        """Return a statement with the statements inside of it rewritten."""
        for field_name, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                setattr(node, field_name, self.block(value))
            elif isinstance(value, ast.AST):
                setattr(node, field_name, self.visit(value))
            elif isinstance(value, list):
                setattr(node, field_name, [self.visit(v) if isinstance(v, ast.AST) else v for v in value])
        return node

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        if not self.depth:
            return self._plain(node)
        name, side = self._fresh(), self._fresh()
        test = self._condition(node.test)
        names = [n for n in _written([*node.body, *node.orelse]) if n in self.known]
        start = _statements(f"{name} = {HELD}.Branch(None)", node)
        start[0].value.args = [test]  # type: ignore[attr-defined]
        known = set(self.known)
        yes = self.block(node.body)
        self.known = set(known)
        no = self.block(node.orelse)
        self.known = known
        [run] = _statements(f"for {side} in {name}.sides():\n    pass", node)
        assert isinstance(run, ast.For)
        for branch, mine, others in ((yes, node.body, node.orelse), (no, node.orelse, node.body)):
            alone = [n for n in _written(mine) if n not in known and n not in _written(others)]
            branch += [s for n in alone for s in _statements(f"{n} = {name}.only({n!r}, {n})", node)]
        names_after = [*names, *(n for n in _written(node.body) if n not in known and n in _written(node.orelse))]
        begun = [s for n in names for s in _statements(f"{n} = {name}.start({n!r}, {n})", node)]
        ended = [s for n in names_after for s in _statements(f"{n} = {name}.end({n!r}, {n})", node)]
        choose = ast.copy_location(ast.If(_statements(side, node)[0].value, yes or [ast.Pass()], no), node)  # type: ignore[attr-defined]
        run.body = [*begun, choose, *ended]
        return [*start, run]

    def _condition(self, test: ast.expr) -> ast.expr:
        if isinstance(test, ast.BoolOp):
            called = "both" if isinstance(test.op, ast.And) else "either"
            found = self._condition(test.values[0])
            for value in test.values[1:]:
                found = self._called(called, test, found, _later(self._condition(value), test))
            return found
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self._called("inverted", test, self._condition(test.operand))
        visited: ast.expr = self.visit(test)
        return visited

    def _called(self, name: str, at: ast.AST, *args: ast.expr) -> ast.expr:
        call = _statements(f"{HELD}.{name}()", at)[0].value  # type: ignore[attr-defined]
        call.args = list(args)
        found: ast.expr = call
        return found

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        if not self.depth:
            return self.generic_visit(node)
        yes, no = (_later(self.visit(part), node) for part in (node.body, node.orelse))
        return self._called("chosen", node, self._condition(node.test), yes, no)

    def visit_ListComp(self, node: ast.ListComp | ast.GeneratorExp) -> ast.AST:
        [first, *more] = node.generators
        if more or first.ifs or first.is_async or any(isinstance(n, NOT_READ) for n in ast.walk(node)):
            return self.generic_visit(node)
        self.depth += 1
        node.elt = self.visit(node.elt)
        self.depth -= 1
        first.iter = self._called("begun", node, self.visit(first.iter))
        as_list = ast.copy_location(ast.ListComp(node.elt, [first]), node)
        return self._called("collected", node, as_list)

    visit_GeneratorExp = visit_ListComp  # noqa: N815

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        inner = _Turns(self.known | {a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)})
        inner.count = self.count + 100
        node.body = inner.block(node.body)
        return node


def _later(value: ast.expr, at: ast.AST) -> ast.expr:
    empty = ast.arguments([], [], None, [], [], None, [])
    return ast.copy_location(ast.Lambda(empty, value), at)


def _without_continue(body: list[ast.stmt]) -> list[ast.stmt]:
    """Return the body of a loop in which what a `continue` passes over stands in the other branch."""
    for i, s in enumerate(body):
        if not isinstance(s, ast.If):
            continue
        rest = body[i + 1 :]
        for branch, other in (("body", "orelse"), ("orelse", "body")):
            mine, others = getattr(s, branch), getattr(s, other)
            if mine and isinstance(mine[-1], ast.Continue):
                setattr(s, branch, _without_continue(_without_end(mine)) or [ast.copy_location(ast.Pass(), s)])
                setattr(s, other, _without_continue([*others, *rest]))
                return body[: i + 1]
    return body
