"""Deliberately wrong pages are rejected: at the right line, in one line, with a counterexample where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from deltasift.check import Report, check
from deltasift.pages import load_file

FOLDER = Path(__file__).parent / "wrong"

# page: line, what the structure says, and what models and numbers say, in front of the counterexample
DIFFERS = "differs from the line before"
WRONG = {
    "sign": (2, "definition does not give this line", DIFFERS),
    "dropped_factor": (4, "sum_mul_right, sum_mul_left do not give this line", DIFFERS),
    "swapped_arguments": (2, "definition does not give this line", DIFFERS),
    "captured_index": (2, "sum_delta does not give this line", DIFFERS),
    "wrong_range": (2, "definition does not give this line", DIFFERS),
    "log_of_a_sum": (2, "log_mul does not give this line", DIFFERS),
    "wrong_label": (2, "sum_delta does not give this line", DIFFERS),
    "label_out_of_range": (2, "needs z[n] <= K (sum_delta)", DIFFERS),
    "dropped_condition": (2, "needs 0 < r[k] (log_mul)", "has no value"),
    "dirac_for_kronecker": (1, "the Kronecker delta was meant", ""),
    "another_claim": (2, "not in the claim", ""),
    "constant_that_varies": (2, "c is not a constant: it depends on q (order_add_const)", DIFFERS),
    "order_by_a_negative": (2, "0 < -N is false (order_mul_pos)", DIFFERS),
    "cancelled_log": (2, "needs 0 < r[k] (arithmetic)", DIFFERS),
    "zero_times_log": (2, "needs 0 < r[k] (arithmetic)", DIFFERS),
    "zero_over_zero": (2, "needs K - 1 != 0 (arithmetic)", DIFFERS),
}


def report(name: str, *layers: str) -> Report:
    page = load_file(FOLDER / f"{name}.py")
    return check(page, layers=layers) if layers else check(page)


def test_every_wrong_page_is_in_the_table() -> None:
    assert {p.stem for p in FOLDER.glob("*.py")} == set(WRONG)


# what the first line itself needs to have a value
WITHOUT_VALUE = {
    "dropped_condition": "needs 0 < r[k]*q[k]",
    "cancelled_log": "needs 0 < r[k]",
    "zero_times_log": "needs 0 < r[k]",
    "zero_over_zero": "needs K - 1 != 0",
}


@pytest.mark.parametrize("name", WRONG)
def test_structure_names_the_line_and_what_is_missing(name: str) -> None:
    line, message, _ = WRONG[name]
    problems = report(name, "structure").problems
    if name in WITHOUT_VALUE:
        assert problems[0] == f"line 1: {WITHOUT_VALUE[name]}"
        problems = problems[1:]
    assert problems[0].startswith(f"line {line}: ")
    assert message in problems[0]
    assert "\n" not in problems[0]


ORDERS = ("constant_that_varies", "order_by_a_negative")  # checked on sampled pairs, not in models
REJECTED = [
    (name, layer)
    for name, (_, _, differs) in WRONG.items()
    for layer in ("models", "numbers")
    if differs and not (layer == "models" and name in ORDERS)
]


@pytest.mark.parametrize(("name", "layer"), REJECTED)
def test_models_and_numbers_reject_it_alone(name: str, layer: str) -> None:
    line, _, wrong = WRONG[name]
    found = report(name, layer)
    assert found.problems[0].startswith(f"line {line}: {wrong} at ")
    [result] = [c for c in found.lines[line - 1].checks if c.status == "failed"]
    assert result.counterexample is not None
    assert result.counterexample.values


@pytest.mark.parametrize("name", ["dropped_factor", "wrong_label", "captured_index"])
def test_the_counterexample_is_of_the_smallest_size(name: str) -> None:
    """With N = 1 these lines are right, so that the smallest counterexample has N = 2."""
    [failed] = [c for line in report(name).lines for c in line.checks if c.status == "failed" and c.kind == "models"]
    assert failed.counterexample is not None
    assert failed.counterexample.values["N"] == "2"
