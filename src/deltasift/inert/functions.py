"""The functions of SymPy that a line may contain without a node of their own, by the name they have there."""

from __future__ import annotations

from typing import Any

import sympy

NAMES = """
    cos sin tan cot sec csc acos asin atan acot asec acsc atan2 sinc
    cosh sinh tanh coth sech csch acosh asinh atanh acoth asech acsch
    Abs sign re im arg conjugate floor ceiling frac Max Min Mod Heaviside
    factorial factorial2 subfactorial binomial RisingFactorial FallingFactorial
    gamma loggamma digamma trigamma polygamma beta lowergamma uppergamma zeta harmonic bernoulli
    fibonacci catalan erf erfc erfi erfinv erfcinv expint Ei li Si Ci LambertW polylog
    besselj bessely besseli besselk
"""

FUNCTIONS: dict[str, Any] = {name: getattr(sympy, name) for name in NAMES.split()}
