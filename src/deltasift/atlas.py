"""Which page of the catalogue uses which: the reasons of a page's lines that are results of other pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from deltasift.calc import Derivation, Page, Reason
from deltasift.rule import Theorem, Under


def reasons_of(page: Page) -> frozenset[str]:
    """Return the names of the rules and of the pages that are reasons of a page's lines."""
    return frozenset(str(r).removesuffix(".reversed") for proof in page.proofs for r in _reasons(proof))


def rests_on(page: Page) -> tuple[str, ...]:
    """Return the pages whose results are reasons of a page's lines, in the order of their first use."""
    found = (r.name for proof in page.proofs for r in _reasons(proof) if isinstance(r, Theorem))
    return tuple(dict.fromkeys(found))


def _reasons(proof: Derivation) -> Iterator[Reason]:
    for s in proof.steps:
        for reason in s.by:
            yield reason.rule if isinstance(reason, Under) else reason
        if s.inner is not None:
            yield from _reasons(s.inner)


@dataclass(frozen=True)
class Atlas:
    """Who uses whom.

    Attributes
    ----------
    rests : mapping from the name of a page to those of the pages that it uses
    """

    rests: Mapping[str, tuple[str, ...]]

    @cached_property
    def used(self) -> Mapping[str, tuple[str, ...]]:
        """The pages that use a page, by its name."""
        found: dict[str, list[str]] = {name: [] for name in self.rests}
        for name, others in self.rests.items():
            for other in others:
                found.setdefault(other, []).append(name)
        return {name: tuple(users) for name, users in found.items()}

    @property
    def alone(self) -> tuple[str, ...]:
        """The pages that use none and are used by none."""
        return tuple(name for name in self.rests if not (self.rests[name] or self.used[name]))


def atlas(pages: Iterable[Page]) -> Atlas:
    """Return who uses whom among pages."""
    return Atlas({page.name: rests_on(page) for page in pages})


def tree(name: str, below: Mapping[str, Sequence[str]], start: str = "", *, ascii_only: bool = False) -> Iterator[str]:
    """Yield the lines of a tree: what a page leads to, and what that leads to.

    There is an end to it: pages that use each other in a circle are not read.
    """
    last, other, down = ("`-- ", "|-- ", "|   ") if ascii_only else ("└── ", "├── ", "│   ")
    inner = below.get(name, ())
    for n, page in enumerate(inner):
        is_last = n == len(inner) - 1
        yield f"{start}{last if is_last else other}{page}"
        yield from tree(page, below, start + ("    " if is_last else down), ascii_only=ascii_only)
