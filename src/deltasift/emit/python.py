"""Every line as a plain Python function.

Arrays and labels count from 0, as in NumPy and PyTorch, and the page's own indices stay in the loops: `q[k - 1]` is
the page's q_k, and `y[n - 1] + 1` the label that the page calls y_n. Sums that a Kronecker delta cuts down are
written as a choice, so that what the delta makes 0 is never computed.
"""

from __future__ import annotations

import ast
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.check import Line, Report
from deltasift.check.checker import page_scope
from deltasift.domain import DefinedFunction, Table
from deltasift.emit import functions
from deltasift.emit.loops import Loop, Loops
from deltasift.emit.names import Names
from deltasift.emit.storage import Firsts, Storage, storage
from deltasift.emit.text import INDENT, WIDTH, statement
from deltasift.emit.writer import Writer
from deltasift.errors import DepthError, EmitError
from deltasift.line.scope import Scope

TOO_DEEP = "the line is nested more deeply than Python can compile"


@dataclass(frozen=True)
class PythonFunction:
    """A function as source text.

    Attributes
    ----------
    name : str
    parameters : tuple of Symbol
        The page's names of the parameters.
    source : str
    """

    name: str
    parameters: tuple[Symbol, ...]
    source: str


class Program:
    """Functions that share their names, their imports and the page's defined functions.

    Parameters
    ----------
    scope : Scope
        The domains of the page.
    labels_from : int
        What the data call the first label: 0 as in NumPy and PyTorch, or 1.
    """

    what = "executable form"
    header = ""
    writer: type[Writer] = Writer
    conventions: Mapping[str, str] = functions.CONVENTIONS
    called_by: Mapping[str, tuple[str, ...]] = functions.CALLED_BY
    reserved: frozenset[str] = frozenset()  # names that mean something else in the language

    def __init__(self, scope: Scope, labels_from: int = 0) -> None:
        self.scope = scope
        self.labels_from = labels_from
        self.names = Names(self.reserved)
        self.stored: dict[Symbol, Storage] = {}  # the undeclared tables
        self._taken: set[Symbol] = set()  # what the functions written so far take
        self._needed: dict[str, None] = {}
        self._defined: dict[Symbol, PythonFunction] = {}
        for symbol in scope.domains:
            self.names[symbol]

    def need(self, name: str) -> str:
        """Note that a function or constant is used, and return its name."""
        for called in self.called_by.get(name, ()):
            self.need(called)
        self._needed.setdefault(name)
        return name

    def firsts(self, table: Basic) -> Firsts:
        """Return the index of the first entry on each axis of a table's array; nothing where it is a function."""
        domain = self.scope.domains.get(table)
        if isinstance(domain, Table):
            return tuple(lo for _, lo, _ in domain.ranges)
        return self.stored[table].firsts if isinstance(table, Symbol) else ()

    def function(self, name: str, expr: Basic, doc: str = "") -> PythonFunction:
        """Return an expression as a function of the names it uses.

        Raises
        ------
        EmitError
            If it has no executable form.
        DepthError
            If it is nested more deeply than CPython compiles.
        """
        return self.written(name, expr, doc)[0]

    def written(self, name: str, expr: Basic, doc: str = "") -> tuple[PythonFunction, Writer]:
        """Return an expression as a function, and what wrote it."""
        try:
            self.stored = {**storage(expr, self.scope), **self.stored}
            writer = self.writer(self)
            value = writer.line(expr)
            order = list(self.scope.domains)
            parameters = sorted(writer.used, key=lambda s: order.index(s) if s in order else len(order))
            source = self._definition(name, parameters, writer, value, doc)
            self.compiled(source, name)
        except (RecursionError, MemoryError, SyntaxError):
            raise DepthError(TOO_DEEP) from None
        self._taken |= set(parameters)
        return PythonFunction(name, tuple(parameters), source), writer

    def compiled(self, source: str, name: str) -> None:
        """Compile a function, which fails where it is nested too deeply."""
        compile(source, name, "exec", dont_inherit=True)

    def _definition(self, name: str, parameters: Sequence[Symbol], writer: Writer, value: ast.expr, doc: str) -> str:
        head = f"def {name}({', '.join(self.signature(parameters))}):"
        rows = [textwrap.indent(_docstring(doc), INDENT * " ").strip()] if doc else []
        rows += [statement(f"{local} = ", e, INDENT) for local, e in writer.tables.values()]
        rows.append(statement("return ", value, INDENT))
        return "\n".join([head, *(f"{' ' * INDENT}{row}" for row in rows)]) + "\n"

    def signature(self, parameters: Sequence[Symbol]) -> list[str]:
        """Return the parameters as they stand in the definition of a function."""
        return [self.names[p] for p in parameters]

    def define(self, domain: DefinedFunction) -> tuple[str, tuple[Symbol, ...]]:
        """Return the function that stands for a defined one, and what it takes beside its variable."""
        if domain.symbol not in self._defined:
            name, x = self.names[domain.symbol], domain.variable.symbol
            writer = Writer(self)
            value = writer.write(domain.body, Loops((Loop(x),)))
            source = self._definition(name, [x, *writer.used], writer, value, "")
            self._defined[domain.symbol] = PythonFunction(name, tuple(writer.used), source)
        found = self._defined[domain.symbol]
        return found.name, found.parameters

    def described(self) -> list[str]:
        """Say what the data are that the functions written so far take, a sentence each."""
        found = []
        if any(isinstance(d, Table) for d in self.scope.domains.values()):
            found.append(f"Arrays count from 0; the page's first label is {self.labels_from} in the data.")
        stored = [(s, s.described(t, self.names[t])) for t, s in self.stored.items() if t in self._taken]
        arrays = [words for s, words in stored if s.firsts]
        others = [words for s, words in stored if not s.firsts]
        if arrays:
            found.append(f"Arrays hold what the page means, and count from 0: {_listed(arrays)}.")
        if others:
            found.append(f"No loop says where an array would begin, so that {_listed(others)}.")
        if "entry" in self._needed:
            found.append("An index outside of an array is an IndexError, also one before its first entry.")
        return found

    def prelude(self) -> str:
        """Return the imports and the functions that the functions written so far call."""
        by_module: dict[str, list[str]] = {}
        for name in self._needed:
            if name not in self.conventions:
                by_module.setdefault("math" if hasattr(math, name) else "mpmath", []).append(name)
        lines = [f"from {m} import {', '.join(sorted(names))}\n" for m, names in sorted(by_module.items())]
        imports = "".join([self.header, *lines])
        written = [self.conventions[n] for n in self._needed if n in self.conventions]
        written += [f.source for f in self._defined.values()]
        return "\n\n".join(filter(None, [imports, *written]))


def python_source(report: Report, *, labels_from: int = 0, form: type[Program] = Program) -> str:
    """Return all lines of a page as a Python module.

    Parameters
    ----------
    report : Report
    labels_from : int
        What the data call the first label.
    form : type of Program
        `Program` for loops in plain Python, `ArrayProgram` for operations on whole arrays.
    """
    program, found = line_functions(report, labels_from=labels_from, form=form)
    parts = [f"{_docstring(_heading(report, program))}\n"]
    bodies = [f.source if isinstance(f, PythonFunction) else f"# {f}\n" for f in found.values()]
    prelude = program.prelude()
    if prelude:
        parts[0] += ("\n\n" if prelude.startswith("def") else "\n") + prelude
    return "\n\n".join([*parts, *bodies])


def _heading(report: Report, program: Program) -> str:
    title = report.page.title or report.page.name
    words = _filled(" ".join(["One function a line.", *program.described()]))
    assumed = [f"Assumed: {a.statement} ({a.where})." for a in report.ledger]
    wrong = [f"Not proved: {p}." for p in report.unproved]
    return "\n\n".join([title, *map(_filled, wrong), words, *map(_filled, assumed)]) + "\n"


def line_functions(
    report: Report, *, labels_from: int = 0, form: type[Program] = Program
) -> tuple[Program, dict[int, PythonFunction | str]]:
    """Return a function for each line, by its number; in its place the reason where a line has no executable form."""
    program = form(page_scope(report.page), labels_from)
    found: dict[int, PythonFunction | str] = {}
    for x in report.lines:
        try:
            found[x.number] = program.function(program.names.fresh(f"line_{x.number}"), x.expr, _about(x))
        except (EmitError, DepthError) as why:
            found[x.number] = f"line {x.number} has no {form.what}: {why}"
    return program, found


def _about(x: Line) -> str:
    reason = f" by {', '.join(x.by)}" if x.by else ""
    shown = textwrap.indent(_filled(str(x.expr), INDENT), INDENT * " ")
    checked = "; ".join(f"{c.kind} {c.status}: {c.covers}" if c.status != "passed" else c.covers for c in x.checks)
    parts = [
        f"Line {x.number}{reason}{', not proved' if x.problems else ''}.",
        shown,
        *([_filled(f"Checked: {checked}.")] if checked else []),
    ]
    return "\n\n".join(parts) + "\n"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _filled(words: str, indent: int = 0) -> str:
    return textwrap.fill(words, WIDTH - INDENT - indent, break_long_words=False, break_on_hyphens=False)


def _docstring(words: str) -> str:
    raw = "r" if "\\" in words else ""
    return f'{raw}"""{words}"""' if '"""' not in words and not words.endswith(("\\", '"')) else repr(words)
