"""The page on losses, typed in: what is right is proved, and what is wrong is refuted as the page says."""

from __future__ import annotations

import contextlib
import io
import linecache
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="PyTorch is not installed: make frameworks")

PAGE = (Path(__file__).parents[1] / "docs" / "how-to" / "losses.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)
SECTIONS = PAGE.split("\n## ")
CASES = [s for s in SECTIONS[1:] if "```" in s]


def run(text: str, namespace: dict[str, Any]) -> list[tuple[str, str]]:
    """Run the Python of a text; return what each block of it printed, with what the text says behind it."""
    printed = []
    last = ""
    for kind, code in BLOCK.findall(text):
        if kind == "text":
            printed.append((last, code))
            continue
        name = f"<how-to {hash(code)}>"
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            exec(compile(code, name, "exec"), namespace)
        last = shown.getvalue()
    return printed


@pytest.mark.parametrize("case", CASES, ids=[s.partition("\n")[0] for s in CASES])
def test_the_loss_is_proved_and_its_mistake_refuted(case: str) -> None:
    namespace: dict[str, Any] = {}
    run(SECTIONS[0], namespace)
    [(shown, said)] = run(case, namespace)
    assert shown == said
    assert shown.startswith("not equal")


def test_there_are_ten_cases() -> None:
    assert len(CASES) == 10


@pytest.mark.parametrize("case", CASES, ids=[s.partition("\n")[0] for s in CASES])
def test_its_derivation_is_a_page(case: str) -> None:
    named = re.findall(r"`(derivations/[^`]*\.py)`", case)
    assert named
    for page in named:
        assert "claim" in (Path(__file__).parents[1] / page).read_text(encoding="utf-8")
