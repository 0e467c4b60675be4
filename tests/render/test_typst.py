"""The mathematics and the documents of Typst, compiled by its wheel: tagged, and nothing wrong as proved."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from sympy import Symbol

import checked
from checked import report
from deltasift.check import check
from deltasift.pages import load_file
from deltasift.render import pdf, typst
from deltasift.render.typst.layout import TypstLayout
from founding import FOUNDING
from readers.chains import chains

pytest.importorskip("typst", reason="the wheel of Typst is not installed")
module = importlib.import_module("deltasift.render.pdf")  # whose name is that of a function of the package
PdfError, typst_pdf = module.PdfError, module.typst_pdf
WRONG = Path(__file__).parents[1] / "wrong"
MOST = {"kl_is_constant_plus_nll": 1}  # pages; two for all others


def pages(made: bytes) -> int:
    (count,) = re.findall(rb"/Type/Pages/Count (\d+)", made)
    return int(count)


@pytest.mark.parametrize("name", FOUNDING)
def test_a_document_is_a_tagged_pdf_of_one_page_or_two(name: str) -> None:
    made = pdf(checked.report(name) if name in MOST else report(name))
    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo<</Marked true" in made
    assert pages(made) <= MOST.get(name, 2)


def test_every_head_in_every_other_one_is_mathematics_of_typst() -> None:
    shown = [TypstLayout().text(e) for _, e in chains(2)]
    assert len(shown) > 500
    assert (
        pages(typst_pdf("#set document(title: [x])\n" + "\n".join(f'#math.equation(alt: "x", ${s}$)' for s in shown)))
        > 1
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("mu_1", "μ_(1)"),
        (r"\hat p", "hat(p)"),
        ("x''", "x''"),
        (r"\bar{x}_2", "macron(x)_(2)"),
        ("loss", '"loss"'),
        ("α", "α"),
        ("a$#b", '"a$#b"'),
        ('a"b', '"a\\"b"'),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert TypstLayout().text(Symbol(name)).strip() == shown


@pytest.mark.parametrize("name", sorted(p.stem for p in WRONG.glob("*.py")))
def test_a_wrong_page_is_not_set_as_proved(name: str) -> None:
    found = check(load_file(WRONG / f"{name}.py"), points=10)
    shown = typst(found)
    assert "□" not in shown
    assert "Theorem" not in shown
    assert "Proof." not in shown
    assert shown.index("Not proved:") < shown.index("(not proved)")
    assert pages(pdf(found)) >= 1


def test_text_stays_text(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text(
        "'''A title \"]; #panic() $x$ *b* with \\\\ signs.\n\n#import \"x\" @ref <label>\n'''\n"
        "from deltasift import Equality, calc, real, step\n"
        "from deltasift.rules import arithmetic\n"
        "x = real('x')\nclaim = Equality(x + 0, x)\nproof = calc(x + 0, step(x, by=arithmetic))\n",
        encoding="utf-8",
    )
    assert pages(pdf(check(load_file(page)))) == 1


def test_without_typst_tex_is_used_and_without_both_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(module, "tex_pdf", lambda source: source.encode())
    monkeypatch.setattr(module.shutil, "which", lambda name: "/usr/bin/pdflatex")
    assert b"\\documentclass" in pdf(report("average_or_sum"))
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    with pytest.raises(PdfError) as why:
        pdf(report("average_or_sum"))
    assert str(why.value) == module.NEITHER
    assert "\n" not in module.NEITHER


@pytest.mark.parametrize("style", ["full", "slides"])
def test_what_only_tex_makes_says_so(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    with pytest.raises(PdfError, match="needs TeX"):
        pdf(report("average_or_sum"), style=style)
