"""The whole catalogue as a document and as a site: by field, every link leads somewhere, nothing wrong as proved."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from checked import report
from deltasift.book import book_tex, contents, site
from deltasift.book.contents import UNSORTED, Contents, field_of
from deltasift.book.write import write_book
from deltasift.catalogue import folder, page_names
from deltasift.check import check
from deltasift.pages import load_file
from founding import FOUNDING

pytestmark = pytest.mark.xdist_group("book")  # one worker makes what they share

WRONG = Path(__file__).parents[1] / "wrong" / "sign.py"


@pytest.fixture(scope="module")
def book() -> Contents:
    """Return the book of some of the pages."""
    return contents(sorted({*page_names()[::6], *FOUNDING}), report)


@pytest.fixture(scope="module")
def files(book: Contents) -> dict[str, str]:
    return site(book)


def test_fields_are_the_folders_of_the_catalogue(book: Contents) -> None:
    assert field_of(folder() / "page.py") == UNSORTED
    assert field_of(folder() / "machine_learning" / "page.py") == "Machine learning"
    assert field_of(WRONG) == UNSORTED
    assert [f.title for f in book.fields] == sorted({f.title for f in book.fields})


def test_every_rule_and_every_assumption_is_in_its_index(book: Contents) -> None:
    sifting = {p.report.page.name: p.lines for p in book.rules["sum_delta"]}
    assert 7 in sifting["kl_is_constant_plus_nll"]
    used = {s.rule for r in book.reports for x in r.lines for s in x.substeps}
    named = {p for u in used for p in re.split(r"\W", u)}
    assert {"delta_mul_log_delta", "exp_add"} <= set(book.rules) <= named
    assumed = {a.statement for r in book.reports for a in r.ledger}
    assert assumed <= set(book.assumptions)


def test_the_map_says_who_uses_whom_in_both_directions(book: Contents, files: dict[str, str]) -> None:
    around = {a.report.page.name: a for a in book.around}
    split, constant = around["kl_splits_into_entropies"], around["kl_is_constant_plus_nll"]
    assert split.report in constant.rests
    assert constant.report in split.used
    assert split.rests == ()
    text = files["map.html"].partition('id="kl_is_constant_plus_nll"')[2].partition("</dd>")[0]
    assert 'Rests on <a href="kl_splits_into_entropies.html">' in text
    assert r"rests on \S\,\ref{" in book_tex(book).partition("Which result uses which")[2]


def test_every_link_leads_to_a_file_and_a_place_in_it(files: dict[str, str], book: Contents) -> None:
    for name, text in files.items():
        if name.startswith("play/"):
            continue
        for target in re.findall(r'href="([^"]+)"', text):
            file, _, place = target.partition("#")
            assert file in files or not file, (name, target)
            assert not place or f'id="{place}"' in files[file or name], (name, target)
    for r in book.reports:
        assert f'href="play/{r.page.name}.html"' in files[f"{r.page.name}.html"]
        assert f'href="{r.page.name}.html"' in files["index.html"]


def test_the_site_asks_nobody_and_runs_nothing(files: dict[str, str]) -> None:
    for name, text in files.items():
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), name
        assert "default-src 'none'" in text
        assert name.startswith("play/") or "<script" not in text


def test_a_wrong_page_is_marked_wherever_it_is_named() -> None:
    found = contents([str(WRONG)], lambda name: check(load_file(Path(name)), points=10))
    assert not found.is_proved
    files = site(found)
    assert "not proved" in files["index.html"]
    page = files["sign.html"]
    assert page.index("Not proved:") < page.index("(not proved)")
    assert "□" not in page
    assert "Theorem" not in page
    source = book_tex(found).partition(r"\begin{document}")[2]
    assert "(not proved)" in source
    assert r"\qedsymbol" not in source


def test_the_book_needs_no_tex(book: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    one = contents(["average_or_sum"], report)
    assert [f.name for f in write_book(one, tmp_path / "book")] == ["book.tex", "index.html"]
    assert (tmp_path / "book" / "play" / "average_or_sum.html").is_file()


@pytest.mark.tex
def test_the_book_compiles_without_a_warning(book: Contents, tmp_path: Path) -> None:
    (tmp_path / "book.tex").write_text(book_tex(book), encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "book.tex"]
    for _ in range(3):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-2000:]
    log = (tmp_path / "book.log").read_text(encoding="utf-8", errors="replace")
    assert re.findall(r"(?:Warning|Overfull|Underfull \\hbox).*", log) == []
