"""Arc marginals against all forests one by one, against derivatives, and where numbers are far apart."""

from itertools import product

import numpy as np
import pytest

from argmine import marginals
from argmine.marginals import FloatArray, IntArray, arc_marginals
from tests.forests import all_others, is_forest


def by_enumeration(weights: FloatArray, root: FloatArray, candidates: IntArray) -> tuple[FloatArray, FloatArray]:
    """Each forest's weight in turn, added to the arcs that it has."""
    count, width = weights.shape
    logs, ways = [], []
    for places in product(range(-1, width), repeat=count):
        targets = tuple(-1 if p < 0 else int(candidates[i, p]) for i, p in enumerate(places))
        if any(
            p >= 0 and (t < 0 or weights[i, p] == -np.inf) for i, (p, t) in enumerate(zip(places, targets, strict=True))
        ):
            continue
        if is_forest(targets):
            ways.append(places)
            logs.append(sum(root[i] if p < 0 else weights[i, p] for i, p in enumerate(places)))
    chances = np.exp(np.array(logs) - max(logs))
    chances /= chances.sum()
    arcs, to_root = np.zeros((count, width)), np.zeros(count)
    for places, chance in zip(ways, chances, strict=True):
        for i, p in enumerate(places):
            if p < 0:
                to_root[i] += chance
            else:
                arcs[i, p] += chance
    return arcs, to_root


def random_case(seed: int, spread: float) -> tuple[FloatArray, FloatArray, IntArray]:
    """Up to five components; some arcs forbidden, some candidates missing."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 6))
    candidates = all_others(count)
    candidates[rng.random(candidates.shape) < 0.1] = -1
    weights = rng.normal(size=candidates.shape) * spread
    weights[rng.random(candidates.shape) < 0.1] = -np.inf
    return weights, rng.normal(size=count) * spread - spread, candidates


@pytest.mark.parametrize("spread", [1.0, 8.0])
@pytest.mark.parametrize("seed", range(12))
def test_arc_marginals_equal_enumeration(seed: int, spread: float) -> None:
    case = random_case(seed, spread)
    for found, expected in zip(arc_marginals(*case), by_enumeration(*case), strict=True):
        assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_arc_marginals_equal_enumeration_where_next_to_nothing_leaves(seed: int) -> None:
    weights, root, candidates = random_case(seed, 2.0)
    root = root * 5 - 60
    expected = by_enumeration(weights, root, candidates)
    for found, wanted in zip(arc_marginals(weights, root, candidates), expected, strict=True):
        assert found == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_the_careful_way_equals_enumeration(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marginals, "_inverse", marginals._careful_inverse)
    case = random_case(seed, 2.0)
    for found, expected in zip(arc_marginals(*case), by_enumeration(*case), strict=True):
        assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("count", [6, 17])
def test_both_ways_to_the_inverse_agree(count: int) -> None:
    rng = np.random.default_rng(count)
    inner = rng.random((count, count)) * (1 - np.eye(count)) / count
    outer = 1 - inner.sum(axis=1)
    careful, plain = marginals._careful_inverse(inner, outer), marginals._inverse(inner, outer)
    assert careful[0] == pytest.approx(plain[0])
    assert careful[1] == pytest.approx(plain[1])


def test_arc_marginals_are_the_derivatives_of_the_log_of_all_forests() -> None:
    """By finite differences of log det L."""
    rng = np.random.default_rng(4)
    candidates, root, weights = all_others(8), rng.normal(size=8) - 1, rng.normal(size=(8, 7))

    def log_forests(weights: FloatArray, root: FloatArray) -> float:
        ways = np.zeros((8, 8))
        np.put_along_axis(ways, candidates, np.exp(weights), axis=1)
        return float(np.linalg.slogdet(np.diag(ways.sum(axis=1) + np.exp(root)) - ways)[1])

    found, to_root = arc_marginals(weights, root, candidates)
    for i in range(8):
        step = 1e-5 * np.eye(8)[i]
        slope = (log_forests(weights, root + step) - log_forests(weights, root - step)) / 2e-5
        assert to_root[i] == pytest.approx(slope, abs=1e-8)
        for k in range(7):
            step = 1e-5 * np.outer(np.eye(8)[i], np.eye(7)[k])
            slope = (log_forests(weights + step, root) - log_forests(weights - step, root)) / 2e-5
            assert found[i, k] == pytest.approx(slope, abs=1e-8)


def test_a_pair_that_would_point_at_each_other_shares_the_root() -> None:
    """Worked by hand: both point at the other with weight 1, at the root with 1/4: forests 1/16, 1/4, 1/4."""
    found, to_root = arc_marginals(np.zeros((2, 1)), np.log([0.25, 0.25]), np.array([[1], [0]]))
    assert found[:, 0] == pytest.approx([4 / 9, 4 / 9])
    assert to_root == pytest.approx([5 / 9, 5 / 9])


@pytest.mark.parametrize("far", [1e2, 1e4])
def test_weights_far_apart_give_finite_numbers(far: float) -> None:
    """Two pairs that cling together: in each just one points at the other."""
    candidates = np.array([[1, 2], [0, 3], [3, 0], [2, 1]])
    weights = np.tile([0.0, -far], (4, 1))
    found, to_root = arc_marginals(weights, np.full(4, -far / 2), candidates)
    assert np.column_stack([found, to_root]).sum(axis=1) == pytest.approx(np.ones(4))
    assert found[:, 0] == pytest.approx([0.5] * 4, abs=1e-6)
    assert to_root == pytest.approx([0.5] * 4, abs=1e-6)


def test_any_shift_of_a_row_changes_nothing() -> None:
    weights, root, candidates = random_case(7, 1.0)
    shift = np.arange(len(root)) * 300.0
    moved = arc_marginals(weights + shift[:, None], root + shift, candidates)
    for found, expected in zip(moved, arc_marginals(weights, root, candidates), strict=True):
        assert found == pytest.approx(expected)


@pytest.mark.parametrize("count", [0, 1])
def test_without_candidates_all_goes_to_the_root(count: int) -> None:
    found, to_root = arc_marginals(np.zeros((count, 0)), np.zeros(count), np.zeros((count, 0), np.int64))
    assert found.shape == (count, 0)
    assert to_root.tolist() == [1.0] * count


def test_blocks_equal_the_whole_where_no_circle_crosses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first block arcs may leave for the second, from which none comes back."""
    rng = np.random.default_rng(2)
    candidates = np.array([[1, 3, 4], [0, 2, 5], [0, 1, 3], [4, 5, -1], [3, 5, -1], [3, 4, -1]])
    weights, root = rng.normal(size=(6, 3)), rng.normal(size=6) - 2
    whole = arc_marginals(weights, root, candidates)
    monkeypatch.setattr(marginals, "EXACT", 3)
    for found, expected in zip(arc_marginals(weights, root, candidates), whole, strict=True):
        assert found == pytest.approx(expected)
    assert by_enumeration(weights, root, candidates)[0] == pytest.approx(whole[0])
