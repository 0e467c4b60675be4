"""Likelihoods and scores: what a model gives to examples, a model of labels alone or of labels given inputs.

References
----------
Murphy (2022), sections 4.2 and 6.2. Brier (1950). Jurafsky and Martin (2024), section 3.3, for perplexity.
"""

from __future__ import annotations

from typing import Any

from deltasift.domain import Index, Labels, Reals
from deltasift.errors import DomainError
from deltasift.inert import Add, Delta, Div, Exp, Log, Mul, Neg, Node, Product, Sum
from deltasift.inert.signs import Form
from deltasift.quantities.information import DENSITIES, Entropy
from deltasift.quantities.laws import is_discrete
from deltasift.quantities.record import MURPHY, named, quantity

BOTH = (2, 3)  # a model and labels, or these and inputs


def _probability(q: Any, y: Any, x: Any) -> tuple[Node, Index]:
    """Return the probability that q gives to example n, and n.

    A model with rows has one for each example or, where there are inputs, one for each value that an input may have.
    """
    if not isinstance(y, (Labels, Reals)) or len(y.over) != 1:
        raise DomainError(f"{y} is not a table of labels or of points")
    n = y.over[0]
    if x is not None and not (isinstance(x, Labels) and x.over == y.over):
        raise DomainError(f"{x} is not a table of inputs, one for each entry of {y}")
    if isinstance(q, DENSITIES) and x is None:
        return q(y[n]), n
    if is_discrete(q) and isinstance(y, Labels) and len(q.over) == (1 if x is None else 2):
        return (q[y[n]] if x is None else q[x[n], y[n]]), n
    if is_discrete(q) and isinstance(y, Labels) and len(q.over) == 2:
        return q[n, y[n]], n
    raise DomainError(f"{q} gives no probability to an entry of {y}")


def _examples(n: Index) -> Any:
    """Return the number of values of an index: N for 1..N and for 0..N - 1."""
    if n.lo == 1:
        return n.hi
    if n.lo == 0 and isinstance(n.hi, Add) and len(n.hi.args) == 2 and n.hi.args[1] == Neg(1):
        return n.hi.args[0]
    return n.hi - n.lo + 1


def _data(y: Any, x: Any) -> tuple[Any, ...]:
    return (y,) if x is None else (y, x)


@quantity("L", "the likelihood", operands=BOTH, form=Form.DATA, source=MURPHY, latex="L", typst="L")
def Likelihood(q: Any, y: Any, x: Any = None) -> Node:
    """Return `L(q; y) = prod_n q[y[n]]`; with inputs x `prod_n q[x[n], y[n]]`."""
    probability, n = _probability(q, y, x)
    return named("L", Product(probability, n), q, *_data(y, x))


@quantity(
    "logL",
    "the log likelihood",
    operands=BOTH,
    form=Form.DATA,
    source=MURPHY,
    text="ℓ",
    ascii="l",
    latex=r"\ell",
    typst="ℓ",
)
def LogLikelihood(q: Any, y: Any, x: Any = None) -> Node:
    """Return `log prod_n q[y[n]]`; with inputs x `log prod_n q[x[n], y[n]]`."""
    return named("logL", Log(Likelihood(q, y, x)), q, *_data(y, x))


@quantity("NLL", "the negative log likelihood", operands=BOTH, form=Form.DATA, source=MURPHY)
def NLL(q: Any, y: Any, x: Any = None) -> Node:
    """Return the negative log-likelihood `-sum_n log q[y[n]]`; with inputs x `-sum_n log q[x[n], y[n]]`."""
    probability, n = _probability(q, y, x)
    return named("NLL", Neg(Sum(Log(probability), n)), q, *_data(y, x))


@quantity(
    "avgNLL",
    "the average negative log likelihood",
    operands=BOTH,
    form=Form.DATA,
    source=MURPHY,
    text="average NLL",
    latex=r"\overline{\mathrm{NLL}}",
    mathml="NLL",
    typst='overline("NLL")',
)
def AverageNLL(q: Any, y: Any, x: Any = None) -> Node:
    """Return the average negative log-likelihood `-1/N sum_n log q[y[n]]`; with inputs x of `q[x[n], y[n]]`."""
    probability, n = _probability(q, y, x)
    return named("avgNLL", Mul(Div(-1, _examples(n)), Sum(Log(probability), n)), q, *_data(y, x))


@quantity(
    "PP",
    "the perplexity",
    operands=(1, *BOTH),
    form=Form.DATA,
    distributions=(0,),
    source=("jurafsky2024", "section 3.3"),
)
def Perplexity(q: Any, y: Any = None, x: Any = None) -> Node:
    """Return the perplexity of a model on labels, `exp(average NLL)`; of a distribution alone `exp(H(q))`."""
    if y is None:
        return named("PP", Exp(Entropy(q)), q)
    return named("PP", Exp(AverageNLL(q, y, x)), q, *_data(y, x))


@quantity("BCE", "the binary cross entropy", operands=(2,), source=MURPHY)
def BinaryCrossEntropy(y: Labels, s: Any) -> Node:
    """Return `-1/N sum_n (y[n] log s[n] + (1 - y[n]) log(1 - s[n]))` for labels in {0, 1}."""
    n = y.over[0]
    term = y[n] * Log(s[n]) + (1 - y[n]) * Log(1 - s[n])
    return named("BCE", Mul(Div(-1, _examples(n)), Sum(term, n)), y, s)


@quantity("Brier", "the Brier score", operands=BOTH, form=Form.DATA, distributions=(0,), source=("brier1950", "page 1"))
def Brier(q: Any, y: Labels, x: Any = None) -> Node:
    """Return the Brier score `1/N sum_n sum_k (q[k] - delta(k, y[n]))**2`; with inputs x of `q[x[n], k]`."""
    probability, n = _probability(q, y, x)
    if not is_discrete(q) or (y.lo, y.hi) != (q.classes.lo, q.classes.hi):
        raise DomainError(f"{q} is no distribution over the classes of {y}")
    k = q.classes
    given = probability.args[1:-1]
    error = (q[(*given, k)] - Delta(k, y[n])) ** 2
    return named("Brier", Mul(Div(1, _examples(n)), Sum(Sum(error, k), n)), q, *_data(y, x))
