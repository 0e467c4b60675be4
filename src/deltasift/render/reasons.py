"""The reason beside a line, with what it uses: by definition of what, which factor is free of which index."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.check.report import Line, Substep
from deltasift.conditions import Proof, Verdict
from deltasift.domain.base import Show, Word
from deltasift.inert import Apply, Entry, Equality, Expectation, Func, Named, postorder
from deltasift.rule import Method, Rule
from deltasift.rules import METHODS, RULES
from deltasift.said import Said, set_words

DEFINITION, SURVIVES = "By definition.", "Only one term of the sum survives."
FACTOR = re.compile(r"A factor free of the (?:index|variable)")
FOLLOWS = re.compile(r"it follows by (?P<rules>[a-z_]+(?:, [a-z_]+)*)")
DEFINED = (Named, Expectation, Entry, Apply, Func, Symbol)  # what a definition is of
GIVEN = "given "
BY_ITSELF = (("arithmetic",), ("reflexivity",), ("its form",))  # what a condition holds by that asks for nothing
FROM, TO, TO_THE_END = " runs from ", " runs to ", " to "  # ends of the range of a name
MOST = 3  # uses of one rule in a line, above which its reason stands for all of them


def reason(x: Line, show: Show, word: Word) -> str:
    """Return the reason of a line; `show` prints an expression, and `word` sets plain text."""
    uses: dict[str, list[Substep]] = {}
    for s in x.substeps:
        uses.setdefault(s.reason, []).append(s)
    found: list[str] = []
    rest = x.reason
    while rest:
        known = next((r for r in uses if r and rest.startswith(r)), None)
        if known is None:
            return word(x.reason)
        found += _of_all(uses[known], show, word)
        rest = rest[len(known) :].lstrip()
    return word(" ").join(found)


def instance(use: Substep, show: Show, word: Word) -> str:
    """Return the reason of one use, with what it is about in the place of a general name."""
    bound = dict(use.binding)
    said = use.reason
    if said == DEFINITION:
        of = _defined(use)
        return word(DEFINITION) if of is None else f"{word('By definition of ')}{show(of)}{word('.')}"
    if use.rule == "deriv_function":
        of = next((e for e in postorder(use.before) if isinstance(e, Func)), None)
        return word(said) if of is None else f"{word('The derivative of ')}{show(of)}{word('.')}"
    index = bound.get("i", bound.get("x"))
    if index is None or "a" not in bound:
        return word(said)
    if said == SURVIVES and not {"b", "c", "x"} & set(bound):
        return f"{word('Only the term ')}{show(Equality(index, bound['a']))}{word(' survives.')}"
    general = FACTOR.match(said)
    if general is None:
        return word(said)
    if bound["a"] == -1:
        return word("A sign" + said[general.end() :])
    moved = _moved(use, show, word)
    return word(said) if moved is None else _of_factors([moved[0]], moved[1:], word)


def _of_all(uses: list[Substep], show: Show, word: Word) -> list[str]:
    """Return the reasons of the uses of one rule: those of one kind in one sentence, that of very many as it is."""
    if uses[0].reason == DEFINITION:
        return [_of_definitions([_defined(s) for s in uses], show, word)]
    if len(dict.fromkeys(instance(s, show, word) for s in uses)) > MOST:
        return [word(uses[0].reason)]
    sentences: dict[tuple[str, ...], dict[str, None]] = {}
    for s in uses:
        moved = _moved(s, show, word)
        kind, factor = (moved[1:], moved[0]) if moved else ((instance(s, show, word),), "")
        sentences.setdefault(kind, {}).setdefault(factor)
    return [kind[0] if len(kind) == 1 else _of_factors([*found], kind, word) for kind, found in sentences.items()]


def _of_definitions(defined: list[Basic | None], show: Show, word: Word) -> str:
    """Return that definitions are used, of each table once."""
    tables: dict[Basic, dict[Basic, None]] = {}
    for e in defined:
        if e is None:
            return word(DEFINITION)
        tables.setdefault(e.args[0] if isinstance(e, Entry) else e, {}).setdefault(e)
    names = [show(next(iter(entries)) if len(entries) == 1 else table) for table, entries in tables.items()]
    return f"{word('By definition of ')}{_listed(names, word)}{word('.')}" if len(names) <= MOST else word(DEFINITION)


def _moved(use: Substep, show: Show, word: Word) -> tuple[str, str, str] | None:
    """Return the factor that moves, the name of which it is free, and where it goes."""
    bound, said = dict(use.binding), use.reason
    index, general = bound.get("i", bound.get("x")), FACTOR.match(said)
    if general is None or index is None or bound.get("a") in (None, -1):
        return None
    return show(bound["a"]), show(index), said[general.end() :]


def _of_factors(factors: list[str], kind: tuple[str, ...], word: Word) -> str:
    """Return that factors move, in one sentence: The factors a and b, free of k, move out of the sum."""
    index, moves = kind
    several = len(factors) > 1
    first = word("The factors " if several else "The factor ") + _listed(factors, word)
    return (
        f"{first}{word(', free of ')}{index}{word(',' + moves.replace(' moves ', ' move ' if several else ' moves '))}"
    )


def _listed(names: list[str], word: Word) -> str:
    *others, last = names
    return word(", ").join(others) + word(" and ") + last if others else last


def _defined(use: Substep) -> Basic | None:
    """Return what a use of a definition puts its definition for, or the other way round."""
    return next((e for e in (use.before, use.after) if isinstance(e, DEFINED)), None)


def decided(because: Sequence[str], show: Show, word: Word) -> str:
    """Return what decided a condition, rules by their reasons and not by their names."""
    return word("; ").join(set_words(words, show, lambda text: word(_followed(text))) for words in _merged(because))


def since(p: Proof, show: Show, word: Word) -> str:
    """Return what decided a condition in the words that stand after it: by arithmetic, as given, since k runs to K."""
    given = [w.parts[1] for w in p.because if isinstance(w, Said) and w.parts[0] == GIVEN]
    if given and len(given) == len(p.because):
        *others, last = map(show, dict.fromkeys(given))
        before = word(", ").join(others) + word(" and ") if others else ""
        return word(", as given") if given == [p.condition] else f"{word(', given ')}{before}{last}"
    rests = word("; under the assumptions") if p.assumed else ""
    if p.because in BY_ITSELF:
        return word(f" by {p.because[0]}") + rests
    said = word(" is false" if p.verdict is Verdict.REFUTED else "")
    return said + (word(" since ") + decided(p.because, show, word) if p.because else "") + rests


def _followed(words: str) -> str:
    return FOLLOWS.sub(lambda found: _in_words(found["rules"].split(", ")), words)


def _merged(because: Sequence[str]) -> list[str]:
    """Return the same, both ends of the range of a name in one."""
    found: list[str] = []
    for words in because:
        before, here = (w.parts if isinstance(w, Said) else () for w in (found[-1] if found else "", words))
        ends = len(before) == len(here) == 3 and (before[1], here[1]) == (FROM, TO) and before[0] == here[0]
        if ends:
            found[-1] = Said(*before, TO_THE_END, here[2])
        else:
            found.append(words)
    return found


def _in_words(names: list[str]) -> str:
    known: dict[str, Rule | Method] = {**RULES, **METHODS}
    reasons = dict.fromkeys(known[n].reason.rstrip(".") if n in known else n for n in names)
    return ", ".join(r[0].lower() + r[1:] for r in reasons)
