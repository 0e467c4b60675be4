"""Finding pages of the catalogue: by words, by quantities, by rules, and by a formula with gaps."""

from deltasift.search.find import Found, Place, Query, found_pages, is_formula

__all__ = ["Found", "Place", "Query", "found_pages", "is_formula"]
