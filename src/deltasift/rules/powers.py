"""Powers of a positive number.

References
----------
Lang (1997), Undergraduate Analysis, chapter 4.
"""

from __future__ import annotations

from deltasift.inert import Equality, Less, Relation
from deltasift.rule import Real, rule


@rule(ref="lang1997, chapter 4")
def pow_add(x: Real, a: Real, b: Real) -> Relation:
    """Powers of one number are multiplied by adding their exponents."""
    return Equality(x ** (a + b), x**a * x**b, when={Less(0, x): {"x": 0, "a": 1, "b": -1}})
