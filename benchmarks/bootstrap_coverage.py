"""Question: does the bootstrap interval cover the truth as often as it says, and does the paired test cry wolf?

Data: simulated corpora. A document has 3 to 40 gold items, normal around 14.5 with a deviation of 4.4. What share of
them is found varies from document to document (a beta distribution, whose mean falls with the number of items); a
missed item leaves an invented one behind with a fixed probability, and further ones are invented at random, so that as
many are invented as are missed. The models "components" and "relations" have the moments of the default model's counts
on the 36 development essays (protocol A at 100 %, essay level); "near perfect" is a score close to its upper end. The
truth, the micro-F1 of a corpus without end, follows in closed form. Method: 1,000 corpora of each model and size; how
often `bootstrap_intervals` covers the truth at a level of .95, beside the plain percentiles of the same draws and an
interval that draws items in place of documents; how often `bootstrap_differences` covers the true difference of two
systems, of which the second finds nine tenths of what the first finds; and in how many corpora `randomisation_tests`
gives two systems of equal worth a p of at most .05.

    python -m benchmarks.bootstrap_coverage
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from argmine.evaluation.statistics import Interval, bootstrap_differences, bootstrap_intervals, randomisation_tests
from argmine.evaluation.tallies import FloatArray, Found, IntArray
from benchmarks.record import ROOT, digest_files, write_record

NAME = "bootstrap_coverage"
SCORE = "f1"
MICRO = Found(SCORE, "micro-F1")
LENGTHS = np.arange(3, 41)
MEAN_LENGTH, LENGTH_DEVIATION = 14.5, 4.4
DOCUMENTS = (16, 36, 80)
CORPORA, DRAWS, SEED = 1_000, 2_000, 0
# What the second of two systems finds, of what the first finds.
SECOND = 0.9
ALARM = 0.05


@dataclass(frozen=True, slots=True)
class Model:
    """How the counts of documents come about.

    Attributes:
        found: share of gold items found in documents of mean length.
        deviation: of that share from document to document.
        slope: what it changes with each further gold item.
        replaced: probability that a missed item leaves an invented one behind.
    """

    found: float
    deviation: float
    slope: float
    replaced: float

    def truth(self, scale: float = 1.0) -> float:
        """Micro-F1 of a corpus without end, where `scale` of what would be found is."""
        missed = self._missed(scale)
        found = float(_shares() @ LENGTHS) - missed
        return found / (found + missed)

    def corpora(self, rng: np.random.Generator, corpora: int, documents: int, *scales: float) -> list[IntArray]:
        """For each scale `[corpus, document, 3]`, found, spurious and missed, of systems on the same documents."""
        length = rng.choice(LENGTHS, p=_shares(), size=(corpora, documents))
        mean = self._found(length)
        weight = mean * (1 - mean) / self.deviation**2 - 1
        share = rng.beta(mean * weight, (1 - mean) * weight)
        return [self._counts(rng, length, scale * share, scale) for scale in scales]

    def _counts(self, rng: np.random.Generator, length: IntArray, share: FloatArray, scale: float) -> IntArray:
        found = rng.binomial(length, share)
        missed = length - found
        further = rng.poisson((1 - self.replaced) * self._missed(scale), size=length.shape)
        return np.stack([found, rng.binomial(missed, self.replaced) + further, missed], axis=-1)

    def _found(self, length: IntArray) -> FloatArray:
        return np.asarray(np.clip(self.found + self.slope * (length - MEAN_LENGTH), 0.05, 0.97))

    def _missed(self, scale: float) -> float:
        """Items that are missed in a document, in the mean; as many are invented."""
        return float(_shares() @ (LENGTHS * (1 - scale * self._found(LENGTHS))))


MODELS: Mapping[str, Model] = {
    "components": Model(found=0.71, deviation=0.088, slope=-0.0095, replaced=0.8),
    "relations": Model(found=0.44, deviation=0.187, slope=-0.0194, replaced=0.9),
    "near perfect": Model(found=0.93, deviation=0.06, slope=-0.003, replaced=0.6),
}


def scores(totals: IntArray) -> dict[str, FloatArray]:
    """Micro-F1 of totals `[..., 3]`."""
    return {SCORE: MICRO.score(totals)}


def coverage(model: Model, documents: int, *, corpora: int, draws: int, seed: int = SEED) -> dict[str, float]:
    """How often intervals cover the truth, how often they lie above and below it, and their mean width."""
    truth = model.truth()
    (counts,) = model.corpora(np.random.default_rng(seed), corpora, documents, 1.0)
    intervals = [bootstrap_intervals(c, scores, draws=draws, seed=n)[SCORE] for n, c in enumerate(counts)]
    return {
        "covered": _covered(intervals, truth),
        "above": float(np.mean([i.low > truth for i in intervals])),
        "below": float(np.mean([i.high < truth for i in intervals])),
        "width": float(np.mean([i.high - i.low for i in intervals])),
        "covered_by_percentiles": _covered([percentiles(c, draws, n) for n, c in enumerate(counts)], truth),
        "covered_by_items": _covered([over_items(c, draws, n) for n, c in enumerate(counts)], truth),
    }


def difference_coverage(model: Model, documents: int, *, corpora: int, draws: int, seed: int = SEED) -> float:
    """How often intervals cover the difference of two systems."""
    truth = model.truth() - model.truth(SECOND)
    pairs = zip(*model.corpora(np.random.default_rng(seed), corpora, documents, 1.0, SECOND), strict=True)
    found = [bootstrap_differences(a, b, scores, draws=draws, seed=n)[SCORE] for n, (a, b) in enumerate(pairs)]
    return _covered(found, truth)


def false_alarms(model: Model, documents: int, *, corpora: int, draws: int, seed: int = SEED) -> float:
    """In what share of corpora two systems of equal worth are told apart."""
    pairs = zip(*model.corpora(np.random.default_rng(seed), corpora, documents, 1.0, 1.0), strict=True)
    tests = [randomisation_tests(a, b, scores, draws=draws, seed=n)[SCORE] for n, (a, b) in enumerate(pairs)]
    return float(np.mean([test.p <= ALARM for test in tests]))


def percentiles(counts: IntArray, draws: int, seed: int) -> Interval:
    """The plain percentiles of documents drawn as in the package."""
    rng, documents = np.random.default_rng(seed), len(counts)
    return _between(MICRO.score(rng.multinomial(documents, np.full(documents, 1 / documents), draws) @ counts))


def over_items(counts: IntArray, draws: int, seed: int) -> Interval:
    """The percentiles where items are drawn, as if those of one document had nothing in common."""
    totals = counts.sum(axis=0)
    return _between(MICRO.score(np.random.default_rng(seed).multinomial(totals.sum(), totals / totals.sum(), draws)))


def main() -> None:
    """Prints the figures and writes the record."""
    options = _options()
    chance = {"corpora": options.corpora, "draws": options.draws}
    figures: dict[str, dict[str, object]] = {}
    for name, model in MODELS.items():
        for documents in DOCUMENTS:
            found: dict[str, object] = {
                "truth": model.truth(),
                **coverage(model, documents, **chance),
                "difference_covered": difference_coverage(model, documents, **chance),
                "false_alarms": false_alarms(model, documents, **chance),
            }
            figures.setdefault(name, {})[str(documents)] = found
            print(f"{name}, {documents} documents: {found}")
    if chance == {"corpora": CORPORA, "draws": DRAWS}:
        path = write_record(NAME, figures, data_digest=digest_files([Path(__file__)]), seed=SEED, extra=chance)
        print(f"written to {path.relative_to(ROOT)}")


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpora", type=int, default=CORPORA, help="of each model and size; no record of others")
    options.add_argument("--draws", type=int, default=DRAWS, help="a corpus; no record of others")
    return options.parse_args()


def _shares() -> FloatArray:
    """`[length]`, how many documents have each length."""
    weights = np.exp(-(((LENGTHS - MEAN_LENGTH) / LENGTH_DEVIATION) ** 2) / 2)
    return np.asarray(weights / weights.sum())


def _between(drawn: FloatArray) -> Interval:
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Interval(float(low), float(high), 0.95, len(drawn))


def _covered(intervals: list[Interval], truth: float) -> float:
    return float(np.mean([i.low <= truth <= i.high for i in intervals]))


if __name__ == "__main__":
    main()
