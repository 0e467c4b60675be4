"""Every finite model of a page: two lines that are identical there are proved, and what is not is tried at points.

An identity of rational functions proves a line in a model; anything else is unknown until an exact point refutes it.
Where a logarithm, a root or a quotient in them may have no value, the identity is tried at exact points too. Of lines
that are sums of local terms a few models decide every size (`deltasift.check.small`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from sympy.core.basic import Basic

from deltasift.check.all_sizes import AllSizes
from deltasift.check.balls import Balls
from deltasift.check.compare import POINTWISE, left_open, refutes
from deltasift.check.evaluate import NotCovered, NoValue, TooLong
from deltasift.check.finite import FIRST, LARGEST, MORE_POINTS, MOST_MODELS, POINTS, Models, Supports
from deltasift.check.fractions import Rat, TooLarge, Work
from deltasift.check.model import Model
from deltasift.check.numbers import Evaluated, Pair, refuting
from deltasift.check.order_models import check_order
from deltasift.check.report import CheckResult
from deltasift.check.small import Deciding
from deltasift.check.smallest import Points
from deltasift.check.taking_part import Change
from deltasift.check.undeclared import with_values
from deltasift.check.world import World
from deltasift.domain import Labels, Pmf, Reals, Size
from deltasift.enclosing import precision
from deltasift.inert import free
from deltasift.line.scope import Scope
from deltasift.said import Said, listed

VALUED = "where both lines have a value"
MOST_INTEGRANDS = 1_000  # values of integrands for one line, after which it is tried at no more points
MOST_WORK = 250_000  # products of two terms for the models of a page
SETTLED = 2  # sizes up to which the models of a line are walked through also where it is decided at all sizes
MOST_LARGER = 500  # models above the usual sizes that are looked into for one line


def check_models(
    lines: Sequence[Pair],
    scope: Scope,
    assumptions: Sequence[Basic] = (),
    changes: Sequence[Sequence[Change]] = (),
    *,
    partial: bool = False,
    most: int | None = None,
) -> list[CheckResult]:
    """Compare each line with the line before in every finite model up to a size.

    Parameters
    ----------
    lines : sequence of (before, after, relation, varying)
    scope : Scope
    assumptions : sequence of statements
    changes : sequence, optional
        For each line what the uses of rules changed that lead to it, so that it is said which of them take part in a
        value.
    partial : bool
        Whether a model in which the line before has no value says nothing. Names that nobody declared then are what
        their use says, where that is all that their values can be.
    most : int
        How many models are looked into, the smallest first; `MOST_MODELS` by default.
    """
    if not partial:
        return _Run(lines, scope, assumptions, changes, most=most).run()
    return _where_valued(lines, scope, assumptions, changes)


def _where_valued(
    lines: Sequence[Pair], scope: Scope, assumptions: Sequence[Basic], changes: Sequence[Sequence[Change]]
) -> list[CheckResult]:
    """Compare lines whose names are sizes, reals, or declared; of others no model has all values."""
    asked = with_values(lines, scope, assumptions)
    known = {d.symbol: d for d in asked.guessed if type(d) in (Size, Reals)}
    whole = replace(scope, domains={**scope.domains, **known})
    beside = [s for e in asked.assumptions for s in _unknown((e, e, "", None), whole)]
    unknown = [_unknown(line, whole) or beside for line in asked.lines]
    chosen = [i for i, names in enumerate(unknown) if not names]
    results = [
        CheckResult("models", "skipped", Said("not covered: nothing says what all values of ", listed(names), " are"))
        for names in unknown
    ]
    put = asked.renamed
    renamed = [[c.put(put(c.line), tuple(map(put, c.others))) for c in changes[i]] if changes else [] for i in chosen]
    run = _Run([asked.lines[i] for i in chosen], whole, asked.assumptions, renamed, partial=True)
    for i, found in zip(chosen, run.run() if chosen else (), strict=True):
        results[i] = found
    return results


def _unknown(line: Pair, scope: Scope) -> list[Basic]:
    """Return the names of a line of which it is not known what values they may have."""
    names = frozenset().union(*(free(scope.unfold_all(e)) for e in line[:2]))
    return sorted((s for s in names if s not in scope.domains), key=str)


class _Run:
    def __init__(
        self,
        lines: Sequence[Pair],
        scope: Scope,
        assumptions: Sequence[Basic],
        changes: Sequence[Sequence[Change]],
        *,
        partial: bool = False,
        most: int | None = None,
    ) -> None:
        self.lines = lines
        self.most = MOST_MODELS if most is None else most
        self.partial = partial
        self.doubted = [False] * len(lines)
        self.changes = changes or [[] for _ in lines]
        self.unseen = [{k for k, c in enumerate(every) if not c.always} for every in self.changes]
        self.scope = scope
        self.assumptions = assumptions
        self.models = Models(scope, assumptions, [e for line in lines for e in line[:2]])
        self.met: list[Points | None] = [None] * len(lines)
        self.proved = [0] * len(lines)
        self.open = [0] * len(lines)
        self.pointless = [0] * len(lines)  # of those that are open, no point of which met the assumptions
        self.why = [""] * len(lines)
        self.given_up = [False] * len(lines)
        self.integrands = [0] * len(lines)
        self.all_sizes: list[AllSizes | None] = [None] * len(lines)
        self.count = 0
        self.complete = True
        self.deciding = Deciding(scope)

    def run(self) -> list[CheckResult]:
        self._every_model()
        self._every_size()
        self._every_larger_model()
        return [self._result(i) for i in range(len(self.lines))]

    def _every_model(self) -> None:
        start = Work.done
        every = range(len(self.lines))
        for largest, models in self.models.by_size():
            if largest > SETTLED:
                self._every_size()
            wanted = every if largest <= SETTLED else [i for i in every if not self._is_settled(i)]
            for world, support in models if wanted else ():
                if self.count >= self.most or Work.done - start - self.deciding.work > MOST_WORK:
                    self.complete = False
                    return
                self.count += 1
                self._model(world, support, wanted)

    def _is_settled(self, i: int) -> bool:
        """Tell whether larger models add nothing: a line holds at all sizes, and all of its changes were seen."""
        decided = self.all_sizes[i]
        return decided is not None and decided.decided and not self.unseen[i]

    def _model(self, world: World, support: Supports, wanted: Iterable[int]) -> None:
        model = Model(world, self.scope, support, self.models.sampler.programs)
        values: dict[int, Rat | Exception] = {}
        points: list[Evaluated] | None = None
        for i in wanted:
            before, after, relation, _ = self.lines[i]
            if relation not in POINTWISE or self.met[i] is not None or self.given_up[i]:
                continue
            a, b = (self._value(model, e, values) for e in (before, after))
            if self.partial and isinstance(a, NoValue):
                continue
            holds = isinstance(a, Rat) and isinstance(b, Rat) and self._holds(model, relation, a, b)
            if holds and not model.doubtful:
                self.proved[i] += 1
                self._take_part(i, model, values)
                continue
            if isinstance(a, (NotCovered, TooLarge)) or isinstance(b, (NotCovered, TooLarge)):
                self.why[i] = str(a if isinstance(a, Exception) else b)
                self.given_up[i] = isinstance(a, TooLong) or isinstance(b, TooLong)
            if points is None:
                most = MORE_POINTS if self.count <= FIRST else POINTS
                points = [self._point(w) for w in islice(self.models.points(world, support), most)]
            if holds or not self.given_up[i]:
                self.met[i] = self._refuted(i, points)
            if holds and self.met[i] is None:
                self.proved[i] += 1
                self.doubted[i] = True  # where both have a value, which no more than points have said
                self._take_part(i, model, values)
            elif self.met[i] is None and (points or not self._excluded(model)):
                self.open[i] += 1
                self.pointless[i] += not points

    def _take_part(self, i: int, model: Model, values: dict[int, Rat | Exception]) -> None:
        """Note what changed and takes part in a value of the model."""
        for k in sorted(self.unseen[i]):
            c = self.changes[i][k]
            found = self._value(model, c.line, values)
            if isinstance(found, Rat) and any(self._is_another(model, found, e, values) for e in c.others):
                self.unseen[i].discard(k)

    def _is_another(self, model: Model, found: Rat, e: Basic, values: dict[int, Rat | Exception]) -> bool:
        other = self._value(model, e, values)
        if isinstance(other, Rat):
            try:
                return not model.identical(found, other)
            except TooLarge:
                return False
        return isinstance(other, NoValue)

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
            if relation == "=":
                return model.identical(a, b)
            return relation[-1] == "=" and model.at_most(*((a, b) if relation[0] == "<" else (b, a)))
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

    def _point(self, world: World) -> Evaluated:
        return Evaluated(Balls(world, self.scope, self.models.sampler.programs))

    @precision()
    def _refuted(self, i: int, points: Sequence[Evaluated]) -> Points | None:
        before, after, relation, _ = self.lines[i]
        for point in points:
            if self.integrands[i] > MOST_INTEGRANDS:
                return None
            known = point.balls.integrands
            a, b = point.value(before), point.value(after)
            self.integrands[i] += point.balls.integrands - known
            if left_open(point.balls, relation, a, b) is not None or (self.partial and a[0] == "none"):
                continue
            if refutes(point.balls, relation, a, b):
                return (point.balls.world,)
        return None

    # --- every size at once ----------------------------------------------------------------------------------------

    def _every_size(self) -> None:
        """Decide at all sizes what no model left open."""
        for i, (before, after, relation, _) in enumerate(self.lines):
            asked = relation == "=" and self.met[i] is None and self.proved[i] and not self.open[i]
            if asked and self.all_sizes[i] is None:
                self.all_sizes[i] = self.deciding.decide(before, after)

    def _every_larger_model(self) -> None:
        """Look into larger models than the usual ones where it takes these to decide a line."""
        start = Work.done
        for i, found in enumerate(self.all_sizes):
            if Work.done - start > MOST_WORK:
                return
            if found is None or found.decided or self.met[i] is not None or self.open[i]:
                continue
            if max(found.sizes.values(), default=0) > LARGEST:
                self._larger(i, found.sizes)

    def _larger(self, i: int, sizes: Mapping[str, int]) -> None:
        """Look for a difference in models that are larger than the usual ones."""
        known = self.open[i], self.pointless[i], self.proved[i], self.why[i]
        largest = {s.symbol: sizes.get(s.name, 1) for s in self.models.sampler.sizes}
        models = Models(self.scope, self.models.sampler.assumptions, self.lines[i][:2], largest)
        above = (m for m in models if any(m[0].numbers[s.symbol] > LARGEST for s in models.sampler.sizes))
        start = Work.done
        for world, support in islice(above, MOST_LARGER):
            if Work.done - start > MOST_WORK:
                break
            self._model(world, support, (i,))
            if self.met[i] is not None:
                return
        self.open[i], self.pointless[i], self.proved[i], self.why[i] = known

    # --- what was found --------------------------------------------------------------------------------------------

    def _result(self, i: int) -> CheckResult:
        if self.lines[i][2] not in POINTWISE:
            return check_order(self.lines[i], self.scope, self.assumptions, len(self.changes[i]))
        if not self.count:
            return CheckResult("models", "skipped", f"not covered: {self.models.left_out or 'there is no model'}")
        met, decided = self.met[i], self.all_sizes[i]
        if met is not None and decided is not None and decided.decided:
            decided = None  # whatever decided it was mistaken
        covers = self._covers(decided, refuted=met is not None, doubted=self.doubted[i] and met is None)
        if met is not None:
            found = refuting(self.models.sampler, self.lines[i], met, partial=self.partial, least=not self.open[i])
            return CheckResult("models", "failed", Said("wrong in one of ", covers), found, all_sizes=decided)
        if self.partial and not self.open[i] and not self.proved[i]:
            return CheckResult("models", "skipped", "not covered: the line before has a value in no model")
        complete = self.complete and not self.models.left_out
        if self.open[i] or not self.proved[i]:
            why = f": {self.why[i] or self._without_points(i)}".removesuffix(": ")
            total = self.open[i] + self.proved[i]
            said = f"{self.proved[i]} of {total} models decided exactly{why}"
            return CheckResult("models", "unknown", said, complete=complete)
        unseen = () if decided is not None and decided.decided else tuple(sorted(self.unseen[i]))
        return CheckResult("models", "passed", covers, complete=complete, all_sizes=decided, unseen=unseen)

    def _without_points(self, i: int) -> str:
        every = "the others" if self.proved[i] else "a model"
        few = every if self.pointless[i] == self.open[i] else f"{self.pointless[i]} of them"
        return f"no point of {few} met the assumptions" if self.pointless[i] else ""

    def _covers(self, decided: AllSizes | None, *, refuted: bool, doubted: bool) -> str:
        """Return what was gone through, in words."""
        everywhere = decided is not None and decided.decided
        if decided is not None and not everywhere and max(decided.sizes.values(), default=0) > LARGEST and refuted:
            return Said("the models with ", decided.least)
        sizes = listed(s.symbol for s in self.models.sampler.sizes)
        most = "" if everywhere else f" <= {LARGEST}"
        parts = [Said("all ", sizes, most) if sizes else "the one model"]
        domains = self.models.sampler.domains
        if any(isinstance(d, Labels) for d in domains):
            parts.append("all labels")
        if any(isinstance(d, Pmf) and not d.positive for d in domains):
            parts.append("all supports")
        symbolic = [d.symbol for d in domains if isinstance(d, (Pmf, Reals))]
        if symbolic:
            parts.append(Said("all real ", listed(symbolic)))
        if decided is not None and decided.decided:
            return Said(listed(parts), " (exact; ", decided.words, ")")
        text = Said(listed(parts), f" (exact{f'; {VALUED}' if doubted else ''})")
        if not self.complete:
            return Said(f"the first {self.count} models: ", text)
        return Said(text, f", apart from sizes where {self.models.left_out}") if self.models.left_out else text
