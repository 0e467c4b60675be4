"""Reading a formula with gaps: `?` stands for any part, and a sum may leave out its name and its range."""

from __future__ import annotations

from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.errors import ParseError
from deltasift.inert import inert
from deltasift.parse.grammar import Builder, Ref, read
from deltasift.quantities import QUANTITIES

GAP = Symbol("ʔ")  # a letter, so that it may stand wherever a name may, also before brackets
BINDERS: dict[str, type[ex.Node]] = {h.__name__: h for h in (*ex.FOLDS, ex.Integral)}
EXPECTATION = "E"
HEADS = {
    **{head: head for head, _ in QUANTITIES},
    **{q.make.__name__: head for (head, _), q in QUANTITIES.items()},
    "Expectation": EXPECTATION,
    EXPECTATION: EXPECTATION,
}


def read_formula(text: str) -> Basic:
    """Return a formula with gaps as an inert expression, in which a gap is the name `GAP`.

    Parameters
    ----------
    text : str
        In the spelling of a page or of SymPy. `?` is any part, also a table `?[k]` or a function `?(x)`; `Sum(f)` has
        any name and range, `Sum(f, k)` any range; `KL(?, q)` is a quantity by its name.

    Raises
    ------
    ParseError
        With the column.
    """
    if GAP.name in text:
        raise ParseError(f"column {text.index(GAP.name) + 1}: {GAP.name} does not fit here; a gap is written ?")
    try:
        formula: Basic = inert(read(text.replace("?", GAP.name), {}, frozenset(), FormulaBuilder)[0])
    except ParseError as error:
        raise ParseError(str(error).replace(GAP.name, "?"), error.column) from None
    if formula == GAP:
        raise ParseError("a gap alone is every formula")
    return formula


class FormulaBuilder(Builder):
    """Builds a formula with gaps: what a page asks of an expression is not asked of it."""

    def _name(self, token: Any) -> Ref:
        if GAP.name in token and token != GAP.name:
            raise ParseError(f"column {token.column}: a gap stands alone, and not in {token}", token.column)
        return super()._name(token)

    def _call(self, token: Any, parts: list[Any] | None) -> Any:
        name = str(token)
        if name in BINDERS and parts:
            return _bound(BINDERS[name], self._number_of(parts[0]), [self.plain(p) for p in parts[1:]])
        if name == "Derivative" and parts and len(parts) <= 3:
            body, by, count = (self.plain(p) for p in (*parts, *([GAP] * (3 - len(parts))))[:3])
            return ex.Derivative.make((inert(self._number_of(body)), inert(by), inert(count)))
        if name in HEADS and parts:
            return ex.Apply(Symbol(HEADS[name]), *(self._number_of(p) for p in parts))
        return super()._call(token, parts)


def _bound(head: type[ex.Node], body: Any, limits: list[Any]) -> ex.Node:
    """Return a sum, or what else binds a name, with gaps for what is left out of its ranges."""
    expr: Any = inert(body)
    for limit in limits or [GAP]:
        name, *ends = (inert(p) for p in (limit if isinstance(limit, tuple) else (limit,)))
        if not isinstance(name, Symbol) or len(ends) not in (0, 2):
            raise ParseError(f"{limit} is no range: write k, or (k, lo, hi)")
        expr = head.make((expr, name, *(ends or (GAP, GAP))))
    return expr  # type: ignore[no-any-return]
