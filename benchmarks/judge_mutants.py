"""The judge's own code, made wrong in one place at a time: does the judge's suite notice?

Run as `python -m benchmarks.judge_mutants [--most 200] [--file NAME ...] [--seed TEXT] [--quick]`. A comparison, a
connective, a number, a truth value or an operator is exchanged, a condition is taken for true or for false, a `not` or
a part of a connective is left out, a statement is not carried out. Mutants are drawn of all files of the judge,
whatever they are called; each is tried in a process of its own, first on the certificates of `tests/judge/valid` and
`tests/judge/invalid`, then, where these do not notice, on the tests that are about its file, then on the other
tests of the judge. Printed is the share that is noticed, and each mutant that is not.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.util
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parents[1]
JUDGE = HERE / "src" / "deltasift" / "judge"
TESTS = HERE / "tests"
SECONDS = 150  # of processor time for one mutant; one that takes longer is noticed
SLOW = ("what_an_altered_certificate", "no_alteration_is_an_error", "exchanged_is_refused", "of_the_catalogue")
ALSO = {  # files without tests of that name, and whose tests are about them
    "carry": ("carry", "need"),
    "context": ("certificate", "need"),
    "data": ("certificate_data", "file"),
    "existence": ("need", "certificate"),
    "facts": ("facts", "certificate"),
    "functions": ("facts", "need"),
    "linear": ("certificate",),
    "meaning": ("need", "order"),
    "proof": ("certificate",),
    "smooth": ("need",),
    "tree": ("term",),
}
SHARED = ("parts", "sums", "existence")  # what verifiers are built of
QUIET = 0  # of a suite that notices nothing
NOTICED = 7

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
    """A file of the judge with one thing in it changed."""

    file: Path
    line: int
    what: str
    node: int
    change: int

    @property
    def tree(self) -> ast.Module:
        """The file with the change in it."""
        tree = ast.parse(self.file.read_text(encoding="utf-8"))
        target = next(islice(_nodes(tree), self.node, None))
        _, change = next(islice(_changes(target), self.change, None))
        change(target)
        return ast.fix_missing_locations(tree)

    @property
    def module(self) -> str:
        """The name of the module that it is."""
        parts = self.file.relative_to(HERE / "src").with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def __str__(self) -> str:
        return f"{self.file.relative_to(JUDGE)}:{self.line}: {self.what}"


def mutants(file: Path) -> Iterator[Mutant]:
    """Yield the mutants of a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for number, node in enumerate(_nodes(tree)):
        for i, (what, _) in enumerate(_changes(node)):
            yield Mutant(file, getattr(node, "lineno", 0), what, number, i)


def _nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what runs: what is in functions, annotations and texts apart."""
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.Lambda)):
            body = function.body if isinstance(function.body, list) else [function.body]
            yield from (n for statement in body for n in _within(statement))


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


# --- a mutant tried --------------------------------------------------------------------------------------------------


class _Loader(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Loads one module from a mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self.mutant.module:
            return None
        package = self.mutant.file.name == "__init__.py"
        spec = importlib.util.spec_from_loader(name, self, origin=str(self.mutant.file), is_package=package)
        if spec is not None and package:
            spec.submodule_search_locations = [str(self.mutant.file.parent)]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(self.mutant.file)
        exec(compile(self.mutant.tree, str(self.mutant.file), "exec"), module.__dict__)


def prepare() -> None:
    """Load what every mutant needs and is not of this project, so that a process that is split off has it already."""
    sys.path.insert(0, str(TESTS))
    for name in ("sympy", "mpmath", "z3", "flint", "hypothesis", "pytest", "numpy", "lark"):
        importlib.import_module(name)
    assert not any(name.startswith("deltasift") for name in sys.modules)


def is_noticed(mutant: Mutant | None, *, quick: bool = False) -> str:
    """Return what notices a mutant, "certificates", "its tests", "other tests" or "time"; of None, what fails."""
    ways = {"certificates": _certificates, "its tests": _own_tests} | ({} if quick else {"other tests": _every_test})
    for name, way in ways.items():
        status = _in_a_process(mutant, way)
        if status != QUIET:
            return name if status == NOTICED else "time"
    return ""


def _in_a_process(mutant: Mutant | None, way: Callable[[Mutant | None], bool]) -> int:
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
            with open(os.devnull, "w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
            if mutant is not None:
                sys.meta_path.insert(0, _Loader(mutant))
            os._exit(QUIET if way(mutant) else NOTICED)
        except BaseException:
            os._exit(NOTICED)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _certificates(mutant: Mutant | None) -> bool:
    """Tell whether the judge says the right thing of every certificate."""
    from judge import test_invalid as suite

    for file in (*suite.VALID, *suite.INVALID):
        try:
            suite.test_what_is_right_is_accepted(file) if file in suite.VALID else (
                suite.test_what_is_wrong_is_not_accepted(file)
            )
        except Exception:
            return False
    return True


def _own_tests(mutant: Mutant | None) -> bool:
    """Tell whether the tests pass that are about the file, or of a verifier about the rules that it judges."""
    if mutant is None:
        return True
    folder = TESTS / "judge"
    stem = mutant.file.stem
    own = sorted({f for name in ALSO.get(stem, (stem,)) for f in folder.glob(f"test_{name}*.py")})
    if own:
        return _pass([str(f) for f in own], [])
    return mutant.file.parent.name != "verify" or _pass([str(folder / "verify")], _functions(mutant.file))


def _functions(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [f.name for f in tree.body if isinstance(f, ast.FunctionDef) and not f.name.startswith("_")]


def _every_test(mutant: Mutant | None) -> bool:
    """Tell whether all tests of the judge pass; those of the verifiers, which take long, of what these are built of."""
    folder = TESTS / "judge"
    needs_them = mutant is None or mutant.file.parent.name == "verify" or mutant.file.stem in SHARED
    return _pass([str(folder), *([] if needs_them else [f"--ignore={folder / 'verify'}"])], [])


def _pass(where: list[str], names: list[str]) -> bool:
    import pytest

    wanted = f"({' or '.join(names)}) and " if names else ""
    how = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain", "--rootdir", str(HERE)]
    how += ["-k", f"{wanted}not ({' or '.join(SLOW)})", f"--ignore={TESTS / 'judge' / 'test_invalid.py'}"]
    return pytest.main([*how, *where]) in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share of mutants that are noticed, and those that are not; 1 where it is below 95 %."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judge_mutants", description="Mutants of the judge.")
    parser.add_argument("--most", type=int, default=200, help="mutants that are drawn, 0 for all")
    parser.add_argument("--file", action="append", help="files of the judge, all by default")
    parser.add_argument("--seed", default="", help="for other mutants")
    parser.add_argument("--only", metavar="FILE", help="those that are printed in a file, once more")
    parser.add_argument("--quick", action="store_true", help="ask the certificates and the tests of its file alone")
    chosen = parser.parse_args(arguments)
    files = sorted(f for f in JUDGE.rglob("*.py") if not chosen.file or str(f.relative_to(JUDGE)) in chosen.file)
    every = [m for f in files for m in mutants(f)]
    count = len(every)
    if chosen.only:
        again = Path(chosen.only).read_text(encoding="utf-8")
        every = [m for m in every if f"not noticed: {m}\n" in again]
    if chosen.most and count > chosen.most:
        every = random.Random(chosen.seed).sample(every, chosen.most)
    prepare()
    right = is_noticed(None, quick=chosen.quick)
    if right:
        print(f"the {right} fail of the judge as it is")
        return 2
    start, by = time.perf_counter(), Counter[str]()
    for m in every:
        how = is_noticed(m, quick=chosen.quick)
        by[how] += 1
        if not how:
            print(f"not noticed: {m}", flush=True)
    noticed = len(every) - by[""]
    seconds = time.perf_counter() - start
    print(f"{len(every)} mutants of {count} in {len(files)} files ({seconds:.0f} s, seed {chosen.seed!r})")
    print(f"noticed {noticed} = {int(10_000 * noticed / len(every)) / 100:.2f} %: {dict(by)}")
    return 0 if noticed >= 0.95 * len(every) else 1


if __name__ == "__main__":
    sys.exit(main())
