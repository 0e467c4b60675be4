"""The four steps that keep an order instead of a value: what may change without moving a minimiser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from deltasift.domain import DefinedFunction, Family, Index, Size
from deltasift.judge.context import Context
from deltasift.judge.meaning import names_in
from deltasift.judge.record import Claim, RejectedError
from deltasift.judge.same import factors_of, product_of, terms_of
from deltasift.judge.term import ONE, ZERO, Term, key, make, number, same

DIRECTION = {
    "order_add_const": "same order",
    "order_mul_pos": "same order",
    "order_comp_strict_mono": "same order",
    "argmax_eq_argmin_neg": "opposite order",
}


def replayed_order(claim: Claim, before: Term, context: Context) -> tuple[Term, ...]:
    """Return what has to be true, whatever the varying name is, for one line to order it as the other does."""
    count, q = claim.binding.get("q", (1, ZERO))
    domain = context.world.domain(q.value) if not count and q.head == "free" else None
    if domain is None or isinstance(domain, Family | DefinedFunction | Size | Index):
        raise RejectedError("there is no name that varies by itself")
    after = claim.after
    if claim.rule.name == "order_add_const":
        _only_constants(_changed(terms_of(key(before)), terms_of(key(after))), q, context)
        return ()
    if claim.rule.name == "order_mul_pos":
        return (make("Less", (ZERO, _factor(before, after, q, context))),)
    if claim.rule.name == "order_comp_strict_mono":
        return _increasing(before, after)
    if claim.rule.name != "argmax_eq_argmin_neg" or not same(make("Neg", (before,)), after):
        raise RejectedError("it is not the negative of the line before")
    return ()


def _changed(mine: Iterable[Term], theirs: Iterable[Term]) -> list[Term]:
    """Return what is in one multiset and not in the other."""
    more, less = Counter(mine), Counter(theirs)
    return [*(more - less).elements(), *(less - more).elements()]


def _only_constants(parts: Iterable[Term], q: Term, context: Context) -> None:
    if any(q.value in names_in(part, context.world) for part in parts):
        raise RejectedError(f"what changes is no constant: it depends on {q.value}")


def _factor(before: Term, after: Term, q: Term, context: Context) -> Term:
    """Return by what the line was multiplied."""
    (s, mine), (t, theirs) = factors_of(key(before)), factors_of(key(after))
    gone, new = Counter(mine) - Counter(theirs), Counter(theirs) - Counter(mine)
    _only_constants([*gone, *new], q, context)
    above, below = [number(s * t)], [ONE]
    for factors, up, down in ((new, above, below), (gone, below, above)):
        for f in factors.elements():
            (down if f.head == "an inverse" else up).append(line_of(f.args[0] if f.head == "an inverse" else f))
    return make("Div", (make("Mul", above), make("Mul", below)))


def line_of(k: Term) -> Term:
    """Return a line whose key this is."""
    args = [line_of(a) for a in k.args]
    if k.head == "a sum":
        return make("Add", args)
    if k.head == "a product":
        return make("Mul", (number(k.value), *args))
    if k.head == "an inverse":
        return make("Div", (ONE, args[0]))
    return make(k.head, args, k.value)


def _increasing(before: Term, after: Term) -> tuple[Term, ...]:
    (s, mine), (t, theirs) = factors_of(key(before)), factors_of(key(after))
    one, other = product_of(1, mine), product_of(1, theirs)
    for outer, inner in ((one, other), (other, one)) if s == t else ():
        if outer.head == "Log" and outer.args[0] is inner:
            return (make("Less", (ZERO, line_of(inner))),)
        if outer.head == "Exp" and outer.args[0] is inner:
            return ()
    raise RejectedError("it is not an increasing function of the line before")
