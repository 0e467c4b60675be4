"""Mistakes with signs, terms, factors, fractions, numbers and powers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Integer, S
from sympy.core.basic import Basic

from deltasift.check.mutations.kind import Change, Place, in_line
from deltasift.domain import Pmf
from deltasift.inert import Add, Binder, Delta, Dirac, Div, Entry, Mul, Neg, Pow, Proposition
from deltasift.inert.algebra import is_number


def sum_of(terms: Sequence[Basic]) -> Basic:
    """Return the sum of terms, of which there may be one or none."""
    return Add.make(tuple(terms)) if len(terms) > 1 else terms[0] if terms else S.Zero


def product_of(factors: Sequence[Basic]) -> Basic:
    """Return the product of factors, of which there may be one or none."""
    return Mul.make(tuple(factors)) if len(factors) > 1 else factors[0] if factors else S.One


def without(parts: Sequence[Basic], i: int) -> tuple[Basic, ...]:
    """Return the parts but one."""
    return (*parts[:i], *parts[i + 1 :])


def negative(e: Basic) -> Basic:
    """Return an expression with its sign turned."""
    return e.args[0] if isinstance(e, Neg) else Neg.make((e,))


def unsigned(e: Basic) -> Basic:
    """Return a term without its sign."""
    return e.args[0] if isinstance(e, Neg) else e


@in_line
def sign_of_line(e: Basic, at: Place) -> Iterator[Change]:
    """The sign of the whole line is turned."""
    if at.is_line and not isinstance(e, Proposition):
        yield negative(e), "the sign of the line is turned"


@in_line
def sign_of_term(e: Basic, at: Place) -> Iterator[Change]:
    """The sign of one term is turned."""
    if isinstance(e, Add):
        for i, t in enumerate(e.args):
            yield Add.make((*e.args[:i], negative(t), *e.args[i + 1 :])), f"the sign of {unsigned(t)} is turned"


@in_line
def sign_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """A minus sign is left out."""
    if isinstance(e, Neg) and not at.is_line and not isinstance(at.parent, Add):
        yield e.args[0], f"the minus before {e.args[0]} is left out"


@in_line
def term_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """A term is left out."""
    if isinstance(e, Add):
        for i, t in enumerate(e.args):
            yield sum_of(without(e.args, i)), f"the term {unsigned(t)} is left out"


@in_line
def term_repeated(e: Basic, at: Place) -> Iterator[Change]:
    """A term is written twice."""
    if isinstance(e, Add):
        for t in e.args:
            yield Add.make((*e.args, t)), f"the term {unsigned(t)} is there twice"


@in_line
def difference_turned(e: Basic, at: Place) -> Iterator[Change]:
    """A difference is taken the wrong way round."""
    if isinstance(e, Add) and len(e.args) == 2 and sum(isinstance(t, Neg) for t in e.args) == 1:
        yield Add.make(tuple(negative(t) for t in e.args)), f"{e} is taken the wrong way round"


@in_line
def sum_for_product(e: Basic, at: Place) -> Iterator[Change]:
    """Two factors are added."""
    if isinstance(e, Mul):
        for i in range(len(e.args) - 1):
            a, b = e.args[i : i + 2]
            yield product_of((*e.args[:i], Add.make((a, b)), *e.args[i + 2 :])), f"{a} and {b} are added"


@in_line
def product_for_sum(e: Basic, at: Place) -> Iterator[Change]:
    """Two terms are multiplied."""
    if isinstance(e, Add):
        for i in range(len(e.args) - 1):
            a, b = e.args[i : i + 2]
            yield sum_of((*e.args[:i], Mul.make((a, b)), *e.args[i + 2 :])), f"{a} and {b} are multiplied"


@in_line
def factor_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """A factor is left out."""
    if isinstance(e, Mul):
        for i, f in enumerate(e.args):
            yield product_of(without(e.args, i)), f"the factor {f} is left out"


@in_line
def factor_repeated(e: Basic, at: Place) -> Iterator[Change]:
    """A factor is written twice."""
    if isinstance(e, Mul):
        for f in e.args:
            yield Mul.make((*e.args, f)), f"the factor {f} is there twice"


@in_line
def factor_of_two(e: Basic, at: Place) -> Iterator[Change]:
    """A factor 2 comes from nowhere."""
    if at.is_line or (isinstance(at.parent, (Binder, Add)) and at.argument == 0):
        yield Mul.make((Integer(2), e)), f"{e} is doubled"


@in_line
def distributed_over_one_term(e: Basic, at: Place) -> Iterator[Change]:
    """A factor is multiplied into the first term of a sum alone."""
    if isinstance(e, Mul):
        for i, f in enumerate(e.args):
            if isinstance(f, Add):
                rest = product_of(without(e.args, i))
                first = Mul.make((rest, f.args[0]))
                yield Add.make((first, *f.args[1:])), f"{rest} multiplies {f.args[0]} alone"


@in_line
def divisor_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """A divisor is left out."""
    if isinstance(e, Div):
        yield e.args[0], f"the divisor {e.args[1]} is left out"


@in_line
def divisor_as_factor(e: Basic, at: Place) -> Iterator[Change]:
    """A divisor becomes a factor."""
    if isinstance(e, Div):
        yield Mul.make(e.args), f"{e.args[1]} multiplies instead of dividing"


@in_line
def factor_as_divisor(e: Basic, at: Place) -> Iterator[Change]:
    """A factor becomes a divisor."""
    if isinstance(e, Mul):
        for i, f in enumerate(e.args):
            if not isinstance(f, (Div, Dirac)):
                yield Div.make((product_of(without(e.args, i)), f)), f"{f} divides instead of multiplying"


@in_line
def quotient_turned(e: Basic, at: Place) -> Iterator[Change]:
    """A quotient is turned upside down."""
    if isinstance(e, Div):
        yield Div.make((e.args[1], e.args[0])), f"{e} is turned upside down"


@in_line
def number_raised(e: Basic, at: Place) -> Iterator[Change]:
    """A number is too large by one."""
    if isinstance(e, Integer) and not _is_place(at):
        yield Integer(e + 1), f"{e} is {e + 1}"


@in_line
def number_lowered(e: Basic, at: Place) -> Iterator[Change]:
    """A number is too small by one."""
    if isinstance(e, Integer) and not _is_place(at):
        yield Integer(e - 1), f"{e} is {e - 1}"


def _is_place(at: Place) -> bool:
    """Tell whether a number is a bound, an index, an exponent or an argument of a delta: these have their own kinds."""
    if isinstance(at.parent, Pow):
        return at.argument == 1
    return isinstance(at.parent, (Binder, Entry, Delta))


@in_line
def exponent_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """An exponent is left out."""
    if isinstance(e, Pow):
        yield e.args[0], f"the exponent {e.args[1]} is left out"


@in_line
def exponent_raised(e: Basic, at: Place) -> Iterator[Change]:
    """An exponent is too large by one."""
    if isinstance(e, Pow):
        base, k = e.args
        raised = Integer(k + 1) if isinstance(k, Integer) else Add.make((k, S.One))
        yield Pow.make((base, raised)), f"the exponent {k} is too large by one"


@in_line
def exponent_as_factor(e: Basic, at: Place) -> Iterator[Change]:
    """An exponent becomes a factor."""
    if isinstance(e, Pow):
        yield Mul.make((e.args[1], e.args[0])), f"the exponent {e.args[1]} is a factor"


@in_line
def exponent_turned(e: Basic, at: Place) -> Iterator[Change]:
    """The sign of an exponent is turned."""
    if isinstance(e, Pow):
        yield Pow.make((e.args[0], negative(e.args[1]))), f"the sign of the exponent {e.args[1]} is turned"


@in_line
def square_of_sum(e: Basic, at: Place) -> Iterator[Change]:
    """The square of a sum is the sum of the squares."""
    if isinstance(e, Pow) and isinstance(e.args[0], Add):
        squares = [Pow.make((unsigned(t), e.args[1])) for t in e.args[0].args]
        signed = [Neg.make((s,)) if isinstance(t, Neg) else s for s, t in zip(squares, e.args[0].args, strict=True)]
        yield sum_of(signed), f"the power {e.args[1]} of {e.args[0]} is taken term by term"


@in_line
def complement_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """Of 1 - x only x is left."""
    if isinstance(e, Add) and len(e.args) == 2 and is_number(e.args[0], 1) and isinstance(e.args[1], Neg):
        yield e.args[1].args[0], f"{e} is {e.args[1].args[0]}"


@in_line
def complement_taken(e: Basic, at: Place) -> Iterator[Change]:
    """A probability is taken for that of the contrary."""
    if isinstance(e, Entry) and isinstance(at.scope.domains.get(e.table), Pmf):
        yield Add.make((S.One, Neg.make((e,)))), f"{e} is 1 - {e}"


@in_line
def factor_cancelled(e: Basic, at: Place) -> Iterator[Change]:
    """A term that is added is cancelled like a factor: (a + b)/(a + c) is b/c."""
    if isinstance(e, Div) and all(isinstance(a, Add) for a in e.args):
        above, below = e.args
        for i, t in enumerate(above.args):
            if t in below.args:
                rest = (sum_of(without(above.args, i)), sum_of(without(below.args, below.args.index(t))))
                yield Div.make(rest), f"the term {t} is cancelled"


@in_line
def function_of_each_term(e: Basic, at: Place) -> Iterator[Change]:
    """One over a sum is the sum of the reciprocals."""
    if isinstance(e, Div) and isinstance(e.args[1], Add):
        parts = [Div.make((e.args[0], t)) for t in e.args[1].args]
        yield sum_of(parts), f"{e.args[0]} is divided by each term of {e.args[1]}"
