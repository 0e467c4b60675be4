"""From one line to the next: how rules lead there, each at one or more places."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import permutations

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.inert import Add, Derivative, Div, Mul, Neg, Node, postorder
from deltasift.line.definedness import requirements
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.line.views import Factor, Path, factors, peeled, put, summands
from deltasift.match.align import Part, one_name, unmatched
from deltasift.match.apart import is_taken_apart
from deltasift.match.application import (
    AnyRule,
    Application,
    Chain,
    can_turn,
    given_bound,
    length_of,
    shorter,
    turned_around,
)
from deltasift.match.field import equal_in_field
from deltasift.match.given import OF_GIVEN, lets_through
from deltasift.match.ones import one_left_out
from deltasift.match.places import Places
from deltasift.match.shift import SHIFTED, shift_between, shifted
from deltasift.rule import Method, Rule, Under

MOST_LINES = 300  # candidate lines kept between two rules of one step
DEEPEST = 12  # applications of one rule at one place
EITHER_WAY = frozenset(("delta_subst",))  # coded rules that say the same when they are read from right to left
MOST_PARTS = 5  # of a node, of which each may have changed


class Search(Places):
    """Finds how rules lead from one line to another; `canon` decides what is the same line."""

    def __init__(self, canon: Canon | None = None, accept: Callable[[Application], bool] | None = None) -> None:
        super().__init__(canon, accept)
        self._failed: set[Hashable] = set()

    def used(self, a: Basic, b: Basic, rule: AnyRule, scope: Scope) -> Chain | None:
        """Return how a rule, said to be used at `a` itself, makes `b` of it; elsewhere in it, too, if it was not."""
        if isinstance(rule, Rule) and is_taken_apart(rule, a, b, self.canon, scope, few=1):
            return [Application(rule, (), a, b, (), scope)]
        if isinstance(rule, (Method, Rule)):
            # first the whole, and as it is written: there are few ways to it, and it is seen at once
            for is_wanted, whole in ((b.__eq__, True), (b.__eq__, False), (partial(self.canon.same, b), False)):
                self.work = 0
                for found in self.local(rule, a, scope, is_wanted, whole=whole):
                    return [found]
        return self.reach(a, b, rule, scope)

    # --- from line to line -----------------------------------------------------------------------------------------

    def step(
        self, before: Basic, after: Basic, rules: Sequence[AnyRule], scope: Scope
    ) -> list[tuple[Basic, Chain]] | None:
        """Return the lines between, each with the applications that lead to it, or None.

        The rules are used in the order given, each at one or more places.
        """
        self.begin()
        self._failed.clear()
        self._uses.clear()
        return self._step(before, after, tuple(rules), scope)

    def _step(
        self, before: Basic, after: Basic, rules: tuple[AnyRule, ...], scope: Scope
    ) -> list[tuple[Basic, Chain]] | None:
        if not rules:
            return [] if self.canon.same(before, after) else None
        if len(rules) == 1:
            chain = self.reach(before, after, rules[0], scope)
            chain = one_left_out(rules[0], before, after, scope) if chain == [] else chain
            return [(after, chain)] if chain else None
        best = self._at_once(before, after, rules, scope)
        if best is not None:
            return best
        for middle, chain in self._closure(before, rules[0], scope):
            rest = self._step(middle, after, rules[1:], scope)
            if rest is not None:
                best = shorter(best, [(middle, chain), *rest])
            if length_of(best) == len(rules) or self.is_over():
                return best
        for middle, chain in self._folded(before, after, rules[0], scope) if best is None else ():
            rest = self._step(middle, after, rules[1:], scope)
            if rest is not None:
                return [(middle, chain), *rest]
        if best is not None:
            return best
        hidden = one_left_out(rules[0], before, None, scope)
        rest = None if hidden is None else self._step(before, after, rules[1:], scope)
        if hidden is not None and rest is not None:
            return [(before, hidden), *rest]
        for middle, chain in self._closure(after, rules[-1].reversed, scope):
            rest = self._step(before, middle, rules[:-1], scope)
            if rest is not None:
                best = shorter(best, [*rest, (after, turned_around(chain, rules[-1]))])
            if length_of(best) == len(rules) or self.is_over():
                return best
        return best

    def _at_once(
        self, before: Basic, after: Basic, rules: tuple[AnyRule, ...], scope: Scope
    ) -> list[tuple[Basic, Chain]] | None:
        """Return the lines where the first rule is used as often as it can be, which spares all groupings of terms."""
        line, seen = before, {self.canon.key(before)}
        while isinstance(rules[0], Rule) and len(seen) <= DEEPEST and not self.is_over():
            new = (put(line, x.path, x.after) for x in self.everywhere(rules[0], line, scope))
            fresh = next((e for e in new if self.canon.key(e) not in seen), None)
            if fresh is None:
                break
            line = fresh
            seen.add(self.canon.key(line))
        chain = self.reach(before, line, rules[0], scope) if 2 < len(seen) <= DEEPEST else None
        rest = self._step(line, after, rules[1:], scope) if chain else None
        return [(line, chain), *rest] if chain and rest else None

    def _folded(self, before: Basic, after: Basic, rule: AnyRule, scope: Scope) -> Iterator[tuple[Basic, Chain]]:
        """Yield the line with what a name of the later line stands for written as that name, wherever it is."""
        if rule.name != "definition":
            return
        for name in dict.fromkeys(e for e in postorder(after) if isinstance(e, (Symbol, Node))):
            body = scope.unfold(name)
            whole = None if body is None else _with_name(before, name, self.canon.key(body), self.canon)
            chain = None if whole is None else self.reach(before, whole, rule, scope)
            if whole is not None and chain:
                yield whole, chain

    def _closure(self, line: Basic, rule: AnyRule, scope: Scope) -> Iterator[tuple[Basic, Chain]]:
        """Yield the lines that a rule gives, used once, twice, and so on."""
        seen = {self.canon.key(line)}
        frontier: list[tuple[Basic, Chain]] = [(line, [])]
        tried = 0
        for _ in range(DEEPEST):
            fresh_lines: list[tuple[Basic, Chain]] = []
            for here, chain in frontier:
                for found in self.everywhere(rule, here, scope):
                    new = put(here, found.path, found.after)
                    key = self.canon.key(new)
                    if key in seen:
                        continue
                    seen.add(key)
                    tried += 1
                    fresh_lines.append((new, [*chain, found]))
                    yield fresh_lines[-1]
                    if self.is_over(beside=tried >= MOST_LINES):
                        return
            frontier = fresh_lines

    def reach(self, a: Basic, b: Basic, rule: AnyRule, scope: Scope) -> Chain | None:
        """Return how one rule, used at one or more places, makes the line `b` of the line `a`."""
        if isinstance(rule, Under):
            chain = self._reach(a, b, rule.rule, scope, True)
            return None if chain is None else [replace(x, rule=rule) for x in chain]
        chain = self._reach(a, b, rule, scope, False)
        if chain is None and can_turn(rule):
            self.work = 0
            self._failed.clear()
            is_either = rule.name in EITHER_WAY and isinstance(rule, Method) and not rule.is_reversed
            other = rule if is_either else rule.reversed
            back = self._reach(b, a, other, scope, False)
            chain = None if back is None else turned_around(back, rule)
        return chain

    def _reach(self, a: Basic, b: Basic, rule: AnyRule, scope: Scope, must_bind: bool) -> Chain | None:
        self.work += 1
        if self.canon.same(a, b):
            return []
        place = (self.canon.key(a), self.canon.key(b), str(rule), scope.ranges, must_bind)
        if self.is_over() or place in self._failed:
            return None
        chain = self._led(a, b, rule, scope, must_bind)
        if chain is None:
            self._failed.add(place)
        return chain

    def _led(self, a: Basic, b: Basic, rule: AnyRule, scope: Scope, must_bind: bool) -> Chain | None:
        """Use a rule at a place itself and at its parts, once, twice, and so on, until what is left lies deeper."""
        if not must_bind and isinstance(rule, Rule) and is_taken_apart(rule, a, b, self.canon, scope):
            return [Application(rule, (), a, b, (), scope)]
        b = peeled(b)[0]
        seen = {self.canon.key(a)}
        frontier: list[tuple[Basic, Path, Chain]] = [(*peeled(a), [])]
        for _ in range(DEEPEST):
            new_ones: list[tuple[Basic, Path, Chain]] = []
            for here, path, chain in frontier:
                local = [] if must_bind else list(self.local(rule, here, scope))
                last = self._last(here, b, rule, scope, must_bind, local)
                if last is not None:
                    return [*chain, *(x.under(path) for x in last)]
                for x in (*local, *(() if must_bind else self._parts(rule, here, scope))):
                    new = put(here, x.path, x.after)
                    key = self.canon.key(new)
                    if x.loose or key in seen or self.is_over():
                        continue
                    if self.canon.same(new, b):
                        return [*chain, x.under(path)]
                    self.work += 1
                    seen.add(key)
                    plain, inner = peeled(new)
                    new_ones.append((plain, (*path, *inner), [*chain, x.under(path)]))
            frontier = new_ones
        return None

    def _last(
        self, a: Basic, b: Basic, rule: AnyRule, scope: Scope, must_bind: bool, local: Sequence[Application]
    ) -> Chain | None:
        """Return how one use of a rule at a place, or uses deeper inside of it, make `b` of `a`."""
        for x in local:
            if self.canon.same(x.after, b):
                return [x]
        if isinstance(rule, Rule) and rule.name in SHIFTED and not must_bind:
            by = shift_between(a, b, SHIFTED[rule.name])
            if by is not None and scope.is_integer(by):
                assert isinstance(a, Node)
                c = (("c", by),)
                moved = Application(rule, (), a, shifted(a, by), (), scope, c, values=c)
                rest = self._reach(moved.after, b, rule, scope, must_bind)
                return None if rest is None else [moved, *rest]
        if rule.name in OF_GIVEN:
            return None if must_bind else self._bounded(a, b, rule, scope)
        chain = self._descend(a, b, rule, scope, must_bind)
        if chain is not None:
            return chain
        if isinstance(rule, Method) and rule.name == "arithmetic" and not must_bind and equal_in_field(a, b):
            needs = dict.fromkeys([*requirements(a, scope), *requirements(b, scope)])
            return [Application(rule, (), a, b, tuple(needs), scope)]
        return None

    def _bounded(self, a: Basic, b: Basic, rule: AnyRule, scope: Scope) -> Chain | None:
        """Return how one expression is at most another by what is given: as a whole, or in the parts that differ."""
        whole = given_bound(rule, a, b, scope)
        if self.accept is not None and self.accept(whole):
            return [whole]
        chain = self._descend(a, b, rule, scope, False) if lets_through(a, b, self.canon) else None
        return [whole] if chain is None and self.accept is None else chain

    def _parts(self, rule: AnyRule, a: Basic, scope: Scope) -> Iterator[Application]:
        """Yield the applications to a factor or a term of `a`, which may change how many of them there are."""
        for whole, place in summands(a) if isinstance(a, Add) else [(a, ())]:
            parts = factors(whole, place)[1] if isinstance(whole, (Mul, Div, Neg)) else []
            if isinstance(a, Add) and len(parts) != 1:
                parts = [Factor(whole, False, place)]
            for part in parts:
                for x in self.local(rule, part.expr, scope) if part.in_place else ():
                    yield x.under(part.path)

    def _descend(self, a: Basic, b: Basic, rule: AnyRule, scope: Scope, must_bind: bool) -> Chain | None:
        if not isinstance(a, Node):
            return None
        if isinstance(a, (Mul, Div, Neg)) or isinstance(b, (Mul, Div, Neg)):
            sign, mine = factors(a)
            other, theirs = factors(b)
            if sign != other or (len(mine) == len(theirs) == 1 and mine[0].expr is a and theirs[0].expr is b):
                return None
            left = [(f.expr, f.path if f.in_place else None, f.inverse) for f in mine]
            return self._align(left, [(f.expr, f.inverse) for f in theirs], rule, scope, must_bind)
        if isinstance(a, Add):
            right = [(e, False) for e, _ in summands(b)]
            return self._align([(e, p, False) for e, p in summands(a)], right, rule, scope, must_bind)
        if type(a) is not type(b) or len(a.args) != len(b.args):
            return None
        chain: Chain = []
        for i, (x, y) in enumerate(zip(a.args, b.args, strict=True)):
            if a.binds and i == 1:
                continue
            if isinstance(a, Derivative) and i == 1:
                if not self.canon.same(x, y):
                    return None
                continue
            inside = a.binds and i == 0
            if inside:
                x, y, name = one_name(a, b)
                if name != a.args[1]:
                    return None
            more = self._reach(x, y, rule, scope.enter(a) if i == 0 else scope, must_bind and not inside)
            if more is None:
                return None
            chain.extend(m.under((i,)) for m in more)
        return chain

    def _align(
        self,
        mine: Sequence[Part],
        theirs: Sequence[tuple[Basic, bool]],
        rule: AnyRule,
        scope: Scope,
        must_bind: bool,
    ) -> Chain | None:
        apart = unmatched(mine, theirs, self.canon)
        if apart is None or len(apart[0]) > MOST_PARTS:
            return None
        left, right = apart
        for order in permutations(right):
            chain: Chain | None = []
            for (e, path, mark), i in zip(left, order, strict=True):
                more = self._reach(e, theirs[i][0], rule, scope, must_bind) if theirs[i][1] == mark else None
                if more is None:
                    chain = None
                    break
                assert chain is not None
                chain.extend(m.under(path) for m in more)
            if chain is not None:
                return chain
        return None


def _with_name(line: Basic, name: Basic, body: int, canon: Canon) -> Basic | None:
    """Return a line with a name in the place of each part that has a key, outside of binders; None where none has."""
    stack: list[tuple[Basic, Path]] = [(line, ())]
    new = line
    while stack:
        e, path = stack.pop()
        if isinstance(e, Node) and canon.key(e) == body:
            new = put(new, path, name)
        elif isinstance(e, Node):
            stack += [(a, (*path, i)) for i, a in enumerate(e.args) if isinstance(a, Node) and not e.binds]
    return None if new is line else new
