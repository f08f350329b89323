"""Protocol F: labels and links of given propositions, and the graphs that published figures are of."""

import json
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from argmine.corpora import cdcp as corpus
from argmine.document import Document
from argmine.errors import EvaluationError
from argmine.graph import ArgumentGraph, Component
from argmine.metrics.cdcp import STRENGTH, CdcpCounts, as_published, count_graph, count_graphs
from argmine.metrics.counts import Counts

TYPES = {"policy": "claim", "value": "claim"}
Links = list[tuple[int, int]]


def graph(labels: str, links: Links, groups: dict[str, str] | None = None) -> ArgumentGraph:
    """Propositions of one letter each; relations are r1, r2, …"""
    text = " ".join("x" for _ in labels.split())
    components = [
        Component.model_validate(
            {"id": f"c{n}", "type": TYPES.get(label, "premise"), "label": label, "start": 2 * n, "end": 2 * n + 1}
            | {"text": "x"}
        )
        for n, label in enumerate(labels.split())
    ]
    meta: dict[str, JsonValue] = {"groups": dict[str, JsonValue](groups)} if groups else {}
    relations = [(f"c{a}", f"c{b}", "support") for a, b in links]
    return ArgumentGraph.build(Document(id="comment", text=text), components, relations, meta=meta)


def links_of(graph: ArgumentGraph) -> list[tuple[str, str]]:
    return [(r.source, r.target) for r in graph.relations]


def test_labels_and_links_are_counted() -> None:
    gold, predicted = graph("policy value fact", [(1, 0), (2, 1)]), graph("policy fact fact", [(1, 0), (0, 2)])
    counts = count_graph(gold, predicted)
    assert counts.components.macro_f1 == pytest.approx((1 + 0 + 2 / 3) / 3)
    assert counts.links == Counts(found=1, spurious=1, missed=1)


def test_links_are_paired_by_place_not_by_id() -> None:
    gold = graph("policy value", [(1, 0)])
    components = [c.model_copy(update={"id": f"p{n}"}) for n, c in enumerate(gold.components)]
    renamed = ArgumentGraph.build(gold.document, components, [("p1", "p0", "support")])
    assert count_graph(gold, renamed).links == Counts(found=1)


def test_label_of_another_corpus_is_refused() -> None:
    with pytest.raises(EvaluationError, match="comment: c1 has the label 'Claim', scored are fact, policy"):
        count_graph(graph("policy value", []), graph("policy Claim", []))


def test_other_spans_are_refused() -> None:
    gold = graph("policy value value", [(1, 0), (2, 0)], {"r1": "g", "r2": "g"})
    with pytest.raises(EvaluationError, match="components were given, yet predicted spans differ"):
        count_graph(as_published(gold), gold)


def test_propositions_of_one_source_become_one() -> None:
    made = as_published(graph("policy fact value fact", [(1, 0), (2, 0), (3, 0)], {"r1": "reason0", "r2": "reason0"}))
    assert [(c.id, c.label, c.start, c.end, c.text) for c in made.components] == [
        ("c0", "policy", 0, 1, "x"),
        ("c1", "value", 2, 5, "x x"),
        ("c3", "fact", 6, 7, "x"),
    ]
    assert links_of(made) == [("c1", "c0"), ("c3", "c0")]
    assert made.component("c1").type == "claim"


def test_links_are_closed() -> None:
    made = as_published(graph("policy value fact fact", [(1, 0), (2, 1), (3, 2)]))
    assert set(links_of(made)) == {(f"c{a}", f"c{b}") for a in range(4) for b in range(a)}


def test_a_circle_of_links_ends() -> None:
    made = as_published(graph("value value", [(0, 1), (1, 0)]))
    assert links_of(made) == [("c0", "c1"), ("c1", "c0")]


@pytest.mark.parametrize("other", [(2, 3), (3, 2)], ids=["source", "target"])
def test_a_range_that_another_link_touches_stays_apart_and_loses_its_link(other: tuple[int, int]) -> None:
    links = [(1, 0), (2, 0), other]
    made = as_published(graph("policy fact value fact", links, {"r1": "reason0", "r2": "reason0"}))
    assert len(made.components) == 4
    assert links_of(made) == [(f"c{other[0]}", f"c{other[1]}")]


def test_groups_of_another_form_are_refused() -> None:
    bad = graph("policy value", [(1, 0)]).model_copy(update={"meta": {"groups": ["r1"]}})
    with pytest.raises(EvaluationError, match=r"comment: meta\['groups'\] must map relations to groups"):
        as_published(bad)


def test_counts_add_up_and_print_their_gold_items() -> None:
    one = graph("policy value", [(1, 0)])
    counts = count_graphs([(one, one), (one, one)])
    assert (counts.components.gold, counts.links) == (4, Counts(found=2))
    assert "(4 gold items: policy 2, value 2)" in str(counts)
    assert counts + CdcpCounts() == counts


def by_the_authors(annotation: dict[str, Any]) -> tuple[list[str], set[tuple[int, int]]]:
    """Labels and closed links as Niculae et al. make them of an annotation file."""
    links = [((a, b), c) for (a, b), c in annotation["reasons"] + annotation["evidences"]]
    made: dict[int, int] = {}
    kept: list[tuple[int, int]] = []
    for (start, end), target in links:
        others = [((a, b), c) for (a, b), c in links if (a, b) != (start, end)]
        if start < end and any(start <= a <= b <= end or start <= c <= end for (a, b), c in others):
            continue
        made |= {start: end, target: target}
        kept.append((start, target))
    used = {n for start, end in made.items() for n in range(start, end + 1)}
    made |= {n: n for n in range(len(annotation["prop_labels"])) if n not in used}
    place = {start: n for n, start in enumerate(sorted(made))}
    spans = [annotation["prop_labels"][start : made[start] + 1] for start in sorted(made)]
    closed = {(place[a], place[b]) for a, b in kept}
    while more := {(a, d) for (a, b), (c, d) in product(closed, closed) if b == c} - closed:
        closed |= more
    return [next(s for s in STRENGTH if s in labels) for labels in spans], {(a, b) for a, b in closed if a != b}


GIVEN_TWICE = "01288"
"""A training comment whose source is given alone and in a range; the reader keeps one of the two."""


def test_the_corpus_becomes_what_the_authors_score(corpora: Path) -> None:
    read = corpus.read(corpora / "cdcp")
    for split in ("train", "test"):
        for graph in read.split(split):
            annotation = json.loads((corpora / "cdcp" / split / f"{graph.id}.ann.json").read_text())
            made, (labels, links) = as_published(graph), by_the_authors(annotation)
            place = {c.id: n for n, c in enumerate(made.components)}
            if graph.id != GIVEN_TWICE:
                assert [c.label for c in made.components] == labels
                assert {(place[r.source], place[r.target]) for r in made.relations} == links


def test_published_counts_of_the_test_part(corpora: Path) -> None:
    made = [as_published(graph) for graph in corpus.read(corpora / "cdcp").split("test")]
    labels = Counter(c.label for graph in made for c in graph.components)
    assert labels == {"value": 491, "testimony": 204, "policy": 153, "fact": 124, "reference": 1}
    assert sum(len(graph.relations) for graph in made) == 272
