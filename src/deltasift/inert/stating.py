"""What statements look like: relations, orders of minimisers, what holds for a range or together."""

from __future__ import annotations

from itertools import pairwise

from sympy import S

from deltasift.inert.alphabet import Alphabet
from deltasift.inert.node import free
from deltasift.inert.pieces import BEFORE_RELATION, SUM, WORDS, Piece, Ranged, is_tall
from deltasift.inert.relations import (
    And,
    Continuous,
    Divides,
    ForAll,
    Infinite,
    Integrable,
    IsInteger,
    Less,
    LessEqual,
    Not,
    OppositeOrder,
    Optimum,
    Or,
    Proposition,
    Relation,
    SameOrder,
    Summable,
)
from deltasift.inert.signs import Form

# What needs parentheses beside "and" and "or".
LOOSE = (ForAll, Infinite, Optimum, SameOrder, Continuous, Integrable, Summable)


class Statements(Alphabet):
    """Prints statements of which the parts are printed."""

    def _at_least(self, p: Piece, level: int) -> str:
        """Return the text of a piece, in parentheses where it holds together less."""
        return p.text if p.level >= level else self.paren(p.text, p.tall)

    def stated(self, e: Proposition, parts: list[Piece]) -> Piece:
        """Return a statement of which the parts are printed."""
        if isinstance(e, ForAll):
            return self._for_all(e, parts)
        onward = self._related(e.sign, parts[1]) if isinstance(e, (Less, LessEqual)) else ""
        return Piece(self._statement(e, parts), WORDS, tall=is_tall(parts), onward=onward)

    def _statement(self, e: Proposition, parts: list[Piece]) -> str:
        if isinstance(e, Optimum):
            words = " is least " if e.least else " is greatest "
            return self.optimum(parts[0].text + BEFORE_RELATION, words, "only " * e.only + "at ", parts[1:])
        if isinstance(e, Infinite):
            said = self.said(" is infinite, by the term at ")
            return parts[0].text + BEFORE_RELATION + said + self._at_least(parts[1], SUM)
        if isinstance(e, SameOrder):
            words = "maximisers" if isinstance(e, OppositeOrder) else "minimisers"
            return self.same_order(parts[0].text + BEFORE_RELATION, parts[1].text, parts[2].text, words)
        if isinstance(e, (Relation, Divides)):
            sign = e.sign if isinstance(e, Relation) else "divides"
            return self._at_least(parts[0], SUM) + self._related(sign, parts[1])
        if isinstance(e, (And, Or)):
            return self._joined(e, parts)
        if isinstance(e, Not):
            return self.word("not") + self.paren(parts[0].text, parts[0].tall)
        if isinstance(e, IsInteger):
            return f"{self._at_least(parts[0], SUM)} {self.word('in')} {self.word('Z')}"
        if isinstance(e, Continuous):
            body, name, point = parts
            return self.continuous(body.text, name.text, "" if e.args[1] == e.args[2] else point.text)
        assert isinstance(e, (Integrable, Summable))
        return self.exists(parts[0].text)

    def _for_all(self, e: ForAll, parts: list[Piece]) -> Piece:
        """Return a statement for a range, names of the same range beside each other."""
        body, name, lo, hi = parts
        first = "" if e.args[2] is S.NegativeInfinity else lo.text
        last = "" if e.args[3] is S.Infinity else hi.text
        inner, names = body.ranged, name.text
        if inner is None:
            is_loose = isinstance(e.args[0], (And, Or, Infinite, Optimum, SameOrder))
            before = self.paren(body.text, body.tall) if is_loose else body.text
        elif inner[2:] == (first, last) and not any(e.args[1] in free(x) for x in e.args[0].args[2:]):
            before, names = inner.before, f"{inner.names}{self.separator(Form.LISTED)}{names}"
        else:
            before = body.text + self.said(" and")
        text = self.for_all(before, names, first, last)
        return Piece(text, WORDS, tall=is_tall(parts), ranged=Ranged(before, names, first, last))

    def optimum(self, f: str, words: str, at: str, where: list[Piece]) -> str:
        """Return that an objective is least or greatest somewhere."""
        return f"{f}{self.said(words + at)}{where[0].text}{self._related('=', where[1])}"

    def _related(self, sign: str, right: Piece) -> str:
        """Return a relation with what stands after it."""
        return f"{BEFORE_RELATION} {self.word(sign)} {self._at_least(right, SUM)}"

    def _joined(self, e: And | Or, parts: list[Piece]) -> str:
        """Return statements joined by "and" or "or"; orders that go on from each other are one chain."""
        loose = (Or, *LOOSE) if isinstance(e, And) else LOOSE
        sign = f"{BEFORE_RELATION} {self.word('and' if isinstance(e, And) else 'or')} "
        pairs = zip(e.args, parts, strict=True)
        texts = [self.paren(p.text, p.tall) if isinstance(a, loose) else p.text for a, p in pairs]
        for n, (a, b) in enumerate(pairwise(e.args), 1):
            is_chain = isinstance(e, And) and parts[n - 1].onward and parts[n].onward and a.args[1] == b.args[0]
            texts[n] = parts[n].onward if is_chain else sign + texts[n]
        return "".join(texts)
