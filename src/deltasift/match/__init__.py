"""Matching, and the one meaning of "the same line"."""

from deltasift.match.canonical import Canon, same
from deltasift.match.pattern import Abstraction, Binding, instantiate, matches
from deltasift.match.scope import Range, Scope
from deltasift.match.theorem import Theorem
from deltasift.match.views import Path

__all__ = [
    "Abstraction",
    "Binding",
    "Canon",
    "Path",
    "Range",
    "Scope",
    "Theorem",
    "instantiate",
    "matches",
    "same",
]
