"""The tutorial, typed in: its page is checked, its slips are refused, and its commands print what it says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from deltasift.cli import main

TEXT = (Path(__file__).parents[1] / "docs" / "tutorial" / "your-first-page.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(python|console|text)\n(.*?)```", re.DOTALL)
PAGE, *REST = [code for kind, code in BLOCK.findall(TEXT) if kind == "python"]
SAID = [code for kind, code in BLOCK.findall(TEXT) if kind == "console"]
NAME = "counts_add_up.py"
SLIPS = (
    ("step(Sum(1, n), by=sum_delta)", "step(Sum(y[n], n), by=sum_delta)"),
    ('y = labels("y", n, k)', 'y = labels("y", n, 0, K)'),
)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / NAME).write_text(PAGE, encoding="utf-8")
    return tmp_path / NAME


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit):
        main(arguments)
    return capsys.readouterr().out


def test_the_page_is_right_and_is_shown_as_the_tutorial_shows_it(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert SAID[0] == f"$ deltasift check {NAME}\n" + printed(capsys, "check", NAME)
    [shown] = [code for kind, code in BLOCK.findall(TEXT) if kind == "text"]
    assert printed(capsys, "show", NAME).endswith(shown)
    assert shown.startswith("Proof")


@pytest.mark.parametrize(("place", "slip"), list(enumerate(SLIPS, 1)))
def test_a_slip_is_refused_as_the_tutorial_says(
    place: int, slip: tuple[str, str], page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = slip
    assert wrong in TEXT
    page.write_text(PAGE.replace(right, wrong), encoding="utf-8")
    assert SAID[place] == f"$ deltasift check {NAME}\n" + printed(capsys, "check", NAME)


def test_why_a_line_holds(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert SAID[3] == f"$ deltasift why {NAME}:3\n" + printed(capsys, "why", f"{NAME}:3")


def test_the_other_commands_run(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = re.findall(r"^    deltasift (.*?)  +#", TEXT, re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        words = [w.strip("'") for w in re.findall(r"'[^']*'|\S+", command)]
        with pytest.raises(SystemExit) as end:
            main(words)
        assert not end.value.code, (command, capsys.readouterr())


def test_the_python_prints_what_it_says() -> None:
    for code in REST:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, "tutorial", "exec"), {})
        assert out.getvalue().splitlines() == re.findall(r"^print\(.*\)  # (.*)$", code, re.MULTILINE)
