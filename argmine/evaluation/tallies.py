"""What a protocol counts, laid out as columns of integers, so that sums of many resamples are scored at once.

A tally turns a document's counts into a row; rows add up over documents. Its scores are taken of `[..., columns]`
sums, any leading axes, and equal those of `argmine.metrics.counts` on the same sums.

>>> import numpy as np
>>> spans = Found("spans", "exact spans")
>>> float(spans.score(np.array([3, 1, 2])))
0.6666666666666666
>>> spans.score(np.array([[3, 1, 2], [0, 0, 0]])).shape
(2,)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from argmine.errors import EvaluationError
from argmine.metrics.counts import Confusion, Counts
from argmine.metrics.unitized import UnitizedCounts

IntArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
Counted: TypeAlias = Counts | Confusion | Mapping[str, Counts] | UnitizedCounts
"""What a scorer in `argmine.metrics` gives for one score."""


class Tally(Protocol):
    """One score of a protocol and the counts that it is made of."""

    @property
    def name(self) -> str:
        """The score's name in records, such as `c_f1_100`."""

    @property
    def title(self) -> str:
        """The score's name for a person."""

    @property
    def columns(self) -> tuple[str, ...]:
        """What each integer of a row counts."""

    def row(self, counted: Counted) -> list[int]:
        """`[columns]`, the counts of one document."""

    def score(self, counts: IntArray) -> FloatArray:
        """`[...]`, the score of `[..., columns]` sums, at most 1."""

    def details(self, counts: IntArray) -> dict[str, FloatArray]:
        """Further scores by name, such as `precision` or a class: `[...]` each."""

    def gold(self, counts: IntArray) -> IntArray:
        """`[...]`, gold items scored."""

    def predicted(self, counts: IntArray) -> IntArray:
        """`[...]`, predicted items scored."""


@dataclass(frozen=True, slots=True)
class Found:
    """Micro-F1 of items found, invented and missed, or their recall alone."""

    name: str
    title: str
    recall: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Found, spurious, missed."""
        return ("found", "spurious", "missed")

    def row(self, counted: Counted) -> list[int]:
        """`[3]`, from `Counts`."""
        if not isinstance(counted, Counts):
            raise TypeError(f"{self.name} is made of Counts, found {type(counted).__name__}")
        return [counted.found, counted.spurious, counted.missed]

    def score(self, counts: IntArray) -> FloatArray:
        """F1, or recall; 0 where nothing is right."""
        return ratio(counts[..., 0], self.gold(counts)) if self.recall else _f1(counts)

    def details(self, counts: IntArray) -> dict[str, FloatArray]:
        """`precision` and `recall`."""
        found = counts[..., 0]
        return {"precision": ratio(found, self.predicted(counts)), "recall": ratio(found, self.gold(counts))}

    def gold(self, counts: IntArray) -> IntArray:
        """Found and missed."""
        return _int(counts[..., 0] + counts[..., 2])

    def predicted(self, counts: IntArray) -> IntArray:
        """Found and spurious."""
        return _int(counts[..., 0] + counts[..., 1])


@dataclass(frozen=True, slots=True)
class Classes:
    """Macro-F1 over classes of items that are found, invented and missed each in its class.

    A class that is in neither gold nor predicted has no part in the mean.
    """

    name: str
    title: str
    classes: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Found, spurious and missed of each class."""
        return tuple(f"{label}.{count}" for label in self.classes for count in ("found", "spurious", "missed"))

    def row(self, counted: Counted) -> list[int]:
        """`[3 · classes]`, from `Counts` by class."""
        if not isinstance(counted, Mapping):
            raise TypeError(f"{self.name} is made of Counts by class, found {type(counted).__name__}")
        _refuse_unknown(self.name, counted, self.classes)
        each = (counted.get(label, Counts()) for label in self.classes)
        return [number for c in each for number in (c.found, c.spurious, c.missed)]

    def score(self, counts: IntArray) -> FloatArray:
        """Mean F1 of the classes seen."""
        return _mean_seen(self._each(counts))

    def details(self, counts: IntArray) -> dict[str, FloatArray]:
        """F1 by class."""
        each = self._each(counts)
        return {label: _f1(each[..., n, :]) for n, label in enumerate(self.classes)}

    def gold(self, counts: IntArray) -> IntArray:
        """Gold items of all classes."""
        return _int(self._each(counts)[..., (0, 2)].sum(axis=(-1, -2)))

    def predicted(self, counts: IntArray) -> IntArray:
        """Predicted items of all classes."""
        return _int(self._each(counts)[..., (0, 1)].sum(axis=(-1, -2)))

    def _each(self, counts: IntArray) -> IntArray:
        return counts.reshape(*counts.shape[:-1], len(self.classes), 3)


@dataclass(frozen=True, slots=True)
class Confused:
    """Macro-F1 over known items by class, or the F1 of one class (`positive`) against the rest.

    A class that is in neither gold nor predicted has no part in the mean.
    """

    name: str
    title: str
    classes: tuple[str, ...]
    positive: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Each pair of gold and predicted class."""
        return tuple(f"{gold}>{given}" for gold in self.classes for given in self.classes)

    def row(self, counted: Counted) -> list[int]:
        """`[classes²]`, from a `Confusion`."""
        if not isinstance(counted, Confusion):
            raise TypeError(f"{self.name} is made of a Confusion, found {type(counted).__name__}")
        _refuse_unknown(self.name, counted.classes, self.classes)
        return [counted.pairs.get((gold, given), 0) for gold in self.classes for given in self.classes]

    def score(self, counts: IntArray) -> FloatArray:
        """Mean F1 of the classes seen, or that of the positive one."""
        each = self._each(counts)
        if self.positive is None:
            return _mean_seen(each)
        return _f1(each[..., self.classes.index(self.positive), :])

    def details(self, counts: IntArray) -> dict[str, FloatArray]:
        """F1 by class, and `accuracy`."""
        each, table = self._each(counts), self.table(counts)
        right = np.trace(table, axis1=-2, axis2=-1)
        scores = {label: _f1(each[..., n, :]) for n, label in enumerate(self.classes)}
        return {**scores, "accuracy": ratio(right, table.sum(axis=(-1, -2)))}

    def gold(self, counts: IntArray) -> IntArray:
        """Items scored; gold ones of the positive class where there is one."""
        return self._items(counts, axis=-1)

    def predicted(self, counts: IntArray) -> IntArray:
        """Items scored; those predicted to be of the positive class where there is one."""
        return self._items(counts, axis=-2)

    def table(self, counts: IntArray) -> IntArray:
        """`[..., gold class, predicted class]`."""
        return counts.reshape(*counts.shape[:-1], len(self.classes), len(self.classes))

    def _items(self, counts: IntArray, *, axis: int) -> IntArray:
        totals = self.table(counts).sum(axis=axis)
        return _int(totals.sum(axis=-1) if self.positive is None else totals[..., self.classes.index(self.positive)])

    def _each(self, counts: IntArray) -> IntArray:
        """`[..., class, 3]`: found, spurious, missed."""
        table = self.table(counts)
        found = np.diagonal(table, axis1=-2, axis2=-1)
        return np.stack([found, table.sum(axis=-2) - found, table.sum(axis=-1) - found], axis=-1)


def ratio(part: NDArray[np.generic], whole: NDArray[np.generic]) -> FloatArray:
    """`part / whole`, 0 where `whole` is."""
    top, bottom = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    return np.divide(top, bottom, out=np.zeros(np.broadcast_shapes(top.shape, bottom.shape)), where=bottom != 0)


def _f1(counts: IntArray) -> FloatArray:
    """`[...]` from `[..., 3]`: found, spurious, missed."""
    found = 2 * counts[..., 0]
    return ratio(found, found + counts[..., 1] + counts[..., 2])


def _mean_seen(each: IntArray) -> FloatArray:
    """`[...]`, mean F1 of the classes of `[..., class, 3]` that any item is of."""
    seen = each.sum(axis=-1) > 0
    return ratio((_f1(each) * seen).sum(axis=-1), seen.sum(axis=-1))


def _int(array: NDArray[np.generic]) -> IntArray:
    return np.asarray(array, np.int64)


def _refuse_unknown(name: str, found: Mapping[str, Counts] | tuple[str, ...], known: tuple[str, ...]) -> None:
    if strangers := sorted(set(found) - set(known)):
        raise EvaluationError(f"{name}: {', '.join(strangers)} is no class of {', '.join(known)}")
