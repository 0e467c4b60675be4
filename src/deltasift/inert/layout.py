"""What a line looks like, whatever it is written with: order, signs, parentheses.

Factors stand in the order in which they were written, sums nest as they were nested. The alphabet, LaTeX or plain
text, is a subclass.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from itertools import pairwise
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple

from sympy import S, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Number, Rational

from deltasift.inert.algebra import Add, Div, Exp, Func, Log, Mul, Neg, Pow
from deltasift.inert.binders import At, Derivative, Integral, Product, Sum
from deltasift.inert.deltas import Delta, Dirac, Iverson, Piecewise
from deltasift.inert.named import Expectation, Named
from deltasift.inert.node import Node, postorder
from deltasift.inert.notation import Notation
from deltasift.inert.relations import (
    And,
    Continuous,
    Divides,
    ForAll,
    Integrable,
    IsInteger,
    Less,
    LessEqual,
    Not,
    OppositeOrder,
    Or,
    Relation,
    SameOrder,
    Statement,
    Summable,
)
from deltasift.inert.tables import Apply, Entry

WORDS, SUM, PRODUCT, POWER, ATOM = 0, 1, 2, 3, 4


class Piece(NamedTuple):
    """A printed expression.

    Attributes
    ----------
    text : str
    level : int
        How tightly it holds together, from WORDS to ATOM.
    positive : Piece or None
        Of what starts with a minus sign, all that stands after it; `negative` makes the one from the other.
    closed : str or None
        Another text, to be followed by a factor; None where `text` will do.
    swallows : bool
        Whether a factor that follows would be read as part of it, and only parentheses help.
    tall : bool
        Whether it needs tall parentheses.
    inside : Piece or None
        Of what stands in parentheses of its own, what these hold.
    onward : str
        Of an order what follows its left side, which another order may be continued by.
    """

    text: str
    level: int = ATOM
    positive: Piece | None = None
    closed: str | None = None
    swallows: bool = False
    tall: bool = False
    inside: Piece | None = None
    onward: str = ""


_is_tall = attrgetter("tall")


def negative(p: Piece) -> Piece:
    """Return a minus sign before a piece, whatever this looks like alone, before a factor or in a quotient."""
    return Piece(f"-{p.text}", SUM, p, None if p.closed is None else f"-{p.closed}", p.swallows, p.tall)


class Layout(ABC):
    """Prints expressions from the leaves up, at any depth; `slashes` says that quotients are written in one line."""

    slashes: ClassVar[bool] = False

    def __init__(self, notation: Notation | None = None) -> None:
        self.notation = notation or Notation()
        self._handlers: dict[type, Callable[[Any, list[Piece]], Piece]] = {
            Add: self._add,
            Mul: self._mul,
            Neg: self._neg,
            Div: self._div,
            Pow: self._pow,
            Log: self._log,
            Exp: self._exp,
            Func: self._func,
            Sum: self._big,
            Product: self._big,
            Integral: self._integral,
            Derivative: self._derivative,
            At: self._at,
            Delta: self._delta,
            Dirac: self._dirac,
            Iverson: self._iverson,
            Piecewise: self._piecewise,
            Entry: self._entry,
            Apply: self._apply,
            Named: self._named,
            Expectation: self._expectation,
        }

    def text(self, expr: Basic) -> str:
        """Return an expression as text."""
        return self.piece(expr).text

    def piece(self, expr: Basic) -> Piece:
        """Return a printed expression with what is needed to put it into another."""
        pieces: dict[int, Piece] = {}
        for e in postorder(expr):
            handler = self._handlers.get(type(e))
            if handler is not None:
                pieces[id(e)] = handler(e, [pieces[id(a)] for a in e._args])
            elif isinstance(e, Node):
                assert isinstance(e, Statement)
                parts = [pieces[id(a)] for a in e._args]
                onward = f" {self.word(e.sign)} {parts[1].text}" if isinstance(e, (Less, LessEqual)) else ""
                pieces[id(e)] = Piece(self._statement(e, parts), WORDS, onward=onward)
            else:
                pieces[id(e)] = self._leaf(e)
        return pieces[id(expr)]

    # --- the alphabet ----------------------------------------------------------------------------------------------

    @abstractmethod
    def name(self, name: str) -> str:
        """Return a name."""

    @abstractmethod
    def other_leaf(self, e: Basic) -> str:
        """Return a constant such as pi or infinity."""

    @abstractmethod
    def paren(self, text: str, tall: bool) -> str:
        """Return a text in parentheses."""

    @abstractmethod
    def fraction(self, above: Piece, below: Piece) -> Piece:
        """Return a quotient whose numerator has no leading minus."""

    @abstractmethod
    def sub(self, base: str, indices: list[str]) -> str:
        """Return a name with indices."""

    @abstractmethod
    def power(self, base: str, exponent: Piece) -> str:
        """Return a power."""

    @abstractmethod
    def big(self, sign: str, name: str, lo: str, hi: str) -> str:
        """Return the sign of a sum, product or integral with its range; `sign` is "sum", "product" or "integral"."""

    @abstractmethod
    def word(self, word: str) -> str:
        """Return one of the signs and words that `WORDS_USED` of the subclasses lists."""

    @abstractmethod
    def brackets(self, text: str, tall: bool) -> str:
        """Return a text in square brackets."""

    @abstractmethod
    def cases(self, rows: list[tuple[str, str]]) -> str:
        """Return a case distinction, each value with its condition; that of the value for all else is empty."""

    # --- arithmetic ------------------------------------------------------------------------------------------------

    def _leaf(self, e: Basic) -> Piece:
        if isinstance(e, Symbol):
            return Piece(self.name(e.name))
        if (isinstance(e, Rational) and e < 0) or e is S.NegativeInfinity:
            return negative(self._leaf(-e))
        if isinstance(e, Rational) and e.q != 1:
            return self.fraction(Piece(str(e.p)), Piece(str(e.q)))
        if isinstance(e, Rational):
            return Piece(str(e.p))
        if hasattr(e, "name"):
            return Piece(str(e.name))
        return Piece(self.other_leaf(e))

    def _grouped(self, p: Piece) -> Piece:
        """Return a piece in parentheses."""
        return Piece(self.paren(p.text, p.tall), tall=p.tall, inside=p)

    def _closed(self, p: Piece, least: int = WORDS) -> str:
        """Return a piece that something follows at its right, in parentheses where it holds together less."""
        if p.level < least or p.swallows:
            return self.paren(p.text, p.tall)
        return p.text if p.closed is None else p.closed

    def _add(self, e: Add, parts: list[Piece]) -> Piece:
        first, *others = parts
        texts = [first.text if first.level > SUM or first.positive else self.paren(first.text, first.tall)]
        for p in others:
            if p.positive is not None:
                texts += (" - ", p.positive.text)
            else:
                texts += (" + ", p.text if p.level > SUM else self.paren(p.text, p.tall))
        return Piece("".join(texts), SUM, tall=any(map(_is_tall, parts)))

    def _mul(self, e: Mul, parts: list[Piece]) -> Piece:
        first = parts[0].positive
        if first is not None and not isinstance(e.args[0], Mul):
            return negative(self._product(e.args, [first, *parts[1:]]))
        return self._product(e.args, parts)

    def _product(self, args: tuple[Basic, ...], parts: list[Piece]) -> Piece:
        """Return factors beside each other; what follows a factor must not be read as part of it."""
        texts: list[str] = []
        last = len(parts) - 1
        for n, (a, p) in enumerate(zip(args, parts, strict=True)):
            if isinstance(a, Mul) or p.level < PRODUCT or (n > 0 and self._is_slashed(a)):
                p = self._grouped(p)
            text = p.text if n == last else self._closed(p)
            texts.append(self.word("times") + text if n > 0 and self._needs_dot(a) else text)
        closed = None if p.closed is None else self.juxtapose([*texts[:-1], p.closed])
        return Piece(self.juxtapose(texts), PRODUCT, closed=closed, swallows=p.swallows, tall=any(map(_is_tall, parts)))

    def _is_slashed(self, e: Basic) -> bool:
        """Whether a factor is a quotient with a slash, which must not run into the factor before it."""
        return self.slashes and isinstance(e, Div)

    def juxtapose(self, texts: list[str]) -> str:
        """Return factors beside each other."""
        return " ".join(texts)

    @staticmethod
    def _needs_dot(right: Basic) -> bool:
        return isinstance(right, Number) or (isinstance(right, Pow) and isinstance(right.args[0], Number))

    def _neg(self, e: Neg, parts: list[Piece]) -> Piece:
        (p,) = parts
        return negative(p if p.level >= PRODUCT else self._grouped(p))

    def _div(self, e: Div, parts: list[Piece]) -> Piece:
        above, below = parts
        if above.positive is None:
            return self.fraction(above, below)
        return negative(self.fraction(above.positive.inside or above.positive, below))

    def _pow(self, e: Pow, parts: list[Piece]) -> Piece:
        base, exponent = parts
        if isinstance(e.args[1], Div) and all(isinstance(a, Rational) for a in e.args[1].args):
            top, bottom = e.args[1].args
            if top == 1 and bottom == 2:
                return self.root(base)
        plain = base.level == ATOM and not base.tall and base.closed is None and not base.swallows
        text = base.text if plain else self.paren(base.text, base.tall)
        return Piece(self.power(text, exponent), POWER)

    @abstractmethod
    def root(self, p: Piece) -> Piece:
        """Return a square root."""

    # --- functions -------------------------------------------------------------------------------------------------

    def _log(self, e: Log, parts: list[Piece]) -> Piece:
        p = parts[0]
        word = self.word(self.notation.log)
        closed = word + self.paren(p.text, p.tall)
        bare = p.level == ATOM and p.closed is None and not p.swallows and not isinstance(e.args[0], (Log, Exp))
        if bare or isinstance(e.args[0], Product):
            return Piece(f"{word} {p.text}", PRODUCT, closed=closed, tall=p.tall)
        return Piece(closed, ATOM if not p.tall else PRODUCT, closed=closed, tall=p.tall)

    def _exp(self, e: Exp, parts: list[Piece]) -> Piece:
        return Piece(self.word("exp") + self.paren(parts[0].text, parts[0].tall), ATOM, tall=parts[0].tall)

    def _func(self, e: Func, parts: list[Piece]) -> Piece:
        inner, tall = ", ".join(p.text for p in parts[1:]), any(p.tall for p in parts[1:])
        return Piece(self.function(e.name, inner, tall), ATOM, tall=tall)

    @abstractmethod
    def function(self, name: str, argument: str, tall: bool) -> str:
        """Return a known function applied."""

    def _entry(self, e: Entry, parts: list[Piece]) -> Piece:
        indices = [p.text for p in parts[1:]]
        if e.table.name in self.notation.pmfs and self.notation.pmf != "subscript":
            base = parts[0].text if self.notation.pmf == "call" else self.sub(parts[0].text, [self.word("theta")])
            return Piece(base + self.paren(", ".join(indices), False))
        return Piece(self.sub(parts[0].text, indices))

    def _apply(self, e: Apply, parts: list[Piece]) -> Piece:
        tall = any(p.tall for p in parts[1:])
        return Piece(parts[0].text + self.paren(", ".join(p.text for p in parts[1:]), tall), tall=tall)

    # --- binders ---------------------------------------------------------------------------------------------------

    def _big(self, e: Sum | Product, parts: list[Piece]) -> Piece:
        body, name, lo, hi = parts
        sign = self.big("sum" if isinstance(e, Sum) else "product", name.text, lo.text, hi.text)
        wrapped = body.level < PRODUCT or (isinstance(e, Product) and isinstance(e.args[0], (Mul, Sum)))
        inner = self.paren(body.text, body.tall) if wrapped else body.text
        return Piece(f"{sign} {inner}", PRODUCT, swallows=True, tall=True)

    def _integral(self, e: Integral, parts: list[Piece]) -> Piece:
        body, name, lo, hi = parts
        sign = self.big("integral", name.text, lo.text, hi.text)
        inner = self.paren(body.text, body.tall) if body.level < PRODUCT else self._closed(body, PRODUCT)
        if body.swallows and body.level >= PRODUCT:
            inner = body.text
        return Piece(f"{sign} {inner}{self.word('d')}{name.text}", PRODUCT, tall=True)

    def _derivative(self, e: Derivative, parts: list[Piece]) -> Piece:
        body = self.paren(parts[0].text, parts[0].tall) if parts[0].level < PRODUCT else parts[0].text
        count = "" if e.args[2] == 1 else parts[2].text
        sign = self.derivative(parts[1].text, count, isinstance(e.args[1], Node))
        return Piece(f"{sign} {body}", PRODUCT, swallows=True, tall=True)

    def _at(self, e: At, parts: list[Piece]) -> Piece:
        body, name, point = parts
        return Piece(self.value_at(body.text, name.text, point.text), PRODUCT, swallows=True, tall=True)

    @abstractmethod
    def value_at(self, body: str, name: str, point: str) -> str:
        """Return the value of an expression at a point."""

    @abstractmethod
    def derivative(self, name: str, count: str, partial: bool) -> str:
        """Return the operator of differentiation."""

    def _expectation(self, e: Expectation, parts: list[Piece]) -> Piece:
        sign = self.sub(self.word("E"), [f"{parts[1].text} {self.word('~')} {parts[3].text}"])
        return Piece(sign + self.brackets(parts[0].text, parts[0].tall), ATOM, tall=parts[0].tall)

    # --- deltas ----------------------------------------------------------------------------------------------------

    def _delta(self, e: Delta, parts: list[Piece]) -> Piece:
        i, j = parts
        style = self.notation.delta
        if style in ("indicator", "iverson"):
            first, second = (j, i) if isinstance(e.args[0], Symbol) else (i, j)
            sign = self.word("indicator") if style == "indicator" else ""
            return Piece(sign + self.brackets(f"{first.text} = {second.text}", False))
        label = e.args[1]
        if style == "onehot" and isinstance(label, Entry) and isinstance(e.args[0], Symbol):
            inner = [self.text(x) for x in label.indices]
            return Piece(self.sub(self.name(label.table.name), [*inner, i.text]))
        return Piece(self.kronecker(i.text, j.text))

    @abstractmethod
    def kronecker(self, i: str, j: str) -> str:
        """Return a Kronecker delta."""

    def _dirac(self, e: Dirac, parts: list[Piece]) -> Piece:
        order = "" if e.args[1] == 0 else parts[1].text
        return Piece(self.dirac(order) + self.paren(parts[0].text, parts[0].tall), tall=parts[0].tall)

    @abstractmethod
    def dirac(self, order: str) -> str:
        """Return the sign of a Dirac delta, or of its derivative."""

    def _iverson(self, e: Iverson, parts: list[Piece]) -> Piece:
        return Piece(self.brackets(parts[0].text, parts[0].tall), tall=parts[0].tall)

    def _piecewise(self, e: Piecewise, parts: list[Piece]) -> Piece:
        conditions = ["" if c == S.true else p.text for c, p in zip(e.args[1::2], parts[1::2], strict=True)]
        rows = [(p.text, condition) for p, condition in zip(parts[::2], conditions, strict=True)]
        return Piece(self.cases(rows), PRODUCT, swallows=True, tall=True)

    # --- quantities and statements ---------------------------------------------------------------------------------

    def _named(self, e: Named, parts: list[Piece]) -> Piece:
        return Piece(self.quantity(e.head, [p.text for p in parts[2:]]))

    @abstractmethod
    def quantity(self, head: str, operands: list[str]) -> str:
        """Return a named quantity."""

    def _statement(self, e: Statement, parts: list[Piece]) -> str:
        if isinstance(e, SameOrder):
            words = "maximisers" if isinstance(e, OppositeOrder) else "minimisers"
            return self.same_order(parts[0].text, parts[1].text, parts[2].text, words)
        if isinstance(e, Relation):
            return f"{parts[0].text} {self.word(e.sign)} {parts[1].text}"
        if isinstance(e, (And, Or)):
            sign = f" {self.word('and' if isinstance(e, And) else 'or')} "
            texts = [
                self.paren(p.text, p.tall) if isinstance(a, Or) else p.text for a, p in zip(e.args, parts, strict=True)
            ]
            for n, (a, b) in enumerate(pairwise(e.args), 1):
                is_chain = isinstance(e, And) and parts[n - 1].onward and parts[n].onward and a.args[1] == b.args[0]
                texts[n] = parts[n].onward if is_chain else sign + texts[n]
            return "".join(texts)
        if isinstance(e, Not):
            return self.word("not") + self.paren(parts[0].text, parts[0].tall)
        if isinstance(e, Divides):
            return f"{parts[0].text} {self.word('divides')} {parts[1].text}"
        if isinstance(e, IsInteger):
            return f"{parts[0].text} {self.word('in')} {self.word('Z')}"
        if isinstance(e, ForAll):
            body, name, lo, hi = (p.text for p in parts)
            return f"{body} {self.word('for')} {name} = {lo}, {self.word('dots')}, {hi}"
        if isinstance(e, Continuous):
            body, name, point = (p.text for p in parts)
            return self.continuous(body, name, point)
        assert isinstance(e, (Integrable, Summable))
        return self.exists(parts[0].text)

    @abstractmethod
    def same_order(self, f: str, g: str, q: str, words: str) -> str:
        """Return that two objectives have the same minimisers."""

    @abstractmethod
    def continuous(self, body: str, name: str, point: str) -> str:
        """Return that a function is continuous at a point."""

    @abstractmethod
    def exists(self, limit: str) -> str:
        """Return that an integral or an infinite sum exists."""
