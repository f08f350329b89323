"""Least probabilities by conformal risk control: tables worked by hand, and the promise kept in simulations."""

import numpy as np
import pytest

from argmine.config import ErrorTable
from argmine.conformal import NONE_SHOWN, Item, error_table, least_probability, losses

UNSURE: list[Item] = [(0.9, True), (0.8, False), (0.6, True), (0.4, True)]


def test_a_loss_is_the_greatest_share_wrong_at_any_limit_above() -> None:
    """Shown at 0, .41, .61 and .81 are 4, 3, 2 and 1, with shares wrong 1/4, 1/3, 1/2 and 0."""
    found = losses(UNSURE)
    assert found.shape == (101,)
    assert found[[0, 40, 41, 60, 61, 80, 81, 90, 91, 100]].tolist() == [0.5] * 6 + [0.0] * 4


def test_a_loss_that_only_falls_is_the_share_itself() -> None:
    """The less is shown, the fewer wrong: 2/3, 1/2, 0."""
    found = losses([(0.9, True), (0.5, False), (0.2, False)])
    assert found[[0, 20, 21, 50, 51, 100]] == pytest.approx([2 / 3, 2 / 3, 1 / 2, 1 / 2, 0, 0])


@pytest.mark.parametrize("seed", range(10))
def test_losses_never_rise_and_are_no_less_than_the_share_wrong(seed: int) -> None:
    rng = np.random.default_rng(seed)
    items = [(float(p), bool(r)) for p, r in zip(rng.random(8), rng.random(8) < 0.6, strict=True)]
    found = losses(items)
    assert (np.diff(found) <= 0).all()
    for step in range(101):
        shown = [right for p, right in items if p >= step / 100]
        assert 1 >= found[step] >= (shown.count(False) / len(shown) if shown else 0.0)


def test_a_document_without_anything_loses_nothing() -> None:
    assert losses([]).tolist() == [0.0] * 101


def test_a_table_holds_the_means_over_documents() -> None:
    table = error_table([(UNSURE, [(0.5, False)]), ([(0.7, True)], [])])
    assert (table.documents, len(table.components), len(table.relations)) == (2, 101, 101)
    assert [table.components[n] for n in (0, 80, 81)] == [0.25, 0.25, 0.0]
    assert [table.relations[n] for n in (0, 50, 51)] == [0.5, 0.5, 0.0]
    assert ErrorTable.model_validate_json(table.model_dump_json()) == table


def test_a_table_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs documents"):
        error_table([])


def test_the_least_limit_is_the_first_that_keeps_the_bound() -> None:
    """With 9 documents the bound is (9 R + 1) / 10: .46, .28, .19 and .1 at the limits 0, 1/3, 2/3 and 1."""
    table = (0.4, 0.2, 0.1, 0.0)
    assert [least_probability(table, 9, e) for e in (1.0, 0.46, 0.3, 0.19, 0.1)] == [0, 0, 1 / 3, 2 / 3, 1]


def test_where_no_limit_is_enough_nothing_is_shown() -> None:
    assert least_probability((0.4, 0.3), 9, 0.2) == NONE_SHOWN


def test_too_few_documents_promise_nothing_small() -> None:
    with pytest.raises(ValueError, match=r"9 documents cannot promise max_error 0.05: the least is 0.100"):
        least_probability((0.0, 0.0), 9, 0.05)


@pytest.mark.parametrize("share", [0.0, -0.1, 1.1, float("nan")])
def test_what_is_no_share_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="max_error lies above 0"):
        least_probability((0.0, 0.0), 9, share)


def simulated(rng: np.random.Generator) -> list[Item]:
    """A document of an ill-calibrated model: what is right is likelier by far less than it says, and texts differ."""
    count, shift = int(rng.integers(0, 12)), rng.normal(scale=0.8)
    logits = rng.normal(1.0, 1.5, count)
    right = rng.random(count) < 1 / (1 + np.exp(-(0.6 * logits + 0.3 + shift)))
    return [(float(p), bool(r)) for p, r in zip(1 / (1 + np.exp(-2 * logits)), right, strict=True)]


@pytest.mark.parametrize("max_error", [0.1, 0.2, 0.3])
def test_the_expected_share_of_errors_stays_below_what_was_allowed(max_error: float) -> None:
    """Over 400 calibrations of 30 documents, each followed by a new document; the promise is kept, and not idly."""
    rng = np.random.default_rng(5)
    shares, kept = [], []
    for _ in range(400):
        table = error_table((simulated(rng), []) for _ in range(30))
        limit = least_probability(table.components, table.documents, max_error)
        items = simulated(rng)
        shown = [right for p, right in items if p >= limit]
        shares.append(shown.count(False) / len(shown) if shown else 0.0)
        kept.append(len(shown) / max(1, len(items)))
    error = float(np.std(shares) / np.sqrt(len(shares)))
    assert np.mean(shares) <= max_error + 2 * error
    assert np.mean(shares) >= max_error / 6
    assert np.mean(kept) > 0.05
