"""Mistakes with indices, labels, tables and deltas."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Integer, S
from sympy.core.basic import Basic

from deltasift.check.mutations.algebra import negative
from deltasift.check.mutations.binders import moved
from deltasift.check.mutations.kind import Change, Place, in_line
from deltasift.domain import Domain, Labels, Pmf, Reals, Table
from deltasift.inert import Add, Apply, Delta, Dirac, Entry, Mul, Neg, Node, free, postorder


def _with_index(e: Entry, i: int, new: Basic) -> Node:
    return e.rebuild((*e.args[: i + 1], new, *e.args[i + 2 :]))


@in_line
def index_exchanged(e: Basic, at: Place) -> Iterator[Change]:
    """An index is exchanged for another one."""
    if isinstance(e, Entry):
        for i, old in enumerate(e.indices):
            for new in at.indices():
                if new != old:
                    yield _with_index(e, i, new), f"{e} has the index {new} for {old}"


@in_line
def index_raised(e: Basic, at: Place) -> Iterator[Change]:
    """An index is too large by one."""
    if isinstance(e, Entry):
        for i, old in enumerate(e.indices):
            yield _with_index(e, i, moved(old, 1)), f"the index {old} of {e} is too large by one"


@in_line
def index_lowered(e: Basic, at: Place) -> Iterator[Change]:
    """An index is too small by one."""
    if isinstance(e, Entry):
        for i, old in enumerate(e.indices):
            yield _with_index(e, i, moved(old, -1)), f"the index {old} of {e} is too small by one"


@in_line
def index_fixed(e: Basic, at: Place) -> Iterator[Change]:
    """An index is always 1."""
    if isinstance(e, Entry):
        for i, old in enumerate(e.indices):
            if not isinstance(old, Integer):
                yield _with_index(e, i, S.One), f"{e} has the index 1 for {old}"


@in_line
def label_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """The number of an example stands for its label."""
    if isinstance(e, Entry) and isinstance(at.scope.domains.get(e.table), Labels) and isinstance(at.parent, Node):
        yield e.indices[0], f"{e.indices[0]} stands for {e}"


@in_line
def label_for_index(e: Basic, at: Place) -> Iterator[Change]:
    """The label of an example stands for a class."""
    if isinstance(e, Entry):
        for i, old in enumerate(e.indices):
            for y in at.declared(Labels):
                for r in at.scope.ranges:
                    label = Entry.make((y, r.name))
                    if r.integer and r.name != old and old != label:
                        yield _with_index(e, i, label), f"{e} has the index {label} for {old}"


@in_line
def indices_transposed(e: Basic, at: Place) -> Iterator[Change]:
    """Two indices change places."""
    if isinstance(e, Entry) and len(e.indices) == 2:
        yield e.rebuild((e.table, *reversed(e.indices))), f"the indices of {e} change places"


@in_line
def table_exchanged(e: Basic, at: Place) -> Iterator[Change]:
    """A table is taken for another one."""
    if isinstance(e, Entry):
        mine = at.scope.domains.get(e.table)
        for name in at.declared(Table):
            other = at.scope.domains[name]
            if name != e.table and _is_like(mine, other):
                yield e.rebuild((name, *e.indices)), f"{name} stands for {e.table} in {e}"


def _is_like(a: Domain | None, b: Domain | None) -> bool:
    return isinstance(a, Table) and isinstance(b, Table) and len(a.over) == len(b.over) and a.integer == b.integer


@in_line
def tables_change_places(e: Basic, at: Place) -> Iterator[Change]:
    """Two tables change places throughout the line."""
    if at.is_line:
        used = sorted({x.table for x in postorder(e) if isinstance(x, Entry)}, key=str)
        for i, a in enumerate(used):
            for b in used[i + 1 :]:
                mine = at.scope.domains.get(a)
                if _is_like(mine, at.scope.domains.get(b)):
                    yield _renamed(e, {a: b, b: a}), f"{a} and {b} change places"


def _renamed(e: Basic, names: dict[Basic, Basic]) -> Basic:
    if e in names:
        return names[e]
    return e.rebuild(tuple(_renamed(a, names) for a in e.args)) if isinstance(e, Node) else e


@in_line
def function_exchanged(e: Basic, at: Place) -> Iterator[Change]:
    """A function is taken for another one."""
    if isinstance(e, Apply):
        mine = at.scope.domains.get(e.function)
        for name, other in sorted(at.scope.domains.items(), key=lambda item: str(item[0])):
            if name != e.function and type(other) is type(mine):
                yield e.rebuild((name, *e.arguments)), f"{name} stands for {e.function} in {e}"


@in_line
def number_exchanged(e: Basic, at: Place) -> Iterator[Change]:
    """A number is taken for another one that the page declares."""
    domain = at.scope.domains.get(e)
    if isinstance(domain, Reals) and not domain.over:
        for name in at.declared(Reals):
            other = at.scope.domains[name]
            if isinstance(other, Reals) and not other.over and name != e:
                yield name, f"{name} stands for {e}"


# --- deltas ----------------------------------------------------------------------------------------------------------


@in_line
def delta_index(e: Basic, at: Place) -> Iterator[Change]:
    """A delta has another index."""
    if isinstance(e, Delta):
        for i, old in enumerate(e.args):
            for new in at.indices():
                if new not in e.args:
                    args = (*e.args[:i], new, *e.args[i + 1 :])
                    yield Delta.make(args), f"{e} has {new} for {old}"


@in_line
def delta_of_equals(e: Basic, at: Place) -> Iterator[Change]:
    """A delta has one index twice."""
    if isinstance(e, Delta):
        for a in e.args:
            yield Delta.make((a, a)), f"{e} has {a} twice"


@in_line
def delta_shifted(e: Basic, at: Place) -> Iterator[Change]:
    """A delta is off by one."""
    if isinstance(e, Delta):
        a, b = e.args
        yield Delta.make((a, moved(b, 1))), f"{e} is off by one"
        yield Delta.make((moved(a, 1), b)), f"{e} is off by one"


@in_line
def delta_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """A delta is left out."""
    if isinstance(e, (Delta, Dirac)):
        yield S.One, f"{e} is left out"


@in_line
def delta_complemented(e: Basic, at: Place) -> Iterator[Change]:
    """A delta is 1 where it should be 0."""
    if isinstance(e, Delta):
        yield Add.make((S.One, Neg.make((e,)))), f"{e} is 1 where it should be 0"


@in_line
def delta_never(e: Basic, at: Place) -> Iterator[Change]:
    """A delta is always 0."""
    if isinstance(e, Delta):
        yield S.Zero, f"{e} is 0"


@in_line
def dirac_for_kronecker(e: Basic, at: Place) -> Iterator[Change]:
    """A Dirac delta stands for a Kronecker delta."""
    if isinstance(e, Delta):
        yield Dirac.make((Add.make((e.args[0], Neg.make((e.args[1],)))), S.Zero)), f"a Dirac delta stands for {e}"


@in_line
def kronecker_for_dirac(e: Basic, at: Place) -> Iterator[Change]:
    """A Kronecker delta stands for a Dirac delta."""
    if isinstance(e, Dirac) and isinstance(e.args[0], Add) and len(e.args[0].args) == 2:
        a, b = e.args[0].args
        yield Delta.make((a, negative(b))), f"a Kronecker delta stands for {e}"


@in_line
def dirac_moved(e: Basic, at: Place) -> Iterator[Change]:
    """A Dirac delta has its point elsewhere."""
    if isinstance(e, Dirac):
        yield e.rebuild((Add.make((e.args[0], S.One)), e.args[1])), f"the point of {e} is off by one"
        if isinstance(e.args[0], Add) and len(e.args[0].args) == 2:
            a, b = e.args[0].args
            yield e.rebuild((Add.make((a, negative(b))), e.args[1])), f"the point of {e} has its sign turned"


@in_line
def dirac_scaled(e: Basic, at: Place) -> Iterator[Change]:
    """A Dirac delta is scaled, as if that did nothing."""
    if isinstance(e, Dirac):
        for r in at.scope.ranges:
            if not r.integer and r.name in free(e):
                yield e.rebuild((Mul.make((Integer(2), e.args[0])), e.args[1])), f"the argument of {e} is doubled"


@in_line
def dirac_derived(e: Basic, at: Place) -> Iterator[Change]:
    """The derivative of a Dirac delta stands for the delta."""
    if isinstance(e, Dirac) and e.args[1] == 0:
        yield e.rebuild((e.args[0], S.One)), f"the derivative stands for {e}"


@in_line
def argument_for_entry(e: Basic, at: Place) -> Iterator[Change]:
    """A function is taken at its variable where the point is meant, or the other way about."""
    if isinstance(e, Apply) and len(e.arguments) == 1:
        for y in at.declared(Reals):
            domain = at.scope.domains[y]
            if isinstance(domain, Reals) and not domain.over and e.arguments[0] != y:
                yield e.rebuild((e.function, y)), f"{e} is taken at {y}"
            elif isinstance(domain, Reals) and domain.over:
                entry = Entry.make((y, *(i.symbol for i in domain.over)))
                if e.arguments[0] != entry and any(r.name in entry.args for r in at.scope.ranges):
                    yield e.rebuild((e.function, entry)), f"{e} is taken at {entry}"


@in_line
def sum_to_one_forgotten(e: Basic, at: Place) -> Iterator[Change]:
    """A probability is taken to be 1."""
    if isinstance(e, Entry) and isinstance(at.scope.domains.get(e.table), Pmf):
        yield S.One, f"{e} is 1"
