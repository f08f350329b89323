"""Predictions put beside gold, and each way in which they do not fit."""

from pathlib import Path

import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.evaluation.matching import Prediction, matched
from argmine.graph import ArgumentGraph
from tests.evaluation.small import GOLD, TEXTS

TRAMS, BUSES, BIKES = GOLD


def predictions(*graphs: ArgumentGraph) -> list[Prediction]:
    return [Prediction(graph, Path("predicted.jsonl"), line) for line, graph in enumerate(graphs, 1)]


def renamed(graph: ArgumentGraph, name: str, text: str | None = None) -> ArgumentGraph:
    return ArgumentGraph.build(Document(id=name, text=graph.text if text is None else text), [])


def refused(*graphs: ArgumentGraph) -> str:
    with pytest.raises(EvaluationError) as caught:
        matched(GOLD, predictions(*graphs), of="made-up test")
    return str(caught.value)


def test_predictions_are_put_in_the_order_of_gold() -> None:
    assert matched(GOLD, predictions(BIKES, TRAMS, BUSES), of="made-up test") == GOLD


def test_a_document_is_known_by_the_name_of_its_file() -> None:
    """As `argmine mine` names its graphs."""
    mined = [renamed(graph, f"texts/{graph.id}.txt", graph.text) for graph in GOLD]
    assert [graph.id for graph in matched(GOLD, predictions(*mined), of="made-up test")] == ["trams", "buses", "bikes"]
    assert refused(*mined, TRAMS) == "predicted.jsonl:4: document trams is predicted twice"


def test_missing_documents_are_refused() -> None:
    assert refused(BUSES) == "2 of 3 documents of made-up test are not predicted, first trams"


def test_an_unknown_document_is_refused() -> None:
    assert refused(TRAMS, renamed(BUSES, "busses"), BIKES) == (
        "predicted.jsonl:2: document busses is not in made-up test, whose first document is trams"
    )


def test_a_document_predicted_twice_is_refused() -> None:
    assert refused(TRAMS, BUSES, TRAMS) == "predicted.jsonl:3: document trams is predicted twice"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            TEXTS["trams"].replace("\n", " "),
            "at character 31: expected '\\nThe city needs its sleep.', found ' The city needs its sleep.'",
        ),
        (TEXTS["trams"] + "\n", "at character 57: expected its end, found '\\n'"),
        (TEXTS["trams"][:-6], "at character 51: expected 'sleep.', found its end"),
        ("", "at character 0: expected 'Keep the trams. They are quiet', found its end"),
    ],
)
def test_another_text_is_refused_with_the_first_difference(text: str, told: str) -> None:
    assert refused(renamed(TRAMS, "trams", text)) == f"predicted.jsonl:1: the text of trams differs {told}"
