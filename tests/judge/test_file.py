"""A page as a file is judged again, by the judge alone, and what is no certificate is said to be none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sympy import Symbol
from typer.testing import CliRunner

from deltasift import Equality, Sum, calc, check, collapse, delta, index, pmf, real, rule, sizes, step
from deltasift.check.certify import certificate
from deltasift.check.written import to_data
from deltasift.cli import app
from deltasift.errors import DomainError
from deltasift.inert import LessEqual, Relation, inert
from deltasift.judge import ACCEPT, DECLINE, REJECT, Step, judge
from deltasift.judge.__main__ import main
from deltasift.judge.context import Context, World
from deltasift.judge.file import FormatError, from_data
from deltasift.judge.kind import is_integer
from deltasift.judge.page import judged_page, rests_on
from deltasift.judge.record import read_runs
from deltasift.judge.term import read
from deltasift.pages import load
from deltasift.rule import Real
from deltasift.rules import mul_add, sum_delta, sum_mul_left
from deltasift.use import Run, Use
from founding import FOUNDING

SRC = Path(__file__).resolve().parents[2] / "src"
N, K = sizes("N K")
k, m = index("k", 1, K), index("m", 1, K)
a, b = real("a"), real("b")
q = pmf("q", k)
FINDERS = ("match.", "derive.", "conditions.prove", "conditions.smt", "conditions.finder", "rules.coded", "line.scope")


@cache
def data_of(name: str) -> str:
    return json.dumps(certificate(check(load(name), layers=("structure",))))


def statuses(data: Any) -> list[str]:
    return [f.judgement.status for f in judged_page(from_data(data))]


@pytest.mark.parametrize("name", FOUNDING)
def test_a_page_of_the_catalogue_is_judged_again_from_its_file(name: str) -> None:
    data = json.loads(data_of(name))
    found = list(judged_page(from_data(data)))
    assert {f.judgement.status for f in found} <= {ACCEPT, DECLINE}
    for f in found:  # what is declined is a total that the counts of labels have
        assert f.judgement.status == ACCEPT or "hat p" in f.judgement.why, f


@pytest.mark.parametrize("name", FOUNDING)
def test_what_is_read_is_written_as_it_was(name: str) -> None:
    data = json.loads(data_of(name))
    again = to_data(from_data(data))
    assert statuses(json.loads(json.dumps(again))) == statuses(data)
    assert len(again["terms"]) == len(data["terms"])


def test_a_term_stands_in_the_file_once() -> None:
    terms = json.loads(data_of("kl_splits_into_entropies"))["terms"]
    assert len({json.dumps(t) for t in terms}) == len(terms)


def test_the_judge_imports_no_finder(tmp_path: Path) -> None:
    file = tmp_path / "page.json"
    file.write_text(data_of("kl_splits_into_entropies"), encoding="utf-8")
    code = (
        "import sys; from deltasift.judge.__main__ import main; code = main(sys.argv[1:]); "
        f"print(*[m for m in sys.modules if any(m.startswith('deltasift.' + f) for f in {FINDERS!r}) or m == 'z3']); "
        "sys.exit(code)"
    )
    env = os.environ | {"PYTHONPATH": str(SRC)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, env=env, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    first, *told, loaded = done.stdout.splitlines()
    assert (first, loaded) == ("kl_splits_into_entropies: 7 accepted, 0 declined, 0 rejected", "")
    assert "  reads Entropy(p) as -Sum(p[i]*log(p[i]), (i, 1, K))" in told


def test_the_command_line_writes_what_the_judge_reads(tmp_path: Path) -> None:
    file = tmp_path / "page.json"
    done = CliRunner().invoke(app, ["check", "average_or_sum", "--certificate", str(file)])
    assert done.exit_code == 0
    assert main([str(file)]) == 0


def test_a_certificate_is_of_one_page(tmp_path: Path) -> None:
    two = ["check", "average_or_sum", "kl_splits_into_entropies", "--certificate", str(tmp_path / "x.json")]
    assert CliRunner().invoke(app, two).exit_code != 0
    assert not (tmp_path / "x.json").exists()


def test_what_is_wrong_has_no_certificate() -> None:
    report = check(calc(Sum(a * q[k], k), step(a, by=sum_mul_left)), layers=("structure",))
    with pytest.raises(DomainError):
        certificate(report)


def test_what_collapse_finds_is_judged_again() -> None:
    found = collapse(Sum(Sum(delta(k, m) * q[k] * a, k), m))
    assert set(statuses(certificate(check(found, layers=("structure",))))) == {ACCEPT}


def test_a_rule_of_the_page_is_in_the_file_and_is_named() -> None:
    @rule(ref="nowhere")
    def twice(x: Real) -> Relation:
        """Twice the same is the same."""
        return Equality(x + x, 2 * x)

    data = certificate(check(calc(a + a, step(2 * a, by=twice)), layers=("structure",)))
    case = from_data(json.loads(json.dumps(data)))
    assert {f.judgement.status for f in judged_page(case)} == {ACCEPT}
    assert rests_on(case) == [
        "assumed: the rule twice, which is tested",
        "the rule twice of its own: Equality(x + x, 2*x)",
    ]


def test_a_rule_that_states_an_order_gives_no_equality() -> None:
    @rule(ref="nowhere")
    def more(x: Real) -> Relation:
        """One more is more."""
        return LessEqual(x + 0, x + 1)

    lines = inert(a + 0), inert(a + 1)
    use = Use(more, 0, (), (), *lines, (("x", inert(a)),))
    chain = read_runs([Run(*lines, False, (use,))])
    for relation, status in (("=", REJECT), (">=", REJECT), ("<", REJECT), ("<=", ACCEPT)):
        step_ = Step(*map(read, lines), relation)
        assert [j.status for j in judge(step_, chain, World(), lambda goal: True)] == [status]


def sample() -> Any:
    return certificate(check(calc(Sum(delta(k, m) * a * q[k], k), step(a * q[m], by=sum_delta)), layers=("structure",)))


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        None,
        {"format": "deltasift certificate", "version": 1},
        {"format": "deltasift certificate", "version": 2},
        {"format": "deltasift certificate", "version": 3},
        {"format": "another", "version": 1},
    ],
)
def test_what_is_no_certificate_is_said_to_be_none(wrong: Any) -> None:
    with pytest.raises(FormatError):
        from_data(wrong)


def test_a_file_with_any_one_value_spoilt_is_refused_or_rejected_or_says_the_same(capsys: Any) -> None:
    """Spoil each value of a file in several ways: it may never end in an error, nor prove another claim."""
    data = sample()
    good = from_data(data)
    for path in _places(data):
        for value in (None, 0, -1, 7, "x", [], {}, True):
            other = json.loads(json.dumps(data))
            place: Any = other
            for step_ in path[:-1]:
                place = place[step_]
            if place[path[-1]] == value:
                continue
            place[path[-1]] = value
            try:
                case = from_data(other)
                found = {f.judgement.status for f in judged_page(case)}
            except FormatError:
                continue
            if found == {ACCEPT}:
                assert case.claims == good.claims or path[0] in ("terms", "claims"), (path, value)


def _places(x: Any, path: tuple[Any, ...] = ()) -> Any:
    items = x.items() if isinstance(x, dict) else enumerate(x) if isinstance(x, list) else ()
    for name, value in items:
        yield (*path, name)
        yield from _places(value, (*path, name))


def test_a_file_that_is_none_ends_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.json"
    for text in ("", "[", "[]", '{"format": 1}', "[" * 100_000):
        file.write_text(text, encoding="utf-8")
        assert main([str(file)]) == 2
        assert len(capsys.readouterr().out.splitlines()) == 1
    assert main([str(tmp_path / "missing")]) == 2
    assert main([]) == 2


def test_a_file_makes_no_integer_of_a_real_and_says_which_names_it_makes_one() -> None:
    data = certificate(check(calc(2 * (a + b), step(2 * a + 2 * b, by=mul_add)), layers=("structure",)))
    case = from_data(data)
    world = replace(case.world, integers=frozenset((a.symbol, Symbol("z"))))
    assert not is_integer(read(a.symbol), Context(world))
    assert is_integer(read(Symbol("z")), Context(world))
    assert rests_on(replace(case, world=world)) == ["a being an integer", "z being an integer"]


def test_a_domain_over_what_is_no_index_is_no_certificate() -> None:
    data = certificate(check(calc(2 * (a + b), step(2 * a + 2 * b, by=mul_add)), layers=("structure",)))
    data["world"]["domains"].append({"is": "Pmf", "name": "r", "over": data["world"]["domains"][0], "positive": True})
    with pytest.raises(FormatError):
        from_data(data)
