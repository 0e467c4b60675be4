"""The bound against lines that nobody chose: what vanishes in all models of the bound vanishes in larger ones.

Random terms are evaluated modulo a prime in random models up to the bound, with every labelling; each linear
combination of them that vanishes there must vanish in larger models. With a part of the bound left out this fails, so
the test sees what it is to see.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from sympy import Symbol
from sympy.core.basic import Basic

from deltasift import Sum, delta, index, iverson, labels, pmf, real, sizes
from deltasift.check.small import Outside, bound, sizes_that_suffice
from deltasift.domain import closure
from deltasift.inert import Add, Delta, Div, Entry, Iverson, Less, LessEqual, Mul, Neg, Pow, inert
from deltasift.line.scope import Scope

P = 2**61 - 1
N, K = sizes("N K")
NS = tuple(index(name, 1, N) for name in ("n", "m", "l"))
KS = tuple(index(name, 1, K) for name in ("k", "j", "h"))
ONE_N, ONE_K = index("s", 1, N), index("c", 1, K)  # free
Y, T = labels("y", NS[0], KS[0]), labels("t", NS[0], KS[0])
X, A = real("x", NS[0]), real("A", NS[0], NS[1])
U, W = real("u", KS[0]), real("W", NS[0], KS[0])
Q, ROWS = pmf("q", KS[0]), pmf("r", KS[0], given=NS[0])
SCOPE = Scope(closure((N, K, *NS, *KS, ONE_N, ONE_K, Y, T, X, A, U, W, Q, ROWS)))
FEATURES = ("order", "ranks", "labels", "two labels", "a free n", "a free k", "divisors", "totals")
TERMS, LARGEST, SEEDS = 10, 4, 12

Values = Mapping[Any, Any]


# --- values modulo a prime -------------------------------------------------------------------------------------------


def value(e: Basic, names: Values, world: Values) -> int:
    """Return the value of an expression modulo the prime."""
    if isinstance(e, Symbol):
        return names.get(e, world.get(e)) % P
    if isinstance(e, (Delta, Iverson)):
        return int(holds(e, names, world))
    if isinstance(e, Entry):
        return world[e.table][tuple(number(i, names, world) for i in e.indices)] % P
    if isinstance(e, Sum):
        last = number(e.hi, names, world)
        return sum(value(e.body, {**names, e.var: i}, world) for i in range(number(e.lo, names, world), last + 1)) % P
    if isinstance(e, Pow):
        return pow(value(e.args[0], names, world), int(e.args[1]), P)
    parts = [value(a, names, world) for a in e.args]
    if isinstance(e, Add):
        return sum(parts) % P
    if isinstance(e, Neg):
        return -parts[0] % P
    if isinstance(e, Div):
        return parts[0] * pow(parts[1], P - 2, P) % P
    if isinstance(e, Mul):
        result = 1
        for p in parts:
            result = result * p % P
        return result
    return int(e) % P


def number(e: Basic, names: Values, world: Values) -> int:
    """Return the value of an index term."""
    if isinstance(e, Symbol):
        return int(names.get(e, world.get(e)))
    if isinstance(e, Entry):
        return int(world[e.table][tuple(number(i, names, world) for i in e.indices)])
    if isinstance(e, Add):
        return sum(number(a, names, world) for a in e.args)
    return -number(e.args[0], names, world) if isinstance(e, Neg) else int(e)


def holds(e: Basic, names: Values, world: Values) -> bool:
    pair = e.args if isinstance(e, Delta) else e.args[0].args
    a, b = (number(x, names, world) for x in pair)
    if isinstance(e, Delta):
        return a == b
    return a < b if isinstance(e.args[0], Less) else a <= b


# --- random terms ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Terms:
    """Draws terms with some features."""

    rng: random.Random
    features: frozenset[str]

    def draw(self) -> Any:
        if "one of each" in self.features:  # so that no anchor makes good what else is left out
            return self.pair()
        if "powers" in self.features:
            return Sum(Q[KS[0]] ** self.rng.randint(1, 3), KS[0])
        most_n, most_k = self.rng.choice([(1, 0), (2, 0), (3, 0), (0, 2), (1, 1), (2, 1), (1, 2), (0, 3)])
        if "ranks" in self.features:
            most_n, most_k = min(most_n, 1), min(most_k, 1)
        left = [self.rng.randint(0, most_n), self.rng.randint(0, most_k)]
        factors: list[Any] = []
        while any(left):
            part = [self.rng.randint(0, c) for c in left]
            if any(part):
                left = [c - p for c, p in zip(left, part, strict=True)]
                is_size = sum(part) == 1 and self.rng.random() < 0.25
                factors.append(inert(N if part[0] else K) if is_size else self.closed(*part))
        if self.features & {"a free n", "a free k"} and self.rng.random() < 0.5:
            factors.append(self.local((), ()))
        if "small divisors" in self.features:
            return self.rng.choice([Div(Sum(X[NS[0]], NS[0]), N), Sum(X[NS[0]], NS[0]), Sum(X[NS[0]] / N, NS[0])])
        term = Mul(*factors) if len(factors) > 1 else factors[0] if factors else inert(1)
        if "divisors" in self.features and self.rng.random() < 0.5:
            term = Div(
                term, self.rng.choice([inert(N), N**2, inert(K), N * K, Sum(X[NS[0]], NS[0]), Sum(U[KS[0]], KS[0])])
            )
        return term

    def closed(self, count_n: int, count_k: int) -> Any:
        """Return a nested sum with so many names of each sort."""
        ns, ks = NS[:count_n], KS[:count_k]
        body = self.product(ns, ks)
        order = [*ns, *ks]
        self.rng.shuffle(order)
        for i, name in enumerate(order):
            lo, hi = inert(1), inert(N if name in NS else K)
            outer = [o for o in order[i + 1 :] if (o in NS) == (name in NS)]
            if "order" in self.features and outer and self.rng.random() < 0.5:
                o = self.rng.choice(outer).symbol
                lo, hi = self.rng.choice([(lo, o), (lo, Add(o, -1)), (o, hi), (Add(o, 1), hi)])
            body = Sum(body, (name.symbol, lo, hi))
        return body

    def product(self, ns: Any, ks: Any) -> Any:
        factors = [self.local(ns, ks) for _ in range(self.rng.randint(0, 3))]
        return Mul(*factors) if len(factors) > 1 else factors[0] if factors else inert(1)

    def local(self, ns: Any, ks: Any) -> Any:
        """Return a factor that depends on index terms of each sort."""
        ns = [*ns, *([ONE_N] if "a free n" in self.features else [])]
        ks = [*ks, *([ONE_K] if "a free k" in self.features else [])]
        tables = ([Y] if "labels" in self.features else []) + ([T] if "two labels" in self.features else [])
        ks += [t[i] for t in tables for i in ns]
        found: list[Any] = []
        if ns:
            a, b = self.rng.choice(ns), self.rng.choice(ns)
            found += [X[a], A[a, b], delta(a, b)]
            found += [iverson(Less(a, b)), iverson(LessEqual(a, b))] if "order" in self.features else []
            found += [inert(a)] if "ranks" in self.features else []
        if ks:
            a, b = self.rng.choice(ks), self.rng.choice(ks)
            found += [U[a], delta(a, b)]
            found += [iverson(Less(a, b))] if "order" in self.features else []
            found += [inert(a)] if "ranks" in self.features else []
            found += [Q[a], Q[a]] if "totals" in self.features else []
            if ns:
                i = self.rng.choice(ns)
                found += [W[i, a]] + ([ROWS[i, a], ROWS[i, a]] if "totals" in self.features else [])
        return self.rng.choice(found) if found else inert(1)

    def pair(self) -> Any:
        """Return a sum over one name of each sort of two local factors."""
        factors = (self.local(NS[:1], KS[:1]), self.local(NS[:1], KS[:1]))
        return Sum(Sum(Mul(*factors), KS[0]), NS[0])


# --- random models ---------------------------------------------------------------------------------------------------


def worlds(rng: random.Random, size_n: int, size_k: int, least: int) -> Iterator[Values]:
    """Yield models of a size: every labelling and every value of what is free, random values of the rest."""
    elements = range(1, size_n + 1)
    classes = range(1, size_k + 1)
    every = list(product(product(classes, repeat=size_n), elements, classes))
    rng.shuffle(every)
    for i in range(max(least, min(len(every), 60))):
        y, one_n, one_k = every[i % len(every)]
        world: dict[Any, Any] = {N.symbol: size_n, K.symbol: size_k, ONE_N.symbol: one_n, ONE_K.symbol: one_k}
        world[Y.symbol] = {(n,): label for n, label in zip(elements, y, strict=True)}
        world[T.symbol] = {(n,): rng.choice(classes) for n in elements}
        for table, places in ((X, (elements,)), (A, (elements, elements)), (U, (classes,)), (W, (elements, classes))):
            world[table.symbol] = {place: rng.randrange(P) for place in product(*places)}
        world[Q.symbol] = {(c,): v for c, v in zip(classes, row(rng, size_k), strict=True)}
        world[ROWS.symbol] = {(n, c): v for n in elements for c, v in zip(classes, row(rng, size_k), strict=True)}
        yield world


def row(rng: random.Random, size: int) -> list[int]:
    """Return numbers that sum to one modulo the prime."""
    values = [rng.randrange(P) for _ in range(size - 1)]
    return [*values, (1 - sum(values)) % P]


def null_space(rows: list[list[int]], width: int) -> list[list[int]]:
    """Return a basis of what all rows are orthogonal to, modulo the prime."""
    pivots: dict[int, list[int]] = {}
    for new in rows:
        vector = new
        for c, known in pivots.items():
            if vector[c]:
                by = vector[c]
                vector = [(a - by * b) % P for a, b in zip(vector, known, strict=True)]
        first = next((c for c, a in enumerate(vector) if a), None)
        if first is None:
            continue
        inverse = pow(vector[first], P - 2, P)
        vector = [a * inverse % P for a in vector]
        for c, known in pivots.items():
            by = known[first]
            pivots[c] = [(a - by * b) % P for a, b in zip(known, vector, strict=True)]
        pivots[first] = vector
    basis = []
    for free in (c for c in range(width) if c not in pivots):
        vector = [0] * width
        vector[free] = 1
        for c, known in pivots.items():
            vector[c] = -known[free] % P
        basis.append(vector)
    return basis


# --- the test --------------------------------------------------------------------------------------------------------


def refuted(seed: int, features: frozenset[str], *, totals: bool | None = None) -> int | None:
    """Return how many combinations vanish up to the bound and not beyond it, None where no bound can be tried."""
    rng = random.Random(f"{seed} {sorted(features)}")
    draw = Terms(rng, features).draw
    constant = [inert(1)] if rng.random() < 0.5 and "one of each" not in features else []
    terms = list(dict.fromkeys([*(draw() for _ in range(TERMS)), *constant]))
    uses_totals = "totals" in features if totals is None else totals
    try:
        found = sizes_that_suffice(Add(*terms), inert(0), SCOPE, totals=uses_totals)
    except Outside:
        return None
    most_n, most_k = found.sizes.get(N.symbol, 1), found.sizes.get(K.symbol, 1)
    if found.tables or max(most_n, most_k) > LARGEST:
        return None
    small = [(a, b) for a in range(1, most_n + 1) for b in range(1, most_k + 1)]
    rows = [[value(t, {}, w) for t in terms] for a, b in small for w in worlds(rng, a, b, 2 * len(terms))]
    larger = [(a, b) for a in range(1, most_n + 3) for b in range(1, most_k + 3) if (a, b) not in small]
    beyond = [[value(t, {}, w) for t in terms] for a, b in larger for w in list(worlds(rng, a, b, 3))[:3]]
    basis = null_space(rows, len(terms))
    return sum(any(sum(map(int.__mul__, v, r)) % P for r in beyond) for v in basis)


def chosen(seed: int) -> frozenset[str]:
    rng = random.Random(seed)
    return frozenset(f for f in FEATURES if rng.random() < 0.35)


@pytest.mark.parametrize("seed", range(60))
def test_what_vanishes_up_to_the_bound_vanishes_beyond_it(seed: int) -> None:
    assert not refuted(seed, chosen(seed))


BROKEN = {
    "anchors": ("_anchored", lambda *_: frozenset(), frozenset()),
    "divisors": ("_missing", lambda *_: 0, frozenset({"small divisors"})),
    "labels": ("_given", lambda ends, _: ends.constants, frozenset({"one of each", "labels", "two labels"})),
    "constants": ("_given", lambda *_: 0, frozenset({"one of each", "a free n", "a free k"})),
}


@pytest.mark.parametrize("part", BROKEN)
def test_a_bound_without_one_of_its_parts_is_refuted(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, instead, features = BROKEN[part]
    assert not any(refuted(seed, features) for seed in range(SEEDS))
    monkeypatch.setattr(bound, name, instead)
    assert any(refuted(seed, features) for seed in range(SEEDS))


def test_a_bound_without_the_rule_for_totals_is_refuted() -> None:
    features = frozenset({"totals", "powers"})
    assert not any(refuted(seed, features) for seed in range(SEEDS))
    assert any(refuted(seed, features, totals=False) for seed in range(SEEDS))
