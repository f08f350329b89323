"""What a model says of a document, before anything is decided: words' states, boundaries, types, arcs and labels.

Numpy around a backend: cutting into windows and chunks, pooling, and the arithmetic of arcs, which is too long for the
network where a document has thousands of components.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from argmine.config import FAINTEST_SEGMENT, Windows
from argmine.decoding import LinkScores
from argmine.encoding import (
    DocumentEncoder,
    EncodedDocument,
    FloatArray,
    IntArray,
    Window,
    candidate_targets,
    component_features,
    marker_spans,
    padded_length,
    pair_features,
    windows,
)
from argmine.runtime import Backend, BatchBackend, ComponentScores
from argmine.segments import BoundaryScores, Segments, likely_segments, segment_marginals

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
        return segment_marginals(self.boundaries(words))

    def likely(self, words: FloatArray) -> Segments:
        """The segments of `[n, h]` words that are components with a probability above `FAINTEST_SEGMENT`."""
        return likely_segments(self.boundaries(words), FAINTEST_SEGMENT)

    def words(self, encoded: EncodedDocument) -> FloatArray:
        """`[n, h]`, the encoder's states of each word (its two end pieces' mean), from overlapping windows."""
        return _joined(encoded, ((w, self.backend.pieces(*self._inputs(encoded, w))) for w in self._windows(encoded)))

    def words_of(self, documents: Sequence[EncodedDocument], backend: BatchBackend) -> list[FloatArray]:
        """`words` of each document, from a backend that computes many windows of one length at once."""
        every = [(n, window) for n, encoded in enumerate(documents) for window in self._windows(encoded)]
        inputs = [self._inputs(documents[n], window) for n, window in every]
        found: dict[int, FloatArray] = {}
        by_length = sorted(range(len(every)), key=lambda k: len(inputs[k][0]))
        for _, alike in groupby(by_length, key=lambda k: len(inputs[k][0])):
            places = list(alike)
            for few in (places[k : k + backend.batch] for k in range(0, len(places), backend.batch)):
                columns = zip(*(inputs[k] for k in few), strict=True)
                found.update(zip(few, backend.many(*(np.stack(column) for column in columns)), strict=True))
        parts: list[list[tuple[Window, FloatArray]]] = [[] for _ in documents]
        for k, (n, window) in enumerate(every):
            parts[n].append((window, found[k]))
        return [_joined(encoded, part) for encoded, part in zip(documents, parts, strict=True)]

    def _windows(self, encoded: EncodedDocument) -> list[Window]:
        return windows(encoded, self.windows.size, self.windows.overlap)

    def _inputs(self, encoded: EncodedDocument, window: Window) -> tuple[IntArray, IntArray, IntArray]:
        """Ids, mask and features of a window, at a length that it alone decides."""
        length = padded_length(window, self.windows.bucket, self.windows.size)
        return self.encoder.window(encoded, window, length)

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
        logits = products(scores.source, scores.target, candidates)
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


def _joined(encoded: EncodedDocument, hidden: Iterable[tuple[Window, FloatArray]]) -> FloatArray:
    """`[n, h]` words from the `[p, h]` states of each window, of which it keeps what the window owns."""
    states = np.zeros((0, 0), np.float32)
    for window, pieces in hidden:
        if not states.size:
            states = np.zeros((len(encoded), pieces.shape[1]), np.float32)
        own = pieces[1 + window.own_start - window.start : 1 + window.own_end - window.start]
        for end in encoded.pieces.T:
            here = slice(*np.searchsorted(end, (window.own_start, window.own_end)))
            states[here] += own[end[here] - window.own_start]
    states *= np.float32(0.5)
    return states


def pool(words: FloatArray, segments: IntArray, markers: IntArray) -> FloatArray:
    """`[m, 4h]`, as `argmine.network.pool`: first word, last word, mean of the words, mean of the words before."""
    size = words.shape[1]
    pooled = np.empty((len(segments), 4 * size), np.float32)
    pooled[:, :size], pooled[:, size : 2 * size] = words[segments[:, 0]], words[segments[:, 1]]
    inner = np.stack([segments[:, 0], segments[:, 1] + 1], axis=1)
    for column, spans in ((2, inner), (3, markers)):
        for row, (start, end) in zip(pooled, spans.tolist(), strict=True):
            row[column * size : (column + 1) * size] = (
                words[start:end].mean(axis=0, dtype=np.float64) if end > start else 0
            )
    return pooled


def products(source: FloatArray, target: FloatArray, candidates: IntArray) -> FloatArray:
    """`[m, k]`, each row of `[m, d]` sources times those of the targets that are its candidates."""
    found = np.empty(candidates.shape)
    for low in range(0, len(candidates), COMPONENTS):
        rows = slice(low, low + COMPONENTS)
        found[rows] = np.einsum("md,mkd->mk", source[rows], target[candidates[rows]], dtype=np.float64)
    return found


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
