"""What a page is given: sizes, indices, labels, pmfs, densities, reals and definitions.

A domain is a handle: it stands for a plain SymPy symbol in an expression, and beside it carries what is known of it.
Each one states its facts, which the conditions use, and belongs to a page by being written in it.
"""

from deltasift.domain.base import Domain, Fact, Range, is_name
from deltasift.domain.closed import closure
from deltasift.domain.declared import counts, define, density, index, labels, pmf, positive, real, sizes
from deltasift.domain.functions import DefinedFunction, Density, Family, Function
from deltasift.domain.tables import Index, Labels, Pmf, Reals, Row, Size, Table

__all__ = [
    "DefinedFunction",
    "Density",
    "Domain",
    "Fact",
    "Family",
    "Function",
    "Index",
    "Labels",
    "Pmf",
    "Range",
    "Reals",
    "Row",
    "Size",
    "Table",
    "closure",
    "counts",
    "define",
    "density",
    "index",
    "is_name",
    "labels",
    "pmf",
    "positive",
    "real",
    "sizes",
]
