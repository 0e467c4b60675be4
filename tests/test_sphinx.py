"""The directive for Sphinx: a derivation in a document, in HTML and in LaTeX, and what is wrong said to be so."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

pytest.importorskip("sphinx", reason="Sphinx is not installed: pip install 'deltasift[sphinx]'")

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

WRONG = Path(__file__).parent / "wrong"


def build(folder: Path, builder: str, source: str) -> tuple[dict[str, str], str]:
    """Return the files that are built of a document in a folder of the source, and the warnings."""
    inner = folder / "source" / "part"
    inner.mkdir(parents=True, exist_ok=True)
    (folder / "source" / "conf.py").write_text('extensions = ["deltasift.sphinx"]\nproject = "A lecture"\n')
    (folder / "source" / "index.rst").write_text("Lecture\n=======\n\n.. toctree::\n\n   part/one\n", encoding="utf-8")
    (inner / "one.rst").write_text(f"One\n===\n\n{source}\n", encoding="utf-8")
    said = io.StringIO()
    out = folder / builder
    where = folder / "source"
    with patch_docutils(), docutils_namespace():
        app = Sphinx(where, where, out, folder / "doctrees", builder, status=None, warning=said, freshenv=True)
        app.build()
    suffixes = (".html", ".tex", ".txt")
    files = {str(p.relative_to(out)): p.read_text(encoding="utf-8") for p in out.rglob("*") if p.suffix in suffixes}
    return files, said.getvalue()


def test_a_derivation_stands_in_a_page_with_its_player(tmp_path: Path) -> None:
    files, said = build(tmp_path, "html", ".. derivation:: classification_loss_is_average_nll")
    assert said == ""
    page = files["part/one.html"]
    assert page.count("<h1>") == 1
    assert '<table class="steps">' in page
    [player] = [name for name in files if name.startswith("_derivations/")]
    assert f'<iframe src="../{player}"' in page
    assert files[player].startswith("<!doctype html>")
    assert "deltasift.css" in page
    assert (tmp_path / "html" / "_static" / "deltasift.css").is_file()


def test_without_a_player_there_is_none(tmp_path: Path) -> None:
    source = ".. derivation:: classification_loss_is_average_nll\n   :no-player:\n   :notation: log=ln"
    files, said = build(tmp_path, "html", source)
    assert said == ""
    assert not [name for name in files if name.startswith("_derivations/")]
    assert "<iframe" not in files["part/one.html"]
    assert ">ln<" in files["part/one.html"]


@pytest.mark.parametrize(
    ("builder", "file", "part"), [("latex", "alecture.tex", r"\log q"), ("text", "part/one.txt", "log q")]
)
def test_it_stands_in_other_formats_too(builder: str, file: str, part: str, tmp_path: Path) -> None:
    files, said = build(tmp_path, builder, ".. derivation:: classification_loss_is_average_nll")
    assert said == ""
    assert part in files[file]


def test_a_wrong_page_of_ones_own_is_not_proved(tmp_path: Path) -> None:
    inner = tmp_path / "source" / "part"
    inner.mkdir(parents=True)
    (inner / "sign.py").write_bytes((WRONG / "sign.py").read_bytes())
    files, said = build(tmp_path, "html", ".. derivation:: sign.py")
    assert "one.rst:4" in said
    assert "sign is not proved" in said
    assert "Not proved" in files["part/one.html"]
    assert "∎" not in files["part/one.html"]


@pytest.mark.parametrize("name", ["no_such_page", "missing.py"])
def test_a_page_that_is_not_there_is_an_error(name: str, tmp_path: Path) -> None:
    _, said = build(tmp_path, "html", f".. derivation:: {name}")
    assert "ERROR" in said
    assert name in said
