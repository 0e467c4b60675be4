"""A claim of another page fitted to an expression: what each name of that page stands for, whatever the dress."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.domain import Domain, Function
from deltasift.domain import Table as Tables
from deltasift.inert import free, substitute
from deltasift.inert.substitution import fresh
from deltasift.match.pattern import Binding, Matcher
from deltasift.rule import Bound, Real, Table, Variable

Names = dict[Basic, Basic]


@dataclass(frozen=True)
class Claimed:
    """An expression of another page, each name that is bound in it being one of its own."""

    expr: Basic
    kinds: tuple[tuple[Basic, type[Variable]], ...]

    def kind(self, symbol: Basic) -> type[Variable] | None:
        """Return what a name may stand for, None for one that stands for itself."""
        return self._by_name.get(symbol)

    @cached_property
    def _by_name(self) -> dict[Basic, type[Variable]]:
        return dict(self.kinds)


class _Fitting(Matcher):
    """Matches as for a rule; a name that is none of the page's stands for itself."""

    def variable(self, symbol: Basic, e: Basic, b: Binding) -> Iterator[Binding]:
        if self.rule.kind(symbol) is not None:
            yield from super().variable(symbol, e, b)
        elif symbol == e:
            yield b


def claimed(expr: Basic, domains: tuple[Domain, ...], parameters: Names | None = None) -> Claimed:
    """Return an expression of a page, ready to be fitted; `parameters` have names of their own already."""
    kinds: dict[Basic, type[Variable]] = {}
    for d in domains:
        kinds[d.symbol] = Table if isinstance(d, Function) or (isinstance(d, Tables) and d.over) else Real
    taken = {*kinds, *free(expr), *(parameters or {}).values()}
    kinds.update(dict.fromkeys((parameters or {}).values(), Bound))
    apart = _apart(substitute(expr, parameters) if parameters else expr, taken, kinds)
    return Claimed(apart, tuple(kinds.items()))


def _apart(e: Basic, taken: set[Basic], kinds: dict[Basic, type[Variable]]) -> Basic:
    """Return an expression with another name for each that is bound in it."""
    if not isinstance(e, ex.Node):
        return e
    if e.binds:
        new = fresh(e.args[1], taken)
        taken.add(new)
        kinds[new] = Bound
        body = substitute(e.args[0], {e.args[1]: new})
        return e.rebuild((_apart(body, taken, kinds), new, *(_apart(a, taken, kinds) for a in e.args[2:])))
    return e.rebuild(tuple(_apart(a, taken, kinds) for a in e.args))


def fits(claim: Claimed, expr: Basic, names: Names, bound: Names | None = None) -> Iterator[Names]:
    """Yield what the names stand for where an expression is an instance, with what some are known to stand for.

    `bound` says for what the parameters stand, which are names that nothing else may speak of.
    """
    known = Binding({**names, **(bound or {})}, tuple((bound or {}).values()))
    matcher = _Fitting(claim, lambda e: False, expr)
    matcher.taken = matcher.taken.union(*map(free, names.values()))
    for b in matcher.match(claim.expr, expr, known):
        yield {s: v for s, v in b.values.items() if isinstance(v, Basic) and claim.kind(s) is not Bound}
