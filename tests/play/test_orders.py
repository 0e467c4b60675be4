"""Lines that follow by one reason in another order than the page's count as ordered, too; others do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deltasift.check import Report, check
from deltasift.pages import load
from deltasift.play.orders import also_follows

TWO_DEFINITIONS = '''"""A cross entropy, spelled out."""

from deltasift import CrossEntropy, Equality, Sum, calc, define, delta, index, labels, log, pmf, sizes, step
from deltasift.rules import definition

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
p = define("p", k, Sum(delta(k, y[n]), n) / N)
whole = -Sum(Sum(delta(k, y[n]), n) / N * log(q[k]), k)
claim = Equality(CrossEntropy(p, q), whole)
proof = calc(CrossEntropy(p, q), step(-Sum(p[k] * log(q[k]), k), by=definition), step(whole, by=definition))
'''


@pytest.fixture
def page(tmp_path: Path) -> str:
    """The path of a page with two definitions in a row."""
    file = tmp_path / "two_definitions.py"
    file.write_text(TWO_DEFINITIONS, encoding="utf-8")
    return str(file)


def test_two_steps_of_one_reason_may_be_taken_at_once_and_back(page: str) -> None:
    assert also_follows(check(load(page), layers=("structure", "conditions"))) == {1: [2, 3], 2: [3], 3: [1]}


def test_a_rule_that_goes_one_way_is_not_taken_back(report: Callable[[str], Report]) -> None:
    assert also_follows(report("transpose_of_a_product")) == {}


def test_a_page_that_is_wrong_has_no_other_order(report: Callable[[str], Report], wrong: Callable[[str], str]) -> None:
    assert also_follows(report(wrong("sign"))) == {}


@pytest.mark.browser
def test_another_order_that_checks_is_accepted_and_said_to_be_another(page: str, opened: Callable[..., Any]) -> None:
    tab = opened(page)
    tab.locator("#order-me").click()
    if tab.locator(".ordered li").first.get_attribute("data-of") == "2":
        tab.locator("#order-down-2").click()
    tab.locator("#order-check").click()
    assert tab.locator(".order .answer").inner_text().startswith("Yes: each line follows from the one above it.")
    tab.locator("#order-up-2").click()
    tab.locator("#order-check").click()
    assert tab.locator(".order .answer").inner_text().startswith("Yes. Each line with its reason")
