"""The commands that find pages: search, map."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from deltasift.catalogue import fields
from deltasift.cli.shared import Json, is_ascii, pages_from, say, say_json
from deltasift.errors import PageError


def search_pages(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD]...|FORMULA", help="Words, or a formula with ? for any part.")
    ] = None,
    quantity: Annotated[list[str] | None, typer.Option("--quantity", help="Such as KL, H or 'cross entropy'.")] = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="A rule, or a page, that a line names.")] = None,
    as_json: Json = False,
) -> None:
    """Search the catalogue: by words, quantities, rules, or a formula such as 'Sum(delta(k, ?)*?)'.

    Exit with 0 if something was found, 1 if not.
    """
    from deltasift.search import Query, found_pages, is_formula

    typed = tuple(word for said in words or () for word in said.split())  # words in quotes are words, too
    formula = " ".join(words or ()) if any(map(is_formula, words or ())) else ""
    if not (typed or quantity or rule):
        raise PageError("there is nothing to search for: name words, a formula, --quantity or --rule")
    found = found_pages(Query(() if formula else typed, tuple(quantity or ()), tuple(rule or ()), formula))
    if as_json:
        say_json([_as_data(f) for f in found])
    for f in found if not as_json else ():
        say(f"{f.page.name}  {f.page.title}\n")
        for line in _places(f):
            say(f"  {line}\n")
    if not found:
        sys.stderr.write("deltasift: nothing was found\n")
    raise typer.Exit(0 if found else 1)


def _places(found: Any) -> Iterator[str]:
    from deltasift.render import board

    for place in found.places:
        where = f"line {place.line}" if place.line else "claim"
        yield f"{where:9}{board(place.formula, ascii_only=is_ascii())}"


def _as_data(found: Any) -> dict[str, Any]:
    places = [{"line": p.line or None, "formula": str(p.formula)} for p in found.places]
    return {"page": found.page.name, "field": found.field, "title": found.page.title, "places": places}


def map_pages(
    page: Annotated[
        str,
        typer.Argument(metavar="[PAGE]", help="A page of the catalogue; all without.", autocompletion=pages_from),
    ] = "",
    as_json: Json = False,
) -> None:
    """Show which page uses which: of one page what it rests on, and what rests on it, as trees."""
    from deltasift.atlas import atlas
    from deltasift.catalogue import page_path
    from deltasift.pages import listed

    if page:
        page_path(page)
    by_field = {field: [listed(name) for name in names] for field, names in fields().items()}
    found = atlas(p for pages in by_field.values() for p in pages)
    names = [page] if page else list(found.rests)
    if as_json:
        say_json([{"page": n, "rests_on": list(found.rests[n]), "used_by": list(found.used[n])} for n in names])
        return
    lines = _trees(page, found) if page else _by_field({f: [p.name for p in ps] for f, ps in by_field.items()}, found)
    say("".join(f"{line}\n" for line in lines))


def _trees(page: str, found: Any) -> Iterator[str]:
    from deltasift.atlas import tree

    for title, below in (("rests on", found.rests), ("is used by", found.used)):
        if below[page]:
            yield f"{page} {title}"
            yield from tree(page, below, ascii_only=is_ascii())
    if page in found.alone:
        yield f"{page} rests on no other page, and is used by none"


def _by_field(names: dict[str, list[str]], found: Any) -> Iterator[str]:
    for field, pages in names.items():
        shown = [p for p in pages if p not in found.alone]
        if shown:
            yield field
        for p in shown:
            yield f"  {p}"
            for title, others in (("rests on", found.rests[p]), ("used by", found.used[p])):
                if others:
                    yield f"    {title:9}{', '.join(others)}"
    yield f"{len(found.alone)} pages rest on no other page, and are used by none."
