"""Each page with a mistake that people make is rejected at the line in which it stands.

The mistakes are in `wrong/variants.toml`: what stands on the page, and what is written in its place.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from deltasift.catalogue import page_names, page_path
from deltasift.check import check
from deltasift.pages import load_file
from founding import FOUNDING

VARIANTS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "wrong" / "variants.toml").read_text())


def test_each_page_has_a_mistake() -> None:
    """Those of the founding pages are pages of their own, in `wrong/`."""
    assert sorted([*VARIANTS, *FOUNDING]) == page_names()


@pytest.mark.parametrize("name", VARIANTS)
def test_the_mistake_is_found_at_its_line(name: str, tmp_path: Path) -> None:
    source, variant = page_path(name).read_text(encoding="utf-8"), VARIANTS[name]
    assert variant["right"] in source
    file = tmp_path / f"{name}.py"
    file.write_text(source.replace(variant["right"], variant["wrong"], 1), encoding="utf-8")
    problems = check(load_file(file), layers=("structure",)).problems
    assert problems
    assert problems[0].startswith(f"line {variant['line']}: "), problems[0]
