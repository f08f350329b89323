from typing import Any

import numpy as np
import pytest

from argmine.convincing.fit import Rated, Ridge
from argmine.corpora.ukp_convarg1 import Preference, RatedArgument, RatedArguments
from benchmarks import convincingness
from benchmarks.convincingness import accuracy, best_ridge, cross_validated, figures, measure
from tests.convincing.made_up import arguments

WEAK, STRONG = Ridge(1.0, 1.0), Ridge(1e6, 1e6)


def made_up() -> tuple[Rated, RatedArguments]:
    """Sixty arguments of six sides of three topics, of which the better ones have the lower ranks."""
    rated, own = arguments(60)
    merit = np.log(rated.words) + own
    topics, sides = [str(n // 20) for n in range(60)], [str(n // 10 % 2) for n in range(60)]
    inside = [p for p in rated.pairs.tolist() if (topics[p[0]], sides[p[0]]) == (topics[p[1]], sides[p[1]])]
    kept = Rated(rated.features, rated.words, np.array(inside), rated.states)
    rows = zip(topics, sides, merit, strict=True)
    texts = tuple(RatedArgument(str(n), t, s, "text", float(-m)) for n, (t, s, m) in enumerate(rows))
    return kept, RatedArguments("made-up", texts, tuple(Preference(str(a), str(b)) for a, b in inside), "own")


def test_accuracy_counts_a_tie_half() -> None:
    """Of three pairs one is right, one wrong, one a tie."""
    assert accuracy(np.array([2.0, 1.0, 1.0]), np.array([[0, 1], [2, 0], [1, 2]])) == 0.5


def test_held_out_group_does_not_bear_on_its_own_scores() -> None:
    rated, corpus = made_up()
    topics = np.array([a.topic for a in corpus.arguments])
    before = cross_validated(rated, topics, topics, [WEAK])
    turned = rated.pairs.copy()
    here = topics[turned[:, 0]] == "1"
    turned[here] = turned[here][:, ::-1]
    after = cross_validated(Rated(rated.features, rated.words, turned, rated.states), topics, topics, [WEAK])
    np.testing.assert_array_equal(before.whole[topics == "1"], after.whole[topics == "1"])
    assert (before.whole[topics == "0"] != after.whole[topics == "0"]).any()


def test_ridge_is_chosen_by_what_is_left_out() -> None:
    rated, corpus = made_up()
    topics = np.array([a.topic for a in corpus.arguments])
    assert best_ridge(rated, topics, [STRONG, WEAK]) == WEAK
    assert best_ridge(rated, topics, [STRONG]) == STRONG


def test_figures_are_of_score_rest_and_length() -> None:
    rated, corpus = made_up()
    sides = np.array([f"{a.topic}_{a.side}" for a in corpus.arguments])
    topics = np.array([a.topic for a in corpus.arguments])
    ranks = np.array([a.rank for a in corpus.arguments])
    found: dict[str, Any] = figures(cross_validated(rated, topics, topics, [WEAK]), rated, sides, ranks)
    assert found["pairs"] == len(rated.pairs)
    assert found["accuracy"]["score"] > found["accuracy"]["beyond_length"] > 0.5
    assert found["accuracy"]["length_alone"] == accuracy(rated.words, rated.pairs)
    assert found["spearman_with_length"]["length_alone"] == pytest.approx(1)
    assert abs(found["spearman_with_length"]["beyond_length"]) < found["spearman_with_length"]["score"]
    assert found["spearman_with_gold_ranks_mean_of_sides"]["score"] > 0.8
    assert found["ridge"] == {str(tuple(WEAK)): 3}


def test_all_figures_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    found: dict[str, Any] = measure(*made_up(), grid=[WEAK])
    assert set(found) == {"published", "topics_left_out", "sides_left_out", "states_alone", "text_alone"}
    assert found["sides_left_out"]["ridge"] == {str(tuple(WEAK)): 6}
    assert "topics_left_out" in capsys.readouterr().out


def test_grid_starts_from_positive_ridges() -> None:
    assert all(ridge.states > ridge.text > 0 for ridge in convincingness.GRID)
