"""The pages of the catalogue are right, and pages that cannot be used are reported in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

import checked
from deltasift.catalogue import fields, page_names
from deltasift.check import Report, check
from deltasift.domain import Density
from deltasift.emit.evaluate import measure
from deltasift.emit.files import read_example
from deltasift.errors import PageError
from deltasift.judge import ACCEPT
from deltasift.pages import known, listed, load, load_file
from deltasift.render.bibliography import split

DERIVATIVES = ("log_derivative_trick", "reinforce_with_baseline")  # in which every line has one


@pytest.mark.parametrize("name", page_names())
def test_page_of_the_catalogue_is_right(name: str) -> None:
    report = checked.report(name)
    assert report.problems == ()
    assert report.by_solver == 0
    for line in report.lines:
        assert {j.status for j in line.judgements} <= {ACCEPT}, line.number
        for result in line.checks:
            assert result.status in ("passed", "skipped", "unknown"), (line.number, result)
        if line.relation == "=":
            kinds = {c.kind: c.status for c in line.checks}
            assert kinds["structure"] == kinds["conditions"] == kinds["numbers"] == "passed", line.number


@pytest.mark.parametrize("name", page_names())
def test_page_cites_where_else_it_is_proved_and_has_an_example(name: str) -> None:
    page = load(name)
    assert page.references
    for ref in page.references:
        assert split(ref)[0], ref
    if not page.example:  # a density has no values of its own, and roots of unity are complex
        assert any(isinstance(d, Density) for d in page.domains) or "root_of_unity" in str(page.proofs[0].lines)
        assert "no numbers to try" in " ".join(page.text.split())
    else:
        found = measure(page, read_example(page), labels_from=1)
        assert any(line.value is not None for line in found.lines) or name in DERIVATIVES
        assert all("derivative" in (line.problem or "derivative") for line in found.lines)


def test_the_pages_are_in_fields() -> None:
    assert sorted(name for names in fields().values() for name in names) == page_names()
    assert set(fields()) == {
        "calculus",
        "deltas",
        "information",
        "likelihood",
        "losses",
        "policy",
        "probability",
        "variational",
    }


def test_a_page_is_listed_without_a_check_of_those_that_it_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    def checked(path: Path) -> Report:
        raise AssertionError(f"{path} is checked")

    monkeypatch.setattr("deltasift.pages.checked", checked)
    assert len(listed("kl_is_constant_plus_nll").claims) == 2
    with pytest.raises(PageError, match="is checked"):
        load("kl_is_constant_plus_nll")


@pytest.mark.parametrize("name", page_names())
def test_page_has_a_title_and_a_text(name: str) -> None:
    page = load(name)
    assert page.title.endswith(".")
    assert len(page.text.split()) > 20


def test_the_refusals_say_which_delta() -> None:
    report = check(load("dirac_cross_entropy_is_average_nll"), layers=())
    found = {r.stated: r.found for r in report.refusals}
    assert "entropy of point masses" in found["a sum of point masses has no differential entropy"]
    assert "+infinity" in found["a sum of point masses has no density with respect to q"]
    assert "Kronecker" in found["labels call for the Kronecker delta"]
    assert "no value at 0" in found["the Dirac delta has no value at its point"]


def test_assumptions_are_in_the_ledger() -> None:
    report = check(load("dirac_cross_entropy_is_average_nll"), layers=())
    assert [str(a) for a in report.assumptions] == ["ForAll(0 < q(x[n]), (n, 1, N))"]


def write(folder: Path, text: str) -> Path:
    path = folder / "page.py"
    path.write_text(text, encoding="utf-8")
    return path


GIVEN = "from deltasift import *\nfrom deltasift.rules import *\nN = sizes('N')\nn = index('n', 1, N)\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = 1/0", "page.py, line 1 of the file: ZeroDivisionError"),
        ("def f(:", "page.py, line 1 of the file: SyntaxError"),
        ("raise SystemExit", "page.py, line 1 of the file: SystemExit"),
        ("x = 1", "page.py has no claim: it is not a page"),
        (GIVEN + "claim = 3\nproof = calc(N)", "the claim 3 is not a relation"),
        (GIVEN + "claim = Equality(N, N)\nproof = 3", "the proof 3 is not a calc"),
        (GIVEN + "claim = claims = Equality(N, N)\nproof = calc(N)", "claim and claims are both there"),
        (GIVEN + "claims = 3\nproof = calc(N)", "page.py: claims is no list"),
        (GIVEN + "claim = Equality(N, N)\nproof = calc(N)\nrefused = 3", "refused is no list of pairs"),
        (GIVEN + "claim = Equality(N, N)\nproof = calc(N)\nrefused = [(N, 1, 2)]", "refused is no list of pairs"),
        (GIVEN + "claim = Equality(N, N)\nproof = calc(N)\nrefused = [(0.5, 'half')]", "refused: the float 0.5"),
        (GIVEN + "0.5*N", "page.py, line 5 of the file: the float 0.5 is not exact"),
        (GIVEN + "1 <= n <= N", "page.py, line 5 of the file: the truth of 1 <= n is not decided here"),
    ],
)
def test_unusable_page_is_reported_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(PageError) as error:
        load_file(write(tmp_path, text))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_page_gets_the_nearest_names() -> None:
    with pytest.raises(PageError, match="did you mean log_likelihood_is_a_sum"):
        load("log_likelyhood_is_a_sum")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(PageError, match="there is no file"):
        load("nowhere/page.py")


def test_known_gives_only_what_is_there_and_no_order_of_values() -> None:
    with pytest.raises(PageError, match="has 1 claims, not 2"):
        known("kl_splits_into_entropies", 2)
    with pytest.raises(PageError, match="no equality"):
        known("average_or_sum", 2)


THEOREM = """
from deltasift import *
from deltasift.rules import *

{given}
claim = Equality(CrossEntropy(r, q), AverageNLL(q, z))
proof = calc(CrossEntropy(r, q), step(AverageNLL(q, z), by=known("cross_entropy_is_average_nll")))
"""
OTHER_NAMES = """
M, C = sizes("M C")
i, c = index("i", 1, M), index("c", 1, C)
z = labels("z", i, c)
q = pmf("q", c, positive=True)
r = define("r", c, {body})
"""


def test_a_theorem_is_used_with_other_names(tmp_path: Path) -> None:
    given = OTHER_NAMES.format(body="Sum(delta(c, z[i]), i) / M")
    assert check(load_file(write(tmp_path, THEOREM.format(given=given)))).ok


def test_a_theorem_does_not_hold_for_another_definition(tmp_path: Path) -> None:
    given = OTHER_NAMES.format(body="1 / C")
    report = check(load_file(write(tmp_path, THEOREM.format(given=given))))
    assert report.problems[0] == "line 2: cross_entropy_is_average_nll does not give this line"


def test_a_theorem_needs_what_it_was_given(tmp_path: Path) -> None:
    given = OTHER_NAMES.format(body="Sum(delta(c, z[i]), i) / M").replace(", positive=True", "")
    report = check(load_file(write(tmp_path, THEOREM.format(given=given))), layers=("structure",))
    assert report.problems == (
        "line 1: needs ForAll(Or(Equality(r[c], 0), 0 < q[c]), (c, 1, C))",
        "line 2: needs ForAll(0 < q[k], (k, 1, C)) (cross_entropy_is_average_nll)",
    )
