"""Decoders against brute force on small random input."""

from itertools import product

import numpy as np
import pytest

from argmine.config import Decoding
from argmine.decoding import (
    Forest,
    LinkScores,
    best_forest,
    decode_forest,
    link_marginals,
)
from tests.forests import all_others, is_forest


@pytest.mark.parametrize("seed", range(60))
def test_best_forest_equals_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 6))
    root, full = rng.normal(size=count) - 2, rng.normal(size=(count, count))
    candidates = all_others(count)
    weights = np.take_along_axis(full, candidates, axis=1)
    best = max(
        sum(root[i] if t < 0 else full[i, t] for i, t in enumerate(targets))
        for targets in product(range(-1, count), repeat=count)
        if is_forest(targets) and all(i != t for i, t in enumerate(targets))
    )
    picked = best_forest(weights, root, candidates)
    found = sum(root[i] if p < 0 else weights[i, p] for i, p in enumerate(picked))
    assert is_forest(tuple(-1 if p < 0 else int(candidates[i, p]) for i, p in enumerate(picked)))
    assert found == pytest.approx(best)


def test_best_forest_resolves_many_circles_at_once() -> None:
    count = 2000
    candidates = (np.arange(count) ^ 1)[:, None]
    picked = best_forest(np.zeros((count, 1)), np.full(count, -1.0), candidates)
    assert (np.sort(picked.reshape(-1, 2), axis=1) == [-1, 0]).all()


def test_best_forest_takes_apart_circles_within_circles() -> None:
    """Each node and the nodes below it form a circle with the next, so 1,500 circles lie one within another."""
    count = 1500
    candidates = np.stack([np.arange(count) - 1, np.append(np.arange(1, count), -1)], axis=1)
    weights = np.stack([np.full(count, 2.0 * count), count - np.arange(count)], axis=1)
    picked = best_forest(weights, np.full(count, -1e9) + np.arange(count), candidates)
    targets = np.where(picked < 0, -1, candidates[np.arange(count), picked])
    assert (targets < 0).sum() == 1
    assert is_forest(tuple(targets.tolist()))


def random_links(rng: np.random.Generator, count: int) -> LinkScores:
    candidates = all_others(count)
    arcs = np.log(rng.dirichlet(np.ones(count), size=count))
    shapes = ((count, 3), (count, count - 1, 2), (count, 2))
    types, labels, stances = (np.log(rng.dirichlet(np.ones(s[-1]), size=s[:-1])) for s in shapes)
    return LinkScores(types, arcs[:, 0], candidates, arcs[:, 1:], labels, stances)


@pytest.mark.parametrize("seed", range(20))
def test_types_and_arcs_are_decoded_together(seed: int) -> None:
    scores = random_links(np.random.default_rng(seed), 3)
    decoding = Decoding(type_weight=0.7, arc_weight=1.3, claim_bias=0.2)
    bias = np.array([0.0, 0.2, 0.0])

    def total(types: tuple[int, ...], places: tuple[int, ...]) -> float:
        own = sum(0.7 * scores.types[i, t] + bias[t] for i, t in enumerate(types))
        return float(own) + 1.3 * sum(
            float(scores.root[i] if p < 0 else scores.arcs[i, p]) for i, p in enumerate(places)
        )

    allowed = [
        (types, places)
        for types in product(range(3), repeat=3)
        for places in product(range(-1, 2), repeat=3)
        if all((t == 2) == (p >= 0) for t, p in zip(types, places, strict=True))
        and is_forest(tuple(-1 if p < 0 else int(scores.candidates[i, p]) for i, p in enumerate(places)))
    ]
    types, places = max(allowed, key=lambda way: total(*way))
    forest = decode_forest(scores, decoding)
    assert forest.types.tolist() == list(types)
    thesis = [i for i, t in enumerate(types) if t == 0]
    for i in range(3):
        tied = thesis[-1] if types[i] == 1 and thesis else -1
        assert forest.targets[i] == (scores.candidates[i, places[i]] if types[i] == 2 else tied)


def place_of(scores: LinkScores, forest: Forest, n: int) -> int:
    """Where a target stands among the candidates; of a claim on the thesis, the statement that it rather points at.

    All such claims are tied to the last statement.
    """
    target, theses = int(forest.targets[n]), np.flatnonzero(forest.types == 0)
    if target < 0:
        return -1
    if forest.types[n] == 1 and target in theses:
        assert target == theses[-1]
        return max(np.flatnonzero(np.isin(scores.candidates[n], theses)).tolist(), key=lambda k: scores.arcs[n, k])
    return int(np.flatnonzero(scores.candidates[n] == target)[0])


@pytest.mark.parametrize("seed", range(20))
def test_claims_that_point_are_decoded_together_with_their_arcs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = random_links(rng, int(rng.integers(1, 5)))
    decoding = Decoding(type_weight=0.7, arc_weight=1.3, claim_bias=0.2, claims_point=True)
    count = len(scores.types)
    types = 0.7 * scores.types + np.array([0.0, 0.2, 0.0])

    def total(kinds: tuple[int, ...], places: tuple[int, ...]) -> float:
        arcs = [scores.root[n] if k < 0 else scores.arcs[n, k] for n, k in enumerate(places)]
        return float(sum(types[n, kind] for n, kind in enumerate(kinds)) + 1.3 * sum(arcs))

    best = -np.inf
    for places in product(range(-1, count - 1), repeat=count):
        targets = tuple(-1 if k < 0 else int(scores.candidates[n, k]) for n, k in enumerate(places))
        if not is_forest(targets):
            continue
        for kinds in product(range(3), repeat=count):
            if all(k < 0 or kind > 0 for k, kind in zip(places, kinds, strict=True)):
                best = max(best, total(kinds, places))
    forest = decode_forest(scores, decoding)
    found = tuple(place_of(scores, forest, n) for n in range(count))
    assert is_forest(tuple(forest.targets.tolist()))
    assert total(tuple(forest.types.tolist()), found) == pytest.approx(best)
    for n, place in enumerate(found):
        if place >= 0:
            assert forest.labels[n] == scores.labels[n, place].argmax()


@pytest.mark.parametrize("seed", range(20))
def test_one_root_gives_the_best_forest_of_those_with_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = random_links(rng, int(rng.integers(1, 6)))
    count = len(scores.types)

    def total(targets: tuple[int, ...]) -> float:
        places = [-1 if t < 0 else int(np.flatnonzero(scores.candidates[n] == t)[0]) for n, t in enumerate(targets)]
        arcs = [scores.root[n] if k < 0 else scores.arcs[n, k] for n, k in enumerate(places)]
        kinds = [scores.types[n, :2].max() if k < 0 else scores.types[n, 2] for n, k in enumerate(places)]
        return float(sum(arcs) + sum(kinds))

    ways = (t for t in product(range(-1, count), repeat=count) if all(n != k for n, k in enumerate(t)))
    best = max(total(t) for t in ways if is_forest(t) and t.count(-1) == 1)
    forest = decode_forest(scores, Decoding(one_root=True))
    roots = forest.types < 2
    found = tuple(np.where(roots, -1, forest.targets).tolist())
    assert roots.sum() == 1
    assert total(found) == pytest.approx(best)


@pytest.mark.parametrize("one_root", [False, True])
@pytest.mark.parametrize("claims_point", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_link_marginals_sum_all_forests_with_all_their_types(seed: int, claims_point: bool, one_root: bool) -> None:
    """One by one: every way to type the components together with every forest that the types allow."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 5))
    scores = random_links(rng, count)
    decoding = Decoding(type_weight=0.7, arc_weight=1.3, claim_bias=0.2, claims_point=claims_point, one_root=one_root)
    types = 0.7 * scores.types + np.array([0.0, 0.2, 0.0])
    ends, points = ((0, 1, 2), (1, 2)) if claims_point else ((0, 1), (2,))
    root, arcs, kinds = np.zeros(count), np.zeros((count, count - 1)), np.zeros((count, 3))
    for places in product(range(-1, count - 1), repeat=count):
        if not is_forest(tuple(-1 if k < 0 else int(scores.candidates[n, k]) for n, k in enumerate(places))):
            continue
        if one_root and places.count(-1) > 1:
            continue
        for chosen in product(*(ends if k < 0 else points for k in places)):
            logs = [1.3 * (scores.root[n] if k < 0 else scores.arcs[n, k]) for n, k in enumerate(places)]
            weight = np.exp(sum(logs) + sum(types[n, kind] for n, kind in enumerate(chosen)))
            for n, (k, kind) in enumerate(zip(places, chosen, strict=True)):
                if k < 0:
                    root[n] += weight
                else:
                    arcs[n, k] += weight
                    kinds[n, kind] += weight
    total = root[0] + arcs[0].sum()
    found = link_marginals(scores, decoding)
    assert found.root == pytest.approx(root / total)
    assert found.arcs == pytest.approx(arcs / total)
    if count > 1:
        assert found.types == pytest.approx(kinds / kinds.sum(axis=1, keepdims=True))
