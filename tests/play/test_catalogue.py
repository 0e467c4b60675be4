"""What holds of every page of the catalogue: the file is small and whole, and each symbol leads to what it means.

The pages ask nothing here.
"""

from __future__ import annotations

import re
import shutil
from html import escape, unescape
from pathlib import Path

import pytest

from checked import report
from deltasift import load
from deltasift.catalogue import page_names, page_path
from deltasift.play import play
from deltasift.play.asked import asked
from deltasift.play.code import between
from deltasift.play.formulas import PageLayout
from deltasift.play.page import Document
from deltasift.play.source import lines_of_code
from deltasift.questions import QUESTIONS

pytestmark = pytest.mark.xdist_group("players")  # one worker makes what they share
LINE = re.compile(
    r'<li id="line-([\d.]+)"[^>]*>\n<div class="row">[^\n]*\n<div class="formula">(<math\b.*?</math>)', re.DOTALL
)
MOST_BYTES = 350_000


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    with pytest.MonkeyPatch.context() as quiet:
        quiet.setattr("deltasift.play.page.questions", lambda *_: ())
        quiet.setattr("deltasift.play.assemble.subset", lambda _: None)
        return {name: play(report(name)) for name in page_names()}


def test_every_file_is_small(files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deltasift.play.page.questions", lambda *_: ())
    for name in sorted(files, key=lambda name: -len(files[name]))[:3]:  # of the largest, with the font
        text = play(report(name))
        assert len(text.encode()) < MOST_BYTES, name
        assert len(text) > len(files[name])


def test_nothing_is_left_out(files: dict[str, str]) -> None:
    for name, text in files.items():
        several = [x for x in report(name).lines if len(x.substeps) > 1]
        assert text.count('<details class="substeps">') == len(several), name


def test_a_substep_says_which_conditions_of_its_line_it_asks_for(files: dict[str, str]) -> None:
    for name, text in files.items():
        for x in report(name).lines if 'data-asks="' in text else ():
            stands = dict.fromkeys(p for s in x.substeps for p in s.proofs)
            for s, *_ in between(x):
                row = re.search(rf'<li id="line-{s.number}" .*?<p class="reason"([^>]*)>', text, re.DOTALL)
                assert row is not None
                asked = re.findall(r"\d+", row[1])
                assert [list(stands)[int(n)] for n in asked] == list(dict.fromkeys(s.proofs)), (name, s.number)


def test_the_parts_that_a_step_marks_are_found_or_those_around_them(files: dict[str, str]) -> None:
    """Of a line only the places stay that are looked for; each is there unless it is not printed by itself."""
    for name in ("cross_entropy_is_average_nll", "info_nce_bounds_information", "kl_of_two_gaussians"):
        document = Document(report(name))
        places = {m[1]: set(re.findall('data-p="([^"]*)"', m[2])) for m in LINE.finditer(document.body())}
        full = PageLayout()
        for x in document.report.lines:
            printed = set(re.findall('data-p="([^"]*)"', full.math(x.expr, block=True)))
            now = next(s for s in document.steps if s["id"] == str(x.number)).get("now", "")
            while now not in printed:
                now = now.rpartition(".")[0]
            assert now in places[str(x.number)], (name, x.number)
            assert places[str(x.number)] <= printed


def test_every_symbol_leads_to_a_meaning(files: dict[str, str]) -> None:
    for name, text in files.items():
        meanings = re.findall(r'<div data-symbol="([^"]*)"[^>]*><dt>(.+?)</dt><dd>(.+?)</dd>', text, re.DOTALL)
        known = [symbol for symbol, *_ in meanings]
        assert len(known) == len(set(known)), name
        assert set(re.findall(r' data-s="([^"]*)"', text)) <= set(known), name
        assert not [said for _, _, said in meanings if "declares nothing" in said or "as SymPy defines" in said], name


def test_every_letter_and_sign_of_a_line_is_a_symbol_or_part_of_one(files: dict[str, str]) -> None:
    for name, text in files.items():
        for line in re.findall(r'<div class="formula">(<math.*?</math>)', text, re.DOTALL):
            assert not _without_symbol(line), (name, _without_symbol(line))


def test_every_line_leads_to_its_code_and_back(files: dict[str, str]) -> None:
    for name, text in files.items():
        page = load(name)
        places = lines_of_code(page)
        assert len(places) == sum(len(proof.lines) for proof in page.proofs), name
        assert page.source is not None
        written = page.source.text.splitlines()
        for number, line in places.items():
            row = re.search(rf'<li id="code-{line}" class="step"><code>(.*?)</code>(.*?)</li>', text)
            assert row is not None, (name, number)
            assert unescape(row[1]) == written[line - 1]
            assert f'href="#line-{number}"' in row[2]
            assert f'href="#code-{line}" aria-label="line {number} in Python"' in text


def test_a_question_is_on_each_page_that_answers_it_and_leads_to_its_lines(files: dict[str, str]) -> None:
    for question in QUESTIONS:
        for name, number in question.places:
            part = files[name].partition('<section class="given" id="asked">')[2].partition("<details>")[0]
            [answer] = [p for p in part.split("<p>") if f"<strong>{escape(question.asked)}</strong>" in p]
            assert f'href="#line-{number}"' in answer
            assert f'id="line-{number}"' in files[name]


def test_another_page_of_the_same_name_answers_nothing(tmp_path: Path) -> None:
    name = QUESTIONS[0].places[0][0]
    copied = tmp_path / f"{name}.py"
    shutil.copy(page_path(name), copied)
    assert [*asked(load(name))]
    assert not [*asked(load(str(copied)))]


def _without_symbol(formula: str) -> list[str]:
    """Return the letters and big signs of a formula that no element with a symbol is around."""
    found, around = [], [False]
    for tag, closing, name, attributes, text in re.findall(r"(<(/?)(m[a-z]+)([^>]*)>)([^<]*)", formula):
        if closing:
            around.pop()
            continue
        assert tag
        around.append(around[-1] or " data-s=" in attributes)
        if not around[-1] and text.strip() and (name == "mi" or text in "∑∏∫∂"):
            found.append(text)
    return found
