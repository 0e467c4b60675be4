"""A report as one frozen structure of plain data, which JSON is written from and renderers read.

Each formula is there as source, as text, as LaTeX, as MathML whose elements carry their place in the tree, and in words
for a screen reader. A place is a path of argument positions from the root of its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

VERSION = 2
Path = tuple[int, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class Formula:
    """An expression, in every form in which it is shown."""

    source: str
    text: str
    latex: str
    mathml: str
    words: str


@dataclass(frozen=True)
class Given:
    """What a page is given: a name, its kind, and what is known of it in a sentence."""

    name: str
    kind: str
    symbol: Formula
    sentence: str


@dataclass(frozen=True)
class Assumption:
    """A statement that is taken as true, and where."""

    statement: Formula
    where: str


@dataclass(frozen=True)
class Condition:
    """A side condition and what decided it."""

    statement: Formula
    verdict: str
    because: tuple[str, ...]
    assumed: bool
    by_solver: bool


@dataclass(frozen=True)
class Part:
    """A part of the line before, where it is after, and whether it is the same there."""

    before: Path
    after: Path
    same: bool


@dataclass(frozen=True)
class Changed:
    """The smallest part that changed, before and after, and where the other parts went."""

    before: Path
    after: Path
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class StatedRule:
    """What a rule states, and when."""

    statement: Formula
    conditions: tuple[Formula, ...]


@dataclass(frozen=True)
class Use:
    """One use of a rule, with the whole line after it; a reversed one reads the statements from right to left."""

    number: str
    rule: str
    reversed: bool
    statements: tuple[StatedRule, ...]
    reason: str
    ref: str
    path: Path
    before: str
    after: str
    binding: dict[str, str]
    expr: Formula
    conditions: tuple[Condition, ...]
    change: Changed


@dataclass(frozen=True)
class Checked:
    """What one way of checking found."""

    kind: str
    status: str
    covers: str
    counterexample: dict[str, Any] | None
    all_sizes: dict[str, Any] | None


@dataclass(frozen=True)
class Row:
    """A line."""

    number: int
    proof: int
    expr: Formula
    relation: str
    by: tuple[str, ...]
    reason: str
    grade: str | None
    substeps: tuple[Use, ...]
    change: Changed | None
    assumptions: tuple[Formula, ...]
    checks: tuple[Checked, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Refused:
    """An expression without a value, with the author's reason and the engine's."""

    expr: Formula
    stated: str
    found: str


@dataclass(frozen=True)
class Structure:
    """A page with all that was found of it."""

    version: int
    page: str
    title: str
    text: str
    ok: bool
    proved: bool
    problems: tuple[str, ...]
    grades: dict[str, int]
    domains: tuple[Given, ...]
    claims: tuple[Formula, ...]
    assumptions: tuple[Formula, ...]
    ledger: tuple[Assumption, ...]
    model: dict[str, str]
    lines: tuple[Row, ...]
    refusals: tuple[Refused, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data: mappings, lists, strings, numbers."""
        return {name: _listed(value) for name, value in asdict(self).items()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Structure:
        """Return the structure of plain data.

        Raises
        ------
        TypeError
            If something is missing, is more than there is a place for, or is of another type.
        """
        return _read_class(cls, data)


def _listed(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_listed(v) for v in value]
    if isinstance(value, dict):
        return {k: _listed(v) for k, v in value.items()}
    return str(value) if isinstance(value, str) else value  # without what a text knows beside its letters


def _read(kind: Any, data: Any) -> Any:
    """Return data as a value of a type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_class(kind, data)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        if not isinstance(data, list):
            raise TypeError(f"{data!r} is no list")
        return tuple(_read(inner[0], x) for x in data)
    if origin is dict or kind is Any:
        return data
    if inner:  # one of several types, of which one is None
        return None if data is None else _read(next(t for t in inner if t is not NoneType), data)
    if type(data) is not kind:
        raise TypeError(f"{data!r} is no {kind.__name__}")
    return data


def _read_class(kind: type[T], data: Any) -> T:
    names = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    if not isinstance(data, Mapping) or set(data) != names:
        raise TypeError(f"{kind.__name__} has {', '.join(sorted(names))}")
    hints = get_type_hints(kind)
    return kind(**{name: _read(hints[name], data[name]) for name in names})
