"""A rule is registered by being written: its name can be imported, completed, and is found if it is misspelt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sympy import Symbol
from sympy.core.basic import Basic

from deltasift import rules
from deltasift.errors import RuleError
from deltasift.rule import Method, Rule, method

STUB = Path(rules.__file__).with_suffix(".pyi")
BEGIN = """# Written by `pytest tests/rules --update-golden`, for editors and type checkers.
from types import ModuleType

from deltasift.rule import AnyRule, Method, Rule
from deltasift.rule import Under as Under

METHODS: dict[str, Method]
ORDER: tuple[Method, ...]
EQUALITIES: dict[str, Rule]
INEQUALITIES: dict[str, Rule]
RULES: dict[str, Rule]
SUBJECTS: tuple[ModuleType, ...]

def sum_congr(rule: AnyRule) -> Under: ...

"""
WITHOUT_FINDERS = """
import sys
from deltasift import rules
rules.sum_delta, rules.RULES, rules.definition
assert not [m for m in sys.modules if m.startswith("deltasift.rules.coded.")]
rules.sum_bracket
assert "deltasift.rules.coded.sums" in sys.modules
"""


def stub() -> str:
    """Return what the names of the package are, for a type checker."""
    names = [(name, "Rule") for name in rules.RULES] + [(name, "Method") for name in rules.METHODS]
    return BEGIN + "".join(f"{name}: {kind}\n" for name, kind in sorted(names))


def test_the_stub_names_every_rule(update_golden: bool) -> None:
    if update_golden:
        STUB.write_text(stub(), encoding="utf-8")
    assert STUB.read_text(encoding="utf-8") == stub()


def test_every_rule_can_be_imported_by_its_name() -> None:
    everything = rules.RULES | rules.METHODS
    assert set(everything) <= set(rules.__all__)
    assert set(rules.__all__) <= set(dir(rules))
    assert all(getattr(rules, name) is value and value.name == name for name, value in everything.items())


def test_every_coded_rule_has_a_finder_and_says_how_its_uses_are_judged() -> None:
    coded = [m for m in rules.METHODS.values() if m.find is not None]
    assert coded
    assert all(bool(m.verifier) != bool(m.unverified) for m in coded)
    assert {m.name for m in rules.METHODS.values()} - {m.name for m in coded} == {
        "arithmetic",
        "definition",
        *(m.name for m in rules.ORDER),
    }


def test_the_rules_that_are_data_are_read_without_what_carries_out_the_others() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_FINDERS], check=True)


def test_a_misspelt_rule_gets_the_nearest_names() -> None:
    with pytest.raises(AttributeError, match="no rule is called sum_dleta; there is sum_delta"):
        _ = rules.sum_dleta


def test_a_name_like_no_other_is_no_rule() -> None:
    with pytest.raises(AttributeError, match=r"no rule is called qqq$"):
        _ = rules.qqq


@pytest.mark.parametrize("how", [{}, {"verifier": "sums", "unverified": "it is not"}])
def test_a_coded_rule_names_its_verifier_or_says_why_there_is_none(how: dict[str, str]) -> None:
    def found(expr: Basic, scope: object):  # type: ignore[no-untyped-def]
        """Nothing comes of it."""
        yield from ()

    with pytest.raises(RuleError, match="verifier"):
        method(ref="lang2002", **how)(found)


def test_a_coded_rule_has_a_reason() -> None:
    def found(expr: Basic, scope: object):  # type: ignore[no-untyped-def]
        yield from ()

    with pytest.raises(RuleError, match="reason"):
        method(ref="lang2002", unverified="it is an example")(found)


def test_a_coded_rule_yields_with_a_witness_or_without() -> None:
    x = Symbol("x")

    @method(ref="lang2002", unverified="it is an example")
    def found(expr: Basic, scope: object):  # type: ignore[no-untyped-def]
        """Nothing comes of it."""
        yield expr, ()
        yield expr, (), x

    assert isinstance(found, Method)
    assert not isinstance(found, Rule)
    assert list(found.uses(x, None)) == [(x, (), None), (x, (), x)]
    assert list(found(x, None)) == [(x, ()), (x, ())]
