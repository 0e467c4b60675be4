"""The pages that a query finds, with the lines in which its formula stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sympy.core.basic import Basic

from deltasift.atlas import reasons_of
from deltasift.calc import Page
from deltasift.catalogue import fields
from deltasift.errors import PageError
from deltasift.inert import Expectation, Named, Node, postorder
from deltasift.line.same import same
from deltasift.pages import listed
from deltasift.quantities import QUANTITIES
from deltasift.rules import METHODS, RULES
from deltasift.search.formula import read_formula
from deltasift.search.matching import parts_like

Kind = tuple[str, int]  # of a quantity: its head, and how many operands it has
EXPECTED: Kind = ("E", 1)
NAMES: Mapping[Kind, str] = {**{kind: q.make.__name__ for kind, q in QUANTITIES.items()}, EXPECTED: "Expectation"}
FORMULA = re.compile(r"[?(\[*/+<>=]")


@dataclass(frozen=True)
class Query:
    """What is looked for: pages that have all of it.

    Attributes
    ----------
    words : tuple of str
        Each in the name, the title, the text, the field, or the name of a quantity of the page.
    quantities : tuple of str
        Such as `KL`, `H`, `cross entropy`.
    rules : tuple of str
        Rules, or other pages, that are a reason of one of its lines.
    formula : str
        With `?` for any part.
    """

    words: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    formula: str = ""


@dataclass(frozen=True)
class Place:
    """A formula that was found, and the number of the line it is in; 0 for a claim."""

    line: int
    formula: Basic


@dataclass(frozen=True)
class Found:
    """A page that was found, its field, and where the formula of the query stands in it."""

    page: Page
    field: str
    places: tuple[Place, ...] = ()


def is_formula(text: str) -> bool:
    """Tell whether what was typed is a formula and no words."""
    return FORMULA.search(text) is not None


def found_pages(query: Query) -> list[Found]:
    """Return the pages of the catalogue that have all that a query asks for, those with its words in the title first.

    Raises
    ------
    PageError
        If there is no such quantity or rule; it names the nearest.
    ParseError
        If the formula cannot be read.
    """
    kinds = [_kinds(q) for q in query.quantities]
    rules = [_rule(r) for r in query.rules]
    formula = read_formula(query.formula) if query.formula else None
    found = []
    for field, names in fields().items():
        for page in map(listed, names):
            has = quantities_of(page) if kinds or query.words else frozenset()
            fits = all(not has.isdisjoint(k) for k in kinds) and {*rules} <= reasons_of(page)
            spoken = _spoken(page, field, has) if query.words else ""
            if not fits or not all(_is_said(w, spoken) for w in query.words):
                continue
            places = tuple(_places(page, formula)) if formula is not None else ()
            if places or formula is None:
                found.append(Found(page, field, places))
    return sorted(found, key=lambda f: not all(_is_said(w, f.page.title) for w in query.words))


def quantities_of(page: Page) -> frozenset[Kind]:
    """Return the quantities that stand in the claims and the lines of a page."""
    return frozenset(
        (e.head, len(e.operands)) if isinstance(e, Named) else EXPECTED
        for line in (*page.claims, *_lines(page))
        for e in postorder(line)
        if isinstance(e, (Named, Expectation))
    )


def _lines(page: Page) -> Sequence[Basic]:
    return [line for proof in page.proofs for line in proof.lines]


def _places(page: Page, formula: Basic) -> Iterator[Place]:
    """Yield where a formula stands first in the claims, and in the lines, each thing that it is found to be once."""
    numbered = [*((0, c) for c in page.claims), *enumerate(_lines(page), 1)]
    seen: list[tuple[bool, Basic]] = []
    for number, line in numbered:
        for e in parts_like(formula, line):
            if not any(is_claim == (number == 0) and _alike(e, other) for is_claim, other in seen):
                seen.append((number == 0, e))
                yield Place(number, e)


def _alike(a: Basic, b: Basic) -> bool:
    return a == b or (isinstance(a, Node) and isinstance(b, Node) and same(a, b))


def _is_said(word: str, text: str) -> bool:
    """Tell whether a text has a word, or a longer one that begins with it: `port` is not in `support`."""
    return re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE) is not None


def _spoken(page: Page, field: str, has: Iterable[Kind]) -> str:
    quantities = [f"{kind[0]} {_apart(NAMES[kind])}" for kind in has if kind in NAMES]
    return " ".join([page.name.replace("_", " "), page.name, page.title, page.text, field, *quantities])


def _apart(name: str) -> str:
    """Return the words of a name such as CrossEntropy."""
    return " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name))


def _kinds(name: str) -> frozenset[Kind]:
    """Return the quantities that a name may mean: `H` is an entropy and a cross entropy."""
    spoken: dict[str, set[Kind]] = {}
    for kind, made in NAMES.items():
        spoken.setdefault(_plain(made), set()).add(kind)
        if kind[0] != "h":  # a differential entropy is asked for as an entropy
            spoken.setdefault(_plain(kind[0]), set()).add(kind)
    if _plain(name) not in spoken:
        near = difflib.get_close_matches(_plain(name), spoken, n=1)
        known = ", ".join(dict.fromkeys(map(_apart, NAMES.values())))
        raise PageError(
            f"there is no quantity {name}" + (f"; did you mean {near[0]}?" if near else f"; there are {known}")
        )
    return frozenset(spoken[_plain(name)])


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).lower()


def _rule(name: str) -> str:
    """Return the name of a rule or a page, if there is one of that name."""
    known = {*RULES, *METHODS, *(p for names in fields().values() for p in names)}
    plain = name.removesuffix(".reversed")
    if plain not in known:
        near = difflib.get_close_matches(plain, known, n=1)
        raise PageError(f"there is no rule {name}" + (f"; did you mean {near[0]}?" if near else ""))
    return plain
