"""Two lines at one exact point: whether they differ there, and what a reader needs in order to see it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeVar

from sympy import Rational, Symbol
from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.closed import closed_form
from deltasift.check.counterexample import Counterexample, Value
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.program import Programs
from deltasift.check.world import World, arguments
from deltasift.domain import Domain, Pmf, Size
from deltasift.enclosing import precision
from deltasift.inert import Apply, Entry

T = TypeVar("T")
Outcome = tuple[str, Any]  # "value" and a number, "none" and why, "uncovered" and why
POINTWISE = ("=", "<=", "<", ">=", ">")  # relations that hold or fail at one point; an order is of two
LONGEST = 200  # bits of a rational number that is shown
DIGITS = (15, 30, 60, 120)  # of an enclosure that is shown, until two that differ are seen to


def outcome(balls: Balls, e: Basic) -> Outcome:
    """Return the value of an expression, or why there is none."""
    try:
        return "value", balls.value(e, {})
    except NoValue as why:
        return "none", str(why)
    except NotCovered as why:
        return "uncovered", why


def left_open(balls: Balls, relation: str, a: Outcome, b: Outcome) -> NotCovered | None:
    """Return why a point says nothing of a relation of two values; what may be no real number has no order."""
    for kind, value in (a, b):
        if kind == "uncovered":
            assert isinstance(value, NotCovered)
            return value
    if relation != "=" and "none" not in (a[0], b[0]):
        try:
            balls.exceeds(a[1], b[1])
        except NotCovered as why:
            return why
    return None


def refutes(balls: Balls, relation: str, a: Outcome, b: Outcome) -> bool:
    """Tell whether one point refutes a relation of two values, each of which has to exist."""
    if "none" in (a[0], b[0]):
        return True
    if relation == "=":
        return balls.differ(a[1], b[1])
    less, more = (a[1], b[1]) if relation[0] == "<" else (b[1], a[1])
    return balls.exceeds(less, more) or (relation[-1] != "=" and balls.equal(less, more))


def keeps_order(balls: Balls, relation: str, before: tuple[Outcome, Outcome], after: tuple[Outcome, Outcome]) -> bool:
    """Tell whether two points, at which both lines have values, stand in the order that the relation says.

    Raises
    ------
    NotCovered
        Where two values are not told apart.
    """
    left, right = (balls.sign(first[1] - second[1]) for first, second in (before, after))
    return left == (right if relation == "same order" else -right)


class Seen(dict[Any, Any]):
    """A mapping that remembers which of its keys were looked up."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        super().__init__(values)
        self.seen: set[Any] = set()
        self._values = values

    @property
    def watched(self) -> Mapping[Any, Any]:
        """What is looked at."""
        return self._values

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __getitem__(self, key: Any) -> Any:
        self.seen.add(key)
        return self._values[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self.seen.add(key)
        return super().get(key, default)


class Reader(Balls):
    """Evaluates in a world, and remembers what it looked up there."""

    def __init__(self, world: World, programs: Programs) -> None:
        self.seen_numbers, self.seen_functions = Seen(world.numbers), Seen(world.functions)
        self.seen_tables = {symbol: Seen(table) for symbol, table in world.tables.items()}
        watched = World(self.seen_numbers, self.seen_tables, self.seen_functions)
        super().__init__(watched, programs.scope, programs)
        self.given = world


@precision()
def difference(
    programs: Programs, world: World, before: Basic, after: Basic, relation: str = "=", *, partial: bool = False
) -> Counterexample | None:
    """Return how two lines differ at a point, None where they do not or where that is not decided.

    Parameters
    ----------
    programs : Programs
        Of the scope.
    world : World
    before, after : expression
    relation : str
        "=", "<=", "<", ">=" or ">": what the line before has to be to the line.
    partial : bool
        Whether a point at which the line before has no value says nothing.
    """
    reader = Reader(world, programs)
    a, b = outcome(reader, before), outcome(reader, after)
    if left_open(reader, relation, a, b) is not None or (partial and a[0] == "none"):
        return None
    if refutes(reader, relation, a, b):
        digits = _digits(reader, a, b)
        values = _value(reader, before, a, digits), _value(reader, after, b, digits)
        return Counterexample(_point(reader), *values, relation=relation)
    return None


@precision()
def disorder(
    programs: Programs, worlds: tuple[World, World], before: Basic, after: Basic, relation: str
) -> Counterexample | None:
    """Return how two lines put two points in another order than the relation between the lines says, else None."""
    first, second = (Reader(w, programs) for w in worlds)
    f, g = outcome(first, before), outcome(first, after)
    f2, g2 = outcome(second, before), outcome(second, after)
    if any(x[0] == "uncovered" for x in (f, g, f2, g2)):
        return None
    for reader, a, b in ((first, f, g), (second, f2, g2)):
        if "none" in (a[0], b[0]):
            return Counterexample(_point(reader), _value(reader, before, a), _value(reader, after, b))
    try:
        if keeps_order(first, relation, (f, f2), (g, g2)):
            return None
    except NotCovered:
        return None
    at = dict(_point(first))
    change = tuple((name, value) for name, value in _point(second) if at.get(name) != value)
    left, right = _digits(first, f, f2), _digits(first, g, g2)
    other = Counterexample(change, _value(second, before, f2, left), _value(second, after, g2, right))
    return Counterexample(tuple(at.items()), _value(first, before, f, left), _value(first, after, g, right), other)


# --- what is shown ---------------------------------------------------------------------------------------------------


def _digits(reader: Reader, a: Outcome, b: Outcome) -> int:
    """Return how many digits of two enclosures show that they are apart, 0 where not even the most do."""
    if a[0] != "value" or b[0] != "value":
        return DIGITS[0]
    if any(isinstance(x[1], reader.flint.acb) for x in (a, b)):
        return DIGITS[0]
    balls = [reader.flint.arb(x[1]) for x in (a, b)]
    for digits in DIGITS:
        first, second = (reader.flint.arb(ball.str(digits)) for ball in balls)
        if not first.overlaps(second):
            return digits
    return 0


def _value(reader: Reader, e: Basic, found: Outcome, digits: int = DIGITS[0]) -> Value:
    if found[0] != "value":
        return Value(missing=str(found[1]))
    number = found[1]
    if isinstance(number, reader.flint.fmpq) and (number.height_bits() <= LONGEST or not digits):
        return Value(Rational(int(number.p), int(number.q)), about=_about(reader, number))
    exact = closed_form(e, reader.given, reader.programs)
    if exact is not None and reader.differ(reader.value(exact, {}), number):
        exact = None  # two evaluators disagree, so that neither is shown as exact
    return Value(exact, _ball(reader, number).str(digits or DIGITS[0]), _about(reader, number))


def _about(reader: Reader, number: Any) -> str:
    ball = _ball(reader, number)
    return "0" if ball.contains(0) else str(ball.str(6, radius=False))


def _ball(reader: Reader, number: Any) -> Any:
    return number if isinstance(number, reader.flint.acb) else reader.flint.arb(number)


def _point(reader: Reader) -> tuple[tuple[Basic, Basic], ...]:
    """Return what was looked at, with what a reader needs to see that it is allowed: sizes, and the whole of a pmf."""
    world, domains = reader.given, reader.scope.domains
    entries = {(table, i) for table, seen in reader.seen_tables.items() for i in seen.seen}
    rows = {(table, i[:-1]) for table, i in entries if isinstance(domains.get(table), Pmf)}
    entries |= {(table, i) for table, _ in rows for i in world.tables[table] if (table, i[:-1]) in rows}
    functions = reader.seen_functions.seen
    needed = _bounding({*reader.seen_numbers.seen, *(table for table, _ in entries), *functions}, domains)
    sizes = [s for s in world.numbers if isinstance(domains.get(s), Size)]
    return (
        *((s, _rational(world.numbers[s])) for s in sorted(sizes, key=str) if s in needed),
        *((s, _rational(v)) for s, v in _by_name(world.numbers) if s in needed and s not in sizes),
        *(
            (Entry(table, *i), _rational(world.tables[table][i]))
            for table, i in sorted(entries, key=lambda e: (str(e[0]), e[1]))
            if i in world.tables[table]
        ),
        *((Apply(f, *arguments(s)), s.body(*arguments(s))) for f, s in _by_name(world.functions) if f in functions),
    )


def _bounding(names: set[Basic], domains: Mapping[Symbol, Domain]) -> set[Basic]:
    """Return some names with those by which their indices and their values are bounded."""
    found, waiting = set(names), list(names)
    while waiting:
        domain = domains.get(waiting.pop())
        new = set() if domain is None else domain.depends() - found
        found |= new
        waiting.extend(new)
    return found


def _by_name(values: Mapping[Basic, T]) -> list[tuple[Basic, T]]:
    return sorted(values.items(), key=lambda item: str(item[0]))


def _rational(value: Fraction) -> Basic:
    return Rational(value.numerator, value.denominator)
