"""Certificates as plain data, and back: what a file holds, which is trusted in nothing.

A term is its number in a table, in which its parts come first, so that what is shared is written once. What is read is
made anew by the constructors of terms and certificates, which refuse what is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any

from sympy import Symbol

from deltasift.errors import DeltasiftError
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate
from deltasift.judge.tree import Term, UnreadableError, make

KINDS: Mapping[str, Any] = {
    name: kind for name, kind in vars(kinds).items() if isinstance(kind, type) and kind.__module__ == kinds.__name__
}
CLAIMS = ("integer", "positive", "nonnegative", "negative", "nonpositive", "nonzero", "real", "commutative")
DEEPEST = 400  # parts inside of parts


class UnreadableDataError(DeltasiftError):
    """Data that are no certificate."""


class Table:
    """Terms by number."""

    def __init__(self, rows: Sequence[Any] = ()) -> None:
        self.rows: list[Any] = []
        self._numbers: dict[Term, int] = {}
        self._terms: list[Term] = []
        for row in rows:
            self._read(row)

    def number(self, term: Term) -> int:
        """Return the number of a term, its parts before it."""
        todo = [term]
        while todo:
            t = todo[-1]
            waiting = [a for a in t.args if a not in self._numbers]
            if t in self._numbers or not waiting:
                if t not in self._numbers:
                    self._numbers[t] = len(self.rows)
                    self.rows.append([t.head, [self._numbers[a] for a in t.args], _plain(t.value)])
                todo.pop()
            else:
                todo += waiting
        return self._numbers[term]

    def term(self, number: Any) -> Term:
        """Return the term of a number.

        Raises
        ------
        UnreadableDataError
            If there is none.
        """
        if type(number) is not int or not 0 <= number < len(self._terms):
            raise UnreadableDataError(f"there is no term {number!r}")
        return self._terms[number]

    def _read(self, row: Any) -> None:
        try:
            head, args, value = row
            self._terms.append(make(head, [self.term(a) for a in args], _value(head, value)))
        except (TypeError, ValueError, UnreadableError) as why:
            raise UnreadableDataError(f"{row!r} is no term: {why}") from None


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Symbol):
        return [value.name, {c: bool(known) for c in CLAIMS if (known := getattr(value, f"is_{c}")) is not None}]
    return value


def _value(head: str, value: Any) -> Any:
    if head == "number":
        return _fraction(value)
    if head == "free":
        name, claims = value
        if not isinstance(name, str) or not set(claims) <= set(CLAIMS):
            raise ValueError("no name")
        return Symbol(name, **{c: bool(known) for c, known in claims.items()})
    return value


def _fraction(value: Any) -> Fraction:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no number")
    return Fraction(value)


def written(certificate: Certificate, table: Table) -> Any:
    """Return a certificate as lists, dictionaries, numbers and text, its terms in the table."""
    return _written(certificate, table)


def _written(x: Any, table: Table) -> Any:
    if isinstance(x, Term):
        return {"term": table.number(x)}
    if isinstance(x, Fraction):
        return {"number": str(x)}
    if isinstance(x, tuple):
        return [_written(part, table) for part in x]
    if type(x) in KINDS.values():
        return {"kind": type(x).__name__, **{f.name: _written(getattr(x, f.name), table) for f in fields(x)}}
    return x


def certificate_of(data: Any, table: Table) -> Certificate:
    """Return the certificate that data are.

    Raises
    ------
    UnreadableDataError
        If they are none. Whether it shows anything is for the judge to say.
    """
    found = _read(data, table, 0)
    if type(found) not in KINDS.values():
        raise UnreadableDataError("no certificate")
    return found  # type: ignore[no-any-return]


def _read(data: Any, table: Table, depth: int) -> Any:
    if depth > DEEPEST:
        raise UnreadableDataError("a certificate that is too deep")
    if isinstance(data, list):
        return tuple(_read(part, table, depth + 1) for part in data)
    if not isinstance(data, dict):
        if data is not None and type(data) not in (int, bool, str):
            raise UnreadableDataError(f"{data!r} is no part of a certificate")
        return data
    if data.keys() == {"term"}:
        return table.term(data["term"])
    if data.keys() == {"number"}:
        try:
            return _fraction(data["number"])
        except (ValueError, ZeroDivisionError) as why:
            raise UnreadableDataError(str(why)) from None
    name = data.get("kind")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None or data.keys() != {"kind", *(f.name for f in fields(kind))}:
        raise UnreadableDataError(f"there is no kind of certificate {name!r} with such parts")
    return kind(**{key: _read(part, table, depth + 1) for key, part in data.items() if key != "kind"})
