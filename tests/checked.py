"""The reports of pages, each made once for all tests of a process."""

from __future__ import annotations

from functools import cache

from deltasift.check import Report, check
from deltasift.pages import load


@cache
def report(name: str) -> Report:
    """Return the report of a page of the catalogue, or of a file, by everything that checks."""
    return check(load(name))


@cache
def by_rules(name: str) -> Report:
    """Return the report of a page by its rules and their conditions alone, which is what most of the renderers show."""
    return check(load(name), layers=("structure", "conditions"))
