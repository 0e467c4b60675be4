"""Pages that are checked and made once for all tests of the player."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from deltasift import load
from deltasift.check import Report, check
from deltasift.play import play

WRONG = Path(__file__).parents[1] / "wrong"


@cache
def _report(name: str) -> Report:
    return check(load(name))


@cache
def _html(name: str) -> str:
    return play(_report(name))


@pytest.fixture(scope="session")
def report() -> Callable[[str], Report]:
    """The report of a page by its name or its path."""
    return _report


@pytest.fixture(scope="session")
def html() -> Callable[[str], str]:
    """The file of a page by its name or its path."""
    return _html


@pytest.fixture(scope="session")
def wrong() -> Callable[[str], str]:
    """The path of a page that is wrong."""
    return lambda name: str(WRONG / f"{name}.py")
