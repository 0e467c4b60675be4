"""How fast the player is, in a browser without network: until it can be used, and a step until it is painted.

    python -m benchmarks.play [PAGE ...]

Chromium opens each file from the disk anew, several times. A step is a click on "Next", with layout and paint, through
the whole page and back, substeps unfolded where there are any.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from deltasift import load
from deltasift.check import check
from deltasift.play import play

PAGES = (
    "cross_entropy_is_average_nll",
    "dirac_cross_entropy_is_average_nll",
    "delta_is_one_hot",
    "brier_score_is_proper",
)
OPENED = 7
INTERACTIVE, STEP = 1000, 50  # milliseconds that are aimed at
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
READY = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
STEPS = """async () => {
  const times = [];
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  }));
  const press = async (id) => {
    const button = document.getElementById(id);
    if (button.disabled) return false;
    await painted();
    const start = performance.now();
    button.click();
    document.body.getBoundingClientRect();
    const worked = performance.now();
    await painted();
    times.push([worked - start, performance.now() - start]);
    return true;
  };
  do {
    document.querySelector(".ask .show:enabled")?.click();
  } while (await press("next"));
  while (await press("back"));
  return times;
}"""


def measured(browser: Any, file: Path) -> tuple[list[float], list[list[float]]]:
    """Return the milliseconds until a file can be used, once for each time it was opened, and those of its steps."""
    ready: list[float] = []
    steps: list[list[float]] = []
    for _ in range(OPENED):
        page = browser.new_context(offline=True, viewport={"width": 1280, "height": 800}).new_page()
        page.goto(file.as_uri())
        ready.append(page.evaluate(READY))
        steps += page.evaluate(STEPS)
        page.context.close()
    return ready, steps


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main(names: list[str]) -> None:
    print("milliseconds                          KB  interactive  worst  steps  median    95 %  painted, 95 %")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name in names:
            file = Path(folder, f"{name}.html")
            file.write_text(play(check(load(name))), encoding="utf-8")
            ready, steps = measured(browser, file)
            worked, painted = [s[0] for s in steps], [s[1] for s in steps]
            size = file.stat().st_size / 1000
            print(
                f"{name:36} {size:4.0f}  {median(ready):11.0f}  {max(ready):5.0f}  {len(steps):5}"
                f"  {median(worked):6.1f}  {percentile(worked, 0.95):6.1f}  {percentile(painted, 0.95):13.1f}"
            )
        browser.close()
    print(f"aimed at: interactive within {INTERACTIVE}, a step under {STEP} at the 95th percentile")


if __name__ == "__main__":
    main(sys.argv[1:] or list(PAGES))
