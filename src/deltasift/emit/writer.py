"""An expression as a Python expression over 0-based arrays, with the page's own loops and its conventions visible."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sympy import E, S, Symbol, pi
from sympy.core.basic import Basic
from sympy.core.numbers import Rational
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

import deltasift.inert as ex
from deltasift.domain import DefinedFunction, Density, Family, Labels
from deltasift.emit import functions
from deltasift.emit.jumps import jumps
from deltasift.emit.loops import NOTHING, Loops, are_inside, beyond, is_from
from deltasift.emit.names import snake
from deltasift.emit.signed_sum import SignedSum
from deltasift.emit.syntax import binary, call, compare, either, every, negative, number, subscript, variable
from deltasift.emit.zeros import Zeros
from deltasift.errors import EmitError
from deltasift.inert import free, postorder
from deltasift.inert.algebra import INFINITE, is_number
from deltasift.inert.functions import known_of
from deltasift.line.conventions import excusing
from deltasift.line.views import Path, factors, terms

if TYPE_CHECKING:
    from deltasift.emit.python import Program

SIGNS: dict[type[ex.Relation], ast.cmpop] = {
    ex.Equality: ast.Eq(),
    ex.Unequal: ast.NotEq(),
    ex.Less: ast.Lt(),
    ex.LessEqual: ast.LtE(),
}
Special = dict[Path, ast.expr | None]
DEGREE = 9  # how often a quadrature over an infinite interval may halve its steps; mpmath's own bound is 6


class Writer:
    """Writes the body of one function.

    Attributes
    ----------
    used : dict of Symbol
        The names that the body takes from outside, in the order of their first use.
    tables : dict of Basic to (str, expression)
        Local variables, one for each defined family and each named quantity that the body uses.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.scope = program.scope
        self.used: dict[Symbol, None] = {}
        self.tables: dict[Basic, tuple[str, ast.expr]] = {}
        self._handlers: dict[type[ex.Node], Callable[..., ast.expr]] = {
            ex.Add: self._add,
            ex.Mul: self._product,
            ex.Neg: self._product,
            ex.Div: self._product,
            ex.Pow: self._pow,
            ex.Log: lambda e, bound: self.function("log", self.write(e.args[0], bound)),
            ex.Exp: lambda e, bound: self.function("exp", self.write(e.args[0], bound)),
            ex.Func: self._func,
            **dict.fromkeys(ex.FOLDS, self._loop),
            ex.Integral: self._integral,
            ex.Derivative: self._derivative,
            ex.Delta: self._bracket,
            ex.Iverson: self._bracket,
            ex.Piecewise: self._piecewise,
            ex.Entry: self._entry,
            ex.Apply: self._apply,
            ex.Named: self._named,
            ex.Expectation: lambda e, bound: self.write(e.definition, bound),
        }

    def line(self, e: Basic) -> ast.expr:
        """Return a whole line; a line that is one named quantity is its definition."""
        return self.write(e.definition if isinstance(e, ex.Named) else e)

    def write(self, e: Basic, bound: Loops = NOTHING) -> ast.expr:
        """Return an expression as Python; `bound` has the names of the loops around it."""
        if not isinstance(e, ex.Node):
            return self._leaf(e, bound)
        handler = self._handlers.get(type(e))
        if handler is None:
            raise EmitError(f"{type(e).__name__} has no executable form")
        return handler(e, bound)

    def function(self, name: str, *args: ast.expr) -> ast.expr:
        """Return a call of one of the functions that generated code may use."""
        self.program.need(name)
        return call(name, *args)

    def name(self, symbol: Symbol, bound: Loops) -> ast.expr:
        """Return a name, which becomes a parameter where no loop binds it."""
        if symbol not in bound:
            self.used.setdefault(symbol)
        return variable(self.program.names[symbol])

    # --- leaves, sums, powers --------------------------------------------------------------------------------------

    def _leaf(self, e: Basic, bound: Loops) -> ast.expr:
        if isinstance(e, Rational):
            return number(e.p) if e.q == 1 else binary(number(e.p), ast.Div(), number(e.q))
        if isinstance(e, Symbol):
            domain = None if e in bound else self.scope.domains.get(e)
            if isinstance(domain, Family):
                return self.table(domain)
            return self.name(e, bound)
        if e == pi:
            return variable(self.program.need("pi"))
        if e == E:
            return self.function("exp", number(1))
        if e in INFINITE:
            infinity = variable(self.program.need("inf"))
            return infinity if e is S.Infinity else negative(infinity)
        raise EmitError(f"{e} has no executable form")

    def _add(self, e: ex.Node, bound: Loops) -> ast.expr:
        total = self.write(e.args[0], bound)
        for a in e.args[1:]:
            minus = isinstance(a, ex.Neg)
            total = binary(total, ast.Sub() if minus else ast.Add(), self.write(a.args[0] if minus else a, bound))
        return total

    def _pow(self, e: ex.Node, bound: Loops) -> ast.expr:
        base, exponent = e.args
        if isinstance(exponent, ex.Div) and is_number(exponent.args[0], 1) and is_number(exponent.args[1], 2):
            return self.function("sqrt", self.write(base, bound))
        return binary(self.write(base, bound), ast.Pow(), self.write(exponent, bound))

    def _func(self, e: ex.Func, bound: Loops) -> ast.expr:
        definition = known_of(e.name).defined(e.arguments)
        if definition is not None and e.name not in functions.CONVENTIONS:
            return self.write(definition, bound)
        args = [self.write(a, bound) for a in e.arguments]
        if e.name in functions.CONVENTIONS:
            return self.function(e.name, *args)
        if e.name in functions.BUILT_IN:
            return call(functions.BUILT_IN[e.name], *args)
        if e.name in functions.OF_INTEGERS:
            args = [self.whole([(1, a)], 0, bound) for a in e.arguments]
        if e.name in functions.IN_MATH:
            return self.function(functions.IN_MATH[e.name], *args)
        if e.name in functions.IN_MPMATH:
            return call("float", self.function(functions.IN_MPMATH[e.name], *args))
        what = "a root of unity, which is complex," if e.name == "root_of_unity" else f"the function {e.name}"
        raise EmitError(f"{what} has no executable form")

    # --- products and their conventions ----------------------------------------------------------------------------

    def _product(self, e: ex.Node, bound: Loops) -> ast.expr:
        _, found = factors(e)
        brackets = [f for f in found if not f.inverse and self._is_bracket(f.expr)]
        kept = excusing([f.expr for f in brackets], [(f.expr, f.inverse) for f in found])
        brackets = [f for f in brackets if f.expr in kept]
        if len(brackets) == len(found) == 1:
            brackets = []
        others = [f for f in found if f not in brackets]
        gone: Special = dict.fromkeys(f.path for f in brackets)
        conventions = Zeros(self, others, bound)
        rest = self._rest(e, (), gone | conventions.named, bound) or number(1)
        if conventions.tests:
            rest = self.zero_where(conventions.tests, rest)
        if not brackets:
            return rest
        return self.choose([f.expr for f in brackets], rest, number(0), bound)

    def _bracket(self, e: ex.Node, bound: Loops) -> ast.expr:
        return self.choose([e], number(1), number(0), bound)

    def choose(self, conditions: Sequence[Basic], value: ast.expr, otherwise: ast.expr, bound: Loops) -> ast.expr:
        """Return one value where all the conditions hold, and another where one does not."""
        return either(every([self.condition(c, bound) for c in conditions]), value, otherwise)

    def _rest(self, e: Basic, path: Path, special: Special, bound: Loops) -> ast.expr | None:
        """Return a product without the factors at the paths in `special`, or with others in their place."""
        if path in special:
            return special[path]
        inside = any(p[: len(path)] == path for p in special)
        if not isinstance(e, (ex.Mul, ex.Neg, ex.Div)) or (path and not inside):
            return self.write(e, bound)
        parts = [self._rest(a, (*path, i), special, bound) for i, a in enumerate(e.args)]
        if isinstance(e, ex.Neg):
            return negative(parts[0] or number(1))
        if isinstance(e, ex.Div):
            below = parts[1]
            return parts[0] if below is None else binary(parts[0] or number(1), ast.Div(), self.divisor(below))
        kept = [p for p in parts if p is not None]
        if not kept:
            return None
        total = kept[0]
        for p in kept[1:]:
            total = binary(total, ast.Mult(), p)
        return total

    def divisor(self, e: ast.expr) -> ast.expr:
        """Return what is divided by."""
        return e

    def _is_bracket(self, e: Basic) -> bool:
        if isinstance(e, (ex.Delta, ex.Iverson)):
            return True
        body = self.scope.unfold(e) if isinstance(e, ex.Entry) else None
        return body is not None and self._is_bracket(body)

    def zero_where(self, tests: Sequence[Sequence[ast.expr]], value: ast.expr) -> ast.expr:
        """Return a value, and 0 where all the comparisons of one of several tests hold."""
        each = [every(t) for t in tests]
        return either(each[0] if len(each) == 1 else ast.BoolOp(ast.Or(), each), number(0), value)

    # --- loops -----------------------------------------------------------------------------------------------------

    def _loop(self, e: ex.Fold, bound: Loops) -> ast.expr:
        body, name, lo, hi = e.args
        inner = self.write(body, bound.inside(name, lo, hi))
        if lo in INFINITE or hi in INFINITE:
            if not isinstance(e, ex.Sum):
                raise EmitError("an infinite product or maximum has no executable form")
            if any(self._is_bracket(x) or isinstance(x, ex.Piecewise) for x in postorder(self.scope.unfold_all(body))):
                raise EmitError("an infinite sum of terms with brackets in them has no executable form")
            return self.series(e, inner, bound)
        if e.called == "prod":
            self.program.need("prod")
        return call(e.called, self._generator(inner, name, lo, hi, bound))

    def series(self, e: ex.Node, inner: ast.expr, bound: Loops) -> ast.expr:
        """Return an infinite sum, which is extrapolated: its terms are to be smooth in the index."""
        body, name, lo, hi = e.args
        if any(isinstance(x, ex.Entry) and name in free(x) for x in postorder(self.scope.unfold_all(body))):
            raise EmitError("an infinite sum over the entries of a table has no executable form")
        ends = ast.List([self.write(lo, bound), self.write(hi, bound)], ast.Load())
        return call("float", self.function("nsum", self._lambda(name, inner), ends))

    def _generator(self, inner: ast.expr, name: Basic, lo: Basic, hi: Basic, bound: Loops) -> ast.expr:
        return ast.GeneratorExp(inner, [self._for(name, lo, hi, bound)])

    def _for(self, name: Basic, lo: Basic, hi: Basic, bound: Loops) -> ast.comprehension:
        if not INFINITE.isdisjoint((lo, hi)):
            raise EmitError(f"the range of {name} is infinite")
        ends = (self.whole([(1, lo)], 0, bound), self.whole([(1, hi)], 1, bound))
        target = ast.Name(self.program.names[name], ast.Store())
        return ast.comprehension(target, call("range", *ends), [], 0)

    def _lambda(self, name: Basic, body: ast.expr) -> ast.expr:
        names = ast.arguments([], [ast.arg(self.program.names[name])], None, [], [], None, [])
        return ast.Lambda(names, body)

    def _derivative(self, e: ex.Node, bound: Loops) -> ast.expr:
        body, name, count = e.args
        if not isinstance(name, Symbol):
            raise EmitError(f"the derivative by {name} has no executable form")
        inner = self._lambda(name, self.write(body, bound.inside(name)))
        return call("float", self.function("diff", inner, self.write(name, bound), self.write(count, bound)))

    def _integral(self, e: ex.Integral, bound: Loops) -> ast.expr:
        from deltasift.emit.masses import masses

        body = self.scope.unfold_all(e.body)
        if any(isinstance(d, ex.Dirac) for d in postorder(body)):
            return masses(self, e, bound)
        ends = [self.write(e.lo, bound), self.write(e.hi, bound)]
        inner = self._lambda(e.var, self.write(e.body, bound.inside(e.var)))
        between = [self.write(x, bound) for x in jumps(body, e.var)]
        pieces = self.function("pieces", *ends, *between) if between else ast.List(ends, ast.Load())
        value = self.function("quad", inner, pieces)
        if not {e.lo, e.hi}.isdisjoint(INFINITE):  # the integrand may be other than 0 far from the middle alone
            assert isinstance(value, ast.Call)
            value.keywords.append(ast.keyword("maxdegree", number(DEGREE)))
        return call("float", value)

    # --- tables and functions --------------------------------------------------------------------------------------

    def _entry(self, e: ex.Entry, bound: Loops) -> ast.expr:
        domain = self.scope.domains.get(e.table)
        if isinstance(domain, Labels):
            return self.integer([(1, e)], 0, bound)
        if isinstance(domain, Family) and not are_inside(e.indices, domain, bound, self.scope):
            return self.write(beyond(domain, e, bound), bound)
        return self._position(e, bound)

    def _position(self, e: ex.Entry, bound: Loops) -> ast.expr:
        """Return the element of the array: indices count from 0 there."""
        domain = self.scope.domains.get(e.table)
        value = self.table(domain) if isinstance(domain, Family) else self.name(e.table, bound)
        firsts = self.program.firsts(e.table)
        if len(firsts) != len(e.indices):
            return ast.Call(value, [self.whole([(1, i)], 0, bound) for i in e.indices], [])
        pairs = list(zip(e.indices, firsts, strict=True))
        places = [self.whole([(1, index), (-1, first)], 0, bound) for index, first in pairs]
        if not all(is_from(index, first, bound, self.scope) for index, first in pairs):
            return self.function("entry", value, *places)
        for place in places:
            value = subscript(value, place)
        return value

    def whole(self, parts: Sequence[tuple[int, Basic]], constant: int, bound: Loops) -> ast.expr:
        """Return an index or an end of a range: an integer, of which Python is to know that it is one."""
        value = self.integer(parts, constant, bound)
        nodes = (x for _, e in parts for x in postorder(e))
        divides = any(isinstance(x, ex.Div) or (x.is_Rational and not x.is_Integer) for x in nodes)
        return self.function("whole", value) if divides else value

    def integer(self, parts: Sequence[tuple[int, Basic]], constant: int, bound: Loops) -> ast.expr:
        """Return a sum of integers plus a constant, numbers added up and put last, opposite terms gone."""
        total = SignedSum()
        for sign, part in parts:
            for t in terms(part):
                domain = self.scope.domains.get(t.expr.table) if isinstance(t.expr, ex.Entry) else None
                if isinstance(t.expr, Rational) and t.expr.q == 1:
                    constant += sign * t.sign * int(t.expr)
                elif isinstance(domain, Labels):
                    assert isinstance(t.expr, ex.Entry)
                    total.add(sign * t.sign, self._position(t.expr, bound))
                    if domain.first is None:
                        continue
                    # the label that the page means is the array's plus the difference of their first labels
                    for s in terms(domain.first):
                        if isinstance(s.expr, Rational):
                            constant += sign * t.sign * s.sign * int(s.expr)
                        else:
                            total.add(sign * t.sign * s.sign, self.write(s.expr, bound))
                    constant -= sign * t.sign * self.program.labels_from
                else:
                    total.add(sign * t.sign, self.write(t.expr, bound))
        return total.plus(constant)

    def table(self, domain: Family) -> ast.expr:
        """Return a defined family, whose values are computed once, in a table of its own."""
        if domain.symbol not in self.tables:
            loops = Loops.over(domain.over)
            value = self.write(domain.body, loops)
            for i in reversed(domain.over):
                value = ast.ListComp(value, [self._for(*i.limit, loops)])
            self.tables[domain.symbol] = self.program.names[domain.symbol], value
        return variable(self.program.names[domain.symbol])

    def _named(self, e: ex.Named, bound: Loops) -> ast.expr:
        """Return a named quantity, which gets a variable of its own unless a loop changes it."""
        if not free(e.definition).isdisjoint(bound):
            return self.write(e.definition, bound)
        if e not in self.tables:
            value = self.write(e.definition)
            self.tables[e] = self._local(snake(str(e).partition("(")[0])), value
        return variable(self.tables[e][0])

    def _local(self, name: str) -> str:
        return self.program.names.local(name, [taken for taken, _ in self.tables.values()])

    def _apply(self, e: ex.Apply, bound: Loops) -> ast.expr:
        domain = self.scope.domains.get(e.function)
        args = [self.write(a, bound) for a in e.arguments]
        if isinstance(domain, DefinedFunction):
            name, more = self.program.define(domain)
            return call(name, *args, *(self.name(s, bound) for s in more))
        if domain is not None and not isinstance(domain, Density):
            raise EmitError(f"{e.function} is not a function")
        return ast.Call(self.name(e.function, bound), args, [])

    # --- statements ------------------------------------------------------------------------------------------------

    def _piecewise(self, e: ex.Piecewise, bound: Loops) -> ast.expr:
        total: ast.expr = variable(self.program.need("nan"))
        for value, condition in reversed(e.cases):
            written = self.write(value, bound)
            total = written if condition == S.true else self.choose([condition], written, total, bound)
        return total

    def condition(self, e: Basic, bound: Loops) -> ast.expr:
        """Return a statement, or a factor that is 0 or 1, as a condition."""
        if isinstance(e, (BooleanTrue, BooleanFalse)):
            return ast.Constant(bool(e))
        if isinstance(e, ex.Delta):
            return compare(self._counted(e.args[0], bound), ast.Eq(), self._counted(e.args[1], bound))
        if isinstance(e, ex.Iverson):
            return self.condition(e.args[0], bound)
        if isinstance(e, ex.Entry):
            return compare(self.write(e, bound), ast.NotEq(), number(0))
        if isinstance(e, (ex.And, ex.Or)):
            operator = ast.And() if isinstance(e, ex.And) else ast.Or()
            return ast.BoolOp(operator, [self.condition(a, bound) for a in e.args])
        if isinstance(e, ex.Not):
            return ast.UnaryOp(ast.Not(), self.condition(e.args[0], bound))
        if isinstance(e, ex.ForAll):
            body, name, lo, hi = e.args
            return call("all", self._generator(self.condition(body, bound.inside(name, lo, hi)), name, lo, hi, bound))
        if isinstance(e, (ex.Divides, ex.IsInteger)):
            by, of = e.args if isinstance(e, ex.Divides) else (S.One, e.args[0])
            return compare(binary(self.write(of, bound), ast.Mod(), self.write(by, bound)), ast.Eq(), number(0))
        if type(e) in SIGNS:
            return compare(self._counted(e.args[0], bound), SIGNS[type(e)], self._counted(e.args[1], bound))
        raise EmitError(f"{e} has no executable form")

    def _counted(self, e: Basic, bound: Loops) -> ast.expr:
        """Return one side of a comparison, sums of integers in their short form."""
        return self.integer([(1, e)], 0, bound) if self.scope.is_integer(e) else self.write(e, bound)
