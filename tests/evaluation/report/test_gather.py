import re
from dataclasses import replace

import pytest

from argmine.evaluation.repairs import Fault
from argmine.evaluation.report.contents import Report
from argmine.evaluation.report.gather import MEANINGS, report_of
from argmine.graph import ArgumentGraph
from tests.evaluation.made_up import BASED, CLAIM, GOLD, MAJOR, PREMISE, TIED, evaluated, graph, sure
from tests.graphs import INFO

END = graph([MAJOR, CLAIM, ("p", "premise", 11, 18)], [TIED, BASED])


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(evaluated(GOLD, END, graph([])))


def test_scores_are_those_of_the_protocol_with_intervals_around_them(report: Report) -> None:
    """Components at 100 %: five found, one invented, four missed."""
    line = report.scores[0]
    assert (line.name, line.gold, line.predicted) == ("c_f1_100", 9, 6)
    assert line.score == pytest.approx(10 / 15)
    assert line.details == pytest.approx({"precision": 5 / 6, "recall": 5 / 9})
    assert line.interval is not None
    assert 0 <= line.interval.low < line.score < line.interval.high <= 1


def test_one_document_has_no_interval() -> None:
    assert {line.interval for line in report_of(evaluated(END)).scores} == {None}


def test_types_are_counted_near_and_exactly(report: Report) -> None:
    lines = {(line.of, line.type): line for line in report.types}
    assert list(lines) == [
        ("components", "major claim"),
        ("components", "claim"),
        ("components", "premise"),
        ("relations", "support"),
        ("relations", "attack"),
    ]
    premise = lines["components", "premise"]
    assert (premise.gold, premise.predicted) == (3, 2)
    assert [premise.near.f1, premise.exact.f1] == pytest.approx([4 / 5, 2 / 5])
    assert (lines["relations", "support"].gold, lines["relations", "attack"].gold) == (6, 0)


def test_confusion_ends_with_what_is_missed_and_invented(report: Report) -> None:
    components = report.confusions[0]
    assert components.classes == ("major claim", "claim", "premise", "nothing")
    assert components.rows == ((2, 0, 0, 1), (0, 2, 0, 1), (0, 0, 2, 1), (0, 0, 0, 0))
    assert report.confusions[1].rows == ((4, 0, 2), (0, 0, 0), (0, 0, 0))


def test_faults_are_all_there_and_told(report: Report) -> None:
    assert [line.fault for line in report.faults] == list(Fault) == list(MEANINGS)
    assert {line.fault: line.faults for line in report.faults if line.faults} == {Fault.MISSED: 3, Fault.END: 1}


def test_reliability_is_of_what_has_a_probability(report: Report) -> None:
    assert report.reliability == ()
    (components, relations) = report_of(evaluated(sure(END, 0.8, 0.6))).reliability
    assert (components.items, components.right) == (3, 1)
    assert components.ece == pytest.approx(0.2)
    assert components.ece_by_chance == pytest.approx(0.6144 / 3, abs=0.01)  # of 3 at .8
    assert [(part.start, part.items, part.right) for part in relations.bins] == [(0.6, 2, 1)]


def test_components_alone_may_have_probabilities() -> None:
    bare = sure(END, 0.8, 0.6).without_relations()
    assert [table.of for table in report_of(evaluated(bare)).reliability] == ["components"]


def test_worst_documents_stand_first(report: Report) -> None:
    assert [document.mean for document in report.worst] == sorted(document.mean for document in report.worst)
    assert report.worst[0].predicted.components == ()


def test_published_figures_stand_beside_the_corpus_and_split_that_they_are_of(report: Report) -> None:
    assert report.published is None
    found = report_of(evaluated(GOLD, corpus="aae2")).published
    assert found is not None
    assert found.protocol == "acl2017-essay"


def test_model_is_told_where_all_predictions_agree(report: Report) -> None:
    def mined(graph: ArgumentGraph, revision: str) -> ArgumentGraph:
        return graph.model_copy(update={"model": INFO.model_copy(update={"revision": revision})})

    assert report.evaluated.model is None
    assert report_of(evaluated(mined(GOLD, "a"), mined(END, "a"))).evaluated.model == mined(GOLD, "a").model
    assert report_of(evaluated(mined(GOLD, "a"), mined(END, "b"))).evaluated.model is None


def test_report_says_what_it_takes_to_repeat_it(report: Report) -> None:
    found = report.evaluated
    assert (found.corpus, found.split, found.documents, found.protocol) == ("made-up", "test", 3, "acl2017-essay")
    assert found.given == "raw text"
    assert re.match(r"\d+\.\d+", found.versions["python"])
    assert {"argmine", "numpy"} <= found.versions.keys()


def test_notes_of_the_evaluation_are_told() -> None:
    noted = replace(evaluated(GOLD), notes=("rest is no published split",))
    assert report_of(noted).evaluated.notes == ("rest is no published split",)


def test_protocol_with_given_components_is_reported() -> None:
    typed = graph([("m", "claim", 1, 4), CLAIM, PREMISE], [TIED, BASED])
    found = report_of(evaluated(typed, GOLD, protocol="gold-segments"))
    assert {line.fault: line.faults for line in found.faults if line.faults} == {Fault.TYPE: 1}
    assert found.faults[4].points["types"] > 0


def test_report_reads_back_as_it_was_written(report: Report) -> None:
    assert Report.model_validate_json(report.model_dump_json()) == report
