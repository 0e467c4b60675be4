"""What accepts a line: small, without search, and sharing nothing with what found it.

A line follows from the one before if the uses of rules that lead there are what they say they are, and if what each
of them needs is true where it stands. The judge is given the uses, makes what they need itself, and asks for a proof of
it; it looks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from deltasift.judge.context import Context, World
from deltasift.judge.order import DIRECTION
from deltasift.judge.place import Place
from deltasift.judge.record import Chain, Claim, DeclineError, RejectError
from deltasift.judge.replay import replayed
from deltasift.judge.term import Term, UnreadableError, same
from deltasift.judge.verify import Goal as StatementGoal

__all__ = ["ACCEPT", "DECLINE", "REJECT", "Goal", "Judgement", "judge"]

ACCEPT, REJECT, DECLINE = "accept", "reject", "decline"
ILL_FORMED = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True)
class Goal:
    """A statement that has to be true at a place, for a use by its number among all of the step."""

    context: Context
    goal: StatementGoal
    use: int

    @property
    def statement(self) -> Term:
        return self.goal.statement

    @property
    def place(self) -> Context:
        """Where it has to be true: inside of binders of its own, and where that is true from which it is to follow."""
        place = self.context
        for binder in self.goal.binders:
            place = place.enter(binder)
        return place.assuming(*self.goal.given)


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
    """Two lines and what is said of them: that they are equal, or that they order the values of a name alike."""

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
    line, count = step.before, 0
    for chain in chains:
        if not same(line, chain.start):
            yield Judgement(REJECT, "", "it does not start where the one before ends")
            return
        for judgement in _chain(chain, world, holds, count):
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
    if step.relation == "=":
        return not any(claim.rule.name in DIRECTION for claim in claims)
    if len(claims) != 1 or DIRECTION.get(claims[0].rule.name) != step.relation or chains[0].backward:
        return False
    return not claims[0].path and claims[0].binding.get("q") == (0, step.varying)


def _chain(chain: Chain, world: World, holds: Decide, count: int) -> Iterator[Judgement]:
    first, last = (chain.end, chain.start) if chain.backward else (chain.start, chain.end)
    place = Place(first, Context(world))
    for number, claim in enumerate(chain.claims, count):
        judgement = _judged(claim, place, number, holds)
        yield judgement
        if judgement.status == REJECT:
            return
        place.put(claim.after)
    if not same(place.line(), last):
        yield Judgement(REJECT, "", "it does not end in this line")


def _judged(claim: Claim, place: Place, number: int, holds: Decide) -> Judgement:
    name = claim.rule.name
    try:
        place.go(claim.path)
        _require_open(claim, place.context.depth)
        for goal in replayed(claim, place.here, place.context):
            if not holds(Goal(place.context, goal, number)):
                return Judgement(REJECT, name, f"there is no proof of {goal.statement}")
    except RejectError as why:
        return Judgement(REJECT, name, str(why))
    except (DeclineError, UnreadableError) as why:
        return Judgement(DECLINE, name, str(why))
    except ILL_FORMED as why:
        return Judgement(REJECT, name, f"it cannot be followed: {type(why).__name__}")
    return Judgement(ACCEPT, name)


def _require_open(claim: Claim, depth: int) -> None:
    """Refuse what speaks of binders that are not open at the place."""
    terms = [claim.after.loose, *(body.loose - count for count, body in claim.binding.values())]
    terms += [claim.witness.loose] if claim.witness is not None else []
    if max(terms) > depth:
        raise RejectError("it speaks of a binder that is not open there")
