"""Small graphs that several tests use."""

from argmine.document import Document
from argmine.graph import ArgumentGraph, Component, ComponentType, ModelInfo, Relation, RelationType

TEXT = "Keep the trams. They are quiet. Buses are cheaper, but they are loud. So keep them."

INFO = ModelInfo(name="hand", revision="0", backend="none", precision="fp32")


def tram_graph() -> ArgumentGraph:
    """Two statements of a thesis (c1, c5), a claim for it (c2), an attack on it (c3) and one on that (c4)."""
    parts = [
        ("c1", "major_claim", "Keep the trams"),
        ("c2", "claim", "They are quiet"),
        ("c3", "claim", "Buses are cheaper"),
        ("c4", "premise", "they are loud"),
        ("c5", "major_claim", "keep them"),
    ]
    components = [(name, kind, TEXT.index(text), TEXT.index(text) + len(text)) for name, kind, text in parts]
    links = [("c2", "c1", "support"), ("c3", "c5", "attack"), ("c4", "c3", "attack")]
    return ArgumentGraph.build(Document(id="trams", text=TEXT), components, links)


def mined_graph() -> ArgumentGraph:
    """One premise for one claim, with all that only a model knows, in text beyond ASCII."""
    text = "\ufeffÉté: 🚲 lanes\r\nwork, they cut deaths.\r\n"
    parts = (("c1", ComponentType.CLAIM, "🚲 lanes\r\nwork"), ("c2", ComponentType.PREMISE, "they cut deaths"))
    components = tuple(
        Component(
            id=name, type=kind, start=text.index(part), end=text.index(part) + len(part), text=part, probability=0.9
        )
        for name, kind, part in parts
    )
    relation = Relation.model_validate(
        {
            "id": "r1",
            "source": "c2",
            "target": "c1",
            "type": RelationType.SUPPORT,
            "probability": 0.8001,
            "alternatives": ({"target": None, "probability": 0.1103},),
        }
    )
    return ArgumentGraph(
        id="lanes",
        text=text,
        read=1.0,
        components=components,
        relations=(relation,),
        warnings=("the text is short",),
        model=INFO,
        meta={"source": {"page": 3, "tags": ["a", None, True, 0.5]}},
    )


def chain_graph(length: int) -> ArgumentGraph:
    """A claim and premises below it, each of which supports the one before it."""
    kinds = ["claim"] + ["premise"] * (length - 1)
    components = [(f"c{n}", kind, 2 * n, 2 * n + 1) for n, kind in enumerate(kinds)]
    links = [(f"c{n}", f"c{n - 1}", "support") for n in range(1, length)]
    return ArgumentGraph.build(Document(id="chain", text="x " * length), components, links)
