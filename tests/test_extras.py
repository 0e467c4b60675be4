"""What the package says of itself: extras that any index can meet, and a front page without links that lead nowhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ASKED = [*PROJECT["dependencies"], *(r for extra in PROJECT["optional-dependencies"].values() for r in extra)]


@pytest.mark.parametrize("asked", ASKED)
def test_no_requirement_asks_for_a_local_version_or_a_place(asked: str) -> None:
    requirement = Requirement(asked)
    assert requirement.url is None
    assert [s for s in requirement.specifier if Version(s.version).local] == []


def test_the_frameworks_of_the_tests_fit_what_the_extras_ask_for() -> None:
    [chosen] = re.findall(r"^TORCH \?= (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    [exact] = Requirement(chosen).specifier
    asked = [Requirement(r) for r in PROJECT["optional-dependencies"]["torch"]]
    assert all(Version(exact.version) in r.specifier for r in asked if r.name == Requirement(chosen).name)
    # the CPU build is that version to pip, and before it in its order
    assert Version(f"{exact.version}+cpu") in Requirement(chosen).specifier
    assert Version(f"{exact.version}+cpu") > Version(exact.version)


def test_an_index_page_has_no_link_into_the_repository() -> None:
    """But for the picture, of which an index page shows the words."""
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)]*)\)|<(?:img|a)\b[^>]*=\"([^\"]*)\"", README)
    targets = [target for pair in links for target in pair]
    assert [t for t in targets if t and not t.startswith(("https://", "#"))] == []


def test_files_that_the_readme_names_are_there() -> None:
    named = set(re.findall(r"`((?:docs|benchmarks|derivations|tests)/[\w./-]*|[A-Z]+\.md)`", README))
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
