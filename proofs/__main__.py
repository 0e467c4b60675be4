"""Compile the proofs of the rule table and say which rules are proved.

Run as `python -m proofs [--keep FOLDER]`, or `make proofs`. The statements are written anew from the rule table, the
scripts of this folder are compiled against them by Coq, and the theorems are asked for the axioms they rest on: only
those of the standard library's real numbers are allowed. A rule counts as proved when all of its statements are; a rule
without a script is listed, and is no failure.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from proofs.statements import pattern_rules, propositions, text

HERE = Path(__file__).parent
# each may use those before it
SCRIPTS = ("Base", "Statements", "Sums", "Functions", "Deltas", "Products", "Cases", "Inequalities", "Values")
AXIOMS = frozenset(
    (
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "Classical_Prop.classic",
        "FunctionalExtensionality.functional_extensionality_dep",
    )
)


class Failed(Exception):
    """Coq did not accept a file."""


def compile_all(folder: Path) -> None:
    """Compile the scripts in a folder, the statements made from the rule table among them."""
    for name in SCRIPTS:
        if name == "Statements":
            (folder / "Statements.v").write_text(text(), encoding="utf-8")
        else:
            shutil.copy(HERE / f"{name}.v", folder)
        coq(folder, name)


def coq(folder: Path, name: str) -> str:
    """Compile one file and return what it prints."""
    command = ["coqc", "-q", "-Q", ".", "Deltasift", f"{name}.v"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{name}.v: {done.stderr or done.stdout}")
    return done.stdout


def theorems() -> set[str]:
    """Return the names of the statements for which there is a script."""
    scripts = "".join((HERE / f"{name}.v").read_text(encoding="utf-8") for name in SCRIPTS if name != "Statements")
    return set(re.findall(r"^Theorem (\w+)_holds : \1\.$", scripts, re.MULTILINE))


def axioms(folder: Path, names: Iterable[str]) -> set[str]:
    """Return what the theorems rest on together; that each states what it is named after is checked by Coq."""
    lines = ["From Deltasift Require Import Statements Sums Functions Deltas Products Cases Inequalities Values."]
    lines += [f"Definition {name}_is_proved : {name} := {name}_holds." for name in sorted(names)]
    together = "I"
    for name in sorted(names):
        together = f"(conj {name}_is_proved {together})"
    lines.append(f"Definition all_are_proved := {together}.")
    lines.append("Print Assumptions all_are_proved.")
    (folder / "Audit.v").write_text("\n".join(lines), encoding="utf-8")
    return set(re.findall(r"^([A-Za-z_][\w.]*)\s*:", coq(folder, "Audit"), re.MULTILINE)) - {"Axioms"}


def report(folder: Path) -> int:
    """Print the table; return 1 where a theorem rests on more than the reals of the standard library."""
    proved = theorems()
    stated, left = propositions()
    known = {p.name for p in stated}
    strays = {name for name in proved if name.removesuffix("_value") not in known}
    if strays:
        raise Failed(f"theorems of no statement: {', '.join(sorted(strays))}")
    foreign = axioms(folder, proved) - AXIOMS
    rules = pattern_rules()
    whole, valued = [], 0
    for name, rule in rules.items():
        numbers = range(1, len(rule.statements) + 1)
        missing = [n for n in numbers if f"{name}_{n}" not in proved]
        valued += sum(f"{name}_{n}_value" in proved for n in numbers)
        if not missing:
            whole.append(name)
        else:
            why = "; ".join(sorted({left[f"{name}_{n}"] for n in missing if f"{name}_{n}" in left})) or "no script"
            print(f"not proved: {name} ({len(missing)} of {len(numbers)} statements; {why})")
    total = sum(len(rule.statements) for rule in rules.values())
    equal = sum(name in known for name in proved)
    print(f"{len(whole)} of {len(rules)} rules are proved, {equal} of {total} statements;")
    print(f"of {valued} statements it is proved that the right side has a value where the left one has.")
    if foreign:
        print(f"a theorem rests on {', '.join(sorted(foreign))}")
    return 1 if foreign else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m proofs", description=__doc__)
    parser.add_argument("--keep", type=Path, help="compile in this folder and leave it")
    keep: Path | None = parser.parse_args().keep
    if shutil.which("coqc") is None:
        print("coqc is not installed: on Debian it is in the package coq", file=sys.stderr)
        return 2
    try:
        with tempfile.TemporaryDirectory() as scratch:
            folder = keep or Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            compile_all(folder)
            return report(folder)
    except Failed as why:
        print(why, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
