"""The judge's own code, made wrong in one place at a time: does the judge's suite notice?

Run as `python -m benchmarks.judge_mutants [--most 200] [--jobs 1] [--budget 20] [--file NAME ...] [--seed TEXT]`. A
comparison, a connective, a number, a truth value or an operator is exchanged, a condition is taken for true or for
false, a `not` or a part of a connective is left out, a statement is not carried out. Mutants are drawn of all files of
the judge, whatever they are called. The tests of the judge are run once as they are, and what each of them carries out
is kept (`--map FILE` for another time); a mutant is then put in the place of its function in a process that is split
off, and those tests are run that come to its line, the quick ones first, until one fails or those that are left would
take the judge as it is longer than the budget. A mutant that takes five times what the judge takes, and ten seconds
more, is noticed, too. Printed is the share that is noticed, and each mutant that is not.
"""

from __future__ import annotations

import argparse
import ast
import gc
import json
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from itertools import islice
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

HERE = Path(__file__).resolve().parents[1]
JUDGE = HERE / "src" / "deltasift" / "judge"
TESTS = HERE / "tests" / "judge"
SLOW = ("what_an_altered_certificate", "no_alteration_is_an_error", "exchanged_is_refused", "of_the_catalogue")
LOOKED_AT = 20  # calls of a function in one test of which the lines are kept
MEMORY = 6 << 30  # bytes of a process that tries a mutant
QUIET, NOTICED, NOWHERE = 0, 7, 8

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True)
class Mutant:
    """A file of the judge with one thing in it changed, inside of the function that begins at a line."""

    file: Path
    line: int
    what: str
    node: int
    change: int
    function: int

    @property
    def tree(self) -> ast.Module:
        """The file with the change in it."""
        tree = _parsed(self.file)
        _, target = next(islice(_nodes(tree), self.node, None))
        _, change = next(islice(_changes(target), self.change, None))
        change(target)
        return ast.fix_missing_locations(tree)

    def __str__(self) -> str:
        return f"{self.file.relative_to(JUDGE)}:{self.line}: {self.what}"


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def mutants(file: Path) -> Iterator[Mutant]:
    """Yield the mutants of a file."""
    for number, (function, node) in enumerate(_nodes(_parsed(file))):
        for i, (what, _) in enumerate(_changes(node)):
            yield Mutant(file, getattr(node, "lineno", 0), what, number, i, function)


def _nodes(tree: ast.Module) -> Iterator[tuple[int, ast.AST]]:
    """Yield what runs, with where its function begins: what is in functions, annotations and texts apart."""
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.Lambda)):
            body = function.body if isinstance(function.body, list) else [function.body]
            first = min([function.lineno, *(d.lineno for d in getattr(function, "decorator_list", ()))])
            yield from ((first, n) for statement in body for n in _within(statement))


def _within(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, (ast.FunctionDef, ast.Lambda)):
        return  # it comes by itself
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "msg", "exc"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _within(child)


Change = Callable[[Any], object]


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Yield what can be done to a node, in words and as what does it in place."""
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            other = COMPARISONS[type(op)]
            yield f"{type(op).__name__} is {other.__name__}", lambda n, i=i, o=other: n.ops.__setitem__(i, o())
    elif isinstance(node, ast.BoolOp):
        other_op = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} is {other_op.__name__}", lambda n: setattr(n, "op", other_op())
        for i in range(len(node.values)):
            yield f"part {i + 1} of a connective is left out", lambda n, i=i: n.values.pop(i)
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        new = OPERATORS[type(node.op)]
        yield f"{type(node.op).__name__} is {new.__name__}", lambda n: setattr(n, "op", new())
    elif isinstance(node, ast.Constant):
        yield from _of_a_constant(node)
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        for truth in (True, False) if not isinstance(node, ast.While) else (False,):
            yield f"a condition is {truth}", lambda n, t=truth: setattr(n, "test", ast.Constant(t))
    elif isinstance(node, ast.comprehension):
        for i in range(len(node.ifs)):
            yield "a condition of a comprehension is left out", lambda n, i=i: n.ifs.pop(i)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "a `not` is left out", lambda n: setattr(n, "op", ast.UAdd()) or _as_bool(n)
    elif isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
        is_yield = isinstance(node.value, (ast.Yield, ast.YieldFrom))
        what = "nothing is yielded" if is_yield else "a statement is not carried out"
        # what makes a generator stays one
        nothing = ast.YieldFrom(ast.Tuple([], ast.Load())) if is_yield else ast.Constant(None)
        yield what, lambda n: setattr(n, "value", nothing)


def _as_bool(n: ast.UnaryOp) -> None:
    n.op = ast.Not()
    n.operand = ast.UnaryOp(ast.Not(), n.operand)


def _of_a_constant(node: ast.Constant) -> Iterator[tuple[str, Change]]:
    if isinstance(node.value, bool):
        yield f"{node.value} is {not node.value}", lambda n: setattr(n, "value", not n.value)
    elif isinstance(node.value, int):
        yield f"{node.value} is {node.value + 1}", lambda n: setattr(n, "value", n.value + 1)


# --- a mutant in the place of its function ----------------------------------------------------------------------------


def exchanged(mutant: Mutant) -> Mapping[CodeType, CodeType]:
    """Return the code of the function that a mutant is of, with that of the mutant, and that of functions in it."""
    name = str(mutant.file)
    old, new = (compile(tree, name, "exec", dont_inherit=True) for tree in (_parsed(mutant.file), mutant.tree))
    found: dict[CodeType, CodeType] = {}
    todo = [(old, new)]
    while todo:
        a, b = todo.pop()
        pairs = list(zip(*([c for c in code.co_consts if isinstance(c, CodeType)] for code in (a, b)), strict=False))
        for c, d in pairs:
            if c != d:
                found[c] = d
                todo.append((c, d))
    return found


def put_in_place(mutant: Mutant) -> bool:
    """Let every function of the judge that runs the code be the mutant, and forget what was remembered before.

    Tell whether there is such a function.
    """
    is_there = False
    codes = exchanged(mutant)
    gc.unfreeze()  # else what was there when the tests were collected is not found
    for function in [x for x in gc.get_objects() if isinstance(x, FunctionType)]:
        new = codes.get(function.__code__) if function.__code__.co_filename == str(mutant.file) else None
        if new is not None and len(new.co_freevars) == len(function.__code__.co_freevars):
            function.__code__ = new
            is_there = True
    for remembered in [x for x in gc.get_objects() if isinstance(x, _lru_cache_wrapper)]:
        remembered.cache_clear()
    for term in list(sys.modules["deltasift.judge.tree"]._POOL.values()):
        term.known_key = None
    return is_there


# --- what each test comes to ------------------------------------------------------------------------------------------


class Watched:
    """The lines of the judge that a test comes to, each function's first calls looked at line by line."""

    def __init__(self) -> None:
        self.lines: set[tuple[str, int]] = set()
        self._calls: Counter[CodeType] = Counter()
        self._prefix = str(JUDGE)

    def __call__(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(self._prefix):
            return None
        self._calls[code] += 1
        self.lines.add((code.co_filename, -code.co_firstlineno))
        return self._local if self._calls[code] <= LOOKED_AT else None

    def _local(self, frame: FrameType, event: str, argument: object) -> Any:
        self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._local


class Suite:
    """The tests of the judge, collected: what each comes to, and whether they notice a mutant."""

    def __init__(self, session: pytest.Session, budget: float) -> None:
        self.session = session
        self.items = [i for i in session.items if not any(slow in i.name for slow in SLOW)]
        self.budget = budget
        self.seconds: list[float] = []
        self.tests: dict[tuple[str, int], list[int]] = {}

    def run(self, item: pytest.Item) -> bool:
        """Run a test and tell whether it passes."""
        before = self.session.testsfailed
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        return self.session.testsfailed == before

    def watch(self) -> Mapping[str, Any]:
        """Return how long each test takes, None of one that fails, and which tests come to a line."""
        seconds: list[float | None] = []
        came: dict[str, list[int]] = {}
        for number, item in enumerate(self.items):
            watched, start = Watched(), time.process_time()
            sys.settrace(watched)
            passes = self.run(item)
            sys.settrace(None)
            seconds.append(time.process_time() - start if passes else None)
            for file, line in watched.lines if passes else ():
                came.setdefault(f"{Path(file).relative_to(JUDGE)}:{line}", []).append(number)
        return {"names": [i.nodeid for i in self.items], "seconds": seconds, "came": came}

    def know(self, found: Mapping[str, Any]) -> None:
        """Take over what was seen, of the tests that are there now."""
        numbers = {item.nodeid: n for n, item in enumerate(self.items)}
        known = [numbers.get(name) for name in found["names"]]
        self.seconds = [0.1] * len(self.items)
        for n, seconds in zip(known, found["seconds"], strict=True):
            if n is not None and seconds is not None:
                self.seconds[n] = seconds
        for at, tests in found["came"].items():
            file, line = at.rsplit(":", 1)
            self.tests[str(JUDGE / file), int(line)] = [n for t in tests if (n := known[t]) is not None]

    def chosen(self, mutant: Mutant) -> list[int]:
        """Return the tests that come to a mutant's line, then those that come to its function, as the budget allows."""
        file = str(mutant.file)
        by_line, by_function = (
            sorted(self.tests.get((file, line), ()), key=lambda n: self.seconds[n])
            for line in (mutant.line, -mutant.function)
        )
        found: list[int] = []
        left = self.budget
        for n in dict.fromkeys((*by_line, *by_function)):
            left -= self.seconds[n]
            if left < 0 and found:
                break
            found.append(n)
        return found

    def tried(self, mutant: Mutant) -> int:
        """Return what becomes of a mutant in the process that is given away to it."""
        if not put_in_place(mutant):
            return NOWHERE
        return QUIET if all(self.run(self.items[n]) for n in self.chosen(mutant)) else NOTICED


def split_off(work: Callable[[], int], seconds: int) -> int:
    """Return the number of a new process that does some work and ends."""
    child = os.fork()
    if child:
        return child
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        os._exit(work())
    except BaseException:
        os._exit(NOTICED)


class Tried:
    """Takes over what pytest has collected, in place of its loop."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen = chosen
        self.code = 2

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        suite = Suite(session, self.chosen.budget)
        suite.know(self._map(suite))
        every = self._drawn()
        start, by = time.perf_counter(), Counter[str]()
        for m, how in self._outcomes(suite, every):
            by[how] += 1
            if how in ("", "nowhere"):
                print(f"not {'put in place' if how else 'noticed'} ({sum(by.values())} tried): {m}", flush=True)
        noticed = len(every) - by[""] - by["nowhere"]
        print(f"{len(every)} mutants ({time.perf_counter() - start:.0f} s, seed {self.chosen.seed!r})")
        print(f"noticed {noticed} = {int(10_000 * noticed / max(1, len(every))) / 100:.2f} %: {dict(by)}")
        self.code = 0 if noticed >= 0.95 * len(every) else 1
        return True

    def _map(self, suite: Suite) -> Mapping[str, Any]:
        file = Path(self.chosen.map)
        if not file.exists():
            child = split_off(lambda: file.write_text(json.dumps(suite.watch()), encoding="utf-8") * QUIET, 36_000)
            os.waitpid(child, 0)
        found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        failed = [n for n, s in zip(found["names"], found["seconds"], strict=True) if s is None]
        total = sum(s or 0 for s in found["seconds"])
        print(f"{len(found['names'])} tests, {total:.0f} s; {len(failed)} fail of the judge as it is: {failed[:5]}")
        return found

    def _drawn(self) -> list[Mutant]:
        names = self.chosen.file
        files = sorted(f for f in JUDGE.rglob("*.py") if not names or str(f.relative_to(JUDGE)) in names)
        every = [m for f in files for m in mutants(f)]
        print(f"{len(every)} mutants in {len(files)} files")
        if self.chosen.only:
            again = Path(self.chosen.only).read_text(encoding="utf-8").splitlines()
            every = [m for m in every if any(line.endswith(str(m)) for line in again)]
        most = self.chosen.most
        return random.Random(self.chosen.seed).sample(every, most) if most and len(every) > most else every

    def _outcomes(self, suite: Suite, every: Sequence[Mutant]) -> Iterator[tuple[Mutant, str]]:
        """Yield each mutant with what notices it, "tests" or "time"; "" where nothing does."""
        running: dict[int, Mutant] = {}
        waiting = list(reversed(every))
        while waiting or running:
            while waiting and len(running) < self.chosen.jobs:
                m = waiting.pop()
                limit = int(10 + 5 * sum(suite.seconds[n] for n in suite.chosen(m)))
                running[split_off(lambda m=m: suite.tried(m), limit)] = m  # type: ignore[misc]
            child, status = os.waitpid(-1, 0)
            code = os.waitstatus_to_exitcode(status)
            yield running.pop(child), {QUIET: "", NOTICED: "tests", NOWHERE: "nowhere"}.get(code, "time")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share of mutants that are noticed, and those that are not; 1 where it is below 95 %."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judge_mutants", description="Mutants of the judge.")
    parser.add_argument("--most", type=int, default=200, help="mutants that are drawn, 0 for all")
    parser.add_argument("--file", action="append", help="files of the judge, all by default")
    parser.add_argument("--seed", default="", help="for other mutants")
    parser.add_argument("--only", metavar="FILE", help="those that are printed in a file, once more")
    parser.add_argument("--jobs", type=int, default=1, help="mutants that are tried at a time")
    parser.add_argument("--budget", type=float, default=20, help="seconds that the tests of a mutant take at most")
    parser.add_argument("--map", default="out/judge_lines.json", help="where is kept what each test comes to")
    plugin = Tried(parser.parse_args(arguments))
    Path(plugin.chosen.map).parent.mkdir(parents=True, exist_ok=True)
    how = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain", "--rootdir", str(HERE), str(TESTS)]
    pytest.main([*how, "--capture=no"], plugins=[plugin])
    return plugin.code


if __name__ == "__main__":
    sys.exit(main())
