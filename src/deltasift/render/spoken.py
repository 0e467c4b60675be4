"""A formula in words, for who hears it."""

from __future__ import annotations

import re

from sympy import S, pi
from sympy.core.basic import Basic

from deltasift.inert.notation import Notation
from deltasift.inert.pieces import POWER, PRODUCT, Piece, plain
from deltasift.inert.signs import Form, sign_of
from deltasift.render.board import BoardLayout

ACCENTED = re.compile(r"\\(hat|bar|tilde|vec|dot)\s*\{?\s*\\?([A-Za-z]+)\s*\}?")
WORDS = {
    "=": "equals",
    "<=": "is at most",
    "<": "is less than",
    "!=": "is not",
    ":=": "is defined as",
    "and": "and",
    "or": "or",
    "not": "not ",
    "divides": "divides",
    "in": "in",
    "Z": "the integers",
    "log": "log",
    "ln": "log",
    "exp": "exp of ",
    "E": "the expectation",
    "~": "distributed as",
    "theta": "theta",
    "indicator": "indicator ",
    "times": "times ",
    "any": "any",
    "d": " d ",
}
SAID_LAST = {Form.GIVEN: "given", Form.UNDER: "under", Form.PLACE: "at"}
BIG = {"sum": "the sum", "product": "the product", "max": "the maximum", "min": "the minimum"}


class SpokenLayout(BoardLayout):
    """Words alone."""

    slashes = False

    def name(self, name: str) -> str:
        said = ACCENTED.sub(r"\2 \1", name).replace("\\", "").replace("_", " ").replace("'", " prime")
        return "".join(c for c in said if c.isprintable())

    def other_leaf(self, e: Basic) -> str:
        return "infinity" if e is S.Infinity else "pi" if e is pi else str(e)

    def word(self, word: str) -> str:
        return WORDS[word]

    def paren(self, text: str, tall: bool) -> str:
        return f" open {text} close "

    def brackets(self, text: str, tall: bool) -> str:
        return f" open bracket {text} close bracket "

    def fraction(self, above: Piece, below: Piece) -> Piece:
        return Piece(f"the fraction {above.text} over {below.text} end fraction", PRODUCT)

    def root(self, p: Piece) -> Piece:
        return Piece(f"the square root of {p.text} end root", POWER)

    def sub(self, base: str, indices: list[str]) -> str:
        return f"{base} sub {' '.join(indices)}"

    def power(self, base: str, exponent: Piece) -> str:
        return f"{base} to the power {exponent.text} end power"

    def big(self, sign: str, name: str, lo: str, hi: str) -> str:
        if sign == "integral":
            return f"the integral from {lo} to {hi} of"
        return f"{BIG[sign]} over {name} from {lo} to {hi} of"

    def function(self, name: str, argument: str, tall: bool) -> str:
        return f"{name} of {self.paren(argument, tall)}"

    def derivative(self, name: str, count: str, partial: bool) -> str:
        return f"the derivative {f'of order {count} ' if count else ''}by {name} of"

    def kronecker(self, i: str, j: str) -> str:
        return f"delta of {i} and {j}"

    def dirac(self, order: str) -> str:
        return "Dirac delta" + (f" derivative {order}" if order else "") + " of "

    def dirac_beside(self, order: str) -> str:
        return self.dirac(order)

    def for_all(self, body: str, name: str, lo: str, hi: str) -> str:
        ends = f" from {lo}" * bool(lo) + f" to {hi}" * bool(hi)
        return f"{body} for {'' if ends else 'all '}{name}{ends}"

    def quantity(self, head: str, operands: list[str]) -> str:
        how = sign_of(head, len(operands))
        *others, last = operands
        if how.form in SAID_LAST and others:
            return f"{how.spoken} of {' and '.join(others)} {SAID_LAST[how.form]} {last}"
        return f"{how.spoken} of {' and '.join(operands)}"


def spoken(e: Basic, notation: Notation) -> str:
    """Return a formula in words."""
    text = plain(SpokenLayout(notation).piece(e).text)
    text = re.sub(r"(?<![A-Za-z])-", " minus ", text).replace(" + ", " plus ")
    return " ".join(text.split())
