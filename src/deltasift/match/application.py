"""One use of a rule at one place, and a chain of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import itemgetter

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.line.scope import Scope
from deltasift.line.views import Path
from deltasift.match.pattern import Binding
from deltasift.rule import AnyRule as PlainRule
from deltasift.rule import Method, Rule, Theorem, Under
from deltasift.use import Abstraction, Values

AnyRule = PlainRule | Under | Theorem


@dataclass(frozen=True)
class Application:
    """One use of a rule at one place.

    Attributes
    ----------
    rule : AnyRule
    path : tuple of int
        Argument positions from the root of the line to what was rewritten.
    before, after : Basic
        The subexpression before and after.
    conditions : tuple of Basic
        Side conditions, with the variables filled in.
    scope : Scope
        The binders that are open there.
    binding : tuple of (str, Basic)
        What each variable stood for, as it is shown.
    loose : bool
        Whether the rule's own sums of integers, such as `lo + c`, are left as they stand though they could be added up.
    added : bool
        Whether they are added up.
    statement : int or None
        Which statement of the rule it is, None of what is none.
    values : tuple of (str, value)
        What each variable stood for, in full.
    turned : bool
        Whether it was found from the line after: read from right to left it makes `before` of `after`.
    witness : object
        What a method hands over beside its result, for others to see that it is right.
    """

    rule: AnyRule
    path: Path
    before: Basic
    after: Basic
    conditions: tuple[Basic, ...]
    scope: Scope
    binding: tuple[tuple[str, Basic], ...] = ()
    loose: bool = False
    added: bool = False
    statement: int | None = None
    values: Values = ()
    turned: bool = False
    witness: object = None

    @property
    def is_reversed(self) -> bool:
        """Whether the rule is read from right to left."""
        return (self.rule.rule if isinstance(self.rule, Under) else self.rule).is_reversed

    def under(self, path: Path) -> Application:
        """Return the same application seen from further out."""
        if not path:
            return self
        return replace(self, path=(*path, *self.path))

    def as_found(self) -> Application:
        """Return one that was found from the line after as it was found."""
        return replace(self, rule=self.rule.reversed, before=self.after, after=self.before, turned=False)


Chain = list[Application]


def given_bound(rule: AnyRule, a: Basic, b: Basic, scope: Scope) -> Application:
    """Return the use of a rule that states what is given of two expressions."""
    assert isinstance(rule, Rule)
    sides = (b, a) if rule.is_reversed else (a, b)
    values = tuple(zip(("x", "y"), sides, strict=True))
    needs = (rule.statements[0].relation.rebuild(sides),)
    return Application(rule, (), a, b, needs, scope, values, statement=0, values=values)


def can_turn(rule: AnyRule) -> bool:
    return not (isinstance(rule, Method) and rule.name == "arithmetic")


def turned_around(chain: Chain, rule: AnyRule) -> Chain:
    return [replace(x, rule=rule, before=x.after, after=x.before, turned=True) for x in reversed(chain)]


def shown_values(b: Binding) -> tuple[tuple[str, Basic], ...]:
    shown = []
    for name, value in sorted(((name_of(symbol), value) for symbol, value in b.values.items()), key=itemgetter(0)):
        if isinstance(value, Abstraction):
            shown.append((f"{name}({', '.join(map(name_of, value.names))})", value.body))
        else:
            shown.append((name, value))
    return tuple(shown)


def name_of(symbol: Basic) -> str:
    """Return how a name is written: SymPy's printer, asked for each of many, takes its time."""
    return symbol.name if isinstance(symbol, Symbol) else str(symbol)


def length_of(lines: list[tuple[Basic, Chain]] | None) -> int | None:
    """Return how many applications a way has."""
    return None if lines is None else sum(len(chain) for _, chain in lines)


def shorter(a: list[tuple[Basic, Chain]] | None, b: list[tuple[Basic, Chain]]) -> list[tuple[Basic, Chain]]:
    """Return the way with fewer applications."""
    return b if a is None or sum(len(c) for _, c in b) < sum(len(c) for _, c in a) else a
