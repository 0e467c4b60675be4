"""Matching, and the one meaning of "the same line"."""

from deltasift.match.canonical import Canon, same
from deltasift.match.pattern import Abstraction, Binding, instantiate, matches
from deltasift.match.scope import Range, Scope
from deltasift.match.search import Application, Search, put
from deltasift.match.theorem import Theorem
from deltasift.match.views import Path

__all__ = [
    "Abstraction",
    "Application",
    "Binding",
    "Canon",
    "Path",
    "Range",
    "Scope",
    "Search",
    "Theorem",
    "instantiate",
    "matches",
    "put",
    "same",
]
