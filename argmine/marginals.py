"""How likely each arc is over all forests, by the Matrix-Tree theorem (Tutte 1984; Koo et al. 2007), in numpy alone.

Each component has one arc, to a candidate or to the root, and no arcs run in a circle; a forest's weight is the product
of its arcs'. With L = diag(what leaves each component) - (weights of arcs), det L is the sum over all forests, and its
derivatives give the marginals: w(i → j) (L⁻¹[i, i] - L⁻¹[j, i]) of an arc, w(i → root) L⁻¹[i, i] of the root's.
"""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating]
IntArray = NDArray[np.int64]

EXACT = 512
"""Components whose forests are summed together; a longer document is cut into blocks of so many."""
FLOOR = -600.0
"""Least log weight of the root beside the best arc of a component, for `exp` ends soon after."""
TRUSTED = 1e8
"""Greatest entry of L⁻¹ up to which differences of its entries are right to 7 digits."""


def arc_marginals(weights: FloatArray, root: FloatArray, candidates: IntArray) -> tuple[FloatArray, FloatArray]:
    """The probability of each arc among all forests; a component's arcs and its root's sum to one.

    Exact up to `EXACT` components. Beyond, blocks of neighbours are taken one by one, and an arc out of its block is
    taken never to come back: what is not seen are circles through several blocks.

    Args:
        weights: `[m, k]`, log weight of pointing at each candidate.
        root: `[m]`, of pointing at the root, finite.
        candidates: `[m, k]`, ids below m, -1 for none, none twice in a row.

    Returns:
        `[m, k]` and `[m]`, of pointing at each candidate and at the root.
    """
    known = (candidates >= 0) & np.isfinite(weights)
    top = np.maximum(root, np.where(known, weights, -np.inf).max(axis=1, initial=-np.inf))
    leaving = np.exp(np.maximum(root - top, FLOOR), dtype=np.float64)
    arcs = np.exp(np.where(known, weights - top[:, None], -np.inf), dtype=np.float64)
    total = leaving + arcs.sum(axis=1)
    leaving, arcs = leaving / total, arcs / total[:, None]
    found, to_root = np.zeros_like(arcs), np.zeros_like(leaving)
    for low in range(0, len(root), EXACT):
        rows = slice(low, low + EXACT)
        found[rows], to_root[rows] = _of_block(arcs[rows], leaving[rows], candidates[rows] - low)
    return found, to_root


def _of_block(arcs: FloatArray, leaving: FloatArray, candidates: IntArray) -> tuple[FloatArray, FloatArray]:
    count = len(leaving)
    source, place = np.nonzero((arcs > 0) & (candidates >= 0) & (candidates < count))
    target = candidates[source, place]
    inner = np.zeros((count, count))
    inner[source, target] = arcs[source, place]
    outer = arcs.copy()
    outer[source, place] = 0.0
    visits, gains = _inverse(inner, leaving + outer.sum(axis=1))
    found = outer * visits[:, None]
    found[source, place] = arcs[source, place] * gains[target, source]
    return np.clip(found, 0.0, 1.0), np.clip(leaving * visits, 0.0, 1.0)


def _inverse(inner: FloatArray, outer: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`[n]`, L⁻¹[i, i], and `[n, n]`, L⁻¹[i, i] - L⁻¹[j, i] at (j, i).

    Args:
        inner: `[n, n]`, weights of the arcs between components.
        outer: `[n]`, of what leaves each for good; with its arcs it sums to one.
    """
    try:
        inverse = np.linalg.inv(np.diag(inner.sum(axis=1) + outer) - inner)
    except np.linalg.LinAlgError:
        return _careful_inverse(inner, outer)
    visits = inverse.diagonal()
    if not 0 < visits.min() <= visits.max() < TRUSTED:  # false of not-a-number too
        return _careful_inverse(inner, outer)
    return visits, visits - inverse


def _careful_inverse(inner: FloatArray, outer: FloatArray) -> tuple[FloatArray, FloatArray]:
    """As `_inverse` without one subtraction, so right to the last digits where hardly anything leaves for good.

    Components are eliminated as by Grassmann, Taksar & Heyman (1985). In the walk along arcs, L⁻¹[i, i] is 1 over what
    leaves i for good once all others are eliminated, and the difference that times the probability of leaving from j
    before i is met.
    """
    left, escapes = _escapes(inner, outer)
    return 1 / left, escapes / left


def _escapes(inner: FloatArray, outer: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`[n]`, what leaves i once all others are eliminated; `[n, n]`, to leave from j before i is met, at (j, i).

    Each half is eliminated for the sake of the other, and so on: n³ steps in all, up to a factor.
    """
    count = len(outer)
    if count == 1:
        return outer.copy(), np.zeros((1, 1))
    left, escapes = np.empty(count), np.empty((count, count))
    nodes, middle = np.arange(count), count // 2
    for order in (nodes, np.roll(nodes, -middle)):
        kept = order[: middle if order is nodes else count - middle]
        ways, out = _eliminated(inner[np.ix_(order, order)], outer[order], len(kept))
        left[kept], among = _escapes(ways[: len(kept), : len(kept)], out[: len(kept)])
        reached = np.concatenate([among, np.empty((count - len(kept), len(kept)))])
        for k in range(len(kept), count):
            reached[k] = (out[k] + ways[k, :k] @ reached[:k]) / (out[k] + ways[k, :k].sum())
        escapes[np.ix_(order, kept)] = reached
    return left, escapes


def _eliminated(ways: FloatArray, out: FloatArray, kept: int) -> tuple[FloatArray, FloatArray]:
    """Arcs and leaving weights once all but the first `kept` are passed through; an eliminated one keeps its last."""
    for k in range(len(out) - 1, kept - 1, -1):
        share = ways[:k, k] / (out[k] + ways[k, :k].sum())
        ways[:k, :k] += np.outer(share, ways[k, :k])
        out[:k] += share * out[k]
    return ways, out
