"""What every pytest session of an environment with deltasift loads: options, and the question which files are pages.

It stands outside of the package, since importing anything inside loads SymPy, and a session without pages is not to
pay for that. A page is found by reading its source, in `_deltasift_pages`; it is run by `deltasift.pytest_plugin`,
imported when there is one. It asserts nothing, so that it can be imported before pytest: PYTEST_DONT_REWRITE.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from _deltasift_pages import is_page

if TYPE_CHECKING:
    from collections.abc import Generator

    import pluggy

PATHS = hasattr(pytest, "version_tuple")  # pytest 7, the first that hands a plugin the path of a file as `file_path`


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options of the plugin."""
    group = parser.getgroup("deltasift", "derivations as tests")
    group.addoption(
        "--deltasift-seed",
        metavar="SEED",
        default="",
        help="Draw other random points: added to the seed, which comes from the page's name.",
    )
    strict = "Fail a line that rests on its rule alone, or on a solver: that neither models nor numbers have seen."
    group.addoption("--deltasift-strict", action="store_true", default=False, help=strict)
    parser.addini("deltasift_strict", strict, type="bool", default=False)


def pytest_report_header() -> str | None:
    """Say so where pytest is too old to be handed pages."""
    return None if PATHS else f"deltasift: pages are collected by pytest 7 and later, and this is {pytest.__version__}"


def _pages(file_path: Path, parent: pytest.Collector) -> Generator[None, pluggy.Result[list[pytest.Collector]], None]:
    """Collect a page as its lines, and not as a module of tests besides."""
    outcome = yield
    named = parent.session.isinitpath(file_path)
    if file_path.suffix != ".py" or not (named or not file_path.name.startswith("_")):
        return
    try:
        source = file_path.read_bytes()
    except OSError:
        return
    if not is_page(source, named=named):
        return
    from deltasift.pytest_plugin import PageFile

    others = [c for c in outcome.get_result() if type(c) is not pytest.Module]
    outcome.force_result([*others, PageFile.from_parent(parent, path=file_path)])


if PATHS:
    # the wrappers of pluggy before 1.2, which every later one has too: pytest 7.2 is content with pluggy 0.12
    pytest_collect_file = pytest.hookimpl(hookwrapper=True)(_pages)
