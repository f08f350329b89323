"""What a model's configuration refuses, and that it reads back as it was written."""

from typing import Any

import pytest
from pydantic import ValidationError

from argmine.config import Calibration, Decoding, ModelConfig, Sizes, Windows


def config(**changes: Any) -> ModelConfig:
    return ModelConfig.model_validate({"name": "m", "encoder": "e", **changes})


def test_windows_may_share_half_and_no_more() -> None:
    assert Windows(size=65, overlap=32).overlap == 32
    with pytest.raises(ValidationError, match="overlap 33 is more than half of the window's 65"):
        Windows(size=65, overlap=33)


def test_heads_divide_the_components_size() -> None:
    assert Sizes(component=24, component_heads=3).component == 24
    with pytest.raises(ValidationError, match="component 25 is no multiple of component_heads 3"):
        Sizes(component=25, component_heads=3)


@pytest.mark.parametrize("concern", ["", "windows", "sizes", "decoding", "component_calibration"])
def test_unknown_keys_are_refused_everywhere(concern: str) -> None:
    stranger = {"treshold": 0.5}
    with pytest.raises(ValidationError, match=r"treshold\n.*Extra inputs are not permitted"):
        config(**({concern: stranger} if concern else stranger))


@pytest.mark.parametrize(
    "bad",
    [
        {"version": 2},
        {"name": ""},
        {"decoding": {"segment_threshold": 1.1}},
        {"decoding": {"claim_bias": float("nan")}},
        {"relation_calibration": {"slope": 0}},
        {"windows": {"bucket": 0}},
    ],
)
def test_values_out_of_bounds_are_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="1 validation error"):
        config(**bad)


def test_licence_of_the_weights_is_for_research() -> None:
    assert config().licence.startswith("research only: ")


def test_config_survives_json() -> None:
    written = config(
        windows=Windows(size=256, overlap=64),
        decoding=Decoding(segment_threshold=0.3, major_claim_bias=-0.4),
        relation_calibration=Calibration(slope=0.8, intercept=-0.1),
    )
    assert ModelConfig.model_validate_json(written.model_dump_json()) == written
