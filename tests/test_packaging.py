"""The catalogue and the pytest plugin are found however deltasift is installed: wheel, sdist, or editable."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "derivations"
LOOK = """
from deltasift.catalogue import page_names, page_path
for name in page_names():
    print(name, page_path(name), sep="|")
"""


def run(*command: str | Path, cwd: Path) -> str:
    environment = {
        k: v for k, v in os.environ.items() if k != "PYTHONPATH"
    }  # it would be found before what is installed
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A wheel and an sdist of this checkout."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", out, cwd=ROOT)
    (wheel,) = out.glob("*.whl")
    (sdist,) = out.glob("*.tar.gz")
    return {"wheel": wheel, "sdist": sdist, "editable": ROOT}


@dataclass(frozen=True)
class Installed:
    """An environment with deltasift in it."""

    kind: str
    python: Path
    site: Path


@pytest.fixture(scope="module", params=["wheel", "sdist", "editable"])
def installed(
    request: pytest.FixtureRequest, built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    """Install deltasift into an environment of its own."""
    kind, home = request.param, tmp_path_factory.mktemp(request.param) / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    # Dependencies are those of this interpreter; its .pth files, and so its own deltasift, are not followed.
    names = {"base": str(home), "platbase": str(home)}
    site = Path(sysconfig.get_path("purelib", "venv", names))
    python = Path(sysconfig.get_path("scripts", "venv", names)) / Path(sys.executable).name
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    install = ["install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed"]
    source = ["--editable", built[kind]] if kind == "editable" else [built[kind]]
    run(python, "-m", "pip", "--disable-pip-version-check", *install, *source, cwd=home)
    return Installed(kind, python, site)


def test_the_readme_of_an_index_leads_to_nothing_that_is_not_there(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as wheel:
        [name] = [n for n in wheel.namelist() if n.endswith(".dist-info/METADATA")]
        readme = wheel.read(name).decode("utf-8").partition("\n\n")[2]
    assert readme.startswith("# deltasift")
    assert not re.search(r"\]\((?!https?://)", readme)
    assert "A step of a page in the browser" in readme


def test_the_links_of_the_readme_lead_to_files_beside_it() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_catalogue_is_found(installed: Installed, tmp_path: Path) -> None:
    found = dict(line.split("|") for line in run(installed.python, "-c", LOOK, cwd=tmp_path).splitlines())
    assert sorted(found) == sorted(p.stem for p in PAGES.rglob("*.py") if not p.stem.startswith("_"))
    folder = PAGES if installed.kind == "editable" else installed.site / "deltasift" / "derivations"
    assert all(Path(path).is_relative_to(folder) for path in found.values())
    assert shipped(folder) == shipped(PAGES)
    assert (installed.site / "deltasift" / "py.typed").is_file() or installed.kind == "editable"


def test_pytest_finds_the_plugin_and_a_page(installed: Installed, tmp_path: Path) -> None:
    shutil.copy(PAGES / "losses" / "classification_loss_is_average_nll.py", tmp_path)
    said = run(installed.python, "-m", "pytest", "-p", "no:cacheprovider", "--deltasift-seed=1", cwd=tmp_path)
    assert "5 passed" in said


def shipped(folder: Path) -> dict[str, bytes]:
    """Return the pages and what lies beside them, `references.bib` among it."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
