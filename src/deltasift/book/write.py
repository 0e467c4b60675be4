"""Writing the book into a folder: the document, as a PDF too where there is TeX, and the site."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from deltasift.book.contents import Contents
from deltasift.book.site import site
from deltasift.book.tex import book_tex
from deltasift.inert.notation import Notation
from deltasift.render.pdf import tex_pdf

RUNS = 3  # of TeX: contents, references, and where these moved to


def write_book(book: Contents, folder: Path, notation: Notation | None = None) -> Iterator[Path]:
    """Write the book, and yield each file that a reader begins with.

    Parameters
    ----------
    book : Contents
    folder : Path
        Which is made where it is not there.
    notation : Notation, optional
    """
    source = book_tex(book, notation)
    yield _written(folder / "book.tex", source.encode())
    if shutil.which("pdflatex") is not None:
        yield _written(folder / "book.pdf", tex_pdf(source, RUNS))
    for name, text in site(book, notation).items():
        _written(folder / name, text.encode())
    yield folder / "index.html"


def _written(file: Path, data: bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file
