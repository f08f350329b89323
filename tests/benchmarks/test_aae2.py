from pathlib import Path

import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, ComponentType
from argmine.metrics.token_documents import token_document
from benchmarks.aae2 import PUBLISHED, Essay, count, read_essays, refuse_other_counts, wrong
from benchmarks.spread import figure

TEXT = "Keep trams.\nTrams are quiet.\n"
GOLD = ArgumentGraph.build(
    Document(id="trams", text=TEXT),
    [("m", "major_claim", 0, 10), ("c", "claim", 12, 27)],
    [("c", "m", "support")],
)
OFFSETS = ((0, 4), (5, 10), (10, 11), (12, 17), (18, 21), (22, 27), (27, 28))
ESSAY = Essay(GOLD, OFFSETS, ((0, 3), (3, 7)), token_document(GOLD, OFFSETS))


def test_gold_gets_full_points() -> None:
    found = count([ESSAY], [GOLD], [GOLD])
    for name in ("essay.c_f1_100.f1", "paragraph.r_f1_100.f1", "segmentation.exact_spans.f1", "exact.spans.f1"):
        assert figure(found, name) == 1


def test_empty_graph_of_a_crash_misses_everything() -> None:
    found = count([ESSAY], [ArgumentGraph(id="trams", text=TEXT)], [wrong(GOLD)])
    assert figure(found, "essay.r_f1_100.missed") == 2
    assert figure(found, "misses.components.absent") == 2
    assert figure(found, "gold_segments.types.accuracy") == 0


def test_crash_on_given_components_has_no_type_right() -> None:
    assert [c.type for c in wrong(GOLD).components] == [ComponentType.PREMISE] * 2
    assert wrong(GOLD).relations == ()


def test_other_counts_than_published_are_refused() -> None:
    with pytest.raises(EvaluationError, match=r"are \(1, 7, 2\), published \(80, 29537, 1266\)"):
        refuse_other_counts("test", [ESSAY])


@pytest.mark.corpus
@pytest.mark.parametrize("split", PUBLISHED)
def test_gold_of_the_corpus_gets_full_points(corpora: Path, split: str) -> None:
    essays = read_essays(corpora, split)
    gold = [essay.graph for essay in essays]
    found = count(essays, gold, gold)
    assert figure(found, "essay.r_f1_100.f1") == figure(found, "paragraph.r_f1_100.f1") == 1
    assert figure(found, "essay.c_f1_100.gold") == PUBLISHED[split][2]
    assert figure(found, "candidates.recall") == 1
