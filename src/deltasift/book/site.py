"""The site: a page for each result, results by field, who uses whom, rules, assumptions; it works from the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deltasift.book.contents import Contents, Place, reason_of
from deltasift.book.webpage import article
from deltasift.check.report import Report
from deltasift.inert.mathml import visible
from deltasift.inert.notation import Notation
from deltasift.play import play
from deltasift.render.latex import notation_of
from deltasift.render.tex.parts import title_of
from deltasift.render.webpen import WebPen

TITLE = "Derivations"
STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: #667; }
@media (prefers-color-scheme: dark) { :root { --quiet: #aab; } }
body { font: 1rem/1.5 Georgia, serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }
nav { border-bottom: 1px solid var(--line); padding-bottom: .5rem; font-family: system-ui, sans-serif; }
nav a { margin-right: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin-top: 2rem; }
math { font-size: 1.05em; }
.display { text-align: center; overflow: auto hidden; }
.theorem { border-top: 1px solid var(--line); margin-top: 1.5rem; overflow: auto hidden; }
.steps td { padding: .25rem .5rem .25rem 0; vertical-align: middle; }
.steps .left { text-align: right; white-space: nowrap; }
.steps td:last-child { white-space: nowrap; }
.steps .why, .checked, .quiet { color: var(--quiet); font-size: .9rem; }
.wrong { color: #b00; }
tr:target { background: #fd06; }
"""
NAVIGATION = "".join(
    f'<a href="{file}.html">{title}</a>'
    for file, title in (("index", "Results"), ("map", "Map"), ("rules", "Rules"), ("assumptions", "Assumptions"))
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def site(book: Contents, notation: Notation | None = None) -> dict[str, str]:
    """Return the files of the site by their names.

    Each page has its own, and a player beside it in the folder `play`.
    """
    pages = frozenset(r.page.name for r in book.reports)
    files = {
        "index.html": _html(TITLE, "\n".join(_index(book, notation))),
        "map.html": _html("Which result uses which", "\n".join(_map(book))),
        "rules.html": _html("Index of rules", "\n".join(_rules(book))),
        "assumptions.html": _html("Index of assumptions", "\n".join(_assumptions(book, notation))),
    }
    for r in book.reports:
        name = r.page.name
        player = (
            f'<p><a class="player" href="play/{name}.html">Go through it step by step, on numbers of your own</a></p>'
        )
        files[f"{name}.html"] = _html(title_of(r), f"{article(r, notation, pages)}\n{player}")
        files[f"play/{name}.html"] = play(r, notation)
    return files


def _html(title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{visible(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<nav>{NAVIGATION}</nav>
<main>
{body}
</main>
</body>
</html>
"""


def _index(book: Contents, notation: Notation | None) -> Iterator[str]:
    yield f"<h1>{TITLE}</h1>"
    for field in book.fields:
        yield f"<h2>{visible(field.title)}</h2><ul>"
        for r in field.reports:
            pen = WebPen(notation_of(r, notation), ())
            mark = "" if r.is_proved else ' <strong class="wrong">(not proved)</strong>'
            claims = "".join(f"<br>{pen.show(c)}" for c in r.page.claims)
            yield f'<li><a href="{r.page.name}.html">{pen.words(title_of(r))}</a>{mark}{claims}</li>'
        yield "</ul>"


def _map(book: Contents) -> Iterator[str]:
    yield "<h1>Which result uses which</h1><dl>"
    for a in book.around:
        name = a.report.page.name
        said = [f"{word} {_links(rs)}" for word, rs in (("Rests on", a.rests), ("Used in", a.used)) if rs]
        yield f'<dt id="{name}">{_links((a.report,))}</dt><dd class="quiet">{"<br>".join(said)}</dd>'
    yield "</dl>"


def _links(reports: Sequence[Report]) -> str:
    return "; ".join(f'<a href="{r.page.name}.html">{visible(title_of(r))}</a>' for r in reports)


def _rules(book: Contents) -> Iterator[str]:
    yield "<h1>Index of rules</h1><dl>"
    for name, places in book.rules.items():
        yield f'<dt id="{name}"><code>{name}</code></dt><dd>{visible(reason_of(name))}<br>{_places(places)}</dd>'
    yield "</dl>"


def _assumptions(book: Contents, notation: Notation | None) -> Iterator[str]:
    yield "<h1>Index of assumptions</h1><ul>"
    for statement, places in book.assumptions.items():
        pen = WebPen(notation_of(places[0].report, notation), ())
        yield f"<li>{pen.show(statement)}<br>{_places(places)}</li>"
    yield "</ul>"


def _places(places: tuple[Place, ...]) -> str:
    shown = []
    for p in places:
        name = p.report.page.name
        lines = ", ".join(f'<a href="{name}.html#line-{n}">({n})</a>' for n in p.lines)
        shown.append(f'<a href="{name}.html">{visible(title_of(p.report))}</a> {lines}'.strip())
    return f'<span class="quiet">{"; ".join(shown)}</span>'
