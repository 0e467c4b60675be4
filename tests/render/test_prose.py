"""A letter, an index, a power and a minus in an author's text are set as such in each medium, and nothing else is."""

from __future__ import annotations

import pytest

from deltasift.inert.notation import Notation
from deltasift.render.markdown import FLAVOURS, MarkdownPen
from deltasift.render.pen import prose
from deltasift.render.tex.pen import TexPen
from deltasift.render.webpen import worded


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("p is 0 where q is", "$p$ is 0 where $q$ is"),
        ("p's mean over T. So (1 - p)^2", "$p$'s mean over $T$. So (1~$-$~$p$)$^{2}$"),
        ("a share of -log f(x, a)", "a share of $-$log $f$($x$, $a$)"),
        ("(A + A') x", "($A$~+~$A$') $x$"),
        ("(A + A^T) x", "($A$~+~$A^{T}$) $x$"),
        ("2 N terms, as 0 log 0 = 0 in it", "2~$N$ terms, as 0~log~0~=~0 in it"),
    ],
)
def test_a_letter_that_is_no_word_is_a_name(text: str, tex: str) -> None:
    assert TexPen(Notation(), "").words(text) == tex


def test_each_medium_sets_a_letter() -> None:
    text = "p_k is a share, t^2 - N a square."
    assert TexPen(Notation(), "").words(text) == "$p_{k}$ is a share, $t^{2}$~$-$~$N$ a square."
    assert MarkdownPen(Notation(), FLAVOURS["myst"], ()).words(text) == "$p_{k}$ is a share, $t^{2}$ $-$ $N$ a square."
    assert worded(text) == "<i>p</i><sub>k</sub> is a share, <i>t</i><sup>2</sup> − <i>N</i> a square."


@pytest.mark.parametrize(
    "text",
    [
        "sum_delta",
        "a_bc",
        r"\\hat p_k",
        "2^3",
        "a^b^2",
        "file_a.py_x",
        "A kernel and a 1, e.g. well-known, i.e. one; don't",
        "Christopher M. Bishop, G. H. Hardy and G. Polya",
        "",
    ],
)
def test_other_text_is_left(text: str) -> None:
    assert [m for _, m in prose(text) if m] == []
    assert "".join(part for part, _ in prose(text)) == text
