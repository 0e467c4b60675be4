"""The values of the lines of a page on data, with what each costs, as one table."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from deltasift.emit.evaluation import Evaluation, Value
from deltasift.emit.memory import Forecast, shown_bytes

if TYPE_CHECKING:
    from rich.table import Table

DIGITS = 16
LEAST = 76  # columns, so that no number is cut


def values_text(found: Evaluation, *, width: int = 80, ascii_only: bool = False) -> str:
    """Return an evaluation as text.

    Parameters
    ----------
    found : Evaluation
    width : int
        Columns of the terminal.
    ascii_only : bool
        Whether to use ASCII letters alone.
    """
    from rich.console import Console

    written = io.StringIO()
    console = Console(
        file=written,
        width=max(width, LEAST),
        force_terminal=False,
        color_system=None,
        highlight=False,
        legacy_windows=False,
    )
    console.print(_table(found), markup=False)
    sizes = ", ".join(f"{name} = {n:,}" for name, n in found.sizes.items())
    start = f"{found.page}: {sizes}; labels from {found.labels_from}\n\n" if sizes else f"{found.page}\n\n"
    rows = "\n".join(row.rstrip() for row in written.getvalue().splitlines())
    notes = [f"Equal lines differ by at most {found.difference:.2g}, relatively."]
    if any(x.peak is not None for x in found.lines):
        notes.append("Memory is the most that a line holds at one time, beside the data (tracemalloc).")
    if any(x.form == "loops" for x in found.lines):
        notes.append("Loops: Python goes through the terms one by one, where arrays have no form or no value.")
    notes += [f"{x.cancelled[0].upper()}{x.cancelled[1:]}." for x in found.lines if x.cancelled]
    if any(x.form == "blocks" for x in found.lines):
        notes.append("Blocks: the line's arrays do not fit into memory, and Dask goes through them in pieces.")
    shown = start + rows + "\n\n" + "\n".join(notes) + "\n"
    return shown.replace("·", "*") if ascii_only else shown


def _table(found: Evaluation) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name, right in (("line", True), ("value", False), ("time", True), ("memory", True), ("largest array", False)):
        table.add_column(name, justify="right" if right else "left", no_wrap=name != "largest array")
    for x in found.lines:
        value = "none" if x.value is None else f"{x.value:.{DIGITS}g}"
        memory = "" if x.peak is None else shown_bytes(x.peak)
        table.add_row(str(x.number), value, _seconds(x.seconds), memory, _largest(x))
    return table


def _largest(x: Value) -> str:
    if x.form == "loops":
        return "loops"
    if not x.largest:
        return "a number"
    size = "·".join(f"({n})" if " " in n and len(x.largest) > 1 else n for n in x.largest)
    return f"{size} = {x.entries:,}" + (", in blocks" if x.form == "blocks" else "")


def _seconds(seconds: float) -> str:
    for unit, factor in (("s", 1.0), ("ms", 1e3)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}" if seconds * factor < 1000 else f"{seconds * factor:,.0f} {unit}"
    return f"{seconds * 1e6:.0f} µs"


def forecast_text(found: tuple[Forecast, ...]) -> str:
    """Return what lines will take as text, one line each."""
    return "".join(f"{_foretold(x)}\n" for x in found)


def _foretold(x: Forecast) -> str:
    if x.problem:
        return x.problem
    if x.form in ("loops", "none"):
        return f"line {x.number}: {'loops' if x.form == 'loops' else 'no executable form'}, no arrays"
    size = "*".join(x.largest) or "a number"
    cut = ", in blocks" if x.form == "blocks" else ""
    return f"line {x.number}: {shown_bytes(x.needed)}{cut}, for arrays of {size} = {x.entries:,}"


def values_json(found: Evaluation) -> str:
    """Return an evaluation as JSON."""
    return json.dumps(asdict(found), indent=2, ensure_ascii=False) + "\n"
