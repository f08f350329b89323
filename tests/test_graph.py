"""Graphs: each rule with the component that its error names, what graphs answer, and their JSON."""

import json
import math
import pickle
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue, ValidationError

from argmine.document import Document, Span
from argmine.formats.json_schema import PATH, schema_text
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType, Role
from tests.graphs import chain_graph, mined_graph, tram_graph

DOCUMENT = Document(id="d", text="ab cd ef")
GRAPHS = [tram_graph(), mined_graph(), chain_graph(4), ArgumentGraph(id="empty", text="")]


def component(**changes: Any) -> Component:
    return Component.model_validate({"id": "c1", "type": "claim", "start": 0, "end": 2, "text": "ab", **changes})


def built(*relations: Relation | tuple[str, str, str]) -> ArgumentGraph:
    parts = [("c1", "claim", 0, 2), ("c2", "premise", 3, 5), ("c3", "premise", 6, 8)]
    return ArgumentGraph.build(DOCUMENT, parts, relations)


def refused(message: str) -> Any:
    return pytest.raises(ValidationError, match=re.escape(message))


@pytest.mark.parametrize(
    ("kind", "role"), [("major_claim", Role.CONCLUSION), ("claim", Role.CONCLUSION), ("premise", Role.PREMISE)]
)
def test_component_role_follows_from_its_type(kind: str, role: Role) -> None:
    assert component(type=kind).role is role


def test_component_is_never_empty() -> None:
    with refused("component c1 must end after its start, found 2..2"):
        component(start=2, text="")


def test_component_text_fits_its_span() -> None:
    with refused("component c1 spans 2 characters, its text has 3"):
        component(text="abc")


def test_component_refuses_an_unknown_type() -> None:
    with refused("Input should be 'major_claim', 'claim' or 'premise'"):
        component(type="thesis")


@pytest.mark.parametrize("probability", [-0.1, 1.1, math.nan])
def test_component_probability_is_a_share(probability: float) -> None:
    with refused("probability"):
        component(probability=probability)


def test_component_role_is_checked_on_reading() -> None:
    with refused("Component c1: role is 'premise', but the other fields imply 'conclusion'"):
        component(role="premise")


def test_component_role_may_be_said_or_left_out() -> None:
    assert component(role="conclusion") == component()


def test_graph_refuses_two_components_of_one_id() -> None:
    with refused("2 components have the id c1"):
        ArgumentGraph.build(DOCUMENT, [("c1", "claim", 0, 2), ("c1", "claim", 3, 5)])


def test_graph_refuses_a_component_beyond_its_text() -> None:
    with refused("component c1 ends at 9, text has 8 characters"):
        ArgumentGraph(id="d", text=DOCUMENT.text, components=(component(start=7, end=9, text="f."),))


def test_graph_refuses_a_component_whose_text_stands_elsewhere() -> None:
    with refused("component c1 says 'cd', the text at its place 'ab'"):
        ArgumentGraph(id="d", text=DOCUMENT.text, components=(component(text="cd"),))


def test_graph_refuses_components_out_of_text_order() -> None:
    late = component(id="c2", start=3, end=5, text="cd")
    with refused("components must stand in text order: c1 starts before c2"):
        ArgumentGraph(id="d", text=DOCUMENT.text, components=(late, component()))


def test_graph_build_puts_components_in_text_order() -> None:
    graph = ArgumentGraph.build(DOCUMENT, [("c2", "claim", 3, 5), ("c1", "claim", 0, 2)])
    assert [c.id for c in graph.components] == ["c1", "c2"]


def test_graph_allows_components_that_overlap() -> None:
    graph = ArgumentGraph.build(DOCUMENT, [("c1", "claim", 0, 5), ("c2", "claim", 0, 2), ("c3", "claim", 1, 4)])
    assert [c.id for c in graph.components] == ["c2", "c1", "c3"]


def test_graph_refuses_two_relations_of_one_id() -> None:
    parts = [Relation(id="r1", source=s, target="c1", type=RelationType.SUPPORT) for s in ("c2", "c3")]
    with refused("2 relations have the id r1"):
        built(*parts)


@pytest.mark.parametrize("ends", [("c9", "c1"), ("c1", "c9")])
def test_graph_refuses_a_relation_to_a_stranger(ends: tuple[str, str]) -> None:
    with refused("relation r1 names component c9, which is not in the graph"):
        built((*ends, "support"))


def test_graph_refuses_an_alternative_that_is_a_stranger() -> None:
    relation = {"id": "r1", "source": "c2", "target": "c1", "type": "support"}
    alternatives = [{"target": None, "probability": 0.2}, {"target": "c9", "probability": 0.1}]
    with refused("relation r1 names component c9, which is not in the graph"):
        built(Relation.model_validate({**relation, "alternatives": alternatives}))


def test_graph_refuses_a_relation_of_a_component_to_itself() -> None:
    with refused("relation r1 joins component c2 to itself"):
        built(("c2", "c2", "attack"))


def test_graph_refuses_a_relation_twice() -> None:
    with refused("relation r2 repeats support from c2 to c1"):
        built(("c2", "c1", "support"), ("c2", "c1", "support"))


def test_graph_allows_what_is_no_forest() -> None:
    graph = built(("c1", "c2", "support"), ("c2", "c1", "attack"), ("c2", "c3", "support"))
    assert graph.roots == ("c3",)


def test_graph_roots_have_no_outgoing_relation() -> None:
    assert built(("c2", "c1", "support")).roots == ("c1", "c3")


def test_graph_roots_are_checked_on_reading() -> None:
    data = json.loads(built(("c2", "c1", "support")).model_dump_json())
    with refused("ArgumentGraph d: roots is ['c2'], but the other fields imply ['c1', 'c3']"):
        ArgumentGraph.model_validate_json(json.dumps({**data, "roots": ["c2"]}))


def test_graph_role_is_checked_on_reading() -> None:
    written = tram_graph().model_dump_json().replace('"premise","role":"premise"', '"premise","role":"conclusion"')
    with refused("Component c4: role is 'conclusion', but the other fields imply 'premise'"):
        ArgumentGraph.model_validate_json(written)


def test_graph_derived_keys_may_be_absent() -> None:
    data = json.loads(tram_graph().model_dump_json())
    del data["roots"]
    for part in data["components"]:
        del part["role"]
    assert ArgumentGraph.model_validate(data) == tram_graph()


def test_graph_of_another_version_is_refused() -> None:
    with refused("Input should be 1"):
        ArgumentGraph.model_validate({"version": 2, "id": "d", "text": ""})


@pytest.mark.parametrize("value", [math.inf, math.nan])
def test_graph_meta_holds_what_json_can(value: float) -> None:
    with refused("not JSON compliant"):
        ArgumentGraph(id="d", text="", meta={"a": [value]})


def test_graph_id_refuses_lone_surrogates() -> None:
    with refused("Input should be a valid string, unable to parse raw data as a unicode string"):
        ArgumentGraph(id="\ud800", text="")


@pytest.mark.parametrize("place", [{"text": "\ud800"}, {"warnings": ["\ud800"]}, {"meta": {"\ud800": 1}}])
def test_graph_refuses_lone_surrogates(place: dict[str, Any]) -> None:
    with refused("lone surrogate U+D800 at"):
        ArgumentGraph.model_validate({"id": "d", "text": "", **place})


def test_graph_conclusions_and_premises_are_its_components() -> None:
    graph = tram_graph()
    assert [c.id for c in graph.conclusions] == ["c1", "c2", "c3", "c5"]
    assert [c.id for c in graph.premises] == ["c4"]
    assert [c.id for c in graph.major_claims] == ["c1", "c5"]


def test_graph_text_at_a_span_is_the_component() -> None:
    for graph in GRAPHS:
        assert [graph.document.cut(c.span) for c in graph.components] == [c.text for c in graph.components]


def test_graph_finds_a_component_by_id() -> None:
    assert tram_graph().component("c4").text == "they are loud"
    with pytest.raises(KeyError, match="c9"):
        tram_graph().component("c9")


def test_graph_component_at_is_half_open() -> None:
    graph = built()
    found = [graph.component_at(offset) for offset in range(-1, 9)]
    assert [c and c.id for c in found] == [None, "c1", "c1", None, "c2", "c2", None, "c3", "c3", None]


def test_graph_component_at_is_the_shortest_that_covers() -> None:
    graph = ArgumentGraph.build(DOCUMENT, [("c1", "claim", 0, 8), ("c2", "premise", 3, 5)])
    found = [graph.component_at(offset) for offset in (2, 3, 5)]
    assert [c and c.id for c in found] == ["c1", "c2", "c1"]


def test_graph_relations_of_a_component() -> None:
    graph = built(("c2", "c1", "support"), ("c3", "c1", "attack"), ("c3", "c2", "support"))
    assert [r.id for r in graph.incoming(graph.component("c1"))] == ["r1", "r2"]
    assert [r.id for r in graph.outgoing(graph.component("c3"))] == ["r2", "r3"]
    assert graph.outgoing(graph.component("c1")) == ()


def test_graph_without_relations_forgets_those_it_looked_up() -> None:
    graph = tram_graph()
    target = graph.component("c3")
    assert graph.incoming(target)
    assert graph.without_relations().incoming(target) == ()


def test_graph_copy_keeps_the_rules() -> None:
    with refused("component c2 ends at 30, text has 3 characters"):
        tram_graph().model_copy(update={"text": "abc", "components": tram_graph().components[1:2], "relations": ()})


def test_graph_paragraphs_are_lines_without_their_margins() -> None:
    graph = ArgumentGraph(id="d", text="\n a b \r\n\r\n\tc")
    assert list(graph.paragraphs()) == [Span(start=2, end=5), Span(start=11, end=12)]


def test_graph_survives_pickling_and_copying() -> None:
    for graph in GRAPHS:
        assert graph.trees is not None  # with its look-ups filled
        assert pickle.loads(pickle.dumps(graph)) == graph == graph.model_copy(deep=True)  # noqa: S301 (our own bytes)


def test_graph_differs_where_a_field_does() -> None:
    graph = tram_graph()
    assert graph != graph.model_copy(update={"warnings": ("late",)})


@pytest.mark.parametrize("graph", GRAPHS, ids=lambda graph: graph.id)
def test_graph_survives_json(graph: ArgumentGraph) -> None:
    assert ArgumentGraph.model_validate_json(graph.model_dump_json()) == graph


def test_graph_json_has_the_keys_of_the_contract_in_order() -> None:
    written = json.loads(mined_graph().model_dump_json())
    assert " ".join(written) == "version id text read components relations roots warnings model meta"
    assert " ".join(written["components"][0]) == "id type role label start end text probability"
    assert " ".join(written["relations"][0]) == "id source target type label probability alternatives"
    assert " ".join(written["relations"][0]["alternatives"][0]) == "target probability"
    assert " ".join(written["model"]) == "name revision backend precision"


def test_graph_json_schema_is_the_published_one() -> None:
    assert PATH.read_text(encoding="utf-8") == schema_text(), (
        "the graph has changed: see argmine/formats/json_schema.py"
    )


@pytest.mark.parametrize("graph", GRAPHS, ids=lambda graph: graph.id)
def test_graph_json_follows_the_published_schema(graph: ArgumentGraph) -> None:
    schema = json.loads(PATH.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(graph.model_dump_json()))


@pytest.mark.parametrize("key", ["role", "probability", "text"])
def test_published_schema_refuses_a_component_without(key: str) -> None:
    written = json.loads(tram_graph().model_dump_json())
    del written["components"][0][key]
    with pytest.raises(jsonschema.ValidationError, match=key):
        jsonschema.validate(written, json.loads(PATH.read_text(encoding="utf-8")))


@st.composite
def graphs(draw: st.DrawFn) -> ArgumentGraph:
    """Any graph over any text: components that may overlap, relations that may run in circles."""
    text = draw(st.text(min_size=1, max_size=30))
    ends = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda p: p[0] < p[1])
    spans = draw(st.lists(ends, max_size=5))
    kinds = st.sampled_from([t.value for t in ComponentType])
    parts = [(f"c{n}", draw(kinds), start, end) for n, (start, end) in enumerate(spans)]
    pairs = [(f"c{i}", f"c{j}") for i in range(len(parts)) for j in range(len(parts)) if i != j]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6)) if pairs else []
    links = [(*pair, draw(st.sampled_from(["support", "attack"]))) for pair in chosen]
    values = st.none() | st.booleans() | st.integers() | st.text(max_size=4)
    meta: dict[str, JsonValue] = {**draw(st.dictionaries(st.text(max_size=4), values))}
    return ArgumentGraph.build(Document(id=draw(st.text(min_size=1)), text=text), parts, links, meta=meta)


@given(graphs())
def test_any_graph_survives_json(graph: ArgumentGraph) -> None:
    again = ArgumentGraph.model_validate_json(graph.model_dump_json())
    assert again == graph
    assert [again.document.cut(c.span) for c in again.components] == [c.text for c in graph.components]


@pytest.mark.parametrize("value", [True, "0.5"])
def test_probability_is_a_number(value: object) -> None:
    with pytest.raises(ValidationError, match="read"):
        ArgumentGraph.model_validate({"id": "a", "text": "", "read": value})
