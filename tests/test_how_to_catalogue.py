"""The table of what people ask for most leads to pages that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deltasift.catalogue import page_names

PAGE = (Path(__file__).parents[1] / "docs" / "how-to" / "catalogue.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## Which page has it\n")[2].partition("\n## ")[0]
PROVED, MISSING = (part.split("| --- | --- |\n")[1].strip().splitlines() for part in SECTION.split("Not there"))


def cells(row: str) -> tuple[str, str]:
    asked, where = row.strip("| ").split(" | ")
    return asked, where


@pytest.mark.parametrize("row", PROVED, ids=lambda row: cells(row)[0])
def test_the_pages_of_a_result_exist(row: str) -> None:
    named = re.findall(r"`(\w+)`", cells(row)[1])
    assert named
    assert set(named) <= set(page_names())


@pytest.mark.parametrize("row", MISSING, ids=lambda row: cells(row)[0])
def test_what_is_missing_has_its_reason(row: str) -> None:
    assert len(cells(row)[1].split()) > 5
