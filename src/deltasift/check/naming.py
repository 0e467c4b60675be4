"""What is printed alike is one thing: a reader of a page sees prints, and could not tell two things apart.

Names, entries, values of functions, named quantities and constants are compared with each other as they are printed,
two symbols of one name among them. What stands between them is arithmetic, which is printed as what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import NumberSymbol
from sympy.core.symbol import Str

import deltasift.inert as ex
from deltasift.domain import is_name
from deltasift.inert import free, postorder
from deltasift.inert.printing import latex, latex_name
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.quantities import meant

THINGS = (ex.Entry, ex.Apply, ex.Func, ex.Dirac, ex.Delta, ex.Log, ex.Exp, ex.Named, ex.Expectation)
CALLED = {ex.Dirac: "delta", ex.Log: "log", ex.Exp: "exp"}
MOST = 4_000  # different things that are compared


def misprints(lines: Sequence[Basic], scope: Scope) -> Iterator[tuple[int, str]]:
    """Yield what a reader would take for something else: the place of the line, and what is wrong in it."""
    seen: dict[str, tuple[Basic, int]] = {}
    canon = Canon()
    done: set[Basic] = set()
    for place, line in enumerate(lines):
        for thing in _things(line):
            if thing in done or len(done) > MOST:
                continue
            done.add(thing)
            if isinstance(thing, Symbol) and not is_name(thing.name):
                yield place, f"{thing.name!r} is not a name"
            if isinstance(thing, (ex.Named, ex.Expectation)):
                said = meant(thing, scope.domains)
                if said is None or not canon.same(said, thing):
                    yield place, f"{thing} is not the quantity of that name"
            for form in _forms(thing):
                other, before = seen.setdefault(form, (thing, place))
                if other != thing and not _are_one(thing, other, canon):
                    where = "here" if before == place else f"in line {before + 1}"
                    yield place, f"{_told(thing)} is printed as {_told(other)} is, {where}"
                    break


def _things(line: Basic) -> Iterator[Basic]:
    """Yield what has a print of its own; a name that a binder has given to something is that binder's."""
    loose = free(line)
    for e in postorder(line):
        if isinstance(e, Symbol):
            if e in loose or _is_hidden(e, loose):
                yield e
        elif isinstance(e, (*THINGS, NumberSymbol)) or (not e.args and (e.is_infinite or e.is_Integer)):
            yield e


def _is_hidden(name: Symbol, loose: frozenset[Basic]) -> bool:
    """Tell whether a bound name is printed as a free one of the line is."""
    return any(isinstance(s, Symbol) and s.name == name.name and s != name for s in loose)


def _forms(thing: Basic) -> Iterator[str]:
    """Yield how a thing is printed, in LaTeX and, as far as its head goes, in letters."""
    if isinstance(thing, (Symbol, ex.Node, NumberSymbol)) or thing.is_Integer or thing.is_infinite:
        yield latex(thing)
    if isinstance(thing, ex.Dirac) and thing.args[1] != 0:
        return  # its order is printed, so it is no value of a function called delta
    if isinstance(thing, (ex.Apply, ex.Func, ex.Dirac, ex.Log, ex.Exp)):
        name = CALLED.get(type(thing)) or (str(thing.args[0]) if isinstance(thing.args[0], Str) else thing.args[0].name)
        arguments = thing.arguments if isinstance(thing, (ex.Apply, ex.Func)) else thing.args[:1]
        yield f"{latex_name(name)}({', '.join(map(latex, arguments))})"
    elif isinstance(thing, ex.Delta):
        yield f"{latex_name('delta')}_{{{''.join(map(latex, thing.args))}}}"


def _are_one(a: Basic, b: Basic, canon: Canon) -> bool:
    """Tell whether two things are one up to bound names, as `H(p)` with its sum over k and over j."""
    return type(a) is type(b) and isinstance(a, ex.Node) and canon.same(a, b) and free(a) == free(b)


def _told(thing: Basic) -> str:
    """Return a thing in words that tell it from what is printed alike."""
    if isinstance(thing, Symbol):
        said = ", ".join(k if v else f"not {k}" for k, v in thing._assumptions_orig.items())
        return f"the name {thing.name}" + (f" ({said})" if said else "")
    if isinstance(thing, ex.Entry):
        return f"the entry {thing}"
    if isinstance(thing, ex.Apply):
        return f"the function {thing}"
    if isinstance(thing, ex.Node):
        return f"{type(thing).__name__} {thing}"
    return f"the number {thing}"
