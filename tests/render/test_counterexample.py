"""A counterexample is a table in every format, from which both lines can be recomputed by hand."""

from __future__ import annotations

import json
import re
import subprocess
from fractions import Fraction
from math import log
from pathlib import Path

import pytest

from deltasift.check import Report, check
from deltasift.emit import python_source
from deltasift.pages import load_file
from deltasift.parse import parse
from deltasift.render import document, latex, text

WRONG = Path(__file__).parents[1] / "wrong"


def report(name: str) -> Report:
    return check(load_file(WRONG / f"{name}.py"))


def rows(shown: str) -> dict[str, list[str]]:
    """Return the rows of the table in a text, by their heads."""
    found = {}
    for row in shown.partition("\nGiven\n")[0].splitlines():
        cells = re.split(r"\s{2,}", row.strip())
        if len(cells) > 1:
            found[cells[0]] = cells[1:]
    return found


def test_both_lines_are_recomputed_by_hand_from_the_table() -> None:
    """The two sums of the page with a wrong label, written out from the printed rows alone."""
    table = rows(text(report("wrong_label")))
    n, m = int(table["N"][0]), int(table["m"][0])
    y = {i: int(table[f"y[{i}]"][0]) for i in range(1, n + 1)}
    q = {i: Fraction(table[f"q[{i}]"][0]) for i in range(1, int(table["K"][0]) + 1)}
    assert sum(q.values()) == 1
    before, after = (table[f"line {i}"][0] for i in (1, 2))
    assert before == "-log(9/2) (about -1.50408)"
    assert abs(sum(log(q[y[i]]) for i in y) - float(re.findall(r"about (\S+)\)", before)[0])) < 1e-5
    assert abs(sum(log(q[y[m]]) for _ in y) - float(re.findall(r"about (\S+)\)", after)[0])) < 1e-5


def test_two_points_of_an_order_stand_side_by_side() -> None:
    table = rows(text(report("order_by_a_negative")))
    assert table["q[1]"] == ["1/2", "2/3"]
    assert table["line 2"] == ["-log(2) (about -0.693147)", "-log(3/2) (about -0.405465)"]


def test_the_table_stands_once_though_models_and_numbers_found_it() -> None:
    shown = text(report("sign"))
    assert shown.count("line 1  log(2)") == 1
    assert shown.count("differs from the line before") == 1


def test_the_table_is_an_array_in_latex() -> None:
    shown = latex(report("captured_index"))
    assert "  f_{1,1} & 0 \\\\\n  f_{1,2} & 0 \\\\\n  f_{2,2} & 1 \\\\ \\hline\n  \\text{line 1} & 0 \\\\\n" in shown
    assert r"\textbf{Not proved:} line 2: sum\_delta does not give this line." in shown


def test_json_has_values_that_the_parser_reads() -> None:
    data = json.loads(report("swapped_arguments").to_json())
    found = [c["counterexample"] for c in data["lines"][1]["checks"] if c["counterexample"]]
    assert found[0] == found[1]
    assert found[0]["values"]["q[1]"] == "2/3"
    assert str(parse(found[0]["before"]).expr) == found[0]["before"] == "log(9/8)/2"
    assert found[0]["other"] is None


def test_a_module_says_that_its_page_is_wrong() -> None:
    assert "Not proved: line 2: definition does not give this line." in python_source(report("sign"))


@pytest.mark.tex
@pytest.mark.parametrize("name", ["constant_that_varies", "wrong_range", "label_out_of_range"])
def test_the_document_of_a_wrong_page_compiles(tmp_path: Path, name: str) -> None:
    (tmp_path / "page.tex").write_text(document(report(name)), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, errors="replace")
    assert done.returncode == 0, done.stdout[-2000:]
    words = subprocess.run(["pdftotext", "-layout", "page.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    assert b"Claim (not proved)" in words.stdout
    assert b"Proof." not in words.stdout
