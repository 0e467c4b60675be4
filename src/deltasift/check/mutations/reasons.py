"""Mistakes with the reason of a step, with the order that it keeps, and with what the page claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import deltasift.rules as rules
from deltasift.calc import BOUNDS, Page, Reason
from deltasift.check.mutations.kind import CLAIM, ORDER, REASON, Spot, of_step
from deltasift.domain import Index, Size
from deltasift.inert import Equality, Less, LessEqual, Neg, OppositeOrder, Relation, SameOrder
from deltasift.rule import Rule, Theorem, Under

Slipped = Iterator[tuple[Page, str]]


def _by(spot: Spot, *reasons: Reason) -> Page:
    return spot.with_step(replace(spot.written, by=reasons))


def _names(reasons: Sequence[Reason]) -> str:
    return ", ".join(str(r) for r in reasons)


def _plain(reason: Reason) -> Reason:
    return reason.rule if isinstance(reason, Under) else reason


# --- reasons ---------------------------------------------------------------------------------------------------------


@of_step(REASON)
def reason_of_another_line(spot: Spot) -> Slipped:
    """A step has the reason of another line of the page."""
    others = {s.by: None for proof in spot.page.proofs for s in proof.steps if s.relation == spot.written.relation}
    for by in others:
        if by != spot.written.by:
            yield _by(spot, *by), f"the reason {_names(by)} stands for {_names(spot.written.by)}"


@of_step(REASON)
def rule_of_the_same_subject(spot: Spot) -> Slipped:
    """A rule is taken for another one of its subject."""
    for i, mine in enumerate(spot.written.by):
        subject = next((s for s in rules.SUBJECTS if _plain(mine) in vars(s).values()), None)
        for other in vars(subject).values() if subject is not None else ():
            if isinstance(other, Rule) and other != _plain(mine):
                by = (*spot.written.by[:i], other, *spot.written.by[i + 1 :])
                yield _by(spot, *by), f"the reason {other} stands for {mine}"


@of_step(REASON)
def rule_of_another_subject(spot: Spot) -> Slipped:
    """A rule is taken for any other one."""
    mine = [_plain(r) for r in spot.written.by]
    subjects = [s for s in rules.SUBJECTS if any(r in vars(s).values() for r in mine)]
    for subject in rules.SUBJECTS:
        for other in vars(subject).values() if subject not in subjects else ():
            if isinstance(other, Rule):
                yield _by(spot, other), f"the reason {other} stands for {_names(spot.written.by)}"


@of_step(REASON)
def arithmetic_for_a_rule(spot: Spot) -> Slipped:
    """Arithmetic is given as the reason of a step that needs a rule."""
    if rules.arithmetic not in spot.written.by and spot.written.relation == "=":
        yield _by(spot, rules.arithmetic), f"the reason arithmetic stands for {_names(spot.written.by)}"


@of_step(REASON)
def definition_for_a_rule(spot: Spot) -> Slipped:
    """A definition is given as the reason of a step that needs a rule."""
    if rules.definition not in spot.written.by and spot.written.relation == "=":
        yield _by(spot, rules.definition), f"the reason definition stands for {_names(spot.written.by)}"


@of_step(REASON)
def theorem_for_a_rule(spot: Spot) -> Slipped:
    """A result that the page knows is given as the reason of another step."""
    known = {r: None for proof in spot.page.proofs for s in proof.steps for r in s.by if isinstance(r, Theorem)}
    for theorem in known:
        if theorem not in spot.written.by and spot.written.relation == "=":
            yield _by(spot, theorem), f"the reason {theorem} stands for {_names(spot.written.by)}"


@of_step(REASON)
def rule_dropped(spot: Spot) -> Slipped:
    """Of several rules one is left out."""
    by = spot.written.by
    for i in range(len(by)) if len(by) > 1 else ():
        yield _by(spot, *by[:i], *by[i + 1 :]), f"the reason {by[i]} is left out"


@of_step(REASON)
def rule_added(spot: Spot) -> Slipped:
    """A rule is given that the step does not use."""
    if spot.written.relation == "=":
        for other in (rules.sum_comm, rules.log_mul, rules.exp_add, rules.sum_delta):
            if other not in spot.written.by:
                yield _by(spot, *spot.written.by, other), f"the reason {other} is added"


@of_step(REASON)
def line_skipped(spot: Spot) -> Slipped:
    """The line after is written, with the reason of this one."""
    steps = spot.derivation.steps
    after = steps[spot.step + 1] if spot.step + 1 < len(steps) else None
    if after is not None and spot.written.relation == after.relation == "=" and after.by != spot.written.by:
        yield spot.with_line(after.expr), "the next line is written with the reason of this one"


@of_step(REASON)
def line_repeated(spot: Spot) -> Slipped:
    """The line before is written once more."""
    if spot.written.relation == "=":
        yield spot.with_line(spot.before), "the line before is written once more"


# --- orders ----------------------------------------------------------------------------------------------------------

OTHER_ORDER = {"same order": "opposite order", "<=": ">=", "<": ">"}
OTHER_ORDER |= {other: order for order, other in OTHER_ORDER.items()}


@of_step(ORDER)
def order_turned(spot: Spot) -> Slipped:
    """An order is claimed to be kept where it is turned, or the other way about."""
    other = OTHER_ORDER.get(spot.written.relation)
    if other is not None:
        said = other if other in BOUNDS else f"the {other}"
        yield spot.with_step(replace(spot.written, relation=other)), f"{said} is claimed"


@of_step(ORDER)
def strictness_claimed(spot: Spot) -> Slipped:
    """A line that is at most the line before, or at least, is claimed to be less or greater."""
    if spot.written.relation in ("<=", ">="):
        strict = spot.written.relation[0]
        yield spot.with_step(replace(spot.written, relation=strict)), f"{strict} is claimed"


@of_step(ORDER)
def equality_for_order(spot: Spot) -> Slipped:
    """A line that only keeps the order is claimed to be equal."""
    if spot.written.relation != "=":
        yield spot.with_step(replace(spot.written, relation="=", varying=None)), "an equality is claimed"


@of_step(ORDER)
def opposite_order_for_equality(spot: Spot) -> Slipped:
    """A line that is equal is claimed to turn the order."""
    orders = [s for proof in spot.page.proofs for s in proof.steps if s.varying is not None]
    if spot.written.relation == "=" and orders:
        by, q = (rules.argmax_eq_argmin_neg,), orders[0].varying
        new = replace(spot.written, relation="opposite order", varying=q, by=by)
        yield spot.with_step(new), "the opposite order is claimed"


@of_step(ORDER)
def order_in_another_name(spot: Spot) -> Slipped:
    """An order is claimed when something else varies."""
    if spot.written.relation != "=":
        for symbol, domain in sorted(spot.scope.domains.items(), key=lambda item: str(item[0])):
            if symbol != spot.written.varying and not isinstance(domain, (Index, Size)):
                yield spot.with_step(replace(spot.written, varying=symbol)), f"the order is claimed in {symbol}"


@of_step(REASON)
def rule_of_order_exchanged(spot: Spot) -> Slipped:
    """A rule of order is taken for another one."""
    if spot.written.relation != "=":
        for other in rules.ORDER:
            if other not in spot.written.by:
                yield _by(spot, other), f"the reason {other} stands for {_names(spot.written.by)}"


# --- claims ----------------------------------------------------------------------------------------------------------


def _is_last(spot: Spot) -> bool:
    return spot.step == len(spot.derivation.steps) - 1 and len(spot.page.claims) == len(spot.page.proofs)


def _claiming(spot: Spot, claim: Relation) -> Page:
    claims = spot.page.claims
    return replace(spot.page, claims=(*claims[: spot.proof], claim, *claims[spot.proof + 1 :]))


@of_step(CLAIM)
def claim_with_another_sign(spot: Spot) -> Slipped:
    """One side of the claim has its sign turned."""
    if _is_last(spot):
        claim = spot.page.claims[spot.proof]
        for i in range(2):
            args = (*claim.args[:i], Neg.make((claim.args[i],)), *claim.args[i + 1 :])
            new = claim.rebuild(args)
            assert isinstance(new, Relation)
            yield _claiming(spot, new), f"the claim has -({claim.args[i]})"


@of_step(CLAIM)
def claim_of_another_relation(spot: Spot) -> Slipped:
    """An equality is claimed where an order is proved, or the other order."""
    if _is_last(spot):
        claim = spot.page.claims[spot.proof]
        heads = (Equality,) if isinstance(claim, (SameOrder, LessEqual, Less)) else ()
        if isinstance(claim, (LessEqual, Less)):
            yield _claiming(spot, type(claim)(*claim.args[::-1])), "the sides of the claim are exchanged"
        if isinstance(claim, SameOrder):
            other = SameOrder if isinstance(claim, OppositeOrder) else OppositeOrder
            yield _claiming(spot, other(*claim.args)), "the other order is claimed"
        for head in heads:
            yield _claiming(spot, head(*claim.args[:2])), "an equality is claimed"


@of_step(CLAIM)
def claim_of_a_line_between(spot: Spot) -> Slipped:
    """What is claimed is a line before the last."""
    if _is_last(spot) and spot.step > 0:
        claim = spot.page.claims[spot.proof]
        new = claim.rebuild((claim.args[0], spot.before, *claim.args[2:]))
        assert isinstance(new, Relation)
        yield _claiming(spot, new), f"{spot.before} is claimed"
