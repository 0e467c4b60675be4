"""The engine: lines that nobody wrote, each by a named rule whose conditions are proved."""

from deltasift.derive.collapse import collapse

__all__ = ["collapse"]
