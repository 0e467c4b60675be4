"""A report in one of the formats that are text, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deltasift.check.report import Report
from deltasift.emit import ArrayProgram, python_source
from deltasift.inert.notation import Notation
from deltasift.render.latex import latex
from deltasift.render.markdown import markdown
from deltasift.render.structured import structured
from deltasift.render.tex import document
from deltasift.render.typst.document import typst


@dataclass(frozen=True)
class Choice:
    """What may be chosen of some of the formats.

    Attributes
    ----------
    notation : Notation
    style : str
        Of a document.
    flavour : str
        Of Markdown.
    prefix : str
        What the labels of a document begin with; the name of the page where it is empty.
    numbers : bool
        Whether the lines of a fragment are numbered.
    """

    notation: Notation
    style: str = "proof"
    flavour: str = "github"
    prefix: str = ""
    numbers: bool = True


WRITERS: Mapping[str, Callable[[Report, Choice], str]] = {
    "latex": lambda r, c: latex(r, c.notation),
    "document": lambda r, c: document(r, c.notation, c.style, prefix=c.prefix, numbers=c.numbers),
    "markdown": lambda r, c: markdown(r, c.notation, c.flavour),
    "typst": lambda r, c: typst(r, c.notation),
    "python": lambda r, c: python_source(r),
    "numpy": lambda r, c: python_source(r, form=ArrayProgram),
    "json": lambda r, c: json.dumps(structured(r, c.notation).to_dict(), indent=2, ensure_ascii=False) + "\n",
}
