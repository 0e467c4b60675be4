"""The file: the lines, the style, the code and the data, and a policy that lets nothing else in.

Nothing is loaded and nothing is sent. The policy names the style and the code by their hashes, so that a text which
came to stand in the page as an element could do nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from importlib.resources import files
from typing import Any

from deltasift.check.report import Report
from deltasift.inert.mathml import visible
from deltasift.inert.notation import Notation
from deltasift.play.code import Code, literal
from deltasift.play.font import ANY, subset
from deltasift.play.page import Document

# The parts of the player, in the order in which they stand: one module in the file, one subject in each of them here.
PARTS = (
    *("tools", "numbers", "steps", "question", "quiz", "order", "table", "loop", "masses"),
    *("controls", "symbols", "copying", "fitting", "drawing", "scrolling", "bridge", "acting"),
)
COMMENT = re.compile(r"^ *(?://.*|/\*\*[^\n]*\*/|/\*\*(?s:.*?)\*/)\n+", re.MULTILINE)  # a line of its own
INDENT = re.compile(r"^ +", re.MULTILINE)  # no text of the player has more than one line
QUESTIONS = re.compile(r'<section id="(?:quiz|blanks)" hidden>.*?</section>\n?', re.DOTALL)
MOST_BYTES = 350_000  # of a file that asks questions, or else of one whose lines unfold
FONT = '@font-face{{font-family:"Player Math";src:url({}) format("woff")}}\n'


@dataclass(frozen=True)
class Judge:
    """Who judges a learner's own lines: the server that hands the page out, or a worker of the browser.

    Attributes
    ----------
    policy : str
        What the page may reach for it, and nothing else.
    parts : tuple of str
        Of the player.
    constants : dict of str to str
        What they are told.
    """

    policy: str
    parts: tuple[str, ...]
    constants: dict[str, str]

    def source(self) -> str:
        """Return the code that asks."""
        told = "".join(f"const {name} = {literal(value)};\n" for name, value in self.constants.items())
        return told + "".join(f"{_code(part)}\n" for part in self.parts)


def _judge(report: Report, token: str, judge: str) -> Judge | None:
    if token:
        return Judge("connect-src 'self'", ("own", "served"), {"TOKEN": token})
    if judge:
        return Judge("worker-src 'self'", ("own", "local"), {"JUDGE": judge, "NAME": report.page.name})
    return None


def play(report: Report, notation: Notation | None = None, *, token: str = "", judge: str = "") -> str:
    """Return a page as one HTML file, with a player that goes through its lines on numbers of the reader's own.

    Parameters
    ----------
    report : Report
        Of a page that may be wrong: then the file says so first, and shows nothing as proved.
    notation : Notation, optional
    token : str
        What requests of the page carry, where a server hands it out and judges lines; such a page may ask it alone.
    judge : str
        The address, relative to the file, of a folder with the checker for browsers, of a page of the catalogue. Such
        a page may load it from there, which a browser allows where a server hands the page out.
    """
    asked = _judge(report, token, judge)
    text = ""
    for unfolds in (True, False):  # the second is made for a file that is too large alone
        document = Document(report, notation, unfolds=unfolds)
        body = document.body()
        for shown in (body, QUESTIONS.sub("", body)):
            text = _file_of(document, shown, asked)
            if len(text.encode()) <= MOST_BYTES:
                return text
    return text


def _file_of(document: Document, body: str, judge: Judge | None) -> str:
    """Return the file that has what is between the head and the script."""
    report = document.report
    code = Code(report, document.notation)
    font = subset("".join(sorted(_letters(body) | set(ANY if judge else ""))))
    style = (FONT.format(font) if font else "") + INDENT.sub("", _file("player.css"))
    steps = [*written_steps(document)] if judge else document.steps
    asking = judge.source() if judge else ""
    tables = f"const WRITTEN = {literal([*document.written])};\nconst STEPS = {literal(steps)};"
    script = f"{INDENT.sub('', code.source())}\n{tables}\n{asking}{player()}"
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            "font-src data:",
            *([judge.policy] if judge else []),
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    title = visible(report.page.heading)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
<script type="module">{script}</script>
</body>
</html>
"""


def player() -> str:
    """Return the code of the player, which is the same for every page; its comments stay here."""
    return "\n".join(map(_code, PARTS))


def written_steps(document: Document) -> Iterator[dict[str, Any]]:
    """Yield the steps with how each line is written and how it follows, from which a learner writes another."""
    for step in document.steps:
        x = document.report.lines[step["line"] - 1]
        yield step | {"text": str(x.expr), "relation": x.relation}


def _code(name: str) -> str:
    return INDENT.sub("", COMMENT.sub("", _file(f"player/{name}.js")))


def _file(name: str) -> str:
    return files("deltasift.play").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _letters(body: str) -> set[str]:
    """Return the letters of the formulas."""
    formulas = re.findall(r"<math.*?</math>", body, re.DOTALL)
    roots = {"√"} if "<msqrt" in body else set()  # which is drawn without being written
    return (set(unescape(re.sub(r"<[^>]*>", "", "".join(formulas)))) | roots) - {"\n"}
