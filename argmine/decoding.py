"""Scores of components → the best forest: exact, in numpy alone. Components are found by `argmine.segments`.

The forest is a maximum spanning arborescence (Chu & Liu 1965; Edmonds 1967) whose weights hold the types' scores too;
what is likely over all forests of these weights is said by `argmine.marginals`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from argmine.config import Decoding
from argmine.marginals import arc_marginals

FloatArray = NDArray[np.floating]
IntArray = NDArray[np.int64]

MAJOR_CLAIM, CLAIM, PREMISE = range(3)
SUPPORT, ATTACK = range(2)
_PRICE_OF_A_ROOT = 200.0
"""More than logits make up for, and little enough for `argmine.marginals` to tell roots apart."""


@dataclass(frozen=True, slots=True)
class LinkScores:
    """What the upper layers say of m components with k candidate targets each, as log probabilities.

    Attributes:
        types: `[m, 3]`, major claim, claim, premise.
        root: `[m]`, to have no premise's target.
        candidates: `[m, k]`, the components that each may point at; -1 for none.
        arcs: `[m, k]`, to point at each; with `root` they sum to one.
        labels: `[m, k, 2]`, support, attack, given the arc.
        stances: `[m, 2]`, support, attack, of a claim on the thesis.
    """

    types: FloatArray
    root: FloatArray
    candidates: IntArray
    arcs: FloatArray
    labels: FloatArray
    stances: FloatArray


@dataclass(frozen=True, slots=True)
class Forest:
    """Types `[m]`, targets `[m]` (-1 at a root) and labels `[m]` of m components; labels mean nothing at roots."""

    types: IntArray
    targets: IntArray
    labels: IntArray


def decode_forest(scores: LinkScores, decoding: Decoding) -> Forest:
    """The types and relations with the greatest sum of scores.

    A premise points at a component, anything else at the root; so one arborescence over the components, whose weights
    hold the type too, is the optimum of both. Claims are then tied to the last major claim. Where claims point for
    themselves, they may do either, as premises may; one that points at a statement of the thesis is tied to the last.
    """
    if decoding.claims_point:
        return _free_forest(scores, decoding)
    types = weighted_types(scores, decoding)
    root = types[:, :PREMISE].max(axis=1, initial=-np.inf) + _weighted_root(scores, decoding)
    linked = types[:, PREMISE, None] + decoding.arc_weight * scores.arcs
    picked = best_forest(linked, root, scores.candidates)
    kinds = np.where(picked < 0, types[:, :PREMISE].argmax(axis=1), PREMISE)
    rows = np.arange(len(picked))
    targets = np.where(picked < 0, -1, scores.candidates[rows, picked] if scores.candidates.size else -1)
    labels = scores.labels[rows, picked].argmax(axis=1) if scores.candidates.size else np.zeros(len(rows), np.int64)
    theses = np.flatnonzero(kinds == MAJOR_CLAIM)
    if len(theses):
        claims = kinds == CLAIM
        targets = np.where(claims, theses[-1], targets)
        labels = np.where(claims, scores.stances.argmax(axis=1), labels)
    return Forest(kinds, targets, labels)


def _free_forest(scores: LinkScores, decoding: Decoding) -> Forest:
    """As `decode_forest`, where claims may point at a component as premises do, and premises at the root."""
    types = weighted_types(scores, decoding)
    root = types.max(axis=1, initial=-np.inf) + _weighted_root(scores, decoding)
    linked = types[:, CLAIM:].max(axis=1, initial=-np.inf)[:, None] + decoding.arc_weight * scores.arcs
    picked = best_forest(linked, root, scores.candidates)
    rows = np.arange(len(picked))
    kinds = np.where(picked < 0, types.argmax(axis=1), CLAIM + types[:, CLAIM:].argmax(axis=1))
    if not scores.candidates.size:
        return Forest(kinds, np.full(len(rows), -1), np.zeros(len(rows), np.int64))
    targets = np.where(picked < 0, -1, scores.candidates[rows, picked])
    theses = np.flatnonzero(kinds == MAJOR_CLAIM)
    tied = (kinds == CLAIM) & np.isin(targets, theses)
    targets = np.where(tied, theses.max(initial=-1), targets)
    return Forest(kinds, targets, scores.labels[rows, picked].argmax(axis=1))


@dataclass(frozen=True, slots=True)
class LinkMarginals:
    """What is likely over all forests, types and arcs together, in the weights that the decoder goes by.

    Attributes:
        root: `[m]`, probability of each component to be of a type that ends at the root, and to do so.
        arcs: `[m, k]`, to be of a type that points, and to point at each candidate; a row and its root sum to one.
        types: `[m, 3]`, of each type among components that point.
    """

    root: FloatArray
    arcs: FloatArray
    types: FloatArray


def link_marginals(scores: LinkScores, decoding: Decoding) -> LinkMarginals:
    """The marginals of all forests that `decode_forest` chooses one from; claims tied to the thesis end at the root."""
    types = weighted_types(scores, decoding)
    ending, pointing = slice(PREMISE), slice(PREMISE, None)
    if decoding.claims_point:
        ending, pointing = slice(None), slice(CLAIM, None)
    points = np.logaddexp.reduce(types[:, pointing], axis=1)
    root = np.logaddexp.reduce(types[:, ending], axis=1) + _weighted_root(scores, decoding)
    arcs, to_root = arc_marginals(points[:, None] + decoding.arc_weight * scores.arcs, root, scores.candidates)
    among = np.zeros_like(types)
    among[:, pointing] = np.exp(types[:, pointing] - points[:, None])
    return LinkMarginals(to_root, arcs, among)


def weighted_types(scores: LinkScores, decoding: Decoding) -> FloatArray:
    """`[m, 3]`, what each type adds to a forest's score."""
    biases = np.array([decoding.major_claim_bias, decoding.claim_bias, 0.0])
    weighted: FloatArray = decoding.type_weight * scores.types + biases
    return weighted


def _weighted_root(scores: LinkScores, decoding: Decoding) -> FloatArray:
    """`[m]`, what ending at the root adds to a forest's score."""
    return decoding.arc_weight * scores.root - _PRICE_OF_A_ROOT * decoding.one_root


def best_forest(weights: FloatArray, root: FloatArray, candidates: IntArray) -> IntArray:
    """Each component's place in its row of `candidates`, -1 for the root, so that no circle is formed.

    Args:
        weights: `[m, k]`, of pointing at each candidate.
        root: `[m]`, of pointing at the root, finite.
        candidates: `[m, k]`, ids below m, -1 for none.

    Returns:
        `[m]`, the choice with the greatest total weight.
    """
    count = len(candidates)
    source, place = np.nonzero((candidates >= 0) & np.isfinite(weights))
    edges = _Edges(
        np.concatenate([np.arange(count), source]),
        np.concatenate([np.full(count, count), candidates[source, place]]),
        np.concatenate([root, weights[source, place]]).astype(np.float64),
    )
    kept = _arborescence(edges, count)
    places = np.concatenate([np.full(count, -1), place])
    return places[kept]


@dataclass(frozen=True, slots=True)
class _Edges:
    source: IntArray
    target: IntArray
    weight: FloatArray


def _arborescence(edges: _Edges, count: int) -> IntArray:
    """`[count]`, the edge that each source keeps; node `count` is the root, to which every node has an edge.

    Circles are merged until there are none, then taken apart again: each keeps the edge that leaves it.
    """
    levels: list[tuple[_Edges, IntArray, IntArray]] = []  # edges, best edge of each node, edges that were left
    best = _best_edges(edges, count)
    while ((cycle_of := _cycles(edges.target[best], count)) >= 0).any():
        smaller, outer = _merged(edges, best, cycle_of)
        levels.append((edges, best, outer))
        edges, count = smaller, int(smaller.target.max())
        best = _best_edges(edges, count)
    for larger, inner, outer in reversed(levels):
        kept = outer[best]
        best = inner.copy()
        best[larger.source[kept]] = kept
    return best


def _merged(edges: _Edges, best: IntArray, cycle_of: IntArray) -> tuple[_Edges, IntArray]:
    """The edges between the nodes that are left when each circle becomes one, and which of the old ones they are."""
    nodes = np.where(cycle_of >= 0, cycle_of, np.arange(len(cycle_of)))
    number = np.unique(np.append(nodes, len(nodes)), return_inverse=True)[1]  # the root stays the last
    loss = np.where(cycle_of >= 0, edges.weight[best], 0.0)  # leaving a circle gives up the edge inside it
    outer = np.flatnonzero(number[edges.source] != number[edges.target])
    source, target = edges.source[outer], edges.target[outer]
    return _Edges(number[source], number[target], edges.weight[outer] - loss[source]), outer


def _best_edges(edges: _Edges, count: int) -> IntArray:
    order = np.lexsort((np.arange(len(edges.weight)), -edges.weight, edges.source))
    first = np.searchsorted(edges.source[order], np.arange(count), side="left")
    return order[first]


def _cycles(target: IntArray, count: int) -> IntArray:
    """`[count]`, the least node of the circle that each node lies on, -1 for those on none."""
    state = np.zeros(count, np.int64)  # 0 not seen, else the walk that saw it
    cycle_of = np.full(count, -1)
    for start in range(count):
        here, way = start, []
        while here != count and not state[here]:
            state[here] = start + 1
            way.append(here)
            here = int(target[here])
        if here != count and state[here] == start + 1:
            circle = way[way.index(here) :]
            cycle_of[circle] = min(circle)
    return cycle_of


def _log_sum(values: FloatArray) -> float:
    top = values.max()
    return float(top + np.log(np.exp(values - top).sum()))
