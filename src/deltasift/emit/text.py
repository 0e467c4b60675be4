"""A syntax tree as source text of at most 100 columns, broken where a reader would break it."""

from __future__ import annotations

import ast
from collections.abc import Sequence

WIDTH = 100
INDENT = 4
CHOICE, OR, AND, NOT, COMPARISON, EITHER, BOTH, SUM, PRODUCT, SIGN, POWER, ATOM = range(12)

OPERATORS: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", SUM),
    ast.Sub: ("-", SUM),
    ast.Mult: ("*", PRODUCT),
    ast.Div: ("/", PRODUCT),
    ast.Mod: ("%", PRODUCT),
    ast.Pow: ("**", POWER),
    ast.BitOr: ("|", EITHER),
    ast.BitAnd: ("&", BOTH),
}
COMPARISONS: dict[type[ast.cmpop], str] = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<="}


def statement(head: str, e: ast.expr, indent: int) -> str:
    """Return `head` followed by an expression, such as a return statement, over as many lines as it needs."""
    room = WIDTH - indent - len(head)
    flat = text(e)
    if len(flat) <= room:
        return head + flat
    body = _broken(e, CHOICE, indent)
    if isinstance(e, (ast.Call, ast.ListComp)):
        return head + body
    inner = _broken(e, CHOICE, indent + INDENT)
    return f"{head}(\n{' ' * (indent + INDENT)}{inner}\n{' ' * indent})"


def text(e: ast.expr, least: int = CHOICE) -> str:
    """Return an expression on one line, in parentheses where it binds less than `least`."""
    words, level = _flat(e)
    return words if level >= least else f"({words})"


def _flat(e: ast.expr) -> tuple[str, int]:
    if isinstance(e, ast.BinOp):
        sign, level = OPERATORS[type(e.op)]
        if level == POWER:
            return f"{text(e.left, ATOM)}**{text(e.right, SIGN)}", POWER
        return f"{text(e.left, level)} {sign} {text(e.right, level + 1)}", level
    if isinstance(e, ast.UnaryOp):
        if isinstance(e.op, ast.Not):
            return f"not {text(e.operand, NOT)}", NOT
        return f"{'~' if isinstance(e.op, ast.Invert) else '-'}{text(e.operand, POWER)}", SIGN
    if isinstance(e, ast.IfExp):
        return f"{text(e.body, OR)} if {text(e.test, OR)} else {text(e.orelse, CHOICE)}", CHOICE
    if isinstance(e, ast.BoolOp):
        word, level = ("and", AND) if isinstance(e.op, ast.And) else ("or", OR)
        return f" {word} ".join(text(v, level + 1) for v in e.values), level
    if isinstance(e, ast.Compare):
        sign = COMPARISONS[type(e.ops[0])]
        return f"{text(e.left, SUM)} {sign} {text(e.comparators[0], SUM)}", COMPARISON
    if isinstance(e, ast.Lambda):
        return f"lambda {', '.join(a.arg for a in e.args.args)}: {text(e.body)}", CHOICE
    if isinstance(e, ast.GeneratorExp):
        return f"{text(e.elt)} {_loop(e.generators)}", CHOICE
    if isinstance(e, ast.ListComp):
        return f"[{text(e.elt)} {_loop(e.generators)}]", ATOM
    if isinstance(e, ast.List):
        return f"[{', '.join(map(text, e.elts))}]", ATOM
    if isinstance(e, ast.Call):
        named = [f"{k.arg}={text(k.value)}" for k in e.keywords]
        return f"{text(e.func, ATOM)}({', '.join([*map(text, e.args), *named])})", ATOM
    if isinstance(e, ast.Subscript):
        places = e.slice.elts if isinstance(e.slice, ast.Tuple) else [e.slice]
        return f"{text(e.value, ATOM)}[{', '.join(map(text, places))}]", ATOM
    if isinstance(e, ast.Tuple):
        return f"({', '.join(map(text, e.elts))}{',' * (len(e.elts) == 1)})", ATOM
    if isinstance(e, ast.Slice):
        return ":", ATOM
    if isinstance(e, ast.Attribute):
        return f"{text(e.value, ATOM)}.{e.attr}", ATOM
    assert isinstance(e, (ast.Name, ast.Constant))
    return (e.id if isinstance(e, ast.Name) else repr(e.value)), ATOM


def _loop(generators: Sequence[ast.comprehension]) -> str:
    return " ".join(f"for {text(g.target)} in {text(g.iter)}" for g in generators)


def _broken(e: ast.expr, least: int, indent: int) -> str:
    """Return an expression that stands inside of brackets, over several lines if it must."""
    flat = text(e, least)
    if len(flat) + indent <= WIDTH:
        return flat
    if least > CHOICE and _flat(e)[1] < least:
        return _bracketed("(", e, ")", indent)
    margin = "\n" + " " * indent
    if isinstance(e, ast.BinOp) and not isinstance(e.op, ast.Pow):
        sign, level = OPERATORS[type(e.op)]
        return f"{_broken(e.left, level, indent)}{margin}{sign} {_broken(e.right, level + 1, indent)}"
    if isinstance(e, ast.IfExp):
        value = _broken(e.body, OR, indent)
        return f"{value}{margin}if {_broken(e.test, OR, indent)}{margin}else {_broken(e.orelse, CHOICE, indent)}"
    if isinstance(e, ast.GeneratorExp):
        return f"{_broken(e.elt, CHOICE, indent)}{margin}{_loop(e.generators)}"
    if isinstance(e, ast.ListComp):
        return _bracketed("[", ast.GeneratorExp(e.elt, e.generators), "]", indent)
    if isinstance(e, ast.UnaryOp) and isinstance(e.op, ast.USub):
        return f"-{_broken(e.operand, POWER, indent)}"
    if isinstance(e, ast.Call):
        parts: list[ast.expr | ast.keyword] = [*e.args, *e.keywords]
        if len(parts) == 1 and e.args:
            return _bracketed(f"{text(e.func, ATOM)}(", e.args[0], ")", indent)
        return _listed(f"{text(e.func, ATOM)}(", parts, ")", indent)
    return flat


def _bracketed(opening: str, e: ast.expr, closing: str, indent: int) -> str:
    inner = " " * (indent + INDENT)
    return f"{opening}\n{inner}{_broken(e, CHOICE, indent + INDENT)}\n{' ' * indent}{closing}"


def _listed(opening: str, parts: Sequence[ast.expr | ast.keyword], closing: str, indent: int) -> str:
    """Return arguments one a line."""
    inner = " " * (indent + INDENT)
    rows = [
        f"{p.arg}={text(p.value)}" if isinstance(p, ast.keyword) else _broken(p, CHOICE, indent + INDENT) for p in parts
    ]
    return f"{opening}\n" + "".join(f"{inner}{row},\n" for row in rows) + f"{' ' * indent}{closing}"
