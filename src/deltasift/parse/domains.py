"""Domains that are declared as text: `n: 1..N`, `z: real[n, k]`, `q: positive pmf[n, k]`, `y: labels[n] of k`.

A name in an end of a range that is not declared is a size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import Domain, Index, Labels, Pmf, Reals, Size, counts, index
from deltasift.errors import ParseError
from deltasift.inert import free
from deltasift.parse import parse

KINDS = "size; LO..HI; real, positive or unit (between 0 and 1), each with [indices]; pmf[k] and positive pmf[n, k]; "
KINDS += "labels[n] of k, labels[n] LO..HI, counts[n] LO..HI"
RANGE = re.compile(r"(.+)\.\.(.+)")
TABLE = re.compile(r"(positive\s+pmf|pmf|real|positive|unit|labels|counts)\s*(?:\[([^\]]*)\])?\s*(.*)")


def domains(declarations: Iterable[str]) -> dict[str, Domain]:
    """Return declared domains by their names.

    Raises
    ------
    ParseError
    """
    kinds: dict[str, str] = {}
    for text in declarations:
        name, colon, kind = text.partition(":")
        if not colon or not name.strip() or not kind.strip():
            raise ParseError(f"{text!r} is no declaration: write 'NAME: KIND', KIND being one of {KINDS}")
        if name.strip() in kinds:
            raise ParseError(f"{name.strip()} is declared twice")
        kinds[name.strip()] = kind.strip()
    found = _Declared(kinds)
    return {name: found.domain(name) for name in kinds}


class _Declared:
    def __init__(self, kinds: dict[str, str]) -> None:
        self.kinds = kinds
        self.found: dict[str, Domain] = {}
        self.open: list[str] = []

    def domain(self, name: str) -> Domain:
        """Return what a name is declared as."""
        if name in self.open:
            raise ParseError(f"{name} is declared by itself")
        if name not in self.found:
            self.open.append(name)
            self.found[name] = self._made(name, self.kinds[name])
            self.open.pop()
        return self.found[name]

    def _made(self, name: str, kind: str) -> Domain:
        if kind == "size":
            return Size(name)
        table = TABLE.fullmatch(kind)
        if table is None:
            if RANGE.fullmatch(kind) is None:
                raise ParseError(f"{name} is declared as {kind!r}, which is none of {KINDS}")
            return index(name, *self._ends(kind))
        word, indices, rest = table[1].split(), table[2], table[3].strip()
        over = tuple(self._index(name, i.strip()) for i in (indices or "").split(",") if i.strip())
        if word[-1] == "labels":
            return self._labels(name, over, rest)
        if word[-1] == "counts":
            return self._counts(name, over, rest)
        if rest:
            raise ParseError(f"{name} is declared with {rest!r} behind its kind, which is not read")
        if word[-1] == "pmf":
            if not over:
                raise ParseError(f"the pmf {name} needs the index of its classes: pmf[k]")
            return Pmf(name, over, word[0] == "positive")
        above = None if word[-1] == "real" else parse("0").expr
        return Reals(name, over, above, parse("1").expr if word[-1] == "unit" else None)

    def _labels(self, name: str, over: tuple[Index, ...], rest: str) -> Labels:
        if not over:
            raise ParseError(f"the labels {name} need the index of their examples: labels[n]")
        if rest.startswith("of "):
            classes = self._index(name, rest.removeprefix("of ").strip())
            return Labels(name, over, classes.lo, classes.hi, classes)
        if RANGE.fullmatch(rest) is None:
            raise ParseError(f"{name} is declared as labels of {rest!r}: write 'labels[n] of k' or 'labels[n] 0..1'")
        return Labels(name, over, *self._ends(rest))

    def _counts(self, name: str, over: tuple[Index, ...], rest: str) -> Labels:
        if RANGE.fullmatch(rest) is None:
            raise ParseError(f"{name} is declared as counts of {rest!r}: write 'counts[n] 0..T'")
        return counts(name, over, *self._ends(rest))

    def _index(self, name: str, index: str) -> Index:
        if index not in self.kinds:
            raise ParseError(f"{name} has the index {index}, whose range is not declared: add '{index}: 1..N'")
        found = self.domain(index)
        if not isinstance(found, Index):
            raise ParseError(f"{name} has the index {index}, which is declared as no range")
        return found

    def _ends(self, text: str) -> tuple[object, object]:
        whole = RANGE.fullmatch(text)
        assert whole is not None
        ends = [parse(part.strip()).expr for part in whole.groups()]
        return self._with_sizes(ends[0]), self._with_sizes(ends[1])

    def _with_sizes(self, end: Basic) -> object:
        """Return an end that brings the domains of its names along."""
        from deltasift.inert import substitute

        names = {s: self._size(s) for s in free(end) if isinstance(s, Symbol)}
        if isinstance(end, Symbol):
            return names[end]
        if not names:
            return end
        plain = substitute(end, {s: d.symbol for s, d in names.items()})
        return type(plain).make(plain.args, frozenset(names.values()))

    def _size(self, s: Symbol) -> Domain:
        return self.domain(s.name) if s.name in self.kinds else self.found.setdefault(s.name, Size(s.name))
