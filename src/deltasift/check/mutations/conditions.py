"""Mistakes with what is given: a fact is dropped by which the condition of a step is proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from deltasift.calc import Page
from deltasift.check.mutations.binders import moved
from deltasift.check.mutations.kind import CONDITION, Kind, Spot, of_step
from deltasift.domain import Density, Domain, Labels, Pmf, Reals
from deltasift.inert import ForAll, Less, LessEqual, Node, free
from deltasift.inert.node import NOTHING

Slipped = Iterator[tuple[Page, str]]


def _matters(spot: Spot, d: Domain) -> bool:
    """Tell whether a name stands in the step, through definitions too."""
    lines = (spot.before, spot.written.expr)
    return any(d.symbol in free(spot.scope.unfold_all(e)) for e in lines)


def redeclared(spot: Spot, old: Domain, new: Domain) -> Page:
    """Return the page with one domain declared otherwise, in everything that was declared with it."""
    domains = tuple(_exchanged(d, old, new) for d in spot.scope.domains.values())
    proofs = tuple(replace(p, given=NOTHING) for p in spot.page.proofs)
    claims = tuple(c.rebuild(c.args) for c in spot.page.claims)
    bare = tuple(type(c).make(c.args) for c in claims)
    return replace(spot.page, domains=domains, proofs=proofs, claims=bare)


def _exchanged(value: Any, old: Domain, new: Domain) -> Any:
    if isinstance(value, Domain):
        if value == old:
            return new
        changed = {f.name: _exchanged(getattr(value, f.name), old, new) for f in fields(value)}
        return replace(value, **changed) if any(v is not getattr(value, k) for k, v in changed.items()) else value
    if isinstance(value, tuple) and any(isinstance(v, Domain) for v in value):
        return tuple(_exchanged(v, old, new) for v in value)
    if isinstance(value, frozenset) and any(isinstance(v, Domain) for v in value):
        return frozenset(_exchanged(v, old, new) for v in value)
    return value


def _weakening(make: Callable[[Domain], Iterator[tuple[Domain, str]]]) -> Kind:
    """Make a kind of a function that says less of a domain."""

    def slips(spot: Spot) -> Slipped:
        for d in spot.scope.domains.values():
            if _matters(spot, d):
                for new, change in make(d):
                    yield redeclared(spot, d, new), change

    slips.__name__, slips.__doc__ = make.__name__, make.__doc__
    return of_step(CONDITION)(slips)


@_weakening
def positivity_of_pmf_dropped(d: Domain) -> Iterator[tuple[Domain, str]]:
    """The entries of a pmf may be 0."""
    if isinstance(d, Pmf) and d.positive:
        yield replace(d, positive=False), f"entries of {d} may be 0"


@_weakening
def label_above_the_range(d: Domain) -> Iterator[tuple[Domain, str]]:
    """A label may be too large by one."""
    if isinstance(d, Labels):
        yield replace(d, hi=moved(d.hi, 1), classes=None), f"an entry of {d} may be too large by one"


@_weakening
def label_below_the_range(d: Domain) -> Iterator[tuple[Domain, str]]:
    """A label may be too small by one."""
    if isinstance(d, Labels):
        yield replace(d, lo=moved(d.lo, -1), classes=None), f"an entry of {d} may be too small by one"


@_weakening
def lower_bound_dropped(d: Domain) -> Iterator[tuple[Domain, str]]:
    """A real need not be positive."""
    if isinstance(d, Reals) and d.above is not None:
        yield replace(d, above=None), f"{d} need not be above {d.above}"


@_weakening
def upper_bound_dropped(d: Domain) -> Iterator[tuple[Domain, str]]:
    """A real may be large."""
    if isinstance(d, Reals) and d.below is not None:
        yield replace(d, below=None), f"{d} need not be below {d.below}"


@_weakening
def continuity_dropped(d: Domain) -> Iterator[tuple[Domain, str]]:
    """A density need not be continuous."""
    if isinstance(d, Density) and d.continuous:
        yield replace(d, continuous=False), f"{d} need not be continuous"


@_weakening
def pmf_for_reals(d: Domain) -> Iterator[tuple[Domain, str]]:
    """Probabilities need be none: they are any reals."""
    if isinstance(d, Pmf):
        yield Reals(d.name, d.over, None, None), f"{d} is a table of any reals"


@_weakening
def labels_for_reals(d: Domain) -> Iterator[tuple[Domain, str]]:
    """Labels need be none: they are any integers of a range from 0 to one more than there are classes."""
    if isinstance(d, Labels):
        wide = replace(d, lo=moved(d.lo, -1), hi=moved(d.hi, 1), classes=None)
        yield wide, f"an entry of {d} may lie outside of its range at both ends"


@of_step(CONDITION)
def assumption_dropped(spot: Spot) -> Slipped:
    """An assumption of the page is left out."""
    assumed = spot.page.assumptions
    for i, a in enumerate(assumed):
        yield replace(spot.page, assumptions=(*assumed[:i], *assumed[i + 1 :])), f"{a} is not assumed"


@of_step(CONDITION)
def assumption_of_step_dropped(spot: Spot) -> Slipped:
    """An assumption of the step is left out."""
    assumed = spot.written.assumptions
    for i, a in enumerate(assumed):
        new = replace(spot.written, assumptions=(*assumed[:i], *assumed[i + 1 :]))
        yield spot.with_step(new), f"{a} is not assumed"


@of_step(CONDITION)
def assumption_turned(spot: Spot) -> Slipped:
    """An inequality is assumed the wrong way round."""
    assumed = spot.page.assumptions
    for i, a in enumerate(assumed):
        turned = _turned(a)
        if turned is not None:
            page = replace(spot.page, assumptions=(*assumed[:i], turned, *assumed[i + 1 :]))
            yield page, f"{turned} is assumed for {a}"


def _turned(a: Node) -> Node | None:
    if isinstance(a, (Less, LessEqual)):
        return a.rebuild((a.args[1], a.args[0]))
    if isinstance(a, ForAll) and isinstance(a.args[0], Node):
        inner = _turned(a.args[0])
        return None if inner is None else a.rebuild((inner, *a.args[1:]))
    return None
