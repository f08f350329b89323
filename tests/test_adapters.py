"""Weights as a scheme reads them, by hand."""

import numpy as np
import pytest

from argmine.adapters import adapted, adapter_name, is_adapter

UP, DOWN = np.array([[1.0], [2.0]]), np.array([[10.0, 0.0, 1.0]])
WEIGHTS = {
    "layer.weight": np.ones((2, 3)),
    "layer.bias": np.array([1.0, 2.0]),
    "others.news.readout.types.bias": np.zeros(3),
    "others.news.adapter.layer.weight.up": UP,
    "others.news.adapter.layer.weight.down": DOWN,
    "others.news.adapter.layer.bias.instead": np.array([5.0, 6.0]),
    "others.blogs.adapter.layer.bias.instead": np.array([7.0, 8.0]),
}
SHARED = {"layer.weight", "layer.bias", "others.news.readout.types.bias"}


def test_the_main_scheme_has_its_weights_as_they_are() -> None:
    found = adapted(WEIGHTS, "")
    assert found.keys() == SHARED
    assert all(found[name] is WEIGHTS[name] for name in SHARED)


def test_a_scheme_has_products_added_and_others_instead() -> None:
    found = adapted(WEIGHTS, "news")
    assert found.keys() == SHARED
    assert found["layer.weight"].tolist() == [[11, 1, 2], [21, 1, 3]]
    assert found["layer.bias"].tolist() == [5, 6]
    assert WEIGHTS["layer.weight"].tolist() == [[1, 1, 1], [1, 1, 1]]


def test_another_schemes_adapter_is_not_applied() -> None:
    found = adapted(WEIGHTS, "blogs")
    assert found["layer.weight"] is WEIGHTS["layer.weight"]
    assert found["layer.bias"].tolist() == [7, 8]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "others.news.adapter.layer.bias.instead",
            np.zeros(3),
            r"bias\.instead does not fit a weight of the shape \(2,\)",
        ),
        ("others.news.adapter.layer.weight.down", np.zeros((2, 3)), r"weight\.up does not fit"),
        ("others.news.adapter.layer.weight.up", np.zeros((3, 1)), r"weight\.up does not fit a weight of the shape"),
        (
            "others.news.adapter.lost.bias.instead",
            np.zeros(2),
            r"lost\.bias\.instead changes a weight that is not there",
        ),
    ],
)
def test_an_adapter_that_does_not_fit_is_refused(name: str, value: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        adapted({**WEIGHTS, name: value}, "news")


def test_an_adapter_without_its_other_half_is_refused() -> None:
    half = {name: weight for name, weight in WEIGHTS.items() if not name.endswith("weight.down")}
    with pytest.raises(ValueError, match=r"weight\.up does not fit"):
        adapted(half, "news")


def test_names_tell_adapters() -> None:
    assert adapter_name("news", "layer.bias", ".up") == "others.news.adapter.layer.bias.up"
    assert is_adapter("others.news.adapter.layer.bias.up")
    assert not is_adapter("others.news.readout.types.bias")
    assert not is_adapter("adapter.weight")
