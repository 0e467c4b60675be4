"""Generated code, typeset."""

from __future__ import annotations

import re

import pytest

from deltasift import Sum, calc, dirac, index, log, pmf, real, sizes, step
from deltasift.check import check
from deltasift.emit.typeset import ABSENT, can_typeset, typeset
from deltasift.pages import load
from deltasift.rules import definition
from founding import FOUNDING

needs_latexify = pytest.mark.skipif(not can_typeset(), reason=ABSENT)


@needs_latexify
@pytest.mark.parametrize("page", FOUNDING)
def test_every_line_is_typeset(page: str) -> None:
    report = check(load(page), layers=())
    shown = typeset(report)
    assert set(shown) == {x.number for x in report.lines}
    for text in shown.values():
        groups = re.sub(r"\\[{}]", "", text)
        assert groups.count("{") == groups.count("}")


@needs_latexify
def test_a_line_without_executable_form_is_left_out() -> None:
    u, K = real("u"), sizes("K")
    k = index("k", 1, K)
    q = pmf("q", k)
    page = calc(dirac(u), step(Sum(log(q[k]), k), by=definition))
    report = check(page, layers=())
    assert set(typeset(report)) == {2}
