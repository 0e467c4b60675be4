"""A derivation as data: lines, the relation of each to the one before it, and the reason beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sympy.core.basic import Basic

from deltasift.domain import Domain
from deltasift.errors import ExpressionError
from deltasift.inert import (
    Equality,
    Infinite,
    Less,
    LessEqual,
    Node,
    OppositeOrder,
    Proposition,
    Relation,
    SameOrder,
    inert,
    postorder,
)
from deltasift.inert.node import NOTHING, Given, given_of, join
from deltasift.inert.plain import plain_names
from deltasift.rule import AnyRule, Method, Rule, Theorem, Under
from deltasift.shown import Shown

if TYPE_CHECKING:
    from deltasift.check.report import Report

Reason = AnyRule | Under | Theorem
BOUNDS = ("<=", "<", ">=", ">")  # the relations of lines whose values are ordered
TURNED = {"=": "=", "<=": ">=", "<": ">", ">=": "<=", ">": "<"}  # as they are read from right to left


# What `by=auto` says: it is known by itself, is in no table and carries nothing out.
auto = Method("auto", "Reasons are still to be written.", "", unverified="nothing was written")


class Written(NamedTuple):
    """Where something was written: a file, a line of it, from 1, and the byte of that line, -1 where nobody asked."""

    file: str
    line: int
    byte: int = -1


class Source(NamedTuple):
    """The Python of a page, and its file."""

    file: str
    text: str


@dataclass(frozen=True, repr=False)
class Assumptions(Shown):
    """Statements that are taken as true without proof, and printed."""

    statements: tuple[Node, ...]


def assuming(*statements: Any) -> Assumptions:
    """Assume statements: for a whole page, or among the reasons of one step."""
    nodes = tuple(plain_names(inert(s)) for s in statements)
    for node in nodes:
        if not isinstance(node, Proposition):
            raise ExpressionError(f"{node} is not a statement, so it cannot be assumed")
        if any(isinstance(e, Infinite) for e in postorder(node)):
            raise ExpressionError(f"{node} is a claim to be proved, and nothing follows from it: assume why it is so")
    return Assumptions(nodes)


@dataclass(frozen=True)
class Place:
    """Where a rule was used, by whoever found the step: the subexpression at a path, before and after."""

    rule: Reason
    path: tuple[int, ...]
    before: Basic
    after: Basic


@dataclass(frozen=True, repr=False)
class Step(Shown):
    """A line and how it follows from the one before.

    Attributes
    ----------
    expr : Basic
    by : tuple of rules
        In the order in which they are used, each at one or more places.
    relation : str
        "=", "<=", "<", ">=", ">", "same order" or "opposite order": the line before is in this relation to the line.
    varying : Basic or None
        The name that varies in an order.
    assumptions : tuple of Node
    inner : Derivation or None
        Substeps that the author wrote.
    places : tuple of Place
        Where the rules were used, one after the other, where that is known: the checker then looks only there.
    written : Written or None
        Where it was written, for those who show the page.
    """

    expr: Basic
    by: tuple[Reason, ...]
    relation: str = "="
    varying: Basic | None = None
    assumptions: tuple[Node, ...] = ()
    inner: Derivation | None = None
    given: Given = NOTHING
    places: tuple[Place, ...] = ()
    written: Written | None = field(default=None, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether its reasons, or those of a substep, are still to be written."""
        return auto in self.by or any(s.is_open for s in (self.inner.steps if self.inner is not None else ()))


@dataclass(frozen=True, repr=False)
class Derivation(Shown):
    """A chain of lines, the first being `start`.

    Attributes
    ----------
    start : Basic
    steps : sequence of Step
    given : frozenset of Domain
        The domains with whose handles it was written.
    facts : tuple of Basic
        Statements about the names that were given with it.
    partial : bool
        Whether the lines are equal only where the first has a value, as those that `collapse` finds.
    written : Written or None
        Where its `calc` was written.
    """

    start: Basic
    steps: Sequence[Step]
    given: Given = NOTHING
    facts: tuple[Basic, ...] = ()
    partial: bool = False
    written: Written | None = field(default=None, compare=False)

    @property
    def lines(self) -> tuple[Basic, ...]:
        """All lines, the start being the first."""
        return (self.start, *(s.expr for s in self.steps))

    @property
    def relation(self) -> Relation:
        """What the chain proves of its ends: an equality, an inequality or, where it keeps an order, an order."""
        last = self.steps[-1].expr if self.steps else self.start
        orders = [s for s in self.steps if s.relation != "="]
        if not orders:
            return Equality(self.start, last)
        if orders[0].relation in BOUNDS:
            first, second = (self.start, last) if orders[0].relation[0] == "<" else (last, self.start)
            return (LessEqual if all(s.relation[-1] == "=" for s in orders) else Less)(first, second)
        flips = sum(s.relation == "opposite order" for s in orders)
        head = OppositeOrder if flips % 2 else SameOrder
        return head(self.start, last, orders[0].varying)

    @property
    def is_open(self) -> bool:
        """Whether the reasons of a line are still to be written."""
        return any(s.is_open for s in self.steps)

    @cached_property
    def report(self) -> Report:
        """The checked report, made once: structure, conditions, finite models and random points.

        Raises
        ------
        DepthError
            If a line is nested more deeply than the checker follows.
        """
        from deltasift.check import check

        return check(self)

    def latex(self, **notation: Any) -> str:
        """Return the derivation as LaTeX, an `align` environment.

        It is checked first, once for `report` and this, since what is wrong and what is assumed is printed with it. Of
        long lines the check takes most of the time; an expression alone is printed by `deltasift.inert.printing.latex`.
        """
        from deltasift.render import latex

        return latex(self.report, **notation)

    def evaluate(self, *, labels_from: int = 0, lines: Any = None, memory: int | None = None, **arrays: Any) -> Any:
        """Return the value of every line, or of those with some numbers, on data; labels count from 0 there, or 1."""
        from deltasift.emit import evaluate

        return evaluate(self, arrays, labels_from=labels_from, lines=lines, memory=memory)


def step(expr: Any, *, by: Any, relation: str = "=") -> Step | Any:
    """Write a line that equals the one before, or is in another relation to it.

    Parameters
    ----------
    expr : expression, or `calc(...)`
        The line; a nested `calc` gives the line, its last, together with substeps.
    by : rule, or list of rules in the order of their use
        May contain `assuming(...)`. While a page is written, `auto` stands for all of them: the report names those that
        are found, and is not right before they are written.
    relation : {"=", "<=", "<", ">=", ">"}
        What stands between the line before and this line.

    Raises
    ------
    ExpressionError
        If there is no such relation, a reason is no rule, or `auto` stands beside others.
    """
    if relation not in ("=", *BOUNDS):
        raise ExpressionError(f"a line follows by one of = {' '.join(BOUNDS)}, and not by {relation!r}")
    return _step(expr, by, relation, None)


def same_order(expr: Any, q: Any, *, by: Any) -> Step:
    """Write a line that orders all q as the one before does, so that it has the same minimisers."""
    return _step(expr, by, "same order", inert(q))


def opposite_order(expr: Any, q: Any, *, by: Any) -> Step:
    """Write a line that orders all q the other way, so that its maximisers are the minimisers of the one before."""
    return _step(expr, by, "opposite order", inert(q))


def _step(expr: Any, by: Any, relation: str, varying: Basic | None) -> Step:
    reasons = tuple(by) if isinstance(by, Iterable) and not isinstance(by, (Rule, Method, Under)) else (by,)
    assumptions: list[Node] = []
    rules: list[Reason] = []
    for reason in reasons:
        if isinstance(reason, Assumptions):
            assumptions.extend(reason.statements)
        elif isinstance(reason, (Rule, Method, Under, Theorem)):
            rules.append(reason)
        else:
            raise ExpressionError(f"{reason!r} is not a rule")
    if not rules:
        raise ExpressionError("a step needs a rule: by=...")
    if auto in rules and len(rules) > 1:
        raise ExpressionError("auto stands for all reasons of a line, so that it stands beside no other")
    inner = expr if isinstance(expr, Derivation) else None
    line = inner.lines[-1] if inner is not None else plain_names(inert(expr))
    given = inner.given if inner is not None else given_of(expr)
    return Step(
        line,
        tuple(rules),
        relation,
        varying,
        tuple(assumptions),
        inner,
        given,
        written=_written(3, exactly=auto in rules),
    )


def _written(depth: int, *, exactly: bool = False) -> Written:
    """Return where the function so many calls above was called, to the byte if that is asked for."""
    frame = sys._getframe(depth)
    byte: int | None = None
    if exactly:
        [(_, _, byte, _)] = islice(frame.f_code.co_positions(), frame.f_lasti // 2, frame.f_lasti // 2 + 1)
    return Written(frame.f_code.co_filename, frame.f_lineno, -1 if byte is None else byte)


def calc(start: Any, *steps: Step) -> Derivation:
    """Write a derivation.

    Parameters
    ----------
    start : expression
        Line 1.
    *steps : Step
        Lines 2, 3, ...

    Raises
    ------
    ExpressionError
        If something is no step, or the relations of the lines say nothing of the first and the last.
    """
    given = given_of(start)
    for s in steps:
        if not isinstance(s, Step):
            raise ExpressionError(f"{s!r} is not a step: write step(expression, by=rule)")
        given = join(given, s.given)
        for statement in s.assumptions:
            given = join(given, statement.given)
    ways = {s.relation[0] if s.relation in BOUNDS else "an order": s.relation for s in steps if s.relation != "="}
    if len(ways) > 1:
        said = " and ".join(ways.values())
        raise ExpressionError(f"the lines of a chain go one way: {said} in one say nothing of its ends")
    return Derivation(plain_names(inert(start)), tuple(steps), given, written=_written(2))


@dataclass(frozen=True, repr=False)
class Page(Shown):
    """A page of the catalogue or of a user: what is given, claimed, proved and refused.

    Attributes
    ----------
    name : str
    title : str
        The first line of the docstring.
    text : str
        The rest of it.
    domains : tuple of Domain
    claims : tuple of Relation
    proofs : tuple of Derivation
    refused : tuple of (Basic, str)
        Expressions that have no value, each with the reason in words.
    assumptions : tuple of Node
    partial : bool
        Whether lines are equal only where the first of them has a value.
    references : tuple of str
        Where else the result is proved: each a key of `references.bib` with the place in it.
    example : tuple of (str, number or nested tuple of numbers)
        Numbers on which the lines can be seen, under the names of the page, labels counted from 1.
    source : Source or None
        Its Python, where it was read from a file.
    """

    name: str
    title: str
    text: str
    domains: tuple[Domain, ...]
    claims: tuple[Relation, ...]
    proofs: tuple[Derivation, ...]
    refused: tuple[tuple[Basic, str], ...] = ()
    assumptions: tuple[Node, ...] = ()
    partial: bool = False
    references: tuple[str, ...] = ()
    example: tuple[tuple[str, Any], ...] = ()
    source: Source | None = field(default=None, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether the reasons of a line are still to be written."""
        return any(proof.is_open for proof in self.proofs)

    @property
    def heading(self) -> str:
        """What stands above it: its title without a full stop, or its name in words."""
        words = self.name.replace("_", " ").strip()
        return self.title.removesuffix(".") or words[:1].upper() + words[1:]


def page_of(derivation: Derivation, domains: Sequence[Domain] = ()) -> Page:
    """Return the page that consists of one derivation."""
    given = tuple(domains) or tuple(sorted(derivation.given, key=lambda d: d.name))
    return Page(
        "derivation",
        "",
        "",
        given,
        (derivation.relation,) if derivation.steps else (),  # one line claims nothing
        (derivation,),
        assumptions=derivation.facts,
        partial=derivation.partial,
    )
