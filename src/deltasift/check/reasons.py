"""Why an evaluation ends without a value."""

from __future__ import annotations

from deltasift.said import Said


class NoValue(Exception):
    """The expression has no value here, and the message says why."""


class NotCovered(Exception):
    """This way of checking says nothing about such an expression."""

    @property
    def words(self) -> str:
        """What it says nothing about, in words; formulas in them stay such."""
        return self.args[0] if self.args and isinstance(self.args[0], Said) else str(self)


class TooLong(NotCovered):
    """A value would take more steps than are gone; at other points it would take as many."""


class NotWhole(Exception):
    """What was added up in whole numbers contains another number, so that it is evaluated in general."""
