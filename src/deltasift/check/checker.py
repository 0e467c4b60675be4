"""Derivation or page -> frozen report: structure, conditions, finite models, numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from sympy.core.basic import Basic

from deltasift.calc import BOUNDS, Derivation, Page, Step, page_of
from deltasift.check.evaluate import NotCovered
from deltasift.check.judging import Certificates, world_of
from deltasift.check.ledger import assumed_in, gathered, statements_of
from deltasift.check.models import check_models
from deltasift.check.naming import misprints
from deltasift.check.needed import Decider, first_goals, is_readable
from deltasift.check.needs import Need, needs
from deltasift.check.numbers import THOROUGH, USUAL, Reach, check_numbers
from deltasift.check.optima import comes_to, with_optimum
from deltasift.check.own_rules import complaint, reasons
from deltasift.check.refusal import refusal
from deltasift.check.report import Assumed, CheckResult, Line, Problem, Refusal, Report, Substep
from deltasift.check.sampling import find_model, has_model
from deltasift.check.structure import StepChecker, distribution_conditions, used_as_pmf
from deltasift.check.taking_part import changes
from deltasift.check.true_otherwise import true_otherwise
from deltasift.conditions.certified import CertifiedProver as Prover
from deltasift.conditions.consistency import contradiction
from deltasift.conditions.verdict import Verdict
from deltasift.domain import closure
from deltasift.errors import DepthError, DomainError
from deltasift.inert import Equality, Less, LessEqual, Relation
from deltasift.inert.node import free
from deltasift.inert.visit import depth
from deltasift.judge import DECLINE, Goal, Judgement
from deltasift.judge.context import Need as Needed
from deltasift.judge.meaning import may_be_complex
from deltasift.judge.term import read
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.said import Said
from deltasift.use import Run

Progress = Callable[[str], None]
KINDS = ("structure", "conditions", "models", "numbers")
DEEPEST = 1_500  # nesting that the checker follows


def checked(
    page: Page | Derivation,
    layers: Sequence[str],
    lines: Collection[int] | None,
    points: int | None,
    seed: str,
    progress: Progress | None,
    *,
    thorough: bool = False,
) -> Report:
    """Do what `deltasift.check.check` promises."""
    if isinstance(page, Derivation):
        page = page_of(page)
    scope = page_scope(page)
    for number, line in enumerate((line for proof in page.proofs for line in proof.lines), 1):
        if depth(line) > DEEPEST:
            raise DepthError(f"line {number} is nested {depth(line)} deep, and the checker follows {DEEPEST}")
    against = None if has_model(scope) else contradiction(scope)
    if against is not None:
        raise DomainError("these facts contradict each other: " + "; ".join(against))
    reach = THOROUGH if thorough else USUAL
    if points is not None:
        reach = reach._replace(points=points)
    try:
        return _Checker(page, scope, layers, lines, reach, seed, progress or (lambda _: None)).run()
    except RecursionError:
        raise DepthError("a line or a definition is nested more deeply than the checker follows") from None


def page_scope(page: Page) -> Scope:
    """Return what the names of a page mean: its domains, its assumptions, and which families it uses as a pmf."""
    given = set(page.domains)
    for proof in page.proofs:
        given |= proof.given
    for claim in page.claims:
        given |= claim.given
    domains = closure(given)
    lines = [line for proof in page.proofs for line in proof.lines]
    return Scope(domains, assumed=page.assumptions, distributions=used_as_pmf(lines, domains))


class _Checker:
    def __init__(
        self,
        page: Page,
        scope: Scope,
        layers: Sequence[str],
        wanted: Collection[int] | None,
        reach: Reach,
        seed: str,
        progress: Progress,
    ) -> None:
        self.page = page
        self.scope = scope
        self.layers = layers
        self.wanted = wanted
        self.reach = reach
        self.seed = f"{page.name}+{seed}" if seed else page.name
        self.progress = progress
        self.canon = Canon()
        self.prover = Prover()
        self.certificates = Certificates()
        self.names = frozenset[Basic]().union(*(free(line) for proof in page.proofs for line in proof.lines))
        self.ledger = [Assumed(a, "the page") for a in page.assumptions]
        self.needed: dict[int, tuple[Goal, ...]] = {}  # what the lines need to have a value, by their numbers

    def run(self) -> Report:
        lines: list[Line] = []
        for i, proof in enumerate(self.page.proofs):
            lines.extend(self._lines(i, proof, len(lines)))
        lines = self._optima(self._with_values(self._semantics(self._named_apart(lines))))
        problems: list[str] = [p for line in lines for p in line.problems]
        problems.extend(self._claims(lines))
        refusals = tuple(self._refusals())
        problems.extend(r.problem for r in refusals if r.problem)
        ledger = gathered(self.ledger)
        try:
            model = find_model(self.scope, statements_of(ledger))
        except NotCovered as why:
            raise DomainError(f"no values were found that meet all facts and assumptions: {why}") from None
        if model is None:
            raise DomainError("no values were found that meet all facts and assumptions")
        return Report(self.page, tuple(lines), refusals, tuple(problems), ledger, model.describe())

    def _named_apart(self, lines: list[Line]) -> list[Line]:
        """Return the lines with what a reader of them would take for something else."""
        if "structure" not in self.layers:
            return lines
        for place, words in misprints([line.expr for line in lines], self.scope):
            line = lines[place]
            problem = Problem(f"line {line.number}: {words}", "structure")
            lines[place] = replace(line, problems=(*line.problems, problem))
        return lines

    def _wants(self, number: int) -> bool:
        return self.wanted is None or number in self.wanted

    def _lines(self, index: int, proof: Derivation, offset: int) -> list[Line]:
        checker = StepChecker(self.scope, self.prover, self.canon, self.names, self.certificates)
        first = offset + 1
        problems = self._refused(first, proof.start)
        substeps: tuple[Substep, ...] = ()
        if "structure" in self.layers and self._wants(first):
            substeps = tuple(self._distributions(checker, first, proof.start)) if index == 0 else ()
            problems += [
                Problem(Said(f"line {first}: needs ", p.condition, f" ({s.rule})"), "conditions")
                for s in substeps
                for p in s.proofs
                if p.verdict is not Verdict.PROVED
            ]
        if "structure" in self.layers and not self.page.partial:
            self.needed[first] = first_goals(proof.start, self.certificates.world(self.scope, self.names))
        lines = [Line(first, index, proof.start, "", (), "", substeps, tuple(problems))]
        before = proof.start
        ordered = [s for s in proof.steps if s.relation != "="]
        varying = ordered[0].varying if ordered else None
        for number, step in enumerate(proof.steps, first + 1):
            self.progress(f"line {number}")
            problems = self._refused(number, step.expr)
            found: tuple[Substep, ...] = ()
            runs: tuple[Run, ...] = ()
            judgements: tuple[Judgement, ...] = ()
            if "structure" in self.layers and self._wants(number):
                structure = checker.check(str(number), before, step)
                found, runs, judgements = structure.substeps, structure.runs, structure.judgements
                problems.extend(structure.problems)
                self.needed[number] = structure.needs
                if not (self._wants(number - 1) or self.page.partial):  # nobody asked whether the line before has one
                    self.needed[number] = first_goals(step.expr, self.certificates.world(self.scope, self.names))
            if step.relation != "=" and _way(step) != _way(ordered[0]):
                words = f"line {number}: {step.relation} and {ordered[0].relation} in one chain say nothing of its ends"
                problems.append(Problem(words, "structure"))
            if step.varying not in (None, varying):
                words = f"line {number}: orders all {step.varying}, and the chain orders all {varying}"
                problems.append(Problem(words, "structure"))
            if "structure" in self.layers:
                untested = (why for why in dict.fromkeys(map(complaint, reasons(step))) if why)
                problems.extend(Problem(f"line {number}: {why}", "structure") for why in untested)
            assumed = list(assumed_in(number, step, found))
            self.ledger.extend(assumed)
            reason = " ".join(dict.fromkeys(r.reason for r in step.by))
            lines.append(
                Line(
                    number,
                    index,
                    step.expr,
                    step.relation,
                    tuple(str(r) for r in step.by),
                    reason,
                    found,
                    tuple(problems),
                    assumptions=tuple(dict.fromkeys(a.statement for a in assumed)),
                    varying=step.varying,
                    before=before,
                    runs=runs,
                    judgements=judgements,
                )
            )
            before = step.expr
        return lines

    def _refused(self, number: int, expr: Basic) -> list[Problem]:
        why = refusal(expr, self.scope)
        return [] if why is None else [Problem(f"line {number}: {why}", "structure")]

    def _with_values(self, lines: Sequence[Line]) -> list[Line]:
        """Return lines with what they need to have a value, where that is neither proved nor assumed.

        In a derivation whose lines need be equal only where the first has a value, that one's need is the hypothesis.
        """
        if "structure" not in self.layers:
            return list(lines)
        assumed = [a.statement for a in gathered(self.ledger) if a.statement not in self.scope.assumed]
        scope = self.scope.assuming(*assumed) if assumed else self.scope
        decider = Decider(scope, self.names, self.certificates)
        return [
            self._with_value(line, decider) if self._wants(line.number) and not (line.by and line.problems) else line
            for line in lines
        ]

    def _with_value(self, line: Line, decider: Decider) -> Line:
        """Return a line with what it needs, or what a line between it and the one before needs, among its problems."""
        goals = self.needed.get(line.number, ())
        open_ = [g for g in goals if not decider.holds(Needed(g.place, g.statement))]
        if self.page.partial:
            supposed = {g: decider.supposed(Needed(g.place, g.statement)) for g in open_}
            assumed = dict.fromkeys(s for statements in supposed.values() for s in statements)
            self.ledger.extend(Assumed(s, f"line {line.number}, so that the derivative exists") for s in assumed)
            open_ = [g for g in open_ if not supposed[g]]
        rules = {g: f" ({g.rule})" if self.page.partial else "" for g in open_}
        missing = dict.fromkeys(Said(decider.said(Needed(g.place, g.statement)), rules[g]) for g in open_)
        if (not line.relation or any(j.status == DECLINE for j in line.judgements)) and not self.page.partial:
            missing |= {} if is_readable(line.expr, decider.world) else {Said(line.expr, " to have a value"): None}
        problems = (Problem(Said(f"line {line.number}: needs ", need), "conditions") for need in missing)
        checks = tuple(replace(c, status="failed") if c.kind == "conditions" else c for c in line.checks)
        return replace(line, problems=(*line.problems, *problems), checks=checks) if missing else line

    def _distributions(self, checker: StepChecker, number: int, start: Basic) -> list[Substep]:
        found = []
        for name, condition in distribution_conditions(self.scope):
            proof = checker.proof(condition, self.scope)
            reason = f"{name} is a pmf."
            found.append(Substep(str(number), "distribution", reason, "", (), start, start, (), (proof,)))
        return found

    # --- the independent layers ------------------------------------------------------------------------------------

    def _semantics(self, lines: list[Line]) -> list[Line]:
        where = [
            i
            for i, line in enumerate(lines)
            if line.relation and not lines[i - 1].problems and self._wants(line.number)
        ]
        looks = "models" in self.layers or "numbers" in self.layers
        changed = [changes(lines[i].runs, self.scope) if looks else () for i in where]
        pairs = [(lines[i - 1].expr, lines[i].expr, lines[i].relation, lines[i].varying) for i in where]
        assumed = statements_of(gathered(self.ledger))
        results: dict[int, list[CheckResult]] = {i: [] for i in where}
        if "models" in self.layers:
            self.progress("finite models")
            found = check_models(pairs, self.scope, assumed, changed, partial=self.page.partial)
            for i, result in zip(where, found, strict=True):
                results[i].append(result)
        if "numbers" in self.layers:
            self.progress("random points")
            found = check_numbers(
                pairs,
                self.scope,
                assumed,
                seed=self.seed,
                reach=self.reach,
                partial=self.page.partial,
                changes=changed,
                needs=[self._needs(lines[i]) for i in where],
            )
            for i, result in zip(where, found, strict=True):
                results[i].append(result)
        return [
            self._judged(line, lines[i - 1] if line.relation else None, results.get(i, []))
            if self._wants(line.number)
            else line
            for i, line in enumerate(lines)
        ]

    def _needs(self, line: Line) -> tuple[Need, ...]:
        return needs(line.substeps, [before for before, _ in line.around()], self.scope)

    def _judged(self, line: Line, before: Line | None, results: Sequence[CheckResult]) -> Line:
        """Return a line with what each way of checking found, those that were not gone included."""
        if before is None:
            return line
        found = {c.kind: c for c in (*self._structure(line), *results)}
        proved, seen = found.get("conditions"), found.get("numbers")
        if proved is not None and seen is not None and seen.conditions:
            covers = f"{proved.covers}, {seen.conditions} of them true at points too"
            found["conditions"] = replace(proved, covers=covers)
        checks = tuple(found.get(kind) or self._left_out(kind, before) for kind in KINDS)
        problems = list(line.problems)
        for r in results:
            if r.status == "failed":
                drawn = f" (seed {self.seed})" if r.kind == "numbers" else ""
                problems.append(Problem(f"line {line.number}: {r.counterexample or r.covers}{drawn}", r.kind))
                break
        else:
            problems += true_otherwise(line, before.expr, results)
        return replace(line, checks=checks, problems=tuple(problems))

    def _structure(self, line: Line) -> Iterator[CheckResult]:
        if "structure" not in self.layers:
            return
        wrong = [p for p in line.problems if p.kind == "structure"]
        rules = ", ".join(line.by)
        declined = [j for j in line.judgements if j.status == DECLINE]
        covers = f"by {rules}, exactly this line"
        if declined:
            covers += "; not judged: " + "; ".join(dict.fromkeys(f"{j.rule}, {j.why}" for j in declined))
        open_ = declined or any(p.kind == "search" for p in line.problems)
        yield CheckResult("structure", "failed" if wrong else "unknown" if open_ else "passed", covers)
        proofs = [p for s in line.substeps for p in s.proofs]
        proved = sum(p.verdict is Verdict.PROVED for p in proofs)
        covers = f"{proved} condition{'s' * (proved != 1)} proved" if proofs else "no condition"
        if proved < len(proofs):
            covers += f", {len(proofs) - proved} not"
        yield CheckResult("conditions", "passed" if proved == len(proofs) else "failed", covers)

    def _left_out(self, kind: str, before: Line) -> CheckResult:
        if (kind if kind != "conditions" else "structure") not in self.layers:
            why = "it was not asked for"
        else:
            why = "the line before is wrong"
        return CheckResult(kind, "skipped", f"not covered: {why}")

    # --- claims and refusals ---------------------------------------------------------------------------------------

    def _claims(self, lines: Sequence[Line]) -> list[str]:
        if not self.page.claims and not any(proof.steps for proof in self.page.proofs):
            return []
        if len(self.page.claims) != len(self.page.proofs):
            return [f"{len(self.page.claims)} claims, but {len(self.page.proofs)} proofs"]
        found: list[str] = []
        last = 0
        for claim, proof in zip(self.page.claims, self.page.proofs, strict=True):
            last += len(proof.lines)
            if not self._proves(proof.relation, comes_to(claim, self._all_assumed())):
                ends = _shown(proof.relation), ", not in the claim ", _shown(claim)
                found.append(Said(f"line {last}: the proof ends in ", *ends))
        return found

    def _all_assumed(self) -> Scope:
        """Return what the page gives with all that its lines assume."""
        return replace(self.scope, assumed=tuple(statements_of(gathered(self.ledger))))

    def _optima(self, lines: list[Line]) -> list[Line]:
        """Return lines, the first of each proof of an optimum with what makes that one of what is compared."""
        scope = self._all_assumed()
        for i, line in enumerate(lines):
            is_first = not line.relation and line.proof < len(self.page.claims)
            if "structure" in self.layers and is_first and self._wants(line.number):
                lines[i] = with_optimum(line, self.page.claims[line.proof], scope, self.names, self.prover)
        return lines

    def _proves(self, proved: Relation, claim: Relation) -> bool:
        if isinstance(claim, (LessEqual, Less)) and isinstance(proved, (LessEqual, Less)):
            return type(claim) in (LessEqual, type(proved)) and all(map(self.canon.same, proved.args, claim.args))
        if type(proved) is not type(claim) and not self._is_equal_order(proved, claim):
            return False
        first, second, *others = claim.args
        # neither an equality nor an order of this kind has a first side
        ways = ((first, second, *others), (second, first, *others))
        return any(all(map(self.canon.same, proved.args, way)) for way in ways)

    def _is_equal_order(self, proved: Relation, claim: Relation) -> bool:
        """Tell whether an order of two real numbers is claimed of what is proved to be equal."""
        if not isinstance(claim, LessEqual) or not isinstance(proved, Equality):
            return False
        world = world_of(self.scope, self.names)
        return not any(may_be_complex(read(e), world) for e in claim.args)

    def _refusals(self) -> list[Refusal]:
        return [Refusal(e, why, refusal(e, self.scope) or "") for e, why in self.page.refused]


def _way(step: Step) -> str:
    """Return which way a step goes: up, down, or the way of an order."""
    return step.relation[0] if step.relation in BOUNDS else ""


def _shown(relation: Relation) -> Said:
    """Return a claim, as a text with its sign where it has one."""
    signed = isinstance(relation, (Equality, LessEqual, Less))
    return Said(relation.args[0], f" {relation.sign} ", relation.args[1]) if signed else Said(relation)
