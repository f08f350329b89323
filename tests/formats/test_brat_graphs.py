from pathlib import Path

import pytest

from argmine.errors import FormatError
from argmine.formats.brat_graphs import read_graphs, write_graphs
from argmine.graph import ArgumentGraph
from tests.graphs import TEXT, mined_graph

KEEP, QUIET = "T1\tMajorClaim 0 14\tKeep the trams\n", "T2\tPremise 16 30\tThey are quiet\n"


def read(folder: Path, annotations: str) -> ArgumentGraph:
    (folder / "trams.txt").write_text(TEXT)
    (folder / "trams.ann").write_text(annotations)
    (graph,) = read_graphs(folder / "trams.ann")
    return graph


def test_labels_name_the_types(tmp_path: Path) -> None:
    graph = read(tmp_path, f"{QUIET}{KEEP}R1\tsupports Arg1:T2 Arg2:T1\n")
    assert (graph.id, graph.text) == ("trams", TEXT)
    assert [(c.id, c.type, c.label) for c in graph.components] == [
        ("T1", "major_claim", "MajorClaim"),
        ("T2", "premise", "Premise"),
    ]
    assert [(r.id, r.source, r.target, r.type, r.label) for r in graph.relations] == [
        ("R1", "T2", "T1", "support", "supports")
    ]


def test_attributes_and_notes_stand_in_meta(tmp_path: Path) -> None:
    graph = read(tmp_path, f"{KEEP}A1\tStance T1 For\n#1\tAnnotatorNotes T1\tunsure\n")
    assert graph.meta == {
        "attributes": [{"id": "A1", "label": "Stance", "target": "T1", "value": "For"}],
        "notes": [{"id": "#1", "label": "AnnotatorNotes", "target": "T1", "text": "unsure"}],
    }


def test_a_span_of_several_parts_is_covered(tmp_path: Path) -> None:
    assert read(tmp_path, "T1\tClaim 0 4;9 14\tKeep trams\n").components[0].text == "Keep the trams"


@pytest.mark.parametrize(
    ("annotations", "message"),
    [
        ("T1\tFact 0 4\tKeep\n", r"trams\.ann:1: T1: 'Fact' is no type of component"),
        (f"{KEEP}{QUIET}R1\tlikes Arg1:T1 Arg2:T2\n", r"trams\.ann:3: R1: 'likes' is no type of relation"),
        (f"{KEEP}R1\tsupports Arg1:T1 Arg2:T1\n", r"trams\.ann: breaks a rule of argument graphs: relation R1 joins"),
    ],
)
def test_what_is_no_argument_is_named(tmp_path: Path, annotations: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read(tmp_path, annotations)


def test_a_component_over_lines_comes_back(tmp_path: Path) -> None:
    write_graphs([mined_graph()], tmp_path / "lanes.ann")
    (found,) = read_graphs(tmp_path / "lanes.ann")
    assert [(c.start, c.end, c.text) for c in found.components] == [
        (c.start, c.end, c.text) for c in mined_graph().components
    ]
