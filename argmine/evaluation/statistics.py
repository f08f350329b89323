"""How sure scores are: bootstrap intervals over documents, and a paired randomisation test of two systems.

Items of one document rise and fall together, so documents are what is drawn, never items. Everything works on counts,
an array `[document, count]`, and on a function from their totals `[..., count]` to scores `[...]` by name, such as
`Protocol.scores`; a corpus is scored by the sums of its documents' counts, as everywhere in `argmine.metrics`.

The interval is the bias-corrected and accelerated one (Efron 1987, "Better bootstrap confidence intervals"), in which
Student's quantile, times √(n / (n - 1)), takes the place of the normal one (the expansion of Hesterberg 2015, "What
teachers should know about the bootstrap"): without it the intervals of a few documents are too short.
`benchmarks/bootstrap_coverage.py` measures how often it covers the truth, beside its rivals.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TypeAlias

import numpy as np

from argmine.evaluation.tallies import FloatArray, IntArray

Scores: TypeAlias = Callable[[IntArray], Mapping[str, FloatArray]]

LEVEL = 0.95
DRAWS = 10_000
# Numbers of drawn documents held at a time, 32 MiB of them; what is drawn does not depend on it.
BLOCK = 2**22
# Two corpora of equal counts may differ in the last bits of their scores.
TIE = 1e-12


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval of a score, or of the difference of two.

    Attributes:
        low: its lower end.
        high: its upper end.
        level: how often such an interval covers the truth.
        draws: corpora drawn for it.
    """

    low: float
    high: float
    level: float
    draws: int

    def figures(self) -> dict[str, float]:
        """What a JSON record keeps."""
        return {"low": self.low, "high": self.high, "level": self.level, "draws": self.draws}


@dataclass(frozen=True, slots=True)
class RandomisationTest:
    """Whether chance alone could part two systems.

    Attributes:
        difference: the first system's score minus the second's.
        p: how often, on both sides, a difference is as great where each document's two results are dealt at random.
        draws: deals; `p` is (1 + those as great) / (1 + draws), and so never 0.
    """

    difference: float
    p: float
    draws: int

    def figures(self) -> dict[str, float]:
        """What a JSON record keeps."""
        return {"difference": self.difference, "p": self.p, "draws": self.draws}


def bootstrap_intervals(
    counts: IntArray, scores: Scores, *, level: float = LEVEL, draws: int = DRAWS, seed: int = 0
) -> dict[str, Interval]:
    """The confidence interval of each score, all from the same drawn corpora.

    Where leaving out and repeating documents changes nothing, as where all is right, an interval is a point.

    Args:
        counts: `[document, count]`.
        scores: from totals `[..., count]` to `[...]` by name.
        level: how often such intervals shall cover the truth.
        draws: corpora to draw with replacement, each of as many documents.
        seed: with equal counts and seeds, intervals are equal.

    Raises:
        ValueError: there are fewer than two documents, a score is undefined in a drawn corpus, or `level` or `draws`
            is out of range.
    """
    _refuse_draws(draws)
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, found {level}")
    documents = len(_refuse_shape(counts))
    if documents < 2:
        raise ValueError(f"an interval needs two documents or more, found {documents}")
    whole = counts.sum(axis=0)
    estimates, left_out = scores(whole), _defined(scores(whole - counts))
    drawn = _defined(scores(_drawn(counts, draws, seed)))
    levels = {name: _levels(drawn[name], float(estimates[name]), left_out[name], level) for name in drawn}
    ends = {name: np.quantile(drawn[name], pair) for name, pair in levels.items()}
    return {name: Interval(float(low), float(high), level, draws) for name, (low, high) in ends.items()}


def bootstrap_differences(
    first: IntArray, second: IntArray, scores: Scores, *, level: float = LEVEL, draws: int = DRAWS, seed: int = 0
) -> dict[str, Interval]:
    """The confidence interval of the first system's score minus the second's; both results of a document are drawn.

    Args:
        first: `[document, count]`.
        second: the same of another system, on the same documents in the same order.
        scores: from totals `[..., count]` to `[...]` by name.
        level: how often such intervals shall cover the truth.
        draws: corpora to draw.
        seed: with equal counts and seeds, intervals are equal.

    Raises:
        ValueError: the arrays differ in shape; and as `bootstrap_intervals`.
    """
    _refuse_unlike(first, second)
    width = first.shape[1]

    def differences(totals: IntArray) -> dict[str, FloatArray]:
        return _apart(scores(totals[..., :width]), scores(totals[..., width:]))

    both = np.concatenate([first, second], axis=1)
    return bootstrap_intervals(both, differences, level=level, draws=draws, seed=seed)


def randomisation_tests(
    first: IntArray, second: IntArray, scores: Scores, *, draws: int = DRAWS, seed: int = 0
) -> dict[str, RandomisationTest]:
    """The paired test of each score by approximate randomisation over documents (Noreen 1989; Yeh 2000).

    Were the systems the same, each result of a document could as well be the other's: every draw swaps the two results
    of each document or leaves them, with equal chance, and scores both corpora anew.

    Args:
        first: `[document, count]`.
        second: the same of another system, on the same documents in the same order.
        scores: from totals `[..., count]` to `[...]` by name.
        draws: deals.
        seed: with equal counts and seeds, results are equal.

    Raises:
        ValueError: the arrays differ in shape or hold no document, a score is undefined in a deal, or `draws` is out
            of range.
    """
    _refuse_draws(draws)
    _refuse_unlike(first, second)
    if not len(first):
        raise ValueError("a test needs a document, found none")
    one, other = first.sum(axis=0), second.sum(axis=0)
    moved = _swapped(second - first, draws, seed)
    found = _apart(scores(one), scores(other))
    dealt = _defined(_apart(scores(one + moved), scores(other - moved)))
    return {name: _test(float(found[name]), dealt[name]) for name in dealt}


def _test(found: float, dealt: FloatArray) -> RandomisationTest:
    as_great = int((np.abs(dealt) >= abs(found) - TIE).sum())
    return RandomisationTest(found, (1 + as_great) / (1 + len(dealt)), len(dealt))


def _apart(first: Mapping[str, FloatArray], second: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    return {name: first[name] - second[name] for name in first}


def _levels(drawn: FloatArray, estimate: float, left_out: FloatArray, level: float) -> tuple[float, float]:
    """The two levels at which to read the quantiles of the drawn scores.

    Args:
        drawn: `[draw]`, scores of drawn corpora.
        estimate: the score of the corpus itself.
        left_out: `[document]`, scores of the corpus without each document.
        level: of the interval.
    """
    documents = len(left_out)
    bias, skew = _bias(drawn, estimate), _acceleration(left_out)
    reach = student_quantile((1 + level) / 2, documents - 1) * sqrt(documents / (documents - 1))
    return _adjusted(bias, skew, -reach), _adjusted(bias, skew, reach)


def _bias(drawn: FloatArray, estimate: float) -> float:
    """The normal quantile of the share of draws below the estimate, equal ones by half; never infinite."""
    below = float((drawn < estimate).sum() + (drawn == estimate).sum() / 2)
    return NormalDist().inv_cdf((below + 0.5) / (len(drawn) + 1))


def _acceleration(left_out: FloatArray) -> float:
    """A sixth of the skewness of the documents' influences; 0 where they are all alike."""
    influence = left_out.mean() - left_out
    size = float((influence**2).sum())
    return float((influence**3).sum()) / (6 * size**1.5) if size > 0 else 0.0


def _adjusted(bias: float, skew: float, reach: float) -> float:
    shifted = bias + reach
    return NormalDist().cdf(bias + shifted / max(1 - skew * shifted, 1e-9))


def student_quantile(level: float, freedom: int) -> float:
    """Student's quantile by the expansion of Abramowitz & Stegun 26.7.5, within 1 % from 4 degrees of freedom on.

    >>> round(student_quantile(0.975, 15), 3)
    2.131
    """
    x = NormalDist().inv_cdf(level)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
    )
    return x + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))


def _drawn(counts: IntArray, draws: int, seed: int) -> IntArray:
    """`[draw, count]`, totals of corpora drawn with replacement."""
    rng, documents = np.random.default_rng(seed), len(counts)
    even = np.full(documents, 1 / documents)
    return np.concatenate([_weighted(rng.multinomial(documents, even, n), counts) for n in _blocks(draws, documents)])


def _swapped(apart: IntArray, draws: int, seed: int) -> IntArray:
    """`[draw, count]`, what swapping each draw's half of the documents moves from one system to the other."""
    rng, documents = np.random.default_rng(seed), len(apart)
    return np.concatenate([_weighted(rng.integers(2, size=(n, documents)), apart) for n in _blocks(draws, documents)])


def _weighted(weights: IntArray, counts: IntArray) -> IntArray:
    """`weights @ counts` in floats, which is many times faster and exact up to 2⁵³."""
    return np.rint(weights.astype(np.float64) @ counts.astype(np.float64)).astype(np.int64)


def _blocks(draws: int, documents: int) -> list[int]:
    """How many draws to hold at a time."""
    size = max(1, BLOCK // documents)
    return [min(size, draws - start) for start in range(0, draws, size)]


def _defined(scores: Mapping[str, FloatArray]) -> Mapping[str, FloatArray]:
    for name, values in scores.items():
        if undefined := int((~np.isfinite(values)).sum()):
            raise ValueError(f"{name} is undefined in {undefined} of {values.size} resampled corpora")
    return scores


def _refuse_draws(draws: int) -> None:
    if draws < 1:
        raise ValueError(f"draws must be 1 or more, found {draws}")


def _refuse_shape(counts: IntArray) -> IntArray:
    if counts.ndim != 2:
        raise ValueError(f"counts must be [document, count], found {counts.ndim} dimensions")
    return counts


def _refuse_unlike(first: IntArray, second: IntArray) -> None:
    if _refuse_shape(first).shape != _refuse_shape(second).shape:
        raise ValueError(f"counts of two systems must be of one shape, found {first.shape} and {second.shape}")
