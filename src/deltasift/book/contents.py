"""What the book has: its fields, which are the folders of the catalogue, their pages, and who uses what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sympy.core.basic import Basic

from deltasift.atlas import atlas
from deltasift.catalogue import folder
from deltasift.check.report import Report
from deltasift.domain import Pmf, Reals
from deltasift.inert import Less
from deltasift.pages import file_of
from deltasift.rule import Method, Rule
from deltasift.rules import METHODS, RULES

UNSORTED = "Results"  # the field of pages that lie in no folder


@dataclass(frozen=True)
class Field:
    """A field of the catalogue.

    Attributes
    ----------
    title : str
    reports : tuple of Report
        In the order of their names.
    """

    title: str
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Place:
    """Where something is used: a page, and the numbers of its lines; none for the page as a whole."""

    report: Report
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Around:
    """A page of the book that uses others of it, or is used by them."""

    report: Report
    rests: tuple[Report, ...]
    used: tuple[Report, ...]


@dataclass(frozen=True)
class Contents:
    """The book.

    Attributes
    ----------
    fields : tuple of Field
    rules : mapping from the name of a rule to where it is used
    assumptions : mapping from what is assumed, or asked of what is given, to where
    """

    fields: tuple[Field, ...]
    rules: dict[str, tuple[Place, ...]]
    assumptions: dict[Basic, tuple[Place, ...]]

    @property
    def reports(self) -> tuple[Report, ...]:
        """All pages, field by field."""
        return tuple(r for f in self.fields for r in f.reports)

    @property
    def around(self) -> tuple[Around, ...]:
        """Who uses whom: the pages that do or are used, field by field."""
        by_name = {r.page.name: r for r in self.reports}
        found = atlas(r.page for r in self.reports)

        def those(names: Sequence[str]) -> tuple[Report, ...]:
            return tuple(by_name[n] for n in names if n in by_name)

        pages = (Around(r, those(found.rests[n]), those(found.used[n])) for n, r in by_name.items())
        return tuple(a for a in pages if a.rests or a.used)

    @property
    def is_proved(self) -> bool:
        """Whether every page is."""
        return all(r.is_proved for r in self.reports)


def contents(names: Sequence[str], checked: Callable[[str], Report]) -> Contents:
    """Return the book of some pages; `checked` returns the report of one."""
    fields: dict[str, list[Report]] = {}
    for name in sorted(names, key=lambda n: (field_of(file_of(n)), n)):
        fields.setdefault(field_of(file_of(name)), []).append(checked(name))
    found = tuple(Field(title, tuple(reports)) for title, reports in fields.items())
    reports = [r for f in found for r in f.reports]
    return Contents(found, _rules(reports), _assumptions(reports))


def field_of(file: Path) -> str:
    """Return the field of a page: the folder of the catalogue in which it lies, as a title."""
    try:
        parts = file.resolve().parent.relative_to(folder().resolve()).parts
    except ValueError:
        parts = ()
    return ": ".join(p.replace("_", " ").capitalize() for p in parts) or UNSORTED


def reason_of(name: str) -> str:
    """Return what a rule says, empty for what is no rule of the table."""
    known: dict[str, Rule | Method] = {**RULES, **METHODS}
    return known[name].reason if name in known else ""


def _rules(reports: Sequence[Report]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for r in reports:
        lines: dict[str, list[int]] = {}
        for x in r.lines:
            for s in x.substeps:
                for name in _named(s.rule):
                    lines.setdefault(name, []).append(x.number)
        for name, numbers in lines.items():
            found.setdefault(name, []).append(Place(r, tuple(dict.fromkeys(numbers))))
    return {name: tuple(found[name]) for name in sorted(found)}


def _named(rule: str) -> list[str]:
    """Return the rules of the table in the name of a use, such as that in each term of a sum."""
    parts = rule.removesuffix(")").replace("(", " ").split()
    return [p for part in parts if (p := part.removesuffix(".reversed")) in RULES or p in METHODS]


def _assumptions(reports: Sequence[Report]) -> dict[Basic, tuple[Place, ...]]:
    found: dict[Basic, list[Place]] = {}
    for r in reports:
        stated = [a.statement for a in r.ledger]
        for d in r.page.domains:
            if isinstance(d, Pmf) and d.positive:
                stated.append(Less(0, d.entry))
            elif isinstance(d, Reals):
                stated += [f.statement for f in d.facts()]
        for statement in dict.fromkeys(stated):
            found.setdefault(statement, []).append(Place(r))
    return {s: tuple(found[s]) for s in sorted(found, key=str)}
