"""What a function is called with: which of its parameters gets which value of a world."""

from __future__ import annotations

import inspect
import reprlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.asserting.reference import double, nested
from deltasift.check.balls import Balls
from deltasift.check.sampling import Sampler
from deltasift.check.world import Shape, Smooth, World
from deltasift.domain import DefinedFunction, Density, Domain, Family, Index, Labels, Size
from deltasift.emit.names import identifier
from deltasift.errors import DataError
from deltasift.inert import Delta, Entry, Equality, Unequal, postorder
from deltasift.line.scope import Scope

Arrays = Callable[[Any], Any]
POSITIONAL = inspect.Parameter.POSITIONAL_ONLY
VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@dataclass(frozen=True)
class Handed:
    """The sources of the arguments of a function.

    Attributes
    ----------
    positional, named : values to hand over
        Each is a domain, whose drawn value is meant; a function of drawn values by their names; or a constant.
    leading : tuple of str
        Which of the named ones are handed over by their place, before the others.
    """

    positional: tuple[Any, ...]
    named: Mapping[str, Any]
    leading: tuple[str, ...] = ()

    def wanted(self, scope: Scope) -> frozenset[Symbol]:
        """Return the names whose values are needed."""
        sources = [*self.positional, *self.named.values()]
        read = {
            p for s in sources if not isinstance(s, Domain) and callable(s) for p in inspect.signature(s).parameters
        }
        own = {s for s in scope.domains if s.name in read or identifier(s.name) in read}
        return frozenset(own | {s.symbol for s in sources if isinstance(s, Domain)})

    def call(self, function: Callable[..., Any], drawn: Mapping[Symbol, Any]) -> Any:
        """Call the function on drawn values."""
        positional = [_value(source, drawn) for source in self.positional]
        named = {name: _value(source, drawn) for name, source in self.named.items()}
        return function(*positional, *(named.pop(name) for name in self.leading), **named)

    def __str__(self) -> str:
        named = [f"{name}={_shown(source)}" for name, source in self.named.items()]
        return ", ".join([*map(_shown, self.positional), *named])


def _value(source: Any, drawn: Mapping[Symbol, Any]) -> Any:
    if isinstance(source, Domain):
        return drawn[source.symbol]
    if callable(source):
        by_name = {form: value for s, value in drawn.items() for form in (s.name, identifier(s.name))}
        return source(**{name: by_name[name] for name in inspect.signature(source).parameters})
    return source


def _shown(source: Any) -> str:
    if isinstance(source, Domain):
        return source.name
    return getattr(source, "__name__", "...") if callable(source) else reprlib.repr(source)


def hand(function: Callable[..., Any], data: Mapping[str, Any], scope: Scope) -> Handed:
    """Return which parameter of a function gets what: what `data` says, else what has the parameter's own name.

    A function of NumPy's or another that does not tell its parameters gets what is in `data`, in that order.

    Raises
    ------
    DataError
        If a parameter that needs a value gets none, or `data` names what is no parameter.
    """
    import numpy as np

    names = {form: d for d in scope.domains.values() for form in (d.name, identifier(d.name))}
    for name, source in data.items():
        _check_source(name, source, names)
    if isinstance(function, np.ufunc):
        return Handed(tuple(data.values()), {})
    try:
        parameters = inspect.signature(function).parameters
    except (ValueError, TypeError):
        if not data:
            raise DataError("the function does not tell its parameters: give data={...} in their order") from None
        return Handed(tuple(data.values()), {})
    known = {n for n, p in parameters.items() if p.kind not in VARIADIC}
    more_names = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters.values())
    more = more_names or any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters.values())
    unknown = [name for name in data if name not in known]
    if unknown and not more:
        raise DataError(f"the function has no parameter {unknown[0]}; it has {', '.join(known)}")
    positional: list[Any] = []
    if unknown and not more_names:  # what `*args` gets, in the order of `data`
        return Handed(tuple(data.values()), {})
    named: dict[str, Any] = {name: data[name] for name in unknown}
    leading: list[str] = []
    by_place = _passes_places_on(function)
    for name, p in parameters.items():
        if p.kind in VARIADIC:
            continue
        if name in data:
            source = data[name]
        elif name in names and not isinstance(names[name], DefinedFunction):
            source = names[name]
        elif p.default is inspect.Parameter.empty:
            has = ", ".join(sorted(d.name for d in scope.domains.values() if not isinstance(d, Index)))
            raise DataError(
                f"nothing is called {name}, as a parameter is: write data={{{name!r}: ...}} with one of {has}"
            )
        else:
            by_place = False  # what comes after it has another place
            continue
        if p.kind is POSITIONAL:
            positional.append(source)
        else:
            named[name] = source
            if by_place and p.kind is not inspect.Parameter.KEYWORD_ONLY:
                leading.append(name)
    return Handed(tuple(positional), named, tuple(leading))


def _passes_places_on(function: Callable[..., Any]) -> bool:
    """Tell whether a function stands around another one and may look at the places of its arguments, as `jax.grad`."""
    own = inspect.signature(function, follow_wrapped=False).parameters
    return any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in own.values())


def _check_source(name: str, source: Any, names: Mapping[str, Domain]) -> None:
    if isinstance(source, Domain):
        if isinstance(source, DefinedFunction):
            raise DataError(
                f"{name} is to be {source}, a defined function: only what is drawn or a table is handed over"
            )
    elif hasattr(source, "_given"):
        raise DataError(f"{name} is to be an expression: give it a name with define(...)")
    elif callable(source):
        try:
            wanted = inspect.signature(source).parameters
        except (ValueError, TypeError):
            raise DataError(f"{name} is to be a function that does not tell its parameters") from None
        for parameter in wanted:
            if parameter not in names:
                raise DataError(f"{name} is to be made of {parameter}, which is not in the expression")


def drawn_values(
    wanted: Collection[Symbol],
    world: World,
    scope: Scope,
    labels_from: int,
    arrays: Arrays,
    dtype: str = "float64",
) -> dict[Symbol, Any]:
    """Return values of a world as a program has them: arrays that count from 0, numbers, and functions.

    Raises
    ------
    NoValue, NotCovered
        If an entry of a defined table has no value.
    """
    import numpy as np

    found: dict[Symbol, Any] = {}
    for symbol in wanted:
        domain = scope.domains[symbol]
        if isinstance(domain, Density):
            found[symbol] = _function(world.functions[symbol])
        elif isinstance(domain, (Size, Index)):
            found[symbol] = int(world.numbers[symbol])
        elif isinstance(domain, Family):
            values = _family(domain, world, scope)
            found[symbol] = arrays(np.array(values, dtype=dtype)) if domain.over else values
        elif symbol in world.tables:
            plain = plain_table(symbol, world, scope, labels_from)
            found[symbol] = arrays(np.array(plain, dtype=np.int64 if domain.integer else dtype))
        elif symbol in world.numbers:
            found[symbol] = float(world.numbers[symbol])
    return found


def plain_table(symbol: Symbol, world: World, scope: Scope, labels_from: int) -> Any:
    """Return a table as nested lists; labels count from `labels_from`."""
    domain = scope.domains[symbol]
    table = world.tables[symbol]
    if not domain.integer:
        return nested({where: float(value) for where, value in table.items()})
    start = domain.first if isinstance(domain, Labels) else None
    first = 0 if start is None else Balls(world, scope).integer(start, {}) - labels_from
    return nested({where: int(value) - first for where, value in table.items()})


def unclear_integers(expr: Basic, wanted: Collection[Symbol], scope: Scope, labels_from: int) -> Iterator[str]:
    """Yield in words which labels are handed over with another number, though nothing says that they name classes."""
    for d in scope.domains.values():
        if not isinstance(d, Labels) or d.symbol not in wanted or d.classes is not None or d.first is None:
            continue
        if d.first != labels_from and not _names_entries(scope.unfold_all(expr), d.symbol):
            yield (
                f"{d.name} is handed over as labels from {labels_from}, and those of the page are from {d.first}: "
                f"if it counts something, declare it by counts({d.name!r}, ...)"
            )


def _names_entries(expr: Basic, table: Symbol) -> bool:
    """Tell whether an entry of a table stands in an index or in a delta."""
    parts = [x for x in postorder(expr) if isinstance(x, (Entry, Delta, Equality, Unequal))]
    inside = [a for x in parts for a in (x.indices if isinstance(x, Entry) else x.args)]
    return any(isinstance(y, Entry) and y.table == table for a in inside for y in postorder(a))


def _function(density: Shape) -> Callable[[float], float]:
    assert not isinstance(density, Smooth)  # which only names have that nobody declared
    return lambda x: float(density.at(Fraction(float(x))))


def _family(domain: Family, world: World, scope: Scope) -> Any:
    ranges = Sampler(scope).indices(world, domain)
    places = list(product(*ranges))
    return nested({i: double(domain.unfold(tuple(map(Integer, i))), world, scope) for i in places})
