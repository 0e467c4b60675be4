"""How the parts of the finder ask it for what is shown on the way."""

from __future__ import annotations

from collections.abc import Callable

from deltasift.judge.certificate import Certificate
from deltasift.judge.context import Context
from deltasift.judge.term import Term

Find = Callable[[Term, Context], Certificate | None]
All = Callable[[tuple[Term, ...], Context], tuple[Certificate, ...] | None]
