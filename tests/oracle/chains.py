"""Random chains of rules from a line: what each rule finds to do somewhere in it, forward or reversed, its conditions
being proved. Whether the chain is a proof is for the checker to say."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sympy import S
from sympy.core.basic import Basic

from deltasift import calc, opposite_order, rules, same_order, step
from deltasift.calc import Derivation
from deltasift.conditions.certified import CertifiedProver
from deltasift.errors import DeltasiftError
from deltasift.inert import Add, Div, Func, Mul, Neg, Node, Pow
from deltasift.line.scope import Scope
from deltasift.line.views import put
from deltasift.match.search import Search
from deltasift.rule import Under

SEEN = 6  # uses of one rule in one line, of which one is taken
TRIED, CODED_TRIED = 30, 8  # rules of the table and coded ones that are tried for one step
LARGEST = 60  # nodes of a line
UNDER = 0.3  # how often a rule that is used under a binder is said to be
CODED = """
bracket_true bracket_false bracket_and bracket_not bracket_le bracket_zero bracket_add bracket_arith bracket_delta
definition delta_subst delta_arith delta_cases delta_power delta_roots integral_pow integral_exp integral_flip norm_num
piecewise_bracket sum_bracket sum_write_out prod_write_out series_mul
"""


@dataclass(frozen=True)
class Link:
    """One step of a chain."""

    line: Basic
    rule: Any
    relation: str = "="
    varying: Any = None


def derivation(start: Basic, links: Sequence[Link]) -> Derivation:
    """Return a chain as a derivation."""
    steps = []
    for link in links:
        if link.relation == "=":
            steps.append(step(link.line, by=link.rule))
        else:
            order = same_order if link.relation == "same order" else opposite_order
            steps.append(order(link.line, link.varying, by=link.rule))
    return calc(start, *steps)


class Chains:
    """Draws chains; theorems are tried beside the rules of the table."""

    def __init__(self, scope: Scope, chance: random.Random, theorems: Sequence[Any] = ()) -> None:
        self.scope = scope
        self.chance = chance
        table = list(rules.EQUALITIES.values())
        coded = [rules.METHODS[name] for name in CODED.split()]
        self.rules: list[Any] = [*table, *(r.reversed for r in table)]
        self.coded: list[Any] = coded
        self.theorems = list(theorems)

    def chain(self, start: Basic, length: int) -> list[Link]:
        """Return a chain of at most so many steps."""
        prover, line, links = CertifiedProver(), start, list[Link]()
        for _ in range(length):
            link = self._next(line, prover)
            if link is None:
                break
            links.append(link)
            line = link.line
        return links

    def _next(self, line: Basic, prover: CertifiedProver) -> Link | None:
        if self.chance.random() < 0.15:
            found = next(self._arithmetic(line), None)
            if found is not None:
                return found
        tried = [*self.chance.sample(self.rules, TRIED), *self.chance.sample(self.coded, CODED_TRIED)]
        if self.chance.random() < 0.5:
            tried.reverse()
        if self.theorems and self.chance.random() < 0.3:
            tried = [*self.theorems, *tried]
        for rule in tried:
            every = [x for x in islice(Search().everywhere(rule, line, self.scope), SEEN) if not x.loose]
            self.chance.shuffle(every)
            for x in every:
                try:
                    new = put(line, x.path, x.after)
                except DeltasiftError:
                    continue
                if new == line or size(new) > LARGEST:
                    continue
                if all(prover.holds(c, x.scope) for c in x.conditions):
                    inside = bool(x.scope.ranges) and self.chance.random() < UNDER
                    return Link(new, Under(rule) if inside else rule)
        return None

    def _arithmetic(self, line: Basic) -> Iterator[Link]:
        """Yield a step by arithmetic: what is twice in a part of the line goes."""
        places = list(_places(line))
        self.chance.shuffle(places)
        for e, path in places:
            new: Any = None
            if isinstance(e, Add) and len(e.args) == 2 and e.args[1] == Neg.make((e.args[0],)):
                new = S.Zero
            elif isinstance(e, Div) and e.args[0] == e.args[1]:
                new = S.One
            elif isinstance(e, Mul) and S.Zero in e.args:
                new = S.Zero
            elif isinstance(e, Pow) and e.args[1] == 0:
                new = S.One
            if new is not None:
                yield Link(put(line, path, new), rules.arithmetic)

    def order(self, start: Basic, names: Sequence[Any], length: int) -> list[Link]:
        """Return a chain of steps of order: a term or a factor of the line goes, for a name that is drawn each time."""
        links, line = list[Link](), start
        for _ in range(length):
            if not isinstance(line, (Add, Mul)) or len(line.args) < 2:
                break
            i = self.chance.randrange(len(line.args))
            rest = line.args[:i] + line.args[i + 1 :]
            new = rest[0] if len(rest) == 1 else line.rebuild(rest)
            rule = rules.order_add_const if isinstance(line, Add) else rules.order_mul_pos
            links.append(Link(new, rule, "same order", self.chance.choice(names)))
            line = new
        return links


def size(e: Basic) -> int:
    """Return how many nodes an expression has."""
    todo, count = [e], 0
    while todo:
        here = todo.pop()
        count += 1
        todo += here.args
    return count


def _places(e: Basic) -> Iterator[tuple[Basic, tuple[int, ...]]]:
    todo: list[tuple[Basic, tuple[int, ...]]] = [(e, ())]
    while todo:
        here, path = todo.pop()
        yield here, path
        if isinstance(here, Node) and not isinstance(here, Func):
            todo += [(a, (*path, i)) for i, a in enumerate(here.args) if not (here.binds and i == 1)]
