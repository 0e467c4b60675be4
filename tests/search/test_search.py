"""Pages are found by words, quantities, rules and formulas, in the terminal and as data; the map says who uses whom."""

from __future__ import annotations

import json

import pytest

from deltasift.atlas import atlas, tree
from deltasift.cli import main
from deltasift.pages import listed

SPLIT = "kl_splits_into_entropies"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_a_formula_is_shown_with_its_page_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "Sum(delta(k, ?)*?)")
    page = out[out.index("sum_without_one_term ") :]
    assert code == 0
    assert page.split("\n")[1] == "  line 3   ∑_{i=1}^{N} δ(i, m) x_i"
    code, out, _ = run(capsys, "search", "Sum(delta(k, ?)*?)", "--json")
    one = next(f for f in json.loads(out) if f["page"] == "sum_without_one_term")
    assert one["places"] == [{"line": 3, "formula": "Sum(delta(i, m)*x[i], (i, 1, N))"}]
    assert one["field"] == "deltas"


def test_a_formula_that_begins_with_a_minus_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "-log(sigma(?))", "--rule", "deriv_log")
    assert code == 0
    assert "  claim    -log σ(b (x - y))" in out.split("dpo_gradient")[1].split("\n")[1]


@pytest.mark.parametrize(
    ("asked", "there", "missing"),
    [
        (["empirical", "constant"], "kl_is_constant_plus_nll", "gaussian_score"),
        (["Information"], SPLIT, "kl_is_constant_plus_nll"),
        (["--quantity", "KL"], "kl_is_constant_plus_nll", "gaussian_score"),
        (["--quantity", "cross entropy", "--quantity", "H"], SPLIT, "gaussian_score"),
        (["--rule", "sum_comm"], "kl_is_constant_plus_nll", SPLIT),
        (["--rule", SPLIT], "kl_is_constant_plus_nll", SPLIT),
        (["--rule", "sum_comm", "log(q[?])"], "kl_is_constant_plus_nll", "gaussian_score"),
    ],
)
def test_pages_have_all_that_is_asked(
    capsys: pytest.CaptureFixture[str], asked: list[str], there: str, missing: str
) -> None:
    code, out, _ = run(capsys, "search", *asked, "--json")
    names = [f["page"] for f in json.loads(out)]
    assert code == 0
    assert there in names
    assert missing not in names


@pytest.mark.parametrize(
    ("asked", "code", "message"),
    [
        (["weather"], 1, "nothing was found"),
        (["delta(k, ?)*dirac(?)"], 1, "nothing was found"),
        ([], 2, "there is nothing to search for"),
        (["Sum(delta(k"], 2, "the text ends too early"),
        (["--quantity", "KLL"], 2, "did you mean kl?"),
        (["--rule", "sum_coms"], 2, "did you mean sum_comm?"),
    ],
)
def test_what_is_not_found_is_said(
    capsys: pytest.CaptureFixture[str], asked: list[str], code: int, message: str
) -> None:
    ended, out, err = run(capsys, "search", *asked)
    assert (ended, out, err.count("\n")) == (code, "", 1)
    assert message in err


def test_the_map_has_both_directions(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "map", "--json")
    pages = {p["page"]: p for p in json.loads(out)}
    assert SPLIT in pages["kl_is_constant_plus_nll"]["rests_on"]
    assert "kl_is_constant_plus_nll" in pages[SPLIT]["used_by"]
    assert all(name in pages[used]["used_by"] for name, p in pages.items() for used in p["rests_on"])
    _, out, _ = run(capsys, "map", "kl_is_constant_plus_nll")
    assert f"├── {SPLIT}\n└── cross_entropy_is_average_nll\n" in out
    assert run(capsys, "map", "kl_is_constant")[0] == 2


def test_a_tree_opens_what_it_leads_to() -> None:
    below = {"a": ("b", "c"), "b": ("d",)}
    assert list(tree("a", below)) == ["├── b", "│   └── d", "└── c"]
    assert list(tree("a", below, ascii_only=True)) == ["|-- b", "|   `-- d", "`-- c"]


def test_a_page_that_uses_none_is_alone() -> None:
    pages = [listed(name) for name in ("gaussian_score", "kl_is_constant_plus_nll")]
    assert atlas(pages).alone == ("gaussian_score",)
