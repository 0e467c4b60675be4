"""Why a statement is true at a place, as data: facts that are in force there, and how it follows from them.

A certificate is found by whoever likes to look for it, and `deltasift.judge.proof` checks it. Each kind says a thing
that a few operations check; where it needs other statements, it carries their certificates.

What is certified is true in the reading in which each function has a value everywhere: `1/0` is 0, and so is a sum or
an integral that does not exist. So a certificate never says that something has a value, and no step depends on that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import TypeAlias

from deltasift.judge.term import Term

# --- facts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guard:
    """A statement that is true at the place, by its number."""

    number: int


@dataclass(frozen=True)
class Contrary:
    """A statement of the case of the contrary that is being refuted, by its number."""

    number: int


@dataclass(frozen=True)
class Given:
    """What the page gives, by its number: a fact of a domain, or an assumption."""

    number: int


@dataclass(frozen=True)
class Range:
    """An end of the range of the bound name at a distance: `lo <= i`, or with `upper` `i <= hi`.

    Of an integral it is known only with a proof that its ends are in order; where they are shown to be in reversed
    order, the lower end is `hi`.
    """

    distance: int
    upper: bool
    order: Certificate | None = None
    is_reversed: bool = False


@dataclass(frozen=True)
class Form:
    """What a term says by its head or its name, by its number: a Kronecker delta is at most 1."""

    term: Term
    number: int


@dataclass(frozen=True)
class Instance:
    """What a fact about every integer of a range says of some of them, with a proof of each order of the range."""

    fact: Fact
    values: tuple[Term, ...]
    within: tuple[Certificate, ...]


@dataclass(frozen=True)
class Part:
    """One of the statements of which a fact is the conjunction."""

    fact: Fact
    number: int


@dataclass(frozen=True)
class Times:
    """The product of two orders: of `0 <= a` and `0 <= b` it is `0 <= a*b`; an equality times any term is one."""

    left: Fact
    right: Fact | Term


@dataclass(frozen=True)
class Total:
    """The entries of a pmf sum to one: the sum, and proofs that its other indices are in their ranges."""

    term: Term
    within: tuple[Certificate, ...]


@dataclass(frozen=True)
class SumLaw:
    """What a sum is equal to by a law of sums, by its name, with a proof of each statement that it needs."""

    name: str
    term: Term
    proofs: tuple[Certificate, ...]


@dataclass(frozen=True)
class Inside:
    """A sum is equal to one whose terms are equal to its own: what each term is equal to, known inside of the range."""

    term: Term
    value: Term
    proof: Certificate


@dataclass(frozen=True)
class Inverse:
    """A number that is not 0 times its inverse is 1."""

    term: Term
    proof: Certificate


@dataclass(frozen=True)
class Quotient:
    """The exponential of a sum with `-log(s)`, by its number there, is that of the rest over s, which is positive."""

    term: Term
    number: int
    proof: Certificate


@dataclass(frozen=True)
class Had:
    """What is known of its value because a line has one, by its number, with values for the binders around it.

    There is a proof for each value that it is an integer in its range, and for each guard that it is true.
    """

    number: int
    values: tuple[Term, ...]
    within: tuple[Certificate, ...]


@dataclass(frozen=True)
class Lemma:
    """A statement with its certificate."""

    statement: Term
    proof: Certificate


Fact: TypeAlias = (
    Guard
    | Contrary
    | Given
    | Range
    | Form
    | Instance
    | Part
    | Times
    | Total
    | SumLaw
    | Inside
    | Inverse
    | Quotient
    | Lemma
    | Had
)

# --- certificates ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stated:
    """A fact states it as it stands."""

    fact: Fact


@dataclass(frozen=True)
class Every:
    """Each statement of a conjunction has its certificate."""

    proofs: tuple[Certificate, ...]


@dataclass(frozen=True)
class Some:
    """One statement of an alternative, by its number, is true where none of the others is."""

    number: int
    proof: Certificate


@dataclass(frozen=True)
class Each:
    """It is true for every integer of the range, the range being known."""

    proof: Certificate


@dataclass(frozen=True)
class Denied:
    """The denial of a statement is a relation, an alternative or a conjunction, which is true."""

    proof: Certificate


@dataclass(frozen=True)
class Absurd:
    """The facts contradict each other: no value of the names meets them all."""

    proof: Certificate


@dataclass(frozen=True)
class Using:
    """It follows where facts are in force beside the others, as the last of the statements that are true there."""

    facts: tuple[Fact, ...]
    proof: Certificate


@dataclass(frozen=True)
class Replaced:
    """It is true with what a name is equal to in the place of the name."""

    equality: Fact
    proof: Certificate


@dataclass(frozen=True)
class Instead:
    """What is needed inside of an integral is not shown, but of the integral what it needs: of a whole goal alone."""

    proofs: tuple[Certificate, ...]


@dataclass(frozen=True)
class Unfolded:
    """It is true with every definition unfolded."""

    proof: Certificate


@dataclass(frozen=True)
class Whole:
    """A number is an integer by its form and its names."""


@dataclass(frozen=True)
class Linear:
    """Facts, each times a number, that add up to a contradiction, for each case of the contrary.

    The contrary of `a = b` has two cases, those of an alternative are multiplied. An equality may be taken times any
    number, an order times one that is not negative.
    """

    cases: tuple[tuple[tuple[Fraction, Fact], ...], ...]


@dataclass(frozen=True)
class Number:
    """Two numbers are told apart by enclosures of so many bits."""

    bits: int


@dataclass(frozen=True)
class Known:
    """What is known of the sign of a part: a relation to 0 ("<" says `0 < part`), and its certificate."""

    relation: str
    proof: Certificate


@dataclass(frozen=True)
class Signs:
    """How the sign of a term follows from those of its parts, and what is known of it beside.

    Attributes
    ----------
    parts : tuple of Signs
        One for each argument that matters to the head.
    known : tuple of Known
    nonempty : Certificate or None
        Of a sum that its range is not empty, of an integral that its ends are in order.
    """

    parts: tuple[Signs, ...] = ()
    known: tuple[Known, ...] = ()
    nonempty: Certificate | None = None


@dataclass(frozen=True)
class Sign:
    """A relation to 0 that the sign of one side, or of the difference of the two, shows."""

    signs: Signs


@dataclass(frozen=True)
class Split:
    """It is true in each case: of a term (a minimum is one of its arguments), of an alternative, of a statement."""

    of: Term | Fact
    cases: tuple[Certificate, ...]


@dataclass(frozen=True)
class Divided:
    """Division with a remainder: `b = a*quotient + remainder` shows whether a divides b."""

    quotient: Term
    remainder: int


@dataclass(frozen=True)
class Infinite:
    """One side is an infinite end, times factors that are positive."""

    positive: tuple[Certificate, ...]


@dataclass(frozen=True)
class Closure:
    """Continuity or existence by the form of an expression: the certificates of what that needs, in order."""

    proofs: tuple[Certificate, ...]


@dataclass(frozen=True)
class Rest:
    """An integral exists since that of a sum does, of which it is a term, and those of the other terms do."""

    whole: Fact
    number: int
    proofs: tuple[Certificate, ...]


@dataclass(frozen=True)
class AlmostEverywhere:
    """Two sides are equal only on a null set of the variable of an integral around, at a distance.

    Of an order: it holds with equality, and they are equal only there.
    """

    distance: int
    proof: Certificate | None = None


@dataclass(frozen=True)
class Solver:
    """A solver says so, and nobody checks it."""


Certificate: TypeAlias = (
    Stated
    | Every
    | Some
    | Each
    | Denied
    | Absurd
    | Using
    | Replaced
    | Instead
    | Unfolded
    | Whole
    | Linear
    | Number
    | Sign
    | Split
    | Divided
    | Infinite
    | Closure
    | Rest
    | AlmostEverywhere
    | Solver
)
TRIVIAL = Every(())  # of the conjunction of nothing


def parts(whole: object) -> Iterator[object]:
    """Yield a certificate, and every certificate and fact that it carries."""
    todo = [whole]
    while todo:
        x = todo.pop()
        if isinstance(x, tuple):
            todo.extend(x)
        elif not isinstance(x, Term | Fraction | str | int) and x is not None:
            yield x
            todo.extend(getattr(x, f.name) for f in fields(x))  # type: ignore[arg-type]


def by_solver(certificate: Certificate) -> bool:
    """Tell whether something in a certificate rests on the word of a solver."""
    return any(isinstance(x, Solver) for x in parts(certificate))
