"""Fewer corpora than in the record, and bounds wide enough for them, which an interval over items would break."""

import json

import numpy as np
import pytest

from benchmarks.bootstrap_coverage import MICRO, MODELS, SECOND, coverage, difference_coverage, false_alarms
from benchmarks.record import RESULTS

FEW = {"corpora": 300, "draws": 400}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("scale", [1.0, SECOND])
def test_truth_is_the_score_of_a_huge_corpus(name: str, scale: float) -> None:
    model = MODELS[name]
    (counts,) = model.corpora(np.random.default_rng(5), 1, 200_000, scale)
    assert MICRO.score(counts.sum(axis=(0, 1))) == pytest.approx(model.truth(scale), abs=0.002)


def test_interval_over_documents_covers_and_one_over_items_does_not() -> None:
    found = coverage(MODELS["relations"], 80, **FEW)
    assert 0.92 <= found["covered"] <= 0.98
    assert found["covered_by_items"] < 0.8


def test_interval_covers_where_documents_are_few() -> None:
    found = coverage(MODELS["components"], 16, **FEW)
    assert 0.92 <= found["covered"] <= 0.98
    assert found["covered_by_percentiles"] < found["covered"]


def test_misses_lie_on_both_sides() -> None:
    found = coverage(MODELS["components"], 80, **FEW)
    assert found["covered"] + found["above"] + found["below"] == pytest.approx(1)
    assert max(found["above"], found["below"]) <= 0.05


def test_interval_of_a_difference_covers() -> None:
    assert 0.92 <= difference_coverage(MODELS["relations"], 36, **FEW) <= 0.98


def test_equal_systems_are_seldom_told_apart() -> None:
    assert 0.02 <= false_alarms(MODELS["components"], 80, **FEW) <= 0.08


@pytest.mark.parametrize("name", MODELS)
def test_record_says_that_intervals_of_80_documents_cover(name: str) -> None:
    record = json.loads((RESULTS / "bootstrap_coverage.json").read_text("utf-8"))
    assert (record["corpora"], record["figures"][name]["80"]["truth"]) == (1_000, MODELS[name].truth())
    assert 0.93 <= record["figures"][name]["80"]["covered"] <= 0.97
    assert 0.93 <= record["figures"][name]["80"]["difference_covered"] <= 0.97
