"""Scores of rows of integers: those of `argmine.metrics.counts`, on any number of sums at once."""

import numpy as np
import pytest

from argmine.errors import EvaluationError
from argmine.evaluation.tallies import Classes, Confused, Found
from argmine.metrics.counts import Confusion, Counts

LABELS = ("a", "b", "c")


def random_counts(rng: np.random.Generator) -> Counts:
    return Counts(*(int(n) for n in rng.integers(0, 4, 3)))


def random_confusion(rng: np.random.Generator) -> Confusion:
    pairs = rng.integers(0, 3, (3, 3)) * (rng.random((3, 3)) < 0.5)
    return Confusion({(x, y): int(pairs[i, j]) for i, x in enumerate(LABELS) for j, y in enumerate(LABELS)})


@pytest.mark.parametrize("seed", range(20))
def test_found_scores_as_counts_do(seed: int) -> None:
    rng = np.random.default_rng(seed)
    documents = [random_counts(rng) for _ in range(3)]
    total = sum(documents, Counts())
    tally = Found("spans", "spans")
    row = np.array([tally.row(c) for c in documents]).sum(axis=0)
    assert tally.score(row) == pytest.approx(total.f1)
    assert tally.details(row) == {"precision": pytest.approx(total.precision), "recall": pytest.approx(total.recall)}
    assert (int(tally.gold(row)), int(tally.predicted(row))) == (total.gold, total.found + total.spurious)
    assert Found("spans", "spans", recall=True).score(row) == pytest.approx(total.recall)


@pytest.mark.parametrize("seed", range(20))
def test_confused_scores_as_confusion_does(seed: int) -> None:
    rng = np.random.default_rng(seed)
    documents = [random_confusion(rng) for _ in range(2)]
    total = documents[0] + documents[1]
    tally = Confused("types", "types", LABELS)
    row = np.array([tally.row(c) for c in documents]).sum(axis=0)
    assert tally.score(row) == pytest.approx(total.macro_f1)
    each = {label: pytest.approx(total.of_class(label).f1) for label in LABELS}
    assert tally.details(row) == {**each, "accuracy": pytest.approx(total.accuracy)}
    assert tally.gold(row) == tally.predicted(row) == total.gold
    assert tally.table(row)[0, 2] == total.pairs.get(("a", "c"), 0)


def test_confused_scores_one_class_where_it_is_told() -> None:
    confusion = Confusion({("a", "a"): 2, ("a", "b"): 1, ("b", "a"): 3, ("b", "b"): 9})
    tally = Confused("links", "links", ("a", "b"), positive="a")
    row = np.array(tally.row(confusion))
    assert tally.score(row) == pytest.approx(4 / 8)
    assert (int(tally.gold(row)), int(tally.predicted(row))) == (3, 5)


def test_classes_take_the_mean_of_those_seen() -> None:
    tally = Classes("elements", "elements", LABELS)
    row = np.array(tally.row({"a": Counts(1, 0, 0), "c": Counts(1, 1, 1)}))
    assert tally.score(row) == pytest.approx((1 + 0.5) / 2)
    assert tally.details(row) == {"a": 1, "b": 0, "c": 0.5}
    assert (int(tally.gold(row)), int(tally.predicted(row))) == (3, 3)


@pytest.mark.parametrize("tally", [Found("x", "x"), Classes("x", "x", LABELS), Confused("x", "x", LABELS)])
def test_many_sums_are_scored_at_once(tally: Found | Classes | Confused) -> None:
    sums = np.random.default_rng(1).integers(0, 3, (4, 5, len(tally.columns)))
    scores, gold, predicted = tally.score(sums), tally.gold(sums), tally.predicted(sums)
    assert scores.shape == gold.shape == predicted.shape == (4, 5)
    assert scores[2, 3] == tally.score(sums[2, 3])
    assert gold[2, 3] == tally.gold(sums[2, 3])
    assert predicted[2, 3] == tally.predicted(sums[2, 3])
    for name, values in tally.details(sums).items():
        assert values[2, 3] == tally.details(sums[2, 3])[name]


@pytest.mark.parametrize("tally", [Found("x", "x"), Classes("x", "x", LABELS), Confused("x", "x", LABELS)])
def test_nothing_to_score_is_zero(tally: Found | Classes | Confused) -> None:
    assert tally.score(np.zeros(len(tally.columns), np.int64)) == 0


def test_unknown_class_is_refused() -> None:
    with pytest.raises(EvaluationError, match="types: d is no class of a, b, c"):
        Confused("types", "types", LABELS).row(Confusion({("a", "d"): 1}))
    with pytest.raises(EvaluationError, match="types: d is no class of a, b, c"):
        Classes("types", "types", LABELS).row({"d": Counts(1)})


def test_other_kinds_of_counts_are_refused() -> None:
    with pytest.raises(TypeError, match="spans is made of Counts, found Confusion"):
        Found("spans", "spans").row(Confusion({}))
    with pytest.raises(TypeError, match="types is made of a Confusion, found Counts"):
        Confused("types", "types", LABELS).row(Counts())
    with pytest.raises(TypeError, match="types is made of Counts by class, found Counts"):
        Classes("types", "types", LABELS).row(Counts())
