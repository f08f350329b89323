"""How far the probabilities of components and relations can be trusted.

What is right is said by `argmine.metrics.right`. Calibration is fitted to it on development documents, so figures on
these say less. Kept are the number of items, the mean probability, the share that is right, the Brier score, the
expected calibration error over ten bins of equal width, the mean of that error where items were right exactly as often
as their probabilities say (few items show some by chance), these bins, and the share that is wrong of the most probable
tenth, fifth, … of the items, whose curve says what leaving out the rest is worth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from argmine.graph import ArgumentGraph
from argmine.metrics.right import Item, judge

BINS = 10
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Reliability:
    """Predicted items with their probability and whether they are right."""

    items: tuple[Item, ...]

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps; 0 throughout where nothing was predicted."""
        count = max(1, len(self.items))
        return {
            "items": len(self.items),
            "mean_probability": sum(p for p, _ in self.items) / count,
            "right": sum(right for _, right in self.items) / count,
            "brier": sum((p - right) ** 2 for p, right in self.items) / count,
            "ece": sum(abs(sum(p - right for p, right in b)) for b in self.bins()) / count,
            "ece_by_chance": self.error_by_chance(),
            "risk": self.risks(),
            "bins": {f"{n / BINS:.1f}": _bin(b) for n, b in enumerate(self.bins()) if b},
        }

    def error_by_chance(self) -> float:
        """The calibration error that items of these probabilities show on average when each is trusted rightly.

        Estimated from so many draws as `DRAWS` says, always the same.
        """
        sure = np.array([p for p, _ in self.items])
        chance = np.random.default_rng(0)
        in_bin = np.minimum((sure * BINS).astype(int), BINS - 1)[:, None] == np.arange(BINS)
        gaps = (sure - (chance.random((DRAWS, len(sure))) < sure)) @ in_bin
        return float(np.abs(gaps).sum() / DRAWS / max(1, len(sure)))

    def risks(self) -> dict[str, float]:
        """The share that is wrong of the most probable items, by the share that is kept; those alike are kept together.

        >>> Reliability(((0.9, True), (0.8, False), (0.8, True), (0.1, False))).risks()["0.5"]
        0.3333333333333333
        """
        found: dict[str, float] = {}
        ranked = sorted(self.items, key=lambda item: -item[0])
        for n in range(1, BINS + 1 if ranked else 0):
            least = ranked[-(-n * len(ranked) // BINS) - 1][0]
            kept = [right for p, right in ranked if p >= least]
            found[f"{n / BINS:.1f}"] = kept.count(False) / len(kept)
        return found

    def bins(self) -> list[list[Item]]:
        """`[bin]`, the items of each; a probability of 1 lies in the last."""
        bins: list[list[Item]] = [[] for _ in range(BINS)]
        for p, right in self.items:
            bins[min(int(p * BINS), BINS - 1)].append((p, right))
        return bins


def of_graphs(pairs: Iterable[tuple[ArgumentGraph, ArgumentGraph]]) -> tuple[Reliability, Reliability]:
    """Of all predicted components and relations, from pairs of gold and predicted."""
    judged = [judge(gold, predicted) for gold, predicted in pairs]
    components, relations = ([item for each in judged for item in each[kind]] for kind in (0, 1))
    return Reliability(tuple(components)), Reliability(tuple(relations))


def _bin(items: Sequence[Item]) -> dict[str, float]:
    return {
        "items": len(items),
        "probability": sum(p for p, _ in items) / len(items),
        "right": sum(right for _, right in items) / len(items),
    }
