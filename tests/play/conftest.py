"""Pages that are checked and made once for all tests of the player."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checked import report as report_of
from deltasift.check import Report
from deltasift.play import play

CHROMIUM = shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
Open = Callable[..., Any]
SAID = """window.said = [];
document.addEventListener("securitypolicyviolation", (e) => said.push(`against the policy: ${e.violatedDirective}`));
addEventListener("error", (e) => said.push(e.message));"""
WRONG = Path(__file__).parents[1] / "wrong"


@cache
def _html(name: str) -> str:
    return play(report_of(name))


@pytest.fixture(scope="session")
def report() -> Callable[[str], Report]:
    """The report of a page by its name or its path."""
    return report_of


@pytest.fixture(scope="session")
def html() -> Callable[[str], str]:
    """The file of a page by its name or its path."""
    return _html


@pytest.fixture(scope="session")
def wrong() -> Callable[[str], str]:
    """The path of a page that is wrong."""
    return lambda name: str(WRONG / f"{name}.py")


def needed(module: str, package: str) -> Any:
    """Return a module that tests of the player need; where it is missing they are skipped, or fail if asked for."""
    if os.environ.get("DELTASIFT_REQUIRE_BROWSER"):
        return importlib.import_module(module)
    return pytest.importorskip(module, reason=f"{package} is not installed")


@pytest.fixture(scope="session")
def axe() -> Any:
    """What finds that something is out of reach of who sees or hears differently."""
    return needed("axe_playwright_python.sync_playwright", "axe-playwright-python").Axe()


@pytest.fixture(scope="session")
def widget() -> Any:
    """The module that makes a widget of a page."""
    return needed("deltasift.play.widget", "anywidget")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A chromium; tests that need one are skipped where there is none."""
    why = "" if CHROMIUM else "chromium is not installed"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        why = "playwright is not installed"
    if why:
        if os.environ.get("DELTASIFT_REQUIRE_BROWSER"):
            pytest.fail(f"{why}, and DELTASIFT_REQUIRE_BROWSER asks for it", pytrace=False)
        pytest.skip(why)
    with sync_playwright() as tool:
        found = tool.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def opened(browser: Any, html: Callable[[str], str], tmp_path: Path) -> Iterator[Open]:
    """Open a page from the disk; at the end nothing may have been asked for, said or refused."""
    pages: list[tuple[Any, list[str]]] = []

    def open_(name: str, where: str = "", **settings: Any) -> Any:
        file = tmp_path / f"{Path(name).stem}.html"
        file.write_text(html(name), encoding="utf-8")
        context = browser.new_context(offline=True, **{"reduced_motion": "reduce", **settings})
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda r: asked.append(r.url))
        page.on("pageerror", lambda e: asked.append(str(e)))
        page.on("console", lambda m: asked.append(m.text))
        page.add_init_script(SAID)
        page.goto(f"{file.as_uri()}{where}")
        pages.append((page, asked))
        return page

    yield open_
    for page, asked in pages:
        assert page.evaluate("window.said ?? []") == []
        assert [a for a in asked if not a.startswith(("file:", "data:"))] == []
        page.context.close()
