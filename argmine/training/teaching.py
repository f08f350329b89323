"""`teach`: what several models together believe of documents without gold, as `Lesson`s to learn from.

Their probabilities are averaged, segments first; then all of them judge the segments that follow from the average.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from argmine.decoding import LinkScores
from argmine.document import Document
from argmine.encoding import EncodedDocument, FloatArray, IntArray
from argmine.errors import RecipeError
from argmine.miner import ArgumentMiner
from argmine.segments import best_segments
from argmine.training.lessons import Lesson

FAINTEST = 0.02
"""Segments that are less likely are left out of a lesson."""


def teach(teachers: Sequence[ArgumentMiner], documents: Iterable[Document]) -> Iterator[tuple[Document, Lesson]]:
    """A lesson for each document that has words.

    Args:
        teachers: models of one vocabulary; the first one's decoding chooses the segments.
        documents: what they read.

    Raises:
        RecipeError: there are no teachers, or they cut texts into different words.
    """
    if not teachers:
        raise RecipeError("there are no teachers")
    vocabularies = {teacher.encoder.tokenizer.to_str() for teacher in teachers}
    if len(vocabularies) > 1:
        raise RecipeError(f"the teachers have {len(vocabularies)} vocabularies, one was expected")
    for document in documents:
        encoded = teachers[0].encode(document)
        if len(encoded):
            yield document, _lesson(teachers, encoded)


def _lesson(teachers: Sequence[ArgumentMiner], encoded: EncodedDocument) -> Lesson:
    words = [teacher.scorer.words(encoded) for teacher in teachers]
    marginals = np.mean([t.scorer.marginals(w) for t, w in zip(teachers, words, strict=True)], axis=0)
    chosen = best_segments(marginals, teachers[0].config.decoding)
    segments, sure = chosen.segments, chosen.exact
    scores = [t.scorer.link_scores(encoded, w, segments) for t, w in zip(teachers, words, strict=True)]
    types = np.mean([np.exp(s.types) for s in scores], axis=0)
    targets = np.mean([_dense(s) for s in scores], axis=0)
    points = targets[:, 1:].argmax(axis=1) if len(segments) else np.zeros(0, np.int64)
    labels = np.mean([_labels(s, points) for s in scores], axis=0)
    stances = np.mean([np.exp(s.stances) for s in scores], axis=0)
    first, length = np.nonzero(marginals > FAINTEST)
    arcs = targets[np.arange(len(points)), points + 1]
    return Lesson(
        words=len(encoded),
        gold=np.stack([first, first + length], axis=1),
        weights=marginals[first, length],
        segments=segments,
        types=types * sure[:, None],
        targets=targets * sure[:, None],
        points=points,
        labels=labels * (sure * arcs)[:, None],
        stances=stances * (sure * types[:, 1])[:, None],
    )


def _dense(scores: LinkScores) -> FloatArray:
    """`[m, m + 1]`, the root's probability, then each component's."""
    count = len(scores.root)
    full = np.zeros((count, count + 1))
    full[:, 0] = np.exp(scores.root)
    source, place = np.nonzero(scores.candidates >= 0)
    full[source, scores.candidates[source, place] + 1] = np.exp(scores.arcs[source, place])
    return full


def _labels(scores: LinkScores, points: IntArray) -> FloatArray:
    """`[m, 2]`, support and attack of each component on what it points at."""
    found = np.zeros((len(points), 2))
    source, place = np.nonzero(scores.candidates == points[:, None])
    found[source] = np.exp(scores.labels[source, place])
    return found
