"""What is wrong is never shown as proved: its problem comes first, in every format, and `show` ends with 1."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from deltasift import check, load
from deltasift.check import Report
from deltasift.cli import main
from deltasift.cli.shared import FORMATS
from deltasift.pages import load_file
from deltasift.render import document, latex, text
from deltasift.render.tex import STYLES
from founding import FOUNDING
from sampled import sampled

FOLDER = Path(__file__).parents[1] / "wrong"
WRONG = sorted(p.stem for p in FOLDER.glob("*.py"))
END_OF_PROOF = (r"\begin{proof}", r"\end{proof}", r"\qed", r"\square", r"\blacksquare", "∎", "□")


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    return int(stop.value.code or 0), capsys.readouterr().out


def text_of(out: str) -> str:
    """Return a document without the commands that its head defines."""
    return out.partition(r"\begin{document}")[2] or out


@cache
def report(name: str) -> Report:
    return check(load_file(FOLDER / f"{name}.py"))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", sampled(WRONG, 3))
def test_a_wrong_page_ends_with_1_and_says_so_first(name: str, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = shown(capsys, "show", str(FOLDER / f"{name}.py"), "--format", format)
    assert code == 1
    assert not any(sign in text_of(out) for sign in END_OF_PROOF)
    if format == "json":
        data = json.loads(out)
        assert not data["ok"]
        assert data["problems"]
        assert list(data).index("problems") < list(data).index("lines")
        return
    later = ("\nGiven\n", "Setting.", "\nClaim", r"\begin{claim}", r"\begin{align}", "def line_1", "\nimport", "\nfrom")
    assert out.index("Not proved") < min(out.find(words) for words in later if words in out)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", WRONG)
def test_no_style_of_a_document_shows_a_wrong_page_as_proved(name: str, style: str) -> None:
    out = text_of(document(report(name), style=style))
    assert not any(sign in out for sign in END_OF_PROOF)
    assert "Theorem" not in out
    assert r"\begin{theorem}" not in out
    claims = len(report(name).page.claims)
    assert len(re.findall(r"\\begin\{claim\}\[not proved\]|Claim[ \d]*\(not proved\)", out)) >= claims
    assert min(out.lower().find("not proved"), len(out)) < out.find("Setting") or style == "fragment"


@pytest.mark.parametrize("form", [text, latex, document])
def test_the_counterexample_stands_before_the_lines(form: object) -> None:
    out = form(report("sign"))  # type: ignore[operator]
    lines = out.index({text: "Lines\n", latex: r"\begin{align}", document: "Lines."}[form])  # type: ignore[index]
    assert 0 < out.index("0.693147") < lines


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_line_says_so_beside_it(name: str) -> None:
    found = report(name)
    wrong = [x for x in found.lines if x.problems and x.relation]
    assert latex(found).count(r"\textbf{Not proved.}") == len([x for x in wrong if x.reason])


def test_a_line_that_nobody_checked_is_not_shown_as_proved() -> None:
    page = load(FOUNDING[0])
    assert check(page).is_proved
    for partly in (check(page, layers=()), check(page, layers=("structure",), lines={2})):
        assert partly.ok
        assert not partly.is_proved
        for style in STYLES:
            assert not any(sign in text_of(document(partly, style=style)) for sign in END_OF_PROOF)
        assert ": not checked" in text(partly)


def test_why_says_first_that_a_line_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = shown(capsys, "why", f"{FOLDER / 'sign.py'}:2")
    assert code == 1
    assert out.index("not proved") < out.index("checked")
    assert out.count("differs from the line before") == 1
