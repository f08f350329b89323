import numpy as np
import pytest

from argmine.convincing.features import TEXT_FEATURES, features, text_features
from argmine.miner import ArgumentMiner

TEXT = 'I love buses!! Buses are CHEAP, because "you" share 1.Sooo, 20 people ride... why not?'
WORDS = 15


def value(name: str, text: str = TEXT) -> float:
    return float(text_features(text, pieces=30)[TEXT_FEATURES.index(name)])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("log of sentences", np.log(3)),  # "!!", "...", "?"
        ("share of words of 7 letters or more", 1 / WORDS),  # because
        ("word pieces a word", 2),
        ("share of words in capitals", 1 / WORDS),
        ("share of sentences that open with a capital letter", 2 / 3),
        ("commas a word", 2 / WORDS),
        ("exclamation marks a word", 2 / WORDS),
        ("question marks a word", 1 / WORDS),
        ("runs of stops a word", 1 / WORDS),
        ("quotation marks a word", 2 / WORDS),
        ("share of words with a figure", 2 / WORDS),
        ("distinct words over words to the power of .8", 14 / WORDS**0.8),
        ("share of words of the first person", 1 / WORDS),
        ("share of words of the second person", 1 / WORDS),
        ("discourse markers a word", 1 / WORDS),
        ("ends with a closing mark", 1),
        ("letters written three times or more, a word", 1 / WORDS),
        ("marks without a space behind, a word", 1 / WORDS),
    ],
)
def test_text_feature_says_what_its_name_does(name: str, expected: float) -> None:
    assert len(TEXT.split()) == WORDS
    assert value(name) == pytest.approx(expected)


def test_letters_are_counted_in_words_without_their_marks() -> None:
    assert value("letters a word", "“Trams, run!”") == 4
    assert value("share of capital letters", "Ab 12") == 0.5


def test_text_without_letters_or_stops_has_finite_features() -> None:
    assert np.isfinite(text_features("12 ?", pieces=2)).all()


def test_features_are_the_mean_state_and_the_text_features(tiny_miner: ArgumentMiner) -> None:
    text = "The city must run its buses at night."
    found = features(tiny_miner, text)
    encoded = tiny_miner.encoder.encode(tiny_miner.mine(text).document)
    states = tiny_miner.scorer.words(encoded)
    assert found is not None
    np.testing.assert_allclose(found[: states.shape[1]], states.mean(axis=0), rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(found[states.shape[1] :], text_features(text, pieces=len(encoded.ids)))


def test_white_space_does_not_matter(tiny_miner: ArgumentMiner) -> None:
    parted, whole = (features(tiny_miner, text) for text in ("The bus\n\nis  free. \n", "The bus is free."))
    assert parted is not None
    assert whole is not None
    np.testing.assert_array_equal(parted, whole)


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_text_without_words_has_no_features(tiny_miner: ArgumentMiner, text: str) -> None:
    assert features(tiny_miner, text) is None
