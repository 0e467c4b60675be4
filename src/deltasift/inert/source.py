"""An expression as it is written on a page: the text that the parser reads back to the same tree."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Integer, Rational

from deltasift.inert.algebra import Add, Div, Exp, Func, Log, Mul, Neg, Pow
from deltasift.inert.binders import Binder, Derivative
from deltasift.inert.deltas import Delta, Dirac, Iverson, Piecewise
from deltasift.inert.named import Expectation, Named
from deltasift.inert.node import Node, postorder
from deltasift.inert.relations import (
    And,
    Definition,
    Equality,
    ForAll,
    Less,
    LessEqual,
    Not,
    OppositeOrder,
    Or,
    SameOrder,
    Unequal,
)
from deltasift.inert.tables import Apply, Entry

SUM, PRODUCT, SIGN, POWER, ATOM = 1, 2, 3, 4, 5
RELATION = 0
Texts = dict[int, tuple[str, int]]


def source(expr: Basic) -> str:
    """Return the text of a page for an expression, at any depth."""
    texts: Texts = {}
    for e in postorder(expr):
        texts[id(e)] = _text(e, [texts[id(a)] for a in e.args]) if isinstance(e, Node) else _leaf(e)
    return texts[id(expr)][0]


def _leaf(e: Basic) -> tuple[str, int]:
    if isinstance(e, Integer):
        return str(e), ATOM if e >= 0 else SIGN
    if isinstance(e, Rational):
        return f"S({e.p})/{e.q}", PRODUCT
    if isinstance(e, Symbol) or hasattr(e, "name"):
        return str(e.name), ATOM
    return str(e), ATOM


def _wrap(part: tuple[str, int], least: int) -> str:
    text, level = part
    return text if level >= least else f"({text})"


def _text(e: Node, parts: list[tuple[str, int]]) -> tuple[str, int]:
    if isinstance(e, Add):
        return _sum(e, parts), SUM
    if isinstance(e, Mul):
        first = _wrap(parts[0], PRODUCT) if not isinstance(e.args[0], Mul) else f"({parts[0][0]})"
        return "*".join([first, *(_wrap(p, POWER) for p in parts[1:])]), PRODUCT
    if isinstance(e, Div):
        above = _wrap(parts[0], PRODUCT)
        return f"{above}/{_wrap(parts[1], POWER)}", PRODUCT
    if isinstance(e, Neg):
        return (
            f"-{_wrap(parts[0], POWER) if not isinstance(e.args[0], Integer) else '(' + parts[0][0] + ')'}",
            SIGN,
        )
    if isinstance(e, Pow):
        return f"{_wrap(parts[0], ATOM)}**{_wrap(parts[1], POWER)}", POWER
    if isinstance(e, (LessEqual, Less, Unequal)):
        return f"{_wrap(parts[0], SUM)} {e.sign} {_wrap(parts[1], SUM)}", RELATION
    if isinstance(e, Entry):
        return f"{parts[0][0]}[{', '.join(t for t, _ in parts[1:])}]", ATOM
    if isinstance(e, (Apply, Func)):
        return f"{parts[0][0]}({', '.join(t for t, _ in parts[1:])})", ATOM
    return _call(e, [t for t, _ in parts]), ATOM


def _sum(e: Add, parts: list[tuple[str, int]]) -> str:
    first = f"({parts[0][0]})" if isinstance(e.args[0], Add) else _wrap(parts[0], SUM)
    text = first
    for a, part in zip(e.args[1:], parts[1:], strict=True):
        if isinstance(a, Neg) and part[0].startswith("-"):
            plain = isinstance(a.args[0], Integer) and a.args[0] >= 0
            text += f" - {a.args[0] if plain else part[0][1:]}"
        else:
            text += f" + {_wrap(part, PRODUCT) if not part[0].startswith('-') else '(' + part[0] + ')'}"
    return text


def _limits(t: list[str]) -> str:
    return f"({t[1]}, {t[2]}, {t[3]})"


NAMES: dict[type[Node], str] = {
    Log: "log",
    Exp: "exp",
    Delta: "delta",
    Iverson: "iverson",
    Equality: "Equality",
    Definition: "Definition",
    SameOrder: "SameOrder",
    OppositeOrder: "OppositeOrder",
    And: "And",
    Or: "Or",
    Not: "Not",
}
SHAPES: dict[type[Node], Callable[[Node, list[str]], str]] = {
    ForAll: lambda e, t: f"ForAll({t[0]}, {_limits(t)})",
    Dirac: lambda e, t: f"dirac({t[0]})" if t[1] == "0" else f"dirac({t[0]}, {t[1]})",
    Named: lambda e, t: f"{_quantity(t[0], len(t) - 2)}({', '.join(t[2:])})",
    Expectation: lambda e, t: f"E({t[0]}, {t[1]}, {t[3]})",
    Derivative: lambda e, t: f"Derivative({t[0]}, {t[1]})" if t[2] == "1" else f"Derivative({', '.join(t)})",
    Piecewise: lambda e, t: "Piecewise(" + ", ".join(f"({v}, {c})" for v, c in zip(t[::2], t[1::2], strict=True)) + ")",
}


QUANTITIES = {
    "KL": "KL",
    "L": "Likelihood",
    "logL": "LogLikelihood",
    "NLL": "NLL",
    "avgNLL": "AverageNLL",
    "BCE": "BinaryCrossEntropy",
}


def _quantity(head: str, operands: int) -> str:
    if head in ("H", "h"):
        return "Entropy" if operands == 1 else "CrossEntropy"
    return QUANTITIES.get(head, head)


def _call(e: Node, t: list[str]) -> str:
    if type(e) in SHAPES:
        return SHAPES[type(e)](e, t)
    if isinstance(e, Binder):
        return f"{type(e).__name__}({t[0]}, {_limits(t)})"
    return f"{NAMES.get(type(e), type(e).__name__)}({', '.join(t)})"
