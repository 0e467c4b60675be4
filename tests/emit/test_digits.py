"""The lines of a page on real data: scikit-learn's digits, and the probabilities of a logistic regression."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deltasift import load
from deltasift.emit import evaluate
from deltasift.emit.evaluate import measure
from deltasift.errors import DataError

sklearn = pytest.importorskip("sklearn", reason="scikit-learn is not installed")


@pytest.fixture(scope="module")
def fitted() -> dict[str, Any]:
    """The labels of the digits, and what a logistic regression gives each digit."""
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression

    pixels, y = load_digits(return_X_y=True)
    model = LogisticRegression(C=0.01, max_iter=1000).fit(pixels / 16, y)
    return {"y": y, "q": model.predict_proba(pixels / 16)}


def test_every_line_is_the_log_loss(fitted: dict[str, Any]) -> None:
    from sklearn.metrics import log_loss

    values = evaluate(load("classification_loss_is_average_nll"), fitted)
    expected = log_loss(fitted["y"], fitted["q"])
    assert list(values.values()) == pytest.approx([expected] * 4, rel=1e-12, abs=0)


def test_the_double_sum_makes_an_array_of_every_example_and_class(fitted: dict[str, Any]) -> None:
    lines = measure(load("classification_loss_is_average_nll"), fitted).lines
    assert [x.largest for x in lines] == [("N", "K"), ("N", "K"), ("N",), ("N",)]
    assert [x.entries for x in lines] == [17970, 17970, 1797, 1797]
    double, collapsed = lines[1].peak, lines[2].peak
    assert double is not None
    assert collapsed is not None
    assert double > 3 * collapsed


def test_labels_outside_of_the_classes_are_named_by_row(fitted: dict[str, Any]) -> None:
    y = fitted["y"].copy()
    y[1234] = 10
    with pytest.raises(DataError, match=r"y\[1234\] is 10, and the labels are 0\.\.9"):
        evaluate(load("classification_loss_is_average_nll"), fitted | {"y": y})


def test_the_readme_shows_these_values(fitted: dict[str, Any]) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    [table] = [part for part in readme.split("```") if "classification_loss_is_average_nll: " in part]
    shown = [float(row.split()[1]) for row in table.splitlines() if row.split()[:1] in (["1"], ["2"], ["3"], ["4"])]
    values = evaluate(load("classification_loss_is_average_nll"), fitted)
    assert shown == pytest.approx(list(values.values()), rel=1e-6)
