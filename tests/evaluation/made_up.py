"""Evaluations of graphs over the words w00, w01, …, each of three characters, that several tests use."""

from collections.abc import Sequence

from pydantic import JsonValue

from argmine.document import Document
from argmine.evaluation.context import plain_context
from argmine.evaluation.evaluated import Evaluation, count_rows
from argmine.evaluation.protocols import find_protocol
from argmine.graph import ArgumentGraph, Component, ComponentType, Relation, RelationType

WORDS = 40
TEXT = " ".join(f"w{n:02}" for n in range(WORDS))
Part = tuple[str, str, int, int]
Link = tuple[str, str, str]

MAJOR: Part = ("m", "major_claim", 1, 4)
CLAIM: Part = ("c", "claim", 5, 10)
PREMISE: Part = ("p", "premise", 11, 20)
TIED: Link = ("c", "m", "support")
BASED: Link = ("p", "c", "support")


def graph(parts: Sequence[Part], links: Sequence[Link] = (), *, name: str = "words", **stances: str) -> ArgumentGraph:
    """Components over half-open ranges of words, by id and type; stances by id."""
    found = [(part, kind, 4 * start, 4 * end - 1) for part, kind, start, end in parts]
    meta: dict[str, JsonValue] = {"stances": {**stances}} if stances else {}
    return ArgumentGraph.build(Document(id=name, text=TEXT), found, links, meta=meta)


GOLD = graph([MAJOR, CLAIM, PREMISE], [TIED, BASED])


def sure(found: ArgumentGraph, component: float, relation: float) -> ArgumentGraph:
    """The same graph, all components and all relations of one probability each."""
    return ArgumentGraph.build(
        found.document,
        [c.model_copy(update={"probability": component}) for c in found.components],
        [r.model_copy(update={"probability": relation}) for r in found.relations],
    )


def evaluated(
    *predicted: ArgumentGraph, protocol: str = "acl2017-essay", gold: ArgumentGraph = GOLD, corpus: str = "made-up"
) -> Evaluation:
    """Each prediction against the same gold."""
    how, wanted, contexts = find_protocol(protocol), (gold,) * len(predicted), (plain_context(gold),) * len(predicted)
    counts = count_rows(how, wanted, predicted, contexts)
    return Evaluation(corpus, "test", how, "by hand", wanted, predicted, contexts, counts)


def labelled(label: str | None) -> ArgumentGraph:
    """One premise with a corpus's own label."""
    part = Component(id="p", type=ComponentType.PREMISE, label=label, start=0, end=7, text=TEXT[:7])
    return ArgumentGraph.build(GOLD.document, [part])


def linked(label: str) -> ArgumentGraph:
    """Gold's premise and claim, joined by a relation with a corpus's own label."""
    relation = Relation(id="r", source="p", target="c", type=RelationType.SUPPORT, label=label)
    return ArgumentGraph.build(GOLD.document, GOLD.components, [relation])


def hostile(name: str = "<script>alert(1)</script>") -> tuple[ArgumentGraph, ArgumentGraph]:
    """Gold and prediction of a text that means something to HTML, to Markdown and to a terminal."""
    text = "| <img src=x onerror=alert(1)> & *so* `on` |\n\x1b[2J \u202eend | [a](javascript:x)"
    document = Document(id=name, text=text)
    parts = [("a", "claim", 2, 30), ("b", "premise", 33, 44)]
    gold = ArgumentGraph.build(document, parts, [("b", "a", "attack")])
    return gold, ArgumentGraph.build(document, [("a", "major_claim", 2, 30), ("b", "premise", 40, len(text))])
