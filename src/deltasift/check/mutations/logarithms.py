"""Mistakes with logarithms and exponentials."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import S
from sympy.core.basic import Basic

from deltasift.check.mutations.algebra import negative, product_of, sum_of, unsigned
from deltasift.check.mutations.kind import Change, Place, in_line
from deltasift.inert import Add, Div, Exp, Log, Mul, Neg, Pow


@in_line
def log_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """A logarithm is left out."""
    if isinstance(e, Log):
        yield e.args[0], f"the logarithm of {e.args[0]} is left out"


@in_line
def log_repeated(e: Basic, at: Place) -> Iterator[Change]:
    """A logarithm is taken twice."""
    if isinstance(e, Log):
        yield Log.make((e,)), f"the logarithm of {e.args[0]} is taken twice"


@in_line
def log_of_reciprocal(e: Basic, at: Place) -> Iterator[Change]:
    """The argument of a logarithm is turned upside down."""
    if isinstance(e, Log):
        yield Log.make((Div.make((S.One, e.args[0])),)), f"{e.args[0]} in the logarithm is turned upside down"


@in_line
def log_of_one_more(e: Basic, at: Place) -> Iterator[Change]:
    """The argument of a logarithm is too large by one."""
    if isinstance(e, Log):
        yield Log.make((Add.make((S.One, e.args[0])),)), f"{e.args[0]} in the logarithm is too large by one"


@in_line
def log_of_sum(e: Basic, at: Place) -> Iterator[Change]:
    """The logarithm of a sum is the sum of the logarithms."""
    if isinstance(e, Log) and isinstance(e.args[0], Add):
        logs = [(isinstance(t, Neg), Log.make((unsigned(t),))) for t in e.args[0].args]
        yield sum_of([Neg.make((x,)) if minus else x for minus, x in logs]), f"the logarithm of {e.args[0]} is split"


@in_line
def log_of_product_as_product(e: Basic, at: Place) -> Iterator[Change]:
    """The logarithm of a product is the product of the logarithms."""
    if isinstance(e, Log) and isinstance(e.args[0], Mul):
        logs = [Log.make((f,)) for f in e.args[0].args]
        yield product_of(logs), f"the logarithm of {e.args[0]} is split into factors"


@in_line
def log_of_quotient_as_quotient(e: Basic, at: Place) -> Iterator[Change]:
    """The logarithm of a quotient is the quotient of the logarithms."""
    if isinstance(e, Log) and isinstance(e.args[0], Div):
        a, b = e.args[0].args
        yield Div.make((Log.make((a,)), Log.make((b,)))), f"the logarithm of {e.args[0]} is split into a quotient"


@in_line
def log_of_quotient_as_sum(e: Basic, at: Place) -> Iterator[Change]:
    """The logarithm of a quotient is the sum of the logarithms."""
    if isinstance(e, Log) and isinstance(e.args[0], Div):
        a, b = e.args[0].args
        yield Add.make((Log.make((a,)), Log.make((b,)))), f"the logarithm of {e.args[0]} is split into a sum"


@in_line
def log_half_split(e: Basic, at: Place) -> Iterator[Change]:
    """Of the logarithm of a product or quotient only one part is left."""
    if isinstance(e, Log) and isinstance(e.args[0], (Mul, Div)):
        for a in e.args[0].args:
            yield Log.make((a,)), f"of the logarithm of {e.args[0]} only that of {a} is left"


@in_line
def logs_merged(e: Basic, at: Place) -> Iterator[Change]:
    """The sum of logarithms is the logarithm of the sum."""
    if isinstance(e, Add) and len(e.args) == 2 and all(isinstance(unsigned(t), Log) for t in e.args):
        inside = [t.args[0].args[0] if isinstance(t, Neg) else t.args[0] for t in e.args]
        signed = [negative(x) if isinstance(t, Neg) else x for x, t in zip(inside, e.args, strict=True)]
        yield Log.make((sum_of(signed),)), f"the logarithms of {inside[0]} and {inside[1]} are merged under one"


@in_line
def power_of_log(e: Basic, at: Place) -> Iterator[Change]:
    """The logarithm of a power is the power of the logarithm."""
    if isinstance(e, Log) and isinstance(e.args[0], Pow):
        base, k = e.args[0].args
        yield Pow.make((Log.make((base,)), k)), f"the exponent of {e.args[0]} is put on the logarithm"


@in_line
def factor_moved_into_log(e: Basic, at: Place) -> Iterator[Change]:
    """A factor of a logarithm is a factor of its argument."""
    if isinstance(e, Mul):
        for i, f in enumerate(e.args):
            if isinstance(f, Log):
                rest = product_of((*e.args[:i], *e.args[i + 1 :]))
                yield Log.make((Mul.make((rest, f.args[0])),)), f"{rest} is moved into the logarithm of {f.args[0]}"


@in_line
def exp_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """An exponential is left out."""
    if isinstance(e, Exp):
        yield e.args[0], f"the exponential of {e.args[0]} is left out"


@in_line
def sign_in_exponential(e: Basic, at: Place) -> Iterator[Change]:
    """The sign in an exponential is turned."""
    if isinstance(e, Exp):
        yield Exp.make((negative(e.args[0]),)), f"the sign of {unsigned(e.args[0])} in the exponential is turned"


@in_line
def exp_of_sum(e: Basic, at: Place) -> Iterator[Change]:
    """The exponential of a sum is the sum of the exponentials."""
    if isinstance(e, Exp) and isinstance(e.args[0], Add):
        yield sum_of([Exp.make((t,)) for t in e.args[0].args]), f"the exponential of {e.args[0]} is split into a sum"


@in_line
def log_for_exp(e: Basic, at: Place) -> Iterator[Change]:
    """A logarithm stands for an exponential."""
    if isinstance(e, Exp):
        yield Log.make(e.args), f"the logarithm stands for {e}"


@in_line
def exp_for_log(e: Basic, at: Place) -> Iterator[Change]:
    """An exponential stands for a logarithm."""
    if isinstance(e, Log):
        yield Exp.make(e.args), f"the exponential stands for {e}"
