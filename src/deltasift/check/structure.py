"""The first way of checking a step: the rule gives exactly this line, and its conditions are proved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.calc import BOUNDS, Derivation, Reason, Step, auto
from deltasift.check.judging import Certificates, complaints, judged
from deltasift.check.ledger import inheritance
from deltasift.check.order import DIRECTION, order_step
from deltasift.check.recording import Recorded, recorded
from deltasift.check.report import Problem, Substep
from deltasift.check.witness import witness_holds
from deltasift.conditions import Proof, Verdict
from deltasift.conditions.prove import Prover
from deltasift.domain import Domain, Family
from deltasift.inert import free, kinds, postorder
from deltasift.inert.algebra import is_number
from deltasift.inert.substitution import set_apart
from deltasift.judge import Goal, Judgement
from deltasift.judge.context import World
from deltasift.line.cursor import Cursor
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.line.statements import given_as
from deltasift.match.application import Application
from deltasift.match.ones import other_dresses
from deltasift.match.search import Search
from deltasift.quantities import distributions_of
from deltasift.rule import Method, Under
from deltasift.said import Said
from deltasift.use import Run

NOT_GIVEN = "not give this line"
NOT_FOUND = "was not found to give this line before the search ended at its limit, so that this is not known"
NOT_WRITTEN = "its reasons are not written"
ORDERED = "its substeps keep an order, and the line is an equality"
QUANTIFIED = frozenset((ex.Named, ex.Expectation))


@dataclass(frozen=True)
class Structure:
    """What the structural check found of one step."""

    substeps: tuple[Substep, ...]
    problems: tuple[Problem, ...]
    runs: tuple[Run, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    needs: tuple[Goal, ...] = ()  # what its lines need to have a value


class StepChecker:
    """Checks steps one after the other in one scope."""

    def __init__(
        self,
        scope: Scope,
        prover: Prover,
        canon: Canon,
        names: frozenset[Basic] = frozenset(),
        certificates: Certificates | None = None,
    ) -> None:
        self.scope = scope
        self.names = names  # that are free in the lines
        self.prover = prover
        self.canon = canon
        self.certificates = certificates or Certificates()

    def check(self, number: str, before: Basic, step: Step) -> Structure:
        """Check a step; messages start with `line NUMBER:`."""
        scope = self.scope.assuming(*step.assumptions) if step.assumptions else self.scope
        if auto in step.by:
            return _wrong(number, NOT_WRITTEN)
        if step.relation not in ("=", *BOUNDS):
            return self._order(number, before, step, scope)
        if step.inner is not None:
            return self._nested(number, before, step)
        return self._equality(number, before, step, scope)

    # --- equalities ------------------------------------------------------------------------------------------------

    def _equality(self, number: str, before: Basic, step: Step, scope: Scope) -> Structure:
        if step.places:
            return self._placed(number, before, step, scope)
        if self.canon.same(before, step.expr):  # rules that undo each other would give it
            return _wrong(number, "this is the line before")
        # lest a binder have a name that is another's in a definition or in the other line, which could not be put in
        taken = scope.defining | free(before) | free(step.expr)
        before, after = (set_apart(e, taken) for e in (before, step.expr))
        result = self._led(number, before, after, step, scope)
        if result.problems:
            for x, y in self._other_dresses(before, after, step.by, scope):
                better = self._led(number, x, y, step, scope)
                if not better.problems:
                    return better
        return result

    def _other_dresses(
        self, before: Basic, after: Basic, rules: Sequence[Reason], scope: Scope
    ) -> Iterator[tuple[Basic, Basic]]:
        """Yield the two lines, one of them with other factors by which a 1 comes or goes."""
        search = Search(self.canon)
        plain = [r.rule if isinstance(r, Under) else r for rule in rules for r in (rule, rule.reversed)]

        def becomes_one(e: Basic, here: Scope) -> bool:
            return any(is_number(x.after, 1) for r in plain for x in search.local(r, e, here))

        yield from ((x, after) for x in other_dresses(before, becomes_one, scope))
        yield from ((before, y) for y in other_dresses(after, becomes_one, scope))

    def _led(self, number: str, before: Basic, after: Basic, step: Step, scope: Scope) -> Structure:
        """Check that the rules of a step lead from one line to another, as these are written."""
        search = Search(self.canon)
        lines = search.step(before, after, step.by, scope)
        if lines is None:
            names = ", ".join(r.name for r in step.by)
            if search.ended_early:
                return Structure((), (Problem(f"line {number}: {names} {NOT_FOUND}", "search"),))
            return _wrong(number, f"{names} {'does' if len(step.by) == 1 else 'do'} {NOT_GIVEN}")
        result = self._with_proofs(number, before, step, lines)
        if result.problems:
            careful = Search(self.canon, accept=self._accept)
            other = careful.step(before, after, step.by, scope)
            if other is not None:
                better = self._with_proofs(number, before, step, other)
                if not better.problems:
                    return better
        return result

    def _placed(self, number: str, before: Basic, step: Step, scope: Scope) -> Structure:
        """Check a step whose finder says where each rule was used: each gives just what it is said to give there."""
        search = Search(self.canon, accept=self._accept)
        lines: list[tuple[Basic, list[Application]]] = []
        chain: list[Application] = []
        line = Cursor(before, scope)
        for place in step.places:
            found = None
            if line.go(place.path) and self.canon.alike(line.here, place.before):
                use = line.here, place.after, place.rule, line.scope
                found = search.used(*use) or Search(self.canon).used(*use)  # the latter to say what it needs
            if found is None:
                return _wrong(number, f"{place.rule.name} does not give {place.after}")
            if len(found) == 1:  # it is written as the line says, lest the places after it be other places
                found = [replace(found[0], after=place.after)]
            elif chain:
                lines.append((line.line(), chain))
                chain = []
                line.go(place.path)
            chain.extend(x.under(place.path) for x in found)
            line.put(place.after)
            if len(found) > 1:
                lines.append((line.line(), chain))
                chain = []
        if not self.canon.alike(line.line(), step.expr):
            return _wrong(number, "its substeps end in another line")
        return self._with_proofs(number, before, step, [*lines, (step.expr, chain)])

    def _accept(self, x: Application) -> bool:
        return all(self.prover.holds(c, x.scope) for c in x.conditions) and witness_holds(x, self.prover)

    def _with_proofs(
        self, number: str, before: Basic, step: Step, lines: Sequence[tuple[Basic, list[Application]]]
    ) -> Structure:
        every = [x for _, chain in lines for x in chain]
        substeps: list[Substep] = []
        problems: list[Problem] = []
        for i, x in enumerate(every, 1):
            label = number if len(every) == 1 else f"{number}.{i}"
            inherited, needed = inheritance(x)
            unproved = [p for c in needed if (p := self.proof(c, x.scope)).verdict is not Verdict.PROVED]
            proofs = (*(self.proof(c, x.scope) for c in x.conditions), *unproved)
            problems.extend(_complaints(number, proofs, x.rule.name))
            said = x.rule.name, x.rule.reason, x.rule.ref
            use = Substep(label, *said, x.path, x.before, x.after, x.binding, proofs, None, inherited, x.is_reversed)
            substeps.append(use)
        return self._judged(number, before, step, tuple(substeps), problems, recorded(before, lines))

    def _judged(
        self,
        number: str,
        before: Basic,
        step: Step,
        substeps: tuple[Substep, ...],
        problems: Sequence[Problem],
        found: Recorded,
    ) -> Structure:
        """Return what was found, with what the judge says of it where nothing is wrong with it otherwise."""
        problems = list(dict.fromkeys(problems))
        judgements: tuple[Judgement, ...] = ()
        needs: tuple[Goal, ...] = ()
        if not problems:
            said = before, step.expr, step.relation, step.varying, found
            judgements, needs, asked = judged(*said, self._world(step), self.prover, self.certificates)
            substeps = tuple(self._with_way(substeps, found, asked))
            open_ = [p for s in substeps for p in _complaints(number, s.proofs, s.rule)] if asked else []
            problems = list(dict.fromkeys(open_)) or complaints(number, judgements)
        return Structure(substeps, tuple(problems), found.runs, judgements, needs)

    def _with_way(
        self, substeps: Sequence[Substep], found: Recorded, asked: Sequence[tuple[int, Basic]]
    ) -> Iterator[Substep]:
        """Yield substeps with what stands around the places of inequalities asks for; the last uses of a run are found
        first where it was found from the line after."""
        uses = [x for run, xs in found.pairs for x in (reversed(xs) if run.backward else xs)]
        numbers = {id(x): n for n, x in enumerate(x for _, xs in found.pairs for x in xs)}
        for x, s in zip(uses, substeps, strict=True):
            more = dict.fromkeys(c for n, c in asked if n == numbers[id(x)])
            proofs = (self.proof(c, x.scope) for c in more if c not in [p.condition for p in s.proofs])
            yield replace(s, proofs=(*s.proofs, *proofs)) if more else s

    def _world(self, step: Step) -> World:
        """Return what is given for a step, one world for all that assume the same."""
        scope = self.scope.assuming(*step.assumptions) if step.assumptions else self.scope
        return self.certificates.world(scope, self.names)

    def proof(self, condition: Basic, scope: Scope) -> Proof:
        """Decide a condition, and tell whether it needs what is assumed."""
        proof = self.prover.prove(condition, scope)
        if proof.verdict is not Verdict.PROVED or not scope.assumed:
            return proof
        if any(given_as(a) in proof.because for a in scope.assumed):
            return replace(proof, assumed=True)
        without = self.prover.prove(condition, replace(scope, assumed=()))
        return proof if without.verdict is Verdict.PROVED else replace(proof, assumed=True)

    # --- substeps that the author wrote ----------------------------------------------------------------------------

    def _nested(self, number: str, before: Basic, step: Step) -> Structure:
        inner: Derivation | None = step.inner
        assert inner is not None
        unlike = _unlike(step.relation, {s.relation for s in inner.steps} - {"="})
        if unlike:
            return _wrong(number, unlike)
        if not self.canon.same(before, inner.start):
            return _wrong(number, "its substeps start from another line")
        substeps: list[Substep] = []
        problems: list[Problem] = []
        runs: list[Run] = []
        judgements: list[Judgement] = []
        needs: list[Goal] = []
        line = inner.start
        for i, s in enumerate(inner.steps, 1):
            label = f"{number}.{i}"
            found = self.check(label, line, s)
            last = found.substeps[-1:] if len(found.substeps) == 1 else found.substeps
            substeps.extend(replace(x, written=s.expr) if x is last[-1] else x for x in found.substeps)
            problems.extend(found.problems)
            runs.extend(found.runs)
            judgements.extend(found.judgements)
            needs.extend(found.needs)
            line = s.expr
        inside = {r.name for s in inner.steps for r in s.by}
        for r in step.by:
            if r.name not in inside:
                problems.append(Problem(f"line {number}: {r.name} is not used in its substeps", "structure"))
        return Structure(tuple(substeps), tuple(problems), tuple(runs), tuple(judgements), tuple(needs))

    # --- orders ----------------------------------------------------------------------------------------------------

    def _order(self, number: str, before: Basic, step: Step, scope: Scope) -> Structure:
        assert step.varying is not None
        if step.inner is not None:
            return _wrong(number, "substeps are for equalities")
        if len(step.by) != 1 or not isinstance(step.by[0], Method) or step.by[0].name not in DIRECTION:
            return _wrong(number, "an order is kept by one rule of order")
        rule: Reason = step.by[0]
        if DIRECTION[rule.name] != step.relation:
            return _wrong(number, f"{rule.name} gives the {DIRECTION[rule.name]}")
        found = order_step(rule.name, before, step.expr, step.varying, scope, self.canon)
        if found.problem:
            return _wrong(number, f"{found.problem} ({rule.name})")
        proofs = tuple(self.proof(c, scope) for c in found.conditions)
        substep = Substep(number, rule.name, rule.reason, rule.ref, (), before, step.expr, found.binding, proofs)
        values = (("q", step.varying), *found.binding)
        x = Application(rule, (), before, step.expr, found.conditions, scope, found.binding, values=values)
        problems = _complaints(number, proofs, rule.name)
        return self._judged(number, before, step, (substep,), problems, recorded(before, [(step.expr, [x])]))


def _unlike(relation: str, found: set[str]) -> str:
    """Return why substeps in some relations do not give a line in another, empty where they do."""
    if not found <= set(BOUNDS):
        return "its substeps keep an order, and the line is none" if relation != "=" else ORDERED
    if relation == "=":
        return ORDERED if found else ""
    if any(r[0] != relation[0] for r in found):
        return "its substeps go the other way"
    return "" if relation[-1] == "=" or any(r[-1] != "=" for r in found) else "none of its substeps is strict"


def _wrong(number: str, words: str) -> Structure:
    return Structure((), (Problem(f"line {number}: {words}", "structure"),))


def _complaints(number: str, proofs: Sequence[Proof], rule: str) -> list[Problem]:
    unproved = (p for p in proofs if p.verdict is not Verdict.PROVED)
    return [Problem(Said(f"line {number}: ", p.missing, f" ({rule})"), "conditions") for p in unproved]


def used_as_pmf(lines: Iterable[Basic], domains: Mapping[Symbol, Domain]) -> frozenset[Basic]:
    """Return the defined families that a named quantity uses as a pmf."""
    return frozenset(
        o
        for line in lines
        if not QUANTIFIED.isdisjoint(kinds(line))
        for e in postorder(line)
        for o in distributions_of(e)
        if isinstance(o, Symbol) and isinstance(domains.get(o), Family)
    )


def distribution_conditions(scope: Scope) -> Iterator[tuple[str, ex.Node]]:
    """Yield what defined families must satisfy to be pmfs."""
    for symbol in sorted(scope.distributions, key=str):
        family = scope.domains[symbol]
        assert isinstance(family, Family)
        entry = ex.Entry(family, *(i.symbol for i in family.over))
        own: ex.Node = ex.LessEqual(0, entry)
        total = entry
        for k in reversed(family.outcomes):
            own, total = ex.ForAll(own, k), ex.Sum(total, k)
        for need in (own, ex.Equality(total, 1)):
            for i in reversed(family.over[: -len(family.outcomes)]):
                need = ex.ForAll(need, i)
            yield family.name, need
