"""0 log 0 = 0 in generated code: which factor of a product makes it 0 though a logarithm beside it has no value.

One factor beside one logarithm is written as a function with the convention in it, `xlogy` or `rel_entr`; of several
it is tested whether one of them is 0 where its logarithm has no value.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sympy.core.basic import Basic
from sympy.core.numbers import Rational

from deltasift.emit.syntax import compare, number
from deltasift.inert import Entry, Log
from deltasift.line.conventions import PROBABILITY, QUOTIENT, SAME, convention
from deltasift.line.scope import Scope
from deltasift.line.views import Factor, Path

if TYPE_CHECKING:
    from deltasift.emit.loops import Loops
    from deltasift.emit.writer import Writer

POSITIVE = "x log(x/y), y being positive"
NAMED = {SAME: "xlogy", PROBABILITY: "xlogy", QUOTIENT: "rel_entr"}


class Zero(NamedTuple):
    """A factor x beside a logarithm, with which their product is 0 where x is, though the logarithm has no value.

    Attributes
    ----------
    x, log : Factor
    beside : Basic
        The argument of the logarithm or, of a quotient `x/y`, what x is divided by.
    kind : str
        `SAME` where x is the argument, `QUOTIENT` of a probability or by what is `POSITIVE`, or any argument beside a
        `PROBABILITY`.
    """

    x: Factor
    log: Factor
    beside: Basic
    kind: str


class Zeros:
    """How a product is written in which a logarithm may have no value beside a factor 0.

    Attributes
    ----------
    named : dict of path to expression or None
        The function that stands for a factor and a logarithm.
    tests : list of list of expression
        Comparisons; where all of one list hold, the product is 0.
    """

    def __init__(self, writer: Writer, found: Sequence[Factor], bound: Loops) -> None:
        self.named: dict[Path, ast.expr | None] = {}
        self.tests: list[list[ast.expr]] = []
        logs = [f for f in found if not f.inverse and isinstance(f.expr, Log)]
        zeros = [zero for log in logs for zero in _zeros(log, found, writer.scope)]
        if len(zeros) == len(logs) == 1 and zeros[0].kind in NAMED:
            [zero] = zeros
            parts = writer.write(zero.x.expr, bound), writer.write(zero.beside, bound)
            self.named = {zero.x.path: None, zero.log.path: writer.function(NAMED[zero.kind], *parts)}
        elif zeros:
            tests = [_test(writer, zero, bound) for zero in zeros]
            self.tests = list({" and ".join(map(ast.dump, t)): t for t in tests}.values())


def _zeros(log: Factor, found: Sequence[Factor], scope: Scope) -> Iterator[Zero]:
    for x in found:
        if x.inverse or isinstance(x.expr, (Log, Rational)) or _is_positive(x.expr, scope):
            continue
        known = convention(x.expr, log.expr.args[0], scope)
        if known is not None:
            kind = POSITIVE if known.kind == QUOTIENT and not known.certain else known.kind
            yield Zero(x, log, known.beside, kind)


def _is_positive(e: Basic, scope: Scope) -> bool:
    domain = scope.domains.get(e.table) if isinstance(e, Entry) else None
    return bool(getattr(domain, "positive", False))


def _test(writer: Writer, zero: Zero, bound: Loops) -> list[ast.expr]:
    """Return the comparisons that hold where x is 0, the logarithm has no value, and the product is 0."""
    is_zero = compare(writer.write(zero.x.expr, bound), ast.Eq(), number(0))
    if zero.kind == SAME:
        return [is_zero]
    beside = writer.write(zero.beside, bound)
    if zero.kind == PROBABILITY:
        return [is_zero, compare(beside, ast.Eq(), number(0))]
    return [is_zero, compare(number(0), ast.LtE() if zero.kind == QUOTIENT else ast.Lt(), beside)]
