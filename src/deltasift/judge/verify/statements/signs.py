"""The sign of a term from those of its parts: a tree of what is known of each, checked part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Protocol

from deltasift.judge.certificate import Certificate, Known, Signs
from deltasift.judge.context import Context
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import Polynomials
from deltasift.judge.statement import at_most
from deltasift.judge.term import TRUE, ZERO, Term, has, make
from deltasift.judge.verify.question import require

ANY = frozenset((-1, 0, 1))
NONNEGATIVE = frozenset((0, 1))
NONPOSITIVE = frozenset((-1, 0))
RELATIONS: Mapping[str, frozenset[int]] = {
    "<": frozenset((1,)),
    "<=": NONNEGATIVE,
    ">": frozenset((-1,)),
    ">=": NONPOSITIVE,
    "=": frozenset((0,)),
    "!=": frozenset((-1, 1)),
}
GAMMA = ("gamma", "factorial")  # where they have a value at 0 or above, it is positive
OF_HEAD = {"LessEqual": "<=", "Less": "<", "Equality": "=", "Unequal": "!="}


class Checker(Protocol):
    """What checks the other certificates in a tree."""

    polynomials: Polynomials

    def check(self, goal: Term, certificate: Certificate, place: Context) -> None:
        """Refuse a certificate that does not show a statement."""


def check_sign(checker: Checker, goal: Term, tree: Signs, place: Context) -> None:
    """Refuse a tree of signs that does not show a relation."""
    require(goal.head in OF_HEAD, "no relation")
    lhs, rhs = goal.args
    wanted = RELATIONS[OF_HEAD[goal.head]]
    if rhs is ZERO:
        wanted, term = frozenset(-s for s in wanted), lhs
    else:
        term = rhs if lhs is ZERO else make("Add", (rhs, make("Neg", (lhs,))))
    require(checker.polynomials.is_real(checker.polynomials.of(term), place.world), "no real number")
    require(signs_of(checker, term, tree, place) <= wanted, "its sign may be another")


def signs_of(checker: Checker, t: Term, tree: Signs, place: Context) -> frozenset[int]:
    """Return the signs that the value of a term can have."""
    require(isinstance(tree, Signs), "no tree of signs")
    found = _of_parts(checker, t, tree, place) if tree.parts or not t.args else _by_head(t)
    for known in tree.known:
        require(isinstance(known, Known) and known.relation in RELATIONS, "no relation to 0")
        checker.check(to_zero(known.relation, t), known.proof, place)
        found &= RELATIONS[known.relation]
    return found


def _of_parts(checker: Checker, t: Term, tree: Signs, place: Context) -> frozenset[int]:
    args = parts_with_signs(t)
    require(len(args) == len(tree.parts), "not each part has its sign")
    if t.head in ("Sum", "Product", "Integral"):
        return _of_binder(checker, t, tree, place)
    each = [signs_of(checker, a, s, place) for a, s in zip(args, tree.parts, strict=True)]
    return frozenset(SIGNS_OF[t.head](t, each)) if t.head in SIGNS_OF else _by_head(t)


def _of_binder(checker: Checker, t: Term, tree: Signs, place: Context) -> frozenset[int]:
    body = signs_of(checker, t.args[0], tree.parts[0], place.enter(t))
    infinite = any(has(a, "infinity") for a in t.args[2:])
    if t.head == "Product":
        return body if body <= {1} and not infinite else NONNEGATIVE if body <= NONNEGATIVE else ANY
    if not (body <= NONNEGATIVE or body <= NONPOSITIVE):
        return ANY
    ordered = tree.nonempty is not None
    if tree.nonempty is not None:
        checker.check(at_most(*t.args[2:]), tree.nonempty, place)
    if t.head == "Integral":
        return body | {0} if ordered else ANY
    has_one = ordered and any(is_integer(end, place) for end in t.args[2:])  # there is none from 1/2 to 3/4
    return body if has_one and not infinite else body | {0}


def to_zero(relation: str, t: Term) -> Term:
    """Return a relation of a term to 0 as a statement: "<" says that 0 is less."""
    head = {"<": "Less", "<=": "LessEqual", ">": "Less", ">=": "LessEqual", "=": "Equality", "!=": "Unequal"}[relation]
    return make(head, (t, ZERO) if relation.startswith(">") else (ZERO, t))


def parts_with_signs(t: Term) -> tuple[Term, ...]:
    """Return the arguments whose signs matter to that of a term."""
    if t.head in ("Sum", "Product", "Integral", "Pow"):
        return t.args[:1]
    if t.head == "Func":
        return t.args[1:] if t.args[0].value in ("Max", "Min", *GAMMA) else ()
    if t.head == "Piecewise":
        return t.args[::2]
    if t.head == "Named":
        return t.args[1:2]  # its definition; the others are names
    return t.args if t.head in SIGNS_OF else ()


def _by_head(t: Term) -> frozenset[int]:
    if t.head == "number":
        return frozenset(((t.value > 0) - (t.value < 0),))
    if t.head == "Exp" or (t.head == "constant" and t.value != "i"):
        return frozenset((1,))
    if t.head in ("Delta", "Iverson") or (t.head == "Func" and t.args[0].value == "Abs"):
        return NONNEGATIVE
    if t.head == "Func" and t.args[0].value in ("sigma", "cosh"):
        return frozenset((1,))
    return ANY


def _of_product(t: Term, each: Sequence[frozenset[int]]) -> set[int]:
    """The signs of a product or quotient: what stands in it twice has one sign."""
    found = {1}
    signs_of_factor = dict(zip(t.args, each, strict=True))
    for factor, count in Counter(t.args).items():
        found = {a * b**count for a in found for b in signs_of_factor[factor]}
    return found


def _of_sum(t: Term, each: Sequence[frozenset[int]]) -> set[int]:
    together = set().union(*each)
    for sign in (1, -1):
        if together <= {0, sign}:
            return {sign} if any(signs == {sign} for signs in each) else together
    return set(ANY)


def _of_power(t: Term, each: Sequence[frozenset[int]]) -> set[int]:
    base, exponent = set(each[0]), t.args[1]
    if base <= {1}:
        return base
    if exponent.head == "number" and exponent.value.denominator == 1:
        if exponent.value % 2 == 0:
            return {1} if 0 not in base or exponent.value == 0 else {0, 1}
        return base
    return {0, 1} if base <= {0, 1} else set(ANY)


def _of_function(t: Term, each: Sequence[frozenset[int]]) -> set[int]:
    """The signs of a maximum or minimum: of each argument, one that decides alone; of gamma above 0."""
    if t.args[0].value in GAMMA:
        return {1} if each[0] <= NONNEGATIVE else set(ANY)
    best = max if t.args[0].value == "Max" else min
    return {best(signs) for signs in product(*each)} if len(each) <= 6 else set(ANY)


SIGNS_OF: Mapping[str, Callable[[Term, Sequence[frozenset[int]]], set[int]]] = {
    "Add": _of_sum,
    "Neg": lambda t, each: {-s for s in each[0]},
    "Mul": _of_product,
    "Div": _of_product,
    "Pow": _of_power,
    "Func": _of_function,
    "Piecewise": lambda t, each: {0, *set().union(*each)} if t.args[-1] is not TRUE else set().union(*each),
    "Named": lambda t, each: set(each[0]),
}
