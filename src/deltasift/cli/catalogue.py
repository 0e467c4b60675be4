"""The commands about the catalogue as a whole: list, ask, rules, book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deltasift.catalogue import fields, page_names
from deltasift.cli.shared import Json, Seed, checked, is_ascii, say, say_json
from deltasift.inert.notation import Notation
from deltasift.pages import load
from deltasift.questions import questions_about


def list_pages(as_json: Json = False) -> None:
    """List the pages of the catalogue by field, with their titles and their claims; none is checked."""
    from deltasift.pages import listed
    from deltasift.render import board

    pages = {field: [listed(name) for name in names] for field, names in fields().items()}
    if as_json:
        say_json(
            [
                {"page": p.name, "field": field, "title": p.title, "claims": [str(c) for c in p.claims]}
                for field, found in pages.items()
                for p in found
            ]
        )
        return
    width = max((len(p.name) for found in pages.values() for p in found), default=0)
    for n, (field, found) in enumerate(pages.items()):
        say(f"{chr(10) * bool(n)}{field}\n")
        for p in found:
            say(f"  {p.name:{width}}  {p.title}\n")
            for claim in p.claims:
                say(f"  {'':{width}}    {board(claim, ascii_only=is_ascii())}\n")


def ask(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS]...", help="What it is about; all without.")
    ] = None,
) -> None:
    """Lead from a question about cross entropy and likelihood to the lines that answer it."""
    from deltasift.render import board

    for n, q in enumerate(questions_about(" ".join(words or ()))):
        say(f"{chr(10) * (n > 0)}{q.asked}\n  {q.answer}\n")
        for name, number in q.places:
            lines = [(line, i) for proof in load(name).proofs for i, line in enumerate(proof.lines)]
            line, i = lines[number - 1]
            say(f"  {name}:{number}\n")
            for sign, e in ([("  ", lines[number - 2][0])] if i else []) + [("= " if i else "  ", line)]:
                say(f"      {sign}{board(e, ascii_only=is_ascii())}\n")


def list_rules(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD]...", help="A rule, or what it is about; all without.")
    ] = None,
) -> None:
    """List the rules with their reasons; say of one what it states, when, and which pages use it."""
    from deltasift.render import board
    from deltasift.rulebook import rules_text

    say(rules_text(words or (), lambda e: board(e, ascii_only=is_ascii())))


def write_whole_book(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder.")] = Path("book"),
    notation: Annotated[str, typer.Option("--notation", help="Such as delta=iverson,log=ln.")] = "",
    seed: Seed = "",
) -> None:
    """Write the whole catalogue as one document and one site; exit with 0 if all of it is right, 1 if not."""
    from deltasift.book import contents
    from deltasift.book.write import write_book

    chosen = Notation.parse(notation)
    book = contents(page_names(), lambda name: checked(load(name), seed))
    for file in write_book(book, output, chosen):
        say(f"{file}\n")
    raise typer.Exit(0 if book.is_proved else 1)
