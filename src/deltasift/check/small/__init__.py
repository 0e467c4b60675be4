"""Small models that decide all sizes: for lines that are sums of local terms, finitely many sizes are enough.

`sizes_that_suffice` computes how large the models must be, `AllSizes` goes through them. The theorem, its proof, and
what is outside of it stand in `docs/explanation/small-models.md`.
"""

from deltasift.check.all_sizes import AllSizes
from deltasift.check.small.bound import Outside, SizeBound, sizes_that_suffice
from deltasift.check.small.decide import Deciding, all_sizes

__all__ = ["AllSizes", "Deciding", "Outside", "SizeBound", "all_sizes", "sizes_that_suffice"]
