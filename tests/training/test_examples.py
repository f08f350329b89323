"""Examples of a small graph by hand; what noise and changes of form may do to them."""

import numpy as np
import pytest

from argmine.document import Document
from argmine.encoding import REACH, FloatArray, component_features, pair_features
from argmine.errors import CorpusError
from argmine.graph import ArgumentGraph
from argmine.training.examples import Reading, Taught, changed_form, example_of, make_example, with_noise
from argmine.training.recipe import Augmentation
from tests import tiny
from tests.training import made_up

ENCODER = tiny.encoder()
TEXT = "Keep buses.\nThey help people. Cars run at night,\r\nbut few. Trains are dear.\n\nSo keep buses."
PARTS = [("m1", "Keep buses"), ("c1", "They help people"), ("p1", "Cars run at night"), ("p2", "few")]
LATER = [("c2", "Trains are dear"), ("m2", "keep buses")]
TYPES = {"m1": "major_claim", "m2": "major_claim", "c1": "claim", "c2": "claim", "p1": "premise", "p2": "premise"}
LINKS = [("c1", "m2", "support"), ("c2", "m2", "attack"), ("p1", "c1", "support"), ("p2", "p1", "attack")]


def graph() -> ArgumentGraph:
    places = {name: TEXT.index(words) for name, words in (*PARTS, *LATER)}
    parts = [(n, TYPES[n], places[n], places[n] + len(words)) for n, words in (*PARTS, *LATER)]
    return ArgumentGraph.build(Document(id="small", text=TEXT), parts, LINKS)


def chosen(rows: FloatArray) -> list[int | None]:
    """The column of each row's single 1, None for a row of zeros."""
    assert set(np.unique(rows)) <= {0.0, 1.0}
    assert (rows.sum(axis=1) <= 1).all()
    return [int(row.argmax()) if row.any() else None for row in rows]


def test_an_example_is_as_by_hand() -> None:
    example = make_example(graph(), ENCODER)
    none = None
    # words: Keep buses . | They help people . Cars run at night , | but few . Trains are dear . | So keep buses .
    assert example.gold.tolist() == [[0, 1], [3, 5], [7, 10], [13, 13], [15, 17], [20, 21]]
    assert example.segments.tolist() == example.gold.tolist()
    assert example.weights.tolist() == [1] * 6
    assert chosen(example.types) == [0, 1, 2, 2, 1, 0]
    assert chosen(example.targets) == [0, 0, 2, 3, 0, 0]  # the root is 0
    assert example.points.tolist() == [-1, -1, 1, 2, -1, -1]
    assert chosen(example.labels) == [none, none, 0, 1, none, none]
    assert chosen(example.stances) == [none, 0, none, none, 1, none]


def test_a_graph_without_components_is_an_example_too() -> None:
    example = make_example(ArgumentGraph.build(Document(id="d", text="A bus."), []), ENCODER)
    assert example.gold.shape == (0, 2)
    assert len(example.encoded) == 3


def test_components_that_share_a_word_are_refused() -> None:
    overlapping = ArgumentGraph.build(
        Document(id="bad", text="one two three"), [("a", "claim", 0, 7), ("b", "premise", 4, 13)]
    )
    with pytest.raises(CorpusError, match="bad: components a and b share a word"):
        make_example(overlapping, ENCODER)


def test_a_component_without_a_word_is_refused() -> None:
    empty = ArgumentGraph.build(Document(id="bad", text="one   two"), [("a", "claim", 3, 5)])
    with pytest.raises(CorpusError, match="bad: no word between 3 and 5"):
        make_example(empty, ENCODER)


def test_without_augmentation_the_form_stays() -> None:
    assert changed_form(graph(), Augmentation(), np.random.default_rng(0)) == graph()


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_form_keeps_offsets_and_words(seed: int) -> None:
    augmentation = Augmentation(merge_paragraphs=0.7, split_paragraphs=0.7)
    changed = changed_form(graph(), augmentation, np.random.default_rng(seed))
    assert isinstance(changed, ArgumentGraph)
    assert len(changed.text) == len(TEXT)
    assert changed.text.split() == TEXT.split()
    assert [(c.id, c.start, c.end, c.type) for c in changed.components] == [
        (c.id, c.start, c.end, c.type) for c in graph().components
    ]
    assert all(c.text == changed.text[c.start : c.end] for c in changed.components)
    assert changed.relations == graph().relations
    assert make_example(changed, ENCODER).gold.tolist() == make_example(graph(), ENCODER).gold.tolist()


def counts(augmentation: Augmentation) -> set[int]:
    """How many paragraphs the changed forms of the small text have."""
    forms = (changed_form(graph(), augmentation, np.random.default_rng(seed)) for seed in range(60))
    return {int(example_of(form, ENCODER).encoded.paragraphs.max()) + 1 for form in forms}


def test_paragraphs_are_merged_and_split() -> None:
    assert counts(Augmentation(merge_paragraphs=1)) == {1, 2, 3, 4}
    assert counts(Augmentation(split_paragraphs=1)) == {4, 5, 6}


@pytest.mark.parametrize("seed", range(20))
def test_jitter_keeps_order_and_gold(seed: int) -> None:
    example = make_example(graph(), ENCODER)
    noisy = with_noise(example, Augmentation(jitter=0.8), np.random.default_rng(seed), blank=ENCODER.blank)
    first, last = noisy.segments.T
    assert (first <= last).all()
    assert (first[1:] > last[:-1]).all()
    assert first[0] >= 0
    assert last[-1] < len(example.encoded)
    assert np.abs(noisy.segments - example.gold).max() <= 3
    assert noisy.gold.tolist() == example.gold.tolist()


def test_jitter_moves_something() -> None:
    example = make_example(graph(), ENCODER)
    noisy = with_noise(example, Augmentation(jitter=1), np.random.default_rng(0), blank=ENCODER.blank)
    assert (noisy.segments != example.gold).any()


def test_hidden_places_are_not_known_and_cases_stay() -> None:
    example = make_example(graph(), ENCODER)
    before = example.encoded.features.copy()
    noisy = with_noise(example, Augmentation(hide_places=1), np.random.default_rng(0), blank=ENCODER.blank)
    assert not noisy.encoded.features[:, 1].any()
    assert (noisy.encoded.features[:, 0] == before[:, 0]).all()
    assert (example.encoded.features == before).all()


def test_hidden_words_are_masked() -> None:
    example = make_example(graph(), ENCODER)
    noisy = with_noise(example, Augmentation(hide_words=0.5), np.random.default_rng(0), blank=ENCODER.blank)
    hidden = noisy.encoded.ids != example.encoded.ids
    assert 0.2 < hidden.mean() < 0.8
    assert set(noisy.encoded.ids[hidden]) == {tiny.vocabulary()["[MASK]"]}


def test_a_lesson_is_an_example_as_it_is() -> None:
    taught = Taught(graph().document, made_up.lesson(23))
    example = example_of(taught, ENCODER)
    assert len(example.encoded) == 23
    for name in ("gold", "weights", "segments", "types", "targets", "points", "labels", "stances"):
        assert (getattr(example, name) == getattr(taught.lesson, name)).all(), name


def test_a_lesson_about_other_words_is_refused() -> None:
    with pytest.raises(CorpusError, match="small: the lesson is about 22 words, the document has 23"):
        example_of(Taught(graph().document, made_up.lesson(22)), ENCODER)


def test_a_taught_document_changes_its_form_and_not_its_lesson() -> None:
    taught = Taught(graph().document, made_up.lesson(23))
    changed = changed_form(taught, Augmentation(merge_paragraphs=1), np.random.default_rng(2))
    assert isinstance(changed, Taught)
    assert changed.text != taught.text
    assert changed.text.split() == taught.text.split()
    assert changed.lesson is taught.lesson
    assert example_of(changed, ENCODER).gold.tolist() == taught.lesson.gold.tolist()


def test_claims_that_point_have_targets_and_any_statement_of_the_thesis_will_do() -> None:
    example = make_example(graph(), ENCODER, Reading(claims_point=True))
    assert example.targets.tolist() == [
        [1, 0, 0, 0, 0, 0, 0],
        [0, 1, 0, 0, 0, 0, 1],
        [0, 0, 1, 0, 0, 0, 0],
        [0, 0, 0, 1, 0, 0, 0],
        [0, 1, 0, 0, 0, 0, 1],
        [1, 0, 0, 0, 0, 0, 0],
    ]
    assert example.points.tolist() == [-1, 5, 1, 2, 5, -1]
    assert chosen(example.labels) == [None, 0, 0, 1, 1, None]
    assert not example.stances.any()


def test_across_paragraphs_only_what_is_linked_may_count() -> None:
    example = make_example(graph(), ENCODER, Reading(claims_point=True, across=False))
    home = [0, 1, 1, 2, 2, 3]
    linked = {(1, 0), (1, 5), (2, 1), (3, 2), (4, 0), (4, 5)}
    for source in range(6):
        for target in range(6):
            assert example.allowed[source, target] == (home[source] == home[target] or (source, target) in linked)
    assert make_example(graph(), ENCODER).allowed.all()


@pytest.mark.parametrize("part", ["segments", "types", "arcs"])
def test_what_is_not_learnt_is_left_out(part: str) -> None:
    example = make_example(graph(), ENCODER, Reading(**{part: False}))
    learnt = {
        "segments": example.segmented and len(example.gold) == 6,
        "types": example.types.any(),
        "arcs": example.targets.any() and example.labels.any() and example.stances.any(),
    }
    assert {name for name, there in learnt.items() if not there} == {part}
    assert example.segments.shape == (6, 2)


def test_places_that_are_not_looked_at_are_in_no_feature() -> None:
    seen, blind = (make_example(graph(), ENCODER, Reading(places=p)).encoded for p in (True, False))
    segments = make_example(graph(), ENCODER).segments
    pairs = np.broadcast_to(np.arange(6), (6, 6))
    assert not component_features(blind, segments)[:, :3].any()
    assert (component_features(blind, segments)[:, 3:] == component_features(seen, segments)[:, 3:]).all()
    assert pair_features(blind, segments, pairs).max() < 2 * REACH + 1
    assert pair_features(seen, segments, pairs).min() >= 2 * REACH + 1
    assert not blind.features[:, 1].any()
