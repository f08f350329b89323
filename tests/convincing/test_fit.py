import numpy as np
import pytest
from scipy.optimize import minimize

from argmine.convincing.fit import Ridge, bradley_terry, fit
from tests.convincing.made_up import arguments

RIDGE = Ridge(2.0, 1.0)


def test_two_arguments_are_as_far_apart_as_their_pairs_say() -> None:
    """Worked by hand: won 3 of 4 times, with next to no ridge, the log odds are log 3."""
    weights = bradley_terry(np.array([[1.0], [0.0]]), np.array([[0, 1]] * 3 + [[1, 0]]), np.array([1e-9]))
    assert weights == pytest.approx([np.log(3)])


def test_ridge_holds_weights_near_zero() -> None:
    features, pairs = np.array([[1.0], [0.0]]), np.array([[0, 1]] * 3)
    weak, strong = (bradley_terry(features, pairs, np.array([ridge]))[0] for ridge in (1.0, 100.0))
    assert 0 < strong < 0.02 < weak


@pytest.mark.parametrize("seed", range(3))
def test_weights_are_those_of_a_general_optimiser(seed: int) -> None:
    rated, _ = arguments(30, seed=seed)
    features, ridge = rated.features[:, :5], np.array([0.5, 1, 2, 3, 4.0])

    def loss(weights: np.ndarray) -> float:
        scores = features @ weights
        apart = scores[rated.pairs[:, 0]] - scores[rated.pairs[:, 1]]
        return float(np.logaddexp(0, -apart).sum() + 0.5 * (ridge * weights**2).sum())

    expected = minimize(loss, np.zeros(5), method="BFGS", options={"gtol": 1e-7}).x
    np.testing.assert_allclose(bradley_terry(features, rated.pairs, ridge), expected, atol=1e-4)


def test_fitted_score_orders_most_pairs() -> None:
    rated, _ = arguments()
    found = fit(rated, RIDGE, model="m")
    scores = found.by_length(rated.words) + found.beyond_length(rated.features, rated.words)
    assert (scores[rated.pairs[:, 0]] > scores[rated.pairs[:, 1]]).mean() > 0.9


def test_mean_of_the_fitted_scores_is_zero() -> None:
    rated, _ = arguments()
    found = fit(rated, RIDGE, model="m")
    assert found.by_length(rated.words).mean() == pytest.approx(0, abs=1e-9)
    assert found.beyond_length(rated.features, rated.words).mean() == pytest.approx(0, abs=1e-9)


def test_score_beyond_length_goes_with_merit_and_not_with_length() -> None:
    rated, own = arguments(200)
    rest = fit(rated, RIDGE, model="m").beyond_length(rated.features, rated.words)
    assert np.corrcoef(rest, own)[0, 1] > 0.9
    assert abs(np.corrcoef(rest, np.log(rated.words))[0, 1]) < 0.1


def test_longer_arguments_have_the_higher_share_by_length() -> None:
    rated, _ = arguments(200)
    assert (np.diff(fit(rated, RIDGE, model="m").by_length(np.arange(15.0, 90.0))) > 0).all()


def test_fitted_preferences_say_what_they_were_fitted_to() -> None:
    rated, _ = arguments()
    found = fit(rated, RIDGE, model="m").fitted
    assert (found.model, found.states) == ("m", rated.states)
    assert (found.least_words, found.most_words) == (rated.words.min(), rated.words.max())


def test_feature_that_never_varies_has_no_say() -> None:
    rated, _ = arguments()
    rated.features[:, 1] = 7.0
    found = fit(rated, RIDGE, model="m")
    assert found.weights[1] == pytest.approx(0, abs=1e-9)
    assert np.isfinite(found.beyond_length(rated.features, rated.words)).all()


def test_part_of_the_arguments_keeps_the_pairs_inside_it() -> None:
    rated, _ = arguments(8)
    kept = np.array([False, True, True, False, True, True, True, True])
    part = rated.among(kept)
    places = np.flatnonzero(kept)
    expected = {(a, b) for a, b in rated.pairs.tolist() if kept[a] and kept[b]}
    assert {(int(places[a]), int(places[b])) for a, b in part.pairs} == expected
    np.testing.assert_array_equal(part.words, rated.words[kept])


def test_no_pairs_is_an_error() -> None:
    rated, _ = arguments(4)
    with pytest.raises(ValueError, match="no pairs"):
        fit(rated.among(np.array([True, False, False, False])), RIDGE, model="m")
