import json
from collections.abc import Sequence

import numpy as np
import pytest

from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.evaluation.difference import GraphDifference, difference
from argmine.graph import ArgumentGraph, Component, Relation

TEXT = "We say keep the trams. They are quiet and clean, as all know. Buses are cheap, yet they are loud. So keep them."
PLACES = {
    "keep": "keep the trams",
    "say": "We say keep the trams",
    "quiet": "They are quiet and clean",
    "all": "They are quiet and clean, as all know",
    "clean": "clean",
    "know": "as all know",
    "buses": "Buses are cheap",
    "loud": "they are loud",
    "them": "keep them",
}
Links = Sequence[tuple[str, str, str]]


def graph(types: dict[str, str], links: Links = (), name: str = "trams") -> ArgumentGraph:
    """Components by the name of their place, which is their id, and the letter of their type."""
    full = {"m": "major_claim", "c": "claim", "p": "premise"}
    spans = {place: (TEXT.index(PLACES[place]), len(PLACES[place])) for place in types}
    parts = [(place, full[kind], spans[place][0], sum(spans[place])) for place, kind in types.items()]
    return ArgumentGraph.build(Document(id=name, text=TEXT), parts, links)


TYPES = {"say": "m", "quiet": "c", "buses": "c", "loud": "p"}
LINKS = [("quiet", "say", "support"), ("buses", "say", "attack"), ("loud", "buses", "attack")]
FIRST = graph(TYPES, LINKS)


def edits(first: ArgumentGraph, second: ArgumentGraph) -> int:
    tree = difference(first, second).tree
    assert tree is not None
    return tree.edits


def test_graph_does_not_differ_from_itself() -> None:
    found = difference(FIRST, FIRST)
    assert found.same
    assert found.tree is not None
    assert (found.tree.edits, found.tree.size, found.tree.normalised) == (0, 8, 0)


def test_moved_component_starts_or_ends_elsewhere() -> None:
    found = difference(FIRST, graph({"keep": "m", "all": "c", "buses": "c", "loud": "p"}))
    assert [(p.first.id, p.second.id, p.moved) for p in found.components] == [
        ("say", "keep", True),
        ("quiet", "all", True),
        ("buses", "buses", False),
        ("loud", "loud", False),
    ]


def test_component_within_another_is_moved() -> None:
    """One word of seven: less than half of the longer, but all of the shorter."""
    found = difference(graph({"all": "c"}), graph({"clean": "c"}))
    assert [(p.first.id, p.second.id) for p in found.components] == [("all", "clean")]


def test_split_component_goes_with_its_greater_part() -> None:
    found = difference(graph({"all": "c"}), graph({"quiet": "c", "know": "p"}))
    assert [(p.first.id, p.second.id) for p in found.components] == [("all", "quiet")]
    assert [c.id for c in found.added] == ["know"]


def test_outer_white_space_is_no_difference() -> None:
    start = TEXT.index(PLACES["keep"])
    spaced = ArgumentGraph.build(FIRST.document, [("keep", "major_claim", start - 1, start + len(PLACES["keep"]))])
    assert difference(graph({"keep": "m"}), spaced).same


def test_retyped_component_keeps_its_place() -> None:
    found = difference(FIRST, graph({"say": "m", "quiet": "p", "buses": "c", "loud": "p"}))
    assert [(p.first.id, p.retyped, p.moved) for p in found.components if p.retyped] == [("quiet", True, False)]


def test_component_of_one_graph_is_missing_or_added() -> None:
    found = difference(graph({"keep": "m", "quiet": "c"}), graph({"quiet": "c", "loud": "p"}))
    assert ([c.id for c in found.missing], [c.id for c in found.added]) == (["keep"], ["loud"])


def test_relation_to_another_target_is_relinked() -> None:
    found = difference(FIRST, graph(TYPES, [*LINKS[:2], ("loud", "quiet", "attack")]))
    assert [p.first.source for p in found.relations if p.relinked] == ["loud"]
    assert not any(p.relabelled for p in found.relations)


def test_relation_of_another_sign_is_relabelled() -> None:
    second = graph({"quiet": "c", "loud": "p"}, [("loud", "quiet", "support")])
    found = difference(graph({"quiet": "c", "loud": "p"}, [("loud", "quiet", "attack")]), second)
    assert [(p.relabelled, p.relinked) for p in found.relations] == [(True, False)]


def test_relation_may_be_relinked_and_relabelled() -> None:
    types = {"quiet": "c", "buses": "c", "loud": "p"}
    found = difference(graph(types, [("loud", "quiet", "support")]), graph(types, [("loud", "buses", "attack")]))
    assert [(p.relinked, p.relabelled) for p in found.relations] == [(True, True)]


def test_relation_follows_its_moved_ends() -> None:
    first = graph({"quiet": "c", "loud": "p"}, [("loud", "quiet", "attack")])
    found = difference(first, graph({"all": "c", "loud": "p"}, [("loud", "all", "attack")]))
    assert [(p.relinked, p.relabelled) for p in found.relations] == [(False, False)]


def test_relation_without_a_fellow_is_missing_or_added() -> None:
    types = {"quiet": "c", "buses": "c", "loud": "p"}
    first, second = graph(types, [("loud", "buses", "attack")]), graph(types, [("quiet", "buses", "attack")])
    found = difference(first, second)
    assert [r.source for r in found.missing_relations] == ["loud"]
    assert [r.source for r in found.added_relations] == ["quiet"]


def test_relations_to_targets_that_nothing_stands_for_are_relinked() -> None:
    first = graph({"quiet": "c", "loud": "p"}, [("loud", "quiet", "attack")])
    found = difference(first, graph({"buses": "c", "loud": "p"}, [("loud", "buses", "attack")]))
    assert [p.relinked for p in found.relations] == [True]


def test_sources_that_nothing_stands_for_have_no_common_relation() -> None:
    first = graph({"quiet": "c", "loud": "p"}, [("loud", "quiet", "support")])
    found = difference(first, graph({"quiet": "c", "know": "p"}, [("know", "quiet", "support")]))
    assert not found.relations
    assert (len(found.missing_relations), len(found.added_relations)) == (1, 1)


def test_of_two_relations_of_a_source_the_equal_one_is_paired_first() -> None:
    types = {"keep": "c", "quiet": "c", "buses": "c", "loud": "p"}
    first = graph(types, [("loud", "keep", "support"), ("loud", "quiet", "support")])
    second = graph(types, [("loud", "quiet", "support"), ("loud", "buses", "support")])
    assert [p.relinked for p in difference(first, second).relations] == [True, False]


def test_statements_of_the_thesis_are_one_target() -> None:
    types = {"keep": "m", "quiet": "c", "them": "m"}
    first, second = graph(types, [("quiet", "keep", "support")]), graph(types, [("quiet", "them", "support")])
    assert difference(first, second).same
    assert edits(first, second) == 0


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (graph({**TYPES, "quiet": "p"}, LINKS), 1),
        (graph(TYPES, [*LINKS[:2], ("loud", "buses", "support")]), 1),
        (graph({name: TYPES[name] for name in ("say", "quiet", "buses")}, LINKS[:2]), 1),
        (graph({**TYPES, "know": "p"}, [*LINKS, ("know", "quiet", "support")]), 1),
        (graph(TYPES, [*LINKS[:2], ("loud", "quiet", "attack")]), 2),
        (graph(TYPES, [LINKS[0], LINKS[2]]), 1),
    ],
    ids=["type", "sign", "leaf taken out", "leaf put in", "leaf relinked", "claim without its sign"],
)
def test_edits_of_one_change(second: ArgumentGraph, expected: int) -> None:
    assert edits(FIRST, second) == expected


def test_where_a_component_starts_costs_no_edit() -> None:
    moved = [("quiet", "keep", "support"), ("buses", "keep", "attack"), LINKS[2]]
    assert edits(FIRST, graph({"keep": "m", **{n: TYPES[n] for n in ("quiet", "buses", "loud")}}, moved)) == 0


def test_unlike_graphs_have_nothing_in_common() -> None:
    tree = difference(graph({"keep": "m", "quiet": "c"}), graph({"buses": "c"})).tree
    assert tree is not None
    assert (tree.edits, tree.size, tree.normalised) == (3, 3, 1)


def test_empty_graphs_are_the_same() -> None:
    found = difference(graph({}), graph({}))
    assert found.same
    assert found.tree is not None
    assert found.tree.normalised == 0


def test_graph_that_is_no_forest_has_no_tree_distance() -> None:
    circle = graph({"keep": "c", "quiet": "c"}, [("keep", "quiet", "support"), ("quiet", "keep", "support")], "round")
    found = difference(FIRST, circle)
    assert found.tree is None
    assert found.no_tree == "round: no forest: the relations run in a circle, keep → quiet → keep"
    assert [p.first.id for p in found.components] == ["say", "quiet"]


def test_other_text_is_refused() -> None:
    with pytest.raises(EvaluationError, match="other was predicted over another text"):
        difference(FIRST, ArgumentGraph(id="other", text="Buses."))


@pytest.mark.parametrize("seed", range(40))
def test_every_part_of_both_graphs_is_told_once(seed: int) -> None:
    first, second = (_random(np.random.default_rng([seed, side])) for side in range(2))
    found = difference(first, second)
    assert sorted([*(p.first.id for p in found.components), *(c.id for c in found.missing)]) == _ids(first.components)
    assert sorted([*(p.second.id for p in found.components), *(c.id for c in found.added)]) == _ids(second.components)
    left = [*(p.first.id for p in found.relations), *(r.id for r in found.missing_relations)]
    right = [*(p.second.id for p in found.relations), *(r.id for r in found.added_relations)]
    assert (sorted(left), sorted(right)) == (_ids(first.relations), _ids(second.relations))


@pytest.mark.parametrize("seed", range(40))
def test_difference_mirrors_the_one_the_other_way_round(seed: int) -> None:
    first, second = (_random(np.random.default_rng([seed, side])) for side in range(2))
    there, back = difference(first, second), difference(second, first)
    assert there.tree == back.tree
    assert (there.missing, there.missing_relations) == (back.added, back.added_relations)
    assert there.same == back.same


def test_difference_survives_json() -> None:
    found = difference(FIRST, graph({"keep": "m", "quiet": "p", "know": "p"}, [("know", "quiet", "support")]))
    assert GraphDifference.model_validate_json(found.model_dump_json()) == found


def test_json_says_what_follows_from_its_fields() -> None:
    found = json.loads(difference(graph({"quiet": "c"}), graph({"all": "p"})).model_dump_json())
    assert list(found["components"][0]) == ["first", "second", "moved", "retyped"]
    assert (found["components"][0]["moved"], found["components"][0]["retyped"]) == (True, True)
    assert found["tree"] == {"edits": 1, "size": 2, "normalised": 0.5}


def _random(random: np.random.Generator) -> ArgumentGraph:
    """A forest over some of the words of a text, components apart."""
    document = Document(id="words", text="ab " * 30)
    edges = np.sort(random.choice(31, size=12, replace=False)).tolist()
    kinds = random.choice(["major_claim", "claim", "premise"], size=6)
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    parts = [(f"c{n}", str(kinds[n]), 3 * start, 3 * end - 1) for n, (start, end) in enumerate(spans)]
    links = [
        (f"c{n}", f"c{int(random.integers(n))}", str(random.choice(["support", "attack"])))
        for n in range(1, len(parts))
        if random.random() < 0.7
    ]
    return ArgumentGraph.build(document, parts, links)


def _ids(items: Sequence[Component | Relation]) -> list[str]:
    return sorted(item.id for item in items)
