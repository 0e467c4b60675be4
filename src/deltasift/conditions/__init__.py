"""Side conditions: PROVED, REFUTED or UNKNOWN, with the facts that decided it."""

from deltasift.conditions.consistency import contradiction
from deltasift.conditions.prove import prove
from deltasift.conditions.verdict import Proof, Verdict

__all__ = ["Proof", "Verdict", "contradiction", "prove"]
