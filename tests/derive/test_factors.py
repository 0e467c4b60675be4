"""Factors of a product: which of them mention a name, whatever was taken out and put in before."""

from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol

from deltasift.derive.factors import FEW, Factors, Products
from deltasift.inert import Delta, Entry, Mul, mentions, substitute

NAMES = [Symbol(f"i{n}", integer=True) for n in range(6)]
a = Symbol("a")
names = st.sampled_from(NAMES)
factor = st.one_of(st.builds(Delta, names, names), st.builds(lambda i: Entry(a, i), names))


@given(st.lists(factor, min_size=2, max_size=3 * FEW), st.data())
def test_the_factors_that_mention_a_name_are_found_after_any_number_of_sifts(every: list, data: st.DataObject) -> None:
    product = Factors(Mul.make(tuple(every)))
    assert [f for f, _ in product.parts] == every
    while len(product) > 2:
        name, new = data.draw(names), data.draw(names)
        numbers = [n for n, f in enumerate(every) if f is not None and mentions(f, name)]
        assert product.mentioning(name) == numbers
        if not numbers:
            numbers = [next(n for n, f in enumerate(every) if f is not None)]
        changed = {n: substitute(every[n], {name: new}) for n in numbers[1:]}
        product.take_out(numbers[0], changed)
        body = product.value()
        every[numbers[0]] = None
        for n, f in changed.items():
            every[n] = f
        assert list(body.args) == [f for f in every if f is not None]


def test_what_is_remembered_of_a_product_is_of_that_product() -> None:
    known = Products()
    i, j = NAMES[:2]
    body = Mul.make(tuple(Entry(a, n) for n in range(2 * FEW)))
    factors = known.factors(body)
    factors.take_out(0, {1: Entry(a, i)})
    smaller = factors.value()
    known.remember(smaller, factors)
    assert known.factors(Mul.make(body.args)).mentioning(i) == []
    assert known.factors(smaller).mentioning(i) == [1]
    assert known.factors(smaller).mentioning(j) == []
