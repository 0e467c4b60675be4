"""The book in LaTeX: a section for each field, in it one for each page; who uses whom, two indices, references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deltasift.book.contents import Around, Contents, Place, reason_of
from deltasift.check.report import Report
from deltasift.inert.notation import Notation
from deltasift.inert.printing import escape
from deltasift.render.bibliography import entry, keys_of
from deltasift.render.latex import notation_of
from deltasift.render.pen import numbered
from deltasift.render.tex import parts
from deltasift.render.tex.pen import TexPen
from deltasift.render.tex.preamble import ARTICLE
from deltasift.render.tex.styles import pdf_title, prefix_of
from deltasift.render.theorems import theorems

TITLE = "Derivations"


class BookPen(TexPen):
    """LaTeX in which a result of another page is referred to by its section."""

    def __init__(self, report: Report, notation: Notation | None, labels: dict[str, str]) -> None:
        super().__init__(notation_of(report, notation), prefix_of(report))
        self.labels = labels

    def page(self, name: str) -> str:
        return rf"(\S\,\ref{{{self.labels[name]}}})" if name in self.labels else ""


def book_tex(book: Contents, notation: Notation | None = None) -> str:
    """Return the book as a document that pdflatex compiles."""
    labels = {r.page.name: f"{prefix_of(r)}page" for r in book.reports}
    return "\n".join(_parts(book, notation, labels))


def _parts(book: Contents, notation: Notation | None, labels: dict[str, str]) -> Iterator[str]:
    yield ARTICLE.replace("PACKAGES", "").replace("SIZE", "11pt")
    yield rf"\hypersetup{{pdftitle={{{TITLE}}}}}\setcounter{{tocdepth}}{{2}}"
    yield rf"\title{{{TITLE}}}\author{{}}\date{{}}"
    yield "\\begin{document}\n\\maketitle\n\\tableofcontents"
    for field in book.fields:
        yield rf"\clearpage\section{{{escape(field.title)}}}"
        for report in field.reports:
            yield from _page(report, BookPen(report, notation, labels))
    yield r"\clearpage\section{Which result uses which}"
    yield from _items(_around(a, labels) for a in book.around)
    yield r"\section{Index of rules}"
    yield from _items(
        rf"\texttt{{{escape(n)}}}: {escape(reason_of(n))} {_places(p, labels)}" for n, p in book.rules.items()
    )
    yield r"\section{Index of assumptions}"
    pens = {id(r): BookPen(r, notation, labels) for r in book.reports}
    yield from _items(f"{pens[id(p[0].report)].show(s)}: {_places(p, labels)}" for s, p in book.assumptions.items())
    yield from _references(book)
    yield "\\end{document}\n"


def _page(report: Report, pen: BookPen) -> Iterator[str]:
    title = pen.words(parts.title_of(report))
    yield rf"\renewcommand{{\theHequation}}{{{pen.prefix}\arabic{{equation}}}}"
    mark = "" if report.is_proved else " (not proved)"
    heading = rf"\texorpdfstring{{{title}}}{{{pdf_title(report)}}}{mark}"
    yield rf"\subsection{{{heading}}}\label{{{pen.labels[report.page.name]}}}"
    yield from (f"{p}\n" for p in parts.paragraphs(report, pen))
    yield from parts.not_proved(report, pen)
    yield from parts.setting(report, pen)
    for t in theorems(report):
        yield from parts.theorem(t, pen, is_proved=report.is_proved)
    yield from parts.unproved_claims(report, pen)
    yield from parts.refused(report, pen)
    yield r"\par\nopagebreak\medskip\noindent" + parts.checked(report, pen)


def _around(around: Around, labels: dict[str, str]) -> str:
    rests, used = _sections(around.rests, labels), _sections(around.used, labels)
    said = [*([f"rests on {rests}"] if rests else []), *([f"is used in {used}"] if used else [])]
    own = _sections((around.report,), labels)
    return f"{own}, {escape(parts.title_of(around.report))}: {'; '.join(said)}."


def _sections(reports: Sequence[Report], labels: dict[str, str]) -> str:
    return ", ".join(rf"\S\,\ref{{{labels[r.page.name]}}}" for r in reports)


def _places(places: tuple[Place, ...], labels: dict[str, str]) -> str:
    shown = []
    for p in places:
        lines = f", {'lines' if len(p.lines) > 1 else 'line'} {numbered(p.lines)}" if p.lines else ""
        shown.append(rf"\S\,\ref{{{labels[p.report.page.name]}}}{lines}")
    return "; ".join(shown) + "."


def _items(rows: Iterator[str]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield r"\begin{itemize}\itemsep=0pt\raggedright\small"
        yield from (rf"\item {row}" for row in found)
        yield r"\end{itemize}"


def _references(book: Contents) -> Iterator[str]:
    keys = sorted({key for r in book.reports for key in keys_of(r)})
    if keys:
        yield r"\begin{thebibliography}{99}\itemsep=0pt"
        for key in keys:
            author, title, rest = map(escape, entry(key))
            yield rf"\bibitem{{{key}}} {author}, \emph{{{title}}}, {rest}."
        yield r"\end{thebibliography}"
