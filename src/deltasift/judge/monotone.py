"""How an inequality travels from a place in a line to the line: which way it is turned, and what that takes.

A use of a rule that states an inequality makes what stands at its place larger or smaller. Around it stand sums,
signs, factors, functions: each lets the order through, turns it, or lets it through only where something is true, which
then is a goal. What is not on the list lets no order through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from deltasift.inert import Equality, Less, LessEqual
from deltasift.judge.context import World
from deltasift.judge.functions import rational
from deltasift.judge.meaning import unfolded
from deltasift.judge.order import line_of
from deltasift.judge.record import Claim, RejectedError
from deltasift.judge.statement import at_most, less
from deltasift.judge.term import BINDERS, ZERO, Term, make, shift
from deltasift.judge.tree import FOLDS, has
from deltasift.rule import Rule, Theorem

BOUNDS = ("<=", "<", ">=", ">")
RISING = frozenset(("Max", "Min", "sigma"))  # functions that rise in each argument, the last one strictly
Way = Sequence[tuple[Term, int, Term]]  # what is around the place, from the outermost in: before, which argument, after
Beside = tuple[int, Sequence[Term]]  # the sign and the keys of the factors that stand at the place beside an instance


@dataclass
class Travelled:
    """What a way through a line does to an inequality, with what that takes.

    Attributes
    ----------
    sign : int
        1, or -1 where the order is turned.
    goals : list of Term
        Statements as they read at the place.
    factors : list of Term
        What stands beside it as a factor, as it reads at the place; their product has to have a sign.
    nonempty : list of (int, Term)
        For a strict inequality, statements as they read at so many steps of the way.
    """

    strict: bool
    world: World
    sign: int = 1
    goals: list[Term] = field(default_factory=list)
    factors: list[Term] = field(default_factory=list)
    nonempty: list[tuple[int, Term]] = field(default_factory=list)


def stated(claim: Claim) -> str:
    """Return what the rule of a use states of its left and its right side, as it is read: =, <=, <, >= or >."""
    rule = claim.own_rule
    relation = None
    if isinstance(rule, Theorem):
        relation = rule.relation
    elif isinstance(rule, Rule) and claim.statement is not None and 0 <= claim.statement < len(rule.statements):
        relation = rule.statements[claim.statement].relation
    if relation is None or type(relation) is Equality:
        return "="
    if type(relation) not in (LessEqual, Less):
        raise RejectedError(f"{relation} is no equality and no inequality")
    assert isinstance(rule, (Rule, Theorem))
    return (">" if rule.is_reversed else "<") + ("=" if type(relation) is LessEqual else "")


def travelled(rises: bool, up: bool, way: Way, beside: Beside, world: World, *, strict: bool) -> Travelled:
    """Return what it takes that a line rises (`up`) or falls where what stands at a place rises or falls.

    Raises
    ------
    RejectedError
        If it does not, whatever is true.
    """
    found = Travelled(strict, world)
    sign, keys = beside
    found.sign *= sign
    _of_factors(found, list(map(line_of, keys)), 0)
    inner = 0
    for level in range(len(way) - 1, -1, -1):
        before, i, after = way[level]
        inner += before.head in BINDERS and i == 0
        _through(found, before, i, after, inner, level)
    return _with_signs(found, rises == up)


def _with_signs(found: Travelled, is_kept: bool) -> Travelled:
    """Ask for the sign that the factors on the way have together: one that turns the order where nothing else does."""
    is_turned = (found.sign == 1) != is_kept
    if is_turned and not found.factors:
        raise RejectedError("the inequality points the other way there")
    if found.factors:
        product = found.factors[0] if len(found.factors) == 1 else make("Mul", found.factors)
        sides = (product, ZERO) if is_turned else (ZERO, product)
        found.goals.append(less(*sides) if found.strict else at_most(*sides))
    return found


def _through(found: Travelled, before: Term, i: int, after: Term, inner: int, level: int) -> None:
    """Go through one head; `inner` binders are open between what is around it and the place."""
    head = before.head
    parts = before.args[i], after.args[i]
    if head == "Neg":
        found.sign = -found.sign
    elif head == "Mul":
        _of_factors(found, [a for n, a in enumerate(before.args) if n != i], inner)
    elif head == "Div":
        _through_quotient(found, before, i, parts, inner)
    elif head == "Pow" and i == 0:
        _through_power(found, before, parts, inner)
    elif head == "Log":
        found.goals += (less(ZERO, shift(p, inner)) for p in parts)
    elif head in BINDERS and i == 0:
        _through_binder(found, before, parts, inner, level)
    elif head == "Func" and before.args[0].value in RISING:
        _refuse_strict(found, before.args[0].value != "sigma", before.args[0].value)
    elif head == "Piecewise" and not i % 2:
        _refuse_strict(found, True, "cases")
    elif head not in ("Add", "Exp"):
        raise RejectedError(f"an inequality does not pass through {head}")


def _through_quotient(found: Travelled, t: Term, i: int, parts: Sequence[Term], inner: int) -> None:
    _of_factors(found, [t.args[1 - i]], inner)
    if i == 1:
        found.sign = -found.sign
        found.goals += (less(ZERO, shift(p, inner)) for p in parts)


def _through_power(found: Travelled, t: Term, parts: Sequence[Term], inner: int) -> None:
    exponent = rational(t.args[1])
    if exponent is None or exponent <= 0:
        raise RejectedError("an inequality passes through powers whose exponents are positive numbers")
    if exponent.denominator != 1 or exponent.numerator % 2 == 0:
        found.goals += (at_most(ZERO, shift(p, inner)) for p in parts)


def _through_binder(found: Travelled, t: Term, parts: Sequence[Term], inner: int, level: int) -> None:
    """Go through the body of a sum, a product, a maximum, a minimum or an integral."""
    if t.head != "Integral" and not (t.head in FOLDS and FOLDS[t.head].rises):
        raise RejectedError(f"an inequality does not pass through {t.head}")
    lo, hi = t.args[2:]
    if t.head == "Product":
        found.goals += (at_most(ZERO, shift(p, inner - 1)) for p in parts)
    if t.head == "Integral":
        if any(has(unfolded(p, found.world), "Dirac") for p in parts):
            raise RejectedError("an inequality does not pass through an integral with a point mass")
        if lo.head != "infinity" and hi.head != "infinity":
            found.nonempty.append((level, at_most(lo, hi)))
        elif lo == hi or (lo.head == "infinity" and lo.value == 1) or (hi.head == "infinity" and hi.value == -1):
            raise RejectedError("the integral runs backwards")
    _refuse_strict(found, t.head != "Sum" or "infinity" in (lo.head, hi.head), t.head)
    if found.strict:
        found.nonempty.append((level, at_most(lo, hi)))


def _refuse_strict(found: Travelled, where: bool, through: str) -> None:
    if found.strict and where:
        raise RejectedError(f"a strict inequality does not pass through {through}")


def _of_factors(found: Travelled, factors: Sequence[Term], inner: int) -> None:
    """Take in the signs of factors beside what changes: those of numbers are seen, those of others are asked for."""
    todo = list(reversed(factors))
    while todo:
        f = todo.pop()
        if f.head in ("Neg", "Mul"):
            found.sign *= -1 if f.head == "Neg" else 1
            todo += reversed(f.args)
        elif f.head == "number" and f.value:
            found.sign *= -1 if f.value < 0 else 1
        else:
            found.factors.append(shift(f, inner))
