"""Whether the player of every page says what Python says, whatever is set, and is in reach of everybody.

    python -m benchmarks.players [--states N] [PAGE ...]

Each page is opened in Chromium without network. In random states, set through its controls, the number of each line is
compared with `evaluate`, to 1e-12; at its middle line axe looks at all of it in the light, and at its colours in the
dark; at 320, 768 and 1280 pixels nothing may be scrolled sideways; and nothing may be asked for, said or refused. The
tests do so with some of the pages. It exits with 1 if something is found.
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from deltasift import check, load
from deltasift.catalogue import page_names
from deltasift.emit.evaluate import measure
from deltasift.play import play

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from player_states import out_of_reach, states

STATES = 10
NEAR = 1e-12
WIDTHS = (320, 768, 1280)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def differences(tab: Any, name: str, count: int) -> Iterator[str]:
    """Yield where the number of a line is not the one that Python computes."""
    page = load(name)
    seen = states(tab, name, count, seed=len(name))
    written = {number for _, shown in seen for number, value in shown.items() if value}  # the others say why not
    for given, shown in seen:
        for line in measure(page, given, trace=False).lines:
            number, value = shown[str(line.number)], line.value
            same = number == "" if value is None else bool(number) and _is_near(float(number), value)
            if not same and str(line.number) in written:
                yield f"line {line.number} is {number or 'without a number'}, and {value} by evaluate, at {given}"


def _is_near(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=NEAR, abs_tol=NEAR) or (math.isnan(a) and math.isnan(b))


def sideways(tab: Any) -> Iterator[str]:
    """Yield the widths at which a page is scrolled sideways."""
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        seen = tab.evaluate("document.documentElement.scrollWidth")
        if seen > width:
            yield f"{seen} pixels broad at {width}"


def found(browser: Any, axe: Any, file: Path, name: str, count: int) -> Iterator[str]:
    """Yield everything that is wrong with the player of a page."""
    context = browser.new_context(offline=True, reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    tab = context.new_page()
    said: list[str] = []
    tab.on("request", lambda r: said.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    tab.on("pageerror", lambda e: said.append(str(e)))
    tab.on("console", lambda m: said.append(m.text))
    report = check(load(name), layers=("structure", "conditions"))
    file.write_text(play(report), encoding="utf-8")
    tab.goto(file.as_uri())
    yield from differences(tab, name, count)
    tab.goto(f"{file.as_uri()}#line-{len(report.lines) // 2 + 1}")
    yield from (f"axe: {v}" for v in out_of_reach(tab, axe, None))
    yield from sideways(tab)
    yield from said
    context.close()


def main(names: list[str], count: int) -> int:
    """Look at the players of pages; return how many have something wrong."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name in names:
            problems = [*found(browser, Axe(), Path(folder) / f"{name}.html", name, count)]
            wrong += bool(problems)
            print(f"{name}  {'ok' if not problems else ''}", *problems[:5], sep="\n  " if problems else "", flush=True)
        browser.close()
    print(f"{len(names) - wrong} of {len(names)} players, {count} states each: nothing found")
    return wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--states", type=int, default=STATES)
    asked = parser.parse_args()
    raise SystemExit(1 if main(asked.pages or page_names(), asked.states) else 0)
