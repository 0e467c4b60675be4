"""Every finite model of a page: two lines that are identical there are proved, and what is not is tried at points.

An identity of rational functions proves a line in a model; anything else is unknown until an exact point refutes it.
Where a logarithm, a root or a quotient in them may have no value, the identity is tried at exact points too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from sympy.core.basic import Basic

from deltasift.check.compare import POINTWISE, difference
from deltasift.check.evaluate import NotCovered, NoValue, TooLong
from deltasift.check.finite import FIRST, LARGEST, MORE_POINTS, MOST_MODELS, POINTS, Models, Supports
from deltasift.check.fractions import Rat, TooLarge
from deltasift.check.model import Model
from deltasift.check.numbers import Pair, refuting
from deltasift.check.report import CheckResult
from deltasift.check.smallest import Points
from deltasift.check.world import World
from deltasift.domain import Labels, Pmf, Real
from deltasift.line.scope import Scope


def check_models(lines: Sequence[Pair], scope: Scope, assumptions: Sequence[Basic] = ()) -> list[CheckResult]:
    """Compare each line with the line before in every finite model up to a size.

    Parameters
    ----------
    lines : sequence of (before, after, relation, varying)
    scope : Scope
    assumptions : sequence of statements
    """
    return _Run(lines, scope, assumptions).run()


class _Run:
    def __init__(self, lines: Sequence[Pair], scope: Scope, assumptions: Sequence[Basic]) -> None:
        self.lines = lines
        self.scope = scope
        self.models = Models(scope, assumptions, [e for line in lines for e in line[:2]])
        self.met: list[Points | None] = [None] * len(lines)
        self.proved = [0] * len(lines)
        self.open = [0] * len(lines)
        self.why = [""] * len(lines)
        self.given_up = [False] * len(lines)
        self.count = 0
        self.complete = True

    def run(self) -> list[CheckResult]:
        for world, support in self.models:
            if self.count >= MOST_MODELS:
                self.complete = False
                break
            self.count += 1
            self._model(world, support)
        return [self._result(i) for i in range(len(self.lines))]

    def _model(self, world: World, support: Supports) -> None:
        model = Model(world, self.scope, support, self.models.sampler.programs)
        values: dict[int, Rat | Exception] = {}
        points: list[World] | None = None
        for i, (before, after, relation, _) in enumerate(self.lines):
            if relation not in POINTWISE or self.met[i] is not None or self.given_up[i]:
                continue
            a, b = (self._value(model, e, values) for e in (before, after))
            holds = isinstance(a, Rat) and isinstance(b, Rat) and self._holds(model, relation, a, b)
            if holds and not model.doubtful:
                self.proved[i] += 1
                continue
            if isinstance(a, (NotCovered, TooLarge)) or isinstance(b, (NotCovered, TooLarge)):
                self.why[i] = str(a if isinstance(a, Exception) else b)
                self.given_up[i] = isinstance(a, TooLong) or isinstance(b, TooLong)
            if points is None:
                most = MORE_POINTS if self.count <= FIRST else POINTS
                points = list(islice(self.models.points(world, support), most))
            if holds or not self.given_up[i]:
                self.met[i] = self._refuted(points, before, after, relation)
            if holds and self.met[i] is None:
                self.proved[i] += 1
            elif self.met[i] is None and (points or not self._excluded(model)):
                self.open[i] += 1
                self.why[i] = self.why[i] or ("" if points else "no point of a model met the assumptions")

    def _excluded(self, model: Model) -> bool:
        """Tell whether an assumption fails in the whole model, so that it counts for nothing."""
        for a in self.models.sampler.assumptions:
            try:
                if not model.holds(a, {}):
                    return True
            except NoValue:
                return True
            except (NotCovered, TooLarge):
                continue
        return False

    @staticmethod
    def _holds(model: Model, relation: str, a: Rat, b: Rat) -> bool:
        try:
            return model.identical(a, b) if relation == "=" else model.at_most(a, b)
        except TooLarge:
            return False

    @staticmethod
    def _value(model: Model, e: Basic, values: dict[int, Rat | Exception]) -> Rat | Exception:
        if id(e) not in values:
            try:
                values[id(e)] = model.value(e, {})
            except (NoValue, NotCovered, TooLarge) as why:
                values[id(e)] = why
        return values[id(e)]

    def _refuted(self, points: Sequence[World], before: Basic, after: Basic, relation: str) -> Points | None:
        for point in points:
            if difference(self.models.sampler.programs, point, before, after, relation) is not None:
                return (point,)
        return None

    def _result(self, i: int) -> CheckResult:
        if self.lines[i][2] not in POINTWISE:
            return CheckResult("models", "skipped", "not covered: an order is of two points")
        if not self.count:
            return CheckResult("models", "skipped", f"not covered: {self.models.left_out or 'there is no model'}")
        covers = self._covers()
        met = self.met[i]
        if met is not None:
            found = refuting(self.models.sampler, self.lines[i], met, least=not self.open[i])
            return CheckResult("models", "failed", f"wrong in one of {covers}", found)
        if self.open[i] or not self.proved[i]:
            why = f": {self.why[i]}" if self.why[i] else ""
            total = self.open[i] + self.proved[i]
            return CheckResult("models", "unknown", f"{self.proved[i]} of {total} models decided exactly{why}")
        return CheckResult("models", "passed", covers, complete=self.complete and not self.models.left_out)

    def _covers(self) -> str:
        sizes = ", ".join(s.name for s in self.models.sampler.sizes)
        parts = [f"all {sizes} <= {LARGEST}" if sizes else "the one model"]
        domains = self.models.sampler.domains
        if any(isinstance(d, Labels) for d in domains):
            parts.append("all labels")
        if any(isinstance(d, Pmf) and not d.positive for d in domains):
            parts.append("all supports")
        symbolic = [d.name for d in domains if isinstance(d, (Pmf, Real))]
        if symbolic:
            parts.append(f"all real {', '.join(symbolic)}")
        text = ", ".join(parts) + " (exact)"
        if not self.complete:
            return f"the first {self.count} models: {text}"
        return f"{text}, apart from sizes where {self.models.left_out}" if self.models.left_out else text
