"""What a model's configuration refuses, and that it reads back as it was written."""

from typing import Any

import pytest
from pydantic import ValidationError

from argmine.config import Calibration, Decoding, ModelConfig, SchemeConfig, Sizes, Windows


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


def test_a_scheme_is_read_by_its_own_decoding_and_calibration() -> None:
    threads = SchemeConfig(
        name="threads",
        places=False,
        decoding=Decoding(segment_threshold=0.2, claims_point=True),
        component_calibration=Calibration(slope=2.0),
    )
    whole = config(others=[threads.model_dump()], decoding={"segment_threshold": 0.4})
    read = whole.reading("threads")
    assert (read.scheme, read.places, read.decoding, read.component_calibration) == (
        "threads",
        False,
        threads.decoding,
        threads.component_calibration,
    )
    assert (read.name, read.windows, read.sizes, read.others) == (whole.name, whole.windows, whole.sizes, (threads,))
    assert whole.reading("") is whole
    assert whole.reading("essays") is whole
    assert read.reading("threads") is read


def test_an_unknown_scheme_is_refused_with_those_there_are() -> None:
    whole = config(others=[{"name": "threads"}, {"name": "news"}])
    with pytest.raises(ValueError, match="the model m has no scheme 'blogs'; it has essays, threads, news"):
        whole.reading("blogs")
    with pytest.raises(ValueError, match="it has essays"):
        config().reading("blogs")


@pytest.mark.parametrize("name", ["", "Threads", "a b", "../x", "essays"])
def test_a_schemes_name_is_fit_for_a_files(name: str) -> None:
    with pytest.raises(ValidationError, match="name"):
        config(others=[{"name": name}])
