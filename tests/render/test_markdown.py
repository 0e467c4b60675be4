"""Markdown in three flavours: mathematics that MathJax knows, and words that Markdown leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checked import report
from deltasift.check import check
from deltasift.errors import PageError
from deltasift.pages import load_file
from deltasift.render import markdown
from deltasift.render.markdown import END_OF_PROOF, FLAVOURS
from founding import FOUNDING

WRONG = Path(__file__).parents[1] / "wrong"
MATHEMATICS = {
    "github": re.compile(r"\$`([^`]*)`\$|```math\n(.*?)\n```", re.DOTALL),
    "myst": re.compile(r"\$\$\n(.*?)\n\$\$|(?<![\\$])\$([^$\n]+)\$(?!\$)", re.DOTALL),
}
MATHEMATICS["crossvalidated"] = MATHEMATICS["myst"]


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("name", FOUNDING)
def test_mathematics_is_balanced_and_words_are_words(name: str, flavour: str) -> None:
    shown = markdown(report(name), flavour=flavour)
    formulas = ["".join(filter(None, m.groups())) for m in MATHEMATICS[flavour].finditer(shown)]
    assert len(formulas) > len(report(name).page.proofs)
    for formula in formulas:
        bare = re.sub(r"\\[{}]", "", formula)
        assert bare.count("{") == bare.count("}")
        assert "<" not in formula
        assert not re.search(r"\\(?:parbox|tag|ensuremath|textwidth|textbackslash)\b", formula)
    words = MATHEMATICS[flavour].sub("", shown)
    assert "$" not in words
    assert not re.search(r"(?<!\\)[_<>]", words)


@pytest.mark.parametrize("name", FOUNDING)
def test_each_step_has_its_number_and_its_reason(name: str) -> None:
    shown = markdown(report(name))
    for x in report(name).lines:
        assert shown.count(rf"\text{{({x.number})}}") == bool(x.relation)
        assert len(re.findall(rf"^- \({x.number}\) \S", shown, re.MULTILINE)) == bool(x.relation)
    assert shown.count(END_OF_PROOF) == len(report(name).page.proofs)


@pytest.mark.parametrize("name", sorted(p.stem for p in WRONG.glob("*.py")))
def test_a_wrong_page_is_not_shown_as_proved(name: str) -> None:
    shown = markdown(check(load_file(WRONG / f"{name}.py"), points=10))
    assert END_OF_PROOF not in shown
    assert "Theorem" not in shown
    assert "Proof" not in shown
    assert shown.index("**Not proved:**") < shown.index("(not proved)")


def test_a_title_with_signs_of_markdown_stays_text(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text(
        '"""A *bold* claim_with [a](link) <script> and $5.\n\n# No heading\n"""\n'
        "from deltasift import Equality, calc, real, step\n"
        "from deltasift.rules import arithmetic\n"
        "x = real('x')\nclaim = Equality(x + 0, x)\nproof = calc(x + 0, step(x, by=arithmetic))\n",
        encoding="utf-8",
    )
    shown = markdown(check(load_file(page)))
    assert r"# A \*bold\* claim\_with \[a\](link) \<script\> and \$5" in shown
    assert "\n# No" not in shown


def test_there_is_no_other_flavour() -> None:
    with pytest.raises(PageError, match="there are github, myst, crossvalidated"):
        markdown(report("average_or_sum"), flavour="word")
