"""Shapes and places of a padded batch."""

import numpy as np
import torch

from argmine.document import Document
from argmine.encoding import windows
from argmine.graph import ArgumentGraph
from argmine.training.batches import make_batch
from argmine.training.examples import make_example
from tests import tiny

ENCODER = tiny.encoder()
LONG = tiny.prose(6)
GRAPHS = [
    ArgumentGraph.build(Document(id="none", text="A bus."), []),
    ArgumentGraph.build(
        Document(id="three", text=LONG),
        [("a", "major_claim", 0, 12), ("b", "claim", 20, 30), ("c", "premise", 40, 60)],
        [("b", "a", "support"), ("c", "b", "attack")],
    ),
]
EXAMPLES = [make_example(graph, ENCODER) for graph in GRAPHS]


def test_a_batch_is_padded_to_its_longest_document() -> None:
    batch = make_batch(EXAMPLES, ENCODER, tiny.WINDOWS)
    count = sum(len(windows(e.encoded, tiny.WINDOWS.size, tiny.WINDOWS.overlap)) for e in EXAMPLES)
    words = max(len(e.encoded) for e in EXAMPLES)
    assert count > 3
    assert batch.ids.shape == batch.mask.shape == (count, 64)
    assert batch.features.shape == (count, 64, 2)
    assert batch.first.shape == batch.last.shape == (2, words)
    assert batch.words.tolist() == [len(e.encoded) for e in EXAMPLES]
    assert batch.is_word.sum(1).tolist() == batch.words.tolist()
    assert batch.segments.shape == batch.markers.shape == (2, 3, 2)
    assert batch.component_features.shape == (2, 3, 5)
    assert batch.pairs.shape == (2, 3, 3)
    assert batch.present.tolist() == [[False] * 3, [True] * 3]
    assert batch.weights.tolist() == [1, 1, 1]
    assert batch.types.shape == (2, 3, 3)
    assert batch.targets.shape == (2, 3, 4)
    for learnt in (batch.types, batch.targets, batch.labels, batch.stances):
        assert not learnt[0].any()
    assert batch.types[1].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert batch.targets[1].argmax(-1).tolist() == [0, 0, 2]
    assert batch.points.tolist() == [[-1] * 3, [-1, -1, 1]]
    assert batch.labels[1].tolist() == [[0, 0], [0, 0], [0, 1]]
    assert batch.stances[1].tolist() == [[0, 0], [1, 0], [0, 0]]


def test_places_of_words_lead_to_their_pieces() -> None:
    batch = make_batch(EXAMPLES, ENCODER, tiny.WINDOWS)
    flat = batch.ids.flatten()
    for row, example in enumerate(EXAMPLES):
        known = slice(len(example.encoded))
        for places, side in ((batch.first, 0), (batch.last, 1)):
            expected = example.encoded.ids[example.encoded.pieces[:, side]]
            assert np.array_equal(flat[places[row, known]].numpy(), expected)


def test_gold_names_document_first_word_and_length() -> None:
    batch = make_batch(EXAMPLES, ENCODER, tiny.WINDOWS)
    assert batch.gold.tolist() == [[1, first, last - first] for first, last in EXAMPLES[1].gold.tolist()]


def test_a_batch_without_any_component_has_room_for_one() -> None:
    batch = make_batch(EXAMPLES[:1], ENCODER, tiny.WINDOWS)
    assert batch.present.tolist() == [[False]]
    assert batch.gold.shape == (0, 3)


def test_a_batch_moves_to_a_device_whole() -> None:
    batch = make_batch(EXAMPLES, ENCODER, tiny.WINDOWS)
    assert torch.equal(batch.to(torch.device("cpu")).pairs, batch.pairs)
