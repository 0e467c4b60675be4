"""Every page of the catalogue, rendered, against files that were looked at; `make golden` writes them anew."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from deltasift.catalogue import page_names
from deltasift.check import Report, check
from deltasift.emit import ArrayProgram, python_source
from deltasift.emit.typeset import ABSENT, can_typeset
from deltasift.pages import load
from deltasift.render import document, latex, text
from deltasift.render.formulas import columns

GOLDEN = Path(__file__).parents[1] / "golden"
FORMATS: dict[str, Callable[[Report], str]] = {
    "txt": text,
    "tex": latex,
    "document.tex": document,
    "py": python_source,
    "numpy.py": partial(python_source, form=ArrayProgram),
}


@cache
def report(name: str) -> Report:
    return check(load(name))


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", page_names())
def test_page_is_rendered_as_the_golden_file(name: str, suffix: str, update_golden: bool) -> None:
    if suffix == "document.tex" and not can_typeset():
        pytest.skip(ABSENT)
    path = GOLDEN / f"{name}.{suffix}"
    rendered = FORMATS[suffix](report(name))
    if update_golden:
        path.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == path.read_text(encoding="utf-8")


@pytest.mark.tex
@pytest.mark.parametrize("name", page_names())
def test_document_compiles_without_a_warning(name: str, tmp_path: Path) -> None:
    source = tmp_path / "page.tex"
    source.write_text(document(report(name)), encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", source.name]
    for _ in range(2):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-2000:]
    log = (tmp_path / "page.log").read_text(encoding="utf-8", errors="replace")
    assert re.findall(r"(?:Warning|Overfull|Underfull).*", log) == []
    done = subprocess.run(["pdftotext", "page.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    words = " ".join(done.stdout.decode("utf-8").split())
    for part in ("Claim.", "Proof.", "References", f"({len(report(name).lines)})"):
        assert part in words
    title = report(name).page.title.split()
    assert title[0] in words
    assert title[-1] in words


@pytest.mark.parametrize("name", page_names())
def test_text_fits_its_width_and_ascii_is_ascii(name: str) -> None:
    assert text(report(name), ascii_only=True).isascii()
    broad = [row for row in text(report(name), width=100).splitlines() if columns(row) > 100]
    assert broad == []
