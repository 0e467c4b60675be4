"""A learner's own next line: how it was read, and what becomes of it.

The text is read by the grammar of `parse`, which builds only known heads and declared names; nothing of it is run. The
line is judged against the line before: a proof is searched for, else numbers at which the two differ.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from functools import cache
from typing import Any

from sympy.core.basic import Basic

from deltasift.check import check
from deltasift.check.counterexample import Counterexample
from deltasift.check.report import Line, Report
from deltasift.errors import DeltasiftError, NotProved, ParseError
from deltasift.inert import Entry, Proposition
from deltasift.line.same import same
from deltasift.pages import load
from deltasift.parse import parse
from deltasift.play.page import Document
from deltasift.proving import derive

LONGEST = 2_000  # characters of a line
MEMORY = 2 << 30  # bytes of a process that answers; a page and what judges it take a tenth of it
DEEP = "this is nested more deeply than can be followed"
LARGE = "this needs more memory than there is for a line"


class Learner:
    """Answers about the lines of one page."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.document = Document(report)
        self.names = {d.name: d for d in report.page.domains}

    def answer(self, kind: str, number: int, text: str) -> dict[str, Any]:
        """Return what is said of a text as line `number`: of kind "read" how it was read, of kind "check" the verdict.

        A text that is no line is answered by what is wrong with it, under "error".
        """
        try:
            before, expected = self._place(number)
            line = self._read(text)
            if kind == "read":
                return {"formula": self.document.math(line, "=", block=True)}
            return self._verdict(line, before, expected)
        except DeltasiftError as error:
            return {"error": str(error)}

    def _place(self, number: int) -> tuple[Line, Line]:
        lines = self.report.lines
        if not 1 < number <= len(lines) or lines[number - 1].before is None:
            raise ParseError(f"there is no line before line {number}")
        if lines[number - 1].relation != "=":
            raise ParseError(f"line {number} is no equality, and only equalities are judged here")
        return lines[number - 2], lines[number - 1]

    def _read(self, text: str) -> Basic:
        if len(text) > LONGEST:
            raise ParseError(f"the line has {len(text)} characters, and {LONGEST} are read")
        found = parse(text.strip().removeprefix("="), names=self.names)
        if isinstance(found.expr, Proposition):
            raise ParseError("this is a statement: write what stands after the = alone")
        strange = [t.name for t in found.types if t.name not in self.names and not t.why.startswith("the bound name")]
        if strange:
            raise ParseError(f"the page does not declare {', '.join(strange)}")
        return found.expr

    def _verdict(self, line: Basic, before: Line, expected: Line) -> dict[str, Any]:
        if same(line, expected.expr):
            return {"verdict": "right", "said": "This is the line of the page."}
        if same(line, before.expr):
            return {"verdict": "right", "said": "True, and it is the line before, as it stands."}
        facts = [*self.report.page.domains, *self.report.page.assumptions]
        try:
            proof = derive(before.expr, line, facts=facts)
        except NotProved as why:
            if why.counterexample is None:
                return {"verdict": "open", "said": "Undecided: no proof was found, and no numbers against it."}
            return self._refuted(why.counterexample, expected.number)
        by = dict.fromkeys(rule.reason for s in proof.steps for rule in s.by)
        return {"verdict": "right", "said": "It follows from the line before.", "by": list(by)}

    def _refuted(self, c: Counterexample, number: int) -> dict[str, Any]:
        point = [[*_name(e), float(v)] for e, v in c.point if v.is_number]
        table = self.document.table(c, number)
        return {
            "verdict": "wrong",
            "said": "It does not follow: here the two lines differ.",
            "table": table,
            "point": point,
        }


def _name(e: Basic) -> tuple[str, list[int]]:
    return (str(e.table), [int(i) for i in e.indices]) if isinstance(e, Entry) else (str(e), [])


def structure_of(name: str) -> Report:
    """Return a page with its lines as they follow by their rules, which is all that judging other lines needs."""
    return check(load(name), layers=("structure", "conditions"))


@cache
def _learner(name: str) -> Learner:
    return Learner(structure_of(name))


def answer_of(name: str, kind: str, number: int, text: str) -> str:
    """Return the answer about a line of a page of the catalogue, as a browser asks for it that runs this itself."""
    return answered(_learner(name), kind, number, text)


def work(make: Callable[[], Report], connection: Any) -> None:
    """Answer questions that come through a connection, one after the other, until it is closed.

    Whoever asks is told by the end of it that there is no answer: nothing is written beside what they write.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began this process ends it
    _bound_memory()
    try:
        learner = Learner(make())
        connection.send("ready")
        while True:
            kind, number, text = connection.recv()
            connection.send(answered(learner, kind, number, text))
    except (EOFError, OSError):  # who asks has gone
        return
    except (DeltasiftError, MemoryError):  # the page is no longer what it was, or too large
        return


def answered(learner: Learner, kind: str, number: int, text: str) -> str:
    """Return the answer as JSON, whatever the text is."""
    try:
        found = learner.answer(kind, number, text)
    except RecursionError:
        found = {"error": DEEP}
    except MemoryError:
        found = {"error": LARGE}
    return json.dumps(found)


def _bound_memory() -> None:
    """Let this process have a bounded memory, where the system knows such a bound."""
    try:
        import resource
    except ImportError:  # as under Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
