"""What is positive or has a value at every size, as is seen by its form: sums and products of positive parts."""

from __future__ import annotations

from sympy import E, pi
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.small.sorts import REAL, Fixed, Names, Outside, Sorts
from deltasift.domain import Density, Domain, Labels, Pmf, Reals, Size
from deltasift.inert.functions import named
from deltasift.line.linear import combination
from deltasift.line.scope import Scope

TOTAL = named(is_total=True)
WITH_PARTS = (
    ex.Add,
    ex.And,
    ex.Delta,
    ex.Equality,
    ex.Exp,
    ex.Iverson,
    ex.Less,
    ex.LessEqual,
    ex.Mul,
    ex.Neg,
    ex.Not,
    ex.Or,
    ex.Unequal,
)


class Signs:
    """Reads signs from the form of an expression, at every size at once."""

    def __init__(self, scope: Scope, sorts: Sorts) -> None:
        self.scope = scope
        self.sorts = sorts

    def is_positive(self, e: Basic, names: Names) -> bool:
        """Tell whether a value is positive wherever it is one."""
        if e in names:
            return False
        if not isinstance(e, ex.Node):
            domain = self.scope.domains.get(e)
            return bool(e.is_Rational and e > 0) or e in (pi, E) or isinstance(domain, Size) or _is_above_zero(domain)
        if isinstance(e, ex.Entry):
            domain = self.scope.domains.get(e.table)
            return domain.positive if isinstance(domain, Pmf) else _is_above_zero(domain)
        if isinstance(e, ex.Apply):
            domain = self.scope.domains.get(e.function)
            return isinstance(domain, Density) and domain.positive
        if isinstance(e, ex.Exp):
            return True
        if isinstance(e, (ex.Mul, ex.Div)):
            return all(self.is_positive(a, names) for a in e.args)
        if isinstance(e, ex.Add):
            return all(self.is_nonnegative(a, names) for a in e.args) and any(
                self.is_positive(a, names) for a in e.args
            )
        if isinstance(e, ex.Pow):
            return self.is_positive(e.args[0], names)
        if isinstance(e, ex.Sum):
            return self._is_not_empty(e) and self.is_positive(e.body, _without(names, e))
        return isinstance(e, ex.Product) and self.is_positive(e.body, _without(names, e))

    def is_nonnegative(self, e: Basic, names: Names) -> bool:
        """Tell whether a value is not negative wherever it is one."""
        if self.is_positive(e, names) or isinstance(e, (ex.Delta, ex.Iverson)) or (e.is_Rational and e >= 0):
            return True
        if e in names:
            own = names[e]
            return own is not REAL and not isinstance(own, Fixed)
        if isinstance(e, ex.Entry):
            return isinstance(self.scope.domains.get(e.table), Pmf)
        if isinstance(e, ex.Apply):
            return isinstance(self.scope.domains.get(e.function), Density)
        if isinstance(e, (ex.Mul, ex.Div, ex.Add)):
            return all(self.is_nonnegative(a, names) for a in e.args)
        if isinstance(e, ex.Pow):
            is_even = bool(e.args[1].is_Integer and e.args[1] % 2 == 0)
            return is_even or self.is_nonnegative(e.args[0], names)
        return isinstance(e, (ex.Sum, ex.Product)) and self.is_nonnegative(e.body, _without(names, e))

    def split_log(self, e: Basic, names: Names) -> Basic | None:
        """Return the logarithm of a product as a sum where no factor is negative, None where that is not seen."""
        if not isinstance(e, ex.Log):
            return None
        a = e.args[0]
        if isinstance(a, ex.Mul) and all(self.is_nonnegative(x, names) for x in a.args):
            return ex.Add(*(ex.Log(x) for x in a.args))
        if isinstance(a, ex.Div) and all(self.is_nonnegative(x, names) for x in a.args):
            return ex.Add(ex.Log(a.args[0]), ex.Neg(ex.Log(a.args[1])))
        if isinstance(a, ex.Pow) and self.is_nonnegative(a.args[0], names):
            return ex.Mul(a.args[1], ex.Log(a.args[0]))
        if isinstance(a, ex.Product) and self.is_nonnegative(a.body, _without(names, a)):
            return ex.Sum(ex.Log(a.body), a.args[1:4])
        return None

    def has_a_value(self, e: Basic, names: Names) -> bool:
        """Tell whether a part has a value at every size: it divides by, and has logarithms of, what is positive."""
        if not isinstance(e, ex.Node):
            return not e.is_infinite
        if isinstance(e, (ex.Sum, ex.Product)):
            try:
                own = self.sorts.range_of(e.lo, e.hi, names)
            except Outside:
                return False
            return self.has_a_value(e.body, {**names, e.var: own})
        if isinstance(e, ex.Entry):
            return self._exists(e, names) and all(self.has_a_value(i, names) for i in e.args[1:])
        if isinstance(e, ex.Piecewise):
            every = all(self.has_a_value(part, names) for case in e.cases for part in case)
            return every and bool(e.cases[-1][1] == True)  # noqa: E712
        parts = e.args[1:] if isinstance(e, (ex.Func, ex.Apply)) else e.args
        if not all(self.has_a_value(a, names) for a in parts):
            return False
        if isinstance(e, ex.Div):
            return self.is_positive(e.args[1], names) or bool(e.args[1].is_Rational and e.args[1] != 0)
        if isinstance(e, ex.Log):
            return self.is_positive(e.args[0], names)
        if isinstance(e, ex.Pow):
            return bool(e.args[1].is_Integer and e.args[1] >= 0) or self.is_positive(e.args[0], names)
        if isinstance(e, ex.Func):
            return e.name in TOTAL
        if isinstance(e, ex.Apply):
            return isinstance(self.scope.domains.get(e.function), Density)
        return isinstance(e, WITH_PARTS)

    def _exists(self, e: ex.Entry, names: Names) -> bool:
        domain = self.scope.domains.get(e.table)
        if not isinstance(domain, (Labels, Pmf, Reals)):
            return False
        try:
            self.sorts.indices(e, domain.ranges, names)
        except Outside:
            return False
        return True

    def _is_not_empty(self, e: ex.Sum) -> bool:
        """Tell whether a range has something in it at every size: `1..N`, `0..N - 1`, or numbers in order."""
        upper = combination([(1, e.hi)])
        if not e.lo.is_Integer or any(c != 1 or not self._is_size(a) for a, c in upper.coefficients.items()):
            return False
        return int(e.lo) <= len(upper.coefficients) + upper.constant

    def _is_size(self, e: Basic) -> bool:
        return isinstance(self.scope.domains.get(e), Size)


def _is_above_zero(domain: Domain | None) -> bool:
    return isinstance(domain, Reals) and domain.above is not None and bool(domain.above.is_nonnegative)


def _without(names: Names, binder: ex.Node) -> Names:
    """Return the names around a body, of whose own name nothing is read but that it is one."""
    return {**names, binder.args[1]: REAL}
