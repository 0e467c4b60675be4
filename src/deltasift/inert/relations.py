"""Relations between expressions, and the statements made of them. Their truth value is nobody's to guess."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.errors import ExpressionError
from deltasift.inert.binders import Integral, Sum, read_limit
from deltasift.inert.node import NOTHING, Given, Node, build, given_of, inert, join


class Proposition(Node):
    """Something that is true or false: it has no value, and Python may not ask for one."""

    __slots__ = ()
    precedence: ClassVar[int] = 20

    def __bool__(self) -> NoReturn:
        raise ExpressionError(f"the truth of {self} is not decided here; write a chain a <= b <= c as two relations")


class Relation(Proposition):
    """A relation between two expressions.

    Parameters
    ----------
    lhs, rhs : expression
    when : mapping from conditions to breaking points, optional
        Only for the statement of a rule: its side conditions, each with a point at which it is needed.
    """

    __slots__ = ("when",)
    sign: ClassVar[str] = "?"
    when: tuple[tuple[Node, Mapping[str, Any]], ...]

    def __new__(cls, lhs: Any, rhs: Any, *, when: Mapping[Any, Mapping[str, Any]] | None = None) -> Relation:
        node = build(cls, (lhs, rhs))
        assert isinstance(node, Relation)
        node.when = tuple((when or {}).items())
        return node

    @classmethod
    def make(cls, args: tuple[Basic, ...], given: Given = NOTHING) -> Node:
        node = super().make(args, given)
        node.when = ()
        return node

    @property
    def lhs(self) -> Basic:
        return self.args[0]

    @property
    def rhs(self) -> Basic:
        return self.args[1]


class Equality(Relation):
    """`lhs = rhs`."""

    __slots__ = ()
    sign = "="


class LessEqual(Relation):
    """`lhs <= rhs`; `a >= b` is stored as `b <= a`."""

    __slots__ = ()
    sign = "<="


class Less(Relation):
    """`lhs < rhs`."""

    __slots__ = ()
    sign = "<"


class Unequal(Relation):
    """`lhs != rhs`."""

    __slots__ = ()
    sign = "!="


class Definition(Relation):
    """`lhs := rhs`."""

    __slots__ = ()
    sign = ":="


class SameOrder(Relation):
    """`f(q) <= f(q')` if and only if `g(q) <= g(q')`, for all q, q' of a set.

    Parameters
    ----------
    f, g : expression
    q : domain handle or Symbol
        What varies: a pmf, positive on the observed labels, or a real.
    """

    __slots__ = ()
    sign = "~"

    def __new__(cls, lhs: Any, rhs: Any, q: Any = None, *, when: Any = None) -> Relation:
        if q is None:
            raise ExpressionError("SameOrder(f, g, q) needs the name q that varies")
        node = build(cls, (lhs, rhs, q))
        assert isinstance(node, Relation)
        node.when = tuple((when or {}).items())
        return node

    @property
    def varying(self) -> Basic:
        return self.args[2]


class OppositeOrder(SameOrder):
    """`f(q) <= f(q')` if and only if `g(q') <= g(q)`: the minimisers of f are the maximisers of g."""

    __slots__ = ()


class Optimum(Relation):
    """What makes an objective least, or greatest, of all that is given of a name.

    Parameters
    ----------
    f : expression
        The objective.
    q : domain handle or Symbol
        What varies: a pmf or a real, or a table of them.
    p : expression
        What it is best at; of a table a table.
    """

    __slots__ = ()
    sign = "optimum"
    least: ClassVar[bool] = True
    only: ClassVar[bool] = False

    def __new__(cls, f: Any, q: Any, p: Any) -> Relation:
        node = build(cls, (f, q, p))
        if not isinstance(node.args[1], Symbol):
            raise ExpressionError(f"{q} is no name that could vary")
        assert isinstance(node, Relation)
        return node


class Minimiser(Optimum):
    """`f` is least at `q = p`: `f(p) <= f(q)` for all q of which is true what is given of q, as it is of p."""

    __slots__ = ()


class OnlyMinimiser(Optimum):
    """`f` is least at `q = p` and at no other: `f(p) < f(q)` for all those that differ from p."""

    __slots__ = ()
    only = True


class Maximiser(Optimum):
    """`f` is greatest at `q = p`."""

    __slots__ = ()
    least = False


class OnlyMaximiser(Optimum):
    """`f` is greatest at `q = p` and at no other."""

    __slots__ = ()
    least = False
    only = True


class Infinite(Relation):
    """A sum is infinite, since its term at an index is: of `x*log(x/0)` with x > 0 that is so, and 0 where x is 0.

    A claim, and no value: nothing is calculated with what is infinite.

    Parameters
    ----------
    f : expression
        A sum over an index of weighted logarithms, or a quantity that is one, such as `KL(p, q)`.
    j : expression
        The index of an infinite term.
    """

    __slots__ = ()
    sign = "infinite"

    def __new__(cls, f: Any, j: Any) -> Relation:
        node = build(cls, (f, j))
        assert isinstance(node, Relation)
        return node


class And(Proposition):
    """All of several statements."""

    __slots__ = ()
    precedence: ClassVar[int] = 15

    def __new__(cls, *statements: Any) -> Node:
        return build(cls, statements)


class Or(Proposition):
    """At least one of several statements."""

    __slots__ = ()
    precedence: ClassVar[int] = 10

    def __new__(cls, *statements: Any) -> Node:
        return build(cls, statements)


class Not(Proposition):
    """The contrary of a statement."""

    __slots__ = ()
    precedence: ClassVar[int] = 16

    def __new__(cls, statement: Any) -> Node:
        return build(cls, (statement,))


class Divides(Proposition):
    """The integer `a` divides the integer `b`."""

    __slots__ = ()

    def __new__(cls, a: Any, b: Any) -> Node:
        return build(cls, (a, b))


class IsInteger(Proposition):
    """`a` is an integer."""

    __slots__ = ()

    def __new__(cls, a: Any) -> Node:
        return build(cls, (a,))


class ForAll(Proposition):
    """A statement for every integer of a range, or for every real of an interval: `ForAll(f(i) > 0, (i, lo, hi))`."""

    __slots__ = ()
    binds = True

    def __new__(cls, body: Any, limit: Any) -> Node:
        var, lo, hi, given = read_limit(limit)
        return cls.make((inert(body), var, lo, hi), join(given_of(body), given))


class Continuous(Proposition):
    """`Continuous(f(x), x, a)`: as a function of x, `f(x)` is continuous at the point a; x is bound in `f(x)`."""

    __slots__ = ()
    binds = True

    def __new__(cls, body: Any, name: Any, point: Any) -> Node:
        node = build(cls, (body, name, point))
        if not isinstance(node.args[1], Symbol):
            raise ExpressionError(f"{name} is not the name of a variable")
        return node


class Integrable(Proposition):
    """The integral exists, absolutely or as a sum of point masses: `Integrable(Integral(f(x), (x, a, b)))`."""

    __slots__ = ()

    def __new__(cls, integral: Any) -> Node:
        if not isinstance(integral, Integral):
            raise ExpressionError(f"{integral} is not an integral")
        return build(cls, (integral,))


class Summable(Proposition):
    """The infinite sum exists: it converges absolutely, or has finitely many terms other than 0."""

    __slots__ = ()

    def __new__(cls, series: Any) -> Node:
        if not isinstance(series, Sum):
            raise ExpressionError(f"{series} is not a sum")
        return build(cls, (series,))
