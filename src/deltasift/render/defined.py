"""What stands for what: each named quantity, sign and shorthand that occurs on a page, defined once.

References
----------
Murphy (2022), sections 4.2, 5.1 and 6.2, for the quantities; Jordan (1995), section 2, for the logistic function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sympy import I, Symbol, pi
from sympy.core.basic import Basic

from deltasift.check.report import Report
from deltasift.domain import Pmf
from deltasift.domain.base import Show, Word
from deltasift.inert import Definition, Delta, Dirac, Entry, Exp, Expectation, Func, Named, inert, postorder
from deltasift.inert.notation import Notation
from deltasift.quantities import QUANTITIES
from deltasift.quantities.record import MURPHY

# Functions whose letters are not known to everybody: of which names, what they are, and where that is written.
EXPLAINED: Mapping[str, tuple[str, Callable[..., Basic], tuple[str, str]]] = {
    "sigma": ("z", lambda z: 1 / (1 + Exp(-z)), ("jordan1995", "section 2")),
    "root_of_unity": ("N m", lambda n, m: Exp(2 * inert(pi) * I * m / n), ("oppenheim2010", "section 8.1")),
}
COMPARED, LIKELIHOODS = ("H", "KL"), ("L", "logL", "NLL", "avgNLL")
SAME = ": both order all values of the variable alike, so that they have the same minimisers"
OPPOSITE = ": one orders all values the other way round, so that its maximisers are the minimisers of the other"


def defined_lines(
    report: Report, notation: Notation, show: Show, brackets: Show, word: Word, signs: Mapping[str, str]
) -> list[str]:
    """Return what names and signs on a page stand for, a line each, in the order in which they occur.

    Parameters
    ----------
    report : Report
    notation : Notation
        The one with which the page is shown.
    show, brackets : callable
        Print an expression, with this notation and with brackets in the place of deltas.
    word : callable
        Sets plain text.
    signs : mapping from relation to sign
        Those of the lines, as they are shown.
    """
    return [show(e) for e in quantities(report)] + sign_lines(report, notation, show, brackets, word, signs)


def sign_lines(
    report: Report, notation: Notation, show: Show, brackets: Show, word: Word, signs: Mapping[str, str]
) -> list[str]:
    """Return what signs on a page stand for that are no quantities, a line each, as `defined_lines` does."""
    lines = [f"{show(e)}{word(' = ')}{brackets(e)}" for e in one_hot(report, notation)]
    f, g, x = (show(Symbol(name)) for name in "fgx")
    if mixes_deltas(report) and notation.delta == "kronecker":
        lines.append(f"{show(Dirac(Symbol('x')))}{word(': the Dirac delta of ')}{x}")
    return lines + [f"{f} {signs[relation]} {g}{word(meaning)}" for relation, meaning in orders(report)]


def quantities(report: Report) -> list[Basic]:
    """Return definitions of the named quantities and known functions of a page, in the order in which they occur."""
    parts = list(_parts(_expressions(report)))
    found: list[Basic] = [Definition(e, e.definition) for e in _quantities(parts)]
    for name in _explained(parts):
        letters, means, _ = EXPLAINED[name]
        arguments = [inert(Symbol(letter)) for letter in letters.split()]
        found.append(Definition(Func(name, *arguments), means(*arguments)))
    return found


def _explained(parts: list[Basic]) -> list[str]:
    """Return the functions on a page that are defined on it, in the order in which they occur."""
    return list(dict.fromkeys(e.name for e in parts if isinstance(e, Func) and e.name in EXPLAINED))


def one_hot(report: Report, notation: Notation) -> list[Basic]:
    """Return the deltas that are shown as entries of a one-hot vector, one of each vector."""
    if notation.delta != "onehot":
        return []
    parts = _parts(_expressions(report))
    return list({e.args[1].table: e for e in parts if isinstance(e, Delta) and isinstance(e.args[1], Entry)}.values())


def orders(report: Report) -> list[tuple[str, str]]:
    """Return the relations of a page that are orders, with what they mean."""
    used = {x.relation for x in report.lines}
    return [pair for pair in (("same order", SAME), ("opposite order", OPPOSITE)) if pair[0] in used]


def _expressions(report: Report) -> list[Basic]:
    return [*report.page.claims, *(x.expr for x in report.lines)]


def _parts(expressions: list[Basic]) -> Iterator[Basic]:
    """Yield the parts of expressions, those of definitions included."""
    waiting = list(reversed(expressions))
    seen: set[Basic] = set()
    while waiting:
        e = waiting.pop()
        if e in seen:
            continue
        seen.add(e)
        for part in postorder(e):
            yield part
            if isinstance(part, (Named, Expectation)):
                waiting.append(part.definition)


def _quantities(parts: list[Basic]) -> list[Named | Expectation]:
    """Return the named quantities, one of each name and operands; of an expectation one under each distribution."""
    found: dict[str, Named | Expectation] = {}
    for e in parts:
        if isinstance(e, Named):
            found.setdefault(str(e), e)
        elif isinstance(e, Expectation):
            found.setdefault(f"E under {e.distribution}", e)
    return list(found.values())


def sources(report: Report) -> dict[str, str]:
    """Return where the quantities of a page are defined: the key of the bibliography, and the place there."""
    parts = list(_parts(_expressions(report)))
    kinds = {(e.head, len(e.operands)) for e in parts if isinstance(e, Named)}
    found = dict(q.source for kind, q in QUANTITIES.items() if kind in kinds)
    if any(isinstance(e, Expectation) for e in parts):
        found.setdefault(*MURPHY)
    for name in _explained(parts):
        found.setdefault(*EXPLAINED[name][2])
    return found


def mixes_deltas(report: Report) -> bool:
    """Return whether Dirac and Kronecker deltas stand in one line of a page."""
    return any({Delta, Dirac} <= {type(part) for part in postorder(e)} for e in _expressions(report))


def models(report: Report) -> frozenset[str]:
    """Return the names of the pmfs that are models: what data are compared with, and what is given in a likelihood.

    Where no quantity says which one is, those that are given and not defined are.
    """
    parts = list(_parts(_expressions(report)))
    quantities = [e for e in parts if isinstance(e, Named)]
    found = {str(e.operands[-1]) for e in quantities if e.head in COMPARED and len(e.operands) > 1}
    found |= {str(e.operands[0]) for e in quantities if e.head in LIKELIHOODS}
    pmfs = {d.name for d in report.page.domains if isinstance(d, Pmf)}
    return frozenset(found & pmfs or pmfs)
