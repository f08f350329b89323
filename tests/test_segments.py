"""Segmentations against brute force on small random input, and blocks against the whole on longer input."""

import math

import numpy as np
import pytest

from argmine import segments as module
from argmine.config import LEAST_THRESHOLD, Decoding
from argmine.segments import (
    BoundaryScores,
    FloatArray,
    best_of,
    best_segments,
    chosen_of,
    likely_segments,
    own_threshold,
    segment_marginals,
    segment_scores,
)


def random_boundaries(rng: np.random.Generator, words: int, longest: int) -> BoundaryScores:
    start, end, inside = rng.normal(size=(3, words))
    left, right = rng.normal(size=(2, words, 3))
    return BoundaryScores(start, end, inside, left, right, rng.normal(size=longest))


def segmentations(words: int, longest: int, start: int = 0) -> list[list[tuple[int, int]]]:
    """All ways to cut words into segments (first, length) and words outside."""
    if start == words:
        return [[]]
    ways = segmentations(words, longest, start + 1)
    for length in range(1, min(longest, words - start) + 1):
        ways = ways + [[(start, length), *rest] for rest in segmentations(words, longest, start + length)]
    return ways


def test_segment_scores_add_up_their_parts() -> None:
    scores = random_boundaries(np.random.default_rng(3), 6, 4)
    band = segment_scores(scores)
    by_hand = scores.start[1] + scores.end[3] + scores.inside[1:4].sum() + scores.left[1] @ scores.right[3]
    assert band[1, 2] == pytest.approx(by_hand + scores.length[2])
    assert np.isneginf(band[4, 2])


@pytest.mark.parametrize("seed", range(10))
def test_segment_marginals_equal_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    words, longest = int(rng.integers(1, 7)), int(rng.integers(1, 5))
    scores = random_boundaries(rng, words, longest)
    band = segment_scores(scores)
    ways = segmentations(words, band.shape[1])
    weights = np.exp([sum(band[first, length - 1] for first, length in way) for way in ways])
    expected = np.zeros_like(band)
    for way, weight in zip(ways, weights, strict=True):
        for first, length in way:
            expected[first, length - 1] += weight / weights.sum()
    assert segment_marginals(scores) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(10))
def test_best_segments_equal_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    marginals = np.where(np.arange(6)[:, None] + np.arange(4) < 6, rng.random((6, 4)), 0.0)
    ways = segmentations(6, 4)
    best = max(sum(marginals[first, length - 1] - 0.3 for first, length in way) for way in ways)
    segments, probabilities = best_segments(marginals, Decoding(segment_threshold=0.3))
    assert (probabilities - 0.3).sum() == pytest.approx(best)
    assert (segments[1:, 0] > segments[:-1, 1]).all()


@pytest.mark.parametrize("seed", range(10))
def test_half_the_expected_f1_is_the_threshold_by_which_it_is_greatest(seed: int) -> None:
    scores = random_boundaries(np.random.default_rng(seed), 6, 4)
    marginals = segment_marginals(scores)
    expected = marginals.sum()

    def f1(chosen: float, count: int) -> float:
        return float(2 * chosen / (count + expected))

    ways = [way for way in segmentations(6, 4) if way]
    best = max(f1(sum(marginals[first, length - 1] for first, length in way), len(way)) for way in ways)
    _, probabilities = best_segments(marginals, Decoding(threshold_by_f1=0.5))
    assert f1(probabilities.sum(), len(probabilities)) == pytest.approx(best)
    likely = likely_segments(scores, LEAST_THRESHOLD)
    assert likely.expected == pytest.approx(expected)
    assert own_threshold(likely, 0.5) == pytest.approx(best / 2)
    _, same = chosen_of(likely, Decoding(segment_threshold=0.9, threshold_by_f1=0.5))
    assert same == pytest.approx(probabilities)


def test_a_document_that_is_less_sure_has_a_lower_threshold() -> None:
    scores = random_boundaries(np.random.default_rng(6), 60, 6)
    found = [own_threshold(likely_segments(spread(scores, by), LEAST_THRESHOLD), 0.3) for by in (0.5, 1.0, 2.0, 4.0)]
    assert found == sorted(found)
    assert found[0] < found[-1] - 0.05
    assert own_threshold(likely_segments(scores, LEAST_THRESHOLD), 0.01) == LEAST_THRESHOLD


def test_no_words_have_no_segments() -> None:
    nothing = random_boundaries(np.random.default_rng(0), 0, 4)
    assert segment_scores(nothing).shape == segment_marginals(nothing).shape == (0, 0)
    for decoding in (Decoding(), Decoding(threshold_by_f1=0.5)):
        assert chosen_of(likely_segments(nothing, 0.05), decoding)[0].shape == (0, 2)
    segments, probabilities = best_of(likely_segments(nothing, 0.5), 0.5)
    assert segments.shape == (0, 2)
    assert probabilities.shape == (0,)


def by_definition(scores: BoundaryScores) -> FloatArray:
    """The marginals word by word in logs, over a band that is there as a whole."""
    band = segment_scores(scores)
    count, longest = band.shape
    before, behind = np.zeros(count + 1), np.zeros(count + 1)
    for t in range(1, count + 1):
        ways = [before[t - 1 - k] + band[t - 1 - k, k] for k in range(min(longest, t))]
        before[t] = np.logaddexp.reduce([before[t - 1], *ways])
    for t in range(count - 1, -1, -1):
        ways = [behind[t + 1 + k] + band[t, k] for k in range(min(longest, count - t))]
        behind[t] = np.logaddexp.reduce([behind[t + 1], *ways])
    after = np.minimum(np.arange(count)[:, None] + np.arange(longest) + 1, count)
    marginals: FloatArray = np.exp(before[:count, None] + band + behind[after] - before[count])
    return marginals


def spread(scores: BoundaryScores, factor: float) -> BoundaryScores:
    """The same with greater scores, good and bad."""
    return BoundaryScores(*(getattr(scores, name) * math.sqrt(factor) for name in BoundaryScores.__slots__))


@pytest.mark.parametrize("block", [1, 7, 32, 33, 1024])
@pytest.mark.parametrize("words", [1, 5, 64, 150])
def test_blocks_give_what_the_whole_gives(monkeypatch: pytest.MonkeyPatch, words: int, block: int) -> None:
    scores = random_boundaries(np.random.default_rng(words), words, 12)
    expected = by_definition(scores)
    monkeypatch.setattr(module, "BLOCK", block)
    assert segment_marginals(scores) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("factor", [30.0, 1e3, 1e5])
def test_great_scores_overflow_nowhere(monkeypatch: pytest.MonkeyPatch, factor: float) -> None:
    scores = spread(random_boundaries(np.random.default_rng(4), 90, 9), factor)
    monkeypatch.setattr(module, "BLOCK", 40)
    assert segment_marginals(scores) == pytest.approx(by_definition(scores), abs=1e-6)


def test_scores_too_great_for_exp_are_summed_in_logs(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = random_boundaries(np.random.default_rng(5), 70, 9)
    expected = segment_marginals(scores)
    monkeypatch.setattr(module, "EXP", -np.inf)
    monkeypatch.setattr(module, "BLOCK", 30)
    assert segment_marginals(scores) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("threshold", [0.0, 0.2, 0.5])
def test_likely_segments_are_those_above_the_threshold(monkeypatch: pytest.MonkeyPatch, threshold: float) -> None:
    scores = spread(random_boundaries(np.random.default_rng(6), 80, 6), 4.0)
    marginals = segment_marginals(scores)
    monkeypatch.setattr(module, "BLOCK", 32)
    likely = likely_segments(scores, threshold)
    found = dict(zip(zip(likely.first.tolist(), likely.last.tolist(), strict=True), likely.probability, strict=True))
    first, length = np.nonzero(marginals > threshold)
    expected = {(int(a), int(a + b)): marginals[a, b] for a, b in zip(first, length, strict=True)}
    assert found.keys() == expected.keys()
    assert found == pytest.approx(expected)
    segments, probabilities = best_of(likely, 0.5)
    whole, their = best_segments(marginals, Decoding(segment_threshold=0.5))
    assert np.array_equal(segments, whole)
    assert probabilities == pytest.approx(their)
