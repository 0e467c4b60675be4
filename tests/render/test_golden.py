"""Every page of the catalogue, rendered, against files that were looked at; `make golden` writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from checked import report
from deltasift.check import Report
from deltasift.emit import ArrayProgram, python_source
from deltasift.render import document, latex, text
from deltasift.render.formulas import columns
from founding import FOUNDING

GOLDEN = Path(__file__).parents[1] / "golden"
FORMATS: dict[str, Callable[[Report], str]] = {
    "txt": text,
    "tex": latex,
    "document.tex": document,
    "py": python_source,
    "numpy.py": partial(python_source, form=ArrayProgram),
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", FOUNDING)
def test_page_is_rendered_as_the_golden_file(name: str, suffix: str, update_golden: bool) -> None:
    path = GOLDEN / f"{name}.{suffix}"
    rendered = FORMATS[suffix](report(name))
    if update_golden:
        path.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FOUNDING)
def test_text_fits_its_width_and_ascii_is_ascii(name: str) -> None:
    assert text(report(name), ascii_only=True).isascii()
    broad = [row for row in text(report(name), width=100).splitlines() if columns(row) > 100]
    assert broad == []
