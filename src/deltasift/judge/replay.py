"""What a recorded use must be: an instance of what its rule states, at its place, that gives exactly what is said.

Nothing here searches. What is left of a product or a sum beside the instance is the difference of two multisets, and
must come back in what the use makes. A use gives the statements that have to be true where it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from deltasift.judge.context import Context
from deltasift.judge.instance import Filling, added_up, sides
from deltasift.judge.meaning import definition, may_be_complex
from deltasift.judge.order import DIRECTION, replayed_order
from deltasift.judge.record import Claim, DeclineError, RejectedError, is_ours
from deltasift.judge.same import factors_of, product_of, sum_of, terms_of
from deltasift.judge.term import ONE, ZERO, Term, bound, instantiate, key, make, same, shift
from deltasift.judge.theorem import replayed_theorem
from deltasift.judge.tree import folded
from deltasift.judge.verify import VERIFIERS, Goal, Question, goals
from deltasift.judge.verify.rational import TooLongError, plus, rational, times
from deltasift.rule import End, Int, Method, Rule, Theorem, Under

Goals = tuple[Goal, ...]
Beside = tuple[int, Sequence[Term]]  # the sign and the keys of factors
DOES_NOT_GIVE = "it does not give what is said to come of it"


def replayed(claim: Claim, here: Term, context: Context) -> Goals:
    """Return what has to be true for a use to be right.

    Parameters
    ----------
    claim : Claim
    here : Term
        What stands at the place.
    context : Context
        What holds there.

    Raises
    ------
    RejectedError
        If it is wrong whatever is true.
    DeclineError
        If nothing can be said of it.
    """
    rule = claim.rule
    if isinstance(rule, Under):
        if not context.binders:
            raise RejectedError("it is not used under a binder")
        rule = rule.rule
    if isinstance(rule, Theorem):
        return replayed_theorem(rule, claim, here, context)
    if isinstance(rule, Rule):
        if claim.statement is not None:
            _require_real(rule, claim, context)
            return _statement(rule, claim.statement, claim, here)
        if rule.name in SHIFTS:
            return _shift(rule, claim, here)
        return _many(rule, claim, here)
    return _method(rule, claim, here, context)


def _method(rule: Method, claim: Claim, before: Term, context: Context) -> Goals:
    if rule.name == "definition":
        pairs = ((before, claim.after), (claim.after, before))
        if not any((body := definition(a, context.world)) is not None and same(body, b) for a, b in pairs):
            raise RejectedError("it is no definition")
        return ()
    if rule.name == "arithmetic":
        return _identity(before, claim.after)
    if rule.name in VERIFIERS:
        return tuple(goals(rule.name, Question(before, claim.after, claim.witness, context.binders, context.world)))
    if rule.name in DIRECTION:
        return tuple(map(Goal, replayed_order(claim, before, context)))
    raise DeclineError(rule.unverified or "no verifier is written for it")


def _identity(before: Term, after: Term) -> Goals:
    """Judge an identity of rational functions."""
    try:
        (m, n), (p, q) = rational(before), rational(after)
        difference = plus(times(m, q), times(p, n), -1)
    except TooLongError as why:
        raise DeclineError(f"it is too long to be multiplied out: {why}") from None
    if difference:
        raise RejectedError("it is no identity")
    return ()


# --- statements ------------------------------------------------------------------------------------------------------


def _statement(rule: Rule, number: int, claim: Claim, before: Term) -> Goals:
    """Judge an instance of a statement, beside which other factors or terms may stand."""
    conditions = sides(rule, number).conditions if 0 <= number < len(rule.statements) else ()
    beside(rule, number, claim, before)
    filling = Filling(rule.variables, claim.binding)
    return tuple(map(Goal, (*map(filling.fill, conditions), *_kinds(rule, claim))))


def _require_real(rule: Rule, claim: Claim, context: Context) -> None:
    """Refuse complex values for a rule of a page's own, of which nobody knows that it is one of such numbers, too."""
    if not is_ours(rule) and any(may_be_complex(value, context.world) for _, value in claim.binding.values()):
        raise RejectedError("what may be no real number stands for a real one")


def beside(rule: Rule, number: int, claim: Claim, before: Term) -> Beside:
    """Return the factor that stands beside the instance of a statement by which a use gives what it says.

    Raises
    ------
    RejectedError
        If it does not give that.
    """
    if not 0 <= number < len(rule.statements):
        raise RejectedError("the rule has no such statement")
    stated = sides(rule, number)
    filling = partial(Filling, rule.variables, claim.binding)
    right = filling(added=claim.added).fill(stated.right)
    ways: tuple[dict[str, bool], ...] = ({"drops": True}, {"drops": True, "added": True}, {})
    for way in ways:  # the last is the instance to the letter
        four = before, claim.after, filling(**way).fill(stated.left), right
        found = replacement(*four) or (replacement(*map(tidied, four)) if claim.added else None)
        if found is not None:
            return found
    raise RejectedError(DOES_NOT_GIVE)


def _kinds(rule: Rule, claim: Claim) -> Iterable[Term]:
    """Yield that what stands for an integer is one, and what for an end of a range is one or infinite."""
    for name, (_, value) in claim.binding.items():
        kind = rule.variables.get(name)
        if (kind is Int or (kind is End and value.head != "infinity")) and not _is_whole(value):
            yield make("IsInteger", (value,))


def _is_whole(t: Term) -> bool:
    return bool(t.head == "number" and t.value.denominator == 1)


NOTHING = key(ZERO)


def replacement(before: Term, after: Term, left: Term, right: Term) -> Beside | None:
    """Return by what factor `before` is `left` and `after` is `right`, other terms apart, None if there is none."""
    b, a, x, y = key(before), key(after), key(left), key(right)
    if b is x and a is y:
        return 1, ()
    rest = _without(factors_of(b)[1], factors_of(x)[1])
    if rest is not None:
        (sign, _), (by, _), (new, parts) = factors_of(b), factors_of(x), factors_of(y)
        every = (*rest, *parts)
        if product_of(sign * by * new, every) is a or (a is NOTHING and product_of(1, every) is NOTHING):
            return sign * by, rest  # what is 0 is so with either sign
    rest = _without(terms_of(b), terms_of(x))
    return (1, ()) if rest is not None and _total((*rest, *terms_of(y))) is a else None


def _without(parts: Sequence[Term], others: Sequence[Term]) -> list[Term] | None:
    """Return parts without others, each as often as it is there; None where one of the others is missing."""
    left = Counter(parts)
    left.subtract(others)
    return None if min(left.values(), default=0) < 0 else list(left.elements())


def _total(terms: Sequence[Term]) -> Term:
    return terms[0] if len(terms) == 1 else sum_of(terms)


# --- a rule about two terms, used for many -------------------------------------------------------------------------


def _many(rule: Rule, claim: Claim, before: Term) -> Goals:
    """Judge a sum of sums, or a product with a sum, that is taken apart into all of its terms at once."""
    whole, apart = (claim.after, before) if rule.is_reversed else (before, claim.after)
    if rule.name == "sum_add" and _is_sum_of_sums(whole, apart):
        return tuple(Goal(make("IsInteger", (end,))) for end in whole.args[2:])
    if rule.name == "mul_add" and _is_multiplied_out(whole, apart):
        return ()
    if rule.name in ("sum_add", "mul_add"):
        raise RejectedError(DOES_NOT_GIVE)
    raise DeclineError("it is not said which statement of the rule is used")


def _is_sum_of_sums(whole: Term, apart: Term) -> bool:
    """Tell whether the terms of a sum of sums, their signs with them, are those that `whole` is the sum of."""
    if whole.head != "Sum":
        return False
    body, _, *ends = key(whole).args
    parts: list[Term] = []
    for t in terms_of(key(apart)):
        sign, factors = factors_of(t)
        if len(factors) != 1 or factors[0].head != "Sum" or list(factors[0].args[2:]) != ends:
            return False
        by, inner = factors_of(factors[0].args[0])
        parts += terms_of(product_of(sign * by, inner))
    return _total(parts) is body


def _is_multiplied_out(whole: Term, apart: Term) -> bool:
    sign, factors = factors_of(key(whole))
    wanted = Counter(_product(1, t) for t in terms_of(key(apart)))
    for i, f in enumerate(factors):
        others = (*factors[:i], *factors[i + 1 :])
        made: Counter[Term] = Counter()
        for t in terms_of(f) if f.head == "a sum" else ():
            made[_product(sign, t, others)] += 1
        if made and made == wanted:
            return True
    return False


def _product(sign: int, term: Term, others: Sequence[Term] = ()) -> Term:
    """Return the key of a term times others; a 1 among several is left out."""
    by, parts = factors_of(term)
    return product_of(sign * by, [f for f in (*others, *parts) if f is not ONE])


# --- an index that is shifted --------------------------------------------------------------------------------------

SHIFTS = {"sum_shift": "Sum", "prod_shift": "Product"}


def _shift(rule: Rule, claim: Claim, before: Term) -> Goals:
    """Judge that the index of a sum runs from `lo + c` to `hi + c`, and is lessened by c in the body."""
    head, after = SHIFTS[rule.name], claim.after
    if before.head != head or after.head != head or "c" not in claim.binding:
        raise RejectedError("it is no shift of an index")
    count, by = claim.binding["c"]
    if count:
        raise RejectedError("c stands for a function where a value is")
    body, name, *ends = before.args
    index = make("Add", (bound(0), make("Neg", (shift(by, 1),))))
    moved = instantiate(shift(body, 1, 1), [index])
    made = make(head, (moved, name, *(make("Add", (end, by)) for end in ends)))
    if not same(tidied(made), tidied(after)):
        raise RejectedError(DOES_NOT_GIVE)
    numbers = (x for x in (by, *ends) if x.head != "infinity" and not _is_whole(x))
    return tuple(Goal(make("IsInteger", (x,))) for x in numbers)


def tidied(t: Term) -> Term:
    """Return a term in which the sums of names and integers, which have a value in any case, are added up."""
    memo: dict[Term, Term] = {}
    return folded(t, memo, lambda e: _tidied(make(e.head, [memo[a] for a in e.args], e.value)))


def _tidied(t: Term) -> Term:
    return added_up(t) if t.head in ("Add", "Neg", "Mul") and _is_linear(t) else t


def _is_linear(t: Term) -> bool:
    if t.head in ("Add", "Neg"):
        return all(map(_is_linear, t.args))
    if t.head == "Mul":
        return len(t.args) == 2 and t.args[0].head == "number" and _is_linear(t.args[1])
    return t.head in ("bound", "free") or _is_whole(t)
