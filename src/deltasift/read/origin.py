"""Whether a source is that of a function: a file may have changed since it was imported."""

from __future__ import annotations

import ast
import copy
import dis
from collections.abc import Iterator
from types import CodeType
from typing import Any

# How a function of a module is called depends on what stands around a definition, and says nothing about what it does.
PASSED_OVER = frozenset(("PUSH_NULL", "PRECALL", "CACHE", "NOP", "RESUME", "COPY_FREE_VARS", "EXTENDED_ARG"))
ALIKE = {"LOAD_METHOD": "LOAD_ATTR", "CALL_METHOD": "CALL"}
JUMPS = frozenset((*dis.hasjrel, *dis.hasjabs))


def is_source_of(definition: ast.FunctionDef, code: CodeType) -> bool:
    """Tell whether a definition compiles to the code of a function; nothing is run.

    Pytest rewrites assertions, the code of a class has its line in it, and CPython compiles no tree that is very deep:
    there only the names are compared.
    """
    if definition.name != code.co_name:
        return False
    changes = any(isinstance(node, (ast.Assert, ast.ClassDef)) for node in ast.walk(definition))
    compiled = None if changes else _compiled(definition, code)
    if compiled is None:
        return _names(definition) <= set(_known(code))
    return _steps(compiled) == _steps(code)


def _compiled(definition: ast.FunctionDef, code: CodeType) -> CodeType | None:
    bare = copy.copy(definition)
    bare.decorator_list = []
    body: ast.stmt = bare
    if code.co_freevars:  # what a function around it binds
        around = ast.parse(f"def around({', '.join(code.co_freevars)}): pass").body[0]
        assert isinstance(around, ast.FunctionDef)
        around.body = [bare]
        body = around
    try:
        module = compile(ast.Module([body], []), "<source>", "exec", dont_inherit=True)
    except (RecursionError, MemoryError):
        return None
    return next(c for c in _inside(module) if c.co_name == code.co_name)


def _inside(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inside(constant)


def _steps(code: CodeType) -> list[tuple[str, Any]]:
    """Return what a code does, one instruction after the other."""
    steps: list[tuple[str, Any]] = [(code.co_name, code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])]
    for i in dis.get_instructions(code):
        if i.opname in PASSED_OVER:
            continue
        value = None if i.opcode in JUMPS else i.argval
        shown = _steps(value) if isinstance(value, CodeType) else repr(value)  # 1, 1.0 and True are not the same
        steps.append((ALIKE.get(i.opname, i.opname), shown))
    return steps


def _names(definition: ast.FunctionDef) -> set[str]:
    """Return the names in the body of a definition."""
    return {n.id for s in definition.body for n in ast.walk(s) if isinstance(n, ast.Name)}


def _known(code: CodeType) -> Iterator[str]:
    for c in (code, *_inside(code)):
        yield from (*c.co_names, *c.co_varnames, *c.co_freevars, *c.co_cellvars)
