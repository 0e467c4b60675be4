"""The player in a notebook: step and numbers go both ways between the page in its frame and Python's widget."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest

from deltasift import load
from deltasift.check import Report
from deltasift.emit.evaluate import measure

pytestmark = pytest.mark.browser
FLAGSHIP = "cross_entropy_is_average_nll"
# What a notebook gives a widget: a model with values, which says when they change, and an element.
HARNESS = """
const values = VALUES;
const heard = {};
const model = {
  get: (name) => values[name],
  set: (name, value) => { values[name] = value; },
  save_changes: () => { window.saved = JSON.parse(JSON.stringify(values)); },
  on: (what, f) => { heard[what] = f; },
};
window.change = (name, value) => { values[name] = value; heard[`change:${name}`](); };
widget.render({ model, el: document.body });
"""


@pytest.fixture
def notebook(browser: Any, html: Callable[[str], str]) -> Iterator[Callable[..., Any]]:
    pages = []

    def open_(**values: Any) -> Any:
        page = browser.new_context(offline=True, reduced_motion="reduce").new_page()
        page.set_content("<!doctype html><body></body>")
        given = {"html": html(FLAGSHIP), "step": "", "numbers": {}, "height": 700, **values}
        code = files("deltasift.play").joinpath("widget.js").read_text(encoding="utf-8")
        code = code.replace("export default", "const widget =") + HARNESS.replace("VALUES", json.dumps(given))
        page.add_script_tag(type="module", content=code)
        page.wait_for_function("window.saved !== undefined")
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.context.close()


def saved(page: Any) -> dict[str, Any]:
    return dict(page.evaluate("window.saved"))


def test_python_is_told_what_the_reader_does(notebook: Callable[..., Any]) -> None:
    page = notebook()
    assert saved(page)["step"] == "1"
    assert saved(page)["numbers"]["y"] == [1, 3, 3, 2, 3]
    frame = page.frame_locator("iframe")
    frame.locator("#next").click()
    page.wait_for_function("window.saved.step === '2'")
    frame.locator("#set-N").fill("2")
    page.wait_for_function("window.saved.numbers.N === 2")
    assert saved(page)["numbers"]["y"] == [1, 3]


def test_the_page_follows_what_python_sets(notebook: Callable[..., Any]) -> None:
    page = notebook()
    frame = page.frame_locator("iframe")
    page.evaluate("change('step', '5')")
    frame.locator(".derivation p", has_text="line 5").first.wait_for()
    numbers = {"N": 2, "K": 2, "y": [2, 2], "q": [0.25, 0.75]}
    page.evaluate("(numbers) => change('numbers', numbers)", numbers)
    page.wait_for_function("window.saved.numbers.K === 2")
    assert saved(page)["numbers"] == numbers
    assert frame.locator(".cell[data-n]").count() == 4
    assert frame.locator('.cell.hit[data-k="2"]').count() == 2


def test_labels_and_probabilities_come_back_to_python(
    notebook: Callable[..., Any], report: Callable[[str], Report], widget: Any
) -> None:
    page = notebook(step="5")
    frame = page.frame_locator("iframe")
    frame.locator('.cell[data-n="1"][data-k="3"]').click()
    page.wait_for_function("window.saved.numbers.y[0] === 3")
    frame.locator("#set-q-0").fill("0.5")
    page.wait_for_function("window.saved.numbers.q[0] === 0.5")
    shown = float(frame.locator(".eq").get_attribute("data-value"))
    player, told = widget.widget(report(FLAGSHIP)), []
    player.observe(lambda change: told.append(change.new), names="numbers")
    player.set_state({"numbers": saved(page)["numbers"], "step": saved(page)["step"]})
    assert told == [player.numbers]
    assert player.numbers["y"][0] == 3
    assert sum(player.numbers["q"]) == pytest.approx(1)
    lines = measure(load(FLAGSHIP), player.numbers, labels_from=1, trace=False).lines
    assert next(x.value for x in lines if str(x.number) == player.step) == pytest.approx(shown, rel=1e-12)


def test_it_begins_where_python_says(notebook: Callable[..., Any]) -> None:
    page = notebook(step="6")
    page.wait_for_function("window.saved.step === '6'")
    assert page.frame_locator("iframe").locator(".derivation p").first.inner_text().startswith("line 6")


def test_a_page_becomes_a_widget(report: Callable[[str], Report], widget: Any) -> None:
    player = widget.widget(report(FLAGSHIP), step="3")
    assert player.step == "3"
    assert player.html.startswith("<!doctype html>")
    assert player.numbers == {}
