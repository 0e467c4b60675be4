"""A wrong loss that is refuted shows the line of the code whose part differs from the formula's."""

from __future__ import annotations

import math
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from deltasift import Max, Sum, Unequal, assert_equal, exp, index, iverson, labels, log, positive, real, sizes
from deltasift.read import expression_of

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
z, h, r, y = real("z", n, k), real("h", n, k), real("r", n, k), labels("y", n, k)
x, u, m = real("x", n), real("u", n), positive("m")
CE = Sum(log(Sum(exp(z[n, k]), k)) - z[n, y[n]], n) / N
NEAR, FAR = Sum((z[n, k] - h[n, k]) ** 2, k), Sum((z[n, k] - r[n, k]) ** 2, k)


def told(function: Any, formula: Any, **given: Any) -> list[str]:
    """Return what is said of a wrong function beyond the table and the two sides."""
    with pytest.raises(AssertionError) as failure:
        assert_equal(expression_of(function, given=given), formula)
    return str(failure.value).split("\n")[3:]


def triplet(anchor: Any, positive: Any, negative: Any, margin: Any) -> Any:
    near = ((anchor - positive) ** 2).sum(1)
    far = abs(anchor - negative).sum(1)
    return np.maximum(near - far + margin, 0).mean()


def test_the_line_of_the_part_that_differs_is_shown() -> None:
    lines = told(triplet, Sum(Max(NEAR - FAR + m, 0), n) / N, anchor=z, positive=h, negative=r, margin=m)
    assert lines[0].endswith("test_differing.py: far = abs(anchor - negative).sum(1)")


def test_the_formulas_part_stands_beside_it() -> None:
    lines = told(triplet, Sum(Max(NEAR - FAR + m, 0), n) / N, anchor=z, positive=h, negative=r, margin=m)
    assert "Abs(z[n, k] - r[n, k]) is" in lines[1]
    assert "(z[n, k] - r[n, k])**2 is" in lines[2]


def turned(anchor: Any, positive: Any, negative: Any, margin: Any) -> Any:
    near = ((anchor - positive) ** 2).sum(1)
    far = ((anchor - negative) ** 2).sum(1)
    return np.maximum(far - near + margin, 0).mean()


def test_where_no_smaller_part_corresponds_the_lines_that_take_part_are_said() -> None:
    lines = told(turned, Sum(Max(NEAR - FAR + m, 0), n) / N, anchor=z, positive=h, negative=r, margin=m)
    assert lines[0].endswith("return np.maximum(far - near + margin, 0).mean()")
    first = turned.__code__.co_firstlineno
    assert lines[3] == f"    lines {first + 1}, {first + 2} take part in it"


def shifted(z: Any, y: Any) -> Any:
    lse = np.log(np.exp(z).sum(1))
    own = z[np.arange(len(y)), 0]
    return (lse - own).mean()


def test_a_wrong_pick_is_shown_by_its_entry() -> None:
    lines = told(shifted, CE, z=z, y=y)
    assert lines[0].endswith("own = z[np.arange(len(y)), 0]")
    assert lines[2].lstrip().startswith("z[n, y[n]] is")


def squared(a: Any, b: Any) -> Any:
    gap = a - b
    return (gap**2).mean()


def test_a_factor_too_few_is_shown_by_the_term_that_has_it() -> None:
    lines = told(squared, Sum((x[n] - u[n]) ** 2 / 2, n) / N, a=x, b=u)
    assert lines[0].endswith("return (gap**2).mean()")
    assert "(x[n] - u[n])**2 is" in lines[1]
    assert "(x[n] - u[n])**2/2 is" in lines[2]


def plain(z: Any, y: Any) -> Any:
    total = 0
    for n in range(len(y)):
        s = sum(math.exp(-z[n][k]) for k in range(len(z[0])))
        total += math.log(s)
        total -= z[n][y[n]]
    return total / len(y)


def test_plain_loops_have_their_lines_too() -> None:
    with pytest.raises(AssertionError) as failure:
        assert_equal(expression_of(plain, given={"z": z, "y": y}, labels_from=0), CE)
    lines = str(failure.value).split("\n")[3:]
    assert lines[0].endswith("s = sum(math.exp(-z[n][k]) for k in range(len(z[0])))")
    assert lines[1].startswith("    -z[n, k] is")


def test_the_code_may_stand_on_the_right() -> None:
    with pytest.raises(AssertionError) as failure:
        assert_equal(CE, expression_of(shifted, given={"z": z, "y": y}))
    assert " on the left" in str(failure.value).split("\n")[5]


def test_what_was_not_read_has_no_line() -> None:
    with pytest.raises(AssertionError) as failure:
        assert_equal(CE, 2 * CE)
    assert len(str(failure.value).split("\n")) == 3


def without_a_value(a: Any, b: Any) -> Any:
    gap = a - b
    return np.log(gap**2).mean()


def test_a_part_without_a_value_is_shown_as_such() -> None:
    lines = told(without_a_value, Sum(x[n] - u[n], n) / N, a=x, b=u)
    assert lines[0].endswith("return np.log(gap**2).mean()")
    assert "without a value" in lines[1]


@pytest.mark.skipif(find_spec("jax") is None, reason="needs JAX")
def test_a_function_of_jax_has_its_lines() -> None:
    import jax
    import jax.numpy as jnp

    def cross_entropy(z: Any, y: Any) -> Any:
        lp = jax.nn.log_softmax(2 * z)
        return -jnp.mean(jnp.take_along_axis(lp, y[:, None], axis=-1))

    assert told(cross_entropy, CE, z=z, y=y)[0].endswith("lp = jax.nn.log_softmax(2 * z)")


@pytest.mark.skipif(find_spec("torch") is None, reason="needs PyTorch")
def test_a_module_of_pytorch_has_its_lines() -> None:
    import torch

    class Margin(torch.nn.Module):
        def forward(self, a: Any, b: Any) -> Any:
            gap = torch.clamp(a - b, max=0)
            return gap.sum()

    lines = told(Margin(), Sum(Max(x[n] - u[n], 0), n), a=x, b=u)
    assert lines[0].endswith("gap = torch.clamp(a - b, max=0)")


def smoothed(logits: Any, target: Any) -> Any:
    nll = np.log(np.exp(logits).sum(1)) - logits[np.arange(len(target)), target]
    uniform = -logits.sum(1) / (logits.shape[1] + 1)
    mask = target != 0
    return ((nll + uniform) * mask).mean()


def test_a_mask_that_is_multiplied_corresponds_to_a_bracket() -> None:
    parts = log(Sum(exp(z[n, k]), k)) - z[n, y[n]] - Sum(z[n, k], k) / K
    lines = told(smoothed, Sum(iverson(Unequal(y[n], 1)) * parts, n) / N, logits=z, target=y)
    assert lines[0].endswith("uniform = -logits.sum(1) / (logits.shape[1] + 1)")
