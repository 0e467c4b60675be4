"""The player in a browser without network: what is shown, what a reader can set, and that nothing leaves the page."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from player_states import as_data, data, out_of_reach, script

FLAGSHIP = "cross_entropy_is_average_nll"
CONTINUOUS = "dirac_cross_entropy_is_average_nll"
WIDEST = "brier_score_is_proper"
COUNTED = '''"""The sum of counts."""

from deltasift import Equality, Sum, calc, counts, index, sizes, step
from deltasift.rules import sum_mul_left

N = sizes("N")
n = index("n", 1, N)
m = counts("m", n, 2, 6)
claim = Equality(Sum(1 * m[n], n), 1 * Sum(m[n], n))
proof = calc(Sum(1 * m[n], n), step(1 * Sum(m[n], n), by=sum_mul_left))
'''
# In 20 states, the flagship at lines 4, 5 and 6: the sizes and labels, the frames, the cells, and those that stay.
COLLAPSES = """
const found = [];
const press = (name) => [...document.querySelectorAll(".data button")].find((b) => b.textContent === name).click();
const cells = (which = "") => [...document.querySelectorAll(`.cell${which}[data-n]`)];
const seen = () => [document.querySelectorAll(".frame").length, cells().length];
for (let turn = 0; turn < 20; turn++) {
  while (Number(line()) !== 4) document.getElementById(Number(line()) < 4 ? "next" : "back").click();
  shuffle();
  if (turn === 0) press("an empty class");
  if (turn === 1) press("one example");
  const one = { given: state(), seen: [seen()] };
  for (let step = 0; step < 2; step++) {
    answer();
    document.getElementById("next").click();
    one.seen.push(seen());
  }
  one.hits = cells(".hit").map((e) => [Number(e.dataset.n), Number(e.dataset.k), e.textContent]);
  found.push(one);
}
return found;
"""

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def at_line(page: Any, number: int) -> None:
    """Wait until a line is shown."""
    page.locator(".derivation > p", has_text=f"line {number} of").wait_for()


def test_the_frames_count_classes_before_the_swap_and_examples_after_it(opened: Open) -> None:
    for one in opened(FLAGSHIP, "#line-4").evaluate(script(COLLAPSES, seed=4)):
        given = as_data(one["given"], FLAGSHIP)
        n, k = given["N"], given["K"]
        assert one["seen"] == [[k, n * k], [n, n * k], [n, n * k]], "what was removed stays as an outline"
        assert [(i, j) for i, j, _ in one["hits"]] == [(i + 1, y + 1) for i, y in enumerate(given["y"])]
        for i, _, text in one["hits"]:
            assert float(text.replace("−", "-")) == pytest.approx(math.log(given["q"][given["y"][i - 1]]), abs=0.006)


def test_a_cell_sets_the_label_of_its_row(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-5")
    page.locator('.cell[data-n="2"][data-k="1"]').click()
    assert data(page, FLAGSHIP)["y"][1] == 0
    assert page.locator('.cell.hit[data-n="2"]').get_attribute("data-k") == "1"


def test_probabilities_keep_their_sum(opened: Open) -> None:
    page = opened(FLAGSHIP)
    for k, value in ((0, 0.9), (1, 0.0), (2, 1.0), (0, 0.5)):
        page.locator(f"#set-q-{k}").fill(str(value))
        q = data(page, FLAGSHIP)["q"]
        assert sum(q) == pytest.approx(1, abs=1e-12)
        assert min(q) > 0
    page.get_by_role("button", name="uniform").click()
    assert data(page, FLAGSHIP)["q"] == pytest.approx([1 / 3] * 3)


def test_the_whole_page_is_walked_changed_and_answered_by_keyboard(opened: Open) -> None:
    page = opened(FLAGSHIP)

    def focus(selector: str) -> None:
        for _ in range(200):
            if page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached")

    for line in range(2, 6):
        page.keyboard.press("ArrowRight")
        assert page.locator(".derivation p").first.inner_text().startswith(f"line {line}")
    focus("#set-N")
    fewer = data(page, FLAGSHIP)["N"] - 1
    page.keyboard.press("ArrowLeft")
    assert data(page, FLAGSHIP)["N"] == fewer
    assert page.evaluate("document.activeElement.id") == "set-N"
    page.keyboard.press("Shift+Tab")
    for _ in range(200):
        if page.evaluate("document.activeElement.matches('.cell')"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert data(page, FLAGSHIP)["y"][1] == 0
    focus(f'.ask [data-answer="{fewer}"]')
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "next"
    page.keyboard.press("Enter")
    assert page.locator(".derivation p").first.inner_text().startswith("line 6")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".derivation p").first.inner_text().startswith("line 5")


@pytest.mark.parametrize("name", [FLAGSHIP, CONTINUOUS, WIDEST])
def test_nothing_is_scrolled_sideways(name: str, opened: Open) -> None:
    page = opened(name)
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    for _ in range(4):
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("ArrowRight")


@pytest.mark.parametrize("name", [FLAGSHIP, "product_of_two_permutation_signs"])
def test_a_formula_fits_its_place_or_is_scrolled_by_keys(name: str, opened: Open) -> None:
    page = opened(name, "#line-3", viewport={"width": 320, "height": 800})
    page.evaluate("document.fonts.ready")
    broad = "[...document.querySelectorAll('.formula')].filter((e) => e.scrollWidth > e.clientWidth + 1)"
    assert page.evaluate(f"{broad}.every((e) => e.tabIndex === 0)")
    assert page.evaluate(f"{broad}.length") > 0 if name != FLAGSHIP else page.evaluate(f"{broad}.length") == 0
    sizes = page.evaluate(
        "[...document.querySelectorAll('#stage math')].map((e) => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 12


def test_what_changed_is_tinted_before_and_after(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-5")
    assert page.locator(".before .was").count() == page.locator(".after .now").count() == 1


def test_substeps_unfold(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-4")
    page.locator("#unfold").click()
    seen = [page.locator(".derivation p").first.inner_text()]
    page.locator("#next").click()
    seen.append(page.locator(".derivation p").first.inner_text())
    assert [s.split()[1] for s in seen] == ["4.1", "4.2"]
    page.locator("#next").click()
    assert page.locator(".derivation p").first.inner_text().startswith("line 5")


def test_every_symbol_leads_to_what_it_means(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-3")
    names = page.evaluate(
        "[...new Set([...document.querySelectorAll('.derivation math [data-s]')].map((e) => e.dataset.s))]"
    )
    for name in names:
        page.locator(f".symbols button[data-of={json.dumps(name)}]").click()
        assert page.locator(".meaning dd, .meaning div").count() >= 2, name


def test_without_a_script_every_line_is_read(opened: Open) -> None:
    page = opened(FLAGSHIP, java_script_enabled=False)
    assert not page.locator("#stage").is_visible()
    for n in range(1, 8):
        assert page.locator(f"#line-{n} math").first.is_visible()


def test_a_wrong_page_says_so_first_and_beside_its_step(opened: Open, wrong: Callable[[str], str]) -> None:
    page = opened(wrong("sign"), "#line-2")
    assert page.locator(".wrong h2").inner_text() == "Not proved"
    assert page.locator(".wrong").bounding_box()["y"] < page.locator("#stage").bounding_box()["y"]
    assert page.locator(".why .bad-step").count() > 0
    values = page.evaluate(script("return values();"))
    assert float(values["1"]) == -float(values["2"])


def test_a_loop_beside_the_table_goes_from_all_pairs_to_the_examples(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-5")
    sizes = data(page, FLAGSHIP)
    pairs = page.locator(".loop").inner_text()
    assert f"# N·K = {sizes['N'] * sizes['K']} terms" in pairs
    assert pairs.index("for n in") < pairs.index("for k in")
    page.evaluate("location.hash = '#line-6'")
    at_line(page, 6)
    examples = page.locator(".loop").inner_text()
    assert f"# N = {sizes['N']} terms" in examples
    assert "for k in" not in examples
    assert page.locator(".loop .now").all_inner_texts() == ["    total += log q_{y_n}"]


def test_the_total_of_the_table_leads_to_the_value_of_the_line(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-4")
    sizes = data(page, FLAGSHIP)
    for line in (4, 5, 6):
        page.evaluate(f"location.hash = '#line-{line}'")
        at_line(page, line)
        total = page.locator(".terms .total").inner_text()
        said = f"this line = −1/{sizes['N']} ({total}) = "
        assert page.locator(".eq").inner_text().startswith(said)
    assert "the sum over k is gone" in page.locator(".terms-count").inner_text()


def test_a_count_is_moved_between_its_own_ends(opened: Open, tmp_path: Path) -> None:
    file = tmp_path / "counted.py"
    file.write_text(COUNTED, encoding="utf-8")
    page = opened(str(file), "#line-1")
    least = page.locator("#set-m-0")
    assert [least.get_attribute(end) for end in ("min", "max")] == ["2", "6"]
    least.fill("2")
    page.locator("#set-m-1").fill("6")
    page.locator("#set-N").fill("2")
    assert float(page.locator(".eq").get_attribute("data-value")) == 8


def test_a_control_reaches_the_number_of_the_example(opened: Open) -> None:
    page = opened("counts_by_lagrange")
    controls = "[...document.querySelectorAll('.numbers input')]"
    pairs = page.evaluate(f"{controls}.map((e) => [Number(e.value), e.nextElementSibling.textContent])")
    for value, said in pairs:
        assert value == pytest.approx(float(said.replace("−", "-")), abs=0.006)


def test_the_shares_of_the_data_stand_beside_the_model(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-2")
    given = data(page, FLAGSHIP)
    heads = page.locator(".terms .head").all_inner_texts()
    for k, head in enumerate(heads):
        share = given["y"].count(k) / given["N"]
        assert [float(x) for x in head.split()[-3:] if x[0].isdigit()] == pytest.approx(
            [share, given["q"][k]], abs=0.006
        )
    assert page.locator(".bars .data").count() == page.locator(".bars .model").count() == given["K"]


def test_the_sizes_are_put_into_the_line(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-6")
    page.locator("#set-N").fill("4")
    assert page.locator(".put .size").all_text_contents() == ["4", "4"]
    assert page.locator(".after [data-s='N']").count() == 2


def test_numbers_beside_each_other_have_a_dot_between_them(opened: Open) -> None:
    page = opened("square_of_a_sum", "#line-11")
    assert page.locator(".put math").first.evaluate("m => m.textContent").startswith("=2⋅3")


def test_a_control_has_the_name_that_the_formulas_show(opened: Open) -> None:
    page = opened("gaussian_score")
    assert page.locator(".numbers label").all_text_contents() == ["x", "μ", "s"]


def test_point_masses_are_spikes_until_they_have_sifted(opened: Open) -> None:
    page = opened(CONTINUOUS, "#line-5")
    points = data(page, CONTINUOUS)["x"]
    assert page.locator(".masses .mass.spikes").count() == len(points)
    assert page.locator(".masses circle").count() == 0
    page.evaluate("location.hash = '#line-6'")
    at_line(page, 6)
    assert page.locator(".masses circle").count() == len(points)
    said = page.locator(".left").inner_text().replace("−", "-")
    logs = [-x * x / 2 - math.log(2 * math.pi) / 2 for x in points]
    assert [float(x) for x in said.split(": ")[1].split(";")[0].split(", ")] == pytest.approx(logs, abs=0.006)


def test_as_bumps_shrink_the_cross_entropy_settles_and_the_entropy_does_not(opened: Open) -> None:
    page = opened(CONTINUOUS, "#line-3")
    exact = float(page.locator(".eq").get_attribute("data-value"))
    found = []
    for width in (0.4, 0.2, 0.1, 0.05):
        page.locator("#width").fill(str(width))
        said = page.locator(".widths").inner_text().replace("−", "-")
        found.append([float(x) for x in re.findall(r" is (-?[\d.]*\d)", said)])
    gaps = [abs(cross - exact) for cross, _ in found]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[-1] < 0.01
    entropies = [own for _, own in found]
    assert entropies == sorted(entropies, reverse=True)
    assert entropies[-2] - entropies[-1] > 0.4


@pytest.mark.parametrize(
    ("name", "line", "part"), [(FLAGSHIP, 5, None), (FLAGSHIP, 6, "#stage"), (CONTINUOUS, 3, "#stage")]
)
def test_nothing_is_out_of_reach_of_who_sees_or_hears_differently(
    name: str, line: int, part: str | None, opened: Open, axe: Any
) -> None:
    page = opened(name, f"#line-{line}")
    assert out_of_reach(page, axe, part) == []


def test_what_is_rounded_to_zero_has_no_sign(opened: Open) -> None:
    page = opened("score_has_mean_zero")
    assert page.locator(".eq").inner_text().endswith("= 0.0000")


def test_a_wrong_line_is_answered_by_numbers_and_the_right_one_goes_on(opened: Open) -> None:
    page = opened(FLAGSHIP, "#line-4")
    page.locator("#quiz-me").click()
    assert page.locator(".choice").count() >= 2
    page.locator('.choice[data-right="false"]').first.click()
    rows = page.locator(".answer table tr").all_text_contents()
    assert any(row.startswith("line 4") for row in rows)
    assert any(row.startswith("line 5") for row in rows)
    page.locator(".put-in").click()
    before = next(row for row in rows if row.startswith("line 4"))
    about = float(re.findall(r"-?[\d.]+", before.replace("−", "-"))[-1])
    assert float(page.locator(".eq").get_attribute("data-value")) == pytest.approx(about, abs=1e-5)
    assert page.locator(".answer table").count() == 1, "the answer stays"
    page.locator('.choice[data-right="true"]').click()
    assert page.locator(".derivation p").first.inner_text().startswith("line 5")
    assert page.locator(".quiz").count() == 0


def test_a_hostile_page_stays_text(opened: Open, tmp_path: Path) -> None:
    harm = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'> \u202e end"
    text = (Path(__file__).parents[1] / "wrong" / "sign.py").read_text(encoding="utf-8")
    file = tmp_path / "hostile.py"
    file.write_text(f'"""{harm}"""\n' + text.partition('"""\n')[2], encoding="utf-8")
    page = opened(str(file), "#line-2")
    assert page.evaluate("window.hacked") is None
    assert "<script>window.hacked" in page.locator("h1").inner_text()
    assert "[U+202E]" in page.locator("h1").inner_text()
    assert page.locator("img").count() == 0
    assert page.locator(".derivation").is_visible()
