"""Open binders by name: what an inner scope adds is not seen from an outer one, nor from one beside it."""

from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol

from deltasift.line.binders import Binders

NAMES = [Symbol(f"i{n}", integer=True) for n in range(8)]


@given(st.data())
def test_it_is_a_dictionary_that_grows_into_others(data: st.DataObject) -> None:
    pairs: list[tuple[Binders[int], dict[Symbol, int]]] = [(Binders({NAMES[0]: 0}), {NAMES[0]: 0})]
    for value in range(data.draw(st.integers(0, 12))):
        bound, model = data.draw(st.sampled_from(pairs))
        free = [name for name in NAMES if name not in model]
        if not free:
            continue
        name = data.draw(st.sampled_from(free))
        pairs.append((bound.grown(name, value), {**model, name: value}))
    for bound, model in pairs:
        assert dict(bound.items()) == model
        assert list(bound.values()) == list(model.values())
        assert list(bound) == list(model)
        assert len(bound) == len(model)
        assert [bound.get(name) for name in NAMES] == [model.get(name) for name in NAMES]
        assert [name in bound for name in NAMES] == [name in model for name in NAMES]
        assert [bound.isdisjoint((name,)) for name in NAMES] == [name not in model for name in NAMES]
