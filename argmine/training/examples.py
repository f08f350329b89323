"""Gold graphs → training examples, in a form changed at random where the recipe says so.

A paragraph break becomes a space, or a space between sentences a break, which keeps every offset; gold may have its
opening moved, or a byline and the like put in (`rearranging`).
"""

import re
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from argmine.document import Document
from argmine.encoding import DocumentEncoder, EncodedDocument, FloatArray, IntArray, word_spans
from argmine.errors import CorpusError
from argmine.graph import ArgumentGraph, Component, ComponentType, RelationType
from argmine.training.lessons import Lesson
from argmine.training.rearranging import with_furniture, with_opening_last
from argmine.training.recipe import Augmentation

TYPES = {ComponentType.MAJOR_CLAIM: 0, ComponentType.CLAIM: 1, ComponentType.PREMISE: 2}
LABELS = {RelationType.SUPPORT: 0, RelationType.ATTACK: 1}
SENTENCE_END = re.compile(r"(?<=[.!?])[ ](?=\S)")
BREAK = re.compile(r"[\r\n]+(?=[^\r\n])")


@dataclass(frozen=True, slots=True)
class Example:
    """A document with what there is to learn from it.

    What is to be learnt is a distribution each time: a gold one has a single 1, a teacher's is what it believes. Rows
    of zeros are not learnt from.

    Attributes:
        encoded: its words.
        gold: `[g, 2]`, first and last word of each segment to be found.
        weights: `[g]`, how likely each of them is a component.
        segmented: whether the segmentation is learnt at all.
        segments: `[m, 2]`, the segments that the component layer is to see, in text order.
        types: `[m, 3]`: major claim, claim, premise.
        targets: `[m, m + 1]`: the root, then each component that this one may point at. A row with several ones names
            several right answers, of which any will do.
        allowed: `[m, m]`, false where an arc is neither right nor wrong, for nobody annotated whether it is there.
        points: `[m]`, the component whose arc the label is of, -1 for none.
        labels: `[m, 2]`: support and attack of a premise on what it points at.
        stances: `[m, 2]`: the same of a claim on the thesis.
    """

    encoded: EncodedDocument
    gold: IntArray
    weights: FloatArray
    segmented: bool
    segments: IntArray
    types: FloatArray
    targets: FloatArray
    allowed: NDArray[np.bool_]
    points: IntArray
    labels: FloatArray
    stances: FloatArray


@dataclass(frozen=True, slots=True)
class Reading:
    """What of a gold graph is learnt, and how.

    Attributes:
        segments: whether its segments are.
        types: whether its types are.
        arcs: whether its relations are.
        claims_point: claims point at what they bear on, at any major claim where that is the thesis; else only
            premises point, and claims have a stance.
        places: whether paragraphs and places in the document are looked at.
        across: whether two components of different paragraphs that are not linked are known not to be.
    """

    segments: bool = True
    types: bool = True
    arcs: bool = True
    claims_point: bool = False
    places: bool = True
    across: bool = True

    def encoded(self, encoder: DocumentEncoder, document: Document) -> EncodedDocument:
        """The document as it is looked at."""
        encoded = encoder.encode(document)
        return encoded if self.places else encoded.without_places()


ALL = Reading()


def make_example(graph: ArgumentGraph, encoder: DocumentEncoder, reading: Reading = ALL) -> Example:
    """The example of a gold graph.

    Raises:
        CorpusError: two components share a word, so no segmentation holds both, or one holds none.
    """
    encoded = reading.encoded(encoder, graph.document)
    gold = _gold_segments(graph, encoded)
    count = len(gold)
    types = np.zeros((count, 3))
    types[np.arange(count), [TYPES[c.type] for c in graph.components]] = 1
    targets, points, labels, stances = _relations(graph, types, claims_point=reading.claims_point)
    allowed = np.ones((count, count), bool)
    if not reading.across:
        home = encoded.paragraphs[gold[:, 0]]
        allowed = (home[:, None] == home) | (targets[:, 1:] > 0)
    return Example(
        encoded=encoded,
        gold=gold if reading.segments else gold[:0],
        weights=np.ones(count if reading.segments else 0),
        segmented=reading.segments,
        segments=gold,
        types=types * reading.types,
        targets=targets * reading.arcs,
        allowed=allowed,
        points=points,
        labels=labels * reading.arcs,
        stances=stances * reading.arcs,
    )


def _gold_segments(graph: ArgumentGraph, encoded: EncodedDocument) -> IntArray:
    try:
        spans = [word_spans(encoded, c.start, c.end) for c in graph.components]
    except ValueError as error:
        raise CorpusError(str(error)) from error
    gold = np.array(spans, np.int64).reshape(len(graph.components), 2)
    shared = np.flatnonzero(gold[1:, 0] <= gold[:-1, 1])
    if len(shared):
        pair = graph.components[shared[0]].id, graph.components[shared[0] + 1].id
        raise CorpusError(f"{graph.id}: components {pair[0]} and {pair[1]} share a word")
    return gold


def _relations(
    graph: ArgumentGraph, types: FloatArray, *, claims_point: bool
) -> tuple[FloatArray, IntArray, FloatArray, FloatArray]:
    """Targets, points, labels and stances as in `Example`."""
    count = len(types)
    number = {c.id: n for n, c in enumerate(graph.components)}
    points, labels, stances = np.full(count, -1), np.zeros((count, 2)), np.zeros((count, 2))
    for relation in graph.relations:
        source, label = number[relation.source], np.eye(2)[LABELS[relation.type]]
        if claims_point or types[source, TYPES[ComponentType.PREMISE]]:
            points[source], labels[source] = number[relation.target], label
        elif _on_thesis(graph.component(relation.target)):
            stances[source] = label
    targets = np.eye(count + 1)[points + 1]
    if claims_point:
        theses = np.append(False, types[:, TYPES[ComponentType.MAJOR_CLAIM]] > 0)
        claims = types[:, TYPES[ComponentType.CLAIM]] > 0
        targets[claims & theses[points + 1]] = theses
    return targets, points, labels, stances


def taught_example(taught: "Taught", encoder: DocumentEncoder, reading: Reading = ALL) -> Example:
    """The example of a document whose components only a teacher knows.

    Raises:
        CorpusError: the lesson is about more words than the document has.
    """
    lesson, encoded = taught.lesson, reading.encoded(encoder, taught.document)
    if lesson.words != len(encoded):
        raise CorpusError(f"{taught.id}: the lesson is about {lesson.words} words, the document has {len(encoded)}")
    count = len(lesson.segments)
    return Example(
        encoded,
        lesson.gold,
        lesson.weights,
        segmented=True,
        segments=lesson.segments,
        types=lesson.types,
        targets=lesson.targets,
        allowed=np.ones((count, count), bool),
        points=lesson.points,
        labels=lesson.labels,
        stances=lesson.stances,
    )


@dataclass(frozen=True, slots=True)
class Taught:
    """A document and what a teacher believes of it."""

    document: Document
    lesson: Lesson

    @property
    def id(self) -> str:
        """The document's."""
        return self.document.id

    @property
    def text(self) -> str:
        """The document's."""
        return self.document.text

    def on_text(self, text: str) -> "Taught":
        """The same of another form of the text."""
        return Taught(Document(id=self.id, text=text), self.lesson)


Learnable = ArgumentGraph | Taught


def example_of(source: Learnable, encoder: DocumentEncoder, reading: Reading = ALL) -> Example:
    """The example of gold or of a lesson; raises what `make_example` and `taught_example` do."""
    if isinstance(source, ArgumentGraph):
        return make_example(source, encoder, reading)
    return taught_example(source, encoder, reading)


def changed_form(source: Learnable, augmentation: Augmentation, rng: np.random.Generator) -> Learnable:
    """The same over a text with its opening last, lines about it, paragraph breaks taken away or put in."""
    if isinstance(source, ArgumentGraph):
        source = _rearranged(source, augmentation, rng)
    text = source.text
    if rng.random() < augmentation.merge_paragraphs:
        share = rng.choice([0.3, 0.6, 1.0])
        text = BREAK.sub(lambda m: " " * len(m[0]) if rng.random() < share else m[0], text)
    if rng.random() < augmentation.split_paragraphs:
        share = rng.choice([0.15, 0.5, 1.0])
        text = SENTENCE_END.sub(lambda m: "\n" if rng.random() < share else m[0], text)
    if text == source.text:
        return source
    return on_text(source, text) if isinstance(source, ArgumentGraph) else source.on_text(text)


def _rearranged(graph: ArgumentGraph, augmentation: Augmentation, rng: np.random.Generator) -> ArgumentGraph:
    """Chance is asked only for what may happen, so that a recipe without it learns as it did before."""
    if augmentation.opening_last and rng.random() < augmentation.opening_last:
        graph = with_opening_last(graph)
    if augmentation.furniture and rng.random() < augmentation.furniture:
        graph = with_furniture(graph, rng)
    return graph


def with_noise(example: Example, augmentation: Augmentation, rng: np.random.Generator, *, blank: int) -> Example:
    """Segments as a tagger may find them; words and places hidden; all at random.

    Args:
        example: what is changed in the result.
        augmentation: how often.
        rng: the source of chance.
        blank: the piece that takes a hidden one's place.
    """
    encoded, segments = example.encoded, _jittered(example.segments, len(example.encoded), augmentation.jitter, rng)
    hidden = rng.random(len(encoded.ids)) < augmentation.hide_words
    encoded = replace(encoded, ids=np.where(hidden, blank, encoded.ids))
    if rng.random() < augmentation.hide_places:
        encoded = encoded.without_places()
    return replace(example, encoded=encoded, segments=segments)


def _jittered(gold: IntArray, words: int, share: float, rng: np.random.Generator) -> IntArray:
    segments = gold.copy()
    for n in range(len(gold)):
        low = segments[n - 1, 1] + 1 if n else 0
        high = gold[n + 1, 0] - 1 if n + 1 < len(gold) else words - 1
        if rng.random() < share:
            segments[n, 0] = np.clip(gold[n, 0] + rng.integers(-3, 4), low, gold[n, 1])
        if rng.random() < share:
            segments[n, 1] = np.clip(gold[n, 1] + rng.integers(-3, 4), segments[n, 0], high)
    return segments


def _on_thesis(target: Component) -> bool:
    return target.type is ComponentType.MAJOR_CLAIM


def on_text(graph: ArgumentGraph, text: str) -> ArgumentGraph:
    """The graph over a text of the same length, in which only white space between words differs."""
    document = Document(id=graph.id, text=text)
    components = [c.model_copy(update={"text": text[c.start : c.end]}) for c in graph.components]
    return ArgumentGraph.build(document, components, graph.relations)
