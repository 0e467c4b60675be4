"""Each substep is said with the whole line before and after it, also where it was found from the line after."""

from __future__ import annotations

from deltasift import calc, define, real, step
from deltasift.check import check
from deltasift.inert import Neg
from deltasift.line.views import at
from deltasift.render import text
from deltasift.rules import definition

a, b, c = real("a"), real("b"), real("c")
w, v = define("w", a * b), define("v", b - c)


def test_a_step_found_from_the_line_after_has_its_places_in_the_lines_that_it_was_found_in() -> None:
    """The line after is written in another way, so that there are no such places in the line before."""
    sum_of_two = w + 2 * v + 1
    report = check(calc(2 / (a * b + 2 * (b - c) + 1), step(2 / Neg(Neg(sum_of_two)), by=definition)))
    line = report.lines[1]
    places = list(line.around())
    assert len(line.substeps) == 2
    for s, (before, after) in zip(line.substeps, places, strict=True):
        assert at(before, s.path) == s.before
        assert at(after, s.path) == s.after
    assert list(line.between()) == [places[0][1], line.expr]
    assert text(report)
