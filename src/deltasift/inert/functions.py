"""What is known of each function that a line may contain without a node of its own: one record each.

Whoever asks what a function is worth, where it is continuous, what it is called elsewhere or how it is printed asks
here, and what a record does not say is not known. The judge alone keeps a table of its own (`judge/functions.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sympy

from deltasift.inert.algebra import Exp, Func
from deltasift.inert.node import Node


@dataclass(frozen=True)
class Function:
    """A function of real numbers.

    Attributes
    ----------
    name : str
        As SymPy calls it, and so the pages; where SymPy has none, it has a definition.
    meaning : str
        Words for a reader.
    definition : callable, optional
        Makes of arguments what the function is by definition: it is then computed, written out and handed to SymPy
        as that, wherever nothing better is said here.
    arity : int
        How many arguments the definition takes.
    is_total : bool
        Whether it has a value wherever its arguments have one.
    continuous : {"", "everywhere", "above 0", "but at 0"}
        Where it is known to be continuous.
    integer : {"", "of integers", "always"}
        When its value is an integer.
    sign : {"", "positive", "nonnegative", "positive from 0 on"}
        What is known of its sign.
    bound : int, optional
        What its magnitude does not exceed.
    derivative : callable, optional
        Makes of `f(u)` the derivative of f at u.
    enclosed : str
        The methods of that name enclose it: "balls" of real numbers, "series", "boxes" of complex ones.
    in_math, in_mpmath, in_arrays : str
        What it is called in Python's `math`, in mpmath, and in the array API.
    letter, latex : str
        How it is printed, where that is not its name.
    is_power : bool
        Whether `f(n, m)` is printed as the power m of a letter with the index n.
    sympy : callable, optional
        Makes of arguments what SymPy writes for it, where SymPy has no function of that name.
    """

    name: str
    meaning: str = ""
    definition: Callable[..., Any] | None = None
    arity: int = 1
    is_total: bool = False
    continuous: str = ""
    integer: str = ""
    sign: str = ""
    bound: int | None = None
    derivative: Callable[[Func], Any] | None = None
    enclosed: str = ""
    in_math: str = ""
    in_mpmath: str = ""
    in_arrays: str = ""
    letter: str = ""
    latex: str = ""
    is_power: bool = False
    sympy: Callable[..., Any] | None = None

    def defined(self, arguments: Sequence[Any]) -> Any | None:
        """Return what it is of arguments by definition, None where it has none, or takes another number of them."""
        return None if self.definition is None or len(arguments) != self.arity else self.definition(*arguments)

    @property
    def in_sympy(self) -> Any:
        """The function of SymPy's."""
        return self.sympy or getattr(sympy, self.name)


def _of(name: str) -> Callable[[Func], Node]:
    """Return the derivative that is another function of the same argument."""
    return lambda f: Func(name, *f.arguments)


def _also(name: str, **known: Any) -> Function:
    """Return a function that is called alike everywhere."""
    return Function(name, in_math=name, in_arrays=name, **known)


EVERYWHERE: dict[str, Any] = {"is_total": True, "continuous": "everywhere"}
ALL = "balls series boxes"
ROOT, OMEGA = "root_of_unity", "omega"  # the name of the roots of unity, and their letter
TABLE = (
    Function(
        "sigma",
        "the logistic function, 1 / (1 + exp(-z))",
        definition=lambda z: 1 / (1 + Exp(-z)),
        **EVERYWHERE,
        sign="positive",
        bound=1,
        derivative=lambda f: f * (1 - f),
        letter="σ",
        latex=r"\sigma",
    ),
    # --- of angles -------------------------------------------------------------------------------------------------
    _also("cos", **EVERYWHERE, bound=1, derivative=lambda f: -_of("sin")(f), enclosed=ALL, latex=r"\cos"),
    _also("sin", **EVERYWHERE, bound=1, derivative=_of("cos"), enclosed=ALL, latex=r"\sin"),
    _also("tan", derivative=lambda f: 1 + f**2, enclosed=ALL, latex=r"\tan"),
    _also("asin", latex=r"\arcsin"),
    _also("acos", latex=r"\arccos"),
    _also(
        "atan",
        **EVERYWHERE,
        bound=2,
        derivative=lambda f: 1 / (1 + f.arguments[0] ** 2),
        enclosed="balls series",
        latex=r"\arctan",
    ),
    Function("atan2", in_math="atan2"),
    Function("cot", in_mpmath="cot", latex=r"\cot"),
    Function("sec", in_mpmath="sec", latex=r"\sec"),
    Function("csc", in_mpmath="csc", latex=r"\csc"),
    *(Function(name, in_mpmath=name) for name in ("acot", "asec", "acsc", "sinc")),
    # --- hyperbolic ------------------------------------------------------------------------------------------------
    _also("cosh", **EVERYWHERE, derivative=_of("sinh"), enclosed="balls boxes", latex=r"\cosh"),
    _also("sinh", **EVERYWHERE, derivative=_of("cosh"), enclosed="balls boxes", latex=r"\sinh"),
    _also("tanh", **EVERYWHERE, bound=1, derivative=lambda f: 1 - f**2, enclosed="balls boxes", latex=r"\tanh"),
    _also("asinh", **EVERYWHERE),
    *map(_also, ("acosh", "atanh")),
    Function("coth", in_mpmath="coth", latex=r"\coth"),
    *(Function(name, in_mpmath=name) for name in ("sech", "csch", "acoth", "asech", "acsch")),
    # --- pieces and rounding ---------------------------------------------------------------------------------------
    Function(
        "Abs",
        "the absolute value",
        **EVERYWHERE,
        integer="of integers",
        sign="nonnegative",
        in_math="fabs",
        in_arrays="abs",
        letter="abs",
    ),
    Function("Max", "the largest of the arguments", **EVERYWHERE, integer="of integers", letter="max", latex=r"\max"),
    Function("Min", "the smallest of the arguments", **EVERYWHERE, integer="of integers", letter="min", latex=r"\min"),
    Function(
        "sign", "1 above 0, -1 below it, 0 at it", is_total=True, continuous="but at 0", integer="always", bound=1
    ),
    Function("Heaviside", "the unit step: 1 above 0, 0 below it", continuous="but at 0", bound=1),
    Function(
        "floor",
        "the largest integer that is not above the argument",
        is_total=True,
        integer="always",
        in_math="floor",
        in_arrays="floor",
    ),
    Function(
        "ceiling",
        "the smallest integer that is not below the argument",
        is_total=True,
        integer="always",
        in_math="ceil",
        in_arrays="ceil",
    ),
    Function(
        ROOT,
        "exp(2*pi*i*m/n), the power m of the first root of unity of order n: complex, n and m being integers",
        is_power=True,
        sympy=lambda n, m: sympy.exp(2 * sympy.pi * sympy.I * m / n),
    ),
    Function("Mod", "the remainder of the division of the first argument by the second", integer="of integers"),
    *map(Function, ("re", "im", "arg", "conjugate", "frac")),
    # --- counting --------------------------------------------------------------------------------------------------
    Function(
        "factorial",
        "the product of the integers from 1 to the argument",
        continuous="above 0",
        integer="of integers",
        sign="positive from 0 on",
        in_math="factorial",
    ),
    Function("binomial", "the number of ways to choose so many of so many", integer="of integers", in_math="comb"),
    *map(Function, ("factorial2", "subfactorial", "RisingFactorial", "FallingFactorial")),
    *map(Function, ("bernoulli", "fibonacci", "catalan")),
    Function("harmonic", "the sum of the inverses of the integers from 1 to the argument", in_mpmath="harmonic"),
    # --- special ---------------------------------------------------------------------------------------------------
    Function(
        "gamma",
        "the gamma function, which continues the factorial",
        continuous="above 0",
        sign="positive from 0 on",
        enclosed=ALL,
        in_math="gamma",
        letter="Γ",
        latex=r"\Gamma",
    ),
    Function("loggamma", "the logarithm of the gamma function", continuous="above 0", in_math="lgamma"),
    Function(
        "digamma",
        "the derivative of the logarithm of the gamma function",
        in_mpmath="digamma",
        letter="ψ",
        latex=r"\operatorname{\psi}",
    ),
    Function("beta", "the beta function", in_mpmath="beta", letter="B", latex=r"\mathrm{B}"),
    Function("zeta", "Riemann's zeta function", in_mpmath="zeta", letter="ζ", latex=r"\operatorname{\zeta}"),
    Function("erf", "the error function", **EVERYWHERE, bound=1, enclosed=ALL, in_math="erf"),
    Function("erfc", "1 minus the error function", continuous="everywhere", enclosed=ALL, in_math="erfc"),
    *(Function(name, in_mpmath=name) for name in ("erfi", "erfinv", "expint", "li")),
    *(Function(name, in_mpmath=name.lower()) for name in ("Ei", "Si", "Ci", "LambertW")),
    *(Function(name, in_mpmath=name) for name in ("besselj", "bessely", "besseli", "besselk")),
    *map(Function, ("trigamma", "polygamma", "lowergamma", "uppergamma", "erfcinv", "polylog")),
)
FUNCTIONS = {f.name: f for f in TABLE}


def known_of(name: str) -> Function:
    """Return the record of a function; of one that is in no record nothing is known."""
    return FUNCTIONS.get(name) or Function(name)


def named(**known: Any) -> frozenset[str]:
    """Return the names of the functions whose records say all of this: `named(continuous="everywhere")`."""
    return frozenset(f.name for f in TABLE if all(getattr(f, field) == value for field, value in known.items()))


def enclosed_by(method: str) -> frozenset[str]:
    """Return the names of the functions that balls, series or boxes enclose by a method of that name."""
    return frozenset(f.name for f in TABLE if method in f.enclosed.split())


def letter_of(name: str) -> str:
    """Return how a function is printed in letters of its own, its name where it has none."""
    return known_of(name).letter or name
