"""The reader's choice of notation."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, fields, replace

from deltasift.errors import DeltasiftError

CHOICES = {
    "delta": ("kronecker", "indicator", "iverson", "onehot"),
    "log": ("log", "ln"),
    "pmf": ("subscript", "call", "theta"),
    "divergence": ("KL", "DKL"),
}


class NotationError(DeltasiftError):
    """A notation is asked for that there is none of."""


@dataclass(frozen=True)
class Notation:
    """How deltas, logarithms, pmfs and divergences are written.

    Attributes
    ----------
    delta : {"kronecker", "indicator", "iverson", "onehot"}
    log : {"log", "ln"}
    pmf : {"subscript", "call", "theta"}
    divergence : {"KL", "DKL"}
    pmfs : frozenset of str
        Names of the tables that `pmf` is about; a renderer fills them in.
    models : frozenset of str
        Those that `theta` is put on; the others are distributions of data. All of them where it is empty.
    apart : bool
        Whether the Dirac delta has the index D, since a Kronecker delta stands beside it; a renderer fills it in.
    """

    delta: str = "kronecker"
    log: str = "log"
    pmf: str = "subscript"
    divergence: str = "KL"
    pmfs: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    apart: bool = False

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            chosen = getattr(self, name)
            if chosen not in allowed:
                raise NotationError(f"{name}={chosen} is no notation; {name} is one of {', '.join(allowed)}")

    def about(self, pmfs: frozenset[str], models: frozenset[str] = frozenset(), *, both: bool = False) -> Notation:
        """Return the same notation for a page with these pmfs, some of them models, and both deltas in one line."""
        return replace(self, pmfs=pmfs, models=models, apart=both and self.delta == "kronecker")

    def has_theta(self, name: str) -> bool:
        """Tell whether a pmf of this name is written with the parameter of a model."""
        return self.pmf == "theta" and (not self.models or name in self.models)

    @classmethod
    def parse(cls, text: str) -> Notation:
        """Read `delta=iverson,log=ln`.

        Raises
        ------
        NotationError
            If a setting or a choice is unknown; the message has what there is.
        """
        known = {f.name for f in fields(cls)} - {"pmfs", "models"}
        settings: dict[str, str] = {}
        for part in filter(None, (p.strip() for p in text.split(","))):
            name, _, value = (x.strip() for x in part.partition("="))
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(known))}"
                raise NotationError(f"{name!r} is no setting of the notation{hint}")
            settings[name] = value
        return replace(cls(), **settings)  # type: ignore[arg-type]
