"""A line as text, in the way it stands on a board; with ASCII letters alone where the terminal has no others."""

from __future__ import annotations

from sympy import S, pi
from sympy.core.basic import Basic

from deltasift.inert.functions import letter_of
from deltasift.inert.layout import Layout
from deltasift.inert.notation import Notation
from deltasift.inert.pieces import (
    ATOM,
    BEFORE_OPERAND,
    BEFORE_SIGN,
    CLOSED,
    OPENED,
    POWER,
    PRODUCT,
    Piece,
    only_lit,
    plain,
)
from deltasift.inert.printing import NAMES, accented
from deltasift.inert.signs import Form, sign_of

SPELLING = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega
    Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega
"""
GREEK = dict(zip(SPELLING.split(), "αβγδεζηθικλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True))
SPELLED = {letter: name for name, letter in GREEK.items()}
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
LONG = 24  # letters of an exponent from which on it may be broken
UNICODE = {
    "=": "=",
    "<=": "≤",
    "<": "<",
    "!=": "≠",
    ":=": "≔",
    "and": "and",
    "or": "or",
    "not": "not ",
    "divides": "divides",
    "in": "in",
    "Z": "ℤ",
    "log": "log",
    "ln": "ln",
    "exp": "exp",
    "E": "E",
    "~": "~",
    "theta": "θ",
    "indicator": "1",
    "times": "· ",
    "any": "·",
    "d": " d",
}
PLAIN = {"<=": "<=", "!=": "!=", ":=": ":=", "Z": "Z", "theta": "theta", "times": "* ", "any": "."}


class BoardLayout(Layout):
    """Plain text, with the signs of Unicode or with ASCII letters alone."""

    slashes = True

    def __init__(self, notation: Notation | None = None, ascii_only: bool = False) -> None:
        super().__init__(notation)
        self.ascii = ascii_only

    def name(self, name: str) -> str:
        return board_name(name, self.ascii)

    def word_name(self, name: str) -> str:
        return name

    def other_leaf(self, e: Basic) -> str:
        if e is S.Infinity:
            return "oo" if self.ascii else "∞"
        if e is pi:
            return "pi" if self.ascii else "π"
        return str(e)

    def paren(self, text: str, tall: bool) -> str:
        return f"{OPENED}({text}){CLOSED}"

    def brackets(self, text: str, tall: bool) -> str:
        return f"{OPENED}[{text}]{CLOSED}"

    def fraction(self, above: Piece, below: Piece) -> Piece:
        top = self._closed(above, PRODUCT)
        top = self.paren(top, False) if "/" in top and above.level == PRODUCT and above.text == top else top
        bottom = below.text if below.level >= POWER and "/" not in below.text else self.paren(below.text, False)
        return Piece(f"{top}{BEFORE_OPERAND}/{bottom}", PRODUCT)

    def root(self, p: Piece) -> Piece:
        bare = p.level == ATOM and not self.ascii
        return Piece(("sqrt" if self.ascii else "√") + (p.text if bare else self.paren(p.text, False)), POWER)

    def sub(self, base: str, indices: list[str]) -> str:
        inside = plain(",".join(indices))
        return f"{base}_{inside}" if len(inside) == 1 else f"{base}_{{{inside}}}"

    def power(self, base: str, exponent: Piece) -> str:
        text = plain(exponent.text)
        inside = only_lit(exponent.text) if len(text) < LONG else exponent.text
        return f"{base}^{text}" if len(text) == 1 else f"{base}^{self.paren(inside, False)}"

    def big(self, sign: str, name: str, lo: str, hi: str) -> str:
        signs = {"sum": ("∑", "sum"), "product": ("∏", "prod"), "integral": ("∫", "int")}
        head = signs.get(sign, (sign, sign))[self.ascii]
        start = lo if sign == "integral" else f"{name}={lo}"
        return f"{head}_{{{plain(start)}}}^{{{plain(hi)}}}"

    def word(self, word: str) -> str:
        return PLAIN.get(word, UNICODE[word]) if self.ascii else UNICODE[word]

    def cases(self, rows: list[tuple[str, str]]) -> Piece:
        shown = (f"{value} if {condition}" if condition else f"{value} otherwise" for value, condition in rows)
        return Piece(f"{OPENED}{{{f'; {BEFORE_SIGN}'.join(shown)}}}{CLOSED}")

    def function(self, name: str, argument: str, tall: bool) -> str:
        if name == "Abs" and "|" not in argument:
            return f"{OPENED}|{argument}|{CLOSED}"
        shown = letter_of(name)
        return self.name(SPELLED.get(shown, shown)) + self.paren(argument, False)

    def derivative(self, name: str, count: str, partial: bool) -> str:
        sign = "∂" if partial and not self.ascii else "d"
        times = f"^{plain(count)}" if len(count) == 1 else f"^({plain(count)})" if count else ""
        return f"{sign}{times}/{sign}{plain(name)}{times}"

    def value_at(self, body: Piece, name: str, point: str) -> str:
        return self.brackets(f"{body.text} at {name} = {point}", False)

    def kronecker(self, i: str, j: str) -> str:
        return f"delta({i}, {j})" if self.ascii else f"δ({i}, {j})"

    def dirac(self, order: str) -> str:
        head = "dirac" if self.ascii else "δ"
        return head + ("'" * int(order) if order in ("1", "2") else f"^({order})" if order else "")

    def dirac_beside(self, order: str) -> str:
        return self.dirac(order) if self.ascii else super().dirac_beside(order)

    def quantity_sign(self, head: str, operands: list[str]) -> str:
        if head == "KL" and self.notation.divergence == "DKL":
            return "D_KL"
        sign = sign_of(head, len(operands))
        return (sign.ascii or sign.text) if self.ascii else sign.text

    def quantity_of(self, sign: str, operands: str) -> str:
        return f"{sign}({plain(operands)})"

    def separator(self, form: Form) -> str:
        bars = " || " if self.ascii else " ‖ "
        return {Form.COMPARED: bars, Form.GIVEN: " | ", Form.DATA: "; "}.get(form, ", ")

    def said(self, words: str) -> str:
        return words

    def same_order(self, f: str, g: str, q: str, words: str) -> str:
        if words == "minimisers":
            return f"{f} has the same minimisers in {q}{BEFORE_SIGN} as {g}"
        return f"{f} has as minimisers in {q}{BEFORE_SIGN} the maximisers of {g}"

    def for_all(self, body: str, name: str, lo: str, hi: str) -> str:
        if lo and hi:
            return f"{body} for {name} = {lo}, {'...' if self.ascii else '…'}, {hi}"
        ends = f" {'>=' if self.ascii else '≥'} {lo}" if lo else f" {self.word('<=')} {hi}" if hi else ""
        return f"{body} for all {name}{ends}"

    def continuous(self, body: str, name: str, point: str) -> str:
        return f"{body} is continuous at " + (f"{name} = {point}" if point else f"every {name}")

    def exists(self, limit: str) -> str:
        return f"{limit} exists"


def board_name(name: str, ascii_only: bool = False) -> str:
    """Return a name as text: `\\hat p` is p with a hat, `mu_1` is μ_1; with ASCII letters alone p_hat, and mu for μ."""
    accent, letter, primes = "", name, ""
    if name.startswith("\\"):
        name, _, law = name.partition("_{") if "|" in name else (name, "", "")
        head, _, rest = name[1:].replace("{", " ").replace("}", " ").strip().partition(" ")
        rest += f"_{{{law}" if law else ""
        if head in ACCENTS and rest.strip():
            accent, letter = head, rest.strip()
        elif not rest:
            letter = head
    elif (spelled := accented(name)) is not None:
        letter, accent, primes = spelled
    if ascii_only:
        return "".join(map(_spelled, f"{letter}_{accent}{primes}" if accent else letter))
    first, *rest_parts = letter.split("_")
    shown = "_".join([GREEK.get(first, first) + ACCENTS.get(accent, ""), *rest_parts]) + primes
    return "".join(c if c.isprintable() or c in ACCENTS.values() else f"[U+{ord(c):04X}]" for c in shown)


def in_prose(text: str, ascii_only: bool = False) -> str:
    """Return a sentence in which the names that are written as in LaTeX stand as they do in a formula."""
    return NAMES.sub(lambda m: board_name(m[0], ascii_only), text)


def _spelled(c: str) -> str:
    """Return a letter in ASCII: a Greek one by its name, any other by its code point."""
    if c.isascii() and c.isprintable():
        return c
    return SPELLED.get(c) or f"[U+{ord(c):04X}]"


def board(expr: Basic, notation: Notation | None = None, *, ascii_only: bool = False) -> str:
    """Return an expression as one line of text."""
    return BoardLayout(notation, ascii_only).text(expr)
