"""Labels as the page sums them: the table of the delta, the counts and shares of the classes, the term of each example.

The rows are the examples and the columns the classes: the sums over the classes go along a row, where one cell is left
of each, and those over the examples down a column, to the count of a class.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from deltasift.calc import Page
from deltasift.check.checker import page_scope
from deltasift.domain import Labels, Pmf
from deltasift.emit.names import identifier

MOST = 400  # cells that are shown


def one_hot_text(page: Page, data: Mapping[str, Any], labels_from: int) -> str:
    """Return the table of each row of labels among some data, nothing for what is too large.

    Parameters
    ----------
    page : Page
    data : mapping from names to nested lists
    labels_from : int
        What the data call the first label.
    """
    domains = page_scope(page).domains.values()
    values = {d: data[key] for d in domains for key in (d.name, identifier(d.name)) if key in data}
    shown = []
    for y, given in values.items():
        if not isinstance(y, Labels) or y.counted or any(isinstance(row, list) for row in given):
            continue
        rows = [int(label) + 1 - labels_from for label in given]
        q = next((d for d in values if isinstance(d, Pmf) and (d.classes.lo, d.classes.hi) == (y.lo, y.hi)), None)
        table = values[q] if q is not None else []
        if table and isinstance(table[0], list) and len(table) != len(rows):
            continue
        classes = max(rows) if not table else len(table[0] if isinstance(table[0], list) else table)
        if len(rows) * classes <= MOST:
            shown.append(_table(y.name, rows, classes, q.name if q is not None else "", table))
    return "\n".join(shown)


def _table(y: str, labels: Sequence[int], classes: int, q: str, table: Sequence[Any]) -> str:
    """Return one table; `table` has the probabilities, of all examples alike or a row an example."""
    each = bool(table) and isinstance(table[0], list)
    terms = [_log(table[n][k - 1] if each else table[k - 1]) for n, k in enumerate(labels)] if table else []
    n_, k_ = len(labels), range(1, classes + 1)
    counts = [sum(label == k for label in labels) for k in k_]
    cells = [["n", y, *(f"k={k}" for k in k_), *([f"log {q}(label)"] if terms else [])]]
    for n, label in enumerate(labels):
        term = [_short(terms[n])] if terms else []
        cells.append([str(n + 1), str(label), *("1" if k == label else "0" for k in k_), *term])
    total = [_short(sum(terms))] if terms else []
    cells.append(["", "count", *map(str, counts), *total])
    cells.append(["", "share", *(str(Fraction(c, n_)) for c in counts), *([_short(sum(terms) / n_)] if terms else [])])
    if table and not each:
        logs = [_log(p) for p in table]
        products = [c / n_ * x if c else 0.0 for c, x in zip(counts, logs, strict=True)]
        cells.append(["", f"log {q}", *map(_short, logs)])
        cells.append(["", "product", *map(_short, products), _short(sum(products))])
    widths = [max(len(row[i]) for row in cells if len(row) > i) for i in range(max(map(len, cells)))]
    rows = ["  ".join(f"{c:>{w}}" for c, w in zip(row, widths, strict=False)).rstrip() for row in cells]
    return "\n".join(rows) + "\n"


def _log(p: float) -> float:
    return math.log(p) if p > 0 else -math.inf


def _short(x: float) -> str:
    return f"{x:.4f}"
