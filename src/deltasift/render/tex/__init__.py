"""Pages as LaTeX documents."""

from deltasift.render.tex.styles import STYLES, document

__all__ = ["STYLES", "document"]
