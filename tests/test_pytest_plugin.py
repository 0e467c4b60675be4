"""Pages under pytest, each run in a session of its own: which files, which ids, which failures, at which cost."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

import _deltasift_pytest
import deltasift.check.checker  # a session in this process would load it, and forget it, each time
import deltasift.pytest_plugin
from _deltasift_pages import is_page
from deltasift.catalogue import page_path

ROOT = Path(__file__).resolve().parents[1]
WRONG = Path(__file__).parent / "wrong"
# by the name of the module, so that the tests do not depend on what was installed when
PLUGIN = ("-p", "no:deltasift", "-p", "_deltasift_pytest")

GIVEN = "from deltasift import *\nfrom deltasift.rules import *\nN = sizes('N')\nn = index('n', 1, N)\n"
RIGHT = GIVEN + "claim = Equality(Sum(1, n), N)\nproof = calc(Sum(1, n), step(N, by=sum_const))\n"


def pages(pytester: pytest.Pytester, *names: str) -> None:
    """Copy pages into the folder of a session: wrong ones by their name, those of the catalogue too."""
    for name in names:
        wrong = WRONG / f"{name}.py"
        shutil.copy(wrong if wrong.is_file() else page_path(name), pytester.path)


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run a session in this process."""
    return pytester.runpytest_inprocess(*PLUGIN, *arguments)


def ids(pytester: pytest.Pytester, *arguments: str) -> list[str]:
    """Return the ids that a session would run."""
    result = run(pytester, "--collect-only", "-q", *arguments)
    return [line for line in result.outlines if "::" in line]


# --- items -------------------------------------------------------------------------------------------------------


def test_every_line_of_a_page_is_an_item(pytester: pytest.Pytester) -> None:
    pages(pytester, "cross_entropy_is_average_nll")
    assert ids(pytester) == [
        f"cross_entropy_is_average_nll.py::{name}"
        for name in (
            "line 1",
            "line 2 definition",
            "line 3 definition",
            "line 4 sum_mul_right sum_mul_left",
            "line 5 sum_comm",
            "line 6 sum_delta",
            "line 7 definition",
            "claims",
        )
    ]


def test_lines_are_numbered_through_the_proofs_and_refusals_are_an_item(pytester: pytest.Pytester) -> None:
    pages(pytester, "dirac_cross_entropy_is_average_nll", "average_or_sum")
    found = ids(pytester)
    assert "average_or_sum.py::line 5" in found
    assert "average_or_sum.py::line 6 definition" in found
    assert [i for i in found if i.endswith("::refused")] == ["dirac_cross_entropy_is_average_nll.py::refused"]


def test_right_pages_pass(pytester: pytest.Pytester) -> None:
    pages(pytester, "log_likelihood_is_a_sum", "classification_loss_is_average_nll")
    run(pytester).assert_outcomes(passed=8 + 5)


def test_a_keyword_selects_lines_by_rule_and_by_page(pytester: pytest.Pytester) -> None:
    pages(pytester, "classification_loss_is_average_nll", "log_likelihood_is_a_sum")
    found = ids(pytester, "-k", "sum_delta and classification")
    assert found == ["classification_loss_is_average_nll.py::line 3 sum_delta"]


def test_one_line_is_named_by_its_id(pytester: pytest.Pytester) -> None:
    pages(pytester, "classification_loss_is_average_nll")
    run(pytester, "classification_loss_is_average_nll.py::line 3 sum_delta").assert_outcomes(passed=1)


def test_a_page_is_checked_once_and_not_before_it_is_run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def check(page: Any, **options: Any) -> Any:
        checked.append(page.name)
        return deltasift.check(page, **options)

    monkeypatch.setattr(deltasift.pytest_plugin, "check", check)
    pages(pytester, "classification_loss_is_average_nll", "log_likelihood_is_a_sum")
    assert ids(pytester)
    assert checked == []
    run(pytester, "-k", "classification").assert_outcomes(passed=5, deselected=8)
    assert checked == ["classification_loss_is_average_nll"]


# --- failures ----------------------------------------------------------------------------------------------------


def failure(result: pytest.RunResult) -> list[str]:
    """Return the lines of a session's only failure."""
    lines = result.outlines
    [start] = [i for i, line in enumerate(lines) if line.startswith("____")]
    end = next(i for i, line in enumerate(lines) if line.startswith(("=====", "!!!!!")) and i > start)
    return lines[start + 1 : end]


def test_a_failure_is_what_is_wrong_the_counterexample_and_the_line(pytester: pytest.Pytester) -> None:
    pages(pytester, "label_out_of_range")
    result = run(pytester)
    result.assert_outcomes(passed=3, failed=1)
    assert failure(result) == [
        "line 2: needs z[n] <= K (sum_delta)",
        "line 2: differs from the line before at K = 1, N = 1, z[1] = 2: 0 before, 1 after",
        "",
        "  line 1     Sum(Sum(delta(k, z[n]), (k, 1, K)), (n, 1, N))",
        "  line 2  =  Sum(1, (n, 1, N))  [sum_delta]",
        "  seed of the points: label_out_of_range",
    ]
    result.stdout.fnmatch_lines(["FAILED label_out_of_range.py::line 2 sum_delta - Failed: line 2:*"])


@pytest.mark.parametrize("page", sorted(WRONG.glob("*.py")), ids=lambda page: page.stem)
def test_what_the_checker_finds_is_what_the_items_say(pytester: pytest.Pytester, page: Path) -> None:
    pages(pytester, page.stem)
    result = run(pytester)
    said = result.outlines
    problems = deltasift.check(deltasift.load(str(page))).problems
    assert problems
    for problem in problems:
        assert problem in said
    assert not any("Traceback" in line or line.startswith(("E ", "> ")) for line in said)


def test_a_claim_that_is_not_proved_is_an_item_of_its_own(pytester: pytest.Pytester) -> None:
    pages(pytester, "another_claim")
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["line 2: the proof ends in * not in the claim *", "FAILED another_claim.py::claims *"])


def test_what_is_not_refused_fails_as_a_refusal_alone(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(page=RIGHT + "refused = [(log(N), 'the logarithm of a size')]\n")
    result = run(pytester)
    result.assert_outcomes(passed=3, failed=1)
    assert failure(result) == ["not refused: log(N)"]
    result.stdout.fnmatch_lines(["FAILED page.py::refused *"])


def test_a_number_of_claims_that_is_not_that_of_the_proofs_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(page=RIGHT.replace("claim = Equality(Sum(1, n), N)", "claims = []"))
    assert failure(run(pytester)) == ["0 claims, but 1 proofs"]


def test_the_first_failure_stops_a_session_that_is_to_stop(pytester: pytest.Pytester) -> None:
    pages(pytester, "sign", "wrong_range")
    run(pytester, "-x").assert_outcomes(passed=1, failed=1)


def test_the_lines_that_failed_last_run_again_alone(pytester: pytest.Pytester) -> None:
    pages(pytester, "sign", "classification_loss_is_average_nll")
    run(pytester).assert_outcomes(passed=2 + 5, failed=1)
    assert ids(pytester, "--lf") == ["sign.py::line 2 definition"]


def test_facts_that_contradict_each_other_fail_every_item_in_one_line(pytester: pytest.Pytester) -> None:
    contradiction = "x = real('x', above=N, below=1)\nclaim = Equality(x, x)\nproof = calc(x)\n"
    pytester.makepyfile(page=GIVEN + contradiction)
    result = run(pytester)
    result.assert_outcomes(failed=2)
    assert sum(line.startswith("these facts contradict each other: ") for line in result.outlines) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RIGHT + "1 / 0\n", "page.py, line 7 of the file: ZeroDivisionError: division by zero"),
        (RIGHT + "def f(:\n", "page.py, line 7 of the file: SyntaxError: invalid syntax"),
        (RIGHT + "raise SystemExit('stop')\n", "page.py, line 7 of the file: SystemExit: stop"),
        (RIGHT + "N * 0.5\n", "page.py, line 7 of the file: the float 0.5 is not exact: *"),
        (RIGHT + "proof = 3\n", "page.py: the proof 3 is not a calc(...)"),
        (RIGHT + "refused = 3\n", "page.py: refused is no list of pairs (expression, reason)"),
        (RIGHT + "print(open('nowhere'))\n", "page.py, line 7 of the file: FileNotFoundError: *"),
    ],
)
def test_an_unusable_page_is_reported_in_one_line(pytester: pytest.Pytester, text: str, said: str) -> None:
    pytester.makepyfile(page=text)
    result = run(pytester)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    [line] = failure(result)
    result.stdout.fnmatch_lines(["*ERROR collecting page.py*", said])
    assert line in result.outlines


def test_a_page_that_cannot_be_decoded_is_reported_in_one_line(pytester: pytest.Pytester) -> None:
    (pytester.path / "page.py").write_bytes(RIGHT.encode() + b"x = '\xff'\n")
    [line] = failure(run(pytester))
    assert line.startswith("page.py")
    assert "SyntaxError" in line


def test_a_line_that_rests_on_its_rule_alone_fails_where_that_is_asked_for(pytester: pytest.Pytester) -> None:
    (pytester.path / "page.py").write_text(
        GIVEN + "x = real('x')\nf = Integral(log(2 + x * x) / (1 + x * x), x)\n"
        "claim = Equality(2 * (N + f), 2 * N + 2 * f)\nproof = calc(2 * (N + f), step(2 * N + 2 * f, by=mul_add))\n"
    )
    run(pytester).assert_outcomes(passed=3)
    run(pytester, "--deltasift-strict").assert_outcomes(passed=2, failed=1)
    (pytester.path / "pytest.ini").write_text("[pytest]\ndeltasift_strict = true\n")
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=1)
    assert failure(result)[0] == "line 2: by its rule alone, and by nothing that knows no rules"


def test_another_seed_is_named_in_the_failure(pytester: pytest.Pytester) -> None:
    pages(pytester, "sign")
    result = run(pytester, "--deltasift-seed", "7")
    assert failure(result)[-1] == "  seed of the points: sign, --deltasift-seed 7"


# --- which files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        RIGHT,
        RIGHT.replace("from deltasift import *", "import deltasift as d\nfrom deltasift import *"),
        RIGHT.replace("claim =", "claim: object ="),
        RIGHT + "if N:\n    pass\n",
        RIGHT + r"label = '\hat p'" + "\n",  # a warning of the compiler is none of the session
        GIVEN + "if True:\n    claims, proofs = [Equality(N, N)], [calc(N)]\n",
        GIVEN + "claims, proofs = [], []\nfor m in (N, N + 1):\n    claims.append(Equality(m, m))\n",
        GIVEN + "claims = proofs = []\nproofs += [calc(N)]\n",
        GIVEN + "claims, proofs, refused = [], [], [(N, 'because')]\n",
        "import deltasift as ds\nclaim = ds.parse('1 = 1').expr\nproof = None\n",
        "from deltasift import calc, sizes\ndef proved(m):\n    return calc(m)\nclaim = None\nproof = proved(1)\n",
        RIGHT + "x = (\n",  # not Python, and a page all the same
    ],
)
def test_a_file_that_imports_deltasift_claims_and_proves_is_a_page(text: str) -> None:
    assert is_page(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "claim = proof = 'deltasift'\n",
        "from deltasift import calc\n",
        GIVEN + "claim = Equality(N, N)\n",
        GIVEN + "proof = calc(N)\n",
        GIVEN + "def claim(): ...\ndef proof(): ...\n",
        GIVEN + "def f():\n    claim = Equality(N, N)\n    proof = calc(N)\n",
        RIGHT + "def test_it(): ...\n",
        RIGHT + "class TestIt:\n    def test_it(self): ...\n",
        RIGHT.replace("from deltasift", "from .deltasift"),
        RIGHT.replace("from deltasift", "from deltasifter"),
        "# from deltasift import *\nclaim = proof = (\n",
        # modules that only happen to have names like these
        "from deltasift import check\nclaims = load('claims.json')\nproofs = {}\n",
        "from deltasift import *\nimport insurance\nclaims = insurance.claims()\nproofs = [str(c) for c in claims]\n",
        "import deltasift\nfrom zoo import claims, read\nproofs = read(claims)\nclaims = sorted(claims)\n",
        "import deltasift\nclaims, proofs = [], []\nprint(claims, deltasift.__name__)\n",
    ],
)
def test_other_files_are_no_pages(text: str) -> None:
    assert not is_page(text.encode())


@pytest.mark.parametrize("text", [GIVEN + "claim = Equality(N, N)\n", GIVEN + "proof = calc(N)\n"])
def test_a_file_that_is_named_needs_only_one_half_to_be_reported(pytester: pytest.Pytester, text: str) -> None:
    pytester.makepyfile(page=text)
    assert ids(pytester) == []
    assert failure(run(pytester, "page.py"))[0].startswith("page.py has no ")


def test_files_that_are_no_pages_are_not_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        script="import deltasift\nraise SystemExit('a script was run')\n",
        _draft=RIGHT + "raise SystemExit('a draft was run')\n",
        broken="def f(:\n",
    )
    (pytester.path / "page.txt").write_text(RIGHT, encoding="utf-8")
    result = run(pytester)
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_test_module_is_left_to_pytest_and_collected_once(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_mine=RIGHT + "def test_it():\n    assert proof.report.ok\n")
    assert ids(pytester) == ["test_mine.py::test_it"]
    run(pytester).assert_outcomes(passed=1)


@pytest.mark.parametrize("name", ["page", "test_page"])
def test_a_page_that_is_named_is_collected_once(pytester: pytest.Pytester, name: str) -> None:
    pytester.makepyfile(**{name: RIGHT})
    assert ids(pytester, f"{name}.py") == [f"{name}.py::{item}" for item in ("line 1", "line 2 sum_const", "claims")]


def test_the_doctests_of_a_page_stay(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(page='"""One and one.\n\n>>> 1 + 1\n2\n"""\n' + RIGHT)
    assert "page.py::page" in ids(pytester, "--doctest-modules")


def test_warnings_that_are_errors_do_not_hide_a_page(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nfilterwarnings = error\naddopts = --import-mode=importlib --strict-markers\n")
    pytester.makepyfile(page=RIGHT + r"label = '\hat p'" + "\n")
    [line] = failure(run(pytester))
    assert line.startswith("page.py, line 7 of the file: SyntaxError: ")


# --- sessions of their own -----------------------------------------------------------------------------------------


def test_two_workers_say_what_one_says(pytester: pytest.Pytester) -> None:
    pages(pytester, "label_out_of_range", "classification_loss_is_average_nll")
    result = pytester.runpytest_subprocess(*PLUGIN, "-n", "2", "-v")
    result.assert_outcomes(passed=3 + 5, failed=1)
    assert "line 2: needs z[n] <= K (sum_delta)" in result.outlines
    assert "line 2: differs from the line before at K = 1, N = 1, z[1] = 2: 0 before, 1 after" in result.outlines
    result.stdout.fnmatch_lines(["FAILED label_out_of_range.py::line 2 sum_delta - Failed: line 2:*"])


def test_a_session_without_pages_does_not_load_what_a_page_needs(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="import sys\ndef test_it():\n    assert not {'deltasift', 'sympy', 'numpy'} & set(sys.modules)\n",
        script="import deltasift\n",
    )
    pytester.runpytest_subprocess(*PLUGIN).assert_outcomes(passed=1)


def test_the_entry_point_is_the_plugin() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert declared["project"]["entry-points"]["pytest11"] == {"deltasift": "_deltasift_pytest"}


def test_the_hook_is_one_that_the_oldest_pluggy_knows() -> None:
    # pytest 7.2 is content with pluggy 0.12, in which `hookimpl` has no `wrapper`
    options = _deltasift_pytest.pytest_collect_file.pytest_impl
    assert (options["hookwrapper"], options.get("wrapper", False)) == (True, False)


def test_a_pytest_without_paths_is_told_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _deltasift_pytest.pytest_report_header() is None
    monkeypatch.setattr(_deltasift_pytest, "PATHS", False)
    line = _deltasift_pytest.pytest_report_header()
    assert line == f"deltasift: pages are collected by pytest 7 and later, and this is {pytest.__version__}"
