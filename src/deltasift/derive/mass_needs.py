"""What the rest of an integrand needs to have a value where a Dirac delta has its mass."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Integer, S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.conditions.verdict import Verdict
from deltasift.derive.walk import Here
from deltasift.errors import Undefined
from deltasift.inert import free, mentions, postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.line.calculus import settled
from deltasift.line.definedness import requirements
from deltasift.line.linear import difference, linear, root
from deltasift.line.statements import conjuncts
from deltasift.rules.coded.sifting import Sifted

PROBES = tuple(map(Integer, (-999, -1, 0, 1, 999)))  # indices of a series at which a need is tried


def mass_needs(found: Sifted, e: ex.Integral, here: Here) -> Iterator[Basic]:
    """Yield what the rest of an integrand needs to have a value at the point: without it the integral has none.

    For an index of a sum around the integral it is stated for the whole range.
    """
    real = {r.name for r in here.scope.ranges if not r.integer}
    needs = [n for n in (*requirements(found.rest, here.scope.enter(e)), *_no_jump(found.rest)) if mentions(n, e.var)]
    statements = [n for n in needs if isinstance(n, ex.Proposition) and not n.binds]
    there = [substitute(n, {e.var: found.point}) for n in statements]
    for need in dict.fromkeys((*there, *(n for n in found.needs if isinstance(n, ex.Unequal)))):
        if isinstance(need, ex.LessEqual):
            need = ex.Less.make(need.args)  # at its end a root is not continuous
        if not free(need).isdisjoint(real) or here.verdict(need) is not Verdict.UNKNOWN:
            continue
        if _fails_somewhere(need, here):
            raise Undefined(f"a point mass has no value where it is not so that {need}")
        for r in reversed(here.scope.ranges):
            if r.name in free(need):
                need = ex.ForAll.make((need, r.name, r.lo, r.hi))
        yield need


def _fails_somewhere(need: Basic, here: Here) -> bool:
    """Tell whether a need is refuted for an index that is known to be in the range of a sum around."""
    outside = Here(here.problem, here.problem.scope, False)  # where nothing says that the range has an index
    for r in here.scope.ranges:
        if not r.integer or free(need) & here.scope.names != {r.name}:
            continue
        line = linear(difference(*need.args), r.name) if isinstance(need, ex.Unequal) else None
        critical = () if line is None or line[0] == 0 else (settled(root(*line)),)
        for k in dict.fromkeys((*critical, *(end for end in (r.lo, r.hi) if end not in INFINITE), *PROBES)):
            inside = [ex.LessEqual.make(o) for o in ((r.lo, k), (k, r.hi)) if INFINITE.isdisjoint(o)]
            if (
                here.scope.is_integer(k)
                and all(map(outside.holds, inside))
                and here.fails(substitute(need, {r.name: k}))
            ):
                return True
    return False


def _no_jump(rest: Basic) -> Iterator[Basic]:
    """Yield that the point is none at which a step or a bracket jumps."""
    for e in postorder(rest):
        if isinstance(e, ex.Iverson):
            yield from (ex.Unequal.make(o.args) for o in conjuncts(e.args[0]) if isinstance(o, ex.Relation))
        elif isinstance(e, ex.Func) and e.name in ("Heaviside", "sign"):
            yield ex.Unequal.make((e.arguments[0], S.Zero))
