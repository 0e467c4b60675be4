"""The losses of `torch.nn.functional`, with all of their options, at their own level: so that formulas stay short.

References: the documentation of `torch.nn.functional`.
"""

from __future__ import annotations

from typing import Any

from sympy import S, pi
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.inert import Exp, Log, Mul, sigma
from deltasift.read.arrays.array import Array, counting, shown_shape
from deltasift.read.arrays.entrywise import (
    add,
    array_of,
    at_most,
    both,
    choice,
    compared,
    divide,
    each,
    either,
    equal,
    greater,
    inverted,
    less,
    minus,
    multiply,
    negate,
    number,
    numeric,
    over,
    power,
    times,
    unequal,
    where,
)
from deltasift.read.arrays.folds import count, holds_for_all, holds_for_some, log_softmax, mean, total
from deltasift.read.arrays.picks import gathered, taken
from deltasift.read.arrays.session import current, negative, plus
from deltasift.read.arrays.shapes import squeezed, with_axis

HALF = S.Half


def reduced(x: Array, how: str = "mean", size_average: Any = None, reduce: Any = None) -> Array:
    """Return a loss for each example, their mean or their sum."""
    if size_average is not None or reduce is not None:
        average = size_average is None or size_average
        how = "none" if reduce is False else "mean" if average else "sum"
    if how == "none":
        return x
    if how not in ("sum", "mean"):
        raise ReadError(f"the reduction {how!r} is not known")
    return total(x) if how == "sum" else mean(x)


def weighted(x: Array, weight: Any) -> Array:
    """Return a loss times a weight, where there is one."""
    return x if weight is None else multiply(weight, x)


def loss(f: Any) -> Any:
    """Return an entrywise loss of two arrays of the same shape as a function with PyTorch's options."""

    def wrapped(
        input: Any,
        target: Any,
        size_average: Any = None,
        reduce: Any = None,
        reduction: str = "mean",
        weight: Any = None,
        **options: Any,
    ) -> Array:
        entries = numeric(lambda a, b: f(a, b, **{k: _exact(v) for k, v in options.items()}), "real")
        return reduced(weighted(entries(input, target), weight), reduction, size_average, reduce)

    return wrapped


def _exact(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    return array_of(value).entry


# --- classes -------------------------------------------------------------------------------------------------------


def cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    ignore_index: int = -100,
    reduce: Any = None,
    reduction: str = "mean",
    label_smoothing: Any = 0.0,
) -> Array:
    """Return the cross entropy of logits and labels, or of logits and probabilities."""
    z, y = number(input), array_of(target)
    classes = 1 if z.ndim > 1 else 0
    lp = log_softmax(z, classes)
    smoothing = array_of(label_smoothing).entry
    if y.ndim == z.ndim:
        return _of_probabilities(lp, number(y), classes, weight, smoothing, (reduction, size_average, reduce))
    return _of_labels(lp, y, classes, weight, ignore_index, smoothing, (reduction, size_average, reduce))


def _of_probabilities(
    lp: Array, p: Array, classes: int, weight: Any, smoothing: Basic, how: tuple[str, Any, Any]
) -> Array:
    length = lp.axes[classes].length
    if smoothing != 0:
        p = add(multiply(minus(S.One, smoothing), p), over(smoothing, length))
    terms = multiply(p, lp)
    if weight is not None:
        terms = multiply(_along(weight, lp, classes), terms)
    each_one = negate(total(terms, classes))
    return reduced(each_one, *how)


def _of_labels(
    lp: Array,
    y: Array,
    classes: int,
    weight: Any,
    ignored: int,
    smoothing: Basic,
    how: tuple[str, Any, Any],
) -> Array:
    w = None if weight is None else taken(weight, y, 0)
    kept = kept_labels(y, ignored)
    each_one = negate(picked(lp, y, classes))
    if smoothing != 0:
        spread = lp if weight is None else multiply(_along(weight, lp, classes), lp)
        uniform = multiply(over(smoothing, lp.axes[classes].length), negate(total(spread, classes)))
        each_one = add(multiply(minus(S.One, smoothing), weighted(each_one, w)), uniform)
    else:
        each_one = weighted(each_one, w)
    return over_kept(each_one, kept, w, *how)


def _along(weight: Any, x: Array, classes: int) -> Array:
    """Return a weight for each class as an array with the axes of another."""
    w = array_of(weight)
    for _ in range(x.ndim - classes - 1):
        w = with_axis(w, -1)
    return w


def picked(lp: Array, y: Array, classes: int) -> Array:
    """Return the entries at labels."""
    return squeezed(gathered(lp, classes, with_axis(y, classes)), classes)


def kept_labels(y: Array, ignored: int) -> Array | None:
    """Return which labels are not passed over, None where none can be."""
    label = Integer(ignored)
    if y.ends is not None:
        lo, hi = y.ends
        if (isinstance(lo, Integer) and label < lo) or (isinstance(hi, Integer) and label > hi):
            return None
    return compared(unequal)(y, label)


def over_kept(
    each_one: Array, kept: Array | None, w: Array | None, how: str, size_average: Any = None, reduce: Any = None
) -> Array:
    """Return losses reduced over what is kept; a mean is over its weights."""
    if kept is None and w is None:
        return reduced(each_one, how, size_average, reduce)
    if size_average is not None or reduce is not None:
        raise ReadError("size_average and reduce beside weights or ignored labels are not read: write reduction")
    if kept is not None:
        each_one = where(kept, each_one, 0)
    if how != "mean":
        return reduced(each_one, how)
    share = number(S.One) if w is None else w
    if kept is not None:
        share = where(kept, share, 0)
    return divide(total(each_one), total(share))


def nll_loss(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    ignore_index: int = -100,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return the negative log-likelihood of labels under log-probabilities."""
    lp, y = number(input), array_of(target)
    classes = 1 if lp.ndim > 1 else 0
    w = None if weight is None else taken(weight, y, 0)
    each_one = weighted(negate(picked(lp, y, classes)), w)
    return over_kept(each_one, kept_labels(y, ignore_index), w, reduction, size_average, reduce)


def multi_margin_loss(
    input: Any,
    target: Any,
    p: int = 1,
    margin: Any = 1.0,
    weight: Any = None,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return the margins by which other classes come too near to that of the label."""
    x, y = number(input), array_of(target)
    if x.ndim != 2:
        raise ReadError(f"multi_margin_loss of the shape {shown_shape(x)} is not read")
    own = gathered(x, 1, with_axis(y, 1))
    m = array_of(margin).entry
    near = each(lambda a, b: power(greater(S.Zero, plus(minus(m, a), b)), Integer(p)), own, x)
    others = compared(unequal)(counting(x.axes[1]), with_axis(y, 1))
    if weight is not None:
        near = multiply(with_axis(taken(weight, y, 0), 1), near)
    return reduced(divide(total(where(others, near, 0), 1), count(x, 1)), reduction, size_average, reduce)


def multilabel_margin_loss(
    input: Any,
    target: Any,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return the margins by which other classes come too near to the targets: those before the first of -1."""
    x, y = number(input), array_of(target)
    if x.ndim not in (1, 2) or y.ndim != x.ndim:
        raise ReadError(f"multilabel_margin_loss of the shapes {shown_shape(x)} and {shown_shape(y)} is not read")
    place = counting(x.axes[-1])
    valid = _before_the_padding(y)  # an axis of targets, then one of classes
    named = both(with_axis(valid, -1), compared(equal)(with_axis(y, -1), place))
    others = inverted(with_axis(holds_for_some(named, -2), -2))
    own = gathered(x, x.ndim - 1, y)
    near = numeric(lambda a, b: greater(S.Zero, plus(minus(S.One, a), b)))(with_axis(own, -1), with_axis(x, -2))
    terms = where(both(with_axis(valid, -1), others), near, 0)
    return reduced(divide(total(terms, [-2, -1]), count(x, -1)), reduction, size_average, reduce)


def _before_the_padding(y: Array) -> Array:
    """Return which targets come before the first of -1."""
    if y.ends is not None and isinstance(y.ends[0], Integer) and y.ends[0] >= 0:
        return Array(y.axes, lambda at: S.true, "truth")
    place = counting(y.axes[-1])
    later = compared(less)(with_axis(place, -1), place)
    return holds_for_all(either(later, compared(at_most)(0, with_axis(y, -2))), -1)


# --- two classes ---------------------------------------------------------------------------------------------------


def _bernoulli(p: Basic, t: Basic) -> Basic:
    return negative(plus(times(t, Log(p)), times(minus(S.One, t), Log(minus(S.One, p)))))


def binary_cross_entropy(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return the cross entropy of probabilities and targets."""
    note = "binary_cross_entropy of PyTorch takes logarithms below -100 for -100, which is not read"
    current().notes[note] = None
    each_one = numeric(_bernoulli, "real")(input, target)
    return reduced(weighted(each_one, weight), reduction, size_average, reduce)


def binary_cross_entropy_with_logits(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
    pos_weight: Any = None,
) -> Array:
    """Return the cross entropy of logits and targets."""

    def entry(x: Basic, t: Basic, w: Basic) -> Basic:
        here = times(times(w, t), Log(sigma(x)))
        return negative(plus(here, times(minus(S.One, t), Log(minus(S.One, sigma(x))))))

    each_one = numeric(entry, "real")(input, target, 1 if pos_weight is None else pos_weight)
    return reduced(weighted(each_one, weight), reduction, size_average, reduce)


def multilabel_soft_margin_loss(
    input: Any,
    target: Any,
    weight: Any = None,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return the mean over the classes of the cross entropy of logits and targets."""
    each_one = binary_cross_entropy_with_logits(input, target, reduction="none")
    return reduced(mean(weighted(each_one, weight), -1), reduction, size_average, reduce)


# --- distributions -------------------------------------------------------------------------------------------------


def kl_div(
    input: Any,
    target: Any,
    size_average: Any = None,
    reduce: Any = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Array:
    """Return the divergence of log-probabilities from probabilities, or from their logarithms."""
    x, t = number(input), number(target)
    if log_target:
        each_one = numeric(lambda a, b: times(Exp(b), minus(b, a)), "real")(x, t)
    else:  # 0 log 0 = 0 here, as in PyTorch
        each_one = numeric(lambda a, b: minus(times(b, Log(b)), times(b, a)), "real")(x, t)
    if reduction == "batchmean":
        return divide(total(each_one), count(x, 0) if x.ndim else 1)
    return reduced(each_one, reduction, size_average, reduce)


def gaussian_nll_loss(
    input: Any,
    target: Any,
    var: Any,
    full: bool = False,
    eps: Any = 1e-6,
    reduction: str = "mean",
) -> Array:
    """Return the negative log-likelihood of normal distributions, their variances at least `eps`."""
    x, t, v = number(input), number(target), number(var)
    if v.ndim == x.ndim - 1:
        v = with_axis(v, -1)
    least = array_of(eps).entry

    def entry(m: Basic, y: Basic, s: Basic) -> Basic:
        s = greater(s, least)
        found = times(HALF, plus(Log(s), over(power(minus(m, y), Integer(2)), s)))
        return plus(found, times(HALF, Log(Mul(2, pi)))) if full else found

    return reduced(each(entry, x, t, v, kind="real"), reduction)


def poisson_nll_loss(
    input: Any,
    target: Any,
    log_input: bool = True,
    full: bool = False,
    size_average: Any = None,
    eps: Any = 1e-8,
    reduce: Any = None,
    reduction: str = "mean",
) -> Array:
    """Return the negative log-likelihood of Poisson distributions; `full` adds Stirling's term where t > 1."""
    small = array_of(eps).entry

    def entry(x: Basic, t: Basic) -> Basic:
        found = minus(Exp(x), times(t, x)) if log_input else minus(x, times(t, Log(plus(x, small))))
        if not full:
            return found
        stirling = plus(minus(times(t, Log(t)), t), times(HALF, Log(times(Mul(2, pi), t))))
        return plus(found, choice(less(S.One, t), stirling, S.Zero))

    return reduced(numeric(entry, "real")(input, target), reduction, size_average, reduce)
