"""The checker runs in the browser itself: a learner's line is read, judged and refuted there, from files alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from checked import report
from deltasift.play import play

pytestmark = pytest.mark.browser
FLAGSHIP = "cross_entropy_is_average_nll"
SERVED = Path(__file__).parents[2] / "out" / "judge" / "served"
LONGEST = 240_000  # milliseconds for the first line, on a machine that does much else
QUICK = 60_000


class Quiet(SimpleHTTPRequestHandler):
    """Hands out files, and says nothing."""

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a site with one player and the checker."""
    if not (SERVED / "packages.zip").is_file():
        if os.environ.get("DELTASIFT_REQUIRE_BROWSER"):
            pytest.fail("the checker for browsers is not made: make site", pytrace=False)
        pytest.skip("the checker for browsers is not made: make site")
    (tmp_path / "_judge").symlink_to(SERVED)
    (tmp_path / "player").mkdir()
    html = play(report(FLAGSHIP), judge="../_judge/")
    (tmp_path / "player" / "index.html").write_text(html, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_lines_are_judged_without_a_server_that_computes(site: str, browser: Any) -> None:
    page = browser.new_context(reduced_motion="reduce").new_page()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(f"{site}/player/index.html#line-5")
    assert not [a for a in asked if "_judge" in a], "nothing is loaded before a line is written"
    said = page.locator("#own-said")
    page.locator("#own").fill("-1/N*Sum(log(q[n]), n)")
    page.locator("#own-judge").click()
    assert "Loading the checker" in said.inner_text()
    page.locator(".own .verdict-wrong").wait_for(timeout=LONGEST)
    assert "It was read as" in said.inner_text()
    assert said.locator("table tr").count() >= 3
    for text, verdict in (("-1/N*Sum(log(q[y[n]]), n)", "right"), ("1/N*Sum(log(q[y[n]]), n)", "wrong")):
        page.locator("#own").fill(text)
        page.locator("#own").press("Enter")
        page.locator(f".own .verdict-{verdict}").wait_for(timeout=QUICK)
    page.locator("#own").fill("z[n]")
    page.locator("#own").press("Enter")
    said.get_by_text("the page does not declare z").wait_for(timeout=QUICK)
    assert [a for a in asked if not a.startswith((f"{site}/", "data:", "blob:"))] == []
    page.context.close()


def test_a_page_from_the_disk_says_where_its_lines_are_judged(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "player.html"
    file.write_text(play(report(FLAGSHIP), judge="../_judge/"), encoding="utf-8")
    page = browser.new_context(offline=True).new_page()
    page.goto(f"{file.as_uri()}#line-5")
    page.locator("#own").fill("1")
    page.locator("#own-judge").click()
    page.locator("#own-said").get_by_text(re.compile("deltasift play --serve")).wait_for()
    page.context.close()
