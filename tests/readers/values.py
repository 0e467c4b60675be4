"""The value of a tree of tuples in a prime field: arithmetic is exact, every other head is a hash of its parts.

A bound name has another value in its scope than outside, so that a wrong scope gives a wrong value; what arithmetic
does not tell apart (the order of factors, the placement of a sign) has one value.
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

PRIME = 2**61 - 1
Tree = Any  # ("add", tree, tree, ...), ("name", "x"), ("num", 2), ...
BINDERS = ("sum", "product", "maximum", "minimum", "integral", "at", "expectation", "forall", "continuous")


def mixed(head: str, *values: int) -> int:
    return hash((crc32(head.encode()), *values)) % PRIME


def value(tree: Tree, bound: frozenset[str] = frozenset()) -> int:
    """Return the value of a tree, in which some names are bound."""
    head, *parts = tree
    if head == "num":
        return int(parts[0]) % PRIME
    if head == "name":
        return mixed("bound" if parts[0] in bound else "name", crc32(parts[0].encode()))
    if head in BINDERS:
        name, body, *outside = parts
        return mixed(head, value(body, bound | {name}), *(value(x, bound) for x in outside))
    if head in ("call", "entry", "function", "named"):
        name, *arguments = parts
        return mixed(head, crc32(name.encode()), *(value(x, bound) for x in arguments))
    if head in ("and", "or"):
        return mixed(head, sum(value(x, bound) for x in flat(head, parts)) % PRIME)
    return combined(head, [value(x, bound) for x in parts])


def flat(head: str, parts: list[Tree]) -> list[Tree]:
    return [x for p in parts for x in (flat(head, list(p[1:])) if p[0] == head else [p])]


def combined(head: str, values: list[int]) -> int:
    """Return the value of a head that binds nothing over its parts."""
    if head == "add":
        return sum(values) % PRIME
    if head == "mul":
        product = 1
        for v in values:
            product = product * v % PRIME
        return product
    if head == "neg":
        return -values[0] % PRIME
    if head == "div" and values[1]:
        return values[0] * pow(values[1], -1, PRIME) % PRIME
    if head == "delta":  # which of the two stands first is a matter of notation
        return mixed(head, sum(values) % PRIME, values[0] * values[1] % PRIME)
    return mixed(head, *values)
