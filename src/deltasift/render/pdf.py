"""A page as a PDF: by Typst where its wheel is installed, which tags it, else by TeX."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from deltasift.check.report import Report
from deltasift.errors import DeltasiftError
from deltasift.inert.notation import Notation
from deltasift.render.tex import document
from deltasift.render.typst.document import typst

BY_TYPST = ("proof",)  # the styles that there are in Typst
NEITHER = "a PDF needs Typst, pip install 'deltasift[pdf]', or TeX with pdflatex, and neither is installed"
ONLY_TEX = "a PDF in style {} needs TeX, and there is no pdflatex; in style proof it needs only Typst"
RUNS = 2  # of TeX, so that references are right
ACCESSIBLE: Final = "ua-1"  # the standard of a tagged PDF that a screen reader follows


class PdfError(DeltasiftError):
    """A PDF cannot be made."""


def pdf(report: Report, notation: Notation | None = None, style: str = "proof") -> bytes:
    """Return a report as a PDF.

    Parameters
    ----------
    report : Report
    notation : Notation, optional
    style : {"proof", "full", "slides"}
        Only `proof` is made without TeX.

    Raises
    ------
    PdfError
        If neither Typst nor TeX is installed, or what is asked for is no document of its own.
    """
    if style == "fragment":
        raise PdfError("a fragment is no document of its own, and no PDF is made of it")
    if style in BY_TYPST and importlib.util.find_spec("typst") is not None:
        return typst_pdf(typst(report, notation))
    if shutil.which("pdflatex") is not None:
        return tex_pdf(document(report, notation, style))
    raise PdfError(NEITHER if style in BY_TYPST else ONLY_TEX.format(style))


def typst_pdf(source: str) -> bytes:
    """Return what Typst makes of a source, with its own fonts alone, so that it is the same everywhere."""
    import typst as compiler

    try:
        made = compiler.compile(source.encode(), ignore_system_fonts=True, pdf_standards=ACCESSIBLE)
    except compiler.TypstError as why:
        raise PdfError(f"Typst makes no PDF of it: {why}") from None
    assert isinstance(made, bytes)
    return made


def tex_pdf(source: str, runs: int = RUNS) -> bytes:
    """Return what pdflatex makes of a source."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "page.tex").write_text(source, encoding="utf-8")
        command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
        for _ in range(runs):
            done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
            if done.returncode:
                words = done.stdout.decode("utf-8", "replace").partition("\n!")[2].partition("\n")[0].strip()
                raise PdfError(f"pdflatex makes no PDF of it: {words}")
        return (folder / "page.pdf").read_bytes()
