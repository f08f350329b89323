"""What teachers believe: one teacher's lesson holds its own probabilities, several ones' the mean."""

from pathlib import Path

import numpy as np
import pytest
import torch

from argmine.document import Document
from argmine.errors import RecipeError
from argmine.miner import ArgumentMiner
from argmine.runtime import TorchBackend
from argmine.segments import best_segments
from argmine.training.examples import Taught, example_of
from argmine.training.teaching import FAINTEST, teach
from tests import tiny

DOCUMENT = Document(id="piece", text=tiny.prose(9))


def teacher(base: Path, seed: int) -> ArgumentMiner:
    torch.manual_seed(seed)
    return ArgumentMiner(tiny.config(), tiny.encoder(), TorchBackend(tiny.network(base)))


def test_one_teacher_says_what_it_believes(tiny_base: Path) -> None:
    one = teacher(tiny_base, 1)
    ((document, lesson),) = teach([one], [DOCUMENT])
    encoded = one.encoder.encode(DOCUMENT)
    words = one.scorer.words(encoded)
    marginals = one.scorer.marginals(words)
    chosen = best_segments(marginals, one.config.decoding)
    segments, sure = chosen.segments, chosen.exact
    scores = one.scorer.link_scores(encoded, words, segments)
    assert document is DOCUMENT
    assert len(segments) > 2
    assert lesson.words == len(encoded)
    assert lesson.segments.tolist() == segments.tolist()
    assert lesson.weights.sum() == pytest.approx(marginals[marginals > FAINTEST].sum())
    assert np.allclose(marginals[lesson.gold[:, 0], lesson.gold[:, 1] - lesson.gold[:, 0]], lesson.weights)
    assert np.allclose(lesson.types, np.exp(scores.types) * sure[:, None])
    assert np.allclose(lesson.targets.sum(axis=1), sure)
    for source, place in np.argwhere(scores.candidates >= 0).tolist():
        expected = sure[source] * np.exp(scores.arcs[source, place])
        assert lesson.targets[source, scores.candidates[source, place] + 1] == pytest.approx(expected)
    assert lesson.points.tolist() == lesson.targets[:, 1:].argmax(axis=1).tolist()
    arcs = lesson.targets[np.arange(len(segments)), lesson.points + 1]
    assert np.allclose(lesson.labels.sum(axis=1), arcs)
    assert np.allclose(lesson.stances.sum(axis=1), lesson.types[:, 1])


def test_the_lesson_of_two_is_their_mean(tiny_base: Path) -> None:
    one, two = teacher(tiny_base, 1), teacher(tiny_base, 2)
    ((_, lesson),) = teach([one, two], [DOCUMENT])
    encoded = one.encoder.encode(DOCUMENT)
    states = [t.scorer.words(encoded) for t in (one, two)]
    marginals = np.mean([t.scorer.marginals(w) for t, w in zip((one, two), states, strict=True)], axis=0)
    chosen = best_segments(marginals, one.config.decoding)
    segments, sure = chosen.segments, chosen.exact
    scores = [t.scorer.link_scores(encoded, w, segments) for t, w in zip((one, two), states, strict=True)]
    assert lesson.segments.tolist() == segments.tolist()
    assert np.allclose(lesson.types, sum(np.exp(s.types) for s in scores) / 2 * sure[:, None])


def test_a_lesson_can_be_learnt(tiny_base: Path) -> None:
    one = teacher(tiny_base, 1)
    ((document, lesson),) = teach([one], [DOCUMENT])
    assert example_of(Taught(document, lesson), one.encoder).segments.tolist() == lesson.segments.tolist()


def test_a_document_without_words_has_no_lesson(tiny_base: Path) -> None:
    assert list(teach([teacher(tiny_base, 1)], [Document(id="empty", text=" \n")])) == []


def test_without_teachers_nothing_is_taught() -> None:
    with pytest.raises(RecipeError, match="there are no teachers"):
        next(teach([], [DOCUMENT]))
