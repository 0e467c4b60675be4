"""What each function needs of its arguments to have a real value: one table, in which every function stands.

A function that is not in it is an error that names it. `None` says that where it has a value is not known here: then
only its having one somewhere else says that it has one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from deltasift.judge.statement import at_most, either, integer, less, unequal
from deltasift.judge.tree import FALSE, ONE, ZERO, Term, make, number

Domain: TypeAlias = Callable[[Sequence[Term]], tuple[Term, ...]]
MINUS_ONE, TWO = number(-1), number(2)


def rational(t: Term) -> Fraction | None:
    """Return the number that an exponent is, None where it is none."""
    if t.head == "Div":
        above, below = map(rational, t.args)
        return None if above is None or not below else above / below
    if t.head == "Neg":
        value = rational(t.args[0])
        return None if value is None else -value
    return Fraction(t.value) if t.head == "number" else None


def by_definition(t: Term) -> Term | None:
    """Return what a function of an argument is by definition, None where it has none."""
    made = DEFINITIONS.get(t.args[0].value) if t.head == "Func" and len(t.args) == 2 else None
    return None if made is None else made(t.args[1])


def _no_pole(a: Sequence[Term]) -> tuple[Term, ...]:
    """The gamma function has a pole at 0 and at each negative integer."""
    return (either(less(ZERO, a[0]), make("Not", (integer(a[0]),))),)


def _binomial(a: Sequence[Term]) -> tuple[Term, ...]:
    above, below = a
    return (either(integer(below), less(MINUS_ONE, above), make("Not", (integer(above),))),)


def _nonzero(name: str) -> Domain:
    """The function divides by another function of its argument."""
    return lambda a: (unequal(make("Func", (make("text", (), name), a[0])), ZERO),)


def _of_two(a: Sequence[Term]) -> tuple[Term, ...]:
    return (either(unequal(a[0], ZERO), unequal(a[1], ZERO)),)


def _total(a: Sequence[Term]) -> tuple[Term, ...]:
    return ()


FUNCTIONS: Mapping[str, Domain | None] = {
    **dict.fromkeys(
        (
            *("cos", "sin", "sinc", "atan", "acot", "cosh", "sinh", "tanh", "sech", "asinh", "sigma"),
            *("Abs", "sign", "re", "im", "conjugate", "floor", "ceiling", "frac", "Max", "Min", "Heaviside"),
            *("erf", "erfc", "erfi", "Si"),
        ),
        _total,
    ),
    **dict.fromkeys(("tan", "sec"), _nonzero("cos")),
    **dict.fromkeys(("cot", "csc"), _nonzero("sin")),
    **dict.fromkeys(("acos", "asin"), lambda a: (at_most(MINUS_ONE, a[0]), at_most(a[0], ONE))),
    **dict.fromkeys(("asec", "acsc"), lambda a: (either(at_most(ONE, a[0]), at_most(a[0], MINUS_ONE)),)),
    **dict.fromkeys(("coth", "csch", "acsch", "arg", "Ei"), lambda a: (unequal(a[0], ZERO),)),
    "atan2": _of_two,
    "acosh": lambda a: (at_most(ONE, a[0]),),
    **dict.fromkeys(("atanh", "erfinv"), lambda a: (less(MINUS_ONE, a[0]), less(a[0], ONE))),
    "acoth": lambda a: (either(less(ONE, a[0]), less(a[0], MINUS_ONE)),),
    "asech": lambda a: (less(ZERO, a[0]), at_most(a[0], ONE)),
    "erfcinv": lambda a: (less(ZERO, a[0]), less(a[0], TWO)),
    "Mod": lambda a: (unequal(a[1], ZERO),),
    "factorial": lambda a: (either(less(MINUS_ONE, a[0]), make("Not", (integer(a[0]),))),),
    "binomial": _binomial,
    **dict.fromkeys(("gamma", "digamma", "trigamma"), _no_pole),
    "loggamma": lambda a: (less(ZERO, a[0]),),
    "Ci": lambda a: (less(ZERO, a[0]),),
    "li": lambda a: (less(ZERO, a[0]), unequal(a[0], ONE)),
    "root_of_unity": lambda a: (integer(a[0]), at_most(ONE, a[0]), integer(a[1])) if len(a) == 2 else (FALSE,),
    "LambertW": lambda a: (
        (at_most(make("Neg", (make("Exp", (MINUS_ONE,)),)), a[0]),) if len(a) == 1 else (FALSE,)
    ),  # of branches nothing is known
    "zeta": lambda a: (unequal(a[0], ONE),),
    **dict.fromkeys(
        (
            *("factorial2", "subfactorial", "RisingFactorial", "FallingFactorial", "polygamma", "beta", "lowergamma"),
            *("uppergamma", "harmonic", "bernoulli", "fibonacci", "catalan", "expint", "polylog"),
            *("besselj", "bessely", "besseli", "besselk"),
        ),
        None,
    ),
}
# What a function is by definition: what is said nowhere else here of it is so as it is of that.
DEFINITIONS: Mapping[str, Callable[[Term], Term]] = {
    "sigma": lambda z: make("Div", (ONE, make("Add", (ONE, make("Exp", (make("Neg", (z,)),)))))),
}
OF_COMPLEX = frozenset(("arg", "conjugate", "cos", "cosh", "im", "re", "sin", "sinh"))  # have a value there, too
UNREAL = frozenset(("root_of_unity",))  # may be no real number, whatever the arguments are
# Where more is known than that: arguments for which there is a value, for what is None above.
ENOUGH: Mapping[str, Domain] = {
    "beta": lambda a: (less(ZERO, a[0]), less(ZERO, a[1])),
    **dict.fromkeys(
        ("factorial2", "subfactorial", "harmonic", "bernoulli", "fibonacci", "catalan"),
        lambda a: (integer(a[0]), at_most(ZERO, a[0])),
    ),
    **dict.fromkeys(("RisingFactorial", "FallingFactorial"), lambda a: (integer(a[1]), at_most(ZERO, a[1]))),
    **dict.fromkeys(("lowergamma", "uppergamma"), lambda a: (less(ZERO, a[0]), less(ZERO, a[1]))),
    "polygamma": lambda a: (integer(a[0]), at_most(ZERO, a[0]), less(ZERO, a[1])),
    "expint": lambda a: (less(ZERO, a[1]),),
    "polylog": lambda a: (less(MINUS_ONE, a[1]), less(a[1], ONE)),
    **dict.fromkeys(("besselj", "besseli"), lambda a: (integer(a[0]),)),
    **dict.fromkeys(("bessely", "besselk"), lambda a: (less(ZERO, a[1]),)),
}
SMOOTH = frozenset(  # differentiable, as often as one likes, wherever they have a value
    (
        *("cos", "sin", "tan", "cot", "sec", "csc", "sinc", "atan", "cosh", "sinh", "tanh", "coth", "sech", "csch"),
        *("asinh", "sigma", "erf", "erfc", "erfi", "Si", "gamma", "loggamma", "digamma", "trigamma", "factorial"),
    )
)
