"""The LaTeX documents, compiled: no warning, no line in the margin, as many pages as allowed, nothing stranded."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from checked import report
from deltasift.catalogue import page_names
from deltasift.check import Report, check
from deltasift.pages import load_file
from deltasift.render import document
from deltasift.render.tex import STYLES
from deltasift.render.theorems import theorems
from founding import FOUNDING

WRONG = Path(__file__).parents[1] / "wrong"
ON_ITS_OWN = [style for style in STYLES if style != "fragment"]
BEGIN, END = r"\begin{document}", r"\end{document}"
HOST = r"""\documentclass[%s]{article}
\usepackage[utf8]{inputenc}
\usepackage{amsmath,amssymb,amsthm,graphicx}
\begin{document}
\begin{equation}\label{host} x = x \end{equation}
%s
\begin{thebibliography}{9}
%s
\end{thebibliography}
\end{document}
"""


@cache
def wrong(name: str) -> Report:
    return check(load_file(WRONG / f"{name}.py"), points=10)


def compiled(source: str, folder: Path, times: int = 2) -> str:
    """Compile a document and return the log of the last run."""
    (folder / "page.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    for _ in range(times):
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-2000:]
    return (folder / "page.log").read_text(encoding="utf-8", errors="replace")


def pages_of(folder: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", "page.pdf", "-"], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode("utf-8").removesuffix("\f").split("\f")


@pytest.mark.tex
def test_a_proof_compiles_without_a_warning(tmp_path: Path) -> None:
    log = compiled(document(report("kl_is_constant_plus_nll")), tmp_path)
    assert re.findall(r"(?:Warning|Overfull|Underfull).*", log) == []
    assert len(pages_of(tmp_path)) == 1


@pytest.mark.tex
@pytest.mark.parametrize("size", ["11pt", "10pt"])
def test_every_proof_is_on_one_sheet_or_two_and_nothing_is_stranded(size: str, tmp_path: Path) -> None:
    """All pages of one size in one document, each counted from 1, so that TeX starts once."""
    reports = [r for r in map(report, page_names()) if f",{size}]" in document(r)]
    assert reports
    log = compiled(joined(reports, "proof"), tmp_path)
    assert re.findall(r"Overfull.*|.*undefined on input.*", log) == []
    found = re.findall(r"sheets of (\w+): (\d+)", log.replace("\n", ""))
    counts = {name: int(after) - 1 for name, after in found}
    assert len(counts) == len(reports)
    assert {name: n for name, n in counts.items() if n > 2} == {}
    pages = pages_of(tmp_path)
    assert all(re.search(r"\(\d+\)", page) for page in pages), "what was checked, or a reference, stands alone"
    words = " ".join(" ".join(pages).split())
    assert words.count("Proof.") == sum(len(r.page.proofs) for r in reports)
    assert "[?]" not in words


def joined(reports: list[Report], style: str) -> str:
    """Return the documents of several pages as one, so that TeX starts once; a slide is one page with all its steps."""
    made = [document(r, style=style) for r in reports]
    head = made[0].partition(BEGIN)[0].replace("]{beamer}", ",handout]{beamer}")
    counted = r"\clearpage\typeout{sheets of %s: \thepage}\setcounter{page}{1}\setcounter{theorem}{0}"
    bodies = [m.partition(BEGIN)[2].partition(END)[0] for m in made]
    ends = [counted % r.page.name if style == "proof" else r"\clearpage" for r in reports]
    return "\n".join([head, BEGIN, *(f"{body}\n{end}" for body, end in zip(bodies, ends, strict=True)), END])


@pytest.mark.tex
def test_a_step_is_a_page_of_the_slides(tmp_path: Path) -> None:
    found = report("log_likelihood_is_a_sum")
    assert "Overfull" not in compiled(document(found, style="slides"), tmp_path, times=1)
    steps = [page for page in pages_of(tmp_path) if page.split()[:1] == ["Proof"]]
    assert len(steps) == sum(bool(x.relation) for x in found.lines)


@pytest.mark.tex
@pytest.mark.sweep
@pytest.mark.parametrize("style", ["full", "slides"])
def test_nothing_runs_into_the_margin(style: str, tmp_path: Path) -> None:
    log = compiled(joined(list(map(report, page_names())), style), tmp_path, times=1)
    assert re.findall(r"Overfull.*", log) == []
    words = " ".join(" ".join(pages_of(tmp_path)).split())
    assert words.count("Checked") >= len(page_names())


@pytest.mark.tex
@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize("columns", ["onecolumn", "twocolumn"])
def test_fragments_fit_into_a_text_of_one_and_of_two_columns(columns: str, numbers: bool, tmp_path: Path) -> None:
    names = page_names() if numbers else FOUNDING
    made = [document(report(name), style="fragment", numbers=numbers) for name in names]
    keys = sorted(set(re.findall(r"\\cite(?:\[[^]]*\])?\{(\w+)\}", "".join(made))))
    source = HOST % (columns, "\n".join(made), "\n".join(rf"\bibitem{{{key}}} A book." for key in keys))
    log = compiled(source, tmp_path, times=3)
    assert re.findall(r"(?:Overfull|LaTeX Warning|multiply|undefined).*", log) == []
    words = " ".join(" ".join(pages_of(tmp_path)).split())
    steps = sum(bool(x.relation) for name in names for x in report(name).lines)
    assert (f"({steps + 1})" in words) == numbers, "numbered with the text around it, or not at all"


def test_a_fragment_is_no_document_and_says_what_it_needs() -> None:
    shown = document(report("cross_entropy_is_average_nll"), style="fragment", prefix="ce:")
    first = shown.splitlines()[0]
    assert first.startswith("% Packages: ")
    assert "\\documentclass" not in shown
    assert not re.search(r"\\(?:re)?newcommand|\\def\b|\\newtheorem", shown)
    assert set(re.findall(r"\\label\{(\w+:)\d+\}", shown)) == {"ce:"}
    assert set(re.findall(r"\\eqref\{(\w+:)\d+\}", shown)) == {"ce:"}
    plain = document(report("cross_entropy_is_average_nll"), style="fragment", numbers=False)
    assert not re.search(r"\\(?:label|eqref|tag)\b|\\begin\{align\}", plain)


@pytest.mark.tex
@pytest.mark.parametrize("style", ON_ITS_OWN)
def test_documents_of_wrong_pages_compile_and_say_so(style: str, tmp_path: Path) -> None:
    names = sorted(p.stem for p in WRONG.glob("*.py"))
    assert "Overfull" not in compiled(joined(list(map(wrong, names)), style), tmp_path, times=1)
    words = " ".join(" ".join(pages_of(tmp_path)).split())
    assert len(re.findall(r"Claim (?:\d )?\(not proved\)", words)) >= len(names)
    assert "Proof" not in words


@pytest.mark.parametrize("name", FOUNDING)
def test_the_left_side_stands_in_the_first_row(name: str) -> None:
    shown = document(report(name))
    starts = [x for x in report(name).lines if not x.relation]
    assert shown.count(r"\begin{steps}") == len(starts) == len(report(name).page.proofs)
    assert shown.count("\n\\step{") == len(report(name).lines) - len(starts)


@pytest.mark.parametrize("name", FOUNDING)
def test_what_is_referred_to_is_labelled_and_no_label_is_there_twice(name: str) -> None:
    shown = document(report(name)).partition(r"\begin{document}")[2]
    labels = re.findall(r"\\label\{([^}]*)\}", shown) + re.findall(
        r"\n\\step\{.*\}\{([^{}]*:\d+)\}\{[^{}]*\}$", shown, re.M
    )
    assert len(labels) == len(set(labels))
    assert set(re.findall(r"\\eqref\{([^}]*)\}", shown)) <= set(labels)


@pytest.mark.parametrize("name", FOUNDING)
def test_a_condition_is_said_once(name: str) -> None:
    found = theorems(report(name))
    said = [c for t in found for needs in (*(n for _, n in t.before), *(r.needs for r in t.rows)) for c in needs]
    assert len(said) == len(set(said))
