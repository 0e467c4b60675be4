"""A page as LaTeX in one of four styles: a proof, a full account, a fragment for a text of one's own, slides."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deltasift.check.report import Report
from deltasift.inert.notation import Notation
from deltasift.render.latex import notation_of
from deltasift.render.tex import full, parts
from deltasift.render.tex.fragment import FragmentPen, fragment
from deltasift.render.tex.pen import TexPen
from deltasift.render.tex.preamble import ARTICLE, BEAMER, LISTING
from deltasift.render.tex.slides import slides
from deltasift.render.theorems import theorems

LONG = 20  # lines of a page, above which it is set smaller, so that it stays on two sheets
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,;:.()-'")


def prefix_of(report: Report) -> str:
    """Return what the labels of a page begin with."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in report.page.name) + ":"


def pdf_title(report: Report) -> str:
    """Return the title for the properties of a file, which knows no mathematics."""
    return "".join(c for c in parts.title_of(report) if c in PLAIN)


def proof(report: Report, notation: Notation, prefix: str, numbers: bool) -> Iterator[str]:
    """Yield a setting in sentences, a theorem with its proof for each claim, and what was checked."""
    pen = TexPen(notation, prefix)
    yield from [*head(report, ""), *body(report, pen), *end(report, pen), "\\end{document}\n"]


def in_full(report: Report, notation: Notation, prefix: str, numbers: bool) -> Iterator[str]:
    """Yield the same with all conditions, all checks and the code."""
    pen = TexPen(notation, prefix)
    yield from [*head(report, LISTING), *body(report, pen)]
    yield from [*full.conditions(report, pen), *full.checks(report, pen), *full.code(report)]
    yield from [*end(report, pen), "\\end{document}\n"]


def part(report: Report, notation: Notation, prefix: str, numbers: bool) -> Iterator[str]:
    """Yield a fragment for a text of one's own."""
    return fragment(report, FragmentPen(notation, prefix, numbers=numbers))


def lecture(report: Report, notation: Notation, prefix: str, numbers: bool) -> Iterator[str]:
    """Yield slides."""
    yield BEAMER
    yield rf"\hypersetup{{pdftitle={{{pdf_title(report)}}}}}"
    yield r"\begin{document}"
    yield from slides(report, TexPen(notation, prefix, 40.0))
    yield "\\end{document}\n"


def head(report: Report, packages: str) -> Iterator[str]:
    """Yield everything before the text."""
    size = "10pt" if len(report.lines) > LONG else "11pt"
    yield ARTICLE.replace("PACKAGES", packages).replace("SIZE", size)
    yield rf"\hypersetup{{pdftitle={{{pdf_title(report)}}}}}"
    yield r"\begin{document}"


def body(report: Report, pen: TexPen) -> Iterator[str]:
    """Yield title, setting and theorems."""
    yield rf"\renewcommand{{\theHequation}}{{{pen.prefix}\arabic{{equation}}}}"
    yield rf"\section*{{\raggedright\large {pen.words(parts.title_of(report))}}}"
    yield from (f"{p}\n" for p in parts.paragraphs(report, pen))
    yield from parts.not_proved(report, pen)
    yield from parts.setting(report, pen)
    found = theorems(report)
    for t in found:
        yield from parts.theorem(t, pen, is_proved=report.is_proved, is_last=t is found[-1])
    yield from parts.unproved_claims(report, pen)
    yield from parts.refused(report, pen)


def end(report: Report, pen: TexPen) -> Iterator[str]:
    """Yield what was checked, and the references."""
    yield "\\par\\nopagebreak\\medskip\\noindent\\begin{minipage}{\\linewidth}"  # so that no reference stands alone
    yield parts.checked(report, pen)
    yield from parts.bibliography(report)
    yield r"\end{minipage}"


STYLES: dict[str, Callable[[Report, Notation, str, bool], Iterator[str]]] = {
    "proof": proof,
    "full": in_full,
    "fragment": part,
    "slides": lecture,
}


def document(
    report: Report, notation: Notation | None = None, style: str = "proof", *, prefix: str = "", numbers: bool = True
) -> str:
    """Return a report as LaTeX.

    Parameters
    ----------
    report : Report
    notation : Notation, optional
    style : {"proof", "full", "fragment", "slides"}
        A setting, theorems and proofs; the same with conditions, checks and code; a part for a text of one's own;
        slides, a step an overlay.
    prefix : str
        What the labels begin with; the name of the page without it.
    numbers : bool
        Whether the lines of a fragment are numbered, with the text around it.

    Returns
    -------
    str
        A document that pdflatex compiles without a warning; a fragment compiles in the packages that it names.
    """
    chosen = prefix or prefix_of(report)
    return "\n".join(STYLES[style](report, notation_of(report, notation), chosen, numbers))
