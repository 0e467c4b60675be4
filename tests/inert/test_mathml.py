"""MathML is well formed, each part knows its place, and names of users stay text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from sympy import Symbol

from deltasift import load
from deltasift.catalogue import page_names
from deltasift.inert import Add, Delta, Div, Entry, Log, Mul, Neg, Node, Pow, Sum
from deltasift.inert.mathml import MathmlLayout, visible
from deltasift.line.views import at
from readers.chains import LEAVES as ATOMS
from readers.chains import chains
from strategies import trees

x, y, k, q = map(Symbol, ("x", "y", "k", "q"))
LAYOUT = MathmlLayout()
ATTRIBUTES = {"class", "data-p", "data-s", "displaystyle", "fence", "form", "mathvariant", "stretchy", "width"}
LEAVES = {"mi", "mo", "mn", "mtext", "mspace"}


def element(e: Any) -> ET.Element:
    return ET.fromstring(LAYOUT.math(e).replace(' xmlns="http://www.w3.org/1998/Math/MathML"', ""))


def shown(e: ET.Element) -> str:
    """Return what is seen, without the invisible signs."""
    return "".join(e.itertext()).replace("\u2062", "").replace("\u2061", "")


def assert_sound(e: Any) -> None:
    root = element(e)
    places = [p for p in root.iter() if "data-p" in p.attrib]
    for part in root.iter():
        assert part.tag in LEAVES or not (part.text or "").strip(), "text stands in an element that is no leaf"
        assert not (part.tail or "").strip()
        wanted = {"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "munderover": 3, "msubsup": 3}
        assert len(part) == wanted.get(part.tag, len(part))
    for place in places:
        path = tuple(int(i) for i in place.attrib["data-p"].split(".") if i)
        part = at(e, path)
        if not isinstance(part, Node) and part.is_Symbol:
            assert shown(place) == shown(element(part))
    inside = {c: p for p in root.iter() for c in p}
    for place in places:
        outer = inside.get(place)
        while outer is not None and "data-p" not in outer.attrib:
            outer = inside.get(outer)
        if outer is not None:
            assert place.attrib["data-p"].startswith(outer.attrib["data-p"])


@pytest.mark.parametrize("name", page_names())
def test_every_line_is_well_formed_and_its_parts_have_their_places(name: str) -> None:
    page = load(name)
    for e in (*page.claims, *(line for proof in page.proofs for line in proof.lines)):
        assert_sound(e)


@pytest.mark.parametrize("leaf", [ATOMS[0], ATOMS[3], ATOMS[8]], ids=str)
def test_every_head_in_every_other_is_well_formed(leaf: Any) -> None:
    for _, e in chains(2, leaf):
        assert_sound(e)


@given(trees)
def test_any_expression_is_well_formed(e: Any) -> None:
    assert_sound(e)


@pytest.mark.parametrize(
    ("e", "text"),
    [
        (Neg(Add(x, y)), "−(x+y)"),
        (Add(x, Neg(y)), "x−y"),
        (Mul(2, 3), "2⋅3"),
        (Mul(x, Pow(2, y)), "x⋅2y"),
        (Log(Entry(q, k)), "logqk"),
        (Delta(k, Entry(y, x)), "δk,yx"),
        (Div(Neg(x), y), "−xy"),
        (Sum(Entry(q, k), (k, 1, Symbol("K"))), "∑k=1Kqk"),
    ],
)
def test_signs_and_parentheses_are_those_of_the_other_alphabets(e: Any, text: str) -> None:
    assert shown(element(e)) == text


@pytest.mark.parametrize(
    "name", ["</mi><script>alert(1)</script>", "a<b", 'x" onerror="1', "a&b", "\u202ek", "k\u0000"]
)
def test_a_name_is_text_whatever_it_is(name: str) -> None:
    root = element(Log(Symbol(name)))
    assert {e.tag for e in root.iter()} <= {"math", "mrow", "mi", "mo", "mspace", "mtext"}
    assert {a for e in root.iter() for a in e.attrib} <= ATTRIBUTES
    assert "\u202e" not in LAYOUT.math(Symbol(name))


@pytest.mark.parametrize(
    ("name", "text"),
    [("\\hat p", "p^"), ("mu_1", "μ1"), ("theta'", "θ′"), ("\\hat{p}_k", "p^k"), ("lambda", "λ"), ("loss", "loss")],
)
def test_names_are_set_as_names(name: str, text: str) -> None:
    assert shown(element(Symbol(name))) == text


def test_what_turns_the_direction_of_a_text_is_seen() -> None:
    assert visible("a\u202eb<i>") == "a[U+202E]b&lt;i&gt;"
