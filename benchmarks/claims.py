"""The claims of `claims.txt`: standard results by field, with what is given, as a search is asked for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deltasift import define, density, parse
from deltasift.domain import Domain
from deltasift.inert import Optimum, Relation
from deltasift.parse.domains import domains
from deltasift.rule import STATED

FILE = Path(__file__).with_name("claims.txt")
MISSING = "cannot be stated: "
DENSITY = re.compile(r"(continuous\s+)?density")


@dataclass(frozen=True)
class Claim:
    """A result: its field and name, what is given and defined, and the claim or what is missing to state it."""

    field: str
    name: str
    given: str
    lets: tuple[str, ...]
    text: str

    @property
    def missing(self) -> str:
        """What is missing to state it, empty where it can be stated."""
        return self.text.removeprefix(MISSING) if self.text.startswith(MISSING) else ""

    def question(self) -> tuple[Relation, tuple[Domain, ...]]:
        """Return the equality, inequality or optimum that is claimed, and what its names are."""
        names = _given(self.given)
        for let in self.lets:
            name, indices, body = _parts(let)
            names[name] = define(name, *(names[i] for i in indices), parse(body, names=names).expr)
        expr = parse(self.text, names=names).expr
        assert isinstance(expr, (*STATED, Optimum)), f"{self.name} is no equality, no inequality and no optimum"
        return expr, tuple(names.values())


def _given(text: str) -> dict[str, Domain]:
    """Return what is given, densities included, which no text declares elsewhere."""
    parts = [part.strip() for part in text.split(";")]
    found: dict[str, Domain] = {}
    for part in parts:
        name, _, kind = part.partition(":")
        if DENSITY.fullmatch(kind.strip()):
            found[name] = density(name, continuous="continuous" in kind)
    return domains(p for p in parts if p.partition(":")[0] not in found) | found


def _parts(let: str) -> tuple[str, list[str], str]:
    left, _, body = let.partition("=")
    name, _, indices = left.strip().rstrip("]").partition("[")
    return name, [i.strip() for i in indices.split(",") if i.strip()], body.strip()


def claims() -> Iterator[Claim]:
    """Yield the claims in the order of the file."""
    field, given, lets = "", "", []
    for line in FILE.read_text().splitlines():
        if line.startswith("== "):
            field = line.strip("= ")
        elif line.startswith("given"):
            given, lets = line.removeprefix("given").strip(), []
        elif line.startswith("let"):
            lets.append(line.removeprefix("let").strip())
        elif line and not line.startswith("#"):
            name, text = line.split(maxsplit=1)
            yield Claim(field, name, given, tuple(lets), text)
