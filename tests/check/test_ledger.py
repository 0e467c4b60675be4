"""Nothing is assumed in secret: of itself, in substeps, and by the results of other pages, a page keeps a ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sympy

from deltasift import assuming, calc, collapse, log, real, step
from deltasift.check import Report, check
from deltasift.emit import python_source
from deltasift.pages import load_file
from deltasift.render import document, latex, text
from deltasift.rules import arithmetic, log_mul

BEGIN = "from deltasift import *\nfrom deltasift.rules import *\n"
BASE = f'''"""A logarithm of a product."""
{BEGIN}
x, y = real("x"), real("y")
claim = Equality(log(x * y), log(x) + log(y))
proof = calc(log(x * y), step(log(x) + log(y), by=[log_mul, assuming(0 < x, 0 < y)]))
'''
MIDDLE = f'''"""Twice a logarithm of a product."""
{BEGIN}
y, z = real("y"), real("z")
claim = Equality(2 * log(y * z), 2 * (log(y) + log(z)))
proof = calc(2 * log(y * z), step(2 * (log(y) + log(z)), by=known({{base!r}})))
'''
TOP = f'''"""Twice a logarithm of a product and one."""
{BEGIN}
x, u = real("x"), real("u")
claim = Equality(2 * log(u * x) + 1, 2 * (log(u) + log(x)) + 1)
proof = calc(2 * log(u * x) + 1, step(2 * (log(u) + log(x)) + 1, by=known({{middle!r}})))
'''


@pytest.fixture
def top(tmp_path: Path) -> Report:
    """A page that uses a page that uses a page that assumes something."""
    base, middle, page = (tmp_path / f"{name}.py" for name in ("base", "middle", "top"))
    base.write_text(BASE, encoding="utf-8")
    middle.write_text(MIDDLE.format(base=str(base)), encoding="utf-8")
    page.write_text(TOP.format(middle=str(middle)), encoding="utf-8")
    return check(load_file(page))


def test_assumptions_are_inherited_through_three_pages_in_the_names_of_the_last(top: Report) -> None:
    assert top.ok
    assert [(str(a.statement), a.where) for a in top.ledger] == [
        ("0 < u", "line 2, by middle"),
        ("0 < x", "line 2, by middle"),
    ]
    assert top.lines[1].assumptions == top.assumptions


def test_the_ledger_is_printed_in_every_format(top: Report) -> None:
    assert "Assumptions of this page\n  0 < u (line 2, by middle)\n  0 < x (line 2, by middle)" in text(top)
    assert r"\[\text{Assumed: } 0 < u \text{ (line 2, by middle)}\]" in latex(top)
    claim = document(top).split("\\begin{theorem}")[1].split("\\end{theorem}")[0]
    assert "It is assumed that" in claim
    assert "0 < u$ (line 2, by middle)" in claim
    assert "Assumed: 0 < u (line 2, by middle)." in python_source(top)
    first = json.loads(top.to_json())["ledger"][0]
    assert (first["statement"]["source"], first["where"]) == ("0 < u", "line 2, by middle")


def test_an_assumption_is_inherited_where_a_theorem_is_used_twice(tmp_path: Path) -> None:
    base, page = tmp_path / "base.py", tmp_path / "twice.py"
    base.write_text(BASE, encoding="utf-8")
    page.write_text(
        BEGIN + "a, b, c, d = real('a'), real('b'), real('c'), real('d')\n"
        "claim = Equality(log(a*b) + log(c*d), log(a) + log(b) + (log(c) + log(d)))\n"
        f"proof = calc(claim.args[0], step(claim.args[1], by=known({str(base)!r})))\n",
        encoding="utf-8",
    )
    report = check(load_file(page))
    assert report.ok
    assert sorted(str(a) for a in report.assumptions) == ["0 < a", "0 < b", "0 < c", "0 < d"]


def test_what_a_substep_assumes_is_in_the_ledger() -> None:
    """Were it left out, the page would be a theorem without conditions."""
    x = real("x")
    inner = calc(log(x * x), step(log(x) + log(x), by=[log_mul, assuming(x > 0)]))
    report = calc(log(x * x), step(inner, by=log_mul)).report
    assert report.ok
    assert [(str(a.statement), a.where) for a in report.ledger] == [("0 < x", "line 2")]


def test_a_statement_that_is_assumed_twice_stands_once() -> None:
    x = real("x")
    proof = calc(
        log(x * x),
        step(log(x) + log(x), by=[log_mul, assuming(x > 0)]),
        step(2 * log(x), by=[arithmetic, assuming(x > 0)]),
    )
    assert [(str(a.statement), a.where) for a in proof.report.ledger] == [("0 < x", "line 2; line 3")]


def test_a_condition_says_whether_it_needs_what_is_assumed() -> None:
    x, y = real("x"), real("y", above=0)
    proof = calc(log(x * y), step(log(x) + log(y), by=[log_mul, assuming(x > 0)]))
    [substep] = proof.report.lines[1].substeps
    assert [(str(p.condition), p.assumed) for p in substep.proofs] == [("0 < x", True), ("0 < y", False)]


def test_what_a_derivative_is_taken_to_need_is_an_assumption() -> None:
    """Where another entry is 0 the sum has a derivative, too, and the lines between have no value."""
    i, j, n = sympy.symbols("i j n", integer=True)
    f = sympy.IndexedBase("f")
    line = sympy.Derivative(sympy.Sum(sympy.log(f[i]) * f[i], (i, 1, n)), f[j])
    derivation = collapse(line, facts=[j >= 1, j <= n])
    report = check(derivation)
    assert report.ok
    [assumed] = [a for a in report.ledger if "so that the derivative exists" in a.where]
    assert str(assumed.statement) == "ForAll(0 < f[i], (i, 1, n))"
