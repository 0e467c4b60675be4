"""Why a step of a proof is right, and what a proof needs, in words: with the conditions and the references they use."""

from __future__ import annotations

from deltasift.render.bibliography import joined, split
from deltasift.render.pen import Pen
from deltasift.render.reasons import reason
from deltasift.render.theorems import DISTRIBUTION, PAGE, Row, Theorem, open_conditions, references_of

OF_NO_RULE = (DISTRIBUTION, "optimum")  # what a quantity asks of its operands, and a claim of a minimiser


def why(r: Row, pen: Pen) -> str:
    """Return the reason of a line, with what it needs and what it refers to."""
    x = r.line
    said = reason(x, pen.show, pen.words)
    if r.needs:
        said = f"{pen.without_end(said)}{pen.words(', as ')}{pen.listed(list(map(pen.show, r.needs)))}{pen.words('.')}"
    places: dict[str, list[str]] = {}
    for key, place in filter(lambda found: found[0], map(split, references_of(x))):
        places.setdefault(key, []).append(place)
    cited = [pen.cite(key, joined(found)) for key, found in places.items()]
    pages = [pen.page(ref.removeprefix(PAGE)) for ref in references_of(x) if ref.startswith(PAGE)]
    said += "".join(f"{pen.fixed_space}{c}" for c in [*cited, *filter(None, pages)])
    for p in open_conditions(x):
        said += f" {pen.words('Not proved: ')}{pen.show(p.condition)}{pen.words('.')}"
    return f"{said} {pen.strong('Not proved.')}" if x.problems else said


def needed_before(theorem: Theorem, pen: Pen) -> str:
    """Return the conditions that stand before the rows, in a sentence; nothing where there are none."""
    parts = []
    for line, conditions in theorem.before:
        where = "" if line is theorem.start else f"{pen.words(' in ')}{pen.line(line.number)}"
        kind = "".join(
            f"{pen.words(s.reason.rstrip('.'))}{pen.words(': ')}" for s in line.substeps[:1] if s.rule in OF_NO_RULE
        )
        parts.append(f"{kind}{pen.listed(list(map(pen.show, conditions)))}{where}")
    return f"{pen.words('Here ')}{pen.words('; ').join(parts)}{pen.words('.')}" if parts else ""
