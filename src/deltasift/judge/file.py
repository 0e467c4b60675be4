"""A page as a file that can be judged again: JSON, its terms in a table in which each stands once.

The file says what the page gives, its lines, the uses of rules that lead from line to line, and a certificate of each
statement that they need. A rule of the project is named alone: the judge knows what it states.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.domain as domains
import deltasift.judge.certificate as certificates
from deltasift.domain import Domain, Size
from deltasift.errors import DeltasiftError
from deltasift.inert import Relation
from deltasift.judge.certificate import Certificate
from deltasift.judge.context import World
from deltasift.judge.record import Chain, Claim
from deltasift.judge.term import Term, leaves, make, write
from deltasift.rule import Bound, End, Fn, Int, Method, Real, Rule, Statement, Table, Theorem, Under
from deltasift.rules import RULES

FORMAT, VERSION = "deltasift certificate", 2
KINDS = {kind.__name__: kind for kind in (Bound, End, Fn, Int, Real, Table)}
CALLED: Mapping[type, str] = {
    domains.Reals: "Real"
}  # what a class is called in a file, which stays when the class is called otherwise
DATA: dict[str, type] = {
    CALLED.get(kind, name): kind
    for module in (domains, certificates)
    for name, kind in inspect.getmembers(module, inspect.isclass)
    if (kind.__module__ == module.__name__ or issubclass(kind, Domain)) and is_dataclass(kind)
}


class FormatError(DeltasiftError):
    """A file is no certificate."""


@dataclass(frozen=True)
class Move:
    """A line, how it follows from the one before, and a certificate of each statement that this needs, in order.

    What a line needs to have a value is among these statements.
    """

    after: Term
    relation: str
    varying: Term | None
    assumptions: tuple[Basic, ...]
    chains: tuple[Chain, ...]
    proofs: tuple[Certificate | None, ...]


@dataclass(frozen=True)
class Proof:
    """A line, and those that follow from it, one after the other; certificates of what it needs to have a value."""

    start: Term
    moves: tuple[Move, ...]
    values: tuple[Certificate | None, ...] = ()


@dataclass(frozen=True)
class Case:
    """A page: what it gives, claims and proves.

    Attributes
    ----------
    name : str
    world : World
    claims : tuple of Term
        One for each proof.
    proofs : tuple of Proof
    totals : tuple of certificates
        That the families which are used as a pmf are one, in order.
    partial : bool
        Whether the lines need be equal only where the first has a value.
    """

    name: str
    world: World
    claims: tuple[Term, ...]
    proofs: tuple[Proof, ...]
    totals: tuple[Certificate | None, ...] = ()
    partial: bool = False


def from_data(data: Any) -> Case:
    """Return the page that plain data say.

    Raises
    ------
    FormatError
        If they are not such data.
    """
    if not isinstance(data, dict) or (data.get("format"), data.get("version")) != (FORMAT, VERSION):
        raise FormatError(f"this is no {FORMAT} of version {VERSION}")
    try:
        case = _Reader(data["terms"]).case(data)
        _ = [d.facts() for d in case.world.domains.values()]  # which may be made of something else
        _ = case.world.given
        _ = [d.says(str, str) for d in case.world.domains.values() if not isinstance(d, Size)]
        return case
    except (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError, DeltasiftError) as why:
        raise FormatError(f"this is no {FORMAT}: {type(why).__name__}: {why}") from None


class _Reader:
    def __init__(self, table: Sequence[Any]) -> None:
        self.terms: list[Term] = []
        for head, args, value in table:
            known = [self.term(i) for i in args]
            self.terms.append(make(head, known, _value(head, value)))

    def term(self, number: Any) -> Term:
        if type(number) is not int or not 0 <= number < len(self.terms):
            raise FormatError(f"there is no term {number}")
        return self.terms[number]

    def expression(self, number: Any) -> Basic:
        return write(self.term(number))

    def symbols(self, numbers: Any) -> frozenset[Basic]:
        return frozenset(self.expression(i) for i in numbers)

    def value(self, x: Any) -> Any:
        if isinstance(x, list):
            return tuple(map(self.value, x))
        if not isinstance(x, dict):
            return x
        if "is" in x:
            return DATA[x["is"]](**{name: self.value(v) for name, v in x.items() if name != "is"})
        if "term" in x:
            return self.term(x["term"])
        return self.expression(x["expression"]) if "expression" in x else _fraction(x["fraction"])

    def case(self, data: Mapping[str, Any]) -> Case:
        given = data["world"]
        known = [self.value(d) for d in given["domains"]]
        if not all(isinstance(d, Domain) for d in known) or len({d.name for d in known}) < len(known):
            raise FormatError("what the page gives is no list of domains of different names")
        world = World(
            {d.symbol: d for d in known},
            tuple(map(self.expression, given["assumptions"])),
            *(self.symbols(given[name]) for name in ("integers", "distributions", "names")),
        )
        claims, proofs = tuple(map(self.term, data["claims"])), tuple(map(self._proof, data["proofs"]))
        totals = tuple(map(self.value, data["totals"]))
        in_lines = _names([t for p in proofs for t in (p.start, *(m.after for m in p.moves))])
        if not world.names <= in_lines:
            raise FormatError("a name that is said to be in the lines is in none")
        names = {*in_lines, *_names(claims), *world.domains}
        if len({n.name for n in names}) < len(names):
            raise FormatError("two names that are written alike")
        return Case(str(data["page"]), world, claims, proofs, totals, data["partial"] is True)

    def _proof(self, p: Mapping[str, Any]) -> Proof:
        return Proof(self.term(p["start"]), tuple(map(self.move, p["lines"])), tuple(map(self.value, p["values"])))

    def move(self, m: Mapping[str, Any]) -> Move:
        return Move(
            self.term(m["after"]),
            str(m["relation"]),
            None if m["varying"] is None else self.term(m["varying"]),
            tuple(map(self.expression, m["assumptions"])),
            tuple(map(self._chain, m["runs"])),
            tuple(map(self.value, m["proofs"])),
        )

    def _chain(self, c: Mapping[str, Any]) -> Chain:
        return Chain(
            self.term(c["start"]), self.term(c["end"]), bool(c["backward"]), tuple(map(self._claim, c["uses"]))
        )

    def _claim(self, c: Mapping[str, Any]) -> Claim:
        return Claim(
            self._rule(c["rule"]),
            None if c["statement"] is None else _whole(c["statement"]),
            tuple(map(_whole, c["path"])),
            self.term(c["after"]),
            {name: (_whole(count), self.term(body)) for name, (count, body) in c["binding"].items()},
            bool(c["added"]),
            None if c["witness"] is None else self.term(c["witness"]),
        )

    def _rule(self, said: Mapping[str, Any]) -> Any:
        name, is_reversed = str(said["name"]), bool(said["reversed"])
        rule: Any
        if "theorem" in said:
            relation, known, *others = said["theorem"]
            assumed, more = (tuple(map(self.expression, x)) for x in others)
            known = tuple(map(self.value, known))
            rule = Theorem(name, self._relation(relation), known, assumed, "", is_reversed, more)
        elif "own" in said:
            variables, stated = said["own"]
            statements = tuple(
                Statement(self._relation(s), tuple((self.expression(c), {}) for c in conditions))
                for s, *conditions in stated
            )
            kinds = {n: KINDS[kind] for n, kind in variables.items()}
            rule = Rule(name, "", "", kinds, statements, is_reversed)
        elif name in RULES:
            rule = RULES[name].reversed if is_reversed else RULES[name]
        else:
            rule = Method(name, "", "", is_reversed)
        return Under(rule) if said.get("under") else rule

    def _relation(self, number: Any) -> Relation:
        relation = self.expression(number)
        if not isinstance(relation, Relation):
            raise FormatError(f"{relation} is no relation")
        return relation


def _names(terms: Iterable[Term]) -> frozenset[Symbol]:
    """Return the names that are free in terms."""
    return frozenset(leaf.value for t in terms for leaf, _ in leaves(t) if leaf.head == "free")


def _fraction(value: Any) -> Fraction:
    if not isinstance(value, str) or re.fullmatch(r"-?[0-9]+(/[1-9][0-9]*)?", value) is None:
        raise FormatError(f"{value!r} is no number")
    return Fraction(value)


def _whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise FormatError(f"{value!r} is no number of something")
    return value


def _value(head: str, value: Any) -> Any:
    if head == "number":
        return _fraction(value)
    if head == "free":
        name, assumed = value
        return Symbol(str(name), **{str(k): bool(v) for k, v in assumed.items()})
    return value
