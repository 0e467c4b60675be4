"""A whole page judged from its file: every line, every statement that is needed, and what is claimed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import Family, Size
from deltasift.inert import Entry, Equality, ForAll, LessEqual, Sum
from deltasift.judge import ACCEPT, DECLINE, REJECT, Goal, Judgement, Step, judge, judge_first
from deltasift.judge.certificate import Certificate, by_solver
from deltasift.judge.claimed import reduced
from deltasift.judge.context import Context, Need, World
from deltasift.judge.file import Case, Move, Proof
from deltasift.judge.meaning import may_be_complex, names_in
from deltasift.judge.monotone import BOUNDS
from deltasift.judge.proof import Checker
from deltasift.judge.record import RejectedError, is_ours
from deltasift.judge.term import Term, make, parts, read, same, write
from deltasift.judge.tree import CLAIMED
from deltasift.rule import Rule, Theorem

MEANT = {"Named": 1, "Expectation": 2}  # which argument says what it is


@dataclass(frozen=True)
class Found:
    """What the judge says of one use, or of a page, and which line it belongs to; line 0 is the page."""

    line: int
    judgement: Judgement


def judged_page(case: Case) -> Iterator[Found]:
    """Say of each use of a page, and of the page, whether it is right."""
    for name in case.world.domains:
        if is_circular(name, case.world):
            yield Found(0, Judgement(REJECT, "definition", f"{name} is defined by itself"))
            return
    yield from (Found(0, j) for j in _of_page(case))
    if len(case.claims) != len(case.proofs):
        yield Found(0, Judgement(REJECT, "", f"{len(case.claims)} claims, but {len(case.proofs)} proofs"))
        return
    number = 0
    world = assuming_all(case)
    for claim, proof in zip(case.claims, case.proofs, strict=True):
        number += 1
        if not case.partial:
            yield from (Found(number, j) for j in judged_value(proof, world))
        before = proof.start
        for move in proof.moves:
            number += 1
            yield from (Found(number, j) for j in judged_move(before, move, world))
            before = move.after
        if not proves(proof, _stated(claim, world), world):
            yield Found(number, Judgement(REJECT, "", "the proof does not end in the claim"))


def assuming_all(case: Case) -> World:
    """Return what a page gives with what is assumed for its lines: it rests on all of that."""
    more = tuple(a for p in case.proofs for m in p.moves for a in m.assumptions)
    return replace(case.world, assumptions=(*case.world.assumptions, *dict.fromkeys(more))) if more else case.world


def judged_value(proof: Proof, world: World) -> Iterator[Judgement]:
    """Say whether it is shown that the first line has a value."""
    proofs = _Proofs(proof.values)
    return proofs.judged(iter((judge_first(proof.start, world, proofs.holds),)))


def judged_move(before: Term, move: Move, world: World) -> Iterator[Judgement]:
    """Say of each use by which a line follows whether it is right."""
    proofs = _Proofs(move.proofs)
    step = Step(before, move.after, move.relation, move.varying)
    return proofs.judged(judge(step, move.chains, world, proofs.holds))


class _Proofs:
    """The certificates of a line, used one after the other."""

    def __init__(self, proofs: tuple[Certificate | None, ...]) -> None:
        self._left = list(reversed(proofs))
        self._checker = Checker()
        self._missing: Term | None = None

    def judged(self, judgements: Iterator[Judgement]) -> Iterator[Judgement]:
        """Yield judgements, those declined for which there is no certificate, and whether there are too many."""
        for j in judgements:
            if self._missing is not None and j.status == ACCEPT:
                j = replace(j, status=DECLINE, why=f"there is no certificate of {self._missing}")
            self._missing = None
            yield j
        if self._left:
            yield Judgement(REJECT, "", "there are more certificates than are needed")

    def holds(self, goal: Goal) -> bool:
        """Tell whether the next certificate shows a goal; where there is none but a solver's word, keep it in mind."""
        certificate = self._left.pop() if self._left else None
        if certificate is None or by_solver(certificate):
            self._missing = goal.statement
            return True
        return self._checker.accepts(goal.statement, certificate, goal.place)


def rests_on(case: Case) -> list[str]:
    """Return what is taken as true: what is assumed, theorems of other pages, and rules of the page's own."""
    moves = [m for p in case.proofs for m in p.moves]
    assumed = assuming_all(case).assumptions
    rules = [c.own_rule for m in moves for r in m.chains for c in r.claims]
    theorems = (f"the theorem {r.name}: {r.relation}" for r in rules if isinstance(r, Theorem))
    own = (
        f"the rule {r.name} of its own: {s.relation}" + "".join(f", if {c}" for c, _ in s.conditions)
        for r in rules
        if isinstance(r, Rule) and not is_ours(r)
        for s in r.statements
    )
    integers = (f"{name} being an integer" for name in sorted(case.world.integers, key=str))
    partly = ["the first line's having a value"] if case.partial else []
    return list(dict.fromkeys((*(f"assumed: {a}" for a in assumed), *integers, *theorems, *own, *partly)))


def stands_for(case: Case) -> list[str]:
    """Return what is claimed and what is given, as a reader of the file has to take it: names with what is behind them.

    A quantity is what the file says that it is, not what its name makes one think of, and what is given may be what
    nothing meets.
    """
    given = case.world.domains.values()
    behind = (found[1] for d in given if (found := case.world.definition(d.symbol)) is not None)
    every = dict.fromkeys(t for whole in (*case.claims, *behind) for t in parts(whole) if t.head in MEANT)
    return [
        *(f"claims {write(claim)}" for claim in case.claims),
        *(f"given: {d.name} is a size" if isinstance(d, Size) else f"given: {d.says(str, str)}" for d in given),
        *(f"reads {write(t, _open(t))} as {write(t.args[MEANT[t.head]], _open(t))}" for t in every),
    ]


def _open(t: Term) -> list[Symbol]:
    """Return names for the binders that a term sees around itself."""
    return [Symbol(f"_{level + 1}") for level in range(t.loose)]


def proves(proof: Proof, claim: Term, world: World) -> bool:
    """Tell whether the first and the last line of a proof are those of the claim, in its relation."""
    if claim.head in ("LessEqual", "Less") and any(may_be_complex(t, world) for t in claim.args):
        return False
    last = proof.moves[-1].after if proof.moves else proof.start
    orders = [m for m in proof.moves if m.relation != "="]
    if all(m.relation in BOUNDS for m in orders):
        return _bounds(claim, proof.start, last, frozenset(m.relation for m in orders))
    if len({m.varying for m in orders}) > 1 or orders[0].varying is None:
        return False
    if any(m.relation not in ("same order", "opposite order") for m in orders):
        return False
    turned = sum(m.relation == "opposite order" for m in orders) % 2
    head = "OppositeOrder" if turned else "SameOrder"
    return same(make(head, (proof.start, last, orders[0].varying)), claim)


def _bounds(claim: Term, first: Term, last: Term, relations: frozenset[str]) -> bool:
    """Tell whether a claim follows for two lines between which there are these relations, and equalities."""
    if len({r[0] for r in relations}) > 1 or claim.head not in ("Equality", "LessEqual", "Less"):
        return False
    sides = [(first, last), (last, first)]
    if relations:
        sides = sides[:1] if next(iter(relations))[0] == "<" else sides[1:]
    is_strict = any(r[-1] != "=" for r in relations)
    enough = {"Equality": not relations, "LessEqual": True, "Less": is_strict}[claim.head]
    return enough and any(all(map(same, claim.args, pair)) for pair in sides)


def is_circular(name: Symbol, world: World) -> bool:
    """Tell whether a name stands behind its own definition."""
    defined = world.definition(name)
    return defined is not None and name in names_in(defined[1], world)


def distribution_goals(name: Basic, world: World) -> tuple[Term, ...]:
    """Return what makes a defined family a pmf: its entries are not negative, and their sum is 1."""
    family = world.domains.get(name) if isinstance(name, Symbol) else None
    if not isinstance(family, Family) or not family.over:
        return ()
    entry = Entry(family, *(i.symbol for i in family.over))
    own: Basic = LessEqual(0, entry)
    total = entry
    for k in reversed(family.outcomes):
        own, total = ForAll(own, k.limit), Sum(total, k.limit)
    goals: list[Basic] = [own, Equality(total, 1)]
    for i in reversed(family.over[: -len(family.outcomes)]):
        goals = [ForAll(g, i.limit) for g in goals]
    return tuple(map(read, goals))


def page_goals(case: Case) -> Iterator[tuple[str, Need]]:
    """Yield what a page needs beside its lines: that its families are pmfs, and its optima among what is compared.

    Raises
    ------
    RejectedError
        If there is no such thing.
    """
    world = replace(case.world, distributions=frozenset())
    for name in sorted(case.world.distributions, key=str):
        goals = distribution_goals(name, world)
        if not goals:
            raise RejectedError(f"{name} is no defined table")
        yield from (("distribution", Need(Context(world), goal)) for goal in goals)
    for claim in case.claims:
        if claim.head in CLAIMED:
            yield from (("optimum", goal) for goal in reduced(write(claim), assuming_all(case)).goals)


def _stated(claim: Term, world: World) -> Term:
    """Return the relation between two values that a claim comes to; what comes to none stays."""
    try:
        return read(reduced(write(claim), world).relation) if claim.head in CLAIMED else claim
    except RejectedError:
        return claim


def _of_page(case: Case) -> Iterator[Judgement]:
    left = list(reversed(case.totals))
    try:
        for what, goal in page_goals(case):
            certificate = left.pop() if left else None
            if certificate is None or by_solver(certificate):
                yield Judgement(DECLINE, what, f"there is no certificate of {goal.statement}")
            elif not Checker().accepts(goal.statement, certificate, goal.context):
                yield Judgement(REJECT, what, f"the certificate does not show {goal.statement}")
            else:
                yield Judgement(ACCEPT, what)
    except RejectedError as why:
        yield Judgement(REJECT, "", str(why))
