"""What a collapse returns: a derivation, and its last line as ordinary SymPy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deltasift.calc import Derivation
from deltasift.domain import closure
from deltasift.line.scope import Scope


@dataclass(frozen=True, repr=False)
class Collapsed(Derivation):
    """A derivation that was found from an expression, down to its last line."""

    @cached_property
    def result(self) -> Any:
        """The last line as ordinary SymPy, equal to it wherever it has a value.

        A bracket is a case distinction, and a range that may be reversed is guarded, so that SymPy's `doit` agrees. It
        is made when it is asked for: what is too deep for SymPy is an error then.
        """
        from deltasift.derive.result import ordinary  # here, since it needs what proves that a range is not reversed
        from deltasift.derive.trace import Steps

        last = self.steps.last if isinstance(self.steps, Steps) else self.lines[-1]
        return ordinary(last, Scope(closure(self.given), assumed=self.facts))
