"""Putting things in at several places of a line."""

from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.inert import Add, Mul, Neg, Node
from deltasift.match.views import Path, at, put, put_all

x, y = Symbol("x"), Symbol("y")


def places(line: Basic) -> list[Path]:
    found: list[Path] = []
    stack: list[tuple[Basic, Path]] = [(line, ())]
    while stack:
        e, path = stack.pop()
        found.append(path)
        stack.extend((a, (*path, i)) for i, a in enumerate(e.args) if isinstance(e, Node))
    return found


lines = st.recursive(
    st.sampled_from((x, y)),
    lambda parts: st.one_of(
        st.builds(Neg, parts),
        st.builds(Add, parts, parts),
        st.lists(parts, min_size=2).map(lambda a: Mul.make(tuple(a))),
    ),
    max_leaves=20,
)


@given(lines, st.data())
def test_what_is_put_in_at_places_apart_is_put_in_at_each(line: Basic, data: st.DataObject) -> None:
    chosen: list[Path] = []
    for path in data.draw(st.lists(st.sampled_from(places(line)), min_size=1, max_size=5)):
        if not any(path[: len(p)] == p or p[: len(path)] == path for p in chosen):
            chosen.append(path)
    new = [Symbol(f"z{n}") for n in range(len(chosen))]
    one_by_one = line
    for path, z in zip(chosen, new, strict=True):
        one_by_one = put(one_by_one, path, z)
    together = put_all(line, list(zip(chosen, new, strict=True)))
    assert together == one_by_one
    assert [at(together, path) for path in chosen] == new
