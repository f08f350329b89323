from argmine.document import Document
from argmine.graph import ArgumentGraph
from benchmarks.precision import changed, components, relations

DOCUMENT = Document(id="d", text="Buses help. They run at night. Taxis cost.")
PARTS = [("a", "claim", 0, 10), ("b", "premise", 12, 29), ("c", "premise", 31, 41)]


def graph(*kept: int, linked: bool = True) -> ArgumentGraph:
    parts = [PARTS[n] for n in kept]
    ids = [part[0] for part in parts]
    return ArgumentGraph.build(DOCUMENT, parts, [(ids[1], ids[0], "support")] if linked else [])


def test_what_is_changed_is_one_less_the_agreement() -> None:
    whole, less = graph(0, 1, 2), graph(0, 1)
    assert changed([whole], [whole], components) == 0.0
    assert changed([whole], [less], components) == 1 - 4 / 5
    assert changed([whole], [less], relations) == 0.0
    assert changed([whole], [graph(0, 1, linked=False)], relations) == 1.0


def test_nothing_is_changed_where_there_is_nothing() -> None:
    assert changed([graph(0, linked=False)], [graph(0, linked=False)], relations) == 0.0
