"""The questions of a page in HTML, from which the player takes them: which line follows, which index is left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.check.counterexample import Counterexample
from deltasift.check.report import Report
from deltasift.inert import Entry
from deltasift.inert.mathml import MathmlLayout, visible
from deltasift.line.views import put
from deltasift.play.blanks import Blank, Filled, blanks
from deltasift.play.formulas import bare
from deltasift.play.quiz import wrong_lines
from deltasift.render.spoken import spoken

Table = Callable[[Counterexample, int], str]
LONGEST = 7_500  # characters of a question
ROOM = {"quiz": 25_500, "blanks": 15_000}  # characters of all of a kind, in a file that is to stay small
BOX, WORD = Symbol("▢"), Symbol("blank")  # what stands where an index is left out, and how it is read out


class Questions:
    """Writes questions; the order of the choices, that of their text, does not tell which is right."""

    def __init__(self, layout: MathmlLayout, table: Table) -> None:
        self.layout = layout
        self.table = table

    def math(self, e: Basic, before: str = "") -> str:
        return self.layout.math(e, words=self.said(e), before=before)

    def lines(self, report: Report) -> Iterator[str]:
        """Yield for each line that is asked about the right one among wrong ones."""
        for number, wrong in wrong_lines(report).items():
            right = report.lines[number - 1].expr
            choices = {str(w.line): self.choice(w.line, number, w.counterexample, "=") for w in wrong}
            choices[str(right)] = self.right(right, "=")
            yield f'<div data-for="{number}">{"".join(choices[key] for key in sorted(choices))}</div>'

    def blanks(self, report: Report) -> Iterator[str]:
        """Yield for each line that is asked about the line with a gap, and what may fill it."""
        for number, b in blanks(report).items():
            choices = {str(w.index): self.filled(w, number) for w in b.wrong}
            choices[str(b.right)] = self.right(b.right)
            listed = "".join(choices[key] for key in sorted(choices))
            yield f'<div data-for="{number}">{self.asked(b, report.lines[number - 1].expr)}{listed}</div>'

    def asked(self, b: Blank, line: Basic) -> str:
        words = self.said(put(line, b.path, WORD), "=")
        return f"<div data-asked>{bare(self.layout.math(put(line, b.path, BOX), words=words, before='='))}</div>"

    def filled(self, w: Filled, number: int) -> str:
        if w.counterexample is not None:
            return self.choice(w.index, number, w.counterexample)
        assert w.unbound is not None
        name = self.math(w.unbound)
        why = f"Nothing runs over {name} there: the line would not say which {name} is meant."
        shown = bare(self.math(w.index) + f'<p class="says">{why}</p>')
        return f'<div data-said="{visible(self.said(w.index))}">{shown}</div>'

    def right(self, e: Basic, before: str = "") -> str:
        return f'<div data-right data-said="{visible(self.said(e, before))}">{bare(self.math(e, before))}</div>'

    def choice(self, e: Basic, number: int, c: Counterexample, before: str = "") -> str:
        point = visible(json.dumps([[*_place(e), float(v)] for e, v in c.point if v.is_number]))
        shown = bare(self.math(e, before) + self.table(c, number))
        return f'<div data-point="{point}" data-said="{visible(self.said(e, before))}">{shown}</div>'

    def said(self, e: Basic, before: str = "") -> str:
        return f"{'equals ' if before else ''}{spoken(e, self.layout.notation)}"


def questions(report: Report, layout: MathmlLayout, table: Table) -> Iterator[str]:
    """Yield the questions of a page that is right, for the player to ask; a page that is wrong asks nothing.

    Parameters
    ----------
    report : Report
    layout : MathmlLayout
    table : callable
        Returns a counterexample to a line as a table.
    """
    written = Questions(layout, table)
    for kind, asked in (("quiz", written.lines(report)), ("blanks", written.blanks(report))):
        if found := [*_kept(asked, ROOM[kind])]:
            yield f'<section id="{kind}" hidden>{"".join(found)}</section>'


def _kept(asked: Iterable[str], room: int) -> Iterator[str]:
    """Yield the questions that can be read, as far as there is room; whose lines are too long is not asked."""
    for question in asked:
        if len(question) <= min(LONGEST, room):
            room -= len(question)
            yield question


def _place(e: Basic) -> tuple[str, list[int]]:
    """Return the name of what a point gives, and where in it."""
    return (str(e.table), [int(i) for i in e.indices]) if isinstance(e, Entry) else (str(e), [])
