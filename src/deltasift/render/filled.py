"""A page with the reasons that were found put where `auto` stands; whatever else is in the file stays as it is."""

from __future__ import annotations

import ast
import tempfile
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import deltasift.rules as rules
from deltasift.calc import Page, Reason, Step, Written
from deltasift.check import check
from deltasift.domain import closure
from deltasift.errors import PageError
from deltasift.finishing import Filled, in_python
from deltasift.pages import load_file, run_file
from deltasift.render.page import WRITTEN
from deltasift.render.spelling import WIDTH, Spelling, import_line, import_order, indented
from deltasift.rule import Theorem, Under

RULES = "deltasift.rules"


@dataclass(frozen=True)
class Finished:
    """The file of a page before and after reasons were put into it.

    Attributes
    ----------
    before, after : str
    encoding : str
        That of the file.
    """

    before: str
    after: str
    encoding: str

    def to_bytes(self) -> bytes:
        """Return what is to be in the file."""
        return self.after.encode(self.encoding)


def with_reasons(page: Page, filled: Sequence[Filled], path: Path) -> Finished:
    """Return the file of a page with the reasons that were found for its lines.

    Parameters
    ----------
    page : Page
        As it was read from the file.
    filled : sequence of Filled
    path : Path

    Raises
    ------
    PageError
        If reasons cannot be put where `auto` stands, such as where one place of the file makes several lines, or if
        the file would not be read as a page in which they are right.
    """
    with path.open("rb") as file:
        encoding = tokenize.detect_encoding(file.readline)[0]
    before = path.read_bytes().decode(encoding)
    found = [f for f in filled if f.steps]
    text = _Text(before)
    module = run_file(path)
    writer = _Writer(page, module, text, path)
    for places in _by_place(found, path):
        writer.fill(places)
    after = _with_imports(text.edited(), writer.new | writer.used, module)
    _check(page, filled, after.encode(encoding), path.name)
    return Finished(before, after, encoding)


def _check(page: Page, filled: Sequence[Filled], content: bytes, name: str) -> None:
    """Raise an error if not all that was found is right as it is written now."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        found = check(load_file(file), layers=("structure",))
    before = check(page, layers=("structure",))
    left = len([p for p in before.problems if ": auto " not in p])
    left += 2 * len([f for f in filled if not f.steps])  # each is said twice: that it is open, and what is found
    if len(found.problems) > left:
        raise PageError(f"{name} cannot be written: {found.problems[0]}")


def _by_place(filled: Sequence[Filled], path: Path) -> Iterator[list[Filled]]:
    """Yield what was found at each place of the file."""
    places: dict[Written, list[Filled]] = defaultdict(list)
    for f in filled:
        assert f.step.written is not None
        if Path(f.step.written.file).resolve() != path.resolve():
            raise PageError(f"line {f.number} is written in another file, {Path(f.step.written.file).name}")
        places[f.step.written].append(f)
    for place, here in places.items():
        if len({f.said for f in here}) > 1 or (len(here) > 1 and len(here[0].steps) > 1):
            numbers = " and ".join(f.number for f in here)
            raise PageError(
                f"lines {numbers} are written in one place, line {place.line} of the file, by other reasons"
            )
        yield here


class _Text:
    """The text of a file, and what is to be put for parts of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.tree = ast.parse(text)
        self._edits: list[tuple[int, int, str]] = []

    def place(self, line: int, byte: int) -> int:
        """Return which character stands at a line, from 1, and a byte of it."""
        before = sum(len(x) + 1 for x in self.lines[: line - 1])
        return before + len(self.lines[line - 1].encode()[:byte].decode())

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self.place(node.lineno, node.col_offset), self.place(node.end_lineno, node.end_col_offset)

    def source(self, node: ast.expr) -> str:
        start, end = self.span(node)
        return self.text[start:end]

    def put(self, start: int, end: int, new: str) -> None:
        ending = "\r\n" if "\r\n" in self.text else "\n"
        self._edits.append((start, end, new.replace("\n", ending)))

    def edited(self) -> str:
        text = self.text
        for start, end, new in sorted(self._edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text


class _Writer:
    def __init__(self, page: Page, module: ModuleType, text: _Text, path: Path) -> None:
        self.page = page
        self.module = module
        self.text = text
        self.name = path.name
        self.spelling = Spelling(module)
        self.known = {d.symbol.name for d in closure(set(page.domains)).values()}
        self.parents = {child: e for e in ast.walk(text.tree) for child in ast.iter_child_nodes(e)}
        self.new: set[str] = set()  # the names of the rules that are put in
        self.used: set[str] = set()  # the names in the lines that are put in

    def fill(self, here: Sequence[Filled]) -> None:
        """Put what was found for the line, or the lines, that a place of the file makes."""
        first = here[0]
        call = self._call(first)
        by = next((k.value for k in call.keywords if k.arg == "by"), None)
        place = self._auto(by) if by is not None else None
        if by is None or place is None:
            raise PageError(
                f"line {first.number}: in line {call.lineno} of {self.name} there is no by=auto to be replaced"
            )
        if len(first.steps) == 1:
            self._reasons(call, place, first.steps[0], is_alone=place is by)
        else:
            every = by.elts if isinstance(by, (ast.List, ast.Tuple)) else [by]
            self._lines(call, first, [self.text.source(e) for e in every if e is not place])

    def _call(self, found: Filled) -> ast.Call:
        assert found.step.written is not None
        _, line, byte = found.step.written
        for e in ast.walk(self.text.tree):
            if isinstance(e, ast.Call) and (e.lineno, e.col_offset) == (line, byte):
                return e
        raise PageError(f"line {found.number}: {self.name} has been changed since it was read")

    @staticmethod
    def _auto(by: ast.expr) -> ast.expr | None:
        """Return where `auto` stands: it alone is a name among the reasons of a step."""
        inside = by.elts if isinstance(by, (ast.List, ast.Tuple)) else [by]
        return next((e for e in inside if isinstance(e, (ast.Name, ast.Attribute))), None)

    def _reasons(self, call: ast.Call, place: ast.expr, step: Step, *, is_alone: bool) -> None:
        names = [self._reason(r) for r in step.by]
        said = ", ".join(names)
        new = f"[{said}]" if is_alone and len(names) > 1 else said
        start, end = self.text.span(place)
        growth = len(new) - (end - start)
        too_long = len(self.text.lines[call.lineno - 1].rstrip()) + growth > WIDTH
        if too_long and call.lineno == call.end_lineno:
            self._broken(call, place, new)
        else:
            self.text.put(start, end, new)

    def _broken(self, call: ast.Call, place: ast.expr, new: str) -> None:
        """Write a call that becomes too long for a line over several."""
        start, end = self.text.span(call)
        at, after = self.text.span(place)
        parts = []
        for e in [*call.args, *(k.value for k in call.keywords)]:
            a, b = self.text.span(e)
            name = next((f"{k.arg}=" for k in call.keywords if k.value is e and k.arg), "")
            inside = self.text.text[a:b] if not a <= at < b else self.text.text[a:at] + new + self.text.text[after:b]
            parts.append(f"    {name}{inside},\n")
        text = f"{self.text.source(call.func)}(\n{''.join(parts)})"
        self.text.put(start, end, self._at(call, text))

    def _at(self, call: ast.Call, text: str) -> str:
        """Return lines as far in as a call is."""
        line = self.text.lines[call.lineno - 1]
        margin = len(line) - len(line.lstrip())
        return indented(text, margin).lstrip()

    def _lines(self, call: ast.Call, found: Filled, beside: Sequence[str]) -> None:
        """Put several lines where one stood."""
        outer = self.parents.get(call)
        if not isinstance(outer, ast.Call) or call not in outer.args:
            where = f"line {call.lineno} of {self.name}"
            raise PageError(
                f"line {found.number} follows by {len(found.steps)} lines, for which there is no place in {where}"
            )
        step = self.text.source(call.func)
        made = []
        for s in found.steps:
            reasons = [*(self._reason(r) for r in s.by), *beside]
            by = reasons[0] if len(reasons) == 1 else f"[{', '.join(reasons)}]"
            line = self.text.source(call.args[0]) if s is found.steps[-1] else self.spelling.expr(s.expr)
            made.append(self.spelling.laid_out(step, line, by, s.relation))
            if s is not found.steps[-1]:
                self.used |= {e.id for e in ast.walk(ast.parse(line)) if isinstance(e, ast.Name)}
        start, end = self.text.span(call)
        line = self.text.lines[call.lineno - 1]
        before = line.encode()[: call.col_offset].decode()
        if before.strip():  # it does not begin its line
            margin = len(line) - len(line.lstrip())
            start -= len(before) - len(before.rstrip())
            inside = indented(",\n".join(made), margin + 4)
            self.text.put(start, end, f"\n{inside},\n{' ' * margin}")
        else:
            self.text.put(start, end, self._at(call, ",\n".join(made)))
        declared = "".join(self.spelling.fresh((s.expr for s in found.steps), self.known))
        if declared:
            statement: ast.AST = call
            while not isinstance(self.parents[statement], ast.Module):
                statement = self.parents[statement]
            assert isinstance(statement, ast.stmt)
            self.text.put(self.text.span(statement)[0], self.text.span(statement)[0], declared)
            self.known |= {d.partition(" = ")[0] for d in declared.splitlines()}
            self.used.add("index")

    def _reason(self, reason: Reason) -> str:
        """Return a reason in the names of the page."""
        if isinstance(reason, Theorem):
            self.used.add("known")
            return in_python((reason,))
        if isinstance(reason, Under):
            self.new.add("sum_congr")
            return f"sum_congr({self._reason(reason.rule)})"
        own = reason.reversed if reason.is_reversed else reason
        names = [k for k, v in vars(self.module).items() if type(v) is type(own) and v == own]
        name = reason.name if reason.name in names or not names else names[0]
        if not names:
            self.new.add(name)
        return name + ".reversed" * reason.is_reversed


# --- imports ----------------------------------------------------------------------------------------------------------


def _with_imports(source: str, used: set[str], module: ModuleType) -> str:
    """Return a page that imports what it lacks, and no more `auto` where nothing says it."""
    there = set(vars(module))
    table = {*rules.RULES, *rules.METHODS, "sum_congr"}
    for where, names in ((RULES, (used & table) - there), ("deltasift", (used & WRITTEN) - table - there)):
        if names:
            source = _importing(source, where, names)
    tree = ast.parse(source)
    said = {e.id for e in ast.walk(tree) if isinstance(e, ast.Name)}
    return source if "auto" in said else _importing(source, "deltasift", set())


def _importing(source: str, where: str, names: set[str]) -> str:
    """Return a page that imports more names from a module; `auto` goes where none are added."""
    text = _Text(source)
    imports = [s for s in text.tree.body if isinstance(s, (ast.Import, ast.ImportFrom))]
    mine = [s for s in imports if isinstance(s, ast.ImportFrom) and s.module == where and s.names[0].name != "*"]
    if not names:
        mine = [s for s in mine if any(a.name == "auto" and a.asname is None for a in s.names)]
        if not mine:
            return source
    elif not mine or "#" in text.text[slice(*text.span(mine[-1]))]:
        last = imports[-1]
        text.put(text.span(last)[1], text.span(last)[1], "\n" + import_line(where, sorted(names, key=import_order)))
        return text.edited()
    start, end = text.span(mine[-1])
    kept = {a.name if a.asname is None else f"{a.name} as {a.asname}" for a in mine[-1].names}
    kept = kept | names if names else kept - {"auto"}
    if kept:
        is_long = mine[-1].lineno != mine[-1].end_lineno
        text.put(start, end, import_line(where, sorted(kept, key=import_order), is_long=is_long))
    else:
        text.put(start, end + 1, "")
    return text.edited()
