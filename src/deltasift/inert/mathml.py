"""A line as MathML, the mathematics of browsers, in which every part knows its place in the tree.

An element that prints the part at the path (1, 0) of its line has `data-p="1.0"`, a name has itself in `data-s`. What
stands between the elements while a line is put together, such as a minus sign, becomes an element at the end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html import escape
from itertools import pairwise

from sympy import E, I, S, Symbol, pi
from sympy.core.basic import Basic

from deltasift.inert.functions import letter_of
from deltasift.inert.layout import Layout
from deltasift.inert.node import Node
from deltasift.inert.notation import Notation
from deltasift.inert.pieces import POWER, SUM, Piece, plain
from deltasift.inert.printing import GREEK, latex_name
from deltasift.inert.signs import Form, sign_of

DEEPEST = 40  # parts inside of more than so many have no place of their own
THIN = '<mspace width="0.17em"></mspace>'
TIMES, OF = "<mo>\u2062</mo>", "<mo>\u2061</mo>"  # invisible: times, and applied to
TOKEN = re.compile(r"(<(mi|mo|mn|mtext)\b[^>]*>[^<]*</\2>|<[^>]*>)|(\d+)|([^<\d])")
LATEX_TOKEN = re.compile(r"\\([A-Za-z]+)|([A-Za-z]|\d+)|([{}_^',])|\s+")
OPENING = re.compile(r"^(?:<mrow[^>]*>|<mspace[^>]*></mspace>)*(<m[a-z]+[^>]*>)")
LETTERS = {"varepsilon": "ϵ", "vartheta": "ϑ", "varphi": "ϕ", "ell": "ℓ"}
MARKS = {"hat": "^", "bar": "¯", "tilde": "~", "vec": "→", "dot": "˙"}
WORDS = {"<=": "≤", "!=": "≠", ":=": "≔", "not": "¬", "divides": "∣", "in": "∈", "~": "∼"}
BIG = {"sum": "∑", "product": "∏", "integral": "∫"}  # other folds are written by their word
LETTERS_OF_WORDS = {"E": "𝔼", "Z": "ℤ", "theta": "θ", "indicator": "𝟙"}
SAYS = {"E": "expectation", "Z": "integers", "theta": "parameters", "indicator": "indicator"}  # the symbol of a word
ORDERS = {"∼": "same order", "≁": "opposite order"}
FENCES = {"Abs": "||", "floor": "⌊⌋", "ceiling": "⌈⌉"}


def visible(text: str) -> str:
    """Return a text for HTML in which what controls a display, such as a mark of direction, is its code point."""
    shown = (f"[U+{ord(c):04X}]" if unicodedata.category(c)[0] == "C" and c not in "\n\t" else c for c in text)
    return escape("".join(shown))


def letter(name: str) -> str:
    """Return a Greek letter by its name in LaTeX."""
    if name in LETTERS:
        return LETTERS[name]
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    return unicodedata.lookup(f"GREEK {case} LETTER {name.upper().replace('LAMBDA', 'LAMDA')}")


class MathmlLayout(Layout):
    """Prints MathML; of the names in `colours` each gets the class of its number, wherever it stands."""

    dirac_index = '<mi mathvariant="normal">D</mi>'

    def __init__(self, notation: Notation | None = None, colours: Mapping[str, int] | None = None) -> None:
        super().__init__(notation)
        self.colours = colours or {}

    def text(self, expr: Basic) -> str:
        return finished(self.piece(expr).text)

    def math(self, expr: Basic, *, words: str = "", block: bool = False, before: str = "") -> str:
        """Return an expression as a formula, after a sign such as `=`, with words for who does not see it."""
        label = f' aria-label="{visible(words)}"' if words else ""
        display = ' display="block"' if block else ""
        sign = f'<mo class="rel"{_of(ORDERS.get(before, ""))}>{before}</mo>' if before else ""
        inner = f'<mrow>{sign}<mrow class="whole">{self.text(expr)}</mrow></mrow>'
        return f'<math xmlns="http://www.w3.org/1998/Math/MathML" displaystyle="true"{display}{label}>{inner}</math>'

    def piece(self, expr: Basic, seen: Basic | None = None) -> Piece:
        order: list[tuple[tuple[int, ...], Basic]] = []
        stack: list[tuple[tuple[int, ...], Basic]] = [((), expr)]
        while stack:
            path, e = stack.pop()
            order.append((path, e))
            if isinstance(e, Node):
                stack.extend(((*path, i), a) for i, a in enumerate(e._args))
        pieces: dict[tuple[int, ...], Piece] = {}
        for path, e in reversed(order):
            parts = [pieces.pop((*path, i)) for i in range(len(e._args))] if isinstance(e, Node) else []
            made = self._made(e, parts)
            pieces[path] = made if len(path) > DEEPEST else _placed(made, ".".join(map(str, path)))
        return pieces[()]

    # --- names and signs -------------------------------------------------------------------------------------------

    def _leaf(self, e: Basic) -> Piece:
        return Piece(self.name(e.name)) if hasattr(e, "name") and not isinstance(e, Symbol) else super()._leaf(e)

    def name(self, name: str) -> str:
        colour = f' class="x{self.colours[name]}"' if name in self.colours else ""
        return f'<mrow data-s="{visible(name)}"{colour}>{_name(name)}</mrow>'

    def word_name(self, name: str) -> str:
        return f'<mi class="f" data-s="{visible(name)}">{visible(name)}</mi>'

    def other_leaf(self, e: Basic) -> str:
        known = {S.Infinity: ("∞", "infinity"), pi: ("π", "number pi"), E: ("e", "number e"), I: ("i", "number i")}
        shown, what = known.get(e, (visible(str(e)), ""))
        return f'<mi mathvariant="normal"{_of(what)}>{shown}</mi>'

    def word(self, word: str) -> str:
        if word in ("log", "ln", "exp"):
            return f'<mi class="f" data-s="{word}">{word}</mi>{OF}'
        if word in LETTERS_OF_WORDS:
            return f'<mi mathvariant="normal" data-s="{SAYS[word]}">{LETTERS_OF_WORDS[word]}</mi>'
        if word in ("times", "any"):
            return "<mo>⋅</mo>"
        if word == "d":
            return f'{THIN}<mi mathvariant="normal" data-s="integral">d</mi>'
        if word in ("and", "or"):
            return _words(f" {word} ")
        return f"<mo>{visible(WORDS.get(word, word))}</mo>"

    @staticmethod
    def beside(word: str, argument: str) -> str:
        return word + THIN + argument

    @staticmethod
    def juxtapose(texts: list[str]) -> str:
        parts = texts[:1]
        for left, right in pairwise(texts):
            spaced = 'class="f"' in _first(right) or 'class="f"' in _first(left)
            parts += [TIMES, THIN if spaced else "", right]
        return "".join(parts)

    @staticmethod
    def _needs_dot(right: Basic, text: str) -> bool:
        return Layout._needs_dot(right, re.sub(r"<[^>]*>", "", text))

    # --- brackets and arithmetic -----------------------------------------------------------------------------------

    def paren(self, text: str, tall: bool) -> str:
        return _fenced("(", text, ")", tall)

    def brackets(self, text: str, tall: bool) -> str:
        return _fenced("[", text, "]", tall)

    def fraction(self, above: Piece, below: Piece) -> Piece:
        return Piece(f"<mfrac><mrow>{above.text}</mrow><mrow>{below.text}</mrow></mfrac>", tall=True)

    def root(self, p: Piece) -> Piece:
        return Piece(f"<msqrt><mrow>{p.text}</mrow></msqrt>", POWER, tall=p.tall)

    def sub(self, base: str, indices: list[str]) -> str:
        return f"<msub><mrow>{base}</mrow><mrow>{','.join(indices)}</mrow></msub>"

    def power(self, base: str, exponent: Piece) -> str:
        return f"<msup><mrow>{base}</mrow><mrow>{exponent.text}</mrow></msup>"

    def function(self, name: str, argument: str, tall: bool) -> str:
        if name in FENCES:
            return f'<mrow data-s="{name}">{_fenced(FENCES[name][0], argument, FENCES[name][1], tall)}</mrow>'
        head = f'<mi class="f" mathvariant="normal" data-s="{visible(name)}">{visible(letter_of(name))}</mi>'
        return head + OF + self.paren(argument, tall)

    def cases(self, rows: list[tuple[str, str]]) -> Piece:
        cells = (
            f"<mtr><mtd><mrow>{value}</mrow></mtd><mtd><mrow>"
            + (f"{_words('if ')}{condition}" if condition else _words("otherwise"))
            + "</mrow></mtd></mtr>"
            for value, condition in rows
        )
        return Piece(f"<mrow><mo>{{</mo><mtable>{''.join(cells)}</mtable></mrow>", SUM, tall=True)

    # --- binders and deltas ----------------------------------------------------------------------------------------

    def big(self, sign: str, name: str, lo: str, hi: str) -> str:
        colour = re.search(r'class="(x\d+)"', name)
        mark = f'class="big {colour[1]}"' if colour else 'class="big"'
        if sign == "integral":
            return f'<msubsup {mark} data-s="integral"><mo>∫</mo><mrow>{lo}</mrow><mrow>{hi}</mrow></msubsup>'
        if sign not in BIG:
            under = f"<mrow>{lo}<mo>≤</mo>{name}<mo>≤</mo>{hi}</mrow>"
            return f'<munder {mark} data-s="{sign}"><mo>{sign}</mo>{under}</munder>'
        under = f"<mrow>{name}<mo>=</mo>{lo}</mrow>"
        return f'<munderover {mark} data-s="{sign}"><mo>{BIG[sign]}</mo>{under}<mrow>{hi}</mrow></munderover>'

    def value_at(self, body: Piece, name: str, point: str) -> str:
        return f"<msub>{_fenced('[', body.text, ']', True)}<mrow>{name}<mo>=</mo>{point}</mrow></msub>"

    def derivative(self, name: str, count: str, partial: bool) -> str:
        sign = f'<mi mathvariant="normal" data-s="derivative">{"∂" if partial else "d"}</mi>'
        above = f"<msup>{sign}<mrow>{count}</mrow></msup>" if count else sign
        below = f"<msup><mrow>{name}</mrow><mrow>{count}</mrow></msup>" if count else name
        return f"<mfrac><mrow>{above}</mrow><mrow>{sign}{below}</mrow></mfrac>"

    def kronecker(self, i: str, j: str) -> str:
        return f'<msub class="delta"><mi data-s="delta">δ</mi><mrow>{i},{j}</mrow></msub>'

    def dirac(self, order: str) -> str:
        sign = '<mi class="delta" data-s="dirac">δ</mi>'
        primes = "′" * int(order) if order in ("1", "2") else ""
        raised = f"<mo>{primes}</mo>" if primes else f"<mrow>{_fenced('(', order, ')', False)}</mrow>"
        return f"<msup>{sign}{raised}</msup>" if order else sign

    # --- quantities and statements ---------------------------------------------------------------------------------

    def quantity_sign(self, head: str, operands: list[str]) -> str:
        of = re.sub(
            r"<[^>]*>", "", ", ".join(operands)
        )  # H of one distribution and of two have definitions of their own
        symbol = f' data-s="{visible(head)}({of})"'
        how = sign_of(head, len(operands))
        sign = f'<mi class="q" mathvariant="normal"{symbol}>{visible(how.mathml or how.text)}</mi>'
        if head == "avgNLL":
            sign = f'<mover{symbol}>{sign}<mo stretchy="true">‾</mo></mover>'
        if head == "KL" and self.notation.divergence == "DKL":
            sign = f"<msub{symbol}><mi>D</mi>{sign}</msub>"
        return sign

    def quantity_of(self, sign: str, operands: str) -> str:
        return sign + OF + self.paren(operands, False)

    def separator(self, form: Form) -> str:
        signs = {Form.COMPARED: "‖", Form.GIVEN: "∣", Form.DATA: ";"}
        return f'<mo stretchy="false">{signs[form]}</mo>' if form in signs else ","  # a bar is as tall as its letters

    def said(self, words: str) -> str:
        return _words(words)

    def same_order(self, f: str, g: str, q: str, words: str) -> str:
        if words == "minimisers":
            return f"{f}{_words(' has the same minimisers in ')}{q}{_words(' as ')}{g}"
        return f"{f}{_words(' has as minimisers in ')}{q}{_words(' the maximisers of ')}{g}"

    def for_all(self, body: str, name: str, lo: str, hi: str) -> str:
        if lo and hi:
            return f"{body}{_words(' for ')}{name}<mo>=</mo>{lo},<mo>…</mo>,{hi}"
        ends = f"<mo>≥</mo>{lo}" if lo else f"<mo>≤</mo>{hi}" if hi else ""
        return f"{body}{_words(' for all ')}{name}{ends}"

    def continuous(self, body: str, name: str, point: str) -> str:
        at = f"{name}<mo>=</mo>{point}" if point else f"{_words('every ')}{name}"
        return f"{body}{_words(' is continuous at ')}{at}"

    def exists(self, limit: str) -> str:
        return limit + _words(" exists")


def finished(text: str) -> str:
    """Return MathML in which signs and numbers that stand between elements are elements, too."""
    return TOKEN.sub(_finished, plain(text))


def _finished(m: re.Match[str]) -> str:
    if m[1]:
        return m[1]
    if m[3]:
        return f"<mn>{m[3]}</mn>"
    if m[4].isspace():
        return ""
    return f"<mo>{'−' if m[4] == '-' else m[4]}</mo>"


def _placed(p: Piece, path: str) -> Piece:
    """Return a piece whose texts are elements with their place; before a sign that was taken off stands none."""

    def at(text: str) -> str:
        return f'<mrow data-p="{path}">{text}</mrow>'

    positive = None if p.positive is None else p.positive._replace(text=at(p.positive.text))
    return p._replace(text=at(p.text), positive=positive, closed=None if p.closed is None else at(p.closed))


def _of(symbol: str) -> str:
    return f' data-s="{symbol}"' if symbol else ""


def _first(text: str) -> str:
    """Return the first element of a text that is more than a row."""
    found = OPENING.match(text)
    return found[1] if found else ""


def _fenced(left: str, text: str, right: str, tall: bool) -> str:
    stretchy = "true" if tall else "false"
    marks = (
        f'<mo form="{form}" fence="true" stretchy="{stretchy}">{sign}</mo>'
        for sign, form in ((left, "prefix"), (right, "postfix"))
    )
    return f"<mrow>{next(marks)}{text}{next(marks)}</mrow>"


def _words(words: str) -> str:
    return f"<mtext>{words.replace(' ', chr(0xA0))}</mtext>"


def _name(name: str) -> str:
    r"""Return a name as elements: `mu_1` is a letter with an index, `\hat p` one with a hat, all else text."""
    written = latex_name(name)
    if written.startswith(r"\text{"):
        return f"<mtext>{visible(name)}</mtext>"
    reader = _Reader(written)
    try:
        shown = reader.row()
    except (IndexError, KeyError):
        return f"<mtext>{visible(name)}</mtext>"
    return shown if reader.at == len(reader.tokens) else f"<mtext>{visible(name)}</mtext>"


class _Reader:
    """Reads the little LaTeX that names are written in."""

    def __init__(self, text: str) -> None:
        self.tokens = [m for m in LATEX_TOKEN.finditer(text) if not m[0].isspace()]
        self.at = 0
        if "".join(m[0] for m in LATEX_TOKEN.finditer(text)) != text:
            raise KeyError(text)

    def row(self, end: str = "") -> str:
        parts: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at][0] != end:
            token = self.tokens[self.at]
            if token[3] in ("_", "^"):
                self.at += 1
                kind = "msub" if token[3] == "_" else "msup"
                parts.append(f"<{kind}><mrow>{parts.pop()}</mrow>{self.one()}</{kind}>")
            elif token[3] == "'":
                self.at += 1
                parts.append(f"<msup><mrow>{parts.pop()}</mrow><mo>′</mo></msup>")
            else:
                parts.append(self.one())
        return "".join(parts)

    def one(self) -> str:
        token = self.tokens[self.at]
        self.at += 1
        if token[3] == "{":
            inner = self.row("}")
            if self.tokens[self.at][0] != "}":
                raise KeyError("}")
            self.at += 1
            return f"<mrow>{inner}</mrow>"
        if token[3] == ",":
            return "<mo>,</mo>"
        if token[1] == "mid":
            return "<mo>∣</mo>"
        if token[1] in GREEK:
            return f"<mi>{letter(token[1])}</mi>"
        if token[1] in MARKS:
            return f'<mover accent="true">{self.one()}<mo stretchy="false">{MARKS[token[1]]}</mo></mover>'
        if token[1]:
            inner = self.one()
            word = "".join(re.findall(r"<m[in]>([^<]*)</m[in]>", inner))
            return f'<mi mathvariant="normal">{word}</mi>' if token[1] == "mathrm" and word else inner
        if token[2]:
            return f"<mn>{token[2]}</mn>" if token[2].isdigit() else f"<mi>{token[2]}</mi>"
        raise KeyError(token[0])
