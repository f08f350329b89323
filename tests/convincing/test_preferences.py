from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from argmine.convincing import Convincingness
from argmine.convincing.features import TEXT_FEATURES
from argmine.convincing.fit import Ridge, fit
from argmine.convincing.preferences import (
    FILE,
    Fitted,
    Preferences,
    read_preferences,
    revision_of,
    states_digest,
    write_preferences,
)
from argmine.errors import ModelError
from argmine.miner import ArgumentMiner
from argmine.model_folder import find_model
from tests.convincing.made_up import arguments


@pytest.fixture(scope="module")
def preferences() -> Preferences:
    return fit(arguments()[0], Ridge(2.0, 1.0), model="0123456789ab")


def test_score_is_worked_by_hand() -> None:
    """Two features, of which the first grows with the logarithm of the words; the second is beyond the clip."""
    fitted = Fitted(model="m", states=1, text_features=TEXT_FEATURES, least_words=2, most_words=9)
    found = Preferences(
        trend=np.array([[1.0, 0.0], [2.0, 0.0], [0.0, 0.0]]),
        spread=np.array([0.5, 1.0]),
        weights=np.array([10.0, 1.0]),
        length=np.array([-1.0, 3.0, 1.0]),
        centre=np.array([0.25]),
        fitted=fitted,
    )
    words = np.array([np.e])
    assert found.by_length(words) == pytest.approx([3.0])
    assert found.beyond_length(np.array([[3.1, -5.0]]), words) == pytest.approx([10 * 0.2 - 3 - 0.25])


@pytest.mark.parametrize(("words", "fits"), [(9, False), (10, True), (99, True), (100, False)])
def test_lengths_that_were_not_seen_do_not_fit(words: int, fits: bool) -> None:
    fitted = Fitted(model="m", states=1, text_features=TEXT_FEATURES, least_words=10, most_words=99)
    nothing = np.zeros(0)
    assert Preferences(nothing, nothing, nothing, nothing, nothing, fitted).fits(words) is fits


def test_preferences_are_read_as_they_were_written(tmp_path: Path, preferences: Preferences) -> None:
    write_preferences(preferences, tmp_path)
    found = read_preferences(tmp_path)
    assert found.fitted == preferences.fitted
    for name in ("trend", "spread", "weights", "length", "centre"):
        np.testing.assert_array_equal(getattr(found, name), getattr(preferences, name).astype(np.float32))


def test_equal_preferences_give_equal_files(tmp_path: Path, preferences: Preferences) -> None:
    first = write_preferences(preferences, tmp_path).read_bytes()
    assert write_preferences(preferences, tmp_path).read_bytes() == first
    assert len(revision_of(tmp_path)) == 12


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=rf"{FILE}: No such file"):
        read_preferences(tmp_path)


def test_file_that_is_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not one")
    with pytest.raises(ModelError, match="no safetensors file"):
        read_preferences(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("weights", None, "the tensor weights is missing"),
        ("weights", np.zeros(3, np.float32), r"the tensor weights has the shape \(3,\), expected \(24,\)"),
        ("length", np.full(3, np.nan, np.float32), "the tensor length holds numbers that are not finite"),
    ],
)
def test_damaged_file_is_an_error(
    tmp_path: Path, preferences: Preferences, name: str, value: np.ndarray | None, message: str
) -> None:
    path = write_preferences(preferences, tmp_path)
    arrays = {key: array for key, array in load_file(path).items() if key != name}
    told = {"fitted": preferences.fitted.model_dump_json()}
    save_file(arrays if value is None else {**arrays, name: value}, path, metadata=told)
    with pytest.raises(ModelError, match=message):
        read_preferences(tmp_path)


def test_file_that_does_not_say_what_it_was_fitted_to_is_an_error(tmp_path: Path, preferences: Preferences) -> None:
    path = write_preferences(preferences, tmp_path)
    save_file(load_file(path), path)
    with pytest.raises(ModelError, match="does not say what it was fitted to"):
        read_preferences(tmp_path)


def test_file_of_other_features_is_an_error(tmp_path: Path, preferences: Preferences) -> None:
    path = write_preferences(preferences, tmp_path)
    other = preferences.fitted.model_copy(update={"text_features": TEXT_FEATURES[1:]})
    save_file(load_file(path), path, metadata={"fitted": other.model_dump_json()})
    with pytest.raises(ModelError, match="other features of the text"):
        read_preferences(tmp_path)


def test_whatever_the_scheme_arguments_are_read_by_the_main_one() -> None:
    text = "We should keep the trams, because they are quiet, and because people who have no car need them. " * 3
    ratings = {
        Convincingness.of(ArgumentMiner.load(threads=1, scheme=scheme)).rating_of_text(text)
        for scheme in (None, "essays", "opinion")
    }
    assert len(ratings) == 1
    assert None not in ratings


def test_packaged_model_has_the_score_that_was_fitted_to_it() -> None:
    """Where this fails, the weights are new: `python -m benchmarks.convincingness --write`."""
    folder = find_model("default")
    assert read_preferences(folder).fitted.model == states_digest(folder)
