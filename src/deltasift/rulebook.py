"""The rule table in words: what each rule states, under which conditions, where these are needed, and who uses it.

`deltasift rules` prints it, and `docs/reference/rules.md` is made of it.
"""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.calc import Derivation
from deltasift.catalogue import page_names
from deltasift.errors import PageError
from deltasift.inert import Apply, inert
from deltasift.pages import listed
from deltasift.rule import Bound, End, Fn, Int, Method, Real, Rule, Table, Under, Variable
from deltasift.rules import METHODS, RULES, SUBJECTS

Show = Callable[[Basic], str]

KINDS: Mapping[type[Variable], tuple[str, str]] = {
    Int: ("an integer", "integers"),
    End: ("an integer or infinite", "integers or infinite"),
    Real: ("a real", "reals"),
    Bound: ("bound by the sum, product or integral", "bound by the sums, products or integrals"),
    Fn: ("any expression of what is in its brackets", "any expressions of what is in their brackets"),
    Table: ("a table or function by its name", "tables or functions by their names"),
}
ARGUMENTS = ("u", "v", "w")
MOST = 3  # rules that are shown whole; of more there is a list


def found(words: Sequence[str]) -> list[Rule | Method]:
    """Return the rules that words speak of: one by its name, or all in which every word occurs.

    Raises
    ------
    PageError
        If there is none; it names the nearest.
    """
    table: dict[str, Rule | Method] = {**RULES, **METHODS}
    if len(words) == 1 and words[0] in table:
        return [table[words[0]]]
    rules = [r for _, rs in subjects() for r in rs if all(w.lower() in _spoken(r) for w in words)]
    if not rules:
        near = difflib.get_close_matches(" ".join(words), table, n=3)
        hint = f"; there is {' and '.join(near)}" if near else ""
        raise PageError(f"no rule is called {' '.join(words)} or speaks of it{hint}")
    return rules


def subjects() -> Iterator[tuple[str, list[Rule | Method]]]:
    """Yield the subjects, each in a sentence, with the rules of the files about it."""
    by_subject: dict[str, list[ModuleType]] = {}
    for file in (*SUBJECTS, *_coded_files()):
        by_subject.setdefault(file.__name__.rpartition(".")[2], []).append(file)
    for files in by_subject.values():
        rules = [r for file in files for r in vars(file).values() if isinstance(r, (Rule, Method))]
        yield (inspect.getdoc(files[0]) or "").split("\n")[0], rules


def rules_text(words: Sequence[str], show: Show) -> str:
    """Return the rules that words speak of: a few of them whole, of more a line each."""
    rules = found(words)
    if len(rules) <= MOST:
        pages = pages_by_rule()
        return "\n".join("\n".join(_whole(r, show, pages.get(r.name, ()))) + "\n" for r in rules)
    width = max(len(r.name) for r in rules)
    return "".join(f"{r.name:{width}}  {r.reason}\n" for r in rules)


def _whole(rule: Rule | Method, show: Show, pages: Sequence[str]) -> Iterator[str]:
    yield f"{rule.name}  {rule.reason}"
    if isinstance(rule, Rule):
        for s in rule.statements:
            yield f"    {show(s.relation)}"
            for condition, point in s.conditions:
                yield f"        where {show(condition)}; without it false at {at(point, show)}"
        for names, kind in variables(rule):
            yield f"  {names} {kind}"
    else:
        yield f"  {judged(rule)}"
    yield f"  {rule.ref}"
    if pages:
        yield f"  used by {', '.join(pages)}"


def variables(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield the variables of a rule with what they stand for, those of one kind together."""
    for kind, (one, many) in KINDS.items():
        names = [name for name, k in rule.variables.items() if k is kind]
        if names:
            yield ", ".join(names), f"is {one}" if len(names) == 1 else f"are {many}"


def judged(rule: Method) -> str:
    """Return how a use of a coded rule is judged."""
    if rule.verifier:
        return "Carried out by code; each use is judged from what is before and after it."
    return f"Carried out by code; {rule.unverified or 'the judge works it out itself.'}"


def at(point: Mapping[str, object], show: Show) -> str:
    """Return a point at which a rule is false without one of its conditions."""
    return ", ".join(_value(name, value, show) for name, value in point.items())


def _value(name: str, value: object, show: Show) -> str:
    if not callable(value) or isinstance(value, Basic):
        return f"{show(Symbol(name))} = {show(inert(value))}"
    names = [Symbol(x) for x in ARGUMENTS[: len(inspect.signature(value).parameters)]]
    return f"{show(Apply(Symbol(name), *names))} = {show(inert(value(*names)))}"


@cache
def pages_by_rule() -> dict[str, tuple[str, ...]]:
    """Return the pages of the catalogue that name a rule as the reason of a line, by the rule's name; read once."""
    using: dict[str, dict[str, None]] = {}
    for name in page_names():
        for proof in listed(name).proofs:
            for rule in _named(proof):
                using.setdefault(rule, {})[name] = None
    return {rule: tuple(sorted(pages)) for rule, pages in using.items()}


def _named(proof: Derivation) -> Iterator[str]:
    for s in proof.steps:
        for reason in s.by:
            yield reason.rule.name if isinstance(reason, Under) else reason.name
        if s.inner is not None:
            yield from _named(s.inner)


def _spoken(rule: Rule | Method) -> str:
    stated = [str(s.relation) for s in rule.statements] if isinstance(rule, Rule) else []
    return " ".join([rule.name, rule.reason, rule.ref, *stated]).lower()


def _coded_files() -> Iterator[ModuleType]:
    """Yield the files of the rules that are code, and of those that the search carries out."""
    names = dict.fromkeys(r.find.__module__ for r in METHODS.values() if r.find is not None)
    for name in ("deltasift.rules.methods", "deltasift.rules.order", *names):
        yield import_module(name)


# --- the reference -------------------------------------------------------------------------------------------------

HEAD = """# The rules

Written by `pytest tests/test_rulebook.py --update-golden` from the rule table. A rule states an equality, for all
values of what stands in it that are of their kinds, wherever its conditions are true; beside each condition is a point
at which the sides differ, that condition alone being false. A coded rule has no one pattern. `deltasift rules WORD`
prints the same in a terminal, with the pages that use it.
"""


def reference(show: Show) -> str:
    """Return the rule table as Markdown, a section for each subject; `show` prints an expression as LaTeX."""
    return "\n".join([HEAD, *(row for title, rules in subjects() for row in _section(title, rules, show))])


def _section(title: str, rules: Sequence[Rule | Method], show: Show) -> Iterator[str]:
    yield f"## {title.rstrip('.')}\n"
    for r in rules:
        yield f"### {r.name}\n\n{r.reason}\n"
        if isinstance(r, Rule):
            for s in r.statements:
                yield f"$$ {show(s.relation)} $$\n"
                for condition, point in s.conditions:
                    yield f"* where ${show(condition)}$; without it false at ${at(point, show)}$"
                if s.conditions:
                    yield ""
            yield "; ".join(f"`{names}` {kind}" for names, kind in variables(r)) + ".\n"
        else:
            yield f"{judged(r)}\n"
        yield f"Reference: {r.ref}.\n"
