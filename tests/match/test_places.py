"""Putting things in at several places of a line."""

from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.inert import Add, Mul, Neg, Node, Sum
from deltasift.line.cursor import Cursor
from deltasift.line.scope import Scope
from deltasift.line.views import Path, at, put

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
def test_what_is_put_in_place_after_place_is_put_in_at_each(line: Basic, data: st.DataObject) -> None:
    """The places may lie in each other: each is one of the line as it is by then."""
    cursor, one_by_one = Cursor(line, Scope()), line
    for n in range(data.draw(st.integers(1, 5))):
        path = data.draw(st.sampled_from(places(one_by_one)))
        new = data.draw(lines).subs(x, Symbol(f"z{n}"))
        assert cursor.go(path)
        assert cursor.here == at(one_by_one, path)
        cursor.put(new)
        one_by_one = put(one_by_one, path, new)
    assert cursor.line() == one_by_one


@given(lines, st.lists(st.integers(-2, 3), max_size=6))
def test_a_place_that_is_not_there_is_not_found(line: Basic, way: list[int]) -> None:
    path = tuple(way)
    cursor = Cursor(line, Scope())
    is_there = cursor.go(path)
    assert is_there == (path in [p[: len(path)] for p in places_and_leaves(line)])
    assert cursor.line() == line


def places_and_leaves(line: Basic) -> list[Path]:
    return [(*p, *i) for p in places(line) for i in ((), *((n,) for n in range(len(at(line, p).args))))]


def test_the_scope_is_that_of_the_place() -> None:
    k, n, K = (Symbol(s, integer=True) for s in "knK")
    cursor = Cursor(Add(Sum(Sum(k, (k, 1, n)), (n, 1, K)), k), Scope())
    assert cursor.go((0, 0, 0))
    assert cursor.scope.names == {k, n}
    assert cursor.go((0, 0, 2))
    assert cursor.scope.names == {n}
    assert cursor.go((1,))
    assert cursor.scope.names == frozenset()
    assert not cursor.go((0, 1))  # the name that a sum binds
