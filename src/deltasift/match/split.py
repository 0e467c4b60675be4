"""A sum over many terms as several sums, without trying all the ways to take two parts of them."""

from __future__ import annotations

from collections import Counter

from sympy.core.basic import Basic

from deltasift.inert import Neg, Node, Sum, free
from deltasift.inert import replace as substitute
from deltasift.match.canonical import Canon
from deltasift.match.views import terms

SPLIT = frozenset(("sum_add",))


def is_split(a: Basic, b: Basic, canon: Canon) -> bool:
    """Tell whether `b` is the sum `a` with each of its terms in one of three or more sums over the same range.

    With two there is little to try, and the rule itself says what each part is.
    """
    parts = terms(b)
    if not isinstance(a, Sum) or len(parts) < 3:
        return False
    found: Counter[int] = Counter()
    for p in parts:
        e = p.expr
        if not isinstance(e, Sum) or not all(canon.same(x, y) for x, y in zip(a.args[2:], e.args[2:], strict=True)):
            return False
        body = e.body
        if e.var != a.var:
            if a.var in free(body):
                return False
            body = substitute(body, {e.var: a.var}) if isinstance(body, Node) else a.var if body == e.var else body
        found.update(_keys(body, p.sign, canon))
    return found == Counter(_keys(a.body, 1, canon))


def _keys(body: Basic, sign: int, canon: Canon) -> list[int]:
    return [canon.key(t.expr if t.sign == sign else Neg.make((t.expr,))) for t in terms(body)]
