"""Sums put together again: what stands beside a finite sum is taken into it, and sums over one range become one sum.

So `-sum f` meets `sum g` where `-f` and `g` differ by arithmetic alone, which is seen under one sum and not before.
"""

from __future__ import annotations

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import split
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here, Table


def _into_a_sum(e: ex.Node, here: Here) -> Move | None:
    """Take a sign or factors into the only finite sum among them."""
    if isinstance(e, ex.Neg) and isinstance(e.args[0], ex.Sum):
        return by_rule(rules.sum_neg.reversed, e, here)
    sums = [f for f, below in split(e)[1] if isinstance(f, ex.Sum) and not below]
    return by_rule(rules.sum_mul_left.reversed, e, here) if len(sums) == 1 else None


def _into_one_sum(e: ex.Node, here: Here) -> Move | None:
    """Put two sums over one range together."""
    several = sum(isinstance(a.args[0] if isinstance(a, ex.Neg) else a, ex.Sum) for a in e.args) > 1
    return by_rule(rules.sum_add.reversed, e, here) if several else None


GATHERED: Table = {**dict.fromkeys((ex.Neg, ex.Mul, ex.Div), _into_a_sum), ex.Add: _into_one_sum}
