"""Own labels over given components: what is learnt, told and counted."""

import numpy as np
import pytest
import torch

from argmine.document import Document
from argmine.graph import ArgumentGraph, RelationType
from benchmarks import abstrct, cdcp
from benchmarks.own_labels import NO_LABEL, Judged, Labeller, Labels, Settings, graph_of, relations_of
from benchmarks.weights import digest_weights, main_weights

TEXT = "I was called at night. Stop the calls. They are too many."
SPANS = [(0, 21), (23, 37), (39, 56)]


def comment(*labels: str, joined: tuple[tuple[str, str, str], ...] = ()) -> ArgumentGraph:
    parts = [(f"c{n}", "claim", start, end) for n, (start, end) in enumerate(SPANS[: len(labels)])]
    graph = ArgumentGraph.build(Document(id="d", text=TEXT), parts, list(joined))
    told = [c.model_copy(update={"label": label}) for c, label in zip(graph.components, labels, strict=True)]
    return ArgumentGraph.build(graph.document, told, graph.relations)


GOLD = comment("testimony", "policy", "value", joined=(("c0", "c1", "support"), ("c2", "c1", "support")))


def test_classes_are_told_by_the_corpus_own_labels() -> None:
    assert cdcp.OWN.of(GOLD) == [cdcp.OWN.classes.index(label) for label in ("testimony", "policy", "value")]
    assert abstrct.OWN.of(comment("MajorClaim", "Claim", "Premise")) == [0, 0, 1]


def test_each_ordered_pair_is_joined_or_not() -> None:
    graph = comment("value", "value", "value", joined=(("c0", "c1", "support"), ("c1", "c2", "attack")))
    assert relations_of(graph).tolist() == [[NO_LABEL, 1, 0], [0, NO_LABEL, 2], [0, 0, NO_LABEL]]


def judged(labels: Labels, names: list[str], linked: dict[tuple[int, int], tuple[float, float]]) -> Judged:
    count = len(names)
    own = np.full((count, len(labels.classes)), -9.0)
    own[np.arange(count), [labels.classes.index(name) for name in names]] = 0.0
    pairs = np.full((count, count, 3), 1e-6)
    for place, (support, attack) in linked.items():
        pairs[place][1:] = support, attack
    pairs[..., 0] = 1 - pairs[..., 1:].sum(-1)
    return Judged(own, np.log(np.maximum(pairs, 1e-9)))


def test_what_is_likely_enough_becomes_a_relation() -> None:
    thought = judged(
        cdcp.OWN, ["fact", "value", "policy"], {(0, 1): (0.3, 0.1), (2, 1): (0.1, 0.5), (1, 1): (0.9, 0.0)}
    )
    found = graph_of(cdcp.OWN, GOLD, thought, 0.45)
    assert [c.label for c in found.components] == ["fact", "value", "policy"]
    assert [(r.source, r.target, r.type) for r in found.relations] == [("c2", "c1", RelationType.ATTACK)]
    assert len(graph_of(cdcp.OWN, GOLD, thought, 0.35).relations) == 2


def test_the_threshold_is_the_best_for_links() -> None:
    thought = judged(
        cdcp.OWN, ["fact", "policy", "value"], {(0, 1): (0.3, 0.0), (2, 1): (0.4, 0.0), (1, 2): (0.2, 0.0)}
    )
    threshold = cdcp.best_threshold([GOLD], [thought])
    assert 0.2 < threshold <= 0.3
    counts = cdcp.scored([GOLD], [thought], threshold)
    assert counts.links.f1 == 1
    assert counts.components.accuracy == pytest.approx(2 / 3)


def test_a_labeller_learns_from_the_main_weights_and_judges_spans_alone() -> None:
    torch.manual_seed(0)
    labeller = Labeller(cdcp.OWN, Settings(epochs=8, batch=2, head_rate=3e-3))
    heard: list[float] = []
    labeller.learn([GOLD, GOLD], lambda _, loss: heard.append(loss))
    assert len(heard) == 8
    assert heard[-1] < heard[0]
    thought = labeller.judge(GOLD)
    stripped = comment("value", "value", "value")
    assert np.array_equal(thought.labels, labeller.judge(stripped).labels)
    assert np.array_equal(thought.pairs, labeller.judge(stripped).pairs)
    assert np.exp(thought.labels).sum(1) == pytest.approx(np.ones(3))
    assert np.exp(thought.pairs).sum(-1) == pytest.approx(np.ones((3, 3)))


def test_documents_without_components_are_judged_too() -> None:
    thought = Labeller(cdcp.OWN, Settings()).judge(comment())
    assert graph_of(cdcp.OWN, comment(), thought, 0.5).components == ()


def test_tags_of_raw_text_depend_on_the_least_probability_of_a_segment() -> None:
    labeller = Labeller(abstrct.OWN, Settings())
    gold = comment("Claim", "Premise", "Premise")
    counts = [abstrct.tags(labeller, [gold], threshold) for threshold in (0.0, 0.999999)]
    assert [c.gold for c in counts] == [15, 15]
    none = counts[1].pairs
    assert {found for _, found in none} == {"O"}
    assert counts[0] != counts[1]


def test_relations_are_counted_over_given_components() -> None:
    gold = comment("MajorClaim", "Claim", "Premise", joined=(("c2", "c1", "attack"),))
    thought = judged(abstrct.OWN, ["Claim", "Claim", "Premise"], {(2, 1): (0.1, 0.5)})
    counts = abstrct.relations([gold], [thought], 0.5)
    assert counts.components.accuracy == counts.relations.accuracy == 1


def test_main_weights_are_those_of_the_default_model_without_its_other_schemes() -> None:
    weights = main_weights()
    assert not any(name.startswith("others.") for name in weights)
    assert digest_weights(weights) == digest_weights(dict(reversed(weights.items())))
    changed = weights | {"between": weights["between"] + 1}
    assert digest_weights(changed) != digest_weights(weights)
