"""What a line looks like, whatever it is written with: order, signs, parentheses.

Factors stand in the order in which they were written, sums nest as they were nested. The alphabet, LaTeX or plain
text, is a subclass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Number, Rational

from deltasift.inert.algebra import Add, Div, Exp, Func, Log, Mul, Neg, Pow, first_factor
from deltasift.inert.binders import FOLDS, At, Derivative, Fold, Integral, Product, Sum
from deltasift.inert.deltas import Delta, Dirac, Iverson, Piecewise
from deltasift.inert.functions import OMEGA, known_of
from deltasift.inert.named import Expectation, Named
from deltasift.inert.node import Node
from deltasift.inert.notation import Notation
from deltasift.inert.pieces import (
    ATOM,
    BEFORE_FACTOR,
    BEFORE_OPERAND,
    BEFORE_SIGN,
    POWER,
    PRODUCT,
    SUM,
    WORDS,
    Piece,
    is_tall,
    lit,
    negative,
    plain,
)
from deltasift.inert.relations import Proposition
from deltasift.inert.signs import Form, sign_of
from deltasift.inert.stating import Statements
from deltasift.inert.substitution import with_own_part
from deltasift.inert.tables import Apply, Entry, RowName
from deltasift.inert.visit import postorder

LETTERS_OF_HEADS = frozenset(["delta", "sigma"])  # the Dirac delta and the logistic function are printed as these
HALF = Div(1, 2)


class Layout(Statements):
    """Prints expressions from the leaves up, at any depth."""

    def __init__(self, notation: Notation | None = None) -> None:
        super().__init__(notation)
        self._handlers: dict[type, Callable[[Any, list[Piece]], Piece]] = {
            Add: self._add,
            Mul: self._mul,
            Neg: self._neg,
            Div: self._div,
            Pow: self._pow,
            Log: self._log,
            Exp: self._exp,
            Func: self._func,
            **dict.fromkeys(FOLDS, self._big),
            Integral: self._integral,
            Derivative: self._derivative,
            At: self._at,
            Delta: self._delta,
            Dirac: self._dirac,
            Iverson: self._iverson,
            Piecewise: self._piecewise,
            Entry: self._entry,
            RowName: self._row,
            Apply: self._apply,
            Named: self._named,
            Expectation: self._expectation,
        }

    def text(self, expr: Basic) -> str:
        """Return an expression as text."""
        return plain(self.piece(expr).text)

    def marked(self, expr: Basic, seen: tuple[int, ...] = ()) -> str:
        """Return an expression as text with the marks at which it may be broken, and around the part at a path."""
        if not seen:
            return self.piece(expr).text
        whole, part = with_own_part(expr, seen)
        return self.piece(whole, part).text

    def piece(self, expr: Basic, seen: Basic | None = None) -> Piece:
        """Return a printed expression with what is needed to put it into another."""
        pieces: dict[int, Piece] = {}
        for e in postorder(expr):
            pieces[id(e)] = self._made(e, [pieces[id(a)] for a in e._args] if isinstance(e, Node) else [])
            if e is seen:
                pieces[id(e)] = lit(pieces[id(e)])
        return pieces[id(expr)]

    def _made(self, e: Basic, parts: list[Piece]) -> Piece:
        """Return an expression of which the arguments are printed."""
        handler = self._handlers.get(type(e))
        if handler is not None:
            return handler(e, parts)
        if not isinstance(e, Node):
            return self._leaf(e)
        assert isinstance(e, Proposition)
        return self.stated(e, parts)

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
        texts = [first.text if first.positive else self._at_least(first, PRODUCT)]
        for p in others:
            if p.positive is not None:
                texts += (BEFORE_SIGN, " - ", p.positive.text)
            else:
                texts += (BEFORE_SIGN, " + ", self._at_least(p, PRODUCT))
        return Piece("".join(texts), SUM, tall=is_tall(parts))

    def _mul(self, e: Mul, parts: list[Piece]) -> Piece:
        first = parts[0].positive
        if first is not None:
            return negative(self._product(e.args, [first, *parts[1:]]))
        return self._product(e.args, parts)

    def _product(self, args: tuple[Basic, ...], parts: list[Piece]) -> Piece:
        """Return factors beside each other; what follows a factor must not be read as part of it."""
        texts: list[str] = []
        for n, (a, p) in enumerate(zip(args, parts, strict=True)):
            if p.level < PRODUCT or (n > 0 and self._runs_into(a, p)):
                p = self._grouped(p)
            text = p.text if n == len(parts) - 1 else self._closed(p)
            texts.append(self.word("times") + text if n > 0 and self._needs_dot(first_factor(a), text) else text)
        closed = None if p.closed is None else self.juxtapose([*texts[:-1], p.closed])
        return Piece(self.juxtapose(texts), PRODUCT, closed=closed, swallows=p.swallows, tall=is_tall(parts))

    def _runs_into(self, e: Basic, p: Piece) -> bool:
        """Whether a factor would be read with the one before it: a quotient with a slash, or a product that has one."""
        return self.slashes and (isinstance(e, Div) or (isinstance(e, Mul) and "/" in p.text))

    @staticmethod
    def juxtapose(texts: list[str]) -> str:
        """Return factors beside each other."""
        return f"{BEFORE_FACTOR} ".join(texts)

    @staticmethod
    def _needs_dot(right: Basic, text: str) -> bool:
        """Whether a factor would be read as more digits of the one before it, or as the rest of a mixed number."""
        is_fraction = isinstance(right, Div) and all(isinstance(a, Number) for a in right.args)
        return plain(text)[:1].isdigit() or is_fraction or isinstance(right, Number)

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
        if e.args[1] in (S.Half, HALF):
            return self.root(base)
        is_root = isinstance(e.args[0], Entry) and e.args[0].table.name == OMEGA  # would be read as a root of unity
        is_plain = base.level == ATOM and not (base.tall or base.swallows or is_root) and base.closed is None
        text = base.text if is_plain else self.paren(base.text, base.tall)
        return Piece(self.power(text, exponent), POWER, tall=base.tall)

    # --- functions -------------------------------------------------------------------------------------------------

    def _log(self, e: Log, parts: list[Piece]) -> Piece:
        (p,) = parts
        word = self.word(self.notation.log)
        closed = word + self.paren(p.text, p.tall)
        bare = p.level == ATOM and p.closed is None and not p.swallows and not isinstance(e.args[0], (Log, Exp))
        if bare or isinstance(e.args[0], Product):
            return Piece(self.beside(word, p.text), PRODUCT, closed=closed, tall=p.tall)
        return Piece(closed, PRODUCT, closed=closed, tall=p.tall)

    @staticmethod
    def beside(word: str, argument: str) -> str:
        """Return a function's word with its argument, where this needs no parentheses."""
        return f"{word} {argument}"

    def _exp(self, e: Exp, parts: list[Piece]) -> Piece:
        return Piece(self.word("exp") + self.paren(parts[0].text, parts[0].tall), ATOM, tall=parts[0].tall)

    def _func(self, e: Func, parts: list[Piece]) -> Piece:
        if known_of(e.name).is_power and len(parts) == 3:
            return Piece(self.power(self.sub(self.name(OMEGA), [parts[1].text]), parts[2]), POWER)
        inner, tall = ", ".join(p.text for p in parts[1:]), any(p.tall for p in parts[1:])
        return Piece(self.function(e.name, inner, tall), ATOM, tall=tall)

    def _entry(self, e: Entry, parts: list[Piece]) -> Piece:
        return self._at_indices(e.table.name, parts[0].text, [p.text for p in parts[1:]])

    def _row(self, e: RowName, parts: list[Piece]) -> Piece:
        return self._at_indices(e.table.name, parts[0].text, [*(p.text for p in parts[1:]), self.word("any")])

    def _at_indices(self, name: str, shown: str, indices: list[str]) -> Piece:
        if "|" in name or (name in self.notation.pmfs and (self.notation.pmf != "subscript" or "_" in name)):
            theta = self.notation.has_theta(name)
            base = self.sub(shown, [self.word("theta")]) if theta else shown
            return Piece(base + self.paren(self._law(name, indices), False))
        return Piece(self.sub(shown, indices))

    def _law(self, name: str, indices: list[str]) -> str:
        """Return indices as arguments: those of `p_{z|x}`, the law of z given x, as `z | x`."""
        *rows, last = indices
        if "|" not in name or not rows:
            return ", ".join(indices)
        return last + self.separator(Form.GIVEN) + ", ".join(rows)

    def _apply(self, e: Apply, parts: list[Piece]) -> Piece:
        name = e.function.name
        head = self.word_name(name) if name in LETTERS_OF_HEADS else parts[0].text
        tall = any(p.tall for p in parts[1:])
        return Piece(head + self.paren(", ".join(p.text for p in parts[1:]), tall), tall=tall)

    # --- binders ---------------------------------------------------------------------------------------------------

    def _big(self, e: Fold, parts: list[Piece]) -> Piece:
        body, name, lo, hi = parts
        sign = self.big(e.sign, name.text, lo.text, hi.text)
        is_loose = not isinstance(e, Sum) and self._is_loose(e.body)
        return Piece(f"{sign}{BEFORE_OPERAND} {self._operand(body, is_loose)}", PRODUCT, swallows=True, tall=True)

    def _operand(self, p: Piece, is_loose: bool) -> str:
        """Return what an operator is applied to, which ends with the term."""
        return self.paren(p.text, p.tall) if is_loose else self._at_least(p, PRODUCT)

    def _is_loose(self, e: Basic) -> bool:
        """Whether an operator before an expression might be read as if it were applied to a part of it alone."""
        return isinstance(e, (Mul, Sum)) or (self.slashes and isinstance(e, Div))

    def _integral(self, e: Integral, parts: list[Piece]) -> Piece:
        body, name, lo, hi = parts
        sign = self.big("integral", name.text, lo.text, hi.text)
        text = f"{sign}{BEFORE_OPERAND} {self._at_least(body, PRODUCT)}{self.word('d')}{name.text}"
        return Piece(text, PRODUCT, swallows=self.slashes, tall=True)

    def _derivative(self, e: Derivative, parts: list[Piece]) -> Piece:
        body, by, count = parts
        sign = self.derivative(by.text, "" if e.args[2] == 1 else count.text, isinstance(e.args[1], Node))
        return Piece(f"{sign} {self._operand(body, self._is_loose(e.args[0]))}", PRODUCT, swallows=True, tall=True)

    def _at(self, e: At, parts: list[Piece]) -> Piece:
        body, name, point = parts
        if e.args[1] == e.args[2]:  # the value where the name has the value that it has
            return body
        return Piece(self.value_at(body, name.text, point.text), POWER, tall=True)

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
            text = sign + self.brackets(f"{first.text}{self._related('=', second)}", first.tall or second.tall)
            return Piece(text, POWER if text[0].isdigit() else ATOM, tall=first.tall or second.tall)
        label = e.args[1]
        if style == "onehot" and isinstance(label, Entry) and isinstance(e.args[0], Symbol):
            inner = [self.text(x) for x in label.indices]
            return Piece(self.sub(self.name(label.table.name), [*inner, i.text]))
        return Piece(self.kronecker(i.text, j.text))

    def _dirac(self, e: Dirac, parts: list[Piece]) -> Piece:
        order = "" if e.args[1] == 0 else parts[1].text
        sign = self.dirac_beside(order) if self.notation.apart else self.dirac(order)
        return Piece(sign + self.paren(parts[0].text, parts[0].tall), tall=parts[0].tall)

    def dirac_beside(self, order: str) -> str:
        """Return the sign of a Dirac delta on a page on which Kronecker deltas stand beside it."""
        return self.sub(self.dirac(order), [self.dirac_index])

    def _iverson(self, e: Iverson, parts: list[Piece]) -> Piece:
        return Piece(self.brackets(parts[0].text, parts[0].tall), tall=parts[0].tall)

    def _piecewise(self, e: Piecewise, parts: list[Piece]) -> Piece:
        conditions = ["" if c == S.true else p.text for c, p in zip(e.args[1::2], parts[1::2], strict=True)]
        rows = [(p.text, condition) for p, condition in zip(parts[::2], conditions, strict=True)]
        return self.cases(rows)

    # --- quantities ------------------------------------------------------------------------------------------------

    def _named(self, e: Named, parts: list[Piece]) -> Piece:
        return Piece(self.quantity(e.head, [p.text for p in parts[2:]]))

    def quantity(self, head: str, operands: list[str]) -> str:
        """Return a named quantity of printed operands."""
        form, sign = sign_of(head, len(operands)).form, self.quantity_sign(head, operands)
        comma = self.separator(Form.LISTED)
        if form is Form.UNDER:
            return self.quantity_of(self.sub(sign, operands[-1:]), comma.join(operands[:-1]))
        if form is Form.PLACE:
            return self.sub(self.quantity_of(sign, comma.join(operands[:-1])), operands[-1:])
        if form is Form.DATA:
            first, *data = operands
            parts = [first, comma.join(data)] if data else operands
            return self.quantity_of(sign, self.separator(form).join(parts))
        return self.quantity_of(sign, self.separator(form).join(operands))
