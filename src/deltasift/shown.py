"""How what the library hands out is shown: text in a terminal, mathematics in a notebook, never a dump of fields."""

from __future__ import annotations


class Shown:
    """Shows itself by the renderers, which look at what it is and are imported when something is shown."""

    __slots__ = ()

    def __str__(self) -> str:
        from deltasift.render.notebook import plain

        return plain(self)

    def __repr__(self) -> str:
        from deltasift.render.notebook import short

        return short(self)

    def _repr_html_(self) -> str:
        from deltasift.render.notebook import html

        return html(self)

    def _repr_latex_(self) -> str:
        from deltasift.render.notebook import mathematics

        return mathematics(self)
