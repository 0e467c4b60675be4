"""`deltasift derive PAGE --write`: reasons are put where `auto` stands, and the rest of the file stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deltasift import check
from deltasift.catalogue import page_path
from deltasift.cli import main
from deltasift.pages import load_file

PAGE = '''"""Where a delta sifts."""

from deltasift import Equality, Sum, auto, calc, delta, index, labels, real, sizes, step
from deltasift.rules import sum_comm

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, a = labels("y", n, k), real("a", k)

# Claim
claim = Equality(Sum(Sum(delta(k,y[n])*a[k],n),k), Sum(a[y[n]], n))

# Proof
proof = calc(
    Sum(Sum(delta(k,y[n])*a[k],n),k),
    step(Sum(Sum(delta(k,y[n])*a[k],k),n), by=sum_comm),   # ünusual  spacing
    step(
        Sum(a[y[n]], n),
          by = auto),
)
'''
WRITTEN = (
    PAGE.replace("Sum, auto, calc", "Sum, calc")
    .replace("by = auto", "by = sum_delta")
    .replace("import sum_comm", "import sum_comm, sum_delta")
)


def derive(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["derive", *map(str, arguments)])
    return int(stop.value.code or 0)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "sifted.py"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_only_the_reasons_and_the_imports_change(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert derive(page, "--write") == 0
    assert page.read_text(encoding="utf-8") == WRITTEN
    assert capsys.readouterr().out == f"{page}  ok, 3 lines\n"


def test_the_file_may_be_named_before_the_page_or_be_another_one(page: Path) -> None:
    other = page.with_name("other.py")
    assert derive(page, "--write", other) == 0
    assert other.read_text(encoding="utf-8") == WRITTEN
    assert page.read_text(encoding="utf-8") == PAGE
    assert derive("--write", page) == 0
    assert page.read_text(encoding="utf-8") == WRITTEN


def test_without_it_the_difference_is_shown_and_nothing_is_written(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert derive(page) == 0
    shown = capsys.readouterr().out
    assert "-          by = auto),\n+          by = sum_delta),\n" in shown
    assert page.read_text(encoding="utf-8") == PAGE


def test_line_endings_and_encoding_stay(page: Path) -> None:
    declared = "# -*- coding: latin-1 -*-\n" + PAGE
    page.write_bytes(declared.replace("\n", "\r\n").encode("latin-1"))
    assert derive(page, "--write") == 0
    assert page.read_bytes() == ("# -*- coding: latin-1 -*-\n" + WRITTEN).replace("\n", "\r\n").encode("latin-1")


def test_what_is_not_found_stays_open(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = PAGE.replace("          by = auto),\n", "          by = auto),\n    step(Sum(a[k], k), by=auto),\n")
    page.write_text(more.replace("Sum(a[y[n]], n))", "Sum(a[k], k))"), encoding="utf-8")
    assert derive(page, "--write") == 1
    text = page.read_text(encoding="utf-8")
    assert "step(Sum(a[k], k), by=auto)," in text
    assert "by = sum_delta" in text
    assert "line 4: no reasons are found for it" in capsys.readouterr().out


def test_several_lines_stand_where_one_stood(tmp_path: Path) -> None:
    file = tmp_path / "variance.py"
    file.write_text(
        '"""Variance."""\n\nimport deltasift as ds\nfrom deltasift import Sum, auto\n\n'
        'K = ds.sizes("K")\nk = ds.index("k", 1, K)\n'
        'q, a = ds.pmf("q", k), ds.real("a", k)\nmean = Sum(q[k] * a[k], k)\n'
        "proof = ds.calc(Sum(q[k] * (a[k] - mean) ** 2, k), ds.step(Sum(q[k] * a[k] ** 2, k) - mean ** 2, by=[auto]))\n"
        "claim = ds.Equality(Sum(q[k] * (a[k] - mean) ** 2, k), Sum(q[k] * a[k] ** 2, k) - mean**2)\n",
        encoding="utf-8",
    )
    assert derive(file, "--write") == 0
    text = file.read_text(encoding="utf-8")
    assert "auto" not in text
    assert "    ds.step(Sum(q[k] * a[k] ** 2, k) - mean ** 2, by=arithmetic),\n)" in text
    assert check(load_file(file), points=5).problems == ()


def test_one_place_that_makes_several_lines_is_refused(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "*[step(e, by=auto) for e in (Sum(Sum(delta(k, y[n]) * a[k], k), n), Sum(a[y[n]], n))]"
    start, end = PAGE.index("    step(Sum(Sum"), PAGE.rindex(")")
    text = f"{PAGE[:start]}    {lines},\n{PAGE[end:]}"
    page.write_text(text, encoding="utf-8")
    assert derive(page, "--write") == 2
    assert "lines 2 and 3 are written in one place" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == text


def test_a_page_with_written_reasons_is_not_written_over(page: Path) -> None:
    page.write_text(WRITTEN, encoding="utf-8")
    assert derive(page, "--write") == 2
    assert page.read_text(encoding="utf-8") == WRITTEN


@pytest.mark.parametrize("name", ["average_or_sum", "sum_over_examples_to_sum_over_classes"])
def test_the_reasons_of_a_page_of_the_catalogue_are_found_again(name: str, tmp_path: Path) -> None:
    text = page_path(name).read_text(encoding="utf-8")
    file = tmp_path / f"{name}.py"
    opened = re.sub(r"by=([\w.]+|\[[\w., ]*\])", "by=ds.auto", text)
    file.write_text(opened.replace("\nfrom deltasift import", "\nimport deltasift as ds\nfrom deltasift import", 1))
    assert "ds.auto" in file.read_text()
    assert derive(file, "--write") == 0
    assert "ds.auto" not in file.read_text()
    assert check(load_file(file), points=5).problems == ()
