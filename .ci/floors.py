"""Print the lowest version of each dependency that `pyproject.toml` allows, a requirement of pip a line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

EXTRAS = ("numpy", "dask", "test")  # what the tests need; PyTorch and JAX are tested by `make frameworks`
PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def floors() -> Iterator[str]:
    """Yield `name==version` for each `name>=version`; what only another Python needs keeps its marker."""
    lists = [PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in EXTRAS)]
    for requirement in (r for wanted in lists for r in wanted):
        if not requirement.startswith(PROJECT["name"]):
            yield re.sub(r">=\s*", "==", requirement, count=1)


if __name__ == "__main__":
    print(*floors(), sep="\n")
