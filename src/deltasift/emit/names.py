"""Names of a page as Python identifiers."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection

from sympy import Symbol

from deltasift.emit.functions import RESERVED


class Names:
    r"""Gives every symbol one identifier, always the same: `\hat p` is `p_hat`, `lambda` is `lambda_`."""

    def __init__(self, reserved: Collection[str] = ()) -> None:
        self._given: dict[Symbol, str] = {}
        self._taken = {*RESERVED, *reserved}

    def __getitem__(self, symbol: Symbol) -> str:
        if symbol not in self._given:
            self._given[symbol] = self.fresh(identifier(symbol.name))
        return self._given[symbol]

    def fresh(self, name: str) -> str:
        """Return `name`, or a variant of it that nothing else is called, and keep it."""
        name = self.local(name, ())
        self._taken.add(name)
        return name

    def local(self, name: str, taken: Collection[str]) -> str:
        """Return `name`, or a variant of it that is neither a name of the program nor in `taken`."""
        while name in self._taken or name in taken or keyword.iskeyword(name):
            name += "_"
        return name


def identifier(name: str) -> str:
    """Return a name, which may be LaTeX, as a Python identifier."""
    name = re.sub(r"\\(hat|bar|tilde|vec|dot)\s*\{?\s*(\\?[A-Za-z]+)\s*\}?", r"\2_\1", name)
    name = name.replace("'", "_prime").replace("_{", "_")
    name = re.sub(r"\W+", "_", name.replace("\\", "")).strip("_")
    return name if name.isidentifier() else f"x_{name}"


def snake(name: str) -> str:
    """Return `CrossEntropy` as `cross_entropy`, `AverageNLL` as `average_nll`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
