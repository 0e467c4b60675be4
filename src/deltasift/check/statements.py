"""Programs for the truth of statements, and for brackets and deltas, which are 1 where a statement is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import S
from sympy.core.basic import Basic
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

from deltasift.check.frame import Frame, Run, stop
from deltasift.check.reasons import NotCovered, NotWhole
from deltasift.inert import (
    And,
    Delta,
    Divides,
    Entry,
    Equality,
    ForAll,
    IsInteger,
    Iverson,
    Less,
    LessEqual,
    Not,
    Or,
    Unequal,
)

if TYPE_CHECKING:
    from deltasift.check.evaluate import Evaluator
    from deltasift.check.program import Programs

ORDERS = {
    LessEqual: (-1, 0),
    Less: (-1,),
    Equality: (0,),
    Unequal: (-1, 1),
}


def truth_program(programs: Programs, s: Any) -> Run:
    """Compile a statement."""
    if isinstance(s, (BooleanTrue, BooleanFalse)):
        value = bool(s)
        return lambda ev, frame: value
    if isinstance(s, And):
        every = [programs.truth(a) for a in s.args]
        return lambda ev, frame: all(a(ev, frame) for a in every)
    if isinstance(s, Or):
        some = [programs.truth(a) for a in s.args]
        return lambda ev, frame: any(a(ev, frame) for a in some)
    if isinstance(s, Not):
        contrary = programs.truth(s.args[0])
        return lambda ev, frame: not contrary(ev, frame)
    if isinstance(s, ForAll):
        return _for_all(programs, s)
    if isinstance(s, Divides):
        return _divides(programs, s)
    if isinstance(s, IsInteger):
        return _is_integer(programs, s)
    if type(s) not in ORDERS:
        return stop(NotCovered(type(s).__name__))
    if S.NegativeInfinity == s.args[0] or S.Infinity == s.args[1]:
        known = isinstance(s, (Less, LessEqual, Unequal))
        return lambda ev, frame: known
    return _comparison(programs, s.args[0], s.args[1], ORDERS[type(s)])


def bracket_program(programs: Programs, e: Basic) -> Run | None:
    """Compile whether a factor is 1 and not 0, None where it is no delta, no bracket and no entry defined by one."""
    if isinstance(e, Delta):
        return _comparison(programs, e.args[0], e.args[1], ORDERS[Equality])
    if isinstance(e, Iverson):
        return programs.truth(e.args[0])
    body = programs.scope.unfold(e) if isinstance(e, Entry) else None
    if body is None or bracket_program(programs, body) is None:
        return None
    number = programs.number(e)
    return lambda ev, frame: ev.as_fraction(number(ev, frame)) != 0


def _comparison(programs: Programs, a: Basic, b: Basic, wanted: tuple[int, ...]) -> Run:
    left, right = programs.number(a), programs.number(b)

    def slowly(ev: Evaluator[Any], frame: Frame) -> bool:
        return ev.compare(left(ev, frame), right(ev, frame)) in wanted

    first, second = programs.whole(a), programs.whole(b)
    if first is None or second is None:
        return slowly
    if wanted == (0,):

        def equal(ev: Evaluator[Any], frame: Frame) -> bool:
            try:
                return first(ev, frame) == second(ev, frame)  # type: ignore[no-any-return]
            except NotWhole:
                return slowly(ev, frame)

        return equal

    def run(ev: Evaluator[Any], frame: Frame) -> bool:
        try:
            i, j = first(ev, frame), second(ev, frame)
        except NotWhole:
            return slowly(ev, frame)
        return (i > j) - (i < j) in wanted

    return run


def _for_all(programs: Programs, s: ForAll) -> Run:
    body, name, lo, hi = s.args
    if S.Infinity in (lo, hi) or S.NegativeInfinity in (lo, hi):
        return stop(NotCovered("an infinite range"))
    holds, slot = programs.truth(body), programs.slot(name)
    first, last = programs.integer(lo), programs.integer(hi)

    def run(ev: Evaluator[Any], frame: Frame) -> bool:
        start, end = first(ev, frame), last(ev, frame)
        ev.spend(end - start + 1, "cases")
        before = frame[slot]
        try:
            for i in range(start, end + 1):
                frame[slot] = i
                if not holds(ev, frame):
                    return False
        finally:
            frame[slot] = before
        return True

    return run


def _divides(programs: Programs, s: Divides) -> Run:
    divisor, multiple = programs.integer(s.args[0]), programs.integer(s.args[1])

    def run(ev: Evaluator[Any], frame: Frame) -> bool:
        a, b = divisor(ev, frame), multiple(ev, frame)
        return bool(b % a == 0 if a else b == 0)

    return run


def _is_integer(programs: Programs, s: IsInteger) -> Run:
    number = programs.number(s.args[0])

    def run(ev: Evaluator[Any], frame: Frame) -> bool:
        value = ev.as_fraction(number(ev, frame))
        return value is not None and value.denominator == 1

    return run
