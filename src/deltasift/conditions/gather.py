"""Facts that bear on a statement: those of the names, entries and values in it, and of what these speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deltasift.conditions.asking import Find
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import Certificate, Fact
from deltasift.judge.context import RANGED, Context, World
from deltasift.judge.facts import forms
from deltasift.judge.linear import LinearFact, TooLargeError
from deltasift.judge.proof import Checker
from deltasift.judge.saying import range_orders
from deltasift.judge.statement import at_most, less
from deltasift.judge.term import BINDERS, ZERO, Term, UnreadableError, leaves, occurs, shift
from deltasift.judge.tree import COUNTED
from deltasift.judge.verify.question import RejectedError

ORDERS = frozenset(("LessEqual", "Less", "Equality"))
MOST = 60  # facts about one statement
NEAREST = 8  # binders whose ends are looked at for a name


class Gathered:
    """The facts about some terms at a place, as bounds."""

    def __init__(self, checker: Checker, place: Context, find: Find) -> None:
        self.checker = checker
        self.place = place
        self.find = find
        self.facts: list[tuple[Fact, LinearFact]] = []
        self.alternatives: list[Fact] = []  # those with several cases
        self.given = given_by_name(place.world)
        self._seen: set[Term] = set()
        self._used: set[Fact] = set()
        for n, guard in enumerate(place.guards):
            self._take(guard, kinds.Guard(n))
        self._of_guards = len(self.facts)

    def alone(self, t: Term) -> None:
        """Take in what is known of a term itself, and nothing of what that speaks of."""
        if t.head == "bound" and self.place.binder(t.value).head in COUNTED:
            facts: Iterable[Fact] = self._range(t.value)
        else:
            facts = (kinds.Form(t, n) for n in range(len(forms(t, self.place))))
        for fact in facts:
            self._take_fact(fact)

    def about(self, term: Term) -> None:
        """Take in what is known of the atoms of a term, of what these speak of, and so on."""
        todo = [term]
        for _, b in self.facts[: self._of_guards]:
            todo += (self.checker.polynomials.atoms[a] for m in b.value for a, _ in m)
        while todo and len(self.facts) < MOST:
            t = todo.pop(0)
            if t in self._seen:
                continue
            self._seen.add(t)
            first = len(self.facts)
            for fact in self._of(t):
                self._take_fact(fact)
            todo += atoms(t) if t.args else ()
            for _, b in self.facts[first:]:
                todo += (self.checker.polynomials.atoms[a] for m in b.value for a, _ in m)

    def _take_fact(self, fact: Fact) -> None:
        if fact in self._used:
            return
        self._used.add(fact)
        try:
            said = self.checker.stated(fact, self.place)
        except (RejectedError, UnreadableError):
            return
        self._take(said, fact)

    def _take(self, said: Term, fact: Fact) -> None:
        if said.head == "And":
            for n, part in enumerate(said.args):
                self._take(part, kinds.Part(fact, n))
        elif said.head in ("Or", "Unequal"):
            self.alternatives.append(fact)
        elif said.head in ORDERS or (said.head == "Not" and said.args[0].head in ORDERS):
            try:
                self.facts.append((fact, self.checker.bound_of(said, self.place)))
            except (RejectedError, TooLargeError):
                return

    def _of(self, t: Term) -> Iterator[Fact]:
        if t.head == "bound":
            yield from self._range(t.value)
        elif t.loose == 0 or t.head in ("Entry", "Apply"):
            yield from self._given(t)
        if t.head == "Sum":  # of which something may be given for each value of its other indices
            for n, said in enumerate(self.place.world.given):
                if said.head == "ForAll":
                    yield from self._instances(said, kinds.Given(n), t)
        for n in range(len(forms(t, self.place))):
            yield kinds.Form(t, n)
        if t.head in ("Pow", "Log", "constant") and not t.loose and not any(x.head == "free" for x, _ in leaves(t)):
            for order in (less(ZERO, t), less(t, ZERO)):
                proof = self.find(order, self.place)
                if proof is not None:
                    yield kinds.Lemma(order, proof)
        if t.head == "Sum" and t.args[0].head == "Entry" and self.place.world.is_pmf(t.args[0].args[0].value):
            yield from self._total(t)
        if t.head in ("free", "bound"):
            depth = self.place.depth
            for distance in range(min(depth, NEAREST)):
                binder = self.place.binder(distance)
                ends = (self.place.end(distance, 0), self.place.end(distance, 1)) if binder.head in COUNTED else ()
                if any(occurs(t, end) for end in ends):
                    yield from self._range(distance)

    def _range(self, distance: int) -> Iterator[Fact]:
        binder = self.place.binder(distance)
        if binder.head not in RANGED:
            return
        ends = [self.place.end(distance, i) for i in (0, 1)]
        if binder.head in COUNTED:
            yield from (kinds.Range(distance, bool(i)) for i in (0, 1) if ends[i].head != "infinity")
        elif binder.head == "Integral" and kinds.Range(distance, False) not in self._used:
            self._used.add(kinds.Range(distance, False))  # lest its order be asked for once more while it is shown
            for is_reversed in (False, True):
                lo, hi = ends[::-1] if is_reversed else ends
                order = self.find(at_most(lo, hi), self.place)
                if order is not None:
                    for i, end in enumerate((lo, hi)):
                        if end.head != "infinity":
                            yield kinds.Range(distance, bool(i), order, is_reversed)
                    return

    def _given(self, t: Term) -> Iterator[Fact]:
        """Yield what the page gives that speaks of a name, and instances of what it says of a table."""
        name = t.value if t.head == "free" else t.args[0].value if t.head in ("Entry", "Apply") else None
        if name is None:
            return
        for n in self.given.get(name, ()):
            said = self.place.world.given[n]
            if said.head != "ForAll":
                yield kinds.Given(n)
            elif t.args:
                yield from self._instances(said, kinds.Given(n), t)
        if t.args:
            for n, said in enumerate(self.place.guards):
                if said.head == "ForAll":
                    yield from self._instances(said, kinds.Guard(n), t)

    def _total(self, t: Term) -> Iterator[Fact]:
        """Yield that the entries of a pmf sum to one, where its other indices are shown to be in their ranges."""
        proofs = []
        try:
            wanted = self.checker.orders_of_total(t, self.place)
        except RejectedError:
            return
        for order in wanted:
            proof = self.find(order, self.place)
            if proof is None:
                return
            proofs.append(proof)
        yield kinds.Total(t, tuple(proofs))

    def _instances(self, said: Term, fact: Fact, t: Term) -> Iterator[Fact]:
        body, limits = said, []
        while body.head == "ForAll":
            limits.append(body.args[2:])
            body = body.args[0]
        for part, inner in within(body):
            if inner or part.head != t.head:
                continue
            values = unified(part, t, len(limits))
            if values is None:
                continue
            proofs = self._in_range(said, values)
            if proofs is not None:
                yield kinds.Instance(fact, values, proofs)

    def _in_range(self, said: Term, values: tuple[Term, ...]) -> tuple[Certificate, ...] | None:
        needed = range_orders(said, values)
        proofs = []
        for order in needed:
            proof = self.find(order, self.place)
            if proof is None:
                return None
            proofs.append(proof)
        return tuple(proofs)


_BY_NAME: dict[int, tuple[World, dict[object, list[int]]]] = {}


def given_by_name(world: World) -> dict[object, list[int]]:
    """Return the numbers of the given statements that speak of each name."""
    known = _BY_NAME.get(id(world))
    if known is None:
        found: dict[object, list[int]] = {}
        for n, s in enumerate(world.given):
            for name in dict.fromkeys(leaf.value for leaf, _ in leaves(s) if leaf.head == "free"):
                found.setdefault(name, []).append(n)
        if len(_BY_NAME) > 200:
            _BY_NAME.clear()
        known = _BY_NAME[id(world)] = (world, found)
    return known[1]


def atoms(t: Term) -> Iterable[Term]:
    """Return the parts of a term of which something may be known, those under its own binders left out."""
    if t.head in BINDERS:
        return t.args[2:]
    return t.args[1:] if t.head in ("Entry", "Apply", "Func", "Named") else t.args


def within(t: Term) -> Iterator[tuple[Term, int]]:
    """Yield the entries, values and sums in a statement, each with whether it is under a binder of its own."""
    todo = [(t, 0)]
    while todo:
        x, inner = todo.pop()
        if x.head in ("Entry", "Apply", "Sum"):
            yield x, inner
        todo += ((a, inner + (i == 0 and x.head in BINDERS)) for i, a in enumerate(x.args))


def unified(pattern: Term, t: Term, count: int) -> tuple[Term, ...] | None:
    """Return what the innermost `count` indices of a pattern stand for where it is a term, the outermost first."""
    found: dict[int, Term] = {}
    todo = [(pattern, t, 0)]
    while todo:
        p, x, inside = todo.pop()
        if p.head == "bound" and inside <= p.value < inside + count:
            value = outside(x, inside)
            if value is None or found.setdefault(p.value - inside, value) is not value:
                return None
        elif p.loose <= inside:
            if p is not x:
                return None
        elif p.head != x.head or len(p.args) != len(x.args) or p.value != x.value:
            return None
        else:
            deeper = [inside + (i == 0 and p.head in BINDERS) for i in range(len(p.args))]
            todo += zip(p.args, x.args, deeper, strict=True)
    return tuple(found[i] for i in reversed(range(count))) if len(found) == count else None


def outside(t: Term, binders: int) -> Term | None:
    """Return a term as it reads outside of some binders, None where one of their names is in it."""
    own = (x.head == "bound" and level <= x.value < level + binders for x, level in leaves(t))
    return None if binders and any(own) else shift(t, -binders)
