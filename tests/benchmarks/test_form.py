"""Other forms of one text hold the same argument; what a form costs is counted by hand."""

from pathlib import Path

import pytest

from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.miner import ArgumentMiner
from benchmarks.form import AS_IT_IS, FORMS, costs, score_essays, score_threads

TEXT = "Keep trams. They are quiet.\n\nBuses are not.\nSo trams must stay.\n"
PARTS = [("a", "claim", "Keep trams"), ("b", "premise", "They are quiet"), ("c", "claim", "trams must stay")]


def graph() -> ArgumentGraph:
    places = [(name, kind, TEXT.index(words), len(words)) for name, kind, words in PARTS]
    parts = [(name, kind, at, at + size) for name, kind, at, size in places]
    return ArgumentGraph.build(Document(id="trams", text=TEXT), parts, [("b", "a", "support")])


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (AS_IT_IS, TEXT),
        ("no breaks", "Keep trams. They are quiet.  Buses are not. So trams must stay.\n"),
        ("merged", "Keep trams. They are quiet.  Buses are not.\nSo trams must stay.\n"),
        ("a sentence each", "Keep trams.\nThey are quiet.\n\nBuses are not.\nSo trams must stay.\n"),
        ("opening last", "Buses are not.\nSo trams must stay.\nKeep trams. They are quiet.\n\n"),
    ],
)
def test_a_form_is_as_by_hand(form: str, text: str) -> None:
    assert FORMS[form](graph()).text == text


@pytest.mark.parametrize("form", FORMS)
def test_a_form_keeps_the_argument(form: str) -> None:
    made = FORMS[form](graph())
    assert {(c.id, c.type.value, c.text) for c in made.components} == set(PARTS)
    assert [(r.source, r.target) for r in made.relations] == [("b", "a")]


def test_costs_are_in_points_of_each_figure() -> None:
    found = costs({AS_IT_IS: {"c": 0.75, "r": 0.5}, "merged": {"c": 0.5, "r": 0.625}})
    assert found == {"merged": {"c": 25.0, "r": -12.5}}


def test_a_model_is_scored_in_every_form(tiny_model: Path) -> None:
    miner = ArgumentMiner.load(tiny_model, threads=1)
    essays, threads = score_essays(miner, [graph()]), score_threads(miner, [graph()])
    for figures, keys in ((essays, {"c_f1", "r_f1"}), (threads, {"spans", "links"})):
        forms = figures["forms"]
        assert isinstance(forms, dict)
        assert forms.keys() == FORMS.keys()
        assert all(scores.keys() == keys for scores in forms.values())
        assert (figures["documents"], figures["crashes"]) == (1, 0)
