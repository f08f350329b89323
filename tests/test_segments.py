"""Segmentations against brute force on small random input, and blocks against the whole on longer input."""

import math

import numpy as np
import pytest

from argmine import segments as module
from argmine.config import FAINTEST_SEGMENT, LEAST_THRESHOLD, Decoding
from argmine.segments import (
    BoundaryScores,
    FloatArray,
    best_segments,
    chosen_of,
    likely_segments,
    near_probabilities,
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
    chosen = best_segments(marginals, Decoding(segment_threshold=0.3))
    assert (chosen.exact - 0.3).sum() == pytest.approx(best)
    assert (chosen.segments[1:, 0] > chosen.segments[:-1, 1]).all()


def matching(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two segments (first, length) share more than half of the words of the longer."""
    words, others = (set(range(first, first + length)) for first, length in (one, other))
    return len(words & others) > max(len(words), len(others)) / 2


@pytest.mark.parametrize("near", [2, 256])
@pytest.mark.parametrize("seed", range(6))
def test_near_probabilities_equal_brute_force(monkeypatch: pytest.MonkeyPatch, seed: int, near: int) -> None:
    monkeypatch.setattr(module, "NEAR", near)
    scores = random_boundaries(np.random.default_rng(seed), 7, 5)
    band = segment_scores(scores)
    ways = segmentations(7, 5)
    weights = np.exp([sum(band[first, length - 1] for first, length in way) for way in ways])
    likely = likely_segments(scores, 0.0)
    found = near_probabilities(likely)
    assert len(found) == 25
    for first, last, probability, exact in zip(likely.first, likely.last, found, likely.probability, strict=True):
        one = (int(first), int(last - first + 1))
        having = [any(matching(one, other) for other in way) for way in ways]
        assert probability == pytest.approx(weights[having].sum() / weights.sum())
        assert probability >= exact


@pytest.mark.parametrize("seed", range(6))
def test_a_match_counts_by_its_weight(seed: int) -> None:
    likely = likely_segments(random_boundaries(np.random.default_rng(seed), 6, 4), FAINTEST_SEGMENT)
    worth = 0.75 * near_probabilities(likely) + 0.25 * likely.probability
    places = zip(likely.first.tolist(), likely.last.tolist(), strict=True)
    by_place = {(first, last - first + 1): value for (first, last), value in zip(places, worth, strict=True)}
    best = max(sum(by_place.get(one, 0.0) - 0.3 for one in way) for way in segmentations(6, 4))
    chosen = chosen_of(likely, Decoding(segment_threshold=0.3, overlap_weight=0.75))
    assert (0.75 * chosen.near + 0.25 * chosen.exact - 0.3).sum() == pytest.approx(best)
    assert chosen.worth == pytest.approx(0.75 * chosen.near + 0.25 * chosen.exact)


def test_a_component_whose_end_is_unsure_is_found() -> None:
    marginals = np.zeros((9, 9))
    marginals[1, [5, 6, 7]] = 0.3
    assert best_segments(marginals, Decoding(segment_threshold=0.4)).segments.tolist() == []
    found = best_segments(marginals, Decoding(segment_threshold=0.4, overlap_weight=0.5))
    assert found.segments.tolist() in ([[1, 6]], [[1, 7]], [[1, 8]])
    assert found.near.tolist() == pytest.approx([0.9])
    assert found.exact.tolist() == pytest.approx([0.3])


@pytest.mark.parametrize("seed", range(10))
def test_half_the_expected_f1_is_the_threshold_by_which_it_is_greatest(seed: int) -> None:
    scores = random_boundaries(np.random.default_rng(seed), 6, 4)
    marginals = segment_marginals(scores)
    expected = marginals.sum()

    def f1(chosen: float, count: int) -> float:
        return float(2 * chosen / (count + expected))

    ways = [way for way in segmentations(6, 4) if way]
    best = max(f1(sum(marginals[first, length - 1] for first, length in way), len(way)) for way in ways)
    found = best_segments(marginals, Decoding(threshold_by_f1=0.5)).exact
    assert f1(found.sum(), len(found)) == pytest.approx(best)
    likely = likely_segments(scores, FAINTEST_SEGMENT)
    assert likely.expected == pytest.approx(expected)
    assert own_threshold(likely, likely.probability, 0.5) == pytest.approx(best / 2)
    same = chosen_of(likely, Decoding(segment_threshold=0.9, threshold_by_f1=0.5))
    assert same.exact == pytest.approx(found)


def test_a_document_that_is_less_sure_has_a_lower_threshold() -> None:
    scores = random_boundaries(np.random.default_rng(6), 60, 6)

    def threshold(scores: BoundaryScores, share: float) -> float:
        likely = likely_segments(scores, FAINTEST_SEGMENT)
        return own_threshold(likely, likely.probability, share)

    found = [threshold(spread(scores, by), 0.3) for by in (0.5, 1.0, 2.0, 4.0)]
    assert found == sorted(found)
    assert found[0] < found[-1] - 0.05
    assert threshold(scores, 0.01) == LEAST_THRESHOLD


def test_no_words_have_no_segments() -> None:
    nothing = random_boundaries(np.random.default_rng(0), 0, 4)
    assert segment_scores(nothing).shape == segment_marginals(nothing).shape == (0, 0)
    for decoding in (Decoding(), Decoding(threshold_by_f1=0.5), Decoding(overlap_weight=0.5)):
        chosen = chosen_of(likely_segments(nothing, FAINTEST_SEGMENT), decoding)
        assert chosen.segments.shape == (0, 2)
        assert chosen.exact.shape == chosen.near.shape == (0,)


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
    own, whole = chosen_of(likely, Decoding()), best_segments(marginals, Decoding())
    assert np.array_equal(own.segments, whole.segments)
    assert own.exact == pytest.approx(whole.exact)
