"""The losses of `torch.nn.functional` that are distances or similarities, with all of their options."""

from __future__ import annotations

from typing import Any

from sympy import Rational, S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.inert import Exp, Func, Log
from deltasift.read.arrays.array import Array
from deltasift.read.arrays.entrywise import (
    add,
    array_of,
    at_most,
    choice,
    divide,
    equal,
    greater,
    less,
    maximum,
    minimum,
    minus,
    multiply,
    numeric,
    over,
    power,
    root,
    subtract,
    times,
    unequal,
)
from deltasift.read.arrays.folds import multiply_by_itself, norm, total
from deltasift.read.arrays.losses import HALF, loss, reduced
from deltasift.read.arrays.session import exact, negative, plus

soft_margin_loss = loss(lambda x, t: Log(plus(S.One, Exp(times(negative(t), x)))))


def of_weights(f: Any) -> Any:
    """Return an entrywise loss whose mean is over its weights, where there are any."""
    plain = loss(f)

    def wrapped(input: Any, target: Any, *options: Any, reduction: str = "mean", weight: Any = None, **o: Any) -> Array:
        if weight is None or reduction != "mean" or options or o:
            found: Array = plain(input, target, *options, reduction=reduction, weight=weight, **o)
            return found
        return divide(total(plain(input, target, reduction="none", weight=weight)), total(weight))

    return wrapped


mse_loss = of_weights(lambda a, b: power(minus(a, b), Integer(2)))


l1_loss = of_weights(lambda a, b: Func("Abs", minus(a, b)))


def _smooth_l1(a: Basic, b: Basic, beta: Basic = S.One) -> Basic:
    d = Func("Abs", minus(a, b))
    if beta == 0:
        return d
    square = over(times(HALF, power(minus(a, b), Integer(2))), beta)
    return choice(less(d, beta), square, minus(d, times(HALF, beta)))


def _huber(a: Basic, b: Basic, delta: Basic = S.One) -> Basic:
    d = Func("Abs", minus(a, b))
    return choice(
        at_most(d, delta),
        times(HALF, power(minus(a, b), Integer(2))),
        times(delta, minus(d, times(HALF, delta))),
    )


smooth_l1_loss = loss(_smooth_l1)


huber_loss_of = loss(_huber)


def huber_loss(
    input: Any,
    target: Any,
    reduction: str = "mean",
    delta: Any = 1.0,
    weight: Any = None,
) -> Array:
    """Return a square near 0 and a straight line beyond."""
    found: Array = huber_loss_of(input, target, reduction=reduction, delta=delta, weight=weight)
    return found


def hinge_embedding_loss(
    input: Any,
    target: Any,
    margin: Any = 1.0,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return x where the target is 1, and the margin less x where it is -1."""
    m = array_of(margin).entry

    def entry(x: Basic, t: Basic) -> Basic:
        near = choice(unequal(t, S.One), greater(S.Zero, minus(m, x)), S.Zero)
        return plus(near, choice(unequal(t, S.NegativeOne), x, S.Zero))

    return reduced(numeric(entry)(input, target), reduction, size_average, reduce)


def margin_ranking_loss(
    input1: Any,
    input2: Any,
    target: Any,
    margin: Any = 0.0,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return how far two inputs are from being ranked as the target says."""
    m = array_of(margin).entry
    each_one = numeric(lambda a, b, t: greater(S.Zero, plus(times(negative(t), minus(a, b)), m)))
    return reduced(each_one(input1, input2, target), reduction, size_average, reduce)


def normalize(input: Any, p: Any = 2.0, dim: int = 1, eps: Any = 1e-12, out: Any = None) -> Array:
    """Return vectors of the norm 1."""
    if out is not None:
        raise ReadError("normalize with out is not read")
    return divide(input, maximum(norm(input, exact(p), dim, keep=True), eps))


def cosine_similarity(x1: Any, x2: Any, dim: int = 1, eps: Any = 1e-8) -> Array:
    """Return the cosine of the angle between vectors."""
    lengths = multiply(maximum(norm(x1, 2, dim), eps), maximum(norm(x2, 2, dim), eps))
    return divide(total(multiply(x1, x2), dim), lengths)


def cosine_embedding_loss(
    input1: Any,
    input2: Any,
    target: Any,
    margin: Any = 0.0,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return 1 less the cosine where the target is 1, and the cosine less a margin where it is -1."""
    m, little = array_of(margin).entry, Rational(1, 10**12)

    def squares(x: Any) -> Array:
        return add(total(multiply_by_itself(x), -1), little)

    cosine = divide(total(multiply(input1, input2), -1), numeric(root)(multiply(squares(input1), squares(input2))))

    def entry(c: Basic, t: Basic) -> Basic:
        same = choice(equal(t, S.One), minus(S.One, c), S.Zero)
        return plus(same, choice(equal(t, S.NegativeOne), greater(S.Zero, minus(c, m)), S.Zero))

    return reduced(numeric(entry)(cosine, target), reduction, size_average, reduce)


def pairwise_distance(x1: Any, x2: Any, p: Any = 2.0, eps: Any = 1e-6, keepdim: bool = False) -> Array:
    """Return the norm of the difference, a little added to each entry."""
    return norm(add(subtract(x1, x2), eps), exact(p), -1, keepdim)


def triplet_margin_loss(
    anchor: Any,
    positive: Any,
    negative: Any,
    margin: Any = 1.0,
    p: Any = 2.0,
    eps: Any = 1e-6,
    swap: bool = False,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return by how much the negative is not farther away than the positive and a margin."""
    near = pairwise_distance(anchor, positive, p, eps)
    far = pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = minimum(far, pairwise_distance(positive, negative, p, eps))
    return reduced(maximum(0, add(subtract(near, far), margin)), reduction, size_average, reduce)


def triplet_margin_with_distance_loss(
    anchor: Any,
    positive: Any,
    negative: Any,
    *,
    distance_function: Any = None,
    margin: Any = 1.0,
    swap: bool = False,
    reduction: str = "mean",
) -> Array:
    """Return by how much the negative is not farther away than the positive and a margin, by any distance."""
    distance = pairwise_distance if distance_function is None else distance_function
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = minimum(far, distance(positive, negative))
    return reduced(maximum(0, subtract(add(margin, near), far)), reduction)
