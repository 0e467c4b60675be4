"""`deltasift derive PAGE --write FILE`: the file is a page like those of the catalogue, and it is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from deltasift import check
from deltasift.catalogue import page_path
from deltasift.cli import main
from deltasift.pages import load_file
from deltasift.proving import proved_page
from deltasift.render.page import page_source
from founding import FOUNDING

GIVEN = '''"""A page without a proof."""

from deltasift import CrossEntropy, Equality, Sum, define, delta, index, labels, log, pmf, positive, sizes

# Given
N, classes = sizes("N K")
example, label = index("i", 1, N), index("c", 0, classes - 1)
y = labels("y", example, label)
q = pmf("q", label, positive=True)
w = positive("w", example)  # how much an example counts
p = define(r"\\hat p", label, Sum(w[example] * delta(label, y[example]), example) / Sum(w[example], example))

# Claim
claim = Equality({left}, -Sum(w[example] * log(q[y[example]]), example) / Sum(w[example], example))
'''


def derive(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["derive", *map(str, arguments)])
    return int(stop.value.code or 0)


@pytest.mark.parametrize("name", FOUNDING)
def test_a_page_is_written_and_read_back(name: str, tmp_path: Path) -> None:
    page = proved_page(load_file(page_path(name)))
    file = tmp_path / f"{name}.py"
    file.write_text(page_source(page, page_path(name), file.name), encoding="utf-8")
    back = load_file(file)
    assert (back.title, back.text, back.domains) == (page.title, page.text, page.domains)
    assert back.claims == load_file(page_path(name)).claims
    assert check(back, points=20).problems == ()


def test_a_page_needs_no_proof_and_keeps_its_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "weighted.py"
    page.write_text(GIVEN.replace("{left}", "CrossEntropy(p, q)"), encoding="utf-8")
    assert derive(page, "--write", tmp_path / "found" / "weighted.py") == 0
    written = (tmp_path / "found" / "weighted.py").read_text(encoding="utf-8")
    given = GIVEN[GIVEN.index("# Given") :].replace("{left}", "CrossEntropy(p, q)")
    assert given.strip() in written
    assert "step(-Sum(p[label] * log(q[label]), label), by=definition)," in written
    assert check(load_file(tmp_path / "found" / "weighted.py")).problems == ()
    assert "ok, 7 lines" in capsys.readouterr().out


def test_a_page_may_be_written_over_itself(tmp_path: Path) -> None:
    page = tmp_path / "weighted.py"
    page.write_text(GIVEN.replace("{left}", "CrossEntropy(p, q)"), encoding="utf-8")
    assert derive(page, "--write", page) == 0
    once = page.read_text(encoding="utf-8")
    assert derive(page, "--write", page) == 0
    assert page.read_text(encoding="utf-8") == once


def test_a_claim_that_is_false_ends_with_1_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "wrong.py"
    page.write_text(GIVEN.replace("{left}", "-CrossEntropy(p, q)"), encoding="utf-8")
    assert derive(page, "--write", tmp_path / "out.py") == 1
    assert capsys.readouterr().out.startswith("not equal at ")
    assert not (tmp_path / "out.py").exists()


def test_without_a_file_the_page_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert derive("average_or_sum") == 0
    assert "definition" in capsys.readouterr().out


def test_an_order_without_a_proof_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "order.py"
    page.write_text(
        "from deltasift import NLL, AverageNLL, SameOrder, index, labels, pmf, sizes\n"
        'N, K = sizes("N K")\n'
        'n, k = index("n", 1, N), index("k", 1, K)\n'
        'y, q = labels("y", n, k), pmf("q", k, positive=True)\n'
        "claim = SameOrder(NLL(q, y), AverageNLL(q, y), q)\n",
        encoding="utf-8",
    )
    assert derive(page) == 2
    assert "order.py: claim 1 is an order" in capsys.readouterr().err
