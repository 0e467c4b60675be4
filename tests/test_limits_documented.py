"""The limits that the reference states are those of the source."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "docs" / "reference" / "limits.md").read_text(encoding="utf-8")
ROWS = re.findall(r"\| (\d+) \| `([\w.]+)` \|", PAGE)
PROSE = re.findall(r"(-?\d+)[^`.|]*\(`([\w.]+)`\)", PAGE)


@pytest.mark.parametrize(("value", "name"), [*ROWS, *PROSE])
def test_a_limit_is_what_the_reference_says(value: str, name: str) -> None:
    module, _, constant = name.rpartition(".")
    assert getattr(importlib.import_module(f"deltasift.{module}"), constant) == int(value)


def test_the_tables_are_read() -> None:
    assert (len(ROWS), len(PROSE)) == (27, 8)
