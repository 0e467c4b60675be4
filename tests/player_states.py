"""What the controls of a player say, as the data of the page's lines, and controls that are moved at random.

The scripts run in the page: one call sets and reads as often as a test needs, which a browser does in no time.
"""

from __future__ import annotations

import math
from typing import Any

from deltasift import load
from deltasift.domain import Labels

# A generator of numbers that are the same in each run, and a state: every control at a random place, the sizes first.
CHANCE = """
let seed = SEED;
const chance = () => {
  seed = (seed + 0x6D2B79F5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const move = (e, value) => {
  e.value = value;
  e.dispatchEvent(new Event("input", { bubbles: true }));
};
const shuffle = () => {
  for (const size of [true, false]) {
    for (const e of [...document.querySelectorAll(".numbers input")]) {
      if (!e.isConnected || document.querySelector(".numbers").contains(e) !== size) continue;
      const [lo, hi] = [Number(e.min), Number(e.max)];
      move(e, e.step === "1" ? lo + Math.floor(chance() * (hi - lo + 1)) : lo + chance() * (hi - lo));
    }
  }
};
const nameOf = (e) => e.dataset.name;
const keyOf = (e) => ["set", nameOf(e), ...e.id.split("-").slice(2)].join("-");
const controls = () => [...document.querySelectorAll(".numbers input")];
const state = () => controls().map((e) => [keyOf(e), Number(e.value), Number(e.min)]);
const line = () => document.querySelector(".derivation p").textContent.split(" ")[1];
const answer = () => document.querySelector(".ask .show:enabled")?.click();
"""
# The value of each line, walking through the page to the end that is the nearer one and back.
VALUES = """
const values = () => {
  const found = {};
  const way = document.getElementById("back").disabled ? "next" : "back";
  for (;;) {
    found[line()] = document.querySelector(".eq").dataset.value;
    answer();
    const button = document.getElementById(way);
    if (button.disabled) return found;
    button.click();
  }
};
"""


def script(body: str, seed: int = 0) -> str:
    """Return a function for a page in which `shuffle`, `state`, `values` and the like are known."""
    return f"() => {{{CHANCE.replace('SEED', str(seed))}{VALUES}{body}}}"


def states(page: Any, name: str, count: int, seed: int) -> list[tuple[dict[str, Any], dict[str, str]]]:
    """Return random states that were set through the controls, each as data with the value of every line."""
    body = f"return Array.from({{ length: {count} }}, () => {{ shuffle(); return [state(), values()]; }});"
    return [(as_data(said, name), shown) for said, shown in page.evaluate(script(body, seed))]


def data(page: Any, name: str) -> dict[str, Any]:
    """Return what the controls say, by the names of the page's code; labels count from 0."""
    return as_data(page.evaluate(script("return state();")), name)


def as_data(said: list[tuple[str, float, float]], name: str) -> dict[str, Any]:
    """Return values of controls, each with its least one, as data of a page."""
    domains = load(name).domains
    kinds = {d.name: type(d).__name__ for d in domains}
    shifted = {d.name for d in domains if isinstance(d, Labels) and d.first is not None}
    found: dict[str, dict[tuple[int, ...], float]] = {}
    for key, value, least in said:
        _, one, *place = key.split("-")
        number = int(value) if kinds.get(one) in ("Size", "Index", "Labels") else value
        found.setdefault(one, {})[tuple(map(int, place))] = number - int(least) if one in shifted else number
    given = {one: _nested(entries) for one, entries in found.items()}
    return given | {d: _normal for d, kind in kinds.items() if kind == "Density"}


def out_of_reach(page: Any, axe: Any, part: str | None) -> list[Any]:
    """Return what axe finds in a part of a page: all of it in the light, and in the dark the colours."""
    found = axe.run(page, part).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += axe.run(page, part, {"runOnly": ["color-contrast"]}).response["violations"]
    page.emulate_media(color_scheme="light")
    return [(v["id"], [n["html"][:80] for n in v["nodes"]]) for v in found]


def _normal(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def _nested(entries: dict[tuple[int, ...], float]) -> Any:
    if () in entries:
        return entries[()]
    firsts = sorted({place[0] for place in entries})
    return [_nested({p[1:]: v for p, v in entries.items() if p[0] == i}) for i in firsts]
