"""The rules, one subject a file, and the tables of them all.

A rule is registered by being written: whatever file of this package defines it, its name can be imported from here.
The rules that are data are read at once. What carries the coded rules out, in `coded/`, is read when one of them is
first asked for, so that a judge of recorded steps needs none of it.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, TypeVar

from deltasift.inert import Equality
from deltasift.rule import Method, Rule
from deltasift.rule import Under as Under

T = TypeVar("T", Rule, Method)


def _files(folder: ModuleType | None = None) -> tuple[ModuleType, ...]:
    """Return the modules of a folder of rules, by name."""
    here, name = (__path__, __name__) if folder is None else (folder.__path__, folder.__name__)
    return tuple(import_module(f"{name}.{m.name}") for m in iter_modules(here) if not m.ispkg)


def _of_kind(kind: type[T], *files: ModuleType) -> dict[str, T]:
    return {v.name: v for file in files for v in vars(file).values() if isinstance(v, kind)}


FILES = _files()
SUBJECTS = tuple(file for file in FILES if _of_kind(Rule, file))
RULES: dict[str, Rule] = _of_kind(Rule, *FILES)
INEQUALITIES = {name: r for name, r in RULES.items() if any(type(s.relation) is not Equality for s in r.statements)}
EQUALITIES = {name: r for name, r in RULES.items() if name not in INEQUALITIES}
_STATED = _of_kind(Method, *FILES)  # that the search or the check of orders carries out
_OTHERS = {name: value for file in FILES for name, value in vars(file).items() if name in ("ORDER", "sum_congr")}
globals().update(RULES | _STATED | _OTHERS)


def _coded() -> dict[str, Method]:
    return _of_kind(Method, *_files(import_module(f"{__name__}.coded")))


def __getattr__(name: str) -> Any:
    if name.startswith("__") and name != "__all__":
        raise AttributeError(name)
    if "METHODS" not in globals():
        methods = _STATED | _coded()
        tables = {"EQUALITIES", "INEQUALITIES", "METHODS", "ORDER", "RULES", "SUBJECTS", "Under", "sum_congr"}
        globals().update(methods, METHODS=methods, __all__=sorted(tables | set(RULES) | set(methods)))
    if name in globals():
        return globals()[name]
    near = get_close_matches(name, globals()["__all__"])
    raise AttributeError(f"no rule is called {name}" + (f"; there is {' and '.join(near)}" if near else ""))


def __dir__() -> list[str]:
    return [*globals(), *__getattr__("__all__")]
