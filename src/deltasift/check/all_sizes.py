"""What finite models say of two lines at every size at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Symbol

from deltasift.inert import LessEqual
from deltasift.said import Said, listed


@dataclass(frozen=True)
class AllSizes:
    """Whether two lines were decided at all sizes, and by which.

    Attributes
    ----------
    sizes : mapping from the name of a size to how large it must become
        Empty where no bound is known, and where no size occurs, so that there is but one model.
    decided : bool
        Whether the lines were found equal in every model of these sizes.
    valued : bool
        Whether both lines have a value at every size; if not, they are equal where both have one.
    totals : bool
        Whether it was used that pmfs sum to one.
    why : str
        What stood against it.
    """

    sizes: Mapping[str, int] = field(default_factory=dict)
    decided: bool = False
    valued: bool = False
    totals: bool = False
    why: str = ""

    @property
    def proved(self) -> bool:
        """Whether the lines have values and are equal at every size."""
        return self.decided and self.valued

    @property
    def least(self) -> str:
        """The sizes that suffice, for the reader."""
        return listed(LessEqual(Symbol(name), n) for name, n in self.sizes.items())

    @property
    def words(self) -> str:
        """That these suffice, and whether it is only said where the lines have values."""
        suffice = " suffices" if len(self.sizes) == 1 else " suffice"
        enough = (self.least, suffice) if self.sizes else ("no size occurs",)
        return Said(*enough, "" if self.valued else "; where both lines have a value")

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "sizes": dict(self.sizes),
            "decided": self.decided,
            "valued": self.valued,
            "totals": self.totals,
            "why": self.why,
        }
