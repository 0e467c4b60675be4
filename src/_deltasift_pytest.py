"""What every pytest session of an environment with deltasift loads: one option, and the question which files are pages.

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option of the plugin."""
    group = parser.getgroup("deltasift", "derivations as tests")
    group.addoption(
        "--deltasift-seed",
        metavar="SEED",
        default="",
        help="Draw other random points: added to the seed, which comes from the page's name.",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Collect a page as its lines, and not as a module of tests besides."""
    found = yield
    named = parent.session.isinitpath(file_path)
    if file_path.suffix != ".py" or not (named or not file_path.name.startswith("_")):
        return found
    try:
        source = file_path.read_bytes()
    except OSError:
        return found
    if not is_page(source, named=named):
        return found
    from deltasift.pytest_plugin import PageFile

    return [*(c for c in found if type(c) is not pytest.Module), PageFile.from_parent(parent, path=file_path)]
