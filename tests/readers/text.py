"""Reads a line of text, with the signs of Unicode or in ASCII letters, as one reads a blackboard."""

from __future__ import annotations

import re
from typing import ClassVar

from readers.stream import BEST, HALF, ROW, Misread, Reader, for_all
from readers.values import Tree

OPERATOR = r"[d∂](?:\^(?:\w|\([^()]*\)))?/[d∂](?=\w)"  # a derivative, up to the name
TOKEN = re.compile(rf"{OPERATOR}|[A-Za-zℓℤ]+|[0-9]+|:=|<=|>=|!=|\|\||…|\.\.\.|\s+|.")
CLOSING = {"(": ")", "[": "]", "|": "|", "{": "}"}
BIG = {
    "∑": "sum",
    "∏": "product",
    "∫": "integral",
    "sum": "sum",
    "prod": "product",
    "int": "integral",
    "max": "maximum",
    "min": "minimum",
}
CONSTANTS = {"∞": "oo", "oo": "oo", "π": "pi", "pi": "pi", "E": "E"}
FUNCTIONS = {
    "cos": "cos",
    "abs": "Abs",
    "floor": "floor",
    "ceiling": "ceiling",
    "max": "Max",
    "min": "Min",
    "σ": "sigma",
    "sigma": "sigma",
    "Γ": "gamma",
    "Gamma": "gamma",
}
QUANTITIES = {"KL": "KL", "H": "H", "h": "h", "L": "L", "ℓ": "logL", "l": "logL", "NLL": "NLL", "BCE": "BCE"}


def tokens_of(text: str) -> list[str]:
    return [t for t in TOKEN.findall(text) if not t.isspace()]


def read_text(rows: list[str], functions: frozenset[str]) -> Tree:
    """Return the tree of a line that stands in one or several rows."""
    tokens = tokens_of(rows[0])
    for row in rows[1:]:
        tokens += [ROW, *tokens_of(row)]
    return _Text(functions).read(tokens)


class _Text(Reader):
    relations: ClassVar = {
        "=": "=",
        "≤": "<=",
        "<=": "<=",
        "<": "<",
        "≠": "!=",
        "!=": "!=",
        "≔": ":=",
        ":=": ":=",
        "divides": "divides",
        "in": "integer",
    }
    conjunction, disjunction, times = "and", "or", "·"
    also = "and"
    ranges = frozenset(["for"])
    ends = frozenset(
        [
            *relations,
            *("and", "or", "·", "*", "+", "-", "/", ",", ";", ")", "]", "}", "‖", "||", "~"),
            *("at", "if", "otherwise", "for", "is", "exists", "has", "as", "the", "_", "^", "…", "..."),
        ]
    )

    def __init__(self, functions: frozenset[str]) -> None:
        super().__init__(functions)
        self.bars = 0  # that are open: a bar closes the last one
        self.integrals = 0

    def read(self, tokens: list[str]) -> Tree:
        return super().read(["·" if t == "*" else t for t in tokens])

    def starts(self) -> bool:
        now = self.stream.now
        if now == "|" and self.bars:
            return False
        return super().starts() and not (self.integrals and re.fullmatch("d[a-z]", now))

    def worded(self, tree: Tree) -> Tree:
        s = self.stream
        if s.take("for", "all"):
            names = self.names()
            lo = self.sum() if s.take("≥") or s.take(">=") else ("neg", ("name", "oo"))
            hi = self.sum() if s.take("≤") or s.take("<=") else ("name", "oo")
            return for_all(names, tree, lo, hi)
        if s.take("for"):
            names = self.names()
            s.need("=")
            lo = self.sum()
            s.need(",")
            if not s.take("…"):
                s.need("...")
            s.need(",")
            return for_all(names, tree, lo, self.sum())
        if s.take("is", "continuous", "at", "every"):
            name = self.name()
            return ("continuous", name, tree, ("name", name))
        if s.take("is", "continuous", "at"):
            name = self.name()
            s.need("=")
            return ("continuous", name, tree, self.sum())
        if s.take("exists"):
            return ("exists", tree)
        infinite = ("is", "infinite", ",", "by", "the", "term", "at")
        if s.take(*infinite) or s.take(ROW, *infinite):
            return ("infinite", tree, self.sum())
        for words in BEST:
            said = ("is", *words.split(), "at")
            if s.take(*said) or s.take(ROW, *said):
                return self.best(tree, words)
        if s.now == ROW and s.take(ROW, "has"):  # a row may end before the words
            s.at -= 1
        if s.take("has", "the", "same", "minimisers", "in"):
            q = ("name", self.name())
            s.take(ROW)  # and before what it is compared with
            s.need("as")
            return ("minimisers", tree, self.sum(), q)
        if s.take("has", "as", "minimisers", "in"):
            q = ("name", self.name())
            s.take(ROW)
            s.need("the", "maximisers", "of")
            return ("maximisers", tree, self.sum(), q)
        return tree

    def integers(self) -> None:
        if not self.stream.take("ℤ"):
            self.stream.need("Z")

    def name(self) -> str:
        token = self.stream.next()
        if re.fullmatch(r"[A-Za-z]", token):
            return token
        raise Misread(f"{token!r} is no name")

    def parts(self, opening: str) -> list[Tree]:
        """Read a list of parts in parentheses; commas, semicolons and double bars divide."""
        s = self.stream
        s.need(opening)
        outer = self.integrals, self.bars
        self.integrals, self.bars = 0, 0
        parts = [self.part(self.statement)]
        while s.take(",") or s.take(";") or s.take("‖") or s.take("||"):
            parts.append(self.part(self.statement))
        s.need(CLOSING[opening])
        self.integrals, self.bars = outer
        return parts

    def one(self, opening: str) -> Tree:
        parts = self.parts(opening)
        if len(parts) != 1:
            raise Misread("one argument was expected")
        return parts[0]

    def scripted(self) -> Tree:
        """Read an exponent or an index: one token, or several in parentheses."""
        if self.stream.now == "(":
            return self.one("(")
        token = self.stream.next()
        return ("num", int(token)) if token.isdigit() else ("name", CONSTANTS.get(token, token))

    # --- factors ---------------------------------------------------------------------------------------------------

    def factor(self) -> Tree:
        tree = self.base()
        if tree[0] != "open" and self.stream.take("^"):
            tree = ("pow", tree, self.scripted())
            if self.stream.now in ("^", "_"):
                raise Misread("two exponents")
        return tree

    def base(self) -> Tree:
        s = self.stream
        token = s.now
        if token.isdigit():
            s.next()
            if token == "1" and s.now == "[":
                tree = self.bracket()
                if s.now == "^":
                    raise Misread("a power of an indicator or of its bracket")
                return tree
            return ("num", int(token))
        if token == "(":
            return self.one("(")
        if token == "[":
            return self.bracket()
        if token == "{":
            return self.cases()
        if token in BIG and s.tokens[s.at + 1] == "_":
            return self.big()
        if re.fullmatch(OPERATOR.replace(r"(?=\w)", ""), token):
            return self.derivative()
        s.next()
        if token == "|":
            self.bars += 1
            tree = self.statement()
            self.bars -= 1
            s.need("|")
            return ("function", "Abs", tree)
        if token in ("√", "sqrt"):
            tree = self.base()
            if s.now == "^":
                raise Misread("a power of a root or of what is under it")
            return ("pow", tree, HALF)
        if token in ("log", "ln"):
            return self.logarithm()
        if token == "exp":
            return ("exp", self.one("("))
        if token in ("δ", "delta", "dirac"):
            return self.delta()
        if token == "E" and s.take("_", "{"):
            name = self.name()
            s.need("~")
            law = self.sum()
            s.need("}")
            return ("expectation", name, self.one("["), law)
        if token == "not":
            return ("not", self.one("("))
        return self.named(token)

    def bracket(self) -> Tree:
        s = self.stream
        s.need("[")
        outer = self.integrals, self.bars
        self.integrals, self.bars = 0, 0
        tree = self.statement()
        if s.take("at"):
            name = self.name()
            s.need("=")
            tree = ("at", name, tree, self.sum())
        else:
            tree = ("delta", *tree[1:]) if tree[0] == "=" else ("iverson", tree)
        s.need("]")
        self.integrals, self.bars = outer
        return tree

    def cases(self) -> Tree:
        s = self.stream
        s.need("{")
        outer = self.integrals, self.bars
        self.integrals, self.bars = 0, 0
        parts: list[Tree] = []
        while True:
            parts.append(self.statement())
            if s.take("otherwise"):
                parts.append(("name", "True"))
            else:
                s.need("if")
                parts.append(self.statement())
            if not s.take(";"):
                break
            s.take(ROW)
        s.need("}")
        self.integrals, self.bars = outer
        return ("cases", *parts)

    def big(self) -> Tree:
        s = self.stream
        sign = BIG[s.next()]
        s.need("_", "{")
        name = ""
        if sign != "integral":
            name = self.name()
            s.need("=")
        lo = self.sum()
        s.need("}", "^", "{")
        hi = self.sum()
        s.need("}")
        if sign != "integral":
            return (sign, name, self.term(), lo, hi)
        self.integrals += 1
        body = self.term()
        self.integrals -= 1
        token = s.next()
        if not re.fullmatch("d[a-z]", token):
            raise Misread(f"{token!r} where an integral should end")
        return (sign, token[1], body, lo, hi)

    def derivative(self) -> Tree:
        s = self.stream
        above = s.next().split("/")[0][1:]
        by = self.base()
        count = s.tokens[s.at : s.at + 2] if above else []
        if count and "".join(count) != above:
            raise Misread("a derivative by one count above and another below")
        tree: Tree = ("num", 1)
        if count:
            s.next()
            tree = self.scripted()
        return ("derivative", self.term(), by, tree)

    def logarithm(self) -> Tree:
        if self.stream.now == "(":
            tree = self.one("(")
            if self.stream.now == "^":
                raise Misread("a power of a logarithm or of its argument")
            return ("log", tree)
        is_number = self.stream.now.isdigit()
        tree = self.base()
        if self.stream.now == "^" or tree[0] in ("open", "log", "exp") or (is_number and tree[0] != "num"):
            raise Misread("a logarithm of more than one thing without parentheses")
        return ("open", ("log", tree))

    def delta(self) -> Tree:
        order: Tree = ("num", 0)
        while self.stream.take("'"):
            order = ("num", order[1] + 1)
        if self.stream.take("^"):
            order = self.scripted()
        parts = self.parts("(")
        return ("delta", *parts) if len(parts) == 2 else ("dirac", *parts, order)

    def named(self, token: str) -> Tree:
        s = self.stream
        if s.now == "(" and token in FUNCTIONS:
            return ("function", FUNCTIONS[token], *self.parts("("))
        if token in ("ω", "omega") and s.take("_"):
            order = self.one("{") if s.now == "{" else self.scripted()
            s.need("^")
            return ("function", "root_of_unity", order, self.scripted())
        if token == "average":
            s.need("NLL")
            return ("named", "avgNLL", *self.parts("("))
        if token == "D" and s.take("_", "KL"):
            token = "KL"
        if s.now == "(" and token in QUANTITIES:
            return ("named", QUANTITIES[token], *self.parts("("))
        if token in CONSTANTS:
            return ("name", CONSTANTS[token])
        s.at -= 1
        name = self.name()
        if s.take("_", "{"):
            if s.take("theta", "}") or s.take("θ", "}"):
                return ("theta", ("name", name), *self.parts("("))
            return ("entry", name, *self.many("}", self.sum))
        if s.take("_"):
            if s.take("θ"):
                return ("theta", ("name", name), *self.parts("("))
            return ("entry", name, self.scripted())
        if s.now == "(" and name in self.functions:
            return ("call", name, *self.parts("("))
        return ("name", name)
