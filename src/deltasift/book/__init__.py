"""The catalogue as a whole: one document and one site, by field, with an index of rules and one of assumptions."""

from deltasift.book.contents import contents
from deltasift.book.site import site
from deltasift.book.tex import book_tex

__all__ = ["book_tex", "contents", "site"]
