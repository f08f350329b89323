"""Tallies of agreement: kappa of what two annotators labelled, and unitised alpha of what they marked.

One annotation is taken for gold, the other for predicted; neither score tells which is which.
"""

from dataclasses import dataclass

import numpy as np

from argmine.errors import EvaluationError
from argmine.evaluation.tallies import Confused, Counted, FloatArray, IntArray, ratio
from argmine.metrics.unitized import OBSERVERS, UnitizedCounts

LONGEST = 512
"""The most words that a component may have."""


@dataclass(frozen=True, slots=True)
class Kappa(Confused):
    """Cohen's kappa of items that both labelled; 0 where it is undefined."""

    def score(self, counts: IntArray) -> FloatArray:
        """How much of the agreement that chance leaves open there is."""
        table = self.table(counts).astype(np.float64)
        total, same = table.sum(axis=(-1, -2)), np.trace(table, axis1=-2, axis2=-1)
        chance = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1)
        return ratio(total * same - chance, total**2 - chance)


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's unitised alpha (`argmine.metrics.unitized`); 0 where it is undefined."""

    name: str
    title: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Words, squared differences, units of either, units by length, places in gaps by length."""
        lengths = range(1, LONGEST + 1)
        by_length = (*(f"units.{n}" for n in lengths), *(f"places.{n}" for n in lengths))
        return ("length", "observed", "units.gold", "units.predicted", *by_length)

    def row(self, counted: Counted) -> list[int]:
        """`[4 + 2 · LONGEST]`, from `UnitizedCounts`.

        Raises:
            EvaluationError: a unit is longer than `LONGEST`.
        """
        if not isinstance(counted, UnitizedCounts):
            raise TypeError(f"{self.name} is made of UnitizedCounts, found {type(counted).__name__}")
        gold, predicted = counted.units
        lengths = np.bincount([*gold, *predicted], minlength=LONGEST + 1)[1:]
        if len(lengths) > LONGEST:
            raise EvaluationError(f"{self.name}: a component has {len(lengths)} words, at most {LONGEST} are allowed")
        gaps = np.array(counted.gaps, np.int64)
        places = np.maximum(0, gaps[:, None] - np.arange(LONGEST)).sum(axis=0)
        return [counted.length, counted.observed, len(gold), len(predicted), *lengths.tolist(), *places.tolist()]

    def score(self, counts: IntArray) -> FloatArray:
        """1 less the observed disagreement over the expected one."""
        sums = counts.astype(np.float64)
        length, observed = sums[..., 0], sums[..., 1]
        return np.where(self._expected(sums) > 0, 1 - ratio(ratio(observed, length**2), self._expected(sums)), 0.0)

    def details(self, counts: IntArray) -> dict[str, FloatArray]:
        """None."""
        del counts
        return {}

    def gold(self, counts: IntArray) -> IntArray:
        """Units of the first annotation."""
        return np.asarray(counts[..., 2], np.int64)

    def predicted(self, counts: IntArray) -> IntArray:
        """Units of the second."""
        return np.asarray(counts[..., 3], np.int64)

    def _expected(self, sums: FloatArray) -> FloatArray:
        units, places = sums[..., 4 : 4 + LONGEST], sums[..., 4 + LONGEST :]
        b = np.arange(1.0, LONGEST + 1)
        number, whole = units.sum(axis=-1), OBSERVERS * sums[..., 0]
        among_units = (number - 1) / 3 * (units * (2 * b**3 - 3 * b**2 + b)).sum(axis=-1)
        in_gaps = (units * b**2 * places).sum(axis=-1)
        room = whole * (whole - 1) - (units * b * (b - 1)).sum(axis=-1)
        return ratio(2 * (among_units + in_gaps), sums[..., 0] * room)
