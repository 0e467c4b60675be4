"""Random programs: what Python returns on exact data is the value of the expression that is read.

The data are fractions and the programs take no logarithm, so that both are exact. Each program is read three times:
with nothing declared, with domains that count from 0, and with domains that count from 1 and `labels_from=0`.
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from sympy import Symbol
from sympy.core.basic import Basic

from deltasift import ReadError, derivation_of, index, labels, real, sizes
from deltasift.check.balls import Balls
from deltasift.check.world import World
from deltasift.domain import Domain, closure
from deltasift.emit.run import load
from deltasift.line.scope import Scope

LOOPS = ("i", "j", "n", "m")  # m is a parameter too
LOCALS = ("s", "t", "u")


class Writer:
    """Writes a random function `f(x, w, y, a, m, K)`: a list, rows of K numbers, labels from 0, numbers."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.known: list[str] = []  # local variables that have a value
        self.rows: list[str] = []  # indices of x and w
        self.columns: list[str] = []  # indices of the second axis of w

    def function(self) -> str:
        rows = self.block(4, 4)
        return "import math\nfrom fractions import Fraction\n\n\ndef f(x, w, y, a, m, K):\n" + "".join(
            f"{row}\n" for row in rows
        )

    # --- statements ------------------------------------------------------------------------------------------------

    def block(self, count: int, indent: int) -> list[str]:
        rows: list[str] = []
        for _ in range(self.rng.randint(1, count)):
            rows += self.rng.choice([self.assignment, self.assignment, self.loop, self.loop, self.choice, self.guard])(
                indent
            )
        return [*rows, " " * indent + f"return {self.number(3)}"]

    def assignment(self, indent: int) -> list[str]:
        name = self.rng.choice(LOCALS)
        row = " " * indent + f"{name} = {self.number(2)}"
        self.known = [*(k for k in self.known if k != name), name]
        return [row]

    def choice(self, indent: int) -> list[str]:
        if not self.known:
            return self.assignment(indent)
        name, pad = self.rng.choice(self.known), " " * indent
        first, second = f"{name} = {self.number(2)}", f"{name} {self.rng.choice('+-*')}= {self.number(1)}"
        return [f"{pad}if {self.condition(1)}:", f"{pad}    {first}", f"{pad}else:", f"{pad}    {second}"]

    def guard(self, indent: int) -> list[str]:
        pad = " " * indent
        return [f"{pad}if {self.condition(1)}:", f"{pad}    return {self.number(2)}"]

    def loop(self, indent: int) -> list[str]:
        total, operator = self.rng.choice(LOCALS), self.rng.choice(["+", "+", "+", "-", "*"])
        self.known = [k for k in self.known if k != total]
        rows = [" " * indent + f"{total} = {self.number(1)}"]
        rows += self.turns(indent, total, operator, self.rng.randint(1, 2))
        self.known.append(total)
        return rows

    def turns(self, indent: int, total: str, operator: str, depth: int) -> list[str]:
        pad, known = " " * indent, list(self.known)
        name, header, kind = self.header()
        kept = self.enter(name, kind)
        body = [f"{pad}for {header}:"]
        for _ in range(self.rng.randint(1, 2)):
            inner = self.rng.random()
            if inner < 0.25 and depth > 1:
                body += self.turns(indent + 4, total, operator, depth - 1)
            elif inner < 0.4:
                body += [f"{pad}    if {self.condition(1)}:", f"{pad}        continue"]
            elif inner < 0.6:
                body += [
                    f"{pad}    if {self.condition(1)}:",
                    f"{pad}        {total} {operator}= {self.number(1)}",
                    f"{pad}    else:",
                    f"{pad}        {total} = {total} {operator} ({self.number(1)})",
                ]
            elif inner < 0.7:
                body += [f"{pad}    v = {self.number(1)}", f"{pad}    {total} {operator}= v"]
            else:
                body.append(f"{pad}    {total} {operator}= {self.number(2)}")
        self.leave(kept)
        self.known = known
        return body

    # --- loops -----------------------------------------------------------------------------------------------------

    def header(self) -> tuple[str, str, str]:
        name = self.rng.choice(LOOPS)
        ranges = [
            ("range(len(x))", "row"),
            ("range(len(x))", "row"),
            ("range(K)", "column"),
            ("range(K)", "column"),
            (f"range({self.rng.randint(-1, 2)}, {self.rng.randint(-1, 3)})", "number"),
            ("range(1, K)", "column"),
            ("range(0, 5, 2)", "number"),
            ("range(3, -2, -1)", "number"),
            ("range(len(x) - 1)", "row"),
            ("(1, a, 3)", "number"),
            ("x", "number"),
        ]
        over, kind = self.rng.choice(ranges)
        if self.rng.random() < 0.15:
            return name, f"{name}, v in enumerate(x)", "row"
        return name, f"{name} in {over}", kind

    def enter(self, name: str, kind: str) -> tuple[list[str], list[str], list[str]]:
        kept = (self.known, self.rows, self.columns)
        for group in ("known", "rows", "columns"):
            setattr(self, group, [k for k in getattr(self, group) if k != name])
        self.known = [*self.known, name]
        if kind == "row":
            self.rows = [*self.rows, name]
        elif kind == "column":
            self.columns = [*self.columns, name]
        return kept

    def leave(self, kept: tuple[list[str], list[str], list[str]]) -> None:
        self.known, self.rows, self.columns = kept

    # --- expressions -----------------------------------------------------------------------------------------------

    def leaf(self) -> str:
        leaves = ["1", "2", "0", "Fraction(1, 2)", "a", "a", "len(x)", *self.known, *self.known]
        leaves += [f"x[{r}]" for r in self.rows] * 2 + ["x[0]", "x[-1]"]
        leaves += [f"w[{r}][{c}]" for r in self.rows for c in self.columns] * 2
        leaves += [f"w[{r}, {c}]" for r in self.rows for c in self.columns]
        leaves += [leaf for r in self.rows for leaf in (f"y[{r}]", f"w[{r}][y[{r}]]")]
        return self.rng.choice(leaves)

    def number(self, depth: int) -> str:
        if depth == 0 or self.rng.random() < 0.2:
            return self.leaf()
        a, b = (lambda: self.number(depth - 1)), (lambda: self.number(depth - 1))
        forms = [
            lambda: f"({a()} + {b()})",
            lambda: f"({a()} - {b()})",
            lambda: f"{self.number(depth - 1)} * {self.leaf()}",
            lambda: f"{a()} + {b()} * 3 - {self.leaf()}",
            lambda: f"-({a()})",
            lambda: f"({a()}) / {self.rng.choice(['Fraction(3)', '(a - 1)', 'Fraction(len(x))'])}",
            lambda: f"({a()}) ** {self.rng.randint(0, 3)}",
            lambda: f"abs({a()})",
            lambda: f"{self.rng.choice(['max', 'min'])}({a()}, {b()})",
            lambda: f"({a()}) // 2",
            lambda: f"({a()} if {self.condition(depth - 1)} else {self.rng.choice(['0', b()])})",
            lambda: f"({self.condition(depth - 1)}) * ({a()})",
            lambda: f"({a()} {self.rng.choice(['or', 'and'])} {b()})",
            lambda: f"(({self.condition(depth - 1)}) {self.rng.choice(['or', 'and'])} {a()})",
            lambda: f"{self.rng.choice(['sum', 'math.prod'])}([{a()}, {b()}])",
            *[lambda: self.fold(depth)] * 4,
        ]
        return self.rng.choice(forms)()

    def fold(self, depth: int) -> str:
        call = self.rng.choice(["sum", "sum", "sum", "math.prod"])
        name, header, kind = self.header()
        kept = self.enter(name, kind)
        condition = f" if {self.condition(0)}" if self.rng.random() < 0.3 else ""
        second = ""
        if self.rng.random() < 0.2:
            inner, second, kind = self.header()
            self.enter(inner, kind)
            second = f" for {second}"
        text = f"{call}({self.number(depth - 1)} for {header}{condition}{second})"
        self.leave(kept)
        return text

    def condition(self, depth: int) -> str:
        a, b = self.number(min(depth, 1)), self.number(min(depth, 1))
        forms = [
            *[f"y[{r}] == {c}" for r in self.rows for c in self.columns] * 3,
            f"{a} == {self.leaf()}",
            f"{a} < {b}",
            f"{a} >= {b}",
            f"{self.leaf()} != {b}",
            f"0 <= {a} < {self.leaf()}",
            f"not {a} > {b}",
            f"{a} < {b} and {self.leaf()} < {self.leaf()}",
            f"{a} == {self.leaf()} or {b} < 1",
            f"any(v < {self.leaf()} for v in x)",
            f"all(v > 0 for v in x if v != {self.leaf()})",
        ]
        return self.rng.choice(forms)


class Matrix(list[Any]):
    """A list of lists, with `w[i, j]`."""

    def __getitem__(self, i: Any) -> Any:
        return self[i[0]][i[1]] if isinstance(i, tuple) else list.__getitem__(self, i)


def written(seed: int) -> str:
    return Writer(random.Random(seed)).function()


def data(seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    count, classes = rng.randint(1, 3), rng.randint(1, 3)

    def value() -> Fraction:
        return Fraction(rng.randint(-4, 6), rng.choice([1, 1, 2, 3]))

    return {
        "x": [value() for _ in range(count)],
        "w": Matrix([value() for _ in range(classes)] for _ in range(count)),
        "y": [rng.randrange(classes) for _ in range(count)],
        "a": value(),
        "m": rng.randint(0, 2),
        "K": classes,
    }


def declared(first: int) -> dict[str, Domain]:
    """Return domains for the parameters, whose indices and labels start at `first`."""
    N, K = sizes("N K")
    n, k = index("n", first, N - 1 + first), index("k", first, K - 1 + first)
    return {"x": real("x", n), "w": real("w", n, k), "y": labels("y", n, k)}


def exact(e: Basic, d: dict[str, Any], given: dict[str, Domain], first: int) -> Fraction | None:
    """Return the value of an expression by the exact evaluator, where arrays and labels start at `first`."""
    tables = {
        Symbol("x"): {(i + first,): v for i, v in enumerate(d["x"])},
        Symbol("w"): {(i + first, j + first): v for i, row in enumerate(d["w"]) for j, v in enumerate(row)},
        Symbol("y"): {(i + first,): Fraction(v + first) for i, v in enumerate(d["y"])},
    }
    numbers = {Symbol(name): Fraction(d[name]) for name in ("a", "m", "K")}
    numbers |= {Symbol(name): Fraction(len(d["x"])) for name in ("N_x", "N")}
    balls = Balls(World(numbers, tables, {}), Scope(closure(given.values())))
    return balls.as_fraction(balls.value(e, {}))


READINGS: dict[str, tuple[int, dict[str, Domain], int | None]] = {
    "undeclared": (0, {}, None),
    "from 0": (0, declared(0), None),
    "from 1": (1, declared(1), 0),
}


def run(seed: int, data_seeds: list[int], reading: str) -> str:
    """Compare the lines of a random program's reading with the program on data, and return what became of it."""
    source = written(seed)
    f = load(source, f"random program {seed}")["f"]
    first, domains, labels_from = READINGS[reading]
    try:
        d = derivation_of(f, given=domains, labels_from=labels_from)
    except ReadError as why:
        return str(why).partition(": ")[2].partition(" (")[0]
    outcome = "has no value on the data"
    for s in data_seeds:
        arrays = data(s)
        try:
            wanted = f(**arrays)
        except (ZeroDivisionError, IndexError, UnboundLocalError):
            continue
        for e in {d.lines[0], d.lines[-1]}:
            assert exact(e, arrays, domains, first) == Fraction(wanted), f"{source}\n{e}\n{arrays}"
        outcome = "is read"
    return outcome


@given(st.integers(0, 2**32), st.lists(st.integers(0, 2**16), min_size=3, max_size=3), st.sampled_from([*READINGS]))
def test_a_program_and_its_expression_have_one_value(seed: int, data_seeds: list[int], reading: str) -> None:
    event(run(seed, data_seeds, reading))


@pytest.mark.parametrize("reading", READINGS)
def test_most_random_programs_are_read(reading: str) -> None:
    outcomes = [run(seed, [seed, seed + 1], reading) for seed in range(50)]
    assert outcomes.count("is read") > 40
