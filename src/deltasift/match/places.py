"""Where a rule applies at one place, and at every place of a line, and with which bindings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace

from sympy.core.basic import Basic

from deltasift.inert import Derivative, Node
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.line.views import Path, peeled
from deltasift.match.apart import width
from deltasift.match.application import (
    AnyRule,
    Application,
    name_of,
    shown_values,
)
from deltasift.match.pattern import Direction, has_integer_sums, instantiate, matches, sides
from deltasift.match.theorem import instances
from deltasift.match.uses import Uses
from deltasift.match.work import Working
from deltasift.rule import NOTHING_MADE, Method, Rule, Theorem, Under

MOST_MATCHES = 400  # bindings tried at one place


class Places(Working):
    """Finds the uses of a rule; `canon` decides what is the same line, `accept` which uses count."""

    def __init__(self, canon: Canon | None = None, accept: Callable[[Application], bool] | None = None) -> None:
        self.canon = canon or Canon()
        self.accept = accept
        super().__init__()
        self._uses: dict[Hashable, Uses] = {}

    # --- one place -------------------------------------------------------------------------------------------------

    def local(
        self,
        rule: AnyRule,
        expr: Basic,
        scope: Scope,
        is_wanted: Callable[[Basic], bool] | None = None,
        *,
        whole: bool = False,
    ) -> Iterator[Application]:
        """Yield the applications of a rule to `expr` itself, not to its parts, that make what is wanted.

        With `whole` no factor or term of it is left out.
        """
        if is_wanted is not None or self.is_over() or isinstance(rule, (Theorem, Under)):
            return self._local(rule, expr, scope, is_wanted or _whatever, whole)
        if isinstance(rule, Rule) and not _fitting(rule, expr):
            self.work += width(expr)
            return iter(())
        place = (rule, expr, scope, whole)
        if place not in self._uses:
            self._uses[place] = Uses(self, self._local(rule, expr, scope, _whatever, whole))
        return iter(self._uses[place])

    def _local(
        self, rule: AnyRule, expr: Basic, scope: Scope, is_wanted: Callable[[Basic], bool], whole: bool
    ) -> Iterator[Application]:
        if isinstance(rule, Method):
            if rule.name == "definition":
                body = scope.unfold(expr)
                if body is not None:
                    yield Application(rule, (), expr, body, (), scope)
            elif rule.find is not None and not rule.is_reversed:
                for after, conditions, witness in rule.uses(expr, scope) if not self.is_over() else ():
                    self.work += 1
                    if not is_wanted(after):
                        continue
                    found = Application(rule, (), expr, after, conditions, scope, witness=witness)
                    if self.accept is None or self.accept(found):
                        yield found
            return
        if isinstance(rule, Theorem):
            for after, conditions, names in instances(rule, expr, scope):
                shown = tuple((str(a), b) for a, b in names.items() if a != b)
                values = tuple((str(a), b) for a, b in names.items())
                yield Application(rule, (), expr, after, conditions, scope, shown, values=values)
            return
        if isinstance(rule, Under) or self.is_over():
            return
        self.work += width(expr)
        seen: set[tuple[int, tuple[Basic, ...]]] = set()
        for number, left, right, _ in _fitting(rule, expr):
            conditioned = rule.statements[number].conditions
            for b, place in self.first(matches(rule, left, expr, scope.is_integer, whole=whole), MOST_MATCHES):
                self.work += 1
                try:
                    ways = (True, False) if has_integer_sums(right, rule) else (False,)
                    made = dict.fromkeys(instantiate(right, b, rule, added=added) for added in ways)
                    conditions = tuple(instantiate(c, b, rule) for c, _ in conditioned)
                except (KeyError, *NOTHING_MADE):
                    continue
                for loose, after in enumerate(map(place, made)):
                    if not is_wanted(after):
                        continue
                    found = Application(
                        rule,
                        (),
                        expr,
                        after,
                        conditions,
                        scope,
                        shown_values(b),
                        loose=bool(loose),
                        added=ways[loose],
                        statement=number,
                        values=tuple((name_of(x), v) for x, v in b.values.items()),
                    )
                    if seen and (self.canon.key(after), conditions) in seen:
                        continue
                    if self.accept is None or self.accept(found):
                        yield found
                        seen.add((self.canon.key(after), conditions))  # once more is asked for

    def everywhere(self, rule: AnyRule, expr: Basic, scope: Scope) -> Iterator[Application]:
        """Yield the applications of a rule at every place of a line."""
        inner, must_bind = (rule.rule, True) if isinstance(rule, Under) else (rule, False)
        stack: list[tuple[Basic, Path, Scope, bool]] = [(expr, (), scope, False)]
        while stack:
            e, path, here, bound = stack.pop()
            if bound or not must_bind:
                for found in self.local(inner, e, here):
                    yield (found if inner is rule else replace(found, rule=rule)).under(path)
            if isinstance(e, Node):
                stack.extend(
                    (
                        a,
                        (*path, i),
                        here.enter(e) if i == 0 else here,
                        bound or (e.binds and i == 0),
                    )
                    for i, a in reversed(list(enumerate(e.args)))
                    if not ((e.binds or isinstance(e, Derivative)) and i == 1)
                )


def _fitting(rule: Rule, expr: Basic) -> list[Direction]:
    """Return the statements that are not seen at once to say nothing of an expression, which has another head."""
    head = type(peeled(expr)[0])
    return [side for side in sides(rule) if side.head is None or side.head is head]


def _whatever(e: Basic) -> bool:
    """Take what is made, whatever it is."""
    return True
