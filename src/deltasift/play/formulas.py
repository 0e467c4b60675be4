"""The formulas of a page in HTML, as small as they can be: what is not looked for by its place carries none.

A row around one element is that element, and brackets are what browsers take them for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sympy.core.basic import Basic

from deltasift.inert.mathml import MathmlLayout

SPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'  # which HTML knows
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
TOKEN = re.compile(r"<(/?)(\w+)((?: [^<>]*)?)>|([^<]+)")
ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')
PLACE = "data-p"
PLACES = re.compile(rf'{PLACE}="([^"]*)"')
WITHOUT_USE = (("class", "whole"),)
BRACKETS = frozenset("()[]⌊⌋⌈⌉")  # at an end of a row these are fences, and grow, without being told


class PageLayout(MathmlLayout):
    """Prints MathML for a page: in the lines, which are set as blocks, each part knows its place, elsewhere none."""

    def math(self, expr: Basic, *, words: str = "", block: bool = False, before: str = "") -> str:
        shown = super().math(expr, words=words, block=block, before=before).replace(SPACE, "", 1)
        return shown if block else light(shown)


def light(text: str, looked_for: Iterable[str] = ()) -> str:
    """Return HTML whose formulas are smaller; places that are looked for stay, or those of the parts around them."""

    def smaller(found: re.Match[str]) -> str:
        here = set(PLACES.findall(found[0]))
        return _written(found[0], {_around(p, here) for p in looked_for}, ())

    return FORMULA.sub(smaller, text)


def bare(text: str) -> str:
    """Return HTML whose formulas have nothing that leads from their parts to places and symbols."""
    return FORMULA.sub(lambda found: _written(found[0], (), ("data-s",)), text)


def _around(place: str, here: Collection[str]) -> str:
    """Return the place of the smallest part around a place that is printed."""
    while place and place not in here:
        place = place.rpartition(".")[0]
    return place


@dataclass
class _Element:
    name: str
    attributes: dict[str, str]
    parts: list[_Element | str] = field(default_factory=list)

    def smaller(self) -> _Element:
        """Return the same, without what browsers know or do not need."""
        if self.name == "mo" and self.parts and self.parts[0] in BRACKETS:
            grows = self.attributes.get("stretchy") != "false"
            known = ("form", "fence", "stretchy") if grows else ("form", "fence")
            self.attributes = {k: v for k, v in self.attributes.items() if k not in known}
        if self.name == "mrow" and len(self.parts) == 1:
            [inner] = self.parts
            if isinstance(inner, _Element) and inner.attributes.keys().isdisjoint(self.attributes):
                inner.attributes = {**self.attributes, **inner.attributes}
                return inner
        return self

    def written(self) -> str:
        """Return it as text."""
        given = "".join(f' {k}="{v}"' for k, v in self.attributes.items())
        inner = "".join(p if isinstance(p, str) else p.written() for p in self.parts)
        return f"<{self.name}{given}>{inner}</{self.name}>"


def _written(formula: str, places: Collection[str], without: Collection[str]) -> str:
    """Return a formula, smaller, with these places and without some attributes."""
    stack = [_Element("", {})]
    for closing, name, attributes, text in TOKEN.findall(formula):
        if text:
            stack[-1].parts.append(text)
        elif closing:
            made = stack.pop().smaller()
            stack[-1].parts.append(made)
        else:
            given = {k: v for k, v in ATTRIBUTE.findall(attributes) if k not in without and (k, v) not in WITHOUT_USE}
            if given.get(PLACE) not in places:
                given.pop(PLACE, None)
            stack.append(_Element(name, given))
    return "".join(p if isinstance(p, str) else p.written() for p in stack[0].parts)
