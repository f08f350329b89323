import json
from dataclasses import replace

import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.evaluation.comparison import Comparison, compare
from argmine.evaluation.context import plain_context
from argmine.evaluation.evaluated import Evaluation, count_rows
from argmine.evaluation.protocols import find_protocol
from argmine.evaluation.statistics import bootstrap_differences, randomisation_tests
from argmine.graph import ArgumentGraph


def graph(number: int, right: int) -> ArgumentGraph:
    """Document of that number; of its six components the first so many are premises, the rest claims."""
    parts = [(f"c{n}", "premise" if n < right else "claim", 8 * n, 8 * n + 7) for n in range(6)]
    return ArgumentGraph.build(Document(id=f"d{number}", text="abc def " * 6), parts)


def evaluated(*right: int, system: str = "hand", protocol: str = "exact-spans", split: str = "test") -> Evaluation:
    """Gold is premises alone; of each document, so many were found to be."""
    gold = tuple(graph(n, 6) for n in range(len(right)))
    predicted = tuple(graph(n, count) for n, count in enumerate(right))
    how, contexts = find_protocol(protocol), tuple(map(plain_context, gold))
    counts = count_rows(how, gold, predicted, contexts)
    return Evaluation("made-up", split, how, system, gold, predicted, contexts, counts)


FIRST = evaluated(6, 3, 6, 2, system="the first")
SECOND = replace(evaluated(6, 5, 3, 2, system="the second"), notes=("a trial",))


def test_comparison_holds_both_scores_and_their_difference() -> None:
    found = compare(FIRST, SECOND, draws=200)
    score = next(s for s in found.scores if s.name == "labelled_spans")
    assert (score.first, score.second) == pytest.approx((17 / 24, 16 / 24))
    assert score.difference == pytest.approx(-1 / 24)
    assert score.gold_items == 24
    assert [s.name for s in found.scores] == ["spans", "labelled_spans", "links", "labelled_links"]


def test_intervals_and_p_are_those_of_the_statistics() -> None:
    score = compare(FIRST, SECOND, draws=300, seed=4).scores[1]
    counts, scores = (SECOND.counts, FIRST.counts), FIRST.protocol.scores
    interval = bootstrap_differences(*counts, scores, draws=300, seed=4)["labelled_spans"]
    assert (score.low, score.high) == (interval.low, interval.high)
    assert score.p == randomisation_tests(*counts, scores, draws=300, seed=4)["labelled_spans"].p


def test_documents_are_named_by_how_far_they_differ() -> None:
    found = compare(FIRST, SECOND, by="labelled_spans", draws=10)
    assert [(d.id, round(6 * d.difference)) for d in found.widest] == [("d2", -3), ("d1", 2)]
    assert [d.id for d in compare(FIRST, SECOND, by="labelled_spans", most=1, draws=10).widest] == ["d2"]


def test_documents_are_chosen_by_the_headline_unless_told_otherwise() -> None:
    found = compare(FIRST, SECOND, draws=10)
    assert (found.by, found.widest) == ("spans", ())


def test_systems_of_equal_predictions_do_not_differ() -> None:
    found = compare(FIRST, FIRST, draws=50)
    assert {(s.difference, s.low, s.high, s.p) for s in found.scores} == {(0, 0, 0, 1)}


def test_single_document_has_no_interval() -> None:
    score = compare(evaluated(6), evaluated(3), draws=10).scores[1]
    assert (score.low, score.high, score.p) == (None, None, 1)


def test_comparison_survives_json() -> None:
    found = compare(FIRST, SECOND, draws=20)
    assert Comparison.model_validate_json(found.model_dump_json()) == found
    assert json.loads(found.model_dump_json())["scores"][0]["name"] == "spans"


def test_comparison_reads_as_a_table() -> None:
    found = compare(FIRST, SECOND, by="labelled_spans", draws=1_000)
    low, high = found.scores[1].low, found.scores[1].high
    assert low is not None
    assert high is not None
    interval = f"{100 * low:+.2f} to {100 * high:+.2f}".replace("-", "−")
    lines = str(found).splitlines()
    assert lines[:3] == [
        "made-up test, 4 documents, exact-spans: exact character spans and links (Morio et al. 2022)",
        "A  the first",
        "B  the second",
    ]
    assert lines[4].split() == ["score", "gold", "items", "A", "B", "B", "−", "A", "95", "%", "interval", "p"]
    assert lines[7].split() == f"exact spans with label 24 70.83 66.67 −4.17 {interval} {found.scores[1].p:.4f}".split()
    assert lines[11:] == [
        "Intervals and p: 1,000 draws over documents, seed 0.",
        "Note on B: a trial.",
        "Documents that differ most in exact spans with label:",
        "",
        "  document        A       B    B − A",
        " ────────────────────────────────────",
        "  d2         100.00   50.00   −50.00",
        "  d1          50.00   83.33   +33.33",
    ]


def test_table_says_that_no_document_differs() -> None:
    assert str(compare(FIRST, FIRST, draws=10)).splitlines()[-1] == "No document differs in exact spans."


def test_table_of_a_single_document_has_no_interval() -> None:
    line = str(compare(evaluated(6), evaluated(3), draws=10)).splitlines()[7]
    assert line.split()[-2:] == ["none", "1.0000"]


def test_unknown_score_is_refused() -> None:
    with pytest.raises(ValueError, match="exact-spans has no score 'c_f1'; its scores are spans, labelled_spans"):
        compare(FIRST, SECOND, by="c_f1")


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (evaluated(6, 3, 6, 2, split="dev"), "the first system's split is test, the second's dev"),
        (evaluated(6, 3, 6, 2, protocol="overlap"), "the first system's protocol is exact-spans, the second's overlap"),
        (evaluated(6, 3, 6), "other gold graphs, at 4 documents and 3"),
    ],
)
def test_other_documents_or_protocols_are_refused(second: Evaluation, found: str) -> None:
    with pytest.raises(EvaluationError, match=found):
        compare(FIRST, second)


def test_other_gold_is_refused() -> None:
    other = tuple(graph(n, 5 if n == 2 else 6) for n in range(4))
    changed = replace(FIRST, gold=other)
    with pytest.raises(EvaluationError, match="other gold graphs, at d2"):
        compare(FIRST, changed)


def test_no_document_is_refused() -> None:
    with pytest.raises(EvaluationError, match="made-up test holds no document"):
        compare(evaluated(), evaluated())
