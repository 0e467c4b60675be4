"""Programs for products and quotients, with the conventions for factors that are 0."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.machine import Compiler, Frame, Machine, Run
from deltasift.check.reasons import NotCovered, NoValue
from deltasift.check.statements import bracket_program
from deltasift.inert import Delta, Div, Iverson, Log, Mul, Neg, Node
from deltasift.line.conventions import excusing
from deltasift.line.same import same

Part = tuple[Basic, bool]  # a factor, and whether it divides
Factor = tuple[Run, bool, Run | None]  # its program, whether it divides, and whether it may be a log 0 beside a 0


def product_program(programs: Compiler, e: Node) -> Run:
    """Compile a product: what a bracket makes 0 is 0 whatever the other factors are, and 0 log 0 is 0."""
    parts: list[Part] = []
    sign = flatten(e, False, parts)
    holding = {part: b for part, inverse in parts if not inverse and (b := bracket_program(programs, part)) is not None}
    excused = excusing([*holding], parts)
    brackets = [holding[part] for part in excused]
    factors: list[Factor] = [
        (programs.number(part), inverse, None if inverse else _zero_log_zero(programs, part, parts))
        for part, inverse in parts
        if inverse or not isinstance(part, (Delta, Iverson)) or part not in excused
    ]

    def run(ev: Machine, frame: Frame) -> Any:
        without: NoValue | None = None
        for holds in brackets:
            try:
                if not holds(ev, frame):
                    return ev.zero
            except NoValue as why:  # another one may be 0
                without = why
        if without is not None:
            raise without
        total = None
        for number, inverse, rescued in factors:
            try:
                value = number(ev, frame)
                if inverse:
                    total = ev.divide(ev.one if total is None else total, value)
                else:
                    total = value if total is None else ev.multiply(total, value)
            except NoValue:
                if rescued is None or not rescued(ev, frame):
                    raise
                if not ev.conventions:
                    raise NotCovered("the derivative of what is 0 by convention") from None
                total = ev.zero  # and the other factors still must have values
        if total is None:
            total = ev.one
        return total if sign > 0 else ev.multiply(ev.minus, total)

    return run


def flatten(e: Basic, inverse: bool, parts: list[Part]) -> int:
    """Append the factors of a product or quotient to `parts`, and return its sign."""
    if isinstance(e, Neg):
        return -flatten(e.args[0], inverse, parts)
    if isinstance(e, Mul) and not inverse:
        sign = 1
        for a in e.args:
            sign *= flatten(a, inverse, parts)
        return sign
    if isinstance(e, Div) and not inverse:
        sign = flatten(e.args[0], False, parts)
        parts.append((e.args[1], True))
        return sign
    parts.append((e, inverse))
    return 1


def _zero_log_zero(programs: Compiler, log: Basic, parts: list[Part]) -> Run | None:
    """Compile whether a logarithm without a value stands beside a factor 0 that makes the term 0 by convention."""
    if not isinstance(log, Log):
        return None
    rescues = [
        (programs.number(x), _rescue(programs, x, log.args[0]))
        for x, inverse in parts
        if not inverse and not isinstance(x, (Log, Delta, Iverson))
    ]

    def run(ev: Machine, frame: Frame) -> bool:
        for number, rescue in rescues:
            if ev.as_fraction(number(ev, frame)) == 0 and (decided := rescue(ev, frame)) is not None:
                return decided
        return False

    return run if rescues else None


def _rescue(programs: Compiler, x: Basic, argument: Basic) -> Callable[[Machine, Frame], bool | None]:
    """Compile whether `x log(argument)` is 0 where x is; None where this x does not decide it."""
    itself = programs.unfolded(x)
    if same(itself, programs.unfolded(argument)):
        return lambda ev, frame: True
    certain = programs.scope.is_probability(x)
    inner: list[Part] = []
    flat = flatten(argument, False, inner) == 1 and len(inner) == 2
    beside = any(not inverse and same(programs.unfolded(p), itself) for p, inverse in inner)
    below = next((programs.number(p) for p, inverse in inner if inverse), None) if flat and beside else None
    if below is not None:

        def quotient(ev: Machine, frame: Frame) -> bool:
            value = below(ev, frame)
            return ev.is_nonnegative(value) and (certain or ev.as_fraction(value) != 0)

        return quotient
    if certain:
        whole = programs.number(argument)
        return lambda ev, frame: ev.is_nonnegative(whole(ev, frame))
    return lambda ev, frame: None
