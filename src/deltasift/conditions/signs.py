"""Signs of expressions, read off their structure: the cheap path before the solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.domain import Density, Domain, Fact
from deltasift.inert import free, postorder, preorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.functions import ROOT, known_of
from deltasift.inert.substitution import fresh
from deltasift.line.scope import Scope
from deltasift.line.statements import given_as
from deltasift.said import Said

Signs = frozenset[int]
ANY: Signs = frozenset((-1, 0, 1))
POSITIVE: Signs = frozenset((1,))
NEGATIVE: Signs = frozenset((-1,))
ZERO: Signs = frozenset((0,))
NONNEGATIVE: Signs = frozenset((0, 1))
NONPOSITIVE: Signs = frozenset((-1, 0))
NONZERO: Signs = frozenset((-1, 1))


def _is_unreal(e: Basic) -> bool:
    """Tell whether a leaf or a function may be no real number by itself."""
    if isinstance(e, Symbol):
        return e.is_real is False
    return e is S.ImaginaryUnit or (isinstance(e, ex.Func) and e.name == ROOT)


@dataclass
class SignReader:
    """Reads signs in a scope; `holds` proves conditions on integers, `because` collects the facts used."""

    scope: Scope
    holds: Callable[[Basic, Scope], bool]
    because: dict[str, None] = field(default_factory=dict)

    def signs(self, e: Basic) -> Signs:
        """Return the signs that the value can have, wherever there is one."""
        if not isinstance(e, ex.Node):
            return self._leaf(e)
        if isinstance(e, ex.Neg):
            return frozenset(-s for s in self.signs(e.args[0]))
        if isinstance(e, (ex.Mul, ex.Div)):
            result = self.signs(e.args[0])
            for a in e.args[1:]:
                result = frozenset(s * t for s in result for t in self.signs(a))
            return result
        if isinstance(e, ex.Add):
            known = self._sum_of([self.signs(a) for a in e.args])
            return POSITIVE if known == ANY and self.holds(ex.Less.make((S.Zero, e)), self.scope) else known
        if isinstance(e, ex.Exp):
            return NONZERO if any(map(_is_unreal, postorder(e))) else POSITIVE
        if isinstance(e, ex.Pow):
            return self._power(e)
        if isinstance(e, ex.Delta):
            return NONNEGATIVE
        if isinstance(e, ex.Iverson):
            return POSITIVE if self.holds(e.args[0], self.scope) else NONNEGATIVE
        if isinstance(e, (ex.Sum, ex.Integral, ex.Product)):
            return self._binder(e)
        if isinstance(e, (ex.Maximum, ex.Minimum)):
            return SignReader(self.scope.enter(e), self.holds, self.because).signs(e.args[0])
        if isinstance(e, ex.Piecewise):
            return frozenset().union(*(self.signs(value) for value, _ in e.cases))
        if isinstance(e, (ex.Entry, ex.Apply)):
            return self._fact_signs(e)
        if isinstance(e, ex.Func):
            return self._function(e)
        return ANY

    def _function(self, e: ex.Func) -> Signs:
        if e.name in ("Max", "Min"):  # the sign of the largest is the largest sign
            signs = [self.signs(a) for a in e.arguments]
            choose = max if e.name == "Max" else min
            return frozenset(choose(s) for s in product(*signs))
        if e.name == ROOT:
            return NONZERO
        known = known_of(e.name).sign
        if known == "positive from 0 on":
            return POSITIVE if self.signs(e.arguments[0]) <= NONNEGATIVE else ANY
        return {"positive": POSITIVE, "nonnegative": NONNEGATIVE}.get(known, ANY)

    def _leaf(self, e: Basic) -> Signs:
        if isinstance(e, Symbol):
            if e.is_positive:
                return POSITIVE
            if e.is_nonnegative:
                return NONNEGATIVE
            return self._fact_signs(e)
        if e.is_positive:
            return POSITIVE
        if e.is_negative:
            return NEGATIVE
        return ZERO if e.is_zero else ANY

    def _power(self, e: ex.Pow) -> Signs:
        base, exponent = self.signs(e.args[0]), e.args[1]
        if any(map(_is_unreal, postorder(e))):
            return ANY if 0 in base or not exponent.is_Integer else NONZERO
        if base == POSITIVE:
            return POSITIVE
        if exponent.is_Integer and exponent % 2 == 0:
            return POSITIVE if 0 not in base or exponent == 0 else NONNEGATIVE
        if base <= NONNEGATIVE:
            return NONNEGATIVE
        return base if exponent.is_Integer and exponent > 0 else ANY

    def _binder(self, e: ex.Node) -> Signs:
        inner = SignReader(self.scope.enter(e), self.holds, self.because)
        body = inner.signs(e.args[0])
        if isinstance(e, ex.Product):
            return body if body <= POSITIVE else NONNEGATIVE if body <= NONNEGATIVE else ANY
        if not (body <= NONNEGATIVE or body <= NONPOSITIVE):
            return ANY
        forward = ex.LessEqual.make((e.args[2], e.args[3]))
        if isinstance(e, ex.Integral):
            return self._of_integral(body | {0}, e, forward)
        if 0 not in body and self.holds(forward, self.scope):
            return body
        return POSITIVE if body <= NONNEGATIVE and self._is_said_positive(e) else body | {0}

    def _is_said_positive(self, e: Basic) -> bool:
        """Tell whether a fact says of what is not negative that it is positive, or that it is not 0."""
        for s in self.scope.assumed:
            for claim in (ex.Less.make((S.Zero, e)), ex.Unequal.make((e, S.Zero))):
                for _, needs in instances(s, claim):
                    if all(self.holds(need, self.scope) for need in needs):
                        self.because[given_as(s)] = None
                        return True
        return False

    def _of_integral(self, body: Signs, e: ex.Integral, forward: ex.Node) -> Signs:
        """Return the signs of an integral of what has these signs: from the larger end to the smaller they turn."""
        if body == ZERO or e.lo == e.hi:
            return ZERO
        if self.holds(forward, self.scope):
            return body
        backward = ex.LessEqual.make((e.hi, e.lo))
        return frozenset(-s for s in body) if self.holds(backward, self.scope) else ANY

    def _fact_signs(self, e: Basic) -> Signs:
        result = ANY
        for statement, source in facts_about(e, self.scope, self.holds):
            known = _says(statement, e)
            if known is not None and not result <= known:
                result &= known
                self.because[source] = None
        return result

    @staticmethod
    def _sum_of(parts: list[Signs]) -> Signs:
        union = frozenset().union(*parts)
        if union <= NONNEGATIVE:
            return POSITIVE if POSITIVE in parts else union
        if union <= NONPOSITIVE:
            return NEGATIVE if NEGATIVE in parts else union
        return ANY


def _says(statement: Basic, e: Basic) -> Signs | None:
    if isinstance(statement, (ex.Less, ex.LessEqual)):
        lhs, rhs = statement.args
        strict = isinstance(statement, ex.Less)
        if rhs == e and lhs.is_number and lhs.is_nonnegative:
            return POSITIVE if strict or lhs.is_positive else NONNEGATIVE
        if lhs == e and rhs.is_number and rhs.is_nonpositive:
            return NEGATIVE if strict or rhs.is_negative else NONPOSITIVE
    return None


def facts_about(e: Basic, scope: Scope, holds: Callable[[Basic, Scope], bool]) -> list[tuple[Basic, str]]:
    """Return the statements known of a symbol, an entry or a value, with their sources.

    An entry is known only where its indices are in their ranges.
    """
    found: list[tuple[Basic, str]] = [(s, given_as(s)) for s in scope.assumed if e in s.args]
    for r in reversed(scope.ranges):
        if r.name == e:
            source = Said(r.name, " runs from ", r.lo, " to ", r.hi)
            lo, hi = r.known
            return [*found, (ex.LessEqual.make((lo, e)), source), (ex.LessEqual.make((e, hi)), source)]
    name = e.args[0] if isinstance(e, (ex.Entry, ex.Apply)) else e
    domain = scope.domain(name)
    if domain is None:
        return found
    for fact in facts_of(domain, scope):
        statement = instance(fact, e)
        if statement is not None and all(holds(c, scope) for c in in_range(fact, e)):
            found.append((statement, fact.source))
    if isinstance(domain, Density) and isinstance(e, ex.Apply):
        return found
    return found


def facts_of(domain: Domain, scope: Scope) -> list[Fact]:
    """Return the facts of a domain, without those that speak of a name which a binder has given to something else."""
    bound = {r.name for r in scope.ranges}
    return [f for f in domain.facts() if bound.isdisjoint(_others(f))]


def _others(fact: Fact) -> set[Basic]:
    """Return what a fact mentions beside the thing it is about."""
    names = set(free(fact.statement)).union(*(free(lo) | free(hi) for _, lo, hi in fact.limits))
    return names - free(fact.about)


def instance(fact: Fact, e: Basic) -> Basic | None:
    """Return what a fact says of `e`, None where it speaks of something else."""
    rule = _fit(fact.about, e)
    return None if rule is None else substitute(fact.statement, rule)


def in_range(fact: Fact, e: Basic) -> list[Basic]:
    """Return the conditions that the indices of an entry are in their ranges."""
    rule = _fit(fact.about, e) or {}
    needs: list[Basic] = []
    for name, lo, hi in fact.limits:
        at = rule.get(name, name)
        low, high = (substitute(bound, rule) for bound in (lo, hi))
        needs.extend((ex.LessEqual.make((low, at)), ex.LessEqual.make((at, high))))
    return [n for n in needs if S.Infinity not in n.args and S.NegativeInfinity not in n.args]


def unify(pattern: Basic, e: Basic, names: frozenset[Basic]) -> dict[Basic, Basic] | None:
    """Return what the names stand for where `pattern` is `e`, but for bound names; None where it is not.

    A name stands for nothing that a binder inside of `e` has made its own.
    """
    rule: dict[Basic, Basic] = {}
    own: set[Basic] = set()
    stack = [(pattern, e)]
    while stack:
        p, x = stack.pop()
        if p in names:
            if rule.setdefault(p, x) != x or not free(x).isdisjoint(own):
                return None
        elif isinstance(p, ex.Node):
            if type(p) is not type(x) or len(p.args) != len(x.args):
                return None
            if p.binds:
                assert isinstance(p.args[1], Symbol)
                name = fresh(p.args[1], {*names, *own, *free(p.args[0]), *free(x.args[0])})
                own.add(name)
                inside = [substitute(t.args[0], {t.args[1]: name}) for t in (p, x)]
                stack.append((inside[0], inside[1]))
            stack.extend(zip(p.args[2 if p.binds else 0 :], x.args[2 if p.binds else 0 :], strict=True))
        elif p != x:
            return None
    return rule


def instances(fact: Basic, e: Basic, *, parts: bool = False) -> Iterator[tuple[Basic, tuple[ex.Node, ...]]]:
    """Yield what a fact about every integer of a range says, where it speaks of `e`, and what that needs.

    The fact, or with `parts` an entry or a value in it, is `e` at some values of its indices. It says this of integers
    in their ranges alone: where a range is empty it says nothing, also of what the index does not occur in.
    """
    if not isinstance(fact, ex.ForAll):
        return
    limits: list[tuple[Basic, ...]] = []
    body: Basic = fact
    while isinstance(body, ex.ForAll):
        limits.append(body.args[1:])
        body = body.args[0]
    names = frozenset(name for name, _, _ in limits)
    for about in _tables(body) if parts else (body,):
        rule = unify(about, e, names)
        if rule is None or (parts and len(rule) < len(limits)):
            continue
        needs: list[ex.Node] = []
        for name, lo, hi in limits:
            low, high = substitute(lo, rule), substitute(hi, rule)
            orders = [(low, rule[name]), (rule[name], high)] if name in rule else [(low, high)]
            needs += [ex.LessEqual.make(pair) for pair in orders if INFINITE.isdisjoint(pair)]
            if name in rule and not any(isinstance(x, ex.Entry) and name in x.indices for x in _tables(body)):
                needs.append(ex.IsInteger.make((rule[name],)))  # of an index that is no integer there is no entry
        if names <= rule.keys() or all(names.isdisjoint(free(need)) for need in needs):
            yield substitute(body, rule), tuple(needs)


def _tables(e: Basic) -> list[Basic]:
    """Return the entries and the values of functions in a statement."""
    return [x for x in preorder(e) if isinstance(x, (ex.Entry, ex.Apply))]


def _fit(about: Basic, e: Basic) -> dict[Basic, Basic] | None:
    names = frozenset(about.args[1:]) if isinstance(about, (ex.Entry, ex.Apply)) else frozenset()
    return unify(about, e, names)
