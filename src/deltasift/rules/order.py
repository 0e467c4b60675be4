"""When two objectives order their arguments alike, so that one has the same minimisers as the other.

No minimiser is claimed to exist.

References
----------
Boyd and Vandenberghe (2004), Convex Optimization, section 4.1.3.
"""

from __future__ import annotations

from deltasift.rule import Method

order_add_const = Method("order_add_const", "A constant added does not move a minimiser.", "boyd2004, section 4.1.3")
order_mul_pos = Method("order_mul_pos", "A positive factor does not move a minimiser.", "boyd2004, section 4.1.3")
order_comp_strict_mono = Method(
    "order_comp_strict_mono",
    "A strictly increasing function does not move a minimiser.",
    "boyd2004, section 4.1.3",
)
argmax_eq_argmin_neg = Method(
    "argmax_eq_argmin_neg", "To maximise is to minimise the negative.", "boyd2004, section 4.1.3"
)

ORDER = (order_add_const, order_mul_pos, order_comp_strict_mono, argmax_eq_argmin_neg)
