import random
from pathlib import Path

import pytest

from argmine.document import Document
from argmine.graph import ArgumentGraph, ComponentType
from argmine.integrations.llm.answer import Answer, Fault, Quoted
from argmine.integrations.llm.assembly import Assembled, assemble

TEXT = "Keep the trams. They are quiet. Buses are cheaper, but they are loud. Trams are quiet at night. So keep them."

Told = tuple[str, str, str, str | None, str | None]


def assembled(*told: Told, text: str = TEXT) -> Assembled:
    quotes = tuple(Quoted(name, quote, ComponentType(kind), target, word) for name, quote, kind, target, word in told)
    return assemble(Document(id="trams", text=text), Answer(quotes, {}), similarity=80)


def shown(graph: ArgumentGraph) -> list[tuple[str, str, str]]:
    return [(graph.component(r.source).text, r.type.value, graph.component(r.target).text) for r in graph.relations]


THESIS: Told = ("m", "Keep the trams", "major_claim", None, None)
QUIET: Told = ("q", "They are quiet", "claim", "m", "support")


def test_components_are_named_in_text_order() -> None:
    graph = assembled(("x", "keep them", "major_claim", None, None), QUIET, THESIS).graph
    assert [(c.id, c.text) for c in graph.components] == [
        ("c1", "Keep the trams"),
        ("c2", "They are quiet"),
        ("c3", "keep them"),
    ]


def test_a_claim_on_the_thesis_is_tied_to_its_last_statement() -> None:
    graph = assembled(THESIS, QUIET, ("n", "keep them", "major_claim", None, None)).graph
    assert shown(graph) == [("They are quiet", "support", "keep them")]


def test_a_claim_is_tied_to_the_thesis_when_the_statement_it_names_was_not_found() -> None:
    lost: Told = ("z", "Trams shall for ever be ours to keep", "major_claim", None, None)
    found = assembled(THESIS, lost, ("q", "They are quiet", "claim", "z", "support"))
    assert shown(found.graph) == [("They are quiet", "support", "Keep the trams")]
    assert found.faults == {Fault.NOT_FOUND: 1}


def test_a_premise_keeps_the_statement_it_names() -> None:
    graph = assembled(
        THESIS, ("q", "They are quiet", "premise", "m", "support"), ("n", "keep them", "major_claim", None, None)
    ).graph
    assert shown(graph) == [("They are quiet", "support", "Keep the trams")]


def test_repeated_quotes_take_their_places_in_order() -> None:
    text = "Keep it. Because it works, keep it. And keep it."
    graph = assembled(
        ("a", "keep it", "claim", None, None), ("b", "keep it", "premise", "a", "attack"), text=text
    ).graph
    assert [c.start for c in graph.components] == [27, 40]
    assert shown(graph) == [("keep it", "attack", "keep it")]
    assert graph.relations[0].source == "c2"


def test_a_repeated_quote_leaves_the_place_that_another_component_covers() -> None:
    text = "I say that trams are quiet at night. Trams are quiet at night."
    whole: Told = ("b", "I say that trams are quiet at night", "premise", None, None)
    graph = assembled(("a", "are quiet at night", "claim", None, None), whole, text=text).graph
    assert [(c.type, c.start) for c in graph.components] == [("premise", 0), ("claim", 43)]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (("x", "Parking should be free on Sundays", "claim", None, None), Fault.NOT_FOUND),
        (("x", "the trams. They are", "claim", None, None), Fault.OVERLAPPING),
        (("x", "Keep the trams", "claim", None, None), Fault.OVERLAPPING),
    ],
)
def test_a_component_without_a_place_is_counted(told: Told, fault: Fault) -> None:
    found = assembled(THESIS, QUIET, told)
    assert len(found.graph.components) == 2
    assert found.faults == {fault: 1}


def test_a_quote_found_only_nearly_is_counted_and_gets_the_words_of_the_text() -> None:
    found = assembled(
        ("x", "Buses are cheper by far", "claim", None, None), ("y", "Trams were quiet at night", "premise", None, None)
    )
    assert found.graph.components[-1].text == "Trams are quiet at night"
    assert found.faults[Fault.NOT_EXACT] >= 1


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (("x", "keep them", "major_claim", "q", "support"), Fault.THESIS_WITH_TARGET),
        (("x", "they are loud", "premise", "w", "support"), Fault.UNKNOWN_END),
        (("x", "they are loud", "premise", "q", "neutral"), Fault.UNKNOWN_RELATION),
        (("x", "they are loud", "premise", "q", None), Fault.UNKNOWN_RELATION),
        (("x", "they are loud", "premise", None, "attack"), Fault.WITHOUT_TARGET),
        (("x", "they are loud", "premise", "x", "attack"), Fault.SELF_RELATION),
    ],
)
def test_a_relation_that_breaks_a_rule_is_counted(told: Told, fault: Fault) -> None:
    found = assembled(THESIS, QUIET, told)
    assert len(found.graph.components) == 3
    assert len(found.graph.relations) == 1
    assert found.faults == {fault: 1}


def test_a_relation_to_a_dropped_component_is_counted() -> None:
    lost: Told = ("z", "Parking should be free on Sundays", "premise", None, None)
    found = assembled(lost, ("x", "they are loud", "premise", "z", "support"))
    assert found.graph.relations == ()
    assert found.faults == {Fault.NOT_FOUND: 1, Fault.DROPPED_END: 1}


def test_the_relation_that_closes_a_circle_is_dropped() -> None:
    found = assembled(
        ("a", "They are quiet", "premise", "b", "support"),
        ("b", "Buses are cheaper", "premise", "c", "attack"),
        ("c", "they are loud", "premise", "a", "attack"),
    )
    assert shown(found.graph) == [
        ("They are quiet", "support", "Buses are cheaper"),
        ("Buses are cheaper", "attack", "they are loud"),
    ]
    assert found.faults == {Fault.CIRCLE: 1}


def test_a_repeated_id_means_the_first_component_of_that_id() -> None:
    found = assembled(
        THESIS, ("m", "They are quiet", "claim", "m", "support"), ("x", "they are loud", "premise", "m", "attack")
    )
    assert shown(found.graph) == [
        ("They are quiet", "support", "Keep the trams"),
        ("they are loud", "attack", "Keep the trams"),
    ]
    assert found.faults == {Fault.REPEATED_ID: 1}


SEEDS = sorted((Path(__file__).parents[3] / "seeds" / "gold").glob("*.json"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_gold_told_as_an_answer_comes_back_as_it_is(path: Path) -> None:
    gold = ArgumentGraph.model_validate_json(path.read_bytes())
    targets = {r.source: (r.target, r.type.value) for r in gold.relations}
    told = [(c.id, c.text, c.type.value, *targets.get(c.id, (None, None))) for c in gold.components]
    found = assembled(*told, text=gold.text)
    assert found.faults == {}
    assert [(c.start, c.end, c.type) for c in found.graph.components] == [
        (c.start, c.end, c.type) for c in gold.components
    ]
    assert sorted(shown(found.graph)) == sorted(shown(gold))


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_answered_makes_a_forest_of_parts_that_do_not_overlap(seed: int) -> None:
    draw = random.Random(seed)
    words = TEXT.split()
    names = [f"n{draw.randint(0, 8)}" for _ in range(9)]
    told: list[Told] = []
    for name in names:
        start = draw.randrange(len(words))
        quote = " ".join(words[start : start + draw.randint(1, 5)])
        kind = draw.choice([kind.value for kind in ComponentType])
        target = draw.choice([*names, "other", None])
        told.append((name, quote, kind, target, draw.choice(["support", "attack", "both", None])))
    found = assembled(*told)
    graph = found.graph
    assert all(a.end <= b.start for a, b in zip(graph.components, graph.components[1:], strict=False))
    assert sum(len(tree.components) for tree in graph.trees) == len(graph.components)
    dropped = sum(found.faults.get(f, 0) for f in (Fault.NOT_FOUND, Fault.OVERLAPPING))
    assert len(graph.components) + dropped == len(told)
