"""A place in a line that moves, and what holds there: nothing is read from the root for each use."""

from __future__ import annotations

from collections.abc import Sequence

from deltasift.judge.context import Context
from deltasift.judge.meaning import is_name
from deltasift.judge.need import at_point
from deltasift.judge.products import DIVIDED, Factor, factors, guard
from deltasift.judge.record import RejectedError
from deltasift.judge.statement import OF_EXISTENCE
from deltasift.judge.term import BINDERS, NAME, TRUE, Term, make

FACTORS = frozenset((("Neg", 0), ("Div", 0)))  # arguments that are factors, beside those of a product
GUARDED = frozenset((*BINDERS, "Derivative", "Mul", "Neg", "Div", "Piecewise", "And", "Or"))  # something holds inside


class Place:
    """Stands in a line, first at its root; what is around is put together again only where it is left."""

    def __init__(self, line: Term, context: Context) -> None:
        self.here = line
        self._around: list[tuple[Term, list[Term]]] = []  # each with its arguments as they are now
        self._changed: list[bool] = []  # whether others of them are new
        self._path: list[int] = []
        self._contexts = [context]  # of the root and of places on the way, as far as they were asked for
        self._levels = [(context, False)]

    @property
    def depth(self) -> int:
        return len(self._path)

    @property
    def context(self) -> Context:
        """The binders that are open here, and what a derivative is taken by."""
        known = self._contexts
        for level in range(len(known) - 1, self.depth):
            i = self._path[level]
            head = self._around[level][0].head
            opens = i == 0 and (head in BINDERS or head == "Derivative")
            known.append(_opened(known[-1], self._term(level)) if opens else known[-1])
        return known[-1]

    def level(self, depth: int) -> tuple[Context, bool]:
        """Return what holds at so many steps of the way, guards included, and whether there are logarithms around."""
        known = self._levels
        for level in range(len(known) - 1, depth):
            context, is_log = known[-1]
            term, i = self._around[level][0], self._path[level]
            if term.head in GUARDED:
                context = inside(self._term(level), i, context)
            known.append((context, is_log or self._is_about_logs(level)))
        return known[depth]

    def is_factor(self, depth: int) -> bool:
        """Tell whether what is so many steps on the way is a factor of the product around it."""
        if not depth:
            return False
        head = self._around[depth - 1][0].head
        return head == "Mul" or (head, self._path[depth - 1]) in FACTORS

    def guarded(self, depth: int) -> int:
        """Return after how many steps of the way the place is beside the outermost factor that may excuse it."""
        for level in range(depth):
            before, after = (self.level(n)[0] for n in (level, level + 1))
            if len(after.guards) > len(before.guards):
                return level
        return depth

    def is_divided(self, depth: int) -> bool:
        """Tell whether something is divided by what is so many steps on the way, or raises it to a power."""
        return any((self._around[n][0].head, self._path[n]) in DIVIDED for n in range(depth))

    def integral(self, depth: int) -> int:
        """Return after how many steps of the way the place is inside of the outermost integral, 0 if it is in none."""
        inside = (n for n in range(1, depth + 1) if self._around[n - 1][0].head == "Integral" and not self._path[n - 1])
        return next(inside, 0)

    def around(self, depth: int, part: Term) -> Term:
        """Return what is around a part at so many steps of the way."""
        term, args = self._around[depth - 1]
        i = self._path[depth - 1]
        return make(term.head, (*args[:i], part, *args[i + 1 :]), term.value)

    def way(self, before: Term, after: Term) -> list[tuple[Term, int, Term]]:
        """Return what is around the place, from the outermost in, with either of two parts there, and where."""
        found = []
        for depth in range(self.depth, 0, -1):
            before, after = (self.around(depth, e) for e in (before, after))
            found.append((before, self._path[depth - 1], after))
        return found[::-1]

    def opened(self, depth: int) -> Context:
        """Return the binders that are open at so many steps of the way."""
        assert self.context is self._contexts[-1]  # which are made when the innermost is asked for
        return self._contexts[depth]

    def go(self, path: Sequence[int]) -> None:
        """Go to a place, given by argument positions from the root."""
        common = 0
        for mine, other in zip(self._path, path, strict=False):
            if mine != other:
                break
            common += 1
        beside = common < min(self.depth, len(path))
        while self.depth > common + beside:
            self._leave()
        if beside:
            self._go_beside(path[common])
        for i in path[common + beside :]:
            t = self.here
            _require_place(t.args, i)
            if t.head in OF_EXISTENCE:  # where equal values are not enough: x/x is not continuous at 0
                raise RejectedError("it is inside of a statement about how something is written")
            self._around.append((t, list(t.args)))
            self._changed.append(False)
            self._path.append(i)
            self.here = t.args[i]
        if path and is_name(self._around[-1][0], path[-1]):
            raise RejectedError("a name stands there, and no value")

    def put(self, new: Term) -> None:
        """Replace what stands here."""
        self.here = new

    def line(self) -> Term:
        """Return the whole line as it is now, and stand at its root."""
        self.go(())
        return self.here

    def _go_beside(self, to: int) -> None:
        """Go to another argument of what is around, which is not put together for it: a long sum would take long."""
        args, i = self._around[-1][1], self._path[-1]
        _require_place(args, to)
        self._changed[-1] |= args[i] is not self.here
        args[i], self.here = self.here, args[to]
        self._path[-1] = to
        del self._contexts[self.depth :]
        del self._levels[self.depth :]

    def _leave(self) -> None:
        (term, args), i, changed = self._around.pop(), self._path.pop(), self._changed.pop()
        del self._contexts[self.depth + 1 :]
        del self._levels[self.depth + 1 :]
        if changed or args[i] is not self.here:
            args[i] = self.here
            term = make(term.head, args, term.value)
        self.here = term

    def _term(self, level: int) -> Term:
        term, args = self._around[level]
        return make(term.head, args, term.value)

    def _is_about_logs(self, level: int) -> bool:
        """Tell whether what is around is a logarithm, or a product in which one stands beside the place."""
        (term, args), i = self._around[level], self._path[level]
        others = (a for n, a in enumerate(args) if n != i) if term.head in ("Mul", "Div") else ()
        return term.head == "Log" or any(e.head == "Log" for a in others for e, _ in factors(a))


def _require_place(args: Sequence[Term], i: int) -> None:
    if not 0 <= i < len(args) or args[i] is NAME or args[i].head == "text":
        raise RejectedError("there is no such place")


def _opened(context: Context, around: Term) -> Context:
    """Return what holds in the body of a binder or of a derivative, guards apart."""
    if around.head in BINDERS:
        return context.enter(around)
    by = around.args[1]
    return context.varying(by.args[0] if by.args else by)


def inside(t: Term, i: int, context: Context) -> Context:
    """Return the place of an argument of a term that stands at a place: what is open there, and what is in force."""
    if t.head in BINDERS:
        return at_point(t, context) if t.head == "At" and i == 0 else context.enter(t) if i == 0 else context
    if t.head == "Derivative":
        return _opened(context, t) if i == 0 else context
    if t.head in ("Mul", "Neg", "Div"):
        others = [e for n, a in enumerate(t.args) if n != i and not (t.head == "Div" and n == 1) for e, _ in _above(a)]
        found = (guard(e, context) for e in others)
        is_guard = i == 0 and t.head == "Div" and guard(t.args[0], context) is not None
        return context if is_guard else context.assuming(*(g for g in found if g is not None and g is not TRUE))
    if t.head == "Piecewise":
        before = (make("Not", (c,)) for c in t.args[1 : i - i % 2 : 2])
        own = () if i % 2 or t.args[i + 1] is TRUE else (t.args[i + 1],)
        return context.assuming(*before, *own)
    if t.head in ("And", "Or"):
        return context.assuming(*(a if t.head == "And" else make("Not", (a,)) for a in t.args[:i]))
    return context


def _above(t: Term) -> list[Factor]:
    return [f for f in factors(t) if not f[1]]
