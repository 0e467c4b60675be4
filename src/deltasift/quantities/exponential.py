"""Softmax, log-sum-exp, and the evidence lower bound.

References
----------
Blanchard, Higham and Higham (2021), section 1. Blei, Kucukelbir and McAuliffe (2017), section 2.2.
"""

from __future__ import annotations

from typing import Any

from deltasift.domain import Index
from deltasift.errors import DomainError
from deltasift.inert import Div, Exp, Log, Node, Sum
from deltasift.inert.signs import Form
from deltasift.quantities.laws import is_discrete, one_index
from deltasift.quantities.record import named, quantity

BLANCHARD = ("blanchard2021", "section 1")


@quantity("softmax", "the softmax", operands=(2,), form=Form.PLACE, terms=(1,), source=BLANCHARD)
def Softmax(z: Any, k: Any) -> Node:
    """Return `softmax(z)[k] = exp(z[k]) / sum_j exp(z[j])` of a table of scores, or of a row of one."""
    own = one_index(z)
    i = Index(own.name + "'", own.lo, own.hi, own.origin)
    return named("softmax", Div(Exp(z[k]), Sum(Exp(z[i]), i)), z, k)


@quantity("LSE", "log sum exp", source=BLANCHARD)
def LogSumExp(z: Any) -> Node:
    """Return `LSE(z) = log sum_k exp(z[k])` of a table of scores, or of a row of one."""
    k = one_index(z)
    return named("LSE", Log(Sum(Exp(z[k]), k)), z)


@quantity(
    "ELBO",
    "the evidence lower bound",
    operands=(2,),
    form=Form.DATA,
    distributions=(0,),
    source=("blei2017", "section 2.2"),
)
def ELBO(q: Any, p: Any) -> Node:
    """Return `ELBO(q; p) = sum_z q[z] log(p[z] / q[z])`, where `p[z]` is the probability of z and of what was seen.

    Of a joint law it is a row, `p[x]`.
    """
    z = one_index(q)
    if not is_discrete(q) or one_index(p).limit[1:] != z.limit[1:]:
        raise DomainError(f"{q} is no law of the index of {p}")
    return named("ELBO", Sum(q[z] * Log(p[z] / q[z]), z), q, p)
