"""A page with the proofs that were found, as the Python file in which a person would have written it.

What is given and what is claimed is copied as it stands; so are the proofs of orders. The lines of a proof are
expressions in the page's own names.
"""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sympy.core.basic import Basic

import deltasift.rules as rules
from deltasift.calc import BOUNDS, Derivation, Page, Reason, Step
from deltasift.check import check
from deltasift.check.checker import page_scope
from deltasift.check.structure import StepChecker
from deltasift.conditions.prove import Prover
from deltasift.domain import Domain, Index, closure
from deltasift.errors import PageError
from deltasift.inert import Equality, Node, free, postorder
from deltasift.inert.source import source
from deltasift.line.same import Canon, same
from deltasift.line.views import put
from deltasift.pages import load_file, run_file
from deltasift.quantities import QUANTITIES
from deltasift.rule import Theorem

WIDTH = 120
# What the lines of a proof may need beside what the page imports itself.
WRITTEN = frozenset(
    (
        *("S", "calc", "index", "known", "oo", "pi", "step"),
        *("Derivative", "Integral", "Piecewise", "Product", "Sum"),
        *("delta", "dirac", "exp", "iverson", "log", "sigma", "sqrt"),
    )
) | frozenset(q.make.__name__ for q in QUANTITIES.values())


def page_source(page: Page, path: Path, name: str) -> str:
    """Return the file of a page whose proofs were found.

    Parameters
    ----------
    page : Page
    path : Path
        The file from which it was read.
    name : str
        The name of the file to be written.

    Raises
    ------
    PageError
        If the file would not be read as a page that is right.
    """
    text = _Writer(page, path).text()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8", newline="\n")
        problems = check(load_file(file), layers=("structure",)).problems
    if problems:
        raise PageError(f"{name} cannot be written as a page: {problems[0]}")
    return text


class _Writer:
    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.lines = path.read_text(encoding="utf-8").splitlines()
        self.tree = ast.parse("\n".join(self.lines))
        handles = {k: v for k, v in vars(run_file(path)).items() if isinstance(v, Domain)}
        self.names = {d.symbol.name: k for k, d in handles.items()}
        self.limits = {
            k: tuple(ast.dump(_parsed(source(end, self.names))) for end in d.limit[1:])
            for k, d in handles.items()
            if isinstance(d, Index)
        }
        names = frozenset[Basic]().union(*(free(line) for proof in page.proofs for line in proof.lines))
        self.checker = StepChecker(page_scope(page), Prover(), Canon(), names)

    def text(self) -> str:
        body = "\n\n".join([self._given(), self._proofs(), *self._rest()])
        doc = self.tree.body[0] if ast.get_docstring(self.tree) is not None else None
        head = "\n".join(self.lines[: doc.end_lineno]) if doc is not None else '"""A page whose proof was found."""'
        return f"{head}\n\n{self._imports(body)}\n\n{body}\n"

    # --- what is copied --------------------------------------------------------------------------------------------

    def _assigned(self, *names: str) -> ast.stmt | None:
        return next((s for s in self.tree.body if _target(s) in names), None)

    def _given(self) -> str:
        """Return what stands between the imports and the proof."""
        imports = [s.end_lineno or 0 for s in self.tree.body if isinstance(s, (ast.Import, ast.ImportFrom))]
        proof, claim = self._assigned("proof", "proofs"), self._assigned("claim", "claims")
        assert claim is not None
        last = proof.lineno - 1 if proof is not None else claim.end_lineno
        lines = self.lines[max(imports, default=0) : last]
        while lines and (not lines[-1].strip() or lines[-1].strip() == "# Proof"):
            lines.pop()
        return "\n".join(lines).strip()

    def _rest(self) -> Iterator[str]:
        proof = self._assigned("proof", "proofs")
        after = "\n".join(self.lines[proof.end_lineno :]).strip() if proof is not None else ""
        if after:
            yield after

    def _copied(self, i: int) -> str:
        proof = self._assigned("proof", "proofs")
        assert isinstance(proof, (ast.Assign, ast.AnnAssign))
        value = proof.value
        part = value.elts[i] if isinstance(value, (ast.List, ast.Tuple)) else value
        assert part is not None
        found = ast.get_source_segment("\n".join(self.lines), part)
        assert found is not None
        margin = " " * (len(self.lines[part.lineno - 1]) - len(self.lines[part.lineno - 1].lstrip()))
        return found.replace(f"\n{margin}", "\n")

    # --- imports ---------------------------------------------------------------------------------------------------

    def _imports(self, body: str) -> str:
        """Return the imports: of what is used, and what the page imports from elsewhere."""
        tree = ast.parse(body)
        own = {_target(s) for s in tree.body}
        used = {e.id for e in ast.walk(tree) if isinstance(e, ast.Name)} - own
        table = {*rules.RULES, *rules.METHODS, "sum_congr"}
        imported = {
            a.name
            for s in self.tree.body
            if isinstance(s, ast.ImportFrom) and s.module == "deltasift"
            for a in s.names
            if a.asname is None
        }
        public = used & (imported | WRITTEN)
        others = [
            "\n".join(self.lines[s.lineno - 1 : s.end_lineno])
            for s in self.tree.body
            if isinstance(s, ast.Import)
            or (isinstance(s, ast.ImportFrom) and not (s.module or "").startswith("deltasift"))
        ]
        own_rules = used & table - public
        made = [
            _import(m, sorted(n, key=_order)) for m, n in (("deltasift", public), ("deltasift.rules", own_rules)) if n
        ]
        return "\n".join([*others, *[""] * bool(others), *made])

    # --- proofs ----------------------------------------------------------------------------------------------------

    def _proofs(self) -> str:
        made = [
            self._calc(proof) if isinstance(claim, Equality) else self._copied(i)
            for i, (claim, proof) in enumerate(zip(self.page.claims, self.page.proofs, strict=True))
        ]
        indices = "".join(self._fresh())
        claim = self._assigned("claim")
        if claim is not None:
            return f"# Proof\n{indices}proof = {made[0]}"
        inner = "".join(_indented(part) + ",\n" for part in made)
        return f"# Proof\n{indices}proofs = [\n{inner}]"

    def _fresh(self) -> Iterator[str]:
        """Yield the declarations of indices that the page does not have."""
        known = set(self.names) | {d.symbol.name for d in closure(set(self.page.domains)).values()}
        done: set[str] = set()
        for proof in self.page.proofs:
            for line in proof.lines:
                for e in postorder(line):
                    if isinstance(e, Node) and e.binds and e.args[1].name not in known | done:
                        name = e.args[1].name
                        done.add(name)
                        yield f"{_variable(name)} = index({name!r}, {self._expr(e.args[2])}, {self._expr(e.args[3])})\n"

    def _calc(self, proof: Derivation) -> str:
        steps = [s for before, step in zip(proof.lines, proof.steps, strict=False) for s in self._plain(before, step)]
        parts = [self._expr(proof.start), *(self._step(s) for s in steps)]
        return "calc(\n" + "".join(_indented(part) + ",\n" for part in parts) + ")"

    def _plain(self, before: Basic, step: Step) -> Iterator[Step]:
        """Yield a step as it is found again without being told the places: whole, or one rule at a time."""
        whole = replace(step, places=())
        if len(step.places) < 2 or not self.checker.check("1", before, whole).problems:
            yield whole
            return
        line = written = before
        for i, place in enumerate(step.places):
            line = put(line, place.path, place.after)
            last = i == len(step.places) - 1
            if last or step.places[i + 1].rule != place.rule:
                new = step.expr if last else line
                if not same(written, new):
                    yield Step(new, (place.rule,))
                written = new

    def _step(self, step: Step) -> str:
        reasons = [self._reason(r) for r in step.by]
        by = reasons[0] if len(reasons) == 1 else f"[{', '.join(reasons)}]"
        also = f', relation="{step.relation}"' if step.relation in BOUNDS else ""
        flat = f"step({self._expr(step.expr)}, by={by}{also})"
        if len(flat) + 9 <= WIDTH:
            return flat
        return f"step(\n    {self._expr(step.expr)},\n    by={by}{also.replace(', ', ',' + chr(10) + '    ')},\n)"

    def _reason(self, rule: Reason) -> str:
        if isinstance(rule, Theorem):
            return f'known("{rule.name}")' + ".reversed" * rule.is_reversed
        return str(rule)

    def _expr(self, expr: Basic) -> str:
        fresh = {e.args[1].name for e in postorder(expr) if isinstance(e, Node) and e.binds}
        names: Mapping[str, str] = {**{n: _variable(n) for n in fresh}, **self.names}
        return ast.unparse(_Shorter(self.limits).visit(_parsed(source(expr, names))))


class _Shorter(ast.NodeTransformer):
    """Writes `k` for `(k, 1, K)` where that is the range of the handle, and fractions and roots that stay exact."""

    def __init__(self, limits: Mapping[str, tuple[str, ...]]) -> None:
        self.limits = limits

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        node.args = [self._limit(a) for a in node.args]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Pow) and _is_half(node.right):
            return ast.Call(ast.Name("sqrt", ast.Load()), [node.left], [])
        if (
            isinstance(node.op, ast.Div)
            and isinstance(node.left, ast.Constant)
            and isinstance(node.right, ast.Constant)
        ):
            node.left = ast.Call(ast.Name("S", ast.Load()), [node.left], [])  # Python would make a float of it
        return node

    def _limit(self, e: ast.expr) -> ast.expr:
        if isinstance(e, ast.Tuple) and len(e.elts) == 3 and isinstance(e.elts[0], ast.Name):
            name, *ends = e.elts
            assert isinstance(name, ast.Name)
            if self.limits.get(name.id) == tuple(map(ast.dump, ends)):
                return name
        return e


def _is_half(e: ast.expr) -> bool:
    return ast.unparse(e) in ("1 / 2", "S(1) / 2")


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _target(s: ast.stmt) -> str:
    targets = s.targets if isinstance(s, ast.Assign) else [s.target] if isinstance(s, ast.AnnAssign) else []
    return targets[0].id if targets and isinstance(targets[0], ast.Name) else ""


def _variable(name: str) -> str:
    """Return a name of Python for an index."""
    return "".join(c if c.isalnum() else "_" for c in name.replace("'", "_1"))


def _order(name: str) -> tuple[int, str]:
    """Return where an import sorter puts a name: constants, classes, others."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def _import(module: str, names: Sequence[str]) -> str:
    flat = f"from {module} import {', '.join(names)}"
    if len(flat) <= WIDTH:
        return flat
    return f"from {module} import (\n" + "".join(f"    {n},\n" for n in names) + ")"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else line for line in text.split("\n"))
