"""Protocols A, C and E on the real corpora: published figures, and counts that only the right protocol gives."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from argmine.corpora import aae2, aae2_conll, read_corpus
from argmine.formats.conll import ConllComponent, ConllDocument, align_tokens, join_tokens, read_abs, read_dat
from argmine.graph import ArgumentGraph, ComponentType
from argmine.metrics import bio, exact_spans, gold_segments, microtexts
from argmine.metrics.acl2017 import count_documents, relations
from argmine.metrics.token_documents import TokenComponent, TokenDocument, token_document

TYPES = {
    "MajorClaim": ComponentType.MAJOR_CLAIM,
    "Claim": ComponentType.CLAIM,
    "Premise": ComponentType.PREMISE,
}
MAJORITY = {"Claim:Against": "Claim:For", "Premise:Attack": "Premise:Support"}
Ranges = list[tuple[int, int]]


def convert(document: ConllDocument) -> TokenDocument:
    place = {c.start: number for number, c in enumerate(document.components)}
    return TokenDocument(len(document.tokens), tuple(component(c, place) for c in document.components))


def component(c: ConllComponent, place: dict[int, int]) -> TokenComponent:
    label = "None" if c.label is None else f"{c.type}:{c.label}"
    target = place[c.target] if c.type == "Premise" and c.target is not None else None
    return TokenComponent(c.start, c.end, TYPES[c.type], label, target)


@pytest.fixture(scope="session")
def conll(corpora: Path) -> list[ConllDocument]:
    return read_abs(corpora / "aae2-conll" / "Essay_Level" / "test.dat.abs")


@pytest.fixture(scope="session")
def gold(conll: list[ConllDocument]) -> list[TokenDocument]:
    return [convert(document) for document in conll]


@pytest.fixture(scope="session")
def predicted(corpora: Path) -> list[TokenDocument]:
    return [convert(d) for d in read_abs(corpora / "aae2-conll" / "stagblcc-essay-test-prediction.abs")]


@pytest.fixture(scope="session")
def published_paragraphs(corpora: Path) -> list[ConllDocument]:
    return read_dat(corpora / "aae2-conll" / "Paragraph_Level" / "test.dat")


@pytest.fixture(scope="session")
def paragraphs(published_paragraphs: list[ConllDocument]) -> list[Ranges]:
    """Token ranges of the paragraphs of each test essay."""
    essays = groupby(published_paragraphs, key=lambda document: document.block)
    return [list(ranges(len(d.tokens) for d in essay)) for _, essay in essays]


def ranges(lengths: Iterator[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for length in lengths:
        yield start, start + length
        start += length


def test_stag_blcc_gets_its_published_figures(gold: list[TokenDocument], predicted: list[TokenDocument]) -> None:
    counts = count_documents(zip(gold, predicted, strict=True))
    assert (counts.documents, counts.tokens, counts.components_100.gold) == (80, 29_537, 1_266)
    assert counts.relations_100.gold == counts.relations_50.gold == 1_266
    assert [round(100 * c.f1, 2) for c in (counts.components_100, counts.components_50)] == [63.24, 69.49]
    assert [round(100 * c.f1, 2) for c in (counts.relations_100, counts.relations_50)] == [34.83, 39.69]


def test_stag_blcc_spans_and_last_major_claim(gold: list[TokenDocument], predicted: list[TokenDocument]) -> None:
    assert round(bio.count_documents(zip(gold, predicted, strict=True)).spans.f1, 3) == 0.808
    counts = count_documents(zip(gold, predicted, strict=True))
    assert (counts.last_major_claims.found, counts.last_major_claims.gold) == (42, 80)


def test_a_quarter_of_the_relations_points_at_the_last_major_claim(gold: list[TokenDocument]) -> None:
    found = [
        (relation.target, document.last_major_claim)
        for document in gold
        for relation in relations(document)
        if relation.target is not None
    ]
    assert sum(last is not None and target == last.span for target, last in found) == 304


def with_majority_labels(document: TokenDocument) -> TokenDocument:
    changed = (replace(c, label=MAJORITY.get(c.label, c.label)) for c in document.components)
    return replace(document, components=tuple(changed))


def with_nearest_claims(document: TokenDocument, paragraphs: Ranges) -> TokenDocument:
    """Every premise on the nearest claim or major claim of its paragraph, in components; ties to the earlier."""
    in_paragraph = [next(r for r in paragraphs if r[0] <= c.start < r[1]) for c in document.components]

    def nearest(place: int) -> int | None:
        candidates = (
            other
            for other, c in enumerate(document.components)
            if c.type is not ComponentType.PREMISE and in_paragraph[other] == in_paragraph[place]
        )
        return min(candidates, key=lambda other: (abs(other - place), other), default=None)

    changed = (replace(c, target=nearest(place)) for place, c in enumerate(document.components))
    return replace(document, components=tuple(changed))


def test_gold_targets_with_majority_labels(gold: list[TokenDocument]) -> None:
    counts = count_documents((document, with_majority_labels(document)) for document in gold)
    assert round(100 * counts.relations_100.f1, 1) == 92.7


def test_nearest_claims_with_majority_labels(gold: list[TokenDocument], paragraphs: list[Ranges]) -> None:
    pairs = zip(gold, paragraphs, strict=True)
    counts = count_documents((d, with_majority_labels(with_nearest_claims(d, ranges))) for d, ranges in pairs)
    assert 100 * counts.relations_100.f1 == pytest.approx(79.8, abs=0.3)


def test_paragraphs_cut_from_essays_are_the_published_ones(
    gold: list[TokenDocument], paragraphs: list[Ranges], published_paragraphs: list[ConllDocument]
) -> None:
    """One premise of the essay files has another target than in the paragraph files."""
    cut = [part for d, ranges in zip(gold, paragraphs, strict=True) for part in d.paragraphs(ranges)]
    published = [convert(document) for document in published_paragraphs]
    assert len(cut) == len(published) == 449
    different = [(x, y) for x, y in zip(cut, published, strict=True) if relations(x) != relations(y)]
    assert len(different) == 1
    x, y = different[0]
    assert sum(a != b for a, b in zip(relations(x), relations(y), strict=True)) == 1


def test_premises_whose_target_starts_a_paragraph(published_paragraphs: list[ConllDocument]) -> None:
    documents = [convert(document) for document in published_paragraphs]
    at_root = [
        relation
        for d in documents
        for c, relation in zip(d.components, relations(d), strict=True)
        if c.type is ComponentType.PREMISE and relation.target is None
    ]
    assert len(at_root) == 67


def test_paragraph_level_leaves_components_as_they_are(
    gold: list[TokenDocument], predicted: list[TokenDocument], paragraphs: list[Ranges]
) -> None:
    cut = [
        pair
        for x, y, ranges in zip(gold, predicted, paragraphs, strict=True)
        for pair in zip(x.paragraphs(ranges), y.paragraphs(ranges), strict=True)
    ]
    essay, paragraph = count_documents(zip(gold, predicted, strict=True)), count_documents(cut)
    assert paragraph.components_100 == essay.components_100
    assert paragraph.relations_100.gold == 1_266
    assert paragraph.relations_100.f1 > essay.relations_100.f1


@pytest.fixture(scope="session")
def essays(corpora: Path) -> tuple[ArgumentGraph, ...]:
    return aae2.read(corpora / "aae2").split("test")


@pytest.mark.parametrize("source", ["raw", "tokens"])
def test_graphs_laid_over_the_tokens_are_the_published_file(
    corpora: Path, conll: list[ConllDocument], gold: list[TokenDocument], source: str, request: pytest.FixtureRequest
) -> None:
    """Stance and targets derived back from graphs, of the raw essays and of the joined tokens."""
    offsets: Callable[[ArgumentGraph, ConllDocument], Ranges]
    if source == "raw":
        graphs = request.getfixturevalue("essays")
        offsets = lambda graph, document: align_tokens(graph.text, document.tokens)  # noqa: E731
    else:
        graphs = aae2_conll.read(corpora / "aae2-conll").split("test")
        offsets = lambda _, document: join_tokens(document.tokens)[1]  # noqa: E731
    found = [token_document(g, offsets(g, d)) for g, d in zip(graphs, conll, strict=True)]
    counts = count_documents(zip(gold, found, strict=True))
    assert counts.components_100.gold == 1_266
    assert counts.components_100.f1 == 1
    assert counts.relations_100.missed <= 1


def test_counts_of_gold_segments(essays: tuple[ArgumentGraph, ...]) -> None:
    counts = gold_segments.count_graphs((graph, graph) for graph in essays)
    assert counts.types.gold == 1_266
    assert counts.links.gold == 4_922
    assert counts.links.of_class("Link").gold == 809
    assert counts.stance.gold == 1_266 - 153


def test_counts_of_exact_spans(essays: tuple[ArgumentGraph, ...]) -> None:
    counts = exact_spans.count_graphs((graph, graph) for graph in essays)
    assert (counts.spans.gold, counts.labelled_spans.f1, counts.labelled_links.gold) == (1_266, 1, 809)


@pytest.fixture(scope="session")
def short_texts(corpora: Path) -> tuple[ArgumentGraph, ...]:
    return read_corpus("microtexts-part1", corpora / "microtexts-part1").graphs


def test_counts_of_microtexts(short_texts: tuple[ArgumentGraph, ...]) -> None:
    counts = microtexts.count_graphs((graph, graph) for graph in short_texts)
    assert counts.cc.of_class("cc").gold == 112
    assert (counts.ro.gold, counts.at.of_class("attached").gold) == (576, 464)
    assert (counts.fu.of_class("attack").gold, counts.fu.of_class("support").gold) == (171, 293)


def test_roles_that_follow_from_attacks_are_the_annotated_ones(short_texts: tuple[ArgumentGraph, ...]) -> None:
    annotated = [c.label for graph in short_texts for c in graph.components]
    counts = microtexts.count_graphs((graph, graph) for graph in short_texts)
    assert counts.ro.of_class("opponent").gold == annotated.count("opp") == 125
