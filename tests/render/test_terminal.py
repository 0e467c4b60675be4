"""Lines in a terminal: two dimensions where they fit, what changed is marked, what is said once is said once."""

from __future__ import annotations

import random
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol

from checked import report
from deltasift.inert import Add, Div, Entry, Log, Mul, Neg, Node, Pow, Sum, postorder
from deltasift.inert.notation import Notation
from deltasift.inert.pieces import LIT, UNLIT, plain
from deltasift.render import text
from deltasift.render.board import BoardLayout
from deltasift.render.changed import changed
from deltasift.render.formulas import Formulas, columns
from deltasift.render.stacked import Flat, stacked
from founding import FOUNDING
from readers.chains import chains
from strategies import trees

a, b, c, k, K, q = (Symbol(name) for name in "abckKq")
BOARD = BoardLayout()


def drawing(e: Any, ascii_only: bool = False) -> list[str]:
    return ["".join(letter for letter, _ in row).rstrip() for row in stacked(e, Notation(), ascii_only).rows]


# --- two dimensions --------------------------------------------------------------------------------------------------


def test_a_fraction_and_a_sum_are_drawn_as_on_a_board() -> None:
    e = Mul(Div(-1, K), Sum(Mul(Div(a, Add(b, c)), Log(Entry(q, k))), (k, 1, K)))
    assert drawing(e) == [
        "  1  K    a",
        "- ─  ∑  ───── log q_k",
        "  K k=1 b + c",
    ]
    assert drawing(e, ascii_only=True) == [
        "  1  K    a",
        "- - sum ----- log q_k",
        "  K k=1 b + c",
    ]


def test_parentheses_are_as_tall_as_what_they_hold() -> None:
    assert drawing(Pow(Add(Div(a, b), c), 2)) == ["⎛a    ⎞", "⎜─ + c⎟^2", "⎝b    ⎠"]


def test_no_fraction_stands_in_an_index() -> None:
    with pytest.raises(Flat):
        stacked(Entry(q, Div(k, 2)), Notation(), False)
    shown = Formulas(Notation(), False, True, False).rows(Entry(q, Div(k, 2)), "", 80)
    assert shown.rows == ["q_{k/2}"]


@given(trees, st.booleans())
def test_a_drawing_is_a_rectangle_with_every_name_in_it(tree: Any, ascii_only: bool) -> None:
    try:
        box = stacked(tree, Notation(), ascii_only)
    except Flat:
        return
    assert {len(row) for row in box.rows} == {box.width}
    assert 0 <= box.line < len(box.rows)
    drawn = "".join(letter for row in box.rows for letter, _ in row)
    written = BoardLayout(ascii_only=ascii_only).text(tree)
    assert sorted(re.findall("[a-z0-9]", drawn)) == sorted(re.findall("[a-z0-9]", written))


# --- what changed ----------------------------------------------------------------------------------------------------


def test_the_smallest_part_that_changed() -> None:
    before = Add(a, Neg(Sum(Mul(b, Entry(q, k)), (k, 1, K))))
    assert changed(before, before) == ()
    assert changed(before, Add(a, Neg(Sum(Mul(c, Entry(q, k)), (k, 1, K))))) == (1, 0, 0, 0)
    assert changed(before, Add(a, Neg(Sum(Mul(c, Entry(q, b)), (k, 1, K))))) == (1, 0, 0)
    assert changed(before, Add(b, c)) == ()


def test_what_is_marked_is_printed_as_it_was() -> None:
    for _, e in chains(2):
        for path in paths(e):
            assert plain(BOARD.marked(e, path)) == BOARD.text(e)


def paths(e: Any) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = [()]
    for path in found:
        part = e
        for i in path:
            part = part.args[i]
        found += [(*path, i) for i in range(len(part.args))] if isinstance(part, Node) else []
    return found[1:]


def test_one_of_two_equal_terms_is_marked() -> None:
    term = Log(a)
    marked = BOARD.marked(Add(term, term), (1,))
    assert plain(marked.partition(LIT)[0]) == "log a + "
    assert marked.endswith(UNLIT)


@given(trees, st.randoms(use_true_random=False))
def test_marks_come_in_pairs(tree: Any, rng: random.Random) -> None:
    where = paths(tree)
    marked = BOARD.marked(tree, rng.choice(where)) if where else ""
    assert marked.count(LIT) == marked.count(UNLIT)


def test_what_changed_is_underlined_or_coloured() -> None:
    before, after = Add(a, Log(Mul(b, c))), Add(a, Log(b), Log(c))
    seen = changed(Neg(before), Neg(after))
    assert Formulas(Notation(), False, True, False).rows(Neg(after), "= ", 80, seen).rows == [
        "= -(a + log b + log c)",
        "    ‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾",
    ]
    (row,) = Formulas(Notation(), False, True, True).rows(Neg(after), "= ", 80, seen).rows
    assert "\x1b[" in row
    assert columns(row) == len("= -(a + log b + log c)")


# --- a page ----------------------------------------------------------------------------------------------------------

PARTED = re.compile(r"(\blog|\bln|[-+=≤<·/^_(\[])$")
BOUNDS, ATOM = re.compile(r"\}\^\{\w+\}$"), re.compile(r"\(*[^\s(]*(\([^()]*\))?\S*")


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("name", FOUNDING)
def test_no_row_is_too_long_or_ends_within_an_atom(name: str, terminal: bool, width: int) -> None:
    rows = text(report(name), width=width, terminal=terminal).splitlines()
    proof = rows[rows.index("Proof 1" if "Proof 1" in rows else "Proof") :]
    assert [r for r in rows if columns(r) > width] == []
    for row, after in pairwise(proof):  # a term stands beside the sign of its sum, where there is room for it
        if BOUNDS.search(row) and not after.lstrip().startswith("("):
            assert columns(f"{row} {ATOM.match(after.strip())[0]}") > width
    formulas = [r for r in proof if re.match(r" *\d+  [ =~⇄] |  +[-+·] ", r)]
    assert formulas
    assert [r for r in formulas if PARTED.search(r)] == []


def test_reasons_stand_at_the_right_from_100_columns_on() -> None:
    wide = text(report("cross_entropy_is_average_nll"), width=100)
    assert re.search(r"log q_k {3,}Two finite sums may be exchanged", wide)
    assert not re.search(r"log q_k {3,}Two", text(report("cross_entropy_is_average_nll"), width=99))


@pytest.mark.parametrize("name", FOUNDING)
def test_what_is_said_of_several_lines_is_said_once(name: str) -> None:
    shown = text(report(name), width=400)
    said = [row for row in shown.splitlines() if re.match(r" +[✓?-] .*(random points|all K)", row)]
    bare = [re.sub(r" +[✓?-] (every line: |lines [\d, to]+: )?", "", row) for row in said]
    assert len(set(bare)) == len(bare)
    checked = shown.partition("Checked\n")[2].split("\n\n")[0]
    assert ("every line: " in checked) or ("lines " in checked)


def test_colour_is_asked_for() -> None:
    page = report("average_or_sum")
    assert "\x1b[" not in text(page, terminal=True)
    coloured = text(page, terminal=True, color=True)
    assert "\x1b[" in coloured
    assert coloured.count("✓") == text(page, terminal=True).count("✓")


def test_deep_lines_are_printed_in_rows() -> None:
    e: Any = a
    for _ in range(3000):
        e = Div(b, e)
    shown = Formulas(Notation(), False, True, False).rows(e, "", 80)
    assert len(list(postorder(e))) > 3000
    assert shown.rows
