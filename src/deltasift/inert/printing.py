"""The one LaTeX printer."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from sympy import E, I
from sympy.core.basic import Basic
from sympy.printing.latex import LatexPrinter

from deltasift.inert.functions import known_of
from deltasift.inert.layout import Layout
from deltasift.inert.node import Node
from deltasift.inert.notation import Notation
from deltasift.inert.pieces import CLOSED, OPENED, POWER, SUM, Piece, plain
from deltasift.inert.signs import Form, sign_of

GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "pi",
        "rho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
        "ell",
    ]
)
ACCENTS = frozenset(["hat", "bar", "tilde", "vec", "dot", "mathrm", "mathbf", "mathcal", "boldsymbol"])
SPELLED_OUT = re.compile(rf"([A-Za-z]|{'|'.join(sorted(GREEK, key=len, reverse=True))})_?(hat|bar|tilde)('*)")
UNMARKED = frozenset(["chat", "that", "what"])  # which no hat stands in
TOKEN = re.compile(r"\\([A-Za-z]+)|([A-Za-z0-9])|([\s{}_^',])")
NAMES = re.compile(  # in prose
    rf"(\\(?:hat|bar|tilde)(?: [A-Za-z]\b|\{{[A-Za-z]\}})|\\(?:{'|'.join(sorted(GREEK, key=len, reverse=True))})\b)"
)
LAW = re.compile(r"([^_|,]+)_\{((?:[A-Za-z0-9]+,)*[A-Za-z0-9]+\|(?:[A-Za-z0-9]+,)*[A-Za-z0-9]+)\}")  # p_{z|x}
LAST_LATIN = 0x17F
PUNCTUATION = frozenset("–—‘’“”„…†‡•€™")
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
WORDS = {
    "=": "=",
    "<=": r"\le",
    "<": "<",
    "!=": r"\ne",
    ":=": ":=",
    "and": r"\text{ and }",
    "or": r"\text{ or }",
    "not": r"\neg ",
    "divides": r"\mid",
    "in": r"\in",
    "Z": r"\mathbb{Z}",
    "log": r"\log",
    "ln": r"\ln",
    "exp": r"\exp",
    "E": r"\mathbb{E}",
    "~": r"\sim",
    "theta": r"\theta",
    "indicator": r"\mathbb{1}",
    "times": r"\cdot ",
    "any": r"\cdot",
    "d": r" \,\mathrm{d}",
}
CONSTANTS = {E: r"\mathrm{e}", I: r"\mathrm{i}"}


def escape(text: str) -> str:
    r"""Return plain text for LaTeX: every character with a meaning of its own is escaped.

    Greek letters, and names such as `\hat p`, become mathematics; what pdflatex has no glyph for is shown by its code
    point, `[U+4E2D]`.
    """
    parts = NAMES.split(text)  # at each odd place stands a name
    return "".join(rf"\ensuremath{{{p}}}" if n % 2 else "".join(map(_escaped, p)) for n, p in enumerate(parts))


def _escaped(c: str) -> str:
    if c in ESCAPES:
        return ESCAPES[c]
    if c.isspace() or (c.isprintable() and ord(c) <= LAST_LATIN) or c in PUNCTUATION:
        return c
    greek = _greek(c)
    return rf"\ensuremath{{\{greek}}}" if greek else f"[U+{ord(c):04X}]"


def in_math(text: str) -> str:
    """Return LaTeX mathematics with what it has of other letters in LaTeX's own spelling."""
    return "".join(c if c.isascii() else rf"\{g} " if (g := _greek(c)) else rf"\text{{{_escaped(c)}}}" for c in text)


def _greek(c: str) -> str | None:
    """Return the LaTeX name of a Greek letter, None for any other character."""
    match unicodedata.name(c, "").split():
        case ["GREEK", "SMALL" | "CAPITAL" as size, "LETTER", name]:
            word = name.lower().replace("lamda", "lambda")
            word = word.capitalize() if size == "CAPITAL" else word
            return word if word in GREEK else None
    return None


def accented(name: str) -> tuple[str, str, str] | None:
    """Return the letter, its accent and the primes of a name such as `theta_hat` or `yhat`, None of any other."""
    found = SPELLED_OUT.fullmatch(name)
    return None if found is None or name in UNMARKED else (found[1], found[2], found[3])


BIG = {"sum": r"\sum", "product": r"\prod"}  # other folds are written by their word


@lru_cache(maxsize=4096)
def latex_name(name: str) -> str:
    r"""Return a name as LaTeX: `mu_1` is `\mu_{1}`, `p_{z|x}` is `p_{z \mid x}`, `p_hat` is `\hat p`, else text."""
    if not name.isascii():
        name = "".join(_greek(c) or c for c in name)
    law = LAW.fullmatch(name)
    if law is not None:
        said = r" \mid ".join(",".join(map(_word, part.split(","))) for part in law[2].split("|"))
        return f"{latex_name(law[1])}_{{{said}}}"
    if "\\" in name:
        return name if _is_safe(name) else rf"\text{{{escape(name)}}}"
    spelled = accented(name)
    if spelled is not None:
        letter, accent, primes = spelled
        return rf"\{accent} {letter}{primes}" if len(letter) == 1 else rf"\{accent}{{\{letter}}}{primes}"
    stem = name.rstrip("'")
    primes = name[len(stem) :]
    first, *rest = stem.split("_")
    if not stem or not all(part.isalnum() and part.isascii() for part in (first, *rest)):
        return rf"\text{{{escape(name)}}}"
    letters = re.fullmatch(r"([A-Za-z]+?)(\d*)", first)
    base = first
    if letters:
        base, digits = letters.groups()
        rest = [digits, *rest] if digits else rest
    base = _word(base)
    subscript = ",".join(_word(part) for part in rest)
    return base + (f"_{{{subscript}}}" if subscript else "") + primes


def _word(part: str) -> str:
    if part in GREEK:
        return "\\" + part
    return part if len(part) == 1 or part.isdigit() else rf"\mathrm{{{part}}}"


def _is_safe(name: str) -> bool:
    """Tell whether a name is LaTeX of the shape that names have: letters, accents, Greek, indices, balanced braces."""
    depth, at = 0, 0
    while at < len(name):
        token = TOKEN.match(name, at)
        if token is None or (token[1] and token[1] not in GREEK and token[1] not in ACCENTS):
            return False
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth < 0:
            return False
        at = token.end()
    return depth == 0 and name.count("_") <= 1 and not name.rstrip().endswith(("_", "^"))


def _tall(left: str, text: str, right: str) -> str:
    return rf"{OPENED}\left{left}{text}\right{right}{CLOSED}"


class _LatexLayout(Layout):
    dirac_index = r"\mathrm{D}"

    def name(self, name: str) -> str:
        return latex_name(name)

    def word_name(self, name: str) -> str:
        return rf"\mathrm{{{name}}}"

    def other_leaf(self, e: Basic) -> str:
        return CONSTANTS.get(e) or str(LatexPrinter().doprint(e))

    def paren(self, text: str, tall: bool) -> str:
        return _tall("(", text, ")") if tall else f"{OPENED}({text}){CLOSED}"

    def brackets(self, text: str, tall: bool) -> str:
        return _tall("[", text, "]") if tall else f"{OPENED}[{text}]{CLOSED}"

    def fraction(self, above: Piece, below: Piece) -> Piece:
        return Piece(rf"\frac{{{plain(above.text)}}}{{{plain(below.text)}}}", tall=True)

    def root(self, p: Piece) -> Piece:
        return Piece(rf"\sqrt{{{plain(p.text)}}}", POWER, tall=p.tall)

    def sub(self, base: str, indices: list[str]) -> str:
        safe = f"{{{base}}}" if "_" in base or "^" in base or "'" in base else base
        return f"{safe}_{{{plain(','.join(indices))}}}"

    def power(self, base: str, exponent: Piece) -> str:
        safe = f"{{{base}}}" if ("^" in base or "'" in base) and not base.endswith(CLOSED) else base
        return f"{safe}^{{{plain(exponent.text)}}}"

    def big(self, sign: str, name: str, lo: str, hi: str) -> str:
        if sign == "integral":
            return rf"\int_{{{plain(lo)}}}^{{{plain(hi)}}}"
        if sign in BIG:
            return rf"{BIG[sign]}_{{{name}={plain(lo)}}}^{{{plain(hi)}}}"
        word = rf"\{sign}" if sign in ("max", "min") else rf"\operatorname*{{{sign}}}"
        return rf"{word}_{{{plain(lo)} \le {name} \le {plain(hi)}}}"

    def word(self, word: str) -> str:
        return WORDS[word]

    def cases(self, rows: list[tuple[str, str]]) -> Piece:
        lines = (
            rf"{value} & " + (rf"\text{{if }} {condition}" if condition else r"\text{otherwise}")
            for value, condition in rows
        )
        return Piece(r"\begin{cases}" + plain(r" \\ ".join(lines)) + r"\end{cases}", SUM, tall=True)

    def function(self, name: str, argument: str, tall: bool) -> str:
        if name == "Abs":
            return _tall("|", argument, "|")
        if name in ("floor", "ceiling"):
            side = name[:4] if name == "ceiling" else name
            return _tall(rf"\l{side} ", argument, rf"\r{side}")
        head = known_of(name).latex or rf"\operatorname{{{escape(name)}}}"
        return head + self.paren(argument, tall)

    def derivative(self, name: str, count: str, partial: bool) -> str:
        power = f"^{{{plain(count)}}}" if count else ""
        sign = r"\partial" if partial else r"\mathrm{d}"
        return rf"\frac{{{sign}{power}}}{{{sign} {plain(name)}{power}}}"

    def value_at(self, body: Piece, name: str, point: str) -> str:
        return self.brackets(body.text, True) + rf"_{{{name} = {plain(point)}}}"

    def kronecker(self, i: str, j: str) -> str:
        return rf"\delta_{{{plain(i)},{plain(j)}}}"

    def dirac(self, order: str) -> str:
        if not order:
            return r"\delta"
        return r"\delta" + ("'" * int(order) if order in ("1", "2") else f"^{{({plain(order)})}}")

    def quantity_sign(self, head: str, operands: list[str]) -> str:
        if head == "KL" and self.notation.divergence == "DKL":
            return r"D_{\mathrm{KL}}"
        sign = sign_of(head, len(operands))
        return sign.latex or rf"\mathrm{{{escape(sign.text)}}}"

    def quantity_of(self, sign: str, operands: str) -> str:
        return f"{sign}({plain(operands)})"

    def separator(self, form: Form) -> str:
        return {Form.COMPARED: r" \,\|\, ", Form.GIVEN: r" \mid ", Form.DATA: "; "}.get(form, ", ")

    def said(self, words: str) -> str:
        return rf"\text{{{words}}}"

    def same_order(self, f: str, g: str, q: str, words: str) -> str:
        if words == "minimisers":
            return rf"{f} \text{{ has the same minimisers in }} {q} \text{{ as }} {g}"
        return rf"{f} \text{{ has as minimisers in }} {q} \text{{ the maximisers of }} {g}"

    def for_all(self, body: str, name: str, lo: str, hi: str) -> str:
        if lo and hi:
            return rf"{body} \text{{ for }} {name} = {lo}, \dots, {hi}"
        ends = rf" \ge {lo}" if lo else rf" \le {hi}" if hi else ""
        return rf"{body} \text{{ for all }} {name}{ends}"

    def continuous(self, body: str, name: str, point: str) -> str:
        if not point:
            return rf"{body} \text{{ is continuous at every }} {name}"
        return rf"{body} \text{{ is continuous at }} {name} = {point}"

    def exists(self, limit: str) -> str:
        return rf"{limit} \text{{ exists}}"


class TextbookLatex(LatexPrinter):  # type: ignore[misc]
    """SymPy's LaTeX printer, which leaves inert nodes to the layout of a textbook."""

    def __init__(self, settings: dict[str, Any] | None = None, notation: Notation | None = None) -> None:
        super().__init__(settings)
        self.layout = _LatexLayout(notation)

    def _print(self, expr: Any, **kwargs: Any) -> str:
        if isinstance(expr, Node):
            return self.layout.text(expr)
        return str(super()._print(expr, **kwargs))


def latex(expr: Any, notation: Notation | None = None) -> str:
    """Return an expression as LaTeX, factors and sums in the order in which they were written."""
    printer = TextbookLatex(notation=notation)
    return printer.layout.text(expr) if isinstance(expr, Basic) else printer.doprint(expr)


__all__ = ["TextbookLatex", "escape", "in_math", "latex", "latex_name"]
