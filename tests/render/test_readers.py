"""What is printed is what was checked: readers that know nothing of the printers get the same value out of the text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deltasift.inert.layout import Layout
from deltasift.parse.grammar import read
from readers.agree import NOTATIONS, PLAIN, WAYS, misprint
from readers.chains import LEAVES, STEPS, chains
from readers.latex import read_latex
from readers.stream import Misread
from readers.text import read_text
from readers.values import value
from strategies import trees

# What differs from another in the tree, but not in the places where a printer decides.
ALIKE = frozenset(
    [
        *("delta right", "two indices", "two arguments", "last case", "cos", "Max", "upper end", "point", "dirac'"),
        *("quantity", "and last", "for every", "integer", "unequal", "mul middle", "exp", "difference", "expectation"),
    ]
)


def problems(expressions: Any, ways: int = WAYS) -> list[str]:
    """Return the misprints among expressions; each is printed in some of the ways, in turn, and in one notation."""
    turn = count()
    found = []
    for name, e in expressions:
        for _ in range(ways):
            t = next(turn)
            why = misprint(e, NOTATIONS[t * 7 % len(NOTATIONS)], t)
            found += [f"{name}: {why}"] if why else []
    return found


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_every_head_around_every_leaf_reads_as_what_it_is(leaf: Any) -> None:
    assert [why for n in NOTATIONS[::5] for _, e in chains(1, leaf) if (why := misprint(e, n))] == []


def test_every_head_in_every_head_reads_as_what_it_is_in_every_alphabet() -> None:
    assert problems(chains(2), WAYS) == []


@pytest.mark.parametrize("leaf", LEAVES[1:], ids=str)
def test_every_head_in_every_head_around_every_leaf(leaf: Any) -> None:
    assert problems(chains(2, leaf), 1) == []


def test_three_heads_in_each_other() -> None:
    assert problems(chains(3, without=ALIKE), 1) == []


@settings(max_examples=250)
@given(trees, st.sampled_from(NOTATIONS))
def test_random_lines_read_as_what_they_are(tree: Any, notation: Any) -> None:
    assert misprint(tree, notation) is None


HANDLES = ("expectation", "quantity", "divergence")  # take declared names and no expressions


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_the_spelling_of_a_page_is_read_back(leaf: Any) -> None:
    names = frozenset("fq")
    depth = 2 if leaf is LEAVES[0] else 1
    expressions = [e for name, e in chains(depth, leaf) if not any(h in name for h in HANDLES)]
    assert [str(e) for e in expressions if read(str(e), {}, names)[0] != e] == []


# --- the readers -----------------------------------------------------------------------------------------------------

LOST: dict[str, tuple[str, Callable[..., Any]]] = {
    "parentheses of what holds together less": ("_at_least", lambda self, p, level: p.text),
    "parentheses of a factor": ("_grouped", lambda self, p: p),
    "parentheses before a factor": ("_closed", lambda self, p, least=0: p.text),
}


@pytest.mark.parametrize("lost", LOST)
def test_the_readers_see_what_is_lost(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Layout, *LOST[lost])
    assert len(problems(chains(2), 1)) > 5


TWO_MEANINGS = [
    r"\log x y",
    r"\log x^{2}",
    r"2 2",
    r"\sum_{k=1}^{K} k)",
    r"\left(a)",
    r"a - left(b",
    r"a + - b",
    r"\sum_{k=1}^{K}",
]


@pytest.mark.parametrize("text", TWO_MEANINGS)
def test_what_has_two_meanings_or_none_is_refused(text: str) -> None:
    with pytest.raises(Misread):
        read_latex([text], frozenset())


@pytest.mark.parametrize("rows", [["a +", "b"], [r"\log", "x"], [r"\sum_{k=1}^{K}", "k"], ["a", "b"], [r"a \le", "b"]])
def test_a_row_that_begins_with_what_belongs_to_the_row_before_is_refused(rows: list[str]) -> None:
    with pytest.raises(Misread):
        read_latex(rows, frozenset())


def test_a_scope_has_its_value() -> None:
    texts = [r"\sum_{k=1}^{K} k a", r"\left(\sum_{k=1}^{K} k\right) a", r"\left(\sum_{j=1}^{K} k\right) a"]
    assert len({value(read_latex([t], frozenset())) for t in texts}) == 3
    assert value(read_text(["∑_{k=1}^{K} k a"], frozenset())) == value(read_latex(texts[:1], frozenset()))


def test_all_heads_are_there() -> None:
    assert len(STEPS) > 50
    assert PLAIN in NOTATIONS
