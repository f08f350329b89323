"""Boundary scores → the segments worth having: a semi-Markov model (Sarawagi & Cohen 2004), exact, in numpy alone.

A document's segmentation is a way through its words, each step one word outside (score 0) or one whole segment. Scores
of segments are made and used up in blocks of words, and what is kept is as long as the text or as the list of likely
segments: memory grows by a few numbers a word.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view
from numpy.typing import NDArray

from argmine.config import FAINTEST_SEGMENT, LEAST_THRESHOLD, Decoding

FloatArray = NDArray[np.floating]
IntArray = NDArray[np.int64]

ROUNDS = 20
BLOCK = 1024
NEAR = 256
"""Segments that are held against all in their neighbourhood at once."""
ROWS = 32
"""Starts whose products with all ends in reach are taken at once: so few that the library adds no threads."""
GREAT = 1e100
EXP = 300.0
"""Greatest score of a segment whose `exp` is multiplied as it is; `GREAT` and this stay far from the end of float64."""


@dataclass(frozen=True, slots=True)
class BoundaryScores:
    """What the boundary tagger says of n words.

    Attributes:
        start: `[n]`, for a segment to start at a word.
        end: `[n]`, to end at it.
        inside: `[n]`, to hold it.
        left: `[n, d]` and `right`: `[n, d]`, whose products score a start together with an end.
        length: `[l]`, for a segment of 1, 2, … words.
    """

    start: FloatArray
    end: FloatArray
    inside: FloatArray
    left: FloatArray
    right: FloatArray
    length: FloatArray


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments by first and last word, `[s]` each, with `[s]` probabilities.

    `expected` is how many a document is expected to have: the sum over all its segments, unlikely ones too.
    """

    first: IntArray
    last: IntArray
    probability: FloatArray
    expected: float


def segment_scores(scores: BoundaryScores) -> FloatArray:
    """`[n, l]`, the score of the segment of l + 1 words that starts at each word; -inf beyond the text."""
    found = np.zeros((len(scores.start), longest_of(scores)))
    for first in _blocks(scores):
        found[first : first + BLOCK] = _band(scores, first)
    return found


def segment_marginals(scores: BoundaryScores) -> FloatArray:
    """`[n, l]`, the probability of each segment to be one of the document's."""
    found = np.zeros((len(scores.start), longest_of(scores)))
    for first, logs in _log_marginals(scores):
        found[first : first + len(logs)] = np.exp(logs)
    return found


def partition(band: FloatArray) -> tuple[float, FloatArray]:
    """The log of the summed weights of all segmentations of n words, and how it grows with each segment's score.

    Args:
        band: `[n, l]`, the score of the segment of 1, 2, … words that starts at each word; -inf beyond the text.

    Returns:
        The logarithm, and `[n, l]` its derivatives: the probability of each segment to be one of the text's.
    """
    longest = band.shape[1]
    before, beyond = _forward(band, _start(longest))
    reached = sliding_window_view(_backward(band, _start(longest))[1:-1], longest)
    return float(beyond[0]), np.exp(np.minimum(before[:, None] + band + reached - beyond[0], 0.0))


def likely_segments(scores: BoundaryScores, threshold: float) -> Segments:
    """The segments whose probability to be one of the document's is above `threshold`, in no order."""
    least = math.log(threshold) if threshold > 0 else -math.inf
    parts, expected = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))], 0.0
    for start, logs in _log_marginals(scores):
        first, length = np.nonzero(logs > least)
        parts.append((first + start, first + start + length, np.exp(logs[first, length])))
        expected += float(np.exp(logs).sum())
    first, last, probability = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Segments(first, last, probability, expected)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The segments that are taken, in text order, none overlapping another.

    Attributes:
        segments: `[m, 2]`, first and last word.
        exact: `[m]`, the probability that the document has a segment of exactly these words.
        near: `[m]`, that it has one which matches at more than half of the words.
        worth: `[m]`, the mean of both by which they were taken.
    """

    segments: IntArray
    exact: FloatArray
    near: FloatArray
    worth: FloatArray


def best_segments(marginals: FloatArray, decoding: Decoding) -> Chosen:
    """`chosen_of` what is likely by `[n, l]` marginals."""
    first, length = np.nonzero(marginals > FAINTEST_SEGMENT)
    likely = Segments(first, first + length, marginals[first, length], float(marginals.sum()))
    return chosen_of(likely, decoding)


def chosen_of(likely: Segments, decoding: Decoding) -> Chosen:
    """The segments whose worth, less the threshold that the decoding sets, has the greatest sum.

    What counts for a reader is that a component is found, a word more or less; where a document's boundaries are
    unsure, the probability of each is spread over many near ones, none of which may be likely. So the worth of a
    segment is a mean, by `decoding.overlap_weight`, of the probability that it matches and that of its exact ends.

    Args:
        likely: those above `FAINTEST_SEGMENT`.
        decoding: what sets worth and threshold.
    """
    near = near_probabilities(likely)
    worth = decoding.overlap_weight * near + (1 - decoding.overlap_weight) * likely.probability
    by_f1 = decoding.threshold_by_f1
    threshold = own_threshold(likely, worth, by_f1) if by_f1 else decoding.segment_threshold
    best = best_of(likely, worth, threshold)
    segments = np.stack([likely.first[best], likely.last[best]], axis=1)
    return Chosen(segments, likely.probability[best], near[best], worth[best])


def near_probabilities(likely: Segments) -> FloatArray:
    """`[s]`, how likely the document has a segment that matches each: shares more than half of the longer's words.

    Whatever matches a segment holds more than half of its words. So any two that do overlap, a document cannot have
    both, and their probabilities add up.
    """
    order = np.argsort(likely.first, kind="stable")
    first, last, probability = likely.first[order], likely.last[order], likely.probability[order]
    words = last - first + 1
    reach = int(words.max(initial=0)) // 2
    found = np.zeros(len(order))
    for start in range(0, len(order), NEAR):
        own = slice(start, start + NEAR)
        low, high = np.searchsorted(first, (first[own][0] - reach, first[own][-1] + reach + 1))
        beside = slice(low, high)
        shared = np.minimum(last[own, None], last[beside]) - np.maximum(first[own, None], first[beside]) + 1
        match = 2 * shared > np.maximum(words[own, None], words[beside])
        found[order[own]] = match @ probability[beside]
    return np.minimum(found, 1.0)


def own_threshold(likely: Segments, worth: FloatArray, share: float) -> float:
    """The threshold that is a share of the F1 that segments chosen by it are expected to have.

    Expected is twice the sum of what is chosen over its number and the number that the document is expected to have.
    By a share of one half that F1 is greatest (Lipton, Elkan & Naryanaswamy 2014), and the way there is Dinkelbach's
    (1967). A document of a kind that the model is less sure of has a lower threshold, and loses less.

    Args:
        likely: segments.
        worth: `[s]`, of each, how likely it is right.
        share: of the expected F1.

    Returns:
        The threshold, `LEAST_THRESHOLD` or more.
    """
    threshold = LEAST_THRESHOLD
    for _ in range(ROUNDS):
        sure = worth[best_of(likely, worth, threshold)]
        before, threshold = threshold, max(LEAST_THRESHOLD, share * _expected_f1(sure, likely.expected))
        if threshold == before:
            break
    return threshold


def _expected_f1(sure: FloatArray, expected: float) -> float:
    return float(2 * sure.sum() / (len(sure) + expected)) if len(sure) else 0.0


def best_of(likely: Segments, worth: FloatArray, threshold: float) -> IntArray:
    """Segments that do not overlap and whose worth, less a threshold each, has the greatest sum.

    Args:
        likely: segments, each only once.
        worth: `[s]`, of each; those up to the threshold do not count.
        threshold: least that makes a segment worth taking.

    Returns:
        `[m]`, the places of those that are taken, in text order.
    """
    order = np.lexsort((likely.first, likely.last))
    order = order[worth[order] > threshold]
    first, last, gain = likely.first[order], likely.last[order], worth[order] - threshold
    best = np.zeros(len(order) + 1)
    free = np.searchsorted(last, first, side="left")  # how many end before each starts
    taken = np.zeros(len(order), bool)
    for k in range(len(order)):
        with_it = best[free[k]] + gain[k]
        taken[k] = with_it > best[k]
        best[k + 1] = max(best[k], with_it)
    chosen: list[int] = []
    k = len(order)
    while k:
        if taken[k - 1]:
            chosen.append(k - 1)
            k = int(free[k - 1])
        else:
            k -= 1
    return order[chosen[::-1]]


def longest_of(scores: BoundaryScores) -> int:
    """Words of the longest segment that a text of n words can hold."""
    return min(len(scores.length), len(scores.start))


def _blocks(scores: BoundaryScores) -> range:
    return range(0, len(scores.start), BLOCK)


def _log_marginals(scores: BoundaryScores) -> Iterator[tuple[int, FloatArray]]:
    """First word and `[b, l]` log probabilities of each block, the last one first."""
    blocks, longest, count = _blocks(scores), longest_of(scores), len(scores.start)
    before, ahead = np.zeros(count), _start(longest)
    band: FloatArray = np.zeros((0, longest))
    for first in blocks:
        band = _band(scores, first)
        before[first : first + BLOCK], ahead = _forward(band, ahead)
    total, behind = ahead[0], _start(longest)
    for first in reversed(blocks):
        band = band if first == blocks[-1] else _band(scores, first)
        ways = _backward(band, behind)
        reached = sliding_window_view(ways[1:-1], longest)
        logs = before[first : first + BLOCK, None] + band + reached - total
        behind = ways[: longest + 1]
        yield first, np.minimum(logs, 0.0)


def _start(longest: int) -> FloatArray:
    """`[l + 1]`, log weight of all ways to a text's edge and to the l places beyond it, which nothing leads to."""
    return np.append(0.0, np.full(longest, -np.inf))


def _band(scores: BoundaryScores, first: int) -> FloatArray:
    """`[b, l]`, of the block that starts at a word, the scores of segments; -inf beyond the text."""
    longest, count = longest_of(scores), len(scores.start)
    own, seen = slice(first, min(count, first + BLOCK)), slice(first, min(count, first + BLOCK + longest - 1))
    through = np.cumsum(scores.inside[seen], dtype=np.float64)
    starts = scores.start[own].astype(np.float64)
    starts[1:] -= through[: len(starts) - 1]
    ends = np.append(scores.end[seen] + through, np.full(len(starts) + longest - 1 - len(through), -np.inf))
    band = _products(scores.left[own], scores.right[seen], longest)
    band += starts[:, None]
    band += sliding_window_view(ends, longest)
    band += scores.length[:longest]
    return band


def _products(left: FloatArray, right: FloatArray, longest: int) -> FloatArray:
    """`[b, l]`, of each of b rows with the l rows from its own number on; rows that are not there are zeros."""
    groups, size = -(-len(left) // ROWS), left.shape[1]
    rows = np.zeros((groups, ROWS, size))
    rows.reshape(-1, size)[: len(left)] = left
    reach = np.zeros((groups * ROWS + longest - 1, size))
    reach[: len(right)] = right
    step, item = reach.strides
    near = as_strided(reach, (groups, ROWS + longest - 1, size), (ROWS * step, step, item), writeable=False)
    square = rows @ near.transpose(0, 2, 1)
    group, row, column = square.strides
    band = as_strided(square, (groups, ROWS, longest), (group, row + column, column))
    return band.reshape(-1, longest)[: len(left)]


def _forward(band: FloatArray, ahead: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`[b]`, log weight of all ways to each word of a block, and `ahead` for the next block.

    Args:
        band: `[b, l]`, the block's scores.
        ahead: `[l + 1]`, log weight of the ways to its first word, and of those to the l places after it that jump
            over it.
    """
    if band.max() > EXP:
        return _forward_in_logs(band, ahead)
    count, longest = band.shape
    base = ahead[0]
    ways, bases = np.zeros(count + longest + 1), np.empty(count)
    ways[: longest + 1] = np.exp(ahead - base)
    for t, weights in enumerate(np.exp(band)):
        beyond = ways[t + 1 : t + 1 + longest]
        here = ways[t]
        if here > GREAT:
            beyond /= here
            base += math.log(here)
            ways[t] = here = 1.0
        bases[t] = base
        ways[t + 1] += here
        beyond += weights * here
    with np.errstate(divide="ignore"):  # the log of 0 is meant: nothing leads there
        logs = np.log(ways)
    return logs[:count] + bases, logs[count:] + base


def _backward(band: FloatArray, behind: FloatArray) -> FloatArray:
    """`[b + l + 1]`, log weight of all ways from each word of a block, and from each place of `behind`, to the end.

    Args:
        band: `[b, l]`, the block's scores.
        behind: `[l + 1]`, the same of the words after the block; -inf beyond the text.
    """
    if band.max() > EXP:
        return _backward_in_logs(band, behind)
    count, longest = band.shape
    base = behind[0]
    ways, logs = np.empty(count + longest + 1), np.append(np.zeros(count), behind)
    ways[count:] = np.exp(behind - base)
    weights = np.exp(band)
    for t in range(count - 1, -1, -1):
        beyond = ways[t + 1 : t + 1 + longest]
        here = beyond[0] + beyond.dot(weights[t])
        if here > GREAT:
            beyond /= here
            base += math.log(here)
            here = 1.0
        ways[t], logs[t] = here, base + math.log(here)
    return logs


def _forward_in_logs(band: FloatArray, ahead: FloatArray) -> tuple[FloatArray, FloatArray]:
    """As `_forward`, whatever the scores."""
    count, longest = band.shape
    ways = np.append(ahead, np.full(count, -np.inf))
    for t, row in enumerate(band):
        ways[t + 1] = np.logaddexp(ways[t + 1], ways[t])
        beyond = ways[t + 1 : t + 1 + longest]
        np.logaddexp(beyond, row + ways[t], out=beyond)
    return ways[:count], ways[count:]


def _backward_in_logs(band: FloatArray, behind: FloatArray) -> FloatArray:
    """As `_backward`, whatever the scores."""
    count, longest = band.shape
    ways = np.append(np.zeros(count), behind)
    for t in range(count - 1, -1, -1):
        jumps = np.logaddexp.reduce(ways[t + 1 : t + 1 + longest] + band[t])
        ways[t] = np.logaddexp(ways[t + 1], jumps)
    return ways
