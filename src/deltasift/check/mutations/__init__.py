"""The kinds of mistakes, one subject a file, and the table of them all."""

from deltasift.check.mutations import algebra, binders, conditions, indices, logarithms, quantities, reasons
from deltasift.check.mutations.kind import BREAKS, Kind, Place, Slip, Spot

SUBJECTS = (algebra, binders, indices, logarithms, quantities, reasons, conditions)
KINDS: dict[str, Kind] = {
    value.name: value for subject in SUBJECTS for value in vars(subject).values() if isinstance(value, Kind)
}

__all__ = ["BREAKS", "KINDS", "SUBJECTS", "Kind", "Place", "Slip", "Spot"]
