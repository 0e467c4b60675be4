"""Cases with known answers, as data: an expression with deltas, what is known about its names, what it collapses to.

The files of `tests/cases` are lists of objects with the fields of `Case`; one subject a file. Names are declared as in
`i, j: integer; N: positive integer; a: table; y: integer table 1..K; q: positive table; f: function; x: real`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import sympy
from sympy.parsing.sympy_parser import auto_number, parse_expr

DIRECTORY = Path(__file__).resolve().parents[1] / "cases"
UNDEFINED, UNEVALUATED = "undefined", "unevaluated"
KINDS = ("table", "function")


@dataclass(frozen=True)
class Declaration:
    """What is known of one name: its kind, SymPy's assumptions, and the range of a table's integers."""

    name: str
    kind: str = "symbol"
    assumptions: tuple[str, ...] = ()
    low: str = ""
    high: str = ""

    def build(self) -> Any:
        """Return the SymPy object that the name stands for."""
        known = dict.fromkeys(self.assumptions, True) if "noncommutative" not in self.assumptions else {}
        if self.kind == "function":
            return sympy.Function(self.name)  # positive is the evaluator's business, not SymPy's
        if self.kind == "table":
            return sympy.IndexedBase(self.name, **known)
        return sympy.Symbol(self.name, **(known or {"commutative": "noncommutative" not in self.assumptions}))


def declarations(text: str) -> dict[str, Declaration]:
    """Read `i, j: integer; y: integer table 1..K`."""
    found = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        names, _, words = part.partition(":")
        kind, known, low, high = "symbol", [], "", ""
        for word in words.split():
            if ".." in word:
                low, high = word.split("..")
            elif word in KINDS:
                kind = word
            elif word != "any":
                known.append(word)
        for name in names.split(","):
            found[name.strip()] = Declaration(name.strip(), kind, tuple(known), low, high)
    return found


@dataclass(frozen=True)
class Case:
    """One case.

    `expected` is a closed form, `undefined` (there is no value, the reason is to be said) or `unevaluated` (no collapse
    is valid). `alternatives` are other accepted forms, or the values of other conventions, by label. `oracle` is for
    the evaluator alone: the values of a symbol (`domain`), conditions on them (`sampling`), the support of tables,
    widths and windows of an integral.
    """

    id: str
    input: str
    symbols: str
    expected: str
    source: str
    provenance: str = "constructed"
    facts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    alternatives: dict[str, str] = field(default_factory=dict)
    oracle: dict[str, Any] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The part of the id before the first hyphen."""
        return self.id.partition("-")[0]

    @cached_property
    def declared(self) -> dict[str, Declaration]:
        """The declarations by name."""
        return declarations(self.symbols)

    @cached_property
    def names(self) -> dict[str, Any]:
        """The SymPy objects by name."""
        return {name: d.build() for name, d in self.declared.items()}

    def parse(self, text: str) -> Any:
        """Return the SymPy expression that a text of this case stands for; an undeclared name is an error."""
        return parse_expr(text, local_dict=dict(self.names), transformations=(auto_number,))

    @cached_property
    def expr(self) -> Any:
        """The input as SymPy builds it."""
        return self.parse(self.input)

    @cached_property
    def known(self) -> tuple[Any, ...]:
        """The facts, as relations, together with the ranges of the tables of integers in the expression."""
        relations = [self.parse(fact) for fact in self.facts]
        occurring = {str(base.label) for base in self.expr.atoms(sympy.IndexedBase)}
        for d in self.declared.values():
            if d.low and d.name in occurring:
                entry = self.names[d.name][sympy.Symbol("entry", integer=True)]
                relations += [sympy.Le(self.parse(d.low), entry), sympy.Le(entry, self.parse(d.high))]
        return tuple(relations)


def load() -> list[Case]:
    """Return every case, ordered by file and place."""
    cases = []
    for file in sorted(DIRECTORY.glob("*.json")):
        for data in json.loads(file.read_text(encoding="utf-8")):
            lists = {key: tuple(data[key]) for key in ("facts", "tags") if key in data}
            cases.append(Case(**(data | lists)))
    repeated = {name for name, times in Counter(c.id for c in cases).items() if times > 1}
    if repeated:
        raise ValueError(f"two cases of one name: {', '.join(sorted(repeated))}")
    return cases
