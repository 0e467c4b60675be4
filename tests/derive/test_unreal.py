"""Of what may be no real number nothing is found that the checker refuses."""

import pytest
from sympy import Abs, sqrt

from deltasift import (
    Derivative,
    Equality,
    LessEqual,
    NotProved,
    check,
    define,
    exp,
    index,
    log,
    prove,
    real,
    root_of_unity,
    sizes,
)

K = sizes("K")
k = index("k", 1, K)
w = define("w", k, root_of_unity(K, k))
r = real("r")


@pytest.mark.parametrize(
    "claim",
    [
        Equality(log(exp(w[k])), w[k]),
        Equality(Abs(w[k]) ** 2, w[k] ** 2),
        Equality(sqrt(w[k] ** 2), Abs(w[k])),
        Equality(Derivative(r * root_of_unity(3, 1), r), w[k]),
        Equality(2 ** w[k], 2 ** w[k]),
        LessEqual(0, exp(w[k])),
        LessEqual(0, w[k] ** 2),
    ],
    ids=str,
)
def test_what_holds_of_real_numbers_is_not_proved(claim: Equality | LessEqual) -> None:
    with pytest.raises(NotProved):
        prove(claim)


@pytest.mark.parametrize(
    "claim",
    [
        Equality(1 - w[k] ** 2, (1 - w[k]) * (1 + w[k])),
        Equality(Derivative(r * w[k], r), w[k]),
    ],
    ids=str,
)
def test_what_holds_of_all_numbers_is_proved(claim: Equality) -> None:
    assert check(prove(claim)).ok


def test_the_reason_is_said_in_words() -> None:
    with pytest.raises(NotProved, match="it needs a real number where what stands may be none"):
        prove(Equality(log(exp(w[k])), w[k]))
