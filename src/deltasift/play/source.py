"""The Python of a page, each of its lines that writes a line of the proof with a link there, and the way back."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from deltasift.calc import Derivation, Page, Written
from deltasift.inert.mathml import visible

LONGEST = 60_000  # characters of a file that is put into the page


def lines_of_code(page: Page) -> dict[int, int]:
    """Return for each line of the page, by its number, the line of the file that writes it, where that is known."""
    if page.source is None or len(page.source.text) > LONGEST:
        return {}
    starts = _starts(page.source.text)
    written = [w for proof in page.proofs for w in _written(proof, starts)]
    last = len(page.source.text.splitlines())
    here = {n: w.line for n, w in enumerate(written, 1) if w is not None and w.file == page.source.file}
    return {n: line for n, line in here.items() if line <= last}


def listing(page: Page) -> Iterator[str]:
    """Yield the Python of the page, folded, with a place for each of its lines."""
    places = lines_of_code(page)
    if page.source is None or not places:
        return
    yield '<details id="source"><summary>The page as it is written, in Python</summary><ol class="code">'
    for number, text in enumerate(page.source.text.splitlines(), 1):
        back = [n for n, line in places.items() if line == number]
        links = "".join(f' <a href="#line-{n}">line {n}</a>' for n in back)
        mark = ' class="step"' if back else ""
        yield f'<li id="code-{number}"{mark}><code>{visible(text) or " "}</code>{links}</li>'
    yield "</ol></details>"


def _written(proof: Derivation, starts: dict[int, int]) -> Iterator[Written | None]:
    """Yield where each line of a proof was written; the first one is the first argument of `calc`."""
    w = proof.written
    yield None if w is None else w._replace(line=starts.get(w.line, w.line))
    yield from (s.written for s in proof.steps)


def _starts(text: str) -> dict[int, int]:
    """Return where the first argument of the call that begins on a line is written."""
    try:
        calls = [x for x in ast.walk(ast.parse(text)) if isinstance(x, ast.Call) and x.args]
    except (SyntaxError, ValueError, RecursionError):
        return {}
    return {x.lineno: x.args[0].lineno for x in calls if isinstance(x.func, ast.Name) and x.func.id == "calc"}
