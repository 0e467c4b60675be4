"""A few results of pages, to be used as rules: each is right on its page for what the page gives."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from deltasift import known
from deltasift.rule import Theorem

HEAD = '''"""A result."""
from deltasift import Equality, Max, Sum, calc, delta, index, iverson, labels, real, sizes, step
from deltasift.inert import LessEqual
from deltasift.calc import assuming
from deltasift.rules import arithmetic, bracket_true, delta_one, max_of_le
'''
PAGES = {
    "labels01": """
N = sizes("N")
n = index("n", 1, N)
y = labels("y", n, 0, 1)
claim = Equality(Sum(delta(y[n], 1), n), Sum(y[n], n))
proof = calc(Sum(delta(y[n], 1), n), step(Sum(y[n], n), by=delta_one))
""",
    "difference": """
u, v = real("u"), real("v")
claim = Equality(u * (v - v), u * 0)
proof = calc(u * (v - v), step(u * 0, by=arithmetic))
""",
    "free_index": """
N = sizes("N")
n = index("n", 1, N)
claim = Equality(Max(n, 1), n)
proof = calc(Max(n, 1), step(n, by=max_of_le))
""",
    "assumes": """
K = sizes("K")
claim = Equality(iverson(LessEqual(2, K)), 1)
proof = calc(iverson(LessEqual(2, K)), step(1, by=[assuming(LessEqual(2, K)), bracket_true]))
""",
}


@cache
def theorems() -> tuple[Theorem, ...]:
    """Return them, each checked on its page."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name, text in PAGES.items():
            path = Path(folder) / f"{name}.py"
            path.write_text(HEAD + text, encoding="utf-8")
            found.append(known(str(path)))
    return tuple(found)
