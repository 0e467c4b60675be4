"""Matching, and the one meaning of "the same line"."""

from deltasift.match.canonical import Canon, same
from deltasift.match.pattern import Abstraction, Binding, instantiate, matches
from deltasift.match.search import Application, Search

__all__ = ["Abstraction", "Application", "Binding", "Canon", "Search", "instantiate", "matches", "same"]
