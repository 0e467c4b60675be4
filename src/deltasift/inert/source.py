"""An expression as it is written on a page: the text that the parser reads back to the same tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Infinity, Integer, Rational

from deltasift.inert.algebra import Add, Div, Exp, Func, Log, Mul, Neg, Pow
from deltasift.inert.binders import Binder, Derivative
from deltasift.inert.deltas import Delta, Dirac, Iverson, Piecewise
from deltasift.inert.named import Expectation, Named
from deltasift.inert.node import Node
from deltasift.inert.relations import (
    And,
    Definition,
    Equality,
    ForAll,
    Infinite,
    Less,
    LessEqual,
    Maximiser,
    Minimiser,
    Not,
    OnlyMaximiser,
    OnlyMinimiser,
    OppositeOrder,
    Or,
    SameOrder,
    Unequal,
)
from deltasift.inert.signs import sign_of
from deltasift.inert.tables import Apply, Entry, RowName
from deltasift.inert.visit import postorder

SUM, PRODUCT, SIGN, POWER, ATOM = 1, 2, 3, 4, 5
RELATION = 0
Text = tuple[str, int]
Texts = dict[int, Text]
NO_NAMES: Mapping[str, str] = {}


def source(expr: Basic, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return the text of a page for an expression, at any depth; `names` are the page's own for some of its symbols."""
    texts: Texts = {}
    for e in postorder(expr):
        if isinstance(e, Node):
            write = WRITERS.get(type(e), _call)
            texts[id(e)] = write(e, [texts[id(a)] for a in e._args])
        else:
            texts[id(e)] = _leaf(e, names)
    return texts[id(expr)][0]


def _leaf(e: Basic, names: Mapping[str, str]) -> Text:
    if isinstance(e, Symbol):
        return names.get(e.name, e.name), ATOM
    if isinstance(e, Integer):
        return str(e.p), ATOM if e.p >= 0 else SIGN
    if isinstance(e, Rational):
        return f"S({e.p})/{e.q}", PRODUCT
    if hasattr(e, "name"):
        return str(e.name), ATOM
    return str(e), SIGN if e is S.NegativeInfinity else ATOM


def _wrap(part: Text, least: int) -> str:
    text, level = part
    return text if level >= least else f"({text})"


def _sum(e: Node, parts: list[Text]) -> Text:
    texts = [f"({parts[0][0]})" if isinstance(e.args[0], Add) else _wrap(parts[0], SUM)]
    for a, part in zip(e.args[1:], parts[1:], strict=True):
        text = part[0]
        if not text.startswith("-"):
            texts += (" + ", _wrap(part, PRODUCT))
        elif isinstance(a, Neg):
            plain = isinstance(a.args[0], Integer) and a.args[0].p >= 0
            texts += (" - ", str(a.args[0]) if plain else text[1:])
        else:
            texts += (" + (", text, ")")
    return "".join(texts), SUM


def _product(e: Node, parts: list[Text]) -> Text:
    first = _wrap(parts[0], PRODUCT) if not isinstance(e.args[0], Mul) else f"({parts[0][0]})"
    return "*".join([first, *(_wrap(p, POWER) for p in parts[1:])]), PRODUCT


def _quotient(e: Node, parts: list[Text]) -> Text:
    return f"{_wrap(parts[0], PRODUCT)}/{_wrap(parts[1], POWER)}", PRODUCT


def _negative(e: Node, parts: list[Text]) -> Text:
    return (
        f"-{_wrap(parts[0], POWER) if not isinstance(e.args[0], (Integer, Infinity)) else '(' + parts[0][0] + ')'}",
        SIGN,
    )


def _power(e: Node, parts: list[Text]) -> Text:
    return f"{_wrap(parts[0], ATOM)}**{_wrap(parts[1], POWER)}", POWER


def _comparison(e: Any, parts: list[Text]) -> Text:
    return f"{_wrap(parts[0], SUM)} {e.sign} {_wrap(parts[1], SUM)}", RELATION


def _entry(e: Node, parts: list[Text]) -> Text:
    return f"{parts[0][0]}[{', '.join([t for t, _ in parts[1:]])}]", ATOM


def _applied(e: Node, parts: list[Text]) -> Text:
    return f"{parts[0][0]}({', '.join([t for t, _ in parts[1:]])})", ATOM


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
    **{head: head.__name__ for head in (Infinite, Minimiser, OnlyMinimiser, Maximiser, OnlyMaximiser)},
    OppositeOrder: "OppositeOrder",
    And: "And",
    Or: "Or",
    Not: "Not",
}
SHAPES: dict[type[Node], Callable[[Node, list[str]], str]] = {
    ForAll: lambda e, t: f"ForAll({t[0]}, {_limits(t)})",
    Dirac: lambda e, t: f"dirac({t[0]})" if t[1] == "0" else f"dirac({t[0]}, {t[1]})",
    Named: lambda e, t: f"{sign_of(t[0], len(t) - 2).source}({', '.join(t[2:])})",
    Expectation: lambda e, t: f"E({t[0]}, {t[1]}, {t[3]})",
    Derivative: lambda e, t: f"Derivative({t[0]}, {t[1]})" if t[2] == "1" else f"Derivative({', '.join(t)})",
    Piecewise: lambda e, t: "Piecewise(" + ", ".join(f"({v}, {c})" for v, c in zip(t[::2], t[1::2], strict=True)) + ")",
}


def _call(e: Node, parts: list[Text]) -> Text:
    t = [text for text, _ in parts]
    if type(e) in SHAPES:
        return SHAPES[type(e)](e, t), ATOM
    if isinstance(e, Binder):
        return f"{type(e).__name__}({t[0]}, {_limits(t)})", ATOM
    return f"{NAMES.get(type(e), type(e).__name__)}({', '.join(t)})", ATOM


WRITERS: dict[type[Node], Callable[[Any, list[Text]], Text]] = {
    Add: _sum,
    Mul: _product,
    Div: _quotient,
    Neg: _negative,
    Pow: _power,
    LessEqual: _comparison,
    Less: _comparison,
    Unequal: _comparison,
    Entry: _entry,
    RowName: _entry,
    Apply: _applied,
    Func: _applied,
}
