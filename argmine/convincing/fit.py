"""Fitting `Preferences` to pairs of arguments: a logistic model of differences (Bradley & Terry 1952), with a ridge.

Newton's method on the penalised log likelihood. The matrix of second derivatives is taken through the graph of pairs,
whose Laplacian is as large as there are arguments, so that it costs the same however many pairs there are.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from argmine.convincing.features import TEXT_FEATURES
from argmine.convincing.preferences import Fitted, Preferences, deviations, powers
from argmine.encoding import FloatArray, IntArray

STEPS = 50
TOLERANCE = 1e-6
LENGTH_RIDGE = 1.0


class Ridge(NamedTuple):
    """How strongly weights are held near 0: of the encoder's states, and of the text features."""

    states: float
    text: float


@dataclass(frozen=True, slots=True)
class Rated:
    """n arguments and p pairs of them.

    Attributes:
        features: `[n, f]`, the first `states` of them the encoder's.
        words: `[n]`, counts of words.
        pairs: `[p, 2]`, places of the argument that convinced more and of the other.
        states: how many of the features are the encoder's.
    """

    features: FloatArray
    words: FloatArray
    pairs: IntArray
    states: int

    def among(self, kept: NDArray[np.bool_]) -> "Rated":
        """The arguments that the `[n]` mask keeps, and the pairs whose both ends it keeps."""
        place = np.cumsum(kept) - 1
        both = kept[self.pairs].all(axis=1)
        return Rated(self.features[kept], self.words[kept], place[self.pairs[both]], self.states)


def fit(rated: Rated, ridge: Ridge, *, model: str) -> Preferences:
    """The likeliest preferences under the ridge.

    Args:
        rated: what was judged.
        ridge: chosen on other data.
        model: of whose states the features are, as `states_digest` says.

    Raises:
        ValueError: there are no pairs.
    """
    if not len(rated.pairs):
        raise ValueError("there are no pairs to fit preferences to")
    by_length = powers(rated.words)
    trend = np.linalg.lstsq(by_length, rated.features, rcond=None)[0]
    left = rated.features - by_length @ trend
    spread = np.where(left.std(axis=0) > 1e-9, left.std(axis=0), 1.0)
    rest = deviations(rated.features, rated.words, trend, spread)
    mean, scale = by_length[:, 1:].mean(axis=0), by_length[:, 1:].std(axis=0) + 1e-9
    held = np.full(rest.shape[1], ridge.text)
    held[: rated.states] = ridge.states
    columns = np.concatenate([rest, (by_length[:, 1:] - mean) / scale], axis=1)
    found = bradley_terry(columns, rated.pairs, np.append(held, [LENGTH_RIDGE] * len(mean)))
    weights, slopes = found[: len(held)], found[len(held) :] / scale
    fitted = Fitted(
        model=model,
        states=rated.states,
        text_features=TEXT_FEATURES,
        least_words=int(rated.words.min()),
        most_words=int(rated.words.max()),
    )
    length = np.append(-slopes @ mean, slopes)
    return Preferences(trend, spread, weights, length, np.atleast_1d((rest @ weights).mean()), fitted)


def bradley_terry(features: FloatArray, pairs: IntArray, ridge: FloatArray) -> FloatArray:
    """`[f]` weights w that maximise Σ log σ((x_better - x_worse)·w) - ½ Σ ridge·w².

    Args:
        features: `[n, f]`, a row x an argument.
        pairs: `[p, 2]`, rows of the better and the worse.
        ridge: `[f]`, above 0.
    """
    weights = np.zeros(features.shape[1])
    for _ in range(STEPS):
        scores = features @ weights
        wrong = 1 / (1 + np.exp(scores[pairs[:, 0]] - scores[pairs[:, 1]]))
        pull = np.bincount(pairs[:, 0], wrong, len(scores)) - np.bincount(pairs[:, 1], wrong, len(scores))
        slope = features.T @ pull - ridge * weights
        curve = features.T @ (_laplacian(pairs, wrong * (1 - wrong), len(scores)) @ features)
        step = np.linalg.solve(curve + np.diag(ridge), slope)
        weights = weights + step
        if np.abs(step).max() < TOLERANCE:
            break
    return weights


def _laplacian(pairs: IntArray, weights: FloatArray, count: int) -> FloatArray:
    """`[n, n]`, of the graph whose edges are the pairs."""
    joined = np.bincount(pairs[:, 0] * count + pairs[:, 1], weights, count * count).reshape(count, count)
    joined = joined + joined.T
    laplacian: FloatArray = np.diag(joined.sum(axis=1)) - joined
    return laplacian
