"""Side conditions: PROVED, REFUTED or UNKNOWN, with the facts that decided it."""

from deltasift.conditions.verdict import Proof, Verdict

__all__ = ["Proof", "Verdict"]
