"""Intervals and tests against every draw there is, by hand, and on simulated corpora."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from argmine.evaluation.statistics import (
    Interval,
    bootstrap_differences,
    bootstrap_intervals,
    randomisation_tests,
    student_quantile,
)
from argmine.evaluation.tallies import FloatArray, Found, IntArray

MICRO = Found("f1", "micro-F1")
FIRST = np.array([[8, 2, 1], [5, 5, 4], [9, 0, 1], [3, 6, 7], [6, 2, 2], [7, 1, 3]])
SECOND = np.array([[6, 3, 3], [5, 4, 4], [7, 1, 3], [4, 6, 6], [3, 4, 5], [6, 2, 4]])


def scores(totals: IntArray) -> dict[str, FloatArray]:
    return {"f1": MICRO.score(totals)}


def interval(counts: IntArray, *, level: float = 0.95, draws: int = 2_000, seed: int = 0) -> Interval:
    return bootstrap_intervals(counts, scores, level=level, draws=draws, seed=seed)["f1"]


def documents(number: int, seed: int = 0) -> IntArray:
    random = np.random.default_rng(seed)
    found = random.binomial(14, random.beta(8, 4, size=number))
    return np.stack([found, random.poisson(4, size=number), 14 - found], axis=-1)


def test_interval_holds_the_score() -> None:
    counts = documents(30)
    found = interval(counts)
    assert found.low < MICRO.score(counts.sum(axis=0)) < found.high
    assert (found.level, found.draws) == (0.95, 2_000)


def test_interval_of_a_mean_is_that_of_the_t_test() -> None:
    """A score without bias or skew: the share of documents, of which each counts the same, is normal."""
    values = np.round(stats.norm.ppf((np.arange(40) + 0.5) / 40) * 1_000).astype(np.int64)[:, None]
    found = bootstrap_intervals(values, lambda t: {"mean": t[..., 0] / 40}, draws=40_000)["mean"]
    expected = stats.t.interval(0.95, 39, scale=stats.sem(values[:, 0]))
    assert (found.low, found.high) == pytest.approx(expected, rel=0.03)


def test_interval_reads_the_quantiles_of_all_corpora_there_are() -> None:
    """Four documents make 256 corpora: the ends are quantiles of theirs, at levels by scipy's normal and t."""
    counts = FIRST[:4]
    every = np.array([MICRO.score(counts[list(drawn)].sum(axis=0)) for drawn in product(range(4), repeat=4)])
    estimate = MICRO.score(counts.sum(axis=0))
    bias = stats.norm.ppf((every < estimate).mean() + (every == estimate).mean() / 2)
    left_out = np.array([MICRO.score(np.delete(counts, n, axis=0).sum(axis=0)) for n in range(4)])
    skew = stats.skew(left_out.mean() - left_out) / 6 / np.sqrt(4)
    reach = student_quantile(0.9, 3) * np.sqrt(4 / 3)
    levels = [stats.norm.cdf(bias + (bias + z) / (1 - skew * (bias + z))) for z in (-reach, reach)]
    found = interval(counts, level=0.8, draws=40_000)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(every, levels)), abs=0.01)


def test_interval_narrows_as_documents_grow_in_number() -> None:
    few, many = interval(documents(20)), interval(np.tile(documents(20), (16, 1)))
    assert (many.high - many.low) / (few.high - few.low) == pytest.approx(1 / 4, rel=0.2)


def test_interval_of_a_lower_level_lies_within() -> None:
    wide, narrow = interval(documents(30)), interval(documents(30), level=0.8)
    assert wide.low < narrow.low < narrow.high < wide.high


def test_interval_of_equal_documents_is_a_point() -> None:
    found = interval(np.tile(FIRST[:1], (5, 1)))
    assert found.low == found.high == MICRO.score(FIRST[0])


def test_interval_stays_within_the_scores_range() -> None:
    perfect_but_one = np.array([[10, 0, 0]] * 9 + [[2, 8, 8]])
    found = interval(perfect_but_one)
    assert 0 < found.low < found.high <= 1


def test_interval_depends_on_counts_and_seed_alone() -> None:
    assert interval(FIRST) == interval(FIRST.copy())
    assert interval(FIRST) != interval(FIRST, seed=1)


def test_interval_is_the_same_beside_other_scores() -> None:
    def both(totals: IntArray) -> dict[str, FloatArray]:
        return {"recall": Found("recall", "", recall=True).score(totals), **scores(totals)}

    assert bootstrap_intervals(FIRST, both, draws=500)["f1"] == interval(FIRST, draws=500)


def test_draws_do_not_depend_on_how_many_are_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = interval(FIRST), randomisation_tests(FIRST, SECOND, scores, draws=500)
    monkeypatch.setattr("argmine.evaluation.statistics.BLOCK", 100)
    assert (interval(FIRST), randomisation_tests(FIRST, SECOND, scores, draws=500)) == whole


def test_counts_are_left_as_they_were() -> None:
    first, second = FIRST.copy(), SECOND.copy()
    bootstrap_differences(first, second, scores, draws=10)
    randomisation_tests(first, second, scores, draws=10)
    assert (first == FIRST).all()
    assert (second == SECOND).all()


def test_difference_draws_both_results_of_a_document() -> None:
    """Two systems that differ by one item a document: what documents have in common falls out."""
    counts = documents(40)
    better = counts + np.array([1, 0, -1])
    paired = bootstrap_differences(better, counts, scores, draws=1_000)["f1"]
    alone = interval(counts)
    assert 0 < paired.low < paired.high
    assert paired.high - paired.low < (alone.high - alone.low) / 4


def test_difference_turns_its_sign_with_the_systems() -> None:
    one, other = (
        bootstrap_differences(*pair, scores, draws=4_000)["f1"] for pair in ((FIRST, SECOND), (SECOND, FIRST))
    )
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=0.01)


def test_p_approaches_that_of_all_deals() -> None:
    found = MICRO.score(FIRST.sum(axis=0)) - MICRO.score(SECOND.sum(axis=0))
    as_great = [abs(_dealt(np.array(deal))) >= abs(found) - 1e-12 for deal in product([False, True], repeat=6)]
    test = randomisation_tests(FIRST, SECOND, scores, draws=40_000)["f1"]
    assert test.difference == pytest.approx(found)
    assert test.p == pytest.approx(np.mean(as_great), abs=0.01)


def _dealt(swap: IntArray) -> float:
    one = np.where(swap[:, None], SECOND, FIRST).sum(axis=0)
    other = np.where(swap[:, None], FIRST, SECOND).sum(axis=0)
    return float(MICRO.score(one) - MICRO.score(other))


def test_p_of_equal_systems_is_1() -> None:
    assert randomisation_tests(FIRST, FIRST, scores, draws=100)["f1"].p == 1


def test_p_is_never_0() -> None:
    better, worse = np.tile([10, 0, 0], (50, 1)), np.tile([0, 10, 10], (50, 1))
    assert randomisation_tests(better, worse, scores, draws=199)["f1"].p == 1 / 200


def test_p_of_one_document_is_1() -> None:
    """Swapped or not, its difference is as great."""
    assert randomisation_tests(FIRST[:1], SECOND[:1], scores, draws=50)["f1"].p == 1


@pytest.mark.parametrize("freedom", [4, 15, 79, 400])
@pytest.mark.parametrize("level", [0.9, 0.975])
def test_student_quantile_is_that_of_scipy(level: float, freedom: int) -> None:
    assert student_quantile(level, freedom) == pytest.approx(stats.t.ppf(level, freedom), rel=0.01)


def test_single_document_has_no_interval() -> None:
    with pytest.raises(ValueError, match="needs two documents or more, found 1"):
        interval(FIRST[:1])


def test_test_without_documents_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a document, found none"):
        randomisation_tests(FIRST[:0], SECOND[:0], scores)


def test_systems_on_other_documents_are_refused() -> None:
    with pytest.raises(ValueError, match=r"one shape, found \(6, 3\) and \(5, 3\)"):
        bootstrap_differences(FIRST, SECOND[:5], scores)


def test_counts_that_are_no_table_are_refused() -> None:
    with pytest.raises(ValueError, match="found 1 dimensions"):
        interval(FIRST[0])


def test_score_that_is_undefined_in_a_draw_is_refused() -> None:
    """A third of the documents hold no item: some drawn corpora hold none at all."""
    counts = np.array([[1], [1], [0]])
    with pytest.raises(ValueError, match=r"share is undefined in \d+ of 100 resampled corpora"):
        bootstrap_intervals(counts, lambda t: {"share": np.where(t[..., 0] > 0, 1.0, np.nan)}, draws=100)


@pytest.mark.parametrize(("draws", "level"), [(0, 0.95), (10, 1.0), (10, 0.0)])
def test_settings_out_of_range_are_refused(draws: int, level: float) -> None:
    with pytest.raises(ValueError, match="must"):
        interval(FIRST, draws=draws, level=level)
