"""A letter with an index or a power in an author's text is set as one in each medium, and nothing else is."""

from __future__ import annotations

import pytest

from deltasift.inert.notation import Notation
from deltasift.render.markdown import FLAVOURS, MarkdownPen
from deltasift.render.pen import prose
from deltasift.render.tex.pen import TexPen
from deltasift.render.webpen import worded


def test_each_medium_sets_a_letter() -> None:
    text = "p_k is a share, t^2 a square."
    assert TexPen(Notation(), "").words(text) == "$p_{k}$ is a share, $t^{2}$ a square."
    assert MarkdownPen(Notation(), FLAVOURS["myst"], ()).words(text) == "$p_{k}$ is a share, $t^{2}$ a square."
    assert worded(text) == "<i>p</i><sub>k</sub> is a share, <i>t</i><sup>2</sup> a square."


@pytest.mark.parametrize(
    "text", ["sum_delta", "a_bc", "x_k(y)", "x_n[k]", r"\\hat p_k", "2^3", "a^b^2", "file_a.py_x", ""]
)
def test_other_text_is_left(text: str) -> None:
    assert [m for _, m in prose(text) if m] == []
    assert "".join(part for part, _ in prose(text)) == text
