"""Protocol H's benchmark: tags of words, the likeliest of them, what is kept, what is scored."""

from itertools import product

import numpy as np
import pytest

from argmine.document import Document
from argmine.graph import ArgumentGraph
from argmine.metrics.persuade import LABELS, macro_f1
from benchmarks.persuade import (
    KEEP_ALL,
    NO_BIAS,
    TAGS,
    Found,
    Least,
    Read,
    Tagger,
    best_tags,
    biases_of,
    chosen,
    drawn,
    elements_of,
    graph_of,
    scored,
    tags_of,
)
from tests.tiny import encoder

TEXT = "Phones ring. Ban them! They distract us, as we saw."
CLAIM, LEAD, POSITION = LABELS.index("Claim"), LABELS.index("Lead"), LABELS.index("Position")
FOUND = [Found("Lead", 0, 12, 2, 0.9), Found("Position", 13, 22, 2, 0.8), Found("Claim", 23, 39, 3, 0.4)]


def essay(name: str = "e") -> ArgumentGraph:
    graph = ArgumentGraph.build(Document(id=name, text=TEXT), [("c2", "major_claim", 13, 22), ("c3", "claim", 23, 39)])
    labels = ("Position", "Claim")
    told = [c.model_copy(update={"label": label}) for c, label in zip(graph.components, labels, strict=True)]
    lead = {"id": "c1", "label": "Lead", "start": 0, "end": 12}
    return ArgumentGraph.build(graph.document, told).model_copy(update={"meta": {"units": [lead]}})


def first(kind: int) -> int:
    return 1 + 2 * kind


def test_words_are_tagged_by_their_elements() -> None:
    encoded = encoder().encode(essay().document)
    tags = tags_of(essay(), encoded)
    words = [TEXT[start:end] for start, end in encoded.spans.tolist()]
    assert dict(zip(words, tags.tolist(), strict=True)) == {
        "Phones": first(LEAD),
        "ring": first(LEAD) + 1,
        ".": 0,
        "Ban": first(POSITION),
        "them": first(POSITION) + 1,
        "!": first(POSITION) + 1,
        "They": first(CLAIM),
        "distract": first(CLAIM) + 1,
        "us": first(CLAIM) + 1,
        ",": 0,
        "as": 0,
        "we": 0,
        "saw": 0,
    }


@pytest.mark.parametrize("seed", range(8))
def test_best_tags_are_the_likeliest_that_may_follow_each_other(seed: int) -> None:
    rng = np.random.default_rng(seed)
    logs = np.full((4, TAGS), -50.0)
    logs[:, :5] = rng.normal(size=(4, 5))  # outside and two elements

    def allowed(tags: tuple[int, ...]) -> bool:
        pairs = zip((0, *tags), tags, strict=False)
        return all(tag == 0 or tag % 2 == 1 or before in (tag, tag - 1) for before, tag in pairs)

    best = max(sum(logs[n, tag] for n, tag in enumerate(t)) for t in product(range(5), repeat=4) if allowed(t))
    found = best_tags(logs)
    assert allowed(tuple(found.tolist()))
    assert sum(logs[n, tag] for n, tag in enumerate(found)) == pytest.approx(best)


def test_elements_of_sure_tags_are_those_of_gold() -> None:
    encoded = encoder().encode(essay().document)
    logs = np.log(np.where(np.arange(TAGS) == tags_of(essay(), encoded)[:, None], 0.93, 0.005))
    found = list(elements_of(Read(encoded, logs)))
    assert [(e.label, TEXT[e.start : e.end], e.words) for e in found] == [
        ("Lead", "Phones ring.", 3),
        ("Position", "Ban them!", 3),
        ("Claim", "They distract us", 3),
    ]
    assert [e.share for e in found] == pytest.approx([0.935] * 3)
    assert macro_f1(scored([essay()], [found], KEEP_ALL)) == 1


def test_what_is_unsure_or_short_is_left_out() -> None:
    strict = {**KEEP_ALL, "Claim": Least(1, 0.5), "Lead": Least(3, 0.0)}
    kept = graph_of(essay(), FOUND, strict)
    assert [c.label for c in kept.components] == ["Position"]
    assert kept.meta["units"] == []
    everything = graph_of(essay(), FOUND, KEEP_ALL)
    assert everything.meta["units"] == [{"id": "e1", "label": "Lead", "start": 0, "end": 12}]


def test_each_class_gets_what_is_best_for_it() -> None:
    wrong = Found("Claim", 41, 51, 3, 0.3)
    found = [*FOUND, wrong]
    least = chosen([essay()], [found])
    assert 0.3 < least["Claim"].share <= 0.4
    assert scored([essay()], [found], least)["Claim"].f1 == 1
    assert least["Lead"] == Least(1, 0.0)


def test_a_tagger_learns_and_looks_at_texts_alone(capsys: pytest.CaptureFixture[str]) -> None:
    tagger = Tagger()
    tagger.learn([essay(f"e{n}") for n in range(3)])
    assert "step 1 of 1" in capsys.readouterr().out
    bare, empty = ArgumentGraph(id="e", text=TEXT), ArgumentGraph(id="e", text="")
    read = [tagger.read(graph) for graph in (essay(), bare, empty)]
    assert np.array_equal(read[0].logs, read[1].logs)
    assert read[2].logs.shape == (0, TAGS)
    assert list(elements_of(read[2])) == []


def test_a_class_that_is_too_seldom_likeliest_gets_a_bias() -> None:
    encoded = encoder().encode(essay().document)
    gold = tags_of(essay(), encoded)
    logs = np.log(np.where(np.arange(TAGS) == gold[:, None], 0.93, 0.005))
    claim = np.isin(gold, (first(CLAIM), first(CLAIM) + 1))
    logs[claim, 0] = logs[claim, gold[claim]] + 0.8  # outside is likelier by less than one nat
    assert macro_f1(scored([essay()], [list(elements_of(Read(encoded, logs)))], KEEP_ALL)) == pytest.approx(2 / 3)
    read = Read(encoded, logs)
    biases = biases_of([essay()], [read])
    assert biases == {**NO_BIAS, "Claim": 1.0}
    assert macro_f1(scored([essay()], [list(elements_of(read, biases))], KEEP_ALL)) == 1


def test_essays_with_rare_elements_are_drawn_first() -> None:
    lead = {"id": "c1", "label": "Rebuttal", "start": 0, "end": 12}
    rare = [essay(f"r{n}").model_copy(update={"meta": {"units": [lead]}}) for n in range(3)]
    common = [essay(f"e{n}") for n in range(6)]
    graphs = [*common[:3], *rare, *common[3:]]
    found = drawn(graphs, 5)
    assert {graph.id for graph in rare} < {graph.id for graph in found}
    assert len(found) == 5
    assert [graphs.index(graph) for graph in found] == sorted(graphs.index(graph) for graph in found)
    assert drawn(graphs, 20) == graphs
