"""`deltasift read` prints the formula of a function of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from deltasift import ParseError, index, labels, pmf, positive, real, sizes
from deltasift.cli import main
from deltasift.parse.domains import domains

FILE = """
import math
import numpy as np


def average_nll(q, y):
    return -np.log(q[np.arange(len(y)), y]).mean() * 0.5


def loops(q, y, N):
    return -sum(math.log(q[y[n]]) for n in range(N)) / N


class Scaled:
    def loss(self, x):
        return np.sum(2 * x)


scaled = Scaled()
"""
DECLARED = ["--declare", "n: 1..N", "--declare", "k: 1..K", "--declare", "q: positive pmf[n, k]"]
DECLARED += ["--declare", "y: labels[n] of k"]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "my_losses.py"
    path.write_text(FILE)
    return str(path)


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    shown = capsys.readouterr()
    code = end.value.code
    assert isinstance(code, int)
    return code, shown.out, shown.err


def test_a_function_over_arrays_is_read(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown, _ = run("read", f"{file}:average_nll", *DECLARED, "--format", "source", capsys=capsys)
    assert (code, shown) == (0, "-(Sum(log(q[n, y[n]]), (n, 1, N))/N)*(S(1)/2)\n")


def test_how_it_was_read_is_said(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = run("read", f"{file}:average_nll", *DECLARED, capsys=capsys)
    assert "run once, on stand-ins for its arrays" in shown
    assert "0.5 is read as the decimal that it is written as" in shown
    assert "equality is of real numbers, without rounding" in shown
    _, shown, _ = run("read", f"{file}:loops", capsys=capsys)
    assert "read from its source, which was not run" in shown


def test_methods_and_latex(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    place = f"{file}:scaled.loss"
    code, shown, _ = run(
        "read", place, "--declare", "n: 1..N", "--declare", "x: real[n]", "--format", "latex", capsys=capsys
    )
    assert (code, shown) == (0, "\\sum_{n=1}^{N} 2 x_{n}\n")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("{file}:nothing", "has no nothing"),
        ("{file}", "names no function"),
        ("{file}x:f", "names no function"),
        ("missing.py:f", "there is no file missing.py"),
        ("{file}:scaled", "is no function"),
        ("{file}:Scaled", "is a class"),
        ("{file}:Scaled.loss", "q is declared, and"),
    ],
)
def test_what_is_not_there_is_one_line(file: str, place: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, said = run("read", place.format(file=file), *DECLARED, capsys=capsys)
    assert code == 2
    assert words in said
    assert said.count("\n") == 1


def test_a_module_has_the_parameters_of_what_it_computes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch", reason="PyTorch is not installed: make frameworks")
    path = tmp_path / "module_losses.py"
    path.write_text("import torch\nlayer = torch.nn.L1Loss()\n")
    declared = ("--declare", "n: 1..N", "--declare", "input: real[n]", "--declare", "target: real[n]")
    code, shown, _ = run("read", f"{path}:layer", *declared, "--format", "source", capsys=capsys)
    assert (code, shown) == (0, "Sum(Abs(input[n] - target[n]), (n, 1, N))/N\n")


@pytest.mark.parametrize("line", ["raise SystemExit(3)", "1/0", "f("], ids=["leaves", "raises", "is not Python"])
def test_a_file_that_cannot_be_imported_is_one_line(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken_losses.py"
    path.write_text(line)
    code, _, said = run("read", f"{path}:f", capsys=capsys)
    assert code == 2
    assert "cannot be imported" in said
    assert said.count("\n") == 1


def test_domains_are_declared_as_text() -> None:
    found = domains(
        [
            *("n: 1..N", "k: 0..K - 1", "q: pmf[n, k]", "r: positive pmf[k]", "y: labels[n] of k"),
            *("t: labels[n] 0..1", "x: real", "w: positive[k]", "u: unit[n]", "M: size"),
        ]
    )
    N, K, M = sizes("N K M")
    n, k = index("n", 1, N), index("k", 0, K - 1)
    assert found == {
        "n": n,
        "k": k,
        "q": pmf("q", k, given=n),
        "r": pmf("r", k, positive=True),
        "y": labels("y", n, k),
        "t": labels("t", n, 0, 1),
        "x": real("x"),
        "w": positive("w", k),
        "u": real("u", n, above=0, below=1),
        "M": M,
    }


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ("x", "is no declaration"),
        ("x: matrix", "is none of"),
        ("x: real[n]", "whose range is not declared"),
        ("x: pmf", "needs the index of its classes"),
        ("y: labels[y] 0..1", "is declared by itself"),
        ("y: labels", "need the index of their examples"),
        ("x: real nonsense", "which is not read"),
    ],
)
def test_a_declaration_that_says_nothing_is_refused(declared: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        domains([declared])
