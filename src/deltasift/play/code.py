"""What the page computes with: a JavaScript function for each line, each table of terms, and what a reader may set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.checker import page_scope
from deltasift.check.report import Line, Report, Substep
from deltasift.domain import DefinedFunction, Density, Domain, Family, Index, Labels, Pmf, Reals, Size, Table
from deltasift.emit.javascript import JavaScriptProgram
from deltasift.errors import DepthError, EmitError
from deltasift.inert import Entry, Product, free
from deltasift.inert.mathml import MathmlLayout
from deltasift.inert.notation import Notation
from deltasift.play.around import around
from deltasift.play.example import starts
from deltasift.play.loops import loop
from deltasift.play.masses import Masses, pictures
from deltasift.play.symbols import quantities
from deltasift.play.terms import Terms, tables
from deltasift.render.board import board
from deltasift.render.text import MANY


def between(x: Line) -> Iterator[tuple[Substep, Basic, Basic]]:
    """Yield the substeps that a reader may unfold, each with the line after it and the line before."""
    if x.before is None or not 1 < len(x.substeps) <= MANY:
        return
    before = x.before
    for s, e in zip(x.substeps, x.between(), strict=True):
        yield s, e, before
        before = e


def shown(x: Line) -> Iterator[tuple[str, Basic]]:
    """Yield the lines that a step shows, those of its substeps first, each with its number."""
    yield from ((s.number, e) for s, e, _ in between(x))
    yield str(x.number), x.expr


class Raw(str):
    """Text that is code already."""


class Code:
    """The functions of a page, and the tables that name them."""

    def __init__(self, report: Report, notation: Notation | None = None) -> None:
        self.report = report
        self.program = JavaScriptProgram(page_scope(report.page))
        self.sources: list[str] = []
        self._written: dict[Basic, dict[str, Any]] = {}
        scope = self.program.scope
        self._terms: dict[str, Terms] = {}
        masses: dict[str, Masses] = {}
        for i, _ in enumerate(report.page.proofs):
            numbered = [pair for x in report.lines if x.proof == i for pair in shown(x)]
            found = tables([e for _, e in numbered], scope)
            self._terms |= {n: t for (n, _), t in zip(numbered, found, strict=True) if t is not None}
            seen = pictures([e for _, e in numbered], scope)
            masses |= {n: m for (n, _), m in zip(numbered, seen, strict=True) if m is not None}
        self._indices = {s for t in self._terms.values() for s in (t.grid.row, t.grid.column)}
        self._indices |= {s for m in masses.values() for s in (m.index, m.variable)}
        lines = dict(pair for x in report.lines for pair in shown(x))
        self.lines = {number: self.reference(f"line_{number}", e) for number, e in lines.items()}
        views = {number: self._picture(number, m) for number, m in masses.items()}
        views |= {number: self._view(number, t, lines[number]) for number, t in self._terms.items()}
        self.views = {number: v for number, v in views.items() if v is not None}
        self._free = frozenset[Basic]().union(*(free(x.expr) for x in report.lines))
        begin = starts(report.page)
        inputs = ((d.name, self._input(d)) for d in report.page.domains)
        self.data = [d | ({"start": begin[n]} if n in begin else {}) for n, d in inputs if d is not None]
        self.values = {d.name: v for d in report.page.domains if (v := self._value(d)) is not None}
        for name, e in quantities(report, MathmlLayout(notation)).items():
            self.values[name] = {"entry": self.reference("quantity", e), "names": [], "axes": []}

    def reference(self, name: str, e: Basic) -> dict[str, Any]:
        """Write a function, each once; return its name and those of its parameters, or why there is none."""
        if e not in self._written:
            self._written[e] = self._reference(name, e)
        return self._written[e]

    def _reference(self, name: str, e: Basic) -> dict[str, Any]:
        try:
            f = self.program.function(self.program.names.fresh(name.replace(".", "_")), e)
        except (EmitError, DepthError) as why:
            return {"why": str(why)}
        self.sources.append(f.source)
        names = self.program.names
        undeclared = [s for s in f.parameters if s not in self.program.scope.domains and s not in self._indices]
        if undeclared:
            return {"why": f"{', '.join(map(str, undeclared))} has no value here, since the page does not declare it"}
        return {"run": Raw(f.name), "of": [names[s] for s in f.parameters]}

    def _view(self, number: str, t: Terms, line: Basic) -> dict[str, Any] | None:
        def of(what: str, e: Basic | None) -> dict[str, Any] | None:
            return None if e is None else self.reference(f"{what}_{number}", e)

        g = t.grid
        names = self.program.names
        label = g.label if isinstance(g.label, Entry) else None
        domain = None if label is None else self.program.scope.domains.get(label.table)
        settable = isinstance(domain, Labels) and label is not None and label.indices == (g.row,)
        view = {
            "kind": t.kind,
            "fold": "product" if t.fold is Product else "sum",
            "along": t.along,
            "row": names[g.row],
            "column": names[g.column],
            "rowName": str(g.row),
            "columnName": str(g.column),
            "rows": [of("first_row", g.rows[0]), of("last_row", g.rows[1])],
            "columns": [of("first_column", g.columns[0]), of("last_column", g.columns[1])],
            "labels": names[domain.symbol] if settable and domain is not None else None,
            "hit": of("hit", g.delta),
            "label": of("label", g.label),
            "counts": t.cell == g.delta,
            "cell": of("cell", t.cell),
            "inner": of("inner", t.inner),
            "outer": of("outer", t.outer if t.outer != t.inner else None),
            "total": of("total", t.total),
        }
        outside = around(line, t.total, self.report.page.domains)
        return _if_written(view | {"loop": loop(t)} | ({"around": outside} if outside else {}))

    def _picture(self, number: str, m: Masses) -> dict[str, Any] | None:
        names = self.program.names
        return _if_written(
            {
                "kind": m.kind,
                "row": names[m.index],
                "rowName": str(m.index),
                "rows": [self.reference(f"first_mass_{number}", m.ends[0]), self.reference("last_mass", m.ends[1])],
                "variable": names[m.variable],
                "variableName": str(m.variable),
                "point": self.reference(f"point_{number}", m.point),
                "curve": self.reference(f"curve_{number}", m.curve),
                "curveName": board(m.curve),
            }
        )

    # --- what a reader sets ----------------------------------------------------------------------------------------

    def _input(self, d: Domain) -> dict[str, Any] | None:
        """Return what a reader may set, with the functions that say how much of it there is."""
        name = self.program.names[d.symbol]
        if isinstance(d, Size):
            return {"kind": "size", "id": name, "name": d.name}
        if isinstance(d, Density):
            return {"kind": "density", "id": name, "name": d.name}
        if isinstance(d, DefinedFunction) or (isinstance(d, Reals) and not d.over and d.symbol not in self._free):
            return {"kind": "function" if isinstance(d, DefinedFunction) else "bound", "id": name, "name": d.name}
        if isinstance(d, Index):
            return {"kind": "index", "id": name, "name": d.name, "ends": self._ends(f"{name}_index", d.lo, d.hi)}
        if not isinstance(d, Table) or isinstance(d, Family):
            return None
        axes = [self._ends(f"{name}_axis_{i}", lo, hi) for i, (_, lo, hi) in enumerate(d.ranges)]
        found: dict[str, Any] = {"id": name, "name": d.name, "axes": axes, "indices": [str(i) for i, _, _ in d.ranges]}
        if isinstance(d, Labels):
            counted = {"counted": True} if d.counted else {}
            return found | counted | {"kind": "labels", "ends": self._ends(f"{name}_label", d.lo, d.hi)}
        if isinstance(d, Pmf):
            return found | {"kind": "pmf"}
        assert isinstance(d, Reals)
        ends = [None if e is None else self.reference(f"{name}_bound", e) for e in (d.above, d.below)]
        return found | {"kind": "real", "ends": ends}

    def _ends(self, name: str, lo: Basic, hi: Basic) -> list[dict[str, Any]]:
        return [self.reference(f"{name}_first", lo), self.reference(f"{name}_last", hi)]

    def _value(self, d: Domain) -> dict[str, Any] | None:
        """Return how the value of what is defined is computed, entry by entry."""
        if not isinstance(d, Family):
            return None
        known = {i.symbol for i in d.over}
        if not known <= set(self.program.scope.domains):
            return None
        entry = self.reference(f"value_of_{self.program.names[d.symbol]}", Entry(d, *d.over) if d.over else d.body)
        axes = [self._ends(f"{self.program.names[d.symbol]}_axis", lo, hi) for _, lo, hi in d.ranges]
        return {"entry": entry, "names": [self.program.names[i.symbol] for i in d.over], "axes": axes}

    def source(self) -> str:
        """Return the code of the page's own functions, and the tables of them."""
        tables = {"LINES": self.lines, "VIEWS": self.views, "DATA": self.data, "VALUES": self.values}
        rows = [f"const {name} = {literal(value)};" for name, value in tables.items()]
        back = f"return {{ {', '.join(tables)} }};"
        inner = "\n".join([self.program.prelude(), *self.sources, *rows, back])
        return f"const PAGE = (() => {{\n{inner}\n}})();"


def _if_written(view: dict[str, Any]) -> dict[str, Any] | None:
    """Return a view whose functions could all be written, None otherwise."""
    parts = [x for v in view.values() for x in (v if isinstance(v, list) else [v]) if isinstance(x, dict)]
    return view if all("run" in x for x in parts) else None


def literal(value: Any) -> str:
    """Return plain data as JavaScript that may stand in HTML."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{literal(k)}:{literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ",".join(map(literal, value)) + "]"
    text = json.dumps(value)  # ASCII alone
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
