"""Gold graphs → training examples, in a form changed at random where the recipe says so.

A change of form keeps every offset: a paragraph break becomes a space, or a space between sentences a break.
"""

import re
from dataclasses import dataclass, replace

import numpy as np

from argmine.document import Document
from argmine.encoding import DocumentEncoder, EncodedDocument, IntArray, word_spans
from argmine.errors import CorpusError
from argmine.graph import ArgumentGraph, Component, ComponentType, RelationType
from argmine.training.recipe import Augmentation

TYPES = {ComponentType.MAJOR_CLAIM: 0, ComponentType.CLAIM: 1, ComponentType.PREMISE: 2}
LABELS = {RelationType.SUPPORT: 0, RelationType.ATTACK: 1}
IGNORED = -100
SENTENCE_END = re.compile(r"(?<=[.!?])[ ](?=\S)")
BREAK = re.compile(r"[\r\n]+(?=[^\r\n])")


@dataclass(frozen=True, slots=True)
class Example:
    """A document with what there is to learn from it.

    Attributes:
        encoded: its words.
        gold: `[m, 2]`, first and last word of each component.
        segments: `[m, 2]`, the same, as the component layer is to see them.
        types: `[m]`, 0 major claim, 1 claim, 2 premise.
        targets: `[m]`, the component that a premise points at, -1 for the root.
        labels: `[m]`, 0 support, 1 attack of a premise on its target, else ignored.
        stances: `[m]`, the same of a claim on the thesis.
    """

    encoded: EncodedDocument
    gold: IntArray
    segments: IntArray
    types: IntArray
    targets: IntArray
    labels: IntArray
    stances: IntArray


def make_example(graph: ArgumentGraph, encoder: DocumentEncoder) -> Example:
    """The example of a gold graph.

    Raises:
        CorpusError: two components share a word, so no segmentation holds both, or one holds none.
    """
    encoded = encoder.encode(graph.document)
    count = len(graph.components)
    try:
        spans = [word_spans(encoded, c.start, c.end) for c in graph.components]
    except ValueError as error:
        raise CorpusError(str(error)) from error
    gold = np.array(spans, np.int64).reshape(count, 2)
    shared = np.flatnonzero(gold[1:, 0] <= gold[:-1, 1])
    if len(shared):
        pair = graph.components[shared[0]].id, graph.components[shared[0] + 1].id
        raise CorpusError(f"{graph.id}: components {pair[0]} and {pair[1]} share a word")
    number = {c.id: n for n, c in enumerate(graph.components)}
    types = np.array([TYPES[c.type] for c in graph.components], np.int64)
    targets, labels, stances = np.full(count, -1), np.full(count, IGNORED), np.full(count, IGNORED)
    for relation in graph.relations:
        source = number[relation.source]
        if types[source] == TYPES[ComponentType.PREMISE]:
            targets[source], labels[source] = number[relation.target], LABELS[relation.type]
        elif _on_thesis(graph.component(relation.target)):
            stances[source] = LABELS[relation.type]
    return Example(encoded, gold, gold, types, targets, labels, stances)


def changed_form(graph: ArgumentGraph, augmentation: Augmentation, rng: np.random.Generator) -> ArgumentGraph:
    """The same graph over a text with some paragraph breaks taken away or put in; offsets stay."""
    text = graph.text
    if rng.random() < augmentation.merge_paragraphs:
        share = rng.choice([0.3, 0.6, 1.0])
        text = BREAK.sub(lambda m: " " * len(m[0]) if rng.random() < share else m[0], text)
    if rng.random() < augmentation.split_paragraphs:
        share = rng.choice([0.15, 0.5, 1.0])
        text = SENTENCE_END.sub(lambda m: "\n" if rng.random() < share else m[0], text)
    return graph if text == graph.text else _on_text(graph, text)


def with_noise(example: Example, augmentation: Augmentation, rng: np.random.Generator, *, blank: int) -> Example:
    """Segments as a tagger may find them; words and places hidden; all at random.

    Args:
        example: what is changed in the result.
        augmentation: how often.
        rng: the source of chance.
        blank: the piece that takes a hidden one's place.
    """
    encoded, segments = example.encoded, _jittered(example.gold, len(example.encoded), augmentation.jitter, rng)
    hidden = rng.random(len(encoded.ids)) < augmentation.hide_words
    encoded = replace(encoded, ids=np.where(hidden, blank, encoded.ids))
    if rng.random() < augmentation.hide_places:
        encoded = replace(encoded, features=encoded.features * np.array([1, 0]))
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


def _on_text(graph: ArgumentGraph, text: str) -> ArgumentGraph:
    document = Document(id=graph.id, text=text)
    components = [c.model_copy(update={"text": text[c.start : c.end]}) for c in graph.components]
    return ArgumentGraph.build(document, components, graph.relations)
