"""A plain Python function as a syntax tree, with what its names are bound to. Nothing of it is run."""

from __future__ import annotations

import ast
import builtins
import functools
import inspect
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, MethodType
from typing import Any

from deltasift.errors import ReadError
from deltasift.read.origin import is_source_of

FIRST_WITHOUT = (3, 14)  # of Python, that latexify does not run on


@dataclass(frozen=True)
class Function:
    """What a function object consists of.

    Attributes
    ----------
    name, file : str
    first : int
        The line of its file that is line 1 of the tree.
    arguments : ast.arguments
    body : list of ast.stmt
    code : CodeType
    names : mapping
        What its closure and its module bind; a name that the function itself assigns is not looked up here.
    defaults : mapping
        Of the parameters that have one, its constant in the source, or its value.
    receiver : str or None
        The parameter that a bound method has filled in.
    local : frozenset of str
        The names that the function assigns.
    """

    name: str
    file: str
    first: int
    arguments: ast.arguments
    body: list[ast.stmt]
    code: CodeType
    names: Mapping[str, Any]
    defaults: Mapping[str, Any]
    receiver: str | None
    local: frozenset[str]

    @property
    def parameters(self) -> list[str]:
        """The names of the parameters, in order, without that of a bound method's object."""
        a = self.arguments
        return [p.arg for p in (*a.posonlyargs, *a.args, *a.kwonlyargs) if p.arg != self.receiver]

    def error(self, message: str, line: int | None) -> ReadError:
        """Return an error that says where."""
        at = None if line is None else line + self.first - 1
        start = "" if at is None else f"line {at}: "
        return ReadError(f"{start}{message} ({self.name}, {self.file})", at)


def plain_function(value: Any) -> Function:
    """Return the parts of a function that is written in Python.

    Raises
    ------
    ReadError
        If it is none, its source is not to be had, or the source is that of something else.
    """
    bound = isinstance(value, MethodType)
    plain = value.__func__ if isinstance(value, MethodType) else value
    if type(plain).__name__ == "_lru_cache_wrapper":
        plain = inspect.unwrap(plain)  # a cache gives what the function gives
    shown = getattr(plain, "__name__", None) or type(value).__name__
    if isinstance(value, type):
        raise ReadError(f"{shown} is a class, and a plain Python function is read")
    if not isinstance(plain, FunctionType):
        what = "has no Python source" if callable(value) else "is no function"
        if isinstance(value, functools.partial) or (callable(value) and not inspect.isroutine(value)):
            what = f"is a {type(value).__name__}, and a plain Python function is read"
        raise ReadError(f"{shown} {what}")
    if hasattr(plain, "__wrapped__"):
        raise ReadError(f"{shown} is wrapped by a decorator, which may change its value: read {shown}.__wrapped__")
    if shown == "<lambda>":
        raise ReadError("a lambda is not read: write a def")
    tree = _tree(plain, shown)
    definition = tree.body[0] if tree.body else None
    if isinstance(definition, ast.AsyncFunctionDef):
        raise ReadError(f"{shown} is an async function, and a plain Python function is read")
    changed = ReadError(f"the source of {shown} is not that of the function that runs: its file has changed")
    if not isinstance(definition, ast.FunctionDef):
        raise changed
    code = plain.__code__
    a = definition.args
    named = [p.arg for p in (*a.posonlyargs, *a.args, *a.kwonlyargs)]
    if not is_source_of(definition, code):
        raise changed
    found = Function(
        shown,
        Path(code.co_filename).name,
        code.co_firstlineno,
        a,
        definition.body,
        code,
        _names(plain),
        _defaults(plain, a),
        named[0] if bound and named else None,
        frozenset((*named, *assigned(definition.body))),
    )
    for star, extra in (("*", a.vararg), ("**", a.kwarg)):
        if extra is not None:
            raise found.error(f"the parameter {star}{extra.arg} is not read", extra.lineno)
    return found


def assigned(body: Sequence[ast.stmt]) -> set[str]:
    """Return the names that statements assign, those of comprehensions apart."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found.update(alias.asname or alias.name.partition(".")[0] for alias in node.names)
        if not isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))
    return found


def _tree(function: FunctionType, shown: str) -> ast.Module:
    try:
        if sys.version_info < FIRST_WITHOUT:
            from latexify.exceptions import LatexifyError
            from latexify.parser import parse_function

            try:
                return parse_function(function)  # type: ignore[no-any-return]
            except LatexifyError:
                pass  # it is no def, and who asks says what it is
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, ValueError, IndexError) as why:
        raise ReadError(f"the source of {shown} is not to be had: define it in a file or a notebook") from why


def _names(function: FunctionType) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            cells[name] = cell.cell_contents
        except ValueError:  # not bound yet
            continue
    return {**vars(builtins), **function.__globals__, **cells}


def _defaults(function: FunctionType, a: ast.arguments) -> dict[str, Any]:
    """Return the default of each parameter that has one: the constant of the source, or the object where it is none."""
    positional = [p.arg for p in (*a.posonlyargs, *a.args)]
    values = function.__defaults__ or ()
    found: dict[str, Any] = dict(zip(positional[len(positional) - len(values) :], values, strict=True))
    found.update(function.__kwdefaults__ or {})
    written = dict(zip(positional[len(positional) - len(a.defaults) :], a.defaults, strict=True))
    written.update({p.arg: d for p, d in zip(a.kwonlyargs, a.kw_defaults, strict=True) if d is not None})
    for name, node in written.items():
        if isinstance(node, ast.Constant) and type(node.value) is type(found.get(name)) and node.value == found[name]:
            found[name] = node
    return found
