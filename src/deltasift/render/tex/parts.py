"""The parts of a LaTeX document, which its styles put together: title, setting, theorems, checks, references."""

from __future__ import annotations

from collections.abc import Iterator

from deltasift.check.report import Report
from deltasift.inert.printing import TextbookLatex, escape
from deltasift.render.bibliography import entry, keys_of, split
from deltasift.render.coverage import coverage
from deltasift.render.latex import wrong
from deltasift.render.setting import Setting
from deltasift.render.tex.pen import TexPen
from deltasift.render.tex.steps import steps
from deltasift.render.theorems import Theorem, left_over
from deltasift.render.wording import needed_before


def title_of(report: Report) -> str:
    """Return the title of a page as plain text, without its full stop."""
    return report.page.heading


def paragraphs(report: Report, pen: TexPen) -> list[str]:
    """Return the author's text, and where else the result is found."""
    text = [pen.words(" ".join(p.split())) for p in report.page.text.split("\n\n") if p.strip()]
    cited = ", ".join(pen.cite(*split(ref)) if split(ref)[0] else escape(ref) for ref in report.page.references)
    if cited:
        text[-1:] = [" ".join([*text[-1:], f"See {cited}."])]
    return text


def not_proved(report: Report, pen: TexPen) -> Iterator[str]:
    """Yield why a page is not proved, before all else."""
    if not report.is_proved:
        yield from wrong(report, TextbookLatex(notation=pen.notation).layout.text)


def setting(report: Report, pen: TexPen) -> Iterator[str]:
    """Yield the setting: a paragraph, and the definitions in full size."""
    found = Setting(report, pen)
    sentences, definitions = found.sentences(), found.definitions()
    if not sentences and not definitions:
        return
    if definitions:
        sentences.append("Write")
    yield r"\paragraph{Setting.} " + " ".join(sentences)
    if definitions:
        yield pen.display(definitions)


def statement(theorem: Theorem, pen: TexPen) -> str:
    """Return what is claimed, after what is assumed for it."""
    assumed = [f"{pen.show(a.statement)}{_where(a.where, pen)}" for a in theorem.assumed]
    before = rf"It is assumed that {pen.listed(assumed)}. Then " if assumed else ""
    if theorem.claim is None:
        return before or "The lines below hold."
    return rf"{before}\hfil\allowbreak\hfilneg\fit{{{pen.whole(theorem.claim, 60.0, '.')}}}"


def _where(where: str, pen: TexPen) -> str:
    return "" if where == "the page" else f" ({pen.words(where)})"


def theorem(t: Theorem, pen: TexPen, *, is_proved: bool, is_last: bool = False) -> Iterator[str]:
    """Yield a claim and its proof, or the lines that are not one."""
    first = needed_before(t, pen)
    if is_proved:
        yield rf"\begin{{theorem}}\label{{{pen.prefix}theorem:{t.number}}}\upshape"
        yield statement(t, pen) + "\n" + r"\keepwithnext\end{theorem}"
        yield r"\begin{proof}" + (f" {first}" if first else r"\leavevmode")
        yield from steps(t, pen, is_proved=True)
        yield r"\renewcommand{\qed}{}" + r"\keepwithnext" * is_last + r"\end{proof}"
        return
    yield rf"\begin{{claim}}[not proved]\upshape {statement(t, pen)}" + "\n" + r"\end{claim}"
    yield r"\noindent\textbf{Lines.} " + first
    yield from steps(t, pen, is_proved=False)


def unproved_claims(report: Report, pen: TexPen) -> Iterator[str]:
    """Yield the claims for which the page has no proof."""
    for claim in left_over(report):
        yield (
            rf"\begin{{claim}}[not proved]\upshape\hfil\allowbreak\hfilneg\fit{{{pen.whole(claim, 60.0, '.')}}}"
            + "\n"
            + r"\end{claim}"
        )


def refused(report: Report, pen: TexPen) -> Iterator[str]:
    """Yield what the page says has no value, and why the engine refuses it."""
    if report.refusals:
        yield r"\medskip\noindent\textbf{Without a value.} "
        found = [f"{pen.show(r.expr)}: {pen.words(r.found or 'not refused')}" for r in report.refusals]
        yield ";\n".join(found) + "."


def checked(report: Report, pen: TexPen) -> str:
    """Return the sentence about what was checked."""
    return r"\textbf{Checked.} {\footnotesize " + coverage(report, pen) + r"\par}"


def bibliography(report: Report) -> Iterator[str]:
    """Yield the references, kept together with what stands before them."""
    keys = keys_of(report)
    if not keys:
        return
    yield r"{\footnotesize\renewcommand{\section}[2]{\par\vskip4pt\noindent\textbf{References}\par\vskip-\topsep}"
    yield r"\begin{thebibliography}{9}\itemsep=0pt\parskip=0pt\parsep=0pt"
    for key in keys:
        author, title, rest = map(escape, entry(key))
        yield rf"\bibitem{{{key}}} {author}, \emph{{{title}}}, {rest}."
    yield r"\end{thebibliography}}"
