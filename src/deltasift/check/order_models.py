"""Orders in every finite model: two lines put any two values of a name in one order, or in opposite ones.

The name is taken twice, `q` and another one of its kind, `r`. If `f(r) - f(q)` is `g(r) - g(q)` times what is positive
in a model, both have one sign there, so that f and g put all pairs in the same order; times what is negative, in
opposite ones. Anything else is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy.core.basic import Basic

from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.finite import LARGEST, MOST_MODELS, Models
from deltasift.check.fractions import Rat, TooLarge, normal, poly_multiply, rat_add, rat_multiply
from deltasift.check.model import Model
from deltasift.check.numbers import Pair
from deltasift.check.report import CheckResult
from deltasift.domain import Domain, Labels, Pmf, Reals
from deltasift.inert import substitute
from deltasift.line.scope import Scope
from deltasift.said import Said, listed

SIGN = {"same order": 1, "opposite order": -1}


def check_order(line: Pair, scope: Scope, assumptions: Sequence[Basic], uses: int) -> CheckResult:
    """Compare an order with the line before it in every finite model.

    Parameters
    ----------
    line : (before, after, relation, varying)
    scope : Scope
    assumptions : sequence of statements
    uses : int
        How many uses of rules lead to it, none of which is known to take part in a value.
    """
    before, after, relation, varying = line
    domain = None if varying is None else scope.domains.get(varying)
    if not isinstance(domain, (Pmf, Reals)):
        return CheckResult("models", "skipped", f"not covered: nothing says what all values of {varying} are")
    other = _another(domain, scope)
    wide = replace(scope, domains={**scope.domains, other.symbol: other})
    first = [scope.unfold_all(e) for e in (before, after)]
    second = [substitute(e, {domain.symbol: other.symbol}) for e in first]
    models = Models(wide, assumptions, [*first, *second])
    kept = count = 0
    doubted, complete, why = False, True, ""
    for world, support in models:
        if count >= MOST_MODELS:
            complete = False
            break
        count += 1
        model = Model(world, wide, support, models.sampler.programs)
        try:
            kept += _is_kept(model, first, second, SIGN[relation])
        except (NoValue, NotCovered, TooLarge) as reason:
            why = why or str(reason)
        doubted = doubted or model.doubtful
    if not count or kept < count:
        said = f"{kept} of {count} models decided exactly" + (f": {why}" if why else "")
        return CheckResult("models", "unknown", said, complete=complete)
    covers = _covers(models, domain, other, doubted=doubted)
    if models.left_out:
        covers = Said(covers, f", apart from sizes where {models.left_out}")
    elif not complete:
        covers = Said(f"the first {count} models: ", covers)
    whole = complete and not models.left_out
    return CheckResult("models", "passed", covers, complete=whole, unseen=tuple(range(uses)))


def _another(domain: Pmf | Reals, scope: Scope) -> Pmf | Reals:
    """Return a table of the same kind, with a name of its own."""
    taken = {d.name for d in scope.domains.values()} | {str(s) for s in scope.domains}
    name = next(n for n in (domain.name + "_" * k for k in range(1, len(taken) + 2)) if n not in taken)
    return replace(domain, name=name)


def _is_kept(model: Model, first: Sequence[Basic], second: Sequence[Basic], sign: int) -> bool:
    """Tell whether the changes of two lines from one point to another have one sign, or opposite ones."""
    a, b = (
        rat_add(model.value(y, {}), rat_multiply(model.minus, model.value(x, {})))
        for x, y in zip(first, second, strict=True)
    )
    return _sign_of_ratio(model, a, b) == sign or (not _is_something(model, a) and not _is_something(model, b))


def _is_something(model: Model, a: Rat) -> bool:
    return bool(model.reduced(a.top))


def _sign_of_ratio(model: Model, a: Rat, b: Rat) -> int:
    """Return the sign of a/b where that is a product of numbers and of what is positive, else 0."""
    top, bottom = (model.reduced(poly_multiply(x.top, y.bottom)) for x, y in ((a, b), (b, a)))
    if not top or not bottom:
        return 0
    (c, above, rest), (d, below, other) = normal(top), normal(bottom)
    different = {atom for atom, _ in set(above) ^ set(below)}  # the others cancel
    if rest != other or not different <= model.positive:
        return 0
    return 1 if c * d > 0 else -1


def _covers(models: Models, domain: Domain, other: Domain, *, doubted: bool) -> Said:
    """Return what was gone through, in words."""
    domains = [d for d in models.sampler.domains if d is not other]
    sizes = listed(s.symbol for s in models.sampler.sizes)
    parts = [Said("all ", sizes, f" <= {LARGEST}") if sizes else "the one model"]
    if any(isinstance(d, Labels) for d in domains):
        parts.append("all labels")
    if any(isinstance(d, Pmf) and not d.positive for d in domains):
        parts.append("all supports")
    parts.append(Said("any two ", domain.symbol))
    symbolic = [
        d.symbol for d in domains if isinstance(d, (Pmf, Reals)) and d is not domain and d.symbol in models.free
    ]
    if symbolic:
        parts.append(Said("all real ", listed(symbolic)))
    return Said(listed(parts), " (exact; where both lines have a value)" if doubted else " (exact)")
