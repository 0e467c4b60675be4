"""What is known while a function is run on stand-ins: the domains, the names that are taken, and what was noted."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Any

from sympy import E, Integer, Rational, S, Symbol, pi
from sympy.core.basic import Basic

from deltasift.conditions.prove import Prover
from deltasift.domain import Domain, Index
from deltasift.errors import DepthError, ReadError
from deltasift.inert import Add, Div, Less, LessEqual, Log, Mul, Neg, Node, Piecewise, Pow
from deltasift.inert.code_line import CodeLine, remember
from deltasift.inert.substitution import fresh
from deltasift.line.linear import combination, written
from deltasift.line.same import same
from deltasift.line.scope import Scope
from deltasift.line.statements import contrary

LONG = "has more than 12 digits"
DIGITS = 12  # of a float that is read as the decimal that it is written as
LARGEST_DENOMINATOR = 1_000  # of a quotient of integers that Python has computed, such as 1/3
# doubles that no decimal of 12 digits is, and that programs compute
CONSTANTS: dict[float, Basic] = {
    math.pi: pi,
    math.e: E,
    2 * math.pi: Mul.make((Integer(2), pi)),
    math.log(2): Log(2),
    math.log(10): Log(10),
    math.log(math.pi): Log(pi),
    math.log(2 * math.pi): Log(Mul.make((Integer(2), pi))),
    0.5 * math.log(2 * math.pi): Div(Log(Mul.make((Integer(2), pi))), 2),
    math.log(math.sqrt(2 * math.pi)): Div(Log(Mul.make((Integer(2), pi))), 2),
    math.sqrt(2): Pow(2, S.Half),
    math.sqrt(0.5): Pow(2, -S.Half),
    math.sqrt(3): Pow(3, S.Half),
    math.sqrt(math.pi): Pow(pi, S.Half),
    math.sqrt(2 / math.pi): Pow(Div(2, pi), S.Half),
    1 / math.sqrt(2 * math.pi): Pow(Mul.make((Integer(2), pi)), -S.Half),
    math.sqrt(2 * math.pi): Pow(Mul.make((Integer(2), pi)), S.Half),
}


class Session:
    """One reading of a function.

    Attributes
    ----------
    domains : mapping
    labels_from : int
        What the function calls the first label.
    files : frozenset of str
        Where the function is written.
    notes : dict of str
        What a reader of the formula should know, such as floats that were read as decimals.
    """

    def __init__(self, domains: Mapping[Symbol, Domain], labels_from: int, files: frozenset[str] = frozenset()) -> None:
        self.domains = domains
        self.labels_from = labels_from
        self.files = files
        self.notes: dict[str, None] = {}
        self.refused: list[ReadError] = []  # what Python asked and was not told, which a function may have caught
        self.made: dict[Symbol, Index] = {}  # indices of results that no domain declares
        self._taken = {s for s, d in domains.items() if not isinstance(d, Index)}
        self._taken |= {s for d in domains.values() for s in d.depends() if not isinstance(domains.get(s), Index)}
        self._names: set[Symbol] = set()
        self.turns: set[Symbol] = set()  # of loops over rows, and marks of what these carry
        self._facts: tuple[Basic, ...] = ()  # that a turn is one of those that there are
        self.branches = 0  # how many conditions on the data are around what runs now
        self.lists: list[Any] = []  # that are being made by a loop
        self._prover = Prover()

    def refusal(self, why: str) -> ReadError:
        """Return an error, and remember that there was one: what a function does that catches it is not read."""
        line = self.line()
        self.refused.append(ReadError(why) if line is None else ReadError(f"line {line.number}: {why}", line.number))
        return ReadError(why)

    def name(self, wanted: str, avoided: frozenset[Basic] | set[Basic]) -> Symbol:
        """Return a name for an index, unlike those that would mean something else where it is bound."""
        symbol = Symbol(wanted or "i")
        taken = self._taken | avoided
        found = fresh(symbol, taken) if symbol in taken else symbol
        self._names.add(found)
        return found

    def mark(self) -> Symbol:
        """Return a name that nothing else has, for what a loop carries."""
        return self._only("mark")

    def turn(self, count: Basic) -> Symbol:
        """Return a name that nothing else has, for one of so many turns of a loop, which are counted from 0."""
        found = self._only("turn")
        self._names.add(found)
        self._facts += (LessEqual(S.Zero, found), Less(found, count))
        return found

    def ended(self, turn: Symbol) -> None:
        """Know no longer that there is a turn: after the loop there may have been none."""
        self._facts = tuple(s for s in self._facts if turn not in s.args)

    def _only(self, called: str) -> Symbol:
        found = fresh(Symbol(called), self._taken)
        self._taken.add(found)
        self.turns.add(found)
        return found

    @property
    def scope(self) -> Scope:
        """What is known of the names."""
        return Scope(self.domains, assumed=self._facts, integers=frozenset(self._names - set(self.domains)))

    def line(self) -> CodeLine | None:
        """Return the line of the function that runs now: in its own file, or else the nearest that is no library's."""
        frame: FrameType | None = sys._getframe(1)
        nearest = None
        while frame is not None:
            file = frame.f_code.co_filename
            if file in self.files:
                return CodeLine(file, frame.f_lineno)
            if nearest is None and not is_of_a_library(file):
                nearest = CodeLine(file, frame.f_lineno)
            frame = frame.f_back
        return nearest

    def index_of(self, length: Basic) -> tuple[str, Basic]:
        """Return the name and the start of a declared index with so many values, for an axis that has none."""
        for d in self.domains.values():
            if isinstance(d, Index) and is_same(added((1, d.hi), (-1, d.lo), (1, S.One)), length):
                return d.name, d.lo
        return "", S.Zero

    def decided(self, statement: Basic) -> bool | None:
        """Tell whether a statement about sizes is always true, always false, or neither."""
        if statement in (S.true, S.false):
            return bool(statement == S.true)
        try:
            if self._prover.holds(statement, self.scope):
                return True
            if self._prover.holds(contrary(statement), self.scope):
                return False
        except (DepthError, RecursionError):
            pass
        return None


HERE = str(Path(__file__).parents[2])


def is_of_a_library(file: str) -> bool:
    """Tell whether a file is one of ours or of an installed library, and none of who wrote the function."""
    return file.startswith((HERE, "<")) or "/site-packages/" in file


_current: ContextVar[Session] = ContextVar("reading")


def current() -> Session:
    """Return the reading that goes on."""
    try:
        return _current.get()
    except LookupError:
        raise ReadError("a stand-in is used after the function that it stands in was read") from None


@contextmanager
def session(of: Session) -> Iterator[Session]:
    """Read with a session."""
    token = _current.set(of)
    try:
        yield of
    finally:
        _current.reset(token)


# --- numbers and lengths -------------------------------------------------------------------------------------------


def exact(value: Any) -> Basic:
    """Return a number of Python or a library as an exact one."""
    if isinstance(value, bool):
        return S.One if value else S.Zero
    if hasattr(value, "item") and not isinstance(value, Basic):
        value = value.item()  # a number of NumPy's
    if isinstance(value, int):
        return Rational(value)
    if isinstance(value, Fraction):
        return Rational(value.numerator, value.denominator)
    if isinstance(value, float):
        return _decimal(value)
    raise ReadError(f"{value!r:.60} is no real number")


def _decimal(value: float) -> Basic:
    if value == -math.inf:
        return S.NegativeInfinity  # what is left out of a sum of exponentials
    if not math.isfinite(value):
        raise ReadError(f"{value} is no real number: write where or masked_fill with what the sum then leaves out")
    if value in CONSTANTS:
        return CONSTANTS[value]
    text = float.__repr__(value)  # also of a subclass
    digits = text.lower().partition("e")[0].replace("-", "").replace(".", "").strip("0")
    if len(digits) > DIGITS:
        whole = Fraction(value)
        if abs(whole.numerator) == 1:
            return Rational(whole.numerator, whole.denominator)  # a power of 2, such as the epsilon of a type
        quotient = whole.limit_denominator(LARGEST_DENOMINATOR)
        if float(quotient) == value:
            current().notes[f"{text} is read as {quotient}"] = None
            return Rational(quotient.numerator, quotient.denominator)
        raise ReadError(
            f"the float {text} {LONG}, so that it is no decimal that was written: "
            "write it as a fraction.Fraction, or make it inside of the function with math.log, math.sqrt or math.pi"
        )
    number = Fraction(text)
    if number.denominator != 1:
        current().notes[f"{text} is read as the decimal that it is written as"] = None
    return Rational(number.numerator, number.denominator)


def added(*parts: tuple[int, Basic]) -> Basic:
    """Return a sum of integers, numbers added up and what cancels gone."""
    found: Basic = written(combination(parts))
    return found


def is_same(a: Basic, b: Basic) -> bool:
    """Tell whether two lengths are the same."""
    return bool(a == b) or bool(added((1, a), (-1, b)) == 0) or same(a, b)


def negative(e: Basic) -> Basic:
    """Return the negative of an expression."""
    if e.is_Rational:
        return -e
    return e.args[0] if isinstance(e, Neg) else Neg(e)


def plus(a: Basic, b: Basic) -> Basic:
    """Return a sum, numbers added up."""
    if a.is_Rational and b.is_Rational:
        return a + b
    if a == 0:
        return b
    for x, y in ((a, b), (b, a)):
        if leaves_out(x):
            return mapped(x, lambda e, y=y: e if e is S.NegativeInfinity else plus(e, y))  # type: ignore[misc]
    return a if b == 0 else Add(*(parts_of(a) if isinstance(a, Add) else (a,)), b)


def parts_of(e: Node) -> tuple[Basic, ...]:
    """Return the parts of a sum or a product that becomes a longer one; they remember its line."""
    for a in e.args:
        if not (isinstance(a, Node) and a._lines):
            remember(a, *e._lines)
    return e.args  # type: ignore[no-any-return]


# --- what is left out ----------------------------------------------------------------------------------------------


def leaves_out(e: Basic) -> bool:
    """Tell whether an expression is minus infinity in one of its cases, as `masked_fill(mask, -inf)` makes it."""
    return e is S.NegativeInfinity or (isinstance(e, Piecewise) and S.NegativeInfinity in e.args[::2])


def mapped(e: Basic, f: Callable[[Basic], Basic]) -> Basic:
    """Return a function of an expression, in each of its cases."""
    return Piecewise(*((f(value), says) for value, says in e.cases)) if isinstance(e, Piecewise) else f(e)
