"""What a model says of a document, before anything is decided: words' states, boundaries, types, arcs and labels.

Numpy around a backend: cutting into windows and chunks, pooling, and the arithmetic of arcs, which is too long for the
network where a document has thousands of components.
"""

from dataclasses import dataclass

import numpy as np

from argmine.config import Windows
from argmine.decoding import BoundaryScores, LinkScores, segment_marginals, segment_scores
from argmine.encoding import (
    DocumentEncoder,
    EncodedDocument,
    FloatArray,
    IntArray,
    candidate_targets,
    component_features,
    marker_spans,
    padded_length,
    pair_features,
    windows,
)
from argmine.runtime import Backend, ComponentScores

CHUNK, MARGIN = 4096, 1
COMPONENTS, COMPONENT_MARGIN = 192, 32
STRONGEST = 16


@dataclass(frozen=True, slots=True)
class Scorer:
    """A backend behind a vocabulary; documents are cut by `windows`."""

    encoder: DocumentEncoder
    backend: Backend
    windows: Windows

    def marginals(self, words: FloatArray) -> FloatArray:
        """`[n, l]`, the probability of each segment of l + 1 words to be a component, from `[n, h]` words."""
        return segment_marginals(segment_scores(self.boundaries(words)))

    def words(self, encoded: EncodedDocument) -> FloatArray:
        """`[n, h]`, the encoder's states of each word, from overlapping windows."""
        sizes = self.windows
        states: list[FloatArray] = []
        for window in windows(encoded, sizes.size, sizes.overlap):
            hidden = self.backend.pieces(
                *self.encoder.window(encoded, window, padded_length(window, sizes.bucket, sizes.size))
            )
            states.append(hidden[1 + window.own_start - window.start : 1 + window.own_end - window.start])
        pieces = np.concatenate(states)
        return (pieces[encoded.pieces[:, 0]] + pieces[encoded.pieces[:, 1]]) * np.float32(0.5)

    def boundaries(self, words: FloatArray) -> BoundaryScores:
        """What the boundary tagger says of `[n, h]` words.

        They go through it in chunks whose ends see one word more, which is all that a word's scores depend on.
        """
        parts: list[tuple[FloatArray, ...]] = []
        scores: BoundaryScores | None = None
        for first in range(0, len(words), CHUNK):
            low, high = max(0, first - MARGIN), min(len(words), first + CHUNK + MARGIN)
            scores = self.backend.boundaries(words[low:high])
            own = slice(first - low, min(first + CHUNK, len(words)) - low)
            parts.append(tuple(a[own] for a in (scores.start, scores.end, scores.inside, scores.left, scores.right)))
        if scores is None:
            raise ValueError("a document without words has no boundaries")
        start, end, inside, left, right = (np.concatenate(column) for column in zip(*parts, strict=True))
        return BoundaryScores(start, end, inside, left, right, scores.length)

    def link_scores(self, encoded: EncodedDocument, words: FloatArray, segments: IntArray) -> LinkScores:
        """What the component layer says of `[m, 2]` segments (first and last word), as log probabilities."""
        pooled = pool(words, segments, marker_spans(encoded, segments))
        scores = self._components(pooled, component_features(encoded, segments))
        types = _log_softmax(scores.types)
        candidates = candidate_targets(len(segments), _strongest(types))
        logits = np.einsum("md,mkd->mk", scores.source, scores.target[candidates], dtype=np.float64)
        placed = self.backend.pairs[pair_features(encoded, segments, candidates)]
        logits = logits + (placed * np.exp(types)[candidates]).sum(axis=-1)
        logits = logits + passed_over(1 - np.exp(types[:, 2]), candidates) @ self.backend.between
        full = np.concatenate([scores.root[:, None], np.where(candidates < 0, -np.inf, logits)], axis=1)
        arcs = _log_softmax(full)
        labels = _log_softmax(scores.label_source[:, None, :] + scores.label_target[candidates])
        return LinkScores(types, arcs[:, 0], candidates, arcs[:, 1:], labels, _log_softmax(scores.stances))

    def _components(self, pooled: FloatArray, features: IntArray) -> ComponentScores:
        """In overlapping chunks, so that time grows linearly with a document's components."""
        count = len(pooled)
        if count <= COMPONENTS:
            return self.backend.components(pooled, features)
        parts: list[tuple[FloatArray, ...]] = []
        for start in range(0, count, COMPONENTS - 2 * COMPONENT_MARGIN):
            end = min(count, start + COMPONENTS - 2 * COMPONENT_MARGIN)
            low, high = max(0, start - COMPONENT_MARGIN), min(count, end + COMPONENT_MARGIN)
            scores = self.backend.components(pooled[low:high], features[low:high])
            parts.append(tuple(getattr(scores, n)[start - low : end - low] for n in ComponentScores.__slots__))
        return ComponentScores(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def pool(words: FloatArray, segments: IntArray, markers: IntArray) -> FloatArray:
    """`[m, 4h]`, as `argmine.network.pool`: first word, last word, mean of the words, mean of the words before."""
    through = np.concatenate([np.zeros((1, words.shape[1])), np.cumsum(words, axis=0, dtype=np.float64)])

    def mean(start: IntArray, end: IntArray) -> FloatArray:
        sums: FloatArray = through[end] - through[start]
        means: FloatArray = sums / np.maximum(end - start, 1)[:, None]
        return means.astype(np.float32)

    first, last = segments[:, 0], segments[:, 1]
    return np.concatenate([words[first], words[last], mean(first, last + 1), mean(*markers.T)], axis=1)


def passed_over(conclusions: FloatArray, candidates: IntArray) -> FloatArray:
    """`[m, k, 2]`, as `argmine.network.passed_over`, for the k candidates of each component alone."""
    number = np.arange(len(conclusions))[:, None]
    high = np.maximum(number, candidates)
    low = np.minimum(np.minimum(number, np.maximum(candidates, 0)) + 1, high)
    through = np.concatenate([[0.0], np.cumsum(conclusions)])
    count = np.maximum(through[high] - through[low], 0.0)
    return np.stack([count, np.minimum(count, 1.0)], axis=-1)


def _strongest(types: FloatArray) -> list[int]:
    """The likeliest conclusions of the document, which any component may point at."""
    return sorted(np.argsort(types[:, 2], kind="stable")[:STRONGEST].tolist())


def _log_softmax(logits: FloatArray) -> FloatArray:
    logits = logits.astype(np.float64)
    top = logits.max(axis=-1, keepdims=True)
    shifted = logits - top
    result: FloatArray = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
