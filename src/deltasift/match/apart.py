"""Rules about two terms, used for many terms at once: a sum of a sum is the sum of the sums, however many there are.

Such a rule used over and over gives the same, but there are as many ways to it as there are groupings of the terms.
"""

from __future__ import annotations

from sympy.core.basic import Basic

from deltasift.inert import Add, Sum, mentions, substitute
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.line.views import factors, product, summands, terms, total
from deltasift.rule import Rule

FEW = 2  # terms that are taken apart one after the other, each a step that is shown


def is_taken_apart(rule: Rule, a: Basic, b: Basic, canon: Canon, scope: Scope, few: int = FEW) -> bool:
    """Tell whether a rule, used for all of more than `few` terms at once, makes `b` of `a`."""
    if rule.is_reversed:
        a, b = b, a
    if not isinstance(b, Add) or len(b.args) <= few:
        return False
    if rule.name == "sum_add":
        return isinstance(a, Sum) and all(map(scope.is_integer, a.args[2:])) and _is_sum_of_sums(a, b, canon)
    return rule.name == "mul_add" and _is_distributed(a, b, canon)


def _is_sum_of_sums(a: Sum, b: Add, canon: Canon) -> bool:
    bodies = []
    for t in terms(b):
        e = t.expr
        if not isinstance(e, Sum) or not all(map(canon.same, e.args[2:], a.args[2:])):
            return False
        body = e.body
        if e.var != a.var:
            if mentions(body, a.var):
                return False
            body = substitute(body, {e.var: a.var})
        bodies.append((t.sign, body))
    return canon.same(a, Sum.make((total(bodies), *a.args[1:])))


def _is_distributed(a: Basic, b: Add, canon: Canon) -> bool:
    """Tell whether a product is multiplied out by one of its factors."""
    sign, every = factors(a)
    wanted = sorted(canon.key(e) for e, _ in summands(b))
    for f in every:
        parts = terms(f.expr) if isinstance(f.expr, Add) and not f.inverse else []
        if len(parts) != len(wanted):
            continue
        found = [product(sign * t.sign, [(t.expr if g is f else g.expr, g.inverse) for g in every]) for t in parts]
        if sorted(map(canon.key, found)) == wanted:
            return True
    return False


def width(e: Basic) -> int:
    """Return what a look at a place counts for: the more terms there are, the more ways to group them."""
    widest = len(e.args)
    for x in e.args:
        widest = max(widest, len(x.args))
    return 1 + max(0, widest - FEW) ** 2
