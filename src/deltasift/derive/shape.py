"""What two expressions have in common that differ in the names of indices and the order of factors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sympy.core.basic import Basic

import deltasift.inert as ex


@lru_cache(maxsize=20_000)
def shape(e: Basic) -> str:
    """Return a text of an expression that does not depend on the names of its indices, nor on the order of factors."""
    return _shape(e, {})


def _shape(e: Basic, names: Mapping[Basic, str]) -> str:
    if not isinstance(e, ex.Node):
        return names.get(e) or str(e)
    if e.binds:
        inside = {**names, e.args[1]: f"#{len(names)}"}
        ends = ",".join(_shape(a, names) for a in e.args[2:])
        return f"{type(e).__name__}[{ends}]({_shape(e.args[0], inside)})"
    parts = [_shape(a, names) for a in e.args]
    if isinstance(e, (ex.Add, ex.Mul)):
        parts.sort()
    return f"{type(e).__name__}({','.join(parts)})"
