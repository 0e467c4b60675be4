"""Generated JavaScript has the values that `evaluate` has, and stops where Python's code stops."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from random import Random
from typing import Any

import pytest
from sympy import S, Symbol

from deltasift import load, pmf, sizes
from deltasift.calc import Page
from deltasift.check.checker import page_scope
from deltasift.domain import Density, Index, Labels, Pmf, Reals, Size, Table, index
from deltasift.emit import evaluate
from deltasift.emit.javascript import JavaScriptProgram
from deltasift.errors import EmitError
from deltasift.inert import Add, Div, Func, Integral, Log, Pow, Sum, log, substitute
from deltasift.line.scope import Scope
from founding import FOUNDING

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed")
NORMAL = "(x) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)"


def ran(code: str) -> Any:
    assert NODE is not None
    done = subprocess.run([NODE, "--input-type=module"], input=code, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def state(page: Page, chance: Random) -> dict[str, Any]:
    """Return random data for a page by the names of its code; labels count from 0."""
    scope = page_scope(page)
    names = JavaScriptProgram(scope).names
    values: dict[Symbol, int] = {d.symbol: chance.randint(1, 5) for d in page.domains if isinstance(d, Size)}

    def number(e: Any) -> int:
        return int(substitute(e, {s: S(v) for s, v in values.items()}).doit())

    def array(lengths: list[int], make: Any) -> Any:
        return [array(lengths[1:], make) for _ in range(lengths[0])] if lengths else make()

    data: dict[str, Any] = {names[s]: v for s, v in values.items()}
    for d in page.domains:
        name = names[d.symbol]
        if isinstance(d, Index):
            data[name] = chance.randint(number(d.lo), number(d.hi))
        if isinstance(d, Density):
            data[name] = NORMAL
        if not isinstance(d, (Labels, Pmf, Reals)):
            continue
        assert isinstance(d, Table)
        lengths = [number(hi) - number(lo) + 1 for _, lo, hi in d.ranges]
        if isinstance(d, Labels):
            count = number(d.hi) - number(d.lo) + 1
            data[name] = array(lengths, lambda count=count: chance.randrange(count))
        elif isinstance(d, Pmf):
            data[name] = array(lengths[:-1], lambda k=lengths[-1]: simplex(k, chance))
        else:
            lo = -2.0 if d.above is None else float(d.above)
            hi = lo + 2 if d.below is None else float(d.below)
            data[name] = array(lengths, lambda lo=lo, hi=hi: chance.uniform(lo + 1e-3, hi - 1e-3))
    return data


def simplex(k: int, chance: Random) -> list[float]:
    row = [chance.uniform(0.05, 1) for _ in range(k)]
    return [x / sum(row) for x in row]


def values_in_node(page: Page, states: list[dict[str, Any]]) -> list[dict[str, float]]:
    program = JavaScriptProgram(page_scope(page))
    lines = [e for proof in page.proofs for e in proof.lines]
    found = [program.function(f"line_{i}", e) for i, e in enumerate(lines, 1)]
    calls = ", ".join(
        f'"{i}": {f.name}({", ".join(f"env.{program.names[p]}" for p in f.parameters)})' for i, f in enumerate(found, 1)
    )
    texts = [", ".join(f"{k}: {v if v == NORMAL else json.dumps(v)}" for k, v in s.items()) for s in states]
    envs = ", ".join(f"{{{t}}}" for t in texts)
    code = [program.prelude(), *(f.source for f in found)]
    return ran("\n".join([*code, f"console.log(JSON.stringify([{envs}].map((env) => ({{{calls}}}))));"]))  # type: ignore[no-any-return]


@needs_node
@pytest.mark.parametrize("name", FOUNDING)
def test_every_line_has_the_value_that_evaluate_has(name: str) -> None:
    page = load(name)
    chance = Random(name)
    states = [state(page, chance) for _ in range(10)]
    for given, found in zip(states, values_in_node(page, states), strict=True):
        python = {k: normal if v == NORMAL else v for k, v in given.items()}
        expected = evaluate(page, python)
        assert {int(n) for n in found} == expected.keys()
        for n, value in expected.items():
            assert found[str(n)] == pytest.approx(value, rel=1e-12, abs=1e-12), n


def normal(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


x, y = Symbol("x"), Symbol("y")


@needs_node
@pytest.mark.parametrize(
    ("e", "at"),
    [
        (Log(x), {"x": 0}),
        (Log(x), {"x": -1}),
        (Div(1, x), {"x": 0}),
        (Pow(x, -1), {"x": 0}),
        (Pow(x, Div(1, 2)), {"x": -1}),
        (Pow(x, y), {"x": -8, "y": 0.5}),
    ],
)
def test_what_has_no_value_stops(e: Any, at: dict[str, float]) -> None:
    program = JavaScriptProgram(Scope({}))
    f = program.function("f", e)
    given = ", ".join(str(at[str(p)]) for p in f.parameters)
    code = [program.prelude(), f.source, "let stopped = false;"]
    code += [f"try {{ f({given}); }} catch (e) {{ stopped = e instanceof RangeError; }}"]
    assert ran("\n".join([*code, "console.log(JSON.stringify(stopped));"])) is True


@needs_node
def test_an_index_outside_of_a_table_stops() -> None:
    n, k = sizes("n K")
    q = pmf("q", index("k", 1, k))
    program = JavaScriptProgram(Scope({d.symbol: d for d in (n, k, q)}))
    f = program.function("f", log(q[n]))
    given = {"K": "2", "n": "3", "q": "[0.5, 0.5]"}
    call = f"f({', '.join(given[str(p)] for p in f.parameters)})"
    code = [program.prelude(), f.source, f"try {{ {call}; }} catch (e) {{ console.log(JSON.stringify(e.message)); }}"]
    assert ran("\n".join(code)) == "entry 2 of an array of 2, counted from 0"


@pytest.mark.parametrize(
    ("e", "why"),
    [
        (Integral(Pow(x, 2), (x, 0, 1)), "an integral has no form in JavaScript"),
        (Func("digamma", x), "digamma has no form in JavaScript"),
        (Sum(Div(1, Pow(x, 2)), (x, 1, S.Infinity)), "an infinite sum has no form in JavaScript"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_reason(e: Any, why: str) -> None:
    with pytest.raises(EmitError, match=why):
        JavaScriptProgram(Scope({})).function("f", e)


def test_a_word_of_the_language_is_no_name() -> None:
    f = JavaScriptProgram(Scope({})).function("f", Add(Symbol("function"), Symbol("stop"), Symbol("new")))
    assert f.source.startswith("function f(function_, stop_, new_)")
