"""How broad a formula is, estimated from its LaTeX."""

from __future__ import annotations

import re
from math import inf

WIDTHS = {
    " ": 0.3,
    r"\log": 3.0,
    r"\exp": 3.0,
    r"\cos": 3.0,
    r"\ge": 2.3,
    r"\le": 2.3,
    r"\sin": 3.0,
    r"\sum": 2.5,
    r"\vee": 1.8,
    r"\wedge": 1.8,
    r"\prod": 2.5,
    r"\left": 0.2,
    r"\right": 0.2,
    "_": 0.0,
    "^": 0.0,
}
TOKEN = re.compile(r"\\frac\{|[_^]\{|\\[A-Za-z]+|.", re.DOTALL)
BRACES = frozenset(("{", "}", "_{", "^{", r"\frac{"))
WIDTHS |= {r"\mathrm": 0.0, r"\hat": 0.0, r"\overline": 0.0, r"\,": 0.2}


def breadth(text: str, enough: float = inf) -> float:
    """Estimate how broad a formula is, in letters: of a fraction the broader part counts, indices count half.

    Where it is broader than `enough`, how much broader it is may be left out.
    """
    total = 0.0
    opened: list[tuple[str, float, float]] = []  # what each open brace belongs to, and what stood before it
    above: float | None = None  # the numerator, while its denominator is about to be opened
    for token in TOKEN.findall(text):
        if token not in BRACES:
            total += WIDTHS.get(token, 1.0)
            if total > enough and not opened:
                break
        elif token == "}":
            if not opened:
                break
            kind, before, numerator = opened.pop()
            if kind == r"\frac{":
                above, total = total, before
            elif kind == "{":
                total = before + max(total, numerator)
            else:
                total = before + total / 2
        elif token == "{" and above is not None:
            opened.append((token, total, above))
            above, total = None, 0.0
        else:
            opened.append((token, total, 0.0))
            total = 0.0
    return total
