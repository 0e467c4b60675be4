"""The file: small, closed to everything outside, readable without its script, and honest about a page that is wrong."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from deltasift import CrossEntropy, Equality, calc, index, load, log, pmf, sizes, step
from deltasift.calc import Page
from deltasift.check import Report, check
from deltasift.cli import main
from deltasift.emit import line_functions
from deltasift.inert import Neg, Sum
from deltasift.play import play
from deltasift.play.assemble import FONT
from deltasift.rules import definition
from founding import FOUNDING

MOST_BYTES = 350_000
VOID = {"meta", "input", "br"}
Html = Callable[[str], str]
ALL = [*FOUNDING]
WRONG = sorted(p.stem for p in (Path(__file__).parents[1] / "wrong").glob("*.py"))


class Reader(HTMLParser):
    """Reads a file: its elements, whether they are closed in order, and its text outside of script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.code: dict[str, str] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            self.code[self.open[-1]] = self.code.get(self.open[-1], "") + data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def policy(reader: Reader) -> dict[str, list[str]]:
    [content] = [a["content"] for t, a in reader.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert content is not None
    return {d.split()[0]: d.split()[1:] for d in content.split("; ")}


@pytest.mark.parametrize("name", ALL)
def test_a_page_is_small_and_its_elements_are_closed(name: str, html: Html) -> None:
    text = html(name)
    assert len(text.encode()) < MOST_BYTES
    assert Reader(text).open == []


@pytest.mark.parametrize("name", ALL)
def test_the_policy_lets_in_this_style_and_this_script_alone(name: str, html: Html) -> None:
    reader = Reader(html(name))
    allowed = policy(reader)
    assert allowed["default-src"] == ["'none'"]
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(reader.code[kind].encode()).digest()).decode()
        assert allowed[f"{kind}-src"] == [f"'sha256-{digest}'"]
        assert [t for t, _ in reader.elements].count(kind) == 1


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_loaded_from_elsewhere(name: str, html: Html) -> None:
    reader = Reader(html(name))
    for tag, attributes in reader.elements:
        assert tag not in ("img", "iframe", "link", "object", "embed", "base", "form")
        for key, value in attributes.items():
            assert not key.startswith("on")
            assert key != "style", "a style of its own would be against the policy"
            if key in ("src", "href"):
                assert str(value).startswith("#")
    assert not re.search(r"\burl\((?!data:)|@import", reader.code["style"])
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|innerHTML|eval|import)\s*[(\"']", reader.code["script"])


@pytest.mark.parametrize("name", ALL)
def test_every_line_is_there_without_the_script(name: str, html: Html, report: Callable[[str], Report]) -> None:
    text = html(name).partition("<script")[0]
    found = Reader(text)
    ids = [a["id"] for _, a in found.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    for line in report(name).lines:
        assert f"line-{line.number}" in ids
        assert all(f"[{r}]" not in found.text for r in line.by)
    assert {a["hidden"] for t, a in found.elements if a.get("id") == "stage"} == {None}


@pytest.mark.parametrize("name", ALL)
def test_every_formula_has_words(name: str, html: Html) -> None:
    formulas = [a for t, a in Reader(html(name)).elements if t == "math"]
    spoken = [str(a.get("aria-label") or "") for a in formulas if a.get("displaystyle")]
    assert spoken
    assert not [w for w in spoken if re.search(r"[∑∏δ≤‖\\{}^]|(?<!\w)-", w)]


@pytest.mark.parametrize("name", ALL)
def test_every_symbol_of_a_line_leads_to_what_it_means(name: str, html: Html) -> None:
    reader = Reader(html(name))
    known = {a["data-symbol"] for _, a in reader.elements if "data-symbol" in a}
    used = {a["data-s"] for _, a in reader.elements if "data-s" in a}
    assert used <= known


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_page_is_never_shown_as_proved(
    name: str, html: Html, wrong: Callable[[str], str], report: Callable[[str], Report]
) -> None:
    text = html(wrong(name))
    reader = Reader(text)
    assert "✗ not proved" in reader.text
    assert "lines checked" not in reader.text
    assert "<h2>Proof" not in text
    assert text.index("<h2>Not proved") < text.index("<h2>Given") if "<h2>Given" in text else True
    assert text.index("<h2>Not proved") < text.index('<ol class="lines">')
    assert len(text.encode()) < MOST_BYTES
    for line in report(wrong(name)).lines:
        assert (f'id="line-{line.number}" class="bad"' in text) == bool(line.problems)


def hostile(title: str) -> Page:
    k_ = sizes("K")
    k = index("k", 1, k_)
    q = pmf("q", k, positive=True)
    proof = calc(CrossEntropy(q, q), step(Neg(Sum(q[k] * log(q[k]), k)), by=definition))
    claim = Equality(CrossEntropy(q, q), Neg(Sum(q[k] * log(q[k]), k)))
    return Page("hostile", title, title, (k_, k, q), (claim,), (proof,), (), ())


@pytest.mark.parametrize(
    "title",
    [
        "</script><script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "</title></style><!--",
        "a \u202e b \u2066 c",
    ],
)
def test_a_title_is_text_whatever_it_is(title: str) -> None:
    text = play(check(hostile(title)))
    reader = Reader(text)
    assert [t for t, _ in reader.elements].count("script") == 1
    assert not [a for t, a in reader.elements if any(k.startswith("on") for k in a) or t == "img"]
    shown = re.sub(r"[\u202e\u2066]", lambda m: f"[U+{ord(m[0]):04X}]", title)
    assert shown in "".join(reader.words)
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", text)


def test_what_is_copied_is_what_the_printers_print(html: Html, report: Callable[[str], Report]) -> None:
    name = "cross_entropy_is_average_nll"
    code = Reader(html(name)).code["script"]
    for f in line_functions(report(name))[1].values():
        assert repr(f.source.splitlines()[0])[1:-1] in code  # type: ignore[union-attr]


def test_without_the_font_the_page_has_that_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deltasift.play.assemble.subset", lambda _: None)
    text = play(check(hostile("a page")))
    assert FONT.partition("{")[0] not in text
    assert len(text.encode()) < MOST_BYTES / 2


@pytest.mark.parametrize(("name", "code"), [("average_or_sum", 0), ("wrong", 1)])
def test_the_command_writes_the_file_and_says_so(
    name: str, code: int, tmp_path: Path, wrong: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out" / "page.html"
    page = name if code == 0 else wrong("sign")
    with pytest.raises(SystemExit) as ended:
        main(["play", page, "-o", str(file)])
    assert ended.value.code == code
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert capsys.readouterr().out.startswith(f"{file}  {'ok' if code == 0 else 'wrong'}")


def test_pages_of_the_catalogue_are_those_that_are_tested() -> None:
    assert all(load(name).proofs for name in ALL)
