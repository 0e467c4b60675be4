"""Matching, and the one meaning of "the same line"."""
