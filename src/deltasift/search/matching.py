"""Telling whether a formula with gaps is an expression, or a part of one.

Bound names match up to renaming, other names as they are written; sums and products, the arguments of a Kronecker
delta and the sides of an equality match in any order, and a gap in a sum or a product may be several of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.line.views import Factor, factors, peeled, summands
from deltasift.search.formula import EXPECTATION, GAP

Names = tuple[tuple[Basic | None, Basic], ...]  # bound names of the formula, each with that of the expression
Parts = list[tuple[Basic, bool]]  # factors, and whether each is below a fraction bar; or terms
SYMMETRIC = (ex.Delta, ex.Equality, ex.Unequal)
ANY_ORDER = frozenset(("Max", "Min"))


def parts_like(formula: Basic, expr: Basic) -> Iterator[Basic]:
    """Yield the parts of an expression that a formula matches, outer ones first; of a sum also some of its terms."""
    stack = [expr]
    under: set[int] = set()  # what stands behind a minus with which it was yielded
    while stack:
        e = stack.pop()
        if _fits(formula, e, (), part=True):
            if id(e) not in under:
                yield e
            under.update(map(id, e.args if isinstance(e, ex.Neg) else ()))
        if isinstance(e, ex.Named):
            continue  # its definition is not what is written
        stack.extend(a for a in reversed(_written(e)) if isinstance(a, ex.Node))


def _written(e: Basic) -> Sequence[Basic]:
    if isinstance(e, ex.Expectation):
        return (e.args[0],)
    return e.args if isinstance(e, ex.Node) else ()


def _fits(p: Basic, e: Basic, names: Names, *, part: bool = False) -> bool:
    """Tell whether a formula is an expression, or with `part` some terms or factors of it."""
    if p == GAP:
        return True
    if isinstance(p, Symbol):
        return isinstance(e, Symbol) and _same_name(p, e, names)
    if isinstance(p, (ex.Mul, ex.Neg, ex.Div)) or (p.is_Rational and not (p.is_Integer and p >= 0)):
        return _product(p, e, names, part)
    if isinstance(p, ex.Add):
        return _sum(p, e, names, part)
    if not isinstance(p, ex.Node):
        return bool(p == peeled(e)[0])
    return _head(p, peeled(e)[0], names)


def _same_name(p: Basic, e: Basic, names: Names) -> bool:
    for mine, theirs in reversed(names):
        if p == mine or e == theirs:
            return bool(p == mine and e == theirs)
    return str(p) == str(e)


# --- sums and products ---------------------------------------------------------------------------------------------


def _product(p: Basic, e: Basic, names: Names, part: bool) -> bool:
    sign, wanted = _flat(p)
    found_sign, found = _flat(e)
    if sign != found_sign and (sign == -1 or not (part or (GAP, False) in wanted)):
        return False
    return _matched(wanted, found, names, part)


def _matched(wanted: Parts, found: Parts, names: Names, part: bool) -> bool:
    """Tell whether each part that is wanted is one that was found, the gaps taking what is left."""
    written = [w for w in wanted if w[0] != GAP]
    above, below = wanted.count((GAP, False)), wanted.count((GAP, True))

    def fill(left: Parts) -> bool:
        under = sum(inverse for _, inverse in left)
        if under < below or len(left) - below < above:
            return False
        return part or above > 0 or (len(left) == under and (below > 0 or not left))

    def place(n: int, left: Parts) -> bool:
        if n == len(written):
            return fill(left)
        p, inverse = written[n]
        return any(
            under == inverse and _fits(p, e, names) and place(n + 1, [*left[:i], *left[i + 1 :]])
            for i, (e, under) in enumerate(left)
        )

    return place(0, found)


def _flat(e: Basic) -> tuple[int, Parts]:
    """Return the sign and the factors of a product, those below a fraction bar one by one."""
    sign, found = factors(e)
    flat: Parts = []
    for f in found:
        flat += _below(f) if f.inverse and isinstance(f.expr, ex.Mul) else [(f.expr, f.inverse)]
    return sign, flat


def _below(f: Factor) -> Parts:
    return [(g.expr, not g.inverse) for g in factors(f.expr)[1]]


def _sum(p: Basic, e: Basic, names: Names, part: bool) -> bool:
    found = [t for t, _ in summands(e)]
    if len(found) == 1:
        return False
    wanted = [t for t, _ in summands(p)]
    return _matched([(t, False) for t in wanted], [(t, False) for t in found], names, part)


# --- heads ---------------------------------------------------------------------------------------------------------


def _head(p: ex.Node, e: Basic, names: Names) -> bool:
    if isinstance(p, ex.Apply) and isinstance(e, ex.Named):
        return p.function.name == e.head and _each(p.arguments, e.operands, names)
    if isinstance(p, ex.Apply) and isinstance(e, ex.Expectation):
        return p.function.name == EXPECTATION and _expected(p, e, names)
    if type(p) is not type(e):
        return False
    assert isinstance(e, ex.Node)
    if isinstance(p, (ex.Binder, ex.At, ex.ForAll)):
        return _bound(p, e, names)
    if isinstance(p, SYMMETRIC) or (isinstance(p, ex.Func) and p.name in ANY_ORDER):
        return _each(p.args, e.args, names) or _each(_turned(p), e.args, names)
    return _each(p.args, e.args, names)


def _turned(p: ex.Node) -> tuple[Basic, ...]:
    return (*p.args[:-2], p.args[-1], p.args[-2]) if len(p.args) >= 2 else p.args


def _each(ps: Sequence[Basic], es: Sequence[Basic], names: Names) -> bool:
    return len(ps) == len(es) and all(_fits(p, e, names) for p, e in zip(ps, es, strict=True))


def _expected(p: ex.Apply, e: ex.Expectation, names: Names) -> bool:
    """Match `E(?, x, p)`, `E(?, p)` or `E(?)` with an expectation."""
    body, *rest = p.arguments
    if rest and not _fits(rest[-1], e.distribution, names):
        return False
    name = rest[0] if len(rest) == 2 else GAP
    return any(_fits(body, e.args[0], (*names, (n, e.var))) for n in _candidates(name, body, names))


def _bound(p: ex.Node, e: ex.Node, names: Names) -> bool:
    if not _each(p.args[2:], e.args[2:], names):
        return False
    body = p.args[0]
    return any(_fits(body, e.args[0], (*names, (n, e.args[1]))) for n in _candidates(p.args[1], body, names))


def _candidates(name: Basic, body: Basic, names: Names) -> Sequence[Basic | None]:
    """Return which name of the formula may be the bound one; where none is said, each that stands in the body."""
    if name != GAP:
        return (name,)
    known = {mine for mine, _ in names}
    inside = sorted({s for s in body.atoms(Symbol) if s != GAP and s not in known}, key=str)
    return (*inside, None)
