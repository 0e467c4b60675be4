"""What a learner does with a page: scrolls through it, looks at its code and its symbols, answers questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from player_states import out_of_reach

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
FLAGSHIP = "cross_entropy_is_average_nll"
CONTINUOUS = "dirac_cross_entropy_is_average_nll"
LINE = ".derivation > p"
# Brings a line to where one reads, once the letters have their sizes.
UNDER = """(e) => document.fonts.ready.then(() => new Promise(requestAnimationFrame))
  .then(() => scrollTo(0, scrollY + e.getBoundingClientRect().top - innerHeight * 0.34))"""
# In every step: the symbols of both lines that no button leads to, and the buttons that lead to no meaning or no value.
SYMBOLS = """() => {
  const wrong = [], seen = new Set();
  const signs = /^(the |both |infinity|Euler)/;
  for (;;) {
    for (const name of [...document.querySelectorAll(".symbols button")].map((b) => b.dataset.of)) {
      if (seen.has(name)) continue;
      seen.add(name);
      [...document.querySelectorAll(".symbols button")].find((b) => b.dataset.of === name).click();
      const said = document.querySelector(".meaning").children;
      if (said.length < 2 || (said.length < 3 && !signs.test(said[1].textContent))) wrong.push(name);
    }
    const lines = document.querySelectorAll(".derivation > :is(.formula, .why) [data-s]");
    const printed = [...lines].map((e) => e.dataset.s);
    wrong.push(...printed.filter((name) => !seen.has(name)));
    document.querySelector(".ask .show:enabled")?.click();
    const next = document.getElementById("next");
    if (next.disabled) return [wrong, seen.size];
    next.click();
  }
}"""


def number(page: Any) -> str:
    return str(page.locator(LINE).first.inner_text()).split()[1]


@pytest.mark.parametrize("name", [FLAGSHIP, CONTINUOUS, "kl_is_constant_plus_nll", "log_derivative_trick"])
def test_every_symbol_of_every_line_has_a_meaning_and_a_value_here(name: str, opened: Open) -> None:
    wrong, many = opened(name).evaluate(SYMBOLS)
    assert wrong == []
    assert many >= 7


def test_the_entropy_of_one_and_of_two_distributions_have_meanings_of_their_own(opened: Open) -> None:
    page = opened("kl_is_constant_plus_nll", "#line-2")
    heads = page.locator(".symbols button[data-of^='H(']")
    meanings = []
    for i in range(heads.count()):
        heads.nth(i).click()
        meanings.append(page.locator(".meaning").inner_text())
    assert len(meanings) == 2
    assert len(set(meanings)) == 2
    assert all("here" in m for m in meanings)


def test_a_line_leads_to_its_code_and_the_code_back(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-6")
    page.get_by_role("link", name="The page's own code").click()
    row = page.locator(".code li:target")
    assert "by=sum_delta" in row.inner_text()
    assert row.is_visible()
    page.locator(".code a", has_text="line 3").click()
    page.locator(LINE, has_text="line 3 of").wait_for()


def test_scrolling_takes_the_step_along_and_moves_nothing_by_itself(opened: Open) -> None:
    page = opened(FLAGSHIP, viewport={"width": 1280, "height": 800})
    assert page.locator("#stage .result").count() == 1
    for line in (3, 6):
        page.locator(f"#line-{line}").evaluate(UNDER)
        page.locator(f"#line-{line}.current").wait_for()
        assert page.locator(".beside .result").count() == 1
        where = page.evaluate("scrollY")
        page.wait_for_timeout(120)
        assert page.evaluate("scrollY") == where
    assert page.locator(".beside .cell.hit").count() == int(page.locator("#set-N").input_value())
    page.evaluate("scrollTo(0, 0)")
    page.locator("#stage .result").wait_for()
    assert number(page) == "6"


def test_answering_beside_the_lines_scrolls_nothing(opened: Open) -> None:
    page = opened(FLAGSHIP, viewport={"width": 1280, "height": 800})
    page.locator("#line-5").evaluate(UNDER)
    page.locator(".beside .ask .show").wait_for()
    where = page.evaluate("scrollY")
    page.locator(".beside .ask .show").click()
    page.locator('.beside .cell[data-n="2"][data-k="1"]').click()
    assert page.locator('.beside .cell.hit[data-n="2"]').get_attribute("data-k") == "1"
    page.wait_for_timeout(120)
    assert page.evaluate("scrollY") == where


def test_on_a_narrow_screen_the_numbers_stay_in_the_stage(opened: Open) -> None:
    page = opened(FLAGSHIP, viewport={"width": 375, "height": 700})
    page.locator("#line-6").scroll_into_view_if_needed()
    page.wait_for_timeout(120)
    assert page.locator("#stage .result").count() == 1


def test_a_wrong_index_is_answered_by_numbers_or_by_what_is_missing(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-5")
    page.locator("#blanks-me").click()
    choices = {c.get_attribute("aria-label"): c for c in page.locator(".choice").all()}
    choices["k"].click()
    assert "Nothing runs over 𝑘 there" in " ".join(page.locator(".quiz .answer").inner_text().split())
    choices["1"].click()
    rows = page.locator(".answer table tr").all_text_contents()
    page.locator(".put-in").click()
    before = next(row for row in rows if row.startswith("line 5"))
    about = float(re.findall(r"-?[\d.]+", before.replace("−", "-"))[-1])
    assert float(page.locator(".eq").get_attribute("data-value")) == pytest.approx(about, abs=1e-5)
    page.locator('.choice[data-right="true"]').click()
    assert number(page) == "5", "the question about the terms comes first"
    page.locator(".ask .show").click()
    page.locator("#blanks-me").click()
    page.locator('.choice[data-right="true"]').click()
    assert number(page) == "6"


def test_lines_are_ordered_by_keyboard_alone(opened: Open) -> None:
    page = opened(FLAGSHIP)

    def press(selector: str) -> None:
        for _ in range(250):
            if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                page.keyboard.press("Enter")
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached")

    def order() -> list[int]:
        return [int(e.get_attribute("data-of")) for e in page.locator(".ordered li").all()]

    press("#order-me")
    right = sorted(order())
    assert order() != right
    press("#order-check")
    assert "is not what comes after" in page.locator(".order .answer").inner_text()
    for place, line in enumerate(right):
        while order().index(line) > place:
            press(f"#order-up-{line}")
            assert page.evaluate("document.activeElement.id") == f"order-up-{line}"
    assert order() == right
    press("#order-check")
    said = page.locator(".order .answer").inner_text()
    assert said.startswith("Yes.")
    assert len(said.splitlines()) > len(right)


def test_the_questions_are_within_reach(opened: Open, axe: Any) -> None:
    page = opened(FLAGSHIP, "#line-5")
    page.locator("#blanks-me").click()
    page.locator("#order-me").click()
    page.locator("#source summary").click()
    for part in ("#stage", "#source"):
        assert out_of_reach(page, axe, part) == []
