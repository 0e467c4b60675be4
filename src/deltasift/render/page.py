"""A page with the proofs that were found, as the Python file in which a person would have written it.

What is given and what is claimed is copied as it stands; so are the proofs of orders. The lines of a proof are
expressions in the page's own names.
"""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sympy.core.basic import Basic

import deltasift.rules as rules
from deltasift.calc import Derivation, Page
from deltasift.check import check
from deltasift.check.checker import page_scope
from deltasift.check.structure import StepChecker
from deltasift.conditions.prove import Prover
from deltasift.domain import closure
from deltasift.errors import PageError
from deltasift.finishing import as_written
from deltasift.inert import Equality, free
from deltasift.line.same import Canon
from deltasift.pages import load_file, run_file
from deltasift.quantities import QUANTITIES
from deltasift.render.spelling import Spelling, import_line, import_order, indented

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
        self.spelling = Spelling(run_file(path))
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
            import_line(m, sorted(n, key=import_order))
            for m, n in (("deltasift", public), ("deltasift.rules", own_rules))
            if n
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
        inner = "".join(indented(part) + ",\n" for part in made)
        return f"# Proof\n{indices}proofs = [\n{inner}]"

    def _fresh(self) -> Iterator[str]:
        """Yield the declarations of indices that the page does not have."""
        known = {d.symbol.name for d in closure(set(self.page.domains)).values()}
        return self.spelling.fresh((line for proof in self.page.proofs for line in proof.lines), known)

    def _calc(self, proof: Derivation) -> str:
        pairs = zip(proof.lines, proof.steps, strict=False)
        steps = [s for before, step in pairs for s in as_written(self.checker, before, step)]
        parts = [self.spelling.expr(proof.start), *(self.spelling.step(s) for s in steps)]
        return "calc(\n" + "".join(indented(part) + ",\n" for part in parts) + ")"


def _target(s: ast.stmt) -> str:
    targets = s.targets if isinstance(s, ast.Assign) else [s.target] if isinstance(s, ast.AnnAssign) else []
    return targets[0].id if targets and isinstance(targets[0], ast.Name) else ""
