"""What accepts a line: small, without search, and sharing nothing with what found it.

A line follows from the one before if the uses of rules that lead there are what they say they are, and if what each
of them needs is true where it stands. The judge is given the uses, makes what they need itself, and asks for a proof of
it; it looks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from deltasift.judge.carry import asked, asked_of_integral, asked_of_line, without_masses_around
from deltasift.judge.context import Context, Had, Need, World
from deltasift.judge.meaning import may_be_complex, unfolded
from deltasift.judge.monotone import BOUNDS, stated, travelled
from deltasift.judge.need import needs
from deltasift.judge.order import DIRECTION
from deltasift.judge.place import Place
from deltasift.judge.products import factors
from deltasift.judge.record import Chain, Claim, DeclineError, RejectedError
from deltasift.judge.replay import beside, replayed
from deltasift.judge.term import TRUE, Term, UnreadableError, make, same
from deltasift.judge.theorem import tables_needed
from deltasift.judge.tree import has
from deltasift.judge.verify import CARRIED, CUT, EXCHANGED
from deltasift.judge.verify import Goal as StatementGoal
from deltasift.rule import Method, Rule, Theorem

__all__ = ["ACCEPT", "DECLINE", "REJECT", "Goal", "Judgement", "Step", "first_needs", "judge", "judge_first"]

ACCEPT, REJECT, DECLINE = "accept", "reject", "decline"
ILL_FORMED = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True)
class Goal:
    """A statement that has to be true at a place.

    Attributes
    ----------
    place : Context
        Where: inside of which binders, and where what is true.
    statement : Term
    use : int
        The number of the use that needs it, among all of the step.
    rule : str
        The rule that is used.
    of_rule : verifier's goal or None
        What the rule asks for at its place; None where a line needs it to have a value.
    of_way : bool
        Whether it is asked for by what stands around the place of an inequality.
    """

    place: Context
    statement: Term
    use: int = 0
    rule: str = ""
    of_rule: StatementGoal | None = None
    of_way: bool = False


Decide = Callable[[Goal], bool]


@dataclass(frozen=True)
class Judgement:
    """What the judge says of one use, or of how uses hang together.

    Attributes
    ----------
    status : str
        "accept", "reject" or "decline".
    rule : str
        The rule that was used.
    why : str
        Empty where it is accepted.
    """

    status: str
    rule: str = ""
    why: str = ""


@dataclass(frozen=True)
class Step:
    """Two lines and what is said of them: that they are equal or ordered, or order the values of a name alike."""

    before: Term
    after: Term
    relation: str = "="
    varying: Term | None = None


def judge(step: Step, chains: Sequence[Chain], world: World, holds: Decide) -> Iterator[Judgement]:
    """Say of each use whether it is right, and end where one is wrong.

    Parameters
    ----------
    step : Step
    chains : sequence of Chain
        The uses that are said to lead from the one to the other.
    world : World
        What the page gives.
    holds : callable
        Tells whether there is a proof of a goal.
    """
    if not _is_of_its_kind(step, chains):
        yield Judgement(REJECT, "", f"such uses do not give the relation {step.relation}")
        return
    if any(t.loose for t in (step.before, step.after, *(t for c in chains for t in (c.start, c.end)))):
        yield Judgement(REJECT, "", "a line speaks of a binder that it does not have")
        return
    if step.relation != "=" and any(may_be_complex(t, world) for t in (step.before, step.after)):
        yield Judgement(REJECT, "", "an order of what may be no real number")
        return
    if step.relation in ("<", ">") and not chains:
        yield Judgement(REJECT, "", "nothing in it is strict")
        return
    try:
        every = [Wanted.of(step, chain, chains) for chain in chains]
    except RejectedError as why:
        yield Judgement(REJECT, "", str(why))
        return
    line, count = step.before, 0
    supposed = Supposed(step.before, world)
    for chain, wanted in zip(chains, every, strict=True):
        if not same(line, chain.start):
            yield Judgement(REJECT, "", "it does not start where the one before ends")
            return
        for judgement in _chain(chain, supposed, holds, count, wanted):
            yield judgement
            if judgement.status == REJECT:
                return
        line = chain.end
        count += len(chain.claims)
    if not same(line, step.after):
        yield Judgement(REJECT, "", "it does not end in this line")


def _is_of_its_kind(step: Step, chains: Sequence[Chain]) -> bool:
    """Tell whether equal lines are led from one to the other by equalities, and others by one rule of order."""
    claims = [claim for chain in chains for claim in chain.claims]
    if step.relation == "=" or step.relation in BOUNDS:
        return step.varying is None and not any(_direction(claim) for claim in claims)
    if len(claims) != 1 or _direction(claims[0]) != step.relation or chains[0].backward:
        return False
    return not claims[0].path and claims[0].binding.get("q") == (0, step.varying)


def _direction(claim: Claim) -> str | None:
    """Return what a rule of order does to the order, under a binder or not; None of a rule that is none."""
    return DIRECTION.get(_verified(claim))


@dataclass(frozen=True)
class Wanted:
    """What the inequalities among the uses of a chain have to do to the line in which they are.

    Attributes
    ----------
    up : bool or None
        Whether it has to rise; None where the lines are to be equal.
    strict : Claim or None
        The one that has to do so strictly.
    """

    up: bool | None
    strict: Claim | None = None

    @staticmethod
    def of(step: Step, chain: Chain, chains: Sequence[Chain]) -> Wanted:
        if step.relation not in BOUNDS:
            return Wanted(None)
        up = (step.relation[0] == "<") != chain.backward
        if step.relation[-1] == "=":
            return Wanted(up)
        strict = next((c for each in chains for c in each.claims if stated(c) in ("<", ">")), None)
        if strict is None:
            raise RejectedError("nothing in it is strict")
        return Wanted(up, strict)


class Supposed:
    """What the line before needs, which is known of each line after it."""

    def __init__(self, line: Term, world: World) -> None:
        self.line, self.context = line, Context(world)
        self._needs: tuple[Need, ...] | None = None

    def needs(self) -> tuple[Need, ...]:
        if self._needs is None:
            self._needs = tuple(needs(self.line, self.context))
        return self._needs


def first_needs(line: Term, world: World) -> Iterator[Goal]:
    """Yield what the first line needs to have a value."""
    return (Goal(n.context, n.statement) for n in needs(line, Context(world)) if n.statement is not TRUE)


def _chain(chain: Chain, supposed: Supposed, holds: Decide, count: int, wanted: Wanted) -> Iterator[Judgement]:
    first, last = (chain.end, chain.start) if chain.backward else (chain.start, chain.end)
    place = Place(first, supposed.context)
    for number, claim in enumerate(chain.claims, count):
        goals = _goals(claim, place, number, supposed, wanted, backward=chain.backward)
        judgement = _answer(claim.rule.name, goals, holds)
        yield judgement
        if judgement.status == REJECT:
            return
        place.put(claim.after)
    if not same(place.line(), last):
        yield Judgement(REJECT, "", "it does not end in this line")


def judge_first(line: Term, world: World, holds: Decide) -> Judgement:
    """Say whether the first line is shown to have a value."""
    return _answer("", first_needs(line, world), holds)


def _answer(rule: str, goals: Iterator[Goal], holds: Decide) -> Judgement:
    """Return the judgement on what needs some goals."""
    try:
        for goal in goals:
            if not holds(goal):
                what = "" if goal.of_rule is not None else ", which the line needs to have a value"
                return Judgement(REJECT, rule, f"there is no proof of {goal.statement}{what}")
    except RejectedError as why:
        return Judgement(REJECT, rule, str(why))
    except (DeclineError, UnreadableError) as why:
        return Judgement(DECLINE, rule, str(why))
    except ILL_FORMED as why:
        return Judgement(REJECT, rule, f"it cannot be followed: {type(why).__name__}")
    return Judgement(ACCEPT, rule)


def _goals(
    claim: Claim, place: Place, number: int, supposed: Supposed, wanted: Wanted, *, backward: bool
) -> Iterator[Goal]:
    """Yield what has to be true for a use to be right, and for the later line to have a value."""
    place.go(claim.path)
    _require_open(claim, place.context.depth)
    shown = []
    for asks in replayed(claim, place.here, place.context):
        where = _in_integrals(_where(asks, place.context), asks, place)
        goal = Goal(where, asks.statement, number, claim.rule.name, asks)
        yield goal  # whoever asks for the next one has a proof of it
        if not asks.assumed:
            shown.append(Need(goal.place, goal.statement))
    if stated(claim) != "=":
        yield from _of_way(claim, place, number, wanted)
    yield from _needed(claim, place, number, supposed, shown, backward=backward)


def _of_way(claim: Claim, place: Place, number: int, wanted: Wanted) -> Iterator[Goal]:
    """Yield what has to be true for an inequality at a place to be one of the line."""
    if wanted.up is None:
        raise RejectedError("it is an inequality, and the lines are to be equal")
    rule = claim.own_rule
    alone = (1, ()) if not isinstance(rule, Rule) else beside(rule, claim.statement or 0, claim, place.here)
    way = place.way(place.here, claim.after)
    world = place.context.world
    if any(may_be_complex(t, world) for t in ((way[0][0], way[0][2]) if way else (place.here, claim.after))):
        raise RejectedError("an order of what may be no real number")
    found = travelled(stated(claim)[0] == "<", wanted.up, way, alone, world, strict=claim is wanted.strict)
    for statement in found.goals:
        yield Goal(place.context, statement, number, claim.rule.name, StatementGoal(statement), of_way=True)
    for level, statement in found.nonempty:
        yield Goal(place.opened(level), statement, number, claim.rule.name, of_way=True)


def _where(asks: StatementGoal, place: Context) -> Context:
    """Return where a goal has to be true: inside of binders of its own, and where is true from what it follows."""
    for binder in asks.binders:
        place = place.enter(binder)
    return place.assuming(*asks.given)


def _in_integrals(where: Context, asks: StatementGoal, place: Place) -> Context:
    """Return a place with what is known of the integrals around: whether a null set matters to what has to exist."""
    if asks.statement.head not in ("Continuous", "Integrable", "Summable"):
        return where
    almost = without_masses_around(place)
    return where if almost is None else replace(where, had=Had((), (), almost, place.context.depth))


def _verified(claim: Claim) -> str:
    """Return the name of a coded rule; a statement or a theorem may be called as it is."""
    return claim.own_rule.name if isinstance(claim.own_rule, Method) else ""


def _carried(claim: Claim, before: Term, after: Term, world: World) -> Term | None:
    """Return the integral that a use makes of another one, if it is of the same function over the same set.

    Of a point mass this says nothing where there are other ends: it may be on one of them.
    """
    if _verified(claim) in CUT and has(unfolded(after, world), "Dirac"):
        return None
    found = [[e for e, _ in factors(t) if e.head == "Integral"] for t in (before, after)]
    return found[1][0] if _verified(claim) in CARRIED and all(len(f) == 1 for f in found) else None


def _needed(
    claim: Claim, place: Place, number: int, supposed: Supposed, shown: Sequence[Need], *, backward: bool
) -> Iterator[Goal]:
    """Yield what the later line needs to have a value and the earlier one did not, and what a theorem's tables do.

    What was shown for the rule is known, too.
    """
    pair = (claim.after, place.here) if backward else (place.here, claim.after)
    is_equal = stated(claim) == "="
    new, known = (asked if is_equal else asked_of_line)(place, *pair)
    integral = _carried(claim, *pair, place.context.world)
    new = [n for n in new if integral is None or n.statement is not make("Integrable", (integral,))]
    new = [n for n in new if _verified(claim) not in EXCHANGED or n.statement.head != "Summable"]
    rule = claim.own_rule
    tables = tuple(tables_needed(rule, claim, place.context)) if isinstance(rule, Theorem) else ()
    of_masses, almost = asked_of_integral(place, *pair) if new and is_equal else (None, None)
    instead = _knowing(*of_masses, supposed) if of_masses is not None else ()
    for n in (*_knowing(new, (*known, *shown), supposed, instead, almost), *_knowing(tables, known, supposed)):
        if n.statement is not TRUE:
            yield Goal(n.context, n.statement, number, claim.rule.name)


def _knowing(
    new: Sequence[Need],
    known: Sequence[Need],
    supposed: Supposed,
    instead: tuple[Need, ...] = (),
    almost: int | None = None,
) -> tuple[Need, ...]:
    """Return needs at places where it is known what was needed before."""
    needed = (*known, *supposed.needs()) if new else ()
    had = {depth: Had(needed, instead, almost, depth) for depth in {n.context.depth for n in new}}
    return tuple(Need(replace(n.context, had=had[n.context.depth]), n.statement) for n in new)


def _require_open(claim: Claim, depth: int) -> None:
    """Refuse what speaks of binders that are not open at the place."""
    terms = [claim.after.loose, *(body.loose - count for count, body in claim.binding.values())]
    terms += [claim.witness.loose] if claim.witness is not None else []
    if max(terms) > depth:
        raise RejectedError("it speaks of a binder that is not open there")
