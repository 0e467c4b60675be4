"""The garbage collector is afterwards as it was before, whatever happened."""

import gc
import subprocess
import sys

import pytest
from sympy import KroneckerDelta, Sum, symbols

from deltasift import collapse
from deltasift.cli import main
from deltasift.collector import collector_at_rest
from deltasift.errors import DeltasiftError

k, m, K = symbols("k m K", integer=True)


@pytest.fixture(params=[True, False])
def enabled(request: pytest.FixtureRequest):
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_it_rests_inside_and_is_left_as_it_was(enabled: bool) -> None:
    with collector_at_rest():
        assert not gc.isenabled()
        with collector_at_rest():
            pass
        assert not gc.isenabled()
    assert gc.isenabled() is enabled


def test_collapse_leaves_it_as_it_was(enabled: bool) -> None:
    collapse(Sum(KroneckerDelta(k, m), (k, 1, K)))
    assert gc.isenabled() is enabled
    with pytest.raises(DeltasiftError):
        collapse(Sum(KroneckerDelta(k, m), (k, 1, K)), undecided="refuse")
    assert gc.isenabled() is enabled


def test_what_is_loaded_is_passed_over_in_a_process_of_its_own() -> None:
    said = run("import gc; from deltasift.collector import *; collect_seldom(); print(gc.get_freeze_count() > 0)")
    assert said == "True"


def test_who_calls_the_command_line_as_a_function_keeps_the_collector_as_it_was() -> None:
    threshold, passed_over = gc.get_threshold(), gc.get_freeze_count()
    with pytest.raises(SystemExit):
        main(["--version"])
    assert gc.get_threshold() == threshold
    assert gc.get_freeze_count() <= passed_over


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()
