"""What readers ask about a page of the catalogue: answers in a sentence, each leading to the lines that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deltasift.calc import Page
from deltasift.catalogue import page_names, page_path
from deltasift.inert.mathml import visible
from deltasift.questions import QUESTIONS, Question


def asked(page: Page) -> Iterator[str]:
    """Yield the questions that lines of a page answer, and below them those that other pages answer."""
    own = [q for q in QUESTIONS if any(name == page.name for name, _ in q.places)]
    if not own or not _is_of_the_catalogue(page):
        return
    others = [q for q in QUESTIONS if q not in own]
    yield '<section class="given" id="asked"><h2>Questions</h2>'
    yield from (_entry(q, page.name) for q in own)
    yield "<details><summary>Asked as well, and answered on other pages</summary>"
    yield from (_entry(q, page.name) for q in others)
    yield "</details></section>"


def _is_of_the_catalogue(page: Page) -> bool:
    """Whether it is the page itself, and not another of its name."""
    if page.source is None or page.name not in page_names():
        return False
    return Path(page.source.file).resolve() == page_path(page.name).resolve()


def _entry(q: Question, here: str) -> str:
    lines = ", ".join(f'<a href="#line-{n}">line {n}</a>' for name, n in q.places if name == here)
    elsewhere = ", ".join(dict.fromkeys(f"<code>{visible(name)}</code>" for name, _ in q.places if name != here))
    where = "; ".join(x for x in (lines, elsewhere and f"on {elsewhere}") if x)
    return f"<p><strong>{visible(q.asked)}</strong> {visible(q.answer)} ({where})</p>"
