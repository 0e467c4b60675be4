"""The garbage collector is afterwards as it was before, whatever happened."""

import gc

import pytest
from sympy import KroneckerDelta, Sum, symbols

from deltasift import collapse
from deltasift.derive.collector import collector_at_rest
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
