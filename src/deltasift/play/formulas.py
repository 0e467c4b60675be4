"""The formulas of a page in HTML, as small as they can be: what has no place to be found by carries none."""

from __future__ import annotations

import re

from sympy.core.basic import Basic

from deltasift.inert.mathml import MathmlLayout

SPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'  # which HTML knows
ALONE = re.compile(r"<mrow>(<(mi|mn|mo|mtext)\b[^>]*>[^<]*</\2>)</mrow>")
NAMED = re.compile(r"<mrow((?: (?:data-[ps]|class)=\"[^\"]*\")+)><(mi|mn)>([^<]*)</\2></mrow>")
PLACED = re.compile(
    r"<mrow( data-p=\"[^\"]*\")><(mi|mn)((?: (?:data-s|class|mathvariant)=\"[^\"]*\")+)>([^<]*)</\2></mrow>"
)
WRAPPED = re.compile(r"<mrow>(<mrow\b[^>]*>(?:(?!<mrow|</mrow>).)*</mrow>)</mrow>")


class PageLayout(MathmlLayout):
    """Prints MathML for a page: in the lines, which are set as blocks, each part knows its place, elsewhere none."""

    def math(self, expr: Basic, *, words: str = "", block: bool = False, before: str = "") -> str:
        shown = super().math(expr, words=words, block=block, before=before).replace(SPACE, "", 1)
        return light(shown) if block else light(shown, "p")


def light(formulas: str, *without: str) -> str:
    """Return formulas without some of the attributes `data-...`, and with one element in place of a row around it."""
    for name in without:
        formulas = re.sub(rf' data-{name}="[^"]*"', "", formulas)
    before = ""
    while before != formulas:
        before = formulas
        formulas = WRAPPED.sub(r"\1", ALONE.sub(r"\1", formulas))
        formulas = PLACED.sub(r"<\2\1\3>\4</\2>", NAMED.sub(r"<\2\1>\3</\2>", formulas))
    return formulas


def bare(formulas: str) -> str:
    """Return formulas without what leads from their parts to places and symbols."""
    return light(formulas, "p", "s")
