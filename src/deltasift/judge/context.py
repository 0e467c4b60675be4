"""Where a statement is to hold: what the page gives, the binders that are open, the statements taken as true there.

Everything is read from the page itself. A bound name has its facts from its range alone; a free one from its domain,
from the page's assumptions, and without a domain from what its SymPy symbol claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Density, Domain, Fact, Family, Pmf, Reals, Size, Table
from deltasift.inert import Apply, Continuous, Derivative, ForAll, free
from deltasift.judge.same import key
from deltasift.judge.statement import conjuncts, contrary
from deltasift.judge.term import ZERO, Term, UnreadableError, make, read, shift
from deltasift.judge.tree import COUNTED

RANGED = frozenset((*COUNTED, "Integral"))  # binders with two ends


@dataclass(frozen=True, eq=False)
class World:
    """What a page gives.

    Attributes
    ----------
    domains : mapping from symbols to domains
    assumptions : tuple of inert statements
    integers : frozenset of symbols
        Names, of numbers or of tables, whose values are integers though no domain says so.
    distributions : frozenset of symbols
        Defined families that are used as a pmf, which the page proves.
    names : frozenset of symbols
        The names that are free in the page's lines. What is not among them need not exist, sizes apart: what its domain
        says of it is no fact.
    """

    domains: Mapping[Symbol, Domain] = field(default_factory=dict)
    assumptions: tuple[Basic, ...] = ()
    integers: frozenset[Basic] = frozenset()
    distributions: frozenset[Basic] = frozenset()
    names: frozenset[Basic] = frozenset()

    @cached_property
    def given(self) -> tuple[Term, ...]:
        """The facts of the domains and the page's assumptions, closed; what cannot be read says nothing."""
        of_domains = (closed(f) for d in self.domains.values() if self._is_there(d) for f in d.facts())
        return tuple(_read_all((*of_domains, *self.assumptions)))

    @cached_property
    def said_integers(self) -> frozenset[Term]:
        """The keys of what is given to be an integer, and of quotients of what is given to be divided."""
        every = [c for s in self.given for c in conjuncts(s)]
        quotients = (make("Div", s.args[::-1]) for s in every if s.head == "Divides")
        return frozenset(map(key, (*quotients, *(s.args[0] for s in every if s.head == "IsInteger"))))

    def _is_there(self, domain: Domain) -> bool:
        """Tell whether what a domain says is a statement about something that there is."""
        if isinstance(domain, Density):
            return False  # that its values are not negative is known by their form
        return isinstance(domain, Size) or domain.symbol in self.spoken_of

    @cached_property
    def spoken_of(self) -> frozenset[Basic]:
        """The names that are free in the page's lines, in its assumptions, or in what these are defined by."""
        found: set[Basic] = set()
        todo = [*self.names, *(name for s in self.assumptions for name in free(s))]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                domain = self.domains.get(name) if isinstance(name, Symbol) else None
                if isinstance(domain, Family | DefinedFunction):
                    todo += free(domain.body).difference(own_names(domain))
        return frozenset(found)

    def domain(self, name: Symbol) -> Domain | None:
        return self.domains.get(name)

    def definition(self, name: Symbol) -> tuple[int, Term] | None:
        """Return how many arguments a defined name takes, and its body with as many loose indices."""
        found = self._definitions.get(name)
        if found is None and name in self.domains:
            domain = self.domains[name]
            if not isinstance(domain, Family | DefinedFunction):
                return None
            names = own_names(domain)
            levels: dict[Basic, int] = {n: level for level, n in enumerate(names)}
            found = self._definitions[name] = len(names), read(domain.body, levels, len(names))
        return found

    @cached_property
    def smooth(self) -> Mapping[Basic, int]:
        """The functions that are continuous at every point, each with how many derivatives of it are, too."""
        densities = (d for d in self.domains.values() if isinstance(d, Density) and d.continuous)
        found: dict[Basic, int] = {d.symbol: 0 for d in densities}
        for s in self.assumptions:
            if (
                isinstance(s, Continuous) and s.args[1] == s.args[2] and self._is_any_real(s.args[1], s)
            ):  # at every point
                body, order = s.args[0], 0
                if isinstance(body, Derivative) and body.args[1] == s.args[1] and body.args[2].is_Integer:
                    body, order = body.args[0], int(body.args[2])
                if isinstance(body, Apply) and self._stand_for_all(body.arguments, s):
                    found[body.function] = max(order, found.get(body.function, 0))
        return found

    def _stand_for_all(self, arguments: tuple[Basic, ...], s: Continuous) -> bool:
        """Tell whether a function is said to be continuous in all of its arguments: x alone, or with x_2, x_3, ...

        The others are then names of which nothing is given: of a declared one it is said for its value alone.
        """
        x = s.args[1]
        others = tuple(Symbol(f"{x}_{i}") for i in range(2, len(arguments) + 1))
        return arguments == (x, *others) and all(
            name not in self.domains and self._is_any_real(name, s) for name in others
        )

    def _is_any_real(self, name: Basic, but: Basic) -> bool:
        """Tell whether nothing but an assumption is given of a name that leaves out a real number."""
        if any(name in free(s) for s in self.assumptions if s is not but and not isinstance(s, Continuous)):
            return False
        domain = self.domains.get(name) if isinstance(name, Symbol) else None
        if domain is not None:
            return isinstance(domain, Reals) and domain.above is None and domain.below is None
        claims = name.is_integer, name.is_nonzero, name.is_nonnegative, name.is_nonpositive
        return not any(claims)

    @cached_property
    def totals(self) -> dict[Term, bool]:
        """What was asked of `deltasift.judge.meaning.is_total`."""
        return {}

    @cached_property
    def guards(self) -> dict[Term, Term | None]:
        """What was asked of `deltasift.judge.products.guard`."""
        return {}

    @cached_property
    def _definitions(self) -> dict[Symbol, tuple[int, Term]]:
        return {}

    def ends(self, name: Symbol) -> tuple[tuple[Term, Term], ...] | None:
        """Return the ranges of the indices of a table, with a loose index for each of its indices; None of no table."""
        domain = self.domains.get(name)
        if not isinstance(domain, Table):
            return None
        names = [i.symbol for i in domain.over]
        levels: dict[Basic, int] = {n: level for level, n in enumerate(names)}
        return tuple((read(i.lo, levels, len(names)), read(i.hi, levels, len(names))) for i in domain.over)

    def is_number(self, name: Symbol) -> bool:
        """Tell whether a name by itself may be a number: a table or a function of something is none."""
        domain = self.domains.get(name)
        return not (isinstance(domain, Density | DefinedFunction) or (isinstance(domain, Table) and domain.over))

    def is_pmf(self, name: Symbol) -> bool:
        """Tell whether the entries of a table are declared to sum to one over its last index."""
        return isinstance(self.domains.get(name), Pmf)

    def is_density(self, name: Symbol) -> bool:
        """Tell whether a function is declared to be a density over the reals."""
        return isinstance(self.domains.get(name), Density)


def own_names(definition: Family | DefinedFunction) -> list[Basic]:
    """Return the names that stand for the arguments of what is defined."""
    return [i.symbol for i in definition.over] if isinstance(definition, Family) else [definition.variable.symbol]


def closed(fact: Fact) -> Basic:
    """Return a domain's fact as a statement for every index in its range."""
    statement = fact.statement
    for name, lo, hi in reversed(fact.limits):
        statement = ForAll.make((statement, name, lo, hi))
    return statement


def _read_all(statements: Iterable[Basic]) -> Iterable[Term]:
    for s in statements:
        try:
            yield read(s)
        except UnreadableError:
            continue


@dataclass(frozen=True, eq=False)
class Had:
    """What a line needs that has a value, and so is known of its place wherever that is.

    Attributes
    ----------
    needs : tuple of Need
    instead : tuple of Need
        What may be shown instead of what is needed here: that an integral around, which has point masses, exists.
    almost : int or None
        How many binders are around the outermost integral, if it has no point masses: of such a one it is enough that
        what is needed holds almost everywhere. None where there is no such integral.
    opened : int
        How many binders are open where this is known. Of the variable of an integral that a proof opens it is not.
    """

    needs: tuple[Need, ...] = ()
    instead: tuple[Need, ...] = ()
    almost: int | None = None
    opened: int = 0

    @cached_property
    def bare(self) -> Had:
        """The same without the needs."""
        return NOTHING_HAD if self.almost is None else Had((), (), self.almost, self.opened)


NOTHING_HAD = Had()


@dataclass(frozen=True)
class Context:
    """A place in a line.

    Attributes
    ----------
    world : World
    binders : tuple of Term
        The binders that are open, from the outermost in: each as the term that binds.
    guards : tuple of Term
        Statements that are true here, as they read here.
    varied : frozenset of Symbol or int
        Names that a derivative around the place is taken by, a bound one as the number of binders around its own: what
        pins them down says nothing.
    had : Had
        What is known because a line has a value.
    """

    world: World
    binders: tuple[Term, ...] = ()
    guards: tuple[Term, ...] = ()
    varied: frozenset[Symbol | int] = frozenset()
    had: Had = NOTHING_HAD

    @property
    def depth(self) -> int:
        return len(self.binders)

    def enter(self, binder: Term) -> Context:
        """Return the place inside of a binder, of which its range is kept."""
        guards = tuple(shift(g, 1) for g in self.guards)
        head = "ForAll" if binder.head in COUNTED else binder.head
        return replace(self, binders=(*self.binders, make(head, (ZERO, *binder.args[1:]))), guards=guards)

    def assuming(self, *statements: Term) -> Context:
        """Return the same place with more statements that are true there."""
        return replace(self, guards=(*self.guards, *statements)) if statements else self

    def binder(self, distance: int) -> Term:
        """Return the binder of a bound name."""
        return self.binders[-1 - distance]

    def varying(self, name: Term) -> Context:
        """Return the place inside of a derivative by a name, a table or a function."""
        number = name.value if name.head == "free" else self.depth - 1 - name.value
        return replace(self, varied=self.varied | {number})

    def end(self, distance: int, which: int) -> Term:
        """Return an end of the range of a bound name as it reads here: 0 the lower, 1 the upper."""
        return shift(self.binder(distance).args[2 + which], distance + 1)


@dataclass(frozen=True, eq=False)
class Need:
    """A statement that must hold at a place for a line to have a value."""

    context: Context
    statement: Term

    @property
    def identity(self) -> tuple[object, ...]:
        """What two needs have in common that say the same."""
        return key(self.statement), self.context.binders, in_force(self.context)


def in_force(context: Context) -> frozenset[Term]:
    """Return the keys of the guards of a place, those of a conjunction one by one, a denial as a relation."""
    found: set[Term] = set()
    todo = list(context.guards)
    while todo:
        g = todo.pop()
        if g.head == "And":
            todo += g.args
        else:
            found.add(key(contrary(g.args[0]) if g.head == "Not" else g))
    return frozenset(found)
