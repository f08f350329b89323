"""Counts of right and wrong items, and the scores that follow from them: counts first, scores last.

Counts of documents add up to counts of a corpus, so every score here is micro over documents.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Counts:
    """Gold items found and missed, predicted items without a gold one.

    >>> Counts(found=3, spurious=1, missed=2) + Counts(found=1)
    Counts(found=4, spurious=1, missed=2)
    >>> print(Counts(found=4, spurious=1, missed=2))
    F1 0.7273  P 0.8000  R 0.6667  (6 gold items)
    """

    found: int = 0
    spurious: int = 0
    missed: int = 0

    def __post_init__(self) -> None:
        if min(self.found, self.spurious, self.missed) < 0:
            raise ValueError(f"counts cannot be negative, found {self.found}, {self.spurious}, {self.missed}")

    @classmethod
    def of_sets(cls, gold: Iterable[Item], predicted: Iterable[Item]) -> Self:
        """Counts of two collections of equal-or-not items, each taken once."""
        wanted, given = set(gold), set(predicted)
        return cls(len(wanted & given), len(given - wanted), len(wanted - given))

    @classmethod
    def of_matches(cls, gold: Sequence[Item], predicted: Sequence[Item], same: Callable[[Item, Item], bool]) -> Self:
        """Counts without one-to-one assignment: any match finds a gold item or excuses a predicted one."""
        found = sum(any(same(x, y) for y in predicted) for x in gold)
        spurious = sum(not any(same(x, y) for x in gold) for y in predicted)
        return cls(found, spurious, len(gold) - found)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.found + other.found, self.spurious + other.spurious, self.missed + other.missed)

    @property
    def gold(self) -> int:
        """Gold items scored."""
        return self.found + self.missed

    @property
    def precision(self) -> float:
        """Share of right items; 0 where nothing was predicted."""
        return _ratio(self.found, self.found + self.spurious)

    @property
    def recall(self) -> float:
        """Share of gold items found; 0 where there is no gold item."""
        return _ratio(self.found, self.gold)

    @property
    def f1(self) -> float:
        """2TP / (2TP + FP + FN); 0 where nothing is right, also where there was nothing to find."""
        return _ratio(2 * self.found, 2 * self.found + self.spurious + self.missed)

    def figures(self) -> dict[str, float]:
        """What a JSON record keeps: the three scores and the counts behind them."""
        scores = {"f1": self.f1, "precision": self.precision, "recall": self.recall}
        return {
            **scores,
            "gold": self.gold,
            "found": self.found,
            "spurious": self.spurious,
            "missed": self.missed,
        }

    def __str__(self) -> str:
        return f"F1 {self.f1:.4f}  P {self.precision:.4f}  R {self.recall:.4f}  ({self.gold} gold items)"


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each gold class was given each predicted class, over items that are known (gold segments).

    >>> print(Confusion.of_labels(["a", "a", "b"], ["a", "b", "b"]))
    macro F1 0.6667  (3 gold items: a 2, b 1)
    """

    pairs: Mapping[tuple[str, str], int]

    @classmethod
    def of_labels(cls, gold: Sequence[str], predicted: Sequence[str]) -> Self:
        """Counts item by item.

        Raises:
            ValueError: the sequences differ in length.
        """
        return cls(Counter(zip(gold, predicted, strict=True)))

    def __add__(self, other: "Confusion") -> "Confusion":
        return Confusion(Counter(self.pairs) + Counter(other.pairs))

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes seen in gold or among the predicted, sorted."""
        return tuple(sorted({label for pair, count in self.pairs.items() if count for label in pair}))

    @property
    def gold(self) -> int:
        """Items scored."""
        return sum(self.pairs.values())

    def of_class(self, label: str) -> Counts:
        """Counts of one class against the rest."""
        found = self.pairs.get((label, label), 0)
        wanted = sum(count for (gold, _), count in self.pairs.items() if gold == label)
        given = sum(count for (_, predicted), count in self.pairs.items() if predicted == label)
        return Counts(found, given - found, wanted - found)

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the classes seen, like scikit-learn's `f1_score(average="macro")`; 0 without items."""
        return _ratio(sum(self.of_class(label).f1 for label in self.classes), len(self.classes))

    @property
    def accuracy(self) -> float:
        """Share of items given their gold class; 0 without items."""
        return _ratio(sum(count for (gold, given), count in self.pairs.items() if gold == given), self.gold)

    def figures(self) -> dict[str, object]:
        """What a JSON record keeps: the scores and the counts of each class."""
        each = {label: self.of_class(label).figures() for label in self.classes}
        return {"macro_f1": self.macro_f1, "accuracy": self.accuracy, "gold": self.gold, "classes": each}

    def __str__(self) -> str:
        each = ", ".join(f"{label} {self.of_class(label).gold}" for label in self.classes)
        return f"macro F1 {self.macro_f1:.4f}  ({self.gold} gold items: {each})"


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
