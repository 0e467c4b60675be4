"""A line as text, in the way it stands on a board; with ASCII letters alone where the terminal has no others."""

from __future__ import annotations

from sympy import S, pi
from sympy.core.basic import Basic

from deltasift.inert.layout import ATOM, POWER, PRODUCT, Layout, Piece
from deltasift.inert.notation import Notation

GREEK = dict(
    zip(
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
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
            "phi",
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
            "Phi",
            "Psi",
            "Omega",
        ],
        "αβγδεζηθικλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ",
        strict=True,
    )
)
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}
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
    "for": "for",
    "dots": "…",
    "log": "log",
    "ln": "ln",
    "exp": "exp",
    "E": "E",
    "~": "~",
    "theta": "θ",
    "indicator": "1",
    "times": "· ",
    "d": " d",
}
PLAIN = {"<=": "<=", "!=": "!=", ":=": ":=", "Z": "Z", "dots": "...", "theta": "theta", "times": "* "}


class _BoardLayout(Layout):
    slashes = True

    def __init__(self, notation: Notation | None, ascii_only: bool) -> None:
        super().__init__(notation)
        self.ascii = ascii_only

    def name(self, name: str) -> str:
        return board_name(name, self.ascii)

    def other_leaf(self, e: Basic) -> str:
        if e is S.Infinity or e is S.NegativeInfinity:
            sign = "-" if e is S.NegativeInfinity else ""
            return sign + ("oo" if self.ascii else "∞")
        if e is pi:
            return "pi" if self.ascii else "π"
        return str(e)

    def paren(self, text: str, tall: bool) -> str:
        return f"({text})"

    def brackets(self, text: str, tall: bool) -> str:
        return f"[{text}]"

    def fraction(self, above: Piece, below: Piece) -> Piece:
        top = self._closed(above, PRODUCT)
        top = f"({top})" if "/" in top and above.level == PRODUCT and above.text == top else top
        bottom = below.text if below.level >= POWER and "/" not in below.text else f"({below.text})"
        return Piece(f"{top}/{bottom}", PRODUCT)

    def root(self, p: Piece) -> Piece:
        return Piece(
            ("sqrt" if self.ascii else "√") + (p.text if p.level == ATOM and not self.ascii else f"({p.text})")
        )

    def sub(self, base: str, indices: list[str]) -> str:
        inside = ",".join(indices)
        return f"{base}_{inside}" if len(inside) == 1 else f"{base}_{{{inside}}}"

    def power(self, base: str, exponent: Piece) -> str:
        return f"{base}^{exponent.text}" if len(exponent.text) == 1 else f"{base}^({exponent.text})"

    def big(self, sign: str, name: str, lo: str, hi: str) -> str:
        signs = {"sum": "∑", "product": "∏", "integral": "∫"}
        words = {"sum": "sum", "product": "prod", "integral": "int"}
        head = words[sign] if self.ascii else signs[sign]
        start = lo if sign == "integral" else f"{name}={lo}"
        return f"{head}_{{{start}}}^{{{hi}}}"

    def word(self, word: str) -> str:
        return PLAIN.get(word, UNICODE[word]) if self.ascii else UNICODE[word]

    def cases(self, rows: list[tuple[str, str]]) -> str:
        return (
            "{"
            + "; ".join(f"{value} if {condition}" if condition else f"{value} otherwise" for value, condition in rows)
            + "}"
        )

    def function(self, name: str, argument: str, tall: bool) -> str:
        if name == "Abs":
            return f"|{argument}|"
        return f"{self.name(name)}({argument})"

    def derivative(self, name: str, count: str, partial: bool) -> str:
        sign = "∂" if partial and not self.ascii else "d"
        return f"{sign}^{count}/{sign}{name}^{count}" if count else f"{sign}/{sign}{name}"

    def value_at(self, body: str, name: str, point: str) -> str:
        return f"[{body} at {name} = {point}]"

    def kronecker(self, i: str, j: str) -> str:
        return f"delta({i}, {j})" if self.ascii else f"δ({i}, {j})"

    def dirac(self, order: str) -> str:
        head = "dirac" if self.ascii else "δ"
        return head + ("'" * int(order) if order in ("1", "2") else f"^({order})" if order else "")

    def quantity(self, head: str, operands: list[str]) -> str:
        if head == "KL":
            name = "KL" if self.notation.divergence == "KL" else "D_KL"
            return f"{name}({(' || ' if self.ascii else ' ‖ ').join(operands)})"
        names = {"logL": "l" if self.ascii else "ℓ", "avgNLL": "average NLL"}
        first, *data = operands
        listed = ", ".join(operands) if head in ("H", "h", "BCE") else first + (f"; {', '.join(data)}" if data else "")
        return f"{names.get(head, head)}({listed})"

    def same_order(self, f: str, g: str, q: str, words: str) -> str:
        if words == "minimisers":
            return f"{f} has the same minimisers in {q} as {g}"
        return f"{f} has as minimisers in {q} the maximisers of {g}"

    def continuous(self, body: str, name: str, point: str) -> str:
        return f"{body} is continuous at {name} = {point}"

    def exists(self, limit: str) -> str:
        return f"{limit} exists"


def board_name(name: str, ascii_only: bool = False) -> str:
    """Return a name as text: `\\hat p` is p with a hat, `mu_1` is μ_1."""
    accent, letter = "", name
    if name.startswith("\\"):
        head, _, rest = name[1:].replace("{", " ").replace("}", " ").strip().partition(" ")
        if head in ACCENTS and rest.strip():
            accent, letter = head, rest.strip()
        elif not rest:
            letter = head
    if ascii_only:
        return (f"{letter}_{accent}" if accent else letter).encode("ascii", "replace").decode()
    first, *rest_parts = letter.split("_")
    shown = "_".join([GREEK.get(first, first), *rest_parts])
    return shown + ACCENTS.get(accent, "")


def board(expr: Basic, notation: Notation | None = None, *, ascii_only: bool = False) -> str:
    """Return an expression as one line of text."""
    return _BoardLayout(notation, ascii_only).text(expr)
