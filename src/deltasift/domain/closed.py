"""All that a page is given, with what that was declared with."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Symbol

from deltasift.domain.base import Domain
from deltasift.domain.functions import DefinedFunction, Density, Family
from deltasift.domain.tables import Index, Labels, Pmf, Reals, Size
from deltasift.errors import DomainError
from deltasift.inert import free

KINDS = frozenset((Size, Index, Labels, Reals, Pmf, Density, Family, DefinedFunction))


def closure(domains: Iterable[Domain]) -> dict[Symbol, Domain]:
    """Return all domains that the given ones mention, by symbol.

    Raises
    ------
    DomainError
        If one name is declared in two ways, definitions go in circles, or a domain is of no known kind.
    """
    found: dict[Symbol, Domain] = {}
    waiting = sorted(domains, key=lambda d: d.name)
    while waiting:
        domain = waiting.pop(0)
        if type(domain) not in KINDS:
            raise DomainError(f"{domain.name} is of a kind of its own, of whose facts nobody knows that they hold")
        known = found.get(domain.symbol)
        if known is None:
            found[domain.symbol] = domain
            waiting.extend(sorted(domain.mentions(), key=lambda d: d.name))
        elif known != domain:
            raise DomainError(f"{domain.name} is declared in two ways")
    _refuse_circles(found)
    return found


def _refuse_circles(domains: dict[Symbol, Domain]) -> None:
    """Refuse a name that is defined by itself by way of others: `a = b + 1` and `b = a` prove that 0 is 1."""
    defined = {s: free(d.body) for s, d in domains.items() if isinstance(d, (Family, DefinedFunction))}
    left = dict(defined)
    while left:
        done = [s for s, names in left.items() if names.isdisjoint(left)]
        if not done:
            raise DomainError(f"{' and '.join(sorted(s.name for s in left))} are defined by each other")
        for s in done:
            del left[s]
