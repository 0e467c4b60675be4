"""Programs for the truth of statements, and for brackets and deltas, which are 1 where a statement is true."""

from __future__ import annotations

from typing import Any

from sympy import Integer, S
from sympy.core.basic import Basic
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

import deltasift.inert as ex
from deltasift.check.infinite import infinite_for_all
from deltasift.check.machine import Compiler, Frame, Machine, Run, stop
from deltasift.check.reasons import NotCovered, NotWhole, NoValue
from deltasift.check.world import Smooth
from deltasift.inert import postorder

ORDERS = {
    ex.LessEqual: (-1, 0),
    ex.Less: (-1,),
    ex.Equality: (0,),
    ex.Unequal: (-1, 1),
}


def truth_program(programs: Compiler, s: Any) -> Run:
    """Compile a statement."""
    if isinstance(s, (BooleanTrue, BooleanFalse)):
        value = bool(s)
        return lambda ev, frame: value
    if isinstance(s, ex.And):
        every = [programs.truth(a) for a in s.args]
        return lambda ev, frame: all(a(ev, frame) for a in every)
    if isinstance(s, ex.Or):
        some = [programs.truth(a) for a in s.args]
        return lambda ev, frame: any(a(ev, frame) for a in some)
    if isinstance(s, ex.Not):
        contrary = programs.truth(s.args[0])
        return lambda ev, frame: not contrary(ev, frame)
    if isinstance(s, ex.ForAll):
        return _for_all(programs, s)
    if isinstance(s, ex.Divides):
        return _divides(programs, s)
    if isinstance(s, ex.IsInteger):
        return _is_integer(programs, s)
    if isinstance(s, ex.Continuous):
        return _continuous(programs, s)
    if isinstance(s, (ex.Integrable, ex.Summable)):
        return _exists(programs, s)
    if type(s) not in ORDERS:
        return stop(NotCovered(type(s).__name__))
    if S.NegativeInfinity == s.args[0] or S.Infinity == s.args[1]:
        known = isinstance(s, (ex.Less, ex.LessEqual, ex.Unequal))
        return lambda ev, frame: known
    return _comparison(programs, s.args[0], s.args[1], ORDERS[type(s)])


def _exists(programs: Compiler, s: Basic) -> Run:
    """Compile that an integral or a series exists: absolutely, since otherwise it is not enclosed."""
    number = programs.number(s.args[0])

    def run(ev: Machine, frame: Frame) -> bool:
        try:
            number(ev, frame)
        except NoValue as why:
            raise NotCovered(str(why)) from why
        return True

    return run


def bracket_program(programs: Compiler, e: Basic) -> Run | None:
    """Compile whether a factor is 1 and not 0, None where it is no delta, no bracket and no entry defined by one."""
    if isinstance(e, ex.Delta):
        return _comparison(programs, e.args[0], e.args[1], ORDERS[ex.Equality])
    if isinstance(e, ex.Iverson):
        return programs.truth(e.args[0])
    body = programs.scope.unfold(e) if isinstance(e, ex.Entry) else None
    if body is None or bracket_program(programs, body) is None:
        return None
    number = programs.number(e)
    return lambda ev, frame: ev.as_fraction(number(ev, frame)) != 0


def _comparison(programs: Compiler, a: Basic, b: Basic, wanted: tuple[int, ...]) -> Run:
    left, right = programs.number(a), programs.number(b)

    def slowly(ev: Machine, frame: Frame) -> bool:
        return ev.related(left(ev, frame), right(ev, frame), wanted)

    first, second = programs.whole(a), programs.whole(b)
    if first is None or second is None:
        return slowly
    if wanted == (0,):

        def equal(ev: Machine, frame: Frame) -> bool:
            try:
                return first(ev, frame) == second(ev, frame)  # type: ignore[no-any-return]
            except NotWhole:
                return slowly(ev, frame)

        return equal

    def run(ev: Machine, frame: Frame) -> bool:
        try:
            i, j = first(ev, frame), second(ev, frame)
        except NotWhole:
            return slowly(ev, frame)
        return (i > j) - (i < j) in wanted

    return run


def _for_all(programs: Compiler, s: ex.ForAll) -> Run:
    body, name, lo, hi = s.args
    if lo is S.NegativeInfinity or hi is S.Infinity:
        return infinite_for_all(programs, s)
    if lo is S.Infinity or hi is S.NegativeInfinity:
        return lambda ev, frame: True  # no number is in it
    holds, slot = programs.truth(body), programs.slot(name)
    first, last = programs.integer(lo), programs.integer(hi)

    def run(ev: Machine, frame: Frame) -> bool:
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


def _divides(programs: Compiler, s: ex.Divides) -> Run:
    divisor, multiple = programs.integer(s.args[0]), programs.integer(s.args[1])

    def run(ev: Machine, frame: Frame) -> bool:
        a, b = divisor(ev, frame), multiple(ev, frame)
        return bool(b % a == 0 if a else b == 0)

    return run


SMOOTH = (
    ex.Add,
    ex.Mul,
    ex.Neg,
    ex.Exp,
    ex.Apply,
    ex.Derivative,
    ex.At,
)  # of what is smooth; functions are those that nobody declared


def _continuous(programs: Compiler, s: ex.Continuous) -> Run:
    """Compile that an expression is continuous, which is seen where it is built of functions that are smooth."""
    body = programs.unfolded(s.args[0])
    functions = (
        frozenset(e.args[0] for e in postorder(body) if isinstance(e, ex.Apply)) if isinstance(body, ex.Node) else ()
    )
    if not all(_is_smooth(e) for e in (postorder(body) if isinstance(body, ex.Node) else ())):
        return stop(NotCovered(type(s).__name__))

    def run(ev: Machine, frame: Frame) -> bool:
        if all(isinstance(ev.world.functions.get(f), Smooth) for f in functions):
            return True
        raise NotCovered(type(s).__name__)

    return run


def _is_smooth(e: Basic) -> bool:
    if isinstance(e, ex.Pow):
        return isinstance(e.args[1], Integer) and int(e.args[1]) >= 0
    return isinstance(e, SMOOTH) or not isinstance(e, ex.Node)


def _is_integer(programs: Compiler, s: ex.IsInteger) -> Run:
    number = programs.number(s.args[0])

    def run(ev: Machine, frame: Frame) -> bool:
        value = ev.as_fraction(number(ev, frame))
        return value is not None and value.denominator == 1

    return run
