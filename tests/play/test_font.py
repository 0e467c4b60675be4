"""The font of a page is cut from one that was cut before, or from the whole one, and is the same font."""

from __future__ import annotations

import base64

import pytest

from deltasift.play.font import ALWAYS, USUAL, _cut, _italic, _whole, subset

WHOLE = _whole()


@pytest.mark.skipif(WHOLE is None, reason="the font is not installed")
@pytest.mark.parametrize("letters", ["adkN=∑α", "adkN=∑α↦"])
def test_it_is_what_would_be_cut_from_the_whole_font(letters: str) -> None:
    assert WHOLE is not None
    assert set(letters) <= set(USUAL) or "↦" in letters
    found = subset(letters)
    assert found is not None
    whole = _cut(WHOLE, letters + ALWAYS + _italic(letters), "woff")
    assert base64.b64decode(found.partition(",")[2]) == whole
