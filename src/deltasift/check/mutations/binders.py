"""Mistakes with ranges, with what a sum is taken of, and with the names that are bound."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Integer, S
from sympy.core.basic import Basic

from deltasift.check.mutations.algebra import product_of, without
from deltasift.check.mutations.kind import Change, Place, in_line
from deltasift.domain import Size
from deltasift.inert import Add, Binder, Integral, Log, Mul, Neg, Product, Sum, free, substitute


def _is_discrete(e: Basic) -> bool:
    return isinstance(e, (Sum, Product))


def moved(e: Basic, by: int) -> Basic:
    """Return an integer expression plus a number."""
    if isinstance(e, Integer):
        return Integer(e + by)
    return Add.make((e, S.One)) if by == 1 else Add.make((e, Neg.make((Integer(-by),))))


def _with_range(e: Basic, lo: Basic, hi: Basic) -> Basic:
    return type(e).make((e.args[0], e.args[1], lo, hi))


@in_line
def start_raised(e: Basic, at: Place) -> Iterator[Change]:
    """A range starts one too late."""
    if _is_discrete(e):
        lo = moved(e.args[2], 1)
        yield _with_range(e, lo, e.args[3]), f"{e.args[1]} runs from {lo}"


@in_line
def start_lowered(e: Basic, at: Place) -> Iterator[Change]:
    """A range starts one too early."""
    if _is_discrete(e):
        lo = moved(e.args[2], -1)
        yield _with_range(e, lo, e.args[3]), f"{e.args[1]} runs from {lo}"


@in_line
def end_raised(e: Basic, at: Place) -> Iterator[Change]:
    """A range ends one too late."""
    if _is_discrete(e):
        hi = moved(e.args[3], 1)
        yield _with_range(e, e.args[2], hi), f"{e.args[1]} runs to {hi}"


@in_line
def end_lowered(e: Basic, at: Place) -> Iterator[Change]:
    """A range ends one too early."""
    if _is_discrete(e):
        hi = moved(e.args[3], -1)
        yield _with_range(e, e.args[2], hi), f"{e.args[1]} runs to {hi}"


@in_line
def end_of_another_range(e: Basic, at: Place) -> Iterator[Change]:
    """A range ends where another one does."""
    if _is_discrete(e):
        for hi in at.declared(Size):
            if hi != e.args[3]:
                yield _with_range(e, e.args[2], hi), f"{e.args[1]} runs to {hi}"


@in_line
def half_line(e: Basic, at: Place) -> Iterator[Change]:
    """An integral over the line is taken over half of it."""
    if isinstance(e, Integral):
        if e.args[2] is S.NegativeInfinity:
            yield _with_range(e, S.Zero, e.args[3]), f"{e.args[1]} runs from 0"
        if e.args[3] is S.Infinity:
            yield _with_range(e, e.args[2], S.Zero), f"{e.args[1]} runs to 0"


@in_line
def ends_exchanged(e: Basic, at: Place) -> Iterator[Change]:
    """The ends of a range are exchanged."""
    if isinstance(e, Binder):
        yield _with_range(e, e.args[3], e.args[2]), f"{e.args[1]} runs from {e.args[3]} to {e.args[2]}"


@in_line
def product_over_range(e: Basic, at: Place) -> Iterator[Change]:
    """A sum over a range is a product over it."""
    if isinstance(e, Sum):
        yield Product.make(e.args), f"the sum over {e.args[1]} is a product"


@in_line
def sum_over_range(e: Basic, at: Place) -> Iterator[Change]:
    """A product over a range is a sum over it."""
    if isinstance(e, Product):
        yield Sum.make(e.args), f"the product over {e.args[1]} is a sum"


@in_line
def first_term_alone(e: Basic, at: Place) -> Iterator[Change]:
    """Of a sum only the first term is left."""
    if _is_discrete(e):
        yield substitute(e.args[0], {e.args[1]: e.args[2]}), f"of {e} only the part at {e.args[2]} is left"


@in_line
def last_term_alone(e: Basic, at: Place) -> Iterator[Change]:
    """Of a sum only the last term is left."""
    if _is_discrete(e):
        yield substitute(e.args[0], {e.args[1]: e.args[3]}), f"of {e} only the part at {e.args[3]} is left"


@in_line
def counted_instead(e: Basic, at: Place) -> Iterator[Change]:
    """A sum of what varies is taken for a sum of equal terms."""
    if isinstance(e, Sum):
        first = substitute(e.args[0], {e.args[1]: e.args[2]})
        yield Mul.make((e.args[3], first)), f"{e} is {e.args[3]} times its first term"


@in_line
def summed_twice(e: Basic, at: Place) -> Iterator[Change]:
    """A sum is taken twice over."""
    if isinstance(e, Sum):
        yield Sum.make((e, *e.args[1:])), f"{e} is summed over {e.args[1]} again"


@in_line
def index_captured(e: Basic, at: Place) -> Iterator[Change]:
    """A bound name is exchanged for one that the body uses."""
    if _is_discrete(e):
        for name in sorted(free(e.args[0]) & set(at.indices()), key=str):
            if name != e.args[1]:
                body = substitute_without_care(e.args[0], e.args[1], name)
                yield type(e).make((body, name, *e.args[2:])), f"the name {e.args[1]} is written {name}"


def substitute_without_care(e: Basic, old: Basic, new: Basic) -> Basic:
    """Return an expression with a free name renamed, captured where a binder has the new name."""
    if e == old:
        return new
    if not e.args or old not in free(e):
        return e
    hidden = getattr(e, "binds", False) and e.args[1] == old
    args = [
        a if (hidden and i == 0) or (getattr(e, "binds", False) and i == 1) else substitute_without_care(a, old, new)
        for i, a in enumerate(e.args)
    ]
    return e.rebuild(tuple(args))


@in_line
def name_left_unbound(e: Basic, at: Place) -> Iterator[Change]:
    """A sum is left out, and its name stays behind."""
    if _is_discrete(e) and e.args[1] in at.scope.domains:
        yield e.args[0], f"the sum over {e.args[1]} is left out"


@in_line
def ranges_exchanged(e: Basic, at: Place) -> Iterator[Change]:
    """Two nested sums exchange their ranges, but not their names."""
    if _is_discrete(e) and _is_discrete(e.args[0]):
        inner = e.args[0]
        swapped = _with_range(inner, *e.args[2:])
        yield type(e).make((swapped, e.args[1], *inner.args[2:])), f"{e.args[1]} and {inner.args[1]} exchange ranges"


@in_line
def sum_of_products_split(e: Basic, at: Place) -> Iterator[Change]:
    """The sum of a product is the product of the sums."""
    if isinstance(e, (Sum, Integral)) and isinstance(e.args[0], Mul):
        f, *rest = e.args[0].args
        parts = [type(e).make((part, *e.args[1:])) for part in (f, product_of(rest))]
        yield Mul.make(tuple(parts)), f"the factors of {e.args[0]} are summed each by itself"


@in_line
def varying_factor_moved_out(e: Basic, at: Place) -> Iterator[Change]:
    """A factor that varies with the index is moved out of the sum."""
    if isinstance(e, (Sum, Integral)) and isinstance(e.args[0], Mul):
        for i, f in enumerate(e.args[0].args):
            if e.args[1] in free(f) and (e.args[1] in at.scope.domains):
                rest = type(e).make((product_of(without(e.args[0].args, i)), *e.args[1:]))
                yield Mul.make((f, rest)), f"the factor {f} is moved out of the sum over {e.args[1]}"


@in_line
def log_of_sum_for_sum_of_logs(e: Basic, at: Place) -> Iterator[Change]:
    """The sum of logarithms is the logarithm of the sum."""
    if isinstance(e, Sum) and isinstance(e.args[0], Log):
        inner = Sum.make((e.args[0].args[0], *e.args[1:]))
        yield Log.make((inner,)), f"the logarithm is moved out of {e}"


@in_line
def sum_of_logs_for_log_of_sum(e: Basic, at: Place) -> Iterator[Change]:
    """The logarithm of a sum is the sum of the logarithms."""
    if isinstance(e, Log) and isinstance(e.args[0], Sum):
        s = e.args[0]
        yield Sum.make((Log.make((s.args[0],)), *s.args[1:])), f"the logarithm is moved into {s}"


@in_line
def product_of_logs(e: Basic, at: Place) -> Iterator[Change]:
    """The logarithm of a product is the product of the logarithms."""
    if isinstance(e, Log) and isinstance(e.args[0], Product):
        p = e.args[0]
        yield Product.make((Log.make((p.args[0],)), *p.args[1:])), f"the logarithm of {p} is taken of each factor"
