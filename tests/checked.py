"""The reports of pages, each made once for all tests of a run: what one worker has made, the others read."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from deltasift.check import Report, check
from deltasift.pages import load
from deltasift.rule import Theorem

RUN: list[Path] = []  # the folder of this run, as soon as it has one


@cache
def report(name: str) -> Report:
    """Return the report of a page of the catalogue, or of a file, by everything that checks."""
    if not RUN:
        return check(load(name))
    kept = RUN[0] / f"{name.replace('/', '.')}.report"
    if kept.exists():
        made: Report = pickle.loads(kept.read_bytes())
        if any(isinstance(r, Theorem) for proof in made.page.proofs for x in proof.steps for r in x.by):
            load(name)  # whoever checks its lines again asks whether this process has proved its theorems
        return made
    made = check(load(name))
    with NamedTemporaryFile(dir=RUN[0], delete=False) as file:
        file.write(pickle.dumps(made))
    Path(file.name).replace(kept)
    return made
