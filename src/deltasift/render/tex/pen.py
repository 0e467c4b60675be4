"""LaTeX for a document: words with their escapes, formulas in text style, citations, references to lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy.core.basic import Basic

from deltasift.inert.notation import Notation
from deltasift.inert.printing import TextbookLatex, escape
from deltasift.render.bibliography import short_place
from deltasift.render.breaking import rows
from deltasift.render.latex import SIGNS, indent
from deltasift.render.pen import Pen, lettered, prose

TOKEN = re.compile(r"\\text\{(?P<words> [a-z ]*|[a-z ]* )\}|\\left\b|\\right\b|\\begin\b|\\end\b|(?<!\\)[{}]|\(|\)")
CLOSING = frozenset((r"\right", r"\end", "}", ")"))
FIXED = re.compile(
    r"(?<=\bch\.) |(?<=\bchs\.) |(?<=\bthm\.) |(?<=\bthms\.) "
)  # a space in a citation at which no line ends
COUNTED = re.compile(r"(?<![\w$])(\d) \$(?=[A-Za-z])")  # a number before a name: 2 N
LOGS = re.compile(r"(?<=\d) (log|=) (?=\d)")  # 0 log 0 = 0
BETWEEN = re.compile(r" (\$-\$|\+|/) ")  # a sign between two operands, at which no line ends
QUOTED = re.compile(r'"([^"]*)"')
AT_MOST = re.compile(r" ?(?:<=|≤) ?")
TEXT = 60.0  # letters of a formula in a sentence, above which it is set in rows


class TexPen(Pen):
    """Sets LaTeX; labels begin with a prefix, and what is cited is cited as `\\cite` or in words."""

    fixed_space = " "  # a citation is one box, and may begin a line

    def __init__(self, notation: Notation, prefix: str, broad: float = TEXT) -> None:
        super().__init__(notation)
        self.prefix = prefix
        self.broad = broad

    def words(self, text: str) -> str:
        quoted = QUOTED.sub(r"“\1”", text)
        parts = [self.math(lettered(m)) if m else _escaped(part) for part, m in prose(quoted)]
        return BETWEEN.sub(r"~\1~", COUNTED.sub(r"\1~$", "".join(parts)))

    def formula(self, e: Basic, notation: Notation) -> str:
        return TextbookLatex(notation=notation).layout.text(e)

    def math(self, inner: str) -> str:
        return f"${inner}$"

    def show(self, e: Basic) -> str:
        found = self._rows(e, self.broad)
        if len(found) == 1:
            return in_sentence(found[0][1])
        return rf"$\begin{{aligned}}[t]{_aligned(found)}\end{{aligned}}$"

    def _rows(self, e: Basic, most: float) -> list[tuple[int, str]]:
        return rows(TextbookLatex(notation=self.notation).layout.marked(e), most)

    def whole(self, e: Basic, most: float, end: str = "") -> str:
        """Return a formula in full size, in rows where it is broader than that, and what ends the sentence."""
        *before, (level, last) = self._rows(e, most)
        found = [*before, (level, last + end)]
        if len(found) == 1:
            return rf"\displaystyle {found[0][1]}"
        return rf"\begin{{aligned}}[t]{_aligned(found)}\end{{aligned}}"

    def display(self, formulas: Sequence[Basic]) -> str:
        boxes = [rf"\fit{{{self.whole(e, self.broad)}}}" for e in formulas]
        return "\\begin{center}\n" + "\\qquad\n".join(boxes) + "\n\\end{center}"

    def members(self, entries: Sequence[Basic], ends: Sequence[Basic] | None, every: bool = False) -> str:
        show = TextbookLatex(notation=self.notation).layout.text
        shown = list(map(show, entries))
        named = (", " if every else r", \dots, ").join(shown)
        if ends is None:
            return self.math(named)
        inside = ", ".join(map(show, self.few(ends))) or r", \dots, ".join(map(show, ends))
        if not shown:
            return self.math(rf"\{{{inside}\}}")
        return self.math(rf"{named} \in \{{{inside}\}}")

    def sign(self, relation: str) -> str:
        return f"${SIGNS[relation]}$"

    def cite(self, key: str, place: str) -> str:
        short = FIXED.sub("~", escape(short_place(place)))
        return rf"\mbox{{\cite[{short}]{{{key}}}}}" if place else rf"\cite{{{key}}}"  # no line ends inside of it

    def strong(self, text: str) -> str:
        return rf"\textbf{{{self.words(text)}}}"

    def emphasis(self, text: str) -> str:
        return rf"\emph{{{self.words(text)}}}"

    def line(self, number: int | str) -> str:
        return rf"\eqref{{{self.prefix}{number}}}"


def _escaped(text: str) -> str:
    tied = LOGS.sub(r"~\1~", escape(text))
    return AT_MOST.sub(lambda m: "~" * m[0].startswith(" ") + r"$\le$" + "~" * m[0].endswith(" "), tied)


def in_sentence(tex: str) -> str:
    """Return mathematics in a sentence, in which words outside of all brackets are words: a line may end at them."""
    parts, depth, at = [], 0, 0
    for m in TOKEN.finditer(tex):
        if m["words"] is not None and depth == 0:
            parts += [_in_dollars(tex[at : m.start()]), m["words"]]
            at = m.end()
        elif m["words"] is None:
            depth += -1 if m[0] in CLOSING else 1
    return "".join([*parts, _in_dollars(tex[at:])])


def _in_dollars(tex: str) -> str:
    return f"${tex.strip()}$" if tex.strip() else ""


def _aligned(found: list[tuple[int, str]]) -> str:
    return r" \\ ".join(f"&{indent(level, '')} {part}" for level, part in found)
