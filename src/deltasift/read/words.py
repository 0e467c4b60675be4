"""The constructs of Python, as an error names them."""

from __future__ import annotations

import ast

CONSTRUCTS: dict[type[ast.AST], str] = {
    ast.While: "a while loop",
    ast.AsyncFor: "an async for loop",
    ast.With: "a with statement",
    ast.AsyncWith: "an async with statement",
    ast.Try: "a try statement",
    ast.TryStar: "a try statement",
    ast.Match: "a match statement",
    ast.FunctionDef: "a function inside of the function",
    ast.AsyncFunctionDef: "an async function",
    ast.ClassDef: "a class",
    ast.Global: "a global statement",
    ast.Nonlocal: "a nonlocal statement",
    ast.Delete: "a del statement",
    ast.Break: "a break",
    ast.Import: "an import",
    ast.ImportFrom: "an import",
    ast.NamedExpr: "the assignment :=",
    ast.Lambda: "a lambda",
    ast.Dict: "a dictionary",
    ast.Set: "a set",
    ast.SetComp: "a set comprehension",
    ast.DictComp: "a dictionary comprehension",
    ast.GeneratorExp: "a generator that is not summed at once",
    ast.Await: "an await",
    ast.Yield: "a yield",
    ast.YieldFrom: "a yield",
    ast.JoinedStr: "a formatted string",
    ast.Starred: "a starred expression",
    ast.Slice: "a slice",
    ast.MatMult: "@",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.BitAnd: "&",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


def described(node: ast.AST) -> str:
    """Return what a piece of source is called."""
    if isinstance(node, (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Subscript, ast.Name)):
        return "an expression"
    return CONSTRUCTS.get(type(node), f"the construct {type(node).__name__}")
