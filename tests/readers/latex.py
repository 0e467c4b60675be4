"""Reads LaTeX as TeX sets it: spaces and sizes of parentheses mean nothing."""

from __future__ import annotations

import re
from typing import ClassVar

from readers.stream import BEST, HALF, ROW, Misread, Reader, for_all
from readers.values import Tree

TOKEN = re.compile(
    r"\\text\{[^{}]*\}|\\(?:math(?:rm|bb)|operatorname|overline)\{[^{}]*(?:\{[^{}]*\})?\}"
    r"|\\(?:begin|end)\{cases\}|\\\\|\\[A-Za-z]+|\\.|[0-9]+|:=|\s+|."
)
NOTHING = frozenset([r"\,", r"\quad", r"\qquad", r"\displaystyle"])
SIZES = {r"\left": r"\right", r"\biggl": r"\biggr"}
CLOSING = {"(": ")", "[": "]", "|": "|", r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}
BIG = {r"\sum": "sum", r"\prod": "product"}
EXTREMES = {r"\max": "maximum", r"\min": "minimum"}
D, PARTIAL = r"\mathrm{d}", r"\partial"
FUNCTIONS = {r"\cos": "cos", r"\sigma": "sigma", r"\max": "Max", r"\min": "Min", r"\Gamma": "gamma", r"\tan": "tan"}
QUANTITIES = {
    r"\mathrm{KL}": "KL",
    r"\mathrm{H}": "H",
    r"\mathrm{h}": "h",
    "L": "L",
    r"\ell": "logL",
    r"\mathrm{NLL}": "NLL",
    r"\overline{\mathrm{NLL}}": "avgNLL",
    r"\mathrm{BCE}": "BCE",
}
CONSTANTS = {r"\infty": "oo", r"\pi": "pi", r"\mathrm{e}": "E"}


def tokens_of(text: str) -> list[str]:
    r"""Return the tokens of a formula; a parenthesis of a size, such as `\left(`, is one of them."""
    tokens = [t for t in TOKEN.findall(text) if not t.isspace() and t not in NOTHING]
    joined: list[str] = []
    for t in tokens:
        if joined and joined[-1] in (*SIZES, *SIZES.values()):
            joined[-1] += t
        else:
            joined.append(t)
    return joined


def read_latex(rows: list[str], functions: frozenset[str]) -> Tree:
    """Return the tree of a formula that is set in one or several rows."""
    tokens = tokens_of(rows[0])
    for row in rows[1:]:
        tokens += [ROW, *tokens_of(row)]
    return _Latex(functions).read(tokens)


class _Latex(Reader):
    relations: ClassVar = {
        "=": "=",
        r"\le": "<=",
        "<": "<",
        r"\ne": "!=",
        ":=": ":=",
        r"\mid": "divides",
        r"\in": "integer",
    }
    conjunction, disjunction, times = r"\text{ and }", r"\text{ or }", r"\cdot"
    also = r"\text{ and}"
    ranges = frozenset([r"\text{ for }", r"\text{ for all }"])
    ends = frozenset(
        [
            *relations,
            *(r"\cdot", "+", "-", "/", ",", ";", ")", "]", "}", "|", "&", r"\\", r"\|", r"\sim"),
            *(right + c for right in SIZES.values() for c in CLOSING.values()),
            *(D, r"\end{cases}", "_", "^", r"\dots"),
        ]
    )

    def starts(self) -> bool:
        return super().starts() and not self.stream.now.startswith(r"\text{")

    def worded(self, tree: Tree) -> Tree:
        s = self.stream
        if s.take(r"\text{ for }"):
            names = self.names()
            s.need("=")
            lo = self.sum()
            s.need(",", r"\dots", ",")
            return for_all(names, tree, lo, self.sum())
        if s.take(r"\text{ for all }"):
            names = self.names()
            lo = self.sum() if s.take(r"\ge") else ("neg", ("name", "oo"))
            hi = self.sum() if s.take(r"\le") else ("name", "oo")
            return for_all(names, tree, lo, hi)
        if s.take(r"\text{ is continuous at every }"):
            name = self.name()
            return ("continuous", name, tree, ("name", name))
        if s.take(r"\text{ is continuous at }"):
            name = self.name()
            s.need("=")
            return ("continuous", name, tree, self.sum())
        if s.take(r"\text{ exists}"):
            return ("exists", tree)
        infinite = r"\text{ is infinite, by the term at }"
        if s.take(infinite) or s.take(ROW, infinite):
            return ("infinite", tree, self.sum())
        for words in BEST:
            at = rf"\text{{ is {words} at }}"
            if s.take(at) or s.take(ROW, at):
                return self.best(tree, words)
        for words, head, last in (
            (r"\text{ has the same minimisers in }", "minimisers", r"\text{ as }"),
            (r"\text{ has as minimisers in }", "maximisers", r"\text{ the maximisers of }"),
        ):
            if s.take(words) or s.take(ROW, words):  # a row may end before them
                q = ("name", self.name())
                s.need(last)
                return (head, tree, self.sum(), q)
        return tree

    def integers(self) -> None:
        self.stream.need(r"\mathbb{Z}")

    def braced(self) -> Tree:
        self.stream.need("{")
        tree = self.statement()
        self.stream.need("}")
        return tree

    def closed(self, *opening: str) -> Tree:
        """Read what stands in parentheses, which close in the size in which they open; None where none open."""
        token = self.stream.now
        for size, right in [("", ""), *SIZES.items()]:
            for left in opening:
                if token == size + left:
                    self.stream.next()
                    return self.listed(right + CLOSING[left])
        return None

    def listed(self, end: str) -> list[Tree]:
        """Read a list of parts to its end; bars and semicolons divide as commas do."""
        parts = [self.part(self.statement)]
        while self.stream.take(",") or self.stream.take(";") or self.stream.take(r"\|"):
            parts.append(self.part(self.statement))
        self.stream.need(end)
        return parts

    def one(self, *opening: str) -> Tree:
        parts = self.closed(*opening)
        if parts is None or len(parts) != 1:
            raise Misread(f"{self.stream.now!r} where one argument in parentheses was expected")
        return parts[0]

    def name(self) -> str:
        token = self.stream.next()
        if re.fullmatch(r"[A-Za-z]|\\[a-z]+", token):
            return token.lstrip("\\")
        raise Misread(f"{token!r} is no name")

    # --- factors ---------------------------------------------------------------------------------------------------

    def factor(self) -> Tree:
        tree = self.base()
        if tree[0] == "open":
            return tree
        if self.stream.take("^"):
            tree = ("pow", tree, self.braced())
            if self.stream.now in ("^", "_"):
                raise Misread("two exponents")
        return tree

    def base(self) -> Tree:
        s = self.stream
        token = s.now
        if token.isdigit():
            return ("num", int(s.next()))
        if token in ("(", r"\left(", r"\biggl("):
            return self.one("(")
        if token in ("[", r"\left[", r"\biggl["):
            return self.bracket()
        if token.endswith("|") and token != r"\|":
            return ("function", "Abs", self.one("|"))
        if token.endswith("floor"):
            return ("function", "floor", self.one(r"\lfloor"))
        if token.endswith("ceil"):
            return ("function", "ceiling", self.one(r"\lceil"))
        if token in BIG or token == r"\int":
            return self.big()
        if token in EXTREMES and s.tokens[s.at + 1] == "_":
            return self.extreme()
        if token == "{":
            return self.braced()
        s.next()
        if token in CONSTANTS:
            return ("name", CONSTANTS[token])
        if token == r"\frac":
            return self.fraction()
        if token == r"\sqrt":
            return ("pow", self.braced(), HALF)
        if token in (r"\log", r"\ln"):
            return self.logarithm()
        if token == r"\exp":
            return ("exp", self.one("("))
        if token == r"\delta":
            return self.delta()
        if token == r"\mathbb{1}":
            return self.bracket()
        if token == r"\mathbb{E}":
            return self.expectation()
        if token == r"\begin{cases}":
            return self.cases()
        if token == r"\neg":
            return ("not", self.one("("))
        return self.named(token)

    def bracket(self) -> Tree:
        tree = self.one("[")
        if self.stream.take("_", "{"):
            name = self.name()
            self.stream.need("=")
            point = self.sum()
            self.stream.need("}")
            return ("at", name, tree, point)
        return ("delta", *tree[1:]) if tree[0] == "=" else ("iverson", tree)

    def big(self) -> Tree:
        s = self.stream
        sign = s.next()
        s.need("_", "{")
        if sign == r"\int":
            lo = self.sum()
            s.need("}", "^")
            hi = self.braced()
            body = self.term()
            s.need(D)
            return ("integral", self.name(), body, lo, hi)
        name = self.name()
        s.need("=")
        lo = self.sum()
        s.need("}", "^")
        hi = self.braced()
        return (BIG[sign], name, self.term(), lo, hi)

    def extreme(self) -> Tree:
        s = self.stream
        sign = EXTREMES[s.next()]
        s.need("_", "{")
        lo = self.sum()
        s.need(r"\le")
        name = self.name()
        s.need(r"\le")
        hi = self.sum()
        s.need("}")
        return (sign, name, self.term(), lo, hi)

    def fraction(self) -> Tree:
        s = self.stream
        for sign in (D, PARTIAL):
            if s.take("{", sign):
                count = self.braced() if s.take("^") else ("num", 1)
                s.need("}", "{", sign)
                by = self.base()
                again = self.braced() if s.take("^") else ("num", 1)
                s.need("}")
                if again != count:
                    raise Misread("a derivative by one count above and another below")
                return ("derivative", self.term(), by, count)
        above = self.braced()
        return ("div", above, self.braced())

    def logarithm(self) -> Tree:
        arguments = self.closed("(")
        if arguments is not None:
            if self.stream.now == "^":
                raise Misread("a power of a logarithm or of its argument")
            return ("log", *arguments)
        tree = self.base()
        if self.stream.now == "^" or tree[0] in ("open", "log", "exp"):
            raise Misread("a logarithm of more than one thing without parentheses")
        return ("open", ("log", tree))

    def delta(self) -> Tree:
        s = self.stream
        if s.take("_", "{"):
            i = self.sum()
            s.need(",")
            j = self.sum()
            s.need("}")
            return ("delta", i, j)
        order = 0
        while s.take("'"):
            order += 1
        tree = ("num", order)
        if s.take("^", "{", "("):
            tree = self.sum()
            s.need(")", "}")
        return ("dirac", self.one("("), tree)

    def expectation(self) -> Tree:
        s = self.stream
        s.need("_", "{")
        name = self.name()
        s.need(r"\sim")
        law = self.sum()
        s.need("}")
        return ("expectation", name, self.one("["), law)

    def cases(self) -> Tree:
        s = self.stream
        parts: list[Tree] = []
        while True:
            parts.append(self.statement())
            s.need("&")
            if s.take(r"\text{otherwise}"):
                parts.append(("name", "True"))
            else:
                s.need(r"\text{if }")
                parts.append(self.statement())
            if not s.take(r"\\"):
                s.need(r"\end{cases}")
                return ("cases", *parts)

    def named(self, token: str) -> Tree:
        s = self.stream
        if token == "D" and s.take("_", "{", r"\mathrm{KL}", "}"):
            token = r"\mathrm{KL}"
        calls = s.now in ("(", r"\left(", r"\biggl(")
        if calls and token in QUANTITIES:
            return ("named", QUANTITIES[token], *self.closed("("))
        if calls and token in FUNCTIONS:
            return ("function", FUNCTIONS[token], *self.closed("("))
        if token == r"\omega" and s.take("_"):
            order = self.braced()
            s.need("^")
            return ("function", "root_of_unity", order, self.braced())
        s.at -= 1
        name = self.name()
        if s.take("_", "{", r"\theta", "}"):
            return ("theta", ("name", name), *self.closed("("))
        if s.take("_", "{"):
            return ("entry", name, *self.many("}", self.sum))
        if name in self.functions and (arguments := self.closed("(")) is not None:
            return ("call", name, *arguments)
        return ("name", name)
