"""HTML for a document: words escaped, formulas in MathML with words for who does not see them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy.core.basic import Basic

from deltasift.inert.mathml import MathmlLayout, visible
from deltasift.inert.notation import Notation
from deltasift.render.bibliography import short_place
from deltasift.render.board import in_prose
from deltasift.render.pen import Pen, letter_of, prose
from deltasift.render.spoken import spoken

SIGNS = {"": "", "=": "=", "<=": "≤", "<": "&lt;", ">=": "≥", ">": "&gt;", "same order": "∼", "opposite order": "⇄"}
NAMESPACE = 'xmlns="http://www.w3.org/1998/Math/MathML"'
COMMA, AND_SO_ON = "<mo>,</mo>", "<mo>,</mo><mo>…</mo><mo>,</mo>"


class WebPen(Pen):
    """Sets HTML; `pages` are those that a result may lead to."""

    def __init__(self, notation: Notation, keys: Sequence[str], pages: frozenset[str] = frozenset()) -> None:
        super().__init__(notation)
        self.numbers = {key: n for n, key in enumerate(keys, 1)}
        self.pages = pages

    def words(self, text: str) -> str:
        return worded(text)

    def formula(self, e: Basic, notation: Notation) -> str:
        return MathmlLayout(notation).text(e)

    def math(self, inner: str) -> str:
        return f"<math {NAMESPACE}><mrow>{inner}</mrow></math>"

    def show(self, e: Basic) -> str:
        return self.whole(e)

    def whole(self, e: Basic, before: str = "", *, block: bool = False) -> str:
        """Return a formula after a sign, in a line or on a row of its own."""
        return MathmlLayout(self.notation).math(e, words=spoken(e, self.notation), before=before, block=block)

    def display(self, formulas: Sequence[Basic]) -> str:
        return "".join(f'<p class="display">{self.whole(e, block=True)}</p>' for e in formulas)

    def members(self, entries: Sequence[Basic], ends: Sequence[Basic] | None, every: bool = False) -> str:
        named = (COMMA if every else AND_SO_ON).join(self.formula(e, self.notation) for e in entries)
        if ends is None:
            return self.math(named)
        few = [self.formula(e, self.notation) for e in self.few(ends)]
        numbers = COMMA.join(few) or AND_SO_ON.join(self.formula(e, self.notation) for e in ends)
        inside = f"<mo>{{</mo>{numbers}<mo>}}</mo>"
        return self.math(f"{named}<mo>∈</mo>{inside}" if named else inside)

    def sign(self, relation: str) -> str:
        return self.math(f"<mo>{SIGNS[relation]}</mo>")

    def cite(self, key: str, place: str) -> str:
        where = f", {short_place(place)}" if place else ""
        return f'<a href="#ref-{key}">[{self.numbers[key]}{visible(where)}]</a>'

    def line(self, number: int | str) -> str:
        return f'<a href="#line-{number}">({number})</a>'

    def page(self, name: str) -> str:
        return f'(<a href="{name}.html">{visible(name)}</a>)' if name in self.pages else ""

    def strong(self, text: str) -> str:
        return f"<strong>{self.words(text)}</strong>"

    def emphasis(self, text: str) -> str:
        return f"<em>{self.words(text)}</em>"


def worded(text: str) -> str:
    """Return an author's text as HTML, a letter with an index or a power set as one."""
    return "".join(_letter(m) if m else visible(in_prose(part).replace("<=", "≤")) for part, m in prose(text))


def _letter(m: re.Match[str]) -> str:
    """Return a letter with its index or its power."""
    letter, index, power = letter_of(m)
    shown = f"<i>{letter}</i>" if letter.isalpha() else letter
    return shown + (f"<sub>{index}</sub>" if index else "") + (f"<sup>{power}</sup>" if power else "")
