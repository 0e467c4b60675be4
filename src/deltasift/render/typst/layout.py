"""A line in the mathematics of Typst.

Greek and other signs are themselves; what Typst would read as a name of its own is a text in quotes. A bracket that is
broken into rows is escaped, so that it needs no partner.
"""

from __future__ import annotations

import re

from sympy import E, I, S, pi
from sympy.core.basic import Basic

from deltasift.inert.functions import letter_of
from deltasift.inert.layout import Layout
from deltasift.inert.mathml import letter
from deltasift.inert.pieces import CLOSED, OPENED, POWER, SUM, Piece, plain
from deltasift.inert.printing import GREEK, latex_name
from deltasift.inert.signs import Form, sign_of

TOKEN = re.compile(r"\\([A-Za-z]+)|([A-Za-z])|(\d+)|([{}_^',])|\s+")
WORDS = {
    "<=": "<=",
    "!=": "!=",
    ":=": ":=",
    "and": '"and"',
    "or": '"or"',
    "not": "not ",
    "divides": "divides",
    "in": "in",
    "Z": "ZZ",
    "E": "EE",
    "~": "tilde.op",
    "theta": "θ",
    "indicator": "bb(1)",
    "times": "dot.op ",
    "any": "dot.op",
    "d": " thin upright(d) ",
}
ACCENTS = {"hat": "hat", "bar": "macron", "tilde": "tilde", "vec": "arrow", "dot": "dot"}
OPERATORS = frozenset(("cos", "sin", "tan", "cot", "sec", "csc", "cosh", "sinh", "tanh", "coth", "max", "min"))
FENCES = {"Abs": "abs", "floor": "floor", "ceiling": "ceil"}


def quoted(text: str) -> str:
    """Return words in mathematics."""
    visible = "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text)
    return '"' + visible.replace("\\", "\\\\").replace('"', '\\"') + '"'


class TypstLayout(Layout):
    """Prints the mathematics of Typst."""

    dirac_index = "upright(D)"

    def name(self, name: str) -> str:
        return _name(name)

    def word_name(self, name: str) -> str:
        return quoted(name)

    def other_leaf(self, e: Basic) -> str:
        known = {S.Infinity: "infinity", pi: "π", E: "upright(e)", I: "upright(i)"}
        return known.get(e) or quoted(str(e))

    def word(self, word: str) -> str:
        return WORDS.get(word, word)

    def paren(self, text: str, tall: bool) -> str:
        return f"{OPENED}({text}){CLOSED}"

    def brackets(self, text: str, tall: bool) -> str:
        return f"{OPENED}[{text}]{CLOSED}"

    def fraction(self, above: Piece, below: Piece) -> Piece:
        return Piece(f"frac({plain(above.text)}, {plain(below.text)})", tall=True)

    def root(self, p: Piece) -> Piece:
        return Piece(f"sqrt({plain(p.text)})", POWER, tall=p.tall)

    def sub(self, base: str, indices: list[str]) -> str:
        return f"{_held(base)}_({plain(','.join(indices))})"

    def power(self, base: str, exponent: Piece) -> str:
        return f"{_held(base)}^({plain(exponent.text)})"

    def function(self, name: str, argument: str, tall: bool) -> str:
        if name in FENCES:
            return f"{FENCES[name]}({plain(argument)})"
        shown = letter_of(name)
        if shown not in OPERATORS and shown.isascii():
            shown = f"upright({shown})" if len(shown) == 1 else f"op({quoted(name)})"
        return f"{shown}{self.paren(argument, tall)}"

    def cases(self, rows: list[tuple[str, str]]) -> Piece:
        branches = (f"{value} & {quoted('if ')} {c}" if c else f"{value} & {quoted('otherwise')}" for value, c in rows)
        return Piece(f"cases({plain(', '.join(branches))})", SUM, tall=True)

    def big(self, sign: str, name: str, lo: str, hi: str) -> str:
        if sign == "integral":
            return f"integral_({plain(lo)})^({plain(hi)})"
        if sign in ("max", "min"):
            return f"{sign}_({plain(lo)} <= {name} <= {plain(hi)})"
        return f"{sign}_({name} = {plain(lo)})^({plain(hi)})"

    def value_at(self, body: Piece, name: str, point: str) -> str:
        return f"{self.brackets(body.text, True)}_({name} = {plain(point)})"

    def derivative(self, name: str, count: str, partial: bool) -> str:
        sign = "∂" if partial else "upright(d)"
        times = f"^({plain(count)})" if count else ""
        return f"frac({sign}{times}, {sign} {_held(plain(name))}{times})"

    def kronecker(self, i: str, j: str) -> str:
        return f"δ_({plain(i)},{plain(j)})"

    def dirac(self, order: str) -> str:
        return "δ" + ("'" * int(order) if order in ("1", "2") else f"^((({plain(order)})))" if order else "")

    def quantity_sign(self, head: str, operands: list[str]) -> str:
        if head == "KL" and self.notation.divergence == "DKL":
            return f"D_({quoted('KL')})"
        sign = sign_of(head, len(operands))
        return sign.typst or quoted(sign.text)

    def quantity_of(self, sign: str, operands: str) -> str:
        return f"{sign}({plain(operands)})"

    def separator(self, form: Form) -> str:
        return {Form.COMPARED: " thin ‖ thin ", Form.GIVEN: " thin ∣ thin ", Form.DATA: "; "}.get(form, ", ")

    def said(self, words: str) -> str:
        return quoted(words)

    def same_order(self, f: str, g: str, q: str, words: str) -> str:
        if words == "minimisers":
            return f"{f}{quoted(' has the same minimisers in ')}{q}{quoted(' as ')}{g}"
        return f"{f}{quoted(' has as minimisers in ')}{q}{quoted(' the maximisers of ')}{g}"

    def for_all(self, body: str, name: str, lo: str, hi: str) -> str:
        if lo and hi:
            return f"{body}{quoted(' for ')}{name} = {lo}, dots, {hi}"
        ends = f" >= {lo}" if lo else f" <= {hi}" if hi else ""
        return f"{body}{quoted(' for all ')}{name}{ends}"

    def continuous(self, body: str, name: str, point: str) -> str:
        at = f"{name} = {point}" if point else f"{quoted('every ')}{name}"
        return f"{body}{quoted(' is continuous at ')}{at}"

    def exists(self, limit: str) -> str:
        return f"{limit}{quoted(' exists')}"


def _held(base: str) -> str:
    """Return what an index or an exponent stands at, held together where it has one already."""
    return f"attach({base})" if any(c in base for c in "_^'") and not base.endswith(CLOSED) else base


def _name(name: str) -> str:
    r"""Return a name: `mu_1` is a letter with an index, `\hat p` one with a hat, all else text."""
    written = latex_name(name)
    tokens = [m for m in TOKEN.finditer(written) if not m[0].isspace()]
    if written.startswith(r"\text{") or "".join(m[0] for m in TOKEN.finditer(written)) != written:
        return quoted(name)
    try:
        shown, rest = _row(tokens, "")
    except (IndexError, KeyError):
        return quoted(name)
    return shown if not rest else quoted(name)


def _row(tokens: list[re.Match[str]], end: str) -> tuple[str, list[re.Match[str]]]:
    parts: list[str] = []
    while tokens and tokens[0][0] != end:
        mark = tokens[0][4]
        if mark in ("_", "^"):
            inner, tokens = _one(tokens[1:])
            parts.append(f"{mark}({inner})")
        elif mark == "'":
            parts.append("'")
            tokens = tokens[1:]
        else:
            inner, tokens = _one(tokens)
            parts.append(inner if not parts or parts[-1][:1] in ("_", "^") else f" {inner}")
    return "".join(parts), tokens


def _one(tokens: list[re.Match[str]]) -> tuple[str, list[re.Match[str]]]:
    token, *rest = tokens
    if token[4] == "{":
        inner, rest = _row(rest, "}")
        if rest[0][0] != "}":
            raise KeyError("}")
        return inner, rest[1:]
    if token[1] == "mid":
        return "∣", rest
    if token[1] in GREEK:
        return letter(token[1]), rest
    if token[1] in ACCENTS:
        inner, rest = _one(rest)
        return f"{ACCENTS[token[1]]}({inner})", rest
    if token[1]:
        start = rest[0]
        inner, rest = _one(rest)
        word = inner.replace(" ", "")
        is_word = token[1] == "mathrm" and start[0] == "{" and word.isalnum()
        return (quoted(word) if is_word else inner), rest
    if token[2] or token[3] or token[4] == ",":
        return token[0], rest
    raise KeyError(token[0])
