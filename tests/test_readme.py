"""The README, typed in: its Python runs, and prints what the README says that it prints."""

from __future__ import annotations

import contextlib
import io
import linecache
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from deltasift.cli import main

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)
# The commands that can be typed as they stand, but one that changes the shell and two that check everything.
TYPED = re.findall(r"(?:`|^    )(deltasift [^`\n]*?)(?:`|$)", README, re.MULTILINE)
COMMANDS = [c for c in TYPED if not re.search(r"\b[A-Z]{3,}\b|  |--install-completion|check( --strict|$)", c)]


def output(code: str, namespace: dict[str, Any]) -> str:
    name = f"<README {hash(code)}>"
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)  # the source of its functions
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(code, name, "exec"), namespace)
    return shown.getvalue()


def test_the_python_of_the_readme_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {}
    blocks = BLOCK.findall(README)
    compared = 0
    for (kind, code), (following, said) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind != "python":
            continue
        shown = output(code, namespace)
        for promised in re.findall(r"^print\(.*\)  # (.*)$", code, re.MULTILINE):
            if promised != "an align environment":
                assert promised in shown.splitlines()
                compared += 1
        if following == "text" and "print(" in code and "#" not in code:
            assert shown == said
            compared += 1
    assert compared >= 4


def test_the_commands_of_the_readme_run_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    monkeypatch.chdir(tmp_path)
    [saved] = [code for kind, code in BLOCK.findall(README) if kind == "python" and "digits.npz" in code]
    output("import numpy as np\n" + saved, {})
    assert len(COMMANDS) >= 7
    for command in COMMANDS:
        with pytest.raises(SystemExit) as ended:
            main(shlex.split(command)[1:])
        assert ended.value.code == 0, command
        said = capsys.readouterr()
        assert said.out + said.err, command


def test_the_failures_of_the_readme_are_those_of_the_assertions_and_of_the_plugin(pytester: pytest.Pytester) -> None:
    from deltasift import NLL, CrossEntropy, assert_equal
    from deltasift.pages import load

    page = load("cross_entropy_is_average_nll")
    q, y, p = (next(d for d in page.domains if d.name == name) for name in ("q", "y", r"\hat p"))
    with pytest.raises(AssertionError) as error:
        assert_equal(CrossEntropy(p, q), NLL(q, y))
    assert f"{error.value}\n" in [said for kind, said in BLOCK.findall(README) if kind == "text"]

    shutil.copy(Path(__file__).parent / "wrong" / "label_out_of_range.py", pytester.path)
    result = pytester.runpytest_inprocess("-p", "no:deltasift", "-p", "_deltasift_pytest", "label_out_of_range.py")
    [block] = [said for kind, said in BLOCK.findall(README) if kind == "text" and said.startswith("$ pytest")]
    assert "\n".join(block.splitlines()[2:]) in "\n".join(result.outlines)


def test_the_generated_functions_of_the_readme_are_those_of_the_page() -> None:
    from deltasift.check import check
    from deltasift.emit import ArrayProgram, Program, python_source
    from deltasift.pages import load

    report = check(load("cross_entropy_is_average_nll"), layers=())
    blocks = [code for kind, code in BLOCK.findall(README) if kind == "python" and code.startswith("def line_5")]
    for block, form in zip(blocks, (Program, ArrayProgram), strict=True):
        source = python_source(report, form=form)
        without_docs = re.sub(r'    r?"""Line .*?"""\n', "", source, flags=re.DOTALL)
        for function in block.strip().split("\n\n\n"):
            assert function in without_docs


def test_the_demo_of_the_readme_is_the_page_as_it_is_shown() -> None:
    from deltasift.check import check
    from deltasift.pages import load
    from deltasift.render import text

    shown = text(check(load("kl_is_constant_plus_nll")), width=80)
    [demo] = [said for kind, said in BLOCK.findall(README) if kind == "text" and "KL(p̂" in said]
    for part in demo.split("...\n")[1:]:
        assert part in shown
