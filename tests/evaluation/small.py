"""A made-up corpus of three pieces, that several tests evaluate on."""

from argmine.corpora.corpus import Corpus
from argmine.document import Document
from argmine.graph import ArgumentGraph, ModelInfo

TEXTS = {
    "trams": "Keep the trams. They are quiet.\nThe city needs its sleep.",
    "buses": "Buses should be free. People would leave their cars at home.",
    "bikes": "We need bike lanes, for streets are not safe.",
}
PARTS = {
    "trams": (("major_claim", "Keep the trams"), ("claim", "They are quiet"), ("premise", "The city needs its sleep")),
    "buses": (("major_claim", "Buses should be free"), ("claim", "People would leave their cars at home")),
    "bikes": (("major_claim", "We need bike lanes"), ("premise", "streets are not safe")),
}
LINKS = {"trams": [("c2", "c1", "support"), ("c3", "c2", "support")], "buses": [("c2", "c1", "support")]}
INFO = ModelInfo(name="made-up", revision="0123456789ab", backend="none", precision="fp32")


def gold(name: str) -> ArgumentGraph:
    text = TEXTS[name]
    parts = [
        (f"c{n}", kind, text.index(part), text.index(part) + len(part)) for n, (kind, part) in enumerate(PARTS[name], 1)
    ]
    return ArgumentGraph.build(Document(id=name, text=text), parts, LINKS.get(name, ()))


GOLD = tuple(gold(name) for name in TEXTS)
CORPUS = Corpus("made-up", GOLD, "own", {"test": ("trams", "buses"), "train": ("bikes",)})


def without_claims(graph: ArgumentGraph) -> ArgumentGraph:
    """The same without what is a claim, and without links."""
    kept = [c for c in graph.components if c.type != "claim"]
    return ArgumentGraph.build(graph.document, kept)
