"""Typst for a document: words as strings, which nothing in them can leave, and formulas with words beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy.core.basic import Basic

from deltasift.inert.notation import Notation
from deltasift.inert.pieces import plain
from deltasift.render.bibliography import short_place
from deltasift.render.board import in_prose
from deltasift.render.breaking import rows
from deltasift.render.pen import Pen, letter_of, prose
from deltasift.render.spoken import spoken
from deltasift.render.typst.layout import TypstLayout

SIGNS = {
    "": "",
    "=": "=",
    "<=": "<=",
    "<": "<",
    ">=": ">=",
    ">": ">",
    "same order": "tilde.op",
    "opposite order": "arrows.rl",
}
BRACKETS = str.maketrans({c: "\\" + c for c in "()[]"})
ROW = 62.0  # letters of a row of a formula
QUIET = re.compile(r'"[^"]*"|\b(?:frac|sqrt|attach|cases|upright|overline|hat|abs)\b|[_^(),\s{}\\]')


def string(text: str) -> str:
    """Return a string of Typst's code."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def breadth(text: str) -> float:
    """Estimate how broad a formula is, in letters: of what is written above each other the sum counts by half."""
    words = sum(len(m) - 2 for m in re.findall(r'"[^"]*"', text))
    tall = len(re.findall(r"frac\(", text))
    return words + 0.75 * len(QUIET.sub("", text)) + 1.2 * text.count("(") * 0.3 - 2.0 * tall


class TypstPen(Pen):
    """Sets Typst; labels begin with a prefix."""

    def __init__(self, notation: Notation, prefix: str, keys: Sequence[str]) -> None:
        super().__init__(notation)
        self.prefix = prefix
        self.numbers = {key: n for n, key in enumerate(keys, 1)}

    def words(self, text: str) -> str:
        return "".join(_letter(m) if m else _plain(part) for part, m in prose(text) if part)

    def formula(self, e: Basic, notation: Notation) -> str:
        return TypstLayout(notation).text(e)

    def math(self, inner: str) -> str:
        return f"${inner.strip()}$"

    def show(self, e: Basic) -> str:
        return f"#m({string(spoken(e, self.notation))}, {self.math(self.formula(e, self.notation))});"

    def without_end(self, said: str) -> str:
        return said.removesuffix('.";') + '";' if said.endswith('.";') else said

    def whole(self, e: Basic, before: str = "", most: float = ROW, end: str = "") -> str:
        """Return a large formula as code, after a sign, in rows where it is broad, with what ends the sentence."""
        marked = TypstLayout(self.notation).marked(e)
        found = rows(marked, most, measure=breadth, times="dot.op", clean=plain)
        inner = found[0][1]
        if len(found) > 1:
            inner = " \\ ".join(f"&{'quad ' * level} {_closed(part)}" for level, part in found)
        sign = f"{before} " if before else ""
        last = string(end) if end else ""
        return f"full({string(spoken(e, self.notation))}, ${sign}{inner}{last}$)"

    def display(self, formulas: Sequence[Basic]) -> str:
        shown = "#h(2em, weak: true)".join(f"#box(fitted({self.whole(e)}))" for e in formulas)
        return f"\n#align(center)[#set par(justify: false, leading: 1em)\n{shown}]\n"

    def members(self, entries: Sequence[Basic], ends: Sequence[Basic] | None, every: bool = False) -> str:
        named = (", " if every else ", dots, ").join(self.formula(e, self.notation) for e in entries)
        said = (", " if every else ", and so on to ").join(spoken(e, self.notation) for e in entries)
        if ends is None:
            return f"#m({string(said)}, ${named}$);"
        few = [self.formula(e, self.notation) for e in self.few(ends)]
        inside = ", ".join(few) or ", dots, ".join(self.formula(e, self.notation) for e in ends)
        first, last = (spoken(e, self.notation) for e in ends)
        words = f"{said} in the set from {first} to {last}" if said else f"the set from {first} to {last}"
        return f"#m({string(words)}, ${f'{named} in ' if named else ''}{{{inside}}}$);"

    def sign(self, relation: str) -> str:
        return f"#m({string('is ordered like')}, ${SIGNS[relation]}$);"

    def cite(self, key: str, place: str) -> str:
        where = f", {short_place(place)}" if place else ""
        return f"#box(link(label({string(f'{self.prefix}{key}')}))[#{string(f'[{self.numbers[key]}{where}]')};]);"

    def line(self, number: int | str) -> str:
        return f"#link(label({string(f'{self.prefix}{number}')}))[({number})];"

    def strong(self, text: str) -> str:
        return f"#strong[{self.words(text)}];"

    def emphasis(self, text: str) -> str:
        return f"#emph[{self.words(text)}];"


def _closed(part: str) -> str:
    """Return a row whose brackets need no partner in another one."""
    return part.translate(BRACKETS) if _is_broken(part) else part


def _is_broken(part: str) -> bool:
    """Whether a row has a bracket without its partner."""
    depth = 0
    for c in re.sub(r'"[^"]*"', "", part):
        depth += (c in "([") - (c in ")]")
        if depth < 0:
            return True
    return depth != 0


def _plain(text: str) -> str:
    return f"#{string(in_prose(text).replace('<=', '≤'))};"


def _letter(m: re.Match[str]) -> str:
    """Return a letter with its index or its power."""
    letter, index, power = letter_of(m)
    shown = f"#emph({string(letter)});" if letter.isalpha() else f"#{string(letter)};" if letter else ""
    return shown + (f"#sub({string(index)});" if index else "") + (f"#super({string(power)});" if power else "")
