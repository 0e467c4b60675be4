"""Make the folder from which a browser runs the checker: Pyodide, the wheels for it, and deltasift, compiled for it.

    python docs/judge.py out/judge

Pyodide comes from npm and the wheels from PyPI, by their own clients, once; the site is then built without a network.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent / "judge"
PYODIDE = "314.0.7"
PYTHON, PLATFORM = "314", "pyemscripten_2026_0_wasm32"  # of this Pyodide
WHEELS = ("sympy==1.14.0", "mpmath==1.3.0", "lark==1.3.1", "z3-solver==5.3.3.0", "python-flint==0.9.0")
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip", "README.md")


def fetch(parts: Path) -> None:
    """Load what is not there yet."""
    if not (parts / "package").is_dir():
        parts.mkdir(parents=True, exist_ok=True)
        done = _run(["npm", "pack", "--silent", f"pyodide@{PYODIDE}"], parts)
        with tarfile.open(parts / done.strip().splitlines()[-1]) as packed:
            safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # since 3.11.4
            packed.extractall(parts, **safely)
    wheels = parts / "wheels"
    if len([*wheels.glob("*.whl")]) < len(WHEELS):
        how = ["--no-deps", "--only-binary=:all:", "--platform", PLATFORM, "--python-version", PYTHON]
        how += ["--implementation", "cp", "--abi", f"cp{PYTHON}", "--abi", "none", "--dest", str(wheels)]
        _run([sys.executable, "-m", "pip", "download", "--quiet", *how, *WHEELS], ROOT)


def own(packages: Path) -> None:
    """Write deltasift with its catalogue as one more package."""
    with zipfile.ZipFile(packages / "deltasift.zip", "w") as packed:
        for file in _sources():
            place = file.relative_to(ROOT)
            packed.write(file, place.relative_to("src") if place.parts[0] == "src" else Path("deltasift") / place)


def digest() -> str:
    """Return what the folder is made of."""
    parts = [*(f.read_bytes() for f in (*_sources(), *sorted(HERE.iterdir()), Path(__file__)))]
    return sha256(b"\0".join(parts)).hexdigest()


def _sources() -> list[Path]:
    found = [*ROOT.glob("src/deltasift/**/*"), *ROOT.glob("src/_deltasift_pages.py"), *ROOT.glob("derivations/**/*")]
    return sorted(f for f in found if f.is_file() and "__pycache__" not in f.parts)


def _run(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout


def main(out: Path) -> None:
    """Make the folder, where it is not made of the same already."""
    made, known, now = out / "served", out / "made-of", digest()
    if known.is_file() and known.read_text() == now:
        return
    parts = out / "parts"
    fetch(parts)
    packages = out / "packages"
    shutil.rmtree(packages, ignore_errors=True)
    shutil.copytree(parts / "wheels", packages)
    own(packages)
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    for name in RUNTIME:
        shutil.copy(parts / "package" / name, made)
    shutil.copy(HERE / "worker.js", made)
    _run(["node", str(HERE / "pack.mjs"), str(parts / "package"), str(packages), str(made / "packages.zip")], ROOT)
    known.write_text(now)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
