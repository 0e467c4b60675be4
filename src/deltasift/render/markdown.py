"""A page as Markdown, for GitHub, for MyST and for Cross Validated, which differ in how mathematics stands in it.

The mathematics is what MathJax and KaTeX know. The lines of a proof are one formula with their numbers, and the reasons
are a list below it, which a narrow screen wraps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sympy.core.basic import Basic

from deltasift.check.report import Report
from deltasift.errors import PageError
from deltasift.inert.notation import Notation
from deltasift.inert.printing import NAMES, TextbookLatex
from deltasift.render.bibliography import entry, keys_of, printed, short_place
from deltasift.render.breaking import rows
from deltasift.render.counterexample import latex_table, problems
from deltasift.render.coverage import coverage
from deltasift.render.latex import SIGNS, indent, notation_of
from deltasift.render.pen import Pen, lettered, prose
from deltasift.render.portable import portable
from deltasift.render.setting import Setting
from deltasift.render.theorems import Theorem, left_over, theorems
from deltasift.render.wording import needed_before, why
from deltasift.said import set_words

LETTERS = 56.0  # of a row of a formula
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~])")
END_OF_PROOF = "∎"


class Flavour(NamedTuple):
    """What stands around mathematics, in a line and on rows of its own."""

    inline: str
    block: str


FLAVOURS = {
    "github": Flavour("$`{}`$", "```math\n{}\n```"),
    "myst": Flavour("${}$", "$$\n{}\n$$"),
    "crossvalidated": Flavour("${}$", "$$\n{}\n$$"),
}


class MarkdownPen(Pen):
    """Sets Markdown."""

    def __init__(self, notation: Notation, flavour: Flavour, keys: Sequence[str]) -> None:
        super().__init__(notation)
        self.flavour = flavour
        self.numbers = {key: n for n, key in enumerate(keys, 1)}

    def words(self, text: str) -> str:
        found: list[tuple[bool, str]] = []  # what is mathematics, and what is none
        for n, p in enumerate(NAMES.split(text.replace("<=", "≤"))):  # at each odd place stands a name as in LaTeX
            found += [(True, p)] if n % 2 else [(m is not None, lettered(m) if m else part) for part, m in prose(p)]
        runs = groupby((x for x in found if x[1]), key=itemgetter(0))  # formulas beside each other are one
        joined = ((is_math, "".join(part for _, part in parts)) for is_math, parts in runs)
        return "".join(self.math(t) if is_math else SPECIAL.sub(r"\\\1", t) for is_math, t in joined)

    def formula(self, e: Basic, notation: Notation) -> str:
        return safe(TextbookLatex(notation=notation).layout.text(e))

    def math(self, inner: str) -> str:
        return self.flavour.inline.format(inner.strip())

    def block(self, inner: str) -> str:
        """Return mathematics on rows of its own."""
        return "\n\n" + self.flavour.block.format(inner) + "\n"

    def rows(self, e: Basic) -> list[tuple[int, str]]:
        """Return a formula in rows, each with its level."""
        marked = TextbookLatex(notation=self.notation).layout.marked(e)
        return [(level, safe(part)) for level, part in rows(marked, LETTERS)]

    def display(self, formulas: Sequence[Basic]) -> str:
        shown = [rf"&{indent(level, '')} {part}" for e in formulas for level, part in self.rows(e)]
        return self.block("\\begin{aligned}\n" + " \\\\\n".join(shown) + "\n\\end{aligned}")

    def members(self, entries: Sequence[Basic], ends: Sequence[Basic] | None, every: bool = False) -> str:
        named = (", " if every else r", \dots, ").join(self.formula(e, self.notation) for e in entries)
        if ends is None:
            return self.math(named)
        few = [self.formula(e, self.notation) for e in self.few(ends)]
        numbers = ", ".join(few) or r", \dots, ".join(self.formula(e, self.notation) for e in ends)
        inside = rf"\lbrace {numbers} \rbrace"
        return self.math(rf"{named} \in {inside}" if named else inside)

    def sign(self, relation: str) -> str:
        return self.math(SIGNS[relation])

    def cite(self, key: str, place: str) -> str:
        return rf"\[{self.numbers[key]}, {short_place(place)}\]" if place else rf"\[{self.numbers[key]}\]"

    def line(self, number: int | str) -> str:
        return f"({number})"

    def strong(self, text: str) -> str:
        return f"**{self.words(text)}**"

    def emphasis(self, text: str) -> str:
        return f"*{self.words(text)}*"


def safe(tex: str) -> str:
    """Return mathematics in which nothing is taken for a tag of HTML."""
    return portable(tex).replace("<", r"\lt ").replace(">", r"\gt ")


def markdown(report: Report, notation: Notation | None = None, flavour: str = "github") -> str:
    """Return a report as Markdown.

    Parameters
    ----------
    report : Report
    notation : Notation, optional
    flavour : {"github", "myst", "crossvalidated"}

    Raises
    ------
    PageError
        If there is no such flavour.
    """
    if flavour not in FLAVOURS:
        raise PageError(f"there is no flavour {flavour}; there are {', '.join(FLAVOURS)}")
    pen = MarkdownPen(notation_of(report, notation), FLAVOURS[flavour], keys_of(report))
    return "\n".join(_parts(report, pen)).replace("\n\n\n", "\n\n").strip() + "\n"


def _parts(report: Report, pen: MarkdownPen) -> Iterator[str]:
    page = report.page
    yield f"# {pen.words(page.heading)}\n"
    yield from (pen.words(" ".join(p.split())) + "\n" for p in page.text.split("\n\n") if p.strip())
    yield from (pen.words(f"See {printed(ref)}.") + "\n" for ref in page.references)
    yield from _not_proved(report, pen)
    setting = Setting(report, pen)
    definitions = setting.definitions()
    sentences = [*setting.sentences(), *(["Write"] if definitions else [])]
    if sentences:
        yield f"**Setting.** {' '.join(sentences)}" + (pen.display(definitions) if definitions else "\n")
    for t in theorems(report):
        yield from _theorem(t, pen, is_proved=report.is_proved)
    yield from (f"**Claim** (not proved). {pen.show(claim)}.\n" for claim in left_over(report))
    if report.refusals:
        yield "**Without a value.**\n"
        yield from (f"- {pen.show(r.expr)}: {pen.words(r.found or 'not refused')}" for r in report.refusals)
    yield f"\n**Checked.** {coverage(report, pen)}\n"
    if pen.numbers:
        yield "**References**\n"
    for key, n in pen.numbers.items():
        author, title, rest = entry(key)
        yield f"{n}. {pen.words(author)}, {pen.emphasis(title)}, {pen.words(rest)}."


def _not_proved(report: Report, pen: MarkdownPen) -> Iterator[str]:
    if report.is_proved:
        return
    show: Callable[[Basic], str] = TextbookLatex(notation=pen.notation).layout.text
    for p in problems(report):
        yield f"**Not proved:** {set_words(p.words, pen.show, pen.words)}\n"
        if p.counterexample is not None:
            yield pen.block(safe(latex_table(p.counterexample, p.line, show)))


def _theorem(t: Theorem, pen: MarkdownPen, *, is_proved: bool) -> Iterator[str]:
    assumed = [pen.show(a.statement) for a in t.assumed]
    before = f"It is assumed that {pen.listed(assumed)}. Then " if assumed else ""
    heading = f"**Theorem {t.number}.**" if is_proved else f"**Claim {t.number}** (not proved)."
    yield f"{heading} {before}{pen.show(t.claim) if t.claim is not None else ''}.\n"
    yield f"{'*Proof.*' if is_proved else '**Lines.**'} {needed_before(t, pen)}".rstrip()
    yield pen.block("\\begin{aligned}\n" + " \\\\\n".join(_lines(t, pen)) + "\n\\end{aligned}")
    reasons = [f"- ({r.line.number}) {said}" for r in t.rows if (said := why(r, pen))]
    yield from [*reasons[:-1], *(row + f" {END_OF_PROOF}" * is_proved for row in reasons[-1:])]
    yield ""


def _lines(t: Theorem, pen: MarkdownPen) -> Iterator[str]:
    """Yield the rows of a proof: the left side, and each line after its sign with its number at the end."""
    *first, (level, left) = pen.rows(t.start.expr)
    yield from (rf"&{indent(n, '')} {part}" for n, part in first)
    beside = not first and len(t.rows) > 0
    if not beside:
        yield rf"&{indent(level, '')} {left}"
    for k, r in enumerate(t.rows):
        parts = pen.rows(r.line.expr)
        for n, (deep, part) in enumerate(parts):
            sign = SIGNS[r.line.relation] if n == 0 else indent(deep, "")
            number = rf" &&\text{{({r.line.number})}}" if n == len(parts) - 1 else ""
            yield f"{left if beside and k == n == 0 else ''}&{sign} {part}{number}".strip()
