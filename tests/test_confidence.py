"""What is left of a graph without what is unsure, worked by hand."""

import json
from pathlib import Path

import jsonschema
import pytest

import argmine
from argmine.confidence import keep_sure
from argmine.graph import DETACHED, ArgumentGraph
from argmine.view.terminal import CUT_OFF, graph_text
from tests.graphs import tram_graph

COMPONENTS = {"c1": 0.9, "c2": 0.8, "c3": 0.4, "c4": 0.7, "c5": 0.6}
RELATIONS = {"r1": 0.7, "r2": 0.3, "r3": 0.25}
"""Of c2 supports c1, c3 attacks c5, c4 attacks c3."""


def unsure() -> ArgumentGraph:
    """The tram graph with probabilities; c4's runners-up are c2, c3's are c1 and none."""
    runners_up = {"r2": ("c1", None), "r3": ("c2", None)}
    graph = tram_graph()
    components = tuple(c.model_copy(update={"probability": COMPONENTS[c.id]}) for c in graph.components)
    relations = [
        {
            **r.model_dump(),
            "probability": RELATIONS[r.id],
            "alternatives": [{"target": t, "probability": 0.1} for t in runners_up.get(r.id, ())],
        }
        for r in graph.relations
    ]
    return ArgumentGraph.model_validate({**dict(graph), "components": components, "relations": relations})


def parts(graph: ArgumentGraph) -> tuple[list[str], list[str], tuple[str, ...]]:
    return [c.id for c in graph.components], [r.id for r in graph.relations], graph.detached


def test_nothing_is_dropped_below_the_least_of_all() -> None:
    assert keep_sure(unsure(), 0.25) == unsure()
    assert unsure().detached == ()


def test_an_unsure_relation_goes_and_leaves_a_detached_root() -> None:
    assert parts(keep_sure(unsure(), 0.3)) == (["c1", "c2", "c3", "c4", "c5"], ["r1", "r2"], ("c4",))


def test_what_hung_on_an_unsure_component_becomes_a_detached_root_and_hangs_nowhere_else() -> None:
    """c3 goes, with c4's attack on it; c3 itself is no root, for it is not there."""
    graph = keep_sure(unsure(), 0.5, 0.0)
    assert parts(graph) == (["c1", "c2", "c4", "c5"], ["r1"], ("c4",))
    assert [root for root in graph.roots if root not in graph.detached] == ["c1", "c5"]


def test_a_claim_whose_statement_of_the_thesis_goes_is_not_tied_to_another() -> None:
    """c5 goes: c3, which attacked it, is not hung on c1."""
    graph = unsure()
    components = tuple(c.model_copy(update={"probability": 0.1}) if c.id == "c5" else c for c in graph.components)
    found = keep_sure(graph.model_copy(update={"components": components}), 0.2)
    assert parts(found) == (["c1", "c2", "c3", "c4"], ["r1", "r3"], ("c3",))


def test_a_root_that_stays_is_not_detached() -> None:
    graph = keep_sure(unsure(), 0.85)
    assert parts(graph) == (["c1"], [], ())
    assert DETACHED not in graph.meta


def test_runners_up_that_are_gone_are_not_named() -> None:
    """c1 and c2 are less sure than all else: r2 loses c1 of its runners-up and r3 loses c2, none stays."""
    graph = unsure()
    low = {"c1": 0.05, "c2": 0.05}
    components = tuple(c.model_copy(update={"probability": low.get(c.id, c.probability)}) for c in graph.components)
    found = keep_sure(graph.model_copy(update={"components": components}), 0.1)
    assert {r.id: [a.target for a in r.alternatives] for r in found.relations} == {"r2": [None], "r3": [None]}


def test_what_was_detached_stays_so_when_more_is_dropped() -> None:
    twice = keep_sure(keep_sure(unsure(), 0.3), 0.5)
    assert parts(twice) == (["c1", "c2", "c4", "c5"], ["r1"], ("c4",))
    assert twice == keep_sure(unsure(), 0.5)


def test_all_that_is_probable_enough_is_all_that_is_kept() -> None:
    """Against the definition, at every limit."""
    graph = unsure()
    ends = {r.id: {r.source, r.target} for r in graph.relations}
    for limit in (n / 20 for n in range(21)):
        found = keep_sure(graph, limit)
        kept = [c for c, p in COMPONENTS.items() if p >= limit]
        joined = [r for r, p in RELATIONS.items() if p >= limit and ends[r] <= {*kept}]
        assert parts(found)[:2] == (kept, joined)
        sources = {r.id: r.source for r in graph.relations}
        assert set(found.detached) == {s for r, s in sources.items() if s in kept and r not in joined}


def test_a_graph_without_what_is_unsure_is_read_back_as_written() -> None:
    graph = keep_sure(unsure(), 0.5)
    again = ArgumentGraph.model_validate_json(graph.model_dump_json())
    assert again == graph
    assert again.detached == ("c4",)


def test_a_graph_without_what_is_unsure_keeps_the_schema() -> None:
    schema = Path(argmine.__file__).parent / "schemas" / "argument-graph.schema.json"
    written = json.loads(keep_sure(unsure(), 0.5).model_dump_json())
    jsonschema.validate(written, json.loads(schema.read_text(encoding="utf-8")))
    assert written["meta"] == {"detached": ["c4"]}


@pytest.mark.parametrize("written", ["c2", {"c2": True}, None, 3, [["c2"], 5]])
def test_other_things_of_that_name_in_meta_mark_nothing(written: object) -> None:
    assert unsure().model_copy(update={"meta": {DETACHED: written}}).detached == ()


def test_the_tree_says_what_is_detached() -> None:
    lines = graph_text(keep_sure(unsure(), 0.5)).splitlines()
    assert [line for line in lines if CUT_OFF in line] == [f"[premise] they are loud {CUT_OFF}"]


def test_above_one_nothing_is_kept() -> None:
    assert parts(keep_sure(unsure(), 2.0)) == ([], [], ())


def test_gold_has_no_probabilities_to_choose_by() -> None:
    with pytest.raises(ValueError, match="c1 has no probability"):
        keep_sure(tram_graph(), 0.5)
