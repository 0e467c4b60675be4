"""The command line, as a user meets it: what is printed, what is written, which exit code, and never a traceback."""

from __future__ import annotations

import fnmatch
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deltasift.catalogue import page_names
from deltasift.check import check
from deltasift.cli import main

WRONG = Path(__file__).parent / "wrong"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out, out.err


def test_list_has_a_page_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "list")
    assert code == 0
    assert len(out.splitlines()) >= 11
    rows = out.splitlines()
    assert any(row.split()[:1] == ["kl_splits_into_entropies"] and "KL" in row for row in rows)
    assert [row for row in rows if row in ("information", "losses", "policy")] == ["information", "losses", "policy"]


def test_check_is_0_where_all_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "average_or_sum")
    assert (code, out.split()[:2]) == (0, ["average_or_sum", "ok,"])


def test_a_thorough_check_of_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "kl_splits_into_entropies", "--thorough")
    assert (code, out) == (0, "kl_splits_into_entropies  ok, 5 lines\n")


def test_check_counts_what_is_assumed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "dirac_cross_entropy_is_average_nll")
    assert (code, out.strip().partition("  ")[2]) == (0, "ok, 7 lines, 1 assumption")


def test_show_and_why_take_a_seed(capsys: pytest.CaptureFixture[str]) -> None:
    page = str(WRONG / "order_by_a_negative.py")
    for command in (["show", page], ["why", f"{page}:2"], ["check", page]):
        _, out, _ = run(capsys, *command, "--seed", "7")
        assert "seed order_by_a_negative+7" in " ".join(out.split())


def test_check_is_1_where_a_line_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", str(WRONG / "sign.py"))
    assert code == 1
    assert "line 2: definition does not give this line" in out


def test_check_reads_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", str(WRONG))
    assert code == 1
    assert sum("wrong, " in row for row in out.splitlines()) == 16


def test_check_is_2_where_a_page_is_unusable(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("1/0", encoding="utf-8")
    code, out, _ = run(capsys, "check", "average_or_sum", str(bad))
    assert code == 2
    assert "unusable: bad.py, line 1 of the file: ZeroDivisionError" in out
    assert "average_or_sum" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "log_likelyhood_is_a_sum"], "did you mean log_likelihood_is_a_sum"),
        (["show", "nowhere.py"], "there is no file nowhere.py"),
        (["show", "average_or_sum", "--format", "latx"], "did you mean latex?"),
        (["show", "average_or_sum", "--notation", "delta=x"], "delta=x is no notation"),
        (["shwo"], "No such command"),
        (["show"], "Missing argument"),
        (["why", "average_or_sum"], "names no line"),
        (["why", "average_or_sum:99"], "has lines 1 to 8, and no line 99"),
    ],
)
def test_bad_input_is_one_line_and_2(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_show_writes_a_complete_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "new" / "page.tex"
    code, out, _ = run(capsys, "show", "average_or_sum", "--format", "document", "-o", str(target))
    assert (code, out) == (0, "")
    written = target.read_bytes()
    assert written.startswith(b"\\documentclass")
    assert written.endswith(b"\\end{document}\n")
    assert b"\r" not in written


def test_json_is_versioned_and_has_every_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "cross_entropy_is_average_nll", "--format", "json")
    data = json.loads(out)
    assert (code, data["version"], data["ok"]) == (0, 2, True)
    assert [line["number"] for line in data["lines"]] == [1, 2, 3, 4, 5, 6, 7]
    [substep] = data["lines"][5]["substeps"]
    assert [c["verdict"] for c in substep["conditions"]] == ["proved", "proved"]


def test_why_says_what_proved_each_condition(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "why", "cross_entropy_is_average_nll:6")
    assert code == 0
    assert "by sum_delta" in out
    assert "a is y_n" in out
    assert "y_n is one of 1, ..., K" in out
    assert "models: passed, all K, N, all labels, all real q (exact; K ≤ 2, N ≤ 1 suffice)" in out


def test_why_knows_substeps(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "why", "cross_entropy_is_average_nll:4.2")
    assert "4.2 by sum_mul_left" in out
    assert "4.1 by" not in out


def test_ascii_terminals_get_ascii() -> None:
    env = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "deltasift", "show", "cross_entropy_is_average_nll"]
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    assert done.returncode == 0
    assert "sum_{k=1}^{K} delta(k, y_n) log q_k" in done.stdout.decode("ascii")


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert out.startswith("Usage: deltasift")


def test_a_line_that_is_nested_too_deeply_is_unusable_input(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "deep.py"
    page.write_text(
        "from deltasift import *\nfrom deltasift.rules import *\nx = positive('x')\ne = x + 0\n"
        "for _ in range(2000): e = log(1 + exp(e))\n"
        "claim = Equality(e, e * 1)\nproof = calc(e, step(e * 1, by=arithmetic))\n",
        encoding="utf-8",
    )
    code, out, _ = run(capsys, "check", str(page))
    assert code == 2
    assert "line 1 is nested 6001 deep" in out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--version")
    assert (code, out) == (0, "deltasift 0.1.0\n")


FLAGSHIP = "Sum(KroneckerDelta(k, y[n])*log(q[k]), (k, 1, K), (n, 1, N))/N"


def test_collapse_shows_the_typing_the_steps_and_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "collapse", FLAGSHIP, "--fact", "1 <= y[n]", "--fact", "y[n] <= K")
    assert code == 0
    assert "y: table of integers (an entry is an argument of a Kronecker delta)" in out
    assert "[sum_delta]" in out
    assert "Sum(log(q[y[n]]), (n, 1, Max(0, N)))/N" in out


def test_collapse_takes_declarations_and_formats(capsys: pytest.CaptureFixture[str]) -> None:
    declared = ["--declare", "y: labels(1, K)", "--declare", "N: size", "--declare", "K: size"]
    code, out, _ = run(capsys, "collapse", FLAGSHIP, *declared, "--format", "json")
    data = json.loads(out)
    assert (code, data["ok"]) == (0, True)
    assert [line["by"] for line in data["lines"]] == [[], ["sum_delta"]]
    code, out, _ = run(capsys, "collapse", FLAGSHIP, *declared, "--format", "latex")
    assert r"\sum_{n=1}^{N} \log q_{y_{n}}" in out


def test_collapse_draws_other_points_for_another_seed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds: list[str] = []

    def noted(page: Any, *, seed: str, **rest: Any) -> Any:
        seeds.append(seed)
        return check(page, seed=seed, **rest)

    monkeypatch.setattr("deltasift.cli.expressions.check", noted)
    for seed in ("", "7"):
        assert run(capsys, "collapse", "Sum(KroneckerDelta(k, 2), (k, 1, 3))", "--seed", seed)[0] == 0
    assert seeds == ["", "7"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Sum(KroneckerDelta(k, m)"], "column 25: the text ends too early"),
        (["Sum(DiracDelta(k - y[n])*q[k], (k, 1, K))"], "the Kronecker delta was meant"),
        (["Sum(q[k], (k, 1, K))", "--fact", "z < 1"], "speaks of z"),
        (["Sum(q[k], (k, 1, K))", "--fact", "K < 1", "--fact", "K > 2"], "contradict each other"),
        (["Sum(q[k], (k, 1, K))", "--fact", "K + 1"], "is not a statement"),
        (["Sum(q[k], (k, 1, K))", "--declare", "K"], "write 'NAME: KIND'"),
        (["Sum(q[k], (k, 1, K))", "--declare", "K: sise"], "did you mean size"),
        (["Sum(q[k], (k, 1, K))", "--undecided", "maybe"], "undecided is one of guard, assume, refuse"),
        (["__import__('os').system('true')"], "does not fit here"),
        (["Sum(q[k], (k, 1, K))", "--format", "pdf"], "there is no format pdf"),
    ],
)
def test_collapse_names_what_is_wrong_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code, _, err = run(capsys, "collapse", *arguments)
    assert code == 2
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["show", "check", "collapse", "why"])
def test_help_has_a_short_name(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    short, long = run(capsys, command, "-h"), run(capsys, command, "--help")
    assert short == long
    assert short[0] == 0
    assert "Usage" in short[1]


def test_a_file_that_is_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "page.tex"
    code, out, err = run(capsys, "show", "average_or_sum", "--format", "latex", "-o", str(target))
    assert (code, out) == (0, "")
    assert err == f"deltasift: wrote {target}\n"
    assert target.read_text(encoding="utf-8")


def test_what_is_interrupted_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("deltasift.cli.pages.load", stop)
    assert run(capsys, "show", "average_or_sum") == (130, "", "deltasift: stopped\n")


def test_it_ends_without_a_word_where_nobody_reads_on() -> None:
    with subprocess.Popen([sys.executable, "-m", "deltasift", "list"], stdout=-1, stderr=-1) as run_:
        run_.stdout.close()  # type: ignore[union-attr]
        assert (run_.stderr.read(), run_.wait(60)) == (b"", 141)  # type: ignore[union-attr]


def test_list_has_titles_and_claims_also_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "list")
    code, data, _ = run(capsys, "list", "--json")
    pages = json.loads(data)
    assert code == 0
    assert len(pages) >= 11
    for page in pages:
        assert f"{page['page']} " in out
        assert page["title"] in out
        assert page["claims"]


def test_check_as_json_says_what_the_lines_say(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("1/0", encoding="utf-8")
    paths = ["kl_splits_into_entropies", str(WRONG / "sign.py"), str(bad)]
    plain, out, _ = run(capsys, "check", *paths)
    code, data, _ = run(capsys, "check", *paths, "--json")
    found = json.loads(data)
    assert (code, plain, found["ok"]) == (2, 2, False)
    right, wrong, unusable = found["pages"]
    assert (right["ok"], right["lines"], right["problems"]) == (True, 5, [])
    assert not wrong["ok"]
    assert all(problem in out for problem in wrong["problems"])
    assert unusable["unusable"] in out


def test_what_nothing_but_its_rule_supports_fails_where_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    series = tmp_path / "series.py"
    series.write_text(
        "from deltasift import *\nfrom deltasift.inert import Integrable\nfrom deltasift.rules import *\n"
        "a, x = real('a'), real('x')\nf = Integral(log(2 + x * x) / (1 + x * x), x)\n"
        "exists = assuming(Integrable(f))\n"
        "claim = Equality(2 * (a + f), 2 * a + 2 * f)\nproof = calc(2 * (a + f), step(2 * a + 2 * f, by=mul_add))\n",
        encoding="utf-8",
    )
    assert run(capsys, "check", str(series))[0] == 0
    code, out, _ = run(capsys, "check", str(series), "--strict", "--json")
    assert code == 1
    [page] = json.loads(out)["pages"]
    assert page["grades"] == {"every_size": 0, "points": 0, "rule": 1, "solver": 0}
    assert page["problems"] == ["line 2: by its rule alone, and by nothing that knows no rules"]
    unseen = "Sum(KroneckerDelta(k, 2)*Integral(sin(x**2), (x, -oo, oo)), (k, 1, 3))"
    assert run(capsys, "collapse", unseen)[0] == 0
    assert run(capsys, "collapse", unseen, "--strict")[0] == 1
    assert run(capsys, "check", "cross_entropy_is_average_nll", "--strict")[0] == 0


@pytest.mark.parametrize("text", ["-Sum(delta(k, 2)*a[k], (k, 1, 3))", "-a[2]*delta(x, 1)", "-(a[1])*delta(1, 1)"])
@pytest.mark.parametrize("after", [True, False])
def test_an_expression_may_begin_with_a_minus(capsys: pytest.CaptureFixture[str], text: str, after: bool) -> None:
    options = ["--undecided", "guard", "--fact", "-1 <= z", "--declare=x: integer"] if "x" in text else ["--seed", "3"]
    options = [o for o in options if o not in ("--fact", "-1 <= z")]
    code, out, err = run(capsys, "collapse", *(options if not after else []), text, *(options if after else []))
    assert (code, err) == (0, "")
    assert "Result\n  -" in out or "Result\n  Piecewise" in out


def test_a_fact_may_begin_with_a_minus_and_an_option_stays_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "collapse", "-Sum(delta(k, m), (k, -1, K))", "--fact", "-1 <= m", "--fact", "m <= K")
    assert (code, out.splitlines()[-1].strip()) == (0, "-1")
    code, _, err = run(capsys, "collapse", "--no-such-option", "-x")
    assert (code, "No such option" in err) == (2, True)
    assert run(capsys, "collapse", "-h")[0] == 0


def test_a_name_is_declared_with_its_range(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "collapse", "Sum(delta(k, m)*a[k], (k, 1, K))", "--declare", "m in 1..K")
    assert (code, out.splitlines()[-1].strip()) == (0, "a[m]")
    sizes = ("--declare", "N: size", "--declare", "K: size")
    text = "Sum(delta(k, y[n])*a[k], (k, 1, K), (n, 1, N))"
    code, out, _ = run(capsys, "collapse", text, "--declare", "y in 1..K", *sizes)
    assert (code, out.splitlines()[-1].strip()) == (0, "Sum(a[y[n]], (n, 1, N))")
    code, out, _ = run(capsys, "collapse", text, "--declare", "y in 1..K + 1", *sizes)
    assert "Piecewise" in out.splitlines()[-1]


def test_ask_leads_to_lines(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "ask", "is", "delta", "one-hot?")
    assert code == 0
    assert "delta_is_one_hot:3" in out
    code, _, err = run(capsys, "ask", "weather")
    assert (code, "no question is about" in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("deltasift col", {"collapse"}), ("deltasift show kl_", set(fnmatch.filter(page_names(), "kl_*")))],
)
def test_a_shell_completes_commands_and_pages(words: str, expected: set[str]) -> None:
    asked = {"_DELTASIFT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-c", "from deltasift.cli import main; main()"],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(done.stdout.split()) == expected
