"""The rule table as statements of Coq; that they are proved is seen by `make proofs`, which compiles the scripts."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from deltasift import Equality, Sum, log
from deltasift.rule import Bound, Fn, Int, Real, rule

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from proofs.__main__ import theorems
from proofs.statements import Writer, pattern_rules, propositions

INTEGRALS = "integral_"


# heads for which there is no definition in `proofs/Base.v`
LEFT_OUT = {"Maximum", "factorial", "floor", "gamma", "root_of_unity"}


def test_every_rule_but_those_of_integrals_and_of_heads_left_out_is_translated() -> None:
    _, left = propositions()
    assert {name for name, why in left.items() if not name.startswith(INTEGRALS) and why not in LEFT_OUT} == set()


def test_every_script_is_of_a_statement_that_the_rule_table_has() -> None:
    stated, _ = propositions()
    assert {name.removesuffix("_value") for name in theorems()} <= {p.name for p in stated}


def test_no_script_leaves_a_proof_open_or_assumes_one() -> None:
    for file in (Path(__file__).resolve().parents[2] / "proofs").glob("*.v"):
        text = re.sub(r"\(\*.*?\*\)", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"\b(Admitted|Axiom|Parameter|Hypothesis|Conjecture|admit|Abort)\b", text), file.name


def test_at_least_75_rules_are_proved() -> None:
    proved = theorems()
    whole = [
        name
        for name, r in pattern_rules().items()
        if all(f"{name}_{n}" in proved for n in range(1, len(r.statements) + 1))
    ]
    assert len(whole) >= 75


@rule(ref="graham1994, section 2.3")
def scaled(a: Real, f: Fn, i: Bound, lo: Int, hi: Int) -> Equality:
    """A factor moves out."""
    return Equality(Sum(a * log(f(i)), (i, lo, hi)), a * Sum(log(f(i)), (i, lo, hi)), when={a > 0: {"a": 0}})


def test_a_statement_says_what_the_rule_says() -> None:
    writer = Writer(scaled, scaled.statements[0])
    assert writer.equal() == (
        "forall (a : R) (f : Z -> R) (lo : Z) (hi : Z), ((IZR (0)%Z) < a) -> "
        "(zsum lo hi (fun i : Z => (a * (ln (f i))))) = (a * (zsum lo hi (fun i : Z => (ln (f i)))))"
    )


def test_a_value_is_asked_for_where_the_sum_has_a_term() -> None:
    text = Writer(scaled, scaled.statements[0]).value()
    assert "inside (Fin lo) (Fin hi) i ->" in text
    assert "(a_ok)" in text
    assert "(f_ok i)" in text
    assert "0 < (f i)" in text


@pytest.mark.parametrize("name", ["sum_mul_left_1", "sum_const_2", "prod_const_2", "sum_delta_bracket_13"])
def test_what_an_empty_range_hides_is_not_claimed_to_have_a_value(name: str) -> None:
    assert f"{name}_value" not in theorems()
