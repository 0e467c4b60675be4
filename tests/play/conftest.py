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
    """Return the file of a page."""
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


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the pages are."""
    return tmp_path_factory.mktemp("players")


class Tabs:
    """Tabs of the browser, used by one test after the other; each says what was asked for or refused in it."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.free: dict[str, list[tuple[Any, list[str]]]] = {}

    def take(self, settings: dict[str, Any]) -> tuple[Any, list[str]]:
        """Return a tab with these settings in which nothing is open, and what is said in it from now on."""
        free = self.free.get(repr(settings), [])
        page, asked = free.pop() if free else self._new(settings)
        page.goto("about:blank")
        if "viewport" in settings:
            page.set_viewport_size(settings["viewport"])
        asked.clear()
        return page, asked

    def give_back(self, settings: dict[str, Any], tab: tuple[Any, list[str]]) -> None:
        self.free.setdefault(repr(settings), []).append(tab)

    def _new(self, settings: dict[str, Any]) -> tuple[Any, list[str]]:
        page = self.browser.new_context(offline=True, **settings).new_page()
        asked: list[str] = []
        page.on("request", lambda r: asked.append(r.url))
        page.on("pageerror", lambda e: asked.append(str(e)))
        page.on("console", lambda m: asked.append(m.text))
        page.add_init_script(SAID)
        return page, asked


@pytest.fixture(scope="session")
def tabs(browser: Any) -> Tabs:
    """The tabs of the browser."""
    return Tabs(browser)


@pytest.fixture
def opened(tabs: Tabs, html: Callable[[str], str], folder: Path) -> Iterator[Open]:
    """Open a page from the disk; at the end nothing may have been asked for, said or refused."""
    taken: list[tuple[dict[str, Any], tuple[Any, list[str]]]] = []

    def open_(name: str, where: str = "", **settings: Any) -> Any:
        file = folder / f"{Path(name).stem}.html"
        file.write_text(html(name), encoding="utf-8")
        given = {"reduced_motion": "reduce", "viewport": {"width": 1280, "height": 720}, **settings}
        page, asked = tabs.take(given)
        taken.append((given, (page, asked)))
        page.goto(f"{file.as_uri()}{where}")
        return page

    yield open_
    for given, (page, asked) in taken:
        if given.get("java_script_enabled", True):  # else no script runs that could say anything
            assert page.evaluate("window.said ?? []") == []
        assert [a for a in asked if not a.startswith(("file:", "data:"))] == []
        tabs.give_back(given, (page, asked))
